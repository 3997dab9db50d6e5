/* SPDX-License-Identifier: MIT */
/* Hardware queues and their progress fences. */
#include <stdlib.h>
#include <string.h>

#include "handlers.h"
#include "sync.h"

#define HWQUEUE_NO_TIMEOUT	(1u << 0)
#define HWQUEUE_FLAGS		0x1u

uint32_t dxghost_create_hwqueue_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_createhwqueue *request = call->request;

	if (!dxghost_call_holds(call, sizeof(*request),
				request->priv_drv_data_size, 1))
		return DXGHOST_MALFORMED;
	return call->size;
}

static struct dxghost_hwqueue *
hwqueue_create(struct dxghost_context *context, uint32_t flags)
{
	struct dxghost_space *space = context->object.space;
	struct dxghost_hwqueue *hwqueue = calloc(1, sizeof(*hwqueue));
	struct dxghost_fence *fence;

	if (!hwqueue)
		return NULL;
	fence = dxghost_fence_create(space->adapter, DXGHOST_MONITORED_FENCE, 0,
				     0);
	if (!fence || !dxghost_object_add(&hwqueue->object, DXGHOST_HWQUEUE,
					  space))
		goto err_put_fence;
	hwqueue->progress = dxghost_sync_create(space, context->device, fence,
						0, true);
	if (!hwqueue->progress) {
		dxghost_object_remove(&hwqueue->object);
		free(hwqueue);
		return NULL;
	}
	hwqueue->progress->owned = true;
	hwqueue->context = context;
	list_add_tail(&hwqueue->link, &context->hwqueues);
	dxghost_queue_init(&hwqueue->queue, context->device, context->node);
	hwqueue->queue.progress = fence;
	hwqueue->queue.no_timeout = context->queue.no_timeout ||
				    flags & HWQUEUE_NO_TIMEOUT;
	return hwqueue;

err_put_fence:
	dxghost_fence_put(space->process->host, fence);
	free(hwqueue);
	return NULL;
}

dxghost_status dxghost_create_hwqueue(struct dxghost_call *call)
{
	const struct dxgk_wire_createhwqueue *request = call->request;
	struct dxgk_wire_createhwqueue *reply = call->reply;
	struct dxghost_context *context =
		dxghost_context_find(call, request->context);
	struct dxghost_hwqueue *hwqueue;

	if (!context || !(context->flags & DXGHOST_CONTEXT_HW_QUEUES) ||
	    request->flags & ~HWQUEUE_FLAGS)
		return ST_INVALID_PARAMETER;
	if (context->device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	hwqueue = hwqueue_create(context, request->flags);
	if (!hwqueue)
		return ST_NO_MEMORY;
	memcpy(reply, request, call->reply_size);
	reply->hwqueue = hwqueue->object.handle;
	reply->hwqueue_progress_fence = hwqueue->progress->object.handle;
	reply->progress_fence_cpu_address =
		dxghost_memory_address(call->host,
				       hwqueue->queue.progress->memory);
	reply->progress_fence_gpu_va = hwqueue->progress->gpu_va;
	return ST_SUCCESS;
}

void dxghost_hwqueue_destroy(struct dxghost_hwqueue *hwqueue)
{
	struct dxghost *host = hwqueue->object.space->process->host;

	dxghost_object_remove(&hwqueue->object);
	dxghost_queue_stop(host, &hwqueue->queue);
	/* Who still waits for progress that will not come is let go. */
	dxghost_fence_lose(host, hwqueue->queue.progress);
	dxghost_sync_destroy(hwqueue->progress);
	list_del(&hwqueue->link);
	free(hwqueue);
}

dxghost_status dxghost_destroy_hwqueue(struct dxghost_call *call)
{
	const struct dxgk_wire_destroyhwqueue *request = call->request;
	struct dxghost_hwqueue *hwqueue =
		dxghost_object_find(call, request->hwqueue, DXGHOST_HWQUEUE);
	struct dxghost_device *device;

	if (!hwqueue)
		return ST_INVALID_PARAMETER;
	device = hwqueue->context->device;
	dxghost_device_pin(device);
	dxghost_object_remove(&hwqueue->object);
	hwqueue->claimed = true;
	dxghost_queue_drain(call->host, &hwqueue->queue);
	dxghost_hwqueue_destroy(hwqueue);
	dxghost_device_unpin(device);
	return ST_SUCCESS;
}
