/* SPDX-License-Identifier: MIT */
/* What two processes of a guest have to do with each other. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define SHARED_BY_HANDLE	0x3u

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\nvsync_hz = 500\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static void settle(void)
{
	struct timespec time = { .tv_nsec = 5000000 };

	nanosleep(&time, NULL);
}

/* The same host, seen by another process: for sending, not for waiting. */
static struct rig second_process(void)
{
	struct rig other = rig;

	other.process = rig_create_process(&other);
	rig_open(&other);
	return other;
}

static void destroy_process(struct rig *who)
{
	struct dxgk_wire_destroyprocess request;
	int32_t status = -1;

	memset(&request, 0, sizeof(request));
	rig_global(who, DXGK_VMCMD_DESTROYPROCESS, &request, sizeof(request),
		   &status, sizeof(status));
	assert_int_equal(status, 0);
}

static uint32_t create_mutex(struct rig *who, uint32_t *ret_global)
{
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply = { 0 };

	request.args.device = who->device;
	request.args.info.type = 1;
	request.args.info.flags = SHARED_BY_HANDLE;
	rig_vgpu(who, DXGK_CMD_CREATESYNCOBJECT, &request, sizeof(request),
		 &reply, sizeof(reply));
	*ret_global = reply.global_sync_object;
	return reply.sync_object;
}

static uint32_t open_sync(struct rig *who, uint32_t global)
{
	struct dxgk_wire_opensyncobject request = {
		.device = who->device, .global_sync_object = global,
	};
	struct dxgk_wire_opensyncobject_reply reply = { .status = -1 };

	rig_global(who, DXGK_VMCMD_OPENSYNCOBJECT, &request, sizeof(request),
		   &reply, sizeof(reply));
	assert_int_equal(reply.status, 0);
	return reply.sync_object;
}

static void acquire(struct rig *who, uint32_t mutex)
{
	struct {
		struct dxgk_wire_waitforsyncobjectfromgpu request;
		uint64_t value;
		uint32_t object, pad;
	} m = {
		.request = { .context_or_hwqueue = who->context,
			     .object_count = 1, .legacy_fence_object = 1 },
		.object = mutex,
	};

	assert_int_equal(rig_status(who, DXGK_CMD_WAITFORSYNCOBJECTFROMGPU, &m,
				    sizeof(m)), 0);
}

/* What it held when it died is free for the others that know of it. */
static void mutex_of_a_dead_process_is_let_go(void **state)
{
	struct rig other = second_process();
	struct rig_fence mine, theirs;
	uint32_t global, mutex;

	(void)state;
	rig_fence(&rig, 0, 0, &mine);
	rig_fence(&other, 0, 0, &theirs);
	mutex = create_mutex(&rig, &global);
	acquire(&other, open_sync(&other, global));
	rig_signal(&other, other.context, theirs.sync, 1);
	rig_expect_value(theirs.value, 1);
	acquire(&rig, mutex);
	rig_signal(&rig, rig.context, mine.sync, 1);
	settle();
	assert_int_equal(atomic_load(mine.value), 0);
	destroy_process(&other);
	rig_expect_value(mine.value, 1);
}

static uint32_t create_periodic(struct rig *who, struct rig_fence *fence)
{
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply = { 0 };

	request.args.device = who->device;
	request.args.info.type = 6;
	request.args.info.flags = SHARED_BY_HANDLE;
	request.args.info.u.periodic_monitored_fence.adapter = who->adapter;
	assert_int_equal(rig_vgpu(who, DXGK_CMD_CREATESYNCOBJECT, &request,
				  sizeof(request), &reply, sizeof(reply)),
			 sizeof(reply));
	fence->sync = reply.sync_object;
	fence->va = reply.fence_gpu_va;
	fence->value = (_Atomic uint64_t *)
		(who->io + reply.fence_storage_address - RIG_IO_START);
	return reply.global_sync_object;
}

