/* SPDX-License-Identifier: MIT */
/*
 * Processes are kept apart: an open file of the device is of use to the program
 * that has opened it, and to no other one that gets hold of it. That handles of
 * others are unknown is shown by test-bad-input.
 */
#include "lib/t.h"
#include "lib/t-leak.h"
#include "lib/t-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <dxg/uapi.h>

#define NOBODY	65534

/* Every request that there is. */
#define THUNK(name, type, request)	request,
#define CUSTOM(name, type, request)	request,
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)
#define NOOP(name, type)
static const unsigned int requests[] = {
#include "../src/calls.h"
};
#define REQUESTS (sizeof(requests) / sizeof(requests[0]))

static const char *node(void)
{
	const char *device = getenv("DXG_DEVICE");

	return device ? device : "/dev/dxg";
}

static int open_node(void)
{
	int fd = open(node(), O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

/* Of all requests, without arguments: those that are refused as a stranger's. */
static unsigned int count_refused(int fd)
{
	unsigned int i, count = 0;

	for (i = 0; i < REQUESTS; i++) {
		assert_int_equal(ioctl(fd, requests[i], NULL), -1);
		if (errno == ENOTTY)
			count++;
		else
			assert_int_equal(errno, EFAULT);
	}
	return count;
}

/* Those that are not in the host's protocol. */
static bool works_here(int fd)
{
	return count_refused(fd) < REQUESTS / 2;
}

static bool is_refused(int fd)
{
	return count_refused(fd) == REQUESTS;
}

static void use_it_in_a_child(void *data)
{
	int fd = *(int *)data;

	assert_true(is_refused(fd));
	close(fd);
	/* one of its own is another matter */
	assert_true(works_here(open_node()));
}

static void inherited_descriptor_is_of_no_use(void **state)
{
	int fd = open_node();

	(void)state;
	assert_true(works_here(fd));
	t_run_child(use_it_in_a_child, &fd);
	assert_true(works_here(fd));
	close(fd);
}

static void receive_and_use(void *data)
{
	int fd = t_receive_descriptor(*(int *)data);

	use_it_in_a_child(&fd);
}

static void passed_descriptor_is_of_no_use(void **state)
{
	int sockets[2], fd;
	pid_t child;

	(void)state;
	t_socket_pair(sockets);
	child = t_start_child(receive_and_use, &sockets[1]);
	fd = open_node();
	t_send_descriptor(sockets[0], fd);
	t_expect_child_ok(child);
	assert_true(works_here(fd));
	close(fd);
	close(sockets[0]);
	close(sockets[1]);
}

static void open_and_pass(void *data)
{
	int fd = open_node();

	assert_true(works_here(fd));
	t_send_descriptor(*(int *)data, fd);
}

/* A child under a number that is free. */
static pid_t fork_as(pid_t number)
{
	struct clone_args args = {
		.exit_signal = SIGCHLD,
		.set_tid = (uintptr_t)&number,
		.set_tid_size = 1,
	};

	return (pid_t)syscall(SYS_clone3, &args, sizeof(args));
}

/* What has gone is still open here, and its number is given out again. */
static void next_process_of_that_number_is_another_one(void **state)
{
	int sockets[2], fd;
	pid_t first, second;

	(void)state;
	t_socket_pair(sockets);
	first = t_start_child(open_and_pass, &sockets[1]);
	fd = t_receive_descriptor(sockets[0]);
	t_expect_child_ok(first);
	second = fork_as(first);
	if (!second)
		_exit(getpid() != first || !is_refused(fd));
	assert_int_equal(second, first);
	t_expect_child_ok(second);
	close(fd);
	close(sockets[0]);
	close(sockets[1]);
}

static void exec_with_descriptor(void *unused)
{
	struct t_gpu *gpu;
	char number[16];
	int fd = open_node();

	(void)unused;
	t_setup_gpu((void **)&gpu);
	assert_int_equal(fcntl(fd, F_SETFD, 0), 0);
	snprintf(number, sizeof(number), "%d", fd);
	execl("/proc/self/exe", "test-isolation", number, (char *)NULL);
	_exit(1);
}

/*
 * The program before may have left work in the GPU, whose memory the next one,
 * which may have more rights, is not to share.
 */
static int go_on_after_exec(int fd)
{
	struct dxg_soft_object_counts counts;
	struct t_gpu *gpu;

	t_setup_gpu((void **)&gpu);
	t_count_objects(&counts);
	if (!is_refused(fd) || counts.processes != 2 || counts.devices != 2)
		return 2;
	/* with its last descriptor goes what it had */
	close(fd);
	t_count_objects(&counts);
	return counts.processes != 1 || counts.devices != 1 ? 3 : 0;
}

static void next_program_is_another_process(void **state)
{
	(void)state;
	t_run_child(exec_with_descriptor, NULL);
	t_expect_empty_host();
}

static NTSTATUS ask_statistics(LUID luid, pid_t process)
{
	D3DKMT_QUERYSTATISTICS args = {
		.Type = D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER,
		.AdapterLuid = luid,
	};

	args.hProcess = (HANDLE)(intptr_t)process;
	return D3DKMTQueryStatistics(&args);
}

/* Says twice how far it has got, and goes on, or ends, when it is told. */
static void open_node_then_adapter(void *data)
{
	int socket = *(int *)data;
	LUID luid;
	char byte;

	open_node();
	t_send(socket, "x", 1);
	t_receive(socket, &byte, 1);
	t_open_adapter(&luid);
	t_send(socket, "x", 1);
	t_receive(socket, &byte, 1);
}

/* The host does not know it either. */
static void process_without_an_adapter_has_no_statistics(void **state)
{
	struct dxg_soft_object_counts counts;
	int sockets[2];
	pid_t child;
	LUID luid;
	char byte;

	(void)state;
	t_close_adapter(t_open_adapter(&luid));
	t_socket_pair(sockets);
	child = t_start_child(open_node_then_adapter, &sockets[1]);
	t_receive(sockets[0], &byte, 1);
	t_count_objects(&counts);
	assert_int_equal(counts.processes, 1);
	assert_status(ask_statistics(luid, child), STATUS_INVALID_PARAMETER);
	t_send(sockets[0], "x", 1);
	t_receive(sockets[0], &byte, 1);
	t_count_objects(&counts);
	assert_int_equal(counts.processes, 2);
	assert_status(ask_statistics(luid, child), STATUS_SUCCESS);
	t_send(sockets[0], "x", 1);
	t_expect_child_ok(child);
	close(sockets[0]);
	close(sockets[1]);
}

static void open_as_nobody(void *unused)
{
	(void)unused;
	assert_int_equal(setgid(NOBODY), 0);
	assert_int_equal(setuid(NOBODY), 0);
	assert_int_equal(open(node(), O_RDWR | O_CLOEXEC), -1);
	assert_int_equal(errno, EACCES);
}

/* Until somebody decides otherwise, which is udev's rule. */
static void node_is_not_for_everybody(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(stat(node(), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0660);
	t_run_child(open_as_nobody, NULL);
}

static void node_is_for_requests_alone(void **state)
{
	int fd = open_node();
	char byte = 0;

	(void)state;
	assert_ptr_equal(mmap(NULL, T_PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0),
			 MAP_FAILED);
	assert_int_equal(errno, ENODEV);
	assert_int_equal(read(fd, &byte, 1), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(write(fd, &byte, 1), -1);
	assert_int_equal(errno, EINVAL);
	close(fd);
}

/* Most of the GPU's memory, so that whatever is next gets some of it. */
#define PARTS		48
#define PART_SIZE	(2u << 20)

static void leave_traces(void *data)
{
	struct t_commands commands;
	struct t_buffer buffer;
	struct t_gpu *gpu;
	int i;

	t_setup_gpu((void **)&gpu);
	for (i = 0; i < PARTS; i++) {
		buffer = t_create_buffer(gpu, PART_SIZE);
		commands = t_commands(gpu);
		t_fill(&commands, buffer.gpu, PART_SIZE, 0xdeadbeef);
		t_submit_and_wait(&commands);
		assert_true(*(volatile uint32_t *)buffer.cpu == 0xdeadbeef);
		assert_status(t_unlock(gpu->device, buffer.allocation),
			      STATUS_SUCCESS);
	}
	t_send(*(int *)data, "x", 1);
	pause();
}

static void look_for_traces(struct t_gpu *gpu)
{
	struct t_buffer buffer;
	size_t at;
	int i;

	for (i = 0; i < PARTS; i++) {
		buffer = t_create_buffer(gpu, PART_SIZE);
		for (at = 0; at < PART_SIZE; at += 256)
			assert_int_equal(*((volatile char *)buffer.cpu + at), 0);
		assert_status(t_unlock(gpu->device, buffer.allocation),
			      STATUS_SUCCESS);
	}
}

/* Killed, so that it cannot have cleaned up. */
static void memory_of_others_comes_without_their_data(void **state)
{
	int sockets[2];
	struct t_gpu *gpu;
	pid_t child;
	char byte;

	(void)state;
	t_socket_pair(sockets);
	child = t_start_child(leave_traces, &sockets[1]);
	t_receive(sockets[0], &byte, 1);
	t_kill_child(child);
	t_setup_gpu((void **)&gpu);
	look_for_traces(gpu);
	/* the rest goes with the device */
	t_destroy_device(gpu->device);
	t_close_adapter(gpu->adapter);
	free(gpu);
	close(sockets[0]);
	close(sockets[1]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		/* before this process opens the device itself */
		cmocka_unit_test(next_program_is_another_process),
		cmocka_unit_test(next_process_of_that_number_is_another_one),
		t_bare_test(inherited_descriptor_is_of_no_use),
		t_bare_test(passed_descriptor_is_of_no_use),
		t_bare_test(process_without_an_adapter_has_no_statistics),
		t_bare_test(node_is_not_for_everybody),
		t_bare_test(node_is_for_requests_alone),
		t_bare_test(memory_of_others_comes_without_their_data),
	};

	if (argc > 1)
		return go_on_after_exec(atoi(argv[1]));
	if (t_device_is_soft() || !t_host_if_any() || geteuid()) {
		puts("skipped: needs a node, the software host behind it, and "
		     "to be root");
		return 77;
	}
	return cmocka_run_group_tests_name("isolation", tests, NULL, NULL);
}
