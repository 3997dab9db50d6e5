/* SPDX-License-Identifier: MIT */
/* The calls that the measured programs make in their loops. */
#include "economy.h"

#include <sched.h>

void work_submit(D3DKMT_HANDLE context, const struct buffer *commands,
		 uint32_t offset, uint32_t size)
{
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands->gpu_address + offset,
		.CommandLength = size,
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
	};

	CALL(D3DKMTSubmitCommand, &args, PLAIN_SUBMITCOMMAND);
}

void work_signal(D3DKMT_HANDLE context, const struct fence *fence, uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};

	CALL(D3DKMTSignalSynchronizationObjectFromGpu, &args,
	     PLAIN_SIGNALSYNCOBJECT(1, 1, 1));
}

void work_wait_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
		      uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};

	CALL(D3DKMTWaitForSynchronizationObjectFromGpu, &args,
	     PLAIN_WAITFROMGPU(1));
}

/*
 * Whether the GPU is done when a program comes to wait is a matter of time. To
 * count the same in every run, the value is looked at until it is there. A wait
 * that has to sleep is a message more.
 */
void work_wait(const struct gpu *gpu, const struct fence *fence, uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	while (fence_value(fence) < value)
		sched_yield();
	CALL(D3DKMTWaitForSynchronizationObjectFromCpu, &args,
	     PLAIN_WAITFROMCPU(1));
}

void *work_lock(const struct gpu *gpu, const struct buffer *buffer)
{
	D3DKMT_LOCK2 args = {
		.hDevice = gpu->device,
		.hAllocation = buffer->allocation,
	};

	CALL(D3DKMTLock2, &args, PLAIN_LOCK2);
	return args.pData;
}

void work_unlock(const struct gpu *gpu, const struct buffer *buffer)
{
	D3DKMT_UNLOCK2 args = {
		.hDevice = gpu->device,
		.hAllocation = buffer->allocation,
	};

	CALL(D3DKMTUnlock2, &args, PLAIN_UNLOCK2);
}
