/* SPDX-License-Identifier: MIT */
/* Guests that send nonsense: a clear answer, and never a crash. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define NUMBERS		(69 + 23)

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "discrete");
	return 0;
}

/* Bad submissions lose the device: destroys must not wait for long. */
static int up_quick(void **state)
{
	(void)state;
	rig_up(&rig, "drain_ms = 1\ntdr_ms = 20\n[adapter]\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static uint32_t number(unsigned i)
{
	return i < 69 ? i : 1000 + i - 69;
}

static size_t raw(uint32_t command, uint32_t process, const void *body,
		  size_t size, bool one_way, void *reply, size_t capacity)
{
	union {
		struct {
			struct dxgk_wire_extended_header extended;
			struct dxgk_wire_vgpu_header header;
		} h;
		uint8_t bytes[4096];
	} m;
	size_t got = 0;

	memset(&m, 0, sizeof(m));
	m.h.extended.command_offset = 16;
	m.h.extended.vgpu_luid.low = 0x20000;
	m.h.header.process = process;
	m.h.header.channel_bits = command >= 1000 ? DXGK_VM_TO_HOST :
						    DXGK_VGPU_TO_HOST;
	m.h.header.command_type = command;
	if (size > 24)
		memcpy(m.bytes + 40, (const uint8_t *)body + 24, size - 24);
	assert_int_equal(dxghost_message(rig.host, DXGHOST_CHANNEL_GLOBAL, &m,
					 size + 16, !one_way, reply, capacity,
					 &got), 0);
	assert_true(got <= capacity);
	return got;
}

static void what_is_no_message_is_refused(void **state)
{
	uint8_t bytes[64] __attribute__((aligned(8))) = { 16 };
	size_t got;

	(void)state;
	assert_int_equal(dxghost_message(rig.host, 0, bytes, 0, true, NULL, 0,
					 &got), -EINVAL);
	assert_int_equal(dxghost_message(rig.host, 0, bytes, 39, true, NULL, 0,
					 &got), -EINVAL);
	bytes[0] = 48;
	assert_int_equal(dxghost_message(rig.host, 0, bytes, 64, true, NULL, 0,
					 &got), -EINVAL);
	bytes[0] = 17;
	assert_int_equal(dxghost_message(rig.host, 0, bytes, 64, true, NULL, 0,
					 &got), -EINVAL);
	assert_int_equal(dxghost_message(rig.host, -2, bytes, 64, true, NULL, 0,
					 &got), -EINVAL);
}

static void unknown_commands_are_not_implemented(void **state)
{
	static const uint32_t unknown[] = {
		3, 27, 30, 31, 34, 35, 38, 40, 43, 44, 46, 47, 53, 54, 55, 63,
		64, 65, 69, 500, 999, 1006, 1007, 1008, 1009, 1011, 1012, 1020,
		1023, 0xFFFFFFFF,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		int32_t reply[2] = { 0, 0 };

		assert_int_equal(raw(unknown[i], rig.process, NULL, 24, false,
				     reply, sizeof(reply)), 4);
		assert_int_equal(reply[0], ST_NOT_IMPLEMENTED);
	}
}

static void one_way_messages_are_never_answered(void **state)
{
	uint8_t body[900] = { 0 }, reply[2000];
	unsigned i;

	(void)state;
	for (i = 0; i < NUMBERS; i++)
		if (number(i) != DXGK_VMCMD_DESTROYPROCESS)
			assert_int_equal(raw(number(i), rig.process, body,
					     sizeof(body), true, reply,
					     sizeof(reply)), 0);
}

static void every_length_of_every_command_is_survived(void **state)
{
	uint8_t body[900] = { 0 }, reply[2000];
	unsigned i;
	size_t size;

	(void)state;
	for (i = 0; i < NUMBERS; i++) {
		if (number(i) == DXGK_VMCMD_DESTROYPROCESS)
			continue;
		for (size = 24; size <= sizeof(body); size += 4)
			raw(number(i), rig.process, body, size, false, reply,
			    sizeof(reply));
	}
}

/* Handles that exist, wrong ones, counts beyond all bounds, in any place. */
static void random_words_in_every_command_are_survived(void **state)
{
	uint32_t words[225], reply[500], seed = 7;
	struct rig_buffer buffer = { 0 };
	struct rig_fence fence = { 0 };
	unsigned i, k, round;

	(void)state;
	for (round = 0; round < 150; round++) {
		const uint32_t some[] = {
			0, 1, 2, 3, 8, 24, 32, 33, 64, 65, 1024, 4096, 0x10000,
			0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, rig.adapter,
			rig.process, rig.device, rig.context, rig.paging_queue,
			rig.paging_fence, buffer.allocation, fence.sync,
		};

		if (round % 5 == 0) {
			rig_open(&rig);
			rig_buffer(&rig, 8192, &buffer);
			rig_fence(&rig, 0, 0, &fence);
			continue;
		}
		for (i = 0; i < NUMBERS; i++) {
			uint32_t command = number(i);

			if (command == DXGK_VMCMD_DESTROYPROCESS ||
			    command == DXGK_CMD_CLOSEADAPTER)
				continue;
			for (k = 0; k < 225; k++) {
				seed = seed * 1664525u + 1013904223u;
				words[k] = some[(seed >> 16) %
						(sizeof(some) / 4)];
			}
			raw(command, rig.process, words, 24 + 4 *
			    ((seed >> 8) % 220), seed & 1, reply,
			    sizeof(reply));
		}
	}
}

static void foreign_handles_are_unknown(void **state)
{
	struct dxgk_wire_createprocess process = { .process_id = 78 };
	struct dxgk_wire_destroydevice request = { .pad28 = 0 };
	uint32_t mine = rig.process, other = 0;

	(void)state;
	rig_global(&rig, DXGK_VMCMD_CREATEPROCESS, &process, sizeof(process),
		   &other, sizeof(other));
	assert_int_not_equal(other, 0);
	request.device = rig.device;
	rig.process = other;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), ST_INVALID_PARAMETER);
	rig.process = mine + 0x40000000;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), ST_INVALID_PARAMETER);
	rig.process = mine;
	request.device = rig.context;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), ST_INVALID_PARAMETER);
	request.device = 0;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYDEVICE, &request,
				    sizeof(request)), ST_INVALID_PARAMETER);
}

