/* SPDX-License-Identifier: MIT */
/* residency: offered memory, budgets and who has to go under pressure. */
#include "lib/t.h"
#include "lib/t-share.h"

#include <unistd.h>

#include <dxg/dxg.h>

#define MIB (1ull << 20)
/* Of the profile below; the budget is nine tenths of it. */
#define LOCAL (64 * MIB)

static NTSTATUS try_offer(struct t_gpu *gpu, const D3DKMT_HANDLE *list,
			  unsigned int count, int priority, bool decommit)
{
	D3DKMT_OFFERALLOCATIONS args = {
		.hDevice = gpu->device,
		.HandleList = list,
		.NumAllocations = count,
	};

	args.Priority = (D3DKMT_OFFER_PRIORITY)priority;
	args.Flags.AllowDecommit = decommit;
	return D3DKMTOfferAllocations(&args);
}

static void offer(struct t_gpu *gpu, D3DKMT_HANDLE allocation, int priority,
		  bool decommit)
{
	assert_status(try_offer(gpu, &allocation, 1, priority, decommit),
		      STATUS_SUCCESS);
}

static D3DDDI_RECLAIM_RESULT reclaim(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DDDI_RECLAIM_RESULT result = (D3DDDI_RECLAIM_RESULT)77;
	D3DKMT_RECLAIMALLOCATIONS2 args = {
		.hPagingQueue = gpu->paging.handle,
		.NumAllocations = 1,
		.HandleList = &allocation,
		.pResults = &result,
	};

	assert_success(D3DKMTReclaimAllocations2(&args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	return result;
}

static uint64_t usage(struct t_gpu *gpu)
{
	D3DKMT_QUERYVIDEOMEMORYINFO args = {
		.hAdapter = gpu->adapter,
		.MemorySegmentGroup = D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL,
	};

	assert_status(D3DKMTQueryVideoMemoryInfo(&args), STATUS_SUCCESS);
	return args.CurrentUsage;
}

static NTSTATUS make_resident(struct t_gpu *gpu, D3DKMT_HANDLE allocation,
			      unsigned int flags, uint64_t *ret_trim)
{
	D3DDDI_MAKERESIDENT args = {
		.hPagingQueue = gpu->paging.handle,
		.NumAllocations = 1,
		.AllocationList = &allocation,
		.Flags.Value = flags,
	};
	NTSTATUS status = D3DKMTMakeResident(&args);

	if (ret_trim)
		*ret_trim = args.NumBytesToTrim;
	if (status >= 0)
		t_wait_paging(&gpu->paging, args.PagingFenceValue);
	return status;
}

static D3DKMT_ALLOCATIONRESIDENCYSTATUS residency(struct t_gpu *gpu,
						  D3DKMT_HANDLE allocation)
{
	D3DKMT_ALLOCATIONRESIDENCYSTATUS status = (D3DKMT_ALLOCATIONRESIDENCYSTATUS)0;
	D3DKMT_QUERYALLOCATIONRESIDENCY args = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
		.pResidencyStatus = &status,
	};

	assert_status(D3DKMTQueryAllocationResidency(&args), STATUS_SUCCESS);
	return status;
}

static void destroy(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* One that is resident and has a number in its first word. */
static D3DKMT_HANDLE create_marked(struct t_gpu *gpu, uint64_t size,
				   uint64_t number)
{
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, size, 0);
	uint64_t *memory = t_lock(gpu->device, allocation);

	*memory = number;
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_success(make_resident(gpu, allocation, 0, NULL));
	return allocation;
}

static uint64_t read_mark(struct t_gpu *gpu, D3DKMT_HANDLE allocation)
{
	uint64_t number = *(uint64_t *)t_lock(gpu->device, allocation);

	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	return number;
}

static void without_pressure_all_is_kept(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = create_marked(gpu, 4 * MIB, 42);

	offer(gpu, allocation, D3DKMT_OFFER_PRIORITY_LOW, false);
	offer(gpu, allocation, D3DKMT_OFFER_PRIORITY_LOW, false);
	assert_int_equal(reclaim(gpu, allocation), D3DDDI_RECLAIM_RESULT_OK);
	assert_true(read_mark(gpu, allocation) == 42);
	/* of what was not offered */
	assert_int_equal(reclaim(gpu, allocation), D3DDDI_RECLAIM_RESULT_OK);
	destroy(gpu, allocation);
}

/* Shows 0x27, 0x2c: under pressure the content goes, the memory comes back. */
static void pressure_discards_what_is_offered(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE offered = create_marked(gpu, 32 * MIB, 42);
	uint64_t before = usage(gpu);
	D3DKMT_HANDLE needed;
	struct t_commands commands;
	uint64_t address = t_map(&gpu->paging, offered, 32 * MIB);

	offer(gpu, offered, D3DKMT_OFFER_PRIORITY_NORMAL, false);
	needed = t_create_allocation(gpu->device, 28 * MIB, 0);
	/* it fits only when the other one makes room */
	assert_success(make_resident(gpu, needed, 0, NULL));
	assert_true(usage(gpu) == before - 4 * MIB);
	assert_int_equal(residency(gpu, offered),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT);
	destroy(gpu, needed);
	assert_int_equal(reclaim(gpu, offered), D3DDDI_RECLAIM_RESULT_DISCARDED);
	assert_int_equal(residency(gpu, offered),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY);
	assert_true(read_mark(gpu, offered) == 0);
	/* and the GPU can use it as before */
	commands = t_commands(gpu);
	t_write(&commands, address, 7);
	t_submit_and_wait(&commands);
	assert_true(read_mark(gpu, offered) == 7);
	destroy(gpu, offered);
}

static void lowest_priority_goes_first(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE high = create_marked(gpu, 12 * MIB, 3);
	D3DKMT_HANDLE low = create_marked(gpu, 12 * MIB, 1);
	D3DKMT_HANDLE normal = create_marked(gpu, 12 * MIB, 2);
	D3DKMT_HANDLE needed = t_create_allocation(gpu->device, 28 * MIB, 0);

	offer(gpu, high, D3DKMT_OFFER_PRIORITY_HIGH, false);
	offer(gpu, normal, D3DKMT_OFFER_PRIORITY_NORMAL, false);
	offer(gpu, low, D3DKMT_OFFER_PRIORITY_LOW, false);
	assert_success(make_resident(gpu, needed, 0, NULL));
	assert_status(t_evict(gpu->device, needed), STATUS_SUCCESS);
	assert_int_equal(reclaim(gpu, low), D3DDDI_RECLAIM_RESULT_DISCARDED);
	assert_int_equal(reclaim(gpu, normal), D3DDDI_RECLAIM_RESULT_OK);
	assert_int_equal(reclaim(gpu, high), D3DDDI_RECLAIM_RESULT_OK);
	assert_true(read_mark(gpu, low) == 0);
	assert_true(read_mark(gpu, normal) == 2);
	assert_true(read_mark(gpu, high) == 3);
	destroy(gpu, needed);
	destroy(gpu, normal);
	destroy(gpu, low);
	destroy(gpu, high);
}

/* With AllowDecommit the memory itself is given away, and may be missing. */
static void decommitted_memory_may_not_come_back(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE offered = create_marked(gpu, 40 * MIB, 5);
	D3DKMT_HANDLE wanted;

	offer(gpu, offered, D3DKMT_OFFER_PRIORITY_LOW, true);
	/* more than the whole adapter has left: 128 MiB less the 40 */
	wanted = t_create_allocation(gpu->device, 100 * MIB,
				     DXGHOST_ALLOCATION_NON_LOCAL);
	assert_int_equal(reclaim(gpu, offered),
			 D3DDDI_RECLAIM_RESULT_NOT_COMMITTED);
	destroy(gpu, wanted);
	assert_int_equal(reclaim(gpu, offered), D3DDDI_RECLAIM_RESULT_DISCARDED);
	assert_true(read_mark(gpu, offered) == 0);
	destroy(gpu, offered);
}

/* It is still in the residency list: there is nowhere to put it. */
static void reclaim_without_room_loses_the_device(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE offered = create_marked(gpu, 30 * MIB, 5);
	D3DKMT_HANDLE needed = create_marked(gpu, 20 * MIB, 6);
	D3DKMT_HANDLE more = t_create_allocation(gpu->device, 25 * MIB, 0);
	D3DKMT_RECLAIMALLOCATIONS2 args = {
		.hPagingQueue = gpu->paging.handle,
		.NumAllocations = 1,
		.HandleList = &offered,
	};

	offer(gpu, offered, D3DKMT_OFFER_PRIORITY_LOW, false);
	assert_success(make_resident(gpu, more, 0, NULL));
	assert_true(read_mark(gpu, needed) == 6);
	assert_status(D3DKMTReclaimAllocations2(&args), STATUS_DEVICE_REMOVED);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ERROR_OUTOFMEMORY);
}

