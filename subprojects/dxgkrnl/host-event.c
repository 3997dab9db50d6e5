/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Keeps the ids under which the host reports, and passes its signals on. */

#include <linux/eventfd.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "compat.h"
#include "dxgkrnl.h"
#include "host-event.h"
#include "trace.h"

/* How many events a walk over the table looks at before it lets others in. */
#define DXGK_EVENTS_AT_ONCE	64u

/*
 * An event is fired, removed and freed under the table's lock, so that whoever
 * finds it there owns it: the host may signal while the waiter gives up.
 */

/* Once it is in the table, only who waits for it in person may look at it. */
static int dxgk_event_insert(struct dxgk_event *event,
			     struct dxgk_process *process,
			     struct dxgk_adapter *adapter,
			     struct dxgk_device *device, u64 *ret_id)
{
	struct dxgk_global *global = process->global;
	u64 id = atomic64_inc_return(&global->next_event);
	int ret;

	event->process = process;
	event->adapter = adapter;
	event->device = device;
	event->result = 0;
	event->id = id;
	ret = xa_insert_irq(&global->events, id, event, GFP_KERNEL);
	if (!ret)
		*ret_id = id;
	return ret;
}

int dxgk_event_add(struct dxgk_event *event, struct dxgk_device *device)
{
	u64 id;

	event->kind = DXGK_EVENT_THREAD;
	event->eventfd = NULL;
	init_completion(&event->done);
	return dxgk_event_insert(event, device->process, device->adapter,
				 device, &id);
}

int dxgk_event_add_call(struct dxgk_event *event, struct dxgk_device *device,
			void (*call)(struct dxgk_event *event))
{
	u64 id;

	event->kind = DXGK_EVENT_CALL;
	event->eventfd = NULL;
	event->call = call;
	return dxgk_event_insert(event, device->process, device->adapter,
				 device, &id);
}

bool dxgk_event_take(struct dxgk_global *global, struct dxgk_event *event)
{
	return xa_erase_irq(&global->events, event->id);
}

void dxgk_event_remove(struct dxgk_process *process, struct dxgk_event *event)
{
	xa_erase_irq(&process->global->events, event->id);
}

/* HANDLE on the other side of the ABI: no event, and not a descriptor. */
static struct eventfd_ctx *dxgk_eventfd_get(u64 fd)
{
	struct eventfd_ctx *context;

	if (!fd || fd > INT_MAX)
		return ERR_PTR(-EBADF);
	context = eventfd_ctx_fdget(fd);
	/* An open descriptor of another kind; the others mean what they say. */
	return context == ERR_PTR(-EINVAL) ? ERR_PTR(-EBADF) : context;
}

static void dxgk_event_free(struct dxgk_event *event)
{
	eventfd_ctx_put(event->eventfd);
	kfree(event);
}

int dxgk_event_add_fd(struct dxgk_process *process,
		      struct dxgk_adapter *adapter, struct dxgk_device *device,
		      u64 fd, enum dxgk_event_kind kind, u64 *ret_id)
{
	struct eventfd_ctx *context;
	struct dxgk_event *event;
	int ret;

	context = dxgk_eventfd_get(fd);
	if (IS_ERR(context))
		return PTR_ERR(context);
	event = kzalloc(sizeof(*event), GFP_KERNEL_ACCOUNT);
	if (!event) {
		eventfd_ctx_put(context);
		return -ENOMEM;
	}
	event->kind = kind;
	event->eventfd = context;
	ret = dxgk_event_insert(event, process, adapter, device, ret_id);
	if (ret)
		dxgk_event_free(event);
	return ret;
}

void dxgk_event_cancel(struct dxgk_global *global, u64 id)
{
	struct dxgk_event *event = xa_erase_irq(&global->events, id);

	if (event)
		dxgk_event_free(event);
}

int dxgk_event_fire_fd(u64 fd)
{
	struct eventfd_ctx *context = dxgk_eventfd_get(fd);

	if (IS_ERR(context))
		return PTR_ERR(context);
	dxgk_eventfd_signal(context);
	eventfd_ctx_put(context);
	return 0;
}

