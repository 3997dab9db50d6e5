/* SPDX-License-Identifier: MIT */
/*
 * Every call on a host that lies at random, for some seconds: it may answer what
 * it likes, but nothing crashes, hangs, or stays. DXG_LIES_SEED, DXG_LIES_SECONDS.
 */
#include "host-lies.h"

#include <signal.h>
#include <time.h>

#include <sys/mman.h>
#include <sys/wait.h>

#define SECONDS		5
/* How long each process does so. */
#define PROCESS_MS	1500

static const char profile[] = "[adapter]\n"
			      "local_memory = 256M\nnonlocal_memory = 128M\n";

/* Shared by all processes; of @replies every second was a lie. */
struct progress {
	unsigned int seed;
	unsigned int calls;
	unsigned int replies;
};

static uint64_t number(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What an assertion says of a host that lies is nobody's concern. */
static void be_quiet(void)
{
	assert_non_null(freopen("/dev/null", "w", stdout));
	assert_non_null(freopen("/dev/null", "w", stderr));
}

/*
 * All calls in an order of its own, the arguments honestly made. An object that
 * was lied about may be in the way of that: then another process goes on.
 */
static void call_at_random(void *argument)
{
	struct lied_call *call = calloc(1, sizeof(*call));
	struct progress *progress = argument;
	unsigned int seed = progress->seed;
	const struct dxghostd_lie how = {
		.kind = DXGHOSTD_ANY,
		.command = DXGHOSTD_ANY_COMMAND,
		.value = 2,
		.seed = seed,
	};
	const struct bad_row *row;
	unsigned int count = 0;

	be_quiet();
	assert_non_null(call);
	bad_fixture_begin(&call->f, false);
	while (every_call(count))
		count++;
	for (;;) {
		row = every_call((unsigned int)rand_r(&seed) % count);
		memset(call->args, 0, sizeof(call->args));
		row->prepare(&call->f, call->args);
		lied_call(call, row, &how);
		progress->calls++;
		progress->replies += call->told;
	}
}

/* Wherever it is: in a call, or ended by itself. */
static void end_child(pid_t child)
{
	unsigned int ms;
	int status;

	for (ms = 0; ms < PROCESS_MS; ms += 10) {
		if (waitpid(child, &status, WNOHANG) == child)
			return;
		t_sleep_ms(10);
	}
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void expect_a_healthy_host(void *unused)
{
	struct dxg_soft_object_counts counts, none;
	struct t_gpu *gpu;
	struct t_commands commands;

	(void)unused;
	memset(&none, 0, sizeof(none));
	none.adapters = 1;
	assert_int_equal(t_host_or_skip()->objects(&counts), 0);
	assert_memory_equal(&counts, &none, sizeof(counts));
	t_setup_gpu((void **)&gpu);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	assert_int_equal(t_teardown((void **)&gpu), 0);
}

static void random_lies_do_no_harm(void **state)
{
	struct progress *progress = mmap(NULL, sizeof(*progress),
					 PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	double end = now() + (double)number("DXG_LIES_SECONDS", SECONDS);
	unsigned int processes = 0;

	(void)state;
	assert_ptr_not_equal(progress, MAP_FAILED);
	progress->seed = (unsigned int)number("DXG_LIES_SEED", 1);
	do {
		end_child(t_start_child(call_at_random, progress));
		lie(NULL);
		processes++;
		progress->seed++;
	} while (now() < end);
	print_message("%u processes, %u calls, %u replies, last seed %u\n",
		      processes, progress->calls, progress->replies,
		      progress->seed - 1);
	assert_true(progress->replies > 0);
	munmap(progress, sizeof(*progress));
	/* this one has objects of processes that it was told nothing of */
	t_host_use_profile(profile);
	t_run_child(expect_a_healthy_host, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_lies_do_no_harm),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	/* Whoever was here before may have left one without an adapter that opens. */
	t_host_use_profile(profile);
	return cmocka_run_group_tests_name("host-noise", tests, NULL, NULL);
}
