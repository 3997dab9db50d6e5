/* SPDX-License-Identifier: MIT */
/* Objects, asked for with NULL and wrong numbers: an error each, and no harm. */
#include "t-subject.h"

/* None of these is a preference. */
static const uint32_t unknown_numbers[] = { 3, 0x7fffffff, 0x80000000, 0xffffffff };

#define UNKNOWN_COUNT (sizeof(unknown_numbers) / sizeof(unknown_numbers[0]))

static int setup(void **state)
{
	return t_subject_setup(state, "soft:discrete");
}

static void the_factory_is_not_given_to_nowhere(void **state)
{
	void *place = &place;

	(void)state;
	assert_result(DXCoreCreateAdapterFactory(&IID_IDXCoreAdapterFactory, NULL), E_POINTER);
	assert_result(DXCoreCreateAdapterFactory(NULL, NULL), E_POINTER);
	assert_result(DXCoreCreateAdapterFactory(NULL, &place), E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(DXCoreCreateAdapterFactory(&IID_IDXCoreAdapter, &place), E_NOINTERFACE);
	assert_null(place);
}

static void lists_need_attributes_an_interface_and_a_place(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapterFactory1 *factory = subject->factory;
	const GUID *attribute = &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS;
	void *place = &place;

	assert_result(t_call(factory, CreateAdapterList, 1, attribute, &IID_IDXCoreAdapterList,
			     NULL), E_POINTER);
	assert_result(t_call(factory, CreateAdapterList, 1, attribute, &IID_IDXCoreAdapter,
			     &place), E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, CreateAdapterList, 1, attribute, NULL, &place),
		      E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, CreateAdapterList, 0, attribute, &IID_IDXCoreAdapterList,
			     &place), E_INVALIDARG);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, CreateAdapterList, 1, NULL, &IID_IDXCoreAdapterList,
			     &place), E_INVALIDARG);
	assert_null(place);
}

static void workloads_and_filters_have_to_exist(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapterFactory1 *factory = subject->factory;
	void *place = &place;

	assert_result(t_call(factory, CreateAdapterListByWorkload, DXCoreWorkload_Graphics, 0, 0,
			     &IID_IDXCoreAdapterList, NULL), E_POINTER);
	assert_result(t_call(factory, CreateAdapterListByWorkload, DXCoreWorkload_Graphics, 0, 0,
			     &IID_IDXCoreAdapter, &place), E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, CreateAdapterListByWorkload, (DXCoreWorkload)4, 0, 0,
			     &IID_IDXCoreAdapterList, &place), E_INVALIDARG);
	assert_null(place);
	assert_result(t_call(factory, CreateAdapterListByWorkload, (DXCoreWorkload)0xffffffff, 0,
			     0, &IID_IDXCoreAdapterList, &place), E_INVALIDARG);
	assert_result(t_call(factory, CreateAdapterListByWorkload, DXCoreWorkload_Graphics,
			     (DXCoreRuntimeFilterFlags)4, 0, &IID_IDXCoreAdapterList, &place),
		      E_INVALIDARG);
	assert_result(t_call(factory, CreateAdapterListByWorkload, DXCoreWorkload_Graphics, 0,
			     (DXCoreHardwareTypeFilterFlags)16, &IID_IDXCoreAdapterList, &place),
		      E_INVALIDARG);
}

static void adapters_need_a_luid_an_interface_and_a_place(void **state)
{
	static const LUID unknown = { 0x10000, 1 };
	struct t_subject *subject = *state;
	LUID luid = t_luid(subject->adapter);
	IDXCoreAdapterFactory1 *factory = subject->factory;
	void *place = &place;

	assert_result(t_call(factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter, NULL),
		      E_POINTER);
	assert_result(t_call(factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapterList, &place),
		      E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, GetAdapterByLuid, NULL, &IID_IDXCoreAdapter, &place),
		      E_INVALIDARG);
	assert_null(place);
	place = &place;
	assert_result(t_call(factory, GetAdapterByLuid, &unknown, &IID_IDXCoreAdapter, &place),
		      E_INVALIDARG);
	assert_null(place);
}

