/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Signals: from the CPU, and queued to contexts and hardware queues. */

#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"

/**
 * struct dxgk_signal - one signal on its way to the host
 * @device: whose contexts these are
 * @context_count: how many have to get there
 * @contexts: contexts or hardware queues, in @message
 * @list: what is signalled, in @message
 * @message: the whole of it
 */
struct dxgk_signal {
	struct dxgk_device *device;
	u32 context_count;
	u32 *contexts;
	struct dxgk_sync_list list;
	struct dxgk_message message;
};

/*
 * Room for the arrays, which are read into it: the caller sets @device before.
 * @has_values: each object may have a value of its own. Ended with
 * dxgk_message_end() anyway.
 */
static int dxgk_signal_init(struct dxgk_signal *signal, u32 flags,
			    u32 context_count, u32 object_count,
			    bool has_values)
{
	struct dxgk_device *device = signal->device;
	struct dxgk_wire_signalsyncobject *request;
	int ret;

	ret = dxgk_message_init(&signal->message, device->process,
				device->adapter, DXGK_CMD_SIGNALSYNCOBJECT,
				DXGK_WIRE_SIGNALSYNCOBJECT_TAIL +
				(object_count + context_count) * sizeof(u32) +
				(has_values ? object_count * sizeof(u64) : 0),
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		return ret;
	request = signal->message.request;
	request->object_count = object_count;
	request->flags = flags;
	request->context_count = context_count;
	signal->context_count = context_count;
	signal->list.count = object_count;
	signal->list.handles = (u32 *)(request + 1);
	signal->contexts = signal->list.handles + object_count;
	signal->list.values = (u8 *)(signal->contexts + context_count);
	return 0;
}

/* Older kinds have one value for all: only the length tells. */
static void dxgk_signal_set_value(struct dxgk_signal *signal, u64 value)
{
	struct dxgk_wire_signalsyncobject *request = signal->message.request;

	request->fence_value = value;
	signal->message.size -= signal->list.count * sizeof(u64);
}

/* With objects or instead of them, an eventfd when the contexts get there. */
static int dxgk_signal_send_event(struct dxgk_signal *signal, u64 fd)
{
	struct dxgk_wire_signalsyncobject *request = signal->message.request;
	struct dxgk_device *device = signal->device;
	u64 event;
	int ret;

	ret = dxgk_event_add_fd(device->process, device->adapter, device, fd,
				DXGK_EVENT_FD_ONCE, &event);
	if (ret)
		return ret;
	request->u.cpu_event_id = event;
	ret = dxgk_message_post(&signal->message);
	if (ret < 0)
		dxgk_event_cancel(device->process->global, event);
	return ret;
}

static bool dxgk_signal_count_ok(u32 count)
{
	return count && count <= DXG_MAX_OBJECT_SIGNALED;
}

/* The arrays are in the fixed arguments, and copied from there. */
static int dxgk_signal_legacy(struct dxgk_signal *signal,
			      const struct d3dkmt_signalsynchronizationobject2 *args)
{
	struct dxgk_process *process = signal->device->process;
	struct dxgk_wire_signalsyncobject *request;
	int ret;

	/* This one has a context beside those of the broadcast. */
	ret = dxgk_signal_init(signal, args->flags, args->context_count + 1,
			       args->object_count, false);
	if (ret)
		return ret;
	signal->contexts[0] = args->context.v;
	memcpy(signal->contexts + 1, args->contexts,
	       args->context_count * sizeof(u32));
	memcpy(signal->list.handles, args->object_array,
	       args->object_count * sizeof(u32));
	ret = dxgk_check_contexts(process, signal->device->adapter,
				  signal->contexts + 1, args->context_count);
	if (!ret)
		ret = dxgk_sync_list_check(process, signal->device->adapter,
					   &signal->list,
					   DXG_SYNC_OBJECT_NO_SIGNAL);
	if (ret)
		return ret;
	if (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT)
		return dxgk_signal_send_event(signal, args->cpu_event_handle);
	request = signal->message.request;
	request->fence_value = args->fence.fence_value;
	return dxgk_message_post(&signal->message);
}

int dxgk_ioctl_signal(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobject2 *args = data;
	bool is_event = args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT;
	struct dxgk_context *context;
	struct dxgk_signal signal;
	int ret;

	if (args->object_count > DXG_MAX_OBJECT_SIGNALED ||
	    (!args->object_count && !is_event) ||
	    args->context_count >= DXG_MAX_BROADCAST_CONTEXT)
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	ret = dxgk_signal_legacy(&signal, args);
	dxgk_message_end(&signal.message);
	dxgk_context_put(context);
	return ret;
}

/* The host could refuse a value that goes back only when it is too late. */
static int dxgk_signal_check_values(const struct dxgk_signal *signal)
{
	struct dxgk_process *process = signal->device->process;
	const struct dxgk_sync_list *list = &signal->list;
	struct dxgk_sync *sync;
	int ret = 0;
	u64 value;
	u32 i;

	for (i = 0; !ret && i < list->count; i++) {
		sync = dxgk_sync_lookup(process, list->handles[i]);
		if (!sync)
			return -EINVAL;
		if (dxgk_sync_value(sync, &value) &&
		    dxgk_sync_list_value(list, i) < value)
			ret = -EINVAL;
		dxgk_sync_put(sync);
	}
	return ret;
}

static int dxgk_signal_from_cpu(struct dxgk_signal *signal,
				const struct d3dkmt_signalsynchronizationobjectfromcpu *args)
{
	struct dxgk_device *device = signal->device;
	struct dxgk_wire_signalsyncobject *request;
	int ret;

	ret = dxgk_signal_init(signal, args->flags, 0, args->object_count,
			       true);
	if (ret)
		return ret;
	request = signal->message.request;
	request->u.device = device->base.handle;
	ret = dxgk_sync_list_read(device->process, device->adapter,
				  &signal->list, args->objects,
				  DXG_SYNC_OBJECT_NO_SIGNAL);
	if (!ret && !signal->list.is_fence)
		ret = -EINVAL;
	if (!ret)
		ret = dxgk_sync_list_read_values(&signal->list,
						 args->fence_values);
	if (!ret && !(args->flags & DXG_SIGNAL_ALLOW_FENCE_REWIND))
		ret = dxgk_signal_check_values(signal);
	return ret ? ret : dxgk_message_post(&signal->message);
}

int dxgk_ioctl_signal_from_cpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromcpu *args = data;
	struct dxgk_signal signal;
	int ret;

	if (!dxgk_signal_count_ok(args->object_count) ||
	    (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT))
		return -EINVAL;
	signal.device = dxgk_device_lookup(process, args->device.v);
	if (!signal.device)
		return -EINVAL;
	ret = dxgk_signal_from_cpu(&signal, args);
	dxgk_message_end(&signal.message);
	dxgk_device_put(signal.device);
	return ret;
}

