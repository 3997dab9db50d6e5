/* SPDX-License-Identifier: MIT */
/* Steps: allocations, residency, GPU addresses. */
#include "fail-nth.h"

/* create */

static void undo_allocation(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	if (worked)
		nth_destroy_allocation(world, world->data.info[0].allocation.v);
}

static void undo_resource(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createallocation *args = data;

	if (worked)
		nth_destroy_resource(world, args->resource.v);
}

static void prepare_allocation(struct nth_world *world, void *data)
{
	nth_allocation_args(world, data, 1);
}

/* Two allocations, with runtime data that takes more than a small message. */
static void prepare_resource(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	nth_allocation_args(world, args, 2);
	args->flags = DXG_CREATEALLOCATION_CREATE_RESOURCE;
	args->private_runtime_data = NTH_POINTER(world->data.bytes);
	args->private_runtime_data_size = sizeof(world->data.bytes);
}

/* What it says is remembered for those who open it. */
static void prepare_shared(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	prepare_resource(world, args);
	args->flags |= DXG_CREATEALLOCATION_CREATE_SHARED |
		       DXG_CREATEALLOCATION_NT_SECURITY_SHARING;
	args->priv_drv_data = NTH_POINTER(world->data.bytes);
	args->priv_drv_data_size = 16;
}

#define undo_shared undo_resource

/* One more of a resource that has none shared. */
static void prepare_more(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	prepare_resource(world, args);
	nth_do(world, LX_DXCREATEALLOCATION, args);
	world->made = args->resource.v;
	nth_allocation_args(world, args, 1);
	args->resource.v = world->made;
}

static void undo_more(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	nth_destroy_resource(world, world->made);
}

static void prepare_sysmem(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	nth_allocation_args(world, args, 1);
	args->flags = DXG_CREATEALLOCATION_EXISTING_SYSMEM;
	world->data.info[0].sysmem = NTH_POINTER(world->pages);
}

#define undo_sysmem undo_allocation

static void prepare_standard(struct nth_world *world, void *data, uint32_t type)
{
	struct d3dkmt_createallocation *args = data;

	nth_allocation_args(world, args, 1);
	memset(world->data.info, 0, sizeof(world->data.info));
	world->data.standard = (struct d3dkmt_createstandardallocation){
		.type = type, .existing_heap_data.size = NTH_BYTES,
	};
	args->flags = DXG_CREATEALLOCATION_STANDARD_ALLOCATION;
	args->standard_allocation = NTH_POINTER(&world->data.standard);
}

static void prepare_heap(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	prepare_standard(world, args, DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP);
	args->flags |= DXG_CREATEALLOCATION_EXISTING_SYSMEM;
	world->data.info[0].sysmem = NTH_POINTER(world->pages);
}

#define undo_heap undo_allocation

static void prepare_cross_adapter(struct nth_world *world, void *data)
{
	prepare_standard(world, data, DXG_STANDARDALLOCATIONTYPE_CROSSADAPTER);
}

#define undo_cross_adapter undo_allocation

/* The host is asked what driver data it would have. */
static void prepare_shared_standard(struct nth_world *world, void *data)
{
	struct d3dkmt_createallocation *args = data;

	prepare_cross_adapter(world, args);
	args->flags |= DXG_CREATEALLOCATION_CREATE_RESOURCE |
		       DXG_CREATEALLOCATION_CREATE_SHARED |
		       DXG_CREATEALLOCATION_NT_SECURITY_SHARING;
}

#define undo_shared_standard undo_resource

/* destroy */

static void prepare_destroy(struct nth_world *world, void *data)
{
	struct d3dkmt_destroyallocation2 *args = data;

	world->data.handles[0] = nth_create_allocation(world);
	args->device.v = world->device;
	args->allocations = NTH_POINTER(world->data.handles);
	args->alloc_count = 1;
}

