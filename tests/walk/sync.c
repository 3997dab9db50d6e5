/* SPDX-License-Identifier: MIT */
/* Monitored fences: created, signalled, waited for. */
#include <string.h>

#include "world.h"

/* Small steps, with a great one now and then. */
static uint64_t step_up(struct walk *w)
{
	if (walk_chance(w, 200))
		return 1ull << walk_below(w, 50);
	return 1 + walk_below(w, 4);
}

/* Above what anybody has promised, or else no signal. */
static bool next_value(struct walk *w, const struct walk_value *value,
		       uint64_t *ret)
{
	uint64_t step = step_up(w);

	if (value->hi > UINT64_MAX - step)
		return false;
	*ret = value->hi + step;
	return true;
}

void walk_fence_create(struct walk *w)
{
	unsigned int index = walk_room(w, w->world->fences);
	unsigned int device = walk_pick_device(w);
	struct walk_fence *fence;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.Info.Type = D3DDDI_MONITORED_FENCE,
	};

	if (index == WALK_NONE || device == WALK_NONE)
		return;
	walk_quiet(w);
	args.hDevice = w->world->devices[device].handle;
	args.Info.MonitoredFence.InitialFenceValue = walk_below(w, 10);
	args.Info.Flags.Shared = walk_chance(w, 2);
	args.Info.Flags.NtSecuritySharing = args.Info.Flags.Shared;
	args.Info.Flags.NoGPUAccess = walk_chance(w, 8);
	if (walk_chance(w, 10))
		args.Info.Flags.NoWait = 1;
	else if (walk_chance(w, 10))
		args.Info.Flags.NoSignal = 1;
	if (!walk_call(w, D3DKMTCreateSynchronizationObject2(&args),
		       walk_creation(w, device),
		       "create fence on device %u, flags %x",
		       w->world->devices[device].id, args.Info.Flags.Value))
		return;
	walk_made(w, args.hSyncObject, "fence");
	fence = &w->world->fences[index];
	memset(fence, 0, sizeof(*fence));
	fence->live = true;
	fence->id = walk_id(w);
	fence->device = device;
	fence->handle = args.hSyncObject;
	fence->cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	fence->gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	fence->shared = args.Info.Flags.Shared;
	fence->no_wait = args.Info.Flags.NoWait;
	fence->no_signal = args.Info.Flags.NoSignal;
	fence->value = walk_value_create(w,
			args.Info.MonitoredFence.InitialFenceValue);
	walk_fence_check(w, fence);
}

/* Waits that only this handle could satisfy have to be satisfied before. */
static void last_signaller(struct walk *w, struct walk_fence *fence)
{
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++)
		if (w->world->fences[i].live && &w->world->fences[i] != fence &&
		    w->world->fences[i].value == fence->value &&
		    !w->world->fences[i].no_signal)
			return;
	walk_pay(w);
	if (fence->value->doubtful) {
		walk_finish_all(w);
		walk_value_settle(w, fence->value);
	}
}

void walk_fence_destroy(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->fences);
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args;
	struct walk_fence *fence;

	if (index == WALK_NONE)
		return;
	fence = &w->world->fences[index];
	last_signaller(w, fence);
	walk_fence_check(w, fence);
	args.hSyncObject = fence->handle;
	walk_call(w, D3DKMTDestroySynchronizationObject(&args), WALK_OK,
		  "destroy fence %u", fence->id);
	walk_went(w, fence->handle);
	walk_value_put(fence->value);
	fence->live = false;
	if (walk_chance(w, 3))
		walk_call(w, D3DKMTDestroySynchronizationObject(&args),
			  WALK_PARAMETER, "destroy it again");
}

static bool signal_cpu(struct walk *w, struct walk_fence *fence,
		       uint64_t value, bool rewind, unsigned int allowed)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = w->world->devices[fence->device].handle,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	args.Flags.AllowFenceRewind = rewind;
	if (fence->no_signal)
		allowed = WALK_DENIED;
	return walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&args),
			 allowed, "signal fence %u with %llu%s", fence->id,
			 (unsigned long long)value, rewind ? ", rewind" : "");
}

/* Below what it is: refused. Above all promises: exact. Between: perhaps. */
void walk_fence_signal(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->fences);
	struct walk_fence *fence;
	struct walk_value *value;
	uint64_t target;

	if (index == WALK_NONE)
		return;
	fence = &w->world->fences[index];
	value = fence->value;
	/* The driver decides by what there is, and that may be on its way. */
	walk_fence_check(w, fence);
	if (value->lo && walk_chance(w, 4)) {
		target = value->lo - 1 - walk_below(w, value->lo < 5 ? 1 : 4);
		signal_cpu(w, fence, target, false, WALK_PARAMETER);
	} else if (value->lo < value->hi && walk_chance(w, 2)) {
		target = value->hi - 1;
		if (signal_cpu(w, fence, target, false,
			       WALK_OK | WALK_PARAMETER | WALK_RACY) ||
		    !fence->no_signal)
			value->lo = target > value->lo ? target : value->lo;
	} else if (next_value(w, value, &target)) {
		if (walk_chance(w, 4))
			target = value->hi;
		if (signal_cpu(w, fence, target, false, WALK_OK))
			walk_value_set(value, target);
	}
	walk_fence_check(w, fence);
	walk_events_look(w);
}

