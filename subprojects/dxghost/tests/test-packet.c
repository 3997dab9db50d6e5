/* SPDX-License-Identifier: MIT */
/* Command buffers: what packets do, and what bad ones lead to. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define SIZE		(256u << 10)
#define PAGE		4096u

#define STATE_HUNG	3u
#define STATE_DMA_FAULT	6u
#define STATE_PAGE_FAULT 7u

static struct rig rig;
static struct rig_buffer commands, data;
static struct rig_fence done;
static uint32_t used;

static int up_with(const char *profile)
{
	rig_up(&rig, profile);
	rig_buffer(&rig, 64u << 10, &commands);
	rig_buffer(&rig, SIZE, &data);
	rig_fence(&rig, 0, 0, &done);
	used = 0;
	return 0;
}

static int up(void **state)
{
	(void)state;
	return up_with("discrete");
}

static int up_slow_paging(void **state)
{
	(void)state;
	return up_with("paging_delay_us = 20000\n[adapter]\n");
}

static int up_short_tdr(void **state)
{
	(void)state;
	return up_with("tdr_ms = 50\ndrain_ms = 50\n[adapter]\n");
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static void put(uint32_t opcode, const void *packet, uint32_t size)
{
	struct dxghost_packet header = { .opcode = opcode, .size = size };

	memcpy(commands.cpu + used, packet, size);
	memcpy(commands.cpu + used, &header, sizeof(header));
	used += size;
}

static void put_write(uint64_t dst, uint64_t value)
{
	struct dxghost_packet_write packet = { .dst = dst, .value = value };

	put(DXGHOST_OP_WRITE, &packet, sizeof(packet));
}

static void put_fill(uint64_t dst, uint64_t size, uint32_t value)
{
	struct dxghost_packet_fill packet = {
		.dst = dst, .size = size, .value = value,
	};

	put(DXGHOST_OP_FILL, &packet, sizeof(packet));
}

static void put_copy(uint64_t dst, uint64_t src, uint64_t size)
{
	struct dxghost_packet_copy packet = {
		.dst = dst, .src = src, .size = size,
	};

	put(DXGHOST_OP_COPY, &packet, sizeof(packet));
}

static void put_header(uint32_t opcode)
{
	struct dxghost_packet packet = { .opcode = opcode };

	put(opcode, &packet, sizeof(packet));
}

static void run(void)
{
	int32_t status;

	assert_int_equal(rig_submit(&rig, rig.context, commands.va, used), 0);
	status = rig_signal(&rig, rig.context, done.sync, 1);
	/* The buffer may have lost the device by now. */
	if (status != ST_GPU_EXCEPTION_ON_DEVICE)
		assert_int_equal(status, 0);
}

static void run_well(void)
{
	run();
	rig_expect_value(done.value, 1);
	assert_int_equal(rig_device_state(&rig), 1);
}

static void expect_loss(uint32_t state)
{
	run();
	rig_expect_value(done.value, UINT64_MAX);
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig.last_notice, state);
	assert_int_equal(rig_device_state(&rig), state);
	assert_int_equal(rig_submit(&rig, rig.context, commands.va, used),
			 ST_GPU_EXCEPTION_ON_DEVICE);
}

static void expect_fault_at(uint64_t address, uint32_t flags)
{
	struct dxgk_wire_getdevicestate request = { .args.state_type = 5 };
	struct dxgk_wire_getdevicestate_reply reply;

	expect_loss(STATE_PAGE_FAULT);
	request.args.device = rig.device;
	rig_vgpu(&rig, DXGK_CMD_GETDEVICESTATE, &request, sizeof(request),
		 &reply, sizeof(reply));
	assert_int_equal(reply.status, 0);
	assert_int_equal(reply.args.state.page_fault_state
			 .faulted_virtual_address, address);
	assert_int_equal(reply.args.state.page_fault_state.page_fault_flags,
			 flags);
}

