/* SPDX-License-Identifier: MIT */
/* Contexts, hardware queues, and their priorities. */
#include <string.h>

#include "world.h"

/*
 * In a profile without patience work that is held up may be dropped. A lost
 * device has dropped its work already.
 */
static enum walk_doubt end_of_work(struct walk *w, unsigned int context)
{
	unsigned int i, device = w->world->contexts[context].device;
	bool is_certain = w->world->patient || w->world->devices[device].lost;
	struct walk_queue *queue;

	for (i = 0; !is_certain && i < WALK_QUEUES; i++) {
		queue = &w->world->queues[i];
		if (queue->live && queue->context == context &&
		    walk_queue_is_needed(w, queue))
			walk_finish(w, queue, queue->seq);
	}
	if (is_certain || walk_chance(w, 2))
		walk_pay(w);
	return is_certain ? WALK_KNOWN : WALK_DROPPED;
}

/* The fence that tells how far a context's queue has come. */
static bool create_tail(struct walk *w, struct walk_queue *queue)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = w->world->devices[queue->device].handle,
		.Info.Type = D3DDDI_MONITORED_FENCE,
	};

	walk_quiet(w);
	if (!walk_call(w, D3DKMTCreateSynchronizationObject2(&args),
		       walk_creation(w, queue->device), "a fence for queue %u",
		       queue->id))
		return false;
	walk_made(w, args.hSyncObject, "fence");
	queue->fence = args.hSyncObject;
	queue->cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	queue->gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	return true;
}

static void destroy_context(struct walk *w, struct walk_context *context,
			    unsigned int allowed)
{
	D3DKMT_DESTROYCONTEXT args = { .hContext = context->handle };

	walk_call(w, D3DKMTDestroyContext(&args), allowed,
		  "destroy context %u", context->id);
}

static struct walk_queue *new_queue(struct walk *w, unsigned int index,
				    unsigned int context)
{
	struct walk_queue *queue = &w->world->queues[index];

	memset(queue, 0, sizeof(*queue));
	queue->id = walk_id(w);
	queue->context = context;
	queue->device = w->world->contexts[context].device;
	return queue;
}

static bool attach_queue(struct walk *w, unsigned int context,
			 const D3DKMT_CREATECONTEXTVIRTUAL *args)
{
	unsigned int index = walk_room(w, w->world->queues);
	struct walk_queue *queue;

	if (index == WALK_NONE)
		return false;
	queue = new_queue(w, index, context);
	queue->handle = args->hContext;
	queue->null = args->Flags.NullRendering;
	queue->sync_only = args->Flags.SynchronizationOnly;
	queue->live = create_tail(w, queue);
	return queue->live;
}

void walk_context_create(struct walk *w)
{
	unsigned int index = walk_room(w, w->world->contexts);
	unsigned int device = walk_pick_device(w);
	struct walk_context *context;
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.ClientHint = D3DKMT_CLIENTHINT_DX12,
	};

	if (index == WALK_NONE || device == WALK_NONE)
		return;
	args.hDevice = w->world->devices[device].handle;
	args.NodeOrdinal = walk_below(w, w->world->nodes);
	args.EngineAffinity = walk_below(w, 2);
	args.Flags.NullRendering = walk_chance(w, 8);
	args.Flags.SynchronizationOnly = walk_chance(w, 8);
	args.Flags.HwQueueSupported = walk_chance(w, 3);
	args.Flags.DisableGpuTimeout = walk_chance(w, 4);
	if (!walk_call(w, D3DKMTCreateContextVirtual(&args),
		       walk_creation(w, device),
		       "create context on device %u, node %u, flags %x",
		       w->world->devices[device].id, args.NodeOrdinal,
		       args.Flags.Value))
		return;
	walk_made(w, args.hContext, "context");
	context = &w->world->contexts[index];
	memset(context, 0, sizeof(*context));
	context->live = true;
	context->id = walk_id(w);
	context->device = device;
	context->node = args.NodeOrdinal;
	context->handle = args.hContext;
	context->for_queues = args.Flags.HwQueueSupported &&
			      !args.Flags.SynchronizationOnly &&
			      !args.Flags.NullRendering;
	if (args.Flags.HwQueueSupported || attach_queue(w, index, &args))
		return;
	destroy_context(w, context, WALK_OK);
	context->live = false;
}

static void queue_gone(struct walk *w, struct walk_queue *queue,
		       enum walk_doubt doubt)
{
	walk_queue_gone(w, queue, doubt);
	queue->live = false;
	if (!queue->hardware) {
		walk_tail_destroy(w, queue);
		return;
	}
	walk_went(w, queue->handle);
	walk_went(w, queue->fence);
}

