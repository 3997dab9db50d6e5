/* SPDX-License-Identifier: MIT */
/*
 * Every call on a node, with every allocation and every copy that the kernel
 * makes for it failing in turn. With an argument: only those of that name, which
 * may have wildcards.
 */
#include "fail-nth.h"
#include "lib/t-sync-file.h"

#include <errno.h>

static void sweep_async(void **state)
{
	nth_home_or_skip();
	nth_sweep(*state, NTH_KERNEL, NTH_ASYNC);
}

/* The caller's pages go by a buffer list there, which takes memory of the bus. */
static void sweep_sync(void **state)
{
	nth_home_or_skip();
	nth_sweep(*state, NTH_KERNEL, NTH_SYNC);
}

static void add_steps_with_lists(void)
{
	unsigned int i;

	for (i = 0; i < nth_memory_step_count; i++)
		if (nth_memory_steps[i].flags & NTH_PAGES)
			nth_add_list(sweep_sync, &nth_memory_steps[i], 1);
}

/* open, close */

static void an_open_that_fails_leaves_nothing(void **state)
{
	const struct nth_home *home = nth_home_or_skip();
	unsigned int nth = 0;
	bool was_hit;
	int fd, error;

	(void)state;
	nth_choose(NTH_ASYNC);
	do {
		home->arm(NTH_KERNEL, ++nth);
		fd = home->open();
		error = errno;
		was_hit = home->disarm(NTH_KERNEL);
		if (fd < 0) {
			assert_true(was_hit);
			/* that of the name, of a file, of ours */
			assert_true(error == EFAULT || error == ENFILE ||
				    error == ENOMEM);
		} else {
			assert_int_equal(home->close(fd), 0);
		}
		assert_eventually(nth_is_clean());
	} while (was_hit);
	assert_true(nth > 3);
}

static void a_first_adapter_that_fails_leaves_nothing(void **state)
{
	unsigned int nth = 1;

	(void)state;
	nth_choose(NTH_ASYNC);
	while (nth_try_first_adapter(NTH_KERNEL, nth)) {
		assert_eventually(nth_is_clean());
		nth++;
	}
	assert_eventually(nth_is_clean());
	assert_true(nth > 3);
}

/* Nobody is there to be told: everything goes, come what may. */
static void a_close_takes_everything_down_whatever_fails(void **state)
{
	const struct nth_home *home = nth_home_or_skip();
	struct nth_world *world = calloc(1, sizeof(*world));
	unsigned int nth = 0;
	bool was_hit;

	(void)state;
	assert_non_null(world);
	do {
		nth_open(world, NTH_ASYNC);
		home->arm(NTH_KERNEL, ++nth);
		nth_leave(world);
		was_hit = home->disarm(NTH_KERNEL);
		/* which needs memory, too */
		t_free_pages(world->pages, NTH_BYTES);
		assert_eventually(nth_is_clean());
	} while (was_hit);
	assert_true(nth > 1);
	free(world);
}

static void add_sync_files(void)
{
	if (!t_has_sync_files())
		return;
	nth_add_list(sweep_async, nth_sync_file_steps, nth_sync_file_step_count);
	nth_add_test("merge", nth_merge_that_fails_leaves_nothing);
}

/*
 * Handles that were given away stay in the host for as long as it runs. One without
 * a GPU has no node, and is waited for in vain.
 */
static int start_host_anew(void **state)
{
	(void)state;
	return t_host_daemon_use_profile("[adapter]\nlocal_memory = 64M\n"
					 "nonlocal_memory = 16M\n");
}

int main(int argc, char **argv)
{
	const char *reason = nth_node_unfit();

	if (reason) {
		printf("skipped: %s\n", reason);
		return 77;
	}
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	nth_add_steps(sweep_async);
	add_sync_files();
	nth_add_test("open", an_open_that_fails_leaves_nothing);
	nth_add_test("first adapter", a_first_adapter_that_fails_leaves_nothing);
	nth_add_test("close", a_close_takes_everything_down_whatever_fails);
	/* last: with another host */
	add_steps_with_lists();
	return nth_run_tests("failslab", start_host_anew);
}