static void packets_do_what_they_are_called(void **state)
{
	struct dxghost_packet_timestamp stamp = { .dst = data.va + 16 };
	struct dxghost_packet_add add = { .dst = data.va + 8, .value = 5 };
	uint64_t words[3], nop[4] = { 0 };

	(void)state;
	put_fill(data.va + PAGE, 4 * PAGE, 0xabcd1234);
	put(DXGHOST_OP_NOP, nop, sizeof(nop));
	put_write(data.va, 77);
	put_write(data.va + 8, 37);
	put(DXGHOST_OP_ADD, &add, sizeof(add));
	stamp.dst = data.va + 16;
	put(DXGHOST_OP_TIMESTAMP, &stamp, sizeof(stamp));
	put_copy(data.va + 10 * PAGE + 3, data.va + PAGE, 100);
	run_well();
	memcpy(words, data.cpu, sizeof(words));
	assert_int_equal(words[0], 77);
	assert_int_equal(words[1], 42);
	assert_int_not_equal(words[2], 0);
	assert_int_equal(((uint32_t *)data.cpu)[PAGE / 4], 0xabcd1234);
	assert_int_equal(((uint32_t *)data.cpu)[5 * PAGE / 4 - 1], 0xabcd1234);
	assert_int_equal(((uint32_t *)data.cpu)[5 * PAGE / 4], 0);
	assert_memory_equal(data.cpu + 10 * PAGE + 3, data.cpu + PAGE, 100);
	assert_int_equal(data.cpu[10 * PAGE + 103], 0);
}

static void copies_run_across_allocations(void **state)
{
	uint64_t va = 0x300000000ull, second = va + SIZE, fence;
	uint32_t next = rig_allocate(&rig, SIZE, 0);
	uint32_t i;

	(void)state;
	for (i = 0; i < SIZE; i++)
		data.cpu[i] = (uint8_t)(i * 7);
	assert_true(rig_map(&rig, data.allocation, SIZE / PAGE, 1, &va,
			    &fence) >= 0);
	assert_true(rig_map(&rig, next, SIZE / PAGE, 1, &second, &fence) >= 0);
	assert_int_equal(second, va + SIZE);
	rig_make_resident(&rig, next, &fence);
	rig_wait_paging(&rig, fence);
	put_copy(va + SIZE / 2 + PAGE, va, SIZE / 2);
	put_fill(va, SIZE / 2, 0);
	put_copy(va, va + SIZE / 2 + PAGE, SIZE / 2);
	run_well();
	for (i = 0; i < SIZE / 2; i++)
		if (data.cpu[i] != (uint8_t)(i * 7))
			fail_msg("byte %u", i);
}

static void unknown_packet_is_a_dma_fault(void **state)
{
	(void)state;
	put_write(data.va, 1);
	put_header(1234);
	expect_loss(STATE_DMA_FAULT);
	assert_int_equal(*(uint64_t *)data.cpu, 1);
}

static void trap_is_a_dma_fault(void **state)
{
	(void)state;
	put_header(DXGHOST_OP_TRAP);
	expect_loss(STATE_DMA_FAULT);
}

static void packet_with_wrong_size_is_a_dma_fault(void **state)
{
	struct dxghost_packet packet = { .opcode = DXGHOST_OP_WRITE,
					 .size = 16 };

	(void)state;
	memcpy(commands.cpu, &packet, sizeof(packet));
	used = 24;
	expect_loss(STATE_DMA_FAULT);
}

static void packet_longer_than_its_buffer_is_a_dma_fault(void **state)
{
	(void)state;
	put_write(data.va, 1);
	used -= 8;
	expect_loss(STATE_DMA_FAULT);
}

static void packet_of_size_zero_is_a_dma_fault(void **state)
{
	(void)state;
	memset(commands.cpu, 0, 8);
	used = 8;
	expect_loss(STATE_DMA_FAULT);
}

static void write_to_nowhere_faults_at_its_address(void **state)
{
	(void)state;
	put_write(data.va + SIZE + 0x100000, 1);
	expect_fault_at(data.va + SIZE + 0x100000, 1);
}

