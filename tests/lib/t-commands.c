/* SPDX-License-Identifier: MIT */
/* Packets of dxghost/gpu.h, one after the other. */
#include "t.h"

#define MAX_BUFFER_BYTES 1024

struct t_commands t_commands(struct t_gpu *gpu)
{
	static _Thread_local size_t next;
	struct t_commands commands = { .gpu = gpu };

	if (next + MAX_BUFFER_BYTES > gpu->commands.size)
		next = 0;
	commands.address = gpu->commands.gpu + next;
	next += MAX_BUFFER_BYTES;
	return commands;
}

static void append(struct t_commands *commands, uint32_t opcode, void *packet,
		   uint32_t size)
{
	struct t_buffer *memory = &commands->gpu->commands;
	struct dxghost_packet header = { .opcode = opcode, .size = size };

	assert_true(commands->used + size <= MAX_BUFFER_BYTES);
	memcpy(packet, &header, sizeof(header));
	memcpy((char *)memory->cpu + (commands->address - memory->gpu) +
	       commands->used, packet, size);
	commands->used += size;
}

void t_fill(struct t_commands *commands, uint64_t dst, uint64_t size, uint32_t value)
{
	struct dxghost_packet_fill packet = {
		.dst = dst, .size = size, .value = value,
	};

	append(commands, DXGHOST_OP_FILL, &packet, sizeof(packet));
}

void t_copy(struct t_commands *commands, uint64_t dst, uint64_t src, uint64_t size)
{
	struct dxghost_packet_copy packet = {
		.dst = dst, .src = src, .size = size,
	};

	append(commands, DXGHOST_OP_COPY, &packet, sizeof(packet));
}

void t_write(struct t_commands *commands, uint64_t dst, uint64_t value)
{
	struct dxghost_packet_write packet = { .dst = dst, .value = value };

	append(commands, DXGHOST_OP_WRITE, &packet, sizeof(packet));
}

void t_add(struct t_commands *commands, uint64_t dst, uint64_t value)
{
	struct dxghost_packet_add packet = { .dst = dst, .value = value };

	append(commands, DXGHOST_OP_ADD, &packet, sizeof(packet));
}

void t_timestamp(struct t_commands *commands, uint64_t dst)
{
	struct dxghost_packet_timestamp packet = { .dst = dst };

	append(commands, DXGHOST_OP_TIMESTAMP, &packet, sizeof(packet));
}

void t_wait(struct t_commands *commands, uint64_t address, uint64_t value)
{
	struct dxghost_packet_wait packet = {
		.address = address, .value = value,
	};

	append(commands, DXGHOST_OP_WAIT, &packet, sizeof(packet));
}

void t_spin(struct t_commands *commands, uint64_t ns)
{
	struct dxghost_packet_spin packet = { .ns = ns };

	append(commands, DXGHOST_OP_SPIN, &packet, sizeof(packet));
}

void t_opcode(struct t_commands *commands, uint32_t opcode)
{
	struct dxghost_packet packet;

	append(commands, opcode, &packet, sizeof(packet));
}

NTSTATUS t_try_submit(const struct t_commands *commands, D3DKMT_HANDLE context)
{
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands->address,
		.CommandLength = (UINT)commands->used,
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
	};

	return D3DKMTSubmitCommand(&args);
}

void t_submit(const struct t_commands *commands, D3DKMT_HANDLE context)
{
	assert_status(t_try_submit(commands, context), STATUS_SUCCESS);
}

void t_submit_and_wait(const struct t_commands *commands)
{
	struct t_gpu *gpu = commands->gpu;

	t_submit(commands, gpu->context);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
}
