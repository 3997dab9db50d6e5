/* SPDX-License-Identifier: MIT */
/*
 * A host that does not answer: who needs it waits, and can be killed; who only opens
 * the node, or another device of the machine, does not notice.
 */
#include "kill-victim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include <sys/wait.h>

/* One that each machine of the software host has, which has it to itself. */
#define OTHER_DEVICE	"/dev/hvloop"

static const char *node(void)
{
	const char *device = getenv("DXG_DEVICE");

	return device ? device : "/dev/dxg";
}

static void open_the_node(struct victim *victim)
{
	int fd;

	victim_tell(victim);
	fd = open(node(), O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
}

/* The answer is of its own driver, which is asked under the same lock. */
static void open_another_device(struct victim *victim)
{
	victim_tell(victim);
	assert_int_equal(open(OTHER_DEVICE, O_RDWR | O_CLOEXEC), -1);
	assert_int_equal(errno, EBUSY);
}

static void count_the_adapters(struct victim *victim)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	victim_tell(victim);
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 1);
}

/* What makes the process known to the host. */
static void open_an_adapter(struct victim *victim)
{
	LUID luid;

	victim_tell(victim);
	t_close_adapter(t_open_adapter(&luid));
}

static void *open_in_thread(void *unused)
{
	LUID luid;

	t_close_adapter(t_open_adapter(&luid));
	return unused;
}

static void open_adapters_in_threads(struct victim *victim)
{
	pthread_t threads[2];

	victim_tell(victim);
	threads[0] = t_start_thread(open_in_thread, NULL);
	threads[1] = t_start_thread(open_in_thread, NULL);
	t_join_thread(threads[0]);
	t_join_thread(threads[1]);
}

static pid_t start(void (*run)(struct victim *victim))
{
	struct victim victim = { .run = run };

	return victim_start(&victim);
}

/* While the host is silent, so that it may be waited for in vain. */
static void expect_to_get_through(void (*run)(struct victim *victim))
{
	siginfo_t ended = { .si_pid = 0 };
	pid_t child = start(run);

	assert_eventually(!waitid(P_PID, (id_t)child, &ended,
				  WEXITED | WNOHANG | WNOWAIT) &&
			  ended.si_pid == child);
	victim_expect_success(child);
}

static void others_go_on_while_one_waits_for_it(void **state)
{
	pid_t child;

	(void)state;
	t_freeze_host();
	child = start(open_an_adapter);
	assert_eventually(victim_is_in(child, "dxgk_process_start"));
	expect_to_get_through(open_the_node);
	expect_to_get_through(open_another_device);
	expect_to_get_through(count_the_adapters);
	t_thaw_host();
	victim_expect_success(child);
	victim_expect_nothing_left();
}

static void first_adapter_is_ended_by_a_kill(void **state)
{
	pid_t child;

	(void)state;
	t_freeze_host();
	child = start(open_an_adapter);
	assert_eventually(victim_is_in(child, "dxgk_channel_request"));
	assert_int_equal(kill(child, SIGKILL), 0);
	victim_expect_call_to_end(child, "first adapter");
	/* there is nothing to be taken down, so nobody to wait for */
	victim_expect_killed(child);
	t_thaw_host();
	victim_expect_nothing_left();
}

/* One asks, the other waits for that one. */
static void threads_that_wait_are_ended_by_a_kill(void **state)
{
	char stacks[T_STACK_MAX];
	pid_t child;

	(void)state;
	t_freeze_host();
	child = start(open_adapters_in_threads);
	assert_eventually(victim_is_in(child, "dxgk_channel_request"));
	assert_true(t_is_stuck(child, stacks));
	assert_true(victim_waits_in(stacks, "dxgk_process_start"));
	assert_int_equal(kill(child, SIGKILL), 0);
	victim_expect_call_to_end(child, "first adapter in two threads");
	victim_expect_killed(child);
	t_thaw_host();
	victim_expect_nothing_left();
}

#define silent_test(name) \
	cmocka_unit_test_setup_teardown(name, victim_setup, victim_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		silent_test(others_go_on_while_one_waits_for_it),
		silent_test(first_adapter_is_ended_by_a_kill),
		silent_test(threads_that_wait_are_ended_by_a_kill),
	};

	if (t_device_is_soft() || !t_host_if_any() || geteuid()) {
		puts("skipped: needs a node, the software host behind it, and "
		     "to be root");
		return 77;
	}
	return cmocka_run_group_tests_name("host-silent", tests, NULL, NULL);
}
