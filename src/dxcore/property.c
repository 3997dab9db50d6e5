/* SPDX-License-Identifier: MIT */
/* Properties: the facts of an adapter by number. */
#include "property.h"

#include <stdbool.h>
#include <string.h>

/* Where a property is in struct dxcore_facts; NO_CONDITION: it always is. */
struct place {
	uint16_t offset;
	uint16_t size;
	uint16_t condition;
};

#define NO_CONDITION 0xffff
#define MEMBER_SIZE(member) sizeof(((struct dxcore_facts *)0)->member)
#define IF(condition, member) \
	{ offsetof(struct dxcore_facts, member), MEMBER_SIZE(member), condition }
#define ALWAYS(member) IF(NO_CONDITION, member)
#define HAS(member) offsetof(struct dxcore_facts, member)

/* The description and the engines are apart: their sizes vary, or have input. */
static const struct place places[] = {
	[DXCoreAdapterProperty_InstanceLuid] = ALWAYS(luid),
	[DXCoreAdapterProperty_DriverVersion] = ALWAYS(driver_version),
	[DXCoreAdapterProperty_HardwareID] = ALWAYS(hardware_id),
	[DXCoreAdapterProperty_KmdModelVersion] = IF(HAS(has_model), model),
	[DXCoreAdapterProperty_ComputePreemptionGranularity] =
		IF(HAS(has_preemption), compute_preemption),
	[DXCoreAdapterProperty_GraphicsPreemptionGranularity] =
		IF(HAS(has_preemption), graphics_preemption),
	[DXCoreAdapterProperty_DedicatedAdapterMemory] = ALWAYS(dedicated_memory),
	[DXCoreAdapterProperty_DedicatedSystemMemory] = ALWAYS(dedicated_system_memory),
	[DXCoreAdapterProperty_SharedSystemMemory] = ALWAYS(shared_memory),
	[DXCoreAdapterProperty_AcgCompatible] = ALWAYS(is_acg_compatible),
	[DXCoreAdapterProperty_IsHardware] = ALWAYS(is_hardware),
	[DXCoreAdapterProperty_IsIntegrated] = ALWAYS(is_integrated),
	[DXCoreAdapterProperty_IsDetachable] = ALWAYS(is_detachable),
	[DXCoreAdapterProperty_HardwareIDParts] = ALWAYS(hardware_id_parts),
	[DXCoreAdapterProperty_PhysicalAdapterCount] = ALWAYS(physical_count),
};

#define PLACE_COUNT (sizeof(places) / sizeof(places[0]))

static bool has_engine_names(const struct dxcore_facts *facts)
{
	uint32_t i;

	for (i = 0; i < facts->engine_count; i++)
		if (facts->engines[i].has_name)
			return true;
	return false;
}

HRESULT dxcore_property_size(const struct dxcore_facts *facts, uint32_t property,
			     size_t *ret_size)
{
	const struct place *place;
	bool is_there = true;

	switch (property) {
	case DXCoreAdapterProperty_DriverDescription:
		*ret_size = facts->description_size;
		break;
	case DXCoreAdapterProperty_AdapterEngineCount:
		*ret_size = sizeof(uint32_t);
		is_there = facts->engine_count;
		break;
	case DXCoreAdapterProperty_AdapterEngineName:
		*ret_size = sizeof(DXCoreEngineNamePropertyOutput);
		is_there = has_engine_names(facts);
		break;
	default:
		if (property >= PLACE_COUNT)
			return DXGI_ERROR_INVALID_CALL;
		place = &places[property];
		*ret_size = place->size;
		if (place->condition != NO_CONDITION)
			is_there = *((const char *)facts + place->condition);
		break;
	}
	return is_there ? S_OK : DXGI_ERROR_UNSUPPORTED;
}

static HRESULT get_engine_count(const struct dxcore_facts *facts, size_t input_size,
				const void *input, void *output)
{
	uint32_t physical_adapter;
	uint32_t count;

	if (!input)
		return input_size ? E_POINTER : E_INVALIDARG;
	if (input_size < sizeof(physical_adapter))
		return E_INVALIDARG;
	memcpy(&physical_adapter, input, sizeof(physical_adapter));
	if (physical_adapter >= facts->physical_count)
		return E_INVALIDARG;
	count = dxcore_facts_engine_count(facts, physical_adapter);
	memcpy(output, &count, sizeof(count));
	return S_OK;
}

/* A name that does not fit is not cut: the length that it needs is told. */
static HRESULT get_engine_name(const struct dxcore_facts *facts, size_t input_size,
			       const void *input, void *output)
{
	DXCoreEngineNamePropertyInput in;
	DXCoreEngineNamePropertyOutput out;
	const struct dxcore_engine *engine;

	if (!input)
		return input_size ? E_POINTER : E_INVALIDARG;
	if (input_size < sizeof(in))
		return E_INVALIDARG;
	memcpy(&in, input, sizeof(in));
	engine = dxcore_facts_engine(facts, in.adapterEngineIndex.physicalAdapterIndex,
				     in.adapterEngineIndex.engineIndex);
	if (!engine)
		return E_INVALIDARG;
	if (!engine->has_name)
		return DXGI_ERROR_UNSUPPORTED;
	out.engineNameLength = (uint32_t)wcslen(engine->name) + 1;
	memcpy(output, &out, sizeof(out));
	if (!in.engineName)
		return in.engineNameLength ? E_POINTER : S_OK;
	if (in.engineNameLength < out.engineNameLength)
		return E_INVALIDARG;
	memcpy(in.engineName, engine->name, out.engineNameLength * sizeof(wchar_t));
	return S_OK;
}

HRESULT dxcore_property_get(const struct dxcore_facts *facts, uint32_t property,
			    size_t input_size, const void *input, size_t output_size,
			    void *output)
{
	size_t size;
	HRESULT result;

	if (!output)
		return E_POINTER;
	memset(output, 0, output_size);
	result = dxcore_property_size(facts, property, &size);
	if (result != S_OK)
		return result;
	if (output_size < size)
		return E_INVALIDARG;
	switch (property) {
	case DXCoreAdapterProperty_DriverDescription:
		memcpy(output, facts->description, size);
		return S_OK;
	case DXCoreAdapterProperty_AdapterEngineCount:
		return get_engine_count(facts, input_size, input, output);
	case DXCoreAdapterProperty_AdapterEngineName:
		return get_engine_name(facts, input_size, input, output);
	default:
		memcpy(output, (const char *)facts + places[property].offset, size);
		return S_OK;
	}
}
