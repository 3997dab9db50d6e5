/* SPDX-License-Identifier: MIT */
/*
 * A helper that measures how much video memory its own process uses: with every symbol
 * resolved, by the bare name, and if that is not found, by the path.
 */
#include "client.h"

#include <unistd.h>

static void *library;
static D3DKMT_ADAPTERINFO adapter;

static void loads_by_the_bare_name_or_the_path(void)
{
	static const char *const symbols[] = {
		"D3DKMTEnumAdapters2", "D3DKMTQueryStatistics", NULL,
	};
	void *by_path;

	library = client_load("vram-helper", "libdxcore.so", RTLD_NOW);
	by_path = client_load("vram-helper", client_fixed_path(), RTLD_NOW);
	assert_ptr_equal(library, by_path);
	client_take(library, symbols);
}

static void enumerates_by_count_and_array(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };
	D3DKMT_ADAPTERINFO *all;

	client_must(D3DKMTEnumAdapters2, &args);
	assert_true(args.NumAdapters > 0);
	all = calloc(args.NumAdapters, sizeof(*all));
	assert_non_null(all);
	args.pAdapters = all;
	client_must(D3DKMTEnumAdapters2, &args);
	adapter = all[0];
	free(all);
}

static D3DKMT_QUERYSTATISTICS ask(D3DKMT_QUERYSTATISTICS_TYPE type, HANDLE process, ULONG index)
{
	D3DKMT_QUERYSTATISTICS args = {
		.Type = type,
		.AdapterLuid = adapter.AdapterLuid,
		.hProcess = process,
	};

	args.QueryProcessSegment.SegmentId = index;
	client_must(D3DKMTQueryStatistics, &args);
	return args;
}

/* A process without allocations uses none; as itself, and by its number. */
static void adds_up_what_its_process_uses(void)
{
	HANDLE self = (HANDLE)(uintptr_t)getpid();
	D3DKMT_QUERYSTATISTICS args = ask(D3DKMT_QUERYSTATISTICS_ADAPTER, NULL, 0);
	ULONG count = args.QueryResult.AdapterInformation.NbSegments;
	ULONG i;

	assert_true(count > 0);
	for (i = 0; i < count; i++) {
		args = ask(D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT, NULL, i);
		assert_int_equal(args.QueryResult.ProcessSegmentInformation.BytesCommitted, 0);
		args = ask(D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT, self, i);
		assert_int_equal(args.QueryResult.ProcessSegmentInformation.BytesCommitted, 0);
	}
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name_or_the_path),
		client_step(enumerates_by_count_and_array),
		client_step(adds_up_what_its_process_uses),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-vram-helper", steps, NULL, NULL);
}
