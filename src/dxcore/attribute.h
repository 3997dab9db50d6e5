/* SPDX-License-Identifier: MIT */
/* What an adapter is good for, and what it is: attributes as bits. */
#ifndef DXG_SRC_DXCORE_ATTRIBUTE_H
#define DXG_SRC_DXCORE_ATTRIBUTE_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "facts.h"

enum dxcore_attribute {
	DXCORE_D3D11_GRAPHICS = 1 << 0,
	DXCORE_D3D12_GRAPHICS = 1 << 1,
	DXCORE_D3D12_CORE_COMPUTE = 1 << 2,
	DXCORE_D3D12_GENERIC_ML = 1 << 3,
	DXCORE_D3D12_GENERIC_MEDIA = 1 << 4,
	DXCORE_GPU = 1 << 5,
	DXCORE_COMPUTE_ACCELERATOR = 1 << 6,
	DXCORE_NPU = 1 << 7,
	DXCORE_MEDIA_ACCELERATOR = 1 << 8,
	/* What no adapter has. */
	DXCORE_UNKNOWN_ATTRIBUTE = 1 << 9,
};

/* Which adapters are wanted: those with all of @all and one of each other, if any. */
struct dxcore_criteria {
	uint32_t all;
	uint32_t runtimes;
	uint32_t types;
};

/* One bit. */
uint32_t dxcore_attribute_bit(const GUID *attribute);

uint32_t dxcore_attributes_of(const struct dxcore_facts *facts);

bool dxcore_criteria_match(const struct dxcore_criteria *criteria, uint32_t attributes);

/* Those of CreateAdapterListByWorkload(). false: there is no such workload or flag. */
bool dxcore_criteria_of_workload(DXCoreWorkload workload, uint32_t runtimes, uint32_t types,
				 struct dxcore_criteria *ret_criteria);

#endif
