/* SPDX-License-Identifier: MIT */
/* Properties and states, asked for with NULL, wrong sizes and unknown numbers. */
#include "t-subject.h"

#define PROPERTY_COUNT	18
#define STATE_COUNT	11

/* None of these is a property or a state. */
static const uint32_t unknown_numbers[] = { 18, 0x7fffffff, 0x80000000, 0xffffffff };

#define UNKNOWN_COUNT (sizeof(unknown_numbers) / sizeof(unknown_numbers[0]))

static int setup(void **state)
{
	return t_subject_setup(state, "soft:discrete");
}

static void attributes_of_nothing_are_not_supported(void **state)
{
	struct t_subject *subject = *state;

	assert_false(t_call(subject->adapter, IsAttributeSupported, NULL));
}

static void every_property_refuses_what_is_too_small(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	unsigned char buffer[64];
	uint32_t property;
	size_t size, i;

	for (property = 0; property < PROPERTY_COUNT; property++) {
		assert_result(t_call(adapter, GetPropertySize, property, &size), S_OK);
		assert_in_range(size, 1, sizeof(buffer));
		assert_result(t_call(adapter, GetPropertySize, property, NULL), E_POINTER);
		assert_result(t_call(adapter, GetProperty, property, size, NULL), E_POINTER);
		assert_result(t_call(adapter, GetProperty, property, 0, buffer), E_INVALIDARG);
		/* A failure has zeroed the buffer, and nothing behind it. */
		memset(buffer, 0xaa, sizeof(buffer));
		assert_result(t_call(adapter, GetProperty, property, size - 1, buffer),
			      E_INVALIDARG);
		for (i = 0; i < sizeof(buffer); i++)
			assert_int_equal(buffer[i], i < size - 1 ? 0 : 0xaa);
	}
}

static void unknown_properties_are_invalid_calls(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	size_t size, i;

	for (i = 0; i < UNKNOWN_COUNT; i++) {
		uint64_t data = 1;
		DXCoreAdapterProperty property = (DXCoreAdapterProperty)unknown_numbers[i];

		assert_false(t_call(adapter, IsPropertySupported, property));
		size = 1;
		assert_result(t_call(adapter, GetPropertySize, property, &size),
			      DXGI_ERROR_INVALID_CALL);
		assert_int_equal(size, 0);
		assert_result(t_call(adapter, GetProperty, property, sizeof(data), &data),
			      DXGI_ERROR_INVALID_CALL);
		assert_true(data == 0);
		assert_result(t_call(adapter, GetPropertyWithInput, property, sizeof(data), &data,
				     sizeof(data), &data), DXGI_ERROR_INVALID_CALL);
	}
}

static void engines_have_to_exist(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	DXCoreEngineNamePropertyInput in = { .adapterEngineIndex = { 0, 3 } };
	DXCoreEngineNamePropertyOutput out;
	uint32_t physical_adapter = 1, count;
	wchar_t name[2] = { L'x', L'x' };

	/* Neither has a value without input. */
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_AdapterEngineCount,
			     sizeof(count), &count), E_INVALIDARG);
	assert_result(t_call(adapter, GetProperty, DXCoreAdapterProperty_AdapterEngineName,
			     sizeof(out), &out), E_INVALIDARG);
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, 4, NULL, sizeof(count),
			     &count), E_POINTER);
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, 3, &physical_adapter,
			     sizeof(count), &count), E_INVALIDARG);
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineCount, 4, &physical_adapter,
			     sizeof(count), &count), E_INVALIDARG);
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(out), &out), E_INVALIDARG);
	in.adapterEngineIndex = (DXCoreAdapterEngineIndex){ 1, 0 };
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(out), &out), E_INVALIDARG);
	/* "3D" does not fit: its length is told, and nothing written. */
	in = (DXCoreEngineNamePropertyInput){ .engineNameLength = 2, .engineName = name };
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(out), &out), E_INVALIDARG);
	assert_int_equal(out.engineNameLength, 3);
	assert_true(name[0] == L'x' && name[1] == L'x');
	in.engineName = NULL;
	assert_result(t_call(adapter, GetPropertyWithInput,
			     DXCoreAdapterProperty_AdapterEngineName, sizeof(in), &in,
			     sizeof(out), &out), E_POINTER);
}

/* What each state takes and gives, from the tables of its ABI. */
static const struct {
	uint8_t input, output;
} state_sizes[STATE_COUNT] = {
	{ 0, 1 }, { 8, 32 }, { 8, 16 }, { 12, 24 }, { 12, 16 }, { 12, 16 },
	{ 4, 4 }, { 0, 4 }, { 16, 8 }, { 8, 24 }, { 4, 24 },
};

