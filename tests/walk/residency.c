/* SPDX-License-Identifier: MIT */
/* Paging queues; residency, which is counted; memory that is offered. */
#include <string.h>

#include "world.h"

static unsigned int create_paging(struct walk *w, unsigned int device)
{
	unsigned int index = walk_room(w, w->world->pagings);
	struct walk_paging *paging;
	D3DKMT_CREATEPAGINGQUEUE args = {
		.hDevice = w->world->devices[device].handle,
	};

	if (index == WALK_NONE)
		return WALK_NONE;
	walk_quiet(w);
	args.Priority = (D3DDDI_PAGINGQUEUE_PRIORITY)
			((int)walk_below(w, 3) - 1);
	if (!walk_call(w, D3DKMTCreatePagingQueue(&args),
		       walk_creation(w, device),
		       "create paging queue on device %u",
		       w->world->devices[device].id))
		return WALK_NONE;
	walk_made(w, args.hPagingQueue, "paging queue");
	walk_made(w, args.hSyncObject, "paging fence");
	paging = &w->world->pagings[index];
	memset(paging, 0, sizeof(*paging));
	paging->live = true;
	paging->id = walk_id(w);
	paging->device = device;
	paging->handle = args.hPagingQueue;
	paging->fence = args.hSyncObject;
	paging->cpu = args.FenceValueCPUVirtualAddress;
	return index;
}

unsigned int walk_paging_for(struct walk *w, unsigned int device)
{
	unsigned int i, at = walk_below(w, WALK_PAGINGS);

	if (w->world->devices[device].lost)
		return WALK_NONE;
	for (i = 0; i < WALK_PAGINGS; i++, at = (at + 1) % WALK_PAGINGS)
		if (w->world->pagings[at].live &&
		    w->world->pagings[at].device == device)
			return at;
	return create_paging(w, device);
}

static struct walk_paging *walk_paging_by_id(struct walk *w, unsigned int id)
{
	unsigned int i;

	for (i = 0; i < WALK_PAGINGS; i++)
		if (w->world->pagings[i].live && w->world->pagings[i].id == id)
			return &w->world->pagings[i];
	return NULL;
}

/* A queue that has been destroyed has completed everything. */
void walk_paging_wait(struct walk *w, unsigned int id, uint64_t value,
		      struct walk_queue *queue)
{
	struct walk_paging *paging = walk_paging_by_id(w, id);
	const struct walk_device *device;

	if (!paging || paging->reached >= value)
		return;
	device = &w->world->devices[paging->device];
	if (device->lost)
		return;
	if (queue && walk_chance(w, 2)) {
		walk_queued(queue);
		walk_gpu_wait(w, queue, &paging->fence, &value, 1, WALK_OK);
		return;
	}
	walk_wait(w, device->handle, paging->fence, paging->cpu, value);
	paging->reached = value;
	if (walk_load(paging->cpu) > paging->promised)
		walk_fail(w, "paging queue %u is at %llu, but %llu is the last",
			  paging->id,
			  (unsigned long long)walk_load(paging->cpu),
			  (unsigned long long)paging->promised);
}

void walk_promise(struct walk_paging *paging, uint64_t value)
{
	if (value > paging->promised)
		paging->promised = value;
}

void walk_paging_create(struct walk *w)
{
	unsigned int device = walk_pick_device(w);

	if (device != WALK_NONE)
		create_paging(w, device);
}

void walk_paging_destroy(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->pagings);
	struct walk_paging *paging;
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT alone;
	D3DDDI_DESTROYPAGINGQUEUE args;

	if (index == WALK_NONE)
		return;
	paging = &w->world->pagings[index];
	alone.hSyncObject = paging->fence;
	args.hPagingQueue = paging->handle;
	walk_call(w, D3DKMTDestroySynchronizationObject(&alone), WALK_PARAMETER,
		  "destroy the fence of paging queue %u alone", paging->id);
	walk_call(w, D3DKMTDestroyPagingQueue(&args), WALK_OK,
		  "destroy paging queue %u", paging->id);
	walk_went(w, paging->handle);
	walk_went(w, paging->fence);
	paging->live = false;
}

