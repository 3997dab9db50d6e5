/* SPDX-License-Identifier: MIT */
/* Offering memory that may be thrown away, and reclaiming it. */
#include <stdlib.h>
#include <string.h>

#include "allocation.h"
#include "handlers.h"
#include "paging.h"

#define PRIORITY_LOW	1u
#define PRIORITY_AUTO	4u
#define OFFER_FLAGS	0x3u

#define RECLAIM_OK		0u
#define RECLAIM_DISCARDED	1u

/* Paging in again after a reclaim: nothing but the time that it takes. */
static void reclaim_apply(struct dxghost *host, struct dxghost_paging_op *op,
			  bool dropped)
{
	(void)host;
	(void)dropped;
	free(op);
}

/* What the i-th handle names: an allocation, or a resource's allocations. */
static bool names_valid(const struct dxghost_call *call,
			const struct dxghost_device *device, uint32_t handle,
			bool resources)
{
	struct dxghost_allocation *allocation;
	struct dxghost_resource *resource;

	if (resources) {
		resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
		return resource && resource->device == device;
	}
	allocation = dxghost_allocation_find(call, handle);
	return allocation && allocation->device == device;
}

static bool all_valid(const struct dxghost_call *call,
		      const struct dxghost_device *device, const void *handles,
		      uint32_t n, bool resources)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (!names_valid(call, device, dxghost_tail_u32(handles, i),
				 resources))
			return false;
	return true;
}

static void offer(struct dxghost_allocation *allocation, uint32_t priority)
{
	allocation->offered = true;
	allocation->offer_priority = priority;
}

static bool reclaim(struct dxghost_allocation *allocation)
{
	bool discarded = allocation->discarded;

	allocation->offered = false;
	allocation->discarded = false;
	return discarded;
}

dxghost_status dxghost_offer_allocations(struct dxghost_call *call)
{
	const struct dxgk_wire_offerallocations *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	uint32_t i, n = request->allocation_count;
	struct dxghost_list *it;

	if (!device || !n || n > DXGHOST_MAX_LIST ||
	    request->priority < PRIORITY_LOW ||
	    request->priority > PRIORITY_AUTO ||
	    request->flags & ~OFFER_FLAGS ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4) ||
	    !all_valid(call, device, handles, n, request->resources))
		return ST_INVALID_PARAMETER;
	for (i = 0; i < n; i++) {
		uint32_t handle = dxghost_tail_u32(handles, i);
		struct dxghost_resource *resource;

		if (!request->resources) {
			offer(dxghost_allocation_find(call, handle),
			      request->priority);
			continue;
		}
		resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
		list_for_each(it, &resource->allocations)
			offer(list_entry(it, struct dxghost_allocation,
					 resource_link), request->priority);
	}
	return ST_SUCCESS;
}

uint32_t dxghost_reclaim_allocations_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_reclaimallocations *request = call->request;
	uint32_t n = request->allocation_count;

	if (n > DXGHOST_MAX_LIST ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4))
		return DXGHOST_MALFORMED;
	return DXGK_WIRE_RECLAIMALLOCATIONS_REPLY_TAIL +
	       4 * (request->write_results && n ? n : 1);
}

static uint32_t reclaim_named(const struct dxghost_call *call, uint32_t handle,
			      bool resources)
{
	struct dxghost_resource *resource;
	struct dxghost_list *it;
	bool discarded = false;

	if (!resources)
		return reclaim(dxghost_allocation_find(call, handle)) ?
		       RECLAIM_DISCARDED : RECLAIM_OK;
	resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
	list_for_each(it, &resource->allocations)
		discarded |= reclaim(list_entry(it, struct dxghost_allocation,
						resource_link));
	return discarded ? RECLAIM_DISCARDED : RECLAIM_OK;
}

dxghost_status dxghost_reclaim_allocations(struct dxghost_call *call)
{
	const struct dxgk_wire_reclaimallocations *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->paging_queue);
	uint32_t i, result, n = request->allocation_count;
	struct dxghost_paging_op *op;
	dxghost_status status;
	uint64_t value;

	if (!queue || !n ||
	    !all_valid(call, queue->device, handles, n, request->resources))
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	op = calloc(1, sizeof(*op));
	if (!op)
		return ST_NO_MEMORY;
	op->apply = reclaim_apply;
	for (i = 0; i < n; i++) {
		result = reclaim_named(call, dxghost_tail_u32(handles, i),
				       request->resources);
		if (request->write_results)
			dxghost_reply_u32(call,
				DXGK_WIRE_RECLAIMALLOCATIONS_REPLY_TAIL + 4 * i,
				result);
	}
	status = dxghost_paging_submit(queue, op, &value);
	memcpy(call->reply, &value, sizeof(value));
	return status;
}
