/* SPDX-License-Identifier: MIT */
/* The queues that an engine has to run, and which of them is next. */
#include "device.h"
#include "engine.h"

void dxghost_engine_add(struct dxghost_engine *engine,
			struct dxghost_queue *queue)
{
	list_add_tail(&queue->ready_link, &engine->ready);
	pthread_cond_broadcast(&engine->wake);
}

void dxghost_engine_wake(struct dxghost_engine *engine)
{
	pthread_cond_broadcast(&engine->wake);
}

static bool goes_before(const struct dxghost_queue *a,
			const struct dxghost_queue *b)
{
	if (a->priority != b->priority)
		return a->priority > b->priority;
	/* Ahead of the process's own, in the place of the first of these. */
	return a->device->object.space == b->device->object.space &&
	       a->in_process_priority > b->in_process_priority;
}

struct dxghost_queue *dxghost_engine_next(struct dxghost_engine *engine)
{
	struct dxghost_queue *best = NULL;
	struct dxghost_list *it;

	list_for_each(it, &engine->ready) {
		struct dxghost_queue *queue =
			list_entry(it, struct dxghost_queue, ready_link);

		if (!queue->polled && (!best || goes_before(queue, best)))
			best = queue;
	}
	if (best)
		list_del(&best->ready_link);
	return best;
}

void dxghost_engine_poll_again(struct dxghost_engine *engine)
{
	struct dxghost_list *it;

	list_for_each(it, &engine->ready)
		list_entry(it, struct dxghost_queue, ready_link)->polled =
			false;
}
