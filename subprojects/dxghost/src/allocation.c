/* SPDX-License-Identifier: MIT */
/* Allocations and resources: their life, and access of the CPU. */
#include <stdlib.h>

#include "allocation.h"
#include "dxghost/gpu.h"
#include "handlers.h"

struct dxghost_allocation *
dxghost_allocation_find(const struct dxghost_call *call, uint32_t handle)
{
	return dxghost_object_find(call, handle, DXGHOST_ALLOCATION);
}

static void account(struct dxghost_allocation *allocation, bool in)
{
	struct dxghost_space *space = allocation->object.space;
	struct dxghost_adapter *adapter = space->adapter;
	enum dxghost_group group = allocation->group;
	uint64_t size = allocation->memory->size;

	space->committed[group] += in ? size : -size;
	adapter->committed[group] += in ? size : -size;
	adapter->allocations[group] += in ? 1 : -1;
}

struct dxghost_allocation *
dxghost_allocation_create(struct dxghost_device *device,
			  struct dxghost_resource *resource,
			  struct dxghost_memory *memory,
			  enum dxghost_group group, uint32_t data_flags)
{
	struct dxghost_space *space = device->object.space;
	struct dxghost_allocation *allocation = calloc(1, sizeof(*allocation));

	if (!allocation || !dxghost_object_add(&allocation->object,
					       DXGHOST_ALLOCATION, space)) {
		free(allocation);
		return NULL;
	}
	dxghost_memory_get(memory);
	allocation->device = device;
	allocation->resource = resource;
	allocation->memory = memory;
	allocation->group = group;
	allocation->data_flags = data_flags;
	allocation->refs = 1;
	allocation->priority = DXGHOST_PRIORITY_NORMAL;
	/* Pages of the guest stay where they are. */
	allocation->segments = memory->base ? DXGHOST_ALL_SEGMENTS :
					      1u << DXGHOST_NON_LOCAL;
	allocation->va_low = UINT64_MAX;
	list_init(&allocation->retire_link);
	list_init(&allocation->resource_link);
	list_add_tail(&allocation->link, &device->allocations);
	if (resource)
		list_add_tail(&allocation->resource_link,
			      &resource->allocations);
	account(allocation, true);
	return allocation;
}

void dxghost_allocation_move(struct dxghost_allocation *allocation,
			     enum dxghost_group group)
{
	dxghost_residency_settle(allocation);
	dxghost_residency_uncount(allocation);
	account(allocation, false);
	allocation->group = group;
	account(allocation, true);
	dxghost_residency_recount(allocation);
}

bool dxghost_allocation_usable(const struct dxghost_allocation *allocation)
{
	return allocation->usable && !allocation->idle;
}

void dxghost_allocation_get(struct dxghost_allocation *allocation)
{
	allocation->refs++;
}

void dxghost_allocation_put(struct dxghost_allocation *allocation)
{
	if (!--allocation->refs)
		free(allocation);
}

void dxghost_allocation_release(struct dxghost_allocation *allocation)
{
	struct dxghost_space *space = allocation->object.space;

	dxghost_object_remove(&allocation->object);
	allocation->dead = true;
	list_del(&allocation->link);
	list_del(&allocation->resource_link);
	list_del(&allocation->retire_link);
	if (allocation->va_high)
		dxghost_page_table_drop(&space->table, allocation,
					allocation->va_low,
					allocation->va_high);
	while (allocation->resident)
		dxghost_residency_remove(allocation, false);
	dxghost_residency_settle(allocation);
	account(allocation, false);
	dxghost_memory_put(space->process->host, allocation->memory);
	allocation->memory = NULL;
	dxghost_allocation_put(allocation);
}

struct dxghost_resource *
dxghost_resource_create(struct dxghost_device *device, bool may_share)
{
	struct dxghost_resource *resource = calloc(1, sizeof(*resource));

	if (!resource || !dxghost_object_add(&resource->object,
					     DXGHOST_RESOURCE,
					     device->object.space)) {
		free(resource);
		return NULL;
	}
	list_init(&resource->allocations);
	list_add_tail(&resource->link, &device->resources);
	resource->device = device;
	resource->may_share = may_share;
	return resource;
}

