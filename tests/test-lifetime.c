/* SPDX-License-Identifier: MIT */
/* Destroying twice, using what has lost its parent, thousands at once. */
#include "lib/t.h"

#define MANY 10000
/* In a machine that is emulated each takes milliseconds. */
#define MANY_ON_A_NODE 2500

static unsigned int many(void)
{
	return t_device_is_soft() ? MANY : MANY_ON_A_NODE;
}

static NTSTATUS destroy_context(D3DKMT_HANDLE handle)
{
	D3DKMT_DESTROYCONTEXT args = { .hContext = handle };

	return D3DKMTDestroyContext(&args);
}

static NTSTATUS destroy_queue(D3DKMT_HANDLE handle)
{
	D3DDDI_DESTROYPAGINGQUEUE args = { .hPagingQueue = handle };

	return D3DKMTDestroyPagingQueue(&args);
}

static NTSTATUS destroy_sync(D3DKMT_HANDLE handle)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = handle };

	return D3DKMTDestroySynchronizationObject(&args);
}

static NTSTATUS destroy_device(D3DKMT_HANDLE handle)
{
	D3DKMT_DESTROYDEVICE args = { .hDevice = handle };

	return D3DKMTDestroyDevice(&args);
}

/* Shows 0x1d */
static void every_destroy_works_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_paging_queue queue;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	D3DKMT_HANDLE context = t_create_context(gpu->device, 0);
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 4096, 0);
	D3DKMT_HANDLE sync = t_create_fence(gpu->device, 0).handle;
	int round;

	t_create_paging_queue(gpu->device, &queue);
	for (round = 0; round < 2; round++) {
		NTSTATUS want = round ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;

		assert_status(destroy_context(context), want);
		assert_status(t_destroy_allocation(gpu->device, allocation), want);
		assert_status(destroy_sync(sync), want);
		assert_status(destroy_queue(queue.handle), want);
		assert_status(destroy_device(device), want);
	}
}

/* Every kind of child, after its device is gone. */
static void a_child_is_unknown_without_its_parent(void **state)
{
	struct t_gpu *outer = *state, gpu = { .adapter = outer->adapter };
	struct t_buffer buffer;
	struct t_commands commands;
	D3DDDI_MAPGPUVIRTUALADDRESS map = { .SizeInPages = 1 };
	D3DDDI_MAKERESIDENT resident = { .NumAllocations = 1 };

	gpu.device = t_create_device(gpu.adapter);
	gpu.context = t_create_context(gpu.device, 0);
	t_create_paging_queue(gpu.device, &gpu.paging);
	gpu.fence = t_create_fence(gpu.device, 0);
	gpu.commands = t_create_buffer(&gpu, 65536);
	buffer = t_create_buffer(&gpu, 65536);
	commands = t_commands(&gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_destroy_device(gpu.device);

	assert_status(t_try_submit(&commands, gpu.context),
		      STATUS_INVALID_PARAMETER);
	assert_status(destroy_context(gpu.context), STATUS_INVALID_PARAMETER);
	assert_status(destroy_queue(gpu.paging.handle), STATUS_INVALID_PARAMETER);
	assert_status(destroy_sync(gpu.fence.handle), STATUS_INVALID_PARAMETER);
	assert_status(t_signal_gpu(gpu.context, gpu.fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_wait_gpu(gpu.context, gpu.fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_unlock(gpu.device, buffer.allocation),
		      STATUS_INVALID_PARAMETER);
	map.hPagingQueue = resident.hPagingQueue = gpu.paging.handle;
	map.hAllocation = buffer.allocation;
	resident.AllocationList = &buffer.allocation;
	assert_status(D3DKMTMapGpuVirtualAddress(&map), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTMakeResident(&resident), STATUS_INVALID_PARAMETER);
}

static int compare_handles(const void *a, const void *b)
{
	D3DKMT_HANDLE x = *(const D3DKMT_HANDLE *)a;
	D3DKMT_HANDLE y = *(const D3DKMT_HANDLE *)b;

	return x < y ? -1 : x > y;
}

static void check_distinct(const D3DKMT_HANDLE *handles)
{
	D3DKMT_HANDLE *sorted = malloc(many() * sizeof(*sorted));
	unsigned int i;

	assert_non_null(sorted);
	memcpy(sorted, handles, many() * sizeof(*sorted));
	qsort(sorted, many(), sizeof(*sorted), compare_handles);
	for (i = 1; i < many(); i++)
		assert_int_not_equal(sorted[i], sorted[i - 1]);
	free(sorted);
}

/* Half of them go in between, so that places become free in the middle. */
static void thousands_of_sync_objects_live_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE *handles = calloc(many(), sizeof(*handles));
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = { .hDevice = gpu->device };
	unsigned int i;

	assert_non_null(handles);
	args.Info.Type = D3DDDI_SYNCHRONIZATION_MUTEX;
	for (i = 0; i < many(); i++) {
		assert_status(D3DKMTCreateSynchronizationObject(&args),
			      STATUS_SUCCESS);
		handles[i] = args.hSyncObject;
	}
	check_distinct(handles);
	for (i = 0; i < many(); i += 2)
		assert_status(destroy_sync(handles[i]), STATUS_SUCCESS);
	for (i = 0; i < many(); i += 2)
		assert_status(destroy_sync(handles[i]), STATUS_INVALID_PARAMETER);
	for (i = 1; i < many(); i += 2)
		assert_status(destroy_sync(handles[i]), STATUS_SUCCESS);
	free(handles);
}

static void thousands_of_allocations_live_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE *handles = calloc(many(), sizeof(*handles));
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	unsigned int i;

	assert_non_null(handles);
	for (i = 0; i < many(); i++)
		handles[i] = t_create_allocation(device, T_PAGE_SIZE, 0);
	check_distinct(handles);
	for (i = 0; i < many(); i += many() / 100) {
		memset(t_lock(device, handles[i]), 1, T_PAGE_SIZE);
		assert_status(t_unlock(device, handles[i]), STATUS_SUCCESS);
	}
	t_destroy_device(device);
	assert_status(t_destroy_allocation(gpu->device, handles[many() / 2]),
		      STATUS_INVALID_PARAMETER);
	free(handles);
}

static void thousands_of_adapter_handles_live_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE *handles = calloc(many(), sizeof(*handles));
	unsigned int i;

	assert_non_null(handles);
	for (i = 0; i < many(); i++)
		handles[i] = t_open_adapter_by_luid(gpu->luid);
	check_distinct(handles);
	for (i = 0; i < many(); i++)
		t_close_adapter(handles[i]);
	free(handles);
}

