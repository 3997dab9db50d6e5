/* SPDX-License-Identifier: MIT */
/* sync: mutexes, semaphores, plain fences, notifications, by the older calls. */
#include "lib/t.h"

#include <unistd.h>

static D3DKMT_HANDLE create(struct t_gpu *gpu,
			    D3DDDI_SYNCHRONIZATIONOBJECTINFO2 info)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = info,
	};

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	assert_local_handle(args.hSyncObject);
	return args.hSyncObject;
}

static D3DKMT_HANDLE create_mutex(struct t_gpu *gpu)
{
	return create(gpu, (D3DDDI_SYNCHRONIZATIONOBJECTINFO2){
		.Type = D3DDDI_SYNCHRONIZATION_MUTEX,
	});
}

static D3DKMT_HANDLE create_semaphore(struct t_gpu *gpu, unsigned int maximum,
				      unsigned int count)
{
	return create(gpu, (D3DDDI_SYNCHRONIZATIONOBJECTINFO2){
		.Type = D3DDDI_SEMAPHORE,
		.Semaphore = { .MaxCount = maximum, .InitialCount = count },
	});
}

static D3DKMT_HANDLE create_plain_fence(struct t_gpu *gpu, uint64_t value)
{
	return create(gpu, (D3DDDI_SYNCHRONIZATIONOBJECTINFO2){
		.Type = D3DDDI_FENCE,
		.Fence.FenceValue = value,
	});
}

static void destroy(D3DKMT_HANDLE object)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = object };

	assert_status(D3DKMTDestroySynchronizationObject(&args), STATUS_SUCCESS);
}

static NTSTATUS signal2(D3DKMT_HANDLE context, D3DKMT_HANDLE object, uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
		.Fence.FenceValue = value,
	};

	return D3DKMTSignalSynchronizationObject2(&args);
}

static NTSTATUS wait2(D3DKMT_HANDLE context, D3DKMT_HANDLE object, uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
		.Fence.FenceValue = value,
	};

	return D3DKMTWaitForSynchronizationObject2(&args);
}

static NTSTATUS signal1(D3DKMT_HANDLE context, D3DKMT_HANDLE object)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
	};

	return D3DKMTSignalSynchronizationObject(&args);
}

static NTSTATUS wait1(D3DKMT_HANDLE context, D3DKMT_HANDLE object)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
	};

	return D3DKMTWaitForSynchronizationObject(&args);
}

/* The context has got as far as this call when the fence has that value. */
static void mark(struct t_gpu *gpu, D3DKMT_HANDLE context, uint64_t value)
{
	assert_status(t_signal_gpu(context, gpu->fence.handle, value),
		      STATUS_SUCCESS);
}

static void expect_mark(struct t_gpu *gpu, uint64_t value)
{
	t_wait_fence(gpu->device, &gpu->fence, value);
	gpu->fence_value = value;
}

static void expect_no_mark(struct t_gpu *gpu, uint64_t value)
{
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&gpu->fence) < value);
}

/* Shows 0x11, 0x12: the one context stays until the other has signalled. */
static void plain_fence_orders_two_contexts(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE fence = create_plain_fence(gpu, 3);
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);

	assert_status(wait2(other, fence, 3), STATUS_SUCCESS);
	mark(gpu, other, 1);
	expect_mark(gpu, 1);
	assert_status(wait2(other, fence, 5), STATUS_SUCCESS);
	mark(gpu, other, 2);
	assert_status(signal2(gpu->context, fence, 4), STATUS_SUCCESS);
	expect_no_mark(gpu, 2);
	assert_status(signal2(gpu->context, fence, 5), STATUS_SUCCESS);
	expect_mark(gpu, 2);
	t_destroy_context(other);
	destroy(fence);
}

/* Who has it keeps the other out, by the newer calls and the oldest. */
static void mutex_excludes(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE mutex = create_mutex(gpu);

	assert_status(wait2(gpu->context, mutex, 0), STATUS_SUCCESS);
	mark(gpu, gpu->context, 1);
	expect_mark(gpu, 1);
	assert_status(wait1(other, mutex), STATUS_SUCCESS);
	mark(gpu, other, 2);
	expect_no_mark(gpu, 2);
	assert_status(signal1(gpu->context, mutex), STATUS_SUCCESS);
	expect_mark(gpu, 2);
	/* and back again */
	assert_status(wait2(gpu->context, mutex, 0), STATUS_SUCCESS);
	mark(gpu, gpu->context, 3);
	expect_no_mark(gpu, 3);
	assert_status(signal2(other, mutex, 0), STATUS_SUCCESS);
	expect_mark(gpu, 3);
	assert_status(signal1(gpu->context, mutex), STATUS_SUCCESS);
	mark(gpu, gpu->context, 4);
	expect_mark(gpu, 4);
	t_destroy_context(other);
	destroy(mutex);
}

static void semaphore_counts(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE semaphore = create_semaphore(gpu, 3, 2);
	uint64_t i;

	for (i = 1; i <= 3; i++) {
		assert_status(i & 1 ? wait1(other, semaphore) :
				      wait2(other, semaphore, 0),
			      STATUS_SUCCESS);
		mark(gpu, other, i);
	}
	expect_mark(gpu, 2);
	expect_no_mark(gpu, 3);
	assert_status(signal1(gpu->context, semaphore), STATUS_SUCCESS);
	expect_mark(gpu, 3);
	t_destroy_context(other);
	destroy(semaphore);
}

