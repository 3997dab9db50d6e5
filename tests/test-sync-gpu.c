/* SPDX-License-Identifier: MIT */
/* sync: waits and signals in a context's queue, and fences as GPU memory. */
#include "lib/t.h"

/* Waits until all that has been queued on the fixture's context is done. */
static void drain(struct t_gpu *gpu)
{
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
}

/* Shows 0x32. Its memory effects included. */
static void a_signal_comes_after_the_work_before_it(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	uint64_t *value = buffer.cpu;

	*value = 0;
	t_spin(&commands, 5000000);
	t_write(&commands, buffer.gpu, 1);
	t_submit(&commands, gpu->context);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 1);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &buffer);
}

/*
 * Shows 0x3b. Wait before signal: what is queued behind it stays where it is.
 */
static void a_wait_holds_what_comes_after_it(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	uint64_t *value = buffer.cpu;

	*value = 0;
	t_write(&commands, buffer.gpu, 1);
	assert_status(t_wait_gpu(gpu->context, fence.handle, 3), STATUS_SUCCESS);
	t_submit(&commands, gpu->context);
	t_sleep_ms(T_QUIET_MS);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 0);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 0);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 3), STATUS_SUCCESS);
	drain(gpu);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 1);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &buffer);
}

static void a_wait_holds_no_other_context(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE blocked = t_create_context(gpu->device, 0);
	struct t_fence fence = t_create_fence(gpu->device, 0);

	assert_status(t_wait_gpu(blocked, fence.handle, 1), STATUS_SUCCESS);
	drain(gpu);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	t_destroy_context(blocked);
	t_destroy_fence(&fence);
}

static void two_contexts_hand_work_to_each_other(void **state)
{
	enum { ROUNDS = 20 };
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE contexts[2] = {
		gpu->context, t_create_context(gpu->device, 0),
	};
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands;
	uint64_t *values = buffer.cpu, i;

	memset(buffer.cpu, 0, T_PAGE_SIZE);
	for (i = 0; i < ROUNDS; i++) {
		commands = t_commands(gpu);
		t_copy(&commands, buffer.gpu + 8 * (i + 1), buffer.gpu + 8 * i, 8);
		t_add(&commands, buffer.gpu + 8 * (i + 1), 1);
		assert_status(t_wait_gpu(contexts[i % 2], fence.handle, i),
			      STATUS_SUCCESS);
		t_submit(&commands, contexts[i % 2]);
		assert_status(t_signal_gpu(contexts[i % 2], fence.handle, i + 1),
			      STATUS_SUCCESS);
	}
	t_wait_fence(gpu->device, &fence, ROUNDS);
	for (i = 0; i <= ROUNDS; i++)
		assert_true(values[i] == i);
	t_destroy_context(contexts[1]);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &buffer);
}

static void several_fences_in_one_call(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence a = t_create_fence(gpu->device, 0);
	struct t_fence b = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE handles[2] = { a.handle, b.handle };
	uint64_t values[2] = { 4, 9 };
	D3DKMT_HANDLE other = t_create_context(gpu->device, 0);
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU signal = {
		.hContext = other,
		.ObjectCount = 2,
		.ObjectHandleArray = handles,
		.MonitoredFenceValueArray = values,
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU wait = {
		.hContext = gpu->context,
		.ObjectCount = 2,
		.ObjectHandleArray = handles,
		.MonitoredFenceValueArray = values,
	};

	assert_status(D3DKMTWaitForSynchronizationObjectFromGpu(&wait),
		      STATUS_SUCCESS);
	assert_status(D3DKMTSignalSynchronizationObjectFromGpu(&signal),
		      STATUS_SUCCESS);
	drain(gpu);
	assert_true(t_fence_value(&a) == 4);
	assert_true(t_fence_value(&b) == 9);
	t_destroy_context(other);
	t_destroy_fence(&a);
	t_destroy_fence(&b);
}

static void signal2_with_one_context_signals_after_its_work(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	uint64_t value = 6;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.BroadcastContextCount = 1,
		.BroadcastContextArray = &gpu->context,
		.MonitoredFenceValueArray = &value,
	};

	assert_status(D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 6);
	assert_true(t_fence_value(&fence) == 6);
	t_destroy_fence(&fence);
}

/*
 * Shows 0x33. Two contexts, of which one is held: nothing happens before both are there.
 */
static void signal2_with_two_contexts_waits_for_both(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE contexts[2] = {
		gpu->context, t_create_context(gpu->device, 0),
	};
	struct t_fence gate = t_create_fence(gpu->device, 0);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	uint64_t value = 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.BroadcastContextCount = 2,
		.BroadcastContextArray = contexts,
		.MonitoredFenceValueArray = &value,
	};

	assert_status(t_wait_gpu(contexts[1], gate.handle, 1), STATUS_SUCCESS);
	assert_status(D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		      STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&fence) == 0);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	t_destroy_context(contexts[1]);
	t_destroy_fence(&gate);
	t_destroy_fence(&fence);
}

