/* SPDX-License-Identifier: MIT */
/* Steps: synchronisation objects, signals and waits. */
#include "fail-nth.h"

#include <unistd.h>

#define WAITFORSYNCOBJECTFROMCPU 22	/* the command */

/* create, destroy */

static void prepare_create(struct nth_world *world, void *data, uint32_t type)
{
	struct d3dkmt_createsynchronizationobject2 *args = data;

	args->device.v = world->device;
	args->info.type = type;
}

static void undo_create(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createsynchronizationobject2 *args = data;

	if (worked)
		nth_destroy_sync(world, args->sync_object.v);
}

static void prepare_mutex(struct nth_world *world, void *data)
{
	prepare_create(world, data, DXG_SYNC_TYPE_MUTEX);
}

static void prepare_semaphore(struct nth_world *world, void *data)
{
	struct d3dkmt_createsynchronizationobject2 *args = data;

	prepare_create(world, data, DXG_SYNC_TYPE_SEMAPHORE);
	args->info.semaphore.max_count = 1;
}

static void prepare_old_fence(struct nth_world *world, void *data)
{
	prepare_create(world, data, DXG_SYNC_TYPE_FENCE);
}

static void prepare_notification(struct nth_world *world, void *data)
{
	struct d3dkmt_createsynchronizationobject2 *args = data;

	prepare_create(world, data, DXG_SYNC_TYPE_CPU_NOTIFICATION);
	args->info.cpu_notification.event = (uint64_t)world->event;
}

static void prepare_monitored(struct nth_world *world, void *data)
{
	prepare_create(world, data, DXG_SYNC_TYPE_MONITORED_FENCE);
}

static void prepare_shared(struct nth_world *world, void *data)
{
	struct d3dkmt_createsynchronizationobject2 *args = data;

	prepare_create(world, data, DXG_SYNC_TYPE_MONITORED_FENCE);
	args->info.flags = DXG_SYNC_OBJECT_SHARED |
			   DXG_SYNC_OBJECT_NT_SECURITY_SHARING;
}

#define undo_mutex undo_create
#define undo_semaphore undo_create
#define undo_old_fence undo_create
#define undo_notification undo_create
#define undo_monitored undo_create
#define undo_shared undo_create

static void prepare_destroy(struct nth_world *world, void *data)
{
	struct d3dkmt_destroysynchronizationobject *args = data;

	args->sync_object.v = nth_create_fence(world, 0).handle;
}

static void prepare_destroy_old(struct nth_world *world, void *data)
{
	struct d3dkmt_destroysynchronizationobject *args = data;

	args->sync_object.v = nth_create_sync(world, DXG_SYNC_TYPE_SEMAPHORE);
}

static void undo_destroy(struct nth_world *world, const void *data, bool worked)
{
	struct d3dkmt_destroysynchronizationobject args =
		*(const struct d3dkmt_destroysynchronizationobject *)data;

	if (!worked)
		nth_may(world, LX_DXDESTROYSYNCHRONIZATIONOBJECT, &args);
}

#define undo_destroy_old undo_destroy

/* signals: of the next value, which may come or not */

static void prepare_objects(struct nth_world *world)
{
	world->data.handles[0] = world->fence.handle;
	world->data.values[0] = ++world->value;
}

static void prepare_signal(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobject2 *args = data;

	args->context.v = world->context;
	args->object_count = 1;
	args->object_array[0].v = world->semaphore;
}

static void prepare_signal_cpu(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobjectfromcpu *args = data;

	prepare_objects(world);
	args->device.v = world->device;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->fence_values = NTH_POINTER(world->data.values);
}

static void prepare_signal_gpu(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobjectfromgpu *args = data;

	prepare_objects(world);
	args->context.v = world->context;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->monitored_fence_values = NTH_POINTER(world->data.values);
}

static void prepare_signal_gpu2(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobjectfromgpu2 *args = data;

	prepare_objects(world);
	world->data.more_handles[0] = world->context;
	args->context_count = 1;
	args->contexts = NTH_POINTER(world->data.more_handles);
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->monitored_fence_values = NTH_POINTER(world->data.values);
}

static void prepare_signal_queue(struct nth_world *world, void *data)
{
	struct d3dkmt_submitsignalsyncobjectstohwqueue *args = data;

	prepare_objects(world);
	world->data.more_handles[0] = world->hw_queue;
	args->hwqueue_count = 1;
	args->hwqueues = NTH_POINTER(world->data.more_handles);
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->fence_values = NTH_POINTER(world->data.values);
}

