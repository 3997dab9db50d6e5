/* SPDX-License-Identifier: MIT */
/* memory-info: budgets and usage, local and non-local. W027..W032. */
#include "lib/t.h"

#define MIB (1024u * 1024)

static NTSTATUS query(D3DKMT_HANDLE adapter, int group,
		      D3DKMT_QUERYVIDEOMEMORYINFO *ret_info)
{
	memset(ret_info, 0, sizeof(*ret_info));
	ret_info->hAdapter = adapter;
	ret_info->MemorySegmentGroup = (D3DKMT_MEMORY_SEGMENT_GROUP)group;
	return D3DKMTQueryVideoMemoryInfo(ret_info);
}

static uint64_t usage(const struct t_gpu *gpu, int group)
{
	D3DKMT_QUERYVIDEOMEMORYINFO info;

	assert_status(query(gpu->adapter, group, &info), STATUS_SUCCESS);
	return info.CurrentUsage;
}

/* W027, for both groups */
static void a_quiet_process_is_inside_its_budget(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYVIDEOMEMORYINFO info;
	int group;

	for (group = D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL;
	     group <= D3DKMT_MEMORY_SEGMENT_GROUP_NON_LOCAL; group++) {
		assert_status(query(gpu->adapter, group, &info), STATUS_SUCCESS);
		assert_true(info.Budget >= info.AvailableForReservation);
		assert_true(info.CurrentUsage <= info.Budget);
		assert_int_equal(info.CurrentReservation, 0);
		assert_int_equal(info.hAdapter, gpu->adapter);
	}
}

/* W028..W030; in the guest no process but the caller's can be named. */
static void query_for_a_process_fails(void **state)
{
	static const uintptr_t processes[] = {
		UINTPTR_MAX, 4, 0xdeadbeef,
	};
	struct t_gpu *gpu = *state;
	size_t i;

	for (i = 0; i < sizeof(processes) / sizeof(processes[0]); i++) {
		D3DKMT_QUERYVIDEOMEMORYINFO info = {
			.hProcess = (HANDLE)processes[i],
			.hAdapter = gpu->adapter,
			.Budget = 42,
		};

		assert_status(D3DKMTQueryVideoMemoryInfo(&info),
			      STATUS_INVALID_PARAMETER);
		assert_int_equal(info.Budget, 42);
	}
}

/* W031 */
static void query_of_unknown_adapter_fails(void **state)
{
	D3DKMT_QUERYVIDEOMEMORYINFO info;

	(void)state;
	assert_status(query(0xdeadbeef, 0, &info), STATUS_INVALID_PARAMETER);
	assert_status(query(0, 0, &info), STATUS_INVALID_PARAMETER);
}

/* W032 */
static void query_of_unknown_group_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYVIDEOMEMORYINFO info;

	assert_status(query(gpu->adapter, 2, &info), STATUS_INVALID_PARAMETER);
	assert_status(query(gpu->adapter, -1, &info), STATUS_INVALID_PARAMETER);
}

static void query_with_null_arguments_fails(void **state)
{
	(void)state;
	assert_status(D3DKMTQueryVideoMemoryInfo(NULL), STATUS_UNSUCCESSFUL);
}

/* Shows 0x0a */
static void usage_counts_what_is_resident(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before = usage(gpu, 0);
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, MIB, 0);

	assert_int_equal(usage(gpu, 0), before);
	t_make_resident(&gpu->paging, allocation);
	assert_int_equal(usage(gpu, 0), before + MIB);
	t_make_resident(&gpu->paging, allocation);
	assert_int_equal(usage(gpu, 0), before + MIB);
	assert_status(t_evict(gpu->device, allocation), STATUS_SUCCESS);
	assert_int_equal(usage(gpu, 0), before + MIB);
	assert_status(t_evict(gpu->device, allocation), STATUS_SUCCESS);
	assert_int_equal(usage(gpu, 0), before);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void usage_is_counted_in_the_group_where_memory_lies(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t local = usage(gpu, 0), non_local = usage(gpu, 1);
	D3DKMT_HANDLE allocation;

	t_host_or_skip();
	allocation = t_create_allocation(gpu->device, MIB,
					 DXGHOST_ALLOCATION_NON_LOCAL);
	t_make_resident(&gpu->paging, allocation);
	assert_int_equal(usage(gpu, 0), local);
	assert_int_equal(usage(gpu, 1), non_local + MIB);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	assert_eventually(usage(gpu, 1) == non_local);
}

static void usage_is_that_of_all_devices_together(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct t_paging_queue paging;
	uint64_t before = usage(gpu, 0);
	D3DKMT_HANDLE allocation;

	t_create_paging_queue(device, &paging);
	allocation = t_create_allocation(device, MIB, 0);
	t_make_resident(&paging, allocation);
	assert_int_equal(usage(gpu, 0), before + MIB);
	t_destroy_device(device);
	assert_eventually(usage(gpu, 0) == before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(a_quiet_process_is_inside_its_budget),
		t_device_test(query_for_a_process_fails),
		t_bare_test(query_of_unknown_adapter_fails),
		t_device_test(query_of_unknown_group_fails),
		t_bare_test(query_with_null_arguments_fails),
		t_gpu_test(usage_counts_what_is_resident),
		t_gpu_test(usage_is_counted_in_the_group_where_memory_lies),
		t_gpu_test(usage_is_that_of_all_devices_together),
	};

	return cmocka_run_group_tests_name("memory-info", tests, NULL, NULL);
}
