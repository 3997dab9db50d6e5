/* SPDX-License-Identifier: MIT */
/* economy: how many messages calls cost, and that nobody pays for it. */
#include "lib/t.h"
#include "lib/t-share.h"

#include <unistd.h>

/* Numbers of commands, as the protocol has them. */
#define COMMAND_DESTROYALLOCATION	5u
#define COMMAND_WAITFROMCPU		22u

/* Fails the test unless exactly so many messages went each way since. */
#define expect_traffic(before, waited, one_way)				\
	do {								\
		struct dxg_soft_message_stats now_ = t_soft_traffic();	\
									\
		assert_int_equal(now_.round_trips -			\
				 (before).round_trips, (waited));	\
		assert_int_equal(now_.messages - (before).messages -	\
				 (now_.round_trips - (before).round_trips), \
				 (one_way));				\
	} while (0)

static NTSTATUS wait_for(D3DKMT_HANDLE device, const struct t_fence *fences,
			 const uint64_t *values, unsigned int count, bool any)
{
	D3DKMT_HANDLE handles[4];
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = device,
		.ObjectCount = count,
		.ObjectHandleArray = handles,
		.FenceValueArray = values,
	};
	unsigned int i;

	args.Flags.WaitAny = any;
	for (i = 0; i < count; i++)
		handles[i] = fences[i].handle;
	return D3DKMTWaitForSynchronizationObjectFromCpu(&args);
}

/* Does not sleep in a call, so that nothing is sent. */
static void look_until(const struct t_fence *fence, uint64_t value)
{
	assert_eventually(t_fence_value(fence) >= value);
}

static void wait_for_values_that_are_there_sends_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	const uint64_t some[] = { 3, 100, 100 }, all[] = { 3, 4, 5 };
	struct dxg_soft_message_stats before;
	struct t_fence fences[3];
	int event = t_create_event();
	int i;

	for (i = 0; i < 3; i++)
		fences[i] = t_create_fence(gpu->device, 3 + (uint64_t)i);
	before = t_soft_traffic();
	assert_status(wait_for(gpu->device, fences, all, 1, false),
		      STATUS_SUCCESS);
	assert_status(wait_for(gpu->device, fences, all, 3, false),
		      STATUS_SUCCESS);
	assert_status(wait_for(gpu->device, fences, all, 3, true),
		      STATUS_SUCCESS);
	assert_status(wait_for(gpu->device, fences, some, 3, true),
		      STATUS_SUCCESS);
	assert_status(t_wait_cpu_event(gpu->device, fences[0].handle, 3, event),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, 0));
	expect_traffic(before, 0, 0);
	for (i = 0; i < 3; i++)
		t_destroy_fence(&fences[i]);
	close(event);
}

struct sleeper {
	D3DKMT_HANDLE device;
	struct t_fence fences[2];
	bool any;
	NTSTATUS status;
};

static void *sleep_on_fences(void *argument)
{
	struct sleeper *sleeper = argument;
	const uint64_t values[] = { 1, 1 };

	sleeper->status = wait_for(sleeper->device, sleeper->fences, values, 2,
				   sleeper->any);
	return NULL;
}

/* One message tells the host of all fences; @first of the two is signalled. */
static void sleep_once(struct t_gpu *gpu, bool any, unsigned int first)
{
	struct sleeper sleeper = { .device = gpu->device, .any = any };
	uint64_t armed = t_soft_messages(COMMAND_WAITFROMCPU);
	struct dxg_soft_message_stats before;
	pthread_t thread;

	sleeper.fences[0] = t_create_fence(gpu->device, 0);
	sleeper.fences[1] = t_create_fence(gpu->device, 0);
	before = t_soft_traffic();
	thread = t_start_thread(sleep_on_fences, &sleeper);
	assert_eventually(t_soft_messages(COMMAND_WAITFROMCPU) > armed);
	assert_status(t_signal_cpu(gpu->device, sleeper.fences[first].handle, 1),
		      STATUS_SUCCESS);
	if (!any)
		assert_status(t_signal_cpu(gpu->device,
					   sleeper.fences[!first].handle, 1),
			      STATUS_SUCCESS);
	t_join_thread(thread);
	assert_status(sleeper.status, STATUS_SUCCESS);
	expect_traffic(before, 1, any ? 1 : 2);
	t_destroy_fence(&sleeper.fences[0]);
	t_destroy_fence(&sleeper.fences[1]);
}

