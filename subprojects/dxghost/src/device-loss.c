/* SPDX-License-Identifier: MIT */
/* What happens to a device's work, fences and waiters when it ends. */
#include "engine.h"
#include "paging.h"
#include "sync.h"

/* What it holds it would never let go. */
static void drop_queue(struct dxghost *host, struct dxghost_queue *queue)
{
	dxghost_queue_drop(host, queue);
	dxghost_mutexes_release(host, queue);
}

static void drop_work(struct dxghost *host, struct dxghost_device *device)
{
	struct dxghost_list *it, *inner;

	list_for_each(it, &device->contexts) {
		struct dxghost_context *context =
			list_entry(it, struct dxghost_context, link);

		drop_queue(host, &context->queue);
		dxghost_engine_wake(context->queue.engine);
		list_for_each(inner, &context->hwqueues)
			drop_queue(host, &list_entry(inner,
				struct dxghost_hwqueue, link)->queue);
	}
	list_for_each(it, &device->paging_queues)
		dxghost_paging_queue_drop(host, list_entry(it,
			struct dxghost_paging_queue, link));
	dxghost_paging_drop_loose(device);
}

/* Does anyone but this device know the fence? */
static bool known_elsewhere(const struct dxghost_device *device,
			    const struct dxghost_fence *fence)
{
	struct dxghost_list *it;

	if (fence->shared)
		return true;
	list_for_each(it, &fence->syncs)
		if (list_entry(it, struct dxghost_sync, fence_link)->device !=
		    device)
			return true;
	return false;
}

void dxghost_device_release_waits(struct dxghost_device *device)
{
	struct dxghost *host = device->object.space->process->host;

	while (!list_empty(&device->waits)) {
		struct dxghost_wait *wait =
			list_first(&device->waits, struct dxghost_wait,
				   owner_link);

		dxghost_event_send(host, wait->event);
		wait->event = NULL;
		dxghost_wait_cancel(host, wait);
	}
}

void dxghost_device_lose(struct dxghost_device *device,
			 enum dxghost_execution_state state)
{
	struct dxghost *host = device->object.space->process->host;
	struct dxghost_list *it;

	if (device->state != DXGHOST_ACTIVE)
		return;
	device->state = state;
	/* The guest must know before it sees the fences jump. */
	dxghost_event_set_data(device->notice, state);
	dxghost_event_send(host, device->notice);
	device->notice = NULL;
	drop_work(host, device);
	list_for_each(it, &device->syncs) {
		struct dxghost_sync *sync =
			list_entry(it, struct dxghost_sync, link);

		if (sync->owned || !(sync->flags & (DXGHOST_SYNC_NO_SIGNAL |
						    DXGHOST_SYNC_NO_MAX_ON_TDR)))
			dxghost_fence_lose(host, sync->fence);
	}
	/* Those too that wait for a fence of somebody else. */
	dxghost_device_release_waits(device);
	dxghost_changed(host);
}

void dxghost_device_quiesce(struct dxghost_device *device)
{
	struct dxghost *host = device->object.space->process->host;
	struct dxghost_list *it;

	if (device->state == DXGHOST_ACTIVE)
		device->state = DXGHOST_STOPPED;
	drop_work(host, device);
	list_for_each(it, &device->syncs) {
		struct dxghost_sync *sync =
			list_entry(it, struct dxghost_sync, link);

		if (!known_elsewhere(device, sync->fence))
			dxghost_fence_lose(host, sync->fence);
	}
	dxghost_changed(host);
}
