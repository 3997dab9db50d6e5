/* SPDX-License-Identifier: MIT */
/* Rows of calls on synchronisation objects. */
#include "economy.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "message-count.h"

#define FENCES 8

static struct fence create(const struct gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE },
	};
	struct fence fence;

	ROW("a monitored fence", D3DKMTCreateSynchronizationObject2, &args,
	    PLAIN_CREATESYNCOBJECT);
	fence.handle = args.hSyncObject;
	fence.value = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	return fence;
}

static void destroy(const struct fence *fence)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = {
		.hSyncObject = fence->handle,
	};

	ROW("", D3DKMTDestroySynchronizationObject, &args, PLAIN_DESTROYSYNCOBJECT);
}

/* The fence goes from 0 to 3. */
static void signals(const struct gpu *gpu, D3DKMT_HANDLE context,
		    const struct fence *fence)
{
	UINT64 values[] = { 1, 2, 3 };
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU cpu = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &values[0],
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU on_gpu = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &values[1],
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 on_gpu2 = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.BroadcastContextCount = 1,
		.BroadcastContextArray = &context,
		.MonitoredFenceValueArray = &values[2],
	};
	ROW("", D3DKMTSignalSynchronizationObjectFromCpu, &cpu,
	    PLAIN_SIGNALSYNCOBJECT(1, 0, 1));
	ROW("", D3DKMTSignalSynchronizationObjectFromGpu, &on_gpu,
	    PLAIN_SIGNALSYNCOBJECT(1, 1, 1));
	ROW("", D3DKMTSignalSynchronizationObjectFromGpu2, &on_gpu2,
	    PLAIN_SIGNALSYNCOBJECT(1, 1, 1));
	fence_wait(gpu, fence, values[2]);
}

static void wait_on_gpu(D3DKMT_HANDLE context, const struct fence *fence)
{
	UINT64 value = 3;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU wait = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};

	ROW("", D3DKMTWaitForSynchronizationObjectFromGpu, &wait,
	    PLAIN_WAITFROMGPU(1));
}

/* The calls that came before monitored fences, on a fence of that time. */
static void older_calls(const struct gpu *gpu, D3DKMT_HANDLE context)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_FENCE },
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal = {
		.hContext = context,
		.ObjectCount = 1,
		.Fence = { .FenceValue = 1 },
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 wait = {
		.hContext = context,
		.ObjectCount = 1,
		.Fence = { .FenceValue = 1 },
	};
	struct fence fence = { 0 };

	CHECK(D3DKMTCreateSynchronizationObject2(&create));
	fence.handle = create.hSyncObject;
	signal.ObjectHandleArray[0] = wait.ObjectHandleArray[0] = fence.handle;
	ROW("", D3DKMTSignalSynchronizationObject2, &signal,
	    PLAIN_SIGNALSYNCOBJECT(1, 1, 0));
	ROW("", D3DKMTWaitForSynchronizationObject2, &wait,
	    PLAIN_WAITFROMGPU(1));
	fence_destroy(&fence);
}

/* All of them have reached 0; with WaitAny, only one has reached its value. */
static void satisfied_waits(const struct gpu *gpu)
{
	struct fence fences[FENCES];
	D3DKMT_HANDLE handles[FENCES];
	UINT64 values[FENCES] = { 0 };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	};
	int i;

	for (i = 0; i < FENCES; i++) {
		fences[i] = fence_create(gpu);
		handles[i] = fences[i].handle;
	}
	ROW("value is there", D3DKMTWaitForSynchronizationObjectFromCpu, &wait,
	    PLAIN_WAITFROMCPU(1));
	wait.ObjectCount = FENCES;
	ROW("8 fences, all there", D3DKMTWaitForSynchronizationObjectFromCpu,
	    &wait, PLAIN_WAITFROMCPU(FENCES));
	for (i = 0; i < FENCES - 1; i++)
		values[i] = 1;
	wait.Flags.WaitAny = 1;
	ROW("any of 8, one there", D3DKMTWaitForSynchronizationObjectFromCpu,
	    &wait, PLAIN_WAITFROMCPU(FENCES));
	for (i = 0; i < FENCES; i++)
		fence_destroy(&fences[i]);
}

