/* SPDX-License-Identifier: MIT */
/* DXG_TRACE on a device that answers: the lines tell what has happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

#include <cmocka.h>

#include "lib/t.h"

/* The file that the trace goes to, which has no name. */
static int trace;

/* All lines so far, until the next question. */
static const char *lines(void)
{
	static char *text;
	off_t size = lseek(trace, 0, SEEK_END);

	text = realloc(text, (size_t)size + 1);
	assert_non_null(text);
	assert_int_equal(pread(trace, text, (size_t)size, 0), size);
	text[size] = '\0';
	return text;
}

__attribute__((format(printf, 1, 2))) static void assert_traced(const char *format, ...)
{
	char expected[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(expected, sizeof(expected), format, arguments);
	va_end(arguments);
	if (!strstr(lines(), expected))
		fail_msg("not traced: %s", expected);
}

static void handles_are_those_that_the_calls_gave(void **state)
{
	const struct t_gpu *gpu = *state;

	assert_traced("{hAdapter=%#x, AdapterLuid=%08x:%08x, ", gpu->adapter,
		      (unsigned int)gpu->luid.HighPart, gpu->luid.LowPart);
	assert_traced(" D3DKMTCreateDevice({hAdapter=%#x, Flags=0, hDevice=%#x}) = STATUS_SUCCESS <",
		      gpu->adapter, gpu->device);
	assert_traced(", hPagingQueue=%#x, hSyncObject=%#x, FenceValueCPUVirtualAddress=%p",
		      gpu->paging.handle, gpu->paging.fence.handle,
		      (const void *)gpu->paging.fence.cpu);
	assert_traced("FenceValueGPUVirtualAddress=%#llx, EngineAffinity=0}}, hSyncObject=%#x})",
		      (unsigned long long)gpu->fence.gpu, gpu->fence.handle);
	assert_traced("pAllocationInfo2=[{hAllocation=%#x, ", gpu->commands.allocation);
	assert_traced(", pData=%p}) = STATUS_SUCCESS <", gpu->commands.cpu);
}

static void a_failed_call_gives_nothing(void **state)
{
	D3DKMT_CREATEDEVICE args = { 0 };

	(void)state;
	args.hAdapter = T_UNKNOWN_HANDLE;
	assert_status(D3DKMTCreateDevice(&args), STATUS_INVALID_PARAMETER);
	assert_traced(" D3DKMTCreateDevice({hAdapter=%#x, Flags=0, hDevice=?})"
		      " = STATUS_INVALID_PARAMETER <", T_UNKNOWN_HANDLE);
}

static void arrays_that_are_not_there_fail_as_without_a_trace(void **state)
{
	const struct t_gpu *gpu = *state;
	void *nowhere = t_no_access_page();
	D3DDDI_MAKERESIDENT args = { 0 };

	args.hPagingQueue = gpu->paging.handle;
	args.NumAllocations = 1;
	args.AllocationList = nowhere;
	assert_status(D3DKMTMakeResident(&args), STATUS_UNSUCCESSFUL);
	assert_traced(", AllocationList=%p {unreadable}, PriorityList=NULL, Flags=0, ", nowhere);
}

/* It is at the end of what there is, and has fewer elements than the count says. */
static void arrays_that_are_not_read_may_be_short(void **state)
{
	const struct t_gpu *gpu = *state;
	D3DKMT_HANDLE handles[2] = { gpu->commands.allocation, gpu->commands.allocation };
	D3DDDI_MAKERESIDENT args = { 0 };
	D3DKMT_EVICT evict = { 0 };

	args.hPagingQueue = gpu->paging.handle;
	args.NumAllocations = 2;
	args.AllocationList = handles;
	args.PriorityList = t_no_access_page();
	assert_success(D3DKMTMakeResident(&args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_traced(", NumAllocations=2, AllocationList=[%#x, %#x], PriorityList=%p, Flags=0, "
		      "PagingFenceValue=%llu, ", handles[0], handles[1],
		      (const void *)args.PriorityList,
		      (unsigned long long)args.PagingFenceValue);
	evict.hDevice = gpu->device;
	evict.NumAllocations = 2;
	evict.AllocationList = handles;
	assert_success(D3DKMTEvict(&evict));
}

static void a_wait_is_told_when_it_is_over(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t value = 7;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = { 0 };
	struct t_fence fence = t_create_fence(gpu->device, 7);

	args.hDevice = gpu->device;
	args.ObjectCount = 1;
	args.ObjectHandleArray = &fence.handle;
	args.FenceValueArray = &value;
	assert_success(D3DKMTWaitForSynchronizationObjectFromCpu(&args));
	assert_traced(" D3DKMTWaitForSynchronizationObjectFromCpu({hDevice=%#x, ObjectCount=1, "
		      "ObjectHandleArray=[%#x], FenceValueArray=[7], hAsyncEvent=0, Flags=0})"
		      " = STATUS_SUCCESS <", gpu->device, fence.handle);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(handles_are_those_that_the_calls_gave),
		t_gpu_test(a_failed_call_gives_nothing),
		t_gpu_test(arrays_that_are_not_there_fail_as_without_a_trace),
		t_gpu_test(arrays_that_are_not_read_may_be_short),
		t_gpu_test(a_wait_is_told_when_it_is_over),
	};
	char path[64];

	trace = memfd_create("trace", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", trace);
	setenv("DXG_TRACE", path, 1);
	/* It opens its file now, not between two counts of descriptors. */
	D3DKMTSetStablePowerState(NULL);
	return cmocka_run_group_tests_name("traced", tests, NULL, NULL);
}
