/* SPDX-License-Identifier: MIT */
/* Which adapters come first. */
#ifndef DXG_SRC_DXCORE_PREFERENCE_H
#define DXG_SRC_DXCORE_PREFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "adapter.h"

bool dxcore_preference_is_known(uint32_t preference);

/* Earlier preferences weigh more. What they say nothing about keeps its order. */
void dxcore_preference_sort(struct dxcore_adapter **adapters, uint32_t adapter_count,
			    const DXCoreAdapterPreference *preferences, uint32_t count);

#endif
