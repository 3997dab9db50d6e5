/* SPDX-License-Identifier: MIT */
/* share: synchronisation objects by descriptor. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-socket.h"

#include <fcntl.h>
#include <sys/wait.h>

#define NO_SIGNAL	(1u << 4)
#define NO_WAIT		(1u << 5)

/* Shows 0x3f, 0x40: all handles show one value, each at an address of its own. */
static void opened_fence_is_the_same_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 5);
	int fd = t_share(fence.handle);
	struct t_fence opened = t_open_fence(gpu->device, fd);
	int event = t_create_event();

	assert_int_not_equal(opened.handle, fence.handle);
	assert_ptr_not_equal(opened.cpu, fence.cpu);
	assert_true(t_fence_value(&opened) == 5);
	assert_status(t_wait_cpu_event(gpu->device, opened.handle, 9, event),
		      STATUS_SUCCESS);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 9), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_true(t_fence_value(&opened) == 9);
	assert_status(t_signal_cpu(gpu->device, opened.handle, 10), STATUS_SUCCESS);
	/* the message may be one-way */
	assert_eventually(t_fence_value(&fence) == 10);
	close(event);
	close(fd);
	t_destroy_fence(&opened);
	t_destroy_fence(&fence);
}

static void gpu_signals_and_waits_on_an_opened_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = t_create_context(device, 0);
	int fd = t_share(fence.handle);
	struct t_fence opened = t_open_fence(device, fd);

	/* the other device's context goes on when this one's has signalled */
	assert_status(t_wait_gpu(context, opened.handle, 1), STATUS_SUCCESS);
	assert_status(t_signal_gpu(context, opened.handle, 2), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&fence) == 0);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 2);
	close(fd);
	t_destroy_device(device);
	t_destroy_fence(&fence);
}

/* The address is one of this opener's, and packets reach the value there. */
static void packet_writes_an_opened_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_share(fence.handle);
	struct t_fence opened = t_open_fence(gpu->device, fd);
	struct t_commands commands = t_commands(gpu);

	assert_true(opened.gpu != 0);
	t_write(&commands, opened.gpu, 77);
	t_submit_and_wait(&commands);
	assert_true(t_fence_value(&fence) == 77);
	close(fd);
	t_destroy_fence(&opened);
	t_destroy_fence(&fence);
}

/* W129: the descriptor alone is enough to keep it. */
static void descriptor_keeps_the_fence(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct t_fence fence = t_create_shared_fence(device, 3);
	int fd = t_share(fence.handle);
	struct t_fence opened;

	assert_status(t_signal_cpu(device, fence.handle, 4), STATUS_SUCCESS);
	t_destroy_fence(&fence);
	t_destroy_device(device);
	assert_int_equal(t_shared_handles(), 1);
	opened = t_open_fence(gpu->device, fd);
	assert_true(t_fence_value(&opened) == 4);
	close(fd);
	assert_int_equal(t_shared_handles(), 0);
	assert_status(t_signal_cpu(gpu->device, opened.handle, 5), STATUS_SUCCESS);
	assert_eventually(t_fence_value(&opened) == 5);
	t_destroy_fence(&opened);
}

/* What was opened is shared again by its own handle. */
static void opened_fence_is_shared_again(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	int first = t_share(fence.handle);
	struct t_fence opened = t_open_fence(gpu->device, first);
	struct t_fence again;
	int second;

	close(first);
	t_destroy_fence(&fence);
	second = t_share(opened.handle);
	assert_int_equal(t_shared_handles(), 1);
	t_destroy_fence(&opened);
	again = t_open_fence(gpu->device, second);
	assert_true(t_fence_value(&again) == 1);
	close(second);
	t_destroy_fence(&again);
}

