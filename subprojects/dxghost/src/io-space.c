/* SPDX-License-Identifier: MIT */
/* Pages of the IO space, the RAM that host and guest share. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "io-space.h"

/* Below this, clearing by hand is cheaper than a system call. */
#define PUNCH_MIN	(256u << 10)

static int room(struct dxghost_io_space *io, uint32_t more)
{
	struct dxghost_io_extent *extents;
	uint32_t capacity = io->capacity ? io->capacity : 16;

	while (capacity < io->count + more)
		capacity *= 2;
	if (capacity == io->capacity)
		return 0;
	extents = realloc(io->free, capacity * sizeof(*extents));
	if (!extents)
		return -1;
	io->free = extents;
	io->capacity = capacity;
	return 0;
}

int dxghost_io_space_init(struct dxghost_io_space *io, void *base,
			  uint64_t size)
{
	memset(io, 0, sizeof(*io));
	io->base = base;
	io->size = size;
	if (room(io, 1))
		return -1;
	io->free[0].offset = 0;
	io->free[0].size = size;
	io->count = 1;
	return 0;
}

void dxghost_io_space_destroy(struct dxghost_io_space *io)
{
	free(io->free);
	memset(io, 0, sizeof(*io));
}

static void remove_extent(struct dxghost_io_space *io, uint32_t i)
{
	memmove(&io->free[i], &io->free[i + 1],
		(io->count - i - 1) * sizeof(*io->free));
	io->count--;
}

uint64_t dxghost_io_space_get(struct dxghost_io_space *io, uint64_t size)
{
	uint64_t offset;
	uint32_t i;

	for (i = 0; i < io->count; i++)
		if (io->free[i].size >= size)
			break;
	if (i == io->count)
		return DXGHOST_IO_NONE;
	offset = io->free[i].offset;
	io->free[i].offset += size;
	io->free[i].size -= size;
	if (!io->free[i].size)
		remove_extent(io, i);
	io->used += size;
	return offset;
}

static void clear(void *start, uint64_t size)
{
	if (size < PUNCH_MIN || madvise(start, size, MADV_REMOVE))
		memset(start, 0, size);
}

void dxghost_io_space_clear(struct dxghost_io_space *io, uint64_t offset,
			    uint64_t size)
{
	clear(io->base + offset, size);
}

void dxghost_io_space_put(struct dxghost_io_space *io, uint64_t offset,
			  uint64_t size)
{
	uint32_t low = 0, high = io->count;

	clear(io->base + offset, size);
	io->used -= size;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (io->free[middle].offset > offset)
			high = middle;
		else
			low = middle + 1;
	}
	if (low < io->count && offset + size == io->free[low].offset) {
		io->free[low].offset = offset;
		io->free[low].size += size;
	} else {
		if (room(io, 1)) {
			/* Lost until the end rather than handed out twice. */
			return;
		}
		memmove(&io->free[low + 1], &io->free[low],
			(io->count - low) * sizeof(*io->free));
		io->free[low].offset = offset;
		io->free[low].size = size;
		io->count++;
	}
	if (low && io->free[low - 1].offset + io->free[low - 1].size ==
		   io->free[low].offset) {
		io->free[low - 1].size += io->free[low].size;
		remove_extent(io, low);
	}
}