static bool walk_make_resident(struct walk *w,
			       struct walk_allocation *allocation)
{
	unsigned int index = walk_paging_for(w, allocation->device);
	D3DDDI_MAKERESIDENT args = {
		.NumAllocations = 1,
		.AllocationList = &allocation->handle,
	};
	unsigned int allowed = WALK_OK | WALK_PENDING;
	struct walk_paging *paging;

	if (index == WALK_NONE)
		return false;
	walk_quiet(w);
	paging = &w->world->pagings[index];
	args.hPagingQueue = paging->handle;
	args.Flags.CantTrimFurther = walk_chance(w, 4);
	if (w->world->tight)
		allowed |= WALK_NO_MEMORY;
	if (!walk_call(w, D3DKMTMakeResident(&args), allowed,
		       "make allocation %u resident%s", allocation->id,
		       args.Flags.CantTrimFurther ? " at any cost" : "")) {
		if (args.NumAllocations)
			walk_fail(w, "no memory, but %u are resident",
				  args.NumAllocations);
		return false;
	}
	walk_promise(paging, args.PagingFenceValue);
	allocation->resident++;
	allocation->lingers = false;
	allocation->paging = paging->id;
	allocation->paging_value = args.PagingFenceValue;
	return true;
}

static struct walk_map *find_map(struct walk_allocation *allocation, bool write)
{
	unsigned int i;

	for (i = 0; i < WALK_MAPS; i++)
		if (allocation->maps[i].live &&
		    (!write || allocation->maps[i].write))
			return &allocation->maps[i];
	return NULL;
}

struct walk_map *walk_usable(struct walk *w, struct walk_allocation *allocation,
			     struct walk_queue *queue, bool write)
{
	struct walk_map *map;

	if (allocation->offered || allocation->memory->doubt == WALK_WILD ||
	    w->world->devices[allocation->device].lost)
		return NULL;
	if (!allocation->resident && !walk_make_resident(w, allocation))
		return NULL;
	map = find_map(allocation, write);
	if (!map)
		map = walk_map(w, allocation, 0,
			       allocation->memory->size / WALK_PAGE, true);
	if (!map || (write && !map->write))
		return NULL;
	walk_paging_wait(w, allocation->paging, allocation->paging_value, queue);
	walk_paging_wait(w, map->paging, map->value, queue);
	return map;
}

void walk_residency_make(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);

	if (index != WALK_NONE)
		walk_make_resident(w, &w->world->allocations[index]);
}

void walk_residency_evict(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	D3DKMT_EVICT args = { .NumAllocations = 1 };

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	/* From the call on work with it is a page fault. */
	walk_memory_idle(w, allocation->memory);
	args.hDevice = w->world->devices[allocation->device].handle;
	args.AllocationList = &allocation->handle;
	args.Flags.EvictOnlyIfNecessary = walk_chance(w, 3);
	walk_call(w, D3DKMTEvict(&args), WALK_OK, "evict allocation %u%s",
		  allocation->id, args.Flags.EvictOnlyIfNecessary ?
		  ", if necessary" : "");
	if (!allocation->resident || --allocation->resident)
		return;
	allocation->lingers = args.Flags.EvictOnlyIfNecessary;
}

static void check_residency(struct walk *w,
			    const struct walk_allocation *allocation,
			    D3DKMT_ALLOCATIONRESIDENCYSTATUS status)
{
	D3DKMT_ALLOCATIONRESIDENCYSTATUS there =
		allocation->non_local || allocation->anywhere ?
		D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINSHAREDMEMORY :
		D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY;
	bool may_be = allocation->resident || allocation->lingers;
	bool may_not = !allocation->resident ||
		       (allocation->offered && w->world->tight);

	if (allocation->anywhere &&
	    status == D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY)
		there = status;
	if ((may_be && status == there) ||
	    (may_not && status ==
	     D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT))
		return;
	walk_fail(w, "allocation %u, count %u, has residency %d",
		  allocation->id, allocation->resident, (int)status);
}