static void read_past_the_mapping_faults_at_its_end(void **state)
{
	(void)state;
	put_copy(data.va, data.va + SIZE - PAGE, 2 * PAGE);
	expect_fault_at(data.va + SIZE, 0);
}

static void commands_that_are_not_mapped_fault(void **state)
{
	(void)state;
	commands.va = 0x7000000000ull;
	used = 8;
	expect_fault_at(0x7000000000ull, 0);
}

static void write_to_a_read_only_mapping_faults(void **state)
{
	uint64_t va = 0, fence;

	(void)state;
	rig_map(&rig, data.allocation, 1, 0, &va, &fence);
	rig_wait_paging(&rig, fence);
	put_copy(data.va + PAGE, va, 8);
	put_fill(va + 8, 8, 0);
	expect_fault_at(va + 8, 1);
}

static void mapped_but_not_resident_faults(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);
	uint64_t va = 0, fence;

	(void)state;
	rig_map(&rig, allocation, 1, 1, &va, &fence);
	rig_wait_paging(&rig, fence);
	put_write(va, 1);
	expect_fault_at(va, 1);
}

static void evicted_memory_faults(void **state)
{
	struct {
		struct dxgk_wire_evict request;
		uint32_t handle;
	} m = { .request = { .alloc_count = 1 } };
	uint64_t trim = 1;

	(void)state;
	m.request.device = rig.device;
	m.handle = data.allocation;
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_EVICT, &m, sizeof(m), &trim,
				  sizeof(trim)), 8);
	assert_int_equal(trim, 0);
	put_write(data.va, 1);
	expect_fault_at(data.va, 1);
}

static void client_that_does_not_wait_for_paging_faults(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);
	uint64_t va = 0, fence;

	(void)state;
	assert_int_equal(rig_make_resident(&rig, allocation, &fence),
			 ST_PENDING);
	assert_int_equal(rig_map(&rig, allocation, 1, 1, &va, &fence),
			 ST_PENDING);
	assert_int_not_equal(va, 0);
	put_write(va, 1);
	expect_fault_at(va, 1);
}

static void work_queued_behind_the_paging_fence_is_safe(void **state)
{
	uint32_t allocation = rig_allocate(&rig, PAGE, 0);
	uint64_t va = 0, fence;

	(void)state;
	rig_make_resident(&rig, allocation, &fence);
	rig_map(&rig, allocation, 1, 1, &va, &fence);
	put_write(va, 1);
	assert_int_equal(rig_wait(&rig, rig.context, rig.paging_fence, fence),
			 0);
	run_well();
}

static void write_to_a_fence_lets_its_waiters_go(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	rig_wait_cpu(&rig, fence.sync, 6, 11);
	put_write(fence.va, 6);
	run_well();
	rig_expect_signals(&rig, 1);
	assert_int_equal(atomic_load(fence.value), 6);
}

static void wait_packet_lets_other_contexts_run(void **state)
{
	struct dxghost_packet_wait wait = { .value = 3 };
	uint32_t other = rig_create_context(&rig, rig.device, 0, 0);
	uint32_t begin;

	(void)state;
	wait.address = data.va;
	put(DXGHOST_OP_WAIT, &wait, sizeof(wait));
	put_write(data.va + 8, 9);
	run();
	begin = used;
	put_write(data.va, 3);
	assert_int_equal(rig_submit(&rig, other, commands.va + begin,
				    used - begin), 0);
	rig_expect_value(done.value, 1);
	assert_int_equal(((uint64_t *)data.cpu)[1], 9);
}

static void hanging_packet_is_timed_out(void **state)
{
	(void)state;
	put_header(DXGHOST_OP_HANG);
	expect_loss(STATE_HUNG);
}

static void short_spin_is_no_hang(void **state)
{
	struct dxghost_packet_spin spin = { .ns = 2000000 };

	(void)state;
	put(DXGHOST_OP_SPIN, &spin, sizeof(spin));
	run_well();
}

