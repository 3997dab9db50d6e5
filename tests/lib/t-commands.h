/* SPDX-License-Identifier: MIT */
/* Builds command buffers for the software GPU and submits them. */
#ifndef T_COMMANDS_H
#define T_COMMANDS_H

#include <stddef.h>

#include "t-gpu.h"

/*
 * The packets go into the fixture's own command memory, each buffer behind the
 * one before, so that one that still runs is not overwritten until the memory
 * has been used up (t_commands() then starts over).
 */
struct t_commands {
	struct t_gpu *gpu;
	uint64_t address;	/* of the first packet, GPU virtual */
	size_t used;		/* bytes */
};

struct t_commands t_commands(struct t_gpu *gpu);
void t_fill(struct t_commands *commands, uint64_t dst, uint64_t size, uint32_t value);
void t_copy(struct t_commands *commands, uint64_t dst, uint64_t src, uint64_t size);
void t_write(struct t_commands *commands, uint64_t dst, uint64_t value);
void t_add(struct t_commands *commands, uint64_t dst, uint64_t value);
void t_timestamp(struct t_commands *commands, uint64_t dst);
void t_wait(struct t_commands *commands, uint64_t address, uint64_t value);
void t_spin(struct t_commands *commands, uint64_t ns);
void t_opcode(struct t_commands *commands, uint32_t opcode); /* header alone */

/* Queues the buffer on a context; on the fixture's, and waits for its end. */
NTSTATUS t_try_submit(const struct t_commands *commands, D3DKMT_HANDLE context);
void t_submit(const struct t_commands *commands, D3DKMT_HANDLE context);
void t_submit_and_wait(const struct t_commands *commands);

#endif
