/* SPDX-License-Identifier: MIT */
/* Calls that must do without the heap, counted in the program's own malloc(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HEAP_IS_TAKEN
#endif
#endif
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HEAP_IS_TAKEN
#endif

static atomic_int allocations;

#ifndef HEAP_IS_TAKEN
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	allocations++;
	return __libc_realloc(memory, size);
}
#endif

static int reset(void **state)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	(void)state;
	fake_reset();
	return D3DKMTCloseAdapter(&args); /* opening is not counted */
}

#define CALL(name) \
	static NTSTATUS call_##name(void *args) { return name(args); }
#define THUNK(name, type, request) CALL(name)
#define CUSTOM(name, type, request) CALL(name)
#define UNSUPPORTED(name, type) CALL(name)
#define NOOP(name, type) CALL(name)
#define OLDER(name, type)
#define OTHER(name)
#include "calls.h"

#define ROW(name) call_##name,
#define THUNK(name, type, request) ROW(name)
#define CUSTOM(name, type, request) ROW(name)
#define UNSUPPORTED(name, type) ROW(name)
#define NOOP(name, type) ROW(name)
#define OLDER(name, type)
#define OTHER(name)
static NTSTATUS (*const calls[])(void *args) = {
#include "calls.h"
};

static void the_heap_is_counted(void **state)
{
	void *volatile memory;
	int before = allocations;

	(void)state;
	memory = malloc(1);
	free(memory);
	assert_int_equal(allocations, before + 1);
}

static void no_call_of_the_table_allocates(void **state)
{
	uint64_t args[1024 / sizeof(uint64_t)] = { 0 };
	int before = allocations;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		calls[i](args);
	assert_int_equal(allocations, before);
}

static void no_query_of_a_fixed_size_allocates(void **state)
{
	static const struct { unsigned int type; UINT size; } queries[] = {
		{ KMTQAITYPE_UMDRIVERNAME, 1044 }, { KMTQAITYPE_UMOPENGLINFO, 1048 },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO, 4160 }, { KMTQAITYPE_NODEMETADATA, 142 },
		{ KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID, 160 },
		{ KMTQAITYPE_DRIVER_DESCRIPTION, 16384 }, { KMTQAITYPE_DLIST_DRIVER_NAME, 1040 },
		{ KMTQAITYPE_DISPLAY_UMDRIVERNAME, 1044 }, { KMTQUITYPE_GPUVERSION, 260 },
		{ KMTQAITYPE_ADAPTERTYPE, 4 }, { KMTQAITYPE_QUERYREGISTRY, 1072 },
	};
	static uint64_t payload[16384 / sizeof(uint64_t)];
	D3DKMT_QUERYADAPTERINFO args = { 0 };
	int before = allocations;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		args.Type = queries[i].type;
		args.pPrivateDriverData = payload;
		args.PrivateDriverDataSize = queries[i].size;
		if (D3DKMTQueryAdapterInfo(&args) != STATUS_SUCCESS || allocations != before)
			fail_msg("query %u fails or allocates", queries[i].type);
	}
}

static void no_short_remapped_call_allocates(void **state)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT signal = { 0 };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT wait = { 0 };
	D3DDDI_OPENALLOCATIONINFO infos[4];
	D3DKMT_OPENRESOURCE open_args = { 0 };
	int before = allocations;

	(void)state;
	memset(infos, 0, sizeof(infos));
	open_args.NumAllocations = 4;
	open_args.pOpenAllocationInfo = infos;
	assert_int_equal(D3DKMTSignalSynchronizationObject(&signal), STATUS_SUCCESS);
	assert_int_equal(D3DKMTWaitForSynchronizationObject(&wait), STATUS_SUCCESS);
	assert_int_equal(D3DKMTOpenResource(&open_args), STATUS_SUCCESS);
	assert_int_equal(allocations, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heap_is_counted),
		cmocka_unit_test_setup(no_call_of_the_table_allocates, reset),
		cmocka_unit_test_setup(no_query_of_a_fixed_size_allocates, reset),
		cmocka_unit_test_setup(no_short_remapped_call_allocates, reset),
	};

#ifdef HEAP_IS_TAKEN
	puts("skipped: the heap of this build belongs to a sanitizer");
	return 77;
#endif
	return cmocka_run_group_tests_name("no-heap", tests, NULL, NULL);
}
