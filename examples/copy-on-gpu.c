/* SPDX-License-Identifier: MIT */
/* Can the GPU copy memory for us, and are the bytes right? */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common.h"

#define MIB (1024u * 1024)

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* Bytes that do not repeat at any page or dword border. */
static void fill_pattern(struct buffer *buffer)
{
	uint64_t *data = buffer->data, i;

	for (i = 0; i < buffer->size / 8; i++)
		data[i] = i * 0x9e3779b97f4a7c15ull;
}

/* The one packet of our command buffer, in memory that the GPU reads. */
static uint32_t write_copy_command(struct buffer *commands,
				   const struct buffer *to,
				   const struct buffer *from)
{
	struct dxghost_packet_copy copy = {
		.header = { DXGHOST_OP_COPY, sizeof(copy) },
		.dst = to->gpu_address,
		.src = from->gpu_address,
		.size = from->size,
	};

	memcpy(commands->data, &copy, sizeof(copy));
	return sizeof(copy);
}

int main(void)
{
	const unsigned int adapter_index = 0;
	const unsigned int node = 0;		/* the engine that copies */
	const uint64_t size = 64 * MIB;
	struct buffer source, target, commands;
	D3DKMT_HANDLE context;
	struct fence done;
	struct gpu gpu;
	uint32_t command_size;
	double start;

	gpu_open(&gpu, adapter_index);
	context = gpu_create_context(&gpu, node);
	done = fence_create(&gpu);
	printf("Opened adapter %u and made a device with a context on engine %u.\n",
	       adapter_index, node);

	source = buffer_create(&gpu, size);
	target = buffer_create(&gpu, size);
	commands = buffer_create(&gpu, 4096);
	printf("Video memory: source at GPU address 0x%" PRIx64
	       ", target at 0x%" PRIx64 ", %" PRIu64 " MiB each.\n",
	       source.gpu_address, target.gpu_address, size / MIB);

	fill_pattern(&source);
	memset(target.data, 0, size);
	printf("The CPU has written a pattern to the source, zeros to the target.\n");

	start = milliseconds();
	command_size = write_copy_command(&commands, &target, &source);
	CHECK(gpu_submit(context, commands.gpu_address, command_size));
	fence_signal_on_gpu(context, &done, 1);
	printf("Submitted a command buffer of %u bytes, and behind it: set the "
	       "fence to 1.\n", command_size);
	fence_wait(&gpu, &done, 1);
	printf("The fence is at %" PRIu64 " after %.1f ms: the GPU is done.\n",
	       fence_value(&done), milliseconds() - start);

	if (memcmp(source.data, target.data, size))
		common_die("The target differs from the source!");
	printf("All %" PRIu64 " MiB of the target equal the source.\n", size / MIB);

	gpu_destroy_context(context);
	fence_destroy(&done);
	buffer_destroy(&gpu, &commands);
	buffer_destroy(&gpu, &target);
	buffer_destroy(&gpu, &source);
	gpu_close(&gpu);
	return 0;
}