#define undo_signal nth_undo_nothing
#define undo_signal_cpu nth_undo_nothing
#define undo_signal_gpu nth_undo_nothing
#define undo_signal_gpu2 nth_undo_nothing
#define undo_signal_queue nth_undo_nothing

/* The event comes when the context gets there, which is at once. */
static void prepare_signal_event(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobject2 *args = data;

	args->context.v = world->context;
	args->flags = DXG_SIGNAL_ENQUEUE_CPU_EVENT;
	args->cpu_event_handle = (uint64_t)world->event;
}

static void prepare_signal_event2(struct nth_world *world, void *data)
{
	struct d3dkmt_signalsynchronizationobjectfromgpu2 *args = data;

	world->data.more_handles[0] = world->context;
	args->context_count = 1;
	args->contexts = NTH_POINTER(world->data.more_handles);
	args->flags = DXG_SIGNAL_ENQUEUE_CPU_EVENT;
	args->cpu_event_handle = (uint64_t)world->event;
}

/* What was told to the host is awaited, so that it is not counted. */
static void undo_signal_event(struct nth_world *world, const void *data, bool worked)
{
	uint64_t count;

	(void)data;
	if (!worked)
		return;
	assert_true(t_event_is_set(world->event, T_TIMEOUT_MS));
	assert_int_equal(read(world->event, &count, sizeof(count)), sizeof(count));
}

#define undo_signal_event2 undo_signal_event

/* waits of the GPU: for what is there already */

static void prepare_wait(struct nth_world *world, void *data)
{
	struct d3dkmt_waitforsynchronizationobject2 *args = data;
	struct d3dkmt_signalsynchronizationobject2 signal = { .flags = 0 };

	prepare_signal(world, &signal);
	nth_do(world, LX_DXSIGNALSYNCHRONIZATIONOBJECT, &signal);
	args->context.v = world->context;
	args->object_count = 1;
	args->object_array[0].v = world->semaphore;
}

static void prepare_reached(struct nth_world *world)
{
	world->data.handles[0] = world->fence.handle;
	world->data.values[0] = 0;
}

static void prepare_wait_gpu(struct nth_world *world, void *data)
{
	struct d3dkmt_waitforsynchronizationobjectfromgpu *args = data;

	prepare_reached(world);
	args->context.v = world->context;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->monitored_fence_values = NTH_POINTER(world->data.values);
}

static void prepare_wait_queue(struct nth_world *world, void *data)
{
	struct d3dkmt_submitwaitforsyncobjectstohwqueue *args = data;

	prepare_reached(world);
	args->hwqueue.v = world->hw_queue;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->fence_values = NTH_POINTER(world->data.values);
}

#define undo_wait nth_undo_nothing
#define undo_wait_gpu nth_undo_nothing
#define undo_wait_queue nth_undo_nothing

/* waits of the CPU, for a value that is still to come */

static void prepare_wait_cpu(struct nth_world *world, void *data)
{
	struct d3dkmt_waitforsynchronizationobjectfromcpu *args = data;

	prepare_objects(world);
	args->device.v = world->device;
	args->object_count = 1;
	args->objects = NTH_POINTER(world->data.handles);
	args->fence_values = NTH_POINTER(world->data.values);
}

static void prepare_wait_event(struct nth_world *world, void *data)
{
	struct d3dkmt_waitforsynchronizationobjectfromcpu *args = data;

	prepare_wait_cpu(world, data);
	args->async_event = (uint64_t)world->event;
}

/* A wait that was armed although its sender was killed ends here, too. */
static void undo_wait_event(struct nth_world *world, const void *data, bool worked)
{
	nth_signal(world, world->fence.handle, world->value);
	undo_signal_event(world, data, worked);
}

/*
 * Lets the GPU go on, without a message, when the host knows of the wait. A
 * thread of its own cannot fail the test, so it counts with care; told to stop,
 * it touches nothing: the memory may have gone with its host.
 */
static void *release_wait(void *argument)
{
	struct nth_world *world = argument;
	struct dxg_soft_message_stats stats = { .messages = 0 };

	while (stats.messages <= world->address) {
		if (__atomic_load_n(&world->stop, __ATOMIC_ACQUIRE) ||
		    world->home->message_stats(DXG_SOFT_CHANNEL_VGPU,
					       WAITFORSYNCOBJECTFROMCPU, &stats))
			return NULL;
		t_sleep_ms(1);
	}
	__atomic_store_n(&world->memory.cpu[1], world->value, __ATOMIC_RELEASE);
	return NULL;
}

