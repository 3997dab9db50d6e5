/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Signals: from the CPU, and queued to contexts and hardware queues. */

#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"

/* The older call has one context beside those of the broadcast. */
#define DXGK_SIGNAL_CONTEXTS_MAX	DXG_MAX_BROADCAST_CONTEXT

/**
 * struct dxgk_signal - one signal on its way to the host
 * @device: whose contexts these are
 * @from_cpu: the message names the device
 * @has_values: each object has a value of its own
 * @flags: the caller's
 * @fence_value: the one value of the older kinds
 * @event: host event instead of objects, or 0
 * @context_count: how many have to get there
 * @contexts: contexts or hardware queues
 * @list: what is signalled
 */
struct dxgk_signal {
	struct dxgk_device *device;
	bool from_cpu;
	bool has_values;
	u32 flags;
	u64 fence_value;
	u64 event;
	u32 context_count;
	u32 contexts[DXGK_SIGNAL_CONTEXTS_MAX];
	struct dxgk_sync_list list;
};

static void dxgk_signal_fill(struct dxgk_wire_signalsyncobject *request,
			     const struct dxgk_signal *signal)
{
	const struct dxgk_sync_list *list = &signal->list;
	u8 *tail = (u8 *)(request + 1);

	request->object_count = list->count;
	request->flags = signal->flags;
	request->context_count = signal->context_count;
	request->fence_value = signal->fence_value;
	if (signal->event)
		request->u.cpu_event_id = signal->event;
	else if (signal->from_cpu)
		request->u.device = signal->device->base.handle;
	memcpy(tail, list->handles, list->count * sizeof(u32));
	tail += list->count * sizeof(u32);
	memcpy(tail, signal->contexts, signal->context_count * sizeof(u32));
	tail += signal->context_count * sizeof(u32);
	if (signal->has_values)
		memcpy(tail, list->values, list->count * sizeof(u64));
}

static int dxgk_signal_send(const struct dxgk_signal *signal)
{
	struct dxgk_device *device = signal->device;
	struct dxgk_message message;
	u32 count = signal->list.count;
	u32 size = DXGK_WIRE_SIGNALSYNCOBJECT_TAIL +
		   (count + signal->context_count) * sizeof(u32) +
		   (signal->has_values ? count * sizeof(u64) : 0);
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_SIGNALSYNCOBJECT, size,
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_signal_fill(message.request, signal);
		ret = dxgk_message_post(&message);
	}
	dxgk_message_end(&message);
	return ret;
}

/* Instead of objects, an eventfd when the contexts get there. */
static int dxgk_signal_send_event(struct dxgk_signal *signal, u64 fd)
{
	struct dxgk_device *device = signal->device;
	int ret;

	ret = dxgk_event_add_fd(device->process, device->adapter, device, fd,
				DXGK_EVENT_FD_ONCE, &signal->event);
	if (ret)
		return ret;
	ret = dxgk_signal_send(signal);
	if (ret < 0)
		dxgk_event_cancel(device->process->global, signal->event);
	return ret;
}

static bool dxgk_signal_count_ok(u32 count)
{
	return count && count <= DXG_MAX_OBJECT_SIGNALED;
}

int dxgk_ioctl_signal(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobject2 *args = data;
	struct dxgk_signal signal = { .flags = args->flags };
	bool is_event = args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT;
	struct dxgk_context *context;
	int ret;

	if (args->object_count > DXG_MAX_OBJECT_SIGNALED ||
	    (!args->object_count && !is_event) ||
	    args->context_count >= DXGK_SIGNAL_CONTEXTS_MAX)
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	signal.contexts[0] = args->context.v;
	memcpy(signal.contexts + 1, args->contexts,
	       args->context_count * sizeof(u32));
	signal.context_count = args->context_count + 1;
	signal.list.count = args->object_count;
	memcpy(signal.list.handles, args->object_array,
	       args->object_count * sizeof(u32));
	ret = dxgk_check_contexts(process, signal.device->adapter,
				  signal.contexts + 1, args->context_count);
	if (!ret)
		ret = dxgk_sync_list_check(process, &signal.list,
					   DXG_SYNC_OBJECT_NO_SIGNAL);
	if (!ret && is_event) {
		ret = dxgk_signal_send_event(&signal, args->cpu_event_handle);
	} else if (!ret) {
		signal.fence_value = args->fence.fence_value;
		ret = dxgk_signal_send(&signal);
	}
	dxgk_context_put(context);
	return ret;
}

/* The host could refuse a value that goes back only when it is too late. */
static int dxgk_signal_check_values(struct dxgk_process *process,
				    const struct dxgk_signal *signal)
{
	const struct dxgk_sync_list *list = &signal->list;
	struct dxgk_sync *sync;
	int ret = 0;
	u64 value;
	u32 i;

	if (signal->flags & DXG_SIGNAL_ALLOW_FENCE_REWIND)
		return 0;
	for (i = 0; !ret && i < list->count; i++) {
		sync = dxgk_sync_lookup(process, list->handles[i]);
		if (!sync)
			return -EINVAL;
		if (dxgk_sync_value(sync, &value) && list->values[i] < value)
			ret = -EINVAL;
		dxgk_sync_put(sync);
	}
	return ret;
}

