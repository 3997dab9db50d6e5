/* SPDX-License-Identifier: MIT */
/* A forked child has a descriptor of its own; its parent keeps working. */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/syscall.h>
#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "fake-device.h"

static int reset(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

static NTSTATUS call(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	return D3DKMTCloseAdapter(&args);
}

/* Runs @body in a child; what it returns, 0 for success, or -1. */
static int in_child(int (*body)(void))
{
	pid_t child = fork();
	int status;

	if (!child)
		_exit(body());
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* Any call, not only those that may open again. */
static int child_calls(void)
{
	int opens = fake.opens;

	if (fake_count_open() != 0)
		return 1; /* the parent's is still there */
	if (fake.opens != opens)
		return 2; /* opened before it was needed */
	if (call() != STATUS_SUCCESS)
		return 3;
	if (fake.opens != opens + 1 || fake_count_open() != 1)
		return 4;
	return 0;
}

static void a_childs_first_call_opens_the_device(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(in_child(child_calls), 0);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 1);
	assert_int_equal(fake_count_open(), 1);
}

static int grandchild_calls(void)
{
	if (call() != STATUS_SUCCESS)
		return 10;
	return in_child(child_calls);
}

static void so_does_a_grandchilds(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(in_child(grandchild_calls), 0);
}

static void so_does_one_of_a_parent_that_made_no_call(void **state)
{
	(void)state;
	assert_int_equal(in_child(child_calls), 0);
	assert_int_equal(fake.opens, 0);
}

static int child_opens_the_same_device(void)
{
	setenv("DXG_DEVICE", "/nowhere", 1);
	return call() == STATUS_SUCCESS ? 0 : 1;
}

static void a_child_keeps_the_parents_choice(void **state)
{
	(void)state;
	setenv("DXG_DEVICE", FAKE_NODE, 1);
	assert_int_equal(dxg_set_device(NULL), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(in_child(child_opens_the_same_device), 0);
	unsetenv("DXG_DEVICE");
}

static int other_fd;

static int child_finds_the_other_file(void)
{
	if (fcntl(other_fd, F_GETFD) < 0)
		return 1;
	return call() == STATUS_SUCCESS ? 0 : 2;
}

static void a_file_that_took_our_number_survives_the_fork(void **state)
{
	int fd = 0;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	while (!fake_is_open(fd))
		fd++;
	close(fd);
	other_fd = open("/dev/null", O_RDONLY);
	assert_int_equal(other_fd, fd);
	assert_int_equal(in_child(child_finds_the_other_file), 0);
	close(other_fd);
}

static int child_enumerates(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };
	int opens = fake.opens;

	if (call() != STATUS_UNSUCCESSFUL)
		return 1;
	if (D3DKMTEnumAdapters2(&args) != STATUS_SUCCESS || fake.opens != opens + 1)
		return 2;
	return call() == STATUS_SUCCESS ? 0 : 3;
}

/* The bare system call: no fork handler runs. */
static void a_child_made_behind_libcs_back_can_enumerate(void **state)
{
	pid_t child;
	int status;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (!child)
		_exit(child_enumerates());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(call(), STATUS_SUCCESS);
}

#define THREADS 3
#define FORKS 30

static atomic_int stop;

/* Where threads run one at a time, as under valgrind, the one that forks has to get its turn. */
static void let_others_run(void)
{
	usleep(1);
}

static void *call_until_told(void *unused)
{
	intptr_t failures = 0;
	int i;

	(void)unused;
	while (!stop) {
		for (i = 0; i < 20; i++)
			failures += call() != STATUS_SUCCESS;
		let_others_run();
	}
	return (void *)failures;
}

static void forks_do_not_disturb_the_parents_threads(void **state)
{
	pthread_t threads[THREADS];
	void *failures;
	int i;

	(void)state;
	stop = 0;
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, call_until_told, NULL), 0);
	for (i = 0; i < FORKS; i++)
		assert_int_equal(in_child(child_calls), 0);
	stop = 1;
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &failures), 0);
		assert_ptr_equal(failures, NULL);
	}
	assert_int_equal(fake.opens, 1);
}

static void *open_and_close_until_told(void *unused)
{
	(void)unused;
	while (!stop) {
		call();
		D3DKMTCloseDxCoreDevice();
		dxg_set_device(FAKE_NODE);
		let_others_run();
	}
	return NULL;
}

static int child_of_any_moment(void)
{
	dxg_set_device(FAKE_NODE);
	alarm(20); /* a lock taken over from the parent would hang */
	return call() == STATUS_SUCCESS ? 0 : 1;
}

static void a_fork_may_come_while_the_device_is_being_opened(void **state)
{
	pthread_t thread;
	int i;

	(void)state;
	stop = 0;
	assert_int_equal(pthread_create(&thread, NULL, open_and_close_until_told, NULL), 0);
	for (i = 0; i < FORKS; i++)
		assert_int_equal(in_child(child_of_any_moment), 0);
	stop = 1;
	assert_int_equal(pthread_join(thread, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_childs_first_call_opens_the_device, reset),
		cmocka_unit_test_setup(so_does_a_grandchilds, reset),
		cmocka_unit_test_setup(so_does_one_of_a_parent_that_made_no_call, reset),
		cmocka_unit_test_setup(a_child_keeps_the_parents_choice, reset),
		cmocka_unit_test_setup(a_file_that_took_our_number_survives_the_fork, reset),
		cmocka_unit_test_setup(a_child_made_behind_libcs_back_can_enumerate, reset),
		cmocka_unit_test_setup(forks_do_not_disturb_the_parents_threads, reset),
		cmocka_unit_test_setup(a_fork_may_come_while_the_device_is_being_opened, reset),
	};

	return cmocka_run_group_tests_name("fork", tests, NULL, NULL);
}
