/* SPDX-License-Identifier: MIT */
/* What does a GPU page fault do, and how does a program go on? */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

/* What a program has to make anew after its device is lost. */
struct work {
	D3DKMT_HANDLE context;
	struct buffer commands;
	struct buffer result;
	struct fence done;
};

static void create_work(const struct gpu *gpu, struct work *work)
{
	work->context = gpu_create_context(gpu, 0);
	work->commands = buffer_create(gpu, 4096);
	work->result = buffer_create(gpu, 4096);
	work->done = fence_create(gpu);
}

/* Lets the GPU write a number at an address, and waits for the end of it. */
static void write_on_gpu(const struct gpu *gpu, struct work *work,
			 uint64_t address, uint64_t number)
{
	struct dxghost_packet_write write = {
		.header = { DXGHOST_OP_WRITE, sizeof(write) },
		.dst = address,
		.value = number,
	};

	memcpy(work->commands.data, &write, sizeof(write));
	CHECK(gpu_submit(work->context, work->commands.gpu_address,
			 sizeof(write)));
	fence_signal_on_gpu(work->context, &work->done, 1);
	fence_wait(gpu, &work->done, 1);
}

static D3DKMT_DEVICEEXECUTION_STATE execution_state(const struct gpu *gpu)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	CHECK(D3DKMTGetDeviceState(&args));
	return args.ExecutionState;
}

static uint64_t fault_address(const struct gpu *gpu)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};

	CHECK(D3DKMTGetDeviceState(&args));
	return args.PageFaultState.FaultedVirtualAddress;
}

/* A fence at its greatest value is the sign; the state says why. */
static int is_lost(const struct gpu *gpu, const struct work *work)
{
	return fence_value(&work->done) == UINT64_MAX ||
	       execution_state(gpu) != D3DKMT_DEVICEEXECUTION_ACTIVE;
}

int main(void)
{
	const unsigned int adapter_index = 0;
	const uint64_t bad_address = 0x1000;	/* nothing is mapped there */
	const uint64_t number = 42;
	struct gpu gpu;
	struct work work;

	gpu_open(&gpu, adapter_index);
	create_work(&gpu, &work);
	printf("The device is in state %d (1: active).\n",
	       (int)execution_state(&gpu));

	printf("Now the GPU is told to write to 0x%" PRIx64
	       ", where nothing is mapped.\n", bad_address);
	write_on_gpu(&gpu, &work, bad_address, number);
	printf("The wait has ended, as it must, or programs would hang.\n");
	if (!is_lost(&gpu, &work))
		common_die("The device has not noticed!");
	printf("The fence is at 0x%" PRIx64 ", the device in state %d "
	       "(7: page fault),\nthe fault was at 0x%" PRIx64 ".\n",
	       fence_value(&work.done), (int)execution_state(&gpu),
	       fault_address(&gpu));

	printf("There is no way back: we destroy the device with all it has\n"
	       "and make another one on the same adapter.\n");
	gpu_destroy_device(&gpu);
	gpu_create_device(&gpu);
	create_work(&gpu, &work);
	write_on_gpu(&gpu, &work, work.result.gpu_address, number);
	if (is_lost(&gpu, &work) || *(uint64_t *)work.result.data != number)
		common_die("The new device does not work!");
	printf("The new device is in state %d and has written %" PRIu64 ".\n",
	       (int)execution_state(&gpu), *(uint64_t *)work.result.data);
	gpu_close(&gpu);
	return 0;
}
