/* SPDX-License-Identifier: MIT */
/* Destruction of allocations, once the work queued before is done. */
#include <stdlib.h>

#include "allocation.h"
#include "handlers.h"

#define ASSUME_NOT_IN_USE	(1u << 0)
#define SYNCHRONOUS_DESTROY	(1u << 1)
#define SYSTEM_USE_ONLY		(1u << 31)
#define DESTROY_FLAGS		(ASSUME_NOT_IN_USE | SYNCHRONOUS_DESTROY | \
				 SYSTEM_USE_ONLY)

/*
 * The allocations of one message, in a list by their retire_link. Either the
 * end of the work releases them, or the message that waits for it does.
 */
struct pending_destroy {
	struct dxghost_retire retire;
	struct dxghost_list allocations;
	bool waited_for;	/* a message has it in hand */
	bool finished;		/* the work is done */
};

static void release_list(struct dxghost_list *allocations)
{
	while (!list_empty(allocations))
		dxghost_allocation_release(list_first(allocations,
			struct dxghost_allocation, retire_link));
}

static void pending_done(struct dxghost *host, struct dxghost_retire *retire)
{
	struct pending_destroy *pending =
		list_entry(retire, struct pending_destroy, retire);

	pending->finished = true;
	dxghost_changed(host);
	if (pending->waited_for)
		return;
	release_list(&pending->allocations);
	free(pending);
}

/* The guest takes its pages back as soon as it has the answer. */
static void revoke_pages(struct dxghost *host, struct dxghost_list *allocations)
{
	struct dxghost_list *it;

	list_for_each(it, allocations) {
		struct dxghost_allocation *allocation =
			list_entry(it, struct dxghost_allocation, retire_link);

		if (allocation->owns_pages)
			dxghost_memory_revoke(host, allocation->memory);
	}
}

static bool own_pages(const struct dxghost_list *allocations)
{
	const struct dxghost_list *it;

	list_for_each(it, allocations)
		if (list_entry(it, struct dxghost_allocation, retire_link)
		    ->owns_pages)
			return true;
	return false;
}

static bool has_marker(const struct dxghost_queue *queue,
		       const struct dxghost_retire *retire)
{
	struct dxghost_list *it;

	list_for_each(it, &queue->works) {
		const struct dxghost_work *work =
			list_entry(it, struct dxghost_work, link);

		if (work->kind == DXGHOST_WORK_RETIRE &&
		    work->u.retire == retire)
			return true;
	}
	return false;
}

/* Is an engine at what is waited for, and will not be for ever? */
static bool is_running(const struct dxghost_space *space,
		       const struct dxghost_retire *retire)
{
	struct dxghost_list *it;

	list_for_each(it, &space->queues) {
		const struct dxghost_queue *queue =
			list_entry(it, struct dxghost_queue, space_link);

		if (queue->running && !queue->no_timeout &&
		    has_marker(queue, retire))
			return true;
	}
	return false;
}

/*
 * Waits for the work, but not for ever: it may be held up by a fence. Only time
 * in which none of it runs counts.
 */
static void wait_and_release(struct dxghost *host,
			     const struct dxghost_space *space,
			     struct pending_destroy *pending)
{
	uint64_t patience = host->profile.drain_ms * 1000000ull;
	uint64_t deadline = dxghost_now() + patience;

	while (!pending->finished) {
		if (is_running(space, &pending->retire))
			deadline = dxghost_now() + patience;
		else if (dxghost_now() >= deadline)
			break;
		dxghost_wait_change(host, deadline);
	}
	revoke_pages(host, &pending->allocations);
	release_list(&pending->allocations);
	pending->waited_for = false;
	if (pending->finished)
		free(pending);
}

static dxghost_status collect(struct dxghost_call *call,
			      struct dxghost_device *device,
			      struct dxghost_list *list)
{
	const struct dxgk_wire_destroyallocation *request = call->request;
	const void *handles = dxghost_call_tail(call, sizeof(*request));
	uint32_t i, n = request->alloc_count;

	if (n > DXGHOST_MAX_ALLOCATIONS ||
	    !dxghost_call_holds(call, sizeof(*request), n, 4))
		return ST_INVALID_PARAMETER;
	/* All or nothing; a handle given twice is unknown the second time. */
	for (i = 0; i < n; i++) {
		struct dxghost_allocation *allocation =
			dxghost_allocation_find(call,
				dxghost_tail_u32(handles, i));

		if (!allocation || allocation->device != device ||
		    !list_empty(&allocation->retire_link) ||
		    (allocation->resource && allocation->resource->sealed))
			goto err_put_back;
		list_add_tail(&allocation->retire_link, list);
	}
	return ST_SUCCESS;

err_put_back:
	while (!list_empty(list))
		list_del(list->next);
	return ST_INVALID_PARAMETER;
}

static dxghost_status collect_resource(struct dxghost_call *call,
				       struct dxghost_device *device,
				       struct dxghost_list *list,
				       struct dxghost_resource **ret)
{
	const struct dxgk_wire_destroyallocation *request = call->request;
	struct dxghost_resource *resource =
		dxghost_object_find(call, request->resource, DXGHOST_RESOURCE);
	struct dxghost_list *it;

	if (!resource || resource->device != device)
		return ST_INVALID_PARAMETER;
	list_for_each(it, &resource->allocations)
		list_add_tail(&list_entry(it, struct dxghost_allocation,
					  resource_link)->retire_link, list);
	*ret = resource;
	return ST_SUCCESS;
}

/*
 * Unknown from now on, also to who asks what belongs to its resource; the memory
 * may be in use for a while.
 */
static void forget(struct dxghost_allocation *allocation)
{
	dxghost_object_remove(&allocation->object);
	list_del(&allocation->resource_link);
	allocation->resource = NULL;
}

/* Called with the device pinned; the handles are unknown already. */
static void destroy_list(struct dxghost *host, struct dxghost_device *device,
			 struct dxghost_list *list, uint32_t flags)
{
	bool wait = own_pages(list) || flags & SYNCHRONOUS_DESTROY;
	struct pending_destroy *pending = NULL;

	if (!(flags & ASSUME_NOT_IN_USE) && device->state == DXGHOST_ACTIVE)
		pending = calloc(1, sizeof(*pending));
	if (pending) {
		pending->retire.done = pending_done;
		pending->waited_for = wait;
		list_take(&pending->allocations, list);
		if (dxghost_retire_start(device->object.space,
					 &pending->retire)) {
			if (wait)
				wait_and_release(host, device->object.space,
						 pending);
			return;
		}
		list_take(list, &pending->allocations);
		free(pending);
	}
	revoke_pages(host, list);
	release_list(list);
}

dxghost_status dxghost_destroy_allocation(struct dxghost_call *call)
{
	const struct dxgk_wire_destroyallocation *request = call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	struct dxghost_resource *resource = NULL;
	struct dxghost_list list, *it;
	dxghost_status status;

	list_init(&list);
	if (!device || request->flags & ~DESTROY_FLAGS)
		return ST_INVALID_PARAMETER;
	/* With allocations listed, the resource is only where they belong. */
	if (request->resource && !request->alloc_count)
		status = collect_resource(call, device, &list, &resource);
	else
		status = collect(call, device, &list);
	if (status)
		return status;
	list_for_each(it, &list)
		forget(list_entry(it, struct dxghost_allocation, retire_link));
	if (resource)
		dxghost_resource_free(resource);
	dxghost_device_pin(device);
	destroy_list(call->host, device, &list, request->flags);
	dxghost_device_unpin(device);
	return ST_SUCCESS;
}
