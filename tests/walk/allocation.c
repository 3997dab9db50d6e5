/* SPDX-License-Identifier: MIT */
/* Allocations and resources: create, destroy, priority; the CPU's access. */
#include <string.h>

#include <sys/mman.h>

#include <dxghost/gpu.h>

#include "world.h"

#define PRIORITY_NORMAL 0x78000000u

/* Mostly small; in a tight machine some are a good part of it. */
static uint64_t random_size(struct walk *w)
{
	uint64_t pages = 1 + walk_below(w, 16);

	if (w->world->tight && walk_chance(w, 2))
		pages = 64 + walk_below(w, 256);
	return pages * WALK_PAGE;
}

static unsigned int free_entries(const struct walk *w)
{
	unsigned int i, count = 0;

	for (i = 0; i < WALK_ALLOCATIONS; i++)
		count += !w->world->allocations[i].live;
	return count;
}

static struct walk_allocation *take_entry(struct walk *w, unsigned int device,
					  unsigned int resource,
					  D3DKMT_HANDLE handle, uint64_t size)
{
	unsigned int i;
	struct walk_allocation *allocation;

	for (i = 0; w->world->allocations[i].live; i++)
		;
	allocation = &w->world->allocations[i];
	memset(allocation, 0, sizeof(*allocation));
	walk_made(w, handle, "allocation");
	allocation->live = true;
	allocation->id = walk_id(w);
	allocation->device = device;
	allocation->resource = resource;
	allocation->handle = handle;
	allocation->priority = PRIORITY_NORMAL;
	if (size)
		allocation->memory = walk_memory_create(w, size);
	return allocation;
}

static void create_on_system_memory(struct walk *w, unsigned int device)
{
	uint64_t size = random_size(w);
	struct walk_allocation *allocation;
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = size,
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = pages };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = w->world->devices[device].handle,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = { .StandardAllocation = 1, .ExistingSysMem = 1 },
	};

	if (pages == MAP_FAILED)
		walk_fail(w, "no pages");
	if (!walk_call(w, D3DKMTCreateAllocation2(&args),
		       walk_creation(w, device),
		       "create on device %u over own pages, %llu",
		       w->world->devices[device].id,
		       (unsigned long long)size)) {
		munmap(pages, size);
		return;
	}
	allocation = take_entry(w, device, WALK_NONE, info.hAllocation, size);
	allocation->system = pages;
	allocation->non_local = true;
}

struct request {
	struct dxghost_allocation_data data[WALK_PARTS];
	D3DDDI_ALLOCATIONINFO2 info[WALK_PARTS];
	D3DKMT_CREATEALLOCATION args;
};

static void prepare(struct walk *w, struct request *request, unsigned int device)
{
	unsigned int i, count = 1 + walk_below(w, WALK_PARTS);

	memset(request, 0, sizeof(*request));
	for (i = 0; i < count; i++) {
		request->data[i].magic = DXGHOST_ALLOCATION_MAGIC;
		request->data[i].version = DXGHOST_ALLOCATION_VERSION;
		request->data[i].size = random_size(w);
		if (walk_chance(w, 4))
			request->data[i].flags |= DXGHOST_ALLOCATION_NON_LOCAL;
		if (walk_chance(w, 8))
			request->data[i].flags |=
				DXGHOST_ALLOCATION_CPU_INVISIBLE;
		if (walk_chance(w, 4))
			request->data[i].flags |= DXGHOST_ALLOCATION_CACHED;
		request->info[i].pPrivateDriverData = &request->data[i];
		request->info[i].PrivateDriverDataSize =
			sizeof(request->data[i]);
	}
	request->args.hDevice = w->world->devices[device].handle;
	request->args.NumAllocations = count;
	request->args.pAllocationInfo2 = request->info;
}

static void take_parts(struct walk *w, const struct request *request,
		       unsigned int device, unsigned int resource)
{
	struct walk_allocation *allocation;
	unsigned int i;

	for (i = 0; i < request->args.NumAllocations; i++) {
		allocation = take_entry(w, device, resource,
					request->info[i].hAllocation,
					request->data[i].size);
		allocation->non_local = request->data[i].flags &
					DXGHOST_ALLOCATION_NON_LOCAL;
		allocation->invisible = request->data[i].flags &
					DXGHOST_ALLOCATION_CPU_INVISIBLE;
	}
}

