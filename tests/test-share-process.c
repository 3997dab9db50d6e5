/* SPDX-License-Identifier: MIT */
/*
 * share: two processes, one of which makes what both use. It gets to the other as
 * descriptors over a socket; after that the maker may well die.
 */
#include "share-maker.h"
#include "lib/t-leak.h"
#include "lib/t-socket.h"
#include "lib/t-waiter.h"

#include <errno.h>
#include <fcntl.h>

#include <sys/mman.h>

static bool is_filled(const volatile uint64_t *words, uint64_t first,
		      uint64_t step)
{
	unsigned int i;

	for (i = 0; i < SHARED_WORDS; i++)
		if (words[i] != first + i * step)
			return false;
	return true;
}

#define BY_CPU	SHARED_BY_CPU, 1
#define BY_GPU	SHARED_BY_GPU, 0

/* By the processor and by the GPU. */
static void expect_content(struct t_gpu *gpu, const struct both *both,
			  uint64_t first, uint64_t step)
{
	struct t_buffer copy = t_create_buffer(gpu, SHARED_SIZE);
	struct t_commands commands = t_commands(gpu);

	assert_true(is_filled(both->memory.cpu, first, step));
	t_copy(&commands, copy.gpu, both->memory.gpu, SHARED_SIZE);
	t_submit_and_wait(&commands);
	assert_true(is_filled(copy.cpu, first, step));
	t_destroy_buffer(gpu, &copy);
}

static void what_one_writes_the_other_reads(void **state)
{
	struct t_gpu *gpu = *state;
	struct both both;
	pid_t maker = share_start_maker(&both.socket);

	share_open(gpu, &both);
	assert_true(is_filled(both.memory.cpu, 0, 0));
	share_give_order(both.socket, WRITE_BY_CPU);
	expect_content(gpu, &both, BY_CPU);
	share_give_order(both.socket, WRITE_BY_GPU);
	expect_content(gpu, &both, BY_GPU);
	share_close(gpu, &both);
	share_end_maker(maker, both.socket);
}

static void signal_ends_a_cpu_wait(struct t_gpu *gpu, enum order order)
{
	struct both both;
	pid_t maker = share_start_maker(&both.socket);
	struct t_waiter waiter;

	share_open(gpu, &both);
	t_waiter_start_for(&waiter, gpu->device, both.fence.handle, 1);
	t_sleep_ms(T_QUIET_MS);
	assert_false(t_waiter_is_over(&waiter));
	share_give_order(both.socket, order);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	assert_true(t_fence_value(&both.fence) == 1);
	share_close(gpu, &both);
	share_end_maker(maker, both.socket);
}

static void signal_of_one_ends_a_wait_of_the_other(void **state)
{
	signal_ends_a_cpu_wait(*state, SIGNAL_BY_CPU);
	signal_ends_a_cpu_wait(*state, SIGNAL_BY_GPU);
}

static void work_of_one_waits_for_the_other(void **state)
{
	struct t_gpu *gpu = *state;
	struct both both;
	pid_t maker = share_start_maker(&both.socket);
	struct t_fence done = t_create_fence(gpu->device, 0);

	share_open(gpu, &both);
	assert_status(t_wait_gpu(gpu->context, both.fence.handle, 1),
		      STATUS_SUCCESS);
	assert_status(t_signal_gpu(gpu->context, done.handle, 1),
		      STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&done) == 0);
	share_give_order(both.socket, SIGNAL_BY_CPU);
	t_wait_fence(gpu->device, &done, 1);
	/* and the other way about */
	share_close(gpu, &both);
	share_end_maker(maker, both.socket);
	maker = share_start_maker(&both.socket);
	share_open(gpu, &both);
	share_give_order(both.socket, QUEUE_A_WAIT);
	assert_true(t_fence_value(&both.fence) == 0);
	assert_status(t_signal_cpu(gpu->device, both.fence.handle, 1),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &both.fence, 2);
	t_destroy_fence(&done);
	share_close(gpu, &both);
	share_end_maker(maker, both.socket);
}

static void expect_all_works(struct t_gpu *gpu, const struct both *both)
{
	share_write_by_cpu(both);
	expect_content(gpu, both, BY_CPU);
	share_write_by_gpu(gpu, both);
	expect_content(gpu, both, BY_GPU);
	assert_status(t_signal_cpu(gpu->device, both->fence.handle, 5),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &both->fence, 5);
	assert_status(t_signal_gpu(gpu->context, both->fence.handle, 6),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &both->fence, 6);
}

/* By a kill, while the other waits for it. */
static void what_is_shared_outlives_its_maker(void **state)
{
	struct t_gpu *gpu = *state;
	struct both both;
	pid_t maker = share_start_maker(&both.socket);
	struct t_waiter waiter;

	share_open(gpu, &both);
	share_give_order(both.socket, WRITE_BY_CPU);
	t_waiter_start_for(&waiter, gpu->device, both.fence.handle, 4);
	t_sleep_ms(T_QUIET_MS);
	t_kill_child(maker);
	t_sleep_ms(T_QUIET_MS);
	assert_false(t_waiter_is_over(&waiter));
	expect_content(gpu, &both, BY_CPU);
	expect_all_works(gpu, &both);
	assert_status(t_waiter_join(&waiter), STATUS_SUCCESS);
	share_close(gpu, &both);
	close(both.socket);
}

/* Destroyed by its maker, which lives on, instead. */
static void what_is_shared_outlives_its_makers_handles(void **state)
{
	struct t_gpu *gpu = *state;
	struct both both;
	pid_t maker = share_start_maker(&both.socket);

	share_open(gpu, &both);
	share_give_order(both.socket, WRITE_BY_GPU);
	share_give_order(both.socket, FORGET_WHAT_YOU_MADE);
	expect_content(gpu, &both, BY_GPU);
	expect_all_works(gpu, &both);
	share_close(gpu, &both);
	share_end_maker(maker, both.socket);
}

