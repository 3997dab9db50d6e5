/* SPDX-License-Identifier: MIT */
/* device: creation, state, and what dies with a device. W017..W022. */
#include "lib/t.h"

static NTSTATUS try_destroy(D3DKMT_HANDLE device)
{
	D3DKMT_DESTROYDEVICE args = { .hDevice = device };

	return D3DKMTDestroyDevice(&args);
}

static NTSTATUS try_state(D3DKMT_HANDLE device, int type)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device,
		.StateType = (D3DKMT_DEVICESTATE_TYPE)type,
	};

	return D3DKMTGetDeviceState(&args);
}

/* W017; EFAULT in the guest. */
static void null_arguments_fail(void **state)
{
	(void)state;
	assert_status(D3DKMTCreateDevice(NULL), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTDestroyDevice(NULL), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTGetDeviceState(NULL), STATUS_UNSUCCESSFUL);
}

/* W018 */
static void a_new_device_has_no_command_buffer(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATEDEVICE args = { .hAdapter = gpu->adapter };

	assert_status(D3DKMTCreateDevice(&args), STATUS_SUCCESS);
	assert_local_handle(args.hDevice);
	assert_null(args.pCommandBuffer);
	assert_null(args.pAllocationList);
	assert_null(args.pPatchLocationList);
	assert_int_equal(args.CommandBufferSize, 0);
	assert_int_equal(args.AllocationListSize, 0);
	assert_int_equal(args.PatchLocationListSize, 0);
	t_destroy_device(args.hDevice);
}

static void create_device_on_unknown_adapter_fails(void **state)
{
	D3DKMT_CREATEDEVICE args = {
		.hAdapter = T_UNKNOWN_HANDLE, .hDevice = 0xa5a5a5a5,
	};

	(void)state;
	assert_status(D3DKMTCreateDevice(&args), STATUS_INVALID_PARAMETER);
	args.hAdapter = 0;
	assert_status(D3DKMTCreateDevice(&args), STATUS_INVALID_PARAMETER);
	assert_int_equal(args.hDevice, 0xa5a5a5a5);
}

/* W019, W020, and the same once more */
static void destroy_device_works_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);

	assert_status(try_destroy(0), STATUS_INVALID_PARAMETER);
	assert_status(try_destroy(device), STATUS_SUCCESS);
	assert_status(try_destroy(device), STATUS_INVALID_PARAMETER);
	assert_status(try_state(device, 1), STATUS_INVALID_PARAMETER);
}

static D3DKMT_HANDLE create_and_destroy(const struct t_gpu *gpu, int kind)
{
	struct t_fence fence;
	D3DKMT_HANDLE handle;

	switch (kind) {
	case 0:
		handle = t_create_device(gpu->adapter);
		t_destroy_device(handle);
		return handle;
	case 1:
		handle = t_create_context(gpu->device, 0);
		t_destroy_context(handle);
		return handle;
	case 2:
		handle = t_create_allocation(gpu->device, 4096, 0);
		assert_status(t_destroy_allocation(gpu->device, handle),
			      STATUS_SUCCESS);
		return handle;
	default:
		fence = t_create_fence(gpu->device, 0);
		handle = fence.handle;
		t_destroy_fence(&fence);
		return handle;
	}
}

/* W022, as far as the guest does not choose the handle itself (adapters) */
static void handles_go_up_in_steps_across_destroys(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE first = t_create_device(gpu->adapter);
	D3DKMT_HANDLE previous = first, next;
	int i;

	for (i = 0; i < 12; i++) {
		next = create_and_destroy(gpu, i % 4);
		assert_local_handle(next);
		assert_int_equal(next, previous + 0x40);
		previous = next;
	}
	t_destroy_device(first);
}

/* Shows 0x02, 0x0e */
static void a_new_device_is_active(void **state)
{
	struct t_gpu *gpu = *state;

	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

static void state_types_without_a_display_answer(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_GETDEVICESTATE reset = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_RESET,
		.ResetState = { .Value = 0xa5a5a5a5 },
	};
	D3DKMT_GETDEVICESTATE fault = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};

	assert_status(D3DKMTGetDeviceState(&reset), STATUS_SUCCESS);
	assert_int_equal(reset.ResetState.DesktopSwitched, 0);
	assert_status(D3DKMTGetDeviceState(&fault), STATUS_SUCCESS);
	assert_int_equal(fault.PageFaultState.FaultedVirtualAddress, 0);
}

