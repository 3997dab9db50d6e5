/* SPDX-License-Identifier: MIT */
/* allocation: replies of the host that are shorter than they have to be. */
#include "slice-test.h"

#include <linux/errno.h>

#include "fake-host.h"

#define COUNT 3u

/* Bytes of the reply that are cut off. */
static u32 cut;

static int answer_short(struct fake_host *host, u32 command,
			const void *request, void *reply, u32 room)
{
	const struct dxgk_wire_createallocation *args = request;
	struct dxgk_wire_createallocation_reply *head = reply;
	struct dxgk_wire_createallocation_result *result = (void *)(head + 1);
	u32 i;

	if (command != DXGK_CMD_CREATEALLOCATION)
		return FAKE_USUAL;
	if (args->flags & DXG_CREATEALLOCATION_CREATE_RESOURCE)
		head->resource = fake_new_handle(host);
	for (i = 0; i < args->alloc_count; i++) {
		result[i].allocation = fake_new_handle(host);
		result[i].allocation_size = 4096;
	}
	return (int)(room - cut);
}

static long create(struct fake_host *host, u32 device, u32 flags)
{
	struct d3dddi_allocationinfo2 info[COUNT] = { 0 };
	struct d3dkmt_createallocation args = {
		.device.v = device,
		.alloc_count = COUNT,
		.allocation_info = (u64)(unsigned long)info,
		.flags = flags,
	};

	return fake_ioctl(host, LX_DXCREATEALLOCATION, &args);
}

static const struct dxgk_wire_destroyallocation *
try_short(struct fake_host *host, u32 cut_off, u32 flags)
{
	u32 device = fake_create_device(host);

	cut = cut_off;
	host->answer = answer_short;
	host->watched = DXGK_CMD_DESTROYALLOCATION;
	host->next_index = 0x100;
	assert_int_equal(create(host, device, flags), -EOVERFLOW);
	return (const void *)host->seen;
}

#define RESULT ((u32)sizeof(struct dxgk_wire_createallocation_result))

static void what_a_short_reply_names_is_taken_back(void **state)
{
	struct fake_host *host = *state;
	const struct dxgk_wire_destroyallocation *seen =
		try_short(host, RESULT, 0);
	const u32 *handles = (const u32 *)(seen + 1);

	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(seen->resource, 0);
	assert_int_equal(seen->alloc_count, 2);
	assert_int_equal(handles[0], 0x40000000u | 0x101 << 6);
	assert_int_equal(handles[1], 0x40000000u | 0x102 << 6);
}

/* The handle comes first: the entry may be cut off behind it. */
static void an_entry_that_is_cut_has_its_handle_still(void **state)
{
	struct fake_host *host = *state;
	const struct dxgk_wire_destroyallocation *seen =
		try_short(host, 2 * RESULT - 4, 0);

	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(seen->alloc_count, 2);
}

static void half_a_handle_is_none(void **state)
{
	struct fake_host *host = *state;

	try_short(host, COUNT * RESULT - 3, 0);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 0);
}

static void a_resource_that_a_short_reply_names_is_taken_back(void **state)
{
	struct fake_host *host = *state;
	const struct dxgk_wire_destroyallocation *seen =
		try_short(host, 8 + COUNT * RESULT,
			  DXG_CREATEALLOCATION_CREATE_RESOURCE);

	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 1);
	assert_int_equal(seen->resource, 0x40000000u | 0x101 << 6);
	assert_int_equal(seen->alloc_count, 0);
}

static void a_reply_that_names_nothing_takes_nothing_back(void **state)
{
	struct fake_host *host = *state;

	try_short(host, 12 + COUNT * RESULT, 0);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(what_a_short_reply_names_is_taken_back),
		fake_test(an_entry_that_is_cut_has_its_handle_still),
		fake_test(half_a_handle_is_none),
		fake_test(a_resource_that_a_short_reply_names_is_taken_back),
		fake_test(a_reply_that_names_nothing_takes_nothing_back),
	};

	return cmocka_run_group_tests_name("short-reply", tests, NULL, NULL);
}
