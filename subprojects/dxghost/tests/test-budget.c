/* SPDX-License-Identifier: MIT */
/* How processes share video memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define MIB		(1ull << 20)
/* Of the profile below; the budget of one process alone is nine tenths. */
#define LOCAL		(100 * MIB)
#define BUDGET		(90 * MIB)

#define CANT_TRIM	1u

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\nlocal_memory = 100M\nnonlocal_memory = 100M\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

/* The same host, seen by another process: for sending, not for waiting. */
static struct rig second_process(void)
{
	struct rig other = rig;

	other.process = rig_create_process(&other);
	rig_open(&other);
	return other;
}

static struct dxgk_wire_queryvideomemoryinfo_reply info(struct rig *who,
							uint32_t group)
{
	struct dxgk_wire_queryvideomemoryinfo request = {
		.adapter = who->adapter, .memory_segment_group = group,
	};
	struct dxgk_wire_queryvideomemoryinfo_reply reply;

	assert_int_equal(rig_vgpu(who, DXGK_CMD_QUERYVIDEOMEMORYINFO, &request,
				  sizeof(request), &reply, sizeof(reply)),
			 sizeof(reply));
	return reply;
}

static int32_t reserve(struct rig *who, uint64_t bytes)
{
	struct dxgk_wire_changevideomemoryreservation request = {
		.args.reservation = bytes,
	};

	return rig_status(who, DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION, &request,
			  sizeof(request));
}

static int32_t make_resident(struct rig *who, uint32_t allocation,
			     uint32_t flags, uint64_t *ret_trim)
{
	struct {
		struct dxgk_wire_makeresident request;
		uint32_t handles[2];
	} m = { .request = { .alloc_count = 1, .flags = flags } };
	struct dxgk_wire_makeresident_reply reply = { .status = 1 };

	m.request.paging_queue = who->paging_queue;
	m.handles[0] = allocation;
	rig_vgpu(who, DXGK_CMD_MAKERESIDENT, &m, sizeof(m), &reply,
		 sizeof(reply));
	*ret_trim = reply.num_bytes_to_trim;
	return reply.status;
}

static uint64_t evict(struct rig *who, uint32_t allocation)
{
	struct {
		struct dxgk_wire_evict request;
		uint32_t handles[1];
	} m = { .request = { .alloc_count = 1 } };
	struct dxgk_wire_evict_reply reply = { .num_bytes_to_trim = 1 };

	m.request.device = who->device;
	m.handles[0] = allocation;
	assert_int_equal(rig_vgpu(who, DXGK_CMD_EVICT, &m, sizeof(m), &reply,
				  sizeof(reply)), sizeof(reply));
	return reply.num_bytes_to_trim;
}

/* The verified relations hold at any time: see what one asks of the answer. */
static void expect_sane(struct rig *who)
{
	struct dxgk_wire_queryvideomemoryinfo_reply reply = info(who, 0);

	assert_true(reply.budget >= reply.available_for_reservation);
	assert_true(reply.budget >= reply.current_reservation);
	assert_true(reply.budget <= LOCAL);
}

static void budget_shrinks_by_what_others_use(void **state)
{
	struct rig other = second_process();
	uint32_t mine = rig_allocate(&rig, 60 * MIB, 0);
	uint32_t theirs = rig_allocate(&other, 50 * MIB, 0);
	uint32_t system = rig_allocate(&rig, MIB, DXGHOST_ALLOCATION_NON_LOCAL);
	uint32_t small = rig_allocate(&rig, MIB, 0);
	uint64_t trim;

	(void)state;
	assert_int_equal(info(&rig, 0).budget, BUDGET);
	assert_int_equal(make_resident(&rig, mine, 0, &trim), ST_PENDING);
	assert_int_equal(info(&rig, 0).current_usage, 60 * MIB);
	assert_int_equal(info(&rig, 0).budget, BUDGET);
	assert_int_equal(info(&other, 0).budget, 30 * MIB);
	assert_int_equal(info(&other, 1).budget, BUDGET);
	/* not within the budget, and not beside the first one either */
	assert_int_equal(make_resident(&other, theirs, 0, &trim), ST_NO_MEMORY);
	assert_int_equal(trim, 20 * MIB);
	assert_int_equal(make_resident(&other, theirs, CANT_TRIM, &trim),
			 ST_NO_MEMORY);
	assert_int_equal(info(&other, 0).current_usage, 0);
	/* 35 are beyond the budget, but there is room for them */
	theirs = rig_allocate(&other, 35 * MIB, 0);
	assert_int_equal(make_resident(&other, theirs, 0, &trim), ST_NO_MEMORY);
	assert_int_equal(make_resident(&other, theirs, CANT_TRIM, &trim),
			 ST_PENDING);
	/* now the first one is over its budget, and told so when it asks */
	assert_int_equal(info(&rig, 0).budget, 55 * MIB);
	assert_int_equal(make_resident(&rig, small, 0, &trim), ST_NO_MEMORY);
	assert_int_equal(trim, 6 * MIB);
	/* in the other group nothing is amiss */
	assert_int_equal(make_resident(&rig, system, 0, &trim), ST_PENDING);
	assert_int_equal(trim, 0);
	assert_int_equal(evict(&rig, system), 5 * MIB);
	assert_int_equal(evict(&rig, mine), 0);
	assert_int_equal(make_resident(&rig, small, 0, &trim), ST_PENDING);
	expect_sane(&rig);
	expect_sane(&other);
}

