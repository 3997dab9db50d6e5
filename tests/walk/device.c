/* SPDX-License-Identifier: MIT */
/* Adapters and devices: come, go, are lost, and take everything with them. */
#include <string.h>
#include <unistd.h>

#include <dxg/status.h>
#include <dxghost/gpu.h>

#include "world.h"

#define COMMAND_BYTES	((WALK_SLOTS + 1) * WALK_SLOT_BYTES)

/* Some answers of the host have no status, so that any refusal is the same. */
unsigned int walk_creation(const struct walk *w, unsigned int device)
{
	if (w->world->devices[device].lost)
		return WALK_REMOVED | WALK_PARAMETER;
	return w->world->tight ? WALK_OK | WALK_PARAMETER | WALK_NO_MEMORY |
				 WALK_VIDEO_MEMORY : WALK_OK;
}

void walk_quiet(struct walk *w)
{
	if (w->world->tight && w->world->alone)
		walk_settle(w);
}

/* Another opening of the adapter comes and goes. */
void walk_adapter(struct walk *w)
{
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = w->world->luid };
	D3DKMT_CLOSEADAPTER close_args;

	walk_call(w, D3DKMTOpenAdapterFromLuid(&open), WALK_OK, "open adapter");
	close_args.hAdapter = open.hAdapter;
	walk_call(w, D3DKMTCloseAdapter(&close_args), WALK_OK, "close adapter");
	walk_call(w, D3DKMTCloseAdapter(&close_args), WALK_PARAMETER,
		  "close it again");
}

static bool allocate_commands(struct walk *w, unsigned int index)
{
	struct walk_device *device = &w->world->devices[index];
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = COMMAND_BYTES,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device->handle,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};
	D3DKMT_LOCK2 lock = { .hDevice = device->handle };

	walk_quiet(w);
	if (!walk_call(w, D3DKMTCreateAllocation2(&args),
		       walk_creation(w, index), "commands for device %u",
		       device->id))
		return false;
	walk_made(w, info.hAllocation, "allocation");
	device->commands = info.hAllocation;
	lock.hAllocation = info.hAllocation;
	walk_call(w, D3DKMTLock2(&lock), WALK_OK, "lock them");
	device->commands_cpu = lock.pData;
	return true;
}

static bool place_commands(struct walk *w, struct walk_device *device,
			   struct walk_paging *paging)
{
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = paging->handle,
		.NumAllocations = 1,
		.AllocationList = &device->commands,
	};
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = paging->handle,
		.hAllocation = device->commands,
		.SizeInPages = (COMMAND_BYTES + WALK_PAGE - 1) / WALK_PAGE,
	};

	if (!walk_call(w, D3DKMTMakeResident(&resident),
		       w->world->tight ? WALK_OK | WALK_PENDING |
					 WALK_NO_MEMORY :
					 WALK_OK | WALK_PENDING,
		       "commands resident"))
		return false;
	walk_call(w, D3DKMTMapGpuVirtualAddress(&map), WALK_OK | WALK_PENDING,
		  "map commands");
	device->commands_gpu = map.VirtualAddress;
	walk_promise(paging, resident.PagingFenceValue);
	walk_promise(paging, map.PagingFenceValue);
	walk_paging_wait(w, paging->id, resident.PagingFenceValue, NULL);
	walk_paging_wait(w, paging->id, map.PagingFenceValue, NULL);
	return true;
}

/* Without them nothing is submitted to its queues. */
static void make_commands(struct walk *w, unsigned int index)
{
	struct walk_device *device = &w->world->devices[index];
	const struct dxghost_packet nothing = { DXGHOST_OP_NOP, 8 };
	unsigned int paging;

	if (!allocate_commands(w, index))
		return;
	memcpy(device->commands_cpu + WALK_SLOTS * WALK_SLOT_BYTES, &nothing,
	       sizeof(nothing));
	paging = walk_paging_for(w, index);
	if (paging == WALK_NONE ||
	    !place_commands(w, device, &w->world->pagings[paging]))
		device->commands_cpu = NULL;
}

void walk_device_create(struct walk *w)
{
	unsigned int index = walk_room(w, w->world->devices);
	D3DKMT_CREATEDEVICE args = { .hAdapter = w->world->adapter };
	struct walk_device *device;

	if (index == WALK_NONE)
		return;
	args.Flags.DisableGpuTimeout = walk_chance(w, 4);
	walk_call(w, D3DKMTCreateDevice(&args), WALK_OK, "create device");
	walk_made(w, args.hDevice, "device");
	device = &w->world->devices[index];
	memset(device, 0, sizeof(*device));
	device->live = true;
	device->id = walk_id(w);
	device->handle = args.hDevice;
	device->state = D3DKMT_DEVICEEXECUTION_ACTIVE;
	make_commands(w, index);
}

