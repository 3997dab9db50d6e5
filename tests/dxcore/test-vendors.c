/* SPDX-License-Identifier: MIT */
/* The embedded device's GPUs that look like a vendor's, as clients of DXCore see them. */
#include "t-subject.h"

#include <wchar.h>

#include "../lib/t-vendor.h"

#define TEXT_MAX 256

static void get(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property, void *data, size_t size)
{
	assert_result(t_call(adapter, GetProperty, property, size, data), S_OK);
}

static uint64_t get_number(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property)
{
	uint64_t number = 0;
	size_t size = 0;

	assert_result(t_call(adapter, GetPropertySize, property, &size), S_OK);
	assert_true(size <= sizeof(number));
	/* Little-endian, so the rest of it is zero. */
	get(adapter, property, &number, size);
	return number;
}

/* The texts are ASCII: a character is a wide one. */
static void assert_same_text(const char *text, const wchar_t *expected)
{
	wchar_t wide[TEXT_MAX];
	size_t i;

	for (i = 0; i < TEXT_MAX; i++) {
		wide[i] = (unsigned char)text[i];
		if (!text[i])
			break;
	}
	assert_true(i < TEXT_MAX);
	if (wcscmp(wide, expected))
		fail_msg("\"%s\", not \"%ls\"", text, expected);
}

static void check_identity(IDXCoreAdapter1 *adapter, const struct t_vendor *vendor)
{
	char description[TEXT_MAX];
	DXCoreHardwareIDParts parts;
	DXCoreHardwareID id;

	get(adapter, DXCoreAdapterProperty_DriverDescription, description, sizeof(description));
	assert_same_text(description, vendor->description);
	get(adapter, DXCoreAdapterProperty_HardwareID, &id, sizeof(id));
	assert_int_equal(id.vendorID, vendor->ids.VendorID);
	assert_int_equal(id.deviceID, vendor->ids.DeviceID);
	assert_int_equal(id.subSysID, vendor->ids.SubSystemID << 16 | vendor->ids.SubVendorID);
	assert_int_equal(id.revision, vendor->ids.RevisionID);
	get(adapter, DXCoreAdapterProperty_HardwareIDParts, &parts, sizeof(parts));
	assert_int_equal(parts.subSystemID, vendor->ids.SubSystemID);
	assert_int_equal(parts.subVendorID, vendor->ids.SubVendorID);
}

static void check_kind(IDXCoreAdapter1 *adapter, const struct t_vendor *vendor)
{
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsHardware),
			 !vendor->software);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsIntegrated),
			 vendor->integrated);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsDetachable), 0);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_KmdModelVersion),
			 vendor->wddm_version);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_GraphicsPreemptionGranularity),
			 vendor->graphics_preemption);
	assert_int_equal(get_number(adapter, DXCoreAdapterProperty_ComputePreemptionGranularity),
			 vendor->compute_preemption);
	assert_true(get_number(adapter, DXCoreAdapterProperty_DriverVersion) ==
		    vendor->driver_version);
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE));
	assert_int_equal(t_call(adapter, IsAttributeSupported,
				&DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA), !vendor->software);
}

static void check_memory(IDXCoreAdapter1 *adapter, const struct t_vendor *vendor)
{
	assert_true(get_number(adapter, DXCoreAdapterProperty_DedicatedAdapterMemory) ==
		    vendor->dedicated_memory);
	assert_true(get_number(adapter, DXCoreAdapterProperty_DedicatedSystemMemory) == 0);
	assert_true(get_number(adapter, DXCoreAdapterProperty_SharedSystemMemory) ==
		    vendor->shared_memory);
}

static void check_engines(IDXCoreAdapter1 *adapter, const struct t_vendor *vendor)
{
	uint32_t index = 0, count = 0;
	wchar_t name[32];

	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, sizeof(index), &index,
			     sizeof(count), &count), S_OK);
	assert_int_equal(count, t_vendor_node_count(vendor));
	for (index = 0; index < count; index++) {
		DXCoreEngineNamePropertyInput in = {
			.adapterEngineIndex.engineIndex = index,
			.engineName = name,
			.engineNameLength = 32,
		};
		DXCoreEngineNamePropertyOutput out;

		assert_result(t_call(adapter, GetPropertyWithInput,
				     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
				     sizeof(out), &out), S_OK);
		assert_int_equal(wcscmp(name, vendor->node_names[index]), 0);
	}
}

