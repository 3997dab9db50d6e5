/* SPDX-License-Identifier: MIT */
/* RADV on WDDM 2: work, and waits for it. */
#include "radv.h"

#include <poll.h>
#include <unistd.h>

#include <sys/eventfd.h>

size_t radv_put_fill(uint32_t value)
{
	return t_put_fill(radv.commands.cpu, radv.buffer.gpu, radv.buffer.size, value);
}

void radv_wait(const struct client_fence *fence, uint64_t value)
{
	int event = eventfd(0, EFD_CLOEXEC);
	struct pollfd poll_fd = { .fd = event, .events = POLLIN };

	assert_true(event >= 0);
	client_must(D3DKMTWaitForSynchronizationObjectFromCpu,
		    &(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU){
			    .hDevice = radv.device,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence->handle,
			    .FenceValueArray = &value,
			    .hAsyncEvent = (HANDLE)(uintptr_t)event,
		    });
	assert_int_equal(poll(&poll_fd, 1, (int)T_TIMEOUT_MS), 1);
	assert_true(client_read_fence(fence->cpu) >= value);
	close(event);
}

void fills_a_buffer_on_a_context(void)
{
	client_wait_gpu(radv.context, radv.paging.hSyncObject,
			client_read_fence(radv.paging.FenceValueCPUVirtualAddress));
	client_submit(radv.context, radv.commands.gpu, radv_put_fill(1));
	client_signal_gpu(radv.context, radv.timeline.handle, ++radv.submitted);
	radv_wait(&radv.timeline, radv.submitted);
	assert_true(client_is_filled(radv.buffer.cpu, radv.buffer.size, 1));
}

/* A semaphore: the first is submitted last. The end of it is signalled by both. */
void lets_one_context_wait_for_another(void)
{
	D3DKMT_CREATECONTEXTVIRTUAL second = {
		.hDevice = radv.device,
		.EngineAffinity = 1,
		.ClientHint = D3DKMT_CLIENTHINT_VULKAN,
	};
	struct client_fence semaphore = client_create_fence(radv.device, 0);
	D3DKMT_HANDLE both[2] = { radv.context };
	uint64_t value = radv.submitted + 1;

	client_must(D3DKMTCreateContextVirtual, &second);
	both[1] = second.hContext;
	client_wait_gpu(second.hContext, semaphore.handle, 5);
	client_submit(second.hContext, radv.commands.gpu, radv_put_fill(2));
	t_sleep_ms(T_QUIET_MS);
	assert_true(client_is_filled(radv.buffer.cpu, radv.buffer.size, 1));
	client_signal_gpu(radv.context, semaphore.handle, 5);
	client_must(D3DKMTSignalSynchronizationObjectFromGpu2,
		    &(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2){
			    .ObjectCount = 1,
			    .ObjectHandleArray = &radv.timeline.handle,
			    .BroadcastContextCount = 2,
			    .BroadcastContextArray = both,
			    .MonitoredFenceValueArray = &value,
		    });
	radv_wait(&radv.timeline, ++radv.submitted);
	assert_true(client_is_filled(radv.buffer.cpu, radv.buffer.size, 2));
	client_destroy_context(second.hContext);
	client_destroy_fence(semaphore.handle);
}

static void signal_cpu(D3DKMT_HANDLE fence, uint64_t value)
{
	client_must(D3DKMTSignalSynchronizationObjectFromCpu,
		    &(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU){
			    .hDevice = radv.device,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence,
			    .FenceValueArray = &value,
		    });
}

void signals_from_the_cpu(void)
{
	struct client_fence fence = client_create_fence(radv.device, 0);

	signal_cpu(fence.handle, 9);
	client_spin_until(fence.cpu, 9);
	client_wait_gpu(radv.context, fence.handle, 9);
	radv_wait(&fence, 9);
	client_destroy_fence(fence.handle);
}

static D3DKMT_CREATEHWQUEUE create_hw_queue(D3DKMT_HANDLE context)
{
	char data[16] = "private data";
	D3DKMT_CREATEHWQUEUE queue = {
		.hHwContext = context,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
	};

	client_must(D3DKMTCreateHwQueue, &queue);
	assert_local_handle(queue.hHwQueue);
	assert_local_handle(queue.hHwQueueProgressFence);
	assert_non_null(queue.HwQueueProgressFenceCPUVirtualAddress);
	return queue;
}

/* A wait and a signal of fences around it, both of the queue. */
static void submit(const D3DKMT_CREATEHWQUEUE *queue, const struct client_fence *fence)
{
	const uint64_t wait = 1, signal = 2;

	client_must(D3DKMTSubmitWaitForSyncObjectsToHwQueue,
		    &(D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE){
			    .hHwQueue = queue->hHwQueue,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence->handle,
			    .FenceValueArray = &wait,
		    });
	client_must(D3DKMTSubmitCommandToHwQueue,
		    &(D3DKMT_SUBMITCOMMANDTOHWQUEUE){
			    .hHwQueue = queue->hHwQueue,
			    .HwQueueProgressFenceId = 1,
			    .CommandBuffer = radv.commands.gpu,
			    .CommandLength = (UINT)radv_put_fill(3),
		    });
	client_must(D3DKMTSubmitSignalSyncObjectsToHwQueue,
		    &(D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE){
			    .BroadcastHwQueueCount = 1,
			    .BroadcastHwQueueArray = &queue->hHwQueue,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence->handle,
			    .FenceValueArray = &signal,
		    });
}

void fills_a_buffer_on_a_hardware_queue(void)
{
	D3DKMT_CREATECONTEXTVIRTUAL context = {
		.hDevice = radv.device,
		.EngineAffinity = 1,
		.Flags = { .HwQueueSupported = 1 },
		.ClientHint = D3DKMT_CLIENTHINT_VULKAN,
	};
	struct client_fence fence = client_create_fence(radv.device, 0);
	D3DKMT_CREATEHWQUEUE queue;

	client_must(D3DKMTCreateContextVirtual, &context);
	queue = create_hw_queue(context.hContext);
	submit(&queue, &fence);
	assert_int_equal(client_read_fence(queue.HwQueueProgressFenceCPUVirtualAddress), 0);
	signal_cpu(fence.handle, 1);
	radv_wait(&fence, 2);
	client_spin_until(queue.HwQueueProgressFenceCPUVirtualAddress, 1);
	assert_true(client_is_filled(radv.buffer.cpu, radv.buffer.size, 3));
	client_must(D3DKMTDestroyHwQueue,
		    &(D3DKMT_DESTROYHWQUEUE){ .hHwQueue = queue.hHwQueue });
	client_destroy_context(context.hContext);
	client_destroy_fence(fence.handle);
}
