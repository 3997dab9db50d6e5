/* SPDX-License-Identifier: MIT */
/* What a line of the trace says: every kind of member, before and after the call. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <sys/mman.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "fake-device.h"
#include "sandbox.h"
#include "t-trace.h"

/* Where nothing is. */
#define NOWHERE ((void *)0x10)

static int answer_create_device(unsigned long request, void *args)
{
	(void)request;
	((D3DKMT_CREATEDEVICE *)args)->hDevice = 0x40000040;
	return 0;
}

static void create_device(void)
{
	D3DKMT_CREATEDEVICE args = { 0 };

	fake.answer = answer_create_device;
	args.hAdapter = 0x40000000;
	args.hDevice = 0xdeadbeef;
	D3DKMTCreateDevice(&args);
	args.Flags.DisableGpuTimeout = 1;
	args.Flags.LegacyMode = 1;
	args.Flags.Reserved = 4;
	args.CommandBufferSize = 7;
	D3DKMTCreateDevice(&args);
}

static void handles_flags_and_what_the_call_writes(void **state)
{
	(void)state;
	t_trace_expect(create_device,
		       "D3DKMTCreateDevice({hAdapter=0x40000000, Flags=0, hDevice=0x40000040})"
		       " = STATUS_SUCCESS\n"
		       "D3DKMTCreateDevice({hAdapter=0x40000000, "
		       "Flags=LegacyMode|DisableGpuTimeout|Reserved:0x4, hDevice=0x40000040, "
		       "CommandBufferSize=7}) = STATUS_SUCCESS\n");
}

static int answer_failure(unsigned long request, void *args)
{
	if (request == LX_DXMAKERESIDENT)
		((D3DDDI_MAKERESIDENT *)args)->NumBytesToTrim = 4096;
	return STATUS_NO_MEMORY;
}

static void fail_calls(void)
{
	D3DKMT_ENUMADAPTERS2 enumerate = { 0 };
	D3DKMT_CREATEDEVICE create = { 0 };
	D3DDDI_MAKERESIDENT resident = { 0 };

	fake.answer = answer_failure;
	create.hDevice = 0xdeadbeef;
	D3DKMTCreateDevice(&create);
	enumerate.NumAdapters = 2;
	enumerate.pAdapters = NOWHERE;
	D3DKMTEnumAdapters2(&enumerate);
	/* Handles are read, priorities are the driver's to read or not. */
	resident.NumAllocations = 2;
	resident.AllocationList = NOWHERE;
	resident.PriorityList = NOWHERE;
	resident.PagingFenceValue = 5;
	D3DKMTMakeResident(&resident);
}

static void a_failed_call_has_written_what_has_changed(void **state)
{
	(void)state;
	t_trace_expect(fail_calls,
		       "D3DKMTCreateDevice({hAdapter=0, Flags=0, hDevice=?}) = STATUS_NO_MEMORY\n"
		       "D3DKMTEnumAdapters2({NumAdapters=2, pAdapters=0x10}) = STATUS_NO_MEMORY\n"
		       "D3DKMTMakeResident({hPagingQueue=0, NumAllocations=2, "
		       "AllocationList=0x10 {unreadable}, PriorityList=0x10, Flags=0, "
		       "PagingFenceValue=?, NumBytesToTrim=4096}) = STATUS_NO_MEMORY\n");
}

static int answer_adapters(unsigned long request, void *args)
{
	D3DKMT_ENUMADAPTERS2 *enumerate = args;

	(void)request;
	enumerate->NumAdapters = 1;
	if (!enumerate->pAdapters)
		return 0;
	enumerate->pAdapters[0].hAdapter = 0x40000000;
	enumerate->pAdapters[0].AdapterLuid = (LUID){ 0xabcd, -1 };
	return 0;
}

static void enumerate_adapters(void)
{
	D3DKMT_ADAPTERINFO info[4] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	fake.answer = answer_adapters;
	D3DKMTEnumAdapters2(&args);
	args.NumAdapters = 4;
	args.pAdapters = info;
	D3DKMTEnumAdapters2(&args);
}

static void members_that_go_both_ways_and_arrays_of_structures(void **state)
{
	(void)state;
	t_trace_expect(enumerate_adapters,
		       "D3DKMTEnumAdapters2({NumAdapters=0=>1, pAdapters=NULL}) = STATUS_SUCCESS\n"
		       "D3DKMTEnumAdapters2({NumAdapters=4=>1, pAdapters=[{hAdapter=0x40000000, "
		       "AdapterLuid=ffffffff:0000abcd, NumOfSources=0, "
		       "bPrecisePresentRegionsPreferred=0}]}) = STATUS_SUCCESS\n");
}

static int answer_success(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	return 0;
}

