/* SPDX-License-Identifier: MIT */
/* Pages of the guest: named one by one, or by a buffer list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define PAGE		4096u
#define PAGES		8u
#define SIZE		(PAGES * PAGE)
#define GPADL		0xe1e10u
#define EXISTING_SYSMEM	(1u << 5)
#define PAGE_FAULT	7u		/* state of a device */

static struct rig rig;

/* The guest's memory, its frames out of order, and the list of them. */
static uint8_t memory[SIZE] __attribute__((aligned(4096)));
static uint64_t pfns[PAGES];
static struct rig_list list;

static uint8_t *page_of_list(uint32_t i)
{
	return (uint8_t *)(uintptr_t)(pfns[i] * PAGE);
}

static void make_list(void)
{
	uint64_t first = (uintptr_t)memory / PAGE;
	uint32_t i;

	/* each once, and none behind the one before it */
	for (i = 0; i < PAGES; i++)
		pfns[i] = first + i * 3 % PAGES;
	list = (struct rig_list){
		.gpadl = GPADL, .count = PAGES, .pfns = pfns,
	};
	rig.lists = &list;
}

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "map_guest_memory = off\n[adapter]\n");
	make_list();
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static int up_without_lists(void **state)
{
	int64_t (*answer)(void *, uint32_t, uint64_t, uint64_t, uint64_t *) =
		rig_guest_ops.gpadl;

	rig_guest_ops.gpadl = NULL;
	up(state);
	rig_guest_ops.gpadl = answer;
	return 0;
}

/* Of pages that the guest has yet to name. */
static uint32_t create(uint64_t size)
{
	struct {
		struct dxgk_wire_createallocation request;
		struct dxgk_wire_createallocation_info info;
		uint8_t data[sizeof(struct dxghost_allocation_data)];
	} __attribute__((packed)) m = {
		.request = { .alloc_count = 1, .flags = EXISTING_SYSMEM },
	};
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = size,
		.flags = DXGHOST_ALLOCATION_NON_LOCAL,
	};
	struct {
		struct dxgk_wire_createallocation_reply reply;
		struct dxgk_wire_createallocation_result result;
		uint8_t data[sizeof(data)];
	} reply = { .result.allocation = 0 };

	m.request.device = rig.device;
	m.info.priv_drv_data_size = sizeof(data);
	memcpy(m.data, &data, sizeof(data));
	rig_vgpu(&rig, DXGK_CMD_CREATEALLOCATION, &m, sizeof(m), &reply,
		 sizeof(reply));
	assert_int_not_equal(reply.result.allocation, 0);
	return reply.result.allocation;
}

static int32_t set_list(uint32_t device, uint32_t allocation, uint32_t gpadl)
{
	struct dxgk_wire_setexistingsysmemstore request = {
		.device = device, .allocation = allocation, .gpadl = gpadl,
	};

	return rig_status(&rig, DXGK_CMD_SETEXISTINGSYSMEMSTORE, &request,
			  sizeof(request));
}

static uint64_t map(uint32_t allocation, uint64_t pages)
{
	uint64_t va = 0, fence;

	assert_true(rig_map(&rig, allocation, pages, 1, &va, &fence) >= 0);
	assert_true(rig_make_resident(&rig, allocation, &fence) >= 0);
	rig_wait_paging(&rig, fence);
	return va;
}

static void submit_copy(uint64_t to, uint64_t from, uint64_t size)
{
	struct rig_buffer commands;

	rig_buffer(&rig, PAGE, &commands);
	*(struct dxghost_packet_copy *)commands.cpu =
		(struct dxghost_packet_copy){
			{ DXGHOST_OP_COPY, sizeof(struct dxghost_packet_copy) },
			to, from, size,
		};
	assert_int_equal(rig_submit(&rig, rig.context, commands.va,
				    sizeof(struct dxghost_packet_copy)), 0);
}

static void copy(uint64_t to, uint64_t from, uint64_t size)
{
	struct rig_fence done;

	rig_fence(&rig, 0, 0, &done);
	submit_copy(to, from, size);
	rig_signal(&rig, rig.context, done.sync, 1);
	rig_expect_value(done.value, 1);
}

/* Each byte tells where in the list it belongs. */
static uint8_t sample(uint64_t at, uint8_t seed)
{
	return (uint8_t)(at * 5 + at / PAGE * 31 + seed);
}

