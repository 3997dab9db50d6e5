/* SPDX-License-Identifier: MIT */
/* Rows of the calls about GPU addresses and paging queues. */
#include "bad-input.h"

#define RANGE		0x10000u
#define UNALIGNED	0x7123u
#define NOT_FREE	0x7000000000ull	/* an address that nobody reserves */

static void prepare_create_queue(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEPAGINGQUEUE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
}

static void undo_create_queue(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEPAGINGQUEUE *args = data;
	struct t_paging_queue queue = { .handle = args->hPagingQueue };

	(void)f;
	if (worked)
		t_destroy_paging_queue(&queue);
}

static void prepare_destroy_queue(struct bad_fixture *f, void *data)
{
	D3DDDI_DESTROYPAGINGQUEUE *args = data;
	struct t_paging_queue queue;

	t_create_paging_queue(f->live[BAD_DEVICE], &queue);
	args->hPagingQueue = queue.handle;
	f->handles[0] = queue.handle;
}

static void undo_destroy_queue(struct bad_fixture *f, const void *data, bool worked)
{
	struct t_paging_queue queue = { .handle = f->handles[0] };

	(void)data;
	if (!worked)
		t_destroy_paging_queue(&queue);
}

static void prepare_reserve(struct bad_fixture *f, void *data)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
	args->Size = RANGE;
}

static void undo_reserve(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DDDI_RESERVEGPUVIRTUALADDRESS *args = data;

	if (worked)
		t_free_va(f->live[BAD_ADAPTER], args->VirtualAddress, RANGE);
}

static void reserve_range(struct bad_fixture *f)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = {
		.hAdapter = f->live[BAD_ADAPTER],
		.Size = RANGE,
	};

	assert_success(D3DKMTReserveGpuVirtualAddress(&args));
	f->range = args.VirtualAddress;
}

static void prepare_map(struct bad_fixture *f, void *data)
{
	D3DDDI_MAPGPUVIRTUALADDRESS *args = data;

	args->hPagingQueue = f->live[BAD_PAGING_QUEUE];
	args->hAllocation = f->live[BAD_ALLOCATION];
	args->SizeInPages = 1;
}

static void undo_map(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DDDI_MAPGPUVIRTUALADDRESS *args = data;

	if (worked)
		t_free_va(f->live[BAD_ADAPTER], args->VirtualAddress, T_PAGE_SIZE);
}

/* Its fence goes from 0 to 1; the next time it is another. */
static void prepare_update(struct bad_fixture *f, void *data)
{
	D3DKMT_UPDATEGPUVIRTUALADDRESS *args = data;

	reserve_range(f);
	f->operation = (D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION){
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP,
		.Map = {
			.BaseAddress = f->range,
			.SizeInBytes = T_PAGE_SIZE,
			.hAllocation = f->live[BAD_ALLOCATION],
			.AllocationSizeInBytes = T_PAGE_SIZE,
		},
	};
	args->hDevice = f->live[BAD_DEVICE];
	args->hContext = f->live[BAD_CONTEXT];
	args->hFenceObject = f->live[BAD_FENCE];
	args->NumOperations = 1;
	args->Operations = &f->operation;
	args->Flags.DoNotWait = 1;
}

/* What was queued for a range that is freed is ignored. */
static void undo_update(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	t_free_va(f->live[BAD_ADAPTER], f->range, RANGE);
}

static void prepare_free(struct bad_fixture *f, void *data)
{
	D3DKMT_FREEGPUVIRTUALADDRESS *args = data;

	reserve_range(f);
	args->hAdapter = f->live[BAD_ADAPTER];
	args->BaseAddress = f->range;
	args->Size = RANGE;
}

static void undo_free(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		t_free_va(f->live[BAD_ADAPTER], f->range, RANGE);
}

BAD_CALL(CreatePagingQueue, D3DKMT_CREATEPAGINGQUEUE)
BAD_CALL(DestroyPagingQueue, D3DDDI_DESTROYPAGINGQUEUE)
BAD_CALL(ReserveGpuVirtualAddress, D3DDDI_RESERVEGPUVIRTUALADDRESS)
BAD_CALL(MapGpuVirtualAddress, D3DDDI_MAPGPUVIRTUALADDRESS)
BAD_CALL(UpdateGpuVirtualAddress, D3DKMT_UPDATEGPUVIRTUALADDRESS)
BAD_CALL(FreeGpuVirtualAddress, D3DKMT_FREEGPUVIRTUALADDRESS)

/* Numbers of 64 and 32 bits that are refused. */
#define WRONG64(type, member, number)                                      \
	BAD_VALUE(type, member, number, STATUS_INVALID_PARAMETER,          \
		  .flags = BAD_LONG)
#define WRONG32(type, member, number) \
	BAD_VALUE(type, member, number, STATUS_INVALID_PARAMETER)
#define OPERATION(member, number, ...)                                     \
	BAD_VALUE(D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION, member, number, \
		  STATUS_INVALID_PARAMETER, __VA_ARGS__                    \
		  BAD_BEHIND(D3DKMT_UPDATEGPUVIRTUALADDRESS, Operations))