static void several_descriptors_cost_the_host_one_handle(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	int fds[3] = {
		t_share(fence.handle), t_share(fence.handle), t_share(fence.handle),
	};
	struct t_fence opened;

	assert_int_equal(t_shared_handles(), 1);
	t_destroy_fence(&fence);
	close(fds[1]);
	close(fds[0]);
	assert_int_equal(t_shared_handles(), 1);
	opened = t_open_fence(gpu->device, fds[2]);
	close(fds[2]);
	assert_int_equal(t_shared_handles(), 0);
	t_destroy_fence(&opened);
}

static void duplicate_is_as_good_as_the_descriptor(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 8);
	int fd = t_share(fence.handle);
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	struct t_fence opened;

	assert_true(copy >= 0);
	t_destroy_fence(&fence);
	close(fd);
	assert_int_equal(t_shared_handles(), 1);
	opened = t_open_fence(gpu->device, copy);
	assert_true(t_fence_value(&opened) == 8);
	t_destroy_fence(&opened);
	close(copy);
	assert_int_equal(t_shared_handles(), 0);
}

/* In flight nobody has it open, and still it keeps its object. */
static void descriptor_travels_over_a_socket(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 21);
	int fd = t_share(fence.handle);
	struct t_fence opened;
	int sockets[2];

	t_socket_pair(sockets);
	t_send_descriptor(sockets[0], fd);
	close(fd);
	t_destroy_fence(&fence);
	assert_int_equal(t_shared_handles(), 1);
	fd = t_receive_descriptor(sockets[1]);
	opened = t_open_fence(gpu->device, fd);
	assert_true(t_fence_value(&opened) == 21);
	close(fd);
	close(sockets[0]);
	close(sockets[1]);
	t_destroy_fence(&opened);
}

/* A child that never calls anything: its copy of the descriptor counts. */
static void forked_child_keeps_the_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	int fd = t_share(fence.handle);
	int pipe_ends[2], status;
	pid_t child;
	char byte;

	assert_int_equal(pipe2(pipe_ends, O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		close(pipe_ends[1]);
		/* until the parent closes its end */
		_exit(read(pipe_ends[0], &byte, 1) != 0);
	}
	close(pipe_ends[0]);
	t_destroy_fence(&fence);
	close(fd);
	assert_int_equal(t_shared_handles(), 1);
	close(pipe_ends[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(t_shared_handles(), 0);
}

static void descriptor_is_closed_by_exec_and_is_no_handle(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	int fd = t_share(fence.handle);

	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal((unsigned int)fd & 0xc0000000, 0);
	close(fd);
	t_destroy_fence(&fence);
}

/* Flags narrow what this handle may do, and no other one. */
static void opener_gives_up_rights(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	int fd = t_share(fence.handle);
	int event = t_create_event();
	struct t_fence reader, writer, none;

	assert_status(t_try_open_fence(gpu->device, fd, NO_SIGNAL, &reader),
		      STATUS_SUCCESS);
	assert_status(t_try_open_fence(gpu->device, fd, NO_WAIT, &writer),
		      STATUS_SUCCESS);
	assert_status(t_try_open_fence(gpu->device, fd, NO_WAIT | NO_SIGNAL, &none),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_cpu(gpu->device, reader.handle, 2),
		      STATUS_ACCESS_DENIED);
	assert_status(t_wait_cpu_event(gpu->device, writer.handle, 2, event),
		      STATUS_ACCESS_DENIED);
	assert_status(t_wait_cpu_event(gpu->device, reader.handle, 2, event),
		      STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, writer.handle, 2), STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 3), STATUS_SUCCESS);
	close(event);
	close(fd);
	t_destroy_fence(&writer);
	t_destroy_fence(&reader);
	t_destroy_fence(&fence);
}

