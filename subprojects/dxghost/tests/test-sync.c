/* SPDX-License-Identifier: MIT */
/* Fences: waits and signals of the CPU and of contexts. */
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

#define NO_MAX_ON_TDR	(1u << 6)
#define NO_SIGNAL	(1u << 4)
#define NO_WAIT		(1u << 5)
#define REWIND		(1u << 2)
#define SIGNAL_BY_KMD	(1u << 8)

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "discrete");
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

static void wait_for_value_already_reached_signals_at_once(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 7, 0, &fence);
	assert_int_equal(atomic_load(fence.value), 7);
	assert_int_equal(rig_wait_cpu(&rig, fence.sync, 7, 99), 0);
	rig_expect_signals(&rig, 1);
	assert_int_equal(rig.last_signal, 99);
}

static void wait_before_signal_is_signaled_once(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	assert_int_equal(rig_wait_cpu(&rig, fence.sync, 2, 5), 0);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 1, 0), 0);
	assert_int_equal(rig.signals, 0);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 2, 0), 0);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 3, 0), 0);
	rig_expect_signals(&rig, 1);
	assert_int_equal(atomic_load(fence.value), 3);
}

static int32_t wait_two(const struct rig_fence *a, const struct rig_fence *b,
			uint64_t value, uint32_t flags)
{
	struct {
		struct dxgk_wire_waitforsyncobjectfromcpu request;
		uint32_t objects[2];
		uint64_t values[2];
	} m = {
		.request = { .device = rig.device, .object_count = 2,
			     .flags = flags, .guest_event_id = 8 },
		.objects = { a->sync, b->sync }, .values = { value, value },
	};

	return rig_status(&rig, DXGK_CMD_WAITFORSYNCOBJECTFROMCPU, &m,
			  sizeof(m));
}

static void wait_for_any_needs_one_of_them(void **state)
{
	struct rig_fence a, b;

	(void)state;
	rig_fence(&rig, 0, 0, &a);
	rig_fence(&rig, 0, 0, &b);
	assert_int_equal(wait_two(&a, &b, 1, 1), 0);
	assert_int_equal(rig.signals, 0);
	rig_signal_cpu(&rig, b.sync, 1, 0);
	rig_expect_signals(&rig, 1);
	rig_signal_cpu(&rig, a.sync, 1, 0);
	assert_int_equal(rig.signals, 1);
}

static void wait_for_all_looks_at_all_together(void **state)
{
	struct rig_fence a, b;

	(void)state;
	rig_fence(&rig, 0, 0, &a);
	rig_fence(&rig, 0, 0, &b);
	assert_int_equal(wait_two(&a, &b, 2, 0), 0);
	rig_signal_cpu(&rig, a.sync, 2, 0);
	rig_signal_cpu(&rig, a.sync, 1, REWIND);
	rig_signal_cpu(&rig, b.sync, 2, 0);
	assert_int_equal(rig.signals, 0);
	rig_signal_cpu(&rig, a.sync, 2, 0);
	rig_expect_signals(&rig, 1);
}

static void wait_for_one_fence_twice_is_satisfied_once(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	assert_int_equal(wait_two(&fence, &fence, 3, 0), 0);
	rig_signal_cpu(&rig, fence.sync, 3, 0);
	rig_expect_signals(&rig, 1);
}

static void signal_below_the_value_needs_rewind(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 10, 0, &fence);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 9, 0),
			 ST_INVALID_PARAMETER);
	assert_int_equal(atomic_load(fence.value), 10);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 10, 0), 0);
	assert_int_equal(rig_signal_cpu(&rig, fence.sync, 9, REWIND), 0);
	assert_int_equal(atomic_load(fence.value), 9);
}

static void handles_without_the_right_are_denied(void **state)
{
	struct rig_fence no_signal, no_wait;

	(void)state;
	rig_fence(&rig, 0, NO_SIGNAL, &no_signal);
	rig_fence(&rig, 0, NO_WAIT, &no_wait);
	assert_int_equal(rig_signal_cpu(&rig, no_signal.sync, 1, 0),
			 ST_ACCESS_DENIED);
	assert_int_equal(rig_wait_cpu(&rig, no_wait.sync, 1, 1),
			 ST_ACCESS_DENIED);
	assert_int_equal(rig_wait(&rig, rig.context, no_wait.sync, 1),
			 ST_ACCESS_DENIED);
}

