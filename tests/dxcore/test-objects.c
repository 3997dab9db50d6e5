/* SPDX-License-Identifier: MIT */
/* The objects of DXCore: which interfaces, which pointers, how many references. */
#include "t-dxcore.h"

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

static const GUID unknown_guid = { 0x12345678, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };

static int setup(void **state)
{
	(void)state;
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(dxg_set_device("soft:two-adapters"), STATUS_SUCCESS);
	return 0;
}

/* Each of @accepted gives the very pointer, and a reference; no other GUID does. */
static void check_interfaces(void *object, const IID *const *accepted)
{
	IUnknown *unknown = object;
	uint32_t before = unknown->lpVtbl->AddRef(unknown);
	void *found;
	GUID almost;

	for (; *accepted; accepted++) {
		found = NULL;
		assert_result(t_call(unknown, QueryInterface, *accepted, &found), S_OK);
		assert_ptr_equal(found, object);
		assert_int_equal(t_release(found), before);
	}
	found = object;
	assert_result(t_call(unknown, QueryInterface, &unknown_guid, &found), E_NOINTERFACE);
	assert_null(found);
	/* All of it counts. */
	almost = IID_IUnknown;
	almost.Data4[7] ^= 1;
	found = object;
	assert_result(t_call(unknown, QueryInterface, &almost, &found), E_NOINTERFACE);
	assert_null(found);
	found = object;
	assert_result(t_call(unknown, QueryInterface, NULL, &found), E_NOINTERFACE);
	assert_null(found);
	assert_result(t_call(unknown, QueryInterface, &IID_IUnknown, NULL), E_POINTER);
	assert_int_equal(t_release(unknown), before - 1);
}

static void a_factory_has_its_interfaces(void **state)
{
	static const IID *const iids[] = {
		&IID_IUnknown, &IID_IDXCoreAdapterFactory, &IID_IDXCoreAdapterFactory1, NULL,
	};
	IDXCoreAdapterFactory1 *factory = t_factory();
	void *found = factory;

	(void)state;
	check_interfaces(factory, iids);
	assert_result(t_call(factory, QueryInterface, &IID_IDXCoreAdapterList, &found),
		      E_NOINTERFACE);
	t_release(factory);
}

static void a_list_has_its_interfaces(void **state)
{
	static const IID *const iids[] = { &IID_IUnknown, &IID_IDXCoreAdapterList, NULL };
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);

	(void)state;
	check_interfaces(list, iids);
	t_release(list);
	t_release(factory);
}

static void an_adapter_has_its_interfaces(void **state)
{
	static const IID *const iids[] = {
		&IID_IUnknown, &IID_IDXCoreAdapter, &IID_IDXCoreAdapter1, NULL,
	};
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapter1 *adapter = t_first_adapter(factory);

	(void)state;
	check_interfaces(adapter, iids);
	t_release(adapter);
	t_release(factory);
}

static void the_factory_is_one_however_it_is_reached(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterFactory1 *again = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapter1 *adapter = t_adapter(list, 0);
	void *of_list = NULL, *of_adapter = NULL;

	(void)state;
	assert_result(t_call(list, GetFactory, &IID_IDXCoreAdapterFactory, &of_list), S_OK);
	assert_result(t_call(adapter, GetFactory, &IID_IUnknown, &of_adapter), S_OK);
	assert_ptr_equal(again, factory);
	assert_ptr_equal(of_list, factory);
	assert_ptr_equal(of_adapter, factory);
	t_release(of_adapter);
	t_release(of_list);
	t_release(adapter);
	t_release(list);
	t_release(again);
	assert_int_equal(t_release(factory), 0);
}

static void lists_and_adapters_keep_the_factory(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapter1 *adapter = t_adapter(list, 0);
	void *found = NULL;

	(void)state;
	assert_int_not_equal(t_release(factory), 0);
	assert_int_equal(t_release(list), 0);
	/* The adapter alone does, and it works. */
	assert_true(t_ask(adapter, IsValid));
	assert_result(t_call(adapter, GetFactory, &IID_IDXCoreAdapterFactory1, &found), S_OK);
	assert_ptr_equal(found, factory);
	assert_int_not_equal(t_release(found), 0);
	assert_int_equal(t_release(adapter), 0);
}

static void an_adapter_is_one_however_it_is_reached(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *graphics = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapterList *compute =
		t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE);
	IDXCoreAdapter1 *adapters[3];
	LUID luid;

	(void)state;
	assert_int_equal(t_ask(graphics, GetAdapterCount), 2);
	adapters[0] = t_adapter(graphics, 1);
	adapters[1] = t_adapter(compute, 1);
	luid = t_luid(adapters[0]);
	adapters[2] = NULL;
	assert_result(t_call(factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter,
			     (void **)&adapters[2]), S_OK);
	assert_ptr_equal(adapters[0], adapters[1]);
	assert_ptr_equal(adapters[0], adapters[2]);
	t_release(adapters[0]);
	t_release(graphics);
	t_release(adapters[1]);
	t_release(compute);
	/* Given back and asked for again, it is the same while the factory lives. */
	assert_int_equal(t_release(adapters[2]), 0);
	adapters[1] = NULL;
	assert_result(t_call(factory, GetAdapterByLuid, &luid, &IID_IUnknown,
			     (void **)&adapters[1]), S_OK);
	assert_ptr_equal(adapters[1], adapters[2]);
	t_release(adapters[1]);
	t_release(factory);
}

