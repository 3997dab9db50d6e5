/* SPDX-License-Identifier: MIT */
/* Messages, round trips and bytes to the host for each step of copy-on-gpu. */
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dxg/dxg.h>
#include <dxg/soft.h>

#include "../examples/common.h"

/* Far more than there are commands of either kind. */
#define MAX_COMMAND 2048

static int (*message_stats)(uint32_t channel_kind, uint32_t command,
			    struct dxg_soft_message_stats *ret_stats);
static void (*message_stats_reset)(void);

static void find(void *library, const char *name, void *ret_function)
{
	void *symbol = dlsym(library, name);

	if (!symbol)
		common_die(dlerror());
	memcpy(ret_function, &symbol, sizeof(symbol));
}

/* The same copy of the library that libdxg loads. */
static void load_counters(void)
{
	const char *name = getenv("DXG_SOFT_LIBRARY");
	void *library = dlopen(name ? name : "libdxg-soft.so", RTLD_NOW);

	if (!library)
		common_die(dlerror());
	find(library, "dxg_soft_message_stats", &message_stats);
	find(library, "dxg_soft_message_stats_reset", &message_stats_reset);
}

static struct dxg_soft_message_stats sum_of_all(void)
{
	struct dxg_soft_message_stats sum = { 0 }, one;
	uint32_t kind, command;

	for (kind = DXG_SOFT_CHANNEL_VGPU; kind <= DXG_SOFT_CHANNEL_GLOBAL; kind++) {
		for (command = 0; command < MAX_COMMAND; command++) {
			if (message_stats(kind, command, &one))
				continue;
			sum.messages += one.messages;
			sum.round_trips += one.round_trips;
			sum.bytes_to_host += one.bytes_to_host;
			sum.bytes_to_guest += one.bytes_to_guest;
		}
	}
	return sum;
}

/* Prints what has been counted since the step before. */
static void step(const char *name)
{
	static struct dxg_soft_message_stats total;
	struct dxg_soft_message_stats sum = sum_of_all();

	printf("%-34s %8" PRIu64 " %11" PRIu64 " %13" PRIu64 " %14" PRIu64 "\n",
	       name, sum.messages, sum.round_trips, sum.bytes_to_host,
	       sum.bytes_to_guest);
	total.messages += sum.messages;
	total.round_trips += sum.round_trips;
	total.bytes_to_host += sum.bytes_to_host;
	total.bytes_to_guest += sum.bytes_to_guest;
	if (!strcmp(name, "close"))
		printf("%-34s %8" PRIu64 " %11" PRIu64 " %13" PRIu64 " %14"
		       PRIu64 "\n", "all of it", total.messages,
		       total.round_trips, total.bytes_to_host,
		       total.bytes_to_guest);
	message_stats_reset();
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
	load_counters();
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
	return 0;
}
