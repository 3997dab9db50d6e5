/* SPDX-License-Identifier: MIT */
/* Rows of the calls about allocations. */
#include "bad-input.h"

/* Bits of D3DKMT_CREATEALLOCATIONFLAGS, which has no word of all. */
#define CREATE_RESOURCE		(1u << 0)
#define CREATE_SHARED		(1u << 1)
#define CREATE_PROTECTED	(1u << 3)
#define EXISTING_SYSMEM		(1u << 5)
#define STANDARD_ALLOCATION	(1u << 16)
#define EXISTING_SECTION	(1u << 17)

#define HEAP_BYTES	0x4000u

static void destroy_list(struct bad_fixture *f, const D3DKMT_HANDLE *handles,
			 unsigned int count)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = f->live[BAD_DEVICE],
		.phAllocationList = handles,
		.AllocationCount = count,
	};

	assert_status(D3DKMTDestroyAllocation2(&args), STATUS_SUCCESS);
}

static void destroy_resource(struct bad_fixture *f, D3DKMT_HANDLE resource)
{
	assert_status(t_destroy_resource(f->live[BAD_DEVICE], resource),
		      STATUS_SUCCESS);
}

static D3DKMT_HANDLE create_resource(struct bad_fixture *f)
{
	D3DKMT_CREATEALLOCATION args = { 0 };

	bad_prepare_create_allocation(f, &args);
	args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	f->handles[63] = f->info[0].hAllocation;
	return args.hResource;
}

#define prepare_create bad_prepare_create_allocation

/* Destroys all in one call: as many as one call can create. */
static void undo_create(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEALLOCATION *args = data;
	D3DKMT_HANDLE *handles;
	UINT i;

	if (!worked)
		return;
	handles = calloc(args->NumAllocations, sizeof(*handles));
	assert_non_null(handles);
	for (i = 0; i < args->NumAllocations; i++)
		handles[i] = args->pAllocationInfo2[i].hAllocation;
	destroy_list(f, handles, args->NumAllocations);
	free(handles);
}

static void prepare_create_resource(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEALLOCATION *args = data;

	prepare_create(f, data);
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = 64;
	args->Flags.CreateResource = 1;
	args->Flags.CreateShared = 1;
	args->Flags.NtSecuritySharing = 1;
}

static void undo_create_resource(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEALLOCATION *args = data;

	if (worked)
		destroy_resource(f, args->hResource);
}

/* One that is not sealed yet gets another allocation. */
static void prepare_add(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEALLOCATION *args = data;

	f->handles[62] = create_resource(f);
	prepare_create(f, data);
	args->hResource = f->handles[62];
}

static void undo_add(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATEALLOCATION *args = data;

	if (worked && !args->hResource)
		undo_create(f, data, true);
	destroy_resource(f, f->handles[62]);
}

static void prepare_heap(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEALLOCATION *args = data;

	prepare_create(f, data);
	f->pages = t_alloc_pages(HEAP_BYTES);
	f->info[0] = (D3DDDI_ALLOCATIONINFO2){ .pSystemMem = f->pages };
	f->standard = (D3DKMT_CREATESTANDARDALLOCATION){
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = HEAP_BYTES,
	};
	args->pStandardAllocation = &f->standard;
	args->Flags.StandardAllocation = 1;
	args->Flags.ExistingSysMem = 1;
}

static void undo_heap(struct bad_fixture *f, const void *data, bool worked)
{
	undo_create(f, data, worked);
	t_free_pages(f->pages, HEAP_BYTES);
}

/* The GPU may write to it, unless the caller says otherwise. */
static void prepare_read_only_heap(struct bad_fixture *f, void *data)
{
	prepare_heap(f, data);
	f->info[0].pSystemMem = t_read_only_page();
	f->standard.ExistingHeapData.Size = T_PAGE_SIZE;
}

#define undo_read_only_heap undo_heap

static void make_two(struct bad_fixture *f)
{
	int i;

	for (i = 0; i < 2; i++)
		f->handles[i] = f->handles[2 + i] =
			t_create_allocation(f->live[BAD_DEVICE], T_PAGE_SIZE, 0);
}

static void prepare_destroy_old(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYALLOCATION *args = data;

	make_two(f);
	args->hDevice = f->live[BAD_DEVICE];
	args->phAllocationList = f->handles;
	args->AllocationCount = 2;
}

static void prepare_destroy(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYALLOCATION2 *args = data;

	make_two(f);
	args->hDevice = f->live[BAD_DEVICE];
	args->phAllocationList = f->handles;
	args->AllocationCount = 2;
}

