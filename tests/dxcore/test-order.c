/* SPDX-License-Identifier: MIT */
/* Lists by preference and by workload, of adapters of all kinds. */
#include "fake-machine.h"

/* In the machine's order, which is none of those below; the number is the LUID. */
enum { BASIC = 1, INTEGRATED, ACCELERATOR, DISCRETE, VIDEO, EXTERNAL, KINDS };

static void add(uint32_t type_bits, uint64_t memory, DXGK_ENGINE_TYPE engine)
{
	struct fake_adapter *adapter = fake_add(type_bits);

	adapter->is_compute_only = adapter->type.ComputeOnly;
	adapter->dedicated_memory = memory;
	adapter->engines[0][0] = engine;
}

static int setup(void **state)
{
	const uint64_t much = 8ull << 30;

	fake_setup(state);
	add(RENDER | SOFTWARE, 0, DXGK_ENGINE_TYPE_3D);
	add(RENDER, 0, DXGK_ENGINE_TYPE_3D);
	add(RENDER | COMPUTE_ONLY, much, DXGK_ENGINE_TYPE_3D);
	add(RENDER, much, DXGK_ENGINE_TYPE_3D);
	add(RENDER, much, DXGK_ENGINE_TYPE_VIDEO_ENCODE);
	add(RENDER | DETACHABLE, much, DXGK_ENGINE_TYPE_3D);
	return 0;
}

static void check(IDXCoreAdapterList *list, const uint32_t *expected)
{
	uint32_t i;

	for (i = 0; expected[i]; i++) {
		IDXCoreAdapter1 *adapter;

		assert_true(i < t_ask(list, GetAdapterCount));
		adapter = t_adapter(list, i);
		assert_int_equal(t_luid(adapter).LowPart, expected[i]);
		t_release(adapter);
	}
	assert_int_equal(t_ask(list, GetAdapterCount), i);
}

/* What computes, sorted by these @count. */
static void check_sorted(const DXCoreAdapterPreference *preferences, uint32_t count,
			 const uint32_t *expected)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);

	assert_result(t_call(list, Sort, count, preferences), S_OK);
	check(list, expected);
	t_release(list);
	t_release(factory);
}

static void without_a_preference_the_order_is_the_machines(void **state)
{
	static const DXCoreAdapterPreference unknown = (DXCoreAdapterPreference)3;
	static const uint32_t expected[KINDS] = {
		BASIC, INTEGRATED, ACCELERATOR, DISCRETE, VIDEO, EXTERNAL,
	};

	(void)state;
	check_sorted(&unknown, 1, expected);
}

static void hardware_comes_before_software(void **state)
{
	static const DXCoreAdapterPreference hardware = DXCoreAdapterPreference_Hardware;
	static const uint32_t expected[KINDS] = {
		INTEGRATED, ACCELERATOR, DISCRETE, VIDEO, EXTERNAL, BASIC,
	};

	(void)state;
	check_sorted(&hardware, 1, expected);
}

static void minimum_power_begins_with_the_integrated(void **state)
{
	static const DXCoreAdapterPreference power = DXCoreAdapterPreference_MinimumPower;
	static const uint32_t expected[KINDS] = {
		INTEGRATED, ACCELERATOR, DISCRETE, VIDEO, EXTERNAL, BASIC,
	};

	(void)state;
	check_sorted(&power, 1, expected);
}

static void high_performance_begins_with_the_external(void **state)
{
	static const DXCoreAdapterPreference fast = DXCoreAdapterPreference_HighPerformance;
	static const uint32_t expected[KINDS] = {
		EXTERNAL, ACCELERATOR, DISCRETE, VIDEO, INTEGRATED, BASIC,
	};

	(void)state;
	check_sorted(&fast, 1, expected);
}

static void earlier_preferences_weigh_more(void **state)
{
	static const DXCoreAdapterPreference preferences[] = {
		(DXCoreAdapterPreference)77, DXCoreAdapterPreference_MinimumPower,
		DXCoreAdapterPreference_HighPerformance,
	};
	static const uint32_t expected[KINDS] = {
		INTEGRATED, EXTERNAL, ACCELERATOR, DISCRETE, VIDEO, BASIC,
	};

	(void)state;
	check_sorted(preferences, 3, expected);
}

