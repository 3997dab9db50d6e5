/* SPDX-License-Identifier: MIT */
/* The GPU page table of one process on one adapter, kept as ranges. */
#include <stdlib.h>
#include <string.h>

#include "page-table.h"

/* Addresses that the host chooses: also fit for 64 KiB pages. */
#define PICK_ALIGN	0x10000ull

void dxghost_page_table_init(struct dxghost_page_table *table)
{
	memset(table, 0, sizeof(*table));
	table->cursor = DXGHOST_VA_DEFAULT;
}

void dxghost_page_table_destroy(struct dxghost_page_table *table)
{
	free(table->ranges);
	memset(table, 0, sizeof(*table));
}

/* Index of the first range that ends above @va. */
static uint32_t lower_bound(const struct dxghost_page_table *table, uint64_t va)
{
	uint32_t low = 0, high = table->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (table->ranges[middle].end > va)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

const struct dxghost_range *
dxghost_page_table_find(const struct dxghost_page_table *table, uint64_t va)
{
	uint32_t i = lower_bound(table, va);

	if (i == table->count || table->ranges[i].start > va)
		return NULL;
	return &table->ranges[i];
}

bool dxghost_page_table_valid(uint64_t start, uint64_t size)
{
	return size && start >= DXGHOST_VA_FIRST && start < DXGHOST_VA_END &&
	       size <= DXGHOST_VA_END - start;
}

bool dxghost_page_table_is_free(const struct dxghost_page_table *table,
				uint64_t start, uint64_t size)
{
	uint32_t i = lower_bound(table, start);

	return i == table->count || table->ranges[i].start >= start + size;
}

bool dxghost_page_table_covers(const struct dxghost_page_table *table,
			       uint64_t start, uint64_t size,
			       bool (*accept)(const struct dxghost_range *,
					      const void *),
			       const void *arg)
{
	uint64_t end = start + size;
	uint32_t i;

	for (i = lower_bound(table, start); start < end; i++) {
		if (i == table->count || table->ranges[i].start > start)
			return false;
		if (accept && !accept(&table->ranges[i], arg))
			return false;
		start = table->ranges[i].end;
	}
	return true;
}

static uint64_t align_up(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

/* The first aligned free place in [@min, @max), or 0. */
static uint64_t first_fit(const struct dxghost_page_table *table, uint64_t min,
			  uint64_t max, uint64_t size, uint64_t align)
{
	uint64_t start = align_up(min, align);
	uint32_t i;

	for (i = lower_bound(table, start); i < table->count; i++) {
		if (start > max || max - start < size)
			return 0;
		if (table->ranges[i].start > start &&
		    table->ranges[i].start - start >= size)
			return start;
		start = align_up(table->ranges[i].end, align);
	}
	return start > max || max - start < size ? 0 : start;
}

uint64_t dxghost_page_table_pick(struct dxghost_page_table *table, uint64_t min,
				 uint64_t max, uint64_t size)
{
	uint64_t start = 0;

	if (!max || max > DXGHOST_VA_END)
		max = DXGHOST_VA_END;
	if (!min) {
		/* Going on behind the last one keeps stale addresses free. */
		if (table->cursor < max)
			start = first_fit(table, table->cursor, max, size,
					  PICK_ALIGN);
		min = max > DXGHOST_VA_DEFAULT ? DXGHOST_VA_DEFAULT : 0;
	}
	if (min < DXGHOST_VA_FIRST)
		min = DXGHOST_VA_FIRST;
	if (!start)
		start = first_fit(table, min, max, size, PICK_ALIGN);
	if (!start)
		start = first_fit(table, min, max, size, DXGHOST_PAGE_SIZE);
	/* A page is left between, where overruns fault. */
	if (start && start >= table->cursor)
		table->cursor = start + size + DXGHOST_PAGE_SIZE;
	return start;
}

/* Makes room for @more ranges, so that the steps of an update cannot fail. */
static int table_room(struct dxghost_page_table *table, uint32_t more)
{
	struct dxghost_range *ranges;
	uint32_t capacity = table->capacity ? table->capacity : 32;

	while (capacity < table->count + more)
		capacity *= 2;
	if (capacity == table->capacity)
		return 0;
	ranges = realloc(table->ranges, capacity * sizeof(*ranges));
	if (!ranges)
		return -1;
	table->ranges = ranges;
	table->capacity = capacity;
	return 0;
}

static void insert_at(struct dxghost_page_table *table, uint32_t i,
		      const struct dxghost_range *range)
{
	memmove(&table->ranges[i + 1], &table->ranges[i],
		(table->count - i) * sizeof(*range));
	table->ranges[i] = *range;
	table->count++;
}

static void remove_at(struct dxghost_page_table *table, uint32_t i, uint32_t n)
{
	uint32_t k;

	for (k = i; k < i + n; k++)
		table->bytes -= table->ranges[k].end - table->ranges[k].start;
	memmove(&table->ranges[i], &table->ranges[i + n],
		(table->count - i - n) * sizeof(*table->ranges));
	table->count -= n;
}

/* Makes a range border at @va if a range covers it. */
static void split_at(struct dxghost_page_table *table, uint64_t va)
{
	uint32_t i = lower_bound(table, va);
	struct dxghost_range upper;

	if (i == table->count || table->ranges[i].start >= va)
		return;
	upper = table->ranges[i];
	upper.start = va;
	upper.content.offset += va - table->ranges[i].start;
	table->ranges[i].end = va;
	insert_at(table, i + 1, &upper);
}

int dxghost_page_table_take(struct dxghost_page_table *table, uint64_t start,
			    uint64_t size, enum dxghost_range_origin origin,
			    uint64_t serial,
			    const struct dxghost_range_content *content)
{
	struct dxghost_range range = {
		.start = start,
		.end = start + size,
		.origin = origin,
		.serial = serial,
		.content = *content,
	};

	if (table_room(table, 1))
		return -1;
	insert_at(table, lower_bound(table, start), &range);
	table->bytes += size;
	return 0;
}

int dxghost_page_table_update(struct dxghost_page_table *table, uint64_t start,
			      uint64_t size, uint64_t serial,
			      const struct dxghost_range_content *content)
{
	uint64_t end = start + size;
	uint32_t i;

	if (table_room(table, 2))
		return -1;
	split_at(table, start);
	split_at(table, end);
	for (i = lower_bound(table, start);
	     i < table->count && table->ranges[i].start < end; i++) {
		struct dxghost_range *range = &table->ranges[i];

		if (range->serial > serial)
			continue;
		range->content = *content;
		range->content.offset += range->start - start;
	}
	return 0;
}

int dxghost_page_table_free(struct dxghost_page_table *table, uint64_t start,
			    uint64_t size)
{
	uint64_t end = start + size;
	uint32_t first, n;

	if (table_room(table, 2))
		return -1;
	split_at(table, start);
	split_at(table, end);
	first = lower_bound(table, start);
	for (n = 0; first + n < table->count; n++)
		if (table->ranges[first + n].start >= end)
			break;
	remove_at(table, first, n);
	return 0;
}

void dxghost_page_table_drop(struct dxghost_page_table *table,
			     const struct dxghost_allocation *allocation,
			     uint64_t low, uint64_t high)
{
	static const struct dxghost_range_content nothing = {
		.state = DXGHOST_RANGE_NO_ACCESS,
	};
	uint32_t i = lower_bound(table, low), kept = i;

	for (; i < table->count && table->ranges[i].start < high; i++) {
		struct dxghost_range *range = &table->ranges[i];

		if (range->content.allocation == allocation) {
			if (range->origin == DXGHOST_ORIGIN_MAP) {
				table->bytes -= range->end - range->start;
				continue;
			}
			range->content = nothing;
		}
		if (kept != i)
			table->ranges[kept] = *range;
		kept++;
	}
	memmove(&table->ranges[kept], &table->ranges[i],
		(table->count - i) * sizeof(*table->ranges));
	table->count -= i - kept;
}
