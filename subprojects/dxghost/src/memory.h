/* SPDX-License-Identifier: MIT */
/* What stands behind GPU addresses: pages of the IO space or of the guest. */
#ifndef DXGHOST_MEMORY_H
#define DXGHOST_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

struct dxghost;
struct dxghost_adapter;
struct dxghost_fence;

enum dxghost_group {
	DXGHOST_LOCAL,
	DXGHOST_NON_LOCAL,
	DXGHOST_GROUPS,
};

/*
 * Counted: one for each allocation or sync object that has it, and one while an
 * engine works on it. The host's lock protects everything but the content.
 */
struct dxghost_memory {
	uint32_t refs;
	uint32_t users;			/* engines at work on it now */
	bool revoked;			/* no engine may begin to use it */
	bool decommitted;		/* has given back its pages for now */
	uint64_t size;			/* bytes, whole pages */
	struct dxghost_adapter *adapter;	/* whose pool it is from */
	uint8_t *base;			/* IO space; NULL: guest pages */
	uint64_t offset;		/* in the IO space */
	uint64_t *pages;		/* guest page number + 1, 0 not set */
	struct dxghost_fence *fence;	/* whose value is here, or NULL */
};

/* Zero-filled pages of the IO space, or NULL when the pool is exhausted. */
struct dxghost_memory *dxghost_memory_create(struct dxghost_adapter *adapter,
					     uint64_t size);
/* Is there room in the pool? */
bool dxghost_memory_fits(const struct dxghost_adapter *adapter, uint64_t size);
/*
 * Zeroes the content; gives its pages back; gets other ones, all zero (false:
 * there are none). Nobody uses the memory meanwhile, nor has it locked.
 */
void dxghost_memory_clear(struct dxghost *host, struct dxghost_memory *memory);
void dxghost_memory_decommit(struct dxghost *host, struct dxghost_memory *memory);
bool dxghost_memory_recommit(struct dxghost *host, struct dxghost_memory *memory);
/* Guest pages, none of them known yet. */
struct dxghost_memory *dxghost_memory_create_guest(uint64_t size);
void dxghost_memory_get(struct dxghost_memory *memory);
void dxghost_memory_put(struct dxghost *host, struct dxghost_memory *memory);

/* The guest physical address of memory in the IO space. */
uint64_t dxghost_memory_address(const struct dxghost *host,
				const struct dxghost_memory *memory);
/*
 * Guest memory: names the page at @index, or forgets all pages for good.
 * Engines read the list without the lock, so both wait for them to let go.
 */
void dxghost_memory_set_pages(struct dxghost *host,
			      struct dxghost_memory *memory, uint64_t index,
			      const void *numbers, uint64_t count);
void dxghost_memory_revoke(struct dxghost *host, struct dxghost_memory *memory);

#endif
