/* SPDX-License-Identifier: MIT */
/* Adapters that go and come while their objects are in use. */
#include "t-dxcore.h"

#include <dxg/dxg.h>

#include "../lib/t.h"

/* Of the machine's two, the first goes. */
struct subject {
	IDXCoreAdapterFactory1 *factory;
	IDXCoreAdapterList *list;
	IDXCoreAdapter1 *adapter;
	IDXCoreAdapter1 *neighbour;
};

static int setup(void **state)
{
	static struct subject subject;

	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device("soft:two-adapters"), STATUS_SUCCESS);
	subject.factory = t_factory();
	subject.list = t_list(subject.factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	subject.adapter = t_adapter(subject.list, 0);
	subject.neighbour = t_adapter(subject.list, 1);
	assert_int_equal(t_luid(subject.adapter).LowPart, 0x10000);
	*state = &subject;
	return 0;
}

static int teardown(void **state)
{
	struct subject *subject = *state;

	t_release(subject->neighbour);
	t_release(subject->adapter);
	t_release(subject->list);
	t_release(subject->factory);
	return t_dxcore_teardown(state);
}

static void remove_adapter(void)
{
	assert_int_equal(t_soft_or_skip()->remove_adapter(0), 0);
}

static void return_adapter(void)
{
	assert_int_equal(t_soft_or_skip()->return_adapter(0), 0);
}

static void a_gone_adapter_is_not_valid(void **state)
{
	struct subject *subject = *state;

	assert_true(t_ask(subject->adapter, IsValid));
	remove_adapter();
	assert_false(t_ask(subject->adapter, IsValid));
	assert_true(t_ask(subject->neighbour, IsValid));
}

static void it_keeps_its_properties(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	DXCoreEngineNamePropertyInput in = { 0 };
	DXCoreEngineNamePropertyOutput out;
	char description[64];
	size_t size;

	remove_adapter();
	assert_false(t_ask(adapter, IsValid));
	assert_int_equal(t_luid(adapter).LowPart, 0x10000);
	assert_result(t_call(adapter, GetPropertySize, DXCoreAdapterProperty_DriverDescription,
			     &size), S_OK);
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_DriverDescription, size,
			     description), S_OK);
	assert_string_equal(description, "DXG Software GPU");
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(out), &out), S_OK);
	assert_true(t_call(adapter, IsAttributeSupported,
			   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS));
}

static void but_not_its_states(void **state)
{
	static const unsigned char zero[16];
	struct subject *subject = *state;
	unsigned char out[40];
	uint32_t number;

	remove_adapter();
	for (number = 0; number <= DXCoreAdapterState_AdapterMemoryFrequencyHertz; number++) {
		memset(out, 0xaa, sizeof(out));
		assert_result(t_call(subject->adapter, QueryState, number, sizeof(zero), zero,
				     sizeof(out), out), DXGI_ERROR_DEVICE_REMOVED);
		assert_int_equal(out[0], 0);
		assert_result(t_call(subject->neighbour, QueryState, number, sizeof(zero), zero,
				     sizeof(out), out), S_OK);
	}
	/* That was noticed. */
	assert_false(t_ask(subject->adapter, IsValid));
}

static void it_is_not_given_out_any_more(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapterList *list = subject->list;
	LUID luid = t_luid(subject->adapter);
	void *place = &place;

	remove_adapter();
	assert_result(t_call(subject->list, GetAdapter, 0, &IID_IDXCoreAdapter, &place),
		      DXGI_ERROR_DEVICE_REMOVED);
	assert_null(place);
	place = &place;
	assert_result(t_call(subject->factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter,
			     &place), DXGI_ERROR_DEVICE_REMOVED);
	assert_null(place);
	/* The list is what it was, and its other one is there. */
	assert_int_equal(t_ask(list, GetAdapterCount), 2);
	t_release(t_adapter(list, 1));
}

static void its_lists_are_stale(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapterList *fresh;

	assert_false(t_ask(subject->list, IsStale));
	remove_adapter();
	assert_true(t_ask(subject->list, IsStale));
	fresh = t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	assert_int_equal(t_ask(fresh, GetAdapterCount), 1);
	assert_false(t_ask(fresh, IsStale));
	/* And stays so when it comes back. */
	return_adapter();
	assert_true(t_ask(subject->list, IsStale));
	t_release(fresh);
}

static void lists_that_it_would_not_be_in_are_not(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapterList *accelerators =
		t_list(subject->factory, &DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR);

	remove_adapter();
	assert_false(t_ask(accelerators, IsStale));
	return_adapter();
	assert_false(t_ask(accelerators, IsStale));
	t_release(accelerators);
}

static void an_adapter_that_comes_makes_lists_stale(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapterList *before, *after;

	remove_adapter();
	before = t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	assert_false(t_ask(before, IsStale));
	return_adapter();
	assert_true(t_ask(before, IsStale));
	assert_int_equal(t_ask(before, GetAdapterCount), 1);
	after = t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	assert_int_equal(t_ask(after, GetAdapterCount), 2);
	assert_false(t_ask(after, IsStale));
	t_release(after);
	t_release(before);
}

/* Its LUID is the same; what was lost is lost. */
static void what_comes_back_is_another_adapter(void **state)
{
	struct subject *subject = *state;
	LUID luid = t_luid(subject->adapter);
	IDXCoreAdapter1 *again = NULL;

	remove_adapter();
	assert_false(t_ask(subject->adapter, IsValid));
	return_adapter();
	assert_result(t_call(subject->factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter1,
			     (void **)&again), S_OK);
	assert_ptr_not_equal(again, subject->adapter);
	assert_true(t_ask(again, IsValid));
	assert_false(t_ask(subject->adapter, IsValid));
	assert_int_equal(t_release(again), 0);
}

static void without_any_adapter_lists_are_empty(void **state)
{
	struct subject *subject = *state;
	IDXCoreAdapterList *list;

	remove_adapter();
	assert_int_equal(t_soft_or_skip()->remove_adapter(1), 0);
	list = t_list(subject->factory, &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS);
	assert_int_equal(t_ask(list, GetAdapterCount), 0);
	t_release(list);
}

#define removal_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		removal_test(a_gone_adapter_is_not_valid),
		removal_test(it_keeps_its_properties),
		removal_test(but_not_its_states),
		removal_test(it_is_not_given_out_any_more),
		removal_test(its_lists_are_stale),
		removal_test(lists_that_it_would_not_be_in_are_not),
		removal_test(an_adapter_that_comes_makes_lists_stale),
		removal_test(what_comes_back_is_another_adapter),
		removal_test(without_any_adapter_lists_are_empty),
	};

	return cmocka_run_group_tests_name("dxcore-removal", tests, NULL, NULL);
}