/* All or none: both are there, or neither. */
static void undo_destroy(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		destroy_list(f, f->handles + 2, 2);
}

#define undo_destroy_old undo_destroy

static void prepare_destroy_resource(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYALLOCATION2 *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hResource = create_resource(f);
	f->handles[62] = args->hResource;
}

static void undo_destroy_resource(struct bad_fixture *f, const void *data,
				  bool worked)
{
	(void)data;
	if (!worked)
		destroy_resource(f, f->handles[62]);
}

static void prepare_lock(struct bad_fixture *f, void *data)
{
	D3DKMT_LOCK2 *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hAllocation = f->live[BAD_ALLOCATION];
}

static void undo_lock(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (worked)
		assert_status(t_unlock(f->live[BAD_DEVICE],
				       f->live[BAD_ALLOCATION]), STATUS_SUCCESS);
}

static void prepare_unlock(struct bad_fixture *f, void *data)
{
	D3DKMT_UNLOCK2 *args = data;

	t_lock(f->live[BAD_DEVICE], f->live[BAD_ALLOCATION]);
	args->hDevice = f->live[BAD_DEVICE];
	args->hAllocation = f->live[BAD_ALLOCATION];
}

static void undo_unlock(struct bad_fixture *f, const void *data, bool worked)
{
	undo_lock(f, data, !worked);
}

static void prepare_list(struct bad_fixture *f)
{
	f->handles[0] = f->handles[1] = f->live[BAD_ALLOCATION];
	f->words[0] = f->words[1] = D3DDDI_ALLOCATIONPRIORITY_NORMAL;
}

static void prepare_get_priority(struct bad_fixture *f, void *data)
{
	D3DKMT_GETALLOCATIONPRIORITY *args = data;

	prepare_list(f);
	args->hDevice = f->live[BAD_DEVICE];
	args->phAllocationList = f->handles;
	args->AllocationCount = 1;
	args->pPriorities = f->words;
}

static void prepare_get_resource_priority(struct bad_fixture *f, void *data)
{
	D3DKMT_GETALLOCATIONPRIORITY *args = data;

	prepare_get_priority(f, data);
	args->hResource = f->live[BAD_RESOURCE];
	args->AllocationCount = 0;
}

static void prepare_set_priority(struct bad_fixture *f, void *data)
{
	D3DKMT_SETALLOCATIONPRIORITY *args = data;

	prepare_list(f);
	args->hDevice = f->live[BAD_DEVICE];
	args->phAllocationList = f->handles;
	args->AllocationCount = 1;
	args->pPriorities = f->words;
}

static void prepare_set_resource_priority(struct bad_fixture *f, void *data)
{
	D3DKMT_SETALLOCATIONPRIORITY *args = data;

	prepare_set_priority(f, data);
	args->hResource = f->live[BAD_RESOURCE];
	args->AllocationCount = 0;
}

static void prepare_property(struct bad_fixture *f, void *data)
{
	D3DDDI_UPDATEALLOCPROPERTY *args = data;

	args->hPagingQueue = f->live[BAD_PAGING_QUEUE];
	args->hAllocation = f->live[BAD_ALLOCATION];
}

static void prepare_invalidate(struct bad_fixture *f, void *data)
{
	D3DKMT_INVALIDATECACHE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hAllocation = f->live[BAD_ALLOCATION];
	args->Length = T_PAGE_SIZE;
}

#define undo_get_priority bad_undo_nothing
#define undo_get_resource_priority bad_undo_nothing
#define undo_set_priority bad_undo_nothing
#define undo_set_resource_priority bad_undo_nothing
#define undo_property bad_undo_nothing
#define undo_invalidate bad_undo_nothing

BAD_CALL(CreateAllocation2, D3DKMT_CREATEALLOCATION)
BAD_CALL(DestroyAllocation, D3DKMT_DESTROYALLOCATION)
BAD_CALL(DestroyAllocation2, D3DKMT_DESTROYALLOCATION2)
BAD_CALL(Lock2, D3DKMT_LOCK2)
BAD_CALL(Unlock2, D3DKMT_UNLOCK2)
BAD_CALL(GetAllocationPriority, D3DKMT_GETALLOCATIONPRIORITY)
BAD_CALL(SetAllocationPriority, D3DKMT_SETALLOCATIONPRIORITY)
BAD_CALL(UpdateAllocationProperty, D3DDDI_UPDATEALLOCPROPERTY)
BAD_CALL(InvalidateCache, D3DKMT_INVALIDATECACHE)

