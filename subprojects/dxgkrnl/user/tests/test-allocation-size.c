/* SPDX-License-Identifier: MIT */
/* allocation: sizes that only a host can come up with. */
#include "slice-test.h"

#include <linux/errno.h>
#include <linux/mm.h>

#include "fake-host.h"

/* As much as the driver counts pages with 32 bits for. */
#define TOO_MUCH	(1ull << 44)

static u64 said;

static int answer_size(struct fake_host *host, u32 command, const void *request,
		       void *reply, u32 room)
{
	struct dxgk_wire_createallocation_reply *head = reply;
	struct dxgk_wire_createallocation_result *result = (void *)(head + 1);

	(void)request;
	/* whoever gets as far as that is not to go on for long */
	if (command == DXGK_CMD_SETEXISTINGSYSMEMPAGES)
		return fake_refuse(reply, FAKE_ACCESS_DENIED);
	if (command != DXGK_CMD_CREATEALLOCATION)
		return FAKE_USUAL;
	result->allocation = fake_new_handle(host);
	result->allocation_size = said;
	return (int)room;
}

static char memory[PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

static long create(struct fake_host *host, u32 device, void *of, u64 size,
		   u32 *ret_allocation)
{
	struct d3dddi_allocationinfo2 info = { .sysmem = (u64)(unsigned long)of };
	struct d3dkmt_createallocation args = {
		.device.v = device,
		.alloc_count = 1,
		.allocation_info = (u64)(unsigned long)&info,
	};
	long ret;

	said = size;
	host->answer = answer_size;
	ret = fake_ioctl(host, LX_DXCREATEALLOCATION, &args);
	*ret_allocation = info.allocation.v;
	return ret;
}

static void expect_refused(struct fake_host *host, u64 size, long error,
			   u32 messages)
{
	u32 device = fake_create_device(host);
	u32 allocation;
	long ret;

	host->messages[DXGK_CMD_SETEXISTINGSYSMEMPAGES] = 0;
	host->messages[DXGK_CMD_DESTROYALLOCATION] = 0;
	ret = create(host, device, memory, size, &allocation);
	if (ret != error)
		print_error("0x%llx: %ld\n", (unsigned long long)size, ret);
	assert_int_equal(ret, error);
	assert_int_equal(host->messages[DXGK_CMD_SETEXISTINGSYSMEMPAGES],
			 messages);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(host->pinned, 0);
}

/* Of the caller's memory; its pages are numbered with 32 bits. */
static void own_memory_is_whole_pages_and_not_too_many(void **state)
{
	struct fake_host *host = *state;

	expect_refused(host, 0, -EINVAL, 0);
	expect_refused(host, 1, -EINVAL, 0);
	expect_refused(host, PAGE_SIZE - 1, -EINVAL, 0);
	expect_refused(host, PAGE_SIZE + 1, -EINVAL, 0);
	expect_refused(host, TOO_MUCH, -EINVAL, 0);
	expect_refused(host, TOO_MUCH + PAGE_SIZE, -EINVAL, 0);
	expect_refused(host, 1ull << 63, -EINVAL, 0);
	expect_refused(host, -(u64)PAGE_SIZE, -EINVAL, 0);
	expect_refused(host, ~0ull, -EINVAL, 0);
	/* as much as there is room for the numbers of */
	expect_refused(host, TOO_MUCH - PAGE_SIZE, -EACCES, 1);
}

static long lock(struct fake_host *host, u32 device, u32 allocation)
{
	struct d3dkmt_lock2 args = {
		.device.v = device,
		.allocation.v = allocation,
	};

	return fake_ioctl(host, LX_DXLOCK2, &args);
}

static void expect_lock(struct fake_host *host, u64 size, long want)
{
	u32 device = fake_create_device(host);
	u32 allocation;
	long ret;

	host->messages[DXGK_CMD_UNLOCK2] = 0;
	assert_int_equal(create(host, device, NULL, size, &allocation), 0);
	ret = lock(host, device, allocation);
	if (ret != want)
		print_error("0x%llx: %ld\n", (unsigned long long)size, ret);
	assert_int_equal(ret, want);
	assert_int_equal(host->mappings, !want);
	/* what cannot be mapped is unlocked on the host */
	assert_int_equal(host->messages[DXGK_CMD_UNLOCK2], !!want);
}

/* What is locked is mapped: all of it, and within the IO space. */
static void more_than_the_io_space_is_not_locked(void **state)
{
	struct fake_host *host = *state;

	expect_lock(host, FAKE_IO_SIZE + 1, -EINVAL);
	expect_lock(host, 1ull << 63, -EINVAL);
	expect_lock(host, -(u64)PAGE_SIZE, -EINVAL);
	/* in whole pages it would be nothing */
	expect_lock(host, -(u64)PAGE_SIZE + 1, -EINVAL);
	expect_lock(host, ~0ull, -EINVAL);
	expect_lock(host, FAKE_IO_SIZE, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(own_memory_is_whole_pages_and_not_too_many),
		fake_test(more_than_the_io_space_is_not_locked),
	};

	return cmocka_run_group_tests_name("allocation-size", tests, NULL, NULL);
}
