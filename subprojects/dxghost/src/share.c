/* SPDX-License-Identifier: MIT */
/* Sharing of fences and resources by "NT" handles. */
#include <stdlib.h>

#include "handlers.h"
#include "pressure.h"
#include "share.h"
#include "sync.h"

static struct dxghost_shared *shared_create(struct dxghost *host,
					    struct dxghost_adapter *adapter,
					    uint32_t count)
{
	struct dxghost_shared *shared =
		calloc(1, sizeof(*shared) + count * sizeof(shared->parts[0]));

	if (!shared)
		return NULL;
	shared->adapter = adapter;
	shared->handle = dxghost_handle_table_add(&host->shared, shared);
	if (!shared->handle) {
		free(shared);
		return NULL;
	}
	return shared;
}

void dxghost_shared_destroy(struct dxghost *host, struct dxghost_shared *shared)
{
	uint32_t i;

	dxghost_handle_table_remove(&host->shared, shared->handle);
	for (i = 0; i < shared->count; i++)
		dxghost_memory_put(host, shared->parts[i].memory);
	if (shared->fence) {
		shared->fence->shared--;
		dxghost_fence_put(host, shared->fence);
	}
	free(shared);
}

static struct dxghost_shared *share_sync(struct dxghost *host,
					 struct dxghost_sync *sync)
{
	struct dxghost_shared *shared;

	if (sync->owned || !(sync->fence->flags & DXGHOST_SYNC_NT_SHARING))
		return NULL;
	shared = shared_create(host, sync->object.space->adapter, 0);
	if (!shared)
		return NULL;
	dxghost_fence_get(sync->fence);
	shared->fence = sync->fence;
	shared->fence->shared++;
	return shared;
}

/*
 * Whoever opens it uses the memory without reclaiming it: so it is there again,
 * or it is not shared.
 */
static bool commit_all(struct dxghost *host, struct dxghost_resource *resource)
{
	struct dxghost_adapter *adapter = resource->object.space->adapter;
	struct dxghost_list *it;

	list_for_each(it, &resource->allocations) {
		struct dxghost_memory *memory =
			list_entry(it, struct dxghost_allocation,
				   resource_link)->memory;

		if (!memory->decommitted)
			continue;
		dxghost_pressure_decommit(adapter, memory->size);
		if (!dxghost_memory_recommit(host, memory))
			return false;
	}
	return true;
}

static struct dxghost_shared *share_resource(struct dxghost *host,
					     struct dxghost_resource *resource)
{
	struct dxghost_shared *shared;
	struct dxghost_list *it;
	uint32_t count = 0;

	if (!resource->may_share || !commit_all(host, resource))
		return NULL;
	list_for_each(it, &resource->allocations)
		count++;
	shared = shared_create(host, resource->object.space->adapter, count);
	if (!shared)
		return NULL;
	resource->sealed = true;
	list_for_each(it, &resource->allocations) {
		struct dxghost_allocation *allocation =
			list_entry(it, struct dxghost_allocation,
				   resource_link);
		struct dxghost_shared_part *part =
			&shared->parts[shared->count++];

		dxghost_memory_get(allocation->memory);
		part->memory = allocation->memory;
		part->group = allocation->group;
		part->data_flags = allocation->data_flags;
	}
	return shared;
}

static struct dxghost_shared *share_object(struct dxghost_call *call,
					   uint32_t handle)
{
	struct dxghost_sync *sync = dxghost_sync_find(call, handle);
	struct dxghost_resource *resource;

	if (sync)
		return share_sync(call->host, sync);
	resource = dxghost_object_find(call, handle, DXGHOST_RESOURCE);
	return resource ? share_resource(call->host, resource) : NULL;
}

dxghost_status dxghost_create_nt_shared_object(struct dxghost_call *call)
{
	const struct dxgk_wire_createntsharedobject *request = call->request;
	struct dxghost_shared *shared = share_object(call, request->object);

	if (!shared)
		return ST_INVALID_PARAMETER;
	dxghost_reply_u32(call, 0, shared->handle);
	return ST_SUCCESS;
}

dxghost_status dxghost_destroy_nt_shared_object(struct dxghost_call *call)
{
	const struct dxgk_wire_destroyntsharedobject *request = call->request;
	struct dxghost_shared *shared =
		dxghost_handle_table_find(&call->host->shared,
					  request->shared_handle);

	if (!shared)
		return ST_INVALID_PARAMETER;
	dxghost_shared_destroy(call->host, shared);
	return ST_SUCCESS;
}

/* The handle is the host side's from now on, and lives as long as the host. */
dxghost_status dxghost_share_object_with_host(struct dxghost_call *call)
{
	const struct dxgk_wire_shareobjectwithhost *request = call->request;
	struct dxgk_wire_shareobjectwithhost_reply *reply = call->reply;
	struct dxghost_shared *shared;

	if (!dxghost_device_find(call, request->device))
		return ST_INVALID_PARAMETER;
	shared = share_object(call, request->object);
	if (!shared)
		return ST_INVALID_PARAMETER;
	reply->vail_nt_handle = shared->handle;
	return ST_SUCCESS;
}

uint32_t dxghost_open_resource_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_openresource *request = call->request;

	if (request->allocation_count > DXGHOST_MAX_ALLOCATIONS)
		return DXGHOST_MALFORMED;
	return sizeof(struct dxgk_wire_openresource_reply) +
	       4 * request->allocation_count;
}

static dxghost_status open_parts(struct dxghost_call *call,
				 const struct dxghost_shared *shared,
				 struct dxghost_resource *resource)
{
	uint32_t i;

	for (i = 0; i < shared->count; i++) {
		const struct dxghost_shared_part *part = &shared->parts[i];
		struct dxghost_allocation *allocation;

		allocation = dxghost_allocation_create(resource->device,
						       resource, part->memory,
						       part->group,
						       part->data_flags);
		if (!allocation)
			return ST_NO_MEMORY;
		dxghost_reply_u32(call, DXGK_WIRE_OPENRESOURCE_REPLY_TAIL +
				  4 * i, allocation->object.handle);
	}
	return ST_SUCCESS;
}

dxghost_status dxghost_open_resource(struct dxghost_call *call)
{
	const struct dxgk_wire_openresource *request = call->request;
	struct dxgk_wire_openresource_reply *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	struct dxghost_shared *shared =
		dxghost_handle_table_find(&call->host->shared,
					  request->global_share);
	struct dxghost_resource *resource;
	dxghost_status status;

	if (!device || !request->nt_security_sharing)
		return ST_INVALID_PARAMETER;
	if (!shared || shared->fence)
		return ST_INVALID_HANDLE;
	if (shared->adapter != call->adapter ||
	    shared->count != request->allocation_count)
		return ST_INVALID_PARAMETER;
	if (device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	resource = dxghost_resource_create(device, true);
	if (!resource)
		return ST_NO_MEMORY;
	resource->opened = true;
	status = open_parts(call, shared, resource);
	if (status) {
		while (!list_empty(&resource->allocations))
			dxghost_allocation_release(list_first(
				&resource->allocations,
				struct dxghost_allocation, resource_link));
		dxghost_resource_free(resource);
		return status;
	}
	reply->resource = resource->object.handle;
	return ST_SUCCESS;
}
