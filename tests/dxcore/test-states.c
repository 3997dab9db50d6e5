/* SPDX-License-Identifier: MIT */
/* States of an adapter, against what the driver itself says. */
#include "t-subject.h"

#include <unistd.h>

#include "../lib/t.h"

static int setup(void **state)
{
	return t_subject_setup(state, "soft:discrete");
}

static void query(IDXCoreAdapter1 *adapter, DXCoreAdapterState state, size_t input_size,
		  const void *input, size_t output_size, void *output)
{
	assert_true(t_call(adapter, IsQueryStateSupported, state));
	memset(output, 0xaa, output_size);
	assert_result(t_call(adapter, QueryState, state, input_size, input, output_size, output),
		      S_OK);
}

static void no_driver_update_is_in_progress(void **state)
{
	struct t_subject *subject = *state;
	bool is_updating;

	query(subject->adapter, DXCoreAdapterState_IsDriverUpdateInProgress, 0, NULL,
	      sizeof(is_updating), &is_updating);
	assert_false(is_updating);
}

/* Against the very call, whose structure has the members in another order. */
static void the_budget_is_that_of_the_driver(void **state)
{
	struct t_subject *subject = *state;
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = t_luid(subject->adapter) };
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION reserve = { .Reservation = 64 << 20 };
	D3DKMT_QUERYVIDEOMEMORYINFO info = { 0 };
	D3DKMT_CLOSEADAPTER close;
	uint32_t group;

	assert_int_equal(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	reserve.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTChangeVideoMemoryReservation(&reserve), STATUS_SUCCESS);
	for (group = 0; group < 2; group++) {
		DXCoreAdapterMemoryBudgetNodeSegmentGroup in = { 0, group };
		DXCoreAdapterMemoryBudget budget;

		query(subject->adapter, DXCoreAdapterState_AdapterMemoryBudget, sizeof(in), &in,
		      sizeof(budget), &budget);
		info.hAdapter = open.hAdapter;
		info.MemorySegmentGroup = (D3DKMT_MEMORY_SEGMENT_GROUP)group;
		assert_int_equal(D3DKMTQueryVideoMemoryInfo(&info), STATUS_SUCCESS);
		assert_true(budget.budget == info.Budget && budget.budget);
		assert_true(budget.currentUsage == info.CurrentUsage);
		assert_true(budget.currentReservation == info.CurrentReservation);
		assert_true(budget.availableForReservation == info.AvailableForReservation);
		assert_true(group || budget.currentReservation == 64 << 20);
	}
	close.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTCloseAdapter(&close), STATUS_SUCCESS);
}

static DXCoreMemoryUsage usage(IDXCoreAdapter1 *adapter, DXCoreMemoryType type)
{
	DXCoreMemoryQueryInput in = { 0, type };
	DXCoreMemoryUsage all;

	query(adapter, DXCoreAdapterState_AdapterMemoryUsageBytes, sizeof(in), &in, sizeof(all),
	      &all);
	return all;
}

static DXCoreProcessMemoryQueryOutput process_usage(IDXCoreAdapter1 *adapter,
						    DXCoreMemoryType type, uint32_t process)
{
	DXCoreProcessMemoryQueryInput in = { 0, type, process };
	DXCoreProcessMemoryQueryOutput of_process;

	query(adapter, DXCoreAdapterState_AdapterMemoryUsageByProcessBytes, sizeof(in), &in,
	      sizeof(of_process), &of_process);
	return of_process;
}

