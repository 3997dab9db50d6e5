/* SPDX-License-Identifier: MIT */
/* sync: creating sync objects, and waits and signals by the CPU. W033..W067. */
#include "lib/t.h"
#include "lib/t-waiter.h"

static NTSTATUS create(D3DKMT_HANDLE device, int type, uint32_t flags,
		       HANDLE event, D3DKMT_HANDLE *ret_handle)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = { .hDevice = device };
	NTSTATUS status;

	args.Info.Type = (D3DDDI_SYNCHRONIZATIONOBJECT_TYPE)type;
	args.Info.Flags.Value = flags;
	if (type == D3DDDI_CPU_NOTIFICATION)
		args.Info.CPUNotification.Event = event;
	if (type == D3DDDI_SEMAPHORE)
		args.Info.Semaphore.MaxCount = 1;
	status = D3DKMTCreateSynchronizationObject2(&args);
	*ret_handle = args.hSyncObject;
	return status;
}

static NTSTATUS create_v1(D3DKMT_HANDLE device, int type,
			  D3DKMT_HANDLE *ret_handle)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = { .hDevice = device };
	NTSTATUS status;

	args.Info.Type = (D3DDDI_SYNCHRONIZATIONOBJECT_TYPE)type;
	status = D3DKMTCreateSynchronizationObject(&args);
	*ret_handle = args.hSyncObject;
	return status;
}

static NTSTATUS destroy(D3DKMT_HANDLE handle)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = handle };

	return D3DKMTDestroySynchronizationObject(&args);
}

/* W033..W040 */
static void v1_create_makes_mutexes_and_no_fences(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT zeroed = { 0 };
	D3DKMT_HANDLE first, second;

	assert_status(D3DKMTCreateSynchronizationObject(NULL),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTCreateSynchronizationObject(&zeroed),
		      STATUS_INVALID_PARAMETER);
	assert_status(create_v1(0, D3DDDI_SYNCHRONIZATION_MUTEX, &first),
		      STATUS_INVALID_PARAMETER);
	assert_status(create_v1(gpu->device, D3DDDI_FENCE, &first),
		      STATUS_INVALID_PARAMETER);
	assert_status(create_v1(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, &first),
		      STATUS_SUCCESS);
	assert_local_handle(first);
	assert_status(create_v1(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, &second),
		      STATUS_SUCCESS);
	assert_true(second > first);
	assert_status(destroy(first), STATUS_SUCCESS);
	assert_status(destroy(first), STATUS_INVALID_PARAMETER);
	assert_status(destroy(second), STATUS_SUCCESS);
}

/* Shows 0x10. W041 (EFAULT in the guest), W042..W044, W047 */
static void v2_create_makes_each_type(void **state)
{
	static const int types[] = {
		D3DDDI_SYNCHRONIZATION_MUTEX, D3DDDI_SEMAPHORE, D3DDDI_FENCE,
		D3DDDI_MONITORED_FENCE,
	};
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE handle;
	size_t i;

	assert_status(D3DKMTCreateSynchronizationObject2(NULL),
		      STATUS_UNSUCCESSFUL);
	assert_status(create(gpu->device, 0, 0, NULL, &handle),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(handle, 0);
	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_TYPE_LIMIT, 0,
			     NULL, &handle), STATUS_INVALID_PARAMETER);
	assert_status(create(0, D3DDDI_MONITORED_FENCE, 0, NULL, &handle),
		      STATUS_INVALID_PARAMETER);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		assert_status(create(gpu->device, types[i], 0, NULL, &handle),
			      STATUS_SUCCESS);
		assert_local_handle(handle);
		assert_status(destroy(handle), STATUS_SUCCESS);
	}
}

/* W045 (in the guest, descriptor 0 is no eventfd), W046 */
static void cpu_notification_needs_an_event(void **state)
{
	struct t_gpu *gpu = *state;
	int event = t_create_event();
	D3DKMT_HANDLE handle;

	assert_status(create(gpu->device, D3DDDI_CPU_NOTIFICATION, 0, NULL,
			     &handle), STATUS_INVALID_HANDLE);
	assert_status(create(gpu->device, D3DDDI_CPU_NOTIFICATION, 0,
			     (HANDLE)(uintptr_t)event, &handle), STATUS_SUCCESS);
	assert_local_handle(handle);
	assert_status(destroy(handle), STATUS_SUCCESS);
	close(event);
}