static void context_waits_until_the_cpu_signals(void **state)
{
	struct rig_fence gate, done;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_fence(&rig, 0, 0, &done);
	assert_int_equal(rig_wait(&rig, rig.context, gate.sync, 1), 0);
	assert_int_equal(rig_signal(&rig, rig.context, done.sync, 1), 0);
	settle();
	assert_int_equal(atomic_load(done.value), 0);
	assert_int_equal(rig_signal_cpu(&rig, gate.sync, 1, 0), 0);
	rig_expect_value(done.value, 1);
}

static void blocked_context_does_not_hold_up_the_node(void **state)
{
	uint32_t other = rig_create_context(&rig, rig.device, 0, 0);
	struct rig_fence gate, done;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_fence(&rig, 0, 0, &done);
	rig_wait(&rig, rig.context, gate.sync, 1);
	rig_signal(&rig, other, done.sync, 1);
	rig_expect_value(done.value, 1);
}

static void broadcast_signal_needs_all_contexts(void **state)
{
	struct {
		struct dxgk_wire_signalsyncobject request;
		uint32_t object, contexts[2], pad;
		uint64_t value;
	} __attribute__((packed)) m = {
		.request = { .object_count = 1, .context_count = 2 },
		.value = 4,
	};
	uint32_t other = rig_create_context(&rig, rig.device, 1, 0);
	struct rig_fence gate, done;
	uint8_t bytes[sizeof(m)];

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_fence(&rig, 0, 0, &done);
	rig_wait(&rig, other, gate.sync, 1);
	m.object = done.sync;
	m.contexts[0] = rig.context;
	m.contexts[1] = other;
	/* The value follows the contexts directly. */
	memcpy(bytes, &m, sizeof(m));
	memcpy(bytes + sizeof(m.request) + 12, &m.value, 8);
	assert_int_equal(rig_status(&rig, DXGK_CMD_SIGNALSYNCOBJECT, bytes,
				    sizeof(m.request) + 20), 0);
	settle();
	assert_int_equal(atomic_load(done.value), 0);
	rig_signal_cpu(&rig, gate.sync, 1, 0);
	rig_expect_value(done.value, 4);
}

static void cpu_event_comes_when_the_context_has_come_to_it(void **state)
{
	struct {
		struct dxgk_wire_signalsyncobject request;
		uint32_t context, pad;
	} m = {
		.request = { .flags = 1u << 1, .context_count = 1,
			     .u.cpu_event_id = 0x1234 },
	};
	struct rig_fence gate;

	(void)state;
	m.context = rig.context;
	rig_fence(&rig, 0, 0, &gate);
	rig_wait(&rig, rig.context, gate.sync, 1);
	assert_int_equal(rig_status(&rig, DXGK_CMD_SIGNALSYNCOBJECT, &m,
				    sizeof(m.request) + 4), 0);
	settle();
	assert_int_equal(rig.signals, 0);
	rig_signal_cpu(&rig, gate.sync, 1, 0);
	rig_expect_signals(&rig, 1);
	assert_int_equal(rig.last_signal, 0x1234);
}

static uint32_t create_with(uint32_t flags, uint32_t type, uint32_t a, uint32_t b)
{
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply = { 0 };

	request.args.device = rig.device;
	request.args.info.type = type;
	request.args.info.flags = flags;
	request.args.info.u.semaphore.max_count = a;
	request.args.info.u.semaphore.initial_count = b;
	rig_vgpu(&rig, DXGK_CMD_CREATESYNCOBJECT, &request, sizeof(request),
		 &reply, sizeof(reply));
	return reply.sync_object;
}

static uint32_t create(uint32_t type, uint32_t a, uint32_t b)
{
	return create_with(0, type, a, b);
}

