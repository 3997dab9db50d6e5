/* SPDX-License-Identifier: MIT */
/* statistics: those of drivers of WDDM 3.1, with the physical adapter before the index. */
#include "lib/t.h"

#include <dxg/dxg.h>

#define LOCAL_SEGMENT 0

static NTSTATUS ask(struct t_gpu *gpu, D3DKMT_QUERYSTATISTICS_TYPE type, uint32_t input,
		    D3DKMT_QUERYSTATISTICS_RESULT *ret_result)
{
	D3DKMT_QUERYSTATISTICS args = { .Type = type, .AdapterLuid = gpu->luid };
	NTSTATUS status;

	args.QuerySegment.SegmentId = input;
	status = D3DKMTQueryStatistics(&args);
	*ret_result = args.QueryResult;
	return status;
}

/* Of later types: two halves. */
static uint32_t input(unsigned int physical_adapter, unsigned int index)
{
	return physical_adapter | index << 16;
}

/* A machine with such a driver; only the soft device can be one. */
static int setup_later_driver(void **state)
{
	if (t_device_is_soft()) {
		D3DKMTCloseDxCoreDevice();
		assert_status(dxg_set_device("soft:[adapter]\nwddm_version = 3100\n"),
			      STATUS_SUCCESS);
	}
	return t_setup_gpu(state);
}

static void figures_are_those_of_the_types_before(void **state)
{
	static const struct {
		D3DKMT_QUERYSTATISTICS_TYPE later, before;
	} types[] = {
		{ D3DKMT_QUERYSTATISTICS_ADAPTER2, D3DKMT_QUERYSTATISTICS_ADAPTER },
		{ D3DKMT_QUERYSTATISTICS_SEGMENT2, D3DKMT_QUERYSTATISTICS_SEGMENT },
		{ D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER2,
		  D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER },
		{ D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT2,
		  D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT },
		{ D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP2,
		  D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP },
		{ D3DKMT_QUERYSTATISTICS_NODE2, D3DKMT_QUERYSTATISTICS_NODE },
		{ D3DKMT_QUERYSTATISTICS_PROCESS_NODE2, D3DKMT_QUERYSTATISTICS_PROCESS_NODE },
	};
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_RESULT later, before;
	size_t i;

	t_soft_or_skip();
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		assert_status(ask(gpu, types[i].later, input(0, 1), &later), STATUS_SUCCESS);
		assert_status(ask(gpu, types[i].before, 1, &before), STATUS_SUCCESS);
		assert_memory_equal(&later, &before, sizeof(later));
		assert_status(ask(gpu, types[i].later, input(1, 1), &later),
			      STATUS_INVALID_PARAMETER);
	}
	assert_status(ask(gpu, D3DKMT_QUERYSTATISTICS_SEGMENT2, input(0, 2), &later),
		      STATUS_INVALID_PARAMETER);
}

/* Each group is a segment here. */
static void usage_and_what_is_free_are_all(void **state)
{
	static const D3DKMT_QUERYSTATISTICS_TYPE types[] = {
		D3DKMT_QUERYSTATISTICS_SEGMENT_USAGE,
		D3DKMT_QUERYSTATISTICS_SEGMENT_GROUP_USAGE,
	};
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_RESULT usage, segment;
	size_t i;

	t_soft_or_skip();
	assert_status(ask(gpu, D3DKMT_QUERYSTATISTICS_SEGMENT, LOCAL_SEGMENT, &segment),
		      STATUS_SUCCESS);
	assert_true(segment.SegmentInformation.BytesResident > 0);
	for (i = 0; i < 2; i++) {
		assert_status(ask(gpu, types[i], input(0, LOCAL_SEGMENT), &usage),
			      STATUS_SUCCESS);
		assert_true(usage.SegmentUsageInformation.AllocatedBytes ==
			    segment.SegmentInformation.BytesResident);
		assert_true(usage.SegmentUsageInformation.AllocatedBytes +
				    usage.SegmentUsageInformation.FreeBytes ==
			    segment.SegmentInformation.CommitLimit);
		assert_status(ask(gpu, types[i], input(0, 2), &usage),
			      STATUS_INVALID_PARAMETER);
	}
}

/* Unknown, as they are to such a driver. */
static void earlier_drivers_have_none_of_them(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_RESULT result;
	int type;

	t_soft_or_skip();
	for (type = D3DKMT_QUERYSTATISTICS_ADAPTER2;
	     type <= D3DKMT_QUERYSTATISTICS_PROCESS_NODE2; type++)
		assert_status(ask(gpu, (D3DKMT_QUERYSTATISTICS_TYPE)type, 0, &result),
			      STATUS_INVALID_PARAMETER);
}

#define later_test(name) cmocka_unit_test_setup_teardown(name, setup_later_driver, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(earlier_drivers_have_none_of_them),
		later_test(figures_are_those_of_the_types_before),
		later_test(usage_and_what_is_free_are_all),
	};

	return cmocka_run_group_tests_name("statistics-later", tests, NULL, NULL);
}
