/* SPDX-License-Identifier: MIT */
/* device: page faults, bad packets, and what a lost device still does. */
#include "lib/t.h"
#include "lib/t-waiter.h"

static void lose(struct t_gpu *gpu, const struct t_commands *commands,
		 D3DKMT_DEVICEEXECUTION_STATE want)
{
	t_submit(commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) !=
			  D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_execution_state(gpu->device), want);
}

static void lose_by_page_fault(struct t_gpu *gpu, uint64_t address)
{
	struct t_commands commands = t_commands(gpu);

	t_write(&commands, address, 1);
	lose(gpu, &commands, D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
}

static D3DKMT_DEVICEPAGEFAULT_STATE fault_of(const struct t_gpu *gpu)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};

	assert_status(D3DKMTGetDeviceState(&args), STATUS_SUCCESS);
	return args.PageFaultState;
}

/* An address that is in no mapping and no reservation. */
static uint64_t unmapped_address(struct t_gpu *gpu)
{
	struct t_buffer buffer = t_create_buffer(gpu, 0x10000);
	uint64_t address = buffer.gpu;

	t_destroy_buffer(gpu, &buffer);
	return address;
}

static void a_write_to_nowhere_is_a_page_fault_with_its_address(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t address = unmapped_address(gpu) + 0x3008;
	D3DKMT_DEVICEPAGEFAULT_STATE fault;

	lose_by_page_fault(gpu, address);
	fault = fault_of(gpu);
	assert_true(fault.FaultedVirtualAddress == address);
	assert_true(fault.PageFaultFlags & DXGK_PAGE_FAULT_WRITE);
	assert_int_equal(fault.FaultErrorCode.IsDeviceSpecificCode, 0);
	assert_int_equal(fault.FaultErrorCode.GeneralErrorCode,
			 DXGK_GENERAL_ERROR_PAGE_FAULT);
}

static void a_read_from_nowhere_is_no_write_fault(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	uint64_t address = unmapped_address(gpu);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_DEVICEPAGEFAULT_STATE fault;

	t_copy(&commands, buffer.gpu, address, 8);
	lose(gpu, &commands, D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	fault = fault_of(gpu);
	assert_true(fault.FaultedVirtualAddress == address);
	assert_false(fault.PageFaultFlags & DXGK_PAGE_FAULT_WRITE);
	t_destroy_buffer(gpu, &buffer);
}

static void a_write_to_a_read_only_mapping_is_a_page_fault(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = gpu->paging.handle,
		.hAllocation = buffer.allocation,
		.SizeInPages = 1,
	};
	struct t_commands commands = t_commands(gpu);

	assert_success(D3DKMTMapGpuVirtualAddress(&args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	t_copy(&commands, buffer.gpu, args.VirtualAddress, 8);
	t_submit_and_wait(&commands);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	lose_by_page_fault(gpu, args.VirtualAddress);
	assert_true(fault_of(gpu).FaultedVirtualAddress == args.VirtualAddress);
	t_destroy_buffer(gpu, &buffer);
}

static void access_to_a_reservation_is_a_page_fault(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = {
		.hAdapter = gpu->adapter,
		.Size = 0x10000,
		.ReservationType = D3DDDIGPUVIRTUALADDRESS_RESERVE_NO_ACCESS,
	};

	assert_success(D3DKMTReserveGpuVirtualAddress(&args));
	lose_by_page_fault(gpu, args.VirtualAddress + 0x1000);
	t_free_va(gpu->adapter, args.VirtualAddress, args.Size);
}

static void bad_packets_are_a_dma_fault(void **state)
{
	static const uint32_t opcodes[] = { DXGHOST_OP_TRAP, 0xffff };
	struct t_gpu *gpu = *state;
	size_t i;

	t_host_or_skip();
	for (i = 0; i < 2; i++) {
		struct t_gpu *own = NULL;
		struct t_commands commands;

		assert_int_equal(t_setup_gpu((void **)&own), 0);
		commands = t_commands(own);
		t_opcode(&commands, opcodes[i]);
		lose(own, &commands, D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
		assert_int_equal(t_teardown((void **)&own), 0);
	}
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

/* A size of 0 would make the engine turn on the spot. */
static void a_packet_of_no_size_is_a_dma_fault(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands = t_commands(gpu);

	t_host_or_skip();
	t_opcode(&commands, DXGHOST_OP_NOP);
	((uint32_t *)gpu->commands.cpu)[(commands.address - gpu->commands.gpu) /
					4 + 1] = 0;
	lose(gpu, &commands, D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
}

static void a_command_buffer_nobody_mapped_is_a_page_fault(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands nowhere = {
		.gpu = gpu, .address = unmapped_address(gpu), .used = 64,
	};

	lose(gpu, &nowhere, D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	assert_true(fault_of(gpu).FaultedVirtualAddress == nowhere.address);
}

/* All waiters wake with SUCCESS and find the greatest value. */
static void the_fences_of_a_lost_device_go_to_the_maximum(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 3);
	int event = t_create_event();

	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 100, event),
		      STATUS_SUCCESS);
	lose_by_page_fault(gpu, unmapped_address(gpu));
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_true(t_fence_value(&fence) == UINT64_MAX);
	assert_true(t_fence_value(&gpu->fence) == UINT64_MAX);
	assert_eventually(t_fence_value(&gpu->paging.fence) == UINT64_MAX);
	t_wait_fence(gpu->device, &fence, UINT64_MAX);
	t_destroy_fence(&fence);
	close(event);
}

static void a_fence_may_ask_not_to_go_to_the_maximum(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE },
	};
	struct t_fence fence;

	args.Info.MonitoredFence.InitialFenceValue = 3;
	args.Info.Flags.NoSignalMaxValueOnTdr = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	lose_by_page_fault(gpu, unmapped_address(gpu));
	assert_eventually(t_fence_value(&gpu->fence) == UINT64_MAX);
	assert_true(t_fence_value(&fence) == 3);
	t_destroy_fence(&fence);
}

static void a_blocked_thread_wakes_when_the_device_is_lost(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t address = unmapped_address(gpu);
	struct t_waiter waiter;

	t_waiter_start_for(&waiter, gpu->device, gpu->fence.handle, 1000);
	t_sleep_ms(T_QUIET_MS);
	lose_by_page_fault(gpu, address);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
}

/* What was complete before the fault has been signalled, what follows not. */
static void work_before_the_fault_counts_and_work_after_it_is_dropped(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu), after = t_commands(gpu);
	uint64_t *values = buffer.cpu;
	NTSTATUS status;

	memset(buffer.cpu, 0, T_PAGE_SIZE);
	t_write(&commands, buffer.gpu, 1);
	t_write(&commands, unmapped_address(gpu), 1);
	t_write(&commands, buffer.gpu + 8, 1);
	t_write(&after, buffer.gpu + 16, 1);
	t_submit(&commands, gpu->context);
	status = t_try_submit(&after, gpu->context);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	(void)status; /* sent or refused, both are right */
	t_sleep_ms(T_QUIET_MS);
	assert_true(values[0] == 1);
	assert_true(values[1] == 0);
	assert_true(values[2] == 0);
	t_destroy_buffer(gpu, &buffer);
}

