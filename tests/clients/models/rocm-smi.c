/* SPDX-License-Identifier: MIT */
/*
 * rocm-smi and amd-smi under WSL: sizes, use and running times from statistics. They load
 * the library for all (RTLD_GLOBAL), with every symbol of it resolved.
 */
#include "client.h"

#include "t-host.h"

#define MIB (1ull << 20)

static void *library;
static D3DKMT_ADAPTERINFO adapter;
static ULONG segments, nodes;

static void loads_for_all_with_nothing_unresolved(void)
{
	static const char *const symbols[] = {
		"D3DKMTEnumAdapters2", "D3DKMTQueryStatistics", NULL,
	};

	t_host_use_machine("[adapter]\n"
			   "like = amd\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("rocm-smi", "libdxcore.so", RTLD_NOW | RTLD_GLOBAL);
	client_take(library, symbols);
	assert_non_null(dlsym(RTLD_DEFAULT, "D3DKMTQueryStatistics"));
}

/* rocprofiler takes a library with this name, which is nobody's, for another one. */
static void has_no_factory_by_the_wrong_name(void)
{
	assert_null(dlsym(library, "CreateDXCoreAdapterFactory"));
}

static void enumerates_by_count_and_array(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	client_must(D3DKMTEnumAdapters2, &args);
	assert_int_equal(args.NumAdapters, 1);
	args.pAdapters = &adapter;
	client_must(D3DKMTEnumAdapters2, &args);
}

static D3DKMT_QUERYSTATISTICS ask(D3DKMT_QUERYSTATISTICS_TYPE type, ULONG index)
{
	D3DKMT_QUERYSTATISTICS args = { .Type = type, .AdapterLuid = adapter.AdapterLuid };

	_Static_assert(sizeof(args) == 0x328, "what they are compiled with");
	if (type == D3DKMT_QUERYSTATISTICS_SEGMENT)
		args.QuerySegment.SegmentId = index;
	if (type == D3DKMT_QUERYSTATISTICS_NODE)
		args.QueryNode.NodeId = index;
	client_must(D3DKMTQueryStatistics, &args);
	return args;
}

static void asks_how_many_segments_and_nodes_there_are(void)
{
	D3DKMT_QUERYSTATISTICS args = ask(D3DKMT_QUERYSTATISTICS_ADAPTER, 0);

	segments = args.QueryResult.AdapterInformation.NbSegments;
	nodes = args.QueryResult.AdapterInformation.NodeCount;
	assert_true(segments > 0);
	assert_int_equal(nodes, 12);
}

static void adds_the_segments_up(void)
{
	ULONGLONG own = 0, shared = 0;
	ULONG i;

	for (i = 0; i < segments; i++) {
		D3DKMT_QUERYSTATISTICS args = ask(D3DKMT_QUERYSTATISTICS_SEGMENT, i);
		const D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION *segment =
			&args.QueryResult.SegmentInformation;

		assert_true(segment->BytesResident <= segment->CommitLimit);
		*(segment->Aperture ? &shared : &own) += segment->CommitLimit;
	}
	assert_int_equal(own, 64 * MIB);
	assert_int_equal(shared, 16 * MIB);
}

/* Twice, for the load between. */
static void looks_twice_how_long_each_node_has_run(void)
{
	ULONG i;

	for (i = 0; i < nodes; i++) {
		D3DKMT_QUERYSTATISTICS first = ask(D3DKMT_QUERYSTATISTICS_NODE, i);
		D3DKMT_QUERYSTATISTICS second;

		t_sleep_ms(1);
		second = ask(D3DKMT_QUERYSTATISTICS_NODE, i);
		assert_true(second.QueryResult.NodeInformation.GlobalInformation
				    .RunningTime.QuadPart >=
			    first.QueryResult.NodeInformation.GlobalInformation
				    .RunningTime.QuadPart);
	}
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_for_all_with_nothing_unresolved),
		client_step(has_no_factory_by_the_wrong_name),
		client_step(enumerates_by_count_and_array),
		client_step(asks_how_many_segments_and_nodes_there_are),
		client_step(adds_the_segments_up),
		client_step(looks_twice_how_long_each_node_has_run),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-rocm-smi", steps, NULL, NULL);
}
