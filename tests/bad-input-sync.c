/* SPDX-License-Identifier: MIT */
/* Rows of the calls about synchronisation objects. */
#include "bad-input.h"

#define SHARED		(1u << 0)
#define NT_SHARING	(1u << 1)
#define TOP_OF_PIPELINE	(1u << 3)
#define NO_SIGNAL	(1u << 4)
#define NO_WAIT		(1u << 5)
#define SIGNAL_BY_KMD	(1u << 8)
#define ENQUEUE_EVENT	(1u << 1)

static void destroy(D3DKMT_HANDLE handle)
{
	struct t_fence fence = { .handle = handle };

	t_destroy_fence(&fence);
}

static void prepare_create_old(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->Info.Type = D3DDDI_SEMAPHORE;
	args->Info.Semaphore.MaxCount = 2;
}

static void undo_create_old(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATESYNCHRONIZATIONOBJECT *args = data;

	(void)f;
	if (worked)
		destroy(args->hSyncObject);
}

static void prepare_create(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->Info.Type = D3DDDI_MONITORED_FENCE;
}

static void prepare_create_old_fence(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *args = data;

	prepare_create(f, data);
	args->Info.Type = D3DDDI_FENCE;
}

static void prepare_create_notification(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *args = data;

	prepare_create(f, data);
	args->Info.Type = D3DDDI_CPU_NOTIFICATION;
	args->Info.CPUNotification.Event =
		(HANDLE)(intptr_t)f->descriptors[BAD_EVENT];
}

static void undo_create(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *args = data;

	(void)f;
	if (worked)
		destroy(args->hSyncObject);
}

#define undo_create_old_fence undo_create
#define undo_create_notification undo_create

static void prepare_destroy(struct bad_fixture *f, void *data)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT *args = data;

	args->hSyncObject = t_create_fence(f->live[BAD_DEVICE], 0).handle;
	f->handles[0] = args->hSyncObject;
}

static void undo_destroy(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (!worked)
		destroy(f->handles[0]);
}

/* The objects are at the beginning, the contexts in the middle. */
static void prepare_objects(struct bad_fixture *f, uint64_t value)
{
	f->handles[0] = f->handles[1] = f->live[BAD_FENCE];
	f->handles[32] = f->handles[33] = f->live[BAD_CONTEXT];
	f->values[0] = f->values[1] = value;
}

static void prepare_signal_old(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray[0] = f->live[BAD_OLD_FENCE];
}

static void prepare_signal(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray[0] = f->live[BAD_OLD_FENCE];
	args->BroadcastContextCount = 1;
	args->BroadcastContext[0] = f->live[BAD_CONTEXT];
}

static void prepare_signal_event(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->Flags.EnqueueCpuEvent = 1;
	args->CpuEventHandle = (HANDLE)(intptr_t)f->descriptors[BAD_EVENT];
}

static void prepare_signal_cpu(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU *args = data;

	prepare_objects(f, UINT64_MAX);
	args->hDevice = f->live[BAD_DEVICE];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->FenceValueArray = f->values;
}

static void prepare_signal_gpu(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU *args = data;

	prepare_objects(f, UINT64_MAX);
	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->MonitoredFenceValueArray = f->values;
}

static void prepare_signal_gpu2(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 *args = data;

	prepare_objects(f, UINT64_MAX);
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->BroadcastContextCount = 1;
	args->BroadcastContextArray = f->handles + 32;
	args->MonitoredFenceValueArray = f->values;
}

static void prepare_signal_gpu2_event(struct bad_fixture *f, void *data)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 *args = data;

	prepare_objects(f, 0);
	args->Flags.EnqueueCpuEvent = 1;
	args->BroadcastContextCount = 1;
	args->BroadcastContextArray = f->handles + 32;
	args->CpuEventHandle = (HANDLE)(intptr_t)f->descriptors[BAD_EVENT];
}

static void prepare_wait_old(struct bad_fixture *f, void *data)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray[0] = f->live[BAD_FENCE];
}

static void prepare_wait(struct bad_fixture *f, void *data)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 *args = data;

	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray[0] = f->live[BAD_FENCE];
}

static void prepare_wait_cpu(struct bad_fixture *f, void *data)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU *args = data;

	prepare_objects(f, 0);
	args->hDevice = f->live[BAD_DEVICE];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->FenceValueArray = f->values;
}

static void prepare_wait_gpu(struct bad_fixture *f, void *data)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU *args = data;

	prepare_objects(f, 0);
	args->hContext = f->live[BAD_CONTEXT];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->MonitoredFenceValueArray = f->values;
}

#define undo_signal_old bad_undo_nothing
#define undo_signal bad_undo_nothing
#define undo_signal_event bad_undo_nothing
#define undo_signal_cpu bad_undo_nothing
#define undo_signal_gpu bad_undo_nothing
#define undo_signal_gpu2 bad_undo_nothing
#define undo_signal_gpu2_event bad_undo_nothing
#define undo_wait_old bad_undo_nothing
#define undo_wait bad_undo_nothing
#define undo_wait_cpu bad_undo_nothing
#define undo_wait_gpu bad_undo_nothing

