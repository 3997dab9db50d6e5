/* SPDX-License-Identifier: MIT */
/* Fences and resources by descriptor: shared, opened, asked about, closed. */
#include <string.h>
#include <unistd.h>

#include <dxghost/gpu.h>

#include "world.h"

#define GENERIC_ALL 0x10000000u

/* Its live allocations in the order of their creation; their number. */
static unsigned int parts_of(struct walk *w, unsigned int resource,
			     struct walk_allocation **parts)
{
	struct walk_allocation *allocation;
	unsigned int i, k, count = 0;

	for (i = 0; i < WALK_ALLOCATIONS; i++) {
		allocation = &w->world->allocations[i];
		if (!allocation->live || allocation->resource != resource)
			continue;
		for (k = count++; k && parts[k - 1]->id > allocation->id; k--)
			parts[k] = parts[k - 1];
		parts[k] = allocation;
	}
	return count;
}

static struct walk_descriptor *share(struct walk *w, D3DKMT_HANDLE object,
				     unsigned int allowed, const char *what,
				     unsigned int id)
{
	unsigned int index = walk_room(w, w->world->descriptors);
	struct walk_descriptor *descriptor;
	HANDLE handle = NULL;

	if (!walk_call(w, D3DKMTShareObjects(1, &object, NULL, GENERIC_ALL,
					     &handle),
		       allowed, "share %s %u", what, id))
		return NULL;
	descriptor = &w->world->descriptors[index];
	memset(descriptor, 0, sizeof(*descriptor));
	descriptor->live = true;
	descriptor->id = walk_id(w);
	descriptor->fd = (int)(uintptr_t)handle;
	if (walk_chance(w, 4)) {
		descriptor->fd = dup((int)(uintptr_t)handle);
		close((int)(uintptr_t)handle);
	}
	if (descriptor->fd < 0)
		walk_fail(w, "no descriptor");
	return descriptor;
}

static void share_fence(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->fences);
	struct walk_descriptor *descriptor;
	struct walk_fence *fence;

	if (index == WALK_NONE)
		return;
	fence = &w->world->fences[index];
	descriptor = share(w, fence->handle,
			   fence->shared ? WALK_OK : WALK_PARAMETER, "fence",
			   fence->id);
	if (!descriptor)
		return;
	descriptor->value = fence->value;
	walk_value_get(fence->value);
}

static void share_resource(struct walk *w)
{
	unsigned int i, count, index = walk_pick(w, w->world->resources);
	struct walk_allocation *parts[WALK_ALLOCATIONS];
	struct walk_descriptor *descriptor;
	struct walk_resource *resource;
	unsigned int allowed = WALK_OK;

	if (index == WALK_NONE)
		return;
	resource = &w->world->resources[index];
	count = parts_of(w, index, parts);
	if (count > WALK_PARTS)
		return;
	if (!resource->may_share || !count)
		allowed = WALK_PARAMETER;
	for (i = 0; i < count; i++)
		if (w->world->tight && parts[i]->offered)
			allowed |= WALK_PARAMETER;
	walk_quiet(w);
	descriptor = share(w, resource->handle, allowed, "resource",
			   resource->id);
	/* Sealed from the first attempt on, also if the host has no memory. */
	if (resource->may_share && count)
		resource->sealed = true;
	if (!descriptor)
		return;
	descriptor->parts = count;
	for (i = 0; i < count; i++) {
		descriptor->memory[i] = parts[i]->memory;
		descriptor->invisible[i] = parts[i]->invisible;
		parts[i]->memory->refs++;
		parts[i]->memory->shared = true;
		/* It may have been thrown away before. */
		if (w->world->tight && parts[i]->offered &&
		    parts[i]->memory->doubt == WALK_KNOWN)
			parts[i]->memory->doubt = WALK_DROPPED;
	}
}

void walk_share(struct walk *w)
{
	if (walk_room(w, w->world->descriptors) == WALK_NONE)
		return;
	if (walk_chance(w, 2))
		share_fence(w);
	else
		share_resource(w);
}

static void open_fence(struct walk *w, const struct walk_descriptor *descriptor,
		       unsigned int device)
{
	unsigned int index = walk_room(w, w->world->fences);
	unsigned int allowed = WALK_OK;
	struct walk_fence *fence;
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 args = {
		.hNtHandle = (HANDLE)(intptr_t)descriptor->fd,
		.hDevice = w->world->devices[device].handle,
	};

	if (index == WALK_NONE)
		return;
	if (walk_chance(w, 4))
		args.Flags.NoSignal = 1;
	else if (walk_chance(w, 4))
		args.Flags.NoWait = 1;
	if (w->world->devices[device].lost)
		allowed |= WALK_REMOVED;
	if (!walk_call(w, D3DKMTOpenSyncObjectFromNtHandle2(&args), allowed,
		       "open value %u from descriptor %u on device %u, flags %x",
		       descriptor->value->id, descriptor->id,
		       w->world->devices[device].id, args.Flags.Value))
		return;
	walk_made(w, args.hSyncObject, "opened fence");
	fence = &w->world->fences[index];
	memset(fence, 0, sizeof(*fence));
	fence->live = true;
	fence->id = walk_id(w);
	fence->device = device;
	fence->handle = args.hSyncObject;
	fence->cpu = args.MonitoredFence.FenceValueCPUVirtualAddress;
	/* Its GPU address may not be used at once. */
	fence->shared = true;
	fence->no_signal = args.Flags.NoSignal;
	fence->no_wait = args.Flags.NoWait;
	fence->value = descriptor->value;
	walk_value_get(fence->value);
	walk_fence_check(w, fence);
}