static void gpu_reads_and_writes_the_pages_of_a_list(void **state)
{
	uint32_t allocation = create(SIZE);
	struct rig_buffer mirror;
	uint64_t va, i;

	(void)state;
	assert_int_equal(set_list(rig.device, allocation, GPADL), 0);
	va = map(allocation, PAGES);
	rig_buffer(&rig, SIZE, &mirror);
	for (i = 0; i < SIZE; i++)
		page_of_list((uint32_t)(i / PAGE))[i % PAGE] = sample(i, 1);
	copy(mirror.va, va, SIZE);
	for (i = 0; i < SIZE; i++)
		if (mirror.cpu[i] != sample(i, 1))
			fail_msg("byte %lu was not read", (unsigned long)i);
	for (i = 0; i < SIZE; i++)
		mirror.cpu[i] = sample(i, 2);
	/* from and to the middle of pages */
	copy(va + 100, mirror.va + 100, SIZE - 200);
	for (i = 0; i < SIZE; i++)
		if (page_of_list((uint32_t)(i / PAGE))[i % PAGE] !=
		    sample(i, i < 100 || i >= SIZE - 100 ? 1 : 2))
			fail_msg("byte %lu was not written", (unsigned long)i);
}

static void lists_are_told_apart_by_their_numbers(void **state)
{
	struct rig_list first, second;
	uint32_t allocations[2] = { create(PAGE), create(PAGE) };
	struct rig_buffer mirror;
	uint64_t va[2];

	(void)state;
	first = (struct rig_list){ .gpadl = 7, .count = 1, .pfns = &pfns[4] };
	second = (struct rig_list){ .next = &first, .gpadl = 8, .count = 1,
				    .pfns = &pfns[5] };
	rig.lists = &second;
	assert_int_equal(set_list(rig.device, allocations[0], 7), 0);
	assert_int_equal(set_list(rig.device, allocations[1], 8), 0);
	/* the host has looked once and for all */
	rig.lists = NULL;
	va[0] = map(allocations[0], 1);
	va[1] = map(allocations[1], 1);
	rig_buffer(&rig, PAGE, &mirror);
	memset(page_of_list(4), 0x44, PAGE);
	memset(page_of_list(5), 0x55, PAGE);
	copy(mirror.va, va[0], PAGE);
	assert_memory_equal(mirror.cpu, page_of_list(4), PAGE);
	copy(mirror.va, va[1], PAGE);
	assert_memory_equal(mirror.cpu, page_of_list(5), PAGE);
}

/* Nothing has been set: the GPU finds no page there. */
static void expect_no_page(uint32_t allocation)
{
	uint64_t va = map(allocation, 1);

	submit_copy(va, va, 8);
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig_device_state(&rig), PAGE_FAULT);
}

static void unknown_numbers_are_refused(void **state)
{
	static const uint32_t numbers[] = { 0, 1, GPADL - 1, GPADL + 1,
					    UINT32_MAX };
	uint32_t allocation = create(SIZE);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_int_equal(set_list(rig.device, allocation, numbers[i]),
				 ST_INVALID_PARAMETER);
	/* one that has been withdrawn */
	rig.lists = NULL;
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_INVALID_PARAMETER);
	expect_no_page(allocation);
}

static void lists_of_another_size_are_refused(void **state)
{
	uint32_t allocation = create(SIZE);

	(void)state;
	list.count = PAGES - 1;
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_INVALID_PARAMETER);
	list.count = 0;
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_INVALID_PARAMETER);
	/* pages that are not the allocation's are none of the host's business */
	list.count = PAGES;
	allocation = create(SIZE - PAGE);
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_INVALID_PARAMETER);
	expect_no_page(allocation);
}

static void other_memory_has_no_list(void **state)
{
	uint32_t other = rig_create_device(&rig), allocation = create(SIZE);

	(void)state;
	assert_int_equal(set_list(rig.device, rig_allocate(&rig, SIZE, 0),
				  GPADL), ST_INVALID_PARAMETER);
	assert_int_equal(set_list(other, allocation, GPADL),
			 ST_INVALID_PARAMETER);
	assert_int_equal(set_list(rig.device, rig.device, GPADL),
			 ST_INVALID_PARAMETER);
	assert_int_equal(set_list(rig.device, allocation, GPADL), 0);
	assert_int_equal(rig_destroy_allocation(&rig, allocation, 0), 0);
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_INVALID_PARAMETER);
}

static void guest_without_lists_is_told_so(void **state)
{
	uint32_t allocation = create(SIZE);

	(void)state;
	assert_int_equal(set_list(rig.device, allocation, GPADL),
			 ST_NOT_SUPPORTED);
	/* a bad allocation is one all the same */
	assert_int_equal(set_list(rig.device, rig.device, GPADL),
			 ST_INVALID_PARAMETER);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(gpu_reads_and_writes_the_pages_of_a_list),
		CASE(lists_are_told_apart_by_their_numbers),
		CASE(unknown_numbers_are_refused),
		CASE(lists_of_another_size_are_refused),
		CASE(other_memory_has_no_list),
		cmocka_unit_test_setup_teardown(guest_without_lists_is_told_so,
						up_without_lists, down),
	};

	return cmocka_run_group_tests_name("guest-memory", tests, NULL, NULL);
}
