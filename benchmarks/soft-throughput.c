/* SPDX-License-Identifier: MIT */
/* Calls per second through the whole soft stack, with one and two threads. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <dxg/dxg.h>

#include "../examples/common.h"

/* Short and in turn, so that what else the machine does hits both alike. */
#define ROUNDS	11
#define SECONDS	0.03

/* One thread's own objects, so that what is measured is the stack. */
struct worker {
	struct gpu gpu;
	D3DKMT_HANDLE shared_device;
	D3DKMT_HANDLE context;
	struct buffer commands;
	struct fence fence;
	void (*call)(struct worker *worker);
	uint64_t calls;
	double seconds;
	double busy;		/* of them on a processor */
};

/* Calls per second of all threads, and nanoseconds of a processor a call. */
struct result {
	double rate;
	double ns;
};

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* Answered by the driver from its cache: no message. */
static void get_state_of(struct worker *worker, D3DKMT_HANDLE device)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	CHECK(D3DKMTGetDeviceState(&args));
	worker->calls++;
}

static void get_own_state(struct worker *worker)
{
	get_state_of(worker, worker->gpu.device);
}

static void get_shared_state(struct worker *worker)
{
	get_state_of(worker, worker->shared_device);
}

/* One round trip to the host. */
static void query_memory(struct worker *worker)
{
	D3DKMT_QUERYVIDEOMEMORYINFO args = { .hAdapter = worker->gpu.adapter };

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
		fence_wait(&worker->gpu, &worker->fence, value);
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	double start = now(CLOCK_MONOTONIC);
	double busy = now(CLOCK_THREAD_CPUTIME_ID);
	int i;

	do {
		for (i = 0; i < 64; i++)
			worker->call(worker);
		worker->seconds = now(CLOCK_MONOTONIC) - start;
	} while (worker->seconds < SECONDS);
	worker->busy = now(CLOCK_THREAD_CPUTIME_ID) - busy;
	return NULL;
}

static void prepare(struct worker *worker, const struct gpu *gpu)
{
	const struct dxghost_packet nop = { DXGHOST_OP_NOP, sizeof(nop) };

	worker->shared_device = gpu->device;
	worker->gpu.adapter = gpu->adapter;
	gpu_create_device(&worker->gpu);
	worker->context = gpu_create_context(&worker->gpu, 0);
	worker->commands = buffer_create(&worker->gpu, 4096);
	worker->fence = fence_create(&worker->gpu);
	memcpy(worker->commands.data, &nop, sizeof(nop));
}

static void finish(struct worker *worker)
{
	gpu_destroy_device(&worker->gpu);
}

static struct result measure(const struct gpu *gpu,
			     void (*call)(struct worker *), unsigned int count)
{
	struct result result = { 0 };
	struct worker workers[2];
	pthread_t threads[2];
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
		result.rate += workers[i].calls / workers[i].seconds;
		result.ns += workers[i].busy / workers[i].calls * 1e9 / count;
	}
	for (i = 0; i < count; i++)
		finish(&workers[i]);
	return result;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), compare);
	return values[ROUNDS / 2];
}

static void compare_threads(const struct gpu *gpu, const char *name,
			    void (*call)(struct worker *))
{
	double rate[2][ROUNDS], ns[2][ROUNDS], faster[ROUNDS], dearer[ROUNDS];
	struct result result;
	int i, more;

	for (i = 0; i < ROUNDS; i++) {
		for (more = 0; more < 2; more++) {
			result = measure(gpu, call, more + 1);
			rate[more][i] = result.rate;
			ns[more][i] = result.ns;
		}
		faster[i] = rate[1][i] / rate[0][i];
		dearer[i] = ns[1][i] / ns[0][i];
	}
	printf("%-34s %10.0f %10.0f %6.2f %8.0f %8.0f %6.2f\n", name,
	       median(rate[0]), median(rate[1]), median(faster), median(ns[0]),
	       median(ns[1]), median(dearer));
}

int main(void)
{
	static const struct {
		const char *name;
		void (*call)(struct worker *);
	} rows[] = {
		{ "GetDeviceState, a device each", get_own_state },
		{ "GetDeviceState, the same device", get_shared_state },
		{ "QueryVideoMemoryInfo (round trip)", query_memory },
		{ "SubmitCommand + SignalFromGpu", submit_and_signal },
	};
	struct gpu gpu;
	size_t i;

	CHECK(dxg_set_device("soft"));
	gpu_open(&gpu, 0);
	printf("%-34s %28s %24s\n", "medians, 1 thread, 2, their ratio",
	       "calls per second", "CPU ns a call");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		compare_threads(&gpu, rows[i].name, rows[i].call);
	gpu_close(&gpu);
	return 0;
}