/* What is allocated appears as the adapter's, and as this process's. */
static void memory_in_use_is_counted(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	DXCoreMemoryUsage before = usage(adapter, DXCoreMemoryType_Dedicated);
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = t_luid(adapter) };
	D3DKMT_CREATEDEVICE device = { 0 };
	D3DKMT_DESTROYDEVICE destroy;
	D3DKMT_CLOSEADAPTER close;
	DXCoreProcessMemoryQueryOutput of_process;
	D3DKMT_HANDLE allocation;

	assert_int_equal(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	device.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTCreateDevice(&device), STATUS_SUCCESS);
	allocation = t_create_allocation(device.hDevice, 1 << 20, 0);
	assert_true(usage(adapter, DXCoreMemoryType_Dedicated).committed ==
		    before.committed + (1 << 20));
	of_process = process_usage(adapter, DXCoreMemoryType_Dedicated, (uint32_t)getpid());
	assert_true(of_process.processQuerySucceeded);
	assert_true(of_process.memoryUsage.committed == 1 << 20);
	/* The same, by the number that stands for the caller. */
	assert_true(process_usage(adapter, DXCoreMemoryType_Dedicated, 0)
			    .memoryUsage.committed == 1 << 20);
	assert_true(process_usage(adapter, DXCoreMemoryType_Shared, 0).memoryUsage.committed == 0);
	assert_int_equal(t_destroy_allocation(device.hDevice, allocation), STATUS_SUCCESS);
	destroy.hDevice = device.hDevice;
	assert_int_equal(D3DKMTDestroyDevice(&destroy), STATUS_SUCCESS);
	close.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTCloseAdapter(&close), STATUS_SUCCESS);
}

/* A process that does not use the adapter is no failure of the question. */
static void an_unknown_process_is_told_in_the_answer(void **state)
{
	struct t_subject *subject = *state;
	DXCoreEngineQueryInput in = { { 0, 0 }, 0x7fffffff };
	DXCoreEngineQueryOutput out;

	assert_false(process_usage(subject->adapter, DXCoreMemoryType_Dedicated, 0x7fffffff)
			     .processQuerySucceeded);
	query(subject->adapter, DXCoreAdapterState_AdapterEngineRunningTimeByProcessMicroseconds,
	      sizeof(in), &in, sizeof(out), &out);
	assert_false(out.processQuerySucceeded);
	assert_true(out.runningTime == 0);
}

/* Sets the first engine to work, and waits for it. */
static void work(LUID luid)
{
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = luid };
	struct t_gpu gpu = { .luid = luid };
	struct t_commands commands;

	assert_status(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	gpu.adapter = open.hAdapter;
	gpu.device = t_create_device(gpu.adapter);
	gpu.context = t_create_context(gpu.device, 0);
	t_create_paging_queue(gpu.device, &gpu.paging);
	gpu.fence = t_create_fence(gpu.device, 0);
	gpu.commands = t_create_buffer(&gpu, 65536);
	commands = t_commands(&gpu);
	t_write(&commands, gpu.commands.gpu + 65528, 1);
	t_submit_and_wait(&commands);
	t_destroy_device(gpu.device);
	t_close_adapter(gpu.adapter);
}

/* What the driver says, in microseconds: of all, or of this process. */
static uint64_t running_time(LUID luid, bool is_process)
{
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = is_process ? D3DKMT_QUERYSTATISTICS_PROCESS_NODE :
				     D3DKMT_QUERYSTATISTICS_NODE,
		.AdapterLuid = luid,
	};

	assert_status(D3DKMTQueryStatistics(&statistics), STATUS_SUCCESS);
	return (uint64_t)(is_process ? statistics.QueryResult.ProcessNodeInformation.RunningTime :
				       statistics.QueryResult.NodeInformation.GlobalInformation
					       .RunningTime).QuadPart / 10;
}

static void engines_tell_how_long_they_ran(void **state)
{
	static const DXCoreAdapterState states[] = {
		DXCoreAdapterState_AdapterEngineRunningTimeMicroseconds,
		DXCoreAdapterState_AdapterEngineRunningTimeByProcessMicroseconds,
	};
	struct t_subject *subject = *state;
	LUID luid = t_luid(subject->adapter);
	DXCoreEngineQueryInput in = { { 0, 0 }, 0 };
	int i;

	work(luid);
	for (i = 0; i < 2; i++) {
		DXCoreEngineQueryOutput out;
		uint64_t before;

		/* Of a short command there may not be a whole one. */
		while (!running_time(luid, i))
			work(luid);
		before = running_time(luid, i);
		query(subject->adapter, states[i], sizeof(in), &in, sizeof(out), &out);
		assert_true(out.processQuerySucceeded);
		assert_true(out.runningTime >= before);
		assert_true(out.runningTime <= running_time(luid, i));
	}
}

