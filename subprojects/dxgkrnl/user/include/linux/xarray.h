/* SPDX-License-Identifier: MIT */
/* Arrays of pointers by number: sparse, growing, readable without the lock. */
#ifndef DXGK_USER_XARRAY_H
#define DXGK_USER_XARRAY_H

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct dxgk_user_xa_node;

/*
 * A tree of nodes of 64 slots. Changes are made under @xa_lock; readers only
 * need RCU, which xa_load() and the iterators take by themselves.
 */
struct xarray {
	spinlock_t xa_lock;
	unsigned int xa_flags;
	struct dxgk_user_xa_node *root;
};

struct xa_limit {
	u32 max;
	u32 min;
};

#define XA_LIMIT(low, high)	((struct xa_limit){ .max = (high), .min = (low) })
#define xa_limit_32b		XA_LIMIT(0, U32_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define xa_limit_16b		XA_LIMIT(0, U16_MAX)

#define XA_FLAGS_LOCK_IRQ	0x1u
#define XA_FLAGS_LOCK_BH	0x2u
#define XA_FLAGS_ALLOC		0x4u
#define XA_FLAGS_ACCOUNT	0u	/* nobody counts here */
#define XA_FLAGS_ALLOC1		0xcu	/* 0 is never given out */

#define XARRAY_INIT(name, flags)					\
	{ .xa_lock = __SPIN_LOCK_UNLOCKED(name), .xa_flags = (flags),	\
	  .root = NULL }
#define DEFINE_XARRAY_FLAGS(name, flags) \
	struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name)		DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name)	DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name)	DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

/* Small integers as entries. */
static inline void *xa_mk_value(unsigned long value)
{
	return (void *)((value << 1) | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

/* A taken place that reads as NULL: what xa_reserve() stores. */
#define XA_ZERO_ENTRY	((void *)0x402UL)

static inline bool xa_is_zero(const void *entry)
{
	return entry == XA_ZERO_ENTRY;
}

/* What went wrong, of the result of xa_store() and the like. */
static inline bool xa_is_err(const void *entry)
{
	return IS_ERR(entry);
}

static inline int xa_err(void *entry)
{
	return IS_ERR(entry) ? (int)PTR_ERR(entry) : 0;
}

void xa_init_flags(struct xarray *xa, gfp_t flags);
void xa_destroy(struct xarray *xa);
/* Inner nodes of all arrays that there are: blocks that their users did not ask for. */
u64 dxgk_user_xa_nodes(void);

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

static inline bool xa_empty(const struct xarray *xa)
{
	return READ_ONCE(xa->root) == NULL;
}

#define xa_trylock(xa)			spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa)			spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)			spin_unlock(&(xa)->xa_lock)
#define xa_lock_irq(xa)			xa_lock(xa)
#define xa_unlock_irq(xa)		xa_unlock(xa)
#define xa_lock_bh(xa)			xa_lock(xa)
#define xa_unlock_bh(xa)		xa_unlock(xa)
#define xa_lock_irqsave(xa, flags)	spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) \
	spin_unlock_irqrestore(&(xa)->xa_lock, flags)

void *xa_load(struct xarray *xa, unsigned long index);
/* The first entry at *index or above, up to max; *index says where. */
void *dxgk_user_xa_find(struct xarray *xa, unsigned long *index,
			unsigned long max);
/* The same behind *index. */
void *dxgk_user_xa_find_after(struct xarray *xa, unsigned long *index,
			      unsigned long max);
#define XA_PRESENT	8u
#define xa_find(xa, index, max, filter)	dxgk_user_xa_find(xa, index, max)
#define xa_find_after(xa, index, max, filter) \
	dxgk_user_xa_find_after(xa, index, max)

#define xa_for_each_range(xa, index, entry, start, last)		\
	for (index = (start), entry = dxgk_user_xa_find(xa, &index, last); \
	     entry; entry = dxgk_user_xa_find_after(xa, &index, last))
#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry)	xa_for_each_start(xa, index, entry, 0)

/*
 * The forms with two underscores want the lock held, the others take it.
 * xa_store() answers the former entry or an error as xa_err() reads it.
 * xa_alloc() puts the entry at the lowest free index of the limit (-EBUSY:
 * none); xa_alloc_cyclic() begins its search at *next and answers 1 when it
 * had to wrap around. xa_insert() answers -EBUSY when the place is taken.
 */
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_erase(struct xarray *xa, unsigned long index);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old,
		   void *entry, gfp_t gfp);
int __must_check __xa_insert(struct xarray *xa, unsigned long index,
			     void *entry, gfp_t gfp);
int __must_check __xa_alloc(struct xarray *xa, u32 *id, void *entry,
			    struct xa_limit limit, gfp_t gfp);
int __must_check __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry,
				   struct xa_limit limit, u32 *next, gfp_t gfp);

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry,
		 gfp_t gfp);
int __must_check xa_insert(struct xarray *xa, unsigned long index, void *entry,
			   gfp_t gfp);
int __must_check xa_alloc(struct xarray *xa, u32 *id, void *entry,
			  struct xa_limit limit, gfp_t gfp);
int __must_check xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry,
				 struct xa_limit limit, u32 *next, gfp_t gfp);

#define xa_store_irq(xa, index, entry, gfp)	xa_store(xa, index, entry, gfp)
#define xa_erase_irq(xa, index)			xa_erase(xa, index)
#define xa_insert_irq(xa, index, entry, gfp)	xa_insert(xa, index, entry, gfp)
#define xa_alloc_irq(xa, id, entry, limit, gfp) \
	xa_alloc(xa, id, entry, limit, gfp)
#define xa_alloc_cyclic_irq(xa, id, entry, limit, next, gfp) \
	xa_alloc_cyclic(xa, id, entry, limit, next, gfp)

static inline int __must_check xa_reserve(struct xarray *xa,
					  unsigned long index, gfp_t gfp)
{
	return xa_err(xa_cmpxchg(xa, index, NULL, XA_ZERO_ENTRY, gfp));
}

static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

#endif