static void references_are_counted(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapter1 *adapter = t_adapter(list, 0);

	(void)state;
	assert_int_equal(t_ask(list, AddRef), 2);
	assert_int_equal(t_ask(list, Release), 1);
	assert_int_equal(t_ask(list, Release), 0);
	assert_int_equal(t_ask(adapter, AddRef), 2);
	assert_int_equal(t_ask(adapter, Release), 1);
	/* The caller's and the adapter's. */
	assert_int_equal(t_ask(factory, AddRef), 3);
	assert_int_equal(t_ask(factory, Release), 2);
	assert_int_equal(t_ask(adapter, Release), 0);
	assert_int_equal(t_ask(factory, Release), 0);
}

/* A client's fault, but not one that breaks the next client. */
static void a_reference_too_many_is_not_given_back(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapter1 *adapter = t_first_adapter(factory);

	(void)state;
	assert_int_equal(t_release(adapter), 0);
	assert_int_equal(t_release(adapter), 0);
	assert_int_equal(t_release(factory), 0);
	assert_int_equal(t_release(factory), 0);
	assert_ptr_equal(t_factory(), factory);
	assert_int_equal(t_release(factory), 0);
}

static void a_list_has_what_matches_all_attributes(void **state)
{
	const GUID both[] = {
		DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS, DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU,
	};
	const GUID impossible[] = {
		DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS,
		DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR,
	};
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = NULL;

	(void)state;
	assert_result(t_call(factory, CreateAdapterList, 2, both, &IID_IDXCoreAdapterList,
			     (void **)&list), S_OK);
	assert_int_equal(t_ask(list, GetAdapterCount), 2);
	t_release(list);
	assert_result(t_call(factory, CreateAdapterList, 2, impossible, &IID_IDXCoreAdapterList,
			     (void **)&list), S_OK);
	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	t_release(list);
	t_release(factory);
}

/* Clients ask for attributes newer than the library, and go on with an older one. */
static void an_unknown_attribute_gives_an_empty_list(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *list = t_list(factory, &unknown_guid);
	void *adapter = factory;

	(void)state;
	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	assert_false(t_ask(list, IsStale));
	assert_result(t_call(list, GetAdapter, 0, &IID_IDXCoreAdapter, &adapter), E_INVALIDARG);
	assert_null(adapter);
	t_release(list);
	t_release(factory);
}

static void lists_have_the_same_order_each_time(void **state)
{
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *one = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS);
	IDXCoreAdapterList *other = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS);
	uint32_t i;

	(void)state;
	assert_ptr_not_equal(one, other);
	for (i = 0; i < 2; i++) {
		IDXCoreAdapter1 *of_one = t_adapter(one, i), *of_other = t_adapter(other, i);

		assert_ptr_equal(of_one, of_other);
		assert_int_equal(t_luid(of_one).LowPart, 0x10000 + i);
		t_release(of_one);
		t_release(of_other);
	}
	t_release(one);
	t_release(other);
	t_release(factory);
}

static void sorting_changes_the_order_of_that_list_alone(void **state)
{
	static const DXCoreAdapterPreference least_power = DXCoreAdapterPreference_MinimumPower;
	IDXCoreAdapterFactory1 *factory = t_factory();
	IDXCoreAdapterList *one = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapterList *other = t_list(factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	IDXCoreAdapter1 *first;

	(void)state;
	assert_result(t_call(one, Sort, 1, &least_power), S_OK);
	first = t_adapter(one, 0);
	/* The integrated one, which is the second of the machine. */
	assert_int_equal(t_luid(first).LowPart, 0x10001);
	t_release(first);
	first = t_adapter(other, 0);
	assert_int_equal(t_luid(first).LowPart, 0x10000);
	t_release(first);
	assert_false(t_ask(one, IsStale));
	t_release(one);
	t_release(other);
	t_release(factory);
}

static void without_a_device_there_is_no_factory(void **state)
{
	void *factory = &factory;

	(void)state;
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(dxg_set_device("/no/such/node"), STATUS_SUCCESS);
	assert_result(DXCoreCreateAdapterFactory(&IID_IDXCoreAdapterFactory, &factory),
		      (HRESULT)0xd0000001);
	assert_null(factory);
	/* And there is one when there is a device. */
	assert_int_equal(dxg_set_device("soft"), STATUS_SUCCESS);
	assert_int_equal(t_release(t_factory()), 0);
}

#define object_test(name) cmocka_unit_test_setup_teardown(name, setup, t_dxcore_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		object_test(a_factory_has_its_interfaces),
		object_test(a_list_has_its_interfaces),
		object_test(an_adapter_has_its_interfaces),
		object_test(the_factory_is_one_however_it_is_reached),
		object_test(lists_and_adapters_keep_the_factory),
		object_test(an_adapter_is_one_however_it_is_reached),
		object_test(references_are_counted),
		object_test(a_reference_too_many_is_not_given_back),
		object_test(a_list_has_what_matches_all_attributes),
		object_test(an_unknown_attribute_gives_an_empty_list),
		object_test(lists_have_the_same_order_each_time),
		object_test(sorting_changes_the_order_of_that_list_alone),
		object_test(without_a_device_there_is_no_factory),
	};

	return cmocka_run_group_tests_name("dxcore-objects", tests, NULL, NULL);
}
