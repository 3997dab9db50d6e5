/* SPDX-License-Identifier: MIT */
/* What DXCore makes of the answers of the driver, and of those that are missing. */
#include "fake-machine.h"

static void assert_description(const char *expected)
{
	IDXCoreAdapter1 *adapter = fake_only_adapter();
	char text[256];
	size_t size;

	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription,
			     sizeof(text), text), S_OK);
	assert_string_equal(text, expected);
	assert_result(t_call(adapter, GetPropertySize, DXCoreAdapterProperty_DriverDescription,
			     &size), S_OK);
	assert_int_equal(size, strlen(expected) + 1);
	t_release(adapter);
}

static void parts_of_the_hardware_id_keep_their_places(void **state)
{
	IDXCoreAdapter1 *adapter;
	DXCoreHardwareID id;
	DXCoreHardwareIDParts parts;

	(void)state;
	fake_add(RENDER);
	adapter = fake_only_adapter();
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_HardwareID, sizeof(id),
			     &id), S_OK);
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_HardwareIDParts,
			     sizeof(parts), &parts), S_OK);
	assert_int_equal(id.vendorID, 0x8086);
	assert_int_equal(id.deviceID, 0x56a0);
	assert_int_equal(id.subSysID, 0x60041849);
	assert_int_equal(id.revision, 8);
	assert_int_equal(parts.subSystemID, 0x6004);
	assert_int_equal(parts.subVendorID, 0x1849);
	assert_int_equal(parts.revisionID, 8);
	t_release(adapter);
}

static void descriptions_become_utf_8(void **state)
{
	static const wchar_t one_of_each[] = {
		L'A', 0xe9, 0x20ac, 0x1f600, 0xd83d, 0xde00, 0xd83d, L'B', 0xde00, 0x110000, 0,
	};

	(void)state;
	fake_add(RENDER)->description = one_of_each;
	assert_description("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xef\xbf\xbd"
			   "B\xef\xbf\xbd\xef\xbf\xbd");
}

static void a_description_may_fill_its_field(void **state)
{
	static wchar_t text[4096];
	static char utf8[3 * 4096];
	IDXCoreAdapter1 *adapter;
	size_t size, i;

	(void)state;
	for (i = 0; i < 4095; i++)
		text[i] = 0x20ac;
	fake_add(RENDER)->description = text;
	adapter = fake_only_adapter();
	assert_result(t_call(adapter, GetPropertySize, DXCoreAdapterProperty_DriverDescription,
			     &size), S_OK);
	assert_int_equal(size, 3 * 4095 + 1);
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription,
			     sizeof(utf8), utf8), S_OK);
	assert_int_equal(strlen(utf8), 3 * 4095);
	/* A client with the usual buffer is refused, not overrun. */
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription, 256,
			     utf8), E_INVALIDARG);
	t_release(adapter);
}

static void a_missing_description_is_made_up(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);

	(void)state;
	fake->fails[KMTQAITYPE_DRIVER_DESCRIPTION_RENDER] = true;
	assert_description("GPU");
	fake->fails[KMTQAITYPE_DRIVER_DESCRIPTION] = true;
	fake->registry_string = L"Of the registry";
	assert_description("Of the registry");
	fake->fails[KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER] = true;
	assert_description("Of the registry");
	fake->fails[KMTQAITYPE_ADAPTERREGISTRYINFO] = true;
	assert_description("GPU 8086:56a0");
}

static void an_empty_description_is_none(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);

	(void)state;
	fake->description = L"";
	fake->registry_string = L"Of the registry";
	assert_description("Of the registry");
}

/* Each on its own: clients give an adapter up that lacks one of the first. */
static void answers_that_are_missing_do_no_harm(void **state)
{
	static const DXCoreAdapterProperty needed[] = {
		DXCoreAdapterProperty_InstanceLuid, DXCoreAdapterProperty_DriverVersion,
		DXCoreAdapterProperty_DriverDescription, DXCoreAdapterProperty_HardwareID,
		DXCoreAdapterProperty_DedicatedAdapterMemory,
		DXCoreAdapterProperty_DedicatedSystemMemory,
		DXCoreAdapterProperty_SharedSystemMemory, DXCoreAdapterProperty_IsHardware,
		DXCoreAdapterProperty_IsIntegrated, DXCoreAdapterProperty_IsDetachable,
		DXCoreAdapterProperty_AcgCompatible, DXCoreAdapterProperty_HardwareIDParts,
		DXCoreAdapterProperty_PhysicalAdapterCount,
	};
	static const DXCoreAdapterProperty unsupported[] = {
		DXCoreAdapterProperty_KmdModelVersion,
		DXCoreAdapterProperty_ComputePreemptionGranularity,
		DXCoreAdapterProperty_GraphicsPreemptionGranularity,
		DXCoreAdapterProperty_AdapterEngineCount,
		DXCoreAdapterProperty_AdapterEngineName,
	};
	struct fake_adapter *fake = fake_add(RENDER);
	IDXCoreAdapter1 *adapter;
	char data[64];
	size_t size, i;

	(void)state;
	for (i = 0; i < FAKE_TYPES; i++)
		fake->fails[i] = true;
	fake->has_no_statistics = true;
	adapter = fake_only_adapter();
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		assert_true(t_call(adapter, IsPropertySupported, needed[i]));
		assert_result(t_call(adapter, GetProperty, needed[i], sizeof(data), data), S_OK);
	}
	for (i = 0; i < sizeof(unsupported) / sizeof(unsupported[0]); i++) {
		assert_false(t_call(adapter, IsPropertySupported, unsupported[i]));
		assert_result(t_call(adapter, GetPropertySize, unsupported[i], &size),
			      DXGI_ERROR_UNSUPPORTED);
		assert_result(t_call(adapter, GetProperty, unsupported[i], sizeof(data), data),
			      DXGI_ERROR_UNSUPPORTED);
	}
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_PhysicalAdapterCount), 1);
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsHardware), 1);
	assert_int_equal(fake_number(adapter, DXCoreAdapterProperty_IsIntegrated), 0);
	/* It has been enumerated, so it renders. */
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS));
	assert_result(t_call(adapter, QueryState, DXCoreAdapterState_IsDriverUpdateInProgress, 0,
			     NULL, sizeof(data), data), DXGI_ERROR_UNSUPPORTED);
	assert_false(t_call(adapter, IsQueryStateSupported,
			    DXCoreAdapterState_IsDriverUpdateInProgress));
	assert_false(t_call(adapter, IsQueryStateSupported,
			    DXCoreAdapterState_AdapterEngineFrequencyHertz));
	assert_true(t_call(adapter, IsQueryStateSupported,
			   DXCoreAdapterState_AdapterMemoryBudget));
	t_release(adapter);
}

