/* SPDX-License-Identifier: MIT */
/* Creation, opening and destruction of synchronization objects. */
#include <stdlib.h>

#include "handlers.h"
#include "sync.h"
#include "vsync.h"

#define SEMAPHORE_MAX	0x7FFFFFFFu
#define TIME_UNIT_NS	100u

/* A cross-adapter object is of use on all adapters, not only on its own. */
struct dxghost_sync *dxghost_sync_find(const struct dxghost_call *call,
				       uint32_t handle)
{
	struct dxghost_sync *sync =
		dxghost_object_find_anywhere(call, handle, DXGHOST_SYNC);

	if (sync && sync->fence->flags & DXGHOST_SYNC_CROSS_ADAPTER)
		return sync;
	return dxghost_object_find(call, handle, DXGHOST_SYNC);
}

/* Maps the fence's page at an address that the client cannot free. */
static bool map_page(struct dxghost_space *space, struct dxghost_sync *sync)
{
	struct dxghost_range_content content = {
		.state = DXGHOST_RANGE_MAPPED,
		.memory = sync->fence->memory,
	};

	/* What the display counts nobody else writes. */
	if (sync->fence->type != DXGHOST_PERIODIC_FENCE)
		content.protection = DXGHOST_PROTECT_WRITE;
	sync->gpu_va = dxghost_page_table_pick(&space->table, 0, 0,
					       DXGHOST_PAGE_SIZE);
	if (!sync->gpu_va)
		return false;
	if (dxghost_page_table_take(&space->table, sync->gpu_va,
				    DXGHOST_PAGE_SIZE, DXGHOST_ORIGIN_SYSTEM,
				    ++space->process->host->serial, &content)) {
		sync->gpu_va = 0;
		return false;
	}
	return true;
}

struct dxghost_sync *dxghost_sync_create(struct dxghost_space *space,
					 struct dxghost_device *device,
					 struct dxghost_fence *fence,
					 uint32_t flags, bool map)
{
	struct dxghost_sync *sync = calloc(1, sizeof(*sync));

	if (!sync)
		goto err_put_fence;
	if (!dxghost_object_add(&sync->object, DXGHOST_SYNC, space)) {
		free(sync);
		goto err_put_fence;
	}
	sync->device = device;
	sync->fence = fence;
	sync->flags = flags;
	list_add_tail(&sync->link, device ? &device->syncs : &space->syncs);
	list_add_tail(&sync->fence_link, &fence->syncs);
	if (map && fence->memory && !map_page(space, sync)) {
		dxghost_sync_destroy(sync);
		return NULL;
	}
	return sync;

err_put_fence:
	dxghost_fence_put(space->process->host, fence);
	return NULL;
}

void dxghost_sync_destroy(struct dxghost_sync *sync)
{
	struct dxghost_space *space = sync->object.space;

	dxghost_object_remove(&sync->object);
	if (sync->gpu_va)
		dxghost_page_table_free(&space->table, sync->gpu_va,
					DXGHOST_PAGE_SIZE);
	list_del(&sync->link);
	list_del(&sync->fence_link);
	/* The event to send belongs to the process that made the object. */
	if (sync->fence->process == space->process)
		sync->fence->process = NULL;
	dxghost_fence_put(space->process->host, sync->fence);
	free(sync);
}

static dxghost_status check_flags(uint32_t type, uint32_t flags)
{
	const uint32_t monitored_only = DXGHOST_SYNC_TOP_OF_PIPELINE |
					DXGHOST_SYNC_NO_SIGNAL |
					DXGHOST_SYNC_NO_WAIT;
	const uint32_t neither = DXGHOST_SYNC_NO_SIGNAL | DXGHOST_SYNC_NO_WAIT;

	if (flags & ~DXGHOST_SYNC_FLAGS || (flags & neither) == neither)
		return ST_INVALID_PARAMETER;
	if (type != DXGHOST_MONITORED_FENCE && flags & monitored_only)
		return ST_INVALID_PARAMETER;
	if (type != DXGHOST_CPU_NOTIFICATION &&
	    flags & DXGHOST_SYNC_SIGNAL_BY_KMD)
		return ST_INVALID_PARAMETER;
	if (flags & DXGHOST_SYNC_NT_SHARING && !(flags & DXGHOST_SYNC_SHARED))
		return ST_INVALID_PARAMETER;
	if (type >= DXGHOST_MONITORED_FENCE && flags & DXGHOST_SYNC_SHARED &&
	    !(flags & DXGHOST_SYNC_NT_SHARING))
		return ST_INVALID_PARAMETER;
	return ST_SUCCESS;
}

/* Of this adapter's display, and not before the refresh that precedes. */
static bool periodic_fits(const struct dxghost_call *call)
{
	const struct dxgk_wire_createsyncobject *request = call->request;
	uint64_t time = request->args.info.u.periodic_monitored_fence.time;

	return call->adapter->vsync &&
	       request->args.info.u.periodic_monitored_fence.adapter ==
		       call->adapter->handle &&
	       request->args.info.u.periodic_monitored_fence.vidpn_target_id ==
		       DXGHOST_VIDPN_TARGET &&
	       time <= dxghost_vsync_interval(call->adapter) / TIME_UNIT_NS;
}

