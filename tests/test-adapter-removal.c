/* SPDX-License-Identifier: MIT */
/* adapter: one that is taken away while it is in use, and its neighbour. */
#include "lib/t.h"

#include <dxg/dxg.h>
#include <unistd.h>

#include "lib/t-share.h"
#include "lib/t-waiter.h"

#define HEAP_SIZE	65536

/* A machine of two, with everything on the first of them. */
static int setup(void **state)
{
	struct t_gpu *gpu;

	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device("soft:two-adapters"), STATUS_SUCCESS);
	t_setup_gpu(state);
	gpu = *state;
	/* Index 0 in the profile is the one with this LUID. */
	assert_int_equal(gpu->luid.LowPart, 0x10000);
	return 0;
}

/* Nothing that was on it is left in the host, and it is not there either. */
static void remove_adapter(struct t_gpu *gpu)
{
	assert_int_equal(t_soft_or_skip()->remove_adapter(0), 0);
	gpu->objects_before.adapters--;
	gpu->fence.cpu = NULL;
	gpu->commands.cpu = NULL;
}

/* A locked buffer's memory is not there to be unlocked and unmapped. */
static int teardown(void **state)
{
	struct t_gpu *gpu = *state;

	if (gpu->commands.allocation)
		assert_status(t_destroy_allocation(gpu->device,
						   gpu->commands.allocation),
			      STATUS_SUCCESS);
	gpu->commands.allocation = 0;
	return t_teardown(state);
}

#define removal_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, teardown)

static D3DKMT_HANDLE open_neighbour(const struct t_gpu *gpu)
{
	D3DKMT_ADAPTERINFO adapters[2] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 2 };

	args.pAdapters = adapters;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 1);
	assert_true(adapters[0].AdapterLuid.LowPart != gpu->luid.LowPart);
	return adapters[0].hAdapter;
}

static NTSTATUS query_type(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	return t_query_adapter(adapter, KMTQAITYPE_ADAPTERTYPE, &type,
			       sizeof(type));
}

static void calls_on_a_removed_adapter_say_so(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATEDEVICE device = { .hAdapter = gpu->adapter };
	D3DKMT_QUERYVIDEOMEMORYINFO memory = { .hAdapter = gpu->adapter };
	D3DKMT_GETDEVICESTATE execution = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	D3DKMT_LOCK2 lock = {
		.hDevice = gpu->device,
		.hAllocation = gpu->commands.allocation,
	};
	D3DKMT_CREATECONTEXTVIRTUAL context = { .hDevice = gpu->device };
	struct t_commands commands = t_commands(gpu);
	D3DKMT_HANDLE allocation;
	int event = t_create_event();

	t_write(&commands, gpu->commands.gpu + 4096, 1);
	/* Known from now on, if it were not for the removal. */
	assert_status(query_type(gpu->adapter), STATUS_SUCCESS);
	assert_status(D3DKMTGetDeviceState(&execution), STATUS_SUCCESS);
	remove_adapter(gpu);
	assert_status(query_type(gpu->adapter), STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTQueryVideoMemoryInfo(&memory),
		      STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTCreateDevice(&device), STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTCreateContextVirtual(&context),
		      STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTGetDeviceState(&execution), STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTLock2(&lock), STATUS_DEVICE_REMOVED);
	assert_status(t_unlock(gpu->device, gpu->commands.allocation),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_try_create_allocation(gpu->device, 65536, 0,
					      &allocation),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_try_submit(&commands, gpu->context),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_wait_gpu(gpu->context, gpu->fence.handle, 1),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle, 1),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_signal_cpu(gpu->device, gpu->fence.handle, 1),
		      STATUS_DEVICE_REMOVED);
	/* Also for a value that had been there. */
	assert_status(t_wait_cpu_event(gpu->device, gpu->fence.handle, 0, event),
		      STATUS_DEVICE_REMOVED);
	assert_false(t_event_is_set(event, 0));
	close(event);
}

static void a_removed_adapter_is_not_found_any_more(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = gpu->luid };

	remove_adapter(gpu);
	assert_status(D3DKMTOpenAdapterFromLuid(&args),
		      STATUS_INVALID_PARAMETER);
	t_close_adapter(open_neighbour(gpu));
	/* Nor is it removed twice. */
	assert_int_equal(t_soft_or_skip()->remove_adapter(0), -1);
	assert_int_equal(t_soft_or_skip()->remove_adapter(7), -1);
}

