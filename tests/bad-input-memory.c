/* SPDX-License-Identifier: MIT */
/* Rows of the calls about allocations, residency and GPU addresses. */
#include "bad-input.h"

#define RANGE 0x10000u

/* allocation */

static void prepare_create_allocation(struct bad_fixture *f, void *args)
{
	f->data.magic = DXGHOST_ALLOCATION_MAGIC;
	f->data.version = DXGHOST_ALLOCATION_VERSION;
	f->data.size = T_PAGE_SIZE;
	f->info.pPrivateDriverData = &f->data;
	f->info.PrivateDriverDataSize = sizeof(f->data);
	SET(D3DKMT_CREATEALLOCATION, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_CREATEALLOCATION, NumAllocations, 1);
	SET(D3DKMT_CREATEALLOCATION, pAllocationInfo2, &f->info);
	SET(D3DKMT_CREATEALLOCATION, pPrivateRuntimeData, f->bytes);
	SET(D3DKMT_CREATEALLOCATION, PrivateRuntimeDataSize, sizeof(f->bytes));
}

static void undo_create_allocation(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (worked)
		assert_status(t_destroy_allocation(f->live[BAD_DEVICE],
						   f->info.hAllocation),
			      STATUS_SUCCESS);
}

static void prepare_destroy_allocation(struct bad_fixture *f, void *args)
{
	f->handles[0] = f->handles[1] =
		t_create_allocation(f->live[BAD_DEVICE], T_PAGE_SIZE, 0);
	SET(D3DKMT_DESTROYALLOCATION2, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_DESTROYALLOCATION2, phAllocationList, f->handles);
	SET(D3DKMT_DESTROYALLOCATION2, AllocationCount, 1);
}

static void undo_destroy_allocation(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (!worked)
		assert_status(t_destroy_allocation(f->live[BAD_DEVICE],
						   f->handles[1]),
			      STATUS_SUCCESS);
}

static void prepare_lock(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_LOCK2, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_LOCK2, hAllocation, f->live[BAD_ALLOCATION]);
}

static void undo_lock(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (worked)
		assert_status(t_unlock(f->live[BAD_DEVICE],
				       f->live[BAD_ALLOCATION]), STATUS_SUCCESS);
}

static void prepare_unlock(struct bad_fixture *f, void *args)
{
	t_lock(f->live[BAD_DEVICE], f->live[BAD_ALLOCATION]);
	SET(D3DKMT_UNLOCK2, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_UNLOCK2, hAllocation, f->live[BAD_ALLOCATION]);
}

static void undo_unlock(struct bad_fixture *f, const void *args, bool worked)
{
	undo_lock(f, args, !worked);
}

/* residency, gpuva */

static void prepare_make_resident(struct bad_fixture *f, void *args)
{
	f->handles[0] = f->live[BAD_ALLOCATION];
	SET(D3DDDI_MAKERESIDENT, hPagingQueue, f->live[BAD_PAGING_QUEUE]);
	SET(D3DDDI_MAKERESIDENT, NumAllocations, 1);
	SET(D3DDDI_MAKERESIDENT, AllocationList, f->handles);
}

static void undo_make_resident(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (worked)
		assert_status(t_evict(f->live[BAD_DEVICE], f->live[BAD_ALLOCATION]),
			      STATUS_SUCCESS);
}

static void prepare_evict(struct bad_fixture *f, void *args)
{
	t_make_resident(&f->gpu->paging, f->live[BAD_ALLOCATION]);
	f->handles[0] = f->live[BAD_ALLOCATION];
	SET(D3DKMT_EVICT, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_EVICT, NumAllocations, 1);
	SET(D3DKMT_EVICT, AllocationList, f->handles);
}

static void undo_evict(struct bad_fixture *f, const void *args, bool worked)
{
	undo_make_resident(f, args, !worked);
}

static void prepare_create_queue(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_CREATEPAGINGQUEUE, hDevice, f->live[BAD_DEVICE]);
}

static void undo_create_queue(struct bad_fixture *f, const void *args, bool worked)
{
	struct t_paging_queue queue = {
		.handle = GET(D3DKMT_CREATEPAGINGQUEUE, hPagingQueue),
	};

	(void)f;
	if (worked)
		t_destroy_paging_queue(&queue);
}

