/* SPDX-License-Identifier: MIT */
/* sync: signals that do not wait for the work before them to finish. */
#include "lib/t.h"

/* An engine that has such a buffer in hand stays in it while *gate is 0. */
struct gate {
	struct t_buffer memory;
	_Atomic uint64_t *value;
};

static struct gate create_gate(struct t_gpu *gpu)
{
	struct gate gate = { .memory = t_create_buffer(gpu, T_PAGE_SIZE) };

	gate.value = gate.memory.cpu;
	*gate.value = 0;
	return gate;
}

/* @last: nothing follows the packet that waits. */
static void submit_behind_gate(struct t_gpu *gpu, const struct gate *gate,
			       D3DKMT_HANDLE context, bool last)
{
	struct t_commands commands = t_commands(gpu);

	t_wait(&commands, gate->memory.gpu, 1);
	if (!last)
		t_write(&commands, gate->memory.gpu + 8, 1);
	t_submit(&commands, context);
}

static void open_gate(struct t_gpu *gpu, struct gate *gate)
{
	*gate->value = 1;
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
}

static struct t_fence create_top_fence(struct t_gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE },
	};
	struct t_fence fence;

	args.Info.Flags.TopOfPipeline = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	fence.gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	return fence;
}

static NTSTATUS signal2(const D3DKMT_HANDLE *contexts, unsigned int context_count,
			const D3DKMT_HANDLE *fences, unsigned int fence_count,
			uint64_t value, bool at_submission)
{
	uint64_t values[2] = { value, value };
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = fence_count,
		.ObjectHandleArray = fences,
		.BroadcastContextCount = context_count,
		.BroadcastContextArray = contexts,
		.MonitoredFenceValueArray = values,
	};

	args.Flags.SignalAtSubmission = at_submission;
	return D3DKMTSignalSynchronizationObjectFromGpu2(&args);
}

/* Whether it was queued before the buffer is begun or after makes no odds. */
static void signal_at_submission_waits_for_the_start_alone(void **state)
{
	struct t_gpu *gpu = *state;
	struct gate gate = create_gate(gpu);
	struct t_fence early = t_create_fence(gpu->device, 0);
	struct t_fence late = t_create_fence(gpu->device, 0);
	struct t_fence held = t_create_fence(gpu->device, 0);

	assert_status(t_wait_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	submit_behind_gate(gpu, &gate, gpu->context, false);
	assert_status(signal2(&gpu->context, 1, &early.handle, 1, 1, true),
		      STATUS_SUCCESS);
	/* the buffer itself is held up: it has not been submitted */
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&early) == 0);
	assert_status(t_signal_cpu(gpu->device, held.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &early, 1);
	assert_status(signal2(&gpu->context, 1, &early.handle, 1, 2, true),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &early, 2);
	assert_status(signal2(&gpu->context, 1, &late.handle, 1, 1, false),
		      STATUS_SUCCESS);
	/* and one behind such a signal does not overtake it */
	assert_status(signal2(&gpu->context, 1, &early.handle, 1, 3, true),
		      STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&late) == 0);
	assert_true(t_fence_value(&early) == 2);
	open_gate(gpu, &gate);
	assert_true(t_fence_value(&late) == 1);
	assert_true(t_fence_value(&early) == 3);
	t_destroy_fence(&held);
	t_destroy_fence(&late);
	t_destroy_fence(&early);
	t_destroy_buffer(gpu, &gate.memory);
}

/* Read to its end is not yet carried out. */
static void top_of_pipeline_waits_for_the_fetch_alone(void **state)
{
	struct t_gpu *gpu = *state;
	struct gate gate = create_gate(gpu), second = create_gate(gpu);
	struct t_fence top = create_top_fence(gpu);
	struct t_fence plain = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE both[2] = { plain.handle, top.handle };

	submit_behind_gate(gpu, &gate, gpu->context, true);
	/* one signal, two fences: each at its time */
	assert_status(signal2(&gpu->context, 1, both, 2, 1, false),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &top, 1);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&plain) == 0);
	/* this one still has a packet that was not read */
	submit_behind_gate(gpu, &second, gpu->context, false);
	assert_status(t_signal_gpu(gpu->context, top.handle, 2), STATUS_SUCCESS);
	*gate.value = 1;
	t_wait_fence(gpu->device, &plain, 1);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&top) == 1);
	open_gate(gpu, &second);
	assert_true(t_fence_value(&top) == 2);
	/* with nothing before it, at once */
	assert_status(t_signal_gpu(gpu->context, top.handle, 3), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &top, 3);
	t_destroy_fence(&plain);
	t_destroy_fence(&top);
	t_destroy_buffer(gpu, &second.memory);
	t_destroy_buffer(gpu, &gate.memory);
}

static void broadcast_waits_for_the_fetch_in_all(void **state)
{
	struct t_gpu *gpu = *state;
	struct gate gate = create_gate(gpu);
	struct t_fence top = create_top_fence(gpu);
	struct t_fence held = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE contexts[2] = {
		gpu->context, t_create_context(gpu->device, 1),
	};

	submit_behind_gate(gpu, &gate, contexts[0], true);
	assert_status(t_wait_gpu(contexts[1], held.handle, 1), STATUS_SUCCESS);
	submit_behind_gate(gpu, &gate, contexts[1], true);
	assert_status(signal2(contexts, 2, &top.handle, 1, 1, false),
		      STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&top) == 0);
	assert_status(t_signal_cpu(gpu->device, held.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &top, 1);
	assert_true(*gate.value == 0);
	open_gate(gpu, &gate);
	t_destroy_context(contexts[1]);
	t_destroy_fence(&held);
	t_destroy_fence(&top);
	t_destroy_buffer(gpu, &gate.memory);
}

/* Waiters wake, whichever part of the signal had come already. */
static void early_signals_end_with_their_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct gate gate = create_gate(gpu);
	struct t_fence top = create_top_fence(gpu);
	struct t_fence plain = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE both[2] = { plain.handle, top.handle };
	D3DKMT_MARKDEVICEASERROR mark = {
		.hDevice = gpu->device,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};

	submit_behind_gate(gpu, &gate, gpu->context, true);
	assert_status(signal2(&gpu->context, 1, both, 2, 1, false),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &top, 1);
	assert_status(D3DKMTMarkDeviceAsError(&mark), STATUS_SUCCESS);
	assert_true(t_fence_value(&plain) == UINT64_MAX);
	assert_true(t_fence_value(&top) == UINT64_MAX);
}

static void top_of_pipeline_is_for_monitored_fences(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_FENCE },
	};

	args.Info.Flags.TopOfPipeline = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args),
		      STATUS_INVALID_PARAMETER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(signal_at_submission_waits_for_the_start_alone),
		t_gpu_test(top_of_pipeline_waits_for_the_fetch_alone),
		t_gpu_test(broadcast_waits_for_the_fetch_in_all),
		t_gpu_test(early_signals_end_with_their_device),
		t_gpu_test(top_of_pipeline_is_for_monitored_fences),
	};

	return cmocka_run_group_tests_name("signal-early", tests, NULL, NULL);
}
