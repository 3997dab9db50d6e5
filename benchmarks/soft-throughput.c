/* SPDX-License-Identifier: MIT */
/* Calls per second through the whole soft stack, with one and two threads. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <dxg/dxg.h>

#include "../examples/common.h"

#define SECONDS 1.0

/* One thread's own objects, so that what is measured is the stack. */
struct worker {
	const struct gpu *gpu;
	D3DKMT_HANDLE context;
	struct buffer commands;
	struct fence fence;
	void (*call)(struct worker *worker);
	uint64_t calls;
	double seconds;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* Answered by the driver from its cache: no message. */
static void get_state(struct worker *worker)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = worker->gpu->device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	CHECK(D3DKMTGetDeviceState(&args));
	worker->calls++;
}

/* One round trip to the host. */
static void query_memory(struct worker *worker)
{
	D3DKMT_QUERYVIDEOMEMORYINFO args = { .hAdapter = worker->gpu->adapter };

	CHECK(D3DKMTQueryVideoMemoryInfo(&args));
	worker->calls++;
}

/* Two one-way messages; now and then a wait, so that the queue stays short. */
static void submit_and_signal(struct worker *worker)
{
	uint64_t value = worker->calls / 2 + 1;

	CHECK(gpu_submit(worker->context, worker->commands.gpu_address,
			 sizeof(struct dxghost_packet)));
	fence_signal_on_gpu(worker->context, &worker->fence, value);
	worker->calls += 2;
	if (value % 64 == 0)
		fence_wait(worker->gpu, &worker->fence, value);
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	double start = now();
	int i;

	do {
		for (i = 0; i < 64; i++)
			worker->call(worker);
		worker->seconds = now() - start;
	} while (worker->seconds < SECONDS);
	return NULL;
}

static void prepare(struct worker *worker, const struct gpu *gpu)
{
	const struct dxghost_packet nop = { DXGHOST_OP_NOP, sizeof(nop) };

	worker->gpu = gpu;
	worker->context = gpu_create_context(gpu, 0);
	worker->commands = buffer_create(gpu, 4096);
	worker->fence = fence_create(gpu);
	memcpy(worker->commands.data, &nop, sizeof(nop));
}

static void finish(struct worker *worker)
{
	gpu_destroy_context(worker->context);
	fence_destroy(&worker->fence);
	buffer_destroy(worker->gpu, &worker->commands);
}

static double measure(const struct gpu *gpu, void (*call)(struct worker *),
		      unsigned int count)
{
	struct worker workers[2];
	pthread_t threads[2];
	double rate = 0;
	unsigned int i;

	memset(workers, 0, sizeof(workers));
	for (i = 0; i < count; i++) {
		prepare(&workers[i], gpu);
		workers[i].call = call;
	}
	for (i = 0; i < count; i++)
		if (pthread_create(&threads[i], NULL, work, &workers[i]))
			common_die("no thread");
	for (i = 0; i < count; i++) {
		pthread_join(threads[i], NULL);
		rate += workers[i].calls / workers[i].seconds;
		finish(&workers[i]);
	}
	return rate;
}

int main(void)
{
	static const struct {
		const char *name;
		void (*call)(struct worker *);
	} rows[] = {
		{ "GetDeviceState (cached)", get_state },
		{ "QueryVideoMemoryInfo (round trip)", query_memory },
		{ "SubmitCommand + SignalFromGpu", submit_and_signal },
	};
	double one, two;
	struct gpu gpu;
	size_t i;

	CHECK(dxg_set_device("soft"));
	gpu_open(&gpu, 0);
	printf("%-36s %14s %14s\n", "calls per second", "1 thread", "2 threads");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		one = measure(&gpu, rows[i].call, 1);
		two = measure(&gpu, rows[i].call, 2);
		printf("%-36s %14.0f %14.0f\n", rows[i].name, one, two);
	}
	gpu_close(&gpu);
	return 0;
}
