/* SPDX-License-Identifier: MIT */
/* Tables from 32-bit handles to objects. */
#include <stdlib.h>
#include <string.h>

#include "handle-table.h"

#define INDEX_SHIFT	6
#define INDEX_MAX	0xFFFFFEu
#define TAG_MASK	0x3Fu
/* Indices used before a round ends, unless very many objects are alive. */
#define ROUND_LENGTH	0x10000u

void dxghost_handle_table_init(struct dxghost_handle_table *table,
			       uint32_t unique, uint32_t other_unique,
			       uint32_t tag)
{
	memset(table, 0, sizeof(*table));
	table->next = 1;
	table->unique[0] = unique;
	table->unique[1] = other_unique;
	table->tag = tag;
}

void dxghost_handle_table_destroy(struct dxghost_handle_table *table)
{
	free(table->slots);
	memset(table, 0, sizeof(*table));
}

static int table_grow(struct dxghost_handle_table *table, uint32_t index)
{
	struct dxghost_handle_slot *slots;
	uint32_t capacity = table->capacity ? table->capacity : 64;

	while (capacity <= index)
		capacity *= 2;
	if (capacity == table->capacity)
		return 0;
	slots = realloc(table->slots, capacity * sizeof(*slots));
	if (!slots)
		return -1;
	memset(slots + table->capacity, 0,
	       (capacity - table->capacity) * sizeof(*slots));
	table->slots = slots;
	table->capacity = capacity;
	return 0;
}

static uint32_t round_end(const struct dxghost_handle_table *table)
{
	uint32_t end = ROUND_LENGTH;

	if (table->live > INDEX_MAX / 4)
		return INDEX_MAX;
	if (table->live * 4 > end)
		end = table->live * 4;
	return end;
}

static void begin_round(struct dxghost_handle_table *table)
{
	uint32_t unique = table->unique[0];

	table->unique[0] = table->unique[1];
	table->unique[1] = unique;
	table->next = 1;
}

uint32_t dxghost_handle_table_add(struct dxghost_handle_table *table,
				  void *object)
{
	struct dxghost_handle_slot *slot;
	uint32_t index;

	if (table->live >= INDEX_MAX - 1)
		return 0;
	if (table->next > round_end(table))
		begin_round(table);
	for (;;) {
		index = table->next;
		if (index > INDEX_MAX) {
			begin_round(table);
			continue;
		}
		if (index >= table->capacity || !table->slots[index].object)
			break;
		table->next++;
	}
	if (table_grow(table, index))
		return 0;
	table->next = index + 1;
	slot = &table->slots[index];
	slot->object = object;
	slot->handle = table->unique[0] << 30 | index << INDEX_SHIFT |
		       table->tag;
	table->live++;
	return slot->handle;
}

static struct dxghost_handle_slot *
table_slot(const struct dxghost_handle_table *table, uint32_t handle)
{
	uint32_t index = handle >> INDEX_SHIFT & 0xFFFFFFu;

	if (index >= table->capacity)
		return NULL;
	if (!table->slots[index].object || table->slots[index].handle != handle)
		return NULL;
	return &table->slots[index];
}

void *dxghost_handle_table_find(const struct dxghost_handle_table *table,
				uint32_t handle)
{
	struct dxghost_handle_slot *slot = table_slot(table, handle);

	return slot ? slot->object : NULL;
}

void dxghost_handle_table_remove(struct dxghost_handle_table *table,
				 uint32_t handle)
{
	struct dxghost_handle_slot *slot = table_slot(table, handle);

	if (!slot)
		return;
	slot->object = NULL;
	slot->handle = 0;
	table->live--;
}