static void check_workload(DXCoreWorkload workload, uint32_t runtimes, uint32_t types,
			   const uint32_t *expected)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = NULL;

	assert_result(t_call(factory, CreateAdapterListByWorkload, workload, runtimes, types,
			     &IID_IDXCoreAdapterList, (void **)&list), S_OK);
	check(list, expected);
	t_release(list);
	t_release(factory);
}

static void a_workload_gives_what_is_fit_for_it_the_best_first(void **state)
{
	static const uint32_t graphics[] = {
		EXTERNAL, DISCRETE, VIDEO, INTEGRATED, BASIC, 0,
	};
	static const uint32_t compute[] = {
		EXTERNAL, ACCELERATOR, DISCRETE, VIDEO, INTEGRATED, BASIC, 0,
	};
	static const uint32_t media[] = { VIDEO, 0 };
	static const uint32_t learning[] = {
		EXTERNAL, ACCELERATOR, DISCRETE, VIDEO, INTEGRATED, 0,
	};

	(void)state;
	check_workload(DXCoreWorkload_Graphics, 0, 0, graphics);
	check_workload(DXCoreWorkload_Compute, 0, 0, compute);
	check_workload(DXCoreWorkload_Media, 0, 0, media);
	check_workload(DXCoreWorkload_MachineLearning, 0, 0, learning);
}

static void filters_let_any_of_their_flags_through(void **state)
{
	static const uint32_t gpus[] = { EXTERNAL, DISCRETE, VIDEO, INTEGRATED, 0 };
	static const uint32_t accelerators[] = { ACCELERATOR, 0 };
	static const uint32_t both[] = {
		EXTERNAL, ACCELERATOR, DISCRETE, VIDEO, INTEGRATED, 0,
	};
	static const uint32_t with_d3d11[] = {
		EXTERNAL, DISCRETE, VIDEO, INTEGRATED, BASIC, 0,
	};
	static const uint32_t none[] = { 0 };

	(void)state;
	check_workload(DXCoreWorkload_Compute, 0, DXCoreHardwareTypeFilterFlags_GPU, gpus);
	check_workload(DXCoreWorkload_Compute, 0,
		       DXCoreHardwareTypeFilterFlags_ComputeAccelerator, accelerators);
	check_workload(DXCoreWorkload_Compute, 0,
		       DXCoreHardwareTypeFilterFlags_GPU |
		       DXCoreHardwareTypeFilterFlags_ComputeAccelerator, both);
	check_workload(DXCoreWorkload_Compute, 0, DXCoreHardwareTypeFilterFlags_NPU, none);
	check_workload(DXCoreWorkload_Compute, 0, DXCoreHardwareTypeFilterFlags_MediaAccelerator,
		       none);
	check_workload(DXCoreWorkload_Compute, DXCoreRuntimeFilterFlags_D3D11, 0, with_d3d11);
	check_workload(DXCoreWorkload_Compute, DXCoreRuntimeFilterFlags_D3D12,
		       DXCoreHardwareTypeFilterFlags_ComputeAccelerator, accelerators);
	check_workload(DXCoreWorkload_Compute, DXCoreRuntimeFilterFlags_D3D11,
		       DXCoreHardwareTypeFilterFlags_ComputeAccelerator, none);
}

#define order_test(name) cmocka_unit_test_setup_teardown(name, setup, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		order_test(without_a_preference_the_order_is_the_machines),
		order_test(hardware_comes_before_software),
		order_test(minimum_power_begins_with_the_integrated),
		order_test(high_performance_begins_with_the_external),
		order_test(earlier_preferences_weigh_more),
		order_test(a_workload_gives_what_is_fit_for_it_the_best_first),
		order_test(filters_let_any_of_their_flags_through),
	};

	return cmocka_run_group_tests_name("dxcore-order", tests, NULL, NULL);
}