BAD_CALL(CreateSynchronizationObject, D3DKMT_CREATESYNCHRONIZATIONOBJECT)
BAD_CALL(CreateSynchronizationObject2, D3DKMT_CREATESYNCHRONIZATIONOBJECT2)
BAD_CALL(OpenSynchronizationObject, D3DKMT_OPENSYNCHRONIZATIONOBJECT)
BAD_CALL(DestroySynchronizationObject, D3DKMT_DESTROYSYNCHRONIZATIONOBJECT)
BAD_CALL(SignalSynchronizationObject, D3DKMT_SIGNALSYNCHRONIZATIONOBJECT)
BAD_CALL(SignalSynchronizationObject2, D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2)
BAD_CALL(SignalSynchronizationObjectFromCpu,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU)
BAD_CALL(SignalSynchronizationObjectFromGpu,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU)
BAD_CALL(SignalSynchronizationObjectFromGpu2,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2)
BAD_CALL(WaitForSynchronizationObject, D3DKMT_WAITFORSYNCHRONIZATIONOBJECT)
BAD_CALL(WaitForSynchronizationObject2, D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2)
BAD_CALL(WaitForSynchronizationObjectFromCpu,
	 D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU)
BAD_CALL(WaitForSynchronizationObjectFromGpu,
	 D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU)

#define WRONG(type, member, number) \
	BAD_VALUE(type, member, number, STATUS_INVALID_PARAMETER)
#define TYPE(number)	WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, Info.Type, number)
#define FLAGS(bits) \
	WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, Info.Flags.Value, bits)
#define CREATING_DEVICE(type) \
	BAD_HANDLE(type, hDevice, BAD_BIT(BAD_DEVICE), .flags = BAD_ALONE)
/* Any device of the adapter will do for contexts and for objects. */
#define OBJECTS(type, values, kinds)                                       \
	BAD_LIST(type, ObjectHandleArray, ObjectCount, kinds,              \
		 .flags = BAD_SIBLING_IS_FINE),                            \
	BAD_COUNTED(type, values, ObjectCount, 8),                         \
	BAD_COUNT(type, ObjectCount, 32)
#define OBJECTS_INSIDE(type)                                               \
	BAD_ARRAY(type, ObjectHandleArray, ObjectCount, BAD_SYNCS,         \
		  .flags = BAD_SIBLING_IS_FINE),                           \
	BAD_COUNT(type, ObjectCount, 32)
#define NO_EVENT	BAD_0_ELSEWHERE