static void undo_destroy(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_destroyallocation2 args =
		*(const struct d3dkmt_destroyallocation2 *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYALLOCATION2, &args);
}

/* Its pages stay pinned until the host has confirmed. */
static void prepare_destroy_sysmem(struct nth_world *world, void *data)
{
	struct d3dkmt_destroyallocation2 *args = data;
	struct d3dkmt_createallocation create;

	prepare_sysmem(world, &create);
	nth_do(world, LX_DXCREATEALLOCATION, &create);
	world->data.handles[0] = world->data.info[0].allocation.v;
	args->device.v = world->device;
	args->allocations = NTH_POINTER(world->data.handles);
	args->alloc_count = 1;
}

#define undo_destroy_sysmem undo_destroy

static void prepare_destroy_resource(struct nth_world *world, void *data)
{
	struct d3dkmt_destroyallocation2 *args = data;

	args->device.v = world->device;
	args->resource.v = nth_create_resource(world);
}

#define undo_destroy_resource undo_destroy

/* A long list: the message needs memory, but can be sent in portions. */
static void create_many(struct nth_world *world)
{
	struct d3dkmt_createallocation args;
	unsigned int i;

	nth_allocation_args(world, &args, 1);
	for (i = 1; i < NTH_MANY; i++)
		world->data.info[i] = world->data.info[0];
	args.alloc_count = NTH_MANY;
	nth_do(world, LX_DXCREATEALLOCATION, &args);
	for (i = 0; i < NTH_MANY; i++)
		world->data.handles[i] = world->data.info[i].allocation.v;
}

static void prepare_destroy_many(struct nth_world *world, void *data)
{
	struct d3dkmt_destroyallocation2 *args = data;

	create_many(world);
	args->device.v = world->device;
	args->allocations = NTH_POINTER(world->data.handles);
	args->alloc_count = NTH_MANY;
}

#define undo_destroy_many undo_destroy

/* lock: of an allocation of its own, so that what stays locked goes with it */

#define LOCK2	23		/* the commands */
#define UNLOCK2	24

/*
 * What the host has locked, as only the messages tell; what ended without having
 * been unlocked counts for as long as the host runs.
 */
static uint64_t locked(struct nth_world *world)
{
	return nth_messages(world, LOCK2) - nth_messages(world, UNLOCK2);
}

static void prepare_lock(struct nth_world *world, void *data)
{
	struct d3dkmt_lock2 *args = data;

	world->made = nth_create_allocation(world);
	args->device.v = world->device;
	args->allocation.v = world->made;
	world->address = locked(world);
}

static void undo_lock(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_unlock2 unlock = {
		.device.v = world->device, .allocation.v = world->made,
	};

	(void)data;
	if (worked)
		nth_do(world, LX_DXUNLOCK2, &unlock);
	assert_true(locked(world) == world->address);
	nth_destroy_allocation(world, world->made);
}

static void prepare_unlock(struct nth_world *world, void *data)
{
	struct d3dkmt_unlock2 *args = data;
	struct d3dkmt_lock2 lock;

	memset(&lock, 0, sizeof(lock));
	prepare_lock(world, &lock);
	nth_do(world, LX_DXLOCK2, &lock);
	args->device.v = world->device;
	args->allocation.v = world->made;
}

static void undo_unlock(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	nth_destroy_allocation(world, world->made);
}

/* residency, offer, priority: the plain allocation, which nothing else uses */

static void prepare_list(struct nth_world *world)
{
	world->data.handles[0] = world->plain;
}

static void prepare_make_resident(struct nth_world *world, void *data)
{
	struct d3dddi_makeresident *args = data;

	prepare_list(world);
	args->paging_queue.v = world->paging_queue;
	args->alloc_count = 1;
	args->allocation_list = NTH_POINTER(world->data.handles);
}