static void wait_that_has_to_sleep_sends_one_message(void **state)
{
	struct t_gpu *gpu = *state;

	sleep_once(gpu, false, 0);
	sleep_once(gpu, true, 1);
}

/* A value that was there and is not any more satisfies nobody. */
static void wait_on_a_rewound_fence_asks_the_host(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 5);
	const uint64_t five = 5, two = 2;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU rewind = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.FenceValueArray = &two,
	};
	struct dxg_soft_message_stats before;
	int event = t_create_event();

	assert_status(wait_for(gpu->device, &fence, &five, 1, false),
		      STATUS_SUCCESS);
	rewind.Flags.AllowFenceRewind = 1;
	assert_status(D3DKMTSignalSynchronizationObjectFromCpu(&rewind),
		      STATUS_SUCCESS);
	before = t_soft_traffic();
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 5, event),
		      STATUS_SUCCESS);
	expect_traffic(before, 1, 0);
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 5),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	t_destroy_fence(&fence);
	close(event);
}

static void nested_lock_sends_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 0x10000, 0);
	struct dxg_soft_message_stats before = t_soft_traffic();
	void *first = t_lock(gpu->device, allocation);
	int i;

	expect_traffic(before, 1, 0);
	for (i = 0; i < 100; i++)
		assert_ptr_equal(t_lock(gpu->device, allocation), first);
	for (i = 0; i < 100; i++)
		assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	expect_traffic(before, 1, 0);
	assert_true(t_is_readable(first));
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	expect_traffic(before, 2, 0);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* The host may have moved the memory: nothing of the last lock is kept. */
static void lock_after_the_last_unlock_asks_again(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 0x10000, 0);
	volatile uint32_t *memory = t_lock(gpu->device, allocation);
	struct dxg_soft_message_stats before;

	memory[0] = 77;
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_false(t_is_readable((const void *)memory));
	before = t_soft_traffic();
	memory = t_lock(gpu->device, allocation);
	expect_traffic(before, 1, 0);
	assert_int_equal(memory[0], 77);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void work_and_its_fences_go_one_way(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence start = t_create_fence(gpu->device, 0);
	struct t_fence end = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	struct dxg_soft_message_stats before;

	t_write(&commands, buffer.gpu, 123);
	before = t_soft_traffic();
	assert_status(t_wait_gpu(gpu->context, start.handle, 1), STATUS_SUCCESS);
	t_submit(&commands, gpu->context);
	assert_status(t_signal_gpu(gpu->context, end.handle, 1), STATUS_SUCCESS);
	assert_true(t_fence_value(&end) == 0);
	assert_status(t_signal_cpu(gpu->device, start.handle, 1),
		      STATUS_SUCCESS);
	expect_traffic(before, 0, 4);
	/* the value is read in memory, however often */
	look_until(&end, 1);
	expect_traffic(before, 0, 4);
	assert_true(*(uint64_t *)buffer.cpu == 123);
	t_destroy_fence(&end);
	t_destroy_fence(&start);
	t_destroy_buffer(gpu, &buffer);
}

static D3DKMT_CREATEHWQUEUE create_hw_queue(struct t_gpu *gpu)
{
	D3DKMT_CREATECONTEXTVIRTUAL parent = { .hDevice = gpu->device };
	D3DKMT_CREATEHWQUEUE queue = { 0 };

	parent.Flags.HwQueueSupported = 1;
	assert_status(D3DKMTCreateContextVirtual(&parent), STATUS_SUCCESS);
	queue.hHwContext = parent.hContext;
	assert_status(D3DKMTCreateHwQueue(&queue), STATUS_SUCCESS);
	return queue;
}

