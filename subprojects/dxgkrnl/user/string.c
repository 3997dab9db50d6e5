/* SPDX-License-Identifier: MIT */
/* What the kernel has beside the C library's string functions. */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

void *memchr_inv(const void *start, int c, size_t size)
{
	const unsigned char *p = start;

	for (; size; p++, size--)
		if (*p != (unsigned char)c)
			return (void *)p;
	return NULL;
}

ssize_t strscpy(char *to, const char *from, size_t size)
{
	size_t length;

	if (!size || size > INT_MAX)
		return -E2BIG;
	length = strnlen(from, size);
	if (length == size) {
		memcpy(to, from, size - 1);
		to[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(to, from, length + 1);
	return (ssize_t)length;
}

ssize_t strscpy_pad(char *to, const char *from, size_t size)
{
	ssize_t length = strscpy(to, from, size);

	if (length >= 0)
		memset(to + length, 0, size - (size_t)length);
	return length;
}

static void *fill_from_user(void *copy, const void __user *from, size_t size)
{
	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, from, size)) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}

void *memdup_user(const void __user *from, size_t size)
{
	return fill_from_user(kmalloc(size, GFP_USER), from, size);
}

void *vmemdup_user(const void __user *from, size_t size)
{
	return fill_from_user(kvmalloc(size, GFP_USER), from, size);
}
