/* SPDX-License-Identifier: MIT */
/* One step, again and again, each time with the next thing failing. */
#include "fail-nth.h"

#include <errno.h>

/* What has not gone by then, on a busy machine as well, stays. */
#define LEAK_MS 20000u

const struct nth_fault_kind nth_faults[NTH_FAULTS] = {
	[NTH_NO_MEMORY] = { "no memory", -ENOMEM, -1 },
	[NTH_LOST] = { "message lost", -ENODEV, DXG_SOFT_MESSAGE_LOST },
	[NTH_KILLED] = { "sender killed", -EINTR, DXG_SOFT_SENDER_KILLED },
	[NTH_GONE] = { "host gone", -ENODEV, DXG_SOFT_HOST_GONE },
	[NTH_KERNEL] = { "kernel", -ENOMEM, -1 },
};

struct sweep {
	const struct nth_step *step;
	enum nth_fault fault;
	enum nth_mode mode;
	unsigned int nth;
	unsigned int injected;
	struct nth_world world;
	/* of one attempt */
	uint64_t args[NTH_ARGS_SIZE / 8];
	uint64_t args_before[NTH_ARGS_SIZE / 8];
	struct nth_data data_before;
	struct dxg_soft_object_counts objects_before;
	uint64_t blocks_before;
	int next_descriptor;
	int result;
	bool was_hit;
};

/* Names the one of the many cases that fails. */
static void explain(const struct sweep *sweep, const char *what)
{
	print_error("%s, %s, number %u, %s: %s (answer %d)\n",
		    sweep->step->name, nth_faults[sweep->fault].name, sweep->nth,
		    nth_modes[sweep->mode], what, sweep->result);
}

#define check(sweep, condition, what)		\
	do {					\
		if (!(condition)) {		\
			explain(sweep, what);	\
			assert_true(condition);	\
		}				\
	} while (0)

static void measure(struct sweep *sweep)
{
	const struct nth_home *home = sweep->world.home;

	assert_int_equal(home->objects(&sweep->objects_before), 0);
	sweep->blocks_before = home->blocks();
}

static bool is_as_before(const struct sweep *sweep)
{
	const struct nth_home *home = sweep->world.home;
	struct dxg_soft_object_counts objects;

	assert_int_equal(home->objects(&objects), 0);
	return !memcmp(&objects, &sweep->objects_before, sizeof(objects)) &&
	       home->blocks() == sweep->blocks_before;
}

bool nth_is_clean(void)
{
	const struct nth_home *home = nth_home_or_skip();
	static const struct dxg_soft_object_counts none;
	struct dxg_soft_object_counts left;

	assert_int_equal(home->objects(&left), 0);
	return !memcmp(&left, &none, sizeof(left)) && !home->blocks();
}

static void print_difference(const struct sweep *sweep)
{
	const struct dxg_soft_object_counts *before = &sweep->objects_before;
	struct dxg_soft_object_counts after;

	assert_int_equal(sweep->world.home->objects(&after), 0);
#define DIFFERENCE(member)							\
	if (after.member != before->member)					\
		print_error("  " #member ": %llu before, %llu after\n",		\
			    (unsigned long long)before->member,			\
			    (unsigned long long)after.member)
	DIFFERENCE(processes);
	DIFFERENCE(adapters);
	DIFFERENCE(devices);
	DIFFERENCE(contexts);
	DIFFERENCE(hwqueues);
	DIFFERENCE(paging_queues);
	DIFFERENCE(allocations);
	DIFFERENCE(resources);
	DIFFERENCE(sync_objects);
	DIFFERENCE(shared_handles);
	DIFFERENCE(gpu_va_bytes);
	DIFFERENCE(io_space_bytes);
	print_error("  driver's blocks: %llu before, %llu after\n",
		    (unsigned long long)sweep->blocks_before,
		    (unsigned long long)sweep->world.home->blocks());
}

/* The host lets some things go when its engines have finished with them. */
static void check_nothing_leaked(const struct sweep *sweep)
{
	uint64_t end = t_now_ms() + LEAK_MS * t_patience();

	do {
		if (is_as_before(sweep))
			return;
		t_sleep_ms(1);
	} while (t_now_ms() < end);
	print_difference(sweep);
	check(sweep, false, "something was left behind");
}

static void attempt(struct sweep *sweep)
{
	struct nth_world *world = &sweep->world;

	memset(sweep->args, 0, sizeof(sweep->args));
	memset(&world->data, 0, sizeof(world->data));
	measure(sweep);
	sweep->step->prepare(world, sweep->args);
	memcpy(sweep->args_before, sweep->args, sizeof(sweep->args));
	sweep->data_before = world->data;
	sweep->next_descriptor = nth_next_descriptor();
	world->home->arm(sweep->fault, sweep->nth);
	sweep->result = nth_try(world, sweep->step->request, sweep->args);
	sweep->was_hit = world->home->disarm(sweep->fault);
	sweep->injected += sweep->was_hit;
}

/*
 * What was on an adapter that has gone is gone. A kernel takes memory from
 * elsewhere, or does without.
 */
static bool may_work(const struct sweep *sweep)
{
	return sweep->step->flags & NTH_MAY_WORK ||
	       sweep->fault == NTH_KERNEL ||
	       (sweep->step->flags & NTH_DESTROYS &&
		(sweep->fault == NTH_LOST || sweep->fault == NTH_GONE));
}