static void work_of_a_hardware_queue_goes_one_way(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATEHWQUEUE queue = create_hw_queue(gpu);
	struct t_fence progress = {
		.handle = queue.hHwQueueProgressFence,
		.cpu = queue.HwQueueProgressFenceCPUVirtualAddress,
	};
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	const uint64_t one = 1;
	D3DKMT_SUBMITCOMMANDTOHWQUEUE submit = {
		.hHwQueue = queue.hHwQueue,
		.HwQueueProgressFenceId = 1,
		.CommandBuffer = commands.address,
		.CommandLength = sizeof(struct dxghost_packet),
	};
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE signal = {
		.BroadcastHwQueueCount = 1,
		.BroadcastHwQueueArray = &queue.hHwQueue,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.FenceValueArray = &one,
	};
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE wait = {
		.hHwQueue = queue.hHwQueue,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence.handle,
		.FenceValueArray = &one,
	};
	struct dxg_soft_message_stats before = t_soft_traffic();

	t_opcode(&commands, DXGHOST_OP_NOP);
	assert_status(D3DKMTSubmitCommandToHwQueue(&submit), STATUS_SUCCESS);
	assert_status(D3DKMTSubmitSignalSyncObjectsToHwQueue(&signal),
		      STATUS_SUCCESS);
	assert_status(D3DKMTSubmitWaitForSyncObjectsToHwQueue(&wait),
		      STATUS_SUCCESS);
	expect_traffic(before, 0, 3);
	look_until(&progress, 1);
	look_until(&fence, 1);
	t_destroy_fence(&fence);
	t_destroy_context(queue.hHwContext);
}

/*
 * The handle is destroyed right behind the wait that names it. Would the host
 * see the two the other way round, it would refuse the wait and lose the device.
 */
static void one_way_messages_stay_in_order_with_the_others(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	struct t_fence done = t_create_fence(gpu->device, 0);
	int fd = t_share(fence.handle);
	uint64_t value;

	for (value = 1; value <= 100; value++) {
		struct t_fence second = t_open_fence(gpu->device, fd);

		assert_status(t_wait_gpu(gpu->context, second.handle, value),
			      STATUS_SUCCESS);
		t_destroy_fence(&second);
		assert_status(t_signal_gpu(gpu->context, done.handle, value),
			      STATUS_SUCCESS);
		assert_true(t_fence_value(&done) < value);
		assert_status(t_signal_cpu(gpu->device, fence.handle, value),
			      STATUS_SUCCESS);
		look_until(&done, value);
	}
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	close(fd);
	t_destroy_fence(&done);
	t_destroy_fence(&fence);
}