void walk_context_destroy(struct walk *w)
{
	unsigned int i, index = walk_pick(w, w->world->contexts);
	struct walk_context *context;
	enum walk_doubt doubt;

	if (index == WALK_NONE)
		return;
	context = &w->world->contexts[index];
	doubt = end_of_work(w, index);
	destroy_context(w, context, WALK_OK);
	walk_went(w, context->handle);
	context->live = false;
	for (i = 0; i < WALK_QUEUES; i++)
		if (w->world->queues[i].live &&
		    w->world->queues[i].context == index)
			queue_gone(w, &w->world->queues[i], doubt);
	if (walk_chance(w, 3))
		destroy_context(w, context, WALK_PARAMETER);
}

void walk_hw_queue_create(struct walk *w)
{
	unsigned int index = walk_room(w, w->world->queues);
	unsigned int context = walk_pick(w, w->world->contexts);
	struct walk_queue *queue;
	D3DKMT_CREATEHWQUEUE args = { 0 };

	if (index == WALK_NONE || context == WALK_NONE ||
	    !w->world->contexts[context].for_queues ||
	    !w->world->devices[w->world->contexts[context].device].commands_cpu)
		return;
	walk_quiet(w);
	queue = new_queue(w, index, context);
	args.hHwContext = w->world->contexts[context].handle;
	if (!walk_call(w, D3DKMTCreateHwQueue(&args),
		       walk_creation(w, queue->device),
		       "create hw queue %u of context %u", queue->id,
		       w->world->contexts[context].id))
		return;
	walk_made(w, args.hHwQueue, "hw queue");
	walk_made(w, args.hHwQueueProgressFence, "progress fence");
	queue->live = true;
	queue->hardware = true;
	queue->handle = args.hHwQueue;
	queue->fence = args.hHwQueueProgressFence;
	queue->cpu = args.HwQueueProgressFenceCPUVirtualAddress;
	queue->gpu = args.HwQueueProgressFenceGPUVirtualAddress;
	if (walk_load(queue->cpu))
		walk_fail(w, "progress does not begin at 0");
}

void walk_hw_queue_destroy(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->queues);
	struct walk_queue *queue;
	D3DKMT_DESTROYHWQUEUE args;
	enum walk_doubt doubt;

	if (index == WALK_NONE || !w->world->queues[index].hardware)
		return;
	queue = &w->world->queues[index];
	doubt = end_of_work(w, queue->context);
	args.hHwQueue = queue->handle;
	walk_call(w, D3DKMTDestroyHwQueue(&args), WALK_OK,
		  "destroy hw queue %u", queue->id);
	queue_gone(w, queue, doubt);
	if (walk_chance(w, 2))
		walk_call(w, D3DKMTDestroyHwQueue(&args), WALK_PARAMETER,
			  "destroy it again");
}

static void set_priority(struct walk *w, struct walk_context *context)
{
	int priority = (int)walk_below(w, 17) - 8;
	bool is_valid = priority >= -7 && priority <= 7;
	D3DKMT_SETCONTEXTSCHEDULINGPRIORITY args = {
		.hContext = context->handle,
		.Priority = priority,
	};

	walk_call(w, D3DKMTSetContextSchedulingPriority(&args),
		  is_valid ? WALK_OK : WALK_PARAMETER,
		  "context %u has priority %d", context->id, priority);
	if (is_valid)
		context->priority = priority;
}

static void set_in_process(struct walk *w, struct walk_context *context)
{
	int priority = (int)walk_below(w, 4) - 1;
	bool is_valid = priority == 0 || priority == 1;
	D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY args = {
		.hContext = context->handle,
		.Priority = priority,
	};

	walk_call(w, D3DKMTSetContextInProcessSchedulingPriority(&args),
		  is_valid ? WALK_OK : WALK_PARAMETER,
		  "context %u has in-process priority %d", context->id,
		  priority);
	if (is_valid)
		context->in_process = priority;
}

static void get_priorities(struct walk *w, const struct walk_context *context)
{
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY args = {
		.hContext = context->handle, .Priority = 99,
	};
	D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY in_process = {
		.hContext = context->handle, .Priority = 99,
	};

	walk_call(w, D3DKMTGetContextSchedulingPriority(&args), WALK_OK,
		  "priority of context %u", context->id);
	walk_call(w, D3DKMTGetContextInProcessSchedulingPriority(&in_process),
		  WALK_OK, "in-process priority of context %u", context->id);
	if (args.Priority != context->priority ||
	    in_process.Priority != context->in_process)
		walk_fail(w, "context %u has priorities %d, %d, not %d, %d",
			  context->id, args.Priority, in_process.Priority,
			  context->priority, context->in_process);
}

void walk_context_priority(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->contexts);
	struct walk_context *context;

	if (index == WALK_NONE)
		return;
	context = &w->world->contexts[index];
	if (walk_chance(w, 2))
		set_priority(w, context);
	else
		set_in_process(w, context);
	get_priorities(w, context);
}