static void create_resource(struct walk *w, struct request *request,
			    unsigned int device)
{
	unsigned int index = walk_room(w, w->world->resources);
	struct walk_resource *resource;

	if (index == WALK_NONE)
		return;
	request->args.Flags.CreateResource = 1;
	request->args.Flags.CreateShared = walk_chance(w, 2);
	request->args.Flags.NtSecuritySharing = request->args.Flags.CreateShared;
	if (!walk_call(w, D3DKMTCreateAllocation2(&request->args),
		       walk_creation(w, device),
		       "create a resource of %u on device %u%s",
		       request->args.NumAllocations,
		       w->world->devices[device].id,
		       request->args.Flags.CreateShared ? ", shared" : ""))
		return;
	walk_made(w, request->args.hResource, "resource");
	resource = &w->world->resources[index];
	memset(resource, 0, sizeof(*resource));
	resource->live = true;
	resource->id = walk_id(w);
	resource->device = device;
	resource->handle = request->args.hResource;
	resource->may_share = request->args.Flags.CreateShared;
	take_parts(w, request, device, index);
}

/* To a resource that is there: unless it has been shared. */
static void add_to_resource(struct walk *w, struct request *request)
{
	unsigned int index = walk_pick(w, w->world->resources);
	struct walk_resource *resource;
	unsigned int allowed;

	if (index == WALK_NONE)
		return;
	resource = &w->world->resources[index];
	allowed = walk_creation(w, resource->device);
	if (resource->sealed)
		allowed = WALK_PARAMETER | WALK_REMOVED;
	request->args.hDevice = w->world->devices[resource->device].handle;
	request->args.hResource = resource->handle;
	if (walk_call(w, D3DKMTCreateAllocation2(&request->args), allowed,
		      "add %u to resource %u", request->args.NumAllocations,
		      resource->id))
		take_parts(w, request, resource->device, index);
}

void walk_allocation_create(struct walk *w)
{
	unsigned int device = walk_pick_device(w);
	struct request request;

	if (device == WALK_NONE || free_entries(w) < WALK_PARTS)
		return;
	walk_quiet(w);
	if (walk_chance(w, 6)) {
		create_on_system_memory(w, device);
		return;
	}
	prepare(w, &request, device);
	switch (walk_below(w, 6)) {
	case 0:
	case 1:
		create_resource(w, &request, device);
		break;
	case 2:
		add_to_resource(w, &request);
		break;
	default:
		if (walk_call(w, D3DKMTCreateAllocation2(&request.args),
			      walk_creation(w, device),
			      "create %u on device %u",
			      request.args.NumAllocations,
			      w->world->devices[device].id))
			take_parts(w, &request, device, WALK_NONE);
		break;
	}
}

/*
 * Work under way goes on with the memory, unless the caller says that there is
 * none, or the host has no patience with work that is held up.
 */
static void settle_before(struct walk *w, struct walk_allocation *allocation,
			  UINT flags)
{
	struct walk_map *map;
	unsigned int i;

	if (flags || allocation->system) {
		walk_memory_idle(w, allocation->memory);
		walk_pay(w);
	}
	for (i = 0; i < WALK_MAPS; i++) {
		map = &allocation->maps[i];
		if (map->live && flags)
			walk_paging_wait(w, map->paging, map->value, NULL);
	}
}

static UINT destroy_flags(struct walk *w)
{
	D3DDDICB_DESTROYALLOCATION2FLAGS flags = { .Value = 0 };

	flags.AssumeNotInUse = walk_chance(w, 4);
	flags.SynchronousDestroy = walk_chance(w, 4);
	return flags.Value;
}

void walk_allocation_destroy(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	const struct walk_resource *resource = NULL;
	D3DKMT_DESTROYALLOCATION2 args = { .AllocationCount = 1 };
	D3DKMT_HANDLE handle;
	unsigned int allowed = WALK_OK;

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	if (allocation->resource != WALK_NONE)
		resource = &w->world->resources[allocation->resource];
	/* Those of a resource that is shared only go together. */
	if (resource && resource->sealed)
		allowed = WALK_PARAMETER;
	handle = allocation->handle;
	args.Flags.Value = destroy_flags(w);
	settle_before(w, allocation, args.Flags.Value);
	args.hDevice = w->world->devices[allocation->device].handle;
	args.phAllocationList = &handle;
	if (!walk_call(w, D3DKMTDestroyAllocation2(&args), allowed,
		       "destroy allocation %u, flags %x", allocation->id,
		       args.Flags.Value))
		return;
	walk_allocation_gone(w, allocation);
	if (walk_chance(w, 3))
		walk_call(w, D3DKMTDestroyAllocation2(&args), WALK_PARAMETER,
			  "destroy it again");
}

