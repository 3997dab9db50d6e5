/* SPDX-License-Identifier: MIT */
/* Rows of the calls about sync objects. */
#include "bad-input.h"

static void prepare_objects(struct bad_fixture *f, uint64_t value)
{
	f->handles[0] = f->live[BAD_SYNC];
	f->handles[32] = f->live[BAD_CONTEXT];
	f->values[0] = value;
}

static void prepare_create(struct bad_fixture *f, void *args)
{
	SET(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, Info.Type, D3DDDI_MONITORED_FENCE);
}

static void undo_create(struct bad_fixture *f, const void *args, bool worked)
{
	struct t_fence fence = {
		.handle = GET(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, hSyncObject),
	};

	(void)f;
	if (worked)
		t_destroy_fence(&fence);
}

static void prepare_destroy(struct bad_fixture *f, void *args)
{
	f->handles[0] = t_create_fence(f->live[BAD_DEVICE], 0).handle;
	SET(D3DKMT_DESTROYSYNCHRONIZATIONOBJECT, hSyncObject, f->handles[0]);
}

static void undo_destroy(struct bad_fixture *f, const void *args, bool worked)
{
	struct t_fence fence = { .handle = f->handles[0] };

	(void)args;
	if (!worked)
		t_destroy_fence(&fence);
}

static void prepare_signal_cpu(struct bad_fixture *f, void *args)
{
	prepare_objects(f, UINT64_MAX);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, ObjectCount, 1);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, ObjectHandleArray, f->handles);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, FenceValueArray, f->values);
}

static void prepare_wait_cpu(struct bad_fixture *f, void *args)
{
	prepare_objects(f, 0);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, hDevice, f->live[BAD_DEVICE]);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, ObjectCount, 1);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, ObjectHandleArray, f->handles);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, FenceValueArray, f->values);
}

static void prepare_signal_gpu(struct bad_fixture *f, void *args)
{
	prepare_objects(f, UINT64_MAX);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, hContext, f->live[BAD_CONTEXT]);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, ObjectCount, 1);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, ObjectHandleArray, f->handles);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, MonitoredFenceValueArray,
	    f->values);
}

static void prepare_signal_gpu2(struct bad_fixture *f, void *args)
{
	prepare_objects(f, UINT64_MAX);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, ObjectCount, 1);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, ObjectHandleArray, f->handles);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, BroadcastContextCount, 1);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, BroadcastContextArray,
	    f->handles + 32);
	SET(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, MonitoredFenceValueArray,
	    f->values);
}

static void prepare_wait_gpu(struct bad_fixture *f, void *args)
{
	prepare_objects(f, 0);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, hContext, f->live[BAD_CONTEXT]);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, ObjectCount, 1);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, ObjectHandleArray, f->handles);
	SET(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, MonitoredFenceValueArray,
	    f->values);
}

#define undo_signal_cpu bad_undo_nothing
#define undo_wait_cpu bad_undo_nothing
#define undo_signal_gpu bad_undo_nothing
#define undo_signal_gpu2 bad_undo_nothing
#define undo_wait_gpu bad_undo_nothing

BAD_CALL(CreateSynchronizationObject2, D3DKMT_CREATESYNCHRONIZATIONOBJECT2)
BAD_CALL(DestroySynchronizationObject, D3DKMT_DESTROYSYNCHRONIZATIONOBJECT)
BAD_CALL(SignalSynchronizationObjectFromCpu,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU)
BAD_CALL(WaitForSynchronizationObjectFromCpu,
	 D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU)
BAD_CALL(SignalSynchronizationObjectFromGpu,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU)
BAD_CALL(SignalSynchronizationObjectFromGpu2,
	 D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2)
BAD_CALL(WaitForSynchronizationObjectFromGpu,
	 D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU)

/* The members that all calls with a list of objects and values have. */
#define OBJECTS(type, values_member)                      \
	BAD_LIST_AT(type, ObjectHandleArray, BAD_SYNC),          \
	BAD_POINTER_AT(type, values_member, 8, 0),               \
	BAD_COUNT_AT(type, ObjectCount, 32, 0)

const struct bad_row bad_sync_rows[] = {
	BAD_ROW(CreateSynchronizationObject2, D3DKMT_CREATESYNCHRONIZATIONOBJECT2,
		true, create,
		BAD_HANDLE_AT(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, hDevice, BAD_DEVICE, 0),
		BAD_COUNT_AT(D3DKMT_CREATESYNCHRONIZATIONOBJECT2, Info.Type, 6, 0)),
	BAD_ROW(DestroySynchronizationObject, D3DKMT_DESTROYSYNCHRONIZATIONOBJECT,
		false, destroy,
		BAD_HANDLE_AT(D3DKMT_DESTROYSYNCHRONIZATIONOBJECT, hSyncObject, BAD_SYNC,
		       0)),
	BAD_ROW(SignalSynchronizationObjectFromCpu,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, false, signal_cpu,
		BAD_HANDLE_AT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU, hDevice,
		       BAD_DEVICE, 0),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU,
			FenceValueArray)),
	BAD_ROW(WaitForSynchronizationObjectFromCpu,
		D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, false, wait_cpu,
		BAD_HANDLE_AT(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU, hDevice,
		       BAD_DEVICE, 0),
		OBJECTS(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU,
			FenceValueArray)),
	BAD_ROW(SignalSynchronizationObjectFromGpu,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, false, signal_gpu,
		BAD_HANDLE_AT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU, hContext,
		       BAD_CONTEXT, 0),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU,
			MonitoredFenceValueArray)),
	BAD_ROW(SignalSynchronizationObjectFromGpu2,
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2, false, signal_gpu2,
		BAD_LIST_AT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
		     BroadcastContextArray, BAD_CONTEXT),
		BAD_COUNT_AT(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
		      BroadcastContextCount, 64, 0),
		OBJECTS(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
			MonitoredFenceValueArray)),
	BAD_ROW(WaitForSynchronizationObjectFromGpu,
		D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, false, wait_gpu,
		BAD_HANDLE_AT(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU, hContext,
		       BAD_CONTEXT, 0),
		OBJECTS(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU,
			MonitoredFenceValueArray)),
};

const unsigned int bad_sync_row_count =
	sizeof(bad_sync_rows) / sizeof(bad_sync_rows[0]);