/* Does anything but this device know the value? */
static bool known_elsewhere(struct walk *w, const struct walk_value *value,
			    unsigned int device)
{
	struct walk_world *world = w->world;
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++)
		if (world->fences[i].live && world->fences[i].value == value &&
		    world->fences[i].device != device)
			return true;
	for (i = 0; i < WALK_DESCRIPTORS; i++)
		if (world->descriptors[i].live &&
		    world->descriptors[i].value == value)
			return true;
	return false;
}

/* Of a value that others know, nothing may be under way when a device goes. */
static bool must_settle(struct walk *w, unsigned int device)
{
	struct walk_world *world = w->world;
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++)
		if (world->queues[i].live && world->queues[i].device == device &&
		    walk_queue_is_needed(w, &world->queues[i]))
			return true;
	for (i = 0; i < WALK_FENCES; i++)
		if (world->fences[i].live &&
		    world->fences[i].device == device &&
		    walk_value_pending(w, world->fences[i].value) &&
		    known_elsewhere(w, world->fences[i].value, device))
			return true;
	return false;
}

static void fences_gone(struct walk *w, unsigned int index)
{
	struct walk_world *world = w->world;
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++) {
		struct walk_fence *fence = &world->fences[i];

		if (!fence->live || fence->device != index)
			continue;
		if (!known_elsewhere(w, fence->value, index))
			walk_value_set(fence->value, UINT64_MAX);
		walk_went(w, fence->handle);
		walk_value_put(fence->value);
		fence->live = false;
	}
}

static void children_gone(struct walk *w, unsigned int index)
{
	struct walk_world *world = w->world;
	unsigned int i;

	for (i = 0; i < WALK_ALLOCATIONS; i++)
		if (world->allocations[i].live &&
		    world->allocations[i].device == index)
			walk_allocation_gone(w, &world->allocations[i]);
#define GONE(array)                                                     \
	for (i = 0; i < WALK_COUNT(world->array); i++)                  \
		if (world->array[i].live && world->array[i].device == index) { \
			walk_went(w, world->array[i].handle);           \
			world->array[i].live = false;                   \
		}
	GONE(resources)
	GONE(contexts)
	GONE(pagings)
#undef GONE
}

static void walk_device_gone(struct walk *w, unsigned int index)
{
	struct walk_world *world = w->world;
	bool is_any_lost = false;
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++) {
		struct walk_queue *queue = &world->queues[i];

		if (!queue->live || queue->device != index)
			continue;
		walk_queue_gone(w, queue, WALK_DROPPED);
		walk_went(w, queue->fence);
		if (queue->hardware)
			walk_went(w, queue->handle);
		queue->live = false;
	}
	fences_gone(w, index);
	children_gone(w, index);
	walk_went(w, world->devices[index].handle);
	world->devices[index].live = false;
	for (i = 0; i < WALK_DEVICES; i++)
		if (world->devices[i].live && world->devices[i].lost)
			is_any_lost = true;
	if (!is_any_lost)
		walk_memory_tame(w);
}

/* Rather a lost one: not much can be done with those. */
static unsigned int pick_for_destruction(struct walk *w)
{
	unsigned int i;

	for (i = 0; i < WALK_DEVICES; i++)
		if (w->world->devices[i].live && w->world->devices[i].lost &&
		    walk_chance(w, 2))
			return i;
	return walk_pick_device(w);
}

void walk_device_destroy(struct walk *w)
{
	unsigned int index = pick_for_destruction(w);
	D3DKMT_DESTROYDEVICE args;

	if (index == WALK_NONE)
		return;
	if (must_settle(w, index) || walk_chance(w, 4))
		walk_settle(w);
	/* The caller's own pages are not let go before the work with them is. */
	if (w->world->patient || walk_chance(w, 2))
		walk_pay(w);
	args.hDevice = w->world->devices[index].handle;
	walk_call(w, D3DKMTDestroyDevice(&args), WALK_OK, "destroy device %u",
		  w->world->devices[index].id);
	walk_events_drop_device(w, index);
	walk_device_gone(w, index);
	if (walk_chance(w, 2))
		walk_call(w, D3DKMTDestroyDevice(&args), WALK_PARAMETER,
			  "destroy it again");
}

static int execution_state(struct walk *w, const struct walk_device *device)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device->handle,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	walk_call(w, D3DKMTGetDeviceState(&args), WALK_OK, "state of device %u",
		  device->id);
	return (int)args.ExecutionState;
}

void walk_device_check(struct walk *w, struct walk_device *device)
{
	int state = execution_state(w, device);

	if (state != device->state)
		walk_fail(w, "device %u is in state %d, not %d", device->id,
			  state, device->state);
}

void walk_device_state(struct walk *w)
{
	unsigned int index = walk_pick_device(w);

	if (index != WALK_NONE)
		walk_device_check(w, &w->world->devices[index]);
}

