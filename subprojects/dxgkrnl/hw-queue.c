/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Hardware queues and their progress fences: create, look up, destroy. */

#include <linux/errno.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* The base structure's padding goes along: see wire.h. */
static u64 dxgk_hw_queue_message_size(u32 data_size)
{
	return data_size ? 71ull + data_size : 72;
}

static void dxgk_hw_queue_release(struct kref *ref)
{
	struct dxgk_hw_queue *queue =
		container_of(ref, struct dxgk_hw_queue, base.ref);

	if (queue->fence)
		dxgk_sync_put(queue->fence);
	dxgk_context_put(queue->context);
	kfree_rcu(queue, base.rcu);
}

void dxgk_hw_queue_put(struct dxgk_hw_queue *queue)
{
	kref_put(&queue->base.ref, dxgk_hw_queue_release);
}

struct dxgk_hw_queue *dxgk_hw_queue_lookup(struct dxgk_process *process,
					   u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_HW_QUEUE);

	return object ? container_of(object, struct dxgk_hw_queue, base) : NULL;
}

/* Out of the table and, with its context, on nobody's list. */
void dxgk_hw_queue_forget(struct dxgk_hw_queue *queue)
{
	dxgk_sync_unmap(queue->fence);
	dxgk_hw_queue_put(queue);
}

static struct dxgk_hw_queue *dxgk_hw_queue_alloc(struct dxgk_context *context)
{
	struct dxgk_hw_queue *queue;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL_ACCOUNT);
	if (!queue)
		return NULL;
	dxgk_object_init(&queue->base, DXGK_OBJECT_HW_QUEUE, 0);
	kref_get(&context->base.ref);
	queue->context = context;
	INIT_LIST_HEAD(&queue->node);
	queue->fence = dxgk_sync_alloc_fence(context->device);
	if (!queue->fence) {
		dxgk_hw_queue_put(queue);
		return NULL;
	}
	return queue;
}

static int dxgk_hw_queue_send_destroy(struct dxgk_hw_queue *queue, u32 handle)
{
	struct dxgk_device *device = queue->context->device;

	return dxgk_message_destroy_handle(device->process, device->adapter,
					   DXGK_CMD_DESTROYHWQUEUE, handle);
}

/* Everything but the message; on failure the caller takes the queue back. */
static int dxgk_hw_queue_take_reply(struct dxgk_hw_queue *queue,
				    struct d3dkmt_createhwqueue *args,
				    const struct dxgk_wire_createhwqueue *reply)
{
	struct dxgk_context *context = queue->context;
	struct dxgk_sync *fence = queue->fence;
	u64 address;
	int ret;

	queue->base.handle = reply->hwqueue;
	fence->base.handle = reply->hwqueue_progress_fence;
	ret = dxgk_sync_map(fence, reply->progress_fence_cpu_address, 0);
	if (ret)
		return ret;
	address = dxgk_sync_user_address(fence);
	ret = dxgk_copy_out(args->priv_drv_data, reply + 1,
			    args->priv_drv_data_size);
	if (!ret)
		ret = dxgk_device_add_queue(context->device, &queue->base,
					    &fence->base, &queue->node,
					    &context->hw_queues,
					    &context->dead);
	if (ret) {
		dxgk_sync_unmap(fence);
		return ret;
	}
	args->queue.v = reply->hwqueue;
	args->queue_progress_fence.v = reply->hwqueue_progress_fence;
	args->queue_progress_fence_cpu_va = address;
	args->queue_progress_fence_gpu_va = reply->progress_fence_gpu_va;
	return 0;
}

static int dxgk_hw_queue_create(struct dxgk_hw_queue *queue,
				struct d3dkmt_createhwqueue *args)
{
	u64 size = dxgk_hw_queue_message_size(args->priv_drv_data_size);
	struct dxgk_device *device = queue->context->device;
	const struct dxgk_wire_createhwqueue *reply;
	struct dxgk_wire_createhwqueue *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_CREATEHWQUEUE, size, size);
	if (ret)
		goto out;
	message.reply_least = sizeof(*reply) + args->priv_drv_data_size;
	request = message.request;
	request->context = args->context.v;
	request->flags = args->flags;
	request->priv_drv_data_size = args->priv_drv_data_size;
	ret = dxgk_copy_in(request + 1, args->priv_drv_data,
			   args->priv_drv_data_size);
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret < 0)
		goto out;
	ret = reply->hwqueue ? dxgk_hw_queue_take_reply(queue, args, reply) :
			       -EINVAL;
	if (ret && reply->hwqueue)
		dxgk_hw_queue_send_destroy(queue, reply->hwqueue);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_create_hw_queue(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createhwqueue *args = data;
	struct dxgk_hw_queue *queue;
	struct dxgk_context *context;
	int ret = -ENOMEM;

	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	queue = dxgk_hw_queue_alloc(context);
	if (queue) {
		ret = dxgk_hw_queue_create(queue, args);
		if (ret)
			dxgk_hw_queue_put(queue);
	}
	dxgk_context_put(context);
	return ret;
}

int dxgk_ioctl_destroy_hw_queue(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_destroyhwqueue *args = data;
	struct dxgk_hw_queue *queue;
	int ret = -EINVAL;

	queue = dxgk_hw_queue_lookup(process, args->queue.v);
	if (!queue)
		return -EINVAL;
	if (dxgk_device_remove_queue(queue->context->device, &queue->base,
				     &queue->fence->base, &queue->node)) {
		dxgk_sync_unmap(queue->fence);
		ret = dxgk_hw_queue_send_destroy(queue, queue->base.handle);
		dxgk_hw_queue_put(queue);
	}
	dxgk_hw_queue_put(queue);
	return ret;
}