static void ask_by_type(void)
{
	D3DKMT_QUERYADAPTERINFO query = { .Type = KMTQAITYPE_ADAPTERTYPE };
	D3DKMT_ESCAPE escape = { .Type = D3DKMT_ESCAPE_DRIVERPRIVATE };
	static uint32_t type;

	query.hAdapter = 1;
	query.PrivateDriverDataSize = 4;
	query.pPrivateDriverData = &type;
	D3DKMTQueryAdapterInfo(&query);
	query.Type = (KMTQUERYADAPTERINFOTYPE)4711;
	query.pPrivateDriverData = NULL;
	D3DKMTQueryAdapterInfo(&query);
	escape.Flags.HardwareAccess = 1;
	escape.pPrivateDriverData = NOWHERE;
	escape.PrivateDriverDataSize = 24;
	D3DKMTEscape(&escape);
}

static void enumerators_and_private_data(void **state)
{
	const char *path = t_trace_path();
	struct t_trace_line line;
	const char *at;
	char *text;

	(void)state;
	t_trace_expect_ok(t_trace_start(path, ask_by_type));
	text = t_trace_read(path);
	unlink(path);
	at = t_trace_parse(text, &line);
	assert_non_null(strstr(line.call, "Type=KMTQAITYPE_ADAPTERTYPE, pPrivateDriverData=0x"));
	assert_non_null(strstr(line.call, ", PrivateDriverDataSize=4})"));
	at = t_trace_parse(at, &line);
	assert_string_equal(line.call, "D3DKMTQueryAdapterInfo({hAdapter=0x1, Type=4711, "
			    "pPrivateDriverData=NULL, PrivateDriverDataSize=4})"
			    " = STATUS_SUCCESS");
	at = t_trace_parse(at, &line);
	assert_string_equal(line.call, "D3DKMTEscape({hAdapter=0, hDevice=0, "
			    "Type=D3DKMT_ESCAPE_DRIVERPRIVATE, Flags=HardwareAccess, "
			    "pPrivateDriverData=0x10, PrivateDriverDataSize=24, hContext=0})"
			    " = STATUS_SUCCESS");
	assert_string_equal(at, "");
	free(text);
}

static void pass_bad_pointers(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			   0);

	T_TRACE_CHECK(pages != MAP_FAILED && !munmap(pages + 4096, 4096));
	D3DKMTDestroyDevice(NULL);
	D3DKMTDestroyDevice(NOWHERE);
	D3DKMTQueryAdapterInfo(NOWHERE);
	D3DKMTLock(NOWHERE);
	/* The last of the page, and over its end. */
	D3DKMTDestroyDevice((void *)(pages + 4092));
	T_TRACE_CHECK(D3DKMTDestroyAllocation((void *)(pages + 4088)) == STATUS_UNSUCCESSFUL);
}

static void pass_bad_pointers_in_a_sandbox(void)
{
	if (sandbox_enter())
		_exit(0);
	pass_bad_pointers();
}

static void bad_pointers_are_told(void **state)
{
	void (*const bodies[])(void) = { pass_bad_pointers, pass_bad_pointers_in_a_sandbox };
	static const char *const begins[] = {
		"D3DKMTDestroyDevice(NULL) = STATUS_SUCCESS",
		"D3DKMTDestroyDevice(0x10 {unreadable}) = STATUS_SUCCESS",
		"D3DKMTQueryAdapterInfo(0x10 {unreadable}) = STATUS_UNSUCCESSFUL",
		"D3DKMTLock(0x10 {unreadable}) = STATUS_NOT_SUPPORTED",
		"D3DKMTDestroyDevice({hDevice=0}) = STATUS_SUCCESS",
		"D3DKMTDestroyAllocation(0x",
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const char *path = t_trace_path();
		struct t_trace_line line;
		const char *at;
		char *text;

		t_trace_expect_ok(t_trace_start(path, bodies[i]));
		at = text = t_trace_read(path);
		unlink(path);
		for (j = 0; *at && j < sizeof(begins) / sizeof(begins[0]); j++) {
			at = t_trace_parse(at, &line);
			if (strncmp(line.call, begins[j], strlen(begins[j])) != 0)
				fail_msg("%s", line.call);
		}
		assert_string_equal(at, "");
		free(text);
	}
}

static void pass_lists(void)
{
	static const D3DKMT_HANDLE handles[10] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	static const UINT64 values[2] = { 7, 1ull << 63 };
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU signal = { 0 };
	D3DKMT_SUBMITCOMMAND submit = { 0 };
	D3DKMT_EVICT evict = { 0 };

	evict.NumAllocations = 10;
	evict.AllocationList = handles;
	D3DKMTEvict(&evict);
	evict.NumAllocations = 0;
	D3DKMTEvict(&evict);
	signal.ObjectCount = 2;
	signal.ObjectHandleArray = handles;
	signal.FenceValueArray = values;
	signal.Flags.AllowFenceRewind = 1;
	D3DKMTSignalSynchronizationObjectFromCpu(&signal);
	/* Within the structure, where the count cannot lead out of it. */
	submit.BroadcastContextCount = 2;
	memcpy(submit.BroadcastContext, handles, sizeof(handles));
	submit.NumPrimaries = 0xffffffff;
	D3DKMTSubmitCommand(&submit);
}

