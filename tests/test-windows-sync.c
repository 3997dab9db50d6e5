/* SPDX-License-Identifier: MIT */
/* sync, share: what Windows does with shared objects, and what a guest does. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-waiter.h"

#define STANDARD_RIGHTS_WRITE	0x20000u
#define UNTOUCHED		0xa5a5a5a5u

static NTSTATUS create(D3DKMT_HANDLE device, int type, bool shared, bool nt,
		       D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *ret_args)
{
	memset(ret_args, 0, sizeof(*ret_args));
	ret_args->hDevice = device;
	ret_args->Info.Type = (D3DDDI_SYNCHRONIZATIONOBJECT_TYPE)type;
	ret_args->Info.Flags.Shared = shared;
	ret_args->Info.Flags.NtSecuritySharing = nt;
	ret_args->Info.SharedHandle = UNTOUCHED;
	ret_args->hSyncObject = UNTOUCHED;
	return D3DKMTCreateSynchronizationObject2(ret_args);
}

static NTSTATUS destroy(D3DKMT_HANDLE object)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = object };

	return D3DKMTDestroySynchronizationObject(&args);
}

/* The global form of a number: the low six bits are 2. */
static D3DKMT_HANDLE as_global(D3DKMT_HANDLE object)
{
	return (object & ~0x3fu) | 2;
}

/* The guest's answer to all that names an object of other processes. */
static void expect_no_global(D3DKMT_HANDLE global)
{
	D3DKMT_OPENSYNCHRONIZATIONOBJECT open = {
		.hSharedHandle = global,
		.hSyncObject = UNTOUCHED,
	};

	assert_status(D3DKMTOpenSynchronizationObject(&open), STATUS_UNSUCCESSFUL);
	assert_int_equal(open.hSyncObject, UNTOUCHED);
	assert_int_equal(open.hSharedHandle, global);
	assert_status(destroy(global), STATUS_INVALID_PARAMETER);
}

/*
 * W048, W049; and W127, since nothing comes of it that ShareObjects could be
 * given: there are no global handles.
 */
static void shared_alone_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args;
	int i, fd;

	for (i = 0; i < 2; i++) {
		assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX,
				     true, false, &args),
			      STATUS_INVALID_PARAMETER);
		assert_int_equal(args.hSyncObject, UNTOUCHED);
		assert_int_equal(args.Info.SharedHandle, UNTOUCHED);
		assert_status(t_try_share(args.hSyncObject, &fd),
			      STATUS_INVALID_PARAMETER);
	}
}

/* W056 */
static void shared_for_nt_has_no_global_handle(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args;

	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, true, true,
			     &args), STATUS_SUCCESS);
	assert_local_handle(args.hSyncObject);
	assert_true(args.Info.SharedHandle == UNTOUCHED ||
		    args.Info.SharedHandle == 0);
	assert_status(destroy(args.hSyncObject), STATUS_SUCCESS);
}

/* W050..W054: no number is a global handle, at no time. */
static void no_number_opens_a_sync_object(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args;
	D3DKMT_HANDLE global;

	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, true, true,
			     &args), STATUS_SUCCESS);
	global = as_global(args.hSyncObject);
	expect_no_global(0x1eadbeed);
	expect_no_global(global);
	/* the object itself has not noticed */
	assert_status(destroy(args.hSyncObject), STATUS_SUCCESS);
	expect_no_global(global);
}

/* W125 */
static void object_of_the_older_call_is_not_shared(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_SYNCHRONIZATION_MUTEX },
	};
	HANDLE handle = (HANDLE)1;

	assert_status(D3DKMTCreateSynchronizationObject(&args), STATUS_SUCCESS);
	assert_status(D3DKMTShareObjects(1, &args.hSyncObject, NULL,
					 STANDARD_RIGHTS_WRITE, &handle),
		      STATUS_INVALID_PARAMETER);
	assert_ptr_equal(handle, (HANDLE)1);
	assert_status(destroy(args.hSyncObject), STATUS_SUCCESS);
}

/*
 * W128: the handle is a descriptor, which has neither the type nor the name
 * that Windows would show; attributes are not even read.
 */
static void rights_and_attributes_are_no_condition(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args;
	HANDLE handle = NULL;
	struct t_fence opened;

	assert_status(create(gpu->device, D3DDDI_SYNCHRONIZATION_MUTEX, true, true,
			     &args), STATUS_SUCCESS);
	assert_status(D3DKMTShareObjects(1, &args.hSyncObject, t_no_access_page(),
					 STANDARD_RIGHTS_WRITE, &handle),
		      STATUS_SUCCESS);
	assert_true((uintptr_t)handle > 0);
	assert_int_equal((uintptr_t)handle & ~(uintptr_t)0x3fffffff, 0);
	assert_status(t_try_open_fence(gpu->device, (int)(uintptr_t)handle, 0,
				       &opened), STATUS_SUCCESS);
	close((int)(uintptr_t)handle);
	assert_status(destroy(opened.handle), STATUS_SUCCESS);
	assert_status(destroy(args.hSyncObject), STATUS_SUCCESS);
}

/* W133, W134 */
static void open_wants_a_handle_and_a_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_share(fence.handle);
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 args = { 0 };

	assert_status(D3DKMTOpenSyncObjectFromNtHandle2(&args),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(args.hSyncObject, 0);
	args.hNtHandle = (HANDLE)(intptr_t)fd;
	args.hDevice = gpu->device;
	assert_status(D3DKMTOpenSyncObjectFromNtHandle2(&args), STATUS_SUCCESS);
	assert_local_handle(args.hSyncObject);
	assert_int_equal(args.Flags.Value, 0);
	close(fd);
	assert_status(destroy(args.hSyncObject), STATUS_SUCCESS);
	t_destroy_fence(&fence);
}

/* W168: two devices of one fence stand for the two APIs. */
static void waiter_blocks_until_the_other_device_signals(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_share(fence.handle);
	struct t_fence opened = t_open_fence(device, fd);
	struct t_waiter waiter;

	t_waiter_start_for(&waiter, device, opened.handle, 2);
	close(fd);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_false(t_waiter_is_over(&waiter));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	assert_true(t_fence_value(&opened) == 2);
	t_destroy_fence(&opened);
	t_destroy_fence(&fence);
	t_destroy_device(device);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(shared_alone_is_refused),
		t_device_test(shared_for_nt_has_no_global_handle),
		t_device_test(no_number_opens_a_sync_object),
		t_device_test(object_of_the_older_call_is_not_shared),
		t_device_test(rights_and_attributes_are_no_condition),
		t_device_test(open_wants_a_handle_and_a_device),
		t_device_test(waiter_blocks_until_the_other_device_signals),
	};

	return cmocka_run_group_tests_name("windows-sync", tests, NULL, NULL);
}