static bool is_resident(struct nth_world *world, uint32_t allocation)
{
	struct d3dkmt_queryallocationresidency args = {
		.device.v = world->device,
		.allocations = NTH_POINTER(&allocation),
		.allocation_count = 1,
		.residency_status = NTH_POINTER(world->data.words),
	};

	nth_do(world, LX_DXQUERYALLOCATIONRESIDENCY, &args);
	return world->data.words[0] != DXG_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT;
}

static void undo_make_resident(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dddi_makeresident *args = data;

	if (worked) {
		nth_wait_value(world->paging_fence, args->paging_fence_value);
		assert_true(is_resident(world, world->plain));
		nth_evict(world, world->plain);
	}
	assert_false(is_resident(world, world->plain));
}

static void prepare_resident_many(struct nth_world *world, void *data)
{
	struct d3dddi_makeresident *args = data;

	create_many(world);
	args->paging_queue.v = world->paging_queue;
	args->alloc_count = NTH_MANY;
	args->allocation_list = NTH_POINTER(world->data.handles);
}

static void undo_resident_many(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dddi_makeresident *args = data;
	struct d3dkmt_destroyallocation2 destroy = {
		.device.v = world->device,
		.allocations = NTH_POINTER(world->data.handles),
		.alloc_count = NTH_MANY,
	};

	if (worked)
		nth_wait_value(world->paging_fence, args->paging_fence_value);
	assert_int_equal(is_resident(world, world->data.handles[0]), worked);
	assert_int_equal(is_resident(world, world->data.handles[NTH_MANY - 1]),
			 worked);
	nth_do(world, LX_DXDESTROYALLOCATION2, &destroy);
}

static void prepare_evict(struct nth_world *world, void *data)
{
	struct d3dkmt_evict *args = data;

	prepare_list(world);
	nth_make_resident(world, world->plain);
	args->device.v = world->device;
	args->alloc_count = 1;
	args->allocations = NTH_POINTER(world->data.handles);
}

/* Once too often is no error. */
static void undo_evict(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		nth_evict(world, world->plain);
	assert_false(is_resident(world, world->plain));
}

static void prepare_residency(struct nth_world *world, void *data)
{
	struct d3dkmt_queryallocationresidency *args = data;

	prepare_list(world);
	args->device.v = world->device;
	args->allocations = NTH_POINTER(world->data.handles);
	args->allocation_count = 1;
	args->residency_status = NTH_POINTER(world->data.words);
}

#define undo_residency nth_undo_nothing

static void prepare_offer(struct nth_world *world, void *data)
{
	struct d3dkmt_offerallocations *args = data;

	prepare_list(world);
	args->device.v = world->device;
	args->allocations = NTH_POINTER(world->data.handles);
	args->allocation_count = 1;
	args->priority = DXG_OFFER_PRIORITY_LOW;
}

static void prepare_reclaim(struct nth_world *world, void *data)
{
	struct d3dkmt_offerallocations offer = { .flags = 0 };
	struct d3dkmt_reclaimallocations2 *args = data;

	prepare_offer(world, &offer);
	nth_may(world, LX_DXOFFERALLOCATIONS, &offer);
	args->paging_queue.v = world->paging_queue;
	args->allocation_count = 1;
	args->allocations = NTH_POINTER(world->data.handles);
	args->results = NTH_POINTER(world->data.words);
}

/* Reclaiming what is not offered is no error. */
static void undo_offer(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_reclaimallocations2 args = {
		.paging_queue.v = world->paging_queue,
		.allocation_count = 1,
		.allocations = NTH_POINTER(&world->plain),
	};

	(void)data;
	(void)worked;
	nth_do(world, LX_DXRECLAIMALLOCATIONS2, &args);
	nth_wait_value(world->paging_fence, args.paging_fence_value);
}

#define undo_reclaim undo_offer

