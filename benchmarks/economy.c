/* SPDX-License-Identifier: MIT */
/* What every call and three programs cost in messages: docs/benchmarks.md. */
#include "economy.h"

#include <stdio.h>

#include <dxg/dxg.h>

#include "message-count.h"

/* One of the three programs. */
struct program {
	const char *name;
	void (*run)(const struct gpu *gpu, unsigned int count);
	unsigned int count;
	struct economy_cost cost;
	struct economy_cost plain;
};

static struct program programs[] = {
	{ "training, 10 steps", economy_training, 10 },
	{ "frames, 10", economy_frames, 10 },
	{ "churn, 1,000 allocations", economy_churn, 1000 },
};

#define PROGRAMS (sizeof(programs) / sizeof(programs[0]))

static void run_programs(const struct gpu *gpu)
{
	size_t i;

	for (i = 0; i < PROGRAMS; i++) {
		programs[i].run(gpu, programs[i].count);
		economy_end(&programs[i].cost, &programs[i].plain);
	}
}

/* A message that goes one way is refused by losing the device. */
static void check_device(const struct gpu *gpu)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	CHECK(D3DKMTGetDeviceState(&args));
	if (args.ExecutionState != D3DKMT_DEVICEEXECUTION_ACTIVE)
		common_die("economy: the device is lost");
}

/* The shared objects last: their descriptors close when the kernel says so. */
static void run_rows(const struct gpu *gpu)
{
	economy_rows_adapter(gpu);
	economy_rows_device(gpu);
	economy_rows_memory(gpu);
	economy_rows_sync(gpu);
	economy_rows_hwqueue(gpu);
	economy_rows_share(gpu);
}

static void print_programs(void)
{
	size_t i;

	printf("\n| program | calls | waited for | one-way | bytes to the host"
	       " | bytes back |\n"
	       "|---|---:|---:|---:|---:|---:|\n");
	for (i = 0; i < PROGRAMS; i++)
		economy_print_work(programs[i].name, &programs[i].cost,
				   &programs[i].plain);
}

int main(void)
{
	bool is_complete;
	struct gpu gpu;

	CHECK(dxg_set_device("soft"));
	message_count_load();
	gpu_open(&gpu, 0);
	run_programs(&gpu);
	run_rows(&gpu);
	check_device(&gpu);
	is_complete = economy_print_rows();
	print_programs();
	gpu_close(&gpu);
	return !is_complete;
}
