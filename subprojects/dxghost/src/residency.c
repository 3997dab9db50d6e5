/* SPDX-License-Identifier: MIT */
/* Residency lists of devices: making resident, evicting, asking. */
#include <stdlib.h>

#include "allocation.h"
#include "handlers.h"
#include "paging.h"
#include "pressure.h"

#define CANT_TRIM_FURTHER	(1u << 0)
#define MUST_SUCCEED		(1u << 1)
#define RESIDENT_FLAGS		0x3u
#define ONLY_IF_NECESSARY	(1u << 0)
#define EVICT_FLAGS		0x3u

#define RESIDENT_IN_GPU		1u
#define RESIDENT_IN_SHARED	2u
#define NOT_RESIDENT		3u

#define ALL_GROUPS		((1u << DXGHOST_GROUPS) - 1)

struct dxghost_resident_op {
	struct dxghost_paging_op op;
	uint32_t count;
	struct dxghost_allocation *allocations[];
};

static void resident_apply(struct dxghost *host, struct dxghost_paging_op *op,
			   bool dropped)
{
	struct dxghost_resident_op *resident =
		list_entry(op, struct dxghost_resident_op, op);
	uint32_t i;

	(void)host;
	for (i = 0; i < resident->count && !dropped; i++) {
		struct dxghost_allocation *allocation =
			resident->allocations[i];

		/* It may have been evicted again, or destroyed, meanwhile. */
		if (!allocation->dead && allocation->resident &&
		    !allocation->discarded)
			allocation->usable = true;
	}
	dxghost_resident_op_free(resident);
}

struct dxghost_resident_op *dxghost_resident_op_create(uint32_t count)
{
	struct dxghost_resident_op *op =
		calloc(1, sizeof(*op) + count * sizeof(op->allocations[0]));

	if (op)
		op->op.apply = resident_apply;
	return op;
}

void dxghost_resident_op_add(struct dxghost_resident_op *op,
			     struct dxghost_allocation *allocation)
{
	dxghost_allocation_get(allocation);
	op->allocations[op->count++] = allocation;
}

void dxghost_resident_op_free(struct dxghost_resident_op *op)
{
	while (op->count)
		dxghost_allocation_put(op->allocations[--op->count]);
	free(op);
}

struct dxghost_paging_op *
dxghost_resident_op_base(struct dxghost_resident_op *op)
{
	return &op->op;
}

/* The listed allocations, all of the device. */
static struct dxghost_resident_op *collect(const struct dxghost_call *call,
					   const struct dxghost_device *device,
					   const void *handles, uint32_t n,
					   dxghost_status *status)
{
	struct dxghost_resident_op *resident = dxghost_resident_op_create(n);
	uint32_t i;

	*status = ST_NO_MEMORY;
	if (!resident)
		return NULL;
	*status = ST_INVALID_PARAMETER;
	for (i = 0; i < n; i++) {
		struct dxghost_allocation *allocation =
			dxghost_allocation_find(call,
				dxghost_tail_u32(handles, i));

		if (!allocation || allocation->device != device) {
			dxghost_resident_op_free(resident);
			return NULL;
		}
		dxghost_resident_op_add(resident, allocation);
	}
	return resident;
}

static uint64_t over_budget(const struct dxghost_space *space,
			    enum dxghost_group group)
{
	uint64_t budget = dxghost_budget(space, group);

	return space->resident[group] > budget ?
	       space->resident[group] - budget : 0;
}

static uint64_t to_trim(const struct dxghost_space *space, uint32_t groups)
{
	uint64_t trim = 0;
	int group;

	for (group = 0; group < DXGHOST_GROUPS; group++)
		if (groups & 1u << group)
			trim += over_budget(space, group);
	return trim;
}

/* Bits of those in which there is more than may be. */
static uint32_t full_groups(const struct dxghost_space *space, uint32_t groups,
			    bool beyond_budget)
{
	uint32_t full = 0;
	int group;

	for (group = 0; group < DXGHOST_GROUPS; group++)
		if (groups & 1u << group &&
		    (!dxghost_memory_holds(space, group) ||
		     (!beyond_budget && over_budget(space, group))))
			full |= 1u << group;
	return full;
}

/* Where there is too much, offered memory goes first, whoever's it is. */
static bool relieve(const struct dxghost_space *space, uint32_t full)
{
	int group;

	for (group = 0; group < DXGHOST_GROUPS; group++)
		if (full & 1u << group &&
		    dxghost_pressure_discard(space->adapter, group))
			return true;
	return false;
}

bool dxghost_residency_fit(struct dxghost_space *space, uint32_t groups,
			   bool beyond_budget)
{
	uint32_t full;
	int group;

	do
		full = full_groups(space, groups, beyond_budget);
	while (full && relieve(space, full));
	if (full)
		return false;
	for (group = 0; group < DXGHOST_GROUPS; group++)
		dxghost_pressure_settle(space->adapter, group);
	return true;
}