static void only_a_cpu_notification_may_be_the_kernel_drivers(void **state)
{
	enum { SIGNAL_BY_KMD = 0x100 };
	struct t_gpu *gpu = *state;
	HANDLE event = (HANDLE)(uintptr_t)t_create_event();
	D3DKMT_HANDLE handle;
	int type;

	for (type = D3DDDI_SYNCHRONIZATION_MUTEX; type <= D3DDDI_MONITORED_FENCE; type++) {
		if (type == D3DDDI_CPU_NOTIFICATION)
			continue;
		assert_status(create(gpu->device, type, SIGNAL_BY_KMD, event, &handle),
			      STATUS_INVALID_PARAMETER);
	}
	assert_status(create(gpu->device, D3DDDI_CPU_NOTIFICATION, SIGNAL_BY_KMD, event,
			     &handle), STATUS_SUCCESS);
	assert_local_handle(handle);
	assert_status(destroy(handle), STATUS_SUCCESS);
	close((int)(uintptr_t)event);
}

/* W055, and the flag rules; in a guest all sharing is by descriptor */
static void sharing_flags_are_checked(void **state)
{
	enum { SHARED = 1, NT = 2, NO_SIGNAL = 0x10, NO_WAIT = 0x20 };
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE handle;

	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, SHARED,
			     NULL, &handle), STATUS_INVALID_PARAMETER);
	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, NT, NULL,
			     &handle), STATUS_INVALID_PARAMETER);
	assert_status(create(gpu->device, D3DDDI_MONITORED_FENCE,
			     NO_SIGNAL | NO_WAIT, NULL, &handle),
		      STATUS_INVALID_PARAMETER);
	assert_status(create(gpu->device, D3DDDI_MONITORED_FENCE, SHARED | NT,
			     NULL, &handle), STATUS_SUCCESS);
	assert_local_handle(handle);
	assert_status(destroy(handle), STATUS_SUCCESS);
}

/* W059..W062 */
static void only_monitored_fences_are_for_the_cpu(void **state)
{
	static const int types[] = {
		D3DDDI_SYNCHRONIZATION_MUTEX, D3DDDI_FENCE,
	};
	struct t_gpu *gpu = *state;
	int event = t_create_event();
	D3DKMT_HANDLE handle;
	size_t i;

	for (i = 0; i < 2; i++) {
		assert_status(create(gpu->device, types[i], 0, NULL, &handle),
			      STATUS_SUCCESS);
		assert_status(t_wait_cpu_event(gpu->device, handle, 1, event),
			      STATUS_INVALID_PARAMETER);
		assert_status(t_signal_cpu(gpu->device, handle, 1),
			      STATUS_INVALID_PARAMETER);
		assert_status(destroy(handle), STATUS_SUCCESS);
	}
	assert_false(t_event_is_set(event, 0));
	close(event);
}

/* Shows 0x31. W063..W065, W169 */
static void an_event_is_set_when_the_fence_gets_there(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 1);
	int reached = t_create_event(), later = t_create_event();

	assert_true(t_fence_value(&fence) == 1);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 1, reached),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(reached, T_TIMEOUT_MS));
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 2, later),
		      STATUS_SUCCESS);
	assert_false(t_event_is_set(later, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	assert_true(t_event_is_set(later, T_TIMEOUT_MS));
	assert_true(t_fence_value(&fence) == 2);
	t_destroy_fence(&fence);
	close(reached);
	close(later);
}

/* One shot: a second signal does not set it again. */
static void an_event_is_set_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int event = t_create_event();
	uint64_t count;

	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 1, event),
		      STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_int_equal(read(event, &count, sizeof(count)), sizeof(count));
	assert_true(count == 1);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	t_destroy_fence(&fence);
	close(event);
}

/* W066, W067, W170 */
static void a_fence_goes_down_only_if_that_is_asked_for(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 2);
	uint64_t value = 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.FenceValueArray = &value,
	};
	int event = t_create_event();

	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&args),
		      STATUS_INVALID_PARAMETER);
	assert_true(t_fence_value(&fence) == 2);
	args.Flags.AllowFenceRewind = 1;
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&args),
		      STATUS_SUCCESS);
	assert_eventually(t_fence_value(&fence) == 1);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 2, event),
		      STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	t_destroy_fence(&fence);
	close(event);
}

/* W171; and the same value once more changes nothing. */
static void all_64_bits_are_values(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	uint64_t one = 1;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU back_to_one = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.FenceValueArray = &one,
		.Flags = { .AllowFenceRewind = 1 },
	};

	assert_status(t_signal_cpu(gpu->device, fence.handle, 1ull << 40),
		      STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1ull << 40),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1ull << 40);
	assert_true(t_fence_value(&fence) == 1ull << 40);
	assert_status(t_signal_cpu(gpu->device, fence.handle, UINT64_MAX),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, UINT64_MAX);
	assert_true(t_fence_value(&fence) == UINT64_MAX);
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&back_to_one),
		      STATUS_SUCCESS);
	assert_eventually(t_fence_value(&fence) == 1);
	t_destroy_fence(&fence);
}

