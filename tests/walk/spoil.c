/* SPDX-License-Identifier: MIT */
/* Half-valid calls: one thing is wrong with each, and nothing may come of it. */
#include <string.h>
#include <unistd.h>

#include <dxghost/gpu.h>

#include "world.h"

#define BAD(call, what) walk_call(w, (call), WALK_PARAMETER, "spoilt: " what)

static D3DKMT_HANDLE some_device(struct walk *w)
{
	unsigned int index = walk_pick_active(w);

	return index == WALK_NONE ? 0 : w->world->devices[index].handle;
}

static void spoil_devices(struct walk *w)
{
	D3DKMT_CREATEDEVICE create = {
		.hAdapter = walk_bad_handle(w, WALK_IS_ADAPTER),
	};
	D3DKMT_DESTROYDEVICE destroy = {
		.hDevice = walk_bad_handle(w, WALK_IS_DEVICE),
	};
	D3DKMT_GETDEVICESTATE state = {
		.hDevice = destroy.hDevice,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	D3DKMT_MARKDEVICEASERROR mark = {
		.hDevice = destroy.hDevice,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};

	BAD(D3DKMTCreateDevice(&create), "create device");
	BAD(D3DKMTDestroyDevice(&destroy), "destroy device");
	BAD(D3DKMTGetDeviceState(&state), "device state");
	BAD(D3DKMTMarkDeviceAsError(&mark), "mark device");
	mark.hDevice = some_device(w);
	mark.Reason = (D3DKMT_DEVICE_ERROR_REASON)77;
	BAD(D3DKMTMarkDeviceAsError(&mark), "reason");
	state.hDevice = mark.hDevice;
	state.StateType = (D3DKMT_DEVICESTATE_TYPE)99;
	BAD(D3DKMTGetDeviceState(&state), "state type");
}

static void spoil_contexts(struct walk *w)
{
	D3DKMT_CREATECONTEXTVIRTUAL create = {
		.hDevice = walk_bad_handle(w, WALK_IS_DEVICE),
	};
	D3DKMT_DESTROYCONTEXT destroy = {
		.hContext = walk_bad_handle(w, WALK_IS_CONTEXT),
	};
	D3DKMT_CREATEHWQUEUE queue = {
		.hHwContext = walk_bad_handle(w, WALK_IS_CONTEXT),
	};
	D3DKMT_DESTROYHWQUEUE destroy_queue = {
		.hHwQueue = walk_bad_handle(w, WALK_IS_HW_QUEUE),
	};
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY priority = {
		.hContext = destroy.hContext,
	};

	BAD(D3DKMTCreateContextVirtual(&create), "create context");
	BAD(D3DKMTDestroyContext(&destroy), "destroy context");
	BAD(D3DKMTCreateHwQueue(&queue), "create hw queue");
	BAD(D3DKMTDestroyHwQueue(&destroy_queue), "destroy hw queue");
	BAD(D3DKMTGetContextSchedulingPriority(&priority), "priority");
	create.hDevice = some_device(w);
	create.NodeOrdinal = w->world->nodes + walk_below(w, 5);
	BAD(D3DKMTCreateContextVirtual(&create), "node");
}

/* What only the host can refuse loses the device: see walk_device_lose(). */
static void spoil_submissions(struct walk *w)
{
	D3DKMT_SUBMITCOMMAND submit = {
		.BroadcastContextCount = 1,
		.BroadcastContext = { walk_bad_handle(w, WALK_IS_CONTEXT) },
	};
	D3DKMT_SUBMITCOMMANDTOHWQUEUE queue = {
		.hHwQueue = walk_bad_handle(w, WALK_IS_HW_QUEUE),
		.HwQueueProgressFenceId = 1,
	};
	unsigned int index = walk_pick(w, w->world->contexts);

	BAD(D3DKMTSubmitCommand(&submit), "submit");
	BAD(D3DKMTSubmitCommandToHwQueue(&queue), "submit to hw queue");
	submit.BroadcastContextCount = 0;
	BAD(D3DKMTSubmitCommand(&submit), "no context");
	submit.BroadcastContextCount = D3DDDI_MAX_BROADCAST_CONTEXT + 1;
	BAD(D3DKMTSubmitCommand(&submit), "too many contexts");
	if (index == WALK_NONE)
		return;
	submit.BroadcastContextCount = 2;
	submit.BroadcastContext[0] = w->world->contexts[index].handle;
	submit.BroadcastContext[1] = walk_bad_handle(w, WALK_IS_CONTEXT);
	BAD(D3DKMTSubmitCommand(&submit), "second context");
}

static void spoil_allocations(struct walk *w)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = WALK_PAGE,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = walk_bad_handle(w, WALK_IS_DEVICE),
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};

	BAD(D3DKMTCreateAllocation2(&args), "create allocation");
	args.hDevice = some_device(w);
	if (!args.hDevice)
		return;
	args.NumAllocations = 0;
	BAD(D3DKMTCreateAllocation2(&args), "no allocation");
	args.NumAllocations = 1;
	args.Flags.CreateShared = 1;
	BAD(D3DKMTCreateAllocation2(&args), "shared without a resource");
	args.Flags.CreateShared = 0;
	data.size = 0;
	BAD(D3DKMTCreateAllocation2(&args), "size 0");
	data.size = WALK_PAGE;
	info.PrivateDriverDataSize--;
	BAD(D3DKMTCreateAllocation2(&args), "short driver data");
	info.PrivateDriverDataSize++;
	do
		args.hResource = walk_bad_handle(w, WALK_IS_RESOURCE);
	while (!args.hResource);
	walk_call(w, D3DKMTCreateAllocation2(&args), WALK_HANDLE,
		  "spoilt: resource to create in");
}

