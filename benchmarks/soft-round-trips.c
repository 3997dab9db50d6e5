/* SPDX-License-Identifier: MIT */
/* Messages, round trips and bytes to the host for each step of copy-on-gpu. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <dxg/dxg.h>

#include "../examples/common.h"
#include "message-count.h"

static void print(const char *name, struct dxg_soft_message_stats stats)
{
	printf("%-34s %8" PRIu64 " %11" PRIu64 " %13" PRIu64 " %14" PRIu64 "\n",
	       name, stats.messages, stats.round_trips, stats.bytes_to_host,
	       stats.bytes_to_guest);
}

/* Prints what has been counted since the step before. */
static void step(const char *name)
{
	static struct dxg_soft_message_stats before;
	struct dxg_soft_message_stats now = message_count_all();

	print(name, message_count_between(&before, &now));
	before = now;
}

static void copy(const struct gpu *gpu, D3DKMT_HANDLE context,
		 struct buffer *commands, const struct buffer *to,
		 const struct buffer *from, const struct fence *done)
{
	struct dxghost_packet_copy packet = {
		.header = { DXGHOST_OP_COPY, sizeof(packet) },
		.dst = to->gpu_address,
		.src = from->gpu_address,
		.size = from->size,
	};

	memcpy(commands->data, &packet, sizeof(packet));
	CHECK(gpu_submit(context, commands->gpu_address, sizeof(packet)));
	step("submit the copy");
	fence_signal_on_gpu(context, done, 1);
	step("queue the signal");
	fence_wait(gpu, done, 1);
	step("wait for the fence");
}

int main(void)
{
	const uint64_t size = 64 * 1024 * 1024;
	struct buffer source, target, commands;
	D3DKMT_HANDLE context;
	struct fence done;
	struct gpu gpu;

	CHECK(dxg_set_device("soft"));
	message_count_load();
	printf("%-34s %8s %11s %13s %14s\n", "step", "messages", "round trips",
	       "bytes to host", "bytes to guest");
	gpu_open(&gpu, 0);
	step("open: adapter, device, queue");
	context = gpu_create_context(&gpu, 0);
	step("create the context");
	done = fence_create(&gpu);
	step("create the fence");
	source = buffer_create(&gpu, size);
	step("create, map, make resident, lock");
	target = buffer_create(&gpu, size);
	step("the same for the target");
	commands = buffer_create(&gpu, 4096);
	step("the same for the commands");
	copy(&gpu, context, &commands, &target, &source, &done);
	if (memcmp(source.data, target.data, size))
		common_die("the target differs from the source");
	step("read back and compare");
	buffer_destroy(&gpu, &commands);
	buffer_destroy(&gpu, &target);
	buffer_destroy(&gpu, &source);
	step("destroy the three buffers");
	fence_destroy(&done);
	gpu_destroy_context(context);
	gpu_close(&gpu);
	step("close");
	print("all of it", message_count_all());
	return 0;
}