static void every_state_refuses_what_is_too_small(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	const unsigned char zero[16] = { 0 };
	unsigned char out[40];
	uint32_t number;
	size_t i;

	for (number = 0; number < STATE_COUNT; number++) {
		size_t input = state_sizes[number].input, output = state_sizes[number].output;

		assert_result(t_call(adapter, QueryState, number, input, zero, output, NULL),
			      E_POINTER);
		assert_result(t_call(adapter, QueryState, number, input, zero, output, out),
			      S_OK);
		memset(out, 0xaa, sizeof(out));
		assert_result(t_call(adapter, QueryState, number, input, zero, output - 1, out),
			      E_INVALIDARG);
		for (i = 0; i < sizeof(out); i++)
			assert_int_equal(out[i], i < output - 1 ? 0 : 0xaa);
		assert_result(t_call(adapter, QueryState, number, input, zero, sizeof(out), out),
			      S_OK);
		for (i = output; i < sizeof(out); i++)
			assert_int_equal(out[i], 0);
		if (!input)
			continue;
		memset(out, 0xaa, sizeof(out));
		assert_result(t_call(adapter, QueryState, number, input, NULL, output, out),
			      E_POINTER);
		/* Clients read the answer without a look at the result. */
		assert_int_equal(out[0], 0);
		assert_result(t_call(adapter, QueryState, number, input - 1, zero, output, out),
			      E_INVALIDARG);
	}
}

static void states_are_of_things_that_exist(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	uint32_t out[8], i;
	/* Another physical adapter, and another group, type or engine. */
	const uint32_t wrong[][4] = { { 1, 0 }, { 0, 5 }, { 0xffffffff, 0 }, { 0, 0xffffffff } };

	for (i = 0; i < 4; i++) {
		assert_result(t_call(adapter, QueryState,
				     DXCoreAdapterState_AdapterMemoryBudget, 8, wrong[i],
				     sizeof(out), out), E_INVALIDARG);
		assert_result(t_call(adapter, QueryState,
				     DXCoreAdapterState_AdapterMemoryUsageBytes, 8, wrong[i],
				     sizeof(out), out), E_INVALIDARG);
		assert_result(t_call(adapter, QueryState,
				     DXCoreAdapterState_AdapterMemoryUsageByProcessBytes, 12,
				     wrong[i], sizeof(out), out), E_INVALIDARG);
		assert_result(t_call(adapter, QueryState,
				     DXCoreAdapterState_AdapterEngineRunningTimeMicroseconds, 12,
				     wrong[i], sizeof(out), out), E_INVALIDARG);
		assert_result(t_call(adapter, QueryState,
				     DXCoreAdapterState_AdapterEngineFrequencyHertz, 8, wrong[i],
				     sizeof(out), out), E_INVALIDARG);
	}
	i = 1;
	assert_result(t_call(adapter, QueryState, DXCoreAdapterState_AdapterTemperatureCelsius,
			     sizeof(i), &i, sizeof(out), out), E_INVALIDARG);
}

static void a_set_needs_room_where_it_says_so(void **state)
{
	struct t_subject *subject = *state;
	DXCoreAdapterProcessSetQueryInput in = { .arraySize = 1 };
	DXCoreAdapterProcessSetQueryOutput out;

	assert_result(t_call(subject->adapter, QueryState,
			     DXCoreAdapterState_AdapterInUseProcessSet, sizeof(in), &in,
			     sizeof(out), &out), E_POINTER);
}

static void unknown_states_are_invalid_calls(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	uint64_t in = 0, out;
	size_t i;

	for (i = 0; i < UNKNOWN_COUNT; i++) {
		DXCoreAdapterState number = (DXCoreAdapterState)unknown_numbers[i];

		out = 1;
		assert_false(t_call(adapter, IsQueryStateSupported, number));
		assert_result(t_call(adapter, QueryState, number, sizeof(in), &in, sizeof(out),
				     &out), DXGI_ERROR_INVALID_CALL);
		assert_true(out == 0);
		assert_result(t_call(adapter, SetState, number, sizeof(in), &in, sizeof(out),
				     &out), DXGI_ERROR_INVALID_CALL);
	}
}

static void nothing_can_be_set(void **state)
{
	struct t_subject *subject = *state;
	IDXCoreAdapter1 *adapter = subject->adapter;
	uint64_t in = 0;
	uint32_t number;

	for (number = 0; number < STATE_COUNT; number++) {
		assert_false(t_call(adapter, IsSetStateSupported, number));
		assert_result(t_call(adapter, SetState, number, sizeof(in), &in, sizeof(in), &in),
			      DXGI_ERROR_UNSUPPORTED);
		assert_result(t_call(adapter, SetState, number, sizeof(in), NULL, sizeof(in),
				     &in), E_POINTER);
		assert_result(t_call(adapter, SetState, number, 0, NULL, sizeof(in), NULL),
			      E_POINTER);
		assert_result(t_call(adapter, SetState, number, sizeof(in), &in, 0, &in),
			      E_INVALIDARG);
	}
}

#define data_test(name) cmocka_unit_test_setup_teardown(name, setup, t_subject_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		data_test(attributes_of_nothing_are_not_supported),
		data_test(every_property_refuses_what_is_too_small),
		data_test(unknown_properties_are_invalid_calls),
		data_test(engines_have_to_exist),
		data_test(every_state_refuses_what_is_too_small),
		data_test(states_are_of_things_that_exist),
		data_test(a_set_needs_room_where_it_says_so),
		data_test(unknown_states_are_invalid_calls),
		data_test(nothing_can_be_set),
	};

	return cmocka_run_group_tests_name("dxcore-wrong-data", tests, NULL, NULL);
}