/* @values: user address of one for each, or for older kinds the value. */
static int dxgk_signal_objects(struct dxgk_signal *signal, u64 handles,
			       u64 values)
{
	struct dxgk_device *device = signal->device;
	int ret;

	ret = dxgk_sync_list_read(device->process, device->adapter,
				  &signal->list, handles,
				  DXG_SYNC_OBJECT_NO_SIGNAL);
	if (ret)
		return ret;
	if (signal->list.is_fence)
		ret = dxgk_sync_list_read_values(&signal->list, values);
	else
		dxgk_signal_set_value(signal, values);
	return ret ? ret : dxgk_message_post(&signal->message);
}

int dxgk_ioctl_signal_from_gpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromgpu *args = data;
	struct dxgk_context *context;
	struct dxgk_signal signal;
	int ret;

	if (!dxgk_signal_count_ok(args->object_count))
		return -EINVAL;
	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	ret = dxgk_signal_init(&signal, 0, 1, args->object_count, true);
	if (!ret) {
		signal.contexts[0] = args->context.v;
		ret = dxgk_signal_objects(&signal, args->objects,
					  args->monitored_fence_values);
	}
	dxgk_message_end(&signal.message);
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

/*
 * Which adapter the message is for the first context tells: @first has been read
 * already, only the others are read here.
 */