static void what_it_had_mapped_is_gone(void **state)
{
	struct t_gpu *gpu = *state;
	const void *pages[3] = {
		(const void *)gpu->fence.cpu, gpu->commands.cpu,
		(const void *)gpu->paging.fence.cpu,
	};
	unsigned int i;

	for (i = 0; i < 3; i++)
		assert_true(t_is_readable(pages[i]));
	remove_adapter(gpu);
	for (i = 0; i < 3; i++)
		assert_false(t_is_readable(pages[i]));
}

static void the_host_has_nothing_of_it_left(void **state)
{
	struct t_gpu *gpu = *state;
	struct dxg_soft_object_counts counts;

	remove_adapter(gpu);
	assert_int_equal(t_soft_or_skip()->host_objects(&counts), 0);
	assert_int_equal(counts.adapters, 1);
	assert_int_equal(counts.devices, 0);
	assert_int_equal(counts.contexts, 0);
	assert_int_equal(counts.allocations, 0);
	assert_int_equal(counts.paging_queues, 0);
	assert_int_equal(counts.sync_objects, 0);
	assert_true(counts.io_space_bytes == 0);
}

static void its_waiters_are_released(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before = t_soft_messages(22);
	int event = t_create_event();
	struct t_waiter waiter;

	assert_status(t_wait_cpu_event(gpu->device, gpu->fence.handle, 1, event),
		      STATUS_SUCCESS);
	t_waiter_start_for(&waiter, gpu->device, gpu->fence.handle, 1);
	/* Or it would be refused at once, as it is anyway. */
	assert_eventually(t_soft_messages(22) == before + 2);
	remove_adapter(gpu);
	assert_status(t_waiter_join(&waiter), STATUS_DEVICE_REMOVED);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	close(event);
}

/* The GPU is at work and queued work waits for what will never come. */
static void work_that_is_queued_holds_nobody_up(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_commands commands = t_commands(gpu);

	t_write(&commands, gpu->commands.gpu + 4096, 1);
	assert_status(t_wait_gpu(gpu->context, gpu->fence.handle, 1000),
		      STATUS_SUCCESS);
	t_submit(&commands, gpu->context);
	remove_adapter(gpu);
}

static void pages_of_the_program_are_its_own_again(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned char *heap = t_alloc_pages(HEAP_SIZE);
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = HEAP_SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = heap };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};

	args.Flags.StandardAllocation = 1;
	args.Flags.ExistingSysMem = 1;
	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	remove_adapter(gpu);
	heap[0] = 1;
	assert_status(t_destroy_allocation(gpu->device, info.hAllocation),
		      STATUS_SUCCESS);
	t_free_pages(heap, HEAP_SIZE);
}

/* Every destroy works once, and once only. */
static void what_was_on_it_can_be_destroyed(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_DESTROYCONTEXT context = { .hContext = gpu->context };
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT fence = {
		.hSyncObject = gpu->fence.handle,
	};
	D3DDDI_DESTROYPAGINGQUEUE paging = {
		.hPagingQueue = gpu->paging.handle,
	};
	D3DKMT_DESTROYDEVICE device = { .hDevice = gpu->device };

	remove_adapter(gpu);
	assert_status(D3DKMTDestroyContext(&context), STATUS_SUCCESS);
	assert_status(D3DKMTDestroyContext(&context), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTDestroySynchronizationObject(&fence),
		      STATUS_SUCCESS);
	assert_status(D3DKMTDestroySynchronizationObject(&fence),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTDestroyPagingQueue(&paging), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device,
					   gpu->commands.allocation),
		      STATUS_SUCCESS);
	assert_status(D3DKMTDestroyDevice(&device), STATUS_SUCCESS);
	assert_status(D3DKMTDestroyDevice(&device), STATUS_INVALID_PARAMETER);
	gpu->context = gpu->fence.handle = gpu->paging.handle = 0;
	gpu->device = gpu->commands.allocation = 0;
}

static void shared_objects_of_it_cannot_be_opened_or_shared(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_share(fence.handle);
	struct t_fence opened;
	int again;

	remove_adapter(gpu);
	assert_status(t_try_open_fence(gpu->device, fd, 3, &opened),
		      STATUS_DEVICE_REMOVED);
	assert_status(t_try_share(fence.handle, &again), STATUS_DEVICE_REMOVED);
	t_destroy_fence(&fence);
	close(fd);
}

