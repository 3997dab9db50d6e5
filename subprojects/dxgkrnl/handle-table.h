/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Handles that the host has chosen, and the objects behind them. */
#ifndef DXGK_HANDLE_TABLE_H
#define DXGK_HANDLE_TABLE_H

#include <linux/kref.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/xarray.h>

enum dxgk_object_type {
	DXGK_OBJECT_DEVICE = 1,
	DXGK_OBJECT_RESOURCE,
	DXGK_OBJECT_ALLOCATION,
	DXGK_OBJECT_CONTEXT,
	DXGK_OBJECT_SYNC,
	DXGK_OBJECT_PAGING_QUEUE,
	DXGK_OBJECT_HW_QUEUE,
};

/**
 * struct dxgk_object - head of everything that has a handle
 * @handle: the host's, compared whole: index, unique and instance bits
 * @rcu: the memory outlives the last reference by a grace period, because
 *	readers find it without a lock
 */
struct dxgk_object {
	struct kref ref;
	u32 handle;
	enum dxgk_object_type type;
	struct rcu_head rcu;
};

/* An object sits at its handle's index; readers take no lock. */
struct dxgk_handle_table {
	struct xarray objects;
};

void dxgk_handle_table_init(struct dxgk_handle_table *table);
void dxgk_handle_table_destroy(struct dxgk_handle_table *table);
void dxgk_object_init(struct dxgk_object *object, enum dxgk_object_type type,
		      u32 handle);

/**
 * dxgk_handle_insert() - make an object visible under its handle
 *
 * -EINVAL: the handle is 0, out of range, or its index is taken (the host has
 * made a mistake); -ENOMEM.
 */
int dxgk_handle_insert(struct dxgk_handle_table *table,
		       struct dxgk_object *object);
/* The object with a reference, or NULL. */
struct dxgk_object *dxgk_handle_lookup(struct dxgk_handle_table *table,
				       u32 handle, enum dxgk_object_type type);
/* Take an object out: true for exactly one caller, who then destroys it. */
bool dxgk_handle_remove(struct dxgk_handle_table *table,
			struct dxgk_object *object);
/* Anything left, with a reference, or NULL; for teardown. */
struct dxgk_object *dxgk_handle_any(struct dxgk_handle_table *table);

#endif /* DXGK_HANDLE_TABLE_H */
