/* SPDX-License-Identifier: MIT */
/* Allocations: locks, addresses, residency, pages of the caller's own. */
#include "load.h"
#include "lib/t-heap.h"

#define SIZE 0x10000u

/* What is done with an allocation between its creation and its end. */
static NTSTATUS with_allocation(struct t_gpu *gpu,
				NTSTATUS (*use)(struct t_gpu *gpu,
						D3DKMT_HANDLE allocation))
{
	D3DKMT_HANDLE allocation;
	NTSTATUS used, status;

	status = t_try_create_allocation(gpu->device, SIZE, 0, &allocation);
	if (status < 0)
		return status;
	used = use ? use(gpu, allocation) : STATUS_SUCCESS;
	status = t_destroy_allocation(gpu->device, allocation);
	return used < 0 ? used : status;
}

static NTSTATUS allocation_is_created(struct t_gpu *gpu)
{
	return with_allocation(gpu, NULL);
}

static NTSTATUS lock(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 args = { .hDevice = gpu->device, .hAllocation = allocation };
	NTSTATUS status = D3DKMTLock2(&args);

	return status < 0 ? status : t_unlock(gpu->device, allocation);
}

static NTSTATUS allocation_is_locked(struct t_gpu *gpu)
{
	return with_allocation(gpu, lock);
}

/* Destroyed as it is. */
static NTSTATUS lock_only(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 args = { .hDevice = gpu->device, .hAllocation = allocation };

	return D3DKMTLock2(&args);
}

static NTSTATUS allocation_stays_locked(struct t_gpu *gpu)
{
	return with_allocation(gpu, lock_only);
}

static NTSTATUS make_resident(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DDDI_MAKERESIDENT args = {
		.hPagingQueue = gpu->paging.handle,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};
	NTSTATUS status = D3DKMTMakeResident(&args);

	return status < 0 ? status : t_evict(gpu->device, allocation);
}

static NTSTATUS allocation_is_resident(struct t_gpu *gpu)
{
	return with_allocation(gpu, make_resident);
}

static NTSTATUS map(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = gpu->paging.handle,
		.hAllocation = allocation,
		.SizeInPages = SIZE / T_PAGE_SIZE,
		.Protection = { .Write = 1 },
	};
	D3DKMT_FREEGPUVIRTUALADDRESS undo = {
		.hAdapter = gpu->adapter,
		.Size = SIZE,
	};
	NTSTATUS status = D3DKMTMapGpuVirtualAddress(&args);

	if (status < 0)
		return status;
	undo.BaseAddress = args.VirtualAddress;
	return D3DKMTFreeGpuVirtualAddress(&undo);
}

static NTSTATUS allocation_is_mapped(struct t_gpu *gpu)
{
	return with_allocation(gpu, map);
}

static NTSTATUS address_is_reserved(struct t_gpu *gpu)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = {
		.hAdapter = gpu->adapter,
		.Size = SIZE,
	};
	D3DKMT_FREEGPUVIRTUALADDRESS undo = {
		.hAdapter = gpu->adapter,
		.Size = SIZE,
	};
	NTSTATUS status = D3DKMTReserveGpuVirtualAddress(&args);

	if (status < 0)
		return status;
	undo.BaseAddress = args.VirtualAddress;
	return D3DKMTFreeGpuVirtualAddress(&undo);
}

/* The pages go right after, as do those of a program. */
static NTSTATUS heap_is_given(struct t_gpu *gpu)
{
	void *memory = t_alloc_pages(SIZE);
	D3DKMT_HANDLE allocation;
	NTSTATUS status, of_map = STATUS_SUCCESS;

	status = t_try_create_heap(gpu->device, memory, SIZE, false,
				   &allocation);
	if (status >= 0) {
		of_map = map(gpu, allocation);
		status = t_destroy_allocation(gpu->device, allocation);
	}
	t_free_pages(memory, SIZE);
	return of_map < 0 ? of_map : status;
}

const struct load load_memory[] = {
	{ "allocation is created", allocation_is_created },
	{ "allocation is locked", allocation_is_locked },
	{ "allocation stays locked", allocation_stays_locked },
	{ "allocation is resident", allocation_is_resident },
	{ "allocation is mapped", allocation_is_mapped },
	{ "address is reserved", address_is_reserved },
	{ "heap is given", heap_is_given },
	{ .name = NULL }
};
