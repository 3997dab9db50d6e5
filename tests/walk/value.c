/* SPDX-License-Identifier: MIT */
/* Values of monitored fences: what they may be, and waiting for them. */
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "world.h"

struct walk_value *walk_value_create(struct walk *w, uint64_t value)
{
	struct walk_value *created = calloc(1, sizeof(*created));

	if (!created)
		walk_fail(w, "no memory");
	created->refs = 1;
	created->id = walk_id(w);
	created->lo = value;
	created->hi = value;
	return created;
}

void walk_value_get(struct walk_value *value)
{
	value->refs++;
}

void walk_value_put(struct walk_value *value)
{
	if (value && !--value->refs)
		free(value);
}

void walk_value_set(struct walk_value *value, uint64_t exact)
{
	value->lo = exact;
	value->hi = exact;
	value->doubtful = false;
}

bool walk_value_pending(struct walk *w, const struct walk_value *value)
{
	const struct walk_queue *queue;
	unsigned int i, k;

	for (i = 0; i < WALK_QUEUES; i++) {
		queue = &w->world->queues[i];
		for (k = 0; queue->live && k < queue->pending_count; k++)
			if (queue->pending[k].value == value)
				return true;
	}
	return false;
}

uint64_t walk_load(const uint64_t *cpu)
{
	return __atomic_load_n(cpu, __ATOMIC_ACQUIRE);
}

void walk_fence_check(struct walk *w, const struct walk_fence *fence)
{
	const struct walk_value *value = fence->value;
	uint64_t end = walk_now_ms() + WALK_PATIENCE_MS;
	uint64_t now = walk_load(fence->cpu);

	while (w->world->late && (now < value->lo || now > value->hi) &&
	       walk_now_ms() < end) {
		walk_sleep_ms(1);
		now = walk_load(fence->cpu);
	}
	if (now < value->lo || now > value->hi)
		walk_fail(w, "fence %u shows %llu, not %llu to %llu", fence->id,
			  (unsigned long long)now,
			  (unsigned long long)value->lo,
			  (unsigned long long)value->hi);
}

unsigned int walk_value_signaller(struct walk *w, const struct walk_value *value)
{
	const struct walk_fence *fence;
	unsigned int i;

	for (i = 0; i < WALK_FENCES; i++) {
		fence = &w->world->fences[i];
		if (fence->live && fence->value == value && !fence->no_signal)
			return i;
	}
	return WALK_NONE;
}

void walk_value_settle(struct walk *w, struct walk_value *value)
{
	unsigned int i;
	struct walk_fence *fence;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.ObjectCount = 1,
		.FenceValueArray = &value->hi,
	};

	if (!value->doubtful || walk_value_pending(w, value))
		return;
	i = walk_value_signaller(w, value);
	if (i == WALK_NONE)
		return;
	fence = &w->world->fences[i];
	args.hDevice = w->world->devices[fence->device].handle;
	args.ObjectHandleArray = &fence->handle;
	args.Flags.AllowFenceRewind = 1;
	walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&args), WALK_OK,
		  "settle fence %u", fence->id);
	walk_value_set(value, value->hi);
}

static void wait_blocking(struct walk *w, D3DKMT_HANDLE device,
			  D3DKMT_HANDLE handle, uint64_t target)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = 1,
		.ObjectHandleArray = &handle,
		.FenceValueArray = &target,
	};

	walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args), WALK_OK,
		  "wait for %llu", (unsigned long long)target);
}

static void wait_with_event(struct walk *w, D3DKMT_HANDLE device,
			    D3DKMT_HANDLE handle, uint64_t target)
{
	int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct pollfd poll_fd = { .fd = event, .events = POLLIN };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = 1,
		.ObjectHandleArray = &handle,
		.FenceValueArray = &target,
		.hAsyncEvent = (HANDLE)(uintptr_t)event,
	};

	if (event < 0)
		walk_fail(w, "no eventfd");
	walk_call(w, D3DKMTWaitForSynchronizationObjectFromCpu(&args), WALK_OK,
		  "event for %llu", (unsigned long long)target);
	if (poll(&poll_fd, 1, WALK_PATIENCE_MS) != 1)
		walk_fail(w, "the event is not set");
	close(event);
}

static void wait_looking(struct walk *w, const uint64_t *cpu, uint64_t target)
{
	uint64_t end = walk_now_ms() + WALK_PATIENCE_MS;

	walk_note(w, "look for %llu", (unsigned long long)target);
	while (walk_load(cpu) < target) {
		if (walk_now_ms() > end)
			walk_fail(w, "the value does not come: %llu",
				  (unsigned long long)walk_load(cpu));
		walk_sleep_ms(1);
	}
}

/* A fence that no user has is at the maximum: the device is lost. Why? */
static void explain_loss(struct walk *w, D3DKMT_HANDLE device)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	int state;

	D3DKMTGetDeviceState(&args);
	state = (int)args.ExecutionState;
	args.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT;
	D3DKMTGetDeviceState(&args);
	walk_fail(w, "the device is lost: state %d, flags %x, code %x, at %llx",
		  state, (unsigned int)args.PageFaultState.PageFaultFlags,
		  (unsigned int)args.PageFaultState.FaultErrorCode
			  .GeneralErrorCode,
		  (unsigned long long)args.PageFaultState
			  .FaultedVirtualAddress);
}

void walk_wait(struct walk *w, D3DKMT_HANDLE device, D3DKMT_HANDLE handle,
	       const uint64_t *cpu, uint64_t target)
{
	uint64_t now;

	switch (walk_below(w, 4)) {
	case 0:
		wait_with_event(w, device, handle, target);
		break;
	case 1:
		wait_looking(w, cpu, target);
		break;
	default:
		wait_blocking(w, device, handle, target);
		break;
	}
	now = walk_load(cpu);
	if (now == UINT64_MAX)
		explain_loss(w, device);
	if (now < target)
		walk_fail(w, "after the wait for %llu it shows %llu",
			  (unsigned long long)target, (unsigned long long)now);
}
