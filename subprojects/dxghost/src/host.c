/* SPDX-License-Identifier: MIT */
/* Creation and end of a host. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "counters.h"
#include "share.h"

/* Fence pages come on top of the adapters' memory. */
#define FENCE_MEGABYTES	64u

static int start_adapters(struct dxghost *host)
{
	unsigned i, n = host->profile.adapter_count;

	host->adapters = calloc(n ? n : 1, sizeof(*host->adapters));
	if (!host->adapters)
		return -1;
	for (i = 0; i < n; i++) {
		struct dxghost_adapter *adapter = &host->adapters[i];

		adapter->host = host;
		adapter->index = i;
		adapter->profile = &host->profile.adapters[i];
		/* Of a form that handles of processes never have. */
		adapter->handle = 0x40000000u + (i + 1) * 0x40;
		list_init(&adapter->spaces);
		if (dxghost_adapter_start(adapter))
			return -1;
	}
	return 0;
}

struct dxghost *dxghost_create(const char *profile,
			       const struct dxghost_guest_ops *ops, void *guest,
			       char *error, size_t error_size)
{
	struct dxghost *host = calloc(1, sizeof(*host));

	if (!host)
		goto err_no_memory;
	if (dxghost_profile_load(&host->profile, profile, error, error_size)) {
		free(host);
		return NULL;
	}
	pthread_mutex_init(&host->lock, NULL);
	dxghost_cond_init(&host->changed);
	list_init(&host->outbox);
	if (ops)
		host->ops = *ops;
	host->guest = guest;
	host->epoch_ns = dxghost_now();
	dxghost_handle_table_init(&host->processes, 1, 2, 0);
	dxghost_handle_table_init(&host->fences, 2, 3, 2);
	/* "NT" handles have the two upper bits clear. */
	dxghost_handle_table_init(&host->shared, 0, 0, 0);
	host->counters = dxghost_counters_create();
	if (!host->counters || start_adapters(host)) {
		dxghost_destroy(host);
		goto err_no_memory;
	}
	return host;

err_no_memory:
	if (error && error_size)
		snprintf(error, error_size, "out of memory or threads");
	return NULL;
}

static void destroy_objects(struct dxghost *host)
{
	uint32_t i;

	for (i = 0; i < host->processes.capacity; i++)
		if (host->processes.slots[i].object)
			dxghost_process_destroy(host->processes.slots[i].object,
						0);
	for (i = 0; i < host->shared.capacity; i++)
		if (host->shared.slots[i].object)
			dxghost_shared_destroy(host,
					       host->shared.slots[i].object);
}

void dxghost_destroy(struct dxghost *host)
{
	unsigned i;

	if (!host)
		return;
	dxghost_lock(host);
	destroy_objects(host);
	dxghost_unlock(host);
	for (i = 0; host->adapters && i < host->profile.adapter_count; i++)
		dxghost_adapter_stop(&host->adapters[i]);
	dxghost_handle_table_destroy(&host->processes);
	dxghost_handle_table_destroy(&host->fences);
	dxghost_handle_table_destroy(&host->shared);
	dxghost_io_space_destroy(&host->io);
	dxghost_counters_destroy(host->counters);
	free(host->adapters);
	dxghost_profile_release(&host->profile);
	pthread_cond_destroy(&host->changed);
	pthread_mutex_destroy(&host->lock);
	free(host);
}

unsigned dxghost_adapter_count(const struct dxghost *host)
{
	return host->profile.adapter_count;
}

uint32_t dxghost_mmio_megabytes(const struct dxghost *host)
{
	uint64_t bytes = 0;
	uint32_t i;

	for (i = 0; i < host->profile.adapter_count; i++)
		bytes += host->profile.adapters[i].local_memory +
			 host->profile.adapters[i].nonlocal_memory;
	return (uint32_t)(bytes >> 20) + FENCE_MEGABYTES;
}

void dxghost_set_io_space(struct dxghost *host, void *base, size_t size)
{
	dxghost_lock(host);
	dxghost_io_space_destroy(&host->io);
	host->io_ready = false;
	if (dxghost_io_space_init(&host->io, base, size))
		host->io.base = NULL;
	dxghost_unlock(host);
}

void dxghost_object_counts(struct dxghost *host,
			   struct dxghost_object_counts *ret)
{
	struct dxghost_list *it;
	uint32_t i;

	memset(ret, 0, sizeof(*ret));
	dxghost_lock(host);
	ret->processes = host->processes.live;
	ret->devices = host->live[DXGHOST_DEVICE];
	ret->contexts = host->live[DXGHOST_CONTEXT];
	ret->hwqueues = host->live[DXGHOST_HWQUEUE];
	ret->paging_queues = host->live[DXGHOST_PAGING_QUEUE];
	ret->allocations = host->live[DXGHOST_ALLOCATION];
	ret->resources = host->live[DXGHOST_RESOURCE];
	ret->sync_objects = host->live[DXGHOST_SYNC];
	ret->shared_handles = host->shared.live;
	ret->io_space_bytes = host->io.used;
	for (i = 0; i < host->profile.adapter_count; i++) {
		ret->adapters += host->adapters[i].open;
		list_for_each(it, &host->adapters[i].spaces)
			ret->gpu_va_bytes += list_entry(it,
				struct dxghost_space, adapter_link)
				->table.bytes;
	}
	dxghost_unlock(host);
}
