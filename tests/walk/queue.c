/* SPDX-License-Identifier: MIT */
/* What is queued on the GPU, when it is known to be done, and what it waits for. */
#include <string.h>

#include "world.h"

uint64_t walk_queued(struct walk_queue *queue)
{
	return ++queue->seq;
}

bool walk_queue_full(const struct walk_queue *queue)
{
	return queue->pending_count + 4 > WALK_PENDING_WORKS;
}

struct walk_queue *walk_queue_by_id(struct walk *w, unsigned int id)
{
	unsigned int i;

	for (i = 0; id && i < WALK_QUEUES; i++)
		if (w->world->queues[i].live && w->world->queues[i].id == id)
			return &w->world->queues[i];
	return NULL;
}

unsigned int walk_submission(const struct walk *w, unsigned int device)
{
	/* There is no errno for the exception. */
	unsigned int refused = WALK_EXCEPTION | WALK_REMOVED | WALK_PARAMETER;

	if (!w->world->devices[device].lost)
		return WALK_OK;
	return w->world->async ? refused | WALK_OK : refused;
}

/* To be called for the work that was queued last. */
void walk_queue_add(struct walk *w, struct walk_queue *queue,
		    struct walk_value *value, uint64_t target, bool is_wait)
{
	struct walk_pending *pending =
		&queue->pending[queue->pending_count++];

	walk_value_get(value);
	pending->value = value;
	pending->target = target;
	pending->seq = queue->seq;
	pending->stamp = ++w->world->stamp;
	pending->is_wait = is_wait;
	if (!is_wait && target > value->hi)
		value->hi = target;
}

/* Takes works up to @seq out of the list; @done: they have taken place. */
static void resolve(struct walk_queue *queue, uint64_t seq, bool done)
{
	unsigned int i, kept = 0;

	for (i = 0; i < queue->pending_count; i++) {
		struct walk_pending *pending = &queue->pending[i];
		struct walk_value *value = pending->value;

		if (pending->seq > seq) {
			queue->pending[kept++] = *pending;
			continue;
		}
		if (!pending->is_wait && pending->target > value->lo) {
			if (done)
				value->lo = pending->target;
			else
				value->doubtful = true;
		}
		walk_value_put(value);
	}
	queue->pending_count = kept;
}

static bool is_promised(struct walk *w, const struct walk_pending *wait)
{
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		const struct walk_queue *queue = &w->world->queues[i];

		for (k = 0; queue->live && k < queue->pending_count; k++) {
			const struct walk_pending *signal = &queue->pending[k];

			/* One that was queued later may itself be held up. */
			if (!signal->is_wait && signal->value == wait->value &&
			    signal->target >= wait->target &&
			    signal->stamp < wait->stamp)
				return true;
		}
	}
	return false;
}

static void pay(struct walk *w, const struct walk_pending *wait)
{
	unsigned int i = walk_value_signaller(w, wait->value);
	bool in_doubt = wait->target < wait->value->hi;
	struct walk_fence *fence;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.ObjectCount = 1,
		.FenceValueArray = &wait->target,
	};

	if (i == WALK_NONE)
		walk_fail(w, "the model forgot to signal value %u",
			  wait->value->id);
	fence = &w->world->fences[i];
	args.hDevice = w->world->devices[fence->device].handle;
	args.ObjectHandleArray = &fence->handle;
	walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&args),
		  in_doubt ? WALK_OK | WALK_PARAMETER | WALK_RACY : WALK_OK,
		  "pay fence %u with %llu", fence->id,
		  (unsigned long long)wait->target);
	if (!in_doubt)
		walk_value_set(wait->value, wait->target);
	else
		wait->value->lo = wait->target;
}

void walk_pay(struct walk *w)
{
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		const struct walk_queue *queue = &w->world->queues[i];

		for (k = 0; queue->live && k < queue->pending_count; k++) {
			const struct walk_pending *wait = &queue->pending[k];

			if (wait->is_wait && wait->value->lo < wait->target &&
			    !is_promised(w, wait))
				pay(w, wait);
		}
	}
}

static void wait_on_context(struct walk *w, struct walk_queue *queue,
			    const D3DKMT_HANDLE *fences,
			    const uint64_t *values, unsigned int count,
			    unsigned int allowed)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = queue->handle,
		.ObjectCount = count,
		.ObjectHandleArray = fences,
		.MonitoredFenceValueArray = values,
	};

	walk_call(w, D3DKMTWaitForSynchronizationObjectFromGpu(&args), allowed,
		  "queue %u waits for %u fences, %llu", queue->id, count,
		  (unsigned long long)values[0]);
}

void walk_gpu_wait(struct walk *w, struct walk_queue *queue,
		   const D3DKMT_HANDLE *fences, const uint64_t *values,
		   unsigned int count, unsigned int allowed)
{
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE args = {
		.hHwQueue = queue->handle,
		.ObjectCount = count,
		.ObjectHandleArray = fences,
		.FenceValueArray = values,
	};

	if (!queue->hardware)
		wait_on_context(w, queue, fences, values, count, allowed);
	else
		walk_call(w, D3DKMTSubmitWaitForSyncObjectsToHwQueue(&args),
			  allowed, "hw queue %u waits for %u fences, %llu",
			  queue->id, count, (unsigned long long)values[0]);
}

