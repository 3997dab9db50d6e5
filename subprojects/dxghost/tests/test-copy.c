/* SPDX-License-Identifier: MIT */
/* From bring-up to a copy by the GPU, in messages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "rig.h"

#define COPY_SIZE	(64u << 20)

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

static void copy_on_gpu_moves_the_bytes(void **state)
{
	struct rig_buffer commands, src, dst;
	struct dxghost_packet_copy *copy;
	struct rig_fence fence;
	uint32_t i;

	(void)state;
	rig_buffer(&rig, 4096, &commands);
	rig_buffer(&rig, COPY_SIZE, &src);
	rig_buffer(&rig, COPY_SIZE, &dst);
	rig_fence(&rig, 0, 0, &fence);
	for (i = 0; i < COPY_SIZE / 4; i++)
		((uint32_t *)src.cpu)[i] = i * 2654435761u;
	copy = (struct dxghost_packet_copy *)commands.cpu;
	copy->header.opcode = DXGHOST_OP_COPY;
	copy->header.size = sizeof(*copy);
	copy->dst = dst.va;
	copy->src = src.va;
	copy->size = COPY_SIZE;
	assert_int_equal(rig_submit(&rig, rig.context, commands.va,
				    sizeof(*copy)), 0);
	assert_int_equal(rig_signal(&rig, rig.context, fence.sync, 1), 0);
	assert_int_equal(rig_wait_cpu(&rig, fence.sync, 1, 42), 0);
	rig_expect_signals(&rig, 1);
	assert_int_equal(rig.last_signal, 42);
	rig_expect_value(fence.value, 1);
	assert_memory_equal(src.cpu, dst.cpu, COPY_SIZE);
	assert_int_equal(rig_device_state(&rig), 1);
}

static void destroying_the_process_leaves_nothing(void **state)
{
	struct dxgk_wire_destroyprocess request;
	struct dxghost_object_counts counts;
	struct rig_buffer buffer;
	struct rig_fence fence;

	(void)state;
	rig_buffer(&rig, 1u << 20, &buffer);
	rig_fence(&rig, 0, 0, &fence);
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.devices, 1);
	assert_int_equal(counts.allocations, 1);
	assert_int_equal(rig_status(&rig, DXGK_VMCMD_DESTROYPROCESS, &request,
				    sizeof(request)), 0);
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.adapters, 1);
	counts.adapters = 0;
	assert_memory_equal(&counts, &(struct dxghost_object_counts){ 0 },
			    sizeof(counts));
}

static void messages_are_counted(void **state)
{
	struct dxghost_message_stats stats;

	(void)state;
	assert_int_equal(dxghost_message_stats(rig.host, DXGHOST_KIND_VGPU,
					       DXGK_CMD_CREATEDEVICE, &stats),
			 0);
	assert_int_equal(stats.messages, 1);
	assert_int_equal(stats.round_trips, 1);
	assert_int_equal(stats.bytes_to_host, 56);
	assert_int_equal(stats.bytes_to_guest, 4);
	dxghost_message_stats_reset(rig.host);
	dxghost_message_stats(rig.host, DXGHOST_KIND_VGPU,
			      DXGK_CMD_CREATEDEVICE, &stats);
	assert_int_equal(stats.messages, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(copy_on_gpu_moves_the_bytes,
						up, down),
		cmocka_unit_test_setup_teardown(
			destroying_the_process_leaves_nothing, up, down),
		cmocka_unit_test_setup_teardown(messages_are_counted, up, down),
	};

	return cmocka_run_group_tests_name("copy", tests, NULL, NULL);
}
