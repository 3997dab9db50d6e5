/* SPDX-License-Identifier: MIT */
/* librocdxg: queues of the software, which a fence follows, and of the hardware. */
#include "rocm.h"

static D3DKMT_HANDLE create_context(bool has_hw_queues)
{
	char data[16] = "private data";
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = rocm.device,
		.NodeOrdinal = 2,
		.EngineAffinity = 1,
		.Flags = { .DisableGpuTimeout = 1, .HwQueueSupported = has_hw_queues },
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
		.ClientHint = D3DKMT_CLIENTHINT_OPENCL,
	};

	client_must(D3DKMTCreateContextVirtual, &args);
	assert_local_handle(args.hContext);
	return args.hContext;
}

struct rocm_queue rocm_create_queue(void)
{
	struct rocm_queue queue = { .context = create_context(false) };

	queue.fence = client_create_fence(rocm.device, 1);
	return queue;
}

static void destroy_queue(struct rocm_queue *queue)
{
	client_destroy_context(queue->context);
	client_destroy_fence(queue->fence.handle);
}

void rocm_submit(struct rocm_queue *queue, size_t size)
{
	client_submit(queue->context, rocm.commands.gpu, size);
	client_signal_gpu(queue->context, queue->fence.handle, ++queue->value);
}

/* Device memory is filled over the border of two chunks, and read back to the process's. */
void fills_and_copies_on_a_software_queue(void)
{
	struct rocm_queue queue = rocm_create_queue();
	char *commands = rocm.commands.cpu[0];
	size_t used = t_put_fill(commands, rocm.vram.gpu, 2 * ROCM_CHUNK_SIZE, 0xa11c0de);

	used += t_put_copy(commands + used, rocm.system.gpu, rocm.vram.gpu, 2 * ROCM_CHUNK_SIZE);
	rocm_submit(&queue, used);
	client_wait_cpu(rocm.device, queue.fence.handle, queue.value);
	assert_true(client_is_filled(rocm.system.cpu[0], ROCM_CHUNK_SIZE, 0xa11c0de));
	assert_true(client_is_filled(rocm.system.cpu[1], ROCM_CHUNK_SIZE, 0xa11c0de));
	destroy_queue(&queue);
}

static void wait_cpu(const D3DKMT_HANDLE fences[2], const uint64_t values[2], bool any)
{
	client_must(D3DKMTWaitForSynchronizationObjectFromCpu,
		    &(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU){
			    .hDevice = rocm.device,
			    .ObjectCount = 2,
			    .ObjectHandleArray = fences,
			    .FenceValueArray = values,
			    .Flags = { .WaitAny = any },
		    });
}

/* Two queues, of which the second waits for the first, by an array of fences. */
void waits_for_any_and_for_all(void)
{
	struct rocm_queue first = rocm_create_queue(), second = rocm_create_queue();
	const D3DKMT_HANDLE fences[2] = { first.fence.handle, second.fence.handle };
	const uint64_t values[2] = { 1, 1 };
	size_t used = t_put_fill(rocm.commands.cpu[0], rocm.vram.gpu, CLIENT_PAGE_SIZE, 1);

	client_must(D3DKMTWaitForSynchronizationObjectFromGpu,
		    &(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU){
			    .hContext = second.context,
			    .ObjectCount = 1,
			    .ObjectHandleArray = fences,
			    .MonitoredFenceValueArray = values,
		    });
	rocm_submit(&second, used);
	assert_int_equal(client_read_fence(second.fence.cpu), 0);
	rocm_submit(&first, used);
	wait_cpu(fences, values, true);
	wait_cpu(fences, values, false);
	assert_int_equal(client_read_fence(first.fence.cpu), 1);
	assert_int_equal(client_read_fence(second.fence.cpu), 1);
	destroy_queue(&first);
	destroy_queue(&second);
}

static D3DKMT_CREATEHWQUEUE create_hw_queue(D3DKMT_HANDLE context)
{
	char data[64] = "private data of the queue";
	D3DKMT_CREATEHWQUEUE args = {
		.hHwContext = context,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
	};

	client_must(D3DKMTCreateHwQueue, &args);
	assert_local_handle(args.hHwQueue);
	assert_non_null(args.HwQueueProgressFenceCPUVirtualAddress);
	return args;
}

static void run_hw_queue(D3DKMT_HANDLE context, uint32_t colour)
{
	D3DKMT_CREATEHWQUEUE queue = create_hw_queue(context);
	size_t used = t_put_fill(rocm.commands.cpu[0], rocm.vram.gpu, ROCM_CHUNK_SIZE, colour);

	client_must(D3DKMTSubmitCommandToHwQueue,
		    &(D3DKMT_SUBMITCOMMANDTOHWQUEUE){
			    .hHwQueue = queue.hHwQueue,
			    .HwQueueProgressFenceId = 1,
			    .CommandBuffer = rocm.commands.gpu,
			    .CommandLength = (UINT)used,
		    });
	client_spin_until(queue.HwQueueProgressFenceCPUVirtualAddress, 1);
	assert_true(client_is_filled(rocm.vram.cpu[0], ROCM_CHUNK_SIZE, colour));
	client_must(D3DKMTDestroyHwQueue,
		    &(D3DKMT_DESTROYHWQUEUE){ .hHwQueue = queue.hHwQueue });
}

/* Another priority is another queue of the same context. */
void fills_on_a_hardware_queue(void)
{
	D3DKMT_HANDLE context = create_context(true);

	run_hw_queue(context, 0x11111111);
	run_hw_queue(context, 0x22222222);
	client_destroy_context(context);
}