static void lists_are_short_and_counted(void **state)
{
	(void)state;
	t_trace_expect(pass_lists,
		       "D3DKMTEvict({hDevice=0, NumAllocations=10, AllocationList=[0x1, 0x2, 0x3, "
		       "0x4, 0x5, 0x6, 0x7, 0x8, ... 2 more], Flags=0, NumBytesToTrim=0})"
		       " = STATUS_SUCCESS\n"
		       "D3DKMTEvict({hDevice=0, NumAllocations=0, AllocationList=[], Flags=0, "
		       "NumBytesToTrim=0}) = STATUS_SUCCESS\n"
		       "D3DKMTSignalSynchronizationObjectFromCpu({hDevice=0, ObjectCount=2, "
		       "ObjectHandleArray=[0x1, 0x2], FenceValueArray=[7, 9223372036854775808], "
		       "Flags=AllowFenceRewind}) = STATUS_SUCCESS\n"
		       "D3DKMTSubmitCommand({Commands=0, CommandLength=0, Flags=0, "
		       "PresentHistoryToken=0, BroadcastContextCount=2, "
		       "BroadcastContext=[0x1, 0x2], pPrivateDriverData=NULL, "
		       "PrivateDriverDataSize=0, NumPrimaries=4294967295, "
		       "WrittenPrimaries=[0, 0, 0, 0, 0, 0, 0, 0, ... 8 more], "
		       "NumHistoryBuffers=0, HistoryBufferArray=NULL}) = STATUS_SUCCESS\n");
}

static int answer_fence(unsigned long request, void *args)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *create = args;

	(void)request;
	create->hSyncObject = 0x80;
	if (create->Info.Type == D3DDDI_MONITORED_FENCE)
		create->Info.MonitoredFence.FenceValueGPUVirtualAddress = 0x10000;
	return 0;
}

static void use_unions(void)
{
	static D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[2];
	D3DKMT_UPDATEGPUVIRTUALADDRESS update = { 0 };
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create = { 0 };
	D3DKMT_CREATESYNCHRONIZATIONOBJECT older = { 0 };

	fake.answer = answer_fence;
	create.Info.Type = D3DDDI_MONITORED_FENCE;
	create.Info.Flags.NoWait = 1;
	create.Info.MonitoredFence.InitialFenceValue = 3;
	create.Info.MonitoredFence.EngineAffinity = 3;
	D3DKMTCreateSynchronizationObject2(&create);
	older.Info.Type = D3DDDI_SEMAPHORE;
	older.Info.Semaphore.MaxCount = 2;
	D3DKMTCreateSynchronizationObject(&older);
	fake.answer = answer_success;
	operations[0].OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_UNMAP;
	operations[0].Unmap.BaseAddress = 0x1000;
	operations[0].Unmap.Protection.NoAccess = 1;
	operations[1].OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_COPY;
	operations[1].Copy.DestAddress = 0x2000;
	update.NumOperations = 2;
	update.Operations = operations;
	update.Flags.DoNotWait = 1;
	D3DKMTUpdateGpuVirtualAddress(&update);
}

static void unions_show_what_holds(void **state)
{
	(void)state;
	t_trace_expect(use_unions,
		       "D3DKMTCreateSynchronizationObject2({hDevice=0, "
		       "Info={Type=D3DDDI_MONITORED_FENCE, Flags=NoWait, "
		       "MonitoredFence={InitialFenceValue=3, FenceValueCPUVirtualAddress=NULL, "
		       "FenceValueGPUVirtualAddress=0x10000, EngineAffinity=0x3}}, "
		       "hSyncObject=0x80}) = STATUS_SUCCESS\n"
		       "D3DKMTCreateSynchronizationObject({hDevice=0, Info={Type=D3DDDI_SEMAPHORE, "
		       "Semaphore={MaxCount=2, InitialCount=0}}, hSyncObject=0x80})"
		       " = STATUS_SUCCESS\n"
		       "D3DKMTUpdateGpuVirtualAddress({hDevice=0, hContext=0, hFenceObject=0, "
		       "NumOperations=2, "
		       "Operations=[{OperationType=D3DDDI_UPDATEGPUVIRTUALADDRESS_UNMAP, "
		       "Unmap={BaseAddress=0x1000, SizeInBytes=0, Protection=NoAccess}}, "
		       "{OperationType=D3DDDI_UPDATEGPUVIRTUALADDRESS_COPY, "
		       "Copy={SourceAddress=0, SizeInBytes=0, DestAddress=0x2000}}], FenceValue=0, "
		       "Flags=DoNotWait}) = STATUS_SUCCESS\n");
}

