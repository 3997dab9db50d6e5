/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Handles that the host has chosen: insert, look up without a lock, remove. */

#include <linux/errno.h>

#include "handle-table.h"

/* 2 unique bits, 24 index bits, 6 instance bits, from the top. */
#define DXGK_HANDLE_INDEX(handle)	(((handle) >> 6) & 0xffffffu)
#define DXGK_HANDLE_INDEX_MAX		0xfffffeu

void dxgk_handle_table_init(struct dxgk_handle_table *table)
{
	xa_init_flags(&table->objects, XA_FLAGS_ACCOUNT);
}

void dxgk_handle_table_destroy(struct dxgk_handle_table *table)
{
	xa_destroy(&table->objects);
}

void dxgk_object_init(struct dxgk_object *object, enum dxgk_object_type type,
		      u32 handle)
{
	kref_init(&object->ref);
	object->type = type;
	object->handle = handle;
}

int dxgk_handle_insert(struct dxgk_handle_table *table,
		       struct dxgk_object *object)
{
	u32 index = DXGK_HANDLE_INDEX(object->handle);
	int ret;

	if (!object->handle || index > DXGK_HANDLE_INDEX_MAX)
		return -EINVAL;
	ret = xa_insert(&table->objects, index, object, GFP_KERNEL);
	return ret == -EBUSY ? -EINVAL : ret;
}

struct dxgk_object *dxgk_handle_lookup(struct dxgk_handle_table *table,
				       u32 handle, enum dxgk_object_type type)
{
	struct dxgk_object *object;

	rcu_read_lock();
	object = xa_load(&table->objects, DXGK_HANDLE_INDEX(handle));
	if (object && (object->handle != handle || object->type != type ||
		       !kref_get_unless_zero(&object->ref)))
		object = NULL;
	rcu_read_unlock();
	return object;
}

bool dxgk_handle_remove(struct dxgk_handle_table *table,
			struct dxgk_object *object)
{
	u32 index = DXGK_HANDLE_INDEX(object->handle);

	return xa_cmpxchg(&table->objects, index, object, NULL, 0) == object;
}

struct dxgk_object *dxgk_handle_any(struct dxgk_handle_table *table)
{
	struct dxgk_object *object;
	unsigned long index = 0;

	rcu_read_lock();
	object = xa_find(&table->objects, &index, ULONG_MAX, XA_PRESENT);
	if (object && !kref_get_unless_zero(&object->ref))
		object = NULL;
	rcu_read_unlock();
	return object;
}