static int dxgk_signal_read_contexts(struct dxgk_signal *signal, u32 first,
				     u64 contexts)
{
	signal->contexts[0] = first;
	return dxgk_copy_in(signal->contexts + 1, contexts + sizeof(first),
			    (signal->context_count - 1) * sizeof(first));
}

static int dxgk_signal_from_gpu2(struct dxgk_signal *signal, u32 first,
				 const struct d3dkmt_signalsynchronizationobjectfromgpu2 *args)
{
	struct dxgk_device *device = signal->device;
	int ret;

	ret = dxgk_signal_init(signal, args->flags, args->context_count,
			       args->object_count, true);
	if (!ret)
		ret = dxgk_signal_read_contexts(signal, first, args->contexts);
	if (!ret)
		ret = dxgk_check_contexts(device->process, device->adapter,
					  signal->contexts + 1,
					  signal->context_count - 1);
	if (ret)
		return ret;
	if (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT)
		return dxgk_signal_send_event(signal, args->cpu_event_handle);
	return dxgk_signal_objects(signal, args->objects,
				   args->monitored_fence_values);
}

int dxgk_ioctl_signal_from_gpu2(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_signalsynchronizationobjectfromgpu2 *args = data;
	struct dxgk_context *context;
	struct dxgk_signal signal;
	u32 first;
	int ret;

	ret = dxgk_signal_check_gpu2(args);
	if (!ret)
		ret = dxgk_copy_in(&first, args->contexts, sizeof(first));
	if (ret)
		return ret;
	context = dxgk_context_lookup(process, first);
	if (!context)
		return -EINVAL;
	signal.device = context->device;
	ret = dxgk_signal_from_gpu2(&signal, first, args);
	dxgk_message_end(&signal.message);
	dxgk_context_put(context);
	return ret;
}

static int dxgk_signal_to_hw_queue(struct dxgk_signal *signal, u32 first,
				   const struct d3dkmt_submitsignalsyncobjectstohwqueue *args)
{
	struct dxgk_device *device = signal->device;
	int ret;

	ret = dxgk_signal_init(signal, args->flags, args->hwqueue_count,
			       args->object_count, true);
	if (!ret)
		ret = dxgk_signal_read_contexts(signal, first, args->hwqueues);
	if (!ret)
		ret = dxgk_check_hw_queues(device->process, device->adapter,
					   signal->contexts + 1,
					   signal->context_count - 1);
	return ret ? ret : dxgk_signal_objects(signal, args->objects,
					       args->fence_values);
}

int dxgk_ioctl_signal_to_hw_queue(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_submitsignalsyncobjectstohwqueue *args = data;
	struct dxgk_hw_queue *queue;
	struct dxgk_signal signal;
	u32 first;
	int ret;

	/* There is no member for an event. */
	if (!args->hwqueue_count ||
	    args->hwqueue_count > DXG_MAX_BROADCAST_CONTEXT ||
	    !dxgk_signal_count_ok(args->object_count) ||
	    (args->flags & DXG_SIGNAL_ENQUEUE_CPU_EVENT))
		return -EINVAL;
	ret = dxgk_copy_in(&first, args->hwqueues, sizeof(first));
	if (ret)
		return ret;
	queue = dxgk_hw_queue_lookup(process, first);
	if (!queue)
		return -EINVAL;
	signal.device = queue->context->device;
	ret = dxgk_signal_to_hw_queue(&signal, first, args);
	dxgk_message_end(&signal.message);
	dxgk_hw_queue_put(queue);
	return ret;
}