static void the_version_is_that_of_the_user_mode_driver_if_there_is_one(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	IDXCoreAdapter1 *adapter;

	(void)state;
	fake->umd_version = 31ull << 48 | 101 << 16 | 4577;
	fake->kmd_version = 1;
	adapter = fake_only_adapter();
	assert_true(fake_number(adapter, DXCoreAdapterProperty_DriverVersion) == fake->umd_version);
	t_release(adapter);
	fake->fails[KMTQAITYPE_UMD_DRIVER_VERSION] = true;
	adapter = fake_only_adapter();
	assert_true(fake_number(adapter, DXCoreAdapterProperty_DriverVersion) == 1);
	t_release(adapter);
}

/* At whichever question it goes, it is there as it was, or not at all. */
static void an_adapter_that_goes_while_it_is_asked_is_none(void **state)
{
	struct fake_adapter *fake = fake_add(RENDER);
	uint32_t count = 0;

	(void)state;
	for (fake->goes_after = 1; !count; fake->goes_after++) {
		IDXCoreAdapterFactory1 *factory;
		IDXCoreAdapterList *list;

		assert_true(fake->goes_after < 100);
		fake->questions = 0;
		factory = t_factory();
		/* A look at the machine that finds it there again. */
		fake->questions = 0;
		list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
		count = t_ask(list, GetAdapterCount);
		if (count) {
			IDXCoreAdapter1 *adapter = t_adapter(list, 0);
			char text[8];

			assert_result(t_call(adapter, GetProperty,
					     DXCoreAdapterProperty_DriverDescription, sizeof(text),
					     text), S_OK);
			assert_string_equal(text, "GPU");
			t_release(adapter);
		}
		t_release(list);
		t_release(factory);
	}
	/* It took more than a question to know all. */
	assert_true(fake->goes_after > 5);
}

static void the_older_enumeration_will_do(void **state)
{
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;

	(void)state;
	fake_add(RENDER);
	fake_driver.has_no_enum3 = true;
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	assert_int_equal(t_ask(list, GetAdapterCount), 1);
	t_release(list);
	t_release(factory);
}

/* Where nobody answers nothing is known to be lost. */
static void a_driver_that_does_not_answer_takes_nothing_away(void **state)
{
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;
	IDXCoreAdapter1 *adapter;
	void *place = &place;
	bool is_updating;

	(void)state;
	fake_add(RENDER);
	factory = t_factory();
	list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	adapter = t_adapter(list, 0);
	fake_driver.is_closed = true;
	assert_true(t_ask(adapter, IsValid));
	assert_false(t_ask(list, IsStale));
	assert_result(t_call(adapter, QueryState, DXCoreAdapterState_IsDriverUpdateInProgress, 0,
			     NULL, sizeof(is_updating), &is_updating), (HRESULT)0xd0000001);
	assert_result(DXCoreCreateAdapterFactory(&IID_IUnknown, &place), (HRESULT)0xd0000001);
	assert_null(place);
	assert_result(t_call(factory, CreateAdapterList, 1,
			     &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS, &IID_IDXCoreAdapterList,
			     &place), (HRESULT)0xd0000001);
	fake_driver.is_closed = false;
	t_release(adapter);
	t_release(list);
	t_release(factory);
}

#define facts_test(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		facts_test(parts_of_the_hardware_id_keep_their_places),
		facts_test(descriptions_become_utf_8),
		facts_test(a_description_may_fill_its_field),
		facts_test(a_missing_description_is_made_up),
		facts_test(an_empty_description_is_none),
		facts_test(answers_that_are_missing_do_no_harm),
		facts_test(the_version_is_that_of_the_user_mode_driver_if_there_is_one),
		facts_test(an_adapter_that_goes_while_it_is_asked_is_none),
		facts_test(the_older_enumeration_will_do),
		facts_test(a_driver_that_does_not_answer_takes_nothing_away),
	};

	return cmocka_run_group_tests_name("dxcore-facts", tests, NULL, NULL);
}