static void signal_on_context(struct walk *w, struct walk_queue *queue,
			      D3DKMT_HANDLE fence, uint64_t value,
			      unsigned int allowed)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = queue->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.MonitoredFenceValueArray = &value,
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args2 = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.BroadcastContextCount = 1,
		.BroadcastContextArray = &queue->handle,
		.MonitoredFenceValueArray = &value,
	};

	if (walk_chance(w, 2))
		walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu(&args),
			  allowed, "queue %u signals %llu", queue->id,
			  (unsigned long long)value);
	else
		walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu2(&args2),
			  allowed, "queue %u signals2 %llu", queue->id,
			  (unsigned long long)value);
}

void walk_gpu_signal(struct walk *w, struct walk_queue *queue,
		     D3DKMT_HANDLE fence, uint64_t value, unsigned int allowed)
{
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE args = {
		.BroadcastHwQueueCount = 1,
		.BroadcastHwQueueArray = &queue->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.FenceValueArray = &value,
	};

	if (!queue->hardware)
		signal_on_context(w, queue, fence, value, allowed);
	else
		walk_call(w, D3DKMTSubmitSignalSyncObjectsToHwQueue(&args),
			  allowed, "hw queue %u signals %llu", queue->id,
			  (unsigned long long)value);
}

/* The progress of hardware queues only comes with submissions. */
static void submit_nothing(struct walk *w, struct walk_queue *queue)
{
	const struct walk_device *device = &w->world->devices[queue->device];
	D3DKMT_SUBMITCOMMANDTOHWQUEUE args = {
		.hHwQueue = queue->handle,
		.HwQueueProgressFenceId = walk_queued(queue),
		.CommandBuffer = device->commands_gpu +
				 WALK_SLOTS * WALK_SLOT_BYTES,
		.CommandLength = 8,
	};

	walk_call(w, D3DKMTSubmitCommandToHwQueue(&args), WALK_OK,
		  "hw queue %u does nothing, %llu", queue->id,
		  (unsigned long long)args.HwQueueProgressFenceId);
}

void walk_cover(struct walk *w, struct walk_queue *queue)
{
	if (queue->covered == queue->seq)
		return;
	if (queue->hardware)
		submit_nothing(w, queue);
	else
		walk_gpu_signal(w, queue, queue->fence, queue->seq, WALK_OK);
	queue->covered = queue->seq;
}

void walk_finish(struct walk *w, struct walk_queue *queue, uint64_t seq)
{
	const struct walk_device *device = &w->world->devices[queue->device];

	if (queue->done >= seq || device->lost)
		return;
	walk_pay(w);
	walk_cover(w, queue);
	walk_wait(w, device->handle, queue->fence, queue->cpu, queue->covered);
	queue->done = queue->covered;
	resolve(queue, queue->done, true);
}

void walk_finish_all(struct walk *w)
{
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++)
		if (w->world->queues[i].live)
			walk_finish(w, &w->world->queues[i],
				    w->world->queues[i].seq);
}

/*
 * With a signal behind everything, also behind what the host itself has queued:
 * the marks by which it frees memory that was in use.
 */
void walk_settle(struct walk *w)
{
	struct walk_world *world = w->world;
	unsigned int i;

	for (i = 0; i < WALK_QUEUES; i++)
		if (world->queues[i].live)
			walk_queued(&world->queues[i]);
	walk_finish_all(w);
	for (i = 0; i < WALK_FENCES; i++) {
		if (!world->fences[i].live)
			continue;
		walk_value_settle(w, world->fences[i].value);
		walk_fence_check(w, &world->fences[i]);
	}
}

static bool is_waited_for(struct walk *w, const struct walk_value *value)
{
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		const struct walk_queue *queue = &w->world->queues[i];

		for (k = 0; queue->live && k < queue->pending_count; k++)
			if (queue->pending[k].is_wait &&
			    queue->pending[k].value == value)
				return true;
	}
	return false;
}

bool walk_queue_is_needed(struct walk *w, const struct walk_queue *queue)
{
	const struct walk_pending *pending;
	unsigned int i;

	for (i = 0; i < queue->pending_count; i++) {
		pending = &queue->pending[i];
		if (!pending->is_wait && is_waited_for(w, pending->value) &&
		    walk_value_signaller(w, pending->value) == WALK_NONE)
			return true;
	}
	return false;
}

void walk_queue_gone(struct walk *w, struct walk_queue *queue,
		     enum walk_doubt doubt)
{
	walk_memory_drop(w, queue, doubt);
	resolve(queue, UINT64_MAX, doubt == WALK_KNOWN);
	queue->done = queue->seq;
	queue->covered = queue->seq;
}

void walk_tail_destroy(struct walk *w, struct walk_queue *queue)
{
	const struct walk_device *device = &w->world->devices[queue->device];
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy = {
		.hSyncObject = queue->fence,
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = &queue->fence,
		.FenceValueArray = &queue->seq,
	};

	/* Other queues may wait for it, and need not any more. */
	if (!device->lost)
		walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&args),
			  WALK_OK, "end queue %u at %llu", queue->id,
			  (unsigned long long)queue->seq);
	walk_call(w, D3DKMTDestroySynchronizationObject(&destroy), WALK_OK,
		  "destroy the fence of queue %u", queue->id);
	walk_went(w, queue->fence);
}