/* The value is signalled behind a packet that waits for the thread's. */
static void prepare_block(struct nth_world *world, void *data)
{
	struct d3dkmt_submitcommand submit = { .broadcast_context_count = 1 };
	struct d3dkmt_signalsynchronizationobjectfromgpu signal = {
		.context.v = world->context,
	};

	prepare_wait_cpu(world, data);
	submit.command_length = nth_write_commands(world, world->value);
	submit.command_buffer = world->memory.gpu + 64;
	submit.broadcast_context[0].v = world->context;
	nth_do(world, LX_DXSUBMITCOMMAND, &submit);
	signal.object_count = 1;
	signal.objects = NTH_POINTER(world->data.handles);
	signal.monitored_fence_values = NTH_POINTER(world->data.values);
	nth_do(world, LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU, &signal);
	world->address = nth_messages(world, WAITFORSYNCOBJECTFROMCPU);
	world->stop = false;
	world->thread = t_start_thread(release_wait, world);
	world->has_thread = true;
}

static void undo_block(struct nth_world *world, const void *data, bool worked)
{
	(void)data;
	(void)worked;
	nth_stop_thread(world);
	__atomic_store_n(&world->memory.cpu[1], world->value, __ATOMIC_RELEASE);
	nth_wait_value(world->fence.cpu, world->value);
}

const struct nth_step nth_sync_steps[] = {
	NTH_STEP("CreateSynchronizationObject2, mutex",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, mutex),
	NTH_STEP("CreateSynchronizationObject2, semaphore",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, semaphore),
	NTH_STEP("CreateSynchronizationObject2, fence",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, old_fence),
	NTH_STEP("CreateSynchronizationObject2, CPU notification",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, notification),
	NTH_STEP("CreateSynchronizationObject2, monitored fence",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, monitored),
	NTH_STEP("CreateSynchronizationObject2, shared",
		 LX_DXCREATESYNCHRONIZATIONOBJECT, 0, shared),
	NTH_STEP("DestroySynchronizationObject of a monitored fence",
		 LX_DXDESTROYSYNCHRONIZATIONOBJECT,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy),
	NTH_STEP("DestroySynchronizationObject of a semaphore",
		 LX_DXDESTROYSYNCHRONIZATIONOBJECT,
		 NTH_DESTROYS | NTH_UNKILLABLE, destroy_old),
	NTH_STEP("SignalSynchronizationObject2", LX_DXSIGNALSYNCHRONIZATIONOBJECT,
		 NTH_ONE_WAY, signal),
	NTH_STEP("SignalSynchronizationObject2 of an event",
		 LX_DXSIGNALSYNCHRONIZATIONOBJECT, NTH_ONE_WAY, signal_event),
	NTH_STEP("SignalSynchronizationObjectFromCpu",
		 LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU, NTH_ONE_WAY, signal_cpu),
	NTH_STEP("SignalSynchronizationObjectFromGpu",
		 LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU, NTH_ONE_WAY, signal_gpu),
	NTH_STEP("SignalSynchronizationObjectFromGpu2",
		 LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2, NTH_ONE_WAY,
		 signal_gpu2),
	NTH_STEP("SignalSynchronizationObjectFromGpu2 of an event",
		 LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2, NTH_ONE_WAY,
		 signal_event2),
	NTH_STEP("SubmitSignalSyncObjectsToHwQueue",
		 LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE, NTH_ONE_WAY, signal_queue),
	NTH_STEP("WaitForSynchronizationObject2",
		 LX_DXWAITFORSYNCHRONIZATIONOBJECT, NTH_ONE_WAY, wait),
	NTH_STEP("WaitForSynchronizationObjectFromGpu",
		 LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMGPU, NTH_ONE_WAY, wait_gpu),
	NTH_STEP("SubmitWaitForSyncObjectsToHwQueue",
		 LX_DXSUBMITWAITFORSYNCOBJECTSTOHWQUEUE, NTH_ONE_WAY, wait_queue),
	NTH_STEP("WaitForSynchronizationObjectFromCpu, an event",
		 LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU, 0, wait_event),
	NTH_STEP("WaitForSynchronizationObjectFromCpu, blocking",
		 LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU, 0, block),
};

const unsigned int nth_sync_step_count = NTH_COUNT(nth_sync_steps);