static void prepare_destroy_queue(struct bad_fixture *f, void *args)
{
	struct t_paging_queue queue;

	t_create_paging_queue(f->live[BAD_DEVICE], &queue);
	f->handles[0] = queue.handle;
	SET(D3DDDI_DESTROYPAGINGQUEUE, hPagingQueue, queue.handle);
}

static void undo_destroy_queue(struct bad_fixture *f, const void *args, bool worked)
{
	struct t_paging_queue queue = { .handle = f->handles[0] };

	(void)args;
	if (!worked)
		t_destroy_paging_queue(&queue);
}

static void prepare_map(struct bad_fixture *f, void *args)
{
	SET(D3DDDI_MAPGPUVIRTUALADDRESS, hPagingQueue, f->live[BAD_PAGING_QUEUE]);
	SET(D3DDDI_MAPGPUVIRTUALADDRESS, hAllocation, f->live[BAD_ALLOCATION]);
	SET(D3DDDI_MAPGPUVIRTUALADDRESS, SizeInPages, 1);
}

static void undo_map(struct bad_fixture *f, const void *args, bool worked)
{
	if (worked)
		t_free_va(f->live[BAD_ADAPTER],
			  GET(D3DDDI_MAPGPUVIRTUALADDRESS, VirtualAddress),
			  T_PAGE_SIZE);
}

static void prepare_reserve(struct bad_fixture *f, void *args)
{
	SET(D3DDDI_RESERVEGPUVIRTUALADDRESS, hAdapter, f->live[BAD_ADAPTER]);
	SET(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size, RANGE);
}

static void undo_reserve(struct bad_fixture *f, const void *args, bool worked)
{
	if (worked)
		t_free_va(f->live[BAD_ADAPTER],
			  GET(D3DDDI_RESERVEGPUVIRTUALADDRESS, VirtualAddress),
			  RANGE);
}

static void prepare_free(struct bad_fixture *f, void *args)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS reserve = { 0 };

	prepare_reserve(f, &reserve);
	assert_success(D3DKMTReserveGpuVirtualAddress(&reserve));
	f->reserved = reserve.VirtualAddress;
	SET(D3DKMT_FREEGPUVIRTUALADDRESS, hAdapter, f->live[BAD_ADAPTER]);
	SET(D3DKMT_FREEGPUVIRTUALADDRESS, BaseAddress, f->reserved);
	SET(D3DKMT_FREEGPUVIRTUALADDRESS, Size, RANGE);
}

static void undo_free(struct bad_fixture *f, const void *args, bool worked)
{
	(void)args;
	if (!worked)
		t_free_va(f->live[BAD_ADAPTER], f->reserved, RANGE);
}

BAD_CALL(CreateAllocation2, D3DKMT_CREATEALLOCATION)
BAD_CALL(DestroyAllocation2, D3DKMT_DESTROYALLOCATION2)
BAD_CALL(Lock2, D3DKMT_LOCK2)
BAD_CALL(Unlock2, D3DKMT_UNLOCK2)
BAD_CALL(MakeResident, D3DDDI_MAKERESIDENT)
BAD_CALL(Evict, D3DKMT_EVICT)
BAD_CALL(CreatePagingQueue, D3DKMT_CREATEPAGINGQUEUE)
BAD_CALL(DestroyPagingQueue, D3DDDI_DESTROYPAGINGQUEUE)
BAD_CALL(MapGpuVirtualAddress, D3DDDI_MAPGPUVIRTUALADDRESS)
BAD_CALL(ReserveGpuVirtualAddress, D3DDDI_RESERVEGPUVIRTUALADDRESS)
BAD_CALL(FreeGpuVirtualAddress, D3DKMT_FREEGPUVIRTUALADDRESS)

