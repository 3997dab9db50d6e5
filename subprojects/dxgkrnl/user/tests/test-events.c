/* SPDX-License-Identifier: MIT */
/*
 * host-event: walks over more events than are looked at at once, and what comes
 * while others are let in. The source is part of the test, for the sake of that moment.
 */
#include "slice-test.h"

#include <sys/eventfd.h>

#include <linux/errno.h>
#include <linux/sched.h>

#include "fake-host.h"

static void between_two_looks(void);

#undef cond_resched
#define cond_resched() between_two_looks()
#include "host-event.c"

/* Of each kind, for each of two devices: some looks' worth, and not a whole number. */
#define COUNT	150u
#define EVENTS	(2 * 3 * COUNT)

/* What one device waits for. */
struct side {
	struct dxgk_device *device;
	struct dxgk_event threads[COUNT];
	struct dxgk_event calls[COUNT];
	int eventfd;	/* of COUNT more */
};

static struct {
	struct fake_host *host;
	struct side sides[2];
	u32 called;
	u32 looks;
	bool adds;	/* the next time that others are let in */
	int late;	/* eventfd of what is added then */
	u64 late_id;
} test;

static void count_call(struct dxgk_event *event)
{
	assert_ptr_equal(event->call, count_call);
	test.called++;
}

static u64 add_fd(struct side *side, int fd)
{
	struct dxgk_device *device = side->device;
	u64 id;

	assert_int_equal(dxgk_event_add_fd(device->process, device->adapter,
					   device, fd, DXGK_EVENT_FD_ONCE, &id),
			 0);
	return id;
}

/* Whoever is let in finds the table unlocked, and may add to it. */
static void between_two_looks(void)
{
	assert_true(xa_trylock(&test.host->global->events));
	xa_unlock(&test.host->global->events);
	test.looks++;
	if (test.adds)
		test.late_id = add_fd(&test.sides[0], test.late);
	test.adds = false;
}

/* One after the other, so that each look finds some of everybody's. */
static void add_one_of_each(struct side *side, u32 i)
{
	assert_int_equal(dxgk_event_add(&side->threads[i], side->device), 0);
	assert_int_equal(dxgk_event_add_call(&side->calls[i], side->device,
					     count_call), 0);
	add_fd(side, side->eventfd);
}

static int new_eventfd(void)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	assert_true(fd >= 0);
	return fd;
}

static struct dxgk_device *new_device(struct fake_host *host)
{
	struct dxgk_device *device;

	device = dxgk_device_lookup(host->file->process,
				    fake_create_device(host));
	assert_non_null(device);
	return device;
}

static int setup(void **state)
{
	u32 side, i;

	if (fake_setup(state))
		return -1;
	memset(&test, 0, sizeof(test));
	test.host = *state;
	test.late = new_eventfd();
	for (side = 0; side < 2; side++) {
		test.sides[side].device = new_device(test.host);
		test.sides[side].eventfd = new_eventfd();
	}
	for (i = 0; i < COUNT; i++)
		for (side = 0; side < 2; side++)
			add_one_of_each(&test.sides[side], i);
	return 0;
}

/* What is left of them goes with the process. */
static int teardown(void **state)
{
	u32 side;

	dxgk_events_cancel_process(test.host->file->process);
	for (side = 0; side < 2; side++) {
		dxgk_device_put(test.sides[side].device);
		close(test.sides[side].eventfd);
	}
	close(test.late);
	return fake_teardown(state);
}

static u64 signals(int fd)
{
	eventfd_t count = 0;

	eventfd_read(fd, &count);
	return count;
}

/* Completed ones, each with that result. */
static u32 completed(struct side *side, int result)
{
	u32 count = 0;
	u32 i;

	for (i = 0; i < COUNT; i++) {
		if (!completion_done(&side->threads[i].done))
			continue;
		assert_int_equal(side->threads[i].result, result);
		count++;
	}
	return count;
}

static u32 called(struct side *side, int result)
{
	u32 count = 0;
	u32 i;

	for (i = 0; i < COUNT; i++)
		count += side->calls[i].result == result;
	return count;
}