static dxghost_status raise_counts(struct dxghost_device *device,
				   struct dxghost_resident_op *resident,
				   uint32_t flags, uint64_t *ret_trim)
{
	struct dxghost_space *space = device->object.space;
	uint32_t i, groups = 0;

	for (i = 0; i < resident->count; i++) {
		dxghost_residency_add(resident->allocations[i]);
		groups |= 1u << resident->allocations[i]->group;
	}
	*ret_trim = 0;
	if (dxghost_residency_fit(space, groups, flags & CANT_TRIM_FURTHER))
		return ST_SUCCESS;
	*ret_trim = to_trim(space, groups);
	for (i = 0; i < resident->count; i++)
		dxghost_residency_remove(resident->allocations[i], false);
	if (flags & MUST_SUCCEED)
		dxghost_device_lose(device, DXGHOST_OUT_OF_MEMORY);
	return ST_NO_MEMORY;
}

dxghost_status dxghost_make_resident(struct dxghost_call *call)
{
	const struct dxgk_wire_makeresident *request = call->request;
	struct dxgk_wire_makeresident_reply *reply = call->reply;
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->paging_queue);
	uint32_t n = request->alloc_count;
	struct dxghost_resident_op *resident;
	uint64_t trim = 0, value;
	dxghost_status status;

	if (!queue || !n || n > DXGHOST_MAX_LIST ||
	    request->flags & ~RESIDENT_FLAGS ||
	    (request->flags & RESIDENT_FLAGS) == MUST_SUCCEED ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4))
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	resident = collect(call, queue->device,
			   dxghost_call_tail(call, sizeof(*request)), n,
			   &status);
	if (!resident)
		return status;
	status = raise_counts(queue->device, resident, request->flags, &trim);
	reply->num_bytes_to_trim = trim;
	if (status) {
		dxghost_resident_op_free(resident);
		return status;
	}
	status = dxghost_paging_submit(queue, &resident->op, &value);
	reply->paging_fence_value = value;
	return status;
}

static void evict(struct dxghost_allocation *allocation, bool linger)
{
	bool was_there = allocation->counted;

	dxghost_residency_remove(allocation, linger);
	if (was_there && !allocation->counted && !allocation->lingering)
		dxghost_residency_note_eviction(allocation);
}

dxghost_status dxghost_evict(struct dxghost_call *call)
{
	const struct dxgk_wire_evict *request = call->request;
	struct dxgk_wire_evict_reply *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	uint32_t i, n = request->alloc_count;
	struct dxghost_resident_op *list;
	dxghost_status status;

	if (!device || !n || n > DXGHOST_MAX_LIST ||
	    request->flags & ~EVICT_FLAGS ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4))
		return ST_INVALID_PARAMETER;
	list = collect(call, device, dxghost_call_tail(call, sizeof(*request)),
		       n, &status);
	if (!list)
		return status;
	/* A count that is 0 stays 0. */
	for (i = 0; i < n; i++)
		evict(list->allocations[i], request->flags & ONLY_IF_NECESSARY);
	dxghost_resident_op_free(list);
	reply->num_bytes_to_trim = to_trim(device->object.space, ALL_GROUPS);
	return ST_SUCCESS;
}

uint32_t dxghost_query_residency_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_queryallocationresidency *request =
		call->request;
	uint32_t n = request->args.allocation_count;

	if (!dxghost_call_holds(call, sizeof(*request), n, 4))
		return DXGHOST_MALFORMED;
	return 4 + 4 * (n ? n : 1);
}

static uint32_t residency_of(const struct dxghost_allocation *allocation)
{
	if (!allocation->counted && !allocation->lingering)
		return NOT_RESIDENT;
	return allocation->group == DXGHOST_LOCAL ? RESIDENT_IN_GPU :
						    RESIDENT_IN_SHARED;
}

static dxghost_status query_resource(struct dxghost_call *call,
				     const struct dxghost_device *device,
				     uint32_t handle)
{
	struct dxghost_resource *resource =
		dxghost_object_find(call, handle, DXGHOST_RESOURCE);
	uint32_t worst = RESIDENT_IN_GPU;
	struct dxghost_list *it;

	if (!resource || resource->device != device)
		return ST_INVALID_PARAMETER;
	list_for_each(it, &resource->allocations) {
		uint32_t one = residency_of(list_entry(it,
			struct dxghost_allocation, resource_link));

		if (one > worst)
			worst = one;
	}
	dxghost_reply_u32(call, 4, worst);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_residency(struct dxghost_call *call)
{
	const struct dxgk_wire_queryallocationresidency *request =
		call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->args.device);
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	uint32_t i, n = request->args.allocation_count;

	if (!device || !n == !request->args.resource)
		return ST_INVALID_PARAMETER;
	if (!n)
		return query_resource(call, device, request->args.resource);
	for (i = 0; i < n; i++) {
		struct dxghost_allocation *allocation =
			dxghost_allocation_find(call,
				dxghost_tail_u32(handles, i));

		if (!allocation || allocation->device != device)
			return ST_INVALID_PARAMETER;
		dxghost_reply_u32(call, 4 + 4 * i, residency_of(allocation));
	}
	return ST_SUCCESS;
}
