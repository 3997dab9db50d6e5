/* SPDX-License-Identifier: MIT */
/* Waits of the CPU and of queues for synchronization objects. */
#include <stdlib.h>

#include "handlers.h"
#include "sync.h"

#define MAX_WAITED_ON	32u
#define WAIT_ANY	(1u << 0)

static void cpu_wait_done(struct dxghost *host, struct dxghost_wait *wait)
{
	dxghost_event_send(host, wait->event);
	free(wait);
}

/* Puts the object that a handle names into a wait. */
static dxghost_status add_object(const struct dxghost_call *call,
				 struct dxghost_wait *wait, uint32_t i,
				 uint32_t handle, uint64_t value, bool monitored)
{
	struct dxghost_sync *sync = dxghost_sync_find(call, handle);

	if (!sync || sync->fence->type == DXGHOST_CPU_NOTIFICATION ||
	    dxghost_fence_is_monitored(sync->fence) != monitored)
		return ST_INVALID_PARAMETER;
	if (sync->flags & DXGHOST_SYNC_NO_WAIT)
		return ST_ACCESS_DENIED;
	dxghost_wait_set(wait, i, sync->fence, value);
	return ST_SUCCESS;
}

/* A wait that was not armed, and of which @set entries are filled. */
static void discard(struct dxghost *host, struct dxghost_wait *wait,
		    uint32_t set)
{
	wait->count = set;
	dxghost_wait_cancel(host, wait);
}

dxghost_status dxghost_wait_from_cpu(struct dxghost_call *call)
{
	const struct dxgk_wire_waitforsyncobjectfromcpu *request =
		call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	const void *objects, *values;
	dxghost_status status = ST_SUCCESS;
	uint32_t i, n = request->object_count;
	struct dxghost_wait *wait;

	if (!device || !n || n > MAX_WAITED_ON || !request->guest_event_id ||
	    request->flags & ~WAIT_ANY ||
	    !dxghost_call_holds(call, sizeof(*request), n, 12))
		return ST_INVALID_PARAMETER;
	objects = dxghost_call_tail(call, sizeof(*request));
	values = dxghost_call_tail(call, sizeof(*request) + 4ull * n);
	wait = dxghost_wait_create(n);
	if (!wait)
		return ST_NO_MEMORY;
	wait->any = request->flags & WAIT_ANY;
	wait->done = cpu_wait_done;
	wait->event = dxghost_event_signal(call->process,
					   request->guest_event_id);
	if (!wait->event)
		status = ST_NO_MEMORY;
	for (i = 0; i < n && !status; i++)
		status = add_object(call, wait, i,
				    dxghost_tail_u32(objects, i),
				    dxghost_tail_u64(values, i), true);
	if (status) {
		discard(call->host, wait, i ? i - 1 : 0);
		return status;
	}
	list_add_tail(&wait->owner_link, &device->waits);
	dxghost_wait_arm(call->host, wait);
	return ST_SUCCESS;
}

dxghost_status dxghost_wait_from_gpu(struct dxghost_call *call)
{
	const struct dxgk_wire_waitforsyncobjectfromgpu *request =
		call->request;
	struct dxghost_queue *queue =
		dxghost_queue_find(call, request->context_or_hwqueue);
	bool legacy = request->legacy_fence_object;
	dxghost_status status = ST_SUCCESS;
	uint32_t i, n = request->object_count;
	const void *objects, *values;
	struct dxghost_wait *wait;
	struct dxghost_work *work;

	if (!queue)
		return ST_INVALID_PARAMETER;
	if (queue->device->state != DXGHOST_ACTIVE)
		return ST_GPU_EXCEPTION_ON_DEVICE;
	if (!n || n > MAX_WAITED_ON || (legacy && n != 1) ||
	    !dxghost_call_holds(call, sizeof(*request), n, 12))
		return dxghost_device_refuse(call, queue->device,
					     ST_INVALID_PARAMETER);
	values = dxghost_call_tail(call, sizeof(*request));
	objects = dxghost_call_tail(call, sizeof(*request) + 8ull * n);
	wait = dxghost_wait_create(n);
	work = dxghost_work_create(DXGHOST_WORK_WAIT);
	if (!wait || !work) {
		free(wait);
		free(work);
		return dxghost_device_refuse(call, queue->device, ST_NO_MEMORY);
	}
	for (i = 0; i < n && !status; i++)
		status = add_object(call, wait, i,
				    dxghost_tail_u32(objects, i),
				    dxghost_tail_u64(values, i), !legacy);
	if (status) {
		discard(call->host, wait, i - 1);
		dxghost_work_free(work);
		return dxghost_device_refuse(call, queue->device, status);
	}
	work->u.wait = wait;
	dxghost_queue_push(queue, work);
	return ST_SUCCESS;
}