void walk_resource_destroy(struct walk *w)
{
	unsigned int i, index = walk_pick(w, w->world->resources);
	struct walk_resource *resource;
	struct walk_allocation *allocation;
	D3DKMT_DESTROYALLOCATION2 args = { 0 };

	if (index == WALK_NONE)
		return;
	resource = &w->world->resources[index];
	args.Flags.Value = destroy_flags(w);
	args.hDevice = w->world->devices[resource->device].handle;
	args.hResource = resource->handle;
	for (i = 0; i < WALK_ALLOCATIONS; i++) {
		allocation = &w->world->allocations[i];
		if (allocation->live && allocation->resource == index)
			settle_before(w, allocation, args.Flags.Value);
	}
	/* Even if there are none. */
	if (args.Flags.SynchronousDestroy)
		walk_pay(w);
	walk_call(w, D3DKMTDestroyAllocation2(&args), WALK_OK,
		  "destroy resource %u, flags %x", resource->id,
		  args.Flags.Value);
	for (i = 0; i < WALK_ALLOCATIONS; i++) {
		allocation = &w->world->allocations[i];
		if (allocation->live && allocation->resource == index)
			walk_allocation_gone(w, allocation);
	}
	walk_went(w, resource->handle);
	resource->live = false;
	if (walk_chance(w, 3))
		walk_call(w, D3DKMTDestroyAllocation2(&args), WALK_PARAMETER,
			  "destroy it again");
}

void walk_allocation_priority(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	UINT priority = (UINT)walk_random(w), got = 0;
	D3DKMT_SETALLOCATIONPRIORITY set = {
		.AllocationCount = 1, .pPriorities = &priority,
	};
	D3DKMT_GETALLOCATIONPRIORITY get = {
		.AllocationCount = 1, .pPriorities = &got,
	};

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	set.hDevice = w->world->devices[allocation->device].handle;
	set.phAllocationList = &allocation->handle;
	get.hDevice = set.hDevice;
	get.phAllocationList = &allocation->handle;
	if (walk_chance(w, 2)) {
		walk_call(w, D3DKMTSetAllocationPriority(&set), WALK_OK,
			  "allocation %u has priority %x", allocation->id,
			  priority);
		allocation->priority = priority;
	}
	walk_call(w, D3DKMTGetAllocationPriority(&get), WALK_OK,
		  "priority of allocation %u", allocation->id);
	if (got != allocation->priority)
		walk_fail(w, "the priority is %x, not %x", got,
			  allocation->priority);
}

void walk_allocation_lock(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	unsigned int allowed = WALK_OK;
	D3DKMT_LOCK2 args = { 0 };

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	if (allocation->system)
		allowed = WALK_OK;
	else if (allocation->invisible)
		allowed = WALK_PARAMETER;
	else if (allocation->offered)
		allowed = allocation->locks || allocation->unsure ?
			  WALK_OK | WALK_PARAMETER : WALK_PARAMETER;
	args.hDevice = w->world->devices[allocation->device].handle;
	args.hAllocation = allocation->handle;
	if (!walk_call(w, D3DKMTLock2(&args), allowed, "lock allocation %u",
		       allocation->id))
		return;
	if (allocation->system && args.pData != allocation->system)
		walk_fail(w, "the caller's own pages are locked elsewhere");
	if (allocation->locks && args.pData != allocation->cpu)
		walk_fail(w, "locked again at another address");
	allocation->locks++;
	allocation->cpu = args.pData;
	walk_allocation_check(w, allocation);
}

void walk_allocation_unlock(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	D3DKMT_UNLOCK2 args = { 0 };

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	args.hDevice = w->world->devices[allocation->device].handle;
	args.hAllocation = allocation->handle;
	if (!walk_call(w, D3DKMTUnlock2(&args),
		       allocation->locks ? WALK_OK : WALK_PARAMETER,
		       "unlock allocation %u", allocation->id))
		return;
	if (!--allocation->locks)
		allocation->cpu = NULL;
}

/* The CPU writes what it has locked, when the GPU has finished with it. */
void walk_allocation_write(struct walk *w)
{
	unsigned int index = walk_pick_allocation(w);
	struct walk_allocation *allocation;
	struct walk_memory *memory;
	uint64_t offset, size;
	int value = (int)walk_below(w, 256);
	uint8_t *cpu;

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	memory = allocation->memory;
	cpu = allocation->system ? allocation->system : allocation->cpu;
	if (!cpu || memory->doubt == WALK_WILD)
		return;
	walk_allocation_check(w, allocation);
	offset = walk_below(w, (unsigned int)memory->size);
	size = 1 + walk_below(w, (unsigned int)(memory->size - offset));
	walk_note(w, "write allocation %u, %llu bytes at %llu, %02x",
		  allocation->id, (unsigned long long)size,
		  (unsigned long long)offset, (unsigned int)value);
	memset(cpu + offset, value, size);
	memset(memory->bytes + offset, value, size);
}

void walk_allocation_read(struct walk *w)
{
	unsigned int index = walk_pick_allocation(w);

	if (index != WALK_NONE)
		walk_allocation_check(w, &w->world->allocations[index]);
}
