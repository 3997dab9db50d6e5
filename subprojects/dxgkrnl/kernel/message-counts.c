/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How many messages of each kind have gone to the host. */

#include <linux/string.h>

#include "kernel/message-counts.h"

u32 dxgk_message_command(const void *message, u32 version)
{
	const struct dxgk_wire_extended_header *extended = message;
	const struct dxgk_wire_vgpu_header *header = message;

	if (version >= DXGK_WIRE_VERSION)
		header = message + extended->command_offset;
	return header->command_type;
}

/* Both kinds of commands are ours; the wire has no others. */
static struct dxgk_message_count __percpu *
dxgk_message_count_of(struct dxgk_message_counts __percpu *counts, u32 command)
{
	if (command < DXGK_COUNTED_VGPU)
		return &counts->vgpu[command];
	return &counts->vm[(command - DXGK_VMCMD_CREATEPROCESS) %
			   DXGK_COUNTED_VM];
}

void dxgk_message_count_sync(struct dxgk_message_counts __percpu *counts,
			     u32 command, u32 size, int result)
{
	struct dxgk_message_count __percpu *count =
		dxgk_message_count_of(counts, command);

	this_cpu_inc(count->sync);
	this_cpu_add(count->sent, size);
	if (result < 0)
		this_cpu_inc(count->failed);
	else
		this_cpu_add(count->received, result);
}

void dxgk_message_count_async(struct dxgk_message_counts __percpu *counts,
			      u32 command, u32 size, int result)
{
	struct dxgk_message_count __percpu *count =
		dxgk_message_count_of(counts, command);

	this_cpu_inc(count->async);
	this_cpu_add(count->sent, size);
	if (result < 0)
		this_cpu_inc(count->failed);
}

void dxgk_message_counts_sum(struct dxgk_message_counts __percpu *counts,
			     u32 command, struct dxgk_message_count *ret_sum)
{
	struct dxgk_message_count __percpu *count =
		dxgk_message_count_of(counts, command);
	const struct dxgk_message_count *one;
	int cpu;

	memset(ret_sum, 0, sizeof(*ret_sum));
	for_each_possible_cpu(cpu) {
		one = per_cpu_ptr(count, cpu);
		ret_sum->sync += READ_ONCE(one->sync);
		ret_sum->async += READ_ONCE(one->async);
		ret_sum->sent += READ_ONCE(one->sent);
		ret_sum->received += READ_ONCE(one->received);
		ret_sum->failed += READ_ONCE(one->failed);
	}
}