void walk_device_lost(struct walk *w, struct walk_device *device, int state)
{
	struct walk_world *world = w->world;
	unsigned int index = (unsigned int)(device - world->devices);
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++)
		if (world->queues[i].live && world->queues[i].device == index)
			walk_queue_gone(w, &world->queues[i], WALK_WILD);
	device->lost = true;
	device->state = state;
	for (i = 0; i < WALK_FENCES; i++)
		if (world->fences[i].live && world->fences[i].device == index &&
		    !world->fences[i].no_signal)
			walk_value_set(world->fences[i].value, UINT64_MAX);
	for (i = 0; i < WALK_PAGINGS; i++)
		if (world->pagings[i].live && world->pagings[i].device == index)
			world->pagings[i].reached = world->pagings[i].promised;
	for (i = 0; i < WALK_FENCES; i++)
		if (world->fences[i].live)
			walk_fence_check(w, &world->fences[i]);
}

static bool is_of_device(struct walk *w, const struct walk_value *value,
			 unsigned int index)
{
	const struct walk_fence *fence;
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++) {
		fence = &w->world->fences[i];
		if (fence->live && fence->device == index &&
		    fence->value == value && !fence->no_signal)
			return true;
	}
	return false;
}

/* Are its queues to signal what does not jump when it is lost? */
static bool signals_foreign(struct walk *w, unsigned int index)
{
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		const struct walk_queue *queue = &w->world->queues[i];

		if (!queue->live || queue->device != index)
			continue;
		for (k = 0; k < queue->pending_count; k++)
			if (!queue->pending[k].is_wait &&
			    !is_of_device(w, queue->pending[k].value, index))
				return true;
	}
	return false;
}

void walk_device_prepare(struct walk *w, unsigned int index)
{
	if (signals_foreign(w, index) || must_settle(w, index))
		walk_settle(w);
}

static void mark_as_error(struct walk *w, struct walk_device *device)
{
	D3DKMT_MARKDEVICEASERROR args = {
		.hDevice = device->handle,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};

	walk_call(w, D3DKMTMarkDeviceAsError(&args), WALK_OK,
		  "mark device %u as error", device->id);
	walk_device_lost(w, device, D3DKMT_DEVICEEXECUTION_RESET);
}

static void submit_bad(struct walk *w, struct walk_device *device,
		       const struct walk_queue *queue, bool fault)
{
	struct dxghost_packet_write packet = {
		.header = { DXGHOST_OP_WRITE, sizeof(packet) },
		.dst = fault ? WALK_PAGE : 0,
	};
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = device->commands_gpu,
		.CommandLength = sizeof(packet),
		.BroadcastContextCount = 1,
		.BroadcastContext = { queue->handle },
	};

	if (!fault) {
		packet.header.opcode = DXGHOST_OP_TRAP;
		packet.header.size = sizeof(packet.header);
		args.CommandLength = sizeof(packet.header);
	}
	memcpy(device->commands_cpu, &packet, sizeof(packet));
	walk_call(w, D3DKMTSubmitCommand(&args), WALK_OK,
		  "queue %u: %s", queue->id, fault ? "page fault" : "trap");
}

/* By work of one of its contexts, with everything else of it under way. */
static bool lose_by_work(struct walk *w, unsigned int index)
{
	struct walk_device *device = &w->world->devices[index];
	uint64_t end = walk_now_ms() + WALK_PATIENCE_MS;
	bool fault = walk_chance(w, 2);
	struct walk_queue *queue = NULL;
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device->handle,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++)
		if (w->world->queues[i].live && !w->world->queues[i].hardware &&
		    w->world->queues[i].device == index &&
		    !w->world->queues[i].null && !w->world->queues[i].sync_only)
			queue = &w->world->queues[i];
	if (!queue || !device->commands_cpu)
		return false;
	for (i = 0; i < WALK_QUEUES; i++)
		if (w->world->queues[i].live &&
		    w->world->queues[i].id == device->slot_queue[0])
			walk_finish(w, &w->world->queues[i],
				    device->slot_seq[0]);
	walk_pay(w);
	submit_bad(w, device, queue, fault);
	while (D3DKMTGetDeviceState(&args) == STATUS_SUCCESS &&
	       args.ExecutionState == D3DKMT_DEVICEEXECUTION_ACTIVE) {
		if (walk_now_ms() > end)
			walk_fail(w, "device %u is not lost", device->id);
		walk_sleep_ms(1);
	}
	walk_device_lost(w, device, fault ?
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT :
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	return true;
}

void walk_device_lose(struct walk *w)
{
	unsigned int index = walk_pick_active(w);
	struct walk_device *device;

	if (index == WALK_NONE)
		return;
	device = &w->world->devices[index];
	walk_device_prepare(w, index);
	if (!walk_chance(w, 3))
		walk_settle(w);
	if (walk_chance(w, 2) || !lose_by_work(w, index))
		mark_as_error(w, device);
	walk_device_check(w, device);
}
