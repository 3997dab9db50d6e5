/* SPDX-License-Identifier: MIT */
/* librocdxg: events, clocks, and functions that it can do without. */
#include "rocm.h"

#include <poll.h>
#include <unistd.h>

#include <sys/eventfd.h>

/* What the kernel driver does where there is one: not among the client's calls. */
static void signal_as_the_kernel_driver(D3DKMT_HANDLE context, D3DKMT_HANDLE event)
{
	__typeof__(&D3DKMTSignalSynchronizationObject2) signal;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context, .ObjectCount = 1, .ObjectHandleArray = { event },
	};

	*(void **)&signal = dlsym(dlopen("libdxcore.so", RTLD_LAZY | RTLD_NOLOAD),
				  "D3DKMTSignalSynchronizationObject2");
	assert_non_null(signal);
	assert_status(signal(&args), STATUS_SUCCESS);
}

static D3DKMT_HANDLE create_event(int event)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = rocm.device,
		.Info = {
			.Type = D3DDDI_CPU_NOTIFICATION,
			.Flags = { .SignalByKmd = 1 },
			.CPUNotification = { .Event = (HANDLE)(intptr_t)event },
		},
	};

	client_must(D3DKMTCreateSynchronizationObject2, &args);
	assert_local_handle(args.hSyncObject);
	return args.hSyncObject;
}

/* Tells its driver about the event; where that fails it goes on. */
static void declare_event(D3DKMT_HANDLE object)
{
	D3DDDI_DRIVERESCAPE_CPUEVENTUSAGE usage = {
		.EscapeType = D3DDDI_DRIVERESCAPETYPE_CPUEVENTUSAGE, .hSyncObject = object,
	};
	D3DKMT_ESCAPE args = {
		.hAdapter = rocm.adapter,
		.hDevice = rocm.device,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.Flags = { .DriverKnownEscape = 1 },
		.pPrivateDriverData = &usage,
		.PrivateDriverDataSize = sizeof(usage),
	};

	client_must(D3DKMTEscape, &args);
	assert_int_equal(usage.hSyncObject, object);
}

void makes_an_event_of_an_eventfd(void)
{
	int event = eventfd(0, EFD_CLOEXEC);
	struct pollfd poll_fd = { .fd = event, .events = POLLIN };
	struct rocm_queue queue = rocm_create_queue();
	D3DKMT_HANDLE object = create_event(event);
	uint64_t count;

	declare_event(object);
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	signal_as_the_kernel_driver(queue.context, object);
	assert_int_equal(poll(&poll_fd, 1, (int)T_TIMEOUT_MS), 1);
	assert_int_equal(read(event, &count, sizeof(count)), sizeof(count));
	assert_int_equal(count, 1);
	client_destroy_fence(object);
	client_destroy_context(queue.context);
	client_destroy_fence(queue.fence.handle);
	close(event);
}

void reads_the_clocks(void)
{
	D3DKMT_QUERYCLOCKCALIBRATION first = { .hAdapter = rocm.adapter, .NodeOrdinal = 2 };
	D3DKMT_QUERYCLOCKCALIBRATION second = first;

	client_must(D3DKMTQueryClockCalibration, &first);
	t_sleep_ms(1);
	client_must(D3DKMTQueryClockCalibration, &second);
	assert_true(first.ClockData.GpuFrequency > 0);
	assert_true(second.ClockData.GpuClockCounter > first.ClockData.GpuClockCounter);
	assert_true(second.ClockData.CpuClockCounter > first.ClockData.CpuClockCounter);
}

void asks_what_older_libraries_have_not(void)
{
	UINT32 processes[16] = { 0 };
	D3DKMT_ENUMPROCESSES enumeration = {
		.AdapterLuid = rocm.luid, .Buffer = processes, .BufferCount = 16,
	};
	D3DKMT_QUERYVIDEOMEMORYINFO memory = { .hAdapter = rocm.adapter };
	struct client_fence fence = client_create_fence(rocm.device, 1);
	const uint64_t value = 7;

	client_must(D3DKMTEnumProcesses, &enumeration);
	assert_int_equal(enumeration.BufferCount, 1);
	assert_int_equal(processes[0], getpid());
	client_must(D3DKMTQueryVideoMemoryInfo, &memory);
	assert_true(memory.CurrentUsage > 0 && memory.CurrentUsage <= memory.Budget);
	client_must(D3DKMTSignalSynchronizationObjectFromCpu,
		    &(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU){
			    .hDevice = rocm.device,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence.handle,
			    .FenceValueArray = &value,
		    });
	client_spin_until(fence.cpu, 7);
	client_destroy_fence(fence.handle);
}
