/* SPDX-License-Identifier: MIT */
/* Priorities of contexts and of allocations: what is set is what is got. */
#include "lib/t.h"

static NTSTATUS set_scheduling(D3DKMT_HANDLE context, int priority)
{
	D3DKMT_SETCONTEXTSCHEDULINGPRIORITY args = {
		.hContext = context, .Priority = priority,
	};

	return D3DKMTSetContextSchedulingPriority(&args);
}

static int get_scheduling(D3DKMT_HANDLE context)
{
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY args = {
		.hContext = context, .Priority = 0x5a5a5a5a,
	};

	assert_status(D3DKMTGetContextSchedulingPriority(&args), STATUS_SUCCESS);
	return args.Priority;
}

static NTSTATUS set_in_process(D3DKMT_HANDLE context, int priority)
{
	D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY args = {
		.hContext = context, .Priority = priority,
	};

	return D3DKMTSetContextInProcessSchedulingPriority(&args);
}

static int get_in_process(D3DKMT_HANDLE context)
{
	D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY args = {
		.hContext = context, .Priority = 0x5a5a5a5a,
	};

	assert_status(D3DKMTGetContextInProcessSchedulingPriority(&args),
		      STATUS_SUCCESS);
	return args.Priority;
}

/* Shows 0x22, 0x30: 0 at first, and from -7 to 7. */
static void scheduling_priority_is_kept(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_context(gpu->device, 0);
	int priority;

	assert_int_equal(get_scheduling(gpu->context), 0);
	for (priority = -7; priority <= 7; priority++) {
		assert_status(set_scheduling(gpu->context, priority),
			      STATUS_SUCCESS);
		assert_int_equal(get_scheduling(gpu->context), priority);
		assert_int_equal(get_scheduling(other), 0);
	}
	assert_status(set_scheduling(gpu->context, 8), STATUS_INVALID_PARAMETER);
	assert_status(set_scheduling(gpu->context, -8), STATUS_INVALID_PARAMETER);
	assert_int_equal(get_scheduling(gpu->context), 7);
	t_destroy_context(other);
}

/* Shows 0x21, 0x2f: one of two, apart from the other kind of priority. */
static void in_process_priority_is_kept(void **state)
{
	struct t_gpu *gpu = *state;

	assert_int_equal(get_in_process(gpu->context), 0);
	assert_status(set_in_process(gpu->context, 1), STATUS_SUCCESS);
	assert_int_equal(get_in_process(gpu->context), 1);
	assert_int_equal(get_scheduling(gpu->context), 0);
	assert_status(set_scheduling(gpu->context, 3), STATUS_SUCCESS);
	assert_int_equal(get_in_process(gpu->context), 1);
	assert_status(set_in_process(gpu->context, 2), STATUS_INVALID_PARAMETER);
	assert_status(set_in_process(gpu->context, -1), STATUS_INVALID_PARAMETER);
	assert_int_equal(get_in_process(gpu->context), 1);
	assert_status(set_in_process(gpu->context, 0), STATUS_SUCCESS);
	assert_int_equal(get_in_process(gpu->context), 0);
}

static void priorities_of_no_context_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY get = { .hContext = gpu->device };

	assert_status(set_scheduling(0, 0), STATUS_INVALID_PARAMETER);
	assert_status(set_in_process(gpu->device, 0), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTGetContextSchedulingPriority(&get),
		      STATUS_INVALID_PARAMETER);
}

static NTSTATUS set_list(D3DKMT_HANDLE device, const D3DKMT_HANDLE *allocations,
			 unsigned int count, const UINT *priorities)
{
	D3DKMT_SETALLOCATIONPRIORITY args = {
		.hDevice = device,
		.phAllocationList = allocations,
		.AllocationCount = count,
		.pPriorities = priorities,
	};

	return D3DKMTSetAllocationPriority(&args);
}

static NTSTATUS get_list(D3DKMT_HANDLE device, const D3DKMT_HANDLE *allocations,
			 unsigned int count, UINT *ret_priorities)
{
	D3DKMT_GETALLOCATIONPRIORITY args = {
		.hDevice = device,
		.phAllocationList = allocations,
		.AllocationCount = count,
		.pPriorities = ret_priorities,
	};

	return D3DKMTGetAllocationPriority(&args);
}

