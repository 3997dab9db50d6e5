/* SPDX-License-Identifier: MIT */
/* Creation and destruction of paging queues. */
#include <stdlib.h>

#include "handlers.h"
#include "paging.h"
#include "sync.h"

struct dxghost_paging_queue *
dxghost_paging_queue_find(const struct dxghost_call *call, uint32_t handle)
{
	return dxghost_object_find(call, handle, DXGHOST_PAGING_QUEUE);
}

dxghost_status dxghost_create_paging_queue(struct dxghost_call *call)
{
	const struct dxgk_wire_createpagingqueue *request = call->request;
	struct dxgk_wire_createpagingqueue_reply *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->args.device);
	int32_t priority = (int32_t)request->args.priority;
	struct dxghost_paging_queue *queue;
	struct dxghost_fence *fence;

	if (!device || priority < -1 || priority > 1 ||
	    request->args.physical_adapter_index)
		return ST_INVALID_PARAMETER;
	if (device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	queue = calloc(1, sizeof(*queue));
	fence = dxghost_fence_create(call->adapter, DXGHOST_MONITORED_FENCE, 0,
				     0);
	if (!queue || !fence || !dxghost_object_add(&queue->object,
						    DXGHOST_PAGING_QUEUE,
						    device->object.space)) {
		dxghost_fence_put(call->host, fence);
		free(queue);
		return ST_NO_MEMORY;
	}
	queue->sync = dxghost_sync_create(device->object.space, device, fence,
					  0, false);
	if (!queue->sync) {
		dxghost_object_remove(&queue->object);
		free(queue);
		return ST_NO_MEMORY;
	}
	queue->sync->owned = true;
	queue->device = device;
	list_init(&queue->ops);
	list_add_tail(&queue->link, &device->paging_queues);
	reply->paging_queue = queue->object.handle;
	reply->sync_object = queue->sync->object.handle;
	reply->fence_storage_physical_address =
		dxghost_memory_address(call->host, fence->memory);
	return ST_SUCCESS;
}

void dxghost_paging_queue_destroy(struct dxghost_paging_queue *queue)
{
	struct dxghost *host = queue->object.space->process->host;

	dxghost_object_remove(&queue->object);
	dxghost_paging_queue_drop(host, queue);
	dxghost_fence_lose(host, queue->sync->fence);
	dxghost_sync_destroy(queue->sync);
	list_del(&queue->link);
	free(queue);
}

dxghost_status dxghost_destroy_paging_queue(struct dxghost_call *call)
{
	const struct dxgk_wire_destroypagingqueue *request = call->request;
	struct dxghost_paging_queue *queue =
		dxghost_paging_queue_find(call, request->paging_queue);
	struct dxghost_device *device;

	if (!queue)
		return ST_INVALID_PARAMETER;
	device = queue->device;
	dxghost_device_pin(device);
	dxghost_object_remove(&queue->object);
	while (!list_empty(&queue->ops))
		dxghost_wait_change(call->host, DXGHOST_FOREVER);
	dxghost_paging_queue_destroy(queue);
	dxghost_device_unpin(device);
	return ST_SUCCESS;
}
