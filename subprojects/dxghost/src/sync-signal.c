/* SPDX-License-Identifier: MIT */
/* Signals by the CPU and by queues. */
#include "handlers.h"
#include "signal.h"
#include "sync.h"

#define MAX_SIGNALED	32u
#define MAX_BROADCAST	64u
#define KNOWN_FLAGS	(DXGHOST_SIGNAL_AT_SUBMISSION | \
			 DXGHOST_SIGNAL_CPU_EVENT | DXGHOST_SIGNAL_REWIND | \
			 DXGHOST_SIGNAL_INTERNAL)

/* The message, taken apart. */
struct signal_args {
	const struct dxgk_wire_signalsyncobject *request;
	const void *objects;
	const void *contexts;
	const void *values;		/* NULL: the one legacy value for all */
	struct dxghost_sync *syncs[MAX_SIGNALED];
	struct dxghost_queue *queues[MAX_BROADCAST];
};

static bool take_apart(const struct dxghost_call *call,
		       struct signal_args *args)
{
	const struct dxgk_wire_signalsyncobject *request = call->request;
	uint64_t n = request->object_count, m = request->context_count;
	uint64_t at = sizeof(*request) + 4 * (n + m);

	args->request = request;
	if (n > MAX_SIGNALED || m > MAX_BROADCAST || request->flags &
	    ~KNOWN_FLAGS || !dxghost_call_holds(call, sizeof(*request), n + m,
						4))
		return false;
	args->objects = dxghost_call_tail(call, sizeof(*request));
	args->contexts = dxghost_call_tail(call, sizeof(*request) + 4 * n);
	/* Only its length tells the older form of the call, without values. */
	args->values = n && dxghost_call_holds(call, at, n, 8) ?
		       dxghost_call_tail(call, at) : NULL;
	return true;
}

static uint64_t value_of(const struct signal_args *args, uint32_t i)
{
	return args->values ? dxghost_tail_u64(args->values, i) :
			      args->request->fence_value;
}

static dxghost_status find_objects(const struct dxghost_call *call,
				   struct signal_args *args)
{
	uint32_t i;

	for (i = 0; i < args->request->object_count; i++) {
		struct dxghost_sync *sync = dxghost_sync_find(call,
				dxghost_tail_u32(args->objects, i));

		/* The display alone signals its fences. */
		if (!sync || sync->fence->type == DXGHOST_PERIODIC_FENCE)
			return ST_INVALID_PARAMETER;
		if (sync->owned || sync->flags & DXGHOST_SYNC_NO_SIGNAL)
			return ST_ACCESS_DENIED;
		args->syncs[i] = sync;
	}
	return ST_SUCCESS;
}

/* Checks all before it changes any. */
static dxghost_status signal_from_cpu(struct dxghost_call *call,
				      struct signal_args *args)
{
	bool rewind = args->request->flags & DXGHOST_SIGNAL_REWIND;
	uint32_t i, n = args->request->object_count;
	dxghost_status status;

	if (!n || args->request->flags & DXGHOST_SIGNAL_CPU_EVENT ||
	    !args->values ||
	    !dxghost_device_find(call, args->request->u.device))
		return ST_INVALID_PARAMETER;
	status = find_objects(call, args);
	if (status)
		return status;
	for (i = 0; i < n; i++) {
		const struct dxghost_fence *fence = args->syncs[i]->fence;

		if (fence->type != DXGHOST_MONITORED_FENCE)
			return ST_INVALID_PARAMETER;
		if (!rewind && value_of(args, i) < dxghost_fence_value(fence))
			return ST_INVALID_PARAMETER;
	}
	for (i = 0; i < n; i++)
		dxghost_fence_set(call->host, args->syncs[i]->fence,
				  value_of(args, i));
	return ST_SUCCESS;
}

static dxghost_status find_queues(const struct dxghost_call *call,
				  struct signal_args *args)
{
	uint32_t i;

	for (i = 0; i < args->request->context_count; i++) {
		args->queues[i] = dxghost_queue_find(call,
				dxghost_tail_u32(args->contexts, i));
		if (!args->queues[i])
			return ST_INVALID_PARAMETER;
		if (args->queues[i]->device->state != DXGHOST_ACTIVE)
			return ST_GPU_EXCEPTION_ON_DEVICE;
	}
	return ST_SUCCESS;
}

static struct dxghost_signal *make_signal(struct dxghost_call *call,
					  struct signal_args *args)
{
	const struct dxgk_wire_signalsyncobject *request = args->request;
	struct dxghost_signal *signal;
	uint32_t i;

	signal = dxghost_signal_create(request->object_count,
				       request->context_count);
	if (!signal)
		return NULL;
	for (i = 0; i < request->object_count; i++)
		dxghost_signal_set(signal, i, args->syncs[i],
				   value_of(args, i));
	signal->flags = request->flags;
	if (request->flags & DXGHOST_SIGNAL_CPU_EVENT) {
		signal->event = dxghost_event_signal(call->process,
						     request->u.cpu_event_id);
		if (!signal->event) {
			dxghost_signal_free(call->host, signal);
			return NULL;
		}
	}
	return signal;
}

static dxghost_status push_signal(struct dxghost_call *call,
				  struct signal_args *args)
{
	struct dxghost_work *works[MAX_BROADCAST];
	struct dxghost_signal *signal = make_signal(call, args);
	uint32_t i, m = args->request->context_count;

	if (!signal)
		return ST_NO_MEMORY;
	for (i = 0; i < m; i++) {
		works[i] = dxghost_work_create(DXGHOST_WORK_SIGNAL);
		if (works[i]) {
			works[i]->u.signal = signal;
			continue;
		}
		while (i--)
			dxghost_work_free(works[i]);
		dxghost_signal_free(call->host, signal);
		return ST_NO_MEMORY;
	}
	for (i = 0; i < m; i++)
		dxghost_queue_push(args->queues[i], works[i]);
	return ST_SUCCESS;
}

static dxghost_status signal_from_gpu(struct dxghost_call *call,
				      struct signal_args *args)
{
	bool event = args->request->flags & DXGHOST_SIGNAL_CPU_EVENT;
	dxghost_status status;
	uint32_t i;

	if (event ? !args->request->u.cpu_event_id :
		    !args->request->object_count)
		return ST_INVALID_PARAMETER;
	status = find_queues(call, args);
	if (!status)
		status = find_objects(call, args);
	for (i = 0; i < args->request->object_count && !status; i++)
		if (!args->values && args->syncs[i]->fence->type ==
				     DXGHOST_MONITORED_FENCE)
			status = ST_INVALID_PARAMETER;
	return status ? status : push_signal(call, args);
}

dxghost_status dxghost_signal_sync_object(struct dxghost_call *call)
{
	const struct dxgk_wire_signalsyncobject *request = call->request;
	struct signal_args args;
	struct dxghost_queue *first;
	dxghost_status status;

	if (!take_apart(call, &args))
		return ST_INVALID_PARAMETER;
	/*
	 * A refused signal of the CPU does no harm: even one-way it does not
	 * put the device into error.
	 */
	if (!request->context_count)
		return signal_from_cpu(call, &args);
	first = dxghost_queue_find(call, dxghost_tail_u32(args.contexts, 0));
	if (!first)
		return ST_INVALID_PARAMETER;
	status = signal_from_gpu(call, &args);
	if (status)
		return dxghost_device_refuse(call, first->device, status);
	return ST_SUCCESS;
}