/* What was evicted only if necessary is not there either, once it is taken. */
static void decommitted_memory_is_not_resident(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE offered = create_marked(gpu, 40 * MIB, 5);
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &offered,
		.Flags = { .EvictOnlyIfNecessary = 1 },
	};

	assert_status(D3DKMTEvict(&evict), STATUS_SUCCESS);
	assert_int_equal(residency(gpu, offered),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY);
	offer(gpu, offered, D3DKMT_OFFER_PRIORITY_LOW, true);
	destroy(gpu, t_create_allocation(gpu->device, 100 * MIB, 0));
	assert_int_equal(residency(gpu, offered),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT);
	destroy(gpu, offered);
}

/* Who opens what its owner has offered uses memory of its own, and keeps it. */
static void decommitted_memory_is_there_for_who_opens_it(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_shared_resource offered, opened;
	D3DKMT_HANDLE other;
	uint64_t *memory;
	int fd;

	assert_status(t_try_create_shared_resource(gpu->device, 40 * MIB,
						   &offered), STATUS_SUCCESS);
	offer(gpu, offered.allocation, D3DKMT_OFFER_PRIORITY_LOW, true);
	destroy(gpu, t_create_allocation(gpu->device, 100 * MIB, 0));
	fd = t_share(offered.handle);
	assert_status(t_try_open_resource(gpu->device, fd, &opened),
		      STATUS_SUCCESS);
	close(fd);
	memory = t_lock(gpu->device, opened.allocation);
	other = t_create_allocation(gpu->device, 60 * MIB, 0);
	*memory = 77;
	assert_true(read_mark(gpu, other) == 0);
	/* nor is it taken away again: there is no room for 30 more */
	assert_refused(t_try_create_allocation(gpu->device, 30 * MIB, 0, &other));
	assert_true(*memory == 77);
	destroy(gpu, other);
	assert_status(t_destroy_resource(gpu->device, offered.handle),
		      STATUS_SUCCESS);
	assert_true(*memory == 77);
}

