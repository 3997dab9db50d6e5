/* SPDX-License-Identifier: MIT */
/* The caller's memory: every address may be wrong, none may crash us. */
#ifndef DXGK_USER_UACCESS_H
#define DXGK_USER_UACCESS_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/types.h>

/*
 * These answer the number of bytes that were not copied, 0 for success.
 * copy_from_user() clears what it could not fill.
 */
unsigned long __must_check copy_from_user(void *to, const void __user *from,
					  unsigned long size);
unsigned long __must_check copy_to_user(void __user *to, const void *from,
					unsigned long size);
unsigned long __must_check clear_user(void __user *to, unsigned long size);

/* Whether all of a range is there, without changing it. */
bool dxgk_user_readable(const void __user *from, unsigned long size);
bool dxgk_user_writable(void __user *to, unsigned long size);

/* Only says that the range does not wrap around; the copy finds the rest. */
static inline int access_ok(const void __user *ptr, unsigned long size)
{
	return size <= -(unsigned long)ptr || !size;
}

#define get_user(x, ptr) ({						\
	__typeof__(*(ptr)) get_user_;					\
	unsigned long get_left_ =					\
		copy_from_user(&get_user_, ptr, sizeof(get_user_));	\
	(x) = get_user_;						\
	get_left_ ? -EFAULT : 0; })

#define put_user(x, ptr) ({						\
	__typeof__(*(ptr)) put_user_ = (x);				\
	copy_to_user(ptr, &put_user_, sizeof(put_user_)) ? -EFAULT : 0; })

#endif