static void hang_of_one_device_leaves_others_alone(void **state)
{
	uint32_t first = rig.device, second = rig_create_device(&rig);
	struct rig_fence fence;
	uint32_t context;

	(void)state;
	put_header(DXGHOST_OP_HANG);
	run();
	rig.device = second;
	rig_fence(&rig, 0, 0, &fence);
	context = rig_create_context(&rig, second, 0, 0);
	rig_signal(&rig, context, fence.sync, 1);
	rig_expect_value(fence.value, 1);
	rig_expect_value(done.value, UINT64_MAX);
	assert_int_equal(rig_device_state(&rig), 1);
	rig.device = first;
}

static void destroyed_memory_serves_work_queued_before(void **state)
{
	struct rig_fence gate;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	data.cpu[0] = 42;
	rig_wait(&rig, rig.context, gate.sync, 1);
	put_copy(commands.va + PAGE, data.va, 8);
	run();
	assert_int_equal(rig_destroy_allocation(&rig, data.allocation, 0), 0);
	assert_int_equal(rig_destroy_allocation(&rig, data.allocation, 0),
			 ST_INVALID_PARAMETER);
	rig_signal_cpu(&rig, gate.sync, 1, 0);
	rig_expect_value(done.value, 1);
	assert_int_equal(commands.cpu[PAGE], 42);
	/* Afterwards its addresses are gone. */
	*done.value = 0;
	used = 0;
	put_write(data.va, 1);
	expect_fault_at(data.va, 1);
}

static void assumed_unused_memory_goes_at_once(void **state)
{
	struct rig_fence gate;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_wait(&rig, rig.context, gate.sync, 1);
	put_write(data.va, 1);
	run();
	assert_int_equal(rig_destroy_allocation(&rig, data.allocation, 1), 0);
	rig_signal_cpu(&rig, gate.sync, 1, 0);
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig.last_notice, STATE_PAGE_FAULT);
}

static void destroying_a_context_finishes_its_work(void **state)
{
	struct dxgk_wire_destroycontext request = { .pad28 = 0 };
	struct dxghost_packet_spin spin = { .ns = 5000000 };

	(void)state;
	put(DXGHOST_OP_SPIN, &spin, sizeof(spin));
	put_write(data.va, 8);
	run();
	request.context = rig.context;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYCONTEXT, &request,
				    sizeof(request)), 0);
	assert_int_equal(*(uint64_t *)data.cpu, 8);
	assert_int_equal(atomic_load(done.value), 1);
}

static void destroying_a_blocked_context_does_not_hang(void **state)
{
	struct dxgk_wire_destroycontext request = { .pad28 = 0 };
	struct rig_fence gate;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_wait(&rig, rig.context, gate.sync, 1);
	run();
	request.context = rig.context;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYCONTEXT, &request,
				    sizeof(request)), 0);
}

/* Creates an allocation on the caller's own pages. */
static uint32_t allocate_on(void *memory, uint64_t size)
{
	struct {
		struct dxgk_wire_createallocation request;
		struct dxgk_wire_createallocation_info info;
		struct dxgk_wire_standard_allocation standard;
	} __attribute__((packed)) m = {
		.request = { .alloc_count = 1, .priv_drv_data_size = 24,
			     .flags = 1u << 16 | 1u << 5 },
		.standard = { .type = 1, .size = size },
	};
	struct {
		struct dxgk_wire_createallocation_reply reply;
		struct dxgk_wire_createallocation_result result;
	} reply = { .reply = { 0 } };
	struct {
		struct dxgk_wire_setexistingsysmempages request;
		uint64_t pages[16];
	} pages = { .request = { .num_pages = (uint32_t)(size / PAGE) } };
	uint32_t i;

	m.request.device = rig.device;
	rig_vgpu(&rig, DXGK_CMD_CREATEALLOCATION, &m, sizeof(m), &reply,
		 sizeof(reply));
	assert_int_not_equal(reply.result.allocation, 0);
	assert_int_equal(reply.result.allocation_size, size);
	pages.request.device = rig.device;
	pages.request.allocation = reply.result.allocation;
	for (i = 0; i < size / PAGE; i++)
		pages.pages[i] = ((uintptr_t)memory >> 12) + i;
	assert_int_equal(rig_status(&rig, DXGK_CMD_SETEXISTINGSYSMEMPAGES,
				    &pages, sizeof(pages.request) +
				    8 * (size / PAGE)), 0);
	return reply.result.allocation;
}

