/* SPDX-License-Identifier: MIT */
/* sync: sync files of the kernel module, by themselves and on the GPU. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-sync-file.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <linux/sync_file.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#define SIGNALLED	1

/* Shows 0x45: not before, and as soon as the fence has the value. */
static void signals_when_the_fence_has_the_value(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 5);
	int fd = t_sync_file(gpu->device, fence.handle, 7);

	assert_false(t_sync_file_is_over(fd, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 6), STATUS_SUCCESS);
	assert_false(t_sync_file_is_over(fd, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 9), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fd), 0);
	close(fd);
	t_destroy_fence(&fence);
}

static void signals_when_the_gpu_does(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	int fd = t_sync_file(gpu->device, fence.handle, 1);

	t_spin(&commands, 20000000);
	t_submit(&commands, gpu->context);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fd), 0);
	assert_true(t_fence_value(&fence) == 1);
	close(fd);
	t_destroy_fence(&fence);
}

static void value_that_is_there_signals_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 5);
	static const uint64_t values[] = { 0, 4, 5 };
	unsigned int i;

	for (i = 0; i < 3; i++) {
		int fd = t_sync_file(gpu->device, fence.handle, values[i]);

		assert_true(t_sync_file_is_over(fd, 0));
		assert_int_equal(t_sync_file_error(fd), 0);
		close(fd);
	}
	t_destroy_fence(&fence);
}

static void get_info(int fd, struct sync_file_info *ret_info,
		     struct sync_fence_info *ret_fences, unsigned int count)
{
	memset(ret_info, 0, sizeof(*ret_info));
	memset(ret_fences, 0, count * sizeof(*ret_fences));
	ret_info->num_fences = count;
	ret_info->sync_fence_info = (uintptr_t)ret_fences;
	assert_int_equal(ioctl(fd, SYNC_IOC_FILE_INFO, ret_info), 0);
}

static void info_names_the_driver_and_the_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int fd = t_sync_file(gpu->device, fence.handle, 1);
	struct sync_fence_info fences[2];
	struct sync_file_info info;
	char name[16];

	snprintf(name, sizeof(name), "%08x", fence.handle);
	get_info(fd, &info, fences, 2);
	assert_int_equal(info.num_fences, 1);
	assert_int_equal(info.status, 0);
	assert_int_equal(fences[0].status, 0);
	assert_string_equal(fences[0].driver_name, "dxgkrnl");
	assert_memory_equal(fences[0].obj_name, name, 8);
	assert_memory_equal(info.name, "dxgkrnl", 7);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fd), 0);
	get_info(fd, &info, fences, 2);
	assert_int_equal(info.status, SIGNALLED);
	assert_int_equal(fences[0].status, SIGNALLED);
	assert_true(fences[0].timestamp_ns != 0);
	close(fd);
	t_destroy_fence(&fence);
}

static void merged_ones_signal_when_both_have(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence first = t_create_fence(gpu->device, 0);
	struct t_fence second = t_create_fence(gpu->device, 0);
	int fds[2] = {
		t_sync_file(gpu->device, first.handle, 1),
		t_sync_file(gpu->device, second.handle, 1),
	};
	int both = t_merge_sync_files(fds[0], fds[1]);
	struct sync_fence_info fences[3];
	struct sync_file_info info;

	get_info(both, &info, fences, 3);
	assert_int_equal(info.num_fences, 2);
	assert_string_equal(info.name, "both");
	close(fds[0]);
	assert_status(t_signal_cpu(gpu->device, first.handle, 1), STATUS_SUCCESS);
	assert_false(t_sync_file_is_over(both, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, second.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(both), 0);
	close(fds[1]);
	close(both);
	t_destroy_fence(&second);
	t_destroy_fence(&first);
}

/* Two values of one fence do not stand for one another. */
static void merged_values_of_one_fence_are_both_waited_for(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int low = t_sync_file(gpu->device, fence.handle, 1);
	int high = t_sync_file(gpu->device, fence.handle, 2);
	int both = t_merge_sync_files(low, high);

	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(low), 0);
	assert_false(t_sync_file_is_over(both, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 2), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(both), 0);
	close(both);
	close(high);
	close(low);
	t_destroy_fence(&fence);
}

/* The value as the file's maker has it: the handle of then may be gone. */
static void destroyed_handle_does_not_matter(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_sync_file(gpu->device, fence.handle, 1);
	int share = t_share(fence.handle);
	struct t_fence opened = t_open_fence(gpu->device, share);

	t_destroy_fence(&fence);
	assert_false(t_sync_file_is_over(fd, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, opened.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fd), 0);
	close(fd);
	close(share);
	t_destroy_fence(&opened);
}

