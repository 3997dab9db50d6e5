/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Ids by which the host tells that something has happened. */
#ifndef DXGK_HOST_EVENT_H
#define DXGK_HOST_EVENT_H

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/types.h>

struct dxgk_device;
struct dxgk_global;
struct dxgk_adapter;
struct dxgk_process;
struct eventfd_ctx;

enum dxgk_event_kind {
	DXGK_EVENT_THREAD,	/* completes @done once; owned by the waiter */
	DXGK_EVENT_FD_ONCE,	/* signals @eventfd once and is freed */
	DXGK_EVENT_FD,		/* signals @eventfd every time */
	DXGK_EVENT_CALL,	/* calls @call once; owned by who registered it */
};

/**
 * struct dxgk_event - what an id stands for
 * @id: never used twice
 * @process: no reference: its events go before it does
 * @adapter: no reference: when it stops, its events are fired
 * @device: the same, or NULL: the event is the process's own
 * @result: -ENODEV when the adapter has stopped; for DXGK_EVENT_CALL -ECANCELED
 *	when the device or the process has ended
 * @call: who gets it has it alone: it is in the table no more. Without a lock
 *	held; does not sleep
 * @node: while it is on its way there
 */
struct dxgk_event {
	u64 id;
	enum dxgk_event_kind kind;
	struct dxgk_process *process;
	struct dxgk_adapter *adapter;
	struct dxgk_device *device;
	struct eventfd_ctx *eventfd;
	struct completion done;
	int result;
	void (*call)(struct dxgk_event *event);
	struct list_head node;
};

/* For DXGK_EVENT_THREAD: register the waiter's own event; 0 or -errno. */
int dxgk_event_add(struct dxgk_event *event, struct dxgk_device *device);
/* After this the host's signal finds nothing any more. */
void dxgk_event_remove(struct dxgk_process *process, struct dxgk_event *event);

/* For DXGK_EVENT_CALL: have @event->call called with the event, once. */
int dxgk_event_add_call(struct dxgk_event *event, struct dxgk_device *device,
			void (*call)(struct dxgk_event *event));
/* Take it back, without sleeping: true if it has not been, nor will be, called. */
bool dxgk_event_take(struct dxgk_global *global, struct dxgk_event *event);

/**
 * dxgk_event_add_fd() - have an eventfd signalled by the host
 * @device: whose end fires it as well, or NULL
 * @fd: the caller's eventfd; -EBADF if it is none
 * @kind: DXGK_EVENT_FD_ONCE or DXGK_EVENT_FD
 * @ret_id: what the host is to send
 */
int dxgk_event_add_fd(struct dxgk_process *process,
		      struct dxgk_adapter *adapter, struct dxgk_device *device,
		      u64 fd, enum dxgk_event_kind kind, u64 *ret_id);
/* Take it back; nothing happens when it has been fired and freed. */
void dxgk_event_cancel(struct dxgk_global *global, u64 id);
/* Signal an eventfd of the caller once, now. */
int dxgk_event_fire_fd(u64 fd);

/* From the host; does not sleep. */
void dxgk_event_signal(struct dxgk_global *global, u64 id);
/* The adapter has stopped: nobody waits for it any longer. */
void dxgk_events_release_adapter(struct dxgk_adapter *adapter);
/* The device is gone; so are its waits on the host. */
void dxgk_events_release_device(struct dxgk_device *device);
/* The device is going: its calls are made before the host lets its waits end. */
void dxgk_events_call_device(struct dxgk_device *device);
void dxgk_events_cancel_process(struct dxgk_process *process);

#endif /* DXGK_HOST_EVENT_H */
