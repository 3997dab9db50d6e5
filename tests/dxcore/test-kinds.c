/* SPDX-License-Identifier: MIT */
/* Adapters and engines of all kinds: what they are, and what they are good for. */
#include "fake-machine.h"

static bool has(IDXCoreAdapter1 *adapter, const GUID *attribute)
{
	return t_call(adapter, IsAttributeSupported, attribute);
}

static void a_software_adapter_is_no_hardware(void **state)
{
	IDXCoreAdapter1 *adapter;

	(void)state;
	fake_add(RENDER | SOFTWARE)->dedicated_memory = 0;
	adapter = fake_only_adapter();
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsHardware), 0);
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsIntegrated), 0);
	assert_true(has(adapter, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS));
	assert_false(has(adapter, &DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU));
	assert_false(has(adapter, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_ML));
	t_release(adapter);
}

static void only_little_memory_of_its_own_makes_a_lone_adapter_integrated(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER | ACG);
	static const struct {
		uint32_t type;
		uint64_t memory;
		bool is_integrated;
	} cases[] = {
		{ RENDER, 8ull << 30, false },
		{ RENDER, 0, true },
		{ RENDER, 128 << 20, true },
		{ RENDER | DETACHABLE, 0, false },
		{ RENDER | HYBRID_DISCRETE, 0, false },
		{ RENDER | HYBRID_INTEGRATED, 8ull << 30, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		IDXCoreAdapter1 *adapter;

		fake->type.Value = cases[i].type;
		fake->dedicated_memory = cases[i].memory;
		adapter = fake_only_adapter();
		assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsIntegrated),
				 cases[i].is_integrated);
		assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsDetachable),
				 !!(cases[i].type & DETACHABLE));
		t_release(adapter);
	}
}

static void acg_is_told(void **state)
{
	IDXCoreAdapter1 *adapter;

	(void)state;
	fake_add(RENDER | ACG);
	adapter = fake_only_adapter();
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_AcgCompatible), 1);
	t_release(adapter);
}

static void an_adapter_with_video_engines_is_for_media(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	IDXCoreAdapter1 *adapter = fake_only_adapter();

	(void)state;
	assert_false(has(adapter, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA));
	assert_true(has(adapter, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_ML));
	t_release(adapter);
	fake->engines[0][1] = DXGK_ENGINE_TYPE_VIDEO_DECODE;
	adapter = fake_only_adapter();
	assert_true(has(adapter, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA));
	t_release(adapter);
}

static void what_neither_renders_nor_computes_is_in_no_list(void **state)
{
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;

	(void)state;
	fake_add(1 << 1);
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);
	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	t_release(list);
	t_release(factory);
}

static void engines_of_linked_adapters_are_apart(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	DXCoreEngineNamePropertyOutput length;
	DXCoreEngineNamePropertyInput in = { .adapterEngineIndex = { 1, 1 } };
	IDXCoreAdapter1 *adapter;
	uint32_t index, count;
	wchar_t name[2];

	(void)state;
	fake->physical_count = 2;
	fake->engines[1][0] = DXGK_ENGINE_TYPE_3D;
	fake->engines[1][1] = DXGK_ENGINE_TYPE_COPY;
	adapter = fake_only_adapter();
	for (index = 0; index < 2; index++) {
		assert_result(t_call(adapter, GetPropertyWithInput,
				     DXCoreAdapterProperty_AdapterEngineCount, sizeof(index),
				     &index, sizeof(count), &count), S_OK);
		assert_int_equal(count, index + 1);
	}
	in.engineName = name;
	in.engineNameLength = 2;
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(length), &length), S_OK);
	assert_int_equal(name[0], L'f');
	/* Statistics are of the first alone. */
	in.adapterEngineIndex.engineIndex = 0;
	assert_result(t_call(adapter, QueryState,
			     DXCoreAdapterState_AdapterMemoryUsageBytes, 8,
			     &in.adapterEngineIndex, 16, (char[16]){ 0 }),
		      DXGI_ERROR_UNSUPPORTED);
	t_release(adapter);
}

static void engines_are_found_without_statistics(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	IDXCoreAdapter1 *adapter;
	uint32_t index = 0, count;

	(void)state;
	fake->has_no_statistics = true;
	fake->engines[0][1] = DXGK_ENGINE_TYPE_COPY;
	adapter = fake_only_adapter();
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, sizeof(index), &index,
			     sizeof(count), &count), S_OK);
	assert_int_equal(count, 2);
	t_release(adapter);
}

/* Counted, but not described. */
static void engines_may_have_no_names(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	IDXCoreAdapter1 *adapter;
	uint32_t index = 0, count;

	(void)state;
	fake->fails[KMTQAITYPE_NODEMETADATA] = true;
	adapter = fake_only_adapter();
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, sizeof(index), &index,
			     sizeof(count), &count), S_OK);
	assert_int_equal(count, 1);
	assert_false(t_call(adapter, IsPropertySupported,
			    DXCoreAdapterProperty_AdapterEngineName));
	t_release(adapter);
}

#define kind_test(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		kind_test(a_software_adapter_is_no_hardware),
		kind_test(only_little_memory_of_its_own_makes_a_lone_adapter_integrated),
		kind_test(acg_is_told),
		kind_test(an_adapter_with_video_engines_is_for_media),
		kind_test(what_neither_renders_nor_computes_is_in_no_list),
		kind_test(engines_of_linked_adapters_are_apart),
		kind_test(engines_are_found_without_statistics),
		kind_test(engines_may_have_no_names),
	};

	return cmocka_run_group_tests_name("dxcore-kinds", tests, NULL, NULL);
}