/* Nothing goes on in the context until the value is there, and then all does. */
static void expect_to_hold(struct t_gpu *gpu, D3DKMT_HANDLE context, int fd,
			   const struct t_fence *held, struct t_fence *holding,
			   uint64_t value)
{
	uint64_t after = t_fence_value(held) + 1;

	assert_success(t_wait_sync_file(context, fd));
	assert_status(t_signal_gpu(context, held->handle, after), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(held) == after - 1);
	assert_status(t_signal_cpu(gpu->device, holding->handle, value),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, held, after);
}

/* Shows 0x46: of any fence of the caller's, shared or not, alive or not. */
static void context_waits_for_a_sync_file(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence held = t_create_fence(gpu->device, 0);
	struct t_fence plain = t_create_fence(gpu->device, 0);
	struct t_fence shared = t_create_shared_fence(gpu->device, 0);
	int share = t_share(shared.handle);
	struct t_fence opened = t_open_fence(gpu->device, share);
	int fd = t_sync_file(gpu->device, plain.handle, 1);

	expect_to_hold(gpu, gpu->context, fd, &held, &plain, 1);
	/* it is over: nothing to wait for */
	assert_success(t_wait_sync_file(gpu->context, fd));
	close(fd);
	fd = t_sync_file(gpu->device, shared.handle, 1);
	expect_to_hold(gpu, gpu->context, fd, &held, &opened, 1);
	close(fd);
	fd = t_sync_file(gpu->device, shared.handle, 2);
	t_destroy_fence(&shared);
	expect_to_hold(gpu, gpu->context, fd, &held, &opened, 2);
	close(fd);
	/* without a handle, and not shared, there is nothing to wait by */
	fd = t_sync_file(gpu->device, plain.handle, 2);
	t_destroy_fence(&plain);
	assert_status(t_wait_sync_file(gpu->context, fd), STATUS_INVALID_PARAMETER);
	close(fd);
	close(share);
	t_destroy_fence(&opened);
	t_destroy_fence(&held);
}

static void context_of_another_device_waits(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = t_create_context(device, 0);
	struct t_fence held = t_create_fence(device, 0);
	struct t_fence plain = t_create_fence(gpu->device, 0);
	int fd = t_sync_file(gpu->device, plain.handle, 1);

	expect_to_hold(gpu, context, fd, &held, &plain, 1);
	close(fd);
	t_destroy_fence(&plain);
	t_destroy_device(device);
}

static void hardware_queue_waits(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATECONTEXTVIRTUAL context = { .hDevice = gpu->device };
	struct t_fence plain = t_create_fence(gpu->device, 0);
	struct t_fence held = t_create_fence(gpu->device, 0);
	D3DKMT_CREATEHWQUEUE queue = { 0 };
	D3DKMT_DESTROYHWQUEUE destroy;
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE signal = { 0 };
	uint64_t one = 1;
	int fd;

	context.Flags.HwQueueSupported = 1;
	assert_status(D3DKMTCreateContextVirtual(&context), STATUS_SUCCESS);
	queue.hHwContext = context.hContext;
	assert_status(D3DKMTCreateHwQueue(&queue), STATUS_SUCCESS);
	fd = t_sync_file(gpu->device, plain.handle, 1);
	assert_success(t_wait_sync_file(queue.hHwQueue, fd));
	signal.BroadcastHwQueueCount = 1;
	signal.BroadcastHwQueueArray = &queue.hHwQueue;
	signal.ObjectCount = 1;
	signal.ObjectHandleArray = &held.handle;
	signal.FenceValueArray = &one;
	assert_success(D3DKMTSubmitSignalSyncObjectsToHwQueue(&signal));
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held) == 0);
	assert_status(t_signal_cpu(gpu->device, plain.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &held, 1);
	close(fd);
	destroy.hHwQueue = queue.hHwQueue;
	assert_status(D3DKMTDestroyHwQueue(&destroy), STATUS_SUCCESS);
	t_destroy_context(context.hContext);
	t_destroy_fence(&held);
	t_destroy_fence(&plain);
}

static void context_waits_for_all_that_are_merged(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence held = t_create_fence(gpu->device, 0);
	struct t_fence first = t_create_fence(gpu->device, 0);
	struct t_fence second = t_create_shared_fence(gpu->device, 0);
	int fds[2] = {
		t_sync_file(gpu->device, first.handle, 1),
		t_sync_file(gpu->device, second.handle, 1),
	};
	int both = t_merge_sync_files(fds[0], fds[1]);

	assert_success(t_wait_sync_file(gpu->context, both));
	assert_status(t_signal_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, second.handle, 1), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held) == 0);
	assert_status(t_signal_cpu(gpu->device, first.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &held, 1);
	close(both);
	close(fds[0]);
	close(fds[1]);
	t_destroy_fence(&second);
	t_destroy_fence(&first);
	t_destroy_fence(&held);
}

