/* SPDX-License-Identifier: MIT */
/* Rows of calls on allocations, their residency and their GPU addresses. */
#include "economy.h"

#include <stdlib.h>

#define PAGE 4096u
#define RANGE 0x10000u

static D3DKMT_HANDLE create(const struct gpu *gpu)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = RANGE,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};

	ROW("", D3DKMTCreateAllocation2, &args,
	    PLAIN_CREATEALLOCATION(1, sizeof(data)));
	return info.hAllocation;
}

static void lock(const struct gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 lock = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
	};
	D3DKMT_UNLOCK2 unlock = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
	};
	D3DKMT_INVALIDATECACHE invalidate = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
		.Length = RANGE,
	};

	ROW("not mapped", D3DKMTLock2, &lock, PLAIN_LOCK2);
	ROW("mapped", D3DKMTLock2, &lock, PLAIN_LOCK2);
	ROW("", D3DKMTInvalidateCache, &invalidate, PLAIN_INVALIDATECACHE);
	ROW("not the last", D3DKMTUnlock2, &unlock, PLAIN_UNLOCK2);
	ROW("the last", D3DKMTUnlock2, &unlock, PLAIN_UNLOCK2);
}

static void priority(const struct gpu *gpu, D3DKMT_HANDLE allocation)
{
	UINT priority = D3DDDI_ALLOCATIONPRIORITY_NORMAL;
	D3DKMT_SETALLOCATIONPRIORITY set = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
		.pPriorities = &priority,
	};
	D3DKMT_GETALLOCATIONPRIORITY get = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
		.pPriorities = &priority,
	};
	D3DDDI_UPDATEALLOCPROPERTY update = {
		.hPagingQueue = gpu->paging_queue,
		.hAllocation = allocation,
	};

	ROW("", D3DKMTSetAllocationPriority, &set, PLAIN_SETALLOCATIONPRIORITY(1));
	ROW("", D3DKMTGetAllocationPriority, &get, PLAIN_GETALLOCATIONPRIORITY(1));
	ROW("", D3DKMTUpdateAllocationProperty, &update,
	    PLAIN_UPDATEALLOCATIONPROPERTY);
	fence_wait(gpu, &gpu->paging, update.PagingFenceValue);
}

static void residency(const struct gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_ALLOCATIONRESIDENCYSTATUS status;
	D3DDDI_RECLAIM_RESULT result;
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = gpu->paging_queue,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};
	D3DKMT_OFFERALLOCATIONS offer = {
		.hDevice = gpu->device,
		.HandleList = &allocation,
		.NumAllocations = 1,
		.Priority = D3DKMT_OFFER_PRIORITY_LOW,
	};
	D3DKMT_RECLAIMALLOCATIONS2 reclaim = {
		.hPagingQueue = gpu->paging_queue,
		.NumAllocations = 1,
		.HandleList = &allocation,
		.pResults = &result,
	};
	D3DKMT_QUERYALLOCATIONRESIDENCY query = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
		.pResidencyStatus = &status,
	};

	ROW("", D3DKMTMakeResident, &resident, PLAIN_MAKERESIDENT(1));
	fence_wait(gpu, &gpu->paging, resident.PagingFenceValue);
	ROW("", D3DKMTQueryAllocationResidency, &query,
	    PLAIN_QUERYALLOCATIONRESIDENCY(1));
	if (status != D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY)
		common_die("not resident");
	ROW("", D3DKMTEvict, &evict, PLAIN_EVICT(1));
	ROW("", D3DKMTOfferAllocations, &offer, PLAIN_OFFERALLOCATIONS(1));
	ROW("", D3DKMTReclaimAllocations2, &reclaim, PLAIN_RECLAIMALLOCATIONS(1));
	fence_wait(gpu, &gpu->paging, reclaim.PagingFenceValue);
}

static void paging_queue(const struct gpu *gpu)
{
	D3DKMT_CREATEPAGINGQUEUE create = { .hDevice = gpu->device };
	D3DDDI_DESTROYPAGINGQUEUE destroy = { 0 };

	ROW("", D3DKMTCreatePagingQueue, &create, PLAIN_CREATEPAGINGQUEUE);
	destroy.hPagingQueue = create.hPagingQueue;
	ROW("", D3DKMTDestroyPagingQueue, &destroy, PLAIN_DESTROYPAGINGQUEUE);
}

