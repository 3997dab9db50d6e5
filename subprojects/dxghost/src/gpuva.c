/* SPDX-License-Identifier: MIT */
/* GPU virtual addresses: reserving, mapping, freeing. */
#include <stdlib.h>

#include "allocation.h"
#include "gpuva.h"
#include "handlers.h"
#include "paging.h"

#define PROTECTION_BITS	0x1Fu

#define RESERVE_NO_ACCESS	0u
#define RESERVE_ZERO		1u
#define RESERVE_NO_COMMIT	2u
#define RESERVE_ALIGN		0x10000u

struct map_op {
	struct dxghost_paging_op op;
	struct dxghost_allocation *allocation;	/* counted, or NULL */
	uint64_t address;
	uint64_t size;
	uint64_t serial;
	struct dxghost_range_content content;
};

static bool multiple(uint64_t value, uint64_t of)
{
	return !(value & (of - 1));
}

/* Everything but the host's own pages. */
static bool is_clients(const struct dxghost_range *range, const void *unused)
{
	(void)unused;
	return range->origin != DXGHOST_ORIGIN_SYSTEM;
}

static bool is_reserved(const struct dxghost_range *range, const void *unused)
{
	(void)unused;
	return range->origin == DXGHOST_ORIGIN_RESERVE;
}

void dxghost_gpuva_note(struct dxghost_allocation *allocation, uint64_t address,
			uint64_t size)
{
	if (address < allocation->va_low)
		allocation->va_low = address;
	if (address + size > allocation->va_high)
		allocation->va_high = address + size;
}

/* The pages take their new content, except those freed meanwhile. */
static void map_apply(struct dxghost *host, struct dxghost_paging_op *op,
		      bool dropped)
{
	struct map_op *map = list_entry(op, struct map_op, op);
	struct dxghost_space *space = op->device->object.space;

	(void)host;
	if (!dropped && !(map->allocation && map->allocation->dead) &&
	    dxghost_page_table_update(&space->table, map->address, map->size,
				      map->serial, &map->content))
		dxghost_device_lose(op->device, DXGHOST_OUT_OF_MEMORY);
	if (map->allocation)
		dxghost_allocation_put(map->allocation);
	free(map);
}

/*
 * Finds addresses for a new range and takes them, or checks those given. On
 * success *@address is the place; *@taken tells whether it was free before.
 */
static dxghost_status place(struct dxghost_space *space, uint64_t *address,
			    uint64_t min, uint64_t max, uint64_t size,
			    enum dxghost_range_origin origin,
			    const struct dxghost_range_content *content,
			    bool may_cover, bool *taken)
{
	struct dxghost_page_table *table = &space->table;

	*taken = true;
	if (!*address) {
		*address = dxghost_page_table_pick(table, min, max, size);
		if (!*address)
			return ST_NO_MEMORY;
	} else if (!dxghost_page_table_valid(*address, size)) {
		return ST_INVALID_PARAMETER;
	} else if (!dxghost_page_table_is_free(table, *address, size)) {
		*taken = false;
		if (!may_cover ||
		    !dxghost_page_table_covers(table, *address, size,
					       is_clients, NULL))
			return ST_INVALID_PARAMETER;
		return ST_SUCCESS;
	}
	return dxghost_page_table_take(table, *address, size, origin,
				       ++space->process->host->serial,
				       content) ? ST_NO_MEMORY : ST_SUCCESS;
}

dxghost_status dxghost_reserve_gpuva(struct dxghost_call *call)
{
	const struct dxgk_wire_reservegpuvirtualaddress *request =
		call->request;
	struct dxgk_wire_reservegpuvirtualaddress_reply *reply = call->reply;
	struct dxghost_range_content content = {
		.state = request->args.reservation_type == RESERVE_ZERO ?
			 DXGHOST_RANGE_ZERO : DXGHOST_RANGE_NO_ACCESS,
	};
	uint64_t address = request->args.base_address;
	uint64_t size = request->args.size;
	struct dxghost_paging_queue *queue;
	struct dxghost_space *space;
	dxghost_status status;
	bool taken;

	queue = dxghost_paging_queue_find(call,
				request->args.adapter_or_paging_queue);
	if (!queue && request->args.adapter_or_paging_queue !=
		      call->adapter->handle)
		return ST_INVALID_PARAMETER;
	space = dxghost_space_of(call);
	if (!space)
		return ST_NO_MEMORY;
	if (!size || size > DXGHOST_VA_END || !multiple(size, RESERVE_ALIGN) ||
	    !multiple(address, RESERVE_ALIGN) ||
	    request->args.reservation_type > RESERVE_NO_COMMIT)
		return ST_INVALID_PARAMETER;
	/* The maximum may be the last address of a range, which is no multiple. */
	if (!address && !multiple(request->args.minimum_address, RESERVE_ALIGN))
		return ST_INVALID_PARAMETER;
	status = place(space, &address, request->args.minimum_address,
		       request->args.maximum_address, size,
		       DXGHOST_ORIGIN_RESERVE, &content, false, &taken);
	if (status)
		return status;
	reply->virtual_address = address;
	return ST_SUCCESS;
}