/* Shows 0x47: as its maker has it, to be waited for but not to be signalled. */
static void fence_behind_a_sync_file_is_opened(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 3);
	int fd = t_sync_file(gpu->device, fence.handle, 4);
	struct t_fence opened, late;
	uint64_t value = 0;

	assert_success(t_open_sync_file(gpu->device, fd, &opened, &value));
	assert_true(value == 4);
	assert_true(opened.gpu != 0);
	assert_int_not_equal(opened.handle, fence.handle);
	assert_true(t_fence_value(&opened) == 3);
	assert_status(t_signal_cpu(gpu->device, opened.handle, 4),
		      STATUS_ACCESS_DENIED);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 4), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &opened, 4);
	/* when all is over as well, and by the descriptor alone */
	assert_int_equal(t_sync_file_error(fd), 0);
	t_destroy_fence(&opened);
	t_destroy_fence(&fence);
	assert_success(t_open_sync_file(gpu->device, fd, &late, &value));
	assert_true(t_fence_value(&late) == 4);
	assert_int_equal(t_shared_handles(), 1);
	close(fd);
	t_destroy_fence(&late);
	assert_eventually(t_shared_handles() == 0);
}

static void what_is_not_shared_or_not_single_is_not_opened(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence plain = t_create_fence(gpu->device, 0);
	struct t_fence shared = t_create_shared_fence(gpu->device, 0);
	int fds[3] = {
		t_sync_file(gpu->device, plain.handle, 1),
		t_sync_file(gpu->device, shared.handle, 1),
		t_sync_file(gpu->device, shared.handle, 2),
	};
	int both = t_merge_sync_files(fds[1], fds[2]);
	struct t_fence opened;
	uint64_t value;

	assert_status(t_open_sync_file(gpu->device, fds[0], &opened, &value),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_open_sync_file(gpu->device, both, &opened, &value),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_cpu(gpu->device, shared.handle, 2), STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, plain.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fds[0]), 0);
	assert_int_equal(t_sync_file_error(both), 0);
	close(both);
	close(fds[0]);
	close(fds[1]);
	close(fds[2]);
	t_destroy_fence(&shared);
	t_destroy_fence(&plain);
}

static void fence_that_is_not_for_waiting_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE,
			  .Flags = { .NoWait = 1 } },
	};
	struct t_fence fence;
	int fd;

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	fence.handle = args.hSyncObject;
	assert_status(t_try_sync_file(gpu->device, fence.handle, 1, &fd),
		      STATUS_ACCESS_DENIED);
	t_destroy_fence(&fence);
}

/* No descriptor is left when there is none to be had. */
static void no_descriptor_is_left_to_be_had(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	unsigned int before = t_count_descriptors();
	int fd, last = eventfd(0, EFD_CLOEXEC);
	int fds[1024], count = 0;

	while (last >= 0 && count < 1024) {
		fds[count++] = last;
		last = eventfd(0, EFD_CLOEXEC);
	}
	assert_true(last < 0);
	assert_refused(t_try_sync_file(gpu->device, fence.handle, 1, &fd));
	while (count)
		close(fds[--count]);
	assert_int_equal(t_count_descriptors(), before);
	assert_int_equal(t_shared_handles(), 0);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(signals_when_the_fence_has_the_value),
		t_gpu_test(signals_when_the_gpu_does),
		t_gpu_test(value_that_is_there_signals_at_once),
		t_gpu_test(info_names_the_driver_and_the_fence),
		t_gpu_test(merged_ones_signal_when_both_have),
		t_gpu_test(merged_values_of_one_fence_are_both_waited_for),
		t_gpu_test(destroyed_handle_does_not_matter),
		t_gpu_test(context_waits_for_a_sync_file),
		t_gpu_test(context_of_another_device_waits),
		t_gpu_test(hardware_queue_waits),
		t_gpu_test(context_waits_for_all_that_are_merged),
		t_gpu_test(fence_behind_a_sync_file_is_opened),
		t_gpu_test(what_is_not_shared_or_not_single_is_not_opened),
		t_gpu_test(fence_that_is_not_for_waiting_is_refused),
		t_gpu_test(no_descriptor_is_left_to_be_had),
	};

	unsigned int timeout;
	int failed;

	t_sync_file_or_skip();
	/* The machine may be slow: what is to signal has all the time it takes. */
	timeout = t_sync_file_timeout(60000);
	failed = cmocka_run_group_tests_name("sync-file", tests, NULL, NULL);
	t_sync_file_timeout(timeout);
	return failed;
}
