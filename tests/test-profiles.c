/* SPDX-License-Identifier: MIT */
/* The built-in profiles of the embedded device, each opened anew. */
#include "lib/t.h"

#include <dxg/dxg.h>

#include "lib/t-adapter.h"

static void choose(const char *device)
{
	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device(device), STATUS_SUCCESS);
}

static unsigned int count_all(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

static D3DKMT_ADAPTERTYPE type_of(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	assert_status(t_query_adapter(adapter, KMTQAITYPE_ADAPTERTYPE, &type,
				      sizeof(type)), STATUS_SUCCESS);
	return type;
}

static uint64_t group_budget(D3DKMT_HANDLE adapter, int group)
{
	D3DKMT_QUERYVIDEOMEMORYINFO info = { .hAdapter = adapter };

	info.MemorySegmentGroup = (D3DKMT_MEMORY_SEGMENT_GROUP)group;
	assert_status(D3DKMTQueryVideoMemoryInfo(&info), STATUS_SUCCESS);
	return info.Budget;
}

static void check_that_it_works(const D3DKMT_ADAPTERINFO *adapter)
{
	t_check_that_it_works(adapter, 0);
	t_close_adapter(adapter->hAdapter);
}

static void discrete_is_one_adapter_and_the_default(void **state)
{
	static const char *const devices[] = { "soft", "soft:discrete" };
	D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX];
	D3DKMT_ADAPTERTYPE type;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		choose(devices[i]);
		assert_int_equal(count_all(), 1);
		assert_int_equal(t_enumerate(false, adapters), 1);
		type = type_of(adapters[0].hAdapter);
		assert_int_equal(type.RenderSupported, 1);
		assert_int_equal(type.ComputeOnly, 0);
		assert_true(group_budget(adapters[0].hAdapter, 0) > 0);
		assert_true(group_budget(adapters[0].hAdapter, 1) > 0);
		check_that_it_works(&adapters[0]);
	}
}

static void two_adapters_are_a_discrete_and_an_integrated_one(void **state)
{
	D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX];
	D3DKMT_QUERY_DEVICE_IDS ids[2];
	struct dxghost_gpu_info info;
	unsigned int i;

	(void)state;
	choose("soft:two-adapters");
	assert_int_equal(count_all(), 2);
	assert_int_equal(t_enumerate(false, adapters), 2);
	assert_false(adapters[0].AdapterLuid.LowPart ==
		     adapters[1].AdapterLuid.LowPart &&
		     adapters[0].AdapterLuid.HighPart ==
		     adapters[1].AdapterLuid.HighPart);
	memset(ids, 0, sizeof(ids));
	for (i = 0; i < 2; i++) {
		assert_status(t_query_adapter(adapters[i].hAdapter,
					      KMTQAITYPE_PHYSICALADAPTERDEVICEIDS,
					      &ids[i], sizeof(ids[i])),
			      STATUS_SUCCESS);
		memset(&info, 0, sizeof(info));
		assert_status(t_query_adapter(adapters[i].hAdapter,
					      KMTQAITYPE_UMDRIVERPRIVATE, &info,
					      sizeof(info)), STATUS_SUCCESS);
		assert_int_equal(info.adapter_index, i);
	}
	assert_int_not_equal(ids[0].DeviceIds.DeviceID, ids[1].DeviceIds.DeviceID);
	check_that_it_works(&adapters[0]);
	check_that_it_works(&adapters[1]);
}

/* A handle of one adapter's object is unknown to a device of the other. */
static void objects_belong_to_one_adapter(void **state)
{
	D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX];
	D3DKMT_HANDLE device[2], allocation;
	struct t_fence fence;

	(void)state;
	choose("soft:two-adapters");
	assert_int_equal(t_enumerate(false, adapters), 2);
	device[0] = t_create_device(adapters[0].hAdapter);
	device[1] = t_create_device(adapters[1].hAdapter);
	assert_int_not_equal(device[0], device[1]);
	allocation = t_create_allocation(device[0], 4096, 0);
	fence = t_create_fence(device[0], 0);
	assert_status(t_destroy_allocation(device[1], allocation),
		      STATUS_INVALID_PARAMETER);
	t_destroy_device(device[1]);
	assert_status(t_signal_cpu(device[0], fence.handle, 1), STATUS_SUCCESS);
	t_destroy_device(device[0]);
	t_close_adapter(adapters[0].hAdapter);
	t_close_adapter(adapters[1].hAdapter);
}

/*
 * Shows 0x3e. Counted by EnumAdapters2, but only the newer call lists it when asked to.
 */
static void compute_only_is_listed_on_request(void **state)
{
	D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX];
	D3DKMT_ENUMADAPTERS2 args = {
		.NumAdapters = T_ADAPTERS_MAX,
		.pAdapters = adapters,
	};

	(void)state;
	choose("soft:compute-only");
	assert_int_equal(count_all(), 1);
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 0);
	assert_int_equal(t_enumerate(false, adapters), 0);
	assert_int_equal(t_enumerate(true, adapters), 1);
	assert_int_equal(type_of(adapters[0].hAdapter).ComputeOnly, 1);
	check_that_it_works(&adapters[0]);
}

/* As on a machine whose node cannot be opened, since no adapter has started. */
static void none_is_no_device_and_says_so(void **state)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	(void)state;
	choose("soft:none");
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_UNSUCCESSFUL);
	assert_true(strlen(dxg_last_error_text()) > 0);
	choose("soft");
	assert_int_equal(count_all(), 1);
}

static void an_unknown_profile_is_no_device(void **state)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	(void)state;
	choose("soft:no-such-profile");
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_UNSUCCESSFUL);
	assert_true(strlen(dxg_last_error_text()) > 0);
}

static void nothing_is_left_of_the_device_before(void **state)
{
	struct dxg_soft_object_counts counts, zero;

	(void)state;
	choose("soft");
	count_all();
	D3DKMTCloseDxCoreDevice();
	memset(&zero, 0, sizeof(zero));
	assert_int_equal(t_soft_or_skip()->host_objects(&counts), 0);
	assert_memory_equal(&counts, &zero, sizeof(zero));
}

static int skip_unless_soft(void **state)
{
	(void)state;
	if (t_device_is_soft())
		return 0;
	print_message("skipped: needs DXG_DEVICE=soft\n");
	exit(77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(discrete_is_one_adapter_and_the_default),
		cmocka_unit_test(two_adapters_are_a_discrete_and_an_integrated_one),
		cmocka_unit_test(objects_belong_to_one_adapter),
		cmocka_unit_test(compute_only_is_listed_on_request),
		cmocka_unit_test(none_is_no_device_and_says_so),
		cmocka_unit_test(an_unknown_profile_is_no_device),
		cmocka_unit_test(nothing_is_left_of_the_device_before),
	};

	return cmocka_run_group_tests_name("profiles", tests, skip_unless_soft,
					   NULL);
}
