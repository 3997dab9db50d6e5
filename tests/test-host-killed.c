/* SPDX-License-Identifier: MIT */
/*
 * A host that is killed while it is asked: whoever waits for it is told, in every
 * call, and another host finds nothing of that.
 */
#include "host-lies.h"

#include <errno.h>

#define MAX_CALLS 128

/* One call, with what its arguments point to for itself. */
struct caller {
	struct lied_call call;
	const struct bad_row *row;
	pthread_t thread;
};

struct crowd {
	struct bad_fixture f;
	struct caller *callers[MAX_CALLS];
	unsigned int count;
};

/* Too small: D3DKMTEnumProcesses, of processes that have come meanwhile. */
static bool is_clear(const struct bad_row *row, NTSTATUS status)
{
	return status == STATUS_DEVICE_REMOVED ||
	       status == STATUS_BUFFER_TOO_SMALL ||
	       every_call_is_answer(row, status);
}

/* All with the same objects, but for those that a call is to destroy. */
static void prepare_all(struct crowd *crowd)
{
	const struct bad_row *row;
	struct caller *caller;

	bad_fixture_begin(&crowd->f, false);
	while ((row = every_call(crowd->count)) != NULL) {
		assert_true(crowd->count < MAX_CALLS);
		caller = calloc(1, sizeof(*caller));
		assert_non_null(caller);
		caller->row = row;
		caller->call.f = crowd->f;
		row->prepare(&caller->call.f, caller->call.args);
		crowd->callers[crowd->count++] = caller;
	}
}

static uint64_t told(void)
{
	uint64_t count = 0;

	assert_int_equal(t_host_daemon_told(&count), 0);
	return count;
}

static void *call_in_thread(void *argument)
{
	struct caller *caller = argument;

	caller->call.status = caller->row->call(caller->call.args);
	return NULL;
}

/* Those that ask the host do so now, and no answer comes. */
static void let_all_ask(struct crowd *crowd)
{
	uint64_t before, after = 0;
	unsigned int i;

	lie_about(DXGHOSTD_ANY_COMMAND, DXGHOSTD_NEVER, 0);
	for (i = 0; i < crowd->count; i++)
		crowd->callers[i]->thread = t_start_thread(call_in_thread,
							   crowd->callers[i]);
	do {
		before = after;
		t_sleep_ms(500);
		after = told();
	} while (before != after || !after);
}

/* How many were told that the host has gone. */
static unsigned int collect(struct crowd *crowd)
{
	unsigned int i, removed = 0, unclear = 0;
	const struct caller *caller;
	NTSTATUS status;

	for (i = 0; i < crowd->count; i++) {
		caller = crowd->callers[i];
		t_join_thread(caller->thread);
		status = caller->call.status;
		removed += status == STATUS_DEVICE_REMOVED;
		if (is_clear(caller->row, status))
			continue;
		print_error("%s: 0x%08x\n", caller->row->name,
			    (unsigned int)status);
		unclear++;
	}
	assert_int_equal(unclear, 0);
	return removed;
}

static void expect_a_working_gpu(void *unused)
{
	struct t_gpu *gpu;

	(void)unused;
	t_setup_gpu((void **)&gpu);
	assert_int_equal(t_teardown((void **)&gpu), 0);
}

static void call_all_and_kill_the_host(void *unused)
{
	struct crowd *crowd = calloc(1, sizeof(*crowd));
	unsigned int removed;

	(void)unused;
	assert_non_null(crowd);
	prepare_all(crowd);
	let_all_ask(crowd);
	assert_int_equal(t_host_daemon_kill(), 0);
	removed = collect(crowd);
	print_message("%u calls, %u of them told that the host has gone\n",
		      crowd->count, removed);
	assert_true(removed > crowd->count / 3);
}

/* One that waits for good is ended by the run that the test is part of. */
static void every_call_ends_when_the_host_is_killed(void **state)
{
	(void)state;
	t_run_child(call_all_and_kill_the_host, NULL);
	t_run_child(expect_a_working_gpu, NULL);
}

static void *ask_for_a_change(void *question)
{
	return (void *)(intptr_t)t_host_daemon_bus(*(uint32_t *)question);
}

/* The driver asks the host, from within a call of the host's. */
static void change_of_the_bus_ends_when_the_host_is_killed(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_UNPLUG, DXGHOSTD_PLUG };
	pthread_t thread;
	void *error;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		if (questions[i] == DXGHOSTD_PLUG)
			assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
		lie_about(DXGHOSTD_ANY_COMMAND, DXGHOSTD_NEVER, 0);
		thread = t_start_thread(ask_for_a_change, &questions[i]);
		assert_eventually(told() > 0);
		assert_int_equal(t_host_daemon_kill(), 0);
		assert_int_equal(pthread_join(thread, &error), 0);
		/* there was nobody to answer */
		assert_int_equal((int)(intptr_t)error, EPIPE);
		t_run_child(expect_a_working_gpu, NULL);
	}
}

/* Bring-up runs in the bus's own thread, which nobody can kill. */
static void bring_up_ends_when_the_host_is_killed(void **state)
{
	(void)state;
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_RESCIND), 0);
	lie_about(DXGHOSTD_ANY_COMMAND, DXGHOSTD_NEVER, 0);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_OFFER), 0);
	assert_eventually(told() > 0);
	assert_int_equal(t_host_daemon_kill(), 0);
	t_run_child(expect_a_working_gpu, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_call_ends_when_the_host_is_killed),
		cmocka_unit_test(change_of_the_bus_ends_when_the_host_is_killed),
		cmocka_unit_test(bring_up_ends_when_the_host_is_killed),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("host-killed", tests, NULL, NULL);
}
