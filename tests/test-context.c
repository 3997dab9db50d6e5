/* SPDX-License-Identifier: MIT */
/* context: command buffers run, in order, and data really moves. */
#include "lib/t.h"

#define PAGES (16 * T_PAGE_SIZE)

static NTSTATUS try_create(D3DKMT_HANDLE device, unsigned int node,
			   D3DKMT_HANDLE *ret_context)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = device,
		.NodeOrdinal = node,
	};
	NTSTATUS status = D3DKMTCreateContextVirtual(&args);

	*ret_context = args.hContext;
	return status;
}

static void create_context_on_a_node_that_is_not_there_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE context;

	assert_refused(try_create(gpu->device, 1000, &context));
	assert_int_equal(context, 0);
}

static void create_context_without_a_device_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE context;

	assert_status(try_create(0, 0, &context), STATUS_INVALID_PARAMETER);
	assert_status(try_create(gpu->adapter, 0, &context),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(context, 0);
}

/* Affinity 0, as a shipping client passes, and 1 mean the same adapter. */
static void affinity_0_and_1_are_the_first_adapter(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.EngineAffinity = 1,
		.ClientHint = (D3DKMT_CLIENTHINT)12,
	};

	t_destroy_context(t_create_context(gpu->device, 0));
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	t_destroy_context(args.hContext);
}

/* The host gets the data and hands data of the same length back. */
static void private_data_of_a_context_is_accepted(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned char data[64] = { 1, 2, 3 };
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
	};

	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	t_destroy_context(args.hContext);
}

static void destroy_context_works_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_DESTROYCONTEXT args = {
		.hContext = t_create_context(gpu->device, 0),
	};

	assert_status(D3DKMTDestroyContext(&args), STATUS_SUCCESS);
	assert_status(D3DKMTDestroyContext(&args), STATUS_INVALID_PARAMETER);
}

/* Shows 0x04, 0x0f */
static void fill_writes_exactly_its_range(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, PAGES);
	struct t_commands commands = t_commands(gpu);
	uint32_t *dwords = buffer.cpu;
	size_t i;

	memset(buffer.cpu, 0xee, PAGES);
	t_fill(&commands, buffer.gpu + 8, PAGES - 16, 0x12345678);
	t_submit_and_wait(&commands);
	assert_int_equal(dwords[0], 0xeeeeeeee);
	assert_int_equal(dwords[1], 0xeeeeeeee);
	for (i = 2; i < PAGES / 4 - 2; i++)
		assert_int_equal(dwords[i], 0x12345678);
	assert_int_equal(dwords[i], 0xeeeeeeee);
	assert_int_equal(dwords[i + 1], 0xeeeeeeee);
	t_destroy_buffer(gpu, &buffer);
}

/* Odd addresses and a page border in the middle of both sides. */
static void copy_moves_bytes_between_allocations(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer from = t_create_buffer(gpu, PAGES);
	struct t_buffer to = t_create_buffer(gpu, PAGES);
	struct t_commands commands = t_commands(gpu);
	unsigned char *source = from.cpu, *destination = to.cpu;
	size_t i;

	for (i = 0; i < PAGES; i++)
		source[i] = (unsigned char)(i * 31 + i / 251);
	memset(to.cpu, 0, PAGES);
	t_copy(&commands, to.gpu + 3, from.gpu + 4001, 20001);
	t_submit_and_wait(&commands);
	assert_int_equal(destination[2], 0);
	assert_memory_equal(destination + 3, source + 4001, 20001);
	assert_int_equal(destination[20004], 0);
	t_destroy_buffer(gpu, &from);
	t_destroy_buffer(gpu, &to);
}

static void write_and_add_work_on_64_bits(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *values = buffer.cpu;

	t_write(&commands, buffer.gpu, 0x1122334455667788ull);
	t_write(&commands, buffer.gpu + 8, 0xffffffffull);
	t_add(&commands, buffer.gpu + 8, 2);
	t_add(&commands, buffer.gpu + 8, UINT64_MAX);
	t_submit_and_wait(&commands);
	assert_true(values[0] == 0x1122334455667788ull);
	assert_true(values[1] == 0x100000000ull);
	t_destroy_buffer(gpu, &buffer);
}

static void timestamps_go_up(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *values = buffer.cpu;

	t_timestamp(&commands, buffer.gpu);
	t_spin(&commands, 1000000);
	t_timestamp(&commands, buffer.gpu + 8);
	t_submit_and_wait(&commands);
	assert_true(values[0] != 0);
	assert_true(values[1] > values[0]);
	t_destroy_buffer(gpu, &buffer);
}

static void a_context_runs_its_buffers_in_order(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands;
	uint64_t *values = buffer.cpu;
	uint64_t i;

	for (i = 1; i <= 32; i++) {
		commands = t_commands(gpu);
		t_copy(&commands, buffer.gpu + 8 * i, buffer.gpu, 8);
		t_write(&commands, buffer.gpu, i);
		if (i < 32)
			t_submit(&commands, gpu->context);
		else
			t_submit_and_wait(&commands);
	}
	for (i = 1; i <= 32; i++)
		assert_true(values[i] == i - 1);
	t_destroy_buffer(gpu, &buffer);
}