static void wait_on_signaled_fence_returns_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 7);

	assert_status(t_wait_cpu(gpu->device, fence.handle, 7), STATUS_SUCCESS);
	t_destroy_fence(&fence);
}

/*
 * Shows 0x3a. All by default: the thread goes on only after the second signal.
 */
static void a_wait_for_two_fences_blocks_until_both(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence a = t_create_fence(gpu->device, 0);
	struct t_fence b = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE handles[2] = { a.handle, b.handle };
	uint64_t values[2] = { 1, 5 };
	struct t_waiter waiter = { .args = {
		.hDevice = gpu->device,
		.ObjectCount = 2,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	} };

	t_waiter_start(&waiter);
	assert_status(t_signal_cpu(gpu->device, a.handle, 1), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_false(t_waiter_is_over(&waiter));
	assert_status(t_signal_cpu(gpu->device, b.handle, 5), STATUS_SUCCESS);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	t_destroy_fence(&a);
	t_destroy_fence(&b);
}

static void a_wait_for_any_fence_takes_the_first(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence a = t_create_fence(gpu->device, 0);
	struct t_fence b = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE handles[2] = { a.handle, b.handle };
	uint64_t values[2] = { 1, 1 };
	struct t_waiter waiter = { .args = {
		.hDevice = gpu->device,
		.ObjectCount = 2,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
		.Flags = { .WaitAny = 1 },
	} };

	t_waiter_start(&waiter);
	t_sleep_ms(T_QUIET_MS);
	assert_false(t_waiter_is_over(&waiter));
	assert_status(t_signal_cpu(gpu->device, b.handle, 1), STATUS_SUCCESS);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	assert_true(t_fence_value(&a) == 0);
	t_destroy_fence(&a);
	t_destroy_fence(&b);
}

static void many_threads_wait_for_one_fence(void **state)
{
	enum { THREADS = 8 };
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_waiter waiters[THREADS];
	unsigned int i;

	for (i = 0; i < THREADS; i++)
		t_waiter_start_for(&waiters[i], gpu->device, fence.handle, 1);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	for (i = 0; i < THREADS; i++)
		assert_status(t_waiter_join(&waiters[i]), STATUS_SUCCESS);
	t_destroy_fence(&fence);
}

/* Up to 32 objects a call; 33 and none are refused. */
static void counts_out_of_range_fail(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	D3DKMT_HANDLE handles[33];
	uint64_t values[33];
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU signal = {
		.hDevice = gpu->device,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	};
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU wait = {
		.hDevice = gpu->device,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	};
	unsigned int i;

	for (i = 0; i < 33; i++) {
		handles[i] = fence.handle;
		values[i] = 1;
	}
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&signal),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTWaitForSynchronizationObjectFromCpu(&wait),
		      STATUS_INVALID_PARAMETER);
	signal.ObjectCount = 33;
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&signal),
		      STATUS_INVALID_PARAMETER);
	signal.ObjectCount = wait.ObjectCount = 32;
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&signal),
		      STATUS_SUCCESS);
	assert_status(D3DKMTWaitForSynchronizationObjectFromCpu(&wait),
		      STATUS_SUCCESS);
	t_destroy_fence(&fence);
}

/* An NT handle that does not resolve, in the words of Windows. */
static void waits_with_an_event_that_is_none_fail(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int pipe_ends[2];

	assert_int_equal(pipe(pipe_ends), 0);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 1, pipe_ends[0]),
		      STATUS_INVALID_HANDLE);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 1, 123456),
		      STATUS_INVALID_HANDLE);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(v1_create_makes_mutexes_and_no_fences),
		t_device_test(v2_create_makes_each_type),
		t_device_test(cpu_notification_needs_an_event),
		t_device_test(only_a_cpu_notification_may_be_the_kernel_drivers),
		t_device_test(sharing_flags_are_checked),
		t_device_test(only_monitored_fences_are_for_the_cpu),
		t_device_test(an_event_is_set_when_the_fence_gets_there),
		t_device_test(an_event_is_set_once),
		t_device_test(a_fence_goes_down_only_if_that_is_asked_for),
		t_device_test(all_64_bits_are_values),
		t_device_test(wait_on_signaled_fence_returns_at_once),
		t_device_test(a_wait_for_two_fences_blocks_until_both),
		t_device_test(a_wait_for_any_fence_takes_the_first),
		t_device_test(many_threads_wait_for_one_fence),
		t_device_test(counts_out_of_range_fail),
		t_device_test(waits_with_an_event_that_is_none_fail),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
