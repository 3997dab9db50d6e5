/* SPDX-License-Identifier: MIT */
/* Every call, with every allocation and every message of it failing in turn. */
#include "fail-nth.h"

#include <errno.h>

static unsigned int hits[NTH_SOFT_FAULTS];

/* In an old message the command is elsewhere, which matters to late answers. */
static bool is_worth_it(int fault, int mode)
{
	return mode != NTH_OLD || fault == NTH_KILLED;
}

static void sweep_in_all_modes(void **state)
{
	const struct nth_step *step = *state;
	int fault, mode;

	t_soft_or_skip();
	for (fault = 0; fault < NTH_SOFT_FAULTS; fault++)
		for (mode = 0; mode < NTH_MODES; mode++)
			if (is_worth_it(fault, mode))
				hits[fault] += nth_sweep(step,
							 (enum nth_fault)fault,
							 (enum nth_mode)mode);
}

/* open, close */

/* No adapter is half there: the device opens, or says that it does not. */
static unsigned int sweep_open(enum nth_fault fault, enum nth_mode mode)
{
	const struct nth_home *home = nth_home_or_skip();
	unsigned int nth = 0;
	bool was_hit;
	int fd;

	nth_choose(mode);
	/* what the last host had left is forgotten */
	assert_int_equal(home->close(home->open()), 0);
	do {
		home->arm(fault, ++nth);
		fd = home->open();
		was_hit = home->disarm(fault);
		assert_int_equal(fd < 0, was_hit);
		if (was_hit)
			assert_int_equal(errno, -nth_faults[fault].answer);
		else
			assert_int_equal(home->close(fd), 0);
		if (!nth_is_clean())
			print_error("open, %s, number %u, %s\n",
				    nth_faults[fault].name, nth, nth_modes[mode]);
		assert_true(nth_is_clean());
	} while (was_hit);
	return nth - 1;
}

static void an_open_that_fails_leaves_nothing(void **state)
{
	unsigned int mode;
	int fault;

	(void)state;
	for (fault = 0; fault < NTH_SOFT_FAULTS; fault++)
		for (mode = 0; mode < NTH_MODES; mode++)
			assert_true(sweep_open((enum nth_fault)fault,
					       (enum nth_mode)mode) > 0);
}

static void a_first_adapter_that_fails_leaves_nothing(void **state)
{
	unsigned int fault, mode, nth;

	(void)state;
	for (fault = 0; fault < NTH_SOFT_FAULTS; fault++) {
		for (mode = 0; mode < NTH_MODES; mode++) {
			nth_choose((enum nth_mode)mode);
			nth = 1;
			while (nth_try_first_adapter((enum nth_fault)fault,
						     nth)) {
				assert_true(nth_is_clean());
				nth++;
			}
			assert_true(nth_is_clean());
			assert_true(nth > 1);
		}
	}
}

/* Nobody is there to be told: everything goes, come what may. */
static void sweep_close(enum nth_fault fault, enum nth_mode mode)
{
	const struct nth_home *home = nth_home_or_skip();
	struct nth_world *world = calloc(1, sizeof(*world));
	unsigned int nth = 0;
	bool was_hit;

	assert_non_null(world);
	do {
		nth_open(world, mode);
		home->arm(fault, ++nth);
		nth_leave(world);
		was_hit = home->disarm(fault);
		t_free_pages(world->pages, NTH_BYTES);
		assert_true(home->blocks() == 0);
		/* a process whose end is lost is still there */
		assert_true(nth_is_clean() || (was_hit && fault == NTH_LOST));
	} while (was_hit);
	free(world);
}

static void a_close_takes_everything_down_whatever_fails(void **state)
{
	unsigned int mode;

	(void)state;
	for (mode = 0; mode < NTH_MODES; mode++) {
		sweep_close(NTH_NO_MEMORY, (enum nth_mode)mode);
		sweep_close(NTH_LOST, (enum nth_mode)mode);
		sweep_close(NTH_GONE, (enum nth_mode)mode);
	}
}

/* the host's end, seen by others */

struct waiter {
	struct nth_world world;
	int result;
};

static void *wait_for_what_never_comes(void *argument)
{
	struct waiter *waiter = argument;
	uint64_t value = 1;
	struct d3dkmt_waitforsynchronizationobjectfromcpu args = {
		.device.v = waiter->world.device,
		.object_count = 1,
		.objects = NTH_POINTER(&waiter->world.fence.handle),
		.fence_values = NTH_POINTER(&value),
	};

	waiter->result = nth_try(&waiter->world,
				 LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU, &args);
	return NULL;
}

