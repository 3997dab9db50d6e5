/* SPDX-License-Identifier: MIT */
/* What stands behind GPU addresses: pages of the IO space or of the guest. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static uint64_t pool_size(const struct dxghost_adapter *adapter)
{
	return adapter->profile->local_memory +
	       adapter->profile->nonlocal_memory;
}

bool dxghost_memory_fits(const struct dxghost_adapter *adapter, uint64_t size)
{
	return size <= pool_size(adapter) - adapter->pool_used;
}

/* Pages of the IO space for memory that has none: false when there are none. */
static bool commit(struct dxghost *host, struct dxghost_memory *memory)
{
	struct dxghost_adapter *adapter = memory->adapter;

	if (!dxghost_memory_fits(adapter, memory->size))
		return false;
	memory->offset = dxghost_io_space_get(&host->io, memory->size);
	if (memory->offset == DXGHOST_IO_NONE)
		return false;
	memory->base = host->io.base + memory->offset;
	adapter->pool_used += memory->size;
	return true;
}

static void uncommit(struct dxghost *host, struct dxghost_memory *memory)
{
	dxghost_io_space_put(&host->io, memory->offset, memory->size);
	memory->adapter->pool_used -= memory->size;
}

void dxghost_memory_clear(struct dxghost *host, struct dxghost_memory *memory)
{
	dxghost_io_space_clear(&host->io, memory->offset, memory->size);
}

void dxghost_memory_decommit(struct dxghost *host, struct dxghost_memory *memory)
{
	uncommit(host, memory);
	memory->decommitted = true;
}

bool dxghost_memory_recommit(struct dxghost *host, struct dxghost_memory *memory)
{
	if (!commit(host, memory))
		return false;
	memory->decommitted = false;
	return true;
}

struct dxghost_memory *dxghost_memory_create(struct dxghost_adapter *adapter,
					     uint64_t size)
{
	struct dxghost *host = adapter->host;
	struct dxghost_memory *memory;

	if (!host->io_ready)
		return NULL;
	memory = calloc(1, sizeof(*memory));
	if (!memory)
		return NULL;
	memory->refs = 1;
	memory->size = size;
	memory->adapter = adapter;
	if (!commit(host, memory)) {
		free(memory);
		return NULL;
	}
	return memory;
}

struct dxghost_memory *dxghost_memory_create_guest(uint64_t size)
{
	struct dxghost_memory *memory = calloc(1, sizeof(*memory));

	if (!memory)
		return NULL;
	memory->pages = calloc(size >> DXGHOST_PAGE_SHIFT,
			       sizeof(*memory->pages));
	if (!memory->pages) {
		free(memory);
		return NULL;
	}
	memory->refs = 1;
	memory->size = size;
	return memory;
}

void dxghost_memory_get(struct dxghost_memory *memory)
{
	memory->refs++;
}

void dxghost_memory_put(struct dxghost *host, struct dxghost_memory *memory)
{
	if (!memory || --memory->refs)
		return;
	if (memory->base && !memory->decommitted)
		uncommit(host, memory);
	free(memory->pages);
	free(memory);
}

uint64_t dxghost_memory_address(const struct dxghost *host,
				const struct dxghost_memory *memory)
{
	return host->io.start + memory->offset;
}

static void wait_unused(struct dxghost *host, struct dxghost_memory *memory)
{
	while (memory->users)
		dxghost_wait_change(host, DXGHOST_FOREVER);
}

void dxghost_memory_set_pages(struct dxghost *host,
			      struct dxghost_memory *memory, uint64_t index,
			      const void *numbers, uint64_t count)
{
	uint64_t i, number;

	dxghost_memory_get(memory);
	wait_unused(host, memory);
	for (i = 0; i < count; i++) {
		memcpy(&number, (const uint8_t *)numbers + 8 * i, 8);
		memory->pages[index + i] = number + 1;
	}
	dxghost_memory_put(host, memory);
}

void dxghost_memory_revoke(struct dxghost *host, struct dxghost_memory *memory)
{
	if (!memory->pages || memory->revoked)
		return;
	memory->revoked = true;
	wait_unused(host, memory);
	memset(memory->pages, 0, (memory->size >> DXGHOST_PAGE_SHIFT) *
	       sizeof(*memory->pages));
}
