/* SPDX-License-Identifier: MIT */
/* How many messages there were of each command. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "counters.h"

#define VGPU_COMMANDS		69u
#define GLOBAL_FIRST		1000u
#define GLOBAL_COMMANDS		23u

struct counter {
	_Atomic uint64_t messages;
	_Atomic uint64_t round_trips;
	_Atomic uint64_t bytes_to_host;
	_Atomic uint64_t bytes_to_guest;
};

struct dxghost_counters {
	struct counter vgpu[VGPU_COMMANDS];
	struct counter global[GLOBAL_COMMANDS];
};

struct dxghost_counters *dxghost_counters_create(void)
{
	return calloc(1, sizeof(struct dxghost_counters));
}

void dxghost_counters_destroy(struct dxghost_counters *counters)
{
	free(counters);
}

static struct counter *find(struct dxghost_counters *counters, bool global,
			    uint32_t command)
{
	if (!global)
		return command < VGPU_COMMANDS ? &counters->vgpu[command] :
						 NULL;
	if (command < GLOBAL_FIRST || command - GLOBAL_FIRST >= GLOBAL_COMMANDS)
		return NULL;
	return &counters->global[command - GLOBAL_FIRST];
}

void dxghost_counters_add(struct dxghost_counters *counters, bool global,
			  uint32_t command, bool round_trip, size_t to_host,
			  size_t to_guest)
{
	struct counter *counter = find(counters, global, command);

	if (!counter)
		return;
	atomic_fetch_add_explicit(&counter->messages, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&counter->round_trips, round_trip,
				  memory_order_relaxed);
	atomic_fetch_add_explicit(&counter->bytes_to_host, to_host,
				  memory_order_relaxed);
	atomic_fetch_add_explicit(&counter->bytes_to_guest, to_guest,
				  memory_order_relaxed);
}

int dxghost_message_stats(struct dxghost *host, uint32_t channel_kind,
			  uint32_t command, struct dxghost_message_stats *ret)
{
	struct counter *counter;

	if (channel_kind > DXGHOST_KIND_GLOBAL)
		return -EINVAL;
	counter = find(host->counters, channel_kind == DXGHOST_KIND_GLOBAL,
		       command);
	if (!counter)
		return -EINVAL;
	ret->messages = atomic_load(&counter->messages);
	ret->round_trips = atomic_load(&counter->round_trips);
	ret->bytes_to_host = atomic_load(&counter->bytes_to_host);
	ret->bytes_to_guest = atomic_load(&counter->bytes_to_guest);
	return 0;
}

static void reset(struct counter *counter)
{
	atomic_store(&counter->messages, 0);
	atomic_store(&counter->round_trips, 0);
	atomic_store(&counter->bytes_to_host, 0);
	atomic_store(&counter->bytes_to_guest, 0);
}

void dxghost_message_stats_reset(struct dxghost *host)
{
	uint32_t i;

	for (i = 0; i < VGPU_COMMANDS; i++)
		reset(&host->counters->vgpu[i]);
	for (i = 0; i < GLOBAL_COMMANDS; i++)
		reset(&host->counters->global[i]);
}