/* Checks the arguments that concern the allocation, and makes the operation. */
static dxghost_status map_content(const struct dxghost_call *call,
				  const struct dxghost_device *device,
				  struct map_op *map)
{
	const struct dxgk_wire_mapgpuvirtualaddress *request = call->request;
	uint64_t protection = request->args.protection;
	uint64_t offset = request->args.offset_in_pages, pages;
	struct dxghost_allocation *allocation;

	map->content.protection = (uint32_t)protection;
	if (protection & (DXGHOST_PROTECT_ZERO | DXGHOST_PROTECT_NO_ACCESS)) {
		if (request->args.allocation)
			return ST_INVALID_PARAMETER;
		map->content.state = protection & DXGHOST_PROTECT_ZERO ?
				     DXGHOST_RANGE_ZERO :
				     DXGHOST_RANGE_NO_ACCESS;
		return ST_SUCCESS;
	}
	allocation = dxghost_allocation_find(call, request->args.allocation);
	if (!allocation || allocation->device != device)
		return ST_INVALID_PARAMETER;
	pages = allocation->memory->size >> DXGHOST_PAGE_SHIFT;
	if (offset > pages || request->args.size_in_pages > pages - offset)
		return ST_INVALID_PARAMETER;
	map->content.state = DXGHOST_RANGE_MAPPED;
	map->content.memory = allocation->memory;
	map->content.allocation = allocation;
	map->content.offset = offset << DXGHOST_PAGE_SHIFT;
	map->allocation = allocation;
	return ST_SUCCESS;
}

static dxghost_status map_place(struct dxghost_space *space,
				const struct dxgk_wire_mapgpuvirtualaddress *request,
				struct map_op *map)
{
	/* Named already now, so that it goes with the allocation. */
	const struct dxghost_range_content not_yet = {
		.state = DXGHOST_RANGE_NO_ACCESS,
		.allocation = map->allocation,
	};
	bool taken;

	/* Zero and no access change what was reserved, never what was mapped. */
	if (!map->allocation)
		return dxghost_page_table_valid(map->address, map->size) &&
		       dxghost_page_table_covers(&space->table, map->address,
						 map->size, is_reserved, NULL) ?
		       ST_SUCCESS : ST_INVALID_PARAMETER;
	return place(space, &map->address, request->args.minimum_address,
		     request->args.maximum_address, map->size,
		     DXGHOST_ORIGIN_MAP, &not_yet, true, &taken);
}

dxghost_status dxghost_map_gpuva(struct dxghost_call *call)
{
	const struct dxgk_wire_mapgpuvirtualaddress *request = call->request;
	struct dxgk_wire_mapgpuvirtualaddress_reply *reply = call->reply;
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->args.paging_queue);
	uint64_t pages = request->args.size_in_pages;
	struct map_op *map;
	dxghost_status status;
	uint64_t value;

	if (!queue || !pages || pages > DXGHOST_VA_END >> DXGHOST_PAGE_SHIFT ||
	    request->args.protection & ~(uint64_t)PROTECTION_BITS ||
	    !multiple(request->args.base_address, DXGHOST_PAGE_SIZE))
		return ST_INVALID_PARAMETER;
	/* As for a reservation. */
	if (!request->args.base_address &&
	    !multiple(request->args.minimum_address, DXGHOST_PAGE_SIZE))
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	map = calloc(1, sizeof(*map));
	if (!map)
		return ST_NO_MEMORY;
	map->op.apply = map_apply;
	map->address = request->args.base_address;
	map->size = pages << DXGHOST_PAGE_SHIFT;
	status = map_content(call, queue->device, map);
	if (!status)
		status = map_place(queue->object.space, request, map);
	if (status) {
		free(map);
		return status;
	}
	map->serial = ++call->host->serial;
	reply->virtual_address = map->address;
	if (map->allocation) {
		dxghost_allocation_get(map->allocation);
		dxghost_gpuva_note(map->allocation, map->address, map->size);
	}
	status = dxghost_paging_submit(queue, &map->op, &value);
	reply->paging_fence_value = value;
	return status;
}

dxghost_status dxghost_free_gpuva(struct dxghost_call *call)
{
	const struct dxgk_wire_freegpuvirtualaddress *request = call->request;
	struct dxghost_space *space = dxghost_space_of(call);
	uint64_t address = request->args.base_address;
	uint64_t size = request->args.size;

	if (request->args.adapter != call->adapter->handle)
		return ST_INVALID_PARAMETER;
	if (!space)
		return ST_NO_MEMORY;
	if (!dxghost_page_table_valid(address, size) ||
	    !multiple(address | size, DXGHOST_PAGE_SIZE) ||
	    !dxghost_page_table_covers(&space->table, address, size,
				       is_clients, NULL))
		return ST_INVALID_PARAMETER;
	return dxghost_page_table_free(&space->table, address, size) ?
	       ST_NO_MEMORY : ST_SUCCESS;
}