static void spoil_destroys(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	D3DKMT_HANDLE list[2];
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = some_device(w),
		.phAllocationList = list,
	};

	list[0] = walk_bad_handle(w, WALK_IS_ALLOCATION);
	BAD(D3DKMTDestroyAllocation2(&args), "neither list nor resource");
	args.AllocationCount = 1;
	BAD(D3DKMTDestroyAllocation2(&args), "destroy allocation");
	args.hResource = walk_bad_handle(w, WALK_IS_RESOURCE);
	if (args.hResource)
		BAD(D3DKMTDestroyAllocation2(&args), "list and resource");
	args.AllocationCount = 0;
	BAD(D3DKMTDestroyAllocation2(&args), "destroy resource");
	if (index == WALK_NONE)
		return;
	/* All or nothing. */
	args.hDevice = w->world->devices[w->world->allocations[index].device]
			.handle;
	args.hResource = 0;
	args.AllocationCount = 2;
	list[0] = w->world->allocations[index].handle;
	list[1] = walk_chance(w, 2) ? list[0] :
		  walk_bad_handle(w, WALK_IS_ALLOCATION);
	BAD(D3DKMTDestroyAllocation2(&args), "one good, one bad");
}

static void spoil_access(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	unsigned int device = walk_pick_device(w);
	D3DKMT_HANDLE bad = walk_bad_handle(w, WALK_IS_ALLOCATION);
	D3DKMT_LOCK2 lock = {
		.hDevice = some_device(w), .hAllocation = bad,
	};
	D3DKMT_UNLOCK2 unlock = {
		.hDevice = lock.hDevice, .hAllocation = lock.hAllocation,
	};

	BAD(D3DKMTLock2(&lock), "lock");
	BAD(D3DKMTUnlock2(&unlock), "unlock");
	if (index == WALK_NONE || device == WALK_NONE ||
	    device == w->world->allocations[index].device)
		return;
	lock.hDevice = w->world->devices[device].handle;
	lock.hAllocation = w->world->allocations[index].handle;
	BAD(D3DKMTLock2(&lock), "lock by another device");
}

