/* SPDX-License-Identifier: MIT */
/* RADV on WDDM 2: memory and its GPU addresses. */
#include "radv.h"

#define RESERVED_SIZE 65536u	/* of which addresses are reserved a multiple */

static uint64_t reserve(uint64_t size)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = {
		.hPagingQueue = radv.paging.hPagingQueue, .Size = size,
	};

	client_queue(D3DKMTReserveGpuVirtualAddress, &args);
	assert_true(args.VirtualAddress != 0);
	return args.VirtualAddress;
}

static void allocate(struct radv_memory *memory, bool shared)
{
	struct dxghost_allocation_data data = CLIENT_ALLOCATION_DATA(memory->size);
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = radv.device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = {
			.CreateResource = shared,
			.CreateShared = shared,
			.NtSecuritySharing = shared,
		},
	};

	client_must(D3DKMTCreateAllocation2, &args);
	assert_local_handle(info.hAllocation);
	memory->allocation = info.hAllocation;
	memory->resource = args.hResource;
}

struct radv_memory radv_allocate(uint64_t size, bool shared)
{
	struct radv_memory memory = { .size = size, .gpu = reserve(RESERVED_SIZE) };
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = radv.paging.hPagingQueue,
		.BaseAddress = memory.gpu,
		.SizeInPages = size / CLIENT_PAGE_SIZE,
		.Protection = { .Write = 1 },
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = radv.paging.hPagingQueue,
		.NumAllocations = 1,
		.AllocationList = &memory.allocation,
	};

	allocate(&memory, shared);
	map.hAllocation = memory.allocation;
	client_queue(D3DKMTMapGpuVirtualAddress, &map);
	assert_int_equal(map.VirtualAddress, memory.gpu);
	client_queue(D3DKMTMakeResident, &resident);
	client_spin_until(radv.paging.FenceValueCPUVirtualAddress, resident.PagingFenceValue);
	memory.cpu = client_lock(radv.device, memory.allocation);
	memset(memory.cpu, 0, size);
	return memory;
}

void radv_free(struct radv_memory *memory)
{
	D3DKMT_DESTROYALLOCATION2 args = { .hDevice = radv.device };

	client_unlock(radv.device, memory->allocation);
	if (memory->resource) {
		args.hResource = memory->resource;
	} else {
		args.phAllocationList = &memory->allocation;
		args.AllocationCount = 1;
	}
	client_must(D3DKMTDestroyAllocation2, &args);
	client_free_addresses(radv.adapter, memory->gpu, RESERVED_SIZE);
	memset(memory, 0, sizeof(*memory));
}

static void update(struct client_fence *fence, uint64_t address)
{
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation = {
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP,
		.Map = {
			.BaseAddress = address,
			.SizeInBytes = CLIENT_PAGE_SIZE,
			.hAllocation = radv.buffer.allocation,
			.AllocationSizeInBytes = CLIENT_PAGE_SIZE,
		},
	};

	client_must(D3DKMTUpdateGpuVirtualAddress,
		    &(D3DKMT_UPDATEGPUVIRTUALADDRESS){
			    .hDevice = radv.device,
			    .hContext = radv.context,
			    .hFenceObject = fence->handle,
			    .NumOperations = 1,
			    .Operations = &operation,
		    });
}

/* The fence is waited for at 0, and has 1 when it is done. A page shows twice then. */
void maps_parts_of_a_sparse_buffer(void)
{
	struct client_fence fence = client_create_fence(radv.device, 0);
	uint64_t address = reserve(RESERVED_SIZE);
	size_t used;

	update(&fence, address + CLIENT_PAGE_SIZE);
	radv_wait(&fence, 1);
	memset(radv.buffer.cpu, 0, radv.buffer.size);
	used = t_put_fill(radv.commands.cpu, address + CLIENT_PAGE_SIZE, CLIENT_PAGE_SIZE, 7);
	client_submit(radv.context, radv.commands.gpu, used);
	client_signal_gpu(radv.context, radv.timeline.handle, ++radv.submitted);
	radv_wait(&radv.timeline, radv.submitted);
	assert_true(client_is_filled(radv.buffer.cpu, CLIENT_PAGE_SIZE, 7));
	client_free_addresses(radv.adapter, address, RESERVED_SIZE);
	client_destroy_fence(fence.handle);
}

/* And makes it resident again, with what was in it. */
void evicts_what_is_not_in_use(void)
{
	D3DKMT_EVICT evict = {
		.hDevice = radv.device,
		.NumAllocations = 1,
		.AllocationList = &radv.buffer.allocation,
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = radv.paging.hPagingQueue,
		.NumAllocations = 1,
		.AllocationList = &radv.buffer.allocation,
	};

	client_must(D3DKMTEvict, &evict);
	client_queue(D3DKMTMakeResident, &resident);
	client_spin_until(radv.paging.FenceValueCPUVirtualAddress, resident.PagingFenceValue);
	assert_true(client_is_filled(radv.buffer.cpu, CLIENT_PAGE_SIZE, 7));
}