static void a_list_has_no_adapter_behind_its_end(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapterList *list = subject->list;
	void *place = &place;

	assert_result(t_call(list, GetAdapter, 0, &IID_IDXCoreAdapter, NULL), E_POINTER);
	assert_result(t_call(list, GetAdapter, 0, &IID_IDXCoreAdapterList, &place),
		      E_NOINTERFACE);
	assert_null(place);
	place = &place;
	assert_result(t_call(list, GetAdapter, 1, &IID_IDXCoreAdapter, &place), E_INVALIDARG);
	assert_null(place);
	assert_result(t_call(list, GetAdapter, 0xffffffff, &IID_IDXCoreAdapter, &place),
		      E_INVALIDARG);
	assert_result(t_call(list, GetFactory, &IID_IDXCoreAdapterFactory, NULL), E_POINTER);
	place = &place;
	assert_result(t_call(list, GetFactory, &IID_IDXCoreAdapterList, &place), E_NOINTERFACE);
	assert_null(place);
	assert_result(t_call(subject->adapter, GetFactory, &IID_IDXCoreAdapterFactory, NULL),
		      E_POINTER);
}

static void sorting_needs_preferences_but_no_known_ones(void **state)
{
	struct t_subject *subject = *state;
	DXCoreAdapterPreference preference;
	size_t i;

	preference = DXCoreAdapterPreference_Hardware;
	assert_result(t_call(subject->list, Sort, 0, &preference), E_INVALIDARG);
	assert_result(t_call(subject->list, Sort, 1, NULL), E_INVALIDARG);
	for (i = 0; i < 3; i++)
		assert_true(t_call(subject->list, IsAdapterPreferenceSupported,
				   (DXCoreAdapterPreference)i));
	for (i = 0; i < UNKNOWN_COUNT; i++) {
		preference = (DXCoreAdapterPreference)unknown_numbers[i];
		assert_false(t_call(subject->list, IsAdapterPreferenceSupported, preference));
		assert_result(t_call(subject->list, Sort, 1, &preference), S_OK);
	}
}

static void not_called(DXCoreNotificationType type, IUnknown *object, void *context)
{
	(void)type;
	(void)object;
	(void)context;
	abort();
}

static void notifications_have_to_fit_their_object(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapterFactory1 *factory = subject->factory;
	IUnknown *objects[] = {
		(IUnknown *)(void *)subject->list, (IUnknown *)(void *)subject->adapter,
		(IUnknown *)(void *)factory,
	};
	uint32_t cookie = 1, type;

	for (type = 0; type < 4; type++)
		assert_true(t_call(factory, IsNotificationTypeSupported, type));
	assert_false(t_call(factory, IsNotificationTypeSupported, 4));
	assert_result(t_call(factory, RegisterEventNotification, objects[0], 0, not_called, NULL,
			     NULL), E_POINTER);
	assert_result(t_call(factory, RegisterEventNotification, objects[0], 0, NULL, NULL,
			     &cookie), E_POINTER);
	assert_int_equal(cookie, 0);
	cookie = 1;
	assert_result(t_call(factory, RegisterEventNotification, NULL, 0, not_called, NULL,
			     &cookie), E_INVALIDARG);
	assert_int_equal(cookie, 0);
	assert_result(t_call(factory, RegisterEventNotification, objects[0], 4, not_called, NULL,
			     &cookie), DXGI_ERROR_INVALID_CALL);
	for (type = 0; type < 4; type++) {
		cookie = 1;
		assert_result(t_call(factory, RegisterEventNotification, objects[!type], type,
				     not_called, NULL, &cookie), E_INVALIDARG);
		assert_int_equal(cookie, 0);
		assert_result(t_call(factory, RegisterEventNotification, objects[2], type,
				     not_called, NULL, &cookie), E_INVALIDARG);
	}
	assert_result(t_call(factory, UnregisterEventNotification, 0), E_INVALIDARG);
	assert_result(t_call(factory, UnregisterEventNotification, 12345), E_INVALIDARG);
}

#define input_test(name) cmocka_unit_test_setup_teardown(name, setup, t_subject_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		input_test(the_factory_is_not_given_to_nowhere),
		input_test(lists_need_attributes_an_interface_and_a_place),
		input_test(workloads_and_filters_have_to_exist),
		input_test(adapters_need_a_luid_an_interface_and_a_place),
		input_test(a_list_has_no_adapter_behind_its_end),
		input_test(sorting_needs_preferences_but_no_known_ones),
		input_test(notifications_have_to_fit_their_object),
	};

	return cmocka_run_group_tests_name("dxcore-wrong-input", tests, NULL, NULL);
}