void walk_residency_query(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	D3DKMT_ALLOCATIONRESIDENCYSTATUS status =
		(D3DKMT_ALLOCATIONRESIDENCYSTATUS)0;
	struct walk_allocation *allocation;
	D3DKMT_QUERYALLOCATIONRESIDENCY args = {
		.AllocationCount = 1,
		.pResidencyStatus = &status,
	};

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	args.hDevice = w->world->devices[allocation->device].handle;
	args.phAllocationList = &allocation->handle;
	walk_call(w, D3DKMTQueryAllocationResidency(&args), WALK_OK,
		  "residency of allocation %u", allocation->id);
	check_residency(w, allocation, status);
}

void walk_offer(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	D3DKMT_OFFERALLOCATIONS args = { .NumAllocations = 1 };

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	args.hDevice = w->world->devices[allocation->device].handle;
	args.HandleList = &allocation->handle;
	args.Priority = (D3DKMT_OFFER_PRIORITY)(1 + walk_below(w, 4));
	args.Flags.AllowDecommit = walk_chance(w, 2);
	walk_call(w, D3DKMTOfferAllocations(&args), WALK_OK,
		  "offer allocation %u, priority %d, flags %x", allocation->id,
		  (int)args.Priority, args.Flags.Value);
	if (!allocation->offered)
		allocation->may_decommit = args.Flags.AllowDecommit;
	allocation->offered = true;
}

static void take_result(struct walk *w, struct walk_allocation *allocation,
			D3DDDI_RECLAIM_RESULT result)
{
	bool may_go = allocation->offered && w->world->tight;

	switch (result) {
	case D3DDDI_RECLAIM_RESULT_OK:
		break;
	case D3DDDI_RECLAIM_RESULT_DISCARDED:
		if (!may_go)
			walk_fail(w, "allocation %u was thrown away",
				  allocation->id);
		/* Who has opened it may have written since. */
		if (allocation->memory->shared)
			allocation->memory->doubt = WALK_DROPPED;
		memset(allocation->memory->bytes, 0, allocation->memory->size);
		break;
	case D3DDDI_RECLAIM_RESULT_NOT_COMMITTED:
		if (!may_go || !allocation->may_decommit)
			walk_fail(w, "allocation %u was decommitted",
				  allocation->id);
		return;
	default:
		walk_fail(w, "a reclaim has result %d", (int)result);
	}
	allocation->offered = false;
}

/* It is in the residency list, and there is no room: the device is lost. */
static void no_room(struct walk *w, struct walk_allocation *allocation)
{
	struct walk_device *device = &w->world->devices[allocation->device];

	allocation->unsure = true;
	if (allocation->memory->doubt == WALK_KNOWN)
		allocation->memory->doubt = WALK_DROPPED;
	walk_device_lost(w, device, D3DKMT_DEVICEEXECUTION_ERROR_OUTOFMEMORY);
	walk_device_check(w, device);
}

void walk_reclaim(struct walk *w)
{
	unsigned int paging, index = walk_pick(w, w->world->allocations);
	D3DDDI_RECLAIM_RESULT result = (D3DDDI_RECLAIM_RESULT)99;
	D3DKMT_RECLAIMALLOCATIONS2 args = { .NumAllocations = 1 };
	unsigned int allowed = WALK_OK | WALK_PENDING;
	struct walk_allocation *allocation;

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	paging = walk_paging_for(w, allocation->device);
	if (paging == WALK_NONE)
		return;
	walk_quiet(w);
	if (w->world->tight) {
		walk_device_prepare(w, allocation->device);
		allowed |= WALK_REMOVED;
	}
	args.hPagingQueue = w->world->pagings[paging].handle;
	args.HandleList = &allocation->handle;
	args.pResults = &result;
	if (!walk_call(w, D3DKMTReclaimAllocations2(&args), allowed,
		       "reclaim allocation %u", allocation->id)) {
		no_room(w, allocation);
		return;
	}
	walk_promise(&w->world->pagings[paging], args.PagingFenceValue);
	allocation->paging = w->world->pagings[paging].id;
	allocation->paging_value = args.PagingFenceValue;
	take_result(w, allocation, result);
	walk_note(w, "it is %s", allocation->offered ? "not committed" :
		  result == D3DDDI_RECLAIM_RESULT_OK ? "kept" : "thrown away");
	walk_allocation_check(w, allocation);
}
