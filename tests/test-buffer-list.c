/* SPDX-License-Identifier: MIT */
/*
 * Pages of a program that are described to the host by a buffer list of the bus, as
 * hosts want it that cannot take page numbers. The software host refuses the list,
 * so there is nothing but its end to be seen: the pages go back to the system when the
 * bus says that the host has none of them, and else never.
 */
#include "lib/t.h"
#include "lib/t-heap.h"

#include <fcntl.h>

#define PAGES		8u
#define SIZE		(PAGES * T_PAGE_SIZE)
#define PARAMETERS	"/sys/module/hvloop/parameters/"

static const char profile[] = "map_guest_memory = off\n"
			      "[adapter]\n"
			      "local_memory = 64M\nnonlocal_memory = 16M\n";

static void refuse_teardown(const char *answer)
{
	int fd = open(PARAMETERS "refuse_teardown", O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, answer, 1), 1);
	close(fd);
}

static unsigned int buffer_lists(void)
{
	FILE *file = fopen(PARAMETERS "gpadls", "re");
	unsigned int count = ~0u;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%u", &count), 1);
	fclose(file);
	return count;
}

/* One that the host has refused, with the bus's answer to its end. */
static void try_heap(D3DKMT_HANDLE device, void *memory)
{
	D3DKMT_HANDLE allocation;

	assert_status(t_try_create_heap(device, memory, SIZE, false, &allocation),
		      STATUS_NOT_SUPPORTED);
}

static void pages_go_back_with_the_list(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	unsigned int lists = buffer_lists();
	long pinned = t_pinned_pages();

	try_heap(gpu->device, memory);
	assert_int_equal(buffer_lists(), lists);
	assert_int_equal(t_pinned_pages(), pinned);
	t_free_pages(memory, SIZE);
}

static void lose_pages(void *unused)
{
	D3DKMT_HANDLE device;
	LUID luid;

	(void)unused;
	device = t_create_device(t_open_adapter(&luid));
	refuse_teardown("Y");
	try_heap(device, t_alloc_pages(SIZE));
	assert_int_equal(t_locked_pages(), PAGES);
	refuse_teardown("N");
	/* the next ones are not among them */
	try_heap(device, t_alloc_pages(SIZE));
	assert_int_equal(t_locked_pages(), PAGES);
	t_destroy_device(device);
	assert_int_equal(t_locked_pages(), PAGES);
}

/* Whoever has lost them, and is gone. */
static void pages_that_the_host_may_have_stay_pinned(void **state)
{
	unsigned int lists = buffer_lists();
	long pinned = t_pinned_pages();

	(void)state;
	t_run_child(lose_pages, NULL);
	assert_int_equal(buffer_lists(), lists + 1);
	assert_int_equal(t_pinned_pages(), pinned + PAGES);
}

static int accept_teardown(void **state)
{
	(void)state;
	refuse_teardown("N");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(pages_go_back_with_the_list),
		cmocka_unit_test_teardown(
			pages_that_the_host_may_have_stay_pinned,
			accept_teardown),
	};

	if (t_device_is_soft() || access(PARAMETERS "refuse_teardown", W_OK)) {
		puts("skipped: needs the bus of the virtual machine");
		return 77;
	}
	t_host_use_profile(profile);
	return cmocka_run_group_tests_name("buffer-list", tests, NULL, NULL);
}
