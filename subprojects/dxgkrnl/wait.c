/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CPU waits: seen here if they can be, else armed on the host. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"
#include "sync-list.h"
#include "wait.h"

/**
 * struct dxgk_wait - a thread that waits, or will when it comes back
 * @event: what the host signals
 * @node: in dxgk_process.waits while a signal is being handled
 * @thread: whose it is
 * @flags: the caller's
 * @list: what it waits for
 *
 * The host cannot be told to forget a wait. A thread that is interrupted a
 * hundred times would arm a hundred; so it finds its old one again.
 */
struct dxgk_wait {
	struct dxgk_event event;
	struct list_head node;
	pid_t thread;
	u32 flags;
	struct dxgk_sync_list list;
};

static bool dxgk_wait_is_any(u32 flags)
{
	return flags & DXG_WAITFROMCPU_WAIT_ANY;
}

/* Arm it on the host: the event is signalled once, perhaps at once. */
static int dxgk_wait_send(struct dxgk_device *device,
			  const struct dxgk_sync_list *list, u32 flags,
			  u64 event)
{
	struct dxgk_wire_waitforsyncobjectfromcpu *request;
	struct dxgk_message message;
	u32 count = list->count;
	u8 *tail;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_WAITFORSYNCOBJECTFROMCPU,
				sizeof(*request) +
				count * (sizeof(u32) + sizeof(u64)),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->device = device->base.handle;
		request->object_count = count;
		request->flags = flags;
		request->guest_event_id = event;
		tail = (u8 *)(request + 1);
		memcpy(tail, list->handles, count * sizeof(u32));
		memcpy(tail + count * sizeof(u32), list->values,
		       count * sizeof(u64));
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	return ret;
}

static void dxgk_wait_free(struct dxgk_process *process,
			   struct dxgk_wait *wait)
{
	dxgk_event_remove(process, &wait->event);
	kfree(wait);
}

static void dxgk_wait_park(struct dxgk_process *process,
			   struct dxgk_wait *wait)
{
	spin_lock(&process->wait_lock);
	list_add(&wait->node, &process->waits);
	spin_unlock(&process->wait_lock);
}

/* What this thread has left behind, or NULL. */
static struct dxgk_wait *dxgk_wait_unpark(struct dxgk_process *process)
{
	struct dxgk_wait *wait, *found = NULL;

	spin_lock(&process->wait_lock);
	list_for_each_entry(wait, &process->waits, node) {
		if (wait->thread == current->pid) {
			list_del(&wait->node);
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
}

/* Still under way: one that has ended says how it was then, not how it is. */
static bool dxgk_wait_is_same(struct dxgk_wait *wait,
			      struct dxgk_device *device,
			      const struct dxgk_sync_list *list, u32 flags)
{
	return wait->event.device == device && wait->flags == flags &&
	       !completion_done(&wait->event.done) &&
	       wait->list.count == list->count &&
	       !memcmp(wait->list.handles, list->handles,
		       list->count * sizeof(u32)) &&
	       !memcmp(wait->list.values, list->values,
		       list->count * sizeof(u64));
}

static struct dxgk_wait *dxgk_wait_arm(struct dxgk_device *device,
				       const struct dxgk_sync_list *list,
				       u32 flags)
{
	struct dxgk_wait *wait;
	int ret;

	wait = kzalloc(sizeof(*wait), GFP_KERNEL);
	if (!wait)
		return ERR_PTR(-ENOMEM);
	wait->thread = current->pid;
	wait->flags = flags;
	wait->list = *list;
	ret = dxgk_event_add(&wait->event, device);
	if (ret) {
		kfree(wait);
		return ERR_PTR(ret);
	}
	ret = dxgk_wait_send(device, list, flags, wait->event.id);
	if (ret < 0) {
		dxgk_wait_free(device->process, wait);
		return ERR_PTR(ret);
	}
	return wait;
}

static int dxgk_wait_block(struct dxgk_device *device,
			   const struct dxgk_sync_list *list, u32 flags)
{
	struct dxgk_process *process = device->process;
	struct dxgk_wait *wait;
	int ret;

	wait = dxgk_wait_unpark(process);
	if (wait && !dxgk_wait_is_same(wait, device, list, flags)) {
		dxgk_wait_free(process, wait);
		wait = NULL;
	}
	if (!wait)
		wait = dxgk_wait_arm(device, list, flags);
	if (IS_ERR(wait))
		return PTR_ERR(wait);
	if (wait_for_completion_interruptible(&wait->event.done)) {
		dxgk_wait_park(process, wait);
		return -ERESTARTSYS;
	}
	ret = wait->event.result;
	dxgk_wait_free(process, wait);
	return ret;
}

static int dxgk_wait_async(struct dxgk_device *device,
			   const struct dxgk_sync_list *list, u32 flags, u64 fd)
{
	struct dxgk_process *process = device->process;
	u64 event;
	int ret;

	ret = dxgk_event_add_fd(process, device->adapter, device, fd,
				DXGK_EVENT_FD_ONCE, &event);
	if (ret)
		return ret;
	ret = dxgk_wait_send(device, list, flags, event);
	if (ret < 0)
		dxgk_event_cancel(process->global, event);
	return ret;
}

static int dxgk_wait_run(struct dxgk_device *device,
			 const struct dxgk_sync_list *list,
			 const struct d3dkmt_waitforsynchronizationobjectfromcpu *args)
{
	if (!dxgk_adapter_is_active(device->adapter))
		return -ENODEV;
	if (dxgk_sync_list_reached(device->process, list,
				   dxgk_wait_is_any(args->flags)))
		return args->async_event ?
		       dxgk_event_fire_fd(args->async_event) : 0;
	if (args->async_event)
		return dxgk_wait_async(device, list, args->flags,
				       args->async_event);
	return dxgk_wait_block(device, list, args->flags);
}

int dxgk_ioctl_wait_from_cpu(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitforsynchronizationobjectfromcpu *args = data;
	struct dxgk_sync_list list = { .count = args->object_count };
	struct dxgk_device *device;
	int ret;

	if (!args->object_count ||
	    args->object_count > DXG_MAX_OBJECT_WAITED_ON)
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_sync_list_read(process, &list, args->objects,
				  DXG_SYNC_OBJECT_NO_WAIT);
	if (!ret && !list.is_fence)
		ret = -EINVAL;
	if (!ret)
		ret = dxgk_sync_list_read_values(&list, args->fence_values);
	if (!ret)
		ret = dxgk_wait_run(device, &list, args);
	dxgk_device_put(device);
	return ret;
}