static u32 left(void)
{
	struct dxgk_event *event;
	unsigned long id;
	u32 count = 0;

	xa_for_each(&test.host->global->events, id, event)
		count++;
	return count;
}

static void expect_untouched(struct side *side)
{
	assert_int_equal(completed(side, 0), 0);
	assert_int_equal(called(side, 0), COUNT);
	assert_int_equal(signals(side->eventfd), 0);
}

/* @calls: all that were made */
static void expect_fired(struct side *side, int of_threads, int of_calls,
			 u32 calls)
{
	assert_int_equal(completed(side, of_threads), COUNT);
	assert_int_equal(called(side, of_calls), COUNT);
	assert_int_equal(signals(side->eventfd), COUNT);
	assert_int_equal(test.called, calls);
}

static void expect_looks(u32 events)
{
	assert_int_equal(test.looks, events / DXGK_EVENTS_AT_ONCE);
	assert_true(test.looks > 2);
}

static void end_of_a_device_fires_all_of_its_own(void **state)
{
	(void)state;
	dxgk_events_release_device(test.sides[0].device);
	expect_looks(EVENTS);
	expect_fired(&test.sides[0], 0, -ECANCELED, COUNT);
	expect_untouched(&test.sides[1]);
	assert_int_equal(left(), EVENTS / 2);
}

static void calls_of_a_device_are_made_before_it_ends(void **state)
{
	(void)state;
	dxgk_events_call_device(test.sides[1].device);
	expect_looks(EVENTS);
	assert_int_equal(called(&test.sides[1], -ECANCELED), COUNT);
	assert_int_equal(test.called, COUNT);
	assert_int_equal(completed(&test.sides[1], 0), 0);
	assert_int_equal(signals(test.sides[1].eventfd), 0);
	expect_untouched(&test.sides[0]);
	assert_int_equal(left(), EVENTS - COUNT);
}

static void end_of_an_adapter_fires_those_of_all_devices(void **state)
{
	(void)state;
	dxgk_events_release_adapter(test.host->adapter);
	expect_looks(EVENTS);
	expect_fired(&test.sides[0], -ENODEV, -ENODEV, 2 * COUNT);
	expect_fired(&test.sides[1], -ENODEV, -ENODEV, 2 * COUNT);
	assert_int_equal(left(), 0);
}

/* Who waits there is the process itself; but what was to be called is told. */
static void end_of_a_process_drops_all_of_its_own(void **state)
{
	struct dxgk_process other = { .global = test.host->global };
	u64 id;

	(void)state;
	assert_int_equal(dxgk_event_add_fd(&other, test.host->adapter, NULL,
					   test.late, DXGK_EVENT_FD_ONCE, &id),
			 0);
	dxgk_events_cancel_process(test.host->file->process);
	expect_looks(EVENTS + 1);
	assert_int_equal(completed(&test.sides[0], 0), 0);
	assert_int_equal(signals(test.sides[0].eventfd), 0);
	assert_int_equal(test.called, 2 * COUNT);
	assert_int_equal(called(&test.sides[1], -ECANCELED), COUNT);
	assert_int_equal(left(), 1);
	dxgk_event_signal(test.host->global, id);
	assert_int_equal(signals(test.late), 1);
}

/* It has to come to an end, however fast a program adds to it. */
static void what_comes_meanwhile_is_not_walked_over(void **state)
{
	(void)state;
	test.adds = true;
	dxgk_events_release_device(test.sides[0].device);
	assert_true(test.late_id > 0);
	assert_int_equal(signals(test.late), 0);
	assert_int_equal(left(), EVENTS / 2 + 1);
	dxgk_event_signal(test.host->global, test.late_id);
	assert_int_equal(signals(test.late), 1);
}

#define events_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		events_test(end_of_a_device_fires_all_of_its_own),
		events_test(calls_of_a_device_are_made_before_it_ends),
		events_test(end_of_an_adapter_fires_those_of_all_devices),
		events_test(end_of_a_process_drops_all_of_its_own),
		events_test(what_comes_meanwhile_is_not_walked_over),
	};

	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