static void the_neighbour_goes_on(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_gpu other = { .luid = gpu->luid };
	struct t_commands commands;

	remove_adapter(gpu);
	other.adapter = open_neighbour(gpu);
	other.device = t_create_device(other.adapter);
	other.context = t_create_context(other.device, 0);
	t_create_paging_queue(other.device, &other.paging);
	other.fence = t_create_fence(other.device, 0);
	other.commands = t_create_buffer(&other, 65536);
	commands = t_commands(&other);
	t_write(&commands, other.commands.gpu + 4096, 0x5ca1ab1e);
	t_submit_and_wait(&commands);
	assert_true(((uint64_t *)other.commands.cpu)[512] == 0x5ca1ab1e);
	t_destroy_context(other.context);
	t_destroy_fence(&other.fence);
	t_destroy_buffer(&other, &other.commands);
	t_destroy_paging_queue(&other.paging);
	t_destroy_device(other.device);
	t_close_adapter(other.adapter);
}

/* Its objects, made before, are not touched. */
static void what_the_neighbour_has_mapped_stays(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_ADAPTERINFO adapters[2] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 2 };
	struct t_fence fence;
	D3DKMT_HANDLE device;
	unsigned int second;

	args.pAdapters = adapters;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	second = adapters[0].AdapterLuid.LowPart == gpu->luid.LowPart;
	device = t_create_device(adapters[second].hAdapter);
	fence = t_create_fence(device, 7);
	remove_adapter(gpu);
	assert_true(t_is_readable((const void *)fence.cpu));
	assert_status(t_signal_cpu(device, fence.handle, 8), STATUS_SUCCESS);
	assert_true(t_fence_value(&fence) == 8);
	t_destroy_fence(&fence);
	t_destroy_device(device);
	t_close_adapter(adapters[0].hAdapter);
	t_close_adapter(adapters[1].hAdapter);
}

/* To the driver it is a new one: what was on the former stays lost. */
static void it_may_come_back(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = gpu->luid };
	const struct t_soft *soft = t_soft_or_skip();

	/* It is there, and that one is in no profile. */
	assert_int_equal(soft->return_adapter(0), -1);
	assert_int_equal(soft->return_adapter(2), -1);
	remove_adapter(gpu);
	assert_int_equal(soft->return_adapter(0), 0);
	gpu->objects_before.adapters++;
	assert_status(query_type(gpu->adapter), STATUS_DEVICE_REMOVED);
	assert_status(D3DKMTOpenAdapterFromLuid(&args), STATUS_SUCCESS);
	assert_status(query_type(args.hAdapter), STATUS_SUCCESS);
	t_destroy_device(t_create_device(args.hAdapter));
	t_close_adapter(args.hAdapter);
}

static void *work_until_it_is_gone(void *argument)
{
	struct t_gpu *gpu = argument;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create;
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy;
	NTSTATUS status = STATUS_SUCCESS;
	D3DKMT_HANDLE allocation;

	while (status >= 0) {
		memset(&create, 0, sizeof(create));
		create.hDevice = gpu->device;
		create.Info.Type = D3DDDI_MONITORED_FENCE;
		status = D3DKMTCreateSynchronizationObject2(&create);
		if (status < 0)
			break;
		destroy.hSyncObject = create.hSyncObject;
		assert_status(D3DKMTDestroySynchronizationObject(&destroy),
			      STATUS_SUCCESS);
		status = t_try_create_allocation(gpu->device, 4096, 0,
						 &allocation);
		if (status < 0)
			break;
		status = t_wait_gpu(gpu->context, gpu->fence.handle, 0);
		assert_status(t_destroy_allocation(gpu->device, allocation),
			      STATUS_SUCCESS);
	}
	assert_status(status, STATUS_DEVICE_REMOVED);
	return NULL;
}

static void it_may_go_in_the_middle_of_calls(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before = t_soft_messages(8);
	pthread_t threads[3];
	unsigned int i;

	for (i = 0; i < 3; i++)
		threads[i] = t_start_thread(work_until_it_is_gone, gpu);
	assert_eventually(t_soft_messages(8) > before + 20);
	remove_adapter(gpu);
	for (i = 0; i < 3; i++)
		t_join_thread(threads[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		removal_test(calls_on_a_removed_adapter_say_so),
		removal_test(a_removed_adapter_is_not_found_any_more),
		removal_test(what_it_had_mapped_is_gone),
		removal_test(the_host_has_nothing_of_it_left),
		removal_test(its_waiters_are_released),
		removal_test(work_that_is_queued_holds_nobody_up),
		removal_test(pages_of_the_program_are_its_own_again),
		removal_test(what_was_on_it_can_be_destroyed),
		removal_test(shared_objects_of_it_cannot_be_opened_or_shared),
		removal_test(the_neighbour_goes_on),
		removal_test(what_the_neighbour_has_mapped_stays),
		removal_test(it_may_come_back),
		removal_test(it_may_go_in_the_middle_of_calls),
	};

	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft");
		return 77;
	}
	return cmocka_run_group_tests_name("adapter-removal", tests, NULL, NULL);
}
