/* SPDX-License-Identifier: MIT */
/* Allocation. The kernel's limits hold here too, so that tests meet them. */
#ifndef DXGK_USER_SLAB_H
#define DXGK_USER_SLAB_H

#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define KMALLOC_MAX_SIZE	(1UL << 22)
#define ARCH_KMALLOC_MINALIGN	16

/* @max: the largest size that this kind of allocation can have. */
void *dxgk_user_alloc(size_t size, gfp_t flags, size_t max)
	__malloc __attribute__((__alloc_size__(1)));
void kfree(const void *ptr);
void *krealloc(const void *ptr, size_t size, gfp_t flags)
	__attribute__((__alloc_size__(2)));
void *kmemdup(const void *src, size_t size, gfp_t flags)
	__malloc __attribute__((__alloc_size__(2)));
char *kstrdup(const char *src, gfp_t flags) __malloc;

/* See dxg_soft_fail_allocation(). */
u64 dxgk_user_fail_allocation(u64 nth);
/* Blocks that have been allocated and not freed. */
u64 dxgk_user_blocks(void);

#define kvfree(ptr)	kfree(ptr)
#define vfree(ptr)	kfree(ptr)

static inline void *kmalloc(size_t size, gfp_t flags)
{
	return dxgk_user_alloc(size, flags, KMALLOC_MAX_SIZE);
}

static inline void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

static inline void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	return kmalloc(size_mul(n, size), flags);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

static inline void *kvmalloc(size_t size, gfp_t flags)
{
	return dxgk_user_alloc(size, flags, INT_MAX);
}

static inline void *kvzalloc(size_t size, gfp_t flags)
{
	return kvmalloc(size, flags | __GFP_ZERO);
}

static inline void *kvmalloc_array(size_t n, size_t size, gfp_t flags)
{
	return kvmalloc(size_mul(n, size), flags);
}

static inline void *kvcalloc(size_t n, size_t size, gfp_t flags)
{
	return kvmalloc_array(n, size, flags | __GFP_ZERO);
}

#endif