/* It counts for whoever is left, and ends with the last one. */
static void periodic_fence_outlives_the_process_that_made_it(void **state)
{
	struct rig other = second_process();
	struct dxghost_object_counts before, after;
	uint32_t global, mine;
	struct rig_fence made;
	uint64_t value;

	(void)state;
	dxghost_object_counts(rig.host, &before);
	global = create_periodic(&other, &made);
	mine = open_sync(&rig, global);
	assert_int_equal(rig_wait_cpu(&other, made.sync, UINT64_MAX, 1), 0);
	destroy_process(&other);
	rig_expect_signals(&rig, 1);
	value = atomic_load(made.value);
	assert_int_equal(rig_wait_cpu(&rig, mine, value + 2, 2), 0);
	rig_expect_signals(&rig, 2);
	assert_int_equal(rig.last_signal, 2);
	assert_true(atomic_load(made.value) >= value + 2);
	assert_int_equal(rig_signal_cpu(&rig, mine, UINT64_MAX, 0),
			 ST_INVALID_PARAMETER);
	assert_int_equal(rig_signal(&rig, rig.context, mine, UINT64_MAX),
			 ST_INVALID_PARAMETER);
	destroy_process(&rig);
	dxghost_object_counts(rig.host, &after);
	assert_int_equal(after.sync_objects, 0);
	assert_int_equal(after.io_space_bytes, 0);
	assert_true(before.io_space_bytes > 0);
}

struct runner {
	struct rig *who;
	uint32_t context;
	uint64_t va;
	volatile uint64_t *stamp;
};

/* A context whose one buffer, behind the gate, says when it ran. */
static struct runner queue_stamp(struct rig *who, uint32_t gate,
				 uint32_t in_process)
{
	struct dxgk_wire_setcontextschedulingpriority priority = {
		.priority = in_process, .in_process = 1,
	};
	struct dxghost_packet_timestamp packet = {
		.header = { DXGHOST_OP_TIMESTAMP, sizeof(packet) },
	};
	struct runner runner = { .who = who };
	struct rig_buffer buffer;

	runner.context = rig_create_context(who, who->device, 0, 0);
	priority.context = runner.context;
	assert_int_equal(rig_status(who, DXGK_CMD_SETCONTEXTSCHEDULINGPRIORITY,
				    &priority, sizeof(priority)), 0);
	rig_buffer(who, 4096, &buffer);
	packet.dst = buffer.va + 1024;
	memcpy(buffer.cpu, &packet, sizeof(packet));
	runner.stamp = (volatile uint64_t *)(buffer.cpu + 1024);
	runner.va = buffer.va;
	assert_int_equal(rig_wait(who, runner.context, gate, 1), 0);
	assert_int_equal(rig_submit(who, runner.context, buffer.va,
				    sizeof(packet)), 0);
	return runner;
}

/* The engine takes them in turn: what was queued before is at its gate now. */
static void catch_up(uint32_t context, const struct rig_fence *turn)
{
	uint64_t value = atomic_load(turn->value) + 1;

	rig_signal(&rig, context, turn->sync, value);
	rig_expect_value(turn->value, value);
}

/*
 * All come to the engine at the same moment, in this order. The one that is more
 * urgent in its process takes the place of that process's first, no other's.
 */
static void in_process_priority_is_no_affair_of_others(void **state)
{
	struct rig other = second_process();
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply = { 0 };
	struct rig_fence done, their_done, turn;
	struct runner theirs, plain, urgent;
	uint32_t their_gate;

	(void)state;
	request.args.device = rig.device;
	request.args.info.type = 5;
	request.args.info.flags = SHARED_BY_HANDLE;
	rig_vgpu(&rig, DXGK_CMD_CREATESYNCOBJECT, &request, sizeof(request),
		 &reply, sizeof(reply));
	their_gate = open_sync(&other, reply.global_sync_object);
	rig_fence(&rig, 0, 0, &done);
	rig_fence(&rig, 0, 0, &turn);
	rig_fence(&other, 0, 0, &their_done);
	theirs = queue_stamp(&other, their_gate, 0);
	catch_up(rig.context, &turn);
	plain = queue_stamp(&rig, reply.sync_object, 0);
	catch_up(rig.context, &turn);
	urgent = queue_stamp(&rig, reply.sync_object, 1);
	rig_signal(&other, theirs.context, their_done.sync, 1);
	rig_signal(&rig, plain.context, done.sync, 1);
	catch_up(rig.context, &turn);
	assert_int_equal(rig_signal_cpu(&rig, reply.sync_object, 1, 0), 0);
	rig_expect_value(done.value, 1);
	rig_expect_value(their_done.value, 1);
	assert_true(*theirs.stamp && *theirs.stamp < *urgent.stamp);
	assert_true(*urgent.stamp < *plain.stamp);
}

#define CASE(name)	cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(mutex_of_a_dead_process_is_let_go),
		CASE(in_process_priority_is_no_affair_of_others),
		CASE(periodic_fence_outlives_the_process_that_made_it),
	};

	return cmocka_run_group_tests_name("dxghost-processes", tests, NULL,
					   NULL);
}
