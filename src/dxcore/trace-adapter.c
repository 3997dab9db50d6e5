/* SPDX-License-Identifier: MIT */
/* The adapter's methods with a line for each call. */
#include <stdatomic.h>
#include <string.h>

#include "trace-line.h"
#include "trace.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CLASS "IDXCoreAdapter::"

static _Atomic(const IDXCoreAdapter1Vtbl *) untraced;

static const IDXCoreAdapter1Vtbl *methods(void)
{
	return atomic_load_explicit(&untraced, memory_order_relaxed);
}

static HRESULT query_interface(IDXCoreAdapter1 *self, const IID *riid, void **object)
{
	return methods()->QueryInterface(self, riid, object);
}

static uint32_t add_ref(IDXCoreAdapter1 *self)
{
	return methods()->AddRef(self);
}

static uint32_t release(IDXCoreAdapter1 *self)
{
	return methods()->Release(self);
}

static HRESULT get_factory(IDXCoreAdapter1 *self, const IID *riid, void **object)
{
	return methods()->GetFactory(self, riid, object);
}

static bool is_valid(IDXCoreAdapter1 *self)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsValid(self);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsValid", self);
	dxcore_line_bool(&line, result);
	return result;
}

static bool is_attribute_supported(IDXCoreAdapter1 *self, const GUID *attribute)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsAttributeSupported(self, attribute);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsAttributeSupported", self);
	dxcore_line_guid(&line, "attributeGUID", attribute);
	dxcore_line_bool(&line, result);
	return result;
}

static void put_property(struct dxcore_line *line, uint32_t property)
{
#define NAME(property) [DXCoreAdapterProperty_##property] = #property
	static const char *const properties[] = {
		NAME(InstanceLuid), NAME(DriverVersion), NAME(DriverDescription),
		NAME(HardwareID), NAME(KmdModelVersion), NAME(ComputePreemptionGranularity),
		NAME(GraphicsPreemptionGranularity), NAME(DedicatedAdapterMemory),
		NAME(DedicatedSystemMemory), NAME(SharedSystemMemory), NAME(AcgCompatible),
		NAME(IsHardware), NAME(IsIntegrated), NAME(IsDetachable), NAME(HardwareIDParts),
		NAME(PhysicalAdapterCount), NAME(AdapterEngineCount), NAME(AdapterEngineName),
	};
#undef NAME

	dxcore_line_enum(line, "property", property, properties, COUNT(properties));
}

static void put_state(struct dxcore_line *line, uint32_t state)
{
#define NAME(state) [DXCoreAdapterState_##state] = #state
	static const char *const states[] = {
		NAME(IsDriverUpdateInProgress), NAME(AdapterMemoryBudget),
		NAME(AdapterMemoryUsageBytes), NAME(AdapterMemoryUsageByProcessBytes),
		NAME(AdapterEngineRunningTimeMicroseconds),
		NAME(AdapterEngineRunningTimeByProcessMicroseconds),
		NAME(AdapterTemperatureCelsius), NAME(AdapterInUseProcessCount),
		NAME(AdapterInUseProcessSet), NAME(AdapterEngineFrequencyHertz),
		NAME(AdapterMemoryFrequencyHertz),
	};
#undef NAME

	dxcore_line_enum(line, "state", state, states, COUNT(states));
}

/* After a success @data is there, and of the size that the property has at least. */
static void put_data(struct dxcore_line *line, uint32_t property, size_t size, const void *data,
		     HRESULT result)
{
	static const char name[] = "propertyData";
	uint64_t number = 0;

	if (result != S_OK) {
		dxcore_line_address(line, name, data);
		return;
	}
	switch (property) {
	case DXCoreAdapterProperty_InstanceLuid:
		dxcore_line_luid(line, name, data);
		break;
	case DXCoreAdapterProperty_DriverDescription:
		dxg_line_name(&line->text, name);
		dxg_line_quoted(&line->text, data);
		break;
	case DXCoreAdapterProperty_HardwareID:
	case DXCoreAdapterProperty_HardwareIDParts:
		dxcore_line_words(line, name, data, (uint32_t)(size / sizeof(uint32_t)));
		break;
	default:
		/* A wider place was cleared. */
		if (size > sizeof(number)) {
			dxcore_line_address(line, name, data);
			break;
		}
		memcpy(&number, data, size);
		dxcore_line_number(line, name, number);
		break;
	}
}