/* Each buffer waits in memory for what the one of the other context writes. */
static void contexts_run_side_by_side(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 0);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands first = t_commands(gpu), second = t_commands(gpu);

	memset(buffer.cpu, 0, T_PAGE_SIZE);
	t_wait(&first, buffer.gpu, 1);
	t_write(&first, buffer.gpu + 8, 1);
	t_submit(&first, other);
	t_write(&second, buffer.gpu, 1);
	t_wait(&second, buffer.gpu + 8, 1);
	t_submit_and_wait(&second);
	t_destroy_context(other);
	t_destroy_buffer(gpu, &buffer);
}

static void every_node_runs_packets(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	uint64_t *values = buffer.cpu;
	D3DKMT_HANDLE context, fixtures = gpu->context;
	unsigned int node;

	memset(buffer.cpu, 0, T_PAGE_SIZE);
	for (node = 0; try_create(gpu->device, node, &context) >= 0; node++) {
		struct t_commands commands = t_commands(gpu);

		t_write(&commands, buffer.gpu + 8 * node, node + 1);
		gpu->context = context;
		t_submit_and_wait(&commands);
		t_destroy_context(context);
		assert_true(values[node] == node + 1);
	}
	assert_true(node > 0);
	gpu->context = fixtures;
	t_destroy_buffer(gpu, &buffer);
}

static void null_rendering_retires_without_running(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu), after = t_commands(gpu);
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands.address,
		.BroadcastContextCount = 1,
		.BroadcastContext = { gpu->context },
		.Flags = { .NullRendering = 1 },
	};
	uint64_t *values = buffer.cpu;

	memset(buffer.cpu, 0, T_PAGE_SIZE);
	t_write(&commands, buffer.gpu, 1);
	args.CommandLength = (UINT)commands.used;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	t_write(&after, buffer.gpu + 8, 1);
	t_submit_and_wait(&after);
	assert_true(values[0] == 0);
	assert_true(values[1] == 1);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x05. The call returns at once; the destroy is what waits. */
static void destroy_context_waits_for_its_work(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE context = t_create_context(gpu->device, 0);
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *value = buffer.cpu;

	*value = 0;
	t_spin(&commands, 20000000);
	t_write(&commands, buffer.gpu, 1);
	t_submit(&commands, context);
	t_destroy_context(context);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 1);
	t_destroy_buffer(gpu, &buffer);
}

static void submit_with_private_data_and_history_buffers_works(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands = t_commands(gpu), after = t_commands(gpu);
	unsigned char data[100] = { 0 };
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = commands.address,
		.BroadcastContextCount = 1,
		.BroadcastContext = { gpu->context },
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
		.NumHistoryBuffers = 1,
		.HistoryBufferArray = &gpu->commands.allocation,
	};

	t_opcode(&commands, DXGHOST_OP_NOP);
	args.CommandLength = (UINT)commands.used;
	assert_status(D3DKMTSubmitCommand(&args), STATUS_SUCCESS);
	t_opcode(&after, DXGHOST_OP_NOP);
	t_submit_and_wait(&after);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

/* It only waits and signals; a buffer for it is refused or ends the device. */
static void a_context_for_synchronization_runs_no_buffers(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.Flags = { .SynchronizationOnly = 1 },
	};
	uint64_t *value = buffer.cpu;

	*value = 0;
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	assert_status(t_signal_gpu(args.hContext, fence.handle, 1),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &fence, 1);
	t_write(&commands, buffer.gpu, 1);
	t_try_submit(&commands, args.hContext);
	t_sleep_ms(T_QUIET_MS);
	assert_true(__atomic_load_n(value, __ATOMIC_ACQUIRE) == 0);
	t_destroy_context(args.hContext);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(create_context_on_a_node_that_is_not_there_fails),
		t_device_test(create_context_without_a_device_fails),
		t_device_test(affinity_0_and_1_are_the_first_adapter),
		t_device_test(private_data_of_a_context_is_accepted),
		t_device_test(destroy_context_works_once),
		t_gpu_test(fill_writes_exactly_its_range),
		t_gpu_test(copy_moves_bytes_between_allocations),
		t_gpu_test(write_and_add_work_on_64_bits),
		t_gpu_test(timestamps_go_up),
		t_gpu_test(a_context_runs_its_buffers_in_order),
		t_gpu_test(contexts_run_side_by_side),
		t_gpu_test(every_node_runs_packets),
		t_gpu_test(null_rendering_retires_without_running),
		t_gpu_test(destroy_context_waits_for_its_work),
		t_gpu_test(submit_with_private_data_and_history_buffers_works),
		t_gpu_test(a_context_for_synchronization_runs_no_buffers),
	};

	return cmocka_run_group_tests_name("context", tests, NULL, NULL);
}
