/* SPDX-License-Identifier: MIT */
/* What a line of the trace says: members before and after the call, bad pointers. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
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
	char *text = t_trace_of(ask_by_type);
	struct t_trace_line line;
	const char *at;

	(void)state;
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
		char *text = t_trace_of(bodies[i]);
		struct t_trace_line line;
		const char *at = text;

		for (j = 0; *at && j < sizeof(begins) / sizeof(begins[0]); j++) {
			at = t_trace_parse(at, &line);
			if (strncmp(line.call, begins[j], strlen(begins[j])) != 0)
				fail_msg("%s", line.call);
		}
		assert_string_equal(at, "");
		free(text);
	}
}

static void find_no_device(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	dxg_set_device("/no/such\n\"node\"");
	D3DKMTCloseAdapter(&args);
	D3DKMTLock(NULL);
}

static void a_missing_device_is_explained(void **state)
{
	char *text = t_trace_of(find_no_device);
	struct t_trace_line line;
	const char *at;

	(void)state;
	at = t_trace_parse(text, &line);
	assert_non_null(strstr(line.call, "D3DKMTCloseAdapter({hAdapter=0}) = STATUS_UNSUCCESSFUL "
			       "(/no/such\\x0a\"node\" cannot be opened: "));
	assert_int_equal(line.call[strlen(line.call) - 1], ')');
	at = t_trace_parse(at, &line);
	assert_string_equal(line.call, "D3DKMTLock(NULL) = STATUS_NOT_SUPPORTED");
	assert_string_equal(at, "");
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

/* Each row of the table. */
#define CALL(name) memset(args, 0, sizeof(args)); name((void *)args);
#define THUNK(name, type, request) CALL(name)
#define CUSTOM(name, type, request) CALL(name)
#define OLDER(name, type) CALL(name)
#define UNSUPPORTED(name, type) CALL(name)
#define NOOP(name, type) CALL(name)
#define OTHER(name)
static void call_everything(void)
{
	uint64_t args[4096 / sizeof(uint64_t)];

#include "calls.h"
	D3DKMTShareObjects(0, NULL, NULL, 0, NULL);
	D3DKMTCloseDxCoreDevice();
}

static const char *const names[] = {
#define THUNK(name, type, request) #name,
#define CUSTOM(name, type, request) #name,
#define OLDER(name, type) #name,
#define UNSUPPORTED(name, type) #name,
#define NOOP(name, type) #name,
#define OTHER(name)
#include "calls.h"
	"D3DKMTShareObjects",
	"D3DKMTCloseDxCoreDevice",
};

static void each_function_has_a_line(void **state)
{
	char *text = t_trace_of(call_everything);
	struct t_trace_line line;
	const char *at = text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		at = t_trace_parse(at, &line);
		if (strncmp(line.call, names[i], length) != 0 || line.call[length] != '(')
			fail_msg("%s: %s", names[i], line.call);
		if (strstr(line.call, "unreadable") || !strstr(line.call, ") = "))
			fail_msg("%s", line.call);
	}
	assert_string_equal(at, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handles_flags_and_what_the_call_writes),
		cmocka_unit_test(a_failed_call_has_written_what_has_changed),
		cmocka_unit_test(members_that_go_both_ways_and_arrays_of_structures),
		cmocka_unit_test(enumerators_and_private_data),
		cmocka_unit_test(bad_pointers_are_told),
		cmocka_unit_test(a_missing_device_is_explained),
		cmocka_unit_test(arguments_that_are_no_structure),
		cmocka_unit_test(each_function_has_a_line),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
