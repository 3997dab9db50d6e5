/* SPDX-License-Identifier: MIT */
/* What an adapter is good for, and what it is: attributes as bits. */
#include "attribute.h"

#include "com.h"

#define D3D12 (DXCORE_D3D12_GRAPHICS | DXCORE_D3D12_CORE_COMPUTE)

/* In the order of the bits. */
static const GUID *const attributes[] = {
	&DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS,
	&DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS,
	&DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE,
	&DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_ML,
	&DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA,
	&DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU,
	&DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR,
	&DXCORE_HARDWARE_TYPE_ATTRIBUTE_NPU,
	&DXCORE_HARDWARE_TYPE_ATTRIBUTE_MEDIA_ACCELERATOR,
};

#define ATTRIBUTE_COUNT (sizeof(attributes) / sizeof(attributes[0]))

_Static_assert(1 << ATTRIBUTE_COUNT == DXCORE_UNKNOWN_ATTRIBUTE, "a bit for each attribute");

uint32_t dxcore_attribute_bit(const GUID *attribute)
{
	uint32_t i;

	for (i = 0; i < ATTRIBUTE_COUNT; i++)
		if (dxcore_guid_equal(attributes[i], attribute))
			return 1u << i;
	return DXCORE_UNKNOWN_ATTRIBUTE;
}

static bool has_video_engine(const struct dxcore_facts *facts)
{
	uint32_t i;

	for (i = 0; i < facts->engine_count; i++) {
		switch (facts->engines[i].type) {
		case DXGK_ENGINE_TYPE_VIDEO_DECODE:
		case DXGK_ENGINE_TYPE_VIDEO_ENCODE:
		case DXGK_ENGINE_TYPE_VIDEO_PROCESSING:
			return true;
		default:
			break;
		}
	}
	return false;
}

/*
 * The driver does not tell a compute accelerator that is an NPU, or one for media,
 * from others: those two are nobody's.
 */
uint32_t dxcore_attributes_of(const struct dxcore_facts *facts)
{
	uint32_t found = 0;

	if (facts->type.ComputeOnly)
		found |= DXCORE_D3D12_CORE_COMPUTE | DXCORE_COMPUTE_ACCELERATOR;
	else if (facts->type.RenderSupported)
		found |= DXCORE_D3D11_GRAPHICS | D3D12 | (facts->is_hardware ? DXCORE_GPU : 0);
	if (found && facts->is_hardware)
		found |= DXCORE_D3D12_GENERIC_ML;
	if (found && has_video_engine(facts))
		found |= DXCORE_D3D12_GENERIC_MEDIA;
	return found;
}

bool dxcore_criteria_match(const struct dxcore_criteria *criteria, uint32_t found)
{
	return (found & criteria->all) == criteria->all &&
	       (!criteria->runtimes || found & criteria->runtimes) &&
	       (!criteria->types || found & criteria->types);
}

bool dxcore_criteria_of_workload(DXCoreWorkload workload, uint32_t runtimes, uint32_t types,
				 struct dxcore_criteria *ret_criteria)
{
	static const uint32_t needed[] = {
		[DXCoreWorkload_Graphics] = DXCORE_D3D12_GRAPHICS,
		[DXCoreWorkload_Compute] = DXCORE_D3D12_CORE_COMPUTE,
		[DXCoreWorkload_Media] = DXCORE_D3D12_GENERIC_MEDIA,
		[DXCoreWorkload_MachineLearning] = DXCORE_D3D12_GENERIC_ML,
	};

	if (workload >= sizeof(needed) / sizeof(needed[0]) || runtimes >> 2 || types >> 4)
		return false;
	*ret_criteria = (struct dxcore_criteria){
		.all = needed[workload],
		.runtimes = (runtimes & DXCoreRuntimeFilterFlags_D3D11 ? DXCORE_D3D11_GRAPHICS :
									 0) |
			    (runtimes & DXCoreRuntimeFilterFlags_D3D12 ? D3D12 : 0),
		/* In the order of the attributes' bits, of which this is the first. */
		.types = types * DXCORE_GPU,
	};
	return true;
}