static void unknown_state_type_fails(void **state)
{
	struct t_gpu *gpu = *state;

	assert_status(try_state(gpu->device, 0), STATUS_INVALID_PARAMETER);
	assert_status(try_state(gpu->device, 7), STATUS_INVALID_PARAMETER);
	assert_status(try_state(gpu->device, -1), STATUS_INVALID_PARAMETER);
}

static void state_of_no_device_fails(void **state)
{
	struct t_gpu *gpu = *state;

	assert_status(try_state(0, 1), STATUS_INVALID_PARAMETER);
	assert_status(try_state(T_UNKNOWN_HANDLE, 1), STATUS_INVALID_PARAMETER);
	assert_status(try_state(gpu->adapter, 1), STATUS_INVALID_PARAMETER);
	assert_status(try_state(gpu->context, 1), STATUS_INVALID_PARAMETER);
}

/* Asked often, as drivers do before each submission: no message each time. */
static void execution_state_is_cached(void **state)
{
	struct t_gpu *gpu = *state;
	int i;

	t_host_or_skip();
	t_execution_state(gpu->device);
	t_host_or_skip()->message_stats_reset();
	for (i = 0; i < 100; i++)
		t_execution_state(gpu->device);
	assert_true(t_host_messages(28) <= 1);
}

/*
 * Shows 0x19. Contexts, queues, fences, allocations and mappings; the teardown counts.
 */
static void a_device_takes_its_children_with_it(void **state)
{
	struct t_gpu *outer = *state;
	struct t_gpu gpu = {
		.adapter = outer->adapter,
		.device = t_create_device(outer->adapter),
	};
	struct t_fence fence;
	D3DKMT_HANDLE context;
	struct t_buffer buffer;

	context = t_create_context(gpu.device, 0);
	t_create_paging_queue(gpu.device, &gpu.paging);
	fence = t_create_fence(gpu.device, 0);
	buffer = t_create_buffer(&gpu, 65536);
	t_destroy_device(gpu.device);

	assert_status(t_destroy_allocation(outer->device, buffer.allocation),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_cpu(outer->device, fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_refused(t_signal_gpu(context, outer->fence.handle, 1));
	assert_false(t_is_readable(buffer.cpu));
	assert_false(t_is_readable(fence.cpu));
	assert_false(t_is_readable(gpu.paging.fence.cpu));
}

static void devices_of_one_adapter_are_separate(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 4096, 0);
	D3DKMT_LOCK2 lock = { .hDevice = other, .hAllocation = allocation };

	assert_int_not_equal(other, gpu->device);
	assert_status(D3DKMTLock2(&lock), STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(other, allocation),
		      STATUS_INVALID_PARAMETER);
	t_destroy_device(other);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* A device references its adapter, so it needs no handle to it any more. */
static void a_device_outlives_the_last_adapter_handle(void **state)
{
	LUID luid;
	D3DKMT_HANDLE adapter = t_open_adapter(&luid);
	D3DKMT_HANDLE device = t_create_device(adapter);

	(void)state;
	t_close_adapter(adapter);
	assert_int_equal(t_execution_state(device), D3DKMT_DEVICEEXECUTION_ACTIVE);
	memset(t_lock(device, t_create_allocation(device, 4096, 0)), 1, 4096);
	t_destroy_device(device);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_bare_test(null_arguments_fail),
		t_device_test(a_new_device_has_no_command_buffer),
		t_bare_test(create_device_on_unknown_adapter_fails),
		t_device_test(destroy_device_works_once),
		t_device_test(handles_go_up_in_steps_across_destroys),
		t_device_test(a_new_device_is_active),
		t_device_test(state_types_without_a_display_answer),
		t_device_test(unknown_state_type_fails),
		t_gpu_test(state_of_no_device_fails),
		t_device_test(execution_state_is_cached),
		t_gpu_test(a_device_takes_its_children_with_it),
		t_device_test(devices_of_one_adapter_are_separate),
		t_bare_test(a_device_outlives_the_last_adapter_handle),
	};

	return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
