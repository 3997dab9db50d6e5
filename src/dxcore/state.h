/* SPDX-License-Identifier: MIT */
/* States: what an adapter is doing, asked anew each time. */
#ifndef DXG_SRC_DXCORE_STATE_H
#define DXG_SRC_DXCORE_STATE_H

#include <stddef.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "facts.h"

/* QueryState() of the ABI. DXGI_ERROR_DEVICE_REMOVED: the adapter is gone. */
HRESULT dxcore_state_query(const struct dxcore_facts *facts, uint32_t state, size_t input_size,
			   const void *input, size_t output_size, void *output);

/*
 * SetState() of the ABI: there is nothing to be set, but what is wrong with the
 * arguments is said first.
 */
HRESULT dxcore_state_set(uint32_t state, size_t input_size, const void *input,
			 size_t data_size, const void *data);

/* Whether the driver answers; a state that there is counts while nobody can be asked. */
bool dxcore_state_is_supported(const struct dxcore_facts *facts, uint32_t state);

#endif