/* Only where nothing else is on its way to the fence. */
static void rewind_on_gpu(struct walk *w, struct walk_fence *fence,
			  uint64_t target)
{
	unsigned int index = walk_pick_queue(w);
	struct walk_queue *queue;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.BroadcastContextCount = 1,
		.MonitoredFenceValueArray = &target,
	};

	if (index == WALK_NONE || w->world->queues[index].hardware)
		return;
	queue = &w->world->queues[index];
	args.BroadcastContextArray = &queue->handle;
	args.Flags.AllowFenceRewind = 1;
	walk_queued(queue);
	if (!walk_call(w, D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		       fence->no_signal ? WALK_DENIED : WALK_OK,
		       "queue %u takes fence %u to %llu", queue->id, fence->id,
		       (unsigned long long)target))
		return;
	walk_finish(w, queue, queue->seq);
	walk_value_set(fence->value, target);
}

void walk_fence_rewind(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->fences);
	struct walk_fence *fence;
	uint64_t target;

	if (index == WALK_NONE)
		return;
	fence = &w->world->fences[index];
	if (walk_value_pending(w, fence->value)) {
		walk_settle(w);
		return;
	}
	target = walk_below(w, 100);
	if (walk_chance(w, 3))
		rewind_on_gpu(w, fence, target);
	else if (signal_cpu(w, fence, target, true, WALK_OK))
		walk_value_set(fence->value, target);
	walk_fence_check(w, fence);
}

static bool is_coming(struct walk *w, const struct walk_value *value,
		      uint64_t target)
{
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		const struct walk_queue *queue = &w->world->queues[i];

		for (k = 0; queue->live && k < queue->pending_count; k++)
			if (!queue->pending[k].is_wait &&
			    queue->pending[k].value == value &&
			    queue->pending[k].target >= target)
				return true;
	}
	return value->lo >= target;
}

/* Blocks for what is coming; several fences, and any of them, where it is there. */
void walk_fence_wait(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->fences);
	unsigned int other = walk_pick(w, w->world->fences);
	struct walk_fence *fence;
	D3DKMT_HANDLE handles[2];
	uint64_t values[2];
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.ObjectCount = 1,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	};

	if (index == WALK_NONE)
		return;
	fence = &w->world->fences[index];
	values[0] = fence->value->lo;
	if (is_coming(w, fence->value, fence->value->hi) && walk_chance(w, 2))
		values[0] = fence->value->hi;
	handles[0] = fence->handle;
	if (walk_chance(w, 2) && !w->world->fences[other].no_wait) {
		args.ObjectCount = 2;
		args.Flags.WaitAny = walk_chance(w, 2);
		handles[1] = w->world->fences[other].handle;
		values[1] = args.Flags.WaitAny ? UINT64_MAX :
			    w->world->fences[other].value->lo;
	}
	args.hDevice = w->world->devices[fence->device].handle;
	if (values[0] > fence->value->lo)
		walk_pay(w);
	if (!walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args),
		       fence->no_wait ? WALK_DENIED : WALK_OK,
		       "wait for %u fences, %u at %llu", args.ObjectCount,
		       fence->id, (unsigned long long)values[0]))
		return;
	/* Any of them may have been the other one, by the loss of a device. */
	if (args.ObjectCount == 1 || !args.Flags.WaitAny ||
	    w->world->fences[other].value->hi != UINT64_MAX) {
		if (walk_load(fence->cpu) < values[0])
			walk_fail(w, "fence %u is not there", fence->id);
		if (values[0] > fence->value->lo)
			fence->value->lo = values[0];
	}
}

void walk_fence_look(struct walk *w)
{
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++)
		if (w->world->fences[i].live)
			walk_fence_check(w, &w->world->fences[i]);
	walk_events_look(w);
}

void walk_queue_signal(struct walk *w)
{
	unsigned int index = walk_pick_queue(w), of = walk_pick(w, w->world->fences);
	struct walk_queue *queue;
	struct walk_fence *fence;
	uint64_t target;

	if (index == WALK_NONE || of == WALK_NONE)
		return;
	queue = &w->world->queues[index];
	fence = &w->world->fences[of];
	if (!next_value(w, fence->value, &target))
		return;
	if (walk_chance(w, 8))
		target = fence->value->lo;	/* it never goes down */
	if (walk_queue_full(queue))
		walk_finish(w, queue, queue->seq);
	walk_queued(queue);
	walk_gpu_signal(w, queue, fence->handle, target,
			fence->no_signal ? WALK_DENIED : WALK_OK);
	if (!fence->no_signal)
		walk_queue_add(w, queue, fence->value, target, false);
}

/* For what is there, is promised, or is nobody's business yet. */
void walk_queue_wait(struct walk *w)
{
	unsigned int index = walk_pick_queue(w), of = walk_pick(w, w->world->fences);
	struct walk_queue *queue;
	struct walk_fence *fence;
	uint64_t target;

	if (index == WALK_NONE || of == WALK_NONE)
		return;
	queue = &w->world->queues[index];
	fence = &w->world->fences[of];
	target = fence->value->hi;
	if (walk_chance(w, 3) &&
	    walk_value_signaller(w, fence->value) != WALK_NONE)
		next_value(w, fence->value, &target);
	if (target > fence->value->lo &&
	    walk_value_signaller(w, fence->value) == WALK_NONE)
		return;
	if (walk_queue_full(queue))
		walk_finish(w, queue, queue->seq);
	walk_queued(queue);
	walk_gpu_wait(w, queue, &fence->handle, &target, 1,
		      fence->no_wait ? WALK_DENIED : WALK_OK);
	if (!fence->no_wait)
		walk_queue_add(w, queue, fence->value, target, true);
}
