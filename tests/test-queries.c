/* SPDX-License-Identifier: MIT */
/* Questions and errands of one call each: clock, features, processes, escapes. */
#include "lib/t.h"

#include <time.h>
#include <unistd.h>

#define FLUSH_HEAP_TRANSITIONS	37u	/* the messages */
#define INVALIDATE_CACHE	67u

static NTSTATUS read_clock(struct t_gpu *gpu, unsigned int node,
			   DXGK_GPUCLOCKDATA *ret_clock)
{
	D3DKMT_QUERYCLOCKCALIBRATION args = {
		.hAdapter = gpu->adapter,
		.NodeOrdinal = node,
	};
	NTSTATUS status = D3DKMTQueryClockCalibration(&args);

	*ret_clock = args.ClockData;
	return status;
}

/* Shows 0x3d: one clock for the calibration and for packets, and it goes on. */
static void clock_is_that_of_the_timestamps(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	volatile uint64_t *stamp = buffer.cpu;
	DXGK_GPUCLOCKDATA before, after;

	assert_status(read_clock(gpu, 0, &before), STATUS_SUCCESS);
	t_timestamp(&commands, buffer.gpu);
	t_submit_and_wait(&commands);
	assert_status(read_clock(gpu, 0, &after), STATUS_SUCCESS);
	assert_true(before.GpuFrequency > 0);
	assert_true(after.GpuFrequency == before.GpuFrequency);
	assert_true(before.GpuClockCounter < stamp[0]);
	assert_true(stamp[0] < after.GpuClockCounter);
	assert_true(before.CpuClockCounter < after.CpuClockCounter);
	/* the host's performance counter has 10 MHz; one tick for rounding */
	if (t_device_is_soft()) {
		uint64_t gpu_ticks = (after.GpuClockCounter -
				      before.GpuClockCounter) /
				     (before.GpuFrequency / 10000000);
		uint64_t cpu_ticks = after.CpuClockCounter -
				     before.CpuClockCounter;

		assert_in_range(cpu_ticks, gpu_ticks, gpu_ticks + 1);
	}
	t_destroy_buffer(gpu, &buffer);
}

static void clock_of_no_node_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	DXGK_GPUCLOCKDATA clock;

	assert_status(read_clock(gpu, 1000, &clock), STATUS_INVALID_PARAMETER);
}

static DXGK_ISFEATUREENABLED_RESULT ask_feature(struct t_gpu *gpu, UINT id)
{
	D3DKMT_ISFEATUREENABLED args = { .hAdapter = gpu->adapter };

	args.FeatureId = (DXGK_FEATURE_ID)id;
	assert_status(D3DKMTIsFeatureEnabled(&args), STATUS_SUCCESS);
	return args.Result;
}

/* Shows 0x49: hardware scheduling is on; what nobody knows is no error. */
static void features_are_told(void **state)
{
	struct t_gpu *gpu = *state;
	DXGK_ISFEATUREENABLED_RESULT result;

	result = ask_feature(gpu, DXGK_FEATURE_HWSCH);
	assert_int_equal(result.KnownFeature, 1);
	assert_int_equal(result.Enabled, 1);
	assert_int_equal(result.SupportedByDriver, 1);
	assert_true(result.Version > 0);
	result = ask_feature(gpu, DXGK_FEATURE_KERNEL_MODE_TESTING);
	assert_int_equal(result.KnownFeature, 1);
	assert_int_equal(result.Enabled, 0);
	result = ask_feature(gpu, 0x0fffffff);
	assert_int_equal(result.KnownFeature, 0);
	assert_int_equal(result.Enabled, 0);
}

/* Section 23: an adapter is looked up in any case. */
static void features_without_an_adapter_are_refused(void **state)
{
	D3DKMT_ISFEATUREENABLED args = { .FeatureId = DXGK_FEATURE_HWSCH };

	(void)state;
	assert_status(D3DKMTIsFeatureEnabled(&args), STATUS_INVALID_PARAMETER);
}

