/* SPDX-License-Identifier: MIT */
/* Work for the GPU, and waits of both sides. */
#include "load.h"

#include <unistd.h>

#define A_WHILE_NS 300000

static NTSTATUS submit(struct t_gpu *gpu, uint64_t address, UINT size)
{
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = address,
		.CommandLength = size,
		.BroadcastContextCount = 1,
		.BroadcastContext = { gpu->context },
	};

	return D3DKMTSubmitCommand(&args);
}

static NTSTATUS wait_for(struct t_gpu *gpu, uint64_t value)
{
	return t_wait_cpu(gpu->device, gpu->fence.handle, value);
}

void load_begin(struct t_gpu *gpu)
{
	struct dxghost_packet_spin packet = {
		.header = { DXGHOST_OP_SPIN, sizeof(packet) },
		.ns = A_WHILE_NS,
	};

	memcpy(gpu->commands.cpu, &packet, sizeof(packet));
}

/* Blocks, since the work takes longer than the call. */
static NTSTATUS cpu_waits_for_the_gpu(struct t_gpu *gpu)
{
	NTSTATUS status = submit(gpu, gpu->commands.gpu,
				 sizeof(struct dxghost_packet_spin));

	if (status >= 0)
		status = t_signal_gpu(gpu->context, gpu->fence.handle,
				      ++gpu->fence_value);
	return status < 0 ? status : wait_for(gpu, gpu->fence_value);
}

static NTSTATUS gpu_waits_for_the_cpu(struct t_gpu *gpu)
{
	NTSTATUS status = t_wait_gpu(gpu->context, gpu->fence.handle,
				     ++gpu->fence_value);

	if (status >= 0)
		status = t_signal_cpu(gpu->device, gpu->fence.handle,
				      gpu->fence_value);
	return status;
}

static NTSTATUS event_is_waited_for(struct t_gpu *gpu)
{
	int event = t_create_event();
	NTSTATUS status = t_wait_cpu_event(gpu->device, gpu->fence.handle,
					   ++gpu->fence_value, event);

	if (status >= 0)
		status = t_signal_cpu(gpu->device, gpu->fence.handle,
				      gpu->fence_value);
	close(event);
	return status;
}

const struct load load_work[] = {
	{ "CPU waits for the GPU", cpu_waits_for_the_gpu },
	{ "GPU waits for the CPU", gpu_waits_for_the_cpu },
	{ "event is waited for", event_is_waited_for },
	{ .name = NULL }
};