static int32_t wait_legacy(uint32_t context, uint32_t sync, uint64_t value)
{
	struct {
		struct dxgk_wire_waitforsyncobjectfromgpu request;
		uint64_t value;
		uint32_t object, pad;
	} m = {
		.request = { .context_or_hwqueue = context, .object_count = 1,
			     .legacy_fence_object = 1 },
		.value = value, .object = sync,
	};

	return rig_status(&rig, DXGK_CMD_WAITFORSYNCOBJECTFROMGPU, &m,
			  sizeof(m));
}

static void semaphore_lets_through_as_many_as_it_counts(void **state)
{
	uint32_t semaphore = create(2, 2, 1);
	struct rig_fence first, second;

	(void)state;
	assert_int_not_equal(semaphore, 0);
	rig_fence(&rig, 0, 0, &first);
	rig_fence(&rig, 0, 0, &second);
	assert_int_equal(wait_legacy(rig.context, semaphore, 0), 0);
	rig_signal(&rig, rig.context, first.sync, 1);
	assert_int_equal(wait_legacy(rig.context, semaphore, 0), 0);
	rig_signal(&rig, rig.context, second.sync, 1);
	rig_expect_value(first.value, 1);
	settle();
	assert_int_equal(atomic_load(second.value), 0);
	rig_signal(&rig, rig_create_context(&rig, rig.device, 1, 0), semaphore,
		   0);
	rig_expect_value(second.value, 1);
}

static void mutex_is_held_by_one_context_at_a_time(void **state)
{
	uint32_t other = rig_create_context(&rig, rig.device, 1, 0);
	uint32_t mutex = create(1, 0, 0);
	struct rig_fence mine, theirs;

	(void)state;
	rig_fence(&rig, 0, 0, &mine);
	rig_fence(&rig, 0, 0, &theirs);
	wait_legacy(rig.context, mutex, 0);
	rig_signal(&rig, rig.context, mine.sync, 1);
	rig_expect_value(mine.value, 1);
	wait_legacy(other, mutex, 0);
	rig_signal(&rig, other, theirs.sync, 1);
	settle();
	assert_int_equal(atomic_load(theirs.value), 0);
	rig_signal(&rig, rig.context, mutex, 0);
	rig_expect_value(theirs.value, 1);
}

static void cpu_refuses_what_is_no_monitored_fence(void **state)
{
	uint32_t mutex = create(1, 0, 0);

	(void)state;
	assert_int_equal(rig_wait_cpu(&rig, mutex, 0, 1), ST_INVALID_PARAMETER);
	assert_int_equal(rig_signal_cpu(&rig, mutex, 0, 0),
			 ST_INVALID_PARAMETER);
	assert_int_equal(create(0, 0, 0), 0);
	assert_int_equal(create(4, 0, 0), 0);
	assert_int_equal(create(6, 0, 0), 0);
	assert_int_equal(create(2, 1, 2), 0);
}

static void cpu_notification_is_sent_at_each_signal(void **state)
{
	uint32_t notification = create(4, 77, 0);

	(void)state;
	assert_int_not_equal(notification, 0);
	rig_signal(&rig, rig.context, notification, 0);
	rig_signal(&rig, rig.context, notification, 0);
	rig_expect_signals(&rig, 2);
	assert_int_equal(rig.last_signal, 77);
}

static void only_a_notification_is_signaled_by_the_driver(void **state)
{
	uint32_t notification = create_with(SIGNAL_BY_KMD, 4, 77, 0);
	uint32_t type;

	(void)state;
	assert_int_not_equal(notification, 0);
	rig_signal(&rig, rig.context, notification, 0);
	rig_expect_signals(&rig, 1);
	for (type = 1; type <= 5; type++)
		if (type != 4)
			assert_int_equal(create_with(SIGNAL_BY_KMD, type, 1, 0), 0);
}

static int32_t destroy_sync(uint32_t sync)
{
	struct dxgk_wire_destroysyncobject request = { .sync_object = sync };

	return rig_status(&rig, DXGK_VMCMD_DESTROYSYNCOBJECT, &request,
			  sizeof(request));
}