struct worker {
	struct t_gpu *gpu;
	unsigned int rounds;
};

/* Creates and destroys; nothing of another thread may get in between. */
static void *create_and_destroy(void *argument)
{
	struct worker *worker = argument;
	D3DKMT_HANDLE device = worker->gpu->device;
	unsigned int i;

	for (i = 0; i < worker->rounds; i++) {
		D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
			.hDevice = device,
			.Info = { .Type = D3DDDI_MONITORED_FENCE },
		};
		D3DKMT_HANDLE allocation;

		if (D3DKMTCreateSynchronizationObject2(&create) ||
		    t_try_create_allocation(device, 8192, 0, &allocation) ||
		    t_signal_cpu(device, create.hSyncObject, 1) ||
		    destroy_sync(create.hSyncObject) ||
		    t_destroy_allocation(device, allocation))
			return argument;
	}
	return NULL;
}

static void threads_create_and_destroy_side_by_side(void **state)
{
	enum { THREADS = 4 };
	struct worker worker = { .gpu = *state, .rounds = 200 };
	pthread_t threads[THREADS];
	unsigned int i;
	void *failed;

	for (i = 0; i < THREADS; i++)
		threads[i] = t_start_thread(create_and_destroy, &worker);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
}

/* Two threads destroy the same object: one succeeds, the other knows nothing. */
static void *destroy_in_thread(void *argument)
{
	return (void *)(uintptr_t)(destroy_sync(*(D3DKMT_HANDLE *)argument) ==
				   STATUS_SUCCESS);
}

static void of_two_destroys_at_once_one_wins(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE handle;
	pthread_t other;
	void *they_won;
	bool we_won;
	int i;

	for (i = 0; i < 100; i++) {
		handle = t_create_fence(gpu->device, 0).handle;
		other = t_start_thread(destroy_in_thread, &handle);
		we_won = destroy_sync(handle) == STATUS_SUCCESS;
		assert_int_equal(pthread_join(other, &they_won), 0);
		assert_true(we_won != (they_won != NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(every_destroy_works_once),
		t_device_test(a_child_is_unknown_without_its_parent),
		t_device_test(threads_create_and_destroy_side_by_side),
		t_device_test(of_two_destroys_at_once_one_wins),
		t_device_test(thousands_of_sync_objects_live_at_once),
		t_device_test(thousands_of_allocations_live_at_once),
		t_device_test(thousands_of_adapter_handles_live_at_once),
	};

	return cmocka_run_group_tests_name("lifetime", tests, NULL, NULL);
}