struct opening {
	D3DDDI_OPENALLOCATIONINFO2 info[WALK_PARTS];
	struct dxghost_allocation_data total[WALK_PARTS];
	D3DKMT_OPENRESOURCEFROMNTHANDLE args;
};

static void take_opened(struct walk *w, const struct opening *opening,
			const struct walk_descriptor *descriptor,
			unsigned int device, unsigned int index)
{
	struct walk_resource *resource = &w->world->resources[index];
	struct walk_allocation *allocation;
	unsigned int i, at;

	memset(resource, 0, sizeof(*resource));
	resource->live = true;
	resource->id = walk_id(w);
	resource->device = device;
	resource->handle = opening->args.hResource;
	resource->may_share = true;
	resource->sealed = true;
	walk_made(w, resource->handle, "opened resource");
	for (i = 0; i < descriptor->parts; i++) {
		at = walk_room(w, w->world->allocations);
		allocation = &w->world->allocations[at];
		memset(allocation, 0, sizeof(*allocation));
		walk_made(w, opening->info[i].hAllocation, "opened allocation");
		allocation->live = true;
		allocation->id = walk_id(w);
		allocation->device = device;
		allocation->resource = index;
		allocation->handle = opening->info[i].hAllocation;
		allocation->priority = 0x78000000;
		allocation->anywhere = true;
		allocation->invisible = descriptor->invisible[i];
		allocation->memory = descriptor->memory[i];
		allocation->memory->refs++;
		if (opening->total[i].size != allocation->memory->size)
			walk_fail(w, "an opened allocation has another size");
	}
}

static unsigned int free_allocations(const struct walk *w)
{
	unsigned int i, count = 0;

	for (i = 0; i < WALK_ALLOCATIONS; i++)
		count += !w->world->allocations[i].live;
	return count;
}

static void open_resource(struct walk *w,
			  const struct walk_descriptor *descriptor,
			  unsigned int device)
{
	unsigned int index = walk_room(w, w->world->resources);
	struct opening opening;

	if (index == WALK_NONE || free_allocations(w) < descriptor->parts)
		return;
	memset(&opening, 0, sizeof(opening));
	opening.args.hDevice = w->world->devices[device].handle;
	opening.args.hNtHandle = (HANDLE)(intptr_t)descriptor->fd;
	opening.args.NumAllocations = descriptor->parts;
	opening.args.pOpenAllocationInfo2 = opening.info;
	opening.args.pTotalPrivateDriverDataBuffer = opening.total;
	opening.args.TotalPrivateDriverDataBufferSize =
		(UINT)(descriptor->parts * sizeof(opening.total[0]));
	if (walk_call(w, D3DKMTOpenResourceFromNtHandle(&opening.args),
		      w->world->devices[device].lost ? WALK_REMOVED : WALK_OK,
		      "open descriptor %u, %u parts, on device %u",
		      descriptor->id, descriptor->parts,
		      w->world->devices[device].id))
		take_opened(w, &opening, descriptor, device, index);
}

void walk_open(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->descriptors);
	unsigned int device = walk_pick_device(w);
	const struct walk_descriptor *descriptor;

	if (index == WALK_NONE || device == WALK_NONE)
		return;
	descriptor = &w->world->descriptors[index];
	if (descriptor->value)
		open_fence(w, descriptor, device);
	else
		open_resource(w, descriptor, device);
}

static void ask_about(struct walk *w, const struct walk_descriptor *descriptor)
{
	unsigned int device = walk_pick_device(w);
	unsigned int allowed = descriptor->value ? WALK_PARAMETER : WALK_OK;
	D3DKMT_GETSHAREDRESOURCEADAPTERLUID luid = {
		.hNtHandle = (HANDLE)(intptr_t)descriptor->fd,
	};
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE args = {
		.hNtHandle = (HANDLE)(intptr_t)descriptor->fd,
	};

	if (walk_call(w, D3DKMTGetSharedResourceAdapterLuid(&luid), allowed,
		      "adapter of descriptor %u", descriptor->id) &&
	    memcmp(&luid.AdapterLuid, &w->world->luid, sizeof(LUID)))
		walk_fail(w, "a resource of another adapter");
	if (device == WALK_NONE)
		return;
	args.hDevice = w->world->devices[device].handle;
	if (walk_call(w, D3DKMTQueryResourceInfoFromNtHandle(&args), allowed,
		      "sizes of descriptor %u", descriptor->id) &&
	    args.NumAllocations != descriptor->parts)
		walk_fail(w, "%u allocations, not %u", args.NumAllocations,
			  descriptor->parts);
}

void walk_descriptor_close(struct walk *w)
{
	unsigned int i, index = walk_pick(w, w->world->descriptors);
	struct walk_descriptor *descriptor;

	if (index == WALK_NONE)
		return;
	descriptor = &w->world->descriptors[index];
	ask_about(w, descriptor);
	if (walk_chance(w, 2))
		return;
	/* The last one that can signal it, if it is opened again, is this. */
	if (descriptor->value)
		walk_pay(w);
	walk_note(w, "close descriptor %u", descriptor->id);
	close(descriptor->fd);
	walk_value_put(descriptor->value);
	for (i = 0; i < descriptor->parts; i++)
		walk_memory_put(descriptor->memory[i]);
	memset(descriptor, 0, sizeof(*descriptor));
}
