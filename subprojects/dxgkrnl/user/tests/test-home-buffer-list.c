/* SPDX-License-Identifier: MIT */
/* The buffer lists of the home in user space: numbers, and the pages behind them. */
#include "slice-test.h"

#include <sys/mman.h>

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/pfn.h>

#include "dxgkrnl.h"
#include "platform.h"
#include "soft-machine.h"

#define PAGES	4u

static struct soft_machine machine;
static char *memory;

static int setup(void **state)
{
	struct dxg_soft_object_counts left;

	(void)state;
	memory = mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(memory, MAP_FAILED);
	return soft_machine_start(&machine,
				  "[adapter]\nlocal_memory = 1M\n"
				  "nonlocal_memory = 1M\n", &left);
}

static int teardown(void **state)
{
	struct dxg_soft_object_counts left;

	(void)state;
	soft_machine_stop(&machine, &left);
	munmap(memory, PAGES * PAGE_SIZE);
	return 0;
}

#define list_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static struct dxgk_pinned *pin(u32 first, u32 count)
{
	struct dxgk_pinned *pinned =
		dxgk_platform_pin((u64)(unsigned long)memory +
				  first * PAGE_SIZE, count, true);

	assert_false(IS_ERR(pinned));
	return pinned;
}

static u32 share(struct dxgk_pinned *pinned)
{
	u32 gpadl = 0;

	assert_int_equal(dxgk_platform_share(machine.global, pinned, &gpadl),
			 0);
	assert_int_not_equal(gpadl, 0);
	return gpadl;
}

static void let_go(struct dxgk_pinned *pinned)
{
	dxgk_platform_unshare(machine.global, pinned);
	dxgk_platform_unpin(pinned);
}

static s64 ask(u32 gpadl, u64 first, u64 count, u64 *ret_pfns)
{
	return soft_machine_pages(&machine, gpadl, first, count, ret_pfns);
}

static void list_tells_its_pages(void **state)
{
	struct dxgk_pinned *pinned = pin(0, PAGES);
	u32 gpadl = share(pinned);
	u64 pfns[PAGES + 1] = { 0 };
	u64 first = PFN_DOWN((u64)(unsigned long)memory);
	u32 i;

	(void)state;
	assert_int_equal(ask(gpadl, 0, PAGES, pfns), PAGES);
	for (i = 0; i < PAGES; i++)
		assert_int_equal(pfns[i], first + i);
	assert_int_equal(pfns[PAGES], 0);
	/* a part of it; nothing but its size */
	assert_int_equal(ask(gpadl, 2, 1, pfns), PAGES);
	assert_int_equal(pfns[0], first + 2);
	assert_int_equal(ask(gpadl, PAGES, 0, NULL), PAGES);
	let_go(pinned);
}

static void pages_beyond_the_list_are_not_told(void **state)
{
	struct dxgk_pinned *pinned = pin(0, PAGES - 1);
	u32 gpadl = share(pinned);
	u64 pfns[PAGES] = { 0 };

	(void)state;
	assert_int_equal(ask(gpadl, 0, PAGES, pfns), -ERANGE);
	assert_int_equal(ask(gpadl, PAGES - 1, 1, pfns), -ERANGE);
	assert_int_equal(ask(gpadl, PAGES, 0, pfns), -ERANGE);
	assert_int_equal(ask(gpadl, 1, U64_MAX, pfns), -ERANGE);
	assert_int_equal(ask(gpadl, U64_MAX, 1, pfns), -ERANGE);
	assert_int_equal(pfns[0], 0);
	let_go(pinned);
}

static void lists_have_numbers_of_their_own(void **state)
{
	struct dxgk_pinned *pinned[2] = { pin(0, 1), pin(2, 2) };
	u32 gpadl[2] = { share(pinned[0]), share(pinned[1]) };
	u64 pfns[2];

	(void)state;
	assert_int_not_equal(gpadl[0], gpadl[1]);
	assert_int_equal(ask(gpadl[0], 0, 1, pfns), 1);
	assert_int_equal(pfns[0], PFN_DOWN((u64)(unsigned long)memory));
	assert_int_equal(ask(gpadl[1], 0, 2, pfns), 2);
	assert_int_equal(pfns[0], PFN_DOWN((u64)(unsigned long)memory) + 2);
	let_go(pinned[0]);
	let_go(pinned[1]);
}

static void withdrawn_list_is_unknown(void **state)
{
	struct dxgk_pinned *pinned = pin(0, 1), *next = pin(1, 1);
	u32 gpadl = share(pinned);
	u64 pfn;

	(void)state;
	assert_int_equal(ask(gpadl + 1, 0, 1, &pfn), -ENOENT);
	assert_int_equal(ask(0, 0, 1, &pfn), -ENOENT);
	let_go(pinned);
	assert_int_equal(ask(gpadl, 0, 1, &pfn), -ENOENT);
	/* also when there are others again */
	assert_int_not_equal(share(next), gpadl);
	assert_int_equal(ask(gpadl, 0, 1, &pfn), -ENOENT);
	let_go(next);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		list_test(list_tells_its_pages),
		list_test(pages_beyond_the_list_are_not_told),
		list_test(lists_have_numbers_of_their_own),
		list_test(withdrawn_list_is_unknown),
	};

	return cmocka_run_group_tests_name("home-buffer-list", tests, NULL, NULL);
}