/* Work queued before the offer still uses it; that is what it waits for. */
static void earlier_work_still_runs(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_fence gate = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);

	assert_status(t_wait_gpu(gpu->context, gate.handle, 1), STATUS_SUCCESS);
	t_write(&commands, buffer.gpu, 6);
	t_submit(&commands, gpu->context);
	offer(gpu, buffer.allocation, D3DKMT_OFFER_PRIORITY_LOW, false);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	commands = t_commands(gpu);
	t_opcode(&commands, DXGHOST_OP_NOP);
	t_submit_and_wait(&commands);
	assert_int_equal(reclaim(gpu, buffer.allocation),
			 D3DDDI_RECLAIM_RESULT_OK);
	assert_true(*(volatile uint64_t *)buffer.cpu == 6);
	t_destroy_fence(&gate);
	t_destroy_buffer(gpu, &buffer);
}

static void offered_memory_is_not_for_use(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, MIB, 0);
	D3DKMT_LOCK2 lock = { .hDevice = gpu->device, .hAllocation = allocation };

	offer(gpu, allocation, D3DKMT_OFFER_PRIORITY_HIGH, false);
	assert_status(D3DKMTLock2(&lock), STATUS_INVALID_PARAMETER);
	assert_int_equal(reclaim(gpu, allocation), D3DDDI_RECLAIM_RESULT_OK);
	assert_status(D3DKMTLock2(&lock), STATUS_SUCCESS);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	destroy(gpu, allocation);
}

static void bad_offers_are_refused(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE list[2] = {
		t_create_allocation(gpu->device, MIB, 0), T_UNKNOWN_HANDLE,
	};
	D3DKMT_RECLAIMALLOCATIONS2 args = {
		.hPagingQueue = gpu->paging.handle,
		.NumAllocations = 2,
		.HandleList = list,
	};

	assert_status(try_offer(gpu, list, 2, 1, false), STATUS_INVALID_PARAMETER);
	assert_status(try_offer(gpu, list, 0, 1, false), STATUS_INVALID_PARAMETER);
	assert_status(try_offer(gpu, list, 10241, 1, false),
		      STATUS_INVALID_PARAMETER);
	assert_status(try_offer(gpu, list, 1, 0, false), STATUS_INVALID_PARAMETER);
	assert_status(try_offer(gpu, list, 1, 5, false), STATUS_INVALID_PARAMETER);
	assert_status(try_offer(gpu, NULL, 1, 1, false), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTReclaimAllocations2(&args), STATUS_INVALID_PARAMETER);
	/* nothing of it was offered */
	assert_true(read_mark(gpu, list[0]) == 0);
	destroy(gpu, list[0]);
}