static void spoil_residency(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->pagings);
	D3DKMT_HANDLE bad = walk_bad_handle(w, WALK_IS_ALLOCATION);
	D3DDDI_MAKERESIDENT make = {
		.hPagingQueue = walk_bad_handle(w, WALK_IS_PAGING),
		.NumAllocations = 1,
		.AllocationList = &bad,
	};
	D3DKMT_EVICT evict = {
		.hDevice = some_device(w),
		.NumAllocations = 1,
		.AllocationList = &bad,
	};
	D3DKMT_OFFERALLOCATIONS offer = {
		.hDevice = evict.hDevice,
		.NumAllocations = 1,
		.HandleList = &bad,
		.Priority = D3DKMT_OFFER_PRIORITY_LOW,
	};

	BAD(D3DKMTMakeResident(&make), "paging queue");
	BAD(D3DKMTEvict(&evict), "evict");
	BAD(D3DKMTOfferAllocations(&offer), "offer");
	offer.Priority = (D3DKMT_OFFER_PRIORITY)9;
	BAD(D3DKMTOfferAllocations(&offer), "offer priority");
	evict.NumAllocations = 0;
	BAD(D3DKMTEvict(&evict), "evict nothing");
	if (index == WALK_NONE)
		return;
	make.hPagingQueue = w->world->pagings[index].handle;
	walk_call(w, D3DKMTMakeResident(&make), WALK_PARAMETER | WALK_REMOVED,
		  "spoilt: allocation to make resident");
	make.NumAllocations = 0;
	BAD(D3DKMTMakeResident(&make), "nothing resident");
}

static void spoil_addresses(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->pagings);
	D3DKMT_HANDLE bad = walk_bad_handle(w, WALK_IS_ALLOCATION);
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = walk_bad_handle(w, WALK_IS_PAGING),
		.hAllocation = bad,
		.SizeInPages = 1,
	};
	D3DKMT_FREEGPUVIRTUALADDRESS free_args = {
		.hAdapter = walk_bad_handle(w, WALK_IS_ADAPTER),
		.BaseAddress = 0x100000,
		.Size = WALK_PAGE,
	};
	D3DDDI_RESERVEGPUVIRTUALADDRESS reserve = {
		.hAdapter = w->world->adapter,
		.Size = WALK_PAGE,
	};

	BAD(D3DKMTMapGpuVirtualAddress(&map), "map");
	BAD(D3DKMTFreeGpuVirtualAddress(&free_args), "free");
	BAD(D3DKMTReserveGpuVirtualAddress(&reserve), "reserve a page");
	free_args.hAdapter = w->world->adapter;
	BAD(D3DKMTFreeGpuVirtualAddress(&free_args), "free what is free");
	if (index == WALK_NONE)
		return;
	map.hPagingQueue = w->world->pagings[index].handle;
	walk_call(w, D3DKMTMapGpuVirtualAddress(&map),
		  WALK_PARAMETER | WALK_REMOVED, "spoilt: allocation to map");
	map.SizeInPages = 0;
	BAD(D3DKMTMapGpuVirtualAddress(&map), "no pages");
}

static void spoil_syncs(struct walk *w)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
		.hDevice = walk_bad_handle(w, WALK_IS_DEVICE),
		.Info.Type = D3DDDI_MONITORED_FENCE,
	};
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy = {
		.hSyncObject = walk_bad_handle(w, WALK_IS_SYNC),
	};
	D3DKMT_HANDLE bad[33] = { walk_bad_handle(w, WALK_IS_SYNC) };
	uint64_t values[33] = { 1 };
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU signal = {
		.hDevice = some_device(w),
		.ObjectCount = 1,
		.ObjectHandleArray = bad,
		.FenceValueArray = values,
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = {
		.hDevice = signal.hDevice,
		.ObjectCount = 1,
		.ObjectHandleArray = bad,
		.FenceValueArray = values,
	};

	BAD(D3DKMTCreateSynchronizationObject2(&create), "create fence");
	BAD(D3DKMTDestroySynchronizationObject(&destroy), "destroy fence");
	BAD(D3DKMTSignalSynchronizationObjectFromCpu(&signal), "signal");
	BAD(D3DKMTWaitForSynchronizationObjectFromCpu(&wait), "wait");
	signal.ObjectCount = wait.ObjectCount = walk_chance(w, 2) ? 0 : 33;
	BAD(D3DKMTSignalSynchronizationObjectFromCpu(&signal), "signal count");
	BAD(D3DKMTWaitForSynchronizationObjectFromCpu(&wait), "wait count");
	create.hDevice = some_device(w);
	create.Info.Type = (D3DDDI_SYNCHRONIZATIONOBJECT_TYPE)
			   (walk_chance(w, 2) ? 0 : 77);
	BAD(D3DKMTCreateSynchronizationObject2(&create), "type");
}

