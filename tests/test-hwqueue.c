/* SPDX-License-Identifier: MIT */
/* hwqueue: queues that count their own progress. */
#include "lib/t.h"

struct queue {
	D3DKMT_HANDLE handle;
	struct t_fence progress;
	uint64_t last;		/* value of the last submission */
};

static D3DKMT_HANDLE create_parent(D3DKMT_HANDLE device, unsigned int node,
				   bool for_queues)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = device,
		.NodeOrdinal = node,
	};

	args.Flags.HwQueueSupported = for_queues;
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	return args.hContext;
}

static NTSTATUS try_create(D3DKMT_HANDLE context, struct queue *ret_queue)
{
	D3DKMT_CREATEHWQUEUE args = { .hHwContext = context };
	NTSTATUS status = D3DKMTCreateHwQueue(&args);

	memset(ret_queue, 0, sizeof(*ret_queue));
	if (status < 0)
		return status;
	ret_queue->handle = args.hHwQueue;
	ret_queue->progress.handle = args.hHwQueueProgressFence;
	ret_queue->progress.cpu = args.HwQueueProgressFenceCPUVirtualAddress;
	ret_queue->progress.gpu = args.HwQueueProgressFenceGPUVirtualAddress;
	return status;
}

static struct queue create(D3DKMT_HANDLE context)
{
	struct queue queue;

	assert_status(try_create(context, &queue), STATUS_SUCCESS);
	assert_local_handle(queue.handle);
	assert_local_handle(queue.progress.handle);
	assert_non_null(queue.progress.cpu);
	assert_true(queue.progress.gpu != 0);
	return queue;
}

static NTSTATUS destroy(D3DKMT_HANDLE queue)
{
	D3DKMT_DESTROYHWQUEUE args = { .hHwQueue = queue };

	return D3DKMTDestroyHwQueue(&args);
}

static NTSTATUS try_submit(const struct queue *queue,
			   const struct t_commands *commands, uint64_t value)
{
	D3DKMT_SUBMITCOMMANDTOHWQUEUE args = {
		.hHwQueue = queue->handle,
		.HwQueueProgressFenceId = value,
		.CommandBuffer = commands->address,
		.CommandLength = (UINT)commands->used,
	};

	return D3DKMTSubmitCommandToHwQueue(&args);
}

static void submit(struct queue *queue, const struct t_commands *commands)
{
	assert_status(try_submit(queue, commands, ++queue->last), STATUS_SUCCESS);
}

static NTSTATUS signal_fence(const struct queue *queues, unsigned int count,
			     D3DKMT_HANDLE fence, uint64_t value)
{
	D3DKMT_HANDLE handles[2] = { queues[0].handle };
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE args = {
		.BroadcastHwQueueCount = count,
		.BroadcastHwQueueArray = handles,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.FenceValueArray = &value,
	};

	if (count > 1)
		handles[1] = queues[1].handle;
	return D3DKMTSubmitSignalSyncObjectsToHwQueue(&args);
}

static NTSTATUS wait_fence(const struct queue *queue, D3DKMT_HANDLE fence,
			   uint64_t value)
{
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE args = {
		.hHwQueue = queue->handle,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence,
		.FenceValueArray = &value,
	};

	return D3DKMTSubmitWaitForSyncObjectsToHwQueue(&args);
}

static void finish(struct t_gpu *gpu, const struct queue *queue)
{
	t_wait_fence(gpu->device, &queue->progress, queue->last);
}

/* Shows 0x18, 0x34: the value of a submission is there when its work is. */
static void progress_follows_the_work(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	volatile uint64_t *memory = buffer.cpu;
	struct queue queue = create(parent);
	int i;

	assert_true(t_fence_value(&queue.progress) == 0);
	for (i = 0; i < 16; i++) {
		struct t_commands commands = t_commands(gpu);

		t_write(&commands, buffer.gpu + 8 * i, 1000 + i);
		submit(&queue, &commands);
	}
	for (i = 0; i < 16; i++) {
		t_wait_fence(gpu->device, &queue.progress, (uint64_t)i + 1);
		assert_true(memory[i] == 1000u + (unsigned int)i);
	}
	assert_true(t_fence_value(&queue.progress) == 16);
	assert_status(destroy(queue.handle), STATUS_SUCCESS);
	t_destroy_context(parent);
	t_destroy_buffer(gpu, &buffer);
}

