/* SPDX-License-Identifier: MIT */
/* What a line of the trace says: arrays, unions, text, and all that does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"
#include "t-trace.h"

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

static int answer_more_processes(unsigned long request, void *args)
{
	D3DKMT_ENUMPROCESSES *enumerate = args;

	(void)request;
	enumerate->Buffer[0] = 4711;
	enumerate->BufferCount = 3;
	return 0;
}

static void count_processes(void)
{
	D3DKMT_ENUMPROCESSES args = { 0 };
	UINT32 process = 0;

	fake.answer = answer_more_processes;
	args.Buffer = &process;
	args.BufferCount = 1;
	D3DKMTEnumProcesses(&args);
}

static void no_more_is_read_than_there_was_room_for(void **state)
{
	(void)state;
	t_trace_expect(count_processes,
		       "D3DKMTEnumProcesses({AdapterLuid=00000000:00000000, Buffer=[4711], "
		       "BufferCount=1=>3}) = STATUS_SUCCESS\n");
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
	fake.answer = NULL;
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
	char *text = t_trace_of(read_text);
	struct t_trace_line line;

	(void)state;
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
	char *text = t_trace_of(fill_a_line);
	struct t_trace_line line;

	(void)state;
	assert_string_equal(t_trace_parse(text, &line), "");
	assert_true(strlen(line.call) > 3900);
	assert_non_null(strstr(line.call, "...) = 0x401e0"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_short_and_counted),
		cmocka_unit_test(no_more_is_read_than_there_was_room_for),
		cmocka_unit_test(unions_show_what_holds),
		cmocka_unit_test(text_is_escaped_utf8),
		cmocka_unit_test(what_does_not_fit_is_cut),
	};

	return cmocka_run_group_tests_name("trace-shapes", tests, NULL, NULL);
}