static void waiters_come_back_when_the_host_goes(void **state)
{
	struct waiter *waiter = calloc(1, sizeof(*waiter));
	struct d3dkmt_queryvideomemoryinfo query = { .process = 0 };
	struct nth_world *world;
	pthread_t thread;

	(void)state;
	assert_non_null(waiter);
	world = &waiter->world;
	nth_open(world, NTH_ASYNC);
	query.adapter.v = world->adapter;
	thread = t_start_thread(wait_for_what_never_comes, waiter);
	assert_eventually(nth_messages(world, 22) == 1);
	world->home->arm(NTH_GONE, 1);
	assert_int_equal(nth_try(world, LX_DXQUERYVIDEOMEMORYINFO, &query),
			 -ENODEV);
	t_join_thread(thread);
	assert_int_equal(waiter->result, -ENODEV);
	world->home->disarm(NTH_GONE);
	nth_abandon(world);
	free(waiter);
}

static void the_next_open_finds_another_host(void **state)
{
	struct nth_world *world = calloc(1, sizeof(*world));
	struct d3dkmt_destroydevice args;
	struct d3dkmt_enumadapters2 list = { .num_adapters = 7 };
	int fd;

	(void)state;
	assert_non_null(world);
	nth_open(world, NTH_SYNC);
	args.device.v = world->device;
	world->home->arm(NTH_GONE, 1);
	nth_do(world, LX_DXDESTROYDEVICE, &args);
	assert_true(world->home->disarm(NTH_GONE));
	/* beside it, the device has no adapters */
	fd = world->home->open();
	assert_true(fd >= 0);
	assert_int_equal(world->home->ioctl(fd, LX_DXENUMADAPTERS2, &list), 0);
	assert_int_equal(list.num_adapters, 0);
	assert_int_equal(world->home->close(fd), 0);
	nth_abandon(world);
	nth_open(world, NTH_SYNC);
	nth_close(world);
	free(world);
}

/* what the knob answers */

static void the_knob_tells_what_is_left_of_its_count(void **state)
{
	struct nth_world *world = calloc(1, sizeof(*world));
	struct d3dkmt_queryvideomemoryinfo query = { .process = 0 };
	const struct t_soft *soft = t_soft_or_skip();

	(void)state;
	assert_non_null(world);
	nth_open(world, NTH_SYNC);
	query.adapter.v = world->adapter;
	assert_true(soft->fail_message(3, DXG_SOFT_MESSAGE_LOST) == 0);
	nth_do(world, LX_DXQUERYVIDEOMEMORYINFO, &query);
	assert_true(soft->fail_message(2, DXG_SOFT_SENDER_KILLED) == 2);
	errno = 0;
	assert_true(soft->fail_message(1, 3) == UINT64_MAX);
	assert_int_equal(errno, EINVAL);
	assert_true(soft->fail_message(1, -1) == UINT64_MAX);
	nth_do(world, LX_DXQUERYVIDEOMEMORYINFO, &query);
	assert_int_equal(nth_try(world, LX_DXQUERYVIDEOMEMORYINFO, &query), -EINTR);
	nth_do(world, LX_DXQUERYVIDEOMEMORYINFO, &query);
	assert_true(soft->fail_message(0, DXG_SOFT_MESSAGE_LOST) == 0);
	nth_close(world);
	free(world);
}

/* the sweeps themselves */

static const struct {
	const char *name;
	unsigned long request;
} requests[] = {
#define THUNK(name, type, request) { #name, request },
#define CUSTOM(name, type, request) { #name, request },
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)
#define NOOP(name, type)
#include "calls.h"
};

/* What does not work says so before it looks at its arguments. */
static void every_request_that_works_is_swept(void **state)
{
	struct nth_world *world = calloc(1, sizeof(*world));
	unsigned int i, works = 0;

	(void)state;
	assert_non_null(world);
	nth_open(world, NTH_ASYNC);
	for (i = 0; i < NTH_COUNT(requests); i++) {
		uint64_t args[NTH_ARGS_SIZE / 8] = { 0 };
		int result = nth_try(world, requests[i].request, args);

		if (result == -ENOTTY || result == -EPERM)
			continue;
		works++;
		if (!nth_has_step(requests[i].request))
			print_error("%s: no step\n", requests[i].name);
		assert_true(nth_has_step(requests[i].request));
	}
	assert_true(works > 50);
	nth_close(world);
	free(world);
}

/* Runs last. */
static void every_kind_of_failure_has_happened(void **state)
{
	int fault;

	(void)state;
	t_soft_or_skip();
	for (fault = 0; fault < NTH_SOFT_FAULTS; fault++) {
		print_message("%s: %u times\n", nth_faults[fault].name, hits[fault]);
		assert_true(hits[fault] > 0);
	}
}

#define ADD(test) nth_add_test(#test, test)

int main(void)
{
	nth_add_steps(sweep_in_all_modes);
	ADD(an_open_that_fails_leaves_nothing);
	ADD(a_first_adapter_that_fails_leaves_nothing);
	ADD(a_close_takes_everything_down_whatever_fails);
	ADD(waiters_come_back_when_the_host_goes);
	ADD(the_next_open_finds_another_host);
	ADD(the_knob_tells_what_is_left_of_its_count);
	ADD(every_request_that_works_is_swept);
	ADD(every_kind_of_failure_has_happened);
	return nth_run_tests("fail-nth", NULL);
}
