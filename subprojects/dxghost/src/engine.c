/* SPDX-License-Identifier: MIT */
/* Nodes of an adapter: each a thread that works through queues. */
#include <stdlib.h>

#include "device.h"
#include "engine.h"
#include "signal.h"

/* How long a queue that polls memory is left alone when nothing else runs. */
#define POLL_FIRST_NS	20000ull
#define POLL_LAST_NS	1000000ull

static void notice_touched(struct dxghost_engine *engine)
{
	struct dxghost *host = engine->adapter->host;
	uint32_t i, count = engine->touched_count;

	engine->touched_count = 0;
	for (i = 0; i < count; i++) {
		dxghost_fence_notice(host, engine->touched[i]);
		dxghost_fence_put(host, engine->touched[i]);
	}
}

uint64_t dxghost_engine_running(const struct dxghost_engine *engine,
				const struct dxghost_space *space)
{
	if (!engine->space || (space && engine->space != space))
		return 0;
	return dxghost_now() - engine->since_ns;
}

static void buffer_done(struct dxghost *host, struct dxghost_queue *queue,
			const struct dxghost_work *work)
{
	/* Packets need not write the progress fence: the queue does it. */
	if (work->u.buffer.has_progress && queue->progress)
		dxghost_fence_raise(host, queue->progress,
				    work->u.buffer.progress);
}

static enum dxghost_run run_buffer(struct dxghost_engine *engine,
				   struct dxghost_queue *queue,
				   struct dxghost_work *work)
{
	struct dxghost *host = engine->adapter->host;
	struct dxghost_node_usage *mine =
		&queue->device->object.space->nodes[engine->node];
	struct dxghost_node_usage *all = &engine->adapter->nodes[engine->node];
	uint64_t spent;
	enum dxghost_run run;

	if (engine->last != queue) {
		engine->last = queue;
		mine->switches++;
		all->switches++;
	}
	if (!work->u.buffer.begun) {
		work->u.buffer.begun = true;
		dxghost_signals_early(queue);
	}
	engine->space = queue->device->object.space;
	engine->since_ns = dxghost_now();
	run = dxghost_packet_run(engine, queue, work);
	notice_touched(engine);
	spent = dxghost_now() - engine->since_ns;
	engine->space = NULL;
	mine->running_ns += spent;
	all->running_ns += spent;
	if (run == DXGHOST_RUN_DONE) {
		mine->completed++;
		all->completed++;
		buffer_done(host, queue, work);
	}
	return run;
}

/* Works on one queue until it yields, is held up, or one buffer is done. */
static enum dxghost_run run_queue(struct dxghost_engine *engine,
				  struct dxghost_queue *queue)
{
	struct dxghost *host = engine->adapter->host;
	enum dxghost_run run;

	while (!list_empty(&queue->works)) {
		struct dxghost_work *work =
			list_first(&queue->works, struct dxghost_work, link);

		switch (work->kind) {
		case DXGHOST_WORK_WAIT:
			if (dxghost_queue_wait(host, queue))
				return DXGHOST_RUN_DONE;
			continue;
		case DXGHOST_WORK_SIGNAL:
			if (work->u.signal)
				dxghost_signal_reach(host, work);
			break;
		case DXGHOST_WORK_RETIRE:
			dxghost_retire_reach(host, work->u.retire);
			break;
		case DXGHOST_WORK_BUFFER:
			run = run_buffer(engine, queue, work);
			if (run != DXGHOST_RUN_YIELD)
				dxghost_queue_pop(queue);
			return run;
		}
		dxghost_queue_pop(queue);
	}
	return DXGHOST_RUN_DONE;
}

static enum dxghost_run run_next(struct dxghost_engine *engine,
				 struct dxghost_queue *queue)
{
	struct dxghost *host = engine->adapter->host;
	enum dxghost_run run;

	queue->running = true;
	run = run_queue(engine, queue);
	queue->running = false;
	queue->waiting = run == DXGHOST_RUN_YIELD;
	queue->polled = queue->waiting;
	dxghost_queue_ready(queue);
	/* A destroy may free the queue from here on. */
	dxghost_changed(host);
	dxghost_unlock(host);
	dxghost_lock(host);
	return run;
}

static void *engine_main(void *arg)
{
	struct dxghost_engine *engine = arg;
	struct dxghost *host = engine->adapter->host;
	uint64_t pause = POLL_FIRST_NS;

	dxghost_lock(host);
	while (!engine->stop) {
		struct dxghost_queue *queue = dxghost_engine_next(engine);

		if (queue) {
			if (run_next(engine, queue) == DXGHOST_RUN_YIELD)
				continue;
			pause = POLL_FIRST_NS;
		} else if (list_empty(&engine->ready)) {
			pthread_cond_wait(&engine->wake, &host->lock);
		} else {
			/* Only pollers: do not spin on their memory. */
			dxghost_cond_wait_until(&engine->wake, &host->lock,
						dxghost_now() + pause);
			if (pause < POLL_LAST_NS)
				pause *= 2;
		}
		dxghost_engine_poll_again(engine);
	}
	dxghost_unlock(host);
	return NULL;
}

struct dxghost_engine *dxghost_engine_create(struct dxghost_adapter *adapter,
					     uint32_t node)
{
	struct dxghost_engine *engine = calloc(1, sizeof(*engine));

	if (!engine)
		return NULL;
	engine->adapter = adapter;
	engine->node = node;
	list_init(&engine->ready);
	dxghost_cond_init(&engine->wake);
	engine->bounce = malloc(DXGHOST_BOUNCE_SIZE);
	if (!engine->bounce)
		goto err_free;
	if (pthread_create(&engine->thread, NULL, engine_main, engine))
		goto err_free;
	return engine;

err_free:
	pthread_cond_destroy(&engine->wake);
	free(engine->bounce);
	free(engine);
	return NULL;
}

void dxghost_engine_destroy(struct dxghost_engine *engine)
{
	struct dxghost *host;

	if (!engine)
		return;
	host = engine->adapter->host;
	dxghost_lock(host);
	engine->stop = true;
	pthread_cond_broadcast(&engine->wake);
	dxghost_unlock(host);
	pthread_join(engine->thread, NULL);
	pthread_cond_destroy(&engine->wake);
	free(engine->bounce);
	free(engine);
}
