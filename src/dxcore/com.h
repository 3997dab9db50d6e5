/* SPDX-License-Identifier: MIT */
/* What all objects have in common: interfaces by GUID, and reference counts. */
#ifndef DXG_SRC_DXCORE_COM_H
#define DXG_SRC_DXCORE_COM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

bool dxcore_guid_equal(const GUID *one, const GUID *other);

/*
 * Whether a caller gets the interface @riid, one of @iids (which ends with NULL),
 * in *@place: E_POINTER, E_NOINTERFACE or S_OK. *@place is NULL afterwards.
 */
HRESULT dxcore_com_check(const IID *const *iids, const IID *riid, void **place);

/* Whoever has a reference takes another. Returns how many there are. */
uint32_t dxcore_refs_get(atomic_uint *refs);

/*
 * Gives one back; *@ret_left are left. true, and with the state lock held, if it
 * was the last. A reference too many is not given back.
 */
bool dxcore_refs_put(atomic_uint *refs, uint32_t *ret_left);

#endif