static void state_is_asked_once_until_it_changes(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_MARKDEVICEASERROR mark = {
		.hDevice = device,
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};
	struct dxg_soft_message_stats before = t_soft_traffic();

	assert_int_equal(t_execution_state(device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_execution_state(other),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	expect_traffic(before, 2, 0);
	assert_int_equal(t_execution_state(device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	expect_traffic(before, 2, 0);
	assert_status(D3DKMTMarkDeviceAsError(&mark), STATUS_SUCCESS);
	before = t_soft_traffic();
	assert_int_not_equal(t_execution_state(device),
			     D3DKMT_DEVICEEXECUTION_ACTIVE);
	expect_traffic(before, 1, 0);
	assert_int_not_equal(t_execution_state(device),
			     D3DKMT_DEVICEEXECUTION_ACTIVE);
	/* nothing has happened to this one */
	assert_int_equal(t_execution_state(other),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	expect_traffic(before, 1, 0);
	t_destroy_device(other);
	t_destroy_device(device);
}

/* Nobody calls: the GPU's fault alone makes the driver forget what it knew. */
static void state_is_not_stale_after_a_fault(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	struct dxg_soft_message_stats before;
	const uint64_t never = 1000;

	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_opcode(&commands, DXGHOST_OP_TRAP);
	t_submit(&commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) !=
			  D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	before = t_soft_traffic();
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	/* all its fences have every value: a wait finds that, too */
	assert_status(wait_for(gpu->device, &fence, &never, 1, false),
		      STATUS_SUCCESS);
	expect_traffic(before, 0, 0);
	t_destroy_fence(&fence);
}

/* Upload, 32 submissions, signal, wait, read back; the memory stays locked. */
static void training_steps_wait_for_no_answer(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence done = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	struct dxg_soft_message_stats before;
	uint64_t step, *data;
	int i;

	t_add(&commands, buffer.gpu, 3);
	before = t_soft_traffic();
	for (step = 1; step <= 10; step++) {
		data = t_lock(gpu->device, buffer.allocation);
		*data = 1000 * step;
		for (i = 0; i < 32; i++)
			t_submit(&commands, gpu->context);
		assert_status(t_signal_gpu(gpu->context, done.handle, step),
			      STATUS_SUCCESS);
		look_until(&done, step);
		assert_status(wait_for(gpu->device, &done, &step, 1, false),
			      STATUS_SUCCESS);
		assert_true(*data == 1000 * step + 32 * 3);
		assert_status(t_unlock(gpu->device, buffer.allocation),
			      STATUS_SUCCESS);
	}
	expect_traffic(before, 0, 10 * 33);
	t_destroy_fence(&done);
	t_destroy_buffer(gpu, &buffer);
}

#define MANY 1000

/* And still the CPU's views of them are gone before the memory is. */
static void end_of_a_device_names_many_allocations_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct dxg_soft_object_counts counts;
	void *views[MANY / 100];
	uint32_t allocations;
	uint64_t before;
	int i;

	assert_int_equal(t_soft_or_skip()->host_objects(&counts), 0);
	allocations = counts.allocations;
	for (i = 0; i < MANY; i++) {
		D3DKMT_HANDLE allocation = t_create_allocation(device, 4096, 0);

		if (i % 100 == 0)
			views[i / 100] = t_lock(device, allocation);
	}
	before = t_soft_messages(COMMAND_DESTROYALLOCATION);
	t_destroy_device(device);
	assert_in_range(t_soft_messages(COMMAND_DESTROYALLOCATION) - before, 1,
			MANY / 64 + 1);
	for (i = 0; i < MANY / 100; i++)
		assert_false(t_is_readable(views[i]));
	assert_int_equal(t_soft_or_skip()->host_objects(&counts), 0);
	assert_int_equal(counts.allocations, allocations);
}

/* The driver has kept what it needs to answer. */
static void only_the_first_to_share_an_object_asks(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	struct dxg_soft_message_stats before = t_soft_traffic();
	int first = t_share(fence.handle), second;

	expect_traffic(before, 1, 0);
	second = t_share(fence.handle);
	expect_traffic(before, 1, 0);
	close(second);
	close(first);
	t_destroy_fence(&fence);
}

static void adapters_are_found_opened_and_closed_without_messages(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = gpu->luid };
	D3DKMT_ENUMADAPTERS2 list = { .NumAdapters = 0 };
	struct dxg_soft_message_stats before = t_soft_traffic();

	assert_status(D3DKMTEnumAdapters2(&list), STATUS_SUCCESS);
	assert_true(list.NumAdapters > 0);
	assert_status(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	t_close_adapter(open.hAdapter);
	expect_traffic(before, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(wait_for_values_that_are_there_sends_nothing),
		t_gpu_test(wait_that_has_to_sleep_sends_one_message),
		t_gpu_test(wait_on_a_rewound_fence_asks_the_host),
		t_gpu_test(nested_lock_sends_nothing),
		t_gpu_test(lock_after_the_last_unlock_asks_again),
		t_gpu_test(work_and_its_fences_go_one_way),
		t_gpu_test(work_of_a_hardware_queue_goes_one_way),
		t_gpu_test(one_way_messages_stay_in_order_with_the_others),
		t_gpu_test(state_is_asked_once_until_it_changes),
		t_gpu_test(state_is_not_stale_after_a_fault),
		t_gpu_test(training_steps_wait_for_no_answer),
		t_gpu_test(end_of_a_device_names_many_allocations_at_once),
		t_gpu_test(only_the_first_to_share_an_object_asks),
		t_gpu_test(adapters_are_found_opened_and_closed_without_messages),
	};

	/* where messages take their time, who counts them has to wait for them */
	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
