/* SPDX-License-Identifier: MIT */
/* residency: the list of a device, its counts, and what the budget does. */
#include "lib/t.h"

#define SIZE (16 * T_PAGE_SIZE)

static NTSTATUS make_resident(const struct t_gpu *gpu, const D3DKMT_HANDLE *list,
			      unsigned int count, D3DDDI_MAKERESIDENT *ret_args)
{
	memset(ret_args, 0, sizeof(*ret_args));
	ret_args->hPagingQueue = gpu->paging.handle;
	ret_args->NumAllocations = count;
	ret_args->AllocationList = list;
	return D3DKMTMakeResident(ret_args);
}

static uint64_t usage(const struct t_gpu *gpu)
{
	D3DKMT_QUERYVIDEOMEMORYINFO info = { .hAdapter = gpu->adapter };

	assert_status(D3DKMTQueryVideoMemoryInfo(&info), STATUS_SUCCESS);
	return info.CurrentUsage;
}

/* Shows 0x0b */
static void make_resident_is_done_when_the_fence_says_so(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	uint64_t before = usage(gpu);
	D3DDDI_MAKERESIDENT args;
	NTSTATUS status;

	status = make_resident(gpu, &allocation, 1, &args);
	assert_success(status);
	if (status == STATUS_PENDING)
		assert_true(args.PagingFenceValue > 0);
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_int_equal(usage(gpu), before + SIZE);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void paging_fence_values_go_up_in_call_order(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocations[8];
	uint64_t last = 0;
	D3DDDI_MAKERESIDENT args;
	unsigned int i;

	for (i = 0; i < 8; i++) {
		allocations[i] = t_create_allocation(gpu->device, SIZE, 0);
		if (make_resident(gpu, &allocations[i], 1, &args) != STATUS_PENDING)
			continue;
		assert_true(args.PagingFenceValue > last);
		last = args.PagingFenceValue;
	}
	t_wait_fence(gpu->device, &gpu->paging.fence, last);
	assert_true(t_fence_value(&gpu->paging.fence) >= last);
	for (i = 0; i < 8; i++)
		assert_status(t_destroy_allocation(gpu->device, allocations[i]),
			      STATUS_SUCCESS);
}

/* As many Evicts as MakeResidents; twice in one list counts twice. */
static void residency_is_counted(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE list[2];
	uint64_t before = usage(gpu);
	D3DDDI_MAKERESIDENT args;

	list[0] = list[1] = t_create_allocation(gpu->device, SIZE, 0);
	assert_success(make_resident(gpu, list, 2, &args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_status(t_evict(gpu->device, list[0]), STATUS_SUCCESS);
	assert_int_equal(usage(gpu), before + SIZE);
	assert_status(t_evict(gpu->device, list[0]), STATUS_SUCCESS);
	assert_int_equal(usage(gpu), before);
	assert_status(t_destroy_allocation(gpu->device, list[0]), STATUS_SUCCESS);
}

/* A bad handle at the end of the list leaves the first one as it was. */
static void make_resident_is_all_or_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE list[2] = {
		t_create_allocation(gpu->device, SIZE, 0), T_UNKNOWN_HANDLE,
	};
	uint64_t before = usage(gpu);
	D3DDDI_MAKERESIDENT args;

	assert_status(make_resident(gpu, list, 2, &args),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(usage(gpu), before);
	assert_status(t_destroy_allocation(gpu->device, list[0]), STATUS_SUCCESS);
}

static void make_resident_of_another_devices_allocation_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_HANDLE allocation = t_create_allocation(other, SIZE, 0);
	D3DDDI_MAKERESIDENT args;

	assert_status(make_resident(gpu, &allocation, 1, &args),
		      STATUS_INVALID_PARAMETER);
	t_destroy_device(other);
}

static void counts_out_of_range_fail(void **state)
{
	static D3DKMT_HANDLE list[10241];
	struct t_gpu *gpu = *state;
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device, .AllocationList = list,
	};
	D3DDDI_MAKERESIDENT args;
	unsigned int i;

	list[0] = t_create_allocation(gpu->device, SIZE, 0);
	for (i = 1; i < 10241; i++)
		list[i] = list[0];
	assert_status(make_resident(gpu, list, 0, &args), STATUS_INVALID_PARAMETER);
	assert_status(make_resident(gpu, list, 10241, &args),
		      STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTEvict(&evict), STATUS_INVALID_PARAMETER);
	evict.NumAllocations = 10241;
	assert_status(D3DKMTEvict(&evict), STATUS_INVALID_PARAMETER);

	assert_success(make_resident(gpu, list, 10240, &args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	evict.NumAllocations = 10240;
	assert_status(D3DKMTEvict(&evict), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, list[0]), STATUS_SUCCESS);
}

static void evict_inside_the_budget_has_nothing_to_trim(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DKMT_EVICT args = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &allocation,
		.NumBytesToTrim = 42,
	};

	t_make_resident(&gpu->paging, allocation);
	assert_status(D3DKMTEvict(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumBytesToTrim, 0);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Contents survive being paged out and in again. */
static void contents_survive_eviction(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	struct t_commands commands = t_commands(gpu);
	uint32_t *dwords = buffer.cpu;

	t_fill(&commands, buffer.gpu, SIZE, 0xcafef00d);
	t_submit_and_wait(&commands);
	assert_status(t_evict(gpu->device, buffer.allocation), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, buffer.allocation);
	commands = t_commands(gpu);
	t_copy(&commands, buffer.gpu, buffer.gpu + SIZE / 2, 4);
	t_submit_and_wait(&commands);
	assert_int_equal(dwords[0], 0xcafef00d);
	assert_int_equal(dwords[SIZE / 4 - 1], 0xcafef00d);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x1e */
static void access_to_what_is_not_resident_loses_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	struct t_commands commands = t_commands(gpu);

	assert_status(t_evict(gpu->device, buffer.allocation), STATUS_SUCCESS);
	t_write(&commands, buffer.gpu, 1);
	t_submit(&commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	t_destroy_buffer(gpu, &buffer);
}

/*
 * The documented loop: over budget nothing is done, after trimming it works.
 * Half the budget twice and a bit more is too much.
 */
static void make_resident_over_budget_changes_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYVIDEOMEMORYINFO info = { .hAdapter = gpu->adapter };
	D3DKMT_HANDLE half[2], third;
	D3DDDI_MAKERESIDENT args;
	uint64_t before, size;

	t_host_or_skip();
	assert_status(D3DKMTQueryVideoMemoryInfo(&info), STATUS_SUCCESS);
	size = (info.Budget - info.CurrentUsage) / 2 / SIZE * SIZE;
	half[0] = t_create_allocation(gpu->device, size, 0);
	half[1] = t_create_allocation(gpu->device, size, 0);
	third = t_create_allocation(gpu->device, 4 * SIZE, 0);
	t_make_resident(&gpu->paging, half[0]);
	t_make_resident(&gpu->paging, half[1]);
	before = usage(gpu);
	assert_status(make_resident(gpu, &third, 1, &args), STATUS_NO_MEMORY);
	assert_int_equal(usage(gpu), before);

	assert_status(t_evict(gpu->device, half[0]), STATUS_SUCCESS);
	assert_success(make_resident(gpu, &third, 1, &args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_status(t_destroy_allocation(gpu->device, half[0]), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, half[1]), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, third), STATUS_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(make_resident_is_done_when_the_fence_says_so),
		t_gpu_test(paging_fence_values_go_up_in_call_order),
		t_gpu_test(residency_is_counted),
		t_gpu_test(make_resident_is_all_or_nothing),
		t_gpu_test(make_resident_of_another_devices_allocation_fails),
		t_gpu_test(counts_out_of_range_fail),
		t_gpu_test(evict_inside_the_budget_has_nothing_to_trim),
		t_gpu_test(contents_survive_eviction),
		t_gpu_test(access_to_what_is_not_resident_loses_the_device),
		t_gpu_test(make_resident_over_budget_changes_nothing),
	};

	return cmocka_run_group_tests_name("residency", tests, NULL, NULL);
}