static void event_waits(const struct gpu *gpu, const struct fence *fence)
{
	int event = eventfd(0, EFD_CLOEXEC);
	UINT64 value = 3;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
		.hAsyncEvent = (HANDLE)(intptr_t)event,
	};
	uint64_t count;

	if (event < 0)
		common_die("no eventfd");
	ROW("event, value is there", D3DKMTWaitForSynchronizationObjectFromCpu,
	    &wait, PLAIN_WAITFROMCPU(1));
	if (read(event, &count, sizeof(count)) != sizeof(count))
		common_die("the event is not set");
	value = 4;
	ROW("event, to come", D3DKMTWaitForSynchronizationObjectFromCpu, &wait,
	    PLAIN_WAITFROMCPU(1));
	fence_signal(gpu, fence, value);
	if (read(event, &count, sizeof(count)) != sizeof(count))
		common_die("the event is not set");
	close(event);
}

struct sleeper {
	const struct gpu *gpu;
	D3DKMT_HANDLE fence;
	UINT64 value;
};

static void *sleep_on_fence(void *argument)
{
	struct sleeper *sleeper = argument;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = {
		.hDevice = sleeper->gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &sleeper->fence,
		.FenceValueArray = &sleeper->value,
	};

	CALL(D3DKMTWaitForSynchronizationObjectFromCpu, &wait,
	     PLAIN_WAITFROMCPU(1));
	return NULL;
}

static uint64_t waits_armed(void)
{
	return message_count_of(DXG_SOFT_CHANNEL_VGPU,
				DXGK_CMD_WAITFORSYNCOBJECTFROMCPU);
}

/* The value comes only when the host has been told of the wait. */
static void sleeping_wait(const struct gpu *gpu, const struct fence *fence)
{
	struct sleeper sleeper = { gpu, fence->handle, 5 };
	uint64_t before = waits_armed();
	pthread_t thread;

	economy_begin();
	if (pthread_create(&thread, NULL, sleep_on_fence, &sleeper))
		common_die("no thread");
	while (waits_armed() == before)
		sched_yield();
	economy_pause();
	fence_signal(gpu, fence, sleeper.value);
	pthread_join(thread, NULL);
	economy_resume();
	economy_row("D3DKMTWaitForSynchronizationObjectFromCpu", "has to sleep");
}

static void refused(const struct gpu *gpu, D3DKMT_HANDLE context)
{
	D3DKMT_OPENSYNCHRONIZATIONOBJECT open = { .hSharedHandle = 1 };
	D3DKMT_CREATESYNCFILE create = { .hDevice = gpu->device };
	D3DKMT_WAITSYNCFILE wait = { .hContext = context };
	D3DKMT_OPENSYNCOBJECTFROMSYNCFILE open_file = {
		.hDevice = gpu->device,
	};

	REFUSED(D3DKMTOpenSynchronizationObject, &open);
	REFUSED(D3DKMTCreateSyncFile, &create);
	REFUSED(D3DKMTWaitSyncFile, &wait);
	REFUSED(D3DKMTOpenSyncObjectFromSyncFile, &open_file);
}

void economy_rows_sync(const struct gpu *gpu)
{
	D3DKMT_HANDLE context = gpu_create_context(gpu, 0);
	struct fence fence = create(gpu);

	signals(gpu, context, &fence);
	wait_on_gpu(context, &fence);
	older_calls(gpu, context);
	satisfied_waits(gpu);
	event_waits(gpu, &fence);
	sleeping_wait(gpu, &fence);
	refused(gpu, context);
	destroy(&fence);
	gpu_destroy_context(context);
}