static void values_may_leave_gaps(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 1, true);
	struct t_commands commands = t_commands(gpu);
	struct queue queue = create(parent);

	t_opcode(&commands, DXGHOST_OP_NOP);
	assert_status(try_submit(&queue, &commands, 10), STATUS_SUCCESS);
	assert_status(try_submit(&queue, &commands, 1ull << 40), STATUS_SUCCESS);
	queue.last = 1ull << 40;
	finish(gpu, &queue);
	assert_true(t_fence_value(&queue.progress) == 1ull << 40);
	assert_status(destroy(queue.handle), STATUS_SUCCESS);
	t_destroy_context(parent);
}

/* Section 20: the next value is above the last one, or the device is lost. */
static void value_that_does_not_rise_loses_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE parent = create_parent(device, 0, true);
	struct t_commands commands = t_commands(gpu);
	struct queue queue = create(parent);
	NTSTATUS status;

	t_opcode(&commands, DXGHOST_OP_NOP);
	assert_status(try_submit(&queue, &commands, 5), STATUS_SUCCESS);
	status = try_submit(&queue, &commands, 5);
	/* one-way, so the status cannot tell; with an answer it may */
	if (status >= 0)
		assert_eventually(t_execution_state(device) !=
				  D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_destroy_device(device);
}

/* Shows 0x36: what is queued behind a wait stays, other queues go on. */
static void wait_holds_its_queue_alone(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct t_commands commands = t_commands(gpu);
	struct queue held = create(parent), other = create(parent);
	struct t_fence gate = t_create_fence(gpu->device, 0);

	t_opcode(&commands, DXGHOST_OP_NOP);
	assert_status(wait_fence(&held, gate.handle, 3), STATUS_SUCCESS);
	submit(&held, &commands);
	submit(&other, &commands);
	finish(gpu, &other);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held.progress) == 0);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 3), STATUS_SUCCESS);
	finish(gpu, &held);
	t_destroy_fence(&gate);
	assert_status(destroy(held.handle), STATUS_SUCCESS);
	assert_status(destroy(other.handle), STATUS_SUCCESS);
	t_destroy_context(parent);
}

/* Shows 0x35: in its turn, and with two queues when both have come there. */
static void signal_of_two_queues_waits_for_both(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct queue queues[2] = { create(parent), create(parent) };
	struct t_fence gate = t_create_fence(gpu->device, 0);

	assert_status(wait_fence(&queues[1], gate.handle, 1), STATUS_SUCCESS);
	assert_status(signal_fence(queues, 1, gpu->fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 1);
	assert_status(signal_fence(queues, 2, gpu->fence.handle, 2), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&gpu->fence) == 1);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 2);
	gpu->fence_value = 2;
	t_destroy_fence(&gate);
	assert_status(destroy(queues[0].handle), STATUS_SUCCESS);
	assert_status(destroy(queues[1].handle), STATUS_SUCCESS);
	t_destroy_context(parent);
}

/* A context and another queue wait for it as for any monitored fence. */
static void progress_is_waited_for_by_others(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct queue first = create(parent), second = create(parent);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands slow = t_commands(gpu), fast, packet;
	volatile uint64_t *memory = buffer.cpu;

	/* ahead of time: nobody has submitted yet */
	assert_status(wait_fence(&second, first.progress.handle, 1), STATUS_SUCCESS);
	assert_status(t_wait_gpu(gpu->context, first.progress.handle, 1),
		      STATUS_SUCCESS);
	fast = t_commands(gpu);
	t_copy(&fast, buffer.gpu + 8, buffer.gpu, 8);
	submit(&second, &fast);
	packet = t_commands(gpu);
	t_copy(&packet, buffer.gpu + 16, buffer.gpu, 8);
	t_submit(&packet, gpu->context);
	slow = t_commands(gpu);
	t_spin(&slow, 2000000);
	t_write(&slow, buffer.gpu, 42);
	submit(&first, &slow);
	finish(gpu, &second);
	assert_true(memory[1] == 42);
	packet = t_commands(gpu);
	t_opcode(&packet, DXGHOST_OP_NOP);
	t_submit_and_wait(&packet);
	assert_true(memory[2] == 42);
	assert_status(destroy(first.handle), STATUS_SUCCESS);
	assert_status(destroy(second.handle), STATUS_SUCCESS);
	t_destroy_context(parent);
	t_destroy_buffer(gpu, &buffer);
}