/* Shows 0x48: this process, as long as it has the adapter open. */
static void processes_of_an_adapter_are_listed(void **state)
{
	struct t_gpu *gpu = *state;
	UINT32 ids[4] = { 0 };
	D3DKMT_ENUMPROCESSES args = { .AdapterLuid = gpu->luid };

	assert_status(D3DKMTEnumProcesses(&args), STATUS_BUFFER_TOO_SMALL);
	assert_true(args.BufferCount == 1);
	args.Buffer = ids;
	args.BufferCount = 4;
	assert_status(D3DKMTEnumProcesses(&args), STATUS_SUCCESS);
	assert_true(args.BufferCount == 1);
	assert_int_equal(ids[0], getpid());
	assert_int_equal(ids[1], 0);
	args.BufferCount = 0;
	assert_status(D3DKMTEnumProcesses(&args), STATUS_BUFFER_TOO_SMALL);
	assert_true(args.BufferCount == 1);
	args.AdapterLuid.LowPart++;
	assert_status(D3DKMTEnumProcesses(&args), STATUS_INVALID_PARAMETER);
}

static NTSTATUS escape(struct t_gpu *gpu, D3DKMT_HANDLE device,
		       D3DKMT_HANDLE context, void *data, UINT size)
{
	D3DKMT_ESCAPE args = {
		.hAdapter = gpu->adapter,
		.hDevice = device,
		.hContext = context,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	return D3DKMTEscape(&args);
}

/* Shows 0x0d: the data go to the host and come back, whole. */
static void private_escape_goes_round(void **state)
{
	static unsigned char data[100000], copy[100000];
	struct t_gpu *gpu = *state;
	size_t i;

	for (i = 0; i < sizeof(data); i++)
		data[i] = copy[i] = (unsigned char)(i * 7 + (i >> 8));
	assert_status(escape(gpu, 0, 0, data, sizeof(data)), STATUS_SUCCESS);
	assert_memory_equal(data, copy, sizeof(data));
	assert_status(escape(gpu, gpu->device, gpu->context, data, 16),
		      STATUS_SUCCESS);
	assert_memory_equal(data, copy, sizeof(data));
	assert_status(escape(gpu, gpu->device, 0, NULL, 0), STATUS_SUCCESS);
}

static void escape_wants_fitting_handles(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_ESCAPE test = {
		.hAdapter = gpu->adapter, .Type = D3DKMT_ESCAPE_TDRDBGCTRL,
	};
	unsigned char data[16] = { 0 };

	assert_status(escape(gpu, other, gpu->context, data, sizeof(data)),
		      STATUS_INVALID_PARAMETER);
	assert_status(escape(gpu, gpu->context, 0, data, sizeof(data)),
		      STATUS_INVALID_PARAMETER);
	assert_status(escape(gpu, gpu->device, gpu->device, data, sizeof(data)),
		      STATUS_INVALID_PARAMETER);
	/* more than a message holds */
	assert_refused(escape(gpu, 0, 0, data, 131072));
	/* those of tests are not for everybody */
	test.pPrivateDriverData = data;
	test.PrivateDriverDataSize = sizeof(data);
	assert_refused(D3DKMTEscape(&test));
	t_destroy_device(other);
}

static NTSTATUS known_escape(struct t_gpu *gpu, void *data, UINT size)
{
	D3DKMT_ESCAPE args = {
		.hAdapter = gpu->adapter,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	args.Flags.DriverKnownEscape = 1;
	return D3DKMTEscape(&args);
}

/* The documented ones; what is not known is refused. */
static void known_escapes_are_answered(void **state)
{
	struct t_gpu *gpu = *state;
	int event = t_create_event();
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_CPU_NOTIFICATION },
	};
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy;
	D3DDDI_DRIVERESCAPE_TRANSLATEALLOCATIONEHANDLE translate = {
		.EscapeType = D3DDDI_DRIVERESCAPETYPE_TRANSLATEALLOCATIONHANDLE,
		.hAllocation = gpu->commands.allocation,
	};
	D3DDDI_DRIVERESCAPE_CPUEVENTUSAGE usage = {
		.EscapeType = D3DDDI_DRIVERESCAPETYPE_CPUEVENTUSAGE,
		.Usage = { 1, 2, 3, 4, 5, 6, 7, 8 },
	};

	create.Info.CPUNotification.Event = (HANDLE)(uintptr_t)event;
	assert_status(D3DKMTCreateSynchronizationObject2(&create),
		      STATUS_SUCCESS);
	assert_status(known_escape(gpu, &translate, sizeof(translate)),
		      STATUS_SUCCESS);
	assert_int_equal(translate.hAllocation, gpu->commands.allocation);
	usage.hSyncObject = create.hSyncObject;
	assert_status(known_escape(gpu, &usage, sizeof(usage)), STATUS_SUCCESS);
	assert_int_equal(usage.Usage[7], 8);
	/* of another kind, of no kind, too short, not known */
	usage.hSyncObject = gpu->fence.handle;
	assert_refused(known_escape(gpu, &usage, sizeof(usage)));
	usage.hSyncObject = T_UNKNOWN_HANDLE;
	assert_refused(known_escape(gpu, &usage, sizeof(usage)));
	usage.hSyncObject = create.hSyncObject;
	assert_refused(known_escape(gpu, &usage, sizeof(usage) - 8));
	assert_status(known_escape(gpu, &usage, 3), STATUS_INVALID_PARAMETER);
	usage.EscapeType = (D3DDDI_DRIVERESCAPETYPE)99;
	assert_refused(known_escape(gpu, &usage, sizeof(usage)));
	destroy.hSyncObject = create.hSyncObject;
	assert_status(D3DKMTDestroySynchronizationObject(&destroy),
		      STATUS_SUCCESS);
	close(event);
}

