/* SPDX-License-Identifier: MIT */
/* submission: what its private data tell the software GPU. */
#include "lib/t.h"

/* Without packets that it could run: whose GPU is another has none. */
static NTSTATUS submit(struct t_gpu *gpu, D3DKMT_HANDLE context,
		       const struct dxghost_submission_data *data, bool null)
{
	struct t_commands commands = t_commands(gpu);
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands.address,
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
		.Flags = { .NullRendering = null },
		.pPrivateDriverData = (void *)(uintptr_t)data,
		.PrivateDriverDataSize = sizeof(*data),
		.NumHistoryBuffers = 1,
		.HistoryBufferArray = &gpu->commands.allocation,
	};

	t_opcode(&commands, null ? DXGHOST_OP_TRAP : DXGHOST_OP_NOP);
	args.CommandLength = (UINT)commands.used;
	return D3DKMTSubmitCommand(&args);
}

static struct dxghost_submission_data data_for(uint64_t address, uint64_t value)
{
	struct dxghost_submission_data data = {
		.magic = DXGHOST_SUBMISSION_MAGIC,
		.version = DXGHOST_SUBMISSION_VERSION,
		.address = address,
		.value = value,
	};

	return data;
}

static void a_fence_is_signalled_when_the_buffer_has_ended(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct dxghost_submission_data data = data_for(fence.gpu, 1);

	assert_status(submit(gpu, gpu->context, &data, false), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	assert_int_equal(t_fence_value(&fence), 1);
	t_destroy_fence(&fence);
}

static void a_fence_is_signalled_where_nothing_is_rendered(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct dxghost_submission_data data = data_for(fence.gpu, 7);

	assert_status(submit(gpu, gpu->context, &data, true), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 7);
	assert_int_equal(t_execution_state(gpu->device), D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_destroy_fence(&fence);
}

static void each_context_of_a_broadcast_stores_the_value(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_fence gate = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE second = t_create_context(gpu->device, 0);
	struct dxghost_submission_data data = data_for(fence.gpu, 1);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands.address,
		.BroadcastContextCount = 2,
		.BroadcastContext = { gpu->context, second },
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};

	t_opcode(&commands, DXGHOST_OP_NOP);
	args.CommandLength = (UINT)commands.used;
	/* the first one is held up, so it is the second one's store that is seen */
	assert_status(t_wait_gpu(gpu->context, gate.handle, 1), STATUS_SUCCESS);
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	t_destroy_context(second);
	t_destroy_fence(&gate);
	t_destroy_fence(&fence);
}

static void a_hardware_queue_signals_it_too(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct dxghost_submission_data data = data_for(fence.gpu, 3);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_CREATECONTEXTVIRTUAL context = {
		.hDevice = gpu->device,
		.Flags = { .HwQueueSupported = 1 },
	};
	D3DKMT_CREATEHWQUEUE queue = { 0 };
	D3DKMT_SUBMITCOMMANDTOHWQUEUE args = {
		.HwQueueProgressFenceId = 1,
		.CommandBuffer = commands.address,
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};

	t_opcode(&commands, DXGHOST_OP_NOP);
	args.CommandLength = (UINT)commands.used;
	assert_status(D3DKMTCreateContextVirtual(&context), STATUS_SUCCESS);
	queue.hHwContext = context.hContext;
	assert_status(D3DKMTCreateHwQueue(&queue), STATUS_SUCCESS);
	args.hHwQueue = queue.hHwQueue;
	assert_status(D3DKMTSubmitCommandToHwQueue(&args), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 3);
	t_destroy_context(context.hContext);
	t_destroy_fence(&fence);
}

/* Whatever a driver has for its own GPU. */
static void other_data_are_ignored(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct dxghost_submission_data data = data_for(fence.gpu, 9);

	data.magic++;
	assert_status(submit(gpu, gpu->context, &data, false), STATUS_SUCCESS);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	assert_int_equal(t_fence_value(&fence), 1);
	t_destroy_fence(&fence);
}

/* The message is one-way: the device tells what became of it. */
static void refused_for(struct t_gpu *gpu, const struct dxghost_submission_data *data,
			D3DKMT_DEVICEEXECUTION_STATE expected)
{
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = t_create_context(device, 0);

	submit(gpu, context, data, false);
	assert_eventually(t_execution_state(device) == expected);
	t_destroy_device(device);
}

static void wrong_data_end_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct dxghost_submission_data data = data_for(gpu->fence.gpu, 1);

	data.version++;
	refused_for(gpu, &data, D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	data = data_for(gpu->fence.gpu + 4, 1);
	refused_for(gpu, &data, D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	data = data_for(0, 1);
	refused_for(gpu, &data, D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	data = data_for(0x7ffffff00000, 1);
	refused_for(gpu, &data, D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(a_fence_is_signalled_when_the_buffer_has_ended),
		t_gpu_test(a_fence_is_signalled_where_nothing_is_rendered),
		t_gpu_test(each_context_of_a_broadcast_stores_the_value),
		t_gpu_test(a_hardware_queue_signals_it_too),
		t_gpu_test(other_data_are_ignored),
		t_gpu_test(wrong_data_end_the_device),
	};

	return cmocka_run_group_tests_name("submission", tests, NULL, NULL);
}
