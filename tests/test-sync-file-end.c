/* SPDX-License-Identifier: MIT */
/* sync: every sync file signals: in time, or with its device or its process. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-socket.h"
#include "lib/t-sync-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LONG_MS		60000
#define SHORT_MS	300
#define KILLS		40
#define ROUNDS		300

static void value_that_does_not_come_in_time_is_an_error(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_fence held = t_create_fence(gpu->device, 0);
	uint64_t start = t_now_ms();
	int fd, other;

	t_sync_file_timeout(SHORT_MS);
	fd = t_sync_file(gpu->device, fence.handle, 1);
	t_sync_file_timeout(LONG_MS);
	other = t_sync_file(gpu->device, fence.handle, 1);
	assert_int_equal(t_sync_file_error(fd), ETIMEDOUT);
	assert_true(t_now_ms() - start >= SHORT_MS);
	assert_false(t_sync_file_is_over(other, 0));
	/* the GPU waits for the fence itself, as long as it takes */
	assert_success(t_wait_sync_file(gpu->context, fd));
	assert_status(t_signal_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held) == 0);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &held, 1);
	/* what has been said is not taken back */
	assert_int_equal(t_sync_file_error(fd), ETIMEDOUT);
	assert_int_equal(t_sync_file_error(other), 0);
	close(other);
	close(fd);
	t_destroy_fence(&held);
	t_destroy_fence(&fence);
}

static void one_late_part_makes_the_whole_an_error(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int done = t_sync_file(gpu->device, fence.handle, 1);
	int late, both;

	t_sync_file_timeout(SHORT_MS);
	late = t_sync_file(gpu->device, fence.handle, 2);
	t_sync_file_timeout(LONG_MS);
	both = t_merge_sync_files(done, late);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(both), ETIMEDOUT);
	close(both);
	close(late);
	close(done);
	t_destroy_fence(&fence);
}

static void closed_one_is_let_go_in_time(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);

	t_sync_file_timeout(SHORT_MS);
	close(t_sync_file(gpu->device, fence.handle, 1));
	t_sync_file_timeout(LONG_MS);
	assert_eventually(t_shared_handles() == 0);
	t_destroy_fence(&fence);
}

static void owner_of_the_machine_sets_the_time(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	unsigned int before = t_sync_file_timeout(0);
	int fd;

	assert_int_equal(before, LONG_MS);
	assert_status(t_try_sync_file(gpu->device, fence.handle, 0, &fd),
		      STATUS_NOT_SUPPORTED);
	assert_int_equal(t_try_sync_file_timeout("60001"), EINVAL);
	assert_int_equal(t_try_sync_file_timeout("-1"), EINVAL);
	assert_int_equal(t_try_sync_file_timeout("soon"), EINVAL);
	assert_int_equal(t_sync_file_timeout(LONG_MS), 0);
	close(t_sync_file(gpu->device, fence.handle, 0));
	t_destroy_fence(&fence);
}

/* Neither the host's end of its waits nor the time limit is mistaken for a value. */
static void destroyed_device_cancels_what_has_not_come(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct t_fence own = t_create_fence(device, 0);
	struct t_fence other = t_create_fence(gpu->device, 0);
	int fds[3] = {
		t_sync_file(device, own.handle, 1),
		t_sync_file(device, own.handle, 2),
		t_sync_file(device, other.handle, 1),
	};

	assert_status(t_signal_cpu(device, own.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(fds[0]), 0);
	t_destroy_device(device);
	assert_true(t_sync_file_is_over(fds[1], 0));
	assert_int_equal(t_sync_file_error(fds[1]), ECANCELED);
	assert_int_equal(t_sync_file_error(fds[2]), ECANCELED);
	assert_int_equal(t_sync_file_error(fds[0]), 0);
	close(fds[0]);
	close(fds[1]);
	close(fds[2]);
	t_destroy_fence(&other);
}

/* Of two processes: the one sends what it has made, and does what it is told. */
struct maker {
	int sockets[2];
	bool signals;
};

static void make_and_wait_for_death(void *argument)
{
	struct maker *maker = argument;
	struct t_fence fence;
	struct t_gpu *gpu;
	char byte;

	t_setup_device((void **)&gpu);
	fence = t_create_shared_fence(gpu->device, 3);
	t_send_descriptor(maker->sockets[1],
			  t_sync_file(gpu->device, fence.handle, 4));
	assert_int_equal(read(maker->sockets[1], &byte, 1), 1);
	if (maker->signals)
		assert_status(t_signal_cpu(gpu->device, fence.handle, 4),
			      STATUS_SUCCESS);
	for (;;)
		pause();
}

static pid_t start_maker(struct maker *maker, bool signals, int *ret_fd)
{
	pid_t child;

	maker->signals = signals;
	t_socket_pair(maker->sockets);
	child = t_start_child(make_and_wait_for_death, maker);
	*ret_fd = t_receive_descriptor(maker->sockets[0]);
	return child;
}

static void end_maker(struct maker *maker, pid_t child)
{
	t_kill_child(child);
	close(maker->sockets[0]);
	close(maker->sockets[1]);
}

static void maker_that_dies_cancels(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence opened;
	struct maker maker;
	uint64_t value;
	pid_t child;
	int fd;

	child = start_maker(&maker, false, &fd);
	assert_false(t_sync_file_is_over(fd, T_QUIET_MS));
	end_maker(&maker, child);
	assert_int_equal(t_sync_file_error(fd), ECANCELED);
	/* the fence is still there, as with any descriptor of it */
	assert_success(t_open_sync_file(gpu->device, fd, &opened, &value));
	assert_true(value == 4);
	assert_true(t_fence_value(&opened) == 3);
	close(fd);
	t_destroy_fence(&opened);
}

static void maker_that_signals_and_dies_has_signalled(void **state)
{
	struct maker maker;
	char byte = 0;
	pid_t child;
	int fd;

	(void)state;
	child = start_maker(&maker, true, &fd);
	assert_int_equal(write(maker.sockets[0], &byte, 1), 1);
	assert_int_equal(t_sync_file_error(fd), 0);
	end_maker(&maker, child);
	assert_int_equal(t_sync_file_error(fd), 0);
	close(fd);
}

/* Shows 0x46, 0x47: in a process that has nothing but the descriptor. */
static void other_process_waits_on_its_gpu(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence held = t_create_fence(gpu->device, 0);
	struct t_fence opened;
	struct maker maker;
	uint64_t value;
	char byte = 0;
	pid_t child;
	int fd;

	child = start_maker(&maker, true, &fd);
	assert_success(t_open_sync_file(gpu->device, fd, &opened, &value));
	assert_success(t_wait_sync_file(gpu->context, fd));
	assert_status(t_signal_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held) == 0);
	assert_int_equal(write(maker.sockets[0], &byte, 1), 1);
	t_wait_fence(gpu->device, &held, 1);
	t_wait_fence(gpu->device, &opened, value);
	assert_int_equal(t_sync_file_error(fd), 0);
	close(fd);
	end_maker(&maker, child);
	t_destroy_fence(&opened);
	t_destroy_fence(&held);
}

