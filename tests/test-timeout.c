/* SPDX-License-Identifier: MIT */
/* context: packets that never end, devices given up, and who goes on. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-waiter.h"

#include <unistd.h>

static D3DKMT_HANDLE create_context(D3DKMT_HANDLE device, unsigned int node,
				    bool without_timeout)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = device,
		.NodeOrdinal = node,
	};

	args.Flags.DisableGpuTimeout = without_timeout;
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	return args.hContext;
}

static unsigned int timeouts_of(struct t_gpu *gpu)
{
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = D3DKMT_QUERYSTATISTICS_ADAPTER,
		.AdapterLuid = gpu->luid,
	};

	assert_status(D3DKMTQueryStatistics(&statistics), STATUS_SUCCESS);
	return statistics.QueryResult.AdapterInformation.TdrDetectedCount;
}

static void submit_hang(struct t_gpu *gpu, D3DKMT_HANDLE context)
{
	struct t_commands commands = t_commands(gpu);

	t_opcode(&commands, DXGHOST_OP_HANG);
	t_submit(&commands, context);
}

static void submit_nop_and_wait(struct t_gpu *gpu)
{
	struct t_commands commands = t_commands(gpu);

	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
}

static bool is_hung(D3DKMT_HANDLE device)
{
	D3DKMT_DEVICEEXECUTION_STATE state = t_execution_state(device);

	return state == D3DKMT_DEVICEEXECUTION_HUNG ||
	       state == D3DKMT_DEVICEEXECUTION_RESET;
}

/* Its device is lost, waits on it end, and others lose nothing but time. */
static void packet_that_never_ends_is_timed_out(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = create_context(device, 0, false);
	struct t_fence fence = t_create_fence(device, 0);
	unsigned int before = timeouts_of(gpu);
	int event = t_create_event();

	submit_hang(gpu, context);
	assert_status(t_signal_gpu(context, fence.handle, 1), STATUS_SUCCESS);
	assert_status(t_wait_cpu_event(device, fence.handle, 1, event),
		      STATUS_SUCCESS);
	/* on the same node, behind the one that hangs */
	submit_nop_and_wait(gpu);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_true(is_hung(device));
	assert_true(t_fence_value(&fence) == UINT64_MAX);
	assert_int_equal(timeouts_of(gpu), before + 1);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	submit_nop_and_wait(gpu);
	close(event);
	t_destroy_device(device);
}

static void blocked_thread_wakes_after_a_timeout(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = create_context(device, 1, false);
	struct t_fence fence = t_create_fence(device, 0);
	struct t_waiter waiter;

	submit_hang(gpu, context);
	assert_status(t_signal_gpu(context, fence.handle, 5), STATUS_SUCCESS);
	t_waiter_start_for(&waiter, device, fence.handle, 5);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	assert_true(is_hung(device));
	t_destroy_device(device);
}