static void spoil_queue_syncs(struct walk *w)
{
	unsigned int of = walk_pick(w, w->world->fences);
	unsigned int index = walk_pick(w, w->world->contexts);
	D3DKMT_HANDLE bad = walk_bad_handle(w, WALK_IS_SYNC);
	uint64_t value = 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU signal = {
		.hContext = walk_bad_handle(w, WALK_IS_CONTEXT),
		.ObjectCount = 1,
		.ObjectHandleArray = &bad,
		.MonitoredFenceValueArray = &value,
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU wait = {
		.hContext = signal.hContext,
		.ObjectCount = 1,
		.ObjectHandleArray = &bad,
		.MonitoredFenceValueArray = &value,
	};

	if (of != WALK_NONE)
		signal.ObjectHandleArray = &w->world->fences[of].handle;
	BAD(D3DKMTSignalSynchronizationObjectFromGpu(&signal), "context");
	BAD(D3DKMTWaitForSynchronizationObjectFromGpu(&wait), "context");
	if (index == WALK_NONE)
		return;
	signal.ObjectHandleArray = &bad;
	signal.hContext = wait.hContext = w->world->contexts[index].handle;
	BAD(D3DKMTSignalSynchronizationObjectFromGpu(&signal), "object");
	BAD(D3DKMTWaitForSynchronizationObjectFromGpu(&wait), "object");
	signal.ObjectCount = wait.ObjectCount = 0;
	BAD(D3DKMTSignalSynchronizationObjectFromGpu(&signal), "no object");
	BAD(D3DKMTWaitForSynchronizationObjectFromGpu(&wait), "no object");
}

/* A number that is no descriptor, and a descriptor of something else. */
static void spoil_shares(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	D3DKMT_HANDLE bad[2] = { 0 };
	HANDLE handle = NULL;
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 open = {
		.hDevice = some_device(w),
		.hNtHandle = (HANDLE)(intptr_t)0x7ffffff,
	};
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = open.hDevice,
		.hNtHandle = open.hNtHandle,
	};

	/* Fences and resources can be shared, allocations cannot. */
	if (index != WALK_NONE)
		bad[0] = w->world->allocations[index].handle;
	BAD(D3DKMTShareObjects(1, bad, NULL, 0x10000000, &handle), "share");
	BAD(D3DKMTShareObjects(0, bad, NULL, 0x10000000, &handle), "nothing");
	BAD(D3DKMTShareObjects(2, bad, NULL, 0x10000000, &handle), "two");
	if (!open.hDevice)
		return;
	walk_call(w, D3DKMTOpenSyncObjectFromNtHandle2(&open), WALK_HANDLE,
		  "spoilt: descriptor");
	walk_call(w, D3DKMTQueryResourceInfoFromNtHandle(&query), WALK_HANDLE,
		  "spoilt: descriptor");
	open.hNtHandle = query.hNtHandle = (HANDLE)(intptr_t)STDERR_FILENO;
	BAD(D3DKMTOpenSyncObjectFromNtHandle2(&open), "other descriptor");
	BAD(D3DKMTQueryResourceInfoFromNtHandle(&query), "other descriptor");
}

void walk_spoil(struct walk *w)
{
	static void (*const spoils[])(struct walk *w) = {
		spoil_devices, spoil_contexts, spoil_submissions,
		spoil_allocations, spoil_destroys, spoil_access,
		spoil_residency, spoil_addresses, spoil_syncs,
		spoil_queue_syncs, spoil_shares,
	};

	spoils[walk_below(w, WALK_COUNT(spoils))](w);
}
