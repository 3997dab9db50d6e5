/* SPDX-License-Identifier: MIT */
/* device: commands that fail because the profile says so, and who copes. */
#include "lib/t.h"

/* The messages of the profile below. */
#define PROFILE                                                       \
	"fail_command = 4 3 0xC01E0100\n"   /* CREATEALLOCATION */    \
	"fail_command = 20 2 0xC000000D\n"  /* SUBMITCOMMAND */       \
	"fail_command = 23 /2 0xC01E0102\n" /* LOCK2 */               \
	"fail_command = 49 2+ 0xC00002B6\n" /* CHANGEVIDEOMEMORY... */ \
	"[adapter]\n"

static NTSTATUS try_lock(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 args = {
		.hDevice = gpu->device, .hAllocation = allocation,
	};
	NTSTATUS status = D3DKMTLock2(&args);

	assert_true(status || args.pData);
	return status;
}

/* Whoever tries again gets it. */
static void busy_lock_can_be_tried_again(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocations[2] = {
		t_create_allocation(gpu->device, T_PAGE_SIZE, 0),
		t_create_allocation(gpu->device, T_PAGE_SIZE, 0),
	};

	assert_status(try_lock(gpu, allocations[0]), STATUS_SUCCESS);
	assert_status(try_lock(gpu, allocations[1]),
		      STATUS_GRAPHICS_ALLOCATION_BUSY);
	/* it is not locked, so there is nothing to unlock */
	assert_status(t_unlock(gpu->device, allocations[1]),
		      STATUS_INVALID_PARAMETER);
	assert_status(try_lock(gpu, allocations[1]), STATUS_SUCCESS);
	assert_status(t_unlock(gpu->device, allocations[1]), STATUS_SUCCESS);
	assert_status(t_unlock(gpu->device, allocations[0]), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, allocations[1]),
		      STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, allocations[0]),
		      STATUS_SUCCESS);
}

/* The test before has made the first two. */
static void creation_fails_once_and_leaves_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = 0;

	assert_refused(t_try_create_allocation(gpu->device, T_PAGE_SIZE, 0,
					       &allocation));
	assert_int_equal(allocation, 0);
	allocation = t_create_allocation(gpu->device, T_PAGE_SIZE, 0);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static NTSTATUS reserve(struct t_gpu *gpu)
{
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION args = {
		.hAdapter = gpu->adapter, .Reservation = T_PAGE_SIZE,
	};

	return D3DKMTChangeVideoMemoryReservation(&args);
}

static void failure_may_be_for_good(void **state)
{
	struct t_gpu *gpu = *state;

	assert_status(reserve(gpu), STATUS_SUCCESS);
	assert_status(reserve(gpu), STATUS_DEVICE_REMOVED);
	assert_status(reserve(gpu), STATUS_DEVICE_REMOVED);
}

/* Nobody hears of it but by the device. */
static void failure_of_a_submission_shows_in_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE context = t_create_context(gpu->device, 0);
	D3DKMT_SUBMITCOMMAND args = {
		.BroadcastContextCount = 1, .BroadcastContext = { context },
	};
	struct t_fence fence = t_create_fence(gpu->device, 0);

	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	assert_status(t_signal_gpu(context, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	assert_true(t_fence_value(&fence) == UINT64_MAX);
	t_destroy_fence(&fence);
	t_destroy_context(context);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(busy_lock_can_be_tried_again),
		t_device_test(creation_fails_once_and_leaves_nothing),
		t_device_test(failure_may_be_for_good),
		t_device_test(failure_of_a_submission_shows_in_the_device),
	};

	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft");
		return 77;
	}
	/* one machine for all: each message of a command counts */
	setenv("DXG_DEVICE", "soft:" PROFILE, 1);
	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