static const struct bad_row gpuva_rows[] = {
	BAD_ROW(CreatePagingQueue, D3DKMT_CREATEPAGINGQUEUE, BAD_ARGS_WRITTEN,
		create_queue,
		BAD_HANDLE(D3DKMT_CREATEPAGINGQUEUE, hDevice, BAD_BIT(BAD_DEVICE),
			   .flags = BAD_ALONE),
		WRONG32(D3DKMT_CREATEPAGINGQUEUE, Priority, 2),
		WRONG32(D3DKMT_CREATEPAGINGQUEUE, Priority, (UINT)-2),
		WRONG32(D3DKMT_CREATEPAGINGQUEUE, PhysicalAdapterIndex, 1)),
	BAD_ROW(DestroyPagingQueue, D3DDDI_DESTROYPAGINGQUEUE, 0, destroy_queue,
		BAD_HANDLE(D3DDDI_DESTROYPAGINGQUEUE, hPagingQueue,
			   BAD_BIT(BAD_PAGING_QUEUE), .flags = BAD_ALONE)),
	BAD_ROW(ReserveGpuVirtualAddress, D3DDDI_RESERVEGPUVIRTUALADDRESS,
		BAD_ARGS_WRITTEN, reserve,
		BAD_HANDLE(D3DDDI_RESERVEGPUVIRTUALADDRESS, hAdapter,
			   BAD_BIT(BAD_ADAPTER) | BAD_BIT(BAD_PAGING_QUEUE),
			   .flags = BAD_ALONE),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size, 0),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size, 1),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size, T_PAGE_SIZE),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size, UINT64_MAX),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, Size,
			UINT64_MAX - 0xffff),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, BaseAddress, UNALIGNED),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, BaseAddress,
			UINT64_MAX - 0xffff),
		WRONG64(D3DDDI_RESERVEGPUVIRTUALADDRESS, MinimumAddress,
			UNALIGNED),
		WRONG32(D3DDDI_RESERVEGPUVIRTUALADDRESS, ReservationType, 3),
		WRONG32(D3DDDI_RESERVEGPUVIRTUALADDRESS, ReservationType,
			UINT32_MAX)),
	BAD_ROW(MapGpuVirtualAddress, D3DDDI_MAPGPUVIRTUALADDRESS,
		BAD_ARGS_WRITTEN, map,
		BAD_HANDLE(D3DDDI_MAPGPUVIRTUALADDRESS, hPagingQueue,
			   BAD_BIT(BAD_PAGING_QUEUE)),
		BAD_HANDLE(D3DDDI_MAPGPUVIRTUALADDRESS, hAllocation,
			   BAD_BIT(BAD_ALLOCATION)),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, SizeInPages, 0),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, SizeInPages, 2),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, SizeInPages, UINT64_MAX),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, SizeInPages,
			(1ull << 52) + 1),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, OffsetInPages, 1),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, OffsetInPages, UINT64_MAX),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, BaseAddress, UNALIGNED),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, BaseAddress,
			UINT64_MAX - 0xfff),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, MinimumAddress, UNALIGNED),
		/* with an allocation neither zero nor without access */
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, Protection.Value, 4),
		WRONG64(D3DDDI_MAPGPUVIRTUALADDRESS, Protection.Value, 8)),
	BAD_ROW(UpdateGpuVirtualAddress, D3DKMT_UPDATEGPUVIRTUALADDRESS, 0,
		update,
		BAD_HANDLE(D3DKMT_UPDATEGPUVIRTUALADDRESS, hDevice,
			   BAD_BIT(BAD_DEVICE)),
		BAD_HANDLE(D3DKMT_UPDATEGPUVIRTUALADDRESS, hContext,
			   BAD_CONTEXTS),
		BAD_HANDLE(D3DKMT_UPDATEGPUVIRTUALADDRESS, hFenceObject,
			   BAD_BIT(BAD_FENCE), .flags = BAD_SIBLING_IS_FINE),
		BAD_COUNTED(D3DKMT_UPDATEGPUVIRTUALADDRESS, Operations,
			    NumOperations,
			    sizeof(D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION)),
		/* there is no limit but the size of a message */
		BAD_COUNT(D3DKMT_UPDATEGPUVIRTUALADDRESS, NumOperations, 1024,
			  .beyond = 2048),
		BAD_HANDLE(D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION,
			   Map.hAllocation, BAD_BIT(BAD_ALLOCATION),
			   BAD_BEHIND(D3DKMT_UPDATEGPUVIRTUALADDRESS,
				      Operations)),
		OPERATION(OperationType, 4, ), OPERATION(OperationType, UINT32_MAX, ),
		OPERATION(Map.BaseAddress, UNALIGNED, .flags = BAD_LONG, ),
		OPERATION(Map.BaseAddress, NOT_FREE, .flags = BAD_LONG, ),
		OPERATION(Map.SizeInBytes, 0, .flags = BAD_LONG, ),
		OPERATION(Map.SizeInBytes, 1, .flags = BAD_LONG, ),
		OPERATION(Map.SizeInBytes, UINT64_MAX - 0xfff,
			  .flags = BAD_LONG, ),
		OPERATION(Map.AllocationOffsetInBytes, T_PAGE_SIZE,
			  .flags = BAD_LONG, ),
		OPERATION(Map.AllocationOffsetInBytes, UINT64_MAX - 0xfff,
			  .flags = BAD_LONG, )),
	BAD_ROW(FreeGpuVirtualAddress, D3DKMT_FREEGPUVIRTUALADDRESS, 0, free,
		BAD_HANDLE(D3DKMT_FREEGPUVIRTUALADDRESS, hAdapter,
			   BAD_BIT(BAD_ADAPTER)),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, BaseAddress, 0),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, BaseAddress, UNALIGNED),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, BaseAddress, NOT_FREE),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, BaseAddress,
			UINT64_MAX - 0xfff),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, Size, 0),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, Size, 1),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, Size, RANGE + T_PAGE_SIZE),
		WRONG64(D3DKMT_FREEGPUVIRTUALADDRESS, Size, UINT64_MAX - 0xfff)),
};

BAD_TABLE(gpuva);