/* Nobody but a socket has it then. */
static void descriptor_outlives_its_maker(void **state)
{
	struct t_gpu *gpu = *state;
	struct both both;
	pid_t maker = share_start_maker(&both.socket);

	/* an answer behind both descriptors: they have been sent */
	t_send(both.socket, &(enum order){ WRITE_BY_CPU }, sizeof(enum order));
	assert_eventually(t_shared_handles() == 2);
	t_sleep_ms(T_QUIET_MS);
	t_kill_child(maker);
	assert_int_equal(t_shared_handles(), 2);
	share_open(gpu, &both);
	assert_int_equal(t_shared_handles(), 0);
	expect_all_works(gpu, &both);
	share_close(gpu, &both);
	close(both.socket);
}

static void make_for_nobody(void *data)
{
	const int *sockets = data;
	struct both both = { .socket = sockets[0] };
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	share_make(gpu, &both);
	/* a socket in flight in itself: only the kernel's collector ends that */
	t_send_descriptor(sockets[0], sockets[1]);
	t_send_descriptor(sockets[1], sockets[0]);
	t_send(sockets[2], "x", 1);
	pause();
}

/* What is in flight goes when both ends of the socket do. */
static void descriptors_in_flight_keep_nothing_for_ever(void **state)
{
	struct dxg_soft_object_counts before;
	int sockets[3], told[2];
	pid_t makers[2];
	char byte;
	int i;

	(void)state;
	t_count_objects(&before);
	t_socket_pair(told);
	for (i = 0; i < 2; i++) {
		t_socket_pair(sockets);
		sockets[2] = told[1];
		makers[i] = t_start_child(make_for_nobody, sockets);
		t_receive(told[0], &byte, 1);
		close(sockets[0]);
		close(sockets[1]);
	}
	assert_int_equal(t_shared_handles(), 4);
	for (i = 0; i < 2; i++)
		t_kill_child(makers[i]);
	/* the collector runs when another socket is closed */
	close(told[0]);
	close(told[1]);
	t_socket_pair(told);
	close(told[0]);
	close(told[1]);
	assert_true(t_objects_are_as_before(&before));
}

/* As exec would: what is open there under that number, and whether it opens. */
static int open_after_exec(int fd)
{
	struct t_fence fence;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	return t_try_open_fence(gpu->device, fd, 0, &fence) == STATUS_SUCCESS ?
	       t_fence_value(&fence) == 77 : 2;
}

struct exec {
	int fd;
	bool is_kept;
};

static void exec_with_descriptor(void *data)
{
	const struct exec *exec = data;
	char number[16];

	if (exec->is_kept)
		assert_int_equal(fcntl(exec->fd, F_SETFD, 0), 0);
	snprintf(number, sizeof(number), "%d", exec->fd);
	execl("/proc/self/exe", "test-share-process", number,
	      exec->is_kept ? "kept" : "closed", (char *)NULL);
	_exit(1);
}

/* The new program is another one, with a device of its own. */
static void descriptor_is_closed_by_exec_unless_it_is_wanted(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 77);
	struct exec exec = { .fd = t_share(fence.handle) };

	t_run_child(exec_with_descriptor, &exec);
	exec.is_kept = true;
	t_run_child(exec_with_descriptor, &exec);
	close(exec.fd);
	t_destroy_fence(&fence);
}

static void expect_no_way_in(int fd, pid_t process)
{
	char path[64], byte;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)process, fd);
	assert_int_equal(open(path, O_RDWR | O_CLOEXEC), -1);
	assert_int_equal(errno, ENXIO);
	assert_int_equal(read(fd, &byte, 1), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(write(fd, &byte, 1), -1);
	assert_int_equal(errno, EINVAL);
	assert_ptr_equal(mmap(NULL, SHARED_SIZE, PROT_READ, MAP_SHARED, fd, 0),
			 MAP_FAILED);
	assert_int_equal(errno, ENODEV);
}

struct owner {
	int fd;
	pid_t process;
};

static void look_from_a_child(void *data)
{
	const struct owner *owner = data;

	expect_no_way_in(owner->fd, owner->process);
}

/* It is a name of an object, and can only be passed on. */
static void descriptor_opens_nothing_by_itself(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 1);
	struct owner owner = { t_share(fence.handle), getpid() };

	expect_no_way_in(owner.fd, owner.process);
	t_run_child(look_from_a_child, &owner);
	close(owner.fd);
	t_destroy_fence(&fence);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(what_one_writes_the_other_reads),
		t_gpu_test(signal_of_one_ends_a_wait_of_the_other),
		t_gpu_test(work_of_one_waits_for_the_other),
		t_gpu_test(what_is_shared_outlives_its_maker),
		t_gpu_test(what_is_shared_outlives_its_makers_handles),
		t_gpu_test(descriptor_outlives_its_maker),
		t_bare_test(descriptors_in_flight_keep_nothing_for_ever),
		t_gpu_test(descriptor_is_closed_by_exec_unless_it_is_wanted),
		t_gpu_test(descriptor_opens_nothing_by_itself),
	};

	if (argc == 3 && !strcmp(argv[2], "closed"))
		return fcntl(atoi(argv[1]), F_GETFD) != -1 || errno != EBADF;
	if (argc == 3)
		return open_after_exec(atoi(argv[1])) != 1;
	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, which two processes can open");
		return 77;
	}
	return cmocka_run_group_tests_name("share-process", tests, NULL, NULL);
}