struct racer {
	struct t_gpu *gpu;
	struct t_fence fence;
	uint64_t value;
	bool stop;
};

/* Values come while sync files of them are being made, merged and closed. */
static void *make_sync_files(void *argument)
{
	struct racer *racer = argument;
	int i, fds[3];

	for (i = 0; i < ROUNDS; i++) {
		uint64_t next = __atomic_load_n(&racer->value, __ATOMIC_RELAXED);

		fds[0] = t_sync_file(racer->gpu->device, racer->fence.handle,
				     next + 1);
		fds[1] = t_sync_file(racer->gpu->device, racer->fence.handle,
				     next + 2);
		fds[2] = t_merge_sync_files(fds[0], fds[1]);
		if (i % 2)
			close(fds[0]);
		if (i % 3)
			assert_int_equal(t_sync_file_error(fds[2]), 0);
		if (!(i % 2))
			close(fds[0]);
		close(fds[1]);
		close(fds[2]);
	}
	return NULL;
}

static void *signal_values(void *argument)
{
	struct racer *racer = argument;
	uint64_t value;

	for (value = 1; !__atomic_load_n(&racer->stop, __ATOMIC_RELAXED); value++) {
		assert_status(t_signal_cpu(racer->gpu->device,
					   racer->fence.handle, value),
			      STATUS_SUCCESS);
		__atomic_store_n(&racer->value, value, __ATOMIC_RELAXED);
	}
	return NULL;
}

static void sync_files_race_with_their_values(void **state)
{
	struct t_gpu *gpu = *state;
	struct racer racer = { .gpu = gpu };
	pthread_t makers[2], signaller;

	racer.fence = t_create_shared_fence(gpu->device, 0);
	signaller = t_start_thread(signal_values, &racer);
	makers[0] = t_start_thread(make_sync_files, &racer);
	makers[1] = t_start_thread(make_sync_files, &racer);
	t_join_thread(makers[0]);
	t_join_thread(makers[1]);
	__atomic_store_n(&racer.stop, true, __ATOMIC_RELAXED);
	t_join_thread(signaller);
	assert_eventually(t_shared_handles() == 0);
	t_destroy_fence(&racer.fence);
}

static void work_without_end(void *argument)
{
	(void)argument;
	for (;;) {
		struct t_fence fence, opened;
		struct t_gpu *gpu;
		uint64_t value;
		int fds[3];

		t_setup_gpu((void **)&gpu);
		fence = t_create_shared_fence(gpu->device, 0);
		fds[0] = t_sync_file(gpu->device, fence.handle, 1);
		fds[1] = t_sync_file(gpu->device, fence.handle, 2);
		fds[2] = t_merge_sync_files(fds[0], fds[1]);
		t_wait_sync_file(gpu->context, fds[2]);
		t_open_sync_file(gpu->device, fds[0], &opened, &value);
		t_signal_cpu(gpu->device, fence.handle, 2);
		close(fds[0]);
		close(fds[1]);
		close(fds[2]);
		t_destroy_device(gpu->device);
		t_close_adapter(gpu->adapter);
		free(gpu);
	}
}

/* The teardown counts what is left in the host. */
static void killed_processes_leave_nothing(void **state)
{
	(void)state;
	t_kill_children(work_without_end, KILLS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(value_that_does_not_come_in_time_is_an_error),
		t_device_test(one_late_part_makes_the_whole_an_error),
		t_device_test(closed_one_is_let_go_in_time),
		t_device_test(owner_of_the_machine_sets_the_time),
		t_device_test(destroyed_device_cancels_what_has_not_come),
		t_device_test(maker_that_dies_cancels),
		t_device_test(maker_that_signals_and_dies_has_signalled),
		t_gpu_test(other_process_waits_on_its_gpu),
		t_gpu_test(sync_files_race_with_their_values),
		t_bare_test(killed_processes_leave_nothing),
	};
	unsigned int timeout;
	int failed;

	t_sync_file_or_skip();
	timeout = t_sync_file_timeout(LONG_MS);
	failed = cmocka_run_group_tests_name("sync-file-end", tests, NULL, NULL);
	t_sync_file_timeout(timeout);
	return failed;
}
