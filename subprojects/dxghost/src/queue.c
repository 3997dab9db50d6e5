/* SPDX-License-Identifier: MIT */
/* Queues of work for an engine: those of contexts and of hardware queues. */
#include <stdlib.h>

#include "device.h"
#include "engine.h"
#include "queue.h"
#include "signal.h"

void dxghost_queue_init(struct dxghost_queue *queue,
			struct dxghost_device *device, uint32_t node)
{
	struct dxghost_space *space = device->object.space;

	list_init(&queue->ready_link);
	list_init(&queue->works);
	list_init(&queue->mutexes);
	list_add_tail(&queue->space_link, &space->queues);
	queue->device = device;
	queue->engine = space->adapter->engines[node];
}

struct dxghost_work *dxghost_work_create(enum dxghost_work_kind kind)
{
	struct dxghost_work *work = calloc(1, sizeof(*work));

	if (!work)
		return NULL;
	list_init(&work->link);
	work->kind = kind;
	return work;
}

bool dxghost_queue_idle(const struct dxghost_queue *queue)
{
	return list_empty(&queue->works) && !queue->running;
}

void dxghost_queue_ready(struct dxghost_queue *queue)
{
	if (queue->running || queue->blocked || list_empty(&queue->works) ||
	    !list_empty(&queue->ready_link))
		return;
	dxghost_engine_add(queue->engine, queue);
}

void dxghost_queue_push(struct dxghost_queue *queue, struct dxghost_work *work)
{
	list_add_tail(&work->link, &queue->works);
	if (work->kind == DXGHOST_WORK_SIGNAL)
		dxghost_signals_early(queue);
	dxghost_queue_ready(queue);
}

void dxghost_work_free(struct dxghost_work *work)
{
	list_del(&work->link);
	free(work);
}

void dxghost_queue_pop(struct dxghost_queue *queue)
{
	dxghost_work_free(list_first(&queue->works, struct dxghost_work, link));
}

static void work_drop(struct dxghost *host, struct dxghost_work *work,
		      bool lost)
{
	switch (work->kind) {
	case DXGHOST_WORK_WAIT:
		dxghost_wait_cancel(host, work->u.wait);
		break;
	case DXGHOST_WORK_SIGNAL:
		if (work->u.signal)
			dxghost_signal_abort(host, work, lost);
		break;
	case DXGHOST_WORK_RETIRE:
		dxghost_retire_reach(host, work->u.retire);
		break;
	case DXGHOST_WORK_BUFFER:
		break;
	}
	dxghost_work_free(work);
}

void dxghost_queue_drop(struct dxghost *host, struct dxghost_queue *queue)
{
	bool lost = queue->device->state != DXGHOST_ACTIVE &&
		    queue->device->state != DXGHOST_STOPPED;
	struct dxghost_list dropped, *head = queue->works.next;

	/* The engine frees the head that it has in hand. */
	if (queue->running && !list_empty(&queue->works)) {
		list_del(head);
		list_take(&dropped, &queue->works);
		list_add_tail(head, &queue->works);
	} else {
		list_take(&dropped, &queue->works);
		list_del(&queue->ready_link);
		queue->blocked = false;
	}
	while (!list_empty(&dropped))
		work_drop(host, list_first(&dropped, struct dxghost_work, link),
			  lost);
	dxghost_changed(host);
}

void dxghost_queue_drain(struct dxghost *host, struct dxghost_queue *queue)
{
	uint64_t patience = host->profile.drain_ms * 1000000ull;
	uint64_t deadline = dxghost_now() + patience;

	/* Only time spent held up counts: an engine ends what it has begun. */
	while (!dxghost_queue_idle(queue)) {
		bool held = queue->blocked || queue->waiting;

		if (!held)
			deadline = dxghost_now() + patience;
		else if (dxghost_now() >= deadline)
			break;
		dxghost_wait_change(host, deadline);
	}
}

void dxghost_queue_stop(struct dxghost *host, struct dxghost_queue *queue)
{
	queue->dying = true;
	dxghost_queue_drop(host, queue);
	dxghost_engine_wake(queue->engine);
	while (queue->running)
		dxghost_wait_change(host, DXGHOST_FOREVER);
	dxghost_queue_drop(host, queue);
	dxghost_mutexes_release(host, queue);
	list_del(&queue->space_link);
}

static void queue_wait_done(struct dxghost *host, struct dxghost_wait *wait)
{
	struct dxghost_queue *queue = wait->queue;

	(void)host;
	free(wait);
	dxghost_queue_pop(queue);
	queue->blocked = false;
	dxghost_queue_ready(queue);
}

bool dxghost_queue_wait(struct dxghost *host, struct dxghost_queue *queue)
{
	struct dxghost_wait *wait =
		list_first(&queue->works, struct dxghost_work, link)->u.wait;

	wait->queue = queue;
	wait->done = queue_wait_done;
	queue->blocked = true;
	dxghost_wait_arm(host, wait);
	return queue->blocked;
}

void dxghost_retire_reach(struct dxghost *host, struct dxghost_retire *retire)
{
	if (!--retire->pending)
		retire->done(host, retire);
}

bool dxghost_retire_start(struct dxghost_space *space,
			  struct dxghost_retire *retire)
{
	struct dxghost_list markers, *it;
	struct dxghost_work *work;

	list_init(&markers);
	list_for_each(it, &space->queues) {
		if (dxghost_queue_idle(list_entry(it, struct dxghost_queue,
						  space_link)))
			continue;
		work = dxghost_work_create(DXGHOST_WORK_RETIRE);
		if (!work)
			goto err_free_markers;
		work->u.retire = retire;
		list_add_tail(&work->link, &markers);
	}
	retire->pending = 1;
	list_for_each(it, &space->queues) {
		struct dxghost_queue *queue =
			list_entry(it, struct dxghost_queue, space_link);

		if (dxghost_queue_idle(queue))
			continue;
		work = list_first(&markers, struct dxghost_work, link);
		list_del(&work->link);
		retire->pending++;
		dxghost_queue_push(queue, work);
	}
	dxghost_retire_reach(space->process->host, retire);
	return true;

err_free_markers:
	while (!list_empty(&markers))
		dxghost_work_free(list_first(&markers, struct dxghost_work, link));
	return false;
}
