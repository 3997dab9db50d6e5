/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Waits that are queued to contexts and hardware queues. */

#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"

static int dxgk_gpu_wait_send(struct dxgk_device *device, u32 handle,
			      const struct dxgk_sync_list *list)
{
	struct dxgk_wire_waitforsyncobjectfromgpu *request;
	struct dxgk_message message;
	u8 *tail;
	int ret;

	/* The host looks at one object of the older kinds only. */
	if (!list->is_fence && list->count != 1)
		return -EINVAL;
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_WAITFORSYNCOBJECTFROMGPU,
				sizeof(*request) +
				list->count * (sizeof(u32) + sizeof(u64)),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->context_or_hwqueue = handle;
		request->object_count = list->count;
		request->legacy_fence_object = !list->is_fence;
		/* Values first: the other way round than elsewhere. */
		tail = (u8 *)(request + 1);
		memcpy(tail, list->values, list->count * sizeof(u64));
		memcpy(tail + list->count * sizeof(u64), list->handles,
		       list->count * sizeof(u32));
		ret = dxgk_message_post(&message);
	}
	dxgk_message_end(&message);
	return ret;
}

static bool dxgk_gpu_wait_count_ok(u32 count)
{
	return count && count <= DXG_MAX_OBJECT_WAITED_ON;
}

/* @values: user address of one for each, or for older kinds the value. */
static int dxgk_gpu_wait_objects(struct dxgk_process *process,
				 struct dxgk_device *device, u32 handle,
				 u32 count, u64 handles, u64 values)
{
	struct dxgk_sync_list list = { .count = count };
	int ret;

	ret = dxgk_sync_list_read(process, &list, handles,
				  DXG_SYNC_OBJECT_NO_WAIT);
	if (ret)
		return ret;
	if (list.is_fence)
		ret = dxgk_sync_list_read_values(&list, values);
	else
		list.values[0] = values;
	return ret ? ret : dxgk_gpu_wait_send(device, handle, &list);
}

/* The older call: one value for all. */
int dxgk_ioctl_wait(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitforsynchronizationobject2 *args = data;
	struct dxgk_sync_list list = { .count = args->object_count };
	struct dxgk_context *context;
	int ret;
	u32 i;

	if (!dxgk_gpu_wait_count_ok(args->object_count))
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	for (i = 0; i < args->object_count; i++) {
		list.handles[i] = args->object_array[i].v;
		list.values[i] = args->fence.fence_value;
	}
	ret = dxgk_sync_list_check(process, &list, DXG_SYNC_OBJECT_NO_WAIT);
	if (!ret)
		ret = dxgk_gpu_wait_send(context->device, args->context.v,
					 &list);
	dxgk_context_put(context);
	return ret;
}

int dxgk_ioctl_wait_from_gpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitforsynchronizationobjectfromgpu *args = data;
	struct dxgk_context *context;
	int ret;

	if (!dxgk_gpu_wait_count_ok(args->object_count))
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	ret = dxgk_gpu_wait_objects(process, context->device, args->context.v,
				    args->object_count, args->objects,
				    args->monitored_fence_values);
	dxgk_context_put(context);
	return ret;
}

int dxgk_ioctl_wait_to_hw_queue(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_submitwaitforsyncobjectstohwqueue *args = data;
	struct dxgk_hw_queue *queue;
	int ret;

	if (!dxgk_gpu_wait_count_ok(args->object_count))
		return -EINVAL;
	queue = dxgk_hw_queue_lookup(process, args->hwqueue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_gpu_wait_objects(process, queue->context->device,
				    args->hwqueue.v, args->object_count,
				    args->objects, args->fence_values);
	dxgk_hw_queue_put(queue);
	return ret;
}