/* Shows 0x2e, 0x3c: NORMAL until set, and each its own. */
static void allocation_priorities_are_kept(void **state)
{
	static const UINT wanted[3] = {
		D3DDDI_ALLOCATIONPRIORITY_MINIMUM, 0x12345678,
		D3DDDI_ALLOCATIONPRIORITY_MAXIMUM,
	};
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocations[3];
	UINT got[4] = { 0, 0, 0, 0x77 };
	int i;

	for (i = 0; i < 3; i++)
		allocations[i] = t_create_allocation(gpu->device, T_PAGE_SIZE, 0);
	assert_status(get_list(gpu->device, allocations, 3, got), STATUS_SUCCESS);
	for (i = 0; i < 3; i++)
		assert_int_equal(got[i], D3DDDI_ALLOCATIONPRIORITY_NORMAL);
	assert_status(set_list(gpu->device, allocations, 3, wanted), STATUS_SUCCESS);
	assert_status(get_list(gpu->device, allocations, 3, got), STATUS_SUCCESS);
	assert_memory_equal(got, wanted, sizeof(wanted));
	assert_int_equal(got[3], 0x77);
	assert_status(get_list(gpu->device, allocations + 2, 1, got),
		      STATUS_SUCCESS);
	assert_int_equal(got[0], D3DDDI_ALLOCATIONPRIORITY_MAXIMUM);
	for (i = 0; i < 3; i++)
		assert_status(t_destroy_allocation(gpu->device, allocations[i]),
			      STATUS_SUCCESS);
}

/* A bad one in the list changes none. */
static void bad_lists_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE list[2] = {
		t_create_allocation(gpu->device, T_PAGE_SIZE, 0), T_UNKNOWN_HANDLE,
	};
	UINT priorities[2] = { 1, 1 }, got;

	assert_status(set_list(gpu->device, list, 2, priorities),
		      STATUS_INVALID_PARAMETER);
	assert_status(set_list(gpu->device, list, 0, priorities),
		      STATUS_INVALID_PARAMETER);
	assert_status(get_list(gpu->device, list, 2, priorities),
		      STATUS_INVALID_PARAMETER);
	assert_status(get_list(gpu->device, list, 1, &got), STATUS_SUCCESS);
	assert_int_equal(got, D3DDDI_ALLOCATIONPRIORITY_NORMAL);
	assert_status(t_destroy_allocation(gpu->device, list[0]), STATUS_SUCCESS);
}

/* By resource there is one value, for all that it consists of. */
static void resource_has_one_priority(void **state)
{
	struct t_gpu *gpu = *state;
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = T_PAGE_SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info[2] = {
		{ .pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data) },
		{ .pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data) },
	};
	D3DKMT_CREATEALLOCATION create = {
		.hDevice = gpu->device,
		.NumAllocations = 2,
		.pAllocationInfo2 = info,
		.Flags = { .CreateResource = 1 },
	};
	UINT priority = D3DDDI_ALLOCATIONPRIORITY_HIGH, got[2] = { 0, 0 };
	D3DKMT_SETALLOCATIONPRIORITY set = {
		.hDevice = gpu->device, .pPriorities = &priority,
	};
	D3DKMT_DESTROYALLOCATION2 destroy = { .hDevice = gpu->device };
	D3DKMT_HANDLE list[2];

	assert_status(D3DKMTCreateAllocation2(&create), STATUS_SUCCESS);
	list[0] = info[0].hAllocation;
	list[1] = info[1].hAllocation;
	set.hResource = create.hResource;
	assert_status(D3DKMTSetAllocationPriority(&set), STATUS_SUCCESS);
	assert_status(get_list(gpu->device, list, 2, got), STATUS_SUCCESS);
	assert_int_equal(got[0], D3DDDI_ALLOCATIONPRIORITY_HIGH);
	assert_int_equal(got[1], D3DDDI_ALLOCATIONPRIORITY_HIGH);
	/* either the one or the other */
	set.phAllocationList = list;
	set.AllocationCount = 2;
	assert_status(D3DKMTSetAllocationPriority(&set), STATUS_INVALID_PARAMETER);
	destroy.hResource = create.hResource;
	assert_status(D3DKMTDestroyAllocation2(&destroy), STATUS_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(scheduling_priority_is_kept),
		t_gpu_test(in_process_priority_is_kept),
		t_gpu_test(priorities_of_no_context_are_refused),
		t_device_test(allocation_priorities_are_kept),
		t_device_test(bad_lists_are_refused),
		t_device_test(resource_has_one_priority),
	};

	return cmocka_run_group_tests_name("priority", tests, NULL, NULL);
}