/* A GPU mutex is one mutex for both handles. */
static void mutex_is_shared(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
		.hDevice = gpu->device,
		.Info = {
			.Type = D3DDDI_SYNCHRONIZATION_MUTEX,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};
	D3DKMT_HANDLE other = t_create_context(gpu->device, 1);
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy;
	struct t_fence opened;
	int fd;

	assert_status(D3DKMTCreateSynchronizationObject2(&create), STATUS_SUCCESS);
	fd = t_share(create.hSyncObject);
	assert_status(t_try_open_fence(gpu->device, fd, 0, &opened), STATUS_SUCCESS);
	close(fd);
	/* the fixture's context takes it by one name, the other by the other */
	assert_status(t_wait_gpu(gpu->context, create.hSyncObject, 0),
		      STATUS_SUCCESS);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle, 1),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 1);
	assert_status(t_wait_gpu(other, opened.handle, 0), STATUS_SUCCESS);
	assert_status(t_signal_gpu(other, gpu->fence.handle, 2), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&gpu->fence) == 1);
	assert_status(t_signal_gpu(gpu->context, create.hSyncObject, 0),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 2);
	assert_status(t_signal_gpu(other, opened.handle, 0), STATUS_SUCCESS);
	gpu->fence_value = 2;
	destroy.hSyncObject = opened.handle;
	assert_status(D3DKMTDestroySynchronizationObject(&destroy), STATUS_SUCCESS);
	destroy.hSyncObject = create.hSyncObject;
	assert_status(D3DKMTDestroySynchronizationObject(&destroy), STATUS_SUCCESS);
	t_destroy_context(other);
}

/* W126, W132 */
static void what_is_not_for_sharing_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	D3DKMT_HANDLE stale = fence.handle;
	int fd;

	t_destroy_fence(&fence);
	assert_status(t_try_share(stale, &fd), STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(gpu->fence.handle, &fd), STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(gpu->paging.fence.handle, &fd),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(gpu->commands.allocation, &fd),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(gpu->device, &fd), STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(0, &fd), STATUS_INVALID_PARAMETER);
}

static void one_object_at_a_time(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	D3DKMT_HANDLE handles[3] = { fence.handle, fence.handle, fence.handle };
	HANDLE handle = (HANDLE)1;
	unsigned int count;

	for (count = 0; count <= 3; count++)
		if (count != 1)
			assert_status(D3DKMTShareObjects(count, handles, NULL, 0,
							 &handle),
				      STATUS_INVALID_PARAMETER);
	assert_ptr_equal(handle, (HANDLE)1);
	t_destroy_fence(&fence);
}

/* Nobody could close a descriptor that he does not know. */
static void number_that_cannot_be_told_is_taken_back(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	unsigned int before = t_count_descriptors();

	assert_status(D3DKMTShareObjects(1, &fence.handle, NULL, 0, NULL),
		      STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTShareObjects(1, &fence.handle, NULL, 0, (HANDLE *)8),
		      STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTShareObjects(1, &fence.handle, NULL, 0,
					 t_read_only_page()),
		      STATUS_UNSUCCESSFUL);
	assert_int_equal(t_count_descriptors(), before);
	assert_int_equal(t_shared_handles(), 0);
	t_destroy_fence(&fence);
}

static void what_is_no_shared_object_is_not_opened(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1), opened;
	int fd = t_share(fence.handle);
	int event = t_create_event();
	int pipe_ends[2];

	assert_int_equal(pipe2(pipe_ends, O_CLOEXEC), 0);
	assert_status(t_try_open_fence(gpu->device, event, 0, &opened),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_try_open_fence(gpu->device, pipe_ends[1], 0, &opened),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_try_open_fence(0, fd, 0, &opened), STATUS_INVALID_PARAMETER);
	assert_status(t_try_open_fence(gpu->context, fd, 0, &opened),
		      STATUS_INVALID_PARAMETER);
	close(fd);
	assert_status(t_try_open_fence(gpu->device, fd, 0, &opened),
		      STATUS_INVALID_HANDLE);
	assert_status(t_try_open_fence(gpu->device, -1, 0, &opened),
		      STATUS_INVALID_HANDLE);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	close(event);
	t_destroy_fence(&fence);
}

