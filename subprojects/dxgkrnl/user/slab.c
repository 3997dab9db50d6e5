/* SPDX-License-Identifier: MIT */
/* Allocation on the C library's heap, with a failure when a test asks for it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/atomic.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Allocations until the failing one, that included; 0: none fails. */
static u64 fail_in;

u64 dxgk_user_fail_allocation(u64 nth)
{
	return __atomic_exchange_n(&fail_in, nth, __ATOMIC_RELAXED);
}

static bool must_fail(void)
{
	u64 left = READ_ONCE(fail_in);

	while (left) {
		if (__atomic_compare_exchange_n(&fail_in, &left, left - 1, false,
						__ATOMIC_RELAXED,
						__ATOMIC_RELAXED))
			return left == 1;
	}
	return false;
}

/* Blocks that have not been freed. */
static u64 blocks;

u64 dxgk_user_blocks(void)
{
	return READ_ONCE(blocks);
}

static void *count_block(void *ptr)
{
	if (ptr)
		__atomic_fetch_add(&blocks, 1, __ATOMIC_RELAXED);
	return ptr;
}

/* The driver must not depend on it, but an empty block has an address. */
void *dxgk_user_alloc(size_t size, gfp_t flags, size_t max)
{
	if (must_fail() || size > max)
		return NULL;
	if (!size)
		size = 1;
	return count_block(flags & __GFP_ZERO ? calloc(1, size) : malloc(size));
}

void kfree(const void *ptr)
{
	if (ptr)
		__atomic_fetch_sub(&blocks, 1, __ATOMIC_RELAXED);
	free((void *)ptr);
}

void *krealloc(const void *ptr, size_t size, gfp_t flags)
{
	(void)flags;
	if (must_fail() || size > KMALLOC_MAX_SIZE)
		return NULL;
	if (!ptr)
		return count_block(malloc(size ? size : 1));
	return realloc((void *)ptr, size ? size : 1);
}

void *kmemdup(const void *src, size_t size, gfp_t flags)
{
	void *copy = kmalloc(size, flags);

	return copy ? memcpy(copy, src, size) : NULL;
}

char *kstrdup(const char *src, gfp_t flags)
{
	return kmemdup(src, strlen(src) + 1, flags);
}
