/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CPU waits: seen here if they can be, else armed on the host. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"
#include "trace.h"
#include "wait.h"

/* Waits of one process that are kept for threads to come back to. */
#define DXGK_WAITS_PARKED_MAX	64u

/**
 * struct dxgk_wait - a thread that waits, or will when it comes back
 * @event: what the host signals
 * @node: in dxgk_process.waits while a signal is being handled
 * @thread: whose it is
 * @device: with a reference, as are @objects
 * @flags: the caller's
 * @count: of @objects and @values
 * @objects: what it waits for: a handle may come to mean another object
 * @values: for each
 *
 * The host cannot be told to forget a wait. A thread that is interrupted a
 * hundred times would arm a hundred; so it finds its old one again.
 */
struct dxgk_wait {
	struct dxgk_event event;
	struct list_head node;
	pid_t thread;
	struct dxgk_device *device;
	u32 flags;
	u32 count;
	struct dxgk_sync *objects[DXGK_SYNC_LIST_MAX];
	u64 values[DXGK_SYNC_LIST_MAX];
};

/**
 * struct dxgk_cpu_wait - one call
 * @device: through which it waits
 * @flags: the caller's
 * @list: what it waits for, in @message
 * @message: sent only if the wait is not over before
 */
struct dxgk_cpu_wait {
	struct dxgk_device *device;
	u32 flags;
	struct dxgk_sync_list list;
	struct dxgk_message message;
};