static void engines_reach_the_guests_own_pages(void **state)
{
	uint64_t va = 0, fence, size = 16 * PAGE;
	uint8_t *memory = aligned_alloc(PAGE, size);
	uint32_t allocation, i;

	(void)state;
	assert_non_null(memory);
	for (i = 0; i < size; i++)
		memory[i] = (uint8_t)(i * 13);
	allocation = allocate_on(memory, size);
	rig_map(&rig, allocation, 16, 1, &va, &fence);
	rig_make_resident(&rig, allocation, &fence);
	rig_wait_paging(&rig, fence);
	put_copy(data.va, va + 5, size - 5);
	put_fill(va + PAGE, PAGE, 0x01010101);
	run_well();
	for (i = 0; i < size - 5; i++)
		if (data.cpu[i] != (uint8_t)((i + 5) * 13))
			fail_msg("byte %u", i);
	assert_int_equal(memory[PAGE - 1], (uint8_t)((PAGE - 1) * 13));
	assert_int_equal(memory[PAGE], 1);
	assert_int_equal(memory[2 * PAGE - 1], 1);
	assert_int_equal(rig_destroy_allocation(&rig, allocation, 0), 0);
	free(memory);
}

static void guest_pages_that_are_gone_fault(void **state)
{
	uint64_t va = 0, fence;
	uint32_t allocation = allocate_on(NULL, PAGE);

	(void)state;
	rig_map(&rig, allocation, 1, 1, &va, &fence);
	rig_make_resident(&rig, allocation, &fence);
	rig_wait_paging(&rig, fence);
	put_copy(data.va, va + 64, 8);
	expect_fault_at(va + 64, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)
#define SLOW(name) cmocka_unit_test_setup_teardown(name, up_slow_paging, down)
#define TDR(name) cmocka_unit_test_setup_teardown(name, up_short_tdr, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(packets_do_what_they_are_called),
		CASE(copies_run_across_allocations),
		CASE(unknown_packet_is_a_dma_fault),
		CASE(trap_is_a_dma_fault),
		CASE(packet_with_wrong_size_is_a_dma_fault),
		CASE(packet_longer_than_its_buffer_is_a_dma_fault),
		CASE(packet_of_size_zero_is_a_dma_fault),
		CASE(write_to_nowhere_faults_at_its_address),
		CASE(read_past_the_mapping_faults_at_its_end),
		CASE(commands_that_are_not_mapped_fault),
		CASE(write_to_a_read_only_mapping_faults),
		CASE(mapped_but_not_resident_faults),
		CASE(evicted_memory_faults),
		SLOW(client_that_does_not_wait_for_paging_faults),
		SLOW(work_queued_behind_the_paging_fence_is_safe),
		CASE(write_to_a_fence_lets_its_waiters_go),
		CASE(wait_packet_lets_other_contexts_run),
		TDR(hanging_packet_is_timed_out),
		TDR(short_spin_is_no_hang),
		TDR(hang_of_one_device_leaves_others_alone),
		CASE(destroyed_memory_serves_work_queued_before),
		CASE(assumed_unused_memory_goes_at_once),
		CASE(destroying_a_context_finishes_its_work),
		TDR(destroying_a_blocked_context_does_not_hang),
		CASE(engines_reach_the_guests_own_pages),
		CASE(guest_pages_that_are_gone_fault),
	};

	return cmocka_run_group_tests_name("packet", tests, NULL, NULL);
}
