/* SPDX-License-Identifier: MIT */
/* All adapters that there are or have been while the factory lives. */
#ifndef DXG_SRC_DXCORE_REGISTRY_H
#define DXG_SRC_DXCORE_REGISTRY_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "adapter.h"
#include "attribute.h"

/*
 * Looks which adapters there are now: new ones are added, missing ones marked as
 * gone. The caller has a reference to @factory, and not the state lock.
 * E_OUTOFMEMORY: not all the new ones; another failure: the driver does not tell.
 */
HRESULT dxcore_registry_refresh(IDXCoreAdapterFactory1 *factory);

/*
 * The valid adapters that match, each with a reference, in an array to be freed.
 * false: no memory.
 */
bool dxcore_registry_collect(const struct dxcore_criteria *criteria,
			     struct dxcore_adapter ***ret_adapters, uint32_t *ret_count);

/* Whether a valid adapter matches that is none of these @count. */
bool dxcore_registry_has_other(const struct dxcore_criteria *criteria,
			       struct dxcore_adapter *const *adapters, uint32_t count);

/*
 * The adapter with a reference: S_OK; DXGI_ERROR_DEVICE_REMOVED: it has gone;
 * E_INVALIDARG: there never was one.
 */
HRESULT dxcore_registry_find(LUID luid, struct dxcore_adapter **ret_adapter);

/* With the state lock held, takes all out: the factory ends. For the second. */
struct dxcore_adapter *dxcore_registry_detach(void);
void dxcore_registry_destroy(struct dxcore_adapter *detached);

#endif
