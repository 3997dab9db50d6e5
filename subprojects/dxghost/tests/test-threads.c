/* SPDX-License-Identifier: MIT */
/* Messages of many threads, and ends in the middle of work. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define THREADS		4
#define ROUNDS		60
#define PAGE		4096u

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "drain_ms = 5\n[adapter]\nnodes = 3d copy\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static void put_copy(struct rig_buffer *commands, uint64_t dst, uint64_t src,
		     uint64_t size)
{
	struct dxghost_packet_copy *copy = (void *)commands->cpu;

	*copy = (struct dxghost_packet_copy){
		{ DXGHOST_OP_COPY, sizeof(*copy) }, dst, src, size,
	};
}

/* A guest thread of its own on the host that all share. */
static void begin(struct rig *mine)
{
	mine->host = rig.host;
	mine->io = rig.io;
	mine->adapter = rig.adapter;
	pthread_mutex_init(&mine->lock, NULL);
	pthread_cond_init(&mine->arrived, NULL);
}

static void end(struct rig *mine)
{
	pthread_cond_destroy(&mine->arrived);
	pthread_mutex_destroy(&mine->lock);
}

static void destroy_process(struct rig *mine)
{
	struct dxgk_wire_destroyprocess request;

	assert_int_equal(rig_status(mine, DXGK_VMCMD_DESTROYPROCESS, &request,
				    sizeof(request)), 0);
}

/* Processes that come, work and go, some without waiting for their work. */
static void *live_and_die(void *arg)
{
	struct rig_buffer commands, src, dst;
	struct rig mine = { .async = true };
	struct rig_fence done;
	int round;

	begin(&mine);
	for (round = 0; round < ROUNDS; round++) {
		mine.process = 0;
		mine.process = rig_create_process(&mine);
		rig_open(&mine);
		rig_buffer(&mine, PAGE, &commands);
		rig_buffer(&mine, 64 * PAGE, &src);
		rig_buffer(&mine, 64 * PAGE, &dst);
		rig_fence(&mine, 0, 0, &done);
		memset(src.cpu, round + 1, 64 * PAGE);
		put_copy(&commands, dst.va, src.va, 64 * PAGE);
		rig_submit(&mine, mine.context, commands.va,
			   sizeof(struct dxghost_packet_copy));
		rig_signal(&mine, mine.context, done.sync, 1);
		if (round % 3) {
			rig_expect_value(done.value, 1);
			if (dst.cpu[63 * PAGE] != (uint8_t)(round + 1))
				*(int *)arg = 1;
		}
		destroy_process(&mine);
	}
	end(&mine);
	return NULL;
}

static void processes_come_and_go_in_parallel(void **state)
{
	struct dxghost_object_counts counts;
	pthread_t threads[THREADS];
	int failed[THREADS] = { 0 };
	int i;

	(void)state;
	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, live_and_die, &failed[i]);
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(failed[i], 0);
	}
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.processes, 1);
	assert_int_equal(counts.devices, 1);
	assert_int_equal(counts.allocations, 0);
	assert_int_equal(counts.io_space_bytes, PAGE);
}

static void *destroy_things(void *arg)
{
	struct dxgk_wire_destroydevice device = { .pad28 = 0 };
	struct dxgk_wire_destroycontext context = { .pad28 = 0 };
	struct dxgk_wire_destroypagingqueue queue = { .pad28 = 0 };
	struct rig *mine = arg;
	uint32_t reply[2];

	context.context = mine->context;
	rig_vgpu(mine, DXGK_CMD_DESTROYCONTEXT, &context, sizeof(context),
		 reply, sizeof(reply));
	queue.paging_queue = mine->paging_queue;
	rig_vgpu(mine, DXGK_CMD_DESTROYPAGINGQUEUE, &queue, sizeof(queue),
		 reply, sizeof(reply));
	device.device = mine->device;
	rig_vgpu(mine, DXGK_CMD_DESTROYDEVICE, &device, sizeof(device), reply,
		 sizeof(reply));
	return NULL;
}

/* All threads destroy the same things, while work is queued on them. */
static void destroying_the_same_things_at_once_is_safe(void **state)
{
	struct dxghost_object_counts counts;
	struct rig_buffer commands;
	pthread_t threads[THREADS];
	struct rig_fence gate;
	int round, i;

	(void)state;
	for (round = 0; round < 30; round++) {
		rig_open(&rig);
		rig_buffer(&rig, 64 * PAGE, &commands);
		rig_fence(&rig, 0, 0, &gate);
		put_copy(&commands, commands.va + PAGE, commands.va, PAGE);
		for (i = 0; i < 8; i++)
			rig_submit(&rig, rig.context, commands.va,
				   sizeof(struct dxghost_packet_copy));
		rig_wait(&rig, rig.context, gate.sync, 1);
		rig_destroy_allocation(&rig, commands.allocation, 0);
		for (i = 0; i < THREADS; i++)
			pthread_create(&threads[i], NULL, destroy_things, &rig);
		for (i = 0; i < THREADS; i++)
			pthread_join(threads[i], NULL);
	}
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.devices, 1);
	assert_int_equal(counts.contexts, 1);
	assert_int_equal(counts.io_space_bytes, PAGE);
}

