/* SPDX-License-Identifier: MIT */
/* The kernel's integer names and the few structures that stand with them. */
#ifndef DXGK_USER_TYPES_H
#define DXGK_USER_TYPES_H

#include_next <linux/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <linux/compiler.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s8 s8;
typedef __s16 s16;
typedef __s32 s32;
typedef __s64 s64;

typedef unsigned int gfp_t;
typedef unsigned int fmode_t;
typedef u64 phys_addr_t;
typedef u64 dma_addr_t;
typedef u64 resource_size_t;

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	s64 counter;
} atomic64_t;

typedef struct refcount_struct {
	atomic_t refs;
} refcount_t;

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node;

struct hlist_head {
	struct hlist_node *first;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

/* Must be a member of what call_rcu() or kfree_rcu() frees. */
struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
	void *object;		/* for kfree_rcu(): what to free */
};
#define rcu_head callback_head

#endif