static void wait_outlives_the_handle(void **state)
{
	struct rig_fence gate, done;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_fence(&rig, 0, 0, &done);
	assert_int_equal(rig_wait_cpu(&rig, gate.sync, 1, 3), 0);
	rig_wait(&rig, rig.context, gate.sync, 1);
	rig_signal(&rig, rig.context, done.sync, 1);
	assert_int_equal(destroy_sync(gate.sync), 0);
	assert_int_equal(destroy_sync(gate.sync), ST_INVALID_PARAMETER);
	assert_int_equal(rig_wait_cpu(&rig, gate.sync, 1, 3),
			 ST_INVALID_PARAMETER);
}

static void fence_of_a_paging_queue_is_not_the_clients(void **state)
{
	(void)state;
	assert_int_equal(destroy_sync(rig.paging_fence), ST_INVALID_PARAMETER);
	assert_int_equal(rig_signal_cpu(&rig, rig.paging_fence, 100, 0),
			 ST_ACCESS_DENIED);
	assert_int_equal(rig_wait_cpu(&rig, rig.paging_fence, 0, 1), 0);
	rig_expect_signals(&rig, 1);
}

static void lost_device_releases_its_waiters(void **state)
{
	struct dxgk_wire_markdeviceaserror request = {
		.args.reason = 0x80000006,
	};
	struct rig_fence fence, stays;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	rig_fence(&rig, 5, NO_MAX_ON_TDR, &stays);
	assert_int_equal(rig_wait_cpu(&rig, fence.sync, 9, 4), 0);
	request.args.device = rig.device;
	assert_int_equal(rig_status(&rig, DXGK_CMD_MARKDEVICEASERROR, &request,
				    sizeof(request)), 0);
	rig_expect_signals(&rig, 1);
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig.notice_cookie, 0xc00c1e);
	assert_int_equal(atomic_load(fence.value), UINT64_MAX);
	assert_int_equal(atomic_load(rig.paging_value), UINT64_MAX);
	assert_int_equal(atomic_load(stays.value), 5);
	assert_int_equal(rig_device_state(&rig), 2);
	assert_int_equal(rig_submit(&rig, rig.context, 0x1000, 8),
			 ST_GPU_EXCEPTION_ON_DEVICE);
	assert_int_equal(rig_status(&rig, DXGK_CMD_MARKDEVICEASERROR, &request,
				    sizeof(request)), 0);
	assert_int_equal(rig.notices, 1);
}

static void destroyed_device_releases_its_waiters(void **state)
{
	struct dxgk_wire_destroydevice request = { .pad28 = 0 };
	struct rig_fence fence, stays;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	rig_fence(&rig, 0, NO_MAX_ON_TDR, &stays);
	rig_wait_cpu(&rig, fence.sync, 9, 4);
	rig_wait_cpu(&rig, stays.sync, 9, 5);
	request.device = rig.device;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), 0);
	rig_expect_signals(&rig, 2);
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), ST_INVALID_PARAMETER);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(wait_for_value_already_reached_signals_at_once),
		CASE(wait_before_signal_is_signaled_once),
		CASE(wait_for_any_needs_one_of_them),
		CASE(wait_for_all_looks_at_all_together),
		CASE(wait_for_one_fence_twice_is_satisfied_once),
		CASE(signal_below_the_value_needs_rewind),
		CASE(handles_without_the_right_are_denied),
		CASE(context_waits_until_the_cpu_signals),
		CASE(blocked_context_does_not_hold_up_the_node),
		CASE(broadcast_signal_needs_all_contexts),
		CASE(cpu_event_comes_when_the_context_has_come_to_it),
		CASE(semaphore_lets_through_as_many_as_it_counts),
		CASE(mutex_is_held_by_one_context_at_a_time),
		CASE(cpu_refuses_what_is_no_monitored_fence),
		CASE(cpu_notification_is_sent_at_each_signal),
		CASE(only_a_notification_is_signaled_by_the_driver),
		CASE(wait_outlives_the_handle),
		CASE(fence_of_a_paging_queue_is_not_the_clients),
		CASE(lost_device_releases_its_waiters),
		CASE(destroyed_device_releases_its_waiters),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
