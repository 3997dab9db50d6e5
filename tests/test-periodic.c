/* SPDX-License-Identifier: MIT */
/* sync: fences that the refreshes of a display signal. */
#include "lib/t.h"

#include <errno.h>
#include <unistd.h>

/* Of the profile below: 5 refreshes a second, in units of 100 ns. */
#define INTERVAL	2000000u

static NTSTATUS try_create(struct t_gpu *gpu, D3DKMT_HANDLE adapter,
			   unsigned int target, uint64_t time,
			   struct t_fence *ret_fence)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_PERIODIC_MONITORED_FENCE },
	};
	NTSTATUS status;

	args.Info.PeriodicMonitoredFence.hAdapter = adapter;
	args.Info.PeriodicMonitoredFence.VidPnTargetId = target;
	args.Info.PeriodicMonitoredFence.Time = time;
	status = D3DKMTCreateSynchronizationObject2(&args);
	ret_fence->handle = args.hSyncObject;
	ret_fence->cpu =
		args.Info.PeriodicMonitoredFence.FenceValueCPUVirtualAddress;
	ret_fence->gpu =
		args.Info.PeriodicMonitoredFence.FenceValueGPUVirtualAddress;
	return status;
}

static struct t_fence create(struct t_gpu *gpu, uint64_t time)
{
	struct t_fence fence;

	assert_status(try_create(gpu, gpu->adapter, 0, time, &fence),
		      STATUS_SUCCESS);
	assert_local_handle(fence.handle);
	assert_true(fence.gpu != 0);
	return fence;
}

static uint64_t gpu_clock(struct t_gpu *gpu)
{
	D3DKMT_QUERYCLOCKCALIBRATION args = { .hAdapter = gpu->adapter };

	assert_status(D3DKMTQueryClockCalibration(&args), STATUS_SUCCESS);
	assert_true(args.ClockData.GpuFrequency == 1000000000);
	return args.ClockData.GpuClockCounter / 100;
}

/* Seen by the CPU, by waits of the CPU, by waits of the GPU. */
static void refreshes_are_counted(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t begin = gpu_clock(gpu), value;
	struct t_fence fence = create(gpu, 0);
	int event = t_create_event();

	t_wait_fence(gpu->device, &fence, 2);
	value = t_fence_value(&fence);
	assert_true(value >= 2);
	/* none comes before its time */
	assert_true(gpu_clock(gpu) >= (begin / INTERVAL + 2) * INTERVAL);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, value + 2,
				       event), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	value = t_fence_value(&fence);
	assert_status(t_wait_gpu(gpu->context, fence.handle, value + 2),
		      STATUS_SUCCESS);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle, 1),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 1);
	gpu->fence_value = 1;
	assert_true(t_fence_value(&fence) >= value + 2);
	close(event);
	t_destroy_fence(&fence);
}

/* A packet can wait for the value, too. */
static void packet_waits_for_a_refresh(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = create(gpu, 0);
	struct t_commands commands = t_commands(gpu);

	t_wait(&commands, fence.gpu, 2);
	t_submit_and_wait(&commands);
	assert_true(t_fence_value(&fence) >= 2);
	t_destroy_fence(&fence);
}

/* With half an interval's lead it comes in the middle between two refreshes. */
static void time_is_that_before_the_refresh(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = create(gpu, INTERVAL / 2);
	int i, before = 0;

	/* a busy machine may be late by half an interval, but not mostly */
	for (i = 0; i < 9; i++) {
		t_wait_fence(gpu->device, &fence, t_fence_value(&fence) + 1);
		before += gpu_clock(gpu) % INTERVAL >= INTERVAL / 2;
	}
	assert_true(before >= 5);
	t_destroy_fence(&fence);
}

static void only_the_display_writes_it(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = create(gpu, 0);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_GETDEVICESTATE fault = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};
	int ends[2];

	assert_status(t_signal_cpu(gpu->device, fence.handle, 1000),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1000),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	/* the kernel cannot write there for us */
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "12345678", 8), 8);
	assert_int_equal(read(ends[0], (void *)(uintptr_t)fence.cpu, 8), -1);
	assert_int_equal(errno, EFAULT);
	close(ends[0]);
	close(ends[1]);
	assert_true(t_fence_value(&fence) < 1000000);
	t_write(&commands, fence.gpu, 1);
	t_submit(&commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	assert_status(D3DKMTGetDeviceState(&fault), STATUS_SUCCESS);
	assert_true(fault.PageFaultState.FaultedVirtualAddress == fence.gpu);
	assert_true(fault.PageFaultState.PageFaultFlags & DXGK_PAGE_FAULT_WRITE);
	t_destroy_fence(&fence);
}

