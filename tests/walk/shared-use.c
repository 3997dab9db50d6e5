/* SPDX-License-Identifier: MIT */
/* Uses of objects that another thread may be destroying. */
#include <poll.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "record.h"
#include "world.h"

static bool is_set(int fd, int ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, ms) == 1;
}

static void raise_to(_Atomic uint64_t *reached, uint64_t value)
{
	uint64_t now = atomic_load(reached);

	while (now < value && !atomic_compare_exchange_weak(reached, &now, value))
		;
}

static void signal_fence(struct walk *w, struct walk_record *fence,
			 unsigned int index)
{
	uint64_t value = atomic_fetch_add(&fence->next, 1) + 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = walk_record_handle(fence->device),
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	/* A thread with a higher number may have been faster. */
	if (walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&args), WALK_USE,
		      "signal shared fence %u with %llu", index,
		      (unsigned long long)value))
		raise_to(&fence->reached, value);
}

/* Reached or not, gone or not: what is there is told, the rest is forgotten. */
static void wait_with_event(struct walk *w, struct walk_record *fence,
			    unsigned int index)
{
	uint64_t value = atomic_load(&fence->reached);
	bool is_reached = walk_chance(w, 2);
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = walk_record_handle(fence->device),
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
		.hAsyncEvent = (HANDLE)(uintptr_t)fd,
	};

	if (fd < 0)
		walk_fail(w, "no eventfd");
	if (!is_reached)
		value += 1 + walk_below(w, 3);
	if (walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args), WALK_USE,
		      "event for shared fence %u at %llu", index,
		      (unsigned long long)value) &&
	    is_reached && !is_set(fd, WALK_PATIENCE_MS))
		walk_fail(w, "the event is not set");
	close(fd);
}

/* Until somebody destroys the device, the first thread at the latest. */
static void wait_for_the_end(struct walk *w, struct walk_record *fence,
			     unsigned int index)
{
	uint64_t value = UINT64_MAX - 1;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = walk_record_handle(fence->device),
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	if (!w->index)
		return;
	/* Whoever waits for a queue of this thread would wait as long. */
	walk_pay(w);
	walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args), WALK_USE,
		  "wait for the end with shared fence %u", index);
}

static void share_fence(struct walk *w, struct walk_record *fence,
			unsigned int index)
{
	HANDLE handle = NULL;
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy_args;
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 open = {
		.hDevice = walk_record_handle(walk_record_pick(w, WALK_DEVICE)),
	};

	if (!walk_call(w, D3DKMTShareObjects(1, &fence->handle, NULL,
					     0x10000000, &handle), WALK_USE,
		       "share shared fence %u", index))
		return;
	open.hNtHandle = handle;
	if (walk_call(w, D3DKMTOpenSyncObjectFromNtHandle2(&open),
		      walk_record_tight() ? WALK_USE | WALK_NO_MEMORY : WALK_USE, "open it")) {
		walk_made(w, open.hSyncObject, "opened fence");
		destroy_args.hSyncObject = open.hSyncObject;
		walk_call(w, D3DKMTDestroySynchronizationObject(&destroy_args),
			  WALK_OK | WALK_PARAMETER, "destroy it");
	}
	close((int)(uintptr_t)handle);
}

static void use_fence(struct walk *w)
{
	unsigned int index = walk_record_pick(w, WALK_FENCE);
	struct walk_record *fence = walk_record(index);

	if (!index)
		return;
	switch (walk_below(w, 16)) {
	case 0:
		wait_for_the_end(w, fence, index);
		break;
	case 1:
	case 2:
	case 3:
		share_fence(w, fence, index);
		break;
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
		wait_with_event(w, fence, index);
		break;
	default:
		signal_fence(w, fence, index);
		break;
	}
}

static void submit(struct walk *w, D3DKMT_HANDLE context, unsigned int index)
{
	D3DKMT_SUBMITCOMMAND args = {
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
	};

	/* Nothing, or now and then something that is not there. */
	if (walk_chance(w, 20)) {
		args.Commands = WALK_PAGE;
		args.CommandLength = 64;
	}
	walk_call(w, D3DKMTSubmitCommand(&args), WALK_USE | WALK_EXCEPTION,
		  "submit to shared context %u, %u bytes", index,
		  args.CommandLength);
}

static void use_context(struct walk *w)
{
	unsigned int index = walk_record_pick(w, WALK_CONTEXT);
	unsigned int of = walk_record_pick(w, WALK_FENCE);
	struct walk_record *fence = walk_record(of);
	D3DKMT_HANDLE context = walk_record_handle(index);
	uint64_t value = of ? atomic_load(&fence->reached) : 0;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU signal = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU wait = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};
	D3DKMT_SETCONTEXTSCHEDULINGPRIORITY priority = {
		.hContext = context, .Priority = 1,
	};

	switch (walk_below(w, 4)) {
	case 0:
		submit(w, context, index);
		break;
	case 1:
		walk_call(w, D3DKMTWaitForSynchronizationObjectFromGpu(&wait),
			  WALK_USE | WALK_EXCEPTION,
			  "shared context %u waits for fence %u", index, of);
		break;
	case 2:
		if (of)
			value = atomic_fetch_add(&fence->next, 1) + 1;
		walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu(&signal),
			  WALK_USE | WALK_EXCEPTION,
			  "shared context %u signals fence %u", index, of);
		break;
	default:
		walk_call(w, D3DKMTSetContextSchedulingPriority(&priority),
			  WALK_USE, "priority of shared context %u", index);
		break;
	}
}

