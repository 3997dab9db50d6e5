/* SPDX-License-Identifier: MIT */
/* Tables from 32-bit handles to objects. */
#ifndef DXGHOST_HANDLE_TABLE_H
#define DXGHOST_HANDLE_TABLE_H

#include <stdint.h>

struct dxghost_handle_slot {
	uint32_t handle;
	void *object;
};

/*
 * Handles are unique << 30 | index << 6 | tag. Indices go up by one with each
 * object and begin again only after tens of thousands, with the other unique
 * value: so they stay small for the guest's tables, but a stale handle is
 * unknown for a long time. Not locked; the host's lock protects each table.
 */
struct dxghost_handle_table {
	struct dxghost_handle_slot *slots;
	uint32_t capacity;
	uint32_t next;		/* index to try first */
	uint32_t live;
	uint32_t unique[2];	/* of this round and of the next one */
	uint32_t tag;
};

void dxghost_handle_table_init(struct dxghost_handle_table *table,
			       uint32_t unique, uint32_t other_unique,
			       uint32_t tag);
void dxghost_handle_table_destroy(struct dxghost_handle_table *table);

/* The new handle, or 0 without memory. */
uint32_t dxghost_handle_table_add(struct dxghost_handle_table *table,
				  void *object);
void *dxghost_handle_table_find(const struct dxghost_handle_table *table,
				uint32_t handle);
void dxghost_handle_table_remove(struct dxghost_handle_table *table,
				 uint32_t handle);

#endif