static void *hand_over(void *arg)
{
	struct rig_fence *fences = arg;
	uint64_t i;

	for (i = 1; i <= 200; i++) {
		rig_expect_value(fences[0].value, i);
		if (rig_signal_cpu(&rig, fences[1].sync, i, 0))
			return arg;
	}
	return NULL;
}

/* GPU signals one fence, CPU answers on the other, GPU waits for that. */
static void cpu_and_gpu_hand_over_to_each_other(void **state)
{
	struct rig_fence fences[2];
	pthread_t thread;
	void *failed;
	uint64_t i;

	(void)state;
	rig_fence(&rig, 0, 0, &fences[0]);
	rig_fence(&rig, 0, 0, &fences[1]);
	pthread_create(&thread, NULL, hand_over, fences);
	for (i = 1; i <= 200; i++) {
		assert_int_equal(rig_signal(&rig, rig.context, fences[0].sync,
					    i), 0);
		assert_int_equal(rig_wait(&rig, rig.context, fences[1].sync, i),
				 0);
	}
	pthread_join(thread, &failed);
	assert_null(failed);
}

static void *close_adapter(void *arg)
{
	struct dxgk_wire_closeadapter request = { .pad28 = 0 };

	(void)arg;
	request.host_adapter_handle = rig.adapter;
	rig_vgpu(&rig, DXGK_CMD_CLOSEADAPTER, &request, sizeof(request), NULL,
		 0);
	return NULL;
}

static void closing_the_adapter_ends_everything_on_it(void **state)
{
	struct dxghost_object_counts counts;
	struct rig_fence gate;
	pthread_t thread;

	(void)state;
	rig_fence(&rig, 0, 0, &gate);
	rig_wait(&rig, rig.context, gate.sync, 1);
	pthread_create(&thread, NULL, close_adapter, NULL);
	destroy_things(&rig);
	pthread_join(thread, NULL);
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.adapters, 0);
	assert_int_equal(counts.devices, 0);
	assert_int_equal(counts.sync_objects, 0);
	assert_int_equal(rig_wait(&rig, rig.context, gate.sync, 1),
			 ST_DEVICE_REMOVED);
}

static void open_adapter_again(void)
{
	struct dxgk_wire_openadapter_reply reply;
	struct dxgk_wire_openadapter request = {
		.vmbus_interface_version = DXGK_WIRE_VERSION,
		.vmbus_last_compatible_interface_version =
			DXGK_WIRE_VERSION_OLDEST,
	};

	rig_vgpu(&rig, DXGK_CMD_OPENADAPTER, &request, sizeof(request), &reply,
		 sizeof(reply));
	assert_int_equal(reply.status, 0);
	rig.adapter = reply.host_adapter_handle;
}

static void *end_process(void *arg)
{
	destroy_process(arg);
	return NULL;
}

/* Either waits for work in the middle of what the other is at. */
static void closing_the_adapter_while_its_processes_end_is_safe(void **state)
{
	struct rig mine[THREADS] = { { .async = true } };
	struct dxghost_object_counts counts;
	pthread_t closer, threads[THREADS];
	struct rig_buffer commands;
	int round, i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < THREADS; i++) {
			mine[i] = (struct rig){ .async = true };
			begin(&mine[i]);
			mine[i].process = rig_create_process(&mine[i]);
			rig_open(&mine[i]);
			rig_buffer(&mine[i], 64 * PAGE, &commands);
			put_copy(&commands, commands.va + PAGE, commands.va,
				 63 * PAGE);
			rig_submit(&mine[i], mine[i].context, commands.va,
				   sizeof(struct dxghost_packet_copy));
		}
		for (i = 0; i < THREADS; i++)
			pthread_create(&threads[i], NULL, end_process,
				       &mine[i]);
		pthread_create(&closer, NULL, close_adapter, NULL);
		for (i = 0; i < THREADS; i++)
			pthread_join(threads[i], NULL);
		pthread_join(closer, NULL);
		for (i = 0; i < THREADS; i++)
			end(&mine[i]);
		open_adapter_again();
	}
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.processes, 1);
	assert_int_equal(counts.devices, 0);
	assert_int_equal(counts.allocations, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(processes_come_and_go_in_parallel),
		CASE(destroying_the_same_things_at_once_is_safe),
		CASE(cpu_and_gpu_hand_over_to_each_other),
		CASE(closing_the_adapter_ends_everything_on_it),
		CASE(closing_the_adapter_while_its_processes_end_is_safe),
	};

	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
