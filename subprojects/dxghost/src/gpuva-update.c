/* SPDX-License-Identifier: MIT */
/* UpdateGpuVirtualAddress: lists of changes inside a reserved range. */
#include <stdlib.h>
#include <string.h>

#include "gpuva.h"
#include "handlers.h"
#include "paging.h"
#include "sync.h"

#define DO_NOT_WAIT	(1u << 0)
#define MAX_OPERATIONS	2048u

enum {
	OP_MAP = 0,
	OP_UNMAP = 1,
	OP_COPY = 2,
	OP_MAP_PROTECT = 3,
};

/* One change: new content, or the content of other addresses. */
struct change {
	uint64_t address;
	uint64_t size;
	uint64_t source;			/* copy only */
	bool copy;
	struct dxghost_allocation *allocation;	/* counted, or NULL */
	struct dxghost_range_content content;
};

struct update_op {
	struct dxghost_paging_op op;
	struct dxghost_device *device;
	struct dxghost_fence *fence;		/* counted */
	uint64_t value;				/* to signal when done */
	uint64_t serial;
	uint32_t count;
	struct change changes[];
};

static void update_free(struct dxghost *host, struct update_op *update)
{
	uint32_t i;

	for (i = 0; i < update->count; i++)
		if (update->changes[i].allocation)
			dxghost_allocation_put(update->changes[i].allocation);
	dxghost_fence_put(host, update->fence);
	free(update);
}

/* Page by page, as the source may consist of many ranges, or of holes. */
static int apply_copy(struct dxghost_space *space, const struct change *change,
		      uint64_t serial)
{
	uint64_t done;

	for (done = 0; done < change->size; done += DXGHOST_PAGE_SIZE) {
		struct dxghost_range_content content = {
			.state = DXGHOST_RANGE_NO_ACCESS,
		};
		const struct dxghost_range *range =
			dxghost_page_table_find(&space->table,
						change->source + done);

		if (range) {
			content = range->content;
			content.offset += change->source + done - range->start;
		}
		if (content.allocation)
			dxghost_gpuva_note(content.allocation,
					   change->address + done,
					   DXGHOST_PAGE_SIZE);
		if (dxghost_page_table_update(&space->table,
					      change->address + done,
					      DXGHOST_PAGE_SIZE, serial,
					      &content))
			return -1;
	}
	return 0;
}

static void update_apply(struct dxghost *host, struct dxghost_paging_op *op,
			 bool dropped)
{
	struct update_op *update = list_entry(op, struct update_op, op);
	struct dxghost_space *space = update->device->object.space;
	int error = 0;
	uint32_t i;

	for (i = 0; i < update->count && !dropped && !error; i++) {
		const struct change *change = &update->changes[i];

		if (change->copy)
			error = apply_copy(space, change, update->serial);
		else if (!change->allocation || !change->allocation->dead)
			error = dxghost_page_table_update(&space->table,
							  change->address,
							  change->size,
							  update->serial,
							  &change->content);
	}
	if (error)
		dxghost_device_lose(update->device, DXGHOST_OUT_OF_MEMORY);
	if (!dropped)
		dxghost_fence_raise(host, update->fence, update->value);
	update_free(host, update);
}

static void update_ready(struct dxghost *host, struct dxghost_wait *wait)
{
	struct update_op *update = wait->owner;

	(void)host;
	free(wait);
	dxghost_paging_submit_loose(update->device, &update->op);
}

static void update_cancelled(struct dxghost *host, struct dxghost_wait *wait)
{
	update_free(host, wait->owner);
}

/* All destinations lie inside ONE reserved range. */
static bool in_reservation(const struct dxghost_range *range, const void *arg)
{
	uint64_t *serial = (uint64_t *)arg;

	if (range->origin != DXGHOST_ORIGIN_RESERVE)
		return false;
	if (!*serial)
		*serial = range->serial;
	return range->serial == *serial;
}

static bool pages(uint64_t value)
{
	return !(value & (DXGHOST_PAGE_SIZE - 1));
}

static dxghost_status map_change(const struct dxghost_call *call,
				 const struct dxghost_device *device,
				 const struct dxgk_wire_updategpuva_operation *in,
				 struct change *change)
{
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, in->u.map.allocation);
	uint64_t offset = in->u.map.allocation_offset;

	if (!allocation || allocation->device != device || !pages(offset) ||
	    offset > allocation->memory->size ||
	    change->size > allocation->memory->size - offset)
		return ST_INVALID_PARAMETER;
	dxghost_allocation_get(allocation);
	dxghost_gpuva_note(allocation, change->address, change->size);
	change->allocation = allocation;
	change->content.state = DXGHOST_RANGE_MAPPED;
	change->content.memory = allocation->memory;
	change->content.allocation = allocation;
	change->content.offset = offset;
	/* Without a protection of its own a map gives full access. */
	change->content.protection = DXGHOST_PROTECT_WRITE;
	if (in->operation == OP_MAP_PROTECT)
		change->content.protection =
			(uint32_t)in->u.map_protect.protection;
	return ST_SUCCESS;
}