static void failures_without_status_have_their_own_form(void **state)
{
	struct dxgk_wire_createdevice device = { .flags = 0xFF };
	struct dxgk_wire_createpagingqueue queue = { .args.device = 5 };
	struct dxgk_wire_evict evict = { .alloc_count = 1 };
	uint32_t reply[16] = { 1 };

	(void)state;
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_CREATEDEVICE, &device,
				  sizeof(device), reply, sizeof(reply)), 4);
	assert_int_equal(reply[0], 0);
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_CREATEPAGINGQUEUE, &queue,
				  sizeof(queue), reply, sizeof(reply)), 0);
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_EVICT, &evict, sizeof(evict),
				  reply, sizeof(reply)), 0);
	assert_int_equal(rig_create_context(&rig, rig.device, 99, 0), 0);
}

static void refused_one_way_submission_loses_the_device(void **state)
{
	struct dxgk_wire_submitcommand request = {
		.args = { .broadcast_context_count = 2 },
	};

	(void)state;
	request.args.broadcast_context[0] = rig.context;
	request.args.broadcast_context[1] = 0xdead;
	rig_post(&rig, DXGK_CMD_SUBMITCOMMAND, &request, sizeof(request));
	rig_expect_notices(&rig, 1);
	assert_int_equal(rig_device_state(&rig), 6);
}

static void unaligned_messages_are_understood(void **state)
{
	struct dxgk_wire_extended_header extended = { .command_offset = 16 };
	struct dxgk_wire_vgpu_header header = {
		.command_type = DXGK_CMD_GETINTERNALADAPTERINFO,
	};
	uint8_t bytes[48], reply[720];
	size_t got;

	(void)state;
	memcpy(bytes + 3, &extended, 16);
	memcpy(bytes + 19, &header, 24);
	assert_int_equal(dxghost_message(rig.host, 0, bytes + 3, 40, true,
					 reply + 1, 712, &got), 0);
	assert_int_equal(got, 712);
}

static void many_handles_are_distinct_and_well_formed(void **state)
{
	enum { COUNT = 2000 };
	static uint32_t handles[COUNT];
	uint32_t i;

	(void)state;
	for (i = 0; i < COUNT; i++) {
		handles[i] = rig_allocate(&rig, 4096, 0);
		assert_int_not_equal(handles[i] >> 30, 0);
		assert_int_equal(handles[i] & 63, 0);
		if (i)
			assert_int_equal(handles[i], handles[i - 1] + 0x40);
	}
	for (i = 0; i < COUNT; i++)
		assert_int_equal(rig_destroy_allocation(&rig, handles[i], 0),
				 0);
	assert_int_equal(rig_allocate(&rig, 4096, 0), handles[COUNT - 1] + 0x40);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)
#define QUICK(name) cmocka_unit_test_setup_teardown(name, up_quick, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_is_no_message_is_refused),
		CASE(unknown_commands_are_not_implemented),
		QUICK(one_way_messages_are_never_answered),
		QUICK(every_length_of_every_command_is_survived),
		QUICK(random_words_in_every_command_are_survived),
		CASE(foreign_handles_are_unknown),
		CASE(failures_without_status_have_their_own_form),
		CASE(refused_one_way_submission_loses_the_device),
		CASE(unaligned_messages_are_understood),
		CASE(many_handles_are_distinct_and_well_formed),
	};

	return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
