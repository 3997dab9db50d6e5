/* SPDX-License-Identifier: MIT */
/* UpdateGpuVirtualAddress and UpdateAllocationProperty. */
#include "world.h"

/* A context of the device: the call wants one, although nothing is queued. */
static const struct walk_context *context_of(struct walk *w, unsigned int device)
{
	unsigned int i;

	for (i = 0; i < WALK_CONTEXTS; i++)
		if (w->world->contexts[i].live &&
		    w->world->contexts[i].device == device)
			return &w->world->contexts[i];
	return NULL;
}

static NTSTATUS update(struct walk *w, const struct walk_allocation *allocation,
		       const struct walk_range *range, D3DKMT_HANDLE fence,
		       uint64_t value, bool at_once)
{
	const struct walk_context *context = context_of(w, allocation->device);
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation = {
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP,
		.Map = {
			.BaseAddress = range->address,
			.SizeInBytes = allocation->memory->size,
			.hAllocation = allocation->handle,
			.AllocationSizeInBytes = allocation->memory->size,
		},
	};
	D3DKMT_UPDATEGPUVIRTUALADDRESS args = {
		.hDevice = w->world->devices[allocation->device].handle,
		.hContext = context->handle,
		.hFenceObject = fence,
		.NumOperations = 1,
		.Operations = &operation,
		.FenceValue = value,
	};

	args.Flags.DoNotWait = at_once;
	return D3DKMTUpdateGpuVirtualAddress(&args);
}

/* An allocation, and a range for it, on a device with a context. */
static bool choose(struct walk *w, struct walk_allocation **ret_allocation,
		   struct walk_range **ret_range)
{
	unsigned int range, index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;

	if (index == WALK_NONE)
		return false;
	allocation = &w->world->allocations[index];
	if (w->world->devices[allocation->device].lost ||
	    !context_of(w, allocation->device))
		return false;
	range = walk_pick_range(w, allocation->memory->size / WALK_PAGE);
	if (range == WALK_NONE)
		return false;
	*ret_allocation = allocation;
	*ret_range = &w->world->ranges[range];
	return true;
}

/* Done when the fence is one above the value that was waited for. */
void walk_update_addresses(struct walk *w)
{
	unsigned int of = walk_pick(w, w->world->fences);
	struct walk_allocation *allocation;
	struct walk_fence *fence;
	struct walk_range *range;
	struct walk_map *map;
	uint64_t value;

	if (of == WALK_NONE || !choose(w, &allocation, &range))
		return;
	fence = &w->world->fences[of];
	map = walk_map_room(allocation);
	value = fence->value->hi;
	if (!map || fence->no_signal || fence->no_wait || value > UINT64_MAX - 2 ||
	    fence->value->doubtful || walk_value_pending(w, fence->value))
		return;
	walk_finish_all(w);
	walk_call(w, update(w, allocation, range, fence->handle, value,
			    walk_chance(w, 2)),
		  WALK_OK | WALK_PENDING,
		  "update: allocation %u, by fence %u at %llu", allocation->id,
		  fence->id, (unsigned long long)value);
	fence->value->hi = value + 1;
	walk_wait(w, w->world->devices[fence->device].handle, fence->handle,
		  fence->cpu, value + 1);
	walk_value_set(fence->value, value + 1);
	range->used = true;
	range->zero = false;
	map->live = true;
	map->write = true;
	map->range = (unsigned int)(range - w->world->ranges);
	map->address = range->address;
	map->offset = 0;
	map->pages = allocation->memory->size / WALK_PAGE;
	map->paging = 0;
	map->value = 0;
}

/* It waits for a value that will never come, until the device ends. */
void walk_update_for_nothing(struct walk *w)
{
	struct walk_allocation *allocation;
	struct walk_range *range;
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
		.Info.Type = D3DDDI_MONITORED_FENCE,
	};

	if (!choose(w, &allocation, &range))
		return;
	walk_quiet(w);
	create.hDevice = w->world->devices[allocation->device].handle;
	if (!walk_call(w, D3DKMTCreateSynchronizationObject2(&create),
		       walk_creation(w, allocation->device),
		       "a fence for an update"))
		return;
	walk_made(w, create.hSyncObject, "fence");
	walk_call(w, update(w, allocation, range, create.hSyncObject, 1, false),
		  WALK_OK | WALK_PENDING, "update: allocation %u, never",
		  allocation->id);
	destroy.hSyncObject = create.hSyncObject;
	walk_call(w, D3DKMTDestroySynchronizationObject(&destroy), WALK_OK,
		  "destroy the fence");
	walk_went(w, destroy.hSyncObject);
}

/* To the other segment, or back. */
void walk_update_property(struct walk *w)
{
	unsigned int paging, index = walk_pick(w, w->world->allocations);
	unsigned int allowed = WALK_OK | WALK_PENDING;
	struct walk_allocation *allocation;
	D3DDDI_UPDATEALLOCPROPERTY args = { .SetSupportedSegmentSet = 1 };

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	paging = walk_paging_for(w, allocation->device);
	if (paging == WALK_NONE)
		return;
	args.hPagingQueue = w->world->pagings[paging].handle;
	args.hAllocation = allocation->handle;
	args.SupportedSegmentSet = 1 + walk_below(w, 4);
	if (args.SupportedSegmentSet == 4 ||
	    (allocation->system && args.SupportedSegmentSet & 1)) {
		walk_call(w, D3DKMTUpdateAllocationProperty(&args),
			  WALK_PARAMETER, "allocation %u to segments %x",
			  allocation->id, args.SupportedSegmentSet);
		return;
	}
	walk_quiet(w);
	if (w->world->tight)
		allowed |= WALK_NO_MEMORY;
	if (!walk_call(w, D3DKMTUpdateAllocationProperty(&args), allowed,
		       "allocation %u to segments %x", allocation->id,
		       args.SupportedSegmentSet))
		return;
	walk_promise(&w->world->pagings[paging], args.PagingFenceValue);
	if (args.SupportedSegmentSet == 3)
		return;
	allocation->anywhere = false;
	allocation->non_local = args.SupportedSegmentSet == 2;
}
