/* SPDX-License-Identifier: MIT */
/* Properties: the facts of an adapter by number. */
#ifndef DXG_SRC_DXCORE_PROPERTY_H
#define DXG_SRC_DXCORE_PROPERTY_H

#include <stddef.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "facts.h"

/*
 * S_OK: the adapter has the property, of *@ret_size bytes;
 * DXGI_ERROR_UNSUPPORTED: it has not; DXGI_ERROR_INVALID_CALL: nobody has.
 */
HRESULT dxcore_property_size(const struct dxcore_facts *facts, uint32_t property,
			     size_t *ret_size);

/*
 * GetPropertyWithInput() of the ABI; GetProperty() is the same with NULL and 0.
 * Whoever has no use for the input does not look at it.
 */
HRESULT dxcore_property_get(const struct dxcore_facts *facts, uint32_t property,
			    size_t input_size, const void *input, size_t output_size,
			    void *output);

#endif