static void engines_tell_their_clock(void **state)
{
	struct t_subject *subject = *state;
	DXCoreAdapterEngineIndex index = { 0, 0 };
	DXCoreFrequencyQueryOutput clock;

	query(subject->adapter, DXCoreAdapterState_AdapterEngineFrequencyHertz, sizeof(index),
	      &index, sizeof(clock), &clock);
	assert_true(clock.frequency && clock.maxFrequency >= clock.frequency);
}

static void temperature_and_memory_clock_are_those_of_the_driver(void **state)
{
	struct t_subject *subject = *state;
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = t_luid(subject->adapter) };
	D3DKMT_ADAPTER_PERFDATA data = { 0 };
	D3DKMT_QUERYADAPTERINFO info = {
		.Type = KMTQAITYPE_ADAPTERPERFDATA,
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CLOSEADAPTER close;
	DXCoreFrequencyQueryOutput clock;
	uint32_t index = 0;
	float celsius;

	assert_int_equal(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	info.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTQueryAdapterInfo(&info), STATUS_SUCCESS);
	close.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTCloseAdapter(&close), STATUS_SUCCESS);
	query(subject->adapter, DXCoreAdapterState_AdapterTemperatureCelsius, sizeof(index),
	      &index, sizeof(celsius), &celsius);
	assert_true(data.Temperature && (ULONG)(celsius * 10 + 0.5f) == data.Temperature);
	query(subject->adapter, DXCoreAdapterState_AdapterMemoryFrequencyHertz, sizeof(index),
	      &index, sizeof(clock), &clock);
	assert_true(clock.frequency && clock.frequency == data.MemoryFrequency);
	assert_true(clock.maxFrequency == data.MaxMemoryFrequency);
}

static void this_process_is_among_those_that_use_it(void **state)
{
	struct t_subject *subject = *state;
	D3DKMT_OPENADAPTERFROMLUID open = { .AdapterLuid = t_luid(subject->adapter) };
	DXCoreAdapterProcessSetQueryInput in = { 0 };
	DXCoreAdapterProcessSetQueryOutput out;
	D3DKMT_CLOSEADAPTER close;
	uint32_t count, id = 0;

	assert_int_equal(D3DKMTOpenAdapterFromLuid(&open), STATUS_SUCCESS);
	query(subject->adapter, DXCoreAdapterState_AdapterInUseProcessCount, 0, NULL,
	      sizeof(count), &count);
	assert_int_equal(count, 1);
	query(subject->adapter, DXCoreAdapterState_AdapterInUseProcessSet, sizeof(in), &in,
	      sizeof(out), &out);
	assert_int_equal(out.processesWritten, 0);
	assert_int_equal(out.processesTotal, 1);
	in.arraySize = 1;
	in.processIds = &id;
	query(subject->adapter, DXCoreAdapterState_AdapterInUseProcessSet, sizeof(in), &in,
	      sizeof(out), &out);
	assert_int_equal(out.processesWritten, 1);
	assert_int_equal(id, getpid());
	close.hAdapter = open.hAdapter;
	assert_int_equal(D3DKMTCloseAdapter(&close), STATUS_SUCCESS);
}

#define state_test(name) cmocka_unit_test_setup_teardown(name, setup, t_subject_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		state_test(no_driver_update_is_in_progress),
		state_test(the_budget_is_that_of_the_driver),
		state_test(memory_in_use_is_counted),
		state_test(an_unknown_process_is_told_in_the_answer),
		state_test(engines_tell_how_long_they_ran),
		state_test(engines_tell_their_clock),
		state_test(temperature_and_memory_clock_are_those_of_the_driver),
		state_test(this_process_is_among_those_that_use_it),
	};

	return cmocka_run_group_tests_name("dxcore-states", tests, NULL, NULL);
}