/* A failure says which one it was, and nothing else. */
static void check_answer(const struct sweep *sweep)
{
	if (!sweep->was_hit) {
		check(sweep, sweep->result >= 0, "fails without a reason");
		return;
	}
	if (sweep->result >= 0) {
		check(sweep, may_work(sweep), "says that it worked");
		return;
	}
	check(sweep, nth_next_descriptor() == sweep->next_descriptor,
	      "has left a descriptor");
	/* a copy from or to the caller; others may have been made before */
	if (sweep->fault == NTH_KERNEL && sweep->result == -EFAULT)
		return;
	check(sweep, sweep->result == nth_faults[sweep->fault].answer,
	      "another error than documented");
	check(sweep, !memcmp(sweep->args, sweep->args_before,
			     sizeof(sweep->args)),
	      "has changed the arguments");
	check(sweep, !memcmp(&sweep->world.data, &sweep->data_before,
			     sizeof(sweep->data_before)),
	      "has changed what the arguments point to");
}

/* An object whose end the host was not told stays there until the last close. */
static bool stays_on_host(const struct sweep *sweep)
{
	return sweep->was_hit && sweep->fault == NTH_LOST &&
	       sweep->step->flags & NTH_DESTROYS;
}

/*
 * The copy that has failed may have been the last one, of what was done. Only the
 * process's end takes it back for sure.
 */
static bool may_be_done(const struct sweep *sweep)
{
	return sweep->fault == NTH_KERNEL && sweep->result == -EFAULT;
}

/* Executed, it cannot be undone, whether the caller has heard of it or not. */
static bool has_given_away(const struct sweep *sweep)
{
	struct dxg_soft_object_counts objects;

	if (!(sweep->step->flags & NTH_GIVES_AWAY))
		return false;
	assert_int_equal(sweep->world.home->objects(&objects), 0);
	return objects.shared_handles != sweep->objects_before.shared_handles;
}

static void count_what_is_given_away(struct sweep *sweep)
{
	if (has_given_away(sweep)) {
		sweep->world.given_away++;
		sweep->objects_before.shared_handles++;
	}
}

/* Until it works untouched, all in the same world. */
static void sweep_step(struct sweep *sweep)
{
	nth_open(&sweep->world, sweep->mode);
	do {
		sweep->nth++;
		attempt(sweep);
		check_answer(sweep);
		if (!may_be_done(sweep))
			sweep->step->undo(&sweep->world, sweep->args,
					  sweep->result >= 0);
		count_what_is_given_away(sweep);
		if (stays_on_host(sweep) || may_be_done(sweep)) {
			nth_close(&sweep->world);
			nth_open(&sweep->world, sweep->mode);
		} else {
			check_nothing_leaked(sweep);
		}
	} while (sweep->was_hit);
	nth_close(&sweep->world);
}

/* Whoever has something open cannot do anything with it. */
static void check_host_is_gone(struct sweep *sweep)
{
	struct nth_world *world = &sweep->world;
	struct d3dkmt_queryvideomemoryinfo query = {
		.adapter.v = world->adapter,
	};
	struct d3dkmt_openadapterfromluid open_args = {
		.adapter_luid = world->luid,
	};
	struct d3dkmt_enumadapters2 list = { .num_adapters = 7 };
	struct d3dkmt_lock2 lock = {
		.device.v = world->device,
		.allocation.v = world->memory.allocation,
	};

	check(sweep, nth_try(world, LX_DXQUERYVIDEOMEMORYINFO, &query) == -ENODEV,
	      "an adapter is still there");
	check(sweep, nth_try(world, LX_DXLOCK2, &lock) == -ENODEV,
	      "an allocation is still there");
	check(sweep, nth_try(world, LX_DXOPENADAPTERFROMLUID, &open_args) == -EINVAL,
	      "an adapter can be opened");
	nth_do(world, LX_DXENUMADAPTERS2, &list);
	check(sweep, list.num_adapters == 0, "an adapter is enumerated");
}

/* A world for each attempt: nothing works afterwards. */
static void sweep_until_gone(struct sweep *sweep)
{
	do {
		sweep->nth++;
		nth_open(&sweep->world, sweep->mode);
		attempt(sweep);
		check_answer(sweep);
		if (sweep->was_hit) {
			check_host_is_gone(sweep);
			nth_abandon(&sweep->world);
		} else {
			sweep->step->undo(&sweep->world, sweep->args, true);
			count_what_is_given_away(sweep);
			nth_close(&sweep->world);
		}
	} while (sweep->was_hit);
}

/* A sweep that never meets what it makes fail shows nothing. */
static void check_it_was_hit(const struct sweep *sweep)
{
	unsigned int flags = sweep->step->flags;
	bool is_one_way = flags & NTH_ONE_WAY &&
			  sweep->mode == NTH_ASYNC;

	switch (sweep->fault) {
	case NTH_NO_MEMORY:
		/* those with a message may do without memory */
		if (flags & NTH_NO_MESSAGE)
			check(sweep, !sweep->injected == !!(flags & NTH_QUIET),
			      "needs memory, or does not");
		break;
	case NTH_KERNEL:
		check(sweep, sweep->injected > 0, "copies nothing");
		break;
	case NTH_KILLED:
		check(sweep, !sweep->injected ==
		      (is_one_way || flags & (NTH_NO_MESSAGE | NTH_UNKILLABLE)),
		      "can be killed, or cannot");
		break;
	default:
		check(sweep, !sweep->injected == !!(flags & NTH_NO_MESSAGE),
		      "needs the host, or does not");
	}
}

unsigned int nth_sweep(const struct nth_step *step, enum nth_fault fault,
		       enum nth_mode mode)
{
	struct sweep *sweep = calloc(1, sizeof(*sweep));
	unsigned int injected;

	assert_non_null(sweep);
	sweep->step = step;
	sweep->fault = fault;
	sweep->mode = mode;
	if (fault == NTH_GONE)
		sweep_until_gone(sweep);
	else
		sweep_step(sweep);
	check_it_was_hit(sweep);
	injected = sweep->injected;
	free(sweep);
	return injected;
}