/*
 * One value goes to all of them. A wait has room for the value of one plain fence
 * only, as the message to the host is laid out.
 */
static void several_objects_in_one_signal(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE first = create_plain_fence(gpu, 0);
	D3DKMT_HANDLE second = create_plain_fence(gpu, 0);
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 both = {
		.hContext = other,
		.ObjectCount = 2,
		.ObjectHandleArray = { first, second },
		.Fence.FenceValue = 7,
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal = {
		.hContext = gpu->context,
		.ObjectCount = 2,
		.ObjectHandleArray = { first, second },
		.Fence.FenceValue = 7,
	};

	assert_status(D3DKMTWaitForSynchronizationObject2(&both),
		      STATUS_INVALID_PARAMETER);
	assert_status(wait2(other, first, 7), STATUS_SUCCESS);
	assert_status(wait2(other, second, 7), STATUS_SUCCESS);
	mark(gpu, other, 1);
	assert_status(signal2(gpu->context, first, 7), STATUS_SUCCESS);
	expect_no_mark(gpu, 1);
	assert_status(D3DKMTSignalSynchronizationObject2(&signal), STATUS_SUCCESS);
	expect_mark(gpu, 1);
	t_destroy_context(other);
	destroy(first);
	destroy(second);
}

/* Here hContext is no element of the array, as it is in the newer call. */
static void broadcast_signal_waits_for_all_contexts(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE waiter = t_create_context(gpu->device, 2);
	D3DKMT_HANDLE fence = create_plain_fence(gpu, 0);
	struct t_fence gate = t_create_fence(gpu->device, 0);
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal = {
		.hContext = gpu->context,
		.ObjectCount = 1,
		.ObjectHandleArray = { fence },
		.BroadcastContextCount = 1,
		.BroadcastContext = { other },
		.Fence.FenceValue = 1,
	};

	assert_status(t_wait_gpu(other, gate.handle, 1), STATUS_SUCCESS);
	assert_status(D3DKMTSignalSynchronizationObject2(&signal), STATUS_SUCCESS);
	assert_status(wait2(waiter, fence, 1), STATUS_SUCCESS);
	mark(gpu, waiter, 1);
	expect_no_mark(gpu, 1);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	expect_mark(gpu, 1);
	t_destroy_fence(&gate);
	t_destroy_context(other);
	t_destroy_context(waiter);
	destroy(fence);
}

static void event_is_set_in_its_turn(void **state)
{
	struct t_gpu *gpu = *state;
	int event = t_create_event();
	struct t_fence gate = t_create_fence(gpu->device, 0);
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal = {
		.hContext = gpu->context,
		.Flags = { .EnqueueCpuEvent = 1 },
		.CpuEventHandle = (HANDLE)(uintptr_t)event,
	};

	assert_status(t_wait_gpu(gpu->context, gate.handle, 1), STATUS_SUCCESS);
	assert_status(D3DKMTSignalSynchronizationObject2(&signal), STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	t_destroy_fence(&gate);
	close(event);
}

/* Each signal sets the event anew. */
static void notification_tells_the_cpu(void **state)
{
	struct t_gpu *gpu = *state;
	int event = t_create_event();
	D3DKMT_HANDLE notification = create(gpu,
		(D3DDDI_SYNCHRONIZATIONOBJECTINFO2){
			.Type = D3DDDI_CPU_NOTIFICATION,
			.CPUNotification.Event = (HANDLE)(uintptr_t)event,
		});
	uint64_t count;
	int i;

	for (i = 0; i < 3; i++) {
		assert_false(t_event_is_set(event, 0));
		assert_status(signal2(gpu->context, notification, 0),
			      STATUS_SUCCESS);
		assert_true(t_event_is_set(event, T_TIMEOUT_MS));
		assert_int_equal(read(event, &count, sizeof(count)),
				 sizeof(count));
		assert_true(count == 1);
	}
	/* a signal that comes late finds nobody */
	destroy(notification);
	close(event);
}

static void counts_out_of_range_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE fence = create_plain_fence(gpu, 0);
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 wait = {
		.hContext = gpu->context,
		.ObjectHandleArray = { fence },
	};
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal = {
		.hContext = gpu->context,
		.ObjectHandleArray = { fence },
	};

	assert_status(D3DKMTWaitForSynchronizationObject2(&wait),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTSignalSynchronizationObject2(&signal),
		      STATUS_INVALID_PARAMETER);
	wait.ObjectCount = 33;
	signal.ObjectCount = 33;
	assert_status(D3DKMTWaitForSynchronizationObject2(&wait),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTSignalSynchronizationObject2(&signal),
		      STATUS_INVALID_PARAMETER);
	signal.ObjectCount = 1;
	signal.BroadcastContextCount = 64;
	assert_status(D3DKMTSignalSynchronizationObject2(&signal),
		      STATUS_INVALID_PARAMETER);
	destroy(fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(plain_fence_orders_two_contexts),
		t_gpu_test(mutex_excludes),
		t_gpu_test(semaphore_counts),
		t_gpu_test(several_objects_in_one_signal),
		t_gpu_test(broadcast_signal_waits_for_all_contexts),
		t_gpu_test(event_is_set_in_its_turn),
		t_gpu_test(notification_tells_the_cpu),
		t_gpu_test(counts_out_of_range_are_refused),
	};

	return cmocka_run_group_tests_name("sync-legacy", tests, NULL, NULL);
}