const struct bad_row bad_memory_rows[] = {
	BAD_ROW(CreateAllocation2, D3DKMT_CREATEALLOCATION, true, create_allocation,
		BAD_HANDLE_AT(D3DKMT_CREATEALLOCATION, hDevice, BAD_DEVICE, 0),
		BAD_COUNT_AT(D3DKMT_CREATEALLOCATION, NumAllocations, 1024, 0),
		BAD_COUNT_AT(D3DKMT_CREATEALLOCATION, PrivateRuntimeDataSize, 131071,
		      BAD_0_IS_FINE),
		BAD_POINTER_AT(D3DKMT_CREATEALLOCATION, pAllocationInfo2, 96, BAD_WRITTEN),
		BAD_POINTER_AT(D3DKMT_CREATEALLOCATION, pPrivateRuntimeData, 64, 0)),
	BAD_ROW(DestroyAllocation2, D3DKMT_DESTROYALLOCATION2, false,
		destroy_allocation,
		BAD_HANDLE_AT(D3DKMT_DESTROYALLOCATION2, hDevice, BAD_DEVICE, 0),
		BAD_COUNT_AT(D3DKMT_DESTROYALLOCATION2, AllocationCount, 1024, 0),
		BAD_LIST_AT(D3DKMT_DESTROYALLOCATION2, phAllocationList, BAD_ALLOCATION)),
	BAD_ROW(Lock2, D3DKMT_LOCK2, true, lock,
		BAD_HANDLE_AT(D3DKMT_LOCK2, hDevice, BAD_DEVICE, 0),
		BAD_HANDLE_AT(D3DKMT_LOCK2, hAllocation, BAD_ALLOCATION, 0)),
	BAD_ROW(Unlock2, D3DKMT_UNLOCK2, false, unlock,
		BAD_HANDLE_AT(D3DKMT_UNLOCK2, hDevice, BAD_DEVICE, 0),
		BAD_HANDLE_AT(D3DKMT_UNLOCK2, hAllocation, BAD_ALLOCATION, 0)),
	BAD_ROW(MakeResident, D3DDDI_MAKERESIDENT, true, make_resident,
		BAD_HANDLE_AT(D3DDDI_MAKERESIDENT, hPagingQueue, BAD_PAGING_QUEUE, 0),
		BAD_COUNT_AT(D3DDDI_MAKERESIDENT, NumAllocations, 10240, 0),
		BAD_LIST_AT(D3DDDI_MAKERESIDENT, AllocationList, BAD_ALLOCATION)),
	BAD_ROW(Evict, D3DKMT_EVICT, true, evict,
		BAD_HANDLE_AT(D3DKMT_EVICT, hDevice, BAD_DEVICE, 0),
		BAD_COUNT_AT(D3DKMT_EVICT, NumAllocations, 10240, 0),
		BAD_LIST_AT(D3DKMT_EVICT, AllocationList, BAD_ALLOCATION)),
	BAD_ROW(CreatePagingQueue, D3DKMT_CREATEPAGINGQUEUE, true, create_queue,
		BAD_HANDLE_AT(D3DKMT_CREATEPAGINGQUEUE, hDevice, BAD_DEVICE, 0)),
	BAD_ROW(DestroyPagingQueue, D3DDDI_DESTROYPAGINGQUEUE, false, destroy_queue,
		BAD_HANDLE_AT(D3DDDI_DESTROYPAGINGQUEUE, hPagingQueue, BAD_PAGING_QUEUE, 0)),
	BAD_ROW(MapGpuVirtualAddress, D3DDDI_MAPGPUVIRTUALADDRESS, true, map,
		BAD_HANDLE_AT(D3DDDI_MAPGPUVIRTUALADDRESS, hPagingQueue,
		       BAD_PAGING_QUEUE, 0),
		BAD_HANDLE_AT(D3DDDI_MAPGPUVIRTUALADDRESS, hAllocation,
		       BAD_ALLOCATION, 0)),
	BAD_ROW(ReserveGpuVirtualAddress, D3DDDI_RESERVEGPUVIRTUALADDRESS, true,
		reserve,
		BAD_HANDLE_AT(D3DDDI_RESERVEGPUVIRTUALADDRESS, hAdapter, BAD_ADAPTER,
		       BAD_OR_QUEUE)),
	BAD_ROW(FreeGpuVirtualAddress, D3DKMT_FREEGPUVIRTUALADDRESS, false, free,
		BAD_HANDLE_AT(D3DKMT_FREEGPUVIRTUALADDRESS, hAdapter, BAD_ADAPTER, 0)),
};

const unsigned int bad_memory_row_count =
	sizeof(bad_memory_rows) / sizeof(bad_memory_rows[0]);