#define DEVICE(type) \
	BAD_HANDLE(type, hDevice, BAD_BIT(BAD_DEVICE))
/* It has no resource that an allocation of another device could be of. */
#define CREATING_DEVICE \
	BAD_HANDLE(D3DKMT_CREATEALLOCATION, hDevice, BAD_BIT(BAD_DEVICE), \
		   .flags = BAD_ALONE)
#define FLAGS(bits)                                                        \
	BAD_VALUE(D3DKMT_CREATEALLOCATION, Flags, bits, STATUS_INVALID_PARAMETER)
#define RUNTIME_DATA                                                       \
	BAD_COUNTED(D3DKMT_CREATEALLOCATION, pPrivateRuntimeData,          \
		    PrivateRuntimeDataSize, 1),                            \
	BAD_COUNT(D3DKMT_CREATEALLOCATION, PrivateRuntimeDataSize, 65536,  \
		  .beyond = 131072, .flags = BAD_0_IS_FINE)
#define HEAP_TYPE(type)                                                    \
	BAD_VALUE(D3DKMT_CREATESTANDARDALLOCATION, Type, type,             \
		  STATUS_INVALID_PARAMETER,                                \
		  BAD_BEHIND(D3DKMT_CREATEALLOCATION, pStandardAllocation))
#define HEAP_SIZE(size)                                                    \
	BAD_VALUE(D3DKMT_CREATESTANDARDALLOCATION, ExistingHeapData.Size,  \
		  size, STATUS_INVALID_PARAMETER, .flags = BAD_LONG,       \
		  BAD_BEHIND(D3DKMT_CREATEALLOCATION, pStandardAllocation))
#define HEAP_AT(address, status)                                           \
	BAD_VALUE(D3DDDI_ALLOCATIONINFO2, pSystemMem, address, status,     \
		  .flags = BAD_LONG,                                       \
		  BAD_BEHIND(D3DKMT_CREATEALLOCATION, pAllocationInfo2))
/* A list and a resource exclude each other. */
#define NO_RESOURCE(type) \
	BAD_HANDLE(type, hResource, 0, .flags = BAD_0_IS_FINE)
/* There is no limit but the size of a message. */
#define PRIORITIES(type, written)                                          \
	BAD_LIST(type, phAllocationList, AllocationCount,                  \
		 BAD_BIT(BAD_ALLOCATION)),                                 \
	BAD_COUNTED(type, pPriorities, AllocationCount, 4, .flags = written), \
	BAD_COUNT(type, AllocationCount, 10240, .beyond = 32768)