/* As the kernel's header has it: what is built is a buffer for this GPU. */
static void test_buffer_is_built(void **state)
{
	struct t_gpu *gpu = *state;
	struct {
		uint32_t type, device, context, flags;
		char command[72];
		uint64_t buffer, private_data;
		uint32_t size, private_size;
	} build = { .type = 3, .size = 64, .private_size = 16 };
	struct t_commands commands = t_commands(gpu);
	unsigned char *place = (unsigned char *)gpu->commands.cpu +
			       (commands.address - gpu->commands.gpu);
	unsigned char built[64];

	t_soft_or_skip();
	memset(built, 0xee, sizeof(built));
	build.buffer = (uintptr_t)built;
	build.private_data = (uintptr_t)(built + 32);
	assert_status(known_escape(gpu, &build, sizeof(build)), STATUS_SUCCESS);
	assert_int_equal(build.size, 8);
	assert_int_equal(built[8], 0xee);
	/* with its length as private data */
	assert_int_equal(build.private_size, 8);
	assert_int_equal(built[32], 8);
	assert_int_equal(built[40], 0xee);
	/* and it runs */
	memcpy(place, built, build.size);
	commands.used = build.size;
	t_submit_and_wait(&commands);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	build.size = 4;
	build.private_size = 0;
	assert_refused(known_escape(gpu, &build, sizeof(build)));
}

/* Shows 0x1f: nothing is to be seen of it but that the host is told. */
static void flush_of_heap_transitions_reaches_the_host(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_FLUSHHEAPTRANSITIONS args = { .hAdapter = gpu->adapter };
	uint64_t before = t_host_messages(FLUSH_HEAP_TRANSITIONS);

	assert_status(D3DKMTFlushHeapTransitions(&args), STATUS_SUCCESS);
	assert_true(t_host_messages(FLUSH_HEAP_TRANSITIONS) == before + 1);
	args.hAdapter = T_UNKNOWN_HANDLE;
	assert_status(D3DKMTFlushHeapTransitions(&args), STATUS_INVALID_PARAMETER);
	assert_true(t_host_messages(FLUSH_HEAP_TRANSITIONS) == before + 1);
}

