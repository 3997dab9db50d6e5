/* SPDX-License-Identifier: MIT */
/* Monitored fences and events: one call each. */
#include "t.h"

#include <poll.h>
#include <unistd.h>

#include <sys/eventfd.h>

struct t_fence t_create_fence(D3DKMT_HANDLE device, uint64_t initial_value)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.MonitoredFence.InitialFenceValue = initial_value,
		},
	};
	struct t_fence fence;

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	assert_local_handle(args.hSyncObject);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	fence.gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	assert_non_null(fence.cpu);
	return fence;
}

void t_destroy_fence(struct t_fence *fence)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = {
		.hSyncObject = fence->handle,
	};

	assert_status(D3DKMTDestroySynchronizationObject(&args), STATUS_SUCCESS);
	memset(fence, 0, sizeof(*fence));
}

uint64_t t_fence_value(const struct t_fence *fence)
{
	return __atomic_load_n(fence->cpu, __ATOMIC_ACQUIRE);
}

NTSTATUS t_signal_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.FenceValueArray = &value,
	};

	return D3DKMTSignalSynchronizationObjectFromCpu(&args);
}

NTSTATUS t_signal_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.MonitoredFenceValueArray = &value,
	};

	return D3DKMTSignalSynchronizationObjectFromGpu(&args);
}

NTSTATUS t_wait_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.MonitoredFenceValueArray = &value,
	};

	return D3DKMTWaitForSynchronizationObjectFromGpu(&args);
}

NTSTATUS t_wait_cpu_event(D3DKMT_HANDLE device, D3DKMT_HANDLE fence,
			  uint64_t value, int event)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.FenceValueArray = &value,
		.hAsyncEvent = (HANDLE)(uintptr_t)event,
	};

	return D3DKMTWaitForSynchronizationObjectFromCpu(&args);
}

NTSTATUS t_wait_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value)
{
	return t_wait_cpu_event(device, fence, value, 0);
}

/* By an event, so that a value which never comes fails one test, not the run. */
void t_wait_fence(D3DKMT_HANDLE device, const struct t_fence *fence, uint64_t value)
{
	int event = t_create_event();

	assert_status(t_wait_cpu_event(device, fence->handle, value, event),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	close(event);
}

int t_create_event(void)
{
	int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	assert_true(event > 0);
	return event;
}

bool t_event_is_set(int event, unsigned int timeout_ms)
{
	struct pollfd poll_fd = { .fd = event, .events = POLLIN };

	return poll(&poll_fd, 1, (int)timeout_ms) == 1;
}