/* Both calls have the same structure. */
static void prepare_priority(struct nth_world *world, void *data)
{
	struct d3dkmt_setallocationpriority *args = data;

	prepare_list(world);
	world->data.words[0] = 0x78000000;
	args->device.v = world->device;
	args->allocation_list = NTH_POINTER(world->data.handles);
	args->allocation_count = 1;
	args->priorities = NTH_POINTER(world->data.words);
}

#define undo_priority nth_undo_nothing

static void prepare_property(struct nth_world *world, void *data)
{
	struct d3dddi_updateallocproperty *args = data;

	args->paging_queue.v = world->paging_queue;
	args->allocation.v = world->plain;
	args->flags = DXG_UPDATEALLOC_ACCESSED_PHYSICALLY;
	args->property_mask_value = DXG_UPDATEALLOC_SET_ACCESSED_PHYSICALLY;
}

#define undo_property nth_undo_nothing

static void prepare_invalidate(struct nth_world *world, void *data)
{
	struct d3dkmt_invalidatecache *args = data;

	args->device.v = world->device;
	args->allocation.v = world->memory.allocation;
	args->length = NTH_BYTES;
}

#define undo_invalidate nth_undo_nothing

/* GPU addresses */

static void prepare_map(struct nth_world *world, void *data)
{
	struct d3dddi_mapgpuvirtualaddress *args = data;

	args->paging_queue.v = world->paging_queue;
	args->allocation.v = world->plain;
	args->size_in_pages = NTH_BYTES / T_PAGE_SIZE;
}

static void undo_map(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dddi_mapgpuvirtualaddress *args = data;

	if (worked)
		nth_free_range(world, args->virtual_address);
}

/* The caller has named the address: whatever happens it can free it. */
static void prepare_map_reserved(struct nth_world *world, void *data)
{
	struct d3dddi_mapgpuvirtualaddress *args = data;

	world->address = nth_reserve(world);
	prepare_map(world, args);
	args->base_address = world->address;
}

static void undo_map_reserved(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	nth_free_range(world, world->address);
}

static void prepare_reserve(struct nth_world *world, void *data)
{
	struct d3dddi_reservegpuvirtualaddress *args = data;

	args->adapter.v = world->adapter;
	args->size = NTH_BYTES;
}

static void undo_reserve(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dddi_reservegpuvirtualaddress *args = data;

	if (worked)
		nth_free_range(world, args->virtual_address);
}

static void prepare_free(struct nth_world *world, void *data)
{
	struct d3dkmt_freegpuvirtualaddress *args = data;

	args->adapter.v = world->adapter;
	args->base_address = nth_reserve(world);
	args->size = NTH_BYTES;
}

/* A second time, which fails if the first one has come through. */
static void undo_free(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_freegpuvirtualaddress args =
		*(const struct d3dkmt_freegpuvirtualaddress *)data;

	if (!worked)
		nth_may(world, LX_DXFREEGPUVIRTUALADDRESS, &args);
}

static void prepare_update(struct nth_world *world, void *data)
{
	struct d3dkmt_updategpuvirtualaddress *args = data;

	world->address = nth_reserve(world);
	world->data.operation =
		(struct d3dddi_updategpuvirtualaddress_operation){
			.operation = DXG_UPDATEGPUVA_OP_MAP,
			.map = {
				.base_address = world->address,
				.size = NTH_BYTES,
				.allocation.v = world->plain,
				.allocation_size = NTH_BYTES,
			},
		};
	args->device.v = world->device;
	args->context.v = world->context;
	args->fence_object.v = world->fence.handle;
	/* waited for is one value, signalled the next */
	args->fence_value = world->value;
	world->value++;
	args->num_operations = 1;
	args->operations = NTH_POINTER(&world->data.operation);
}

/* It may be on its way: the range is freed when nothing uses it any more. */
static void undo_update(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	if (worked)
		nth_wait_value(world->fence.cpu, world->value);
	else
		nth_signal(world, world->fence.handle, ++world->value);
	nth_free_range(world, world->address);
}