static void signal2_sets_a_cpu_event_in_its_turn(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence gate = t_create_fence(gpu->device, 0);
	int event = t_create_event();
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.Flags = { .EnqueueCpuEvent = 1 },
		.BroadcastContextCount = 1,
		.BroadcastContextArray = &gpu->context,
		.CpuEventHandle = (HANDLE)(uintptr_t)event,
	};

	assert_status(t_wait_gpu(gpu->context, gate.handle, 1), STATUS_SUCCESS);
	assert_status(D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		      STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	args.ObjectCount = 1;
	args.ObjectHandleArray = &gate.handle;
	assert_status(D3DKMTSignalSynchronizationObjectFromGpu2(&args),
		      STATUS_INVALID_PARAMETER);
	t_destroy_fence(&gate);
	close(event);
}

/* A command buffer waits on the fence's memory; the CPU's signal reaches it. */
static void a_buffer_sees_the_fence_as_memory(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 11);
	struct t_commands commands = t_commands(gpu);
	uint64_t *values = buffer.cpu;

	assert_true(fence.gpu != 0 && fence.gpu % 8 == 0);
	t_copy(&commands, buffer.gpu, fence.gpu, 8);
	t_wait(&commands, fence.gpu, 12);
	t_write(&commands, buffer.gpu + 8, 1);
	values[1] = 0;
	t_submit(&commands, gpu->context);
	t_sleep_ms(T_QUIET_MS);
	assert_true(__atomic_load_n(&values[1], __ATOMIC_ACQUIRE) == 0);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 12), STATUS_SUCCESS);
	drain(gpu);
	assert_true(values[0] == 11);
	assert_true(values[1] == 1);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &buffer);
}

/* The kernel notices at the latest when the buffer is complete. */
static void a_buffer_signals_by_writing_the_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	int event = t_create_event();

	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 8, event),
		      STATUS_SUCCESS);
	t_write(&commands, fence.gpu, 8);
	t_submit(&commands, gpu->context);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_true(t_fence_value(&fence) == 8);
	t_destroy_fence(&fence);
	close(event);
}

static void a_fence_without_gpu_access_has_no_gpu_address(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE },
	};
	struct t_fence fence;

	args.Info.Flags.NoGPUAccess = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	assert_true(args.Info.MonitoredFence.FenceValueGPUVirtualAddress == 0);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 5), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 5);
	assert_true(t_fence_value(&fence) == 5);
	t_destroy_fence(&fence);
}

/* Its turn in the queue still comes, and what is behind it runs. */
static void destroying_a_fence_does_not_stop_the_queue(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);

	t_spin(&commands, 5000000);
	t_submit(&commands, gpu->context);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1), STATUS_SUCCESS);
	t_destroy_fence(&fence);
	drain(gpu);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

static void bad_counts_and_handles_fail(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE handles[33];
	uint64_t values[33] = { 0 };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU wait = {
		.hContext = gpu->context,
		.ObjectHandleArray = handles,
		.MonitoredFenceValueArray = values,
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU signal = {
		.hContext = gpu->context,
		.ObjectHandleArray = handles,
		.MonitoredFenceValueArray = values,
	};
	unsigned int i;

	for (i = 0; i < 33; i++)
		handles[i] = gpu->fence.handle;
	for (i = 0; i <= 33; i += 33) {
		wait.ObjectCount = signal.ObjectCount = i;
		assert_status(D3DKMTWaitForSynchronizationObjectFromGpu(&wait),
			      STATUS_INVALID_PARAMETER);
		assert_status(D3DKMTSignalSynchronizationObjectFromGpu(&signal),
			      STATUS_INVALID_PARAMETER);
	}
	assert_status(t_wait_gpu(gpu->device, gpu->fence.handle, 0),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_wait_gpu(gpu->context, gpu->device, 0),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_gpu(T_UNKNOWN_HANDLE, gpu->fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(a_signal_comes_after_the_work_before_it),
		t_gpu_test(a_wait_holds_what_comes_after_it),
		t_gpu_test(a_wait_holds_no_other_context),
		t_gpu_test(two_contexts_hand_work_to_each_other),
		t_gpu_test(several_fences_in_one_call),
		t_gpu_test(signal2_with_one_context_signals_after_its_work),
		t_gpu_test(signal2_with_two_contexts_waits_for_both),
		t_gpu_test(signal2_sets_a_cpu_event_in_its_turn),
		t_gpu_test(a_buffer_sees_the_fence_as_memory),
		t_gpu_test(a_buffer_signals_by_writing_the_fence),
		t_gpu_test(a_fence_without_gpu_access_has_no_gpu_address),
		t_gpu_test(destroying_a_fence_does_not_stop_the_queue),
		t_gpu_test(bad_counts_and_handles_fail),
	};

	return cmocka_run_group_tests_name("sync-gpu", tests, NULL, NULL);
}
