/* SPDX-License-Identifier: MIT */
/* The worker that completes paging operations, in time and in order. */
#include <stdlib.h>

#include "call.h"
#include "paging.h"
#include "sync.h"

/* One a adapter. @ops are sorted by the time when they are due. */
struct dxghost_paging {
	struct dxghost_adapter *adapter;
	pthread_t thread;
	pthread_cond_t wake;
	bool stop;
	struct dxghost_list ops;
	uint32_t submitted;
};

static void op_finish(struct dxghost *host, struct dxghost_paging_op *op,
		      bool dropped)
{
	struct dxghost_paging_queue *queue = op->queue;
	uint64_t value = op->value;

	list_del(&op->link);
	list_del(&op->queue_link);
	op->apply(host, op, dropped);
	if (queue && !dropped)
		dxghost_fence_raise(host, queue->sync->fence, value);
	dxghost_changed(host);
}

static void *paging_main(void *arg)
{
	struct dxghost_paging *paging = arg;
	struct dxghost *host = paging->adapter->host;

	dxghost_lock(host);
	while (!paging->stop) {
		struct dxghost_paging_op *op;

		if (list_empty(&paging->ops)) {
			pthread_cond_wait(&paging->wake, &host->lock);
			continue;
		}
		op = list_first(&paging->ops, struct dxghost_paging_op, link);
		if (op->due_ns > dxghost_now()) {
			dxghost_cond_wait_until(&paging->wake, &host->lock,
						op->due_ns);
			continue;
		}
		op_finish(host, op, false);
		dxghost_unlock(host);
		dxghost_lock(host);
	}
	dxghost_unlock(host);
	return NULL;
}

struct dxghost_paging *dxghost_paging_create(struct dxghost_adapter *adapter)
{
	struct dxghost_paging *paging = calloc(1, sizeof(*paging));

	if (!paging)
		return NULL;
	paging->adapter = adapter;
	list_init(&paging->ops);
	dxghost_cond_init(&paging->wake);
	if (pthread_create(&paging->thread, NULL, paging_main, paging)) {
		pthread_cond_destroy(&paging->wake);
		free(paging);
		return NULL;
	}
	return paging;
}

void dxghost_paging_destroy(struct dxghost_paging *paging)
{
	struct dxghost *host;

	if (!paging)
		return;
	host = paging->adapter->host;
	dxghost_lock(host);
	paging->stop = true;
	pthread_cond_broadcast(&paging->wake);
	dxghost_unlock(host);
	pthread_join(paging->thread, NULL);
	pthread_cond_destroy(&paging->wake);
	free(paging);
}

/* Behind those that are due at the same time. */
static void insert_op(struct dxghost_paging *paging,
		      struct dxghost_paging_op *op)
{
	struct dxghost_list *at = &paging->ops;

	while (at->prev != &paging->ops &&
	       list_entry(at->prev, struct dxghost_paging_op, link)->due_ns >
		       op->due_ns)
		at = at->prev;
	list_add_tail(&op->link, at);
	pthread_cond_broadcast(&paging->wake);
}

/* Some profiles let every n-th operation find nothing to be done. */
static bool is_immediate(struct dxghost_paging *paging,
			 const struct dxghost_paging_queue *queue)
{
	uint32_t every = paging->adapter->host->profile.paging_immediate;

	paging->submitted++;
	return every && list_empty(&queue->ops) &&
	       paging->submitted % every == 0;
}

static uint64_t delay_ns(const struct dxghost_adapter *adapter)
{
	return adapter->host->profile.paging_delay_us * 1000ull;
}

dxghost_status dxghost_paging_submit(struct dxghost_paging_queue *queue,
				     struct dxghost_paging_op *op,
				     uint64_t *ret_value)
{
	struct dxghost_adapter *adapter = queue->object.space->adapter;

	list_init(&op->link);
	list_init(&op->queue_link);
	op->device = queue->device;
	op->queue = queue;
	if (is_immediate(adapter->paging, queue)) {
		op->apply(adapter->host, op, false);
		*ret_value = 0;
		return ST_SUCCESS;
	}
	op->value = ++queue->last_value;
	op->due_ns = dxghost_now() + delay_ns(adapter);
	if (op->due_ns < queue->last_due_ns)
		op->due_ns = queue->last_due_ns;
	queue->last_due_ns = op->due_ns;
	*ret_value = op->value;
	list_add_tail(&op->queue_link, &queue->ops);
	insert_op(adapter->paging, op);
	return ST_PENDING;
}

void dxghost_paging_submit_loose(struct dxghost_device *device,
				 struct dxghost_paging_op *op)
{
	struct dxghost_adapter *adapter = device->object.space->adapter;

	list_init(&op->link);
	list_init(&op->queue_link);
	op->device = device;
	op->queue = NULL;
	op->due_ns = dxghost_now() + delay_ns(adapter);
	insert_op(adapter->paging, op);
}

void dxghost_paging_drop_loose(struct dxghost_device *device)
{
	struct dxghost_adapter *adapter = device->object.space->adapter;
	struct dxghost_list *it, *tmp;

	list_for_each_safe(it, tmp, &adapter->paging->ops) {
		struct dxghost_paging_op *op =
			list_entry(it, struct dxghost_paging_op, link);

		if (!op->queue && op->device == device)
			op_finish(adapter->host, op, true);
	}
}

void dxghost_paging_queue_drop(struct dxghost *host,
			       struct dxghost_paging_queue *queue)
{
	while (!list_empty(&queue->ops))
		op_finish(host, list_first(&queue->ops,
					   struct dxghost_paging_op,
					   queue_link), true);
}