/* What is reserved is kept free, and what others reserve is not there. */
static void reservation_is_kept_for_its_process(void **state)
{
	struct rig other = second_process();
	uint32_t theirs = rig_allocate(&other, 60 * MIB, 0);
	uint32_t mine = rig_allocate(&rig, 40 * MIB, 0);
	uint64_t trim;

	(void)state;
	assert_int_equal(info(&rig, 0).available_for_reservation, 50 * MIB);
	assert_int_equal(reserve(&rig, 50 * MIB + 1), ST_INVALID_PARAMETER);
	assert_int_equal(reserve(&rig, 45 * MIB), 0);
	assert_int_equal(info(&rig, 0).current_reservation, 45 * MIB);
	assert_int_equal(info(&rig, 1).current_reservation, 0);
	assert_int_equal(info(&other, 0).budget, 45 * MIB);
	assert_int_equal(info(&other, 0).available_for_reservation, 45 * MIB);
	assert_int_equal(make_resident(&other, theirs, 0, &trim), ST_NO_MEMORY);
	assert_int_equal(trim, 15 * MIB);
	/* nor does it help to be unable to trim */
	assert_int_equal(make_resident(&other, theirs, CANT_TRIM, &trim),
			 ST_NO_MEMORY);
	assert_int_equal(reserve(&other, 45 * MIB), 0);
	assert_int_equal(make_resident(&rig, mine, 0, &trim), ST_PENDING);
	assert_int_equal(info(&other, 0).budget, 45 * MIB);
	assert_int_equal(reserve(&rig, 0), 0);
	assert_int_equal(info(&other, 0).budget, 50 * MIB);
	expect_sane(&rig);
	expect_sane(&other);
}

static void budget_comes_back_when_a_process_ends(void **state)
{
	struct rig other = second_process();
	uint32_t theirs = rig_allocate(&other, 30 * MIB, 0);
	struct dxgk_wire_destroyprocess request;
	int32_t status = -1;
	uint64_t trim;

	(void)state;
	assert_int_equal(make_resident(&other, theirs, 0, &trim), ST_PENDING);
	assert_int_equal(reserve(&other, 40 * MIB), 0);
	assert_int_equal(info(&rig, 0).budget, 50 * MIB);
	memset(&request, 0, sizeof(request));
	rig_global(&other, DXGK_VMCMD_DESTROYPROCESS, &request, sizeof(request),
		   &status, sizeof(status));
	assert_int_equal(status, 0);
	assert_int_equal(info(&rig, 0).budget, BUDGET);
}

/* It lies in the system segment and may be local again when there is room. */
static void resident_memory_moves_only_where_there_is_room(void **state)
{
	struct dxgk_wire_updateallocationproperty request = {
		.args = { .paging_queue = rig.paging_queue,
			  .property_mask = 2, .supported_segment_set = 1 },
	};
	struct dxgk_wire_updateallocationproperty_reply reply = { .status = 1 };
	uint32_t moving = rig_allocate(&rig, 30 * MIB,
				       DXGHOST_ALLOCATION_NON_LOCAL);
	uint32_t local = rig_allocate(&rig, 80 * MIB, 0);
	uint64_t trim;

	(void)state;
	assert_int_equal(make_resident(&rig, moving, 0, &trim), ST_PENDING);
	assert_int_equal(make_resident(&rig, local, 0, &trim), ST_PENDING);
	request.args.allocation = moving;
	rig_vgpu(&rig, DXGK_CMD_UPDATEALLOCATIONPROPERTY, &request,
		 sizeof(request), &reply, sizeof(reply));
	assert_int_equal(reply.status, ST_NO_MEMORY);
	assert_int_equal(info(&rig, 0).current_usage, 80 * MIB);
	assert_int_equal(info(&rig, 1).current_usage, 30 * MIB);
	evict(&rig, local);
	rig_vgpu(&rig, DXGK_CMD_UPDATEALLOCATIONPROPERTY, &request,
		 sizeof(request), &reply, sizeof(reply));
	assert_int_equal(reply.status, ST_PENDING);
	assert_int_equal(info(&rig, 0).current_usage, 30 * MIB);
	assert_int_equal(info(&rig, 1).current_usage, 0);
}

#define CASE(name)	cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(budget_shrinks_by_what_others_use),
		CASE(reservation_is_kept_for_its_process),
		CASE(budget_comes_back_when_a_process_ends),
		CASE(resident_memory_moves_only_where_there_is_room),
	};

	return cmocka_run_group_tests_name("dxghost-budget", tests, NULL, NULL);
}