/* The display goes on; but who waits on the device is not kept. */
static void waits_end_with_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = create(gpu, 0);
	int event = t_create_event();
	D3DKMT_MARKDEVICEASERROR mark = {
		.hDevice = gpu->device,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};
	uint64_t value;

	assert_status(t_wait_cpu_event(gpu->device, fence.handle, UINT64_MAX,
				       event), STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(D3DKMTMarkDeviceAsError(&mark), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	value = t_fence_value(&fence);
	assert_true(value < 1000000);
	assert_eventually(t_fence_value(&fence) > value);
	close(event);
	t_destroy_fence(&fence);
}

static void bad_displays_and_times_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE again = t_open_adapter_by_luid(gpu->luid);
	struct t_fence fence;

	assert_status(try_create(gpu, 0, 0, 0, &fence), STATUS_INVALID_PARAMETER);
	assert_status(try_create(gpu, T_UNKNOWN_HANDLE, 0, 0, &fence),
		      STATUS_INVALID_PARAMETER);
	assert_status(try_create(gpu, gpu->device, 0, 0, &fence),
		      STATUS_INVALID_PARAMETER);
	assert_refused(try_create(gpu, gpu->adapter, 1, 0, &fence));
	assert_refused(try_create(gpu, gpu->adapter, 0, INTERVAL + 1, &fence));
	assert_refused(try_create(gpu, gpu->adapter, 0, UINT64_MAX, &fence));
	/* any handle to the adapter will do, and a whole interval */
	assert_status(try_create(gpu, again, 0, INTERVAL, &fence),
		      STATUS_SUCCESS);
	t_destroy_fence(&fence);
	t_close_adapter(again);
}

static void statistics_know_of_the_display(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = D3DKMT_QUERYSTATISTICS_ADAPTER,
		.AdapterLuid = gpu->luid,
	};

	assert_status(D3DKMTQueryStatistics(&statistics), STATUS_SUCCESS);
	assert_int_equal(statistics.QueryResult.AdapterInformation
				 .VidPnSourceCount, 1);
	assert_int_equal(statistics.QueryResult.AdapterInformation.VSyncEnabled,
			 1);
}

static D3DKMT_GETDEVICESTATE present_state(struct t_gpu *gpu)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PRESENT,
	};

	assert_status(D3DKMTGetDeviceState(&args), STATUS_SUCCESS);
	return args;
}

/* Nothing is presented, but the display refreshes; and it has a clock. */
static void present_state_follows_the_display(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_GETDEVICESTATE before, after;
	struct t_fence fence = create(gpu, 0);
	uint64_t begin = gpu_clock(gpu);
	uint64_t count;

	before = present_state(gpu);
	t_wait_fence(gpu->device, &fence, t_fence_value(&fence) + 2);
	after = present_state(gpu);
	count = after.PresentState.PresentStats.SyncRefreshCount;
	assert_true(count > before.PresentState.PresentStats.SyncRefreshCount);
	assert_int_equal(after.PresentState.PresentStats.PresentCount, 0);
	/* both counters show the moment of the last refresh */
	assert_true((uint64_t)after.PresentState.PresentStats.SyncGPUTime.QuadPart ==
		    count * INTERVAL * 100);
	assert_true((uint64_t)after.PresentState.PresentStats.SyncQPCTime.QuadPart ==
		    count * INTERVAL);
	assert_true((count + 1) * INTERVAL > begin);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(refreshes_are_counted),
		t_gpu_test(packet_waits_for_a_refresh),
		t_gpu_test(time_is_that_before_the_refresh),
		t_gpu_test(only_the_display_writes_it),
		t_gpu_test(waits_end_with_the_device),
		t_gpu_test(bad_displays_and_times_are_refused),
		t_gpu_test(statistics_know_of_the_display),
		t_gpu_test(present_state_follows_the_display),
	};

	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft");
		return 77;
	}
	setenv("DXG_DEVICE", "soft:[adapter]\nvsync_hz = 5\n", 1);
	return cmocka_run_group_tests_name("periodic", tests, NULL, NULL);
}