/* Section 23: global handles are for nobody in a guest. */
static void global_sharing_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_SYNCHRONIZATION_MUTEX },
	};

	args.Info.Flags.Shared = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args),
		      STATUS_INVALID_PARAMETER);
	args.Info.Flags.Shared = 0;
	args.Info.Flags.NtSecuritySharing = 1;
	assert_status(D3DKMTCreateSynchronizationObject2(&args),
		      STATUS_INVALID_PARAMETER);
}

static void share_with_host_in_a_child(void *argument)
{
	D3DKMT_SHAREOBJECTWITHHOST args = { 0 };
	D3DKMT_HANDLE adapter = t_open_adapter(&(LUID){ 0 });
	D3DKMT_HANDLE device = t_create_device(adapter);
	struct t_fence fence = t_create_shared_fence(device, 0);

	(void)argument;
	args.hDevice = device;
	args.hObject = fence.handle;
	assert_status(D3DKMTShareObjectWithHost(&args), STATUS_SUCCESS);
	assert_true(args.hVailProcessNtHandle != 0);
	t_destroy_fence(&fence);
	t_destroy_device(device);
	t_close_adapter(adapter);
	assert_int_equal(t_shared_handles(), 1);
}

/*
 * Shows 0x44: a program on the host holds the object from then on, for ever as
 * far as this side can tell: so that is a matter for a machine of its own.
 */
static void host_side_holds_what_it_was_given(void **state)
{
	(void)state;
	t_soft_or_skip();
	t_run_child(share_with_host_in_a_child, NULL);
}

/*
 * Shows 0x45, 0x46, 0x47: sync files are the kernel's; the embedded device has
 * none and says so.
 */
static void embedded_device_has_no_sync_files(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCFILE create = {
		.hDevice = gpu->device,
		.hMonitoredFence = gpu->fence.handle,
		.FenceValue = 1,
	};
	D3DKMT_WAITSYNCFILE wait = { .hContext = gpu->context };
	D3DKMT_OPENSYNCOBJECTFROMSYNCFILE open = { .hDevice = gpu->device };

	t_soft_or_skip();
	assert_status(D3DKMTCreateSyncFile(&create), STATUS_NOT_SUPPORTED);
	assert_true(create.hSyncFile == 0);
	assert_status(D3DKMTWaitSyncFile(&wait), STATUS_NOT_SUPPORTED);
	assert_status(D3DKMTOpenSyncObjectFromSyncFile(&open), STATUS_NOT_SUPPORTED);
	assert_int_equal(open.hSyncObject, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(opened_fence_is_the_same_fence),
		t_gpu_test(gpu_signals_and_waits_on_an_opened_fence),
		t_gpu_test(packet_writes_an_opened_fence),
		t_device_test(descriptor_keeps_the_fence),
		t_device_test(opened_fence_is_shared_again),
		t_device_test(several_descriptors_cost_the_host_one_handle),
		t_device_test(duplicate_is_as_good_as_the_descriptor),
		t_device_test(descriptor_travels_over_a_socket),
		t_device_test(forked_child_keeps_the_fence),
		t_device_test(descriptor_is_closed_by_exec_and_is_no_handle),
		t_device_test(opener_gives_up_rights),
		t_gpu_test(mutex_is_shared),
		t_gpu_test(what_is_not_for_sharing_is_refused),
		t_device_test(one_object_at_a_time),
		t_device_test(number_that_cannot_be_told_is_taken_back),
		t_gpu_test(what_is_no_shared_object_is_not_opened),
		t_device_test(global_sharing_is_refused),
		t_bare_test(host_side_holds_what_it_was_given),
		t_gpu_test(embedded_device_has_no_sync_files),
	};

	return cmocka_run_group_tests_name("share-sync", tests, NULL, NULL);
}
