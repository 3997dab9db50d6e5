/* SPDX-License-Identifier: MIT */
/* Packets of dxghost/gpu.h, one after the other. */
#include "t.h"
#include "t-packet.h"

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

/* Where the next packet goes. */
static void *next_packet(const struct t_commands *commands)
{
	const struct t_buffer *memory = &commands->gpu->commands;

	assert_true(commands->used + T_PACKET_MAX <= MAX_BUFFER_BYTES);
	return (char *)memory->cpu + (commands->address - memory->gpu) +
	       commands->used;
}

void t_fill(struct t_commands *commands, uint64_t dst, uint64_t size, uint32_t value)
{
	commands->used += t_put_fill(next_packet(commands), dst, size, value);
}

void t_copy(struct t_commands *commands, uint64_t dst, uint64_t src, uint64_t size)
{
	commands->used += t_put_copy(next_packet(commands), dst, src, size);
}

void t_write(struct t_commands *commands, uint64_t dst, uint64_t value)
{
	commands->used += t_put_write(next_packet(commands), dst, value);
}

void t_add(struct t_commands *commands, uint64_t dst, uint64_t value)
{
	commands->used += t_put_add(next_packet(commands), dst, value);
}

void t_timestamp(struct t_commands *commands, uint64_t dst)
{
	commands->used += t_put_timestamp(next_packet(commands), dst);
}

void t_wait(struct t_commands *commands, uint64_t address, uint64_t value)
{
	commands->used += t_put_wait(next_packet(commands), address, value);
}

void t_spin(struct t_commands *commands, uint64_t ns)
{
	commands->used += t_put_spin(next_packet(commands), ns);
}

void t_opcode(struct t_commands *commands, uint32_t opcode)
{
	commands->used += t_put_opcode(next_packet(commands), opcode);
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