static const struct bad_row sync_rows[] = {
	BAD_ROW(CreateSynchronizationObject, D3DKMT_CREATESYNCHRONIZATIONOBJECT,
		BAD_ARGS_WRITTEN | BAD_ARGS_CHECKED, create_old,
		CREATING_DEVICE(D3DKMT_CREATESYNCHRONIZATIONOBJECT),
		WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT, Info.Type, 0),
		WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT, Info.Type, 3),
		WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT, Info.Type, 5),
		WRONG(D3DKMT_CREATESYNCHRONIZATIONOBJECT, Info.Type, UINT32_MAX)),
	BAD_ROW(CreateSynchronizationObject2, D3DKMT_CREATESYNCHRONIZATIONOBJECT2,
		BAD_ARGS_WRITTEN, create,
		CREATING_DEVICE(D3DKMT_CREATESYNCHRONIZATIONOBJECT2),
		TYPE(0), TYPE(7), TYPE(UINT32_MAX),
		/* periodic: there is no display to go with */
		BAD_VALUE(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, Info.Type, 6,
			  BAD_ANY_ERROR),
		FLAGS(SHARED), FLAGS(NT_SHARING), FLAGS(NO_SIGNAL | NO_WAIT),
		FLAGS(SIGNAL_BY_KMD)),
	BAD_VARIANT(CreateSynchronizationObject2, "an old fence",
		    D3DKMT_CREATESYNCHRONIZATIONOBJECT2, BAD_ARGS_WRITTEN,
		    create_old_fence,
		    CREATING_DEVICE(D3DKMT_CREATESYNCHRONIZATIONOBJECT2),
		    FLAGS(TOP_OF_PIPELINE), FLAGS(NO_SIGNAL), FLAGS(NO_WAIT),
		    FLAGS(SIGNAL_BY_KMD)),
	BAD_VARIANT(CreateSynchronizationObject2, "a notification",
		    D3DKMT_CREATESYNCHRONIZATIONOBJECT2, BAD_ARGS_WRITTEN,
		    create_notification,
		    CREATING_DEVICE(D3DKMT_CREATESYNCHRONIZATIONOBJECT2),
		    BAD_DESCRIPTOR(D3DKMT_CREATESYNCHRONIZATIONOBJECT2,
				   Info.CPUNotification.Event, BAD_EVENT,
				   .flags = NO_EVENT),
		    BAD_VALUE(D3DKMT_CREATESYNCHRONIZATIONOBJECT2,
			      Info.CPUNotification.Event, 0,
			      STATUS_INVALID_HANDLE, .flags = BAD_LONG)),
	BAD_ABSENT(OpenSynchronizationObject, D3DKMT_OPENSYNCHRONIZATIONOBJECT),
	/* a queue's fence goes with the queue */
	BAD_ROW(DestroySynchronizationObject, D3DKMT_DESTROYSYNCHRONIZATIONOBJECT,
		0, destroy,
		BAD_HANDLE(D3DKMT_DESTROYSYNCHRONIZATIONOBJECT, hSyncObject,
			   BAD_BIT(BAD_FENCE) | BAD_BIT(BAD_OLD_FENCE),
			   .flags = BAD_ALONE)),
	BAD_ROW(SignalSynchronizationObject, D3DKMT_SIGNALSYNCHRONIZATIONOBJECT,
		BAD_ARGS_CHECKED, signal_old,
		BAD_HANDLE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		BAD_ARRAY(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT, ObjectHandleArray,
			  ObjectCount, BAD_BIT(BAD_OLD_FENCE) | BAD_MONITORED,
			  .flags = BAD_ALONE),
		BAD_COUNT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT, ObjectCount, 32)),
	/* with the context of its own there is room for 63 others */
	BAD_ROW(SignalSynchronizationObject2, D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2,
		0, signal,
		BAD_HANDLE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		BAD_ARRAY(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, ObjectHandleArray,
			  ObjectCount, BAD_BIT(BAD_OLD_FENCE) | BAD_MONITORED,
			  .flags = BAD_ALONE),
		BAD_COUNT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, ObjectCount, 32),
		BAD_ARRAY(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, BroadcastContext,
			  BroadcastContextCount, BAD_CONTEXTS,
			  .flags = BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2,
			  BroadcastContextCount, 63, .flags = BAD_0_IS_FINE)),
	BAD_VARIANT(SignalSynchronizationObject2, "an event",
		    D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, 0, signal_event,
		    BAD_HANDLE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2, hContext,
			       BAD_CONTEXTS, .flags = BAD_ALONE),
		    BAD_DESCRIPTOR(D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2,
				   CpuEventHandle, BAD_EVENT)),
	BAD_ROW(SignalSynchronizationObjectFromCpu,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, 0, signal_cpu,
		BAD_HANDLE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, hDevice,
			   BAD_BIT(BAD_DEVICE), .flags = BAD_SIBLING_IS_FINE),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU,
			FenceValueArray, BAD_MONITORED),
		/* the fence is beyond that already, with good arguments */
		{ .kind = BAD_KIND_VALUE, .name = "FenceValueArray[0]",
		  BAD_BEHIND(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU,
			     FenceValueArray),
		  .value = 1, .refused = STATUS_INVALID_PARAMETER,
		  .flags = BAD_LONG },
		WRONG(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, Flags.Value,
		      ENQUEUE_EVENT)),
	BAD_ROW(SignalSynchronizationObjectFromGpu,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, 0, signal_gpu,
		BAD_HANDLE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU,
			MonitoredFenceValueArray, BAD_SYNCS)),
	BAD_ROW(SignalSynchronizationObjectFromGpu2,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, 0, signal_gpu2,
		BAD_LIST(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			 BroadcastContextArray, BroadcastContextCount,
			 BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		BAD_COUNT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			  BroadcastContextCount, 64),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			MonitoredFenceValueArray, BAD_SYNCS)),
	BAD_VARIANT(SignalSynchronizationObjectFromGpu2, "an event",
		    D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, 0,
		    signal_gpu2_event,
		    BAD_DESCRIPTOR(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
				   CpuEventHandle, BAD_EVENT, .flags = NO_EVENT),
		    BAD_VALUE(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			      CpuEventHandle, 0, STATUS_INVALID_PARAMETER,
			      .flags = BAD_LONG),
		    WRONG(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			  ObjectCount, 1)),
	BAD_ROW(WaitForSynchronizationObject, D3DKMT_WAITFORSYNCHRONIZATIONOBJECT,
		BAD_ARGS_CHECKED, wait_old,
		BAD_HANDLE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECT, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		OBJECTS_INSIDE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECT)),
	BAD_ROW(WaitForSynchronizationObject2, D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2,
		0, wait,
		BAD_HANDLE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		OBJECTS_INSIDE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2)),
	BAD_ROW(WaitForSynchronizationObjectFromCpu,
		D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, 0, wait_cpu,
		BAD_HANDLE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, hDevice,
			   BAD_BIT(BAD_DEVICE), .flags = BAD_SIBLING_IS_FINE),
		OBJECTS(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU,
			FenceValueArray, BAD_MONITORED),
		BAD_DESCRIPTOR(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU,
			       hAsyncEvent, BAD_EVENT, .flags = BAD_0_IS_FINE)),
	BAD_ROW(WaitForSynchronizationObjectFromGpu,
		D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, 0, wait_gpu,
		BAD_HANDLE(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, hContext,
			   BAD_CONTEXTS, .flags = BAD_SIBLING_IS_FINE),
		OBJECTS(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU,
			MonitoredFenceValueArray, BAD_SYNCS)),
};

BAD_TABLE(sync);
