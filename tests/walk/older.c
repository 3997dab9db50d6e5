/* SPDX-License-Identifier: MIT */
/* Mutexes, semaphores, plain fences: by the older calls, and not by the CPU. */
#include "world.h"

void walk_older_create(struct walk *w)
{
	static const D3DDDI_SYNCHRONIZATIONOBJECT_TYPE types[] = {
		D3DDDI_SYNCHRONIZATION_MUTEX, D3DDDI_SEMAPHORE, D3DDDI_FENCE,
	};
	unsigned int index = walk_room(w, w->world->older);
	unsigned int device = walk_pick_device(w);
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = { 0 };
	struct walk_older *older;

	if (index == WALK_NONE || device == WALK_NONE)
		return;
	args.hDevice = w->world->devices[device].handle;
	args.Info.Type = types[walk_below(w, WALK_COUNT(types))];
	if (args.Info.Type == D3DDDI_SEMAPHORE) {
		args.Info.Semaphore.MaxCount = 4;
		args.Info.Semaphore.InitialCount = walk_below(w, 5);
	}
	if (!walk_call(w, D3DKMTCreateSynchronizationObject2(&args),
		       walk_creation(w, device), "create sync object, type %d",
		       (int)args.Info.Type))
		return;
	walk_made(w, args.hSyncObject, "sync object");
	older = &w->world->older[index];
	older->live = true;
	older->id = walk_id(w);
	older->type = args.Info.Type;
	older->handle = args.hSyncObject;
	older->value = 0;
}

static void wait2(struct walk *w, const struct walk_queue *queue,
		  const struct walk_older *older)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 args = {
		.hContext = queue->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = { older->handle },
		.Fence.FenceValue = older->value,
	};

	walk_call(w, D3DKMTWaitForSynchronizationObject2(&args), WALK_OK,
		  "queue %u waits for sync object %u", queue->id, older->id);
}

static void signal2(struct walk *w, const struct walk_queue *queue,
		    const struct walk_older *older)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 args = {
		.hContext = queue->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = { older->handle },
		.Fence.FenceValue = older->value,
	};

	walk_call(w, D3DKMTSignalSynchronizationObject2(&args), WALK_OK,
		  "queue %u signals sync object %u", queue->id, older->id);
}

/*
 * What is taken is given back, in one go: only the GPU could do it later, and a
 * mutex that goes down with a context would hold up everybody.
 */
void walk_older_use(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->older);
	unsigned int on = walk_pick_queue(w);
	struct walk_queue *queue;
	struct walk_older *older;

	if (index == WALK_NONE || on == WALK_NONE ||
	    w->world->queues[on].hardware)
		return;
	queue = &w->world->queues[on];
	older = &w->world->older[index];
	walk_queued(queue);
	if (older->type == D3DDDI_SYNCHRONIZATION_MUTEX) {
		wait2(w, queue, older);
		signal2(w, queue, older);
	} else {
		older->value++;
		signal2(w, queue, older);
		wait2(w, queue, older);
	}
	walk_finish(w, queue, queue->seq);
}

void walk_older_destroy(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->older);
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args;
	uint64_t value = 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU signal = {
		.ObjectCount = 1, .FenceValueArray = &value,
	};
	unsigned int device = walk_pick_device(w);
	struct walk_older *older;

	if (index == WALK_NONE)
		return;
	older = &w->world->older[index];
	args.hSyncObject = older->handle;
	if (device != WALK_NONE) {
		signal.hDevice = w->world->devices[device].handle;
		signal.ObjectHandleArray = &args.hSyncObject;
		walk_call(w, D3DKMTSignalSynchronizationObjectFromCpu(&signal),
			  WALK_PARAMETER, "the CPU signals sync object %u",
			  older->id);
	}
	walk_call(w, D3DKMTDestroySynchronizationObject(&args), WALK_OK,
		  "destroy sync object %u", older->id);
	walk_went(w, older->handle);
	older->live = false;
}
