/* SPDX-License-Identifier: MIT */
/* GPU addresses, residency and budgets. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define PAGE	4096ull
#define MIB	(1ull << 20)
#define BASE	0x400000000ull

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "discrete");
	return 0;
}

static int up_small(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\nlocal_memory = 100M\n"
	       "nonlocal_memory = 100M\n");
	return 0;
}

static int up_immediate(void **state)
{
	(void)state;
	rig_up(&rig, "paging_immediate = 1\n[adapter]\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static uint64_t reserve(uint64_t base, uint64_t size, uint32_t type)
{
	struct dxgk_wire_reservegpuvirtualaddress request = {
		.args = { .base_address = base, .size = size,
			  .reservation_type = type },
	};
	struct dxgk_wire_reservegpuvirtualaddress_reply reply = { 0 };

	request.args.adapter_or_paging_queue = rig.adapter;
	rig_vgpu(&rig, DXGK_CMD_RESERVEGPUVIRTUALADDRESS, &request,
		 sizeof(request), &reply, sizeof(reply));
	return reply.virtual_address;
}

static int32_t free_va(uint64_t base, uint64_t size)
{
	struct dxgk_wire_freegpuvirtualaddress request = {
		.args = { .base_address = base, .size = size },
	};

	request.args.adapter = rig.adapter;
	return rig_status(&rig, DXGK_CMD_FREEGPUVIRTUALADDRESS, &request,
			  sizeof(request));
}

static int32_t map_at(uint32_t allocation, uint64_t va, uint64_t pages,
		      uint64_t protection)
{
	uint64_t fence;

	return rig_map(&rig, allocation, pages, protection, &va, &fence);
}

static void reserve_wants_64_kib(void **state)
{
	(void)state;
	assert_int_equal(reserve(0, 0x1000, 0), 0);
	assert_int_equal(reserve(0x1000, 0x10000, 0), 0);
	assert_int_equal(reserve(0, 0, 0), 0);
	assert_int_equal(reserve(0, 0x10000, 3), 0);
	assert_int_equal(reserve(BASE, 0x20000, 0), BASE);
	assert_int_equal(reserve(BASE + 0x10000, 0x10000, 0), 0);
	assert_int_not_equal(reserve(0, 0x10000, 1), 0);
}

static void map_wants_free_or_own_addresses(void **state)
{
	uint32_t allocation = rig_allocate(&rig, 16 * PAGE, 0);

	(void)state;
	assert_int_equal(reserve(BASE, 0x10000, 0), BASE);
	assert_int_equal(map_at(allocation, BASE, 16, 1), ST_PENDING);
	assert_int_equal(map_at(allocation, BASE + 8 * PAGE, 16, 1),
			 ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, BASE + 16 * PAGE, 16, 1),
			 ST_PENDING);
	assert_int_equal(map_at(allocation, BASE + 8 * PAGE, 16, 1),
			 ST_PENDING);
	assert_int_equal(map_at(allocation, BASE + 1, 1, 1),
			 ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, PAGE, 1, 1), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, 0xFFFFFFFFFFFFF000ull, 1, 1),
			 ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, 0, 17, 1), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, 0, 0, 1), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, 0, UINT64_MAX, 1),
			 ST_INVALID_PARAMETER);
}

static void zero_is_only_for_what_was_reserved(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);

	(void)state;
	reserve(BASE, 0x10000, 0);
	assert_int_equal(map_at(0, BASE, 4, 4), ST_PENDING);
	assert_int_equal(map_at(0, BASE + 0x10000, 4, 4), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, BASE, 1, 4), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(0, 0, 1, 4), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(0, BASE, 1, 1), ST_INVALID_PARAMETER);
	assert_int_equal(map_at(allocation, BASE + 0x20000, 1, 1), ST_PENDING);
	assert_int_equal(map_at(0, BASE + 0x20000, 1, 8), ST_INVALID_PARAMETER);
}

static void zero_range_reads_zero_and_drops_writes(void **state)
{
	struct rig_buffer commands, data;
	struct rig_fence done;
	struct dxghost_packet_write *write;
	struct dxghost_packet_copy *copy;
	uint64_t va;

	(void)state;
	rig_buffer(&rig, PAGE, &commands);
	rig_buffer(&rig, PAGE, &data);
	rig_fence(&rig, 0, 0, &done);
	va = reserve(0, 0x10000, 1);
	memset(data.cpu, 0xAA, 16);
	write = (struct dxghost_packet_write *)commands.cpu;
	*write = (struct dxghost_packet_write){
		{ DXGHOST_OP_WRITE, sizeof(*write) }, va, 99,
	};
	copy = (struct dxghost_packet_copy *)(write + 1);
	*copy = (struct dxghost_packet_copy){
		{ DXGHOST_OP_COPY, sizeof(*copy) }, data.va, va, 8,
	};
	rig_submit(&rig, rig.context, commands.va, sizeof(*write) +
		   sizeof(*copy));
	rig_signal(&rig, rig.context, done.sync, 1);
	rig_expect_value(done.value, 1);
	assert_int_equal(((uint64_t *)data.cpu)[0], 0);
	assert_int_equal(data.cpu[8], 0xAA);
}

static void free_wants_addresses_in_use(void **state)
{
	struct rig_fence fence;

	(void)state;
	reserve(BASE, 0x20000, 0);
	assert_int_equal(free_va(BASE + PAGE, PAGE), 0);
	assert_int_equal(free_va(BASE + PAGE, PAGE), ST_INVALID_PARAMETER);
	assert_int_equal(free_va(BASE, 0x20000), ST_INVALID_PARAMETER);
	assert_int_equal(free_va(BASE, PAGE), 0);
	assert_int_equal(free_va(BASE + 2 * PAGE, 0x20000 - 2 * PAGE), 0);
	assert_int_equal(free_va(BASE + 1, PAGE), ST_INVALID_PARAMETER);
	assert_int_equal(free_va(0, 0), ST_INVALID_PARAMETER);
	rig_fence(&rig, 0, 0, &fence);
	assert_int_equal(free_va(fence.va, PAGE), ST_INVALID_PARAMETER);
}

static void destroyed_allocation_gives_its_addresses_back(void **state)
{
	uint32_t allocation = rig_allocate(&rig, 4 * PAGE, 0);
	struct dxghost_object_counts before, after;

	(void)state;
	dxghost_object_counts(rig.host, &before);
	map_at(allocation, BASE, 4, 1);
	map_at(allocation, 0, 2, 1);
	dxghost_object_counts(rig.host, &after);
	assert_int_equal(after.gpu_va_bytes - before.gpu_va_bytes, 6 * PAGE);
	assert_int_equal(rig_destroy_allocation(&rig, allocation, 0), 0);
	dxghost_object_counts(rig.host, &after);
	assert_int_equal(after.gpu_va_bytes, before.gpu_va_bytes);
	assert_int_equal(after.io_space_bytes,
			 before.io_space_bytes - 4 * PAGE);
}

static void paging_fence_values_grow_and_complete(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);
	uint64_t fence, last = 0;
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		assert_int_equal(rig_make_resident(&rig, allocation, &fence),
				 ST_PENDING);
		assert_true(fence > last);
		last = fence;
	}
	rig_wait_paging(&rig, last);
	assert_int_equal(atomic_load(rig.paging_value), last);
}

static void immediate_paging_needs_no_wait(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);
	uint64_t fence = 1, va = 0;

	(void)state;
	assert_int_equal(rig_make_resident(&rig, allocation, &fence), 0);
	assert_int_equal(fence, 0);
	assert_int_equal(rig_map(&rig, allocation, 1, 1, &va, &fence), 0);
	assert_int_equal(fence, 0);
	assert_int_equal(atomic_load(rig.paging_value), 0);
}

static void memory_info(uint32_t group,
			struct dxgk_wire_queryvideomemoryinfo_reply *reply)
{
	struct dxgk_wire_queryvideomemoryinfo request = {
		.memory_segment_group = group,
	};

	request.adapter = rig.adapter;
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_QUERYVIDEOMEMORYINFO, &request,
				  sizeof(request), reply, sizeof(*reply)),
			 sizeof(*reply));
}

static uint32_t residency(uint32_t allocation)
{
	struct {
		struct dxgk_wire_queryallocationresidency request;
		uint32_t handle, pad;
	} m = { .request.args.allocation_count = 1 };
	uint32_t reply[2] = { 1, 0 };

	m.request.args.device = rig.device;
	m.handle = allocation;
	rig_vgpu(&rig, DXGK_CMD_QUERYALLOCATIONRESIDENCY, &m, sizeof(m), reply,
		 sizeof(reply));
	assert_int_equal(reply[0], 0);
	return reply[1];
}

static uint64_t evict(uint32_t allocation)
{
	struct {
		struct dxgk_wire_evict request;
		uint32_t handle;
	} m = { .request = { .alloc_count = 1 } };
	uint64_t trim = UINT64_MAX;

	m.request.device = rig.device;
	m.handle = allocation;
	rig_vgpu(&rig, DXGK_CMD_EVICT, &m, sizeof(m), &trim, sizeof(trim));
	return trim;
}

static void usage_counts_what_is_resident(void **state)
{
	struct dxgk_wire_queryvideomemoryinfo_reply info;
	uint32_t local = rig_allocate(&rig, 10 * MIB, 0);
	uint32_t system = rig_allocate(&rig, 5 * MIB, 1);
	uint64_t fence;

	(void)state;
	memory_info(0, &info);
	assert_int_equal(info.budget, 90 * MIB);
	assert_int_equal(info.available_for_reservation, 50 * MIB);
	assert_int_equal(info.current_usage, 0);
	assert_int_equal(info.current_reservation, 0);
	assert_int_equal(residency(local), 3);
	rig_make_resident(&rig, local, &fence);
	rig_make_resident(&rig, local, &fence);
	rig_make_resident(&rig, system, &fence);
	memory_info(0, &info);
	assert_int_equal(info.current_usage, 10 * MIB);
	memory_info(1, &info);
	assert_int_equal(info.current_usage, 5 * MIB);
	assert_int_equal(residency(local), 1);
	assert_int_equal(residency(system), 2);
	assert_int_equal(evict(local), 0);
	assert_int_equal(residency(local), 1);
	assert_int_equal(evict(local), 0);
	assert_int_equal(residency(local), 3);
	assert_int_equal(evict(local), 0);
	memory_info(0, &info);
	assert_int_equal(info.current_usage, 0);
}

static int32_t make_resident_flags(uint32_t allocation, uint32_t flags,
				   uint64_t *trim)
{
	struct {
		struct dxgk_wire_makeresident request;
		uint32_t handles[2];
	} m = { .request = { .alloc_count = 1, .flags = flags } };
	struct dxgk_wire_makeresident_reply reply = { .status = 1 };

	m.request.paging_queue = rig.paging_queue;
	m.handles[0] = allocation;
	rig_vgpu(&rig, DXGK_CMD_MAKERESIDENT, &m, sizeof(m), &reply,
		 sizeof(reply));
	*trim = reply.num_bytes_to_trim;
	return reply.status;
}

static void over_budget_tells_how_much_to_trim(void **state)
{
	uint32_t first = rig_allocate(&rig, 60 * MIB, 0);
	uint32_t second = rig_allocate(&rig, 40 * MIB, 0);
	uint32_t third = rig_allocate(&rig, 20 * MIB, 0);
	uint64_t trim;

	(void)state;
	assert_int_equal(make_resident_flags(first, 0, &trim), ST_PENDING);
	assert_int_equal(make_resident_flags(second, 0, &trim), ST_NO_MEMORY);
	assert_int_equal(trim, 10 * MIB);
	assert_int_equal(residency(second), 3);
	assert_int_equal(make_resident_flags(second, 2, &trim),
			 ST_INVALID_PARAMETER);
	assert_int_equal(make_resident_flags(second, 1, &trim), ST_PENDING);
	assert_int_equal(make_resident_flags(third, 1, &trim), ST_NO_MEMORY);
	assert_int_equal(evict(first), 0);
	assert_int_equal(make_resident_flags(third, 0, &trim), ST_PENDING);
}

static void must_succeed_that_fails_loses_the_device(void **state)
{
	uint32_t first = rig_allocate(&rig, 120 * MIB, 0);
	uint64_t trim;

	(void)state;
	assert_int_equal(make_resident_flags(first, 3, &trim), ST_NO_MEMORY);
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig_device_state(&rig), 5);
}

static void reservation_is_kept_and_bounded(void **state)
{
	struct dxgk_wire_changevideomemoryreservation request = {
		.args.reservation = 30 * MIB,
	};
	struct dxgk_wire_queryvideomemoryinfo_reply info;

	(void)state;
	assert_int_equal(rig_status(&rig, DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION,
				    &request, sizeof(request)), 0);
	memory_info(0, &info);
	assert_int_equal(info.current_reservation, 30 * MIB);
	request.args.reservation = 51 * MIB;
	assert_int_equal(rig_status(&rig, DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION,
				    &request, sizeof(request)),
			 ST_INVALID_PARAMETER);
}

static void video_memory_can_run_out(void **state)
{
	uint32_t most = rig_allocate(&rig, 150 * MIB, 0);

	(void)state;
	assert_int_not_equal(most, 0);
	assert_int_equal(rig_allocate(&rig, 100 * MIB, 0), 0);
	rig_destroy_allocation(&rig, most, 0);
	assert_int_not_equal(rig_allocate(&rig, 100 * MIB, 0), 0);
}

static void reused_memory_is_zero(void **state)
{
	struct rig_buffer buffer;
	uint32_t i;

	(void)state;
	rig_buffer(&rig, MIB, &buffer);
	memset(buffer.cpu, 0xFF, MIB);
	rig_destroy_allocation(&rig, buffer.allocation, 0);
	rig_buffer(&rig, MIB, &buffer);
	for (i = 0; i < MIB; i++)
		if (buffer.cpu[i])
			fail_msg("byte %u", i);
}

static void update_changes_a_reserved_range(void **state)
{
	struct {
		struct dxgk_wire_updategpuvirtualaddress request;
		struct dxgk_wire_updategpuva_operation operations[3];
	} m = { .request = { .num_operations = 3, .fence_value = 1 } };
	struct dxghost_packet_write *write;
	struct rig_buffer commands, data;
	struct rig_fence order, done;

	(void)state;
	rig_buffer(&rig, PAGE, &commands);
	rig_buffer(&rig, 2 * PAGE, &data);
	rig_fence(&rig, 0, 0, &order);
	rig_fence(&rig, 0, 0, &done);
	reserve(BASE, 0x10000, 0);
	m.request.device = rig.device;
	m.request.context = rig.context;
	m.request.fence_object = order.sync;
	m.operations[0].operation = 0;
	m.operations[0].u.map.base_address = BASE;
	m.operations[0].u.map.size = 2 * PAGE;
	m.operations[0].u.map.allocation = data.allocation;
	m.operations[1].operation = 2;
	m.operations[1].u.copy.source_address = BASE + PAGE;
	m.operations[1].u.copy.size = PAGE;
	m.operations[1].u.copy.dest_address = BASE + 5 * PAGE;
	m.operations[2].operation = 1;
	m.operations[2].u.unmap.base_address = BASE;
	m.operations[2].u.unmap.size = PAGE;
	assert_int_equal(rig_status(&rig, DXGK_CMD_UPDATEGPUVIRTUALADDRESS, &m,
				    sizeof(m)), 0);
	assert_int_equal(atomic_load(order.value), 0);
	rig_signal_cpu(&rig, order.sync, 1, 0);
	rig_expect_value(order.value, 2);
	write = (struct dxghost_packet_write *)commands.cpu;
	*write = (struct dxghost_packet_write){
		{ DXGHOST_OP_WRITE, sizeof(*write) }, BASE + 5 * PAGE, 17,
	};
	rig_submit(&rig, rig.context, commands.va, sizeof(*write));
	rig_signal(&rig, rig.context, done.sync, 1);
	rig_expect_value(done.value, 1);
	assert_int_equal(*(uint64_t *)(data.cpu + PAGE), 17);
	write->dst = BASE;
	rig_submit(&rig, rig.context, commands.va, sizeof(*write));
	rig_expect_notices(&rig, 1);
	m.operations[0].u.map.base_address = BASE + 0x10000;
	assert_int_not_equal(rig_status(&rig, DXGK_CMD_UPDATEGPUVIRTUALADDRESS,
					&m, sizeof(m)), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)
#define SMALL(name) cmocka_unit_test_setup_teardown(name, up_small, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(reserve_wants_64_kib),
		CASE(map_wants_free_or_own_addresses),
		CASE(zero_is_only_for_what_was_reserved),
		CASE(zero_range_reads_zero_and_drops_writes),
		CASE(free_wants_addresses_in_use),
		CASE(destroyed_allocation_gives_its_addresses_back),
		CASE(paging_fence_values_grow_and_complete),
		cmocka_unit_test_setup_teardown(immediate_paging_needs_no_wait,
						up_immediate, down),
		SMALL(usage_counts_what_is_resident),
		SMALL(over_budget_tells_how_much_to_trim),
		SMALL(must_succeed_that_fails_loses_the_device),
		SMALL(reservation_is_kept_and_bounded),
		SMALL(video_memory_can_run_out),
		SMALL(reused_memory_is_zero),
		CASE(update_changes_a_reserved_range),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
