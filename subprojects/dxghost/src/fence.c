/* SPDX-License-Identifier: MIT */
/* Values of synchronization objects, and who waits for them. */
#include <stdatomic.h>
#include <stdlib.h>

#include "queue.h"

struct dxghost_fence *dxghost_fence_create(struct dxghost_adapter *adapter,
					   enum dxghost_fence_type type,
					   uint32_t flags, uint64_t value)
{
	struct dxghost_fence *fence = calloc(1, sizeof(*fence));

	if (!fence)
		return NULL;
	fence->refs = 1;
	fence->type = type;
	fence->flags = flags;
	list_init(&fence->waiters);
	list_init(&fence->syncs);
	list_init(&fence->owner_link);
	list_init(&fence->vsync_link);
	if (!dxghost_fence_is_monitored(fence)) {
		fence->level = value;
		return fence;
	}
	fence->memory = dxghost_memory_create(adapter, DXGHOST_PAGE_SIZE);
	if (!fence->memory) {
		free(fence);
		return NULL;
	}
	fence->memory->fence = fence;
	atomic_store_explicit((_Atomic uint64_t *)fence->memory->base, value,
			      memory_order_release);
	return fence;
}

bool dxghost_fence_is_monitored(const struct dxghost_fence *fence)
{
	return fence->type == DXGHOST_MONITORED_FENCE ||
	       fence->type == DXGHOST_PERIODIC_FENCE;
}

void dxghost_fence_get(struct dxghost_fence *fence)
{
	fence->refs++;
}

void dxghost_fence_put(struct dxghost *host, struct dxghost_fence *fence)
{
	if (!fence || --fence->refs)
		return;
	if (fence->global)
		dxghost_handle_table_remove(&host->fences, fence->global);
	if (fence->memory) {
		fence->memory->fence = NULL;
		dxghost_memory_put(host, fence->memory);
	}
	list_del(&fence->owner_link);
	list_del(&fence->vsync_link);
	free(fence);
}

uint64_t dxghost_fence_value(const struct dxghost_fence *fence)
{
	if (!fence->memory)
		return fence->level;
	return atomic_load_explicit((_Atomic uint64_t *)fence->memory->base,
				    memory_order_acquire);
}

void dxghost_fence_set(struct dxghost *host, struct dxghost_fence *fence,
		       uint64_t value)
{
	if (fence->memory)
		atomic_store_explicit((_Atomic uint64_t *)fence->memory->base,
				      value, memory_order_release);
	else
		fence->level = value;
	dxghost_fence_notice(host, fence);
}

void dxghost_fence_raise(struct dxghost *host, struct dxghost_fence *fence,
			 uint64_t value)
{
	if (value > dxghost_fence_value(fence))
		dxghost_fence_set(host, fence, value);
	else
		dxghost_fence_notice(host, fence);
}

void dxghost_fence_lose(struct dxghost *host, struct dxghost_fence *fence)
{
	if (fence->flags & DXGHOST_SYNC_NO_MAX_ON_TDR)
		return;
	if (fence->type == DXGHOST_MONITORED_FENCE ||
	    fence->type == DXGHOST_LEGACY_FENCE)
		dxghost_fence_set(host, fence, DXGHOST_FENCE_LOST);
}

void dxghost_fence_signal(struct dxghost *host, struct dxghost_fence *fence,
			  uint64_t value, bool rewind)
{
	switch (fence->type) {
	case DXGHOST_MUTEX:
		list_del(&fence->owner_link);
		fence->level = 0;
		break;
	case DXGHOST_SEMAPHORE:
		if (fence->level < fence->maximum)
			fence->level++;
		break;
	case DXGHOST_CPU_NOTIFICATION:
		if (fence->process)
			dxghost_event_send(host,
				dxghost_event_signal(fence->process,
						     fence->event_id));
		return;
	default:
		if (rewind)
			dxghost_fence_set(host, fence, value);
		else
			dxghost_fence_raise(host, fence, value);
		return;
	}
	dxghost_fence_notice(host, fence);
}

