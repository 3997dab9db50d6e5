/* SPDX-License-Identifier: MIT */
/* The embedded device in a forked child, whose parent goes on using its own. */
#include "lib/t.h"
#include "lib/t-share.h"

struct inherited {
	D3DKMT_HANDLE adapter;
	D3DKMT_HANDLE device;
	const void *fence;
	const void *memory;
};

static NTSTATUS state_of(D3DKMT_HANDLE device)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	return D3DKMTGetDeviceState(&args);
}

static NTSTATUS open_first(D3DKMT_HANDLE *ret_adapter)
{
	D3DKMT_ADAPTERINFO adapters[64];
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 64, .pAdapters = adapters };
	NTSTATUS status = D3DKMTEnumAdapters2(&args);

	*ret_adapter = status >= 0 && args.NumAdapters ? adapters[0].hAdapter : 0;
	return status;
}

static void use_a_device(void)
{
	D3DKMT_CREATEDEVICE create = { 0 };
	D3DKMT_DESTROYDEVICE destroy;
	D3DKMT_CLOSEADAPTER close_args;

	assert_true(open_first(&create.hAdapter) == STATUS_SUCCESS);
	assert_true(create.hAdapter);
	assert_true(D3DKMTCreateDevice(&create) == STATUS_SUCCESS);
	assert_true(state_of(create.hDevice) == STATUS_SUCCESS);
	destroy.hDevice = create.hDevice;
	assert_true(D3DKMTDestroyDevice(&destroy) == STATUS_SUCCESS);
	close_args.hAdapter = create.hAdapter;
	assert_true(D3DKMTCloseAdapter(&close_args) == STATUS_SUCCESS);
}

static void child_uses_a_device(void *argument)
{
	(void)argument;
	use_a_device();
}

static void a_child_gets_a_device_of_its_own(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands = t_commands(gpu);

	t_run_child(child_uses_a_device, NULL);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

/* Its first call may be any, not only one of the three that open again. */
static void child_finds_nothing_of_its_parent(void *argument)
{
	struct inherited *inherited = argument;
	D3DKMT_CLOSEADAPTER close_args = { .hAdapter = inherited->adapter };

	/* before a call maps something of the child's own there */
	assert_false(t_is_readable(inherited->fence));
	assert_false(t_is_readable(inherited->memory));
	assert_true(state_of(inherited->device) < 0);
	assert_true(D3DKMTCloseAdapter(&close_args) < 0);
	use_a_device();
}

static void a_child_has_none_of_its_parents_objects(void **state)
{
	struct t_gpu *gpu = *state;
	struct inherited inherited = {
		.adapter = gpu->adapter,
		.device = gpu->device,
		.fence = gpu->fence.cpu,
		.memory = gpu->commands.cpu,
	};

	t_run_child(child_finds_nothing_of_its_parent, &inherited);
	assert_true(t_is_readable(gpu->fence.cpu));
	assert_true(t_is_readable(gpu->commands.cpu));
}

/* The child dies in mid-work, its parent's waits are not disturbed. */
static void child_leaves_everything_behind(void *argument)
{
	D3DKMT_CREATEDEVICE create = { 0 };

	(void)argument;
	assert_true(open_first(&create.hAdapter) == STATUS_SUCCESS);
	assert_true(D3DKMTCreateDevice(&create) == STATUS_SUCCESS);
	_exit(0);
}

static void a_child_that_dies_leaves_the_parent_alone(void **state)
{
	struct t_gpu *gpu = *state;
	int event = t_create_event();

	assert_status(t_wait_cpu_event(gpu->device, gpu->fence.handle, 1, event),
		      STATUS_SUCCESS);
	t_run_child(child_leaves_everything_behind, NULL);
	assert_false(t_event_is_set(event, 0));
	assert_status(t_signal_cpu(gpu->device, gpu->fence.handle, 1),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	close(event);
	gpu->fence_value = 1;
}

struct worker {
	struct t_gpu *gpu;
	int stop;
	uint64_t rounds;
	NTSTATUS status;
};

/*
 * Signals and waits on the fixture's fence. The pauses are for valgrind, which
 * runs one thread at a time and would not come back to the main one.
 */
static void *keep_working(void *argument)
{
	struct worker *worker = argument;
	struct t_gpu *gpu = worker->gpu;
	uint64_t value;

	while (!__atomic_load_n(&worker->stop, __ATOMIC_ACQUIRE)) {
		value = ++worker->rounds;
		worker->status = t_signal_gpu(gpu->context, gpu->fence.handle,
					      value);
		if (worker->status != STATUS_SUCCESS)
			break;
		worker->status = t_wait_cpu(gpu->device, gpu->fence.handle,
					    value);
		if (worker->status != STATUS_SUCCESS)
			break;
		if (value % 16 == 0)
			t_sleep_ms(1);
	}
	return NULL;
}

/* Whatever locks the threads hold at the fork, the child starts clean. */
static void fork_works_while_threads_are_in_calls(void **state)
{
	struct t_gpu *gpu = *state;
	struct worker worker = { .gpu = gpu };
	pthread_t thread = t_start_thread(keep_working, &worker);
	int i;

	for (i = 0; i < 8; i++)
		t_run_child(child_uses_a_device, NULL);
	__atomic_store_n(&worker.stop, 1, __ATOMIC_RELEASE);
	t_join_thread(thread);
	assert_status(worker.status, STATUS_SUCCESS);
	assert_true(worker.rounds > 0);
	gpu->fence_value = worker.rounds;
}

static void child_forks_again(void *argument)
{
	use_a_device();
	t_run_child(child_uses_a_device, argument);
	use_a_device();
}

static void a_grandchild_gets_a_device_too(void **state)
{
	(void)state;
	t_run_child(child_forks_again, NULL);
}

static int skip_unless_soft(void **state)
{
	(void)state;
	if (t_device_is_soft())
		return 0;
	print_message("skipped: needs DXG_DEVICE=soft\n");
	exit(77);
}

/* A number of the global form, which is how other processes would know it. */
static NTSTATUS try_open_global(D3DKMT_HANDLE object)
{
	D3DKMT_OPENSYNCHRONIZATIONOBJECT args = {
		.hSharedHandle = (object & ~0x3fu) | 2,
	};
	NTSTATUS status = D3DKMTOpenSynchronizationObject(&args);

	assert_int_equal(args.hSyncObject, 0);
	return status;
}

static void child_guesses_a_number(void *argument)
{
	D3DKMT_HANDLE *object = argument;

	use_a_device();
	assert_status(try_open_global(*object), STATUS_UNSUCCESSFUL);
	/* and goes without tidying up */
	child_leaves_everything_behind(NULL);
}

/* W057, W058: a guest has no such request, in whatever process. */
static void a_child_opens_nothing_by_number(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	D3DKMT_HANDLE object = fence.handle;

	t_run_child(child_guesses_a_number, &object);
	assert_status(try_open_global(object), STATUS_UNSUCCESSFUL);
	t_destroy_fence(&fence);
	assert_status(try_open_global(object), STATUS_UNSUCCESSFUL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(a_child_gets_a_device_of_its_own),
		t_gpu_test(a_child_has_none_of_its_parents_objects),
		t_gpu_test(a_child_that_dies_leaves_the_parent_alone),
		t_gpu_test(fork_works_while_threads_are_in_calls),
		t_bare_test(a_grandchild_gets_a_device_too),
		t_gpu_test(a_child_opens_nothing_by_number),
	};

	return cmocka_run_group_tests_name("fork-soft", tests, skip_unless_soft,
					   NULL);
}
