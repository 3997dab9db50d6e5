/* SPDX-License-Identifier: MIT */
/* Pages of the IO space, the RAM that host and guest share. */
#ifndef DXGHOST_IO_SPACE_H
#define DXGHOST_IO_SPACE_H

#include <stdint.h>

#define DXGHOST_IO_NONE	UINT64_MAX

struct dxghost_io_extent {
	uint64_t offset;
	uint64_t size;
};

/*
 * Free extents are sorted, apart from one another and zero-filled. Not locked;
 * the host's lock protects it.
 */
struct dxghost_io_space {
	uint8_t *base;
	uint64_t size;
	uint64_t start;		/* guest physical address of the first byte */
	uint64_t used;
	struct dxghost_io_extent *free;
	uint32_t count;
	uint32_t capacity;
};

/* Begins with all of [0, @size) free. 0, or -1 without memory. */
int dxghost_io_space_init(struct dxghost_io_space *io, void *base,
			  uint64_t size);
void dxghost_io_space_destroy(struct dxghost_io_space *io);

/* The offset of @size zero bytes, @size a multiple of the page size. */
uint64_t dxghost_io_space_get(struct dxghost_io_space *io, uint64_t size);
void dxghost_io_space_clear(struct dxghost_io_space *io, uint64_t offset,
			    uint64_t size);
void dxghost_io_space_put(struct dxghost_io_space *io, uint64_t offset,
			  uint64_t size);

#endif