static NTSTATUS invalidate(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation,
			   uint64_t offset, uint64_t length)
{
	D3DKMT_INVALIDATECACHE args = {
		.hDevice = device,
		.hAllocation = allocation,
		.Offset = offset,
		.Length = length,
	};

	return D3DKMTInvalidateCache(&args);
}

/* Shows 0x24: memory is coherent here, so the ranges are all that matters. */
static void cache_is_invalidated_inside_the_allocation(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, 2 * T_PAGE_SIZE);
	uint64_t before = t_host_messages(INVALIDATE_CACHE);
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);

	assert_status(invalidate(gpu->device, buffer.allocation, 0, buffer.size),
		      STATUS_SUCCESS);
	assert_status(invalidate(gpu->device, buffer.allocation, 100, 1),
		      STATUS_SUCCESS);
	assert_true(t_host_messages(INVALIDATE_CACHE) == before + 2);
	assert_status(invalidate(gpu->device, buffer.allocation, 1, buffer.size),
		      STATUS_INVALID_PARAMETER);
	assert_status(invalidate(gpu->device, buffer.allocation, UINT64_MAX, 2),
		      STATUS_INVALID_PARAMETER);
	assert_status(invalidate(other, buffer.allocation, 0, 1),
		      STATUS_INVALID_PARAMETER);
	t_destroy_device(other);
	t_destroy_buffer(gpu, &buffer);
}

static D3DKMT_QUERYVIDEOMEMORYINFO memory_info(struct t_gpu *gpu)
{
	D3DKMT_QUERYVIDEOMEMORYINFO args = {
		.hAdapter = gpu->adapter,
		.MemorySegmentGroup = D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL,
	};

	assert_status(D3DKMTQueryVideoMemoryInfo(&args), STATUS_SUCCESS);
	return args;
}

static NTSTATUS reserve(struct t_gpu *gpu, uint64_t bytes)
{
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION args = {
		.hAdapter = gpu->adapter,
		.MemorySegmentGroup = D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL,
		.Reservation = bytes,
	};

	return D3DKMTChangeVideoMemoryReservation(&args);
}

/* Shows 0x16: the value itself, not a difference; up to what is available. */
static void reservation_is_set(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t most = memory_info(gpu).AvailableForReservation;

	assert_true(memory_info(gpu).CurrentReservation == 0);
	assert_status(reserve(gpu, 1 << 20), STATUS_SUCCESS);
	assert_status(reserve(gpu, 3 << 20), STATUS_SUCCESS);
	assert_true(memory_info(gpu).CurrentReservation == 3 << 20);
	assert_status(reserve(gpu, most + 1), STATUS_INVALID_PARAMETER);
	assert_true(memory_info(gpu).CurrentReservation == 3 << 20);
	assert_status(reserve(gpu, most), STATUS_SUCCESS);
	assert_true(memory_info(gpu).Budget >= most);
	assert_status(reserve(gpu, 0), STATUS_SUCCESS);
	assert_true(memory_info(gpu).CurrentReservation == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(clock_is_that_of_the_timestamps),
		t_device_test(clock_of_no_node_is_refused),
		t_device_test(features_are_told),
		t_device_test(features_without_an_adapter_are_refused),
		t_device_test(processes_of_an_adapter_are_listed),
		t_gpu_test(private_escape_goes_round),
		t_gpu_test(escape_wants_fitting_handles),
		t_gpu_test(known_escapes_are_answered),
		t_gpu_test(test_buffer_is_built),
		t_device_test(flush_of_heap_transitions_reaches_the_host),
		t_gpu_test(cache_is_invalidated_inside_the_allocation),
		t_device_test(reservation_is_set),
	};

	return cmocka_run_group_tests_name("queries", tests, NULL, NULL);
}
