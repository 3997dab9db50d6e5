/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Paging queues: create, look up, destroy. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

static void dxgk_paging_queue_release(struct kref *ref)
{
	struct dxgk_paging_queue *queue =
		container_of(ref, struct dxgk_paging_queue, base.ref);

	if (queue->fence)
		dxgk_sync_put(queue->fence);
	dxgk_device_put(queue->device);
	kfree_rcu(queue, base.rcu);
}

void dxgk_paging_queue_put(struct dxgk_paging_queue *queue)
{
	kref_put(&queue->base.ref, dxgk_paging_queue_release);
}

struct dxgk_paging_queue *dxgk_paging_queue_lookup(struct dxgk_process *process,
						   u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_PAGING_QUEUE);

	return object ? container_of(object, struct dxgk_paging_queue, base) :
			NULL;
}

/* Out of the table and the list already. */
void dxgk_paging_queue_forget(struct dxgk_paging_queue *queue)
{
	dxgk_sync_unmap(queue->fence);
	dxgk_paging_queue_put(queue);
}

static struct dxgk_paging_queue *
dxgk_paging_queue_alloc(struct dxgk_device *device)
{
	struct dxgk_paging_queue *queue;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL_ACCOUNT);
	if (!queue)
		return NULL;
	dxgk_object_init(&queue->base, DXGK_OBJECT_PAGING_QUEUE, 0);
	dxgk_device_get(device);
	queue->device = device;
	INIT_LIST_HEAD(&queue->node);
	queue->fence = dxgk_sync_alloc_fence(device);
	if (!queue->fence) {
		dxgk_paging_queue_put(queue);
		return NULL;
	}
	return queue;
}

static int
dxgk_paging_queue_send_create(struct dxgk_paging_queue *queue,
			      const struct d3dkmt_createpagingqueue *args,
			      struct dxgk_wire_createpagingqueue_reply *ret_reply)
{
	struct dxgk_wire_createpagingqueue *request;
	struct dxgk_device *device = queue->device;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_CREATEPAGINGQUEUE, sizeof(*request),
				sizeof(*ret_reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.device = args->device.v;
	request->args.priority = args->priority;
	request->args.physical_adapter_index = args->physical_adapter_index;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	memcpy(ret_reply, message.reply, sizeof(*ret_reply));
	if (!ret_reply->paging_queue)
		ret = -EINVAL;
out:
	dxgk_message_end(&message);
	return ret;
}

/* The reply to it says nothing. */
static void dxgk_paging_queue_send_destroy(struct dxgk_paging_queue *queue,
					   u32 handle)
{
	struct dxgk_wire_destroypagingqueue *request;
	struct dxgk_device *device = queue->device;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_DESTROYPAGINGQUEUE, sizeof(*request),
				0);
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->paging_queue = handle;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

static int dxgk_paging_queue_create(struct dxgk_paging_queue *queue,
				    struct d3dkmt_createpagingqueue *args)
{
	struct dxgk_wire_createpagingqueue_reply reply;
	struct dxgk_device *device = queue->device;
	struct dxgk_sync *fence = queue->fence;
	u64 address = 0;
	int ret;

	ret = dxgk_paging_queue_send_create(queue, args, &reply);
	if (ret)
		return ret;
	queue->base.handle = reply.paging_queue;
	fence->base.handle = reply.sync_object;
	ret = dxgk_sync_map(fence, reply.fence_storage_physical_address,
			    reply.fence_storage_offset);
	if (!ret) {
		address = dxgk_sync_user_address(fence);
		ret = dxgk_device_add_queue(device, &queue->base, &fence->base,
					    &queue->node,
					    &device->paging_queues,
					    &device->dead);
	}
	if (ret) {
		dxgk_sync_unmap(fence);
		dxgk_paging_queue_send_destroy(queue, reply.paging_queue);
		return ret;
	}
	args->paging_queue.v = reply.paging_queue;
	args->sync_object.v = reply.sync_object;
	args->fence_cpu_virtual_address = address;
	return 0;
}

int dxgk_ioctl_create_paging_queue(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createpagingqueue *args = data;
	struct dxgk_paging_queue *queue;
	struct dxgk_device *device;
	int ret = -ENOMEM;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	queue = dxgk_paging_queue_alloc(device);
	if (queue) {
		ret = dxgk_paging_queue_create(queue, args);
		if (ret)
			dxgk_paging_queue_put(queue);
	}
	dxgk_device_put(device);
	return ret;
}

int dxgk_ioctl_destroy_paging_queue(struct dxgk_process *process, void *data)
{
	const struct d3dddi_destroypagingqueue *args = data;
	struct dxgk_paging_queue *queue;
	int ret = -EINVAL;

	queue = dxgk_paging_queue_lookup(process, args->paging_queue.v);
	if (!queue)
		return -EINVAL;
	if (dxgk_device_remove_queue(queue->device, &queue->base,
				     &queue->fence->base, &queue->node)) {
		dxgk_sync_unmap(queue->fence);
		dxgk_paging_queue_send_destroy(queue, queue->base.handle);
		dxgk_paging_queue_put(queue);
		ret = 0;
	}
	dxgk_paging_queue_put(queue);
	return ret;
}