/* What the driver writes there is UTF-16. */
static int answer_version(unsigned long request, void *args)
{
	D3DKMT_QUERYSTATISTICS *statistics = args;
	static const uint16_t text[] = { 'a', '"', '\\', '\n', 0xe4, 0xd83d, 0xde00, 0xdc00, 0x9b };

	(void)request;
	memcpy((char *)&statistics->QueryResult.PhysAdapterInformation.GpuVersion + 4, text,
	       sizeof(text));
	return 0;
}

static void read_text(void)
{
	D3DKMT_QUERYSTATISTICS args = { 0 };

	fake.answer = answer_version;
	args.Type = D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER;
	D3DKMTQueryStatistics(&args);
}

static void text_is_escaped_utf8(void **state)
{
	const char *path = t_trace_path();
	struct t_trace_line line;
	char *text;

	(void)state;
	t_trace_expect_ok(t_trace_start(path, read_text));
	text = t_trace_read(path);
	unlink(path);
	assert_string_equal(t_trace_parse(text, &line), "");
	assert_non_null(strstr(line.call, "BiosVersion=\"a\\\"\\\\\\x0a\xc3\xa4\xf0\x9f\x98\x80"
			       "\xef\xbf\xbd\\x9b\", GpuArchitecture=\"\""));
	free(text);
}

static int answer_most(unsigned long request, void *args)
{
	D3DKMT_QUERYSTATISTICS *statistics = args;

	(void)request;
	memset(&statistics->QueryResult, 0xff, sizeof(statistics->QueryResult));
	return STATUS_GRAPHICS_UNSWIZZLING_APERTURE_UNSUPPORTED & 0x7fffffff;
}

static void fill_a_line(void)
{
	D3DKMT_QUERYSTATISTICS args = { 0 };

	fake.answer = answer_most;
	args.Type = D3DKMT_QUERYSTATISTICS_ADAPTER;
	D3DKMTQueryStatistics(&args);
}

static void what_does_not_fit_is_cut(void **state)
{
	const char *path = t_trace_path();
	struct t_trace_line line;
	char *text;

	(void)state;
	t_trace_expect_ok(t_trace_start(path, fill_a_line));
	text = t_trace_read(path);
	unlink(path);
	assert_string_equal(t_trace_parse(text, &line), "");
	assert_true(strlen(line.call) > 3900);
	assert_non_null(strstr(line.call, "...) = 0x401e0"));
	free(text);
}

static int answer_shared(unsigned long request, void *args)
{
	(void)request;
	*((D3DKMT_SHAREOBJECTS *)args)->pSharedNtHandle = (HANDLE)(uintptr_t)12;
	return 0;
}

static int answer_null(unsigned long request, void *args)
{
	if (((D3DKMT_SHAREOBJECTS *)args)->pSharedNtHandle)
		return answer_shared(request, args);
	errno = EINVAL;
	return -1;
}

static void pass_plain(void)
{
	static const D3DKMT_HANDLE objects[] = { 0x80 };
	HANDLE shared = NULL;

	fake.answer = answer_null;
	D3DKMTShareObjects(1, objects, NULL, 0x10000000, &shared);
	D3DKMTShareObjects(1, objects, NULL, 0, NULL);
	D3DKMTCloseDxCoreDevice();
}

static void arguments_that_are_no_structure(void **state)
{
	(void)state;
	t_trace_expect(pass_plain,
		       "D3DKMTShareObjects(cObjects=1, hObjects=[0x80], pObjectAttributes=NULL, "
		       "dwDesiredAccess=0x10000000, phSharedNtHandle=[12]) = STATUS_SUCCESS\n"
		       "D3DKMTShareObjects(cObjects=1, hObjects=[0x80], pObjectAttributes=NULL, "
		       "dwDesiredAccess=0, phSharedNtHandle=NULL) = STATUS_INVALID_PARAMETER\n"
		       "D3DKMTCloseDxCoreDevice() = void\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handles_flags_and_what_the_call_writes),
		cmocka_unit_test(a_failed_call_has_written_what_has_changed),
		cmocka_unit_test(members_that_go_both_ways_and_arrays_of_structures),
		cmocka_unit_test(enumerators_and_private_data),
		cmocka_unit_test(bad_pointers_are_told),
		cmocka_unit_test(lists_are_short_and_counted),
		cmocka_unit_test(unions_show_what_holds),
		cmocka_unit_test(text_is_escaped_utf8),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test(arguments_that_are_no_structure),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