static void nothing_runs_on_a_lost_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *value = buffer.cpu;

	*value = 0;
	lose_by_page_fault(gpu, unmapped_address(gpu));
	t_write(&commands, buffer.gpu, 1);
	t_try_submit(&commands, gpu->context);
	t_sleep_ms(T_QUIET_MS);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 0);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	t_destroy_buffer(gpu, &buffer);
}

/* The answer has no room for a status: DEVICE_REMOVED does not come through. */
static void create_allocation_on_a_lost_device_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = 0;

	lose_by_page_fault(gpu, unmapped_address(gpu));
	assert_refused(t_try_create_allocation(gpu->device, T_PAGE_SIZE, 0,
					       &allocation));
	assert_int_equal(allocation, 0);
}

static void other_devices_go_on(void **state)
{
	struct t_gpu *lost = *state, *healthy = NULL;
	struct t_commands commands;
	struct t_buffer buffer;

	assert_int_equal(t_setup_gpu((void **)&healthy), 0);
	buffer = t_create_buffer(healthy, T_PAGE_SIZE);
	lose_by_page_fault(lost, 0x1000);
	commands = t_commands(healthy);
	t_fill(&commands, buffer.gpu, T_PAGE_SIZE, 0x77777777);
	t_submit_and_wait(&commands);
	assert_int_equal(((uint32_t *)buffer.cpu)[1023], 0x77777777);
	assert_int_equal(t_execution_state(healthy->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_destroy_buffer(healthy, &buffer);
	assert_int_equal(t_teardown((void **)&healthy), 0);
}

/* The only way out: destroy it and make another on the same adapter. */
static void a_new_device_works_after_a_loss(void **state)
{
	struct t_gpu *gpu = *state, *fresh = NULL;
	struct t_commands commands;

	lose_by_page_fault(gpu, unmapped_address(gpu));
	assert_int_equal(t_setup_gpu((void **)&fresh), 0);
	commands = t_commands(fresh);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	assert_int_equal(t_execution_state(fresh->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_teardown((void **)&fresh), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(a_write_to_nowhere_is_a_page_fault_with_its_address),
		t_gpu_test(a_read_from_nowhere_is_no_write_fault),
		t_gpu_test(a_write_to_a_read_only_mapping_is_a_page_fault),
		t_gpu_test(access_to_a_reservation_is_a_page_fault),
		t_gpu_test(bad_packets_are_a_dma_fault),
		t_gpu_test(a_packet_of_no_size_is_a_dma_fault),
		t_gpu_test(a_command_buffer_nobody_mapped_is_a_page_fault),
		t_gpu_test(the_fences_of_a_lost_device_go_to_the_maximum),
		t_gpu_test(a_fence_may_ask_not_to_go_to_the_maximum),
		t_gpu_test(a_blocked_thread_wakes_when_the_device_is_lost),
		t_gpu_test(work_before_the_fault_counts_and_work_after_it_is_dropped),
		t_gpu_test(nothing_runs_on_a_lost_device),
		t_gpu_test(create_allocation_on_a_lost_device_fails),
		t_gpu_test(other_devices_go_on),
		t_gpu_test(a_new_device_works_after_a_loss),
	};

	return cmocka_run_group_tests_name("device-loss", tests, NULL, NULL);
}
