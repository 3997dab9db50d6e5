/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Waits that are queued to contexts and hardware queues. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"
#include "wait.h"

/* One wait on its way: @list lies in @message. */
struct dxgk_gpu_wait {
	struct dxgk_sync_list list;
	struct dxgk_message message;
};

/* @handle: context or hardware queue; ended with dxgk_message_end() anyway. */
static int dxgk_gpu_wait_init(struct dxgk_gpu_wait *wait,
			      struct dxgk_device *device, u32 handle,
			      u32 count)
{
	struct dxgk_wire_waitforsyncobjectfromgpu *request;
	int ret;

	ret = dxgk_message_init(&wait->message, device->process,
				device->adapter,
				DXGK_CMD_WAITFORSYNCOBJECTFROMGPU,
				sizeof(*request) +
				count * (sizeof(u32) + sizeof(u64)),
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		return ret;
	request = wait->message.request;
	request->context_or_hwqueue = handle;
	request->object_count = count;
	/* Values first: the other way round than elsewhere. */
	wait->list.count = count;
	wait->list.values = (u8 *)(request + 1);
	wait->list.handles = (u32 *)(wait->list.values + count * sizeof(u64));
	return 0;
}

static int dxgk_gpu_wait_send(struct dxgk_gpu_wait *wait)
{
	struct dxgk_wire_waitforsyncobjectfromgpu *request =
		wait->message.request;

	/* The host looks at one object of the older kinds only. */
	if (!wait->list.is_fence && wait->list.count != 1)
		return -EINVAL;
	request->legacy_fence_object = !wait->list.is_fence;
	return dxgk_message_post(&wait->message);
}

int dxgk_gpu_wait_for(struct dxgk_device *device, u32 handle, u32 fence,
		      u64 value)
{
	struct dxgk_gpu_wait wait;
	int ret;

	ret = dxgk_gpu_wait_init(&wait, device, handle, 1);
	if (!ret) {
		wait.list.is_fence = true;
		wait.list.handles[0] = fence;
		dxgk_sync_list_set_value(&wait.list, 0, value);
		ret = dxgk_gpu_wait_send(&wait);
	}
	dxgk_message_end(&wait.message);
	return ret;
}

static bool dxgk_gpu_wait_count_ok(u32 count)
{
	return count && count <= DXG_MAX_OBJECT_WAITED_ON;
}

/* @values: user address of one for each, or for older kinds the value. */
static int dxgk_gpu_wait_objects(struct dxgk_device *device, u32 handle,
				 u32 count, u64 handles, u64 values)
{
	struct dxgk_gpu_wait wait;
	int ret;

	ret = dxgk_gpu_wait_init(&wait, device, handle, count);
	if (!ret)
		ret = dxgk_sync_list_read(device->process, device->adapter,
					  &wait.list, handles,
					  DXG_SYNC_OBJECT_NO_WAIT);
	if (ret)
		goto out;
	if (wait.list.is_fence)
		ret = dxgk_sync_list_read_values(&wait.list, values);
	else
		dxgk_sync_list_set_value(&wait.list, 0, values);
	if (!ret)
		ret = dxgk_gpu_wait_send(&wait);
out:
	dxgk_message_end(&wait.message);
	return ret;
}

/* The older call: one value for all. Its array is in the fixed arguments. */
static int dxgk_gpu_wait_legacy(struct dxgk_device *device,
				const struct d3dkmt_waitforsynchronizationobject2 *args)
{
	struct dxgk_gpu_wait wait;
	int ret;
	u32 i;

	ret = dxgk_gpu_wait_init(&wait, device, args->context.v,
				 args->object_count);
	if (ret)
		goto out;
	for (i = 0; i < args->object_count; i++) {
		wait.list.handles[i] = args->object_array[i].v;
		dxgk_sync_list_set_value(&wait.list, i,
					 args->fence.fence_value);
	}
	ret = dxgk_sync_list_check(device->process, device->adapter,
				   &wait.list, DXG_SYNC_OBJECT_NO_WAIT);
	if (!ret)
		ret = dxgk_gpu_wait_send(&wait);
out:
	dxgk_message_end(&wait.message);
	return ret;
}

int dxgk_ioctl_wait(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitforsynchronizationobject2 *args = data;
	struct dxgk_context *context;
	int ret;

	if (!dxgk_gpu_wait_count_ok(args->object_count))
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	ret = dxgk_gpu_wait_legacy(context->device, args);
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
	ret = dxgk_gpu_wait_objects(context->device, args->context.v,
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
	ret = dxgk_gpu_wait_objects(queue->context->device, args->hwqueue.v,
				    args->object_count, args->objects,
				    args->fence_values);
	dxgk_hw_queue_put(queue);
	return ret;
}