static const struct bad_row allocation_rows[] = {
	BAD_ROW(CreateAllocation2, D3DKMT_CREATEALLOCATION, BAD_ARGS_WRITTEN,
		create, CREATING_DEVICE,
		BAD_HANDLE(D3DKMT_CREATEALLOCATION, hResource,
			   BAD_BIT(BAD_RESOURCE),
			   .refused = STATUS_INVALID_HANDLE,
			   .flags = BAD_0_IS_FINE),
		BAD_COUNTED(D3DKMT_CREATEALLOCATION, pAllocationInfo2,
			    NumAllocations, sizeof(D3DDDI_ALLOCATIONINFO2),
			    .flags = BAD_WRITTEN),
		BAD_COUNT(D3DKMT_CREATEALLOCATION, NumAllocations, 1024),
		RUNTIME_DATA,
		BAD_POINTER(D3DDDI_ALLOCATIONINFO2, pPrivateDriverData,
			    sizeof(struct dxghost_allocation_data),
			    .flags = BAD_WRITTEN,
			    BAD_BEHIND(D3DKMT_CREATEALLOCATION, pAllocationInfo2)),
		BAD_COUNT(D3DDDI_ALLOCATIONINFO2, PrivateDriverDataSize, 0,
			  .beyond = 131072, .flags = BAD_0_ELSEWHERE,
			  BAD_BEHIND(D3DKMT_CREATEALLOCATION, pAllocationInfo2)),
		FLAGS(CREATE_PROTECTED), FLAGS(EXISTING_SECTION),
		FLAGS(EXISTING_SYSMEM), FLAGS(CREATE_SHARED),
		FLAGS(CREATE_RESOURCE | CREATE_SHARED)),
	BAD_VARIANT(CreateAllocation2, "a shared resource",
		    D3DKMT_CREATEALLOCATION, BAD_ARGS_WRITTEN, create_resource,
		    CREATING_DEVICE, RUNTIME_DATA,
		    BAD_COUNTED(D3DKMT_CREATEALLOCATION, pPrivateDriverData,
				PrivateDriverDataSize, 1),
		    BAD_COUNT(D3DKMT_CREATEALLOCATION, PrivateDriverDataSize,
			      65536, .beyond = 131072, .flags = BAD_0_IS_FINE),
		    BAD_COUNTED(D3DKMT_CREATEALLOCATION, pAllocationInfo2,
				NumAllocations, sizeof(D3DDDI_ALLOCATIONINFO2),
				.flags = BAD_WRITTEN),
		    BAD_COUNT(D3DKMT_CREATEALLOCATION, NumAllocations, 1024)),
	BAD_VARIANT(CreateAllocation2, "a part of a resource",
		    D3DKMT_CREATEALLOCATION, BAD_ARGS_WRITTEN, add,
		    BAD_HANDLE(D3DKMT_CREATEALLOCATION, hDevice,
			       BAD_BIT(BAD_DEVICE)),
		    BAD_HANDLE(D3DKMT_CREATEALLOCATION, hResource,
			       BAD_BIT(BAD_RESOURCE),
			       .refused = STATUS_INVALID_HANDLE,
			       .flags = BAD_0_IS_FINE),
		    FLAGS(STANDARD_ALLOCATION)),
	BAD_VARIANT(CreateAllocation2, "a heap", D3DKMT_CREATEALLOCATION,
		    BAD_ARGS_WRITTEN, heap, CREATING_DEVICE,
		    BAD_POINTER(D3DKMT_CREATEALLOCATION, pStandardAllocation, 24),
		    BAD_COUNT(D3DKMT_CREATEALLOCATION, NumAllocations, 0,
			      .beyond = 1025, .flags = BAD_EXACT),
		    BAD_VALUE(D3DKMT_CREATEALLOCATION, PrivateDriverDataSize, 8,
			      STATUS_INVALID_PARAMETER),
		    HEAP_TYPE(0), HEAP_TYPE(2), HEAP_TYPE(3), HEAP_TYPE(UINT32_MAX),
		    HEAP_SIZE(0), HEAP_SIZE(0x1100), HEAP_SIZE(1),
		    HEAP_SIZE(UINT64_MAX), HEAP_SIZE(0x100000000ull),
		    HEAP_AT(0, STATUS_INVALID_PARAMETER),
		    HEAP_AT(0x123456, STATUS_INVALID_PARAMETER),
		    HEAP_AT(T_PAGE_SIZE, STATUS_UNSUCCESSFUL),
		    HEAP_AT(0xffff800000000000, STATUS_UNSUCCESSFUL),
		    HEAP_AT(0xfffffffffffff000, STATUS_UNSUCCESSFUL),
		    FLAGS(STANDARD_ALLOCATION),
		    FLAGS(STANDARD_ALLOCATION | EXISTING_SYSMEM |
			  EXISTING_SECTION)),
	{ .name = "D3DKMTCreateAllocation2",
	  .variant = "a heap of read-only memory",
	  .call = call_CreateAllocation2,
	  .size = sizeof(D3DKMT_CREATEALLOCATION), .flags = BAD_ARGS_WRITTEN,
	  .answer = STATUS_UNSUCCESSFUL, .prepare = prepare_read_only_heap,
	  .undo = undo_read_only_heap },
	BAD_ROW(DestroyAllocation, D3DKMT_DESTROYALLOCATION, BAD_ARGS_CHECKED,
		destroy_old, DEVICE(D3DKMT_DESTROYALLOCATION),
		NO_RESOURCE(D3DKMT_DESTROYALLOCATION),
		BAD_LIST(D3DKMT_DESTROYALLOCATION, phAllocationList,
			 AllocationCount, BAD_BIT(BAD_ALLOCATION)),
		BAD_COUNT(D3DKMT_DESTROYALLOCATION, AllocationCount, 0,
			  .beyond = 1025)),
	/* that 1024 can be destroyed, creating as many shows */
	BAD_ROW(DestroyAllocation2, D3DKMT_DESTROYALLOCATION2, 0, destroy,
		DEVICE(D3DKMT_DESTROYALLOCATION2),
		NO_RESOURCE(D3DKMT_DESTROYALLOCATION2),
		BAD_LIST(D3DKMT_DESTROYALLOCATION2, phAllocationList,
			 AllocationCount, BAD_BIT(BAD_ALLOCATION)),
		BAD_COUNT(D3DKMT_DESTROYALLOCATION2, AllocationCount, 0,
			  .beyond = 1025)),
	BAD_VARIANT(DestroyAllocation2, "a resource", D3DKMT_DESTROYALLOCATION2,
		    0, destroy_resource, DEVICE(D3DKMT_DESTROYALLOCATION2),
		    BAD_HANDLE(D3DKMT_DESTROYALLOCATION2, hResource,
			       BAD_BIT(BAD_RESOURCE)),
		    BAD_VALUE(D3DKMT_DESTROYALLOCATION2, AllocationCount, 1,
			      STATUS_INVALID_PARAMETER)),
	BAD_ROW(Lock2, D3DKMT_LOCK2, BAD_ARGS_WRITTEN, lock,
		DEVICE(D3DKMT_LOCK2),
		BAD_HANDLE(D3DKMT_LOCK2, hAllocation, BAD_BIT(BAD_ALLOCATION))),
	BAD_ROW(Unlock2, D3DKMT_UNLOCK2, 0, unlock, DEVICE(D3DKMT_UNLOCK2),
		BAD_HANDLE(D3DKMT_UNLOCK2, hAllocation, BAD_BIT(BAD_ALLOCATION))),
	BAD_ROW(GetAllocationPriority, D3DKMT_GETALLOCATIONPRIORITY, 0,
		get_priority, DEVICE(D3DKMT_GETALLOCATIONPRIORITY),
		NO_RESOURCE(D3DKMT_GETALLOCATIONPRIORITY),
		PRIORITIES(D3DKMT_GETALLOCATIONPRIORITY, BAD_WRITTEN)),
	BAD_VARIANT(GetAllocationPriority, "a resource",
		    D3DKMT_GETALLOCATIONPRIORITY, 0, get_resource_priority,
		    DEVICE(D3DKMT_GETALLOCATIONPRIORITY),
		    BAD_HANDLE(D3DKMT_GETALLOCATIONPRIORITY, hResource,
			       BAD_BIT(BAD_RESOURCE)),
		    BAD_POINTER(D3DKMT_GETALLOCATIONPRIORITY, pPriorities, 4,
				.flags = BAD_WRITTEN)),
	BAD_ROW(SetAllocationPriority, D3DKMT_SETALLOCATIONPRIORITY, 0,
		set_priority, DEVICE(D3DKMT_SETALLOCATIONPRIORITY),
		NO_RESOURCE(D3DKMT_SETALLOCATIONPRIORITY),
		PRIORITIES(D3DKMT_SETALLOCATIONPRIORITY, 0)),
	BAD_VARIANT(SetAllocationPriority, "a resource",
		    D3DKMT_SETALLOCATIONPRIORITY, 0, set_resource_priority,
		    DEVICE(D3DKMT_SETALLOCATIONPRIORITY),
		    BAD_HANDLE(D3DKMT_SETALLOCATIONPRIORITY, hResource,
			       BAD_BIT(BAD_RESOURCE)),
		    BAD_POINTER(D3DKMT_SETALLOCATIONPRIORITY, pPriorities, 4)),
	BAD_ROW(UpdateAllocationProperty, D3DDDI_UPDATEALLOCPROPERTY,
		BAD_ARGS_WRITTEN, property,
		BAD_HANDLE(D3DDDI_UPDATEALLOCPROPERTY, hPagingQueue,
			   BAD_BIT(BAD_PAGING_QUEUE)),
		BAD_HANDLE(D3DDDI_UPDATEALLOCPROPERTY, hAllocation,
			   BAD_BIT(BAD_ALLOCATION))),
	BAD_ROW(InvalidateCache, D3DKMT_INVALIDATECACHE, 0, invalidate,
		DEVICE(D3DKMT_INVALIDATECACHE),
		BAD_HANDLE(D3DKMT_INVALIDATECACHE, hAllocation,
			   BAD_BIT(BAD_ALLOCATION)),
		BAD_VALUE(D3DKMT_INVALIDATECACHE, Offset, 1,
			  STATUS_INVALID_PARAMETER, .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_INVALIDATECACHE, Offset, UINT64_MAX,
			  STATUS_INVALID_PARAMETER, .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_INVALIDATECACHE, Length, T_PAGE_SIZE + 1,
			  STATUS_INVALID_PARAMETER, .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_INVALIDATECACHE, Length, UINT64_MAX,
			  STATUS_INVALID_PARAMETER, .flags = BAD_LONG)),
};

BAD_TABLE(allocation);
