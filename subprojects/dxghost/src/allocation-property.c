/* SPDX-License-Identifier: MIT */
/* Priorities and segment preferences of allocations. */
#include <stdlib.h>

#include "allocation.h"
#include "handlers.h"
#include "paging.h"

#define SET_SEGMENTS	(1u << 1)
#define SET_PREFERRED	(1u << 2)
#define PROPERTY_BITS	0x7u
#define SEGMENT_ID	0x1fu	/* the first of five preferences */

/* Names exactly one of a list and a resource. */
static dxghost_status find_owner(const struct dxghost_call *call,
				 uint32_t device_handle, uint32_t resource,
				 uint32_t count, struct dxghost_device **device,
				 struct dxghost_resource **ret)
{
	*ret = NULL;
	*device = dxghost_device_find(call, device_handle);
	if (!*device || !resource == !count)
		return ST_INVALID_PARAMETER;
	if (!resource)
		return ST_SUCCESS;
	*ret = dxghost_object_find(call, resource, DXGHOST_RESOURCE);
	return *ret && (*ret)->device == *device ? ST_SUCCESS :
						   ST_INVALID_PARAMETER;
}

static bool all_valid(const struct dxghost_call *call,
		      const struct dxghost_device *device, const void *handles,
		      uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++) {
		struct dxghost_allocation *allocation =
			dxghost_allocation_find(call,
				dxghost_tail_u32(handles, i));

		if (!allocation || allocation->device != device)
			return false;
	}
	return true;
}

dxghost_status dxghost_set_allocation_priority(struct dxghost_call *call)
{
	const struct dxgk_wire_setallocationpriority *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	uint32_t i, n = request->allocation_count, values = n ? n : 1;
	struct dxghost_resource *resource;
	struct dxghost_device *device;
	struct dxghost_list *it;
	const void *priorities;

	if (!dxghost_call_holds(call, sizeof(*request), n, 4) ||
	    !dxghost_call_holds(call, sizeof(*request) + 4ull * n, values, 4) ||
	    find_owner(call, request->device, request->resource, n, &device,
		       &resource) ||
	    !all_valid(call, device, handles, n))
		return ST_INVALID_PARAMETER;
	priorities = dxghost_call_tail(call, sizeof(*request) + 4ull * n);
	for (i = 0; i < n; i++)
		dxghost_allocation_find(call, dxghost_tail_u32(handles, i))
			->priority = dxghost_tail_u32(priorities, i);
	if (!resource)
		return ST_SUCCESS;
	list_for_each(it, &resource->allocations)
		list_entry(it, struct dxghost_allocation, resource_link)
			->priority = dxghost_tail_u32(priorities, 0);
	return ST_SUCCESS;
}

uint32_t dxghost_get_allocation_priority_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_getallocationpriority *request = call->request;
	uint32_t n = request->allocation_count;

	if (!dxghost_call_holds(call, sizeof(*request), n, 4))
		return DXGHOST_MALFORMED;
	return 4 + 4 * (n ? n : 1);
}

dxghost_status dxghost_get_allocation_priority(struct dxghost_call *call)
{
	const struct dxgk_wire_getallocationpriority *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	uint32_t i, n = request->allocation_count;
	uint32_t priority = DXGHOST_PRIORITY_NORMAL;
	struct dxghost_resource *resource;
	struct dxghost_device *device;

	if (find_owner(call, request->device, request->resource, n, &device,
		       &resource) ||
	    !all_valid(call, device, handles, n))
		return ST_INVALID_PARAMETER;
	for (i = 0; i < n; i++)
		dxghost_reply_u32(call, 4 + 4 * i,
			dxghost_allocation_find(call,
				dxghost_tail_u32(handles, i))->priority);
	if (!resource)
		return ST_SUCCESS;
	if (!list_empty(&resource->allocations))
		priority = list_first(&resource->allocations,
				      struct dxghost_allocation,
				      resource_link)->priority;
	dxghost_reply_u32(call, 4, priority);
	return ST_SUCCESS;
}

/*
 * Segment ids begin with 1, for local memory; sets have a bit for each. Where it
 * may lie has precedence over where it would like to.
 */
static bool choose_group(const struct dxghost_allocation *allocation,
			 const struct dxgk_wire_updateallocationproperty *request,
			 uint32_t *ret_segments, enum dxghost_group *ret_group)
{
	uint32_t segments = allocation->segments, id;

	*ret_group = allocation->group;
	if (request->args.property_mask & SET_SEGMENTS)
		segments = request->args.supported_segment_set;
	if (!segments || segments & ~DXGHOST_ALL_SEGMENTS ||
	    (!allocation->memory->base && segments & 1u << DXGHOST_LOCAL))
		return false;
	if (request->args.property_mask & SET_PREFERRED) {
		id = request->args.preferred_segment & SEGMENT_ID;
		if (id > DXGHOST_GROUPS)
			return false;
		if (id && segments & 1u << (id - 1))
			*ret_group = id - 1;
	}
	if (!(segments & 1u << *ret_group))
		*ret_group = *ret_group == DXGHOST_LOCAL ? DXGHOST_NON_LOCAL :
							   DXGHOST_LOCAL;
	*ret_segments = segments;
	return true;
}

static void property_apply(struct dxghost *host, struct dxghost_paging_op *op,
			   bool dropped)
{
	(void)host;
	(void)dropped;
	free(op);
}

/* Back again if there is no room for it. */
static bool move(struct dxghost_allocation *allocation, enum dxghost_group group)
{
	enum dxghost_group old = allocation->group;

	dxghost_allocation_move(allocation, group);
	if (dxghost_residency_fit(allocation->object.space, 1u << group, true))
		return true;
	dxghost_allocation_move(allocation, old);
	return false;
}

dxghost_status dxghost_update_allocation_property(struct dxghost_call *call)
{
	const struct dxgk_wire_updateallocationproperty *request =
		call->request;
	struct dxgk_wire_updateallocationproperty_reply *reply = call->reply;
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->args.paging_queue);
	struct dxghost_allocation *allocation =
		dxghost_allocation_find(call, request->args.allocation);
	struct dxghost_paging_op *op;
	enum dxghost_group group;
	dxghost_status status;
	uint32_t segments;
	uint64_t value;

	if (!queue || !allocation || allocation->device != queue->device ||
	    request->args.property_mask & ~PROPERTY_BITS ||
	    !choose_group(allocation, request, &segments, &group))
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	if (!request->args.property_mask)
		return ST_SUCCESS;
	op = calloc(1, sizeof(*op));
	if (!op)
		return ST_NO_MEMORY;
	op->apply = property_apply;
	if (group != allocation->group && !move(allocation, group)) {
		free(op);
		return ST_NO_MEMORY;
	}
	allocation->segments = segments;
	status = dxghost_paging_submit(queue, op, &value);
	reply->paging_fence_value = value;
	return status;
}