void dxghost_resource_free(struct dxghost_resource *resource)
{
	while (!list_empty(&resource->allocations)) {
		struct dxghost_allocation *allocation =
			list_first(&resource->allocations,
				   struct dxghost_allocation, resource_link);

		allocation->resource = NULL;
		list_del(&allocation->resource_link);
	}
	dxghost_object_remove(&resource->object);
	list_del(&resource->link);
	free(resource);
}

dxghost_status dxghost_set_existing_sysmem_pages(struct dxghost_call *call)
{
	const struct dxgk_wire_setexistingsysmempages *request = call->request;
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->allocation);
	uint64_t first = request->alloc_offset_in_pages, pages;

	if (!allocation || !allocation->memory->pages ||
	    allocation->device->object.handle != request->device)
		return ST_INVALID_PARAMETER;
	pages = allocation->memory->size >> DXGHOST_PAGE_SHIFT;
	if (!request->num_pages || first >= pages ||
	    request->num_pages > pages - first ||
	    !dxghost_call_holds(call, sizeof(*request), request->num_pages, 8))
		return ST_INVALID_PARAMETER;
	dxghost_memory_set_pages(call->host, allocation->memory, first,
				 dxghost_call_tail(call, sizeof(*request)),
				 request->num_pages);
	return ST_SUCCESS;
}

/* All of them or none: a list of another size is not the allocation's. */
static dxghost_status set_listed_pages(struct dxghost *host,
				       struct dxghost_memory *memory,
				       uint32_t gpadl)
{
	uint64_t pages = memory->size >> DXGHOST_PAGE_SHIFT;
	dxghost_status status = ST_SUCCESS;
	uint64_t *numbers;

	if (!host->ops.gpadl)
		return ST_NOT_SUPPORTED;
	numbers = malloc(pages * sizeof(*numbers));
	if (!numbers)
		return ST_NO_MEMORY;
	if (host->ops.gpadl(host->guest, gpadl, 0, pages, numbers) ==
	    (int64_t)pages)
		dxghost_memory_set_pages(host, memory, 0, numbers, pages);
	else
		status = ST_INVALID_PARAMETER;
	free(numbers);
	return status;
}

dxghost_status dxghost_set_existing_sysmem_store(struct dxghost_call *call)
{
	const struct dxgk_wire_setexistingsysmemstore *request = call->request;
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->allocation);

	if (!allocation || !allocation->memory->pages ||
	    allocation->device->object.handle != request->device)
		return ST_INVALID_PARAMETER;
	return set_listed_pages(call->host, allocation->memory, request->gpadl);
}

dxghost_status dxghost_lock2(struct dxghost_call *call)
{
	const struct dxgk_wire_lock2 *request = call->request;
	struct dxgk_wire_lock2_reply *reply = call->reply;
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->args.allocation);

	if (!allocation ||
	    allocation->device->object.handle != request->args.device ||
	    request->args.flags || allocation->offered ||
	    !allocation->memory->base ||
	    allocation->data_flags & DXGHOST_ALLOCATION_CPU_INVISIBLE)
		return ST_INVALID_PARAMETER;
	allocation->locks++;
	reply->cpu_visible_address =
		dxghost_memory_address(call->host, allocation->memory);
	return ST_SUCCESS;
}

dxghost_status dxghost_unlock2(struct dxghost_call *call)
{
	const struct dxgk_wire_unlock2 *request = call->request;
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->args.allocation);

	if (!allocation ||
	    allocation->device->object.handle != request->args.device)
		return ST_INVALID_PARAMETER;
	/* Guests unlock existing memory that they never had to lock. */
	if (allocation->memory->pages)
		return ST_SUCCESS;
	if (!allocation->locks)
		return ST_INVALID_PARAMETER;
	allocation->locks--;
	return ST_SUCCESS;
}

/* CPU and GPU see the same memory, coherently: nothing is left to be done. */
dxghost_status dxghost_invalidate_cache(struct dxghost_call *call)
{
	const struct dxgk_wire_invalidatecache *request = call->request;
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->allocation);

	if (!allocation ||
	    allocation->device->object.handle != request->device ||
	    request->offset > allocation->memory->size ||
	    request->length > allocation->memory->size - request->offset)
		return ST_INVALID_PARAMETER;
	return ST_SUCCESS;
}