static int dxgk_cpu_wait_init(struct dxgk_cpu_wait *call, u32 count)
{
	struct dxgk_wire_waitforsyncobjectfromcpu *request;
	struct dxgk_device *device = call->device;
	int ret;

	ret = dxgk_message_init(&call->message, device->process,
				device->adapter,
				DXGK_CMD_WAITFORSYNCOBJECTFROMCPU,
				sizeof(*request) +
				count * (sizeof(u32) + sizeof(u64)),
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		return ret;
	request = call->message.request;
	request->device = device->base.handle;
	request->object_count = count;
	request->flags = call->flags;
	call->list.count = count;
	call->list.handles = (u32 *)(request + 1);
	call->list.values = (u8 *)(call->list.handles + count);
	return 0;
}

/* Arm it on the host: the event is signalled once, perhaps at once. */
static int dxgk_wait_send(struct dxgk_cpu_wait *call, u64 event)
{
	struct dxgk_wire_waitforsyncobjectfromcpu *request =
		call->message.request;

	request->guest_event_id = event;
	return dxgk_message_send_status(&call->message);
}

static void dxgk_wait_release(struct dxgk_wait *wait)
{
	while (wait->count)
		dxgk_sync_put(wait->objects[--wait->count]);
	dxgk_device_put(wait->device);
	kfree(wait);
}

static void dxgk_wait_free(struct dxgk_process *process,
			   struct dxgk_wait *wait)
{
	dxgk_event_remove(process, &wait->event);
	dxgk_wait_release(wait);
}

/*
 * A thread may end, or do something else, and never come back: of too many the
 * oldest goes. If that one does come back it arms another.
 */
static void dxgk_wait_park(struct dxgk_process *process,
			   struct dxgk_wait *wait)
{
	struct dxgk_wait *oldest = NULL;

	spin_lock(&process->wait_lock);
	list_add(&wait->node, &process->waits);
	if (process->parked < DXGK_WAITS_PARKED_MAX) {
		process->parked++;
	} else {
		oldest = list_last_entry(&process->waits, struct dxgk_wait,
					 node);
		list_del(&oldest->node);
	}
	spin_unlock(&process->wait_lock);
	if (oldest)
		dxgk_wait_free(process, oldest);
}

/* What this thread has left behind, or NULL. */
static struct dxgk_wait *dxgk_wait_unpark(struct dxgk_process *process)
{
	struct dxgk_wait *wait, *found = NULL;

	spin_lock(&process->wait_lock);
	list_for_each_entry(wait, &process->waits, node) {
		if (wait->thread == current->pid) {
			list_del(&wait->node);
			process->parked--;
			found = wait;
			break;
		}
	}
	spin_unlock(&process->wait_lock);
	return found;
}

void dxgk_waits_forget(struct dxgk_process *process)
{
	struct dxgk_wait *wait, *next;

	list_for_each_entry_safe(wait, next, &process->waits, node)
		dxgk_wait_free(process, wait);
	INIT_LIST_HEAD(&process->waits);
	process->parked = 0;
}

static bool dxgk_wait_is_for(const struct dxgk_wait *wait,
			     struct dxgk_process *process,
			     const struct dxgk_sync_list *list)
{
	bool is_same = wait->count == list->count;
	struct dxgk_sync *sync;
	u32 i;

	for (i = 0; is_same && i < list->count; i++) {
		sync = dxgk_sync_lookup(process, list->handles[i]);
		/* Held by the wait, so its address is no other's. */
		is_same = sync && sync == wait->objects[i] &&
			  wait->values[i] == dxgk_sync_list_value(list, i);
		if (sync)
			dxgk_sync_put(sync);
	}
	return is_same;
}

/* Still under way: one that has ended says how it was then, not how it is. */
static bool dxgk_wait_is_same(struct dxgk_wait *wait,
			      const struct dxgk_cpu_wait *call)
{
	return wait->device == call->device && wait->flags == call->flags &&
	       !completion_done(&wait->event.done) &&
	       dxgk_wait_is_for(wait, call->device->process, &call->list);
}

static struct dxgk_wait *dxgk_wait_alloc(const struct dxgk_cpu_wait *call)
{
	const struct dxgk_sync_list *list = &call->list;
	struct dxgk_process *process = call->device->process;
	struct dxgk_wait *wait;
	u32 i;

	wait = kzalloc(sizeof(*wait), GFP_KERNEL_ACCOUNT);
	if (!wait)
		return ERR_PTR(-ENOMEM);
	wait->thread = current->pid;
	wait->flags = call->flags;
	dxgk_device_get(call->device);
	wait->device = call->device;
	/* The message may be gone when the thread comes back: a second copy. */
	for (i = 0; i < list->count; i++) {
		wait->objects[i] = dxgk_sync_lookup(process, list->handles[i]);
		if (!wait->objects[i]) {
			dxgk_wait_release(wait);
			return ERR_PTR(-EINVAL);
		}
		wait->values[i] = dxgk_sync_list_value(list, i);
		wait->count++;
	}
	return wait;
}

static struct dxgk_wait *dxgk_wait_arm(struct dxgk_cpu_wait *call)
{
	struct dxgk_wait *wait;
	int ret;

	wait = dxgk_wait_alloc(call);
	if (IS_ERR(wait))
		return wait;
	ret = dxgk_event_add(&wait->event, call->device);
	if (ret) {
		dxgk_wait_release(wait);
		return ERR_PTR(ret);
	}
	ret = dxgk_wait_send(call, wait->event.id);
	if (ret < 0) {
		dxgk_wait_free(call->device->process, wait);
		return ERR_PTR(ret);
	}
	return wait;
}

static int dxgk_wait_block(struct dxgk_cpu_wait *call)
{
	struct dxgk_process *process = call->device->process;
	struct dxgk_wait *wait;
	int ret;

	wait = dxgk_wait_unpark(process);
	if (wait && !dxgk_wait_is_same(wait, call)) {
		dxgk_wait_free(process, wait);
		wait = NULL;
	}
	if (!wait)
		wait = dxgk_wait_arm(call);
	if (IS_ERR(wait))
		return PTR_ERR(wait);
	trace_dxgk_wait_begin(process, wait->event.id, wait->count,
			      wait->flags & DXG_WAITFROMCPU_WAIT_ANY);
	if (wait_for_completion_interruptible(&wait->event.done)) {
		trace_dxgk_wait_end(process, wait->event.id, -ERESTARTSYS);
		dxgk_wait_park(process, wait);
		return -ERESTARTSYS;
	}
	ret = wait->event.result;
	trace_dxgk_wait_end(process, wait->event.id, ret);
	dxgk_wait_free(process, wait);
	return ret;
}

static int dxgk_wait_async(struct dxgk_cpu_wait *call, u64 fd)
{
	struct dxgk_device *device = call->device;
	struct dxgk_process *process = device->process;
	u64 event;
	int ret;

	ret = dxgk_event_add_fd(process, device->adapter, device, fd,
				DXGK_EVENT_FD_ONCE, &event);
	if (ret)
		return ret;
	ret = dxgk_wait_send(call, event);
	if (ret < 0)
		dxgk_event_cancel(process->global, event);
	return ret;
}

static int dxgk_wait_read(struct dxgk_cpu_wait *call,
			  const struct d3dkmt_waitforsynchronizationobjectfromcpu *args)
{
	struct dxgk_device *device = call->device;
	int ret;

	ret = dxgk_cpu_wait_init(call, args->object_count);
	if (!ret)
		ret = dxgk_sync_list_read(device->process, device->adapter,
					  &call->list, args->objects,
					  DXG_SYNC_OBJECT_NO_WAIT);
	if (!ret && !call->list.is_fence)
		ret = -EINVAL;
	return ret ? ret : dxgk_sync_list_read_values(&call->list,
						      args->fence_values);
}

static int dxgk_wait_run(struct dxgk_cpu_wait *call, u64 async_event)
{
	struct dxgk_device *device = call->device;

	if (!dxgk_adapter_is_active(device->adapter))
		return -ENODEV;
	if (dxgk_sync_list_reached(device->process, &call->list,
				   call->flags & DXG_WAITFROMCPU_WAIT_ANY))
		return async_event ? dxgk_event_fire_fd(async_event) : 0;
	if (async_event)
		return dxgk_wait_async(call, async_event);
	return dxgk_wait_block(call);
}

int dxgk_wait_arm_event(struct dxgk_device *device, u32 handle, u64 value,
			u64 event)
{
	struct dxgk_cpu_wait call;
	int ret;

	call.device = device;
	call.flags = 0;
	ret = dxgk_cpu_wait_init(&call, 1);
	if (!ret) {
		call.list.handles[0] = handle;
		dxgk_sync_list_set_value(&call.list, 0, value);
		ret = dxgk_wait_send(&call, event);
	}
	dxgk_message_end(&call.message);
	return ret < 0 ? ret : 0;
}

int dxgk_ioctl_wait_from_cpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitforsynchronizationobjectfromcpu *args = data;
	struct dxgk_cpu_wait call;
	int ret;

	if (!args->object_count ||
	    args->object_count > DXG_MAX_OBJECT_WAITED_ON)
		return -EINVAL;
	call.device = dxgk_device_lookup(process, args->device.v);
	if (!call.device)
		return -EINVAL;
	call.flags = args->flags;
	ret = dxgk_wait_read(&call, args);
	if (!ret)
		ret = dxgk_wait_run(&call, args->async_event);
	dxgk_message_end(&call.message);
	dxgk_device_put(call.device);
	return ret;
}