/* With the table's lock held; what is to be called goes to @calls. */
static void dxgk_event_fire(struct dxgk_global *global,
			    struct dxgk_event *event, int result,
			    struct list_head *calls)
{
	switch (event->kind) {
	case DXGK_EVENT_THREAD:
		__xa_erase(&global->events, event->id);
		event->result = result;
		complete(&event->done);
		break;
	case DXGK_EVENT_FD_ONCE:
		__xa_erase(&global->events, event->id);
		dxgk_eventfd_signal(event->eventfd);
		dxgk_event_free(event);
		break;
	case DXGK_EVENT_FD:
		dxgk_eventfd_signal(event->eventfd);
		break;
	case DXGK_EVENT_CALL:
		__xa_erase(&global->events, event->id);
		event->result = result;
		list_add_tail(&event->node, calls);
		break;
	}
}

/* Without the lock: whoever is called may come back for the table. */
static void dxgk_events_call(struct list_head *calls)
{
	struct dxgk_event *event, *next;

	list_for_each_entry_safe(event, next, calls, node)
		event->call(event);
}

void dxgk_event_signal(struct dxgk_global *global, u64 id)
{
	struct dxgk_event *event;
	unsigned long flags;
	LIST_HEAD(calls);

	xa_lock_irqsave(&global->events, flags);
	event = xa_load(&global->events, id);
	trace_dxgk_host_event(id, event);
	if (event)
		dxgk_event_fire(global, event, 0, &calls);
	xa_unlock_irqrestore(&global->events, flags);
	dxgk_events_call(&calls);
}

/*
 * Done to each event of a walk with the table's lock held; what is to be called goes
 * to @calls.
 */
typedef void dxgk_event_visit(struct dxgk_global *global,
			      struct dxgk_event *event, const void *owner,
			      struct list_head *calls);

/*
 * Over all events that are there when it begins: what comes meanwhile has a higher
 * id, as if it had come behind the walk. Programs have as many events as they like,
 * and interrupts are off under the lock, so others are let in between.
 */
static void dxgk_events_walk(struct dxgk_global *global,
			     dxgk_event_visit *visit, const void *owner)
{
	unsigned long last = atomic64_read(&global->next_event);
	struct dxgk_event *event;
	unsigned int seen = 0;
	unsigned long flags;
	unsigned long id;
	LIST_HEAD(calls);

	xa_lock_irqsave(&global->events, flags);
	xa_for_each_range(&global->events, id, event, 0, last) {
		visit(global, event, owner, &calls);
		if (++seen % DXGK_EVENTS_AT_ONCE)
			continue;
		xa_unlock_irqrestore(&global->events, flags);
		cond_resched();
		xa_lock_irqsave(&global->events, flags);
	}
	xa_unlock_irqrestore(&global->events, flags);
	dxgk_events_call(&calls);
}

static void dxgk_event_end_adapter(struct dxgk_global *global,
				   struct dxgk_event *event, const void *owner,
				   struct list_head *calls)
{
	if (event->adapter == owner)
		dxgk_event_fire(global, event, -ENODEV, calls);
}

void dxgk_events_release_adapter(struct dxgk_adapter *adapter)
{
	dxgk_events_walk(adapter->global, dxgk_event_end_adapter, adapter);
}

static void dxgk_event_end_call(struct dxgk_global *global,
				struct dxgk_event *event, const void *owner,
				struct list_head *calls)
{
	if (event->device == owner && event->kind == DXGK_EVENT_CALL)
		dxgk_event_fire(global, event, -ECANCELED, calls);
}

void dxgk_events_call_device(struct dxgk_device *device)
{
	dxgk_events_walk(device->process->global, dxgk_event_end_call, device);
}

/* A wait ends as when the device is lost: satisfied. */
static void dxgk_event_end_device(struct dxgk_global *global,
				  struct dxgk_event *event, const void *owner,
				  struct list_head *calls)
{
	int result = event->kind == DXGK_EVENT_CALL ? -ECANCELED : 0;

	if (event->device == owner)
		dxgk_event_fire(global, event, result, calls);
}

void dxgk_events_release_device(struct dxgk_device *device)
{
	dxgk_events_walk(device->process->global, dxgk_event_end_device,
			 device);
}

/* Its process ends: nobody is told, but who has to know. */
static void dxgk_event_end_process(struct dxgk_global *global,
				   struct dxgk_event *event, const void *owner,
				   struct list_head *calls)
{
	if (event->process != owner)
		return;
	if (event->kind == DXGK_EVENT_CALL) {
		dxgk_event_fire(global, event, -ECANCELED, calls);
		return;
	}
	__xa_erase(&global->events, event->id);
	if (event->kind != DXGK_EVENT_THREAD)
		dxgk_event_free(event);
}

void dxgk_events_cancel_process(struct dxgk_process *process)
{
	dxgk_events_walk(process->global, dxgk_event_end_process, process);
}
