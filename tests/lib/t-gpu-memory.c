/* SPDX-License-Identifier: MIT */
/* Allocations, residency, GPU addresses, locks: one call each. */
#include "t.h"

NTSTATUS t_try_create_allocation(D3DKMT_HANDLE device, uint64_t size,
				 uint32_t flags, D3DKMT_HANDLE *ret_allocation)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = size,
		.flags = flags,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};
	NTSTATUS status = D3DKMTCreateAllocation2(&args);

	if (status >= 0)
		*ret_allocation = info.hAllocation;
	return status;
}

D3DKMT_HANDLE t_create_allocation(D3DKMT_HANDLE device, uint64_t size,
				  uint32_t flags)
{
	D3DKMT_HANDLE allocation = 0;

	assert_status(t_try_create_allocation(device, size, flags, &allocation),
		      STATUS_SUCCESS);
	assert_local_handle(allocation);
	return allocation;
}

NTSTATUS t_destroy_allocation(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
	};

	return D3DKMTDestroyAllocation2(&args);
}

NTSTATUS t_destroy_resource(D3DKMT_HANDLE device, D3DKMT_HANDLE resource)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = device,
		.hResource = resource,
	};

	return D3DKMTDestroyAllocation2(&args);
}

void t_make_resident(const struct t_paging_queue *queue, D3DKMT_HANDLE allocation)
{
	D3DDDI_MAKERESIDENT args = {
		.hPagingQueue = queue->handle,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};

	assert_success(D3DKMTMakeResident(&args));
	t_wait_paging(queue, args.PagingFenceValue);
}

NTSTATUS t_evict(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	D3DKMT_EVICT args = {
		.hDevice = device,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};

	return D3DKMTEvict(&args);
}

uint64_t t_map(const struct t_paging_queue *queue, D3DKMT_HANDLE allocation,
	       uint64_t size)
{
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = queue->handle,
		.hAllocation = allocation,
		.SizeInPages = (size + T_PAGE_SIZE - 1) / T_PAGE_SIZE,
		.Protection = { .Write = 1 },
	};

	assert_success(D3DKMTMapGpuVirtualAddress(&args));
	assert_true(args.VirtualAddress != 0);
	assert_true(args.VirtualAddress % T_PAGE_SIZE == 0);
	t_wait_paging(queue, args.PagingFenceValue);
	return args.VirtualAddress;
}

void t_free_va(D3DKMT_HANDLE adapter, uint64_t address, uint64_t size)
{
	D3DKMT_FREEGPUVIRTUALADDRESS args = {
		.hAdapter = adapter,
		.BaseAddress = address,
		.Size = size,
	};

	assert_status(D3DKMTFreeGpuVirtualAddress(&args), STATUS_SUCCESS);
}

void *t_lock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 args = { .hDevice = device, .hAllocation = allocation };

	assert_status(D3DKMTLock2(&args), STATUS_SUCCESS);
	assert_non_null(args.pData);
	return args.pData;
}

NTSTATUS t_unlock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	D3DKMT_UNLOCK2 args = { .hDevice = device, .hAllocation = allocation };

	return D3DKMTUnlock2(&args);
}

struct t_buffer t_create_buffer(struct t_gpu *gpu, uint64_t size)
{
	struct t_buffer buffer = { .size = size };

	buffer.allocation = t_create_allocation(gpu->device, size, 0);
	buffer.gpu = t_map(&gpu->paging, buffer.allocation, size);
	t_make_resident(&gpu->paging, buffer.allocation);
	buffer.cpu = t_lock(gpu->device, buffer.allocation);
	return buffer;
}

void t_destroy_buffer(struct t_gpu *gpu, struct t_buffer *buffer)
{
	assert_status(t_unlock(gpu->device, buffer->allocation), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, buffer->allocation),
		      STATUS_SUCCESS);
	memset(buffer, 0, sizeof(*buffer));
}