static bool entry_satisfied(const struct dxghost_wait_entry *entry)
{
	const struct dxghost_fence *fence = entry->fence;

	switch (fence->type) {
	case DXGHOST_MUTEX:
		return !fence->level;
	case DXGHOST_SEMAPHORE:
		return fence->level > 0;
	default:
		return dxghost_fence_value(fence) >= entry->value;
	}
}

/* All fences of a wait are looked at together, as one may have gone down. */
static bool wait_satisfied(const struct dxghost_wait *wait)
{
	uint32_t i, ready = 0;

	for (i = 0; i < wait->count; i++)
		ready += entry_satisfied(&wait->entries[i]);
	return wait->any ? ready > 0 : ready == wait->count;
}

/* Takes what the wait has been given: a mutex, one of a semaphore. */
static void wait_consume(struct dxghost_wait *wait)
{
	uint32_t i;

	wait->satisfied = true;
	for (i = 0; i < wait->count; i++) {
		struct dxghost_fence *fence = wait->entries[i].fence;

		if (fence->type == DXGHOST_MUTEX) {
			fence->level = 1;
			list_add_tail(&fence->owner_link,
				      &wait->queue->mutexes);
		} else if (fence->type == DXGHOST_SEMAPHORE) {
			fence->level--;
		}
	}
}

static void wait_detach(struct dxghost *host, struct dxghost_wait *wait)
{
	uint32_t i;

	list_del(&wait->done_link);
	list_del(&wait->owner_link);
	for (i = 0; i < wait->count; i++) {
		list_del(&wait->entries[i].link);
		dxghost_fence_put(host, wait->entries[i].fence);
		wait->entries[i].fence = NULL;
	}
	wait->armed = false;
}

void dxghost_fence_notice(struct dxghost *host, struct dxghost_fence *fence)
{
	struct dxghost_list done, *it;

	list_init(&done);
	list_for_each(it, &fence->waiters) {
		struct dxghost_wait *wait =
			list_entry(it, struct dxghost_wait_entry, link)->wait;

		if (wait->satisfied || !wait_satisfied(wait))
			continue;
		wait_consume(wait);
		list_add_tail(&wait->done_link, &done);
	}
	/* A wait that is done may free itself, or cancel others. */
	while (!list_empty(&done)) {
		struct dxghost_wait *wait =
			list_first(&done, struct dxghost_wait, done_link);

		wait_detach(host, wait);
		wait->done(host, wait);
	}
}

void dxghost_mutexes_release(struct dxghost *host, struct dxghost_queue *queue)
{
	while (!list_empty(&queue->mutexes)) {
		struct dxghost_fence *fence =
			list_first(&queue->mutexes, struct dxghost_fence,
				   owner_link);

		/* The next one to get it may let go the last reference. */
		dxghost_fence_get(fence);
		dxghost_fence_signal(host, fence, 0, false);
		dxghost_fence_put(host, fence);
	}
}

struct dxghost_wait *dxghost_wait_create(uint32_t count)
{
	struct dxghost_wait *wait;
	uint32_t i;

	wait = calloc(1, sizeof(*wait) + count * sizeof(wait->entries[0]));
	if (!wait)
		return NULL;
	list_init(&wait->owner_link);
	list_init(&wait->done_link);
	wait->count = count;
	for (i = 0; i < count; i++) {
		list_init(&wait->entries[i].link);
		wait->entries[i].wait = wait;
	}
	return wait;
}

void dxghost_wait_set(struct dxghost_wait *wait, uint32_t i,
		      struct dxghost_fence *fence, uint64_t value)
{
	dxghost_fence_get(fence);
	wait->entries[i].fence = fence;
	wait->entries[i].value = value;
}

void dxghost_wait_arm(struct dxghost *host, struct dxghost_wait *wait)
{
	uint32_t i;

	if (wait_satisfied(wait)) {
		wait_consume(wait);
		wait_detach(host, wait);
		wait->done(host, wait);
		return;
	}
	wait->armed = true;
	for (i = 0; i < wait->count; i++)
		list_add_tail(&wait->entries[i].link,
			      &wait->entries[i].fence->waiters);
}

void dxghost_wait_cancel(struct dxghost *host, struct dxghost_wait *wait)
{
	wait_detach(host, wait);
	if (wait->cancelled)
		wait->cancelled(host, wait);
	dxghost_event_free(wait->event);
	free(wait);
}
