/* SPDX-License-Identifier: MIT */
/* sync: sync files and what they keep, with a host that is silent, or goes. */
#include "lib/t.h"
#include "lib/t-freeze.h"
#include "lib/t-share.h"
#include "lib/t-sync-file.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <sys/mman.h>

#include <dxg/dxg.h>
#include <dxghostd/control.h>

static const char profile[] = "[adapter]\n"
			      "local_memory = 256M\nnonlocal_memory = 128M\n";

/* What is there when the adapter goes: made, merged, and being waited for. */
struct left {
	struct t_gpu *gpu;
	struct t_fence fence;
	int share;
	int waiting, merged, done;
	pthread_t poller;
};

static void *poll_in_thread(void *argument)
{
	struct pollfd poll_fd = { .fd = *(const int *)argument, .events = POLLIN };

	return (void *)(intptr_t)poll(&poll_fd, 1, T_TIMEOUT_MS);
}

static void leave(struct left *left)
{
	int second;

	t_setup_gpu((void **)&left->gpu);
	left->fence = t_create_shared_fence(left->gpu->device, 1);
	left->share = t_share(left->fence.handle);
	left->done = t_sync_file(left->gpu->device, left->fence.handle, 1);
	left->waiting = t_sync_file(left->gpu->device, left->fence.handle, 2);
	second = t_sync_file(left->gpu->device, left->fence.handle, 3);
	left->merged = t_merge_sync_files(left->waiting, second);
	close(second);
	left->poller = t_start_thread(poll_in_thread, &left->merged);
	t_sleep_ms(50);
}

static void expect_all_to_be_over(struct left *left)
{
	struct t_fence opened;
	uint64_t value;
	void *polled;
	int fd;

	assert_int_equal(pthread_join(left->poller, &polled), 0);
	assert_int_equal((intptr_t)polled, 1);
	assert_int_equal(t_sync_file_error(left->done), 0);
	assert_int_equal(t_sync_file_error(left->waiting), ENODEV);
	assert_int_equal(t_sync_file_error(left->merged), ENODEV);
	assert_status(t_try_sync_file(left->gpu->device, left->fence.handle, 9,
				      &fd), STATUS_DEVICE_REMOVED);
	assert_status(t_wait_sync_file(left->gpu->context, left->waiting),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_open_sync_file(left->gpu->device, left->waiting, &opened,
				       &value), STATUS_DEVICE_REMOVED);
}

static void close_all(struct left *left)
{
	close(left->share);
	close(left->done);
	close(left->waiting);
	close(left->merged);
}

static void expect_a_working_gpu(void)
{
	struct t_fence fence;
	struct t_gpu *gpu;
	int fd;

	t_setup_gpu((void **)&gpu);
	fence = t_create_shared_fence(gpu->device, 0);
	fd = t_sync_file(gpu->device, fence.handle, 1);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fd), 0);
	close(fd);
	t_destroy_fence(&fence);
	assert_int_equal(t_teardown((void **)&gpu), 0);
}

static unsigned int count_adapters(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

/* @argument: that and its opposite, as questions to dxghostd */
static void lose_the_gpu(void *argument)
{
	const uint32_t *questions = argument;
	struct left left;
	int i;

	for (i = 0; i < 3; i++) {
		leave(&left);
		/* back at once, so that what fails here fails alone */
		assert_int_equal(t_host_daemon_bus(questions[0]), 0);
		assert_int_equal(t_host_daemon_bus(questions[1]), 0);
		expect_all_to_be_over(&left);
		close_all(&left);
		/* fences are freed later, and so is what they keep */
		assert_eventually(t_shared_handles() == 0);
		/* a bus may look at what arrives on it later */
		assert_eventually(count_adapters() == 1);
		expect_a_working_gpu();
	}
}

static void function_that_goes_ends_sync_files(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_UNPLUG, DXGHOSTD_PLUG };

	(void)state;
	t_run_child(lose_the_gpu, questions);
}

static void channel_that_goes_ends_sync_files(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_RESCIND, DXGHOSTD_OFFER };

	(void)state;
	t_run_child(lose_the_gpu, questions);
}

/* The descriptors are the last that is left of a host, and of its open node. */
static void lose_the_host(void *argument)
{
	const char *node = getenv("DXG_DEVICE");
	struct left left;

	(void)argument;
	leave(&left);
	t_host_use_profile(profile);
	expect_all_to_be_over(&left);
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(t_sync_file_error(left.waiting), ENODEV);
	close_all(&left);
	assert_status(dxg_set_device(node ? node : "/dev/dxg"), STATUS_SUCCESS);
	expect_a_working_gpu();
}

static void host_that_dies_ends_sync_files(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		t_run_child(lose_the_host, NULL);
}

static bool is_asking(void)
{
	char stacks[T_STACK_MAX];

	t_kernel_stacks(getpid(), stacks);
	return strstr(stacks, "dxgk_ioctl_create_sync_file");
}

static void *create_in_thread(void *args)
{
	return (void *)(intptr_t)D3DKMTCreateSyncFile(args);
}

/*
 * Nobody could close a descriptor that he does not know: here the place for its number
 * can be written when the call begins, and not any more when the host has answered.
 */
static void number_that_cannot_be_told_is_taken_back(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	D3DKMT_CREATESYNCFILE *args = t_alloc_pages(T_PAGE_SIZE);
	unsigned int before = t_count_descriptors();
	pthread_t thread;
	void *status;

	args->hDevice = gpu->device;
	args->hMonitoredFence = fence.handle;
	args->FenceValue = 1;
	t_freeze_host();
	thread = t_start_thread(create_in_thread, args);
	assert_eventually(is_asking());
	assert_int_equal(mprotect(args, T_PAGE_SIZE, PROT_READ), 0);
	t_thaw_host();
	assert_int_equal(pthread_join(thread, &status), 0);
	assert_int_equal((NTSTATUS)(intptr_t)status, STATUS_UNSUCCESSFUL);
	assert_int_equal(t_count_descriptors(), before);
	/* what it would have kept goes at once, long before its time */
	assert_eventually(t_shared_handles() == 0);
	/* and to begin with: nothing is made */
	assert_status(D3DKMTCreateSyncFile(args), STATUS_UNSUCCESSFUL);
	assert_int_equal(t_count_descriptors(), before);
	assert_int_equal(t_shared_handles(), 0);
	t_free_pages(args, T_PAGE_SIZE);
	t_destroy_fence(&fence);
}

static int thaw_and_teardown(void **state)
{
	t_thaw_host();
	return t_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			number_that_cannot_be_told_is_taken_back, t_setup_device,
			thaw_and_teardown),
		t_bare_test(function_that_goes_ends_sync_files),
		t_bare_test(channel_that_goes_ends_sync_files),
		/* last: its own descriptor is one of the host that goes */
		cmocka_unit_test(host_that_dies_ends_sync_files),
	};
	unsigned int timeout;
	int failed;

	t_sync_file_or_skip();
	if (!t_host_if_any()) {
		puts("skipped: needs the software host behind the node");
		return 77;
	}
	/* what comes is no time limit */
	timeout = t_sync_file_timeout(60000);
	failed = cmocka_run_group_tests_name("sync-file-host", tests, NULL, NULL);
	t_sync_file_timeout(timeout);
	return failed;
}