const struct nth_step nth_memory_steps[] = {
	NTH_STEP("CreateAllocation", LX_DXCREATEALLOCATION, 0, allocation),
	NTH_STEP("CreateAllocation, a resource", LX_DXCREATEALLOCATION, 0,
		 resource),
	NTH_STEP("CreateAllocation, shared", LX_DXCREATEALLOCATION, 0, shared),
	NTH_STEP("CreateAllocation, added to a resource", LX_DXCREATEALLOCATION,
		 0, more),
	NTH_STEP("CreateAllocation, the caller's pages", LX_DXCREATEALLOCATION,
		 NTH_PAGES, sysmem),
	NTH_STEP("CreateAllocation, existing heap", LX_DXCREATEALLOCATION,
		 NTH_PAGES, heap),
	NTH_STEP("CreateAllocation, cross adapter", LX_DXCREATEALLOCATION, 0,
		 cross_adapter),
	NTH_STEP("CreateAllocation, cross adapter and shared",
		 LX_DXCREATEALLOCATION, 0, shared_standard),
	NTH_STEP("DestroyAllocation2", LX_DXDESTROYALLOCATION2,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy),
	NTH_STEP("DestroyAllocation2, the caller's pages",
		 LX_DXDESTROYALLOCATION2,
		 NTH_DESTROYS | NTH_UNKILLABLE | NTH_PAGES, destroy_sysmem),
	NTH_STEP("DestroyAllocation2, a resource", LX_DXDESTROYALLOCATION2,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_resource),
	NTH_STEP("DestroyAllocation2, many", LX_DXDESTROYALLOCATION2,
		 NTH_DESTROYS | NTH_UNKILLABLE | NTH_MAY_WORK, destroy_many),
	NTH_STEP("Lock2", LX_DXLOCK2, 0, lock),
	NTH_STEP("Unlock2", LX_DXUNLOCK2, NTH_UNKILLABLE, unlock),
	NTH_STEP("MakeResident", LX_DXMAKERESIDENT, 0, make_resident),
	NTH_STEP("MakeResident, many", LX_DXMAKERESIDENT, 0, resident_many),
	NTH_STEP("Evict", LX_DXEVICT, 0, evict),
	NTH_STEP("QueryAllocationResidency", LX_DXQUERYALLOCATIONRESIDENCY, 0,
		 residency),
	NTH_STEP("OfferAllocations", LX_DXOFFERALLOCATIONS, 0, offer),
	NTH_STEP("ReclaimAllocations2", LX_DXRECLAIMALLOCATIONS2, 0, reclaim),
	NTH_STEP("SetAllocationPriority", LX_DXSETALLOCATIONPRIORITY, 0, priority),
	NTH_STEP("GetAllocationPriority", LX_DXGETALLOCATIONPRIORITY, 0, priority),
	NTH_STEP("UpdateAllocationProperty", LX_DXUPDATEALLOCPROPERTY, 0,
		 property),
	NTH_STEP("InvalidateCache", LX_DXINVALIDATECACHE, 0, invalidate),
	NTH_STEP("MapGpuVirtualAddress", LX_DXMAPGPUVIRTUALADDRESS, 0, map),
	NTH_STEP("MapGpuVirtualAddress, into a reserved range",
		 LX_DXMAPGPUVIRTUALADDRESS, 0, map_reserved),
	NTH_STEP("ReserveGpuVirtualAddress", LX_DXRESERVEGPUVIRTUALADDRESS, 0,
		 reserve),
	NTH_STEP("FreeGpuVirtualAddress", LX_DXFREEGPUVIRTUALADDRESS, 0, free),
	NTH_STEP("UpdateGpuVirtualAddress", LX_DXUPDATEGPUVIRTUALADDRESS, 0,
		 update),
};

const unsigned int nth_memory_step_count = NTH_COUNT(nth_memory_steps);