/* Over budget: nothing changes, and how much is too much is told. */
static void budget_is_kept_unless_nothing_can_be_trimmed(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE first = t_create_allocation(gpu->device, 40 * MIB, 0);
	D3DKMT_HANDLE second = t_create_allocation(gpu->device, 20 * MIB, 0);
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &first,
	};
	uint64_t before = usage(gpu), trim, budget = LOCAL / 10 * 9;

	assert_success(make_resident(gpu, first, 0, NULL));
	assert_status(make_resident(gpu, second, 0, &trim), STATUS_NO_MEMORY);
	assert_true(trim == before + 60 * MIB - budget);
	assert_true(usage(gpu) == before + 40 * MIB);
	/* CantTrimFurther: beyond the budget, as far as there is memory */
	assert_success(make_resident(gpu, second, 1, NULL));
	assert_true(usage(gpu) == before + 60 * MIB);
	/* MustSucceed alone makes no sense */
	assert_status(make_resident(gpu, second, 2, NULL), STATUS_INVALID_PARAMETER);
	evict.AllocationList = &second;
	assert_status(D3DKMTEvict(&evict), STATUS_SUCCESS);
	assert_true(evict.NumBytesToTrim == 0);
	destroy(gpu, first);
	destroy(gpu, second);
}

static void must_succeed_or_the_device_is_lost(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE first = t_create_allocation(gpu->device, 50 * MIB, 0);
	D3DKMT_HANDLE second = t_create_allocation(gpu->device, 20 * MIB, 0);

	assert_success(make_resident(gpu, first, 0, NULL));
	assert_status(make_resident(gpu, second, 1, NULL), STATUS_NO_MEMORY);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_status(make_resident(gpu, second, 3, NULL), STATUS_NO_MEMORY);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ERROR_OUTOFMEMORY);
}

/* Shows 0x2a: where it is, and that it stays there until the room is needed. */
static void eviction_may_wait_until_it_is_necessary(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE lazy = t_create_allocation(gpu->device, 30 * MIB, 0);
	D3DKMT_HANDLE shared = t_create_allocation(gpu->device, MIB,
						   DXGHOST_ALLOCATION_NON_LOCAL);
	D3DKMT_HANDLE needed = t_create_allocation(gpu->device, 40 * MIB, 0);
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &lazy,
		.Flags = { .EvictOnlyIfNecessary = 1 },
	};

	assert_int_equal(residency(gpu, lazy),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT);
	assert_success(make_resident(gpu, lazy, 0, NULL));
	assert_success(make_resident(gpu, shared, 0, NULL));
	assert_int_equal(residency(gpu, lazy),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY);
	assert_int_equal(residency(gpu, shared),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINSHAREDMEMORY);
	assert_status(D3DKMTEvict(&evict), STATUS_SUCCESS);
	assert_int_equal(residency(gpu, lazy),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY);
	assert_success(make_resident(gpu, needed, 0, NULL));
	assert_int_equal(residency(gpu, lazy),
			 D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT);
	destroy(gpu, needed);
	destroy(gpu, shared);
	destroy(gpu, lazy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(without_pressure_all_is_kept),
		t_gpu_test(pressure_discards_what_is_offered),
		t_gpu_test(lowest_priority_goes_first),
		t_gpu_test(decommitted_memory_may_not_come_back),
		t_gpu_test(reclaim_without_room_loses_the_device),
		t_gpu_test(decommitted_memory_is_not_resident),
		t_gpu_test(decommitted_memory_is_there_for_who_opens_it),
		t_gpu_test(earlier_work_still_runs),
		t_gpu_test(offered_memory_is_not_for_use),
		t_gpu_test(bad_offers_are_refused),
		t_gpu_test(budget_is_kept_unless_nothing_can_be_trimmed),
		t_gpu_test(must_succeed_or_the_device_is_lost),
		t_gpu_test(eviction_may_wait_until_it_is_necessary),
	};

	/* little memory is soon short; on a real device that would be rude */
	t_host_use_profile("[adapter]\nlocal_memory = 64M\n"
			   "nonlocal_memory = 64M\n");
	return cmocka_run_group_tests_name("offer", tests, NULL, NULL);
}
