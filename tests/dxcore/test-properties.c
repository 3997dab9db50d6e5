/* SPDX-License-Identifier: MIT */
/* Properties of the embedded device's adapters, which are known. */
#include "t-subject.h"

#include <wchar.h>

#define GIB (1ull << 30)

static int setup(void **state)
{
	return t_subject_setup(state, "soft:discrete");
}

static int setup_compute(void **state)
{
	return t_subject_setup(state, "soft:compute-only");
}

/* The property has just this size, and fits into a larger buffer, zeroed behind. */
static void get(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property, void *data, size_t size)
{
	unsigned char larger[64];
	size_t told = 0, i;

	assert_true(t_call(adapter, IsPropertySupported, property));
	assert_result(t_call(adapter, GetPropertySize, property, &told), S_OK);
	assert_int_equal(told, size);
	memset(data, 0xaa, size);
	assert_result(t_call(adapter, GetProperty, property, size, data), S_OK);
	memset(larger, 0xaa, sizeof(larger));
	assert_result(t_call(adapter, GetProperty, property, sizeof(larger), larger), S_OK);
	assert_memory_equal(larger, data, size);
	for (i = size; i < sizeof(larger); i++)
		assert_int_equal(larger[i], 0);
}

static uint64_t get_number(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property, size_t size)
{
	uint64_t number = 0;

	/* Little-endian, so the rest of it is zero. */
	get(adapter, property, &number, size);
	return number;
}

static void a_discrete_adapter_is_described(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	char description[sizeof("DXG Software GPU")];

	get(adapter, DXCoreAdapterProperty_DriverDescription, description, sizeof(description));
	assert_string_equal(description, "DXG Software GPU");
	assert_true(get_number(adapter, DXCoreAdapterProperty_DriverVersion, 8) ==
		    (32ull << 48 | 1));
	assert_int_equal(t_luid(adapter).LowPart, 0x10000);
	assert_int_equal(t_luid(adapter).HighPart, 0);
	assert_true(get_number(adapter, DXCoreAdapterProperty_DedicatedAdapterMemory, 8) ==
		    4 * GIB);
	assert_true(get_number(adapter, DXCoreAdapterProperty_DedicatedSystemMemory, 8) == 0);
	assert_true(get_number(adapter, DXCoreAdapterProperty_SharedSystemMemory, 8) == 2 * GIB);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_KmdModelVersion, 4), 2900);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_ComputePreemptionGranularity,
				    2), 200);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_GraphicsPreemptionGranularity,
				    2), 200);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_AcgCompatible, 1), 0);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsHardware, 1), 1);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsIntegrated, 1), 0);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsDetachable, 1), 0);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_PhysicalAdapterCount, 4), 1);
}

static void its_numbers_are_those_of_pci(void **state)
{
	struct t_subject *subject = *state;
	DXCoreHardwareID id;
	DXCoreHardwareIDParts parts;

	get(subject->adapter, DXCoreAdapterProperty_HardwareID, &id, sizeof(id));
	get(subject->adapter, DXCoreAdapterProperty_HardwareIDParts, &parts, sizeof(parts));
	assert_int_equal(id.vendorID, 0x1414);
	assert_int_equal(id.deviceID, 0x5301);
	assert_int_equal(id.subSysID, 0x53011414);
	assert_int_equal(id.revision, 0);
	assert_int_equal(parts.vendorID, 0x1414);
	assert_int_equal(parts.deviceID, 0x5301);
	assert_int_equal(parts.subSystemID, 0x5301);
	assert_int_equal(parts.subVendorID, 0x1414);
	assert_int_equal(parts.revisionID, 0);
}

static void its_engines_have_names(void **state)
{
	static const wchar_t *const names[] = { L"3D", L"Compute", L"Copy" };
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	uint32_t index = 0, count = 0;
	wchar_t name[16];

	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, sizeof(index), &index,
			     sizeof(count), &count), S_OK);
	assert_int_equal(count, 3);
	for (index = 0; index < 3; index++) {
		DXCoreEngineNamePropertyInput in = {
			.adapterEngineIndex.engineIndex = index,
		};
		DXCoreEngineNamePropertyOutput out = { 0 };

		/* Asked for its length, and then for itself. */
		assert_result(t_call(adapter, GetPropertyWithInput,
				     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
				     sizeof(out), &out), S_OK);
		assert_int_equal(out.engineNameLength, wcslen(names[index]) + 1);
		in.engineName = name;
		in.engineNameLength = out.engineNameLength;
		assert_result(t_call(adapter, GetPropertyWithInput,
				     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
				     sizeof(out), &out), S_OK);
		assert_int_equal(wcscmp(name, names[index]), 0);
	}
}

static void other_properties_need_no_input(void **state)
{
	struct t_subject *subject = *state;
	LUID luid = { 0 };

	assert_result(t_call(subject->adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_InstanceLuid, 0, NULL, sizeof(luid), &luid),
		      S_OK);
	assert_int_equal(luid.LowPart, 0x10000);
}

static void a_discrete_adapter_is_for_graphics(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;

	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS));
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS));
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE));
	assert_true(t_call(adapter, IsAttributeSupported, &DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU));
	assert_false(t_call(adapter, IsAttributeSupported,
			    &DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR));
	assert_false(t_call(adapter, IsAttributeSupported, &IID_IUnknown));
}

static void a_compute_only_adapter_is_for_computing(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	IDXCoreAdapterList *list =
		t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);

	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	t_release(list);
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE));
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR));
	assert_false(t_call(adapter, IsAttributeSupported,
			    &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS));
	assert_false(t_call(adapter, IsAttributeSupported, &DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU));
}

#define property_test(name) cmocka_unit_test_setup_teardown(name, setup, t_subject_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		property_test(a_discrete_adapter_is_described),
		property_test(its_numbers_are_those_of_pci),
		property_test(its_engines_have_names),
		property_test(other_properties_need_no_input),
		property_test(a_discrete_adapter_is_for_graphics),
		cmocka_unit_test_setup_teardown(a_compute_only_adapter_is_for_computing,
						setup_compute, t_subject_teardown),
	};

	return cmocka_run_group_tests_name("dxcore-properties", tests, NULL, NULL);
}