static dxghost_status read_change(const struct dxghost_call *call,
				  const struct dxghost_device *device,
				  const struct dxgk_wire_updategpuva_operation *in,
				  struct change *change)
{
	change->address = in->u.map.base_address;
	change->size = in->u.map.size;
	change->content.state = DXGHOST_RANGE_NO_ACCESS;
	switch (in->operation) {
	case OP_MAP:
	case OP_MAP_PROTECT:
		break;
	case OP_UNMAP:
		if (in->u.unmap.protection & DXGHOST_PROTECT_ZERO)
			change->content.state = DXGHOST_RANGE_ZERO;
		break;
	case OP_COPY:
		change->copy = true;
		change->source = in->u.copy.source_address;
		change->address = in->u.copy.dest_address;
		if (!pages(change->source) ||
		    !dxghost_page_table_valid(change->source, change->size))
			return ST_INVALID_PARAMETER;
		break;
	default:
		return ST_INVALID_PARAMETER;
	}
	if (!pages(change->address) || !pages(change->size) ||
	    !dxghost_page_table_valid(change->address, change->size))
		return ST_INVALID_PARAMETER;
	if (in->operation == OP_MAP || in->operation == OP_MAP_PROTECT)
		return map_change(call, device, in, change);
	return ST_SUCCESS;
}

static dxghost_status read_changes(const struct dxghost_call *call,
				   struct update_op *update, uint32_t n)
{
	const struct dxghost_page_table *table =
		&update->device->object.space->table;
	struct dxgk_wire_updategpuva_operation in;
	const uint8_t *tail = dxghost_call_tail(call,
			sizeof(struct dxgk_wire_updategpuvirtualaddress));
	uint64_t reservation = 0;
	dxghost_status status;
	uint32_t i;

	for (i = 0; i < n; i++) {
		struct change *change = &update->changes[i];

		memcpy(&in, tail + i * sizeof(in), sizeof(in));
		status = read_change(call, update->device, &in, change);
		if (status)
			return status;
		update->count++;
		if (!dxghost_page_table_covers(table, change->address,
					       change->size, in_reservation,
					       &reservation))
			return ST_INVALID_PARAMETER;
	}
	return ST_SUCCESS;
}

static dxghost_status submit(struct dxghost_call *call,
			     struct update_op *update, uint64_t value,
			     bool at_once)
{
	struct dxghost_wait *wait;

	if (at_once) {
		dxghost_paging_submit_loose(update->device, &update->op);
		return ST_SUCCESS;
	}
	wait = dxghost_wait_create(1);
	if (!wait) {
		update_free(call->host, update);
		return ST_NO_MEMORY;
	}
	wait->done = update_ready;
	wait->cancelled = update_cancelled;
	wait->owner = update;
	dxghost_wait_set(wait, 0, update->fence, value);
	list_add_tail(&wait->owner_link, &update->device->waits);
	dxghost_wait_arm(call->host, wait);
	return ST_SUCCESS;
}

dxghost_status dxghost_update_gpuva(struct dxghost_call *call)
{
	const struct dxgk_wire_updategpuvirtualaddress *request = call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	struct dxghost_context *context =
		dxghost_context_find(call, request->context);
	struct dxghost_sync *sync =
		dxghost_sync_find(call, request->fence_object);
	uint32_t n = request->num_operations;
	struct update_op *update;
	dxghost_status status;

	if (!device || !context || context->device != device || !sync ||
	    sync->owned || sync->fence->type != DXGHOST_MONITORED_FENCE ||
	    request->flags & ~DO_NOT_WAIT || !n || n > MAX_OPERATIONS ||
	    !dxghost_call_holds(call, sizeof(*request), n,
				sizeof(struct dxgk_wire_updategpuva_operation)))
		return ST_INVALID_PARAMETER;
	if (device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	update = calloc(1, sizeof(*update) + n * sizeof(update->changes[0]));
	if (!update)
		return ST_NO_MEMORY;
	update->op.apply = update_apply;
	update->device = device;
	update->fence = sync->fence;
	update->value = request->fence_value + 1;
	dxghost_fence_get(sync->fence);
	status = read_changes(call, update, n);
	if (status) {
		update_free(call->host, update);
		return status;
	}
	update->serial = ++call->host->serial;
	return submit(call, update, request->fence_value,
		      request->flags & DO_NOT_WAIT);
}
