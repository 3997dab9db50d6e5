/* SPDX-License-Identifier: MIT */
/* Offering memory that may be thrown away, and reclaiming it. */
#include <stdlib.h>
#include <string.h>

#include "allocation.h"
#include "handlers.h"
#include "paging.h"
#include "pressure.h"

#define ALLOW_DECOMMIT	(1u << 1)
#define OFFER_FLAGS	0x3u

#define RECLAIM_OK		0u
#define RECLAIM_DISCARDED	1u
#define RECLAIM_NOT_COMMITTED	2u

/*
 * An offer takes effect when the work queued before is done. Until then the
 * allocation is kept; one that was reclaimed meanwhile has another serial.
 */
struct pending_offer {
	struct dxghost_retire retire;
	struct dxghost_allocation *allocation;	/* counted */
	uint64_t serial;
};

static void offer_done(struct dxghost *host, struct dxghost_retire *retire)
{
	struct pending_offer *pending =
		list_entry(retire, struct pending_offer, retire);
	struct dxghost_allocation *allocation = pending->allocation;

	(void)host;
	if (allocation->offered && allocation->offer_serial == pending->serial)
		allocation->idle = true;
	dxghost_allocation_put(allocation);
	free(pending);
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

/* Without memory for the record the offer has no effect, which is allowed. */
static void offer(struct dxghost_allocation *allocation, uint32_t priority,
		  bool may_decommit)
{
	struct dxghost_space *space = allocation->object.space;
	struct pending_offer *pending = calloc(1, sizeof(*pending));

	allocation->offer_priority = priority;
	if (allocation->offered || !pending) {
		free(pending);
		return;
	}
	allocation->offered = true;
	allocation->may_decommit = may_decommit;
	allocation->offer_serial = ++space->process->host->serial;
	dxghost_allocation_get(allocation);
	pending->allocation = allocation;
	pending->serial = allocation->offer_serial;
	pending->retire.done = offer_done;
	if (!dxghost_retire_start(space, &pending->retire))
		offer_done(space->process->host, &pending->retire);
}

/* What was thrown away is memory again, if there is some; all of it zero. */
static uint32_t reclaim(struct dxghost_allocation *allocation)
{
	struct dxghost *host = allocation->object.space->process->host;
	bool discarded = allocation->discarded;

	if (allocation->memory->decommitted &&
	    !dxghost_memory_recommit(host, allocation->memory))
		return RECLAIM_NOT_COMMITTED;
	allocation->offered = false;
	allocation->idle = false;
	allocation->discarded = false;
	dxghost_residency_recount(allocation);
	return discarded ? RECLAIM_DISCARDED : RECLAIM_OK;
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
	    request->priority < DXGHOST_OFFER_LOW ||
	    request->priority > DXGHOST_OFFER_AUTO ||
	    request->flags & ~OFFER_FLAGS ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4) ||
	    !all_valid(call, device, handles, n, request->resources))
		return ST_INVALID_PARAMETER;
	for (i = 0; i < n; i++) {
		uint32_t handle = dxghost_tail_u32(handles, i);
		struct dxghost_resource *resource;

		if (!request->resources) {
			offer(dxghost_allocation_find(call, handle),
			      request->priority,
			      request->flags & ALLOW_DECOMMIT);
			continue;
		}
		resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
		list_for_each(it, &resource->allocations)
			offer(list_entry(it, struct dxghost_allocation,
					 resource_link), request->priority,
			      request->flags & ALLOW_DECOMMIT);
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

/* The worst result counts for a resource. */
static uint32_t reclaim_named(const struct dxghost_call *call, uint32_t handle,
			      bool resources)
{
	struct dxghost_resource *resource;
	uint32_t one, worst = RECLAIM_OK;
	struct dxghost_list *it;

	if (!resources)
		return reclaim(dxghost_allocation_find(call, handle));
	resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
	list_for_each(it, &resource->allocations) {
		one = reclaim(list_entry(it, struct dxghost_allocation,
					 resource_link));
		if (one > worst)
			worst = one;
	}
	return worst;
}

/* Of a device's residency list: they are paged in again. */
static struct dxghost_resident_op *
page_in(const struct dxghost_call *call, const void *handles, uint32_t n,
	bool resources)
{
	struct dxghost_resident_op *op;
	struct dxghost_resource *resource;
	struct dxghost_list *it;
	uint32_t i, count = n;

	for (i = 0; resources && i < n; i++) {
		resource = dxghost_object_find(call, dxghost_tail_u32(handles, i),
					       DXGHOST_RESOURCE);
		list_for_each(it, &resource->allocations)
			count++;
	}
	op = dxghost_resident_op_create(count);
	for (i = 0; op && i < n; i++) {
		uint32_t handle = dxghost_tail_u32(handles, i);

		if (!resources) {
			dxghost_resident_op_add(op,
				dxghost_allocation_find(call, handle));
			continue;
		}
		resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
		list_for_each(it, &resource->allocations)
			dxghost_resident_op_add(op, list_entry(it,
				struct dxghost_allocation, resource_link));
	}
	return op;
}

dxghost_status dxghost_reclaim_allocations(struct dxghost_call *call)
{
	const struct dxgk_wire_reclaimallocations *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->paging_queue);
	uint32_t i, result, n = request->allocation_count;
	struct dxghost_resident_op *op;
	dxghost_status status;
	uint64_t value;

	if (!queue || !n ||
	    !all_valid(call, queue->device, handles, n, request->resources))
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	op = page_in(call, handles, n, request->resources);
	if (!op)
		return ST_NO_MEMORY;
	for (i = 0; i < n; i++) {
		result = reclaim_named(call, dxghost_tail_u32(handles, i),
				       request->resources);
		if (request->write_results)
			dxghost_reply_u32(call,
				DXGK_WIRE_RECLAIMALLOCATIONS_REPLY_TAIL + 4 * i,
				result);
	}
	/* What is in the residency list comes back, or the device is done for. */
	if (!dxghost_residency_fit(queue->object.space, DXGHOST_ALL_SEGMENTS,
				   true)) {
		dxghost_resident_op_free(op);
		dxghost_device_lose(queue->device, DXGHOST_OUT_OF_MEMORY);
		return ST_DEVICE_REMOVED;
	}
	status = dxghost_paging_submit(queue, dxghost_resident_op_base(op),
				       &value);
	memcpy(call->reply, &value, sizeof(value));
	return status;
}
