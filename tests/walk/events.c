/* SPDX-License-Identifier: MIT */
/* Waits with an event: set when the time comes, and not before. */
#include <poll.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "world.h"

static bool is_set(int fd, int ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, ms) == 1;
}

static void drop(struct walk_event *event)
{
	close(event->fd);
	walk_value_put(event->value);
	event->live = false;
}

/* What is reached for certain has set its event, or does so at once. */
void walk_events_look(struct walk *w)
{
	unsigned int i;

	for (i = 0; i < WALK_EVENTS; i++) {
		struct walk_event *event = &w->world->events[i];

		if (!event->live || event->value->lo < event->target)
			continue;
		if (!is_set(event->fd, WALK_PATIENCE_MS))
			walk_fail(w, "the event of value %u at %llu is not set",
				  event->value->id,
				  (unsigned long long)event->target);
		drop(event);
	}
}

/* The waits of a device end with it, satisfied or not. */
void walk_events_drop_device(struct walk *w, unsigned int device)
{
	unsigned int i;

	for (i = 0; i < WALK_EVENTS; i++) {
		struct walk_event *event = &w->world->events[i];

		if (!event->live || event->device != device)
			continue;
		if (!is_set(event->fd, WALK_PATIENCE_MS))
			walk_fail(w, "the device has gone without its events");
		drop(event);
	}
}

/*
 * A wait for what is not there. Once the value has been there, if only for a
 * moment, the event is set: so a fence that may go down again is left alone.
 */
void walk_fence_event(struct walk *w)
{
	unsigned int of = walk_pick(w, w->world->fences);
	unsigned int index = walk_room(w, w->world->events);
	struct walk_event *event;
	struct walk_fence *fence;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = { .ObjectCount = 1 };
	uint64_t target;

	if (of == WALK_NONE || index == WALK_NONE)
		return;
	fence = &w->world->fences[of];
	event = &w->world->events[index];
	target = fence->value->hi;
	if (target < UINT64_MAX - 4)
		target += walk_below(w, 4);
	event->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (event->fd < 0)
		walk_fail(w, "no eventfd");
	args.hDevice = w->world->devices[fence->device].handle;
	args.ObjectHandleArray = &fence->handle;
	args.FenceValueArray = &target;
	args.hAsyncEvent = (HANDLE)(uintptr_t)event->fd;
	if (!walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args),
		       fence->no_wait ? WALK_DENIED : WALK_OK,
		       "event for fence %u at %llu", fence->id,
		       (unsigned long long)target)) {
		close(event->fd);
		return;
	}
	event->live = true;
	event->device = fence->device;
	event->target = target;
	event->value = fence->value;
	walk_value_get(event->value);
	/* Not before its time: the most that the fence can be is less. */
	if (fence->value->hi < target && is_set(event->fd, 0))
		walk_fail(w, "the event of fence %u at %llu is set too early",
			  fence->id, (unsigned long long)target);
	walk_events_look(w);
}

/* An event of contexts instead of a fence's: set when they have come there. */
void walk_queue_event(struct walk *w)
{
	unsigned int index = walk_pick_queue(w);
	struct walk_queue *queue;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.BroadcastContextCount = 1,
	};
	int fd;

	if (index == WALK_NONE || w->world->queues[index].hardware)
		return;
	queue = &w->world->queues[index];
	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		walk_fail(w, "no eventfd");
	args.BroadcastContextArray = &queue->handle;
	args.Flags.EnqueueCpuEvent = 1;
	args.CpuEventHandle = (HANDLE)(uintptr_t)fd;
	walk_queued(queue);
	walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu2(&args), WALK_OK,
		  "queue %u sets an event", queue->id);
	if (walk_chance(w, 2)) {
		walk_pay(w);
		if (!is_set(fd, WALK_PATIENCE_MS))
			walk_fail(w, "queue %u does not set its event",
				  queue->id);
	}
	close(fd);
}