static void use_access(struct walk *w, unsigned int index)
{
	struct walk_record *allocation = walk_record(index);
	D3DKMT_LOCK2 lock = {
		.hDevice = walk_record_handle(allocation->device),
		.hAllocation = allocation->handle,
	};
	D3DKMT_UNLOCK2 unlock = {
		.hDevice = lock.hDevice, .hAllocation = lock.hAllocation,
	};

	if (walk_chance(w, 2))
		walk_call(w, D3DKMTLock2(&lock), WALK_USE,
			  "lock shared allocation %u", index);
	else
		walk_call(w, D3DKMTUnlock2(&unlock), WALK_USE,
			  "unlock shared allocation %u", index);
}

static void use_residency(struct walk *w, unsigned int index)
{
	struct walk_record *allocation = walk_record(index);
	D3DKMT_HANDLE queue = walk_record_handle(walk_record_pick(w, WALK_PAGING));
	D3DDDI_MAKERESIDENT make = {
		.hPagingQueue = queue,
		.NumAllocations = 1,
		.AllocationList = &allocation->handle,
	};
	D3DKMT_EVICT evict = {
		.hDevice = walk_record_handle(allocation->device),
		.NumAllocations = 1,
		.AllocationList = &allocation->handle,
	};
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = queue,
		.hAllocation = allocation->handle,
		.SizeInPages = 1,
	};

	switch (walk_below(w, 3)) {
	case 0:
		walk_call(w, D3DKMTMakeResident(&make),
			  WALK_USE | WALK_PENDING |
			  (walk_record_tight() ? WALK_NO_MEMORY : 0),
			  "make shared allocation %u resident", index);
		break;
	case 1:
		walk_call(w, D3DKMTEvict(&evict), WALK_USE,
			  "evict shared allocation %u", index);
		break;
	default:
		walk_call(w, D3DKMTMapGpuVirtualAddress(&map),
			  WALK_USE | WALK_PENDING, "map shared allocation %u",
			  index);
		break;
	}
}

static void use_offer(struct walk *w, unsigned int index)
{
	struct walk_record *allocation = walk_record(index);
	D3DDDI_RECLAIM_RESULT result;
	D3DKMT_OFFERALLOCATIONS offer = {
		.hDevice = walk_record_handle(allocation->device),
		.NumAllocations = 1,
		.HandleList = &allocation->handle,
		.Priority = D3DKMT_OFFER_PRIORITY_LOW,
		.Flags.AllowDecommit = 1,
	};
	D3DKMT_RECLAIMALLOCATIONS2 reclaim = {
		.hPagingQueue = walk_record_handle(walk_record_pick(w, WALK_PAGING)),
		.NumAllocations = 1,
		.HandleList = &allocation->handle,
		.pResults = &result,
	};

	if (walk_chance(w, 2))
		walk_call(w, D3DKMTOfferAllocations(&offer), WALK_USE,
			  "offer shared allocation %u", index);
	else
		walk_call(w, D3DKMTReclaimAllocations2(&reclaim),
			  WALK_USE | WALK_PENDING, "reclaim shared allocation %u",
			  index);
}

static void use_allocation(struct walk *w)
{
	unsigned int index = walk_record_pick(w, WALK_ALLOCATION);

	if (!index)
		return;
	switch (walk_below(w, 3)) {
	case 0:
		use_access(w, index);
		break;
	case 1:
		use_residency(w, index);
		break;
	default:
		use_offer(w, index);
		break;
	}
}

static void use_device(struct walk *w)
{
	D3DKMT_GETDEVICESTATE state = {
		.hDevice = walk_record_handle(walk_record_pick(w, WALK_DEVICE)),
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	D3DKMT_MARKDEVICEASERROR mark = {
		.hDevice = state.hDevice,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};

	walk_call(w, D3DKMTGetDeviceState(&state), WALK_USE, "state, shared");
	if (walk_chance(w, 40))
		walk_call(w, D3DKMTMarkDeviceAsError(&mark), WALK_USE,
			  "mark shared device as error");
}

void walk_record_use(struct walk *w)
{
	switch (walk_below(w, 5)) {
	case 0:
	case 1:
		use_fence(w);
		break;
	case 2:
		use_context(w);
		break;
	case 3:
		use_allocation(w);
		break;
	default:
		use_device(w);
		break;
	}
}