/* The GPU address is that of the value that the CPU address shows. */
static void progress_is_memory_for_the_gpu(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	struct queue queue = create(parent);

	t_opcode(&commands, DXGHOST_OP_NOP);
	assert_status(try_submit(&queue, &commands, 77), STATUS_SUCCESS);
	queue.last = 77;
	finish(gpu, &queue);
	commands = t_commands(gpu);
	t_copy(&commands, buffer.gpu, queue.progress.gpu, 8);
	t_submit_and_wait(&commands);
	assert_true(*(volatile uint64_t *)buffer.cpu == 77);
	assert_status(destroy(queue.handle), STATUS_SUCCESS);
	t_destroy_context(parent);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x1b: what was queued is done, and the fence goes with the queue. */
static void destroy_waits_and_takes_the_fence_along(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	struct queue queue = create(parent);
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT alone = {
		.hSyncObject = queue.progress.handle,
	};

	assert_status(D3DKMTDestroySynchronizationObject(&alone),
		      STATUS_INVALID_PARAMETER);
	t_spin(&commands, 5000000);
	t_write(&commands, buffer.gpu, 9);
	submit(&queue, &commands);
	assert_status(destroy(queue.handle), STATUS_SUCCESS);
	assert_true(*(volatile uint64_t *)buffer.cpu == 9);
	assert_status(destroy(queue.handle), STATUS_INVALID_PARAMETER);
	assert_status(t_wait_gpu(gpu->context, queue.progress.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_false(t_is_readable(queue.progress.cpu));
	t_destroy_context(parent);
	t_destroy_buffer(gpu, &buffer);
}

static void context_takes_its_queues_along(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE parent = create_parent(gpu->device, 0, true);
	struct queue queue = create(parent);

	t_destroy_context(parent);
	assert_status(destroy(queue.handle), STATUS_INVALID_PARAMETER);
	assert_false(t_is_readable(queue.progress.cpu));
}

static void queue_wants_a_context_made_for_queues(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE plain = create_parent(gpu->device, 0, false);
	struct queue queue;

	assert_refused(try_create(plain, &queue));
	assert_status(try_create(gpu->device, &queue), STATUS_INVALID_PARAMETER);
	assert_status(try_create(0, &queue), STATUS_INVALID_PARAMETER);
	t_destroy_context(plain);
}

/* The fence of a lost device's queue jumps like all others. */
static void lost_device_lets_the_progress_jump(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE parent = create_parent(device, 0, true);
	struct t_commands commands = t_commands(gpu);
	struct queue queue = create(parent);

	t_opcode(&commands, DXGHOST_OP_TRAP);
	submit(&queue, &commands);
	assert_eventually(t_fence_value(&queue.progress) == UINT64_MAX);
	assert_int_equal(t_execution_state(device),
			 D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT);
	t_destroy_device(device);
}

/*
 * Shows 0x03, 0x17, 0x1a, 0x2d: no host has a message for these, so no object is
 * made and nothing is written.
 */
static void calls_without_a_message_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATECONTEXT context = { .hDevice = gpu->device };
	D3DKMT_CREATEHWCONTEXT hw_context = { .hDevice = gpu->device };
	D3DKMT_DESTROYHWCONTEXT destroy_args = { .hHwContext = gpu->context };
	D3DKMT_RENDER render = { .hContext = gpu->context };
	struct t_commands commands = t_commands(gpu);

	assert_status(D3DKMTCreateContext(&context), STATUS_UNSUCCESSFUL);
	assert_int_equal(context.hContext, 0);
	assert_status(D3DKMTCreateHwContext(&hw_context), STATUS_UNSUCCESSFUL);
	assert_int_equal(hw_context.hHwContext, 0);
	assert_status(D3DKMTDestroyHwContext(&destroy_args), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTRender(&render), STATUS_UNSUCCESSFUL);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(progress_follows_the_work),
		t_gpu_test(values_may_leave_gaps),
		t_gpu_test(value_that_does_not_rise_loses_the_device),
		t_gpu_test(wait_holds_its_queue_alone),
		t_gpu_test(signal_of_two_queues_waits_for_both),
		t_gpu_test(progress_is_waited_for_by_others),
		t_gpu_test(progress_is_memory_for_the_gpu),
		t_gpu_test(destroy_waits_and_takes_the_fence_along),
		t_gpu_test(context_takes_its_queues_along),
		t_gpu_test(queue_wants_a_context_made_for_queues),
		t_gpu_test(lost_device_lets_the_progress_jump),
		t_gpu_test(calls_without_a_message_are_refused),
	};

	return cmocka_run_group_tests_name("hwqueue", tests, NULL, NULL);
}