static int setup_machine(void **state)
{
	return t_subject_setup(state, "soft:vendors");
}

static void all_vendors_are_in_one_machine(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter;
	uint32_t i;

	assert_int_equal(t_ask(subject->list, GetAdapterCount), T_VENDORS);
	for (i = 0; i < T_VENDORS; i++) {
		adapter = t_adapter(subject->list, i);
		check_identity(adapter, &t_vendors[i]);
		check_kind(adapter, &t_vendors[i]);
		check_memory(adapter, &t_vendors[i]);
		check_engines(adapter, &t_vendors[i]);
		t_release(adapter);
	}
}

/* A GPU that is alone is what it is beside others. */
static void each_vendor_has_a_machine(void **state)
{
	struct t_subject *subject;
	char device[40];
	uint32_t i;

	for (i = 0; i < T_VENDORS; i++) {
		snprintf(device, sizeof(device), "soft:%s", t_vendors[i].profile);
		assert_int_equal(t_subject_setup(state, device), 0);
		subject = *state;
		assert_int_equal(t_ask(subject->list, GetAdapterCount), 1);
		check_identity(subject->adapter, &t_vendors[i]);
		check_kind(subject->adapter, &t_vendors[i]);
		check_memory(subject->adapter, &t_vendors[i]);
		check_engines(subject->adapter, &t_vendors[i]);
		assert_int_equal(t_subject_teardown(state), 0);
	}
}

/* As Intel's runtime looks for its adapters. */
static void one_adapter_is_hardware_of_intel(void **state)
{
	struct t_subject *subject = *state;
	char description[TEXT_MAX];
	IDXCoreAdapter1 *adapter;
	uint32_t i, found = 0;

	for (i = 0; i < t_ask(subject->list, GetAdapterCount); i++) {
		adapter = t_adapter(subject->list, i);
		get(adapter, DXCoreAdapterProperty_DriverDescription, description,
		    sizeof(description));
		found += get_number(adapter, DXCoreAdapterProperty_IsHardware) &&
			 strstr(description, "Intel");
		t_release(adapter);
	}
	assert_int_equal(found, 1);
}

/* TensorFlow's DirectML looks no further than the first that is software. */
static void software_is_last_however_it_is_sorted(void **state)
{
	static const DXCoreAdapterPreference preferences[] = {
		DXCoreAdapterPreference_Hardware, DXCoreAdapterPreference_MinimumPower,
		DXCoreAdapterPreference_HighPerformance,
	};
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter;
	uint32_t i, k;

	for (i = 0; i < 3; i++) {
		assert_result(t_call(subject->list, Sort, 1, &preferences[i]), S_OK);
		for (k = 0; k < T_VENDORS; k++) {
			adapter = t_adapter(subject->list, k);
			assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsHardware),
					 k < T_VENDORS - 1);
			t_release(adapter);
		}
	}
}

static void discrete_ones_are_the_fast_ones(void **state)
{
	static const DXCoreAdapterPreference fast = DXCoreAdapterPreference_HighPerformance;
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter;
	uint32_t i;

	assert_result(t_call(subject->list, Sort, 1, &fast), S_OK);
	for (i = 0; i < 3; i++) {
		adapter = t_adapter(subject->list, i);
		assert_int_equal(get_number(adapter, DXCoreAdapterProperty_IsIntegrated), i == 2);
		t_release(adapter);
	}
}

#define machine_test(name) \
	cmocka_unit_test_setup_teardown(name, setup_machine, t_subject_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		machine_test(all_vendors_are_in_one_machine),
		cmocka_unit_test(each_vendor_has_a_machine),
		machine_test(one_adapter_is_hardware_of_intel),
		machine_test(software_is_last_however_it_is_sorted),
		machine_test(discrete_ones_are_the_fast_ones),
	};

	return cmocka_run_group_tests_name("dxcore-vendors", tests, NULL, NULL);
}