/* One operation on a reserved range, after which the fence has risen by one. */
static void update(const struct gpu *gpu, uint64_t range)
{
	D3DKMT_HANDLE context = gpu_create_context(gpu, 0);
	struct fence fence = fence_create(gpu);
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION unmap = {
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_UNMAP,
		.Unmap = {
			.BaseAddress = range,
			.SizeInBytes = RANGE,
			.Protection = { .NoAccess = 1 },
		},
	};
	D3DKMT_UPDATEGPUVIRTUALADDRESS args = {
		.hDevice = gpu->device,
		.hContext = context,
		.hFenceObject = fence.handle,
		.NumOperations = 1,
		.Operations = &unmap,
	};

	ROW("one operation", D3DKMTUpdateGpuVirtualAddress, &args,
	    PLAIN_UPDATEGPUVIRTUALADDRESS(1));
	fence_wait(gpu, &fence, 1);
	fence_destroy(&fence);
	gpu_destroy_context(context);
}

static void addresses(const struct gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = gpu->paging_queue,
		.hAllocation = allocation,
		.SizeInPages = RANGE / PAGE,
	};
	D3DDDI_RESERVEGPUVIRTUALADDRESS reserve = {
		.hPagingQueue = gpu->paging_queue,
		.Size = RANGE,
	};
	D3DKMT_FREEGPUVIRTUALADDRESS free = {
		.hAdapter = gpu->adapter,
		.Size = RANGE,
	};

	ROW("", D3DKMTMapGpuVirtualAddress, &map, PLAIN_MAPGPUVIRTUALADDRESS);
	fence_wait(gpu, &gpu->paging, map.PagingFenceValue);
	ROW("", D3DKMTReserveGpuVirtualAddress, &reserve,
	    PLAIN_RESERVEGPUVIRTUALADDRESS);
	fence_wait(gpu, &gpu->paging, reserve.PagingFenceValue);
	update(gpu, reserve.VirtualAddress);
	free.BaseAddress = reserve.VirtualAddress;
	ROW("", D3DKMTFreeGpuVirtualAddress, &free, PLAIN_FREEGPUVIRTUALADDRESS);
}

static void lock_heap(const struct gpu *gpu, D3DKMT_HANDLE allocation,
		      const void *memory)
{
	D3DKMT_LOCK2 lock = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
	};
	D3DKMT_UNLOCK2 unlock = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
	};

	ROW("the caller's own memory", D3DKMTLock2, &lock, PLAIN_LOCK2);
	if (lock.pData != memory)
		common_die("another address than the caller's own");
	ROW("the caller's own memory", D3DKMTUnlock2, &unlock, PLAIN_UNLOCK2);
}

/* The host is told of the allocation, and then of its pages. */
static void existing_heap(const struct gpu *gpu)
{
	void *memory = aligned_alloc(PAGE, RANGE);
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData = { .Size = RANGE },
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = memory };
	D3DKMT_CREATEALLOCATION create = {
		.hDevice = gpu->device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = { .StandardAllocation = 1, .ExistingSysMem = 1 },
	};
	D3DKMT_DESTROYALLOCATION2 destroy = {
		.hDevice = gpu->device,
		.phAllocationList = &info.hAllocation,
		.AllocationCount = 1,
	};

	if (!memory)
		common_die("no memory");
	ROW("the caller's own memory", D3DKMTCreateAllocation2, &create,
	    PLAIN_CREATESTANDARD);
	lock_heap(gpu, info.hAllocation, memory);
	CHECK(D3DKMTDestroyAllocation2(&destroy));
	free(memory);
}

void economy_rows_memory(const struct gpu *gpu)
{
	D3DKMT_HANDLE allocation = create(gpu);
	D3DKMT_DESTROYALLOCATION2 destroy = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
	};

	lock(gpu, allocation);
	priority(gpu, allocation);
	residency(gpu, allocation);
	paging_queue(gpu);
	addresses(gpu, allocation);
	ROW("", D3DKMTDestroyAllocation2, &destroy, PLAIN_DESTROYALLOCATION(1));
	existing_heap(gpu);
}