static dxghost_status make_fence(struct dxghost_call *call,
				 struct dxghost_fence **ret)
{
	const struct dxgk_wire_createsyncobject *request = call->request;
	uint32_t type = request->args.info.type;
	uint64_t value = 0, maximum = 0, event = 0;
	struct dxghost_fence *fence;

	switch (type) {
	case DXGHOST_MUTEX:
		value = request->args.info.u.synchronization_mutex
				.initial_state != 0;
		break;
	case DXGHOST_SEMAPHORE:
		maximum = request->args.info.u.semaphore.max_count;
		value = request->args.info.u.semaphore.initial_count;
		if (!maximum || maximum > SEMAPHORE_MAX || value > maximum)
			return ST_INVALID_PARAMETER;
		break;
	case DXGHOST_LEGACY_FENCE:
		value = request->args.info.u.fence.fence_value;
		break;
	case DXGHOST_CPU_NOTIFICATION:
		event = request->args.info.u.cpu_notification.event;
		if (!event)
			return ST_INVALID_HANDLE;
		break;
	case DXGHOST_MONITORED_FENCE:
		value = request->args.info.u.monitored_fence
				.initial_fence_value;
		break;
	case DXGHOST_PERIODIC_FENCE:
		if (!periodic_fits(call))
			return ST_INVALID_PARAMETER;
		break;
	default:
		return ST_INVALID_PARAMETER;
	}
	fence = dxghost_fence_create(call->adapter, type,
				     request->args.info.flags, value);
	if (!fence)
		return ST_NO_MEMORY;
	fence->maximum = maximum;
	fence->event_id = event;
	fence->process = call->process;
	if (type == DXGHOST_PERIODIC_FENCE)
		dxghost_vsync_attach(call->adapter->vsync, fence,
				     request->args.info.u
					     .periodic_monitored_fence.time *
					     TIME_UNIT_NS);
	*ret = fence;
	return ST_SUCCESS;
}

dxghost_status dxghost_create_sync_object(struct dxghost_call *call)
{
	const struct dxgk_wire_createsyncobject *request = call->request;
	struct dxgk_wire_createsyncobject_reply *reply = call->reply;
	uint32_t flags = request->args.info.flags;
	struct dxghost_device *device =
		dxghost_device_find(call, request->args.device);
	struct dxghost_fence *fence;
	struct dxghost_sync *sync;
	dxghost_status status;

	if (!device)
		return ST_INVALID_PARAMETER;
	if (device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	status = check_flags(request->args.info.type, flags);
	if (!status)
		status = make_fence(call, &fence);
	if (status)
		return status;
	if (flags & DXGHOST_SYNC_SHARED) {
		fence->global = dxghost_handle_table_add(&call->host->fences,
							 fence);
		if (!fence->global) {
			dxghost_fence_put(call->host, fence);
			return ST_NO_MEMORY;
		}
	}
	sync = dxghost_sync_create(device->object.space,
				   fence->memory ? device : NULL, fence, flags,
				   !(flags & DXGHOST_SYNC_NO_GPU_ACCESS));
	if (!sync)
		return ST_NO_MEMORY;
	reply->sync_object = sync->object.handle;
	reply->global_sync_object = fence->global;
	reply->fence_gpu_va = sync->gpu_va;
	if (fence->memory)
		reply->fence_storage_address =
			dxghost_memory_address(call->host, fence->memory);
	return ST_SUCCESS;
}

dxghost_status dxghost_destroy_sync_object(struct dxghost_call *call)
{
	const struct dxgk_wire_destroysyncobject *request = call->request;
	struct dxghost_sync *sync =
		dxghost_sync_find(call, request->sync_object);

	if (!sync || sync->owned)
		return ST_INVALID_PARAMETER;
	dxghost_sync_destroy(sync);
	return ST_SUCCESS;
}

dxghost_status dxghost_open_sync_object(struct dxghost_call *call)
{
	const struct dxgk_wire_opensyncobject *request = call->request;
	struct dxgk_wire_opensyncobject_reply *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	struct dxghost_fence *fence =
		dxghost_handle_table_find(&call->host->fences,
					  request->global_sync_object);
	struct dxghost_sync *sync;
	dxghost_status status;

	if (!device || !fence)
		return ST_INVALID_PARAMETER;
	status = check_flags(fence->type, request->flags);
	if (status)
		return status;
	if (fence->memory && !(fence->flags & DXGHOST_SYNC_CROSS_ADAPTER) &&
	    fence->memory->adapter != device->object.space->adapter)
		return ST_INVALID_PARAMETER;
	dxghost_fence_get(fence);
	/* An opener can narrow what the creator allowed, not widen it. */
	sync = dxghost_sync_create(device->object.space,
				   fence->memory ? device : NULL, fence,
				   request->flags,
				   !((request->flags | fence->flags) &
				     DXGHOST_SYNC_NO_GPU_ACCESS));
	if (!sync)
		return ST_NO_MEMORY;
	reply->sync_object = sync->object.handle;
	reply->gpu_virtual_address = sync->gpu_va;
	if (fence->memory)
		reply->guest_cpu_physical_address =
			dxghost_memory_address(call->host, fence->memory);
	return ST_SUCCESS;
}