/* It is the buffer that takes too long, if none of its packets does. */
static void many_short_packets_are_timed_out_together(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = create_context(device, 0, false);
	struct t_commands commands = t_commands(gpu);

	t_spin(&commands, 60000000);
	t_submit(&commands, context);
	t_submit(&commands, context);
	/* each of its own, they are fine; and others between them run */
	submit_nop_and_wait(gpu);
	assert_int_equal(t_execution_state(device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_spin(&commands, 60000000);
	t_submit(&commands, context);
	assert_eventually(is_hung(device));
	t_destroy_device(device);
}

/* The owner of another handle to the fence may wait for that very signal. */
static void shared_fence_of_a_hung_device_jumps_for_all(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = create_context(device, 0, false);
	struct t_fence fence = t_create_shared_fence(device, 0);
	int fd = t_share(fence.handle);
	struct t_fence opened = t_open_fence(gpu->device, fd);

	submit_hang(gpu, context);
	assert_status(t_signal_gpu(context, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &opened, 1);
	assert_true(t_fence_value(&opened) == UINT64_MAX);
	assert_true(is_hung(device));
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	close(fd);
	t_destroy_device(device);
	t_destroy_fence(&opened);
}

static void progress_of_a_hung_queue_jumps(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_CREATECONTEXTVIRTUAL parent = { .hDevice = device };
	D3DKMT_CREATEHWQUEUE queue = { .hHwContext = 0 };
	struct t_commands commands = t_commands(gpu);
	D3DKMT_SUBMITCOMMANDTOHWQUEUE submit = { .HwQueueProgressFenceId = 1 };
	const volatile uint64_t *progress;

	parent.Flags.HwQueueSupported = 1;
	assert_status(D3DKMTCreateContextVirtual(&parent), STATUS_SUCCESS);
	queue.hHwContext = parent.hContext;
	assert_status(D3DKMTCreateHwQueue(&queue), STATUS_SUCCESS);
	progress = queue.HwQueueProgressFenceCPUVirtualAddress;
	t_opcode(&commands, DXGHOST_OP_HANG);
	submit.hHwQueue = queue.hHwQueue;
	submit.CommandBuffer = commands.address;
	submit.CommandLength = (UINT)commands.used;
	assert_status(D3DKMTSubmitCommandToHwQueue(&submit), STATUS_SUCCESS);
	assert_eventually(*progress == UINT64_MAX);
	assert_true(is_hung(device));
	t_destroy_device(device);
	submit_nop_and_wait(gpu);
}

/* Who switches the time-out off may keep an engine for as long as he likes. */
static void context_without_timeout_is_left_alone(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE patient = create_context(device, 2, true);
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_HANDLE hurried = create_context(other, 1, false);

	submit_hang(gpu, patient);
	submit_hang(gpu, hurried);
	/* the other's time is over long before anything happens here */
	assert_eventually(is_hung(other));
	t_sleep_ms(T_QUIET_MS);
	assert_int_equal(t_execution_state(device), D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_destroy_device(other);
	/* and still it can be got rid of */
	t_destroy_device(device);
}

/* A wait that nobody ends holds its own context, and is no hang. */
static void waiting_is_no_hang(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE waiting = t_create_context(gpu->device, 0);
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_HANDLE hurried = create_context(other, 0, false);
	struct t_fence gate = t_create_fence(gpu->device, 0);

	assert_status(t_wait_gpu(waiting, gate.handle, 1), STATUS_SUCCESS);
	submit_hang(gpu, hurried);
	assert_eventually(is_hung(other));
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	t_destroy_context(waiting);
	t_destroy_fence(&gate);
	t_destroy_device(other);
}

/* Shows 0x26: the device is in error for good, and nothing waits on it. */
static void device_marked_as_error_is_lost(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = create_context(device, 0, false);
	struct t_fence fence = t_create_fence(device, 3);
	D3DKMT_MARKDEVICEASERROR args = {
		.hDevice = device,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_DRIVER_ERROR,
	};
	int event = t_create_event();

	assert_status(t_wait_cpu_event(device, fence.handle, 4, event),
		      STATUS_SUCCESS);
	assert_int_equal(t_execution_state(device), D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_status(D3DKMTMarkDeviceAsError(&args), STATUS_SUCCESS);
	assert_int_not_equal(t_execution_state(device),
			     D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_true(t_fence_value(&fence) == UINT64_MAX);
	assert_status(D3DKMTMarkDeviceAsError(&args), STATUS_SUCCESS);
	args.hDevice = context;
	assert_status(D3DKMTMarkDeviceAsError(&args), STATUS_INVALID_PARAMETER);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	close(event);
	t_destroy_device(device);
}

/* One call, several contexts: each runs the buffer in its turn. */
static void broadcast_runs_on_each_context(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE contexts[3] = {
		t_create_context(gpu->device, 0), t_create_context(gpu->device, 1),
		t_create_context(gpu->device, 2),
	};
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_SUBMITCOMMAND args = {
		.BroadcastContextCount = 3,
		.BroadcastContext = { contexts[0], contexts[1], contexts[2] },
	};
	int i;

	t_add(&commands, buffer.gpu, 1);
	args.Commands = commands.address;
	args.CommandLength = (UINT)commands.used;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	for (i = 0; i < 3; i++) {
		assert_status(t_signal_gpu(contexts[i], gpu->fence.handle,
					   gpu->fence_value + 1), STATUS_SUCCESS);
		t_wait_fence(gpu->device, &gpu->fence, ++gpu->fence_value);
	}
	assert_true(*(volatile uint64_t *)buffer.cpu == 3);
	args.BroadcastContextCount = 65;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_INVALID_PARAMETER);
	args.BroadcastContextCount = 0;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_INVALID_PARAMETER);
	for (i = 0; i < 3; i++)
		t_destroy_context(contexts[i]);
	t_destroy_buffer(gpu, &buffer);
}

/* Primaries matter for displays alone; there may be 16 of them. */
static void written_primaries_are_taken(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands = t_commands(gpu);
	D3DKMT_SUBMITCOMMAND args = {
		.BroadcastContextCount = 1,
		.BroadcastContext = { gpu->context },
		.NumPrimaries = 16,
	};
	int i;

	t_opcode(&commands, DXGHOST_OP_NOP);
	args.Commands = commands.address;
	args.CommandLength = (UINT)commands.used;
	for (i = 0; i < 16; i++)
		args.WrittenPrimaries[i] = gpu->commands.allocation;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	args.NumPrimaries = 17;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_INVALID_PARAMETER);
	submit_nop_and_wait(gpu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(packet_that_never_ends_is_timed_out),
		t_gpu_test(blocked_thread_wakes_after_a_timeout),
		t_gpu_test(many_short_packets_are_timed_out_together),
		t_gpu_test(shared_fence_of_a_hung_device_jumps_for_all),
		t_gpu_test(progress_of_a_hung_queue_jumps),
		t_gpu_test(context_without_timeout_is_left_alone),
		t_gpu_test(waiting_is_no_hang),
		t_gpu_test(device_marked_as_error_is_lost),
		t_gpu_test(broadcast_runs_on_each_context),
		t_gpu_test(written_primaries_are_taken),
	};

	/* two seconds, as a host usually waits, are long for a test */
	t_host_use_profile("tdr_ms = 100\n[adapter]\n"
			   "local_memory = 256M\nnonlocal_memory = 128M\n");
	return cmocka_run_group_tests_name("timeout", tests, NULL, NULL);
}
