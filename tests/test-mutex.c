/* SPDX-License-Identifier: MIT */
/* sync: mutexes whose holder goes away. */
#include "lib/t.h"

static D3DKMT_HANDLE create_mutex(struct t_gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_SYNCHRONIZATION_MUTEX },
	};

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	return args.hSyncObject;
}

static void destroy_mutex(D3DKMT_HANDLE mutex)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = mutex };

	assert_status(D3DKMTDestroySynchronizationObject(&args), STATUS_SUCCESS);
}

static void acquire(D3DKMT_HANDLE context, D3DKMT_HANDLE mutex)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { mutex },
	};

	assert_status(D3DKMTWaitForSynchronizationObject2(&args), STATUS_SUCCESS);
}

static void release(D3DKMT_HANDLE context, D3DKMT_HANDLE mutex)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { mutex },
	};

	assert_status(D3DKMTSignalSynchronizationObject2(&args), STATUS_SUCCESS);
}

static void mark(struct t_gpu *gpu, D3DKMT_HANDLE context)
{
	assert_status(t_signal_gpu(context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
}

static void expect_mark(struct t_gpu *gpu)
{
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
}

static void expect_no_mark(struct t_gpu *gpu)
{
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&gpu->fence) < gpu->fence_value);
}

static NTSTATUS try_destroy_context(D3DKMT_HANDLE context)
{
	D3DKMT_DESTROYCONTEXT args = { .hContext = context };

	return D3DKMTDestroyContext(&args);
}

/* It stays as it was, and goes when it has let the mutex go. */
static void context_with_a_mutex_cannot_be_destroyed(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE holder = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE mutex = create_mutex(gpu);

	acquire(holder, mutex);
	assert_status(try_destroy_context(holder), STATUS_INVALID_PARAMETER);
	acquire(gpu->context, mutex);
	mark(gpu, gpu->context);
	expect_no_mark(gpu);
	release(holder, mutex);
	expect_mark(gpu);
	t_destroy_context(holder);
	release(gpu->context, mutex);
	/* what is queued counts: this one has let it go when it is done */
	holder = t_create_context(gpu->device, 1);
	acquire(holder, mutex);
	release(holder, mutex);
	t_destroy_context(holder);
	destroy_mutex(mutex);
}

static void device_that_is_lost_lets_its_mutexes_go(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE holder = t_create_context(device, 1);
	D3DKMT_HANDLE mutex = create_mutex(gpu);
	D3DKMT_MARKDEVICEASERROR args = {
		.hDevice = device,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};
	struct t_fence held = t_create_fence(device, 0);

	acquire(holder, mutex);
	assert_status(t_signal_gpu(holder, held.handle, 1), STATUS_SUCCESS);
	t_wait_fence(device, &held, 1);
	acquire(gpu->context, mutex);
	mark(gpu, gpu->context);
	expect_no_mark(gpu);
	assert_status(D3DKMTMarkDeviceAsError(&args), STATUS_SUCCESS);
	expect_mark(gpu);
	release(gpu->context, mutex);
	/* the context of a lost device can be destroyed in any case */
	t_destroy_context(holder);
	t_destroy_device(device);
	destroy_mutex(mutex);
}

static void device_that_is_destroyed_lets_its_mutexes_go(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE holder = t_create_context(device, 1);
	D3DKMT_HANDLE mutex = create_mutex(gpu);
	struct t_fence held = t_create_fence(device, 0);

	acquire(holder, mutex);
	assert_status(t_signal_gpu(holder, held.handle, 1), STATUS_SUCCESS);
	t_wait_fence(device, &held, 1);
	acquire(gpu->context, mutex);
	mark(gpu, gpu->context);
	expect_no_mark(gpu);
	t_destroy_device(device);
	expect_mark(gpu);
	release(gpu->context, mutex);
	destroy_mutex(mutex);
}

/* A handle more or less does not matter: the holder has it, not the handle. */
static void mutex_outlives_its_handle_while_it_is_held(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE holder = t_create_context(gpu->device, 1);
	D3DKMT_HANDLE mutex = create_mutex(gpu);

	acquire(holder, mutex);
	mark(gpu, holder);
	expect_mark(gpu);
	acquire(gpu->context, mutex);
	destroy_mutex(mutex);
	mark(gpu, gpu->context);
	expect_no_mark(gpu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(context_with_a_mutex_cannot_be_destroyed),
		t_gpu_test(device_that_is_lost_lets_its_mutexes_go),
		t_gpu_test(device_that_is_destroyed_lets_its_mutexes_go),
		t_gpu_test(mutex_outlives_its_handle_while_it_is_held),
	};

	return cmocka_run_group_tests_name("mutex", tests, NULL, NULL);
}