int dxgk_ioctl_signal_from_cpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromcpu *args = data;
	struct dxgk_signal signal = { .flags = args->flags };
	int ret;

	if (!dxgk_signal_count_ok(args->object_count) ||
	    (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT))
		return -EINVAL;
	signal.device = dxgk_device_lookup(process, args->device.v);
	if (!signal.device)
		return -EINVAL;
	signal.from_cpu = true;
	signal.has_values = true;
	signal.list.count = args->object_count;
	ret = dxgk_sync_list_read(process, &signal.list, args->objects,
				  DXG_SYNC_OBJECT_NO_SIGNAL);
	if (!ret && !signal.list.is_fence)
		ret = -EINVAL;
	if (!ret)
		ret = dxgk_sync_list_read_values(&signal.list,
						 args->fence_values);
	if (!ret)
		ret = dxgk_signal_check_values(process, &signal);
	if (!ret)
		ret = dxgk_signal_send(&signal);
	dxgk_device_put(signal.device);
	return ret;
}

/* @values: user address of one for each, or for older kinds the value. */
static int dxgk_signal_objects(struct dxgk_process *process,
			       struct dxgk_signal *signal, u32 count,
			       u64 handles, u64 values)
{
	int ret;

	signal->list.count = count;
	ret = dxgk_sync_list_read(process, &signal->list, handles,
				  DXG_SYNC_OBJECT_NO_SIGNAL);
	if (ret)
		return ret;
	if (signal->list.is_fence) {
		signal->has_values = true;
		ret = dxgk_sync_list_read_values(&signal->list, values);
	} else {
		signal->fence_value = values;
	}
	return ret ? ret : dxgk_signal_send(signal);
}

int dxgk_ioctl_signal_from_gpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromgpu *args = data;
	struct dxgk_signal signal = { .context_count = 1 };
	struct dxgk_context *context;
	int ret;

	if (!dxgk_signal_count_ok(args->object_count))
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	signal.contexts[0] = args->context.v;
	ret = dxgk_signal_objects(process, &signal, args->object_count,
				  args->objects, args->monitored_fence_values);
	dxgk_context_put(context);
	return ret;
}

/* With an event no objects, and the other way round. */
static int
dxgk_signal_check_gpu2(const struct d3dkmt_signalsynchronizationobjectfromgpu2 *args)
{
	bool is_event = args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT;

	if (!args->context_count ||
	    args->context_count > DXG_MAX_BROADCAST_CONTEXT)
		return -EINVAL;
	if (is_event)
		return args->object_count || !args->cpu_event_handle ?
		       -EINVAL : 0;
	return dxgk_signal_count_ok(args->object_count) ? 0 : -EINVAL;
}

int dxgk_ioctl_signal_from_gpu2(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromgpu2 *args = data;
	struct dxgk_signal signal = {
		.flags = args->flags,
		.context_count = args->context_count,
	};
	struct dxgk_context *context;
	int ret;

	ret = dxgk_signal_check_gpu2(args);
	if (!ret)
		ret = dxgk_copy_in(signal.contexts, args->contexts,
				   args->context_count * sizeof(u32));
	if (ret)
		return ret;
	context = dxgk_context_lookup(process, signal.contexts[0]);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	ret = dxgk_check_contexts(process, signal.device->adapter,
				  signal.contexts + 1,
				  signal.context_count - 1);
	if (!ret && (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT))
		ret = dxgk_signal_send_event(&signal, args->cpu_event_handle);
	else if (!ret)
		ret = dxgk_signal_objects(process, &signal, args->object_count,
					  args->objects,
					  args->monitored_fence_values);
	dxgk_context_put(context);
	return ret;
}

int dxgk_ioctl_signal_to_hw_queue(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_submitsignalsyncobjectstohwqueue *args = data;
	struct dxgk_signal signal = {
		.flags = args->flags,
		.context_count = args->hwqueue_count,
	};
	struct dxgk_hw_queue *queue;
	int ret;

	/* There is no member for an event. */
	if (!args->hwqueue_count ||
	    args->hwqueue_count > DXG_MAX_BROADCAST_CONTEXT ||
	    !dxgk_signal_count_ok(args->object_count) ||
	    (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT))
		return -EINVAL;
	ret = dxgk_copy_in(signal.contexts, args->hwqueues,
			   args->hwqueue_count * sizeof(u32));
	if (ret)
		return ret;
	queue = dxgk_hw_queue_lookup(process, signal.contexts[0]);
	if (!queue)
		return -EINVAL;
	signal.device = queue->context->device;
	ret = dxgk_check_hw_queues(process, signal.device->adapter,
				   signal.contexts + 1,
				   signal.context_count - 1);
	if (!ret)
		ret = dxgk_signal_objects(process, &signal, args->object_count,
					  args->objects, args->fence_values);
	dxgk_hw_queue_put(queue);
	return ret;
}
