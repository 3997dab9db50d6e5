/* SPDX-License-Identifier: MIT */
/* The GPU page table of one process on one adapter, kept as ranges. */
#ifndef DXGHOST_PAGE_TABLE_H
#define DXGHOST_PAGE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

struct dxghost_allocation;
struct dxghost_memory;

#define DXGHOST_PAGE_SIZE	4096u
#define DXGHOST_PAGE_SHIFT	12

/* What an access to a range does. */
enum dxghost_range_state {
	DXGHOST_RANGE_NO_ACCESS,	/* page fault */
	DXGHOST_RANGE_ZERO,		/* reads give 0, writes vanish */
	DXGHOST_RANGE_MAPPED,
};

/* What made a range, and so what may be done with it. */
enum dxghost_range_origin {
	DXGHOST_ORIGIN_RESERVE,
	DXGHOST_ORIGIN_MAP,
	DXGHOST_ORIGIN_SYSTEM,		/* fence pages: not the client's */
};

#define DXGHOST_PROTECT_WRITE		(1u << 0)
#define DXGHOST_PROTECT_EXECUTE		(1u << 1)
#define DXGHOST_PROTECT_ZERO		(1u << 2)
#define DXGHOST_PROTECT_NO_ACCESS	(1u << 3)
#define DXGHOST_PROTECT_SYSTEM_ONLY	(1u << 4)

/* One content of a run of pages. */
struct dxghost_range_content {
	enum dxghost_range_state state;
	uint32_t protection;
	struct dxghost_memory *memory;		/* MAPPED only */
	struct dxghost_allocation *allocation;	/* NULL: always resident */
	uint64_t offset;			/* into memory, bytes */
};

struct dxghost_range {
	uint64_t start;
	uint64_t end;
	enum dxghost_range_origin origin;
	uint64_t serial;	/* of the call that took it from free space */
	struct dxghost_range_content content;
};

/*
 * Ranges are sorted, do not overlap, and begin and end on pages; what no range
 * covers is free. A range holds no reference: whoever destroys an allocation or
 * a memory drops its ranges first. Not locked; the host's lock protects it.
 */
struct dxghost_page_table {
	struct dxghost_range *ranges;
	uint32_t count;
	uint32_t capacity;
	uint64_t cursor;	/* where to look for free space next */
	uint64_t bytes;		/* covered by ranges */
};

/* The lowest address ever valid, the lowest given out unasked, the end. */
#define DXGHOST_VA_FIRST	0x10000ull
#define DXGHOST_VA_DEFAULT	0x100000000ull
#define DXGHOST_VA_BITS		48
#define DXGHOST_VA_END		(1ull << DXGHOST_VA_BITS)

void dxghost_page_table_init(struct dxghost_page_table *table);
void dxghost_page_table_destroy(struct dxghost_page_table *table);

/* The range that covers @va, or NULL. */
const struct dxghost_range *
dxghost_page_table_find(const struct dxghost_page_table *table, uint64_t va);

/* Is [@start, @start + @size) inside the address space? */
bool dxghost_page_table_valid(uint64_t start, uint64_t size);
bool dxghost_page_table_is_free(const struct dxghost_page_table *table,
				uint64_t start, uint64_t size);
/* Is every page covered by ranges of which @accept says true? */
bool dxghost_page_table_covers(const struct dxghost_page_table *table,
			       uint64_t start, uint64_t size,
			       bool (*accept)(const struct dxghost_range *,
					      const void *),
			       const void *arg);

/* A free place of @size bytes in [@min, @max), or 0. Each 0 is the default. */
uint64_t dxghost_page_table_pick(struct dxghost_page_table *table, uint64_t min,
				 uint64_t max, uint64_t size);

/* Takes free space. 0, or -1 without memory. */
int dxghost_page_table_take(struct dxghost_page_table *table, uint64_t start,
			    uint64_t size, enum dxghost_range_origin origin,
			    uint64_t serial,
			    const struct dxghost_range_content *content);
/*
 * Gives new content to those pages of [@start, @start + @size) that were taken
 * by a call not later than @serial, and leaves the others alone: so an update
 * that comes late does not touch what has been freed meanwhile.
 */
int dxghost_page_table_update(struct dxghost_page_table *table, uint64_t start,
			      uint64_t size, uint64_t serial,
			      const struct dxghost_range_content *content);
/* Frees all pages of the range; -1 without memory to split a range. */
int dxghost_page_table_free(struct dxghost_page_table *table, uint64_t start,
			    uint64_t size);
/*
 * Frees what is mapped to @allocation in [@low, @high); what was reserved
 * before it was mapped becomes reserved again.
 */
void dxghost_page_table_drop(struct dxghost_page_table *table,
			     const struct dxghost_allocation *allocation,
			     uint64_t low, uint64_t high);

#endif
