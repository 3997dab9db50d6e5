/* SPDX-License-Identifier: MIT */
/* When a signal in a queue has its effect: in its turn, or earlier. */
#include <stdlib.h>

#include "device.h"
#include "signal.h"
#include "sync.h"

struct dxghost_signal *dxghost_signal_create(uint32_t count, uint32_t queues)
{
	struct dxghost_signal *signal;

	signal = calloc(1, sizeof(*signal) + count * sizeof(signal->items[0]));
	if (!signal)
		return NULL;
	signal->count = count;
	signal->pending = queues;
	signal->pending_top = queues;
	return signal;
}

void dxghost_signal_set(struct dxghost_signal *signal, uint32_t i,
			const struct dxghost_sync *sync, uint64_t value)
{
	dxghost_fence_get(sync->fence);
	signal->items[i].fence = sync->fence;
	signal->items[i].value = value;
	signal->items[i].top = (sync->fence->flags | sync->flags) &
			       DXGHOST_SYNC_TOP_OF_PIPELINE;
}

void dxghost_signal_free(struct dxghost *host, struct dxghost_signal *signal)
{
	uint32_t i;

	for (i = 0; i < signal->count; i++)
		dxghost_fence_put(host, signal->items[i].fence);
	dxghost_event_free(signal->event);
	free(signal);
}

static void signal_items(struct dxghost *host, struct dxghost_signal *signal,
			 bool top)
{
	bool rewind = signal->flags & DXGHOST_SIGNAL_REWIND;
	uint32_t i;

	for (i = 0; i < signal->count && !signal->aborted; i++)
		if (signal->items[i].top == top)
			dxghost_fence_signal(host, signal->items[i].fence,
					     signal->items[i].value, rewind);
}

/* Once for each queue. */
static void reach_top(struct dxghost *host, struct dxghost_work *work)
{
	if (work->early)
		return;
	work->early = true;
	if (!--work->u.signal->pending_top)
		signal_items(host, work->u.signal, true);
}

void dxghost_signal_reach(struct dxghost *host, struct dxghost_work *work)
{
	struct dxghost_signal *signal = work->u.signal;

	reach_top(host, work);
	work->u.signal = NULL;
	if (--signal->pending)
		return;
	/* Nobody is left waiting for an event, whatever became of the work. */
	dxghost_event_send(host, signal->event);
	signal->event = NULL;
	signal_items(host, signal, false);
	dxghost_signal_free(host, signal);
}

void dxghost_signal_abort(struct dxghost *host, struct dxghost_work *work,
			  bool lost)
{
	struct dxghost_signal *signal = work->u.signal;
	uint32_t i;

	signal->aborted = true;
	for (i = 0; lost && i < signal->count; i++)
		dxghost_fence_lose(host, signal->items[i].fence);
	dxghost_signal_reach(host, work);
}

/* Is nothing left to be done for it later? */
static bool is_over(const struct dxghost_signal *signal)
{
	uint32_t i;

	for (i = 0; i < signal->count; i++)
		if (!signal->items[i].top)
			return false;
	return !signal->event;
}

void dxghost_signals_early(struct dxghost_queue *queue)
{
	struct dxghost *host = queue->device->object.space->process->host;
	const struct dxghost_work *buffer =
		list_first(&queue->works, struct dxghost_work, link);
	struct dxghost_list *it;

	if (buffer->kind != DXGHOST_WORK_BUFFER || !buffer->u.buffer.begun)
		return;
	for (it = queue->works.next->next; it != &queue->works; it = it->next) {
		struct dxghost_work *work =
			list_entry(it, struct dxghost_work, link);

		if (work->kind == DXGHOST_WORK_RETIRE)
			continue;
		if (work->kind != DXGHOST_WORK_SIGNAL)
			return;
		if (!work->u.signal)
			continue;
		if (work->u.signal->flags & DXGHOST_SIGNAL_AT_SUBMISSION) {
			dxghost_signal_reach(host, work);
			continue;
		}
		if (!buffer->u.buffer.fetched)
			return;
		reach_top(host, work);
		/* What comes after a signal does not overtake it. */
		if (!is_over(work->u.signal))
			return;
	}
}
