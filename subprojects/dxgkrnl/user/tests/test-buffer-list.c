/* SPDX-License-Identifier: MIT */
/* Pages of a caller that a host gets by buffer lists: when it has them, and is told. */
#include "slice-test.h"

#include <sys/mman.h>

#include <linux/errno.h>
#include <linux/mm.h>

#include "fake-host.h"

#define COUNT	3u

static int setup(void **state)
{
	struct fake_host *host;

	fake_setup(state);
	host = *state;
	host->adapter->map_guest = false;
	host->watched = DXGK_CMD_SETEXISTINGSYSMEMSTORE;
	return 0;
}

#define list_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fake_teardown)

/* Some allocations, a page of the caller's each. */
struct heaps {
	char *pages;
	u32 device;
	u32 allocations[COUNT];
};

static long create(struct fake_host *host, struct heaps *heaps)
{
	struct d3dddi_allocationinfo2 info[COUNT] = { 0 };
	struct d3dkmt_createallocation args = {
		.alloc_count = COUNT,
		.allocation_info = (u64)(unsigned long)info,
		.flags = DXG_CREATEALLOCATION_EXISTING_SYSMEM,
	};
	long ret;
	u32 i;

	heaps->device = fake_create_device(host);
	heaps->pages = mmap(NULL, COUNT * PAGE_SIZE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(heaps->pages, MAP_FAILED);
	args.device.v = heaps->device;
	for (i = 0; i < COUNT; i++)
		info[i].sysmem = (u64)(unsigned long)(heaps->pages +
						      i * PAGE_SIZE);
	ret = fake_ioctl(host, LX_DXCREATEALLOCATION, &args);
	for (i = 0; i < COUNT; i++)
		heaps->allocations[i] = info[i].allocation.v;
	return ret;
}

static long destroy(struct fake_host *host, struct heaps *heaps, u32 count)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = heaps->device,
		.alloc_count = count,
		.allocations = (u64)(unsigned long)heaps->allocations,
	};

	return fake_ioctl(host, LX_DXDESTROYALLOCATION2, &args);
}

static void free_pages(struct heaps *heaps)
{
	munmap(heaps->pages, COUNT * PAGE_SIZE);
}

static void host_is_told_the_number_of_each_list(void **state)
{
	struct fake_host *host = *state;
	const struct dxgk_wire_setexistingsysmemstore *seen =
		(const void *)host->seen;
	struct heaps heaps;

	assert_int_equal(create(host, &heaps), 0);
	assert_int_equal(host->lists, COUNT);
	assert_int_equal(host->pinned, COUNT);
	assert_int_equal(host->messages[DXGK_CMD_SETEXISTINGSYSMEMSTORE],
			 COUNT);
	assert_int_equal(host->messages[DXGK_CMD_SETEXISTINGSYSMEMPAGES], 0);
	/* of the last one */
	assert_int_equal(seen->device, heaps.device);
	assert_int_equal(seen->allocation, heaps.allocations[COUNT - 1]);
	assert_int_equal(seen->gpadl, FAKE_GPADL + COUNT - 1);
	assert_int_equal(destroy(host, &heaps, 1), 0);
	assert_int_equal(host->lists, COUNT - 1);
	assert_int_equal(host->pinned, COUNT - 1);
	free_pages(&heaps);
}

static void host_with_page_numbers_gets_no_list(void **state)
{
	struct fake_host *host = *state;
	struct heaps heaps;

	host->adapter->map_guest = true;
	assert_int_equal(create(host, &heaps), 0);
	assert_int_equal(host->shared, 0);
	assert_int_equal(host->messages[DXGK_CMD_SETEXISTINGSYSMEMSTORE], 0);
	free_pages(&heaps);
}

/* It may use the pages until it has said that the allocation is gone. */
static int answer_destroy(struct fake_host *host, u32 command,
			  const void *request, void *reply, u32 room)
{
	(void)request;
	(void)reply;
	(void)room;
	if (command == DXGK_CMD_DESTROYALLOCATION) {
		assert_int_equal(host->lists, COUNT);
		assert_int_equal(host->pinned, COUNT);
	}
	return FAKE_USUAL;
}

static void lists_end_when_the_host_has_confirmed(void **state)
{
	struct fake_host *host = *state;
	struct heaps heaps;

	assert_int_equal(create(host, &heaps), 0);
	host->answer = answer_destroy;
	assert_int_equal(destroy(host, &heaps, COUNT), 0);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(host->lists, 0);
	assert_int_equal(host->pinned, 0);
	free_pages(&heaps);
}

/* The second of the three. */
static int answer_refuse(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	(void)request;
	(void)room;
	if (command == DXGK_CMD_DESTROYALLOCATION)
		assert_int_equal(host->lists, 2);
	if (command != DXGK_CMD_SETEXISTINGSYSMEMSTORE ||
	    host->messages[command] != 2)
		return FAKE_USUAL;
	return fake_refuse(reply, FAKE_INVALID_PARAMETER);
}

static void list_that_the_host_refuses_ends(void **state)
{
	struct fake_host *host = *state;
	struct heaps heaps;

	host->answer = answer_refuse;
	assert_int_equal(create(host, &heaps), -EINVAL);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(host->lists, 0);
	assert_int_equal(host->pinned, 0);
	free_pages(&heaps);
}

/* The bus has refused it: there is nothing to tell, and nothing to take back. */
static void list_that_cannot_be_made_is_no_list(void **state)
{
	struct fake_host *host = *state;
	struct heaps heaps;

	host->share_error = -ENOMEM;
	assert_int_equal(create(host, &heaps), -ENOMEM);
	assert_int_equal(host->messages[DXGK_CMD_SETEXISTINGSYSMEMSTORE], 0);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(host->pinned, 0);
	free_pages(&heaps);
}

static void check_removal(struct fake_host *host, bool lost)
{
	struct heaps heaps;

	assert_int_equal(create(host, &heaps), 0);
	fake_remove_adapter(host, lost);
	assert_int_equal(host->lists, 0);
	assert_int_equal(host->pinned, 0);
	free_pages(&heaps);
}

static void removal_takes_the_lists_along(void **state)
{
	check_removal(*state, false);
}

static void loss_takes_the_lists_along(void **state)
{
	check_removal(*state, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		list_test(host_is_told_the_number_of_each_list),
		list_test(host_with_page_numbers_gets_no_list),
		list_test(lists_end_when_the_host_has_confirmed),
		list_test(list_that_the_host_refuses_ends),
		list_test(list_that_cannot_be_made_is_no_list),
		list_test(removal_takes_the_lists_along),
		list_test(loss_takes_the_lists_along),
	};

	return cmocka_run_group_tests_name("buffer-list", tests, NULL, NULL);
}
