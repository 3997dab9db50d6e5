/* SPDX-License-Identifier: MIT */
/* allocation, sync: what the driver answers without asking the host. */
#include "lib/t.h"

#include <unistd.h>

#define WAIT_FROM_CPU	22
#define LOCK2		23
#define UNLOCK2		24

static void a_mapped_allocation_is_locked_without_a_message(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation =
		t_create_allocation(gpu->device, 65536, 0);
	uint64_t locks = t_soft_messages(LOCK2);
	uint64_t unlocks = t_soft_messages(UNLOCK2);
	void *address = t_lock(gpu->device, allocation);
	unsigned int i;

	assert_true(t_soft_messages(LOCK2) == locks + 1);
	for (i = 0; i < 100; i++)
		assert_ptr_equal(t_lock(gpu->device, allocation), address);
	for (i = 0; i < 100; i++)
		assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_true(t_soft_messages(LOCK2) == locks + 1);
	assert_true(t_soft_messages(UNLOCK2) == unlocks);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_true(t_soft_messages(UNLOCK2) == unlocks + 1);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Of two fences, with values 5 and 7. */
static NTSTATUS wait_both(D3DKMT_HANDLE device, const struct t_fence *fences,
			  uint64_t first, uint64_t second, bool any, int event)
{
	D3DKMT_HANDLE handles[2] = { fences[0].handle, fences[1].handle };
	uint64_t values[2] = { first, second };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = 2,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
		.hAsyncEvent = (HANDLE)(uintptr_t)event,
	};

	args.Flags.WaitAny = any;
	return D3DKMTWaitForSynchronizationObjectFromCpu(&args);
}

static void a_wait_that_is_over_costs_no_message(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fences[2] = {
		t_create_fence(gpu->device, 5), t_create_fence(gpu->device, 7),
	};
	uint64_t before = t_soft_messages(WAIT_FROM_CPU);
	int event = t_create_event();

	assert_status(wait_both(gpu->device, fences, 5, 7, false, 0),
		      STATUS_SUCCESS);
	assert_status(wait_both(gpu->device, fences, 0, 1, false, 0),
		      STATUS_SUCCESS);
	assert_status(wait_both(gpu->device, fences, 6, 7, true, 0),
		      STATUS_SUCCESS);
	assert_status(wait_both(gpu->device, fences, 5, 8, true, 0),
		      STATUS_SUCCESS);
	assert_status(wait_both(gpu->device, fences, 5, 7, false, event),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, 0));
	assert_true(t_soft_messages(WAIT_FROM_CPU) == before);
	close(event);
	t_destroy_fence(&fences[0]);
	t_destroy_fence(&fences[1]);
}

static void a_wait_that_is_not_over_costs_one(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fences[2] = {
		t_create_fence(gpu->device, 5), t_create_fence(gpu->device, 7),
	};
	uint64_t before = t_soft_messages(WAIT_FROM_CPU);
	int all = t_create_event();
	int any = t_create_event();

	assert_status(wait_both(gpu->device, fences, 5, 8, false, all),
		      STATUS_SUCCESS);
	assert_true(t_soft_messages(WAIT_FROM_CPU) == before + 1);
	assert_status(wait_both(gpu->device, fences, 6, 8, true, any),
		      STATUS_SUCCESS);
	assert_true(t_soft_messages(WAIT_FROM_CPU) == before + 2);
	assert_status(t_signal_cpu(gpu->device, fences[1].handle, 8),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(all, T_TIMEOUT_MS));
	assert_true(t_event_is_set(any, T_TIMEOUT_MS));
	assert_true(t_soft_messages(WAIT_FROM_CPU) == before + 2);
	close(all);
	close(any);
	t_destroy_fence(&fences[0]);
	t_destroy_fence(&fences[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(a_mapped_allocation_is_locked_without_a_message),
		t_device_test(a_wait_that_is_over_costs_no_message),
		t_device_test(a_wait_that_is_not_over_costs_one),
	};

	return cmocka_run_group_tests_name("economy", tests, NULL, NULL);
}