static bool is_property_supported(IDXCoreAdapter1 *self, DXCoreAdapterProperty property)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsPropertySupported(self, property);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsPropertySupported", self);
	put_property(&line, property);
	dxcore_line_bool(&line, result);
	return result;
}

static HRESULT get_property(IDXCoreAdapter1 *self, DXCoreAdapterProperty property, size_t size,
			    void *data)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->GetProperty(self, property, size, data);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "GetProperty", self);
	put_property(&line, property);
	dxcore_line_number(&line, "bufferSize", size);
	put_data(&line, property, size, data, result);
	dxcore_line_result(&line, result);
	return result;
}

static HRESULT get_property_size(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
				 size_t *size)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->GetPropertySize(self, property, size);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "GetPropertySize", self);
	put_property(&line, property);
	if (size)
		dxcore_line_number(&line, "bufferSize", *size);
	else
		dxcore_line_address(&line, "bufferSize", NULL);
	dxcore_line_result(&line, result);
	return result;
}

static HRESULT get_property_with_input(IDXCoreAdapter1 *self, DXCoreAdapterProperty property,
				       size_t input_size, const void *input, size_t output_size,
				       void *output)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->GetPropertyWithInput(self, property, input_size, input,
							 output_size, output);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, "IDXCoreAdapter1::GetPropertyWithInput", self);
	put_property(&line, property);
	dxcore_line_number(&line, "inputPropertyDetailsSize", input_size);
	dxcore_line_address(&line, "inputPropertyDetails", input);
	dxcore_line_number(&line, "outputBufferSize", output_size);
	dxcore_line_address(&line, "outputBuffer", output);
	dxcore_line_result(&line, result);
	return result;
}

static bool is_query_state_supported(IDXCoreAdapter1 *self, DXCoreAdapterState state)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsQueryStateSupported(self, state);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsQueryStateSupported", self);
	put_state(&line, state);
	dxcore_line_bool(&line, result);
	return result;
}

static HRESULT query_state(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			   const void *input, size_t output_size, void *output)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->QueryState(self, state, input_size, input, output_size,
					       output);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "QueryState", self);
	put_state(&line, state);
	dxcore_line_number(&line, "inputStateDetailsSize", input_size);
	dxcore_line_address(&line, "inputStateDetails", input);
	dxcore_line_number(&line, "outputBufferSize", output_size);
	dxcore_line_address(&line, "outputBuffer", output);
	dxcore_line_result(&line, result);
	return result;
}

static bool is_set_state_supported(IDXCoreAdapter1 *self, DXCoreAdapterState state)
{
	uint64_t start = dxg_line_clock();
	bool result = methods()->IsSetStateSupported(self, state);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "IsSetStateSupported", self);
	put_state(&line, state);
	dxcore_line_bool(&line, result);
	return result;
}

static HRESULT set_state(IDXCoreAdapter1 *self, DXCoreAdapterState state, size_t input_size,
			 const void *input, size_t data_size, const void *data)
{
	uint64_t start = dxg_line_clock();
	HRESULT result = methods()->SetState(self, state, input_size, input, data_size, data);
	struct dxcore_line line;

	dxcore_line_begin(&line, start, CLASS "SetState", self);
	put_state(&line, state);
	dxcore_line_number(&line, "inputStateDetailsSize", input_size);
	dxcore_line_address(&line, "inputStateDetails", input);
	dxcore_line_number(&line, "inputDataSize", data_size);
	dxcore_line_address(&line, "inputData", data);
	dxcore_line_result(&line, result);
	return result;
}

static const IDXCoreAdapter1Vtbl traced = {
	.QueryInterface = query_interface,
	.AddRef = add_ref,
	.Release = release,
	.IsValid = is_valid,
	.IsAttributeSupported = is_attribute_supported,
	.IsPropertySupported = is_property_supported,
	.GetProperty = get_property,
	.GetPropertySize = get_property_size,
	.IsQueryStateSupported = is_query_state_supported,
	.QueryState = query_state,
	.IsSetStateSupported = is_set_state_supported,
	.SetState = set_state,
	.GetFactory = get_factory,
	.GetPropertyWithInput = get_property_with_input,
};

const IDXCoreAdapter1Vtbl *dxcore_trace_adapter(const IDXCoreAdapter1Vtbl *plain)
{
	if (!dxcore_trace_is_on())
		return plain;
	atomic_store_explicit(&untraced, plain, memory_order_relaxed);
	return &traced;
}
