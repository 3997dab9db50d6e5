/* SPDX-License-Identifier: MIT */
/*
 * DxDispatch of DirectML: adapters for machine learning, or if there are none, those that
 * compute. It asks whether there is a property before it asks for it.
 */
#include "client-dxcore.h"

#include "t-host.h"

static void *library;
static IDXCoreAdapterFactory *factory;
static IDXCoreAdapterList *list;

static void loads_by_the_bare_name(void)
{
	t_host_use_machine("[adapter]\n"
			   "like = basic-render\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("dxdispatch", "libdxcore.so", RTLD_LAZY);
	factory = client_factory(library);
}

/* As with a library that does not know the attribute yet: no error, but no adapter. */
static void finds_nothing_for_machine_learning(void)
{
	static const GUID nobodys = { 0x12345678, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };
	void *none = NULL;

	list = client_list(factory, D3D12_GENERIC_ML);
	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	t_release(list);
	assert_result(t_call(factory, CreateAdapterList, 1, &nobodys, &IID_IDXCoreAdapterList,
			     &none), S_OK);
	assert_int_equal(t_ask((IDXCoreAdapterList *)none, GetAdapterCount), 0);
	t_release(none);
}

static void lists_what_computes_instead(void)
{
	const DXCoreAdapterPreference preferences[] = {
		DXCoreAdapterPreference_Hardware, DXCoreAdapterPreference_HighPerformance,
	};

	list = client_list(factory, D3D12_CORE_COMPUTE);
	assert_int_equal(t_ask(list, GetAdapterCount), 1);
	client_must_do("Sort(Hardware, HighPerformance)", list, Sort, 2, preferences);
}

#define GET(adapter, property, value)                                             \
	do {                                                                      \
		if (client_has_property(adapter, property))                       \
			client_must_get(adapter, property, sizeof(value), &(value)); \
	} while (0)

static void describes_each_property_that_there_is(void)
{
	uint64_t version = 0, own = 0, own_system = 1, shared = 0;
	bool is_hardware = true, is_integrated = false, is_detachable = true;
	IDXCoreAdapter *adapter = client_adapter(list, 0);
	DXCoreHardwareID id = { 0 };

	GET(adapter, HardwareID, id);
	GET(adapter, DriverVersion, version);
	GET(adapter, DedicatedAdapterMemory, own);
	GET(adapter, DedicatedSystemMemory, own_system);
	GET(adapter, SharedSystemMemory, shared);
	GET(adapter, IsHardware, is_hardware);
	GET(adapter, IsIntegrated, is_integrated);
	GET(adapter, IsDetachable, is_detachable);
	if (client_has_property(adapter, DriverDescription))
		free(client_description(adapter));
	assert_int_equal(id.deviceID, 0x8c);
	assert_int_equal(version >> 48, 10);
	assert_int_equal(own, 64 << 20);
	assert_int_equal(own_system, 0);
	assert_int_equal(shared, 16 << 20);
	assert_false(is_hardware);
	assert_false(is_detachable);
	t_release(adapter);
}

static void tells_what_the_adapter_is_good_for(void)
{
	IDXCoreAdapter *adapter = client_adapter(list, 0);

	assert_true(client_has_attribute(adapter, D3D12_GRAPHICS));
	assert_true(client_has_attribute(adapter, D3D12_CORE_COMPUTE));
	assert_false(client_has_attribute(adapter, D3D12_GENERIC_ML));
	t_release(adapter);
	t_release(list);
	assert_int_equal(t_release(factory), 0);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(finds_nothing_for_machine_learning),
		client_step(lists_what_computes_instead),
		client_step(describes_each_property_that_there_is),
		client_step(tells_what_the_adapter_is_good_for),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-dxdispatch", steps, NULL, NULL);
}
