/* SPDX-License-Identifier: MIT */
/* The adapter object: one for each adapter, which the registry knows by its LUID. */
#ifndef DXG_SRC_DXCORE_ADAPTER_H
#define DXG_SRC_DXCORE_ADAPTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "facts.h"

/*
 * Invariants: @refs may be 0: then only the registry has it, and the next look-up
 * gives it references again. While there are any, they hold one of the factory's.
 * @facts and @attributes never change; @is_gone is never taken back. @next is the
 * registry's, under the state lock.
 */
struct dxcore_adapter {
	IDXCoreAdapter1 object;
	atomic_uint refs;
	atomic_bool is_gone;
	IDXCoreAdapterFactory1 *factory;
	struct dxcore_facts *facts;
	uint32_t attributes;
	struct dxcore_adapter *next;
};

/* Takes @facts over, if it succeeds. No references yet. NULL without memory. */
struct dxcore_adapter *dxcore_adapter_create(struct dxcore_facts *facts,
					     IDXCoreAdapterFactory1 *factory);
/* Nobody has a reference. */
void dxcore_adapter_destroy(struct dxcore_adapter *adapter);

/* With the state lock held, whether there are references or not. */
void dxcore_adapter_get(struct dxcore_adapter *adapter);
/* Without it. */
void dxcore_adapter_put(struct dxcore_adapter *adapter);

/* Asks the driver, unless the adapter is known to be gone. Without the state lock. */
bool dxcore_adapter_is_valid(struct dxcore_adapter *adapter);

/* The interface @riid of it, which has a reference of its own then. */
HRESULT dxcore_adapter_query_interface(struct dxcore_adapter *adapter, const IID *riid,
				       void **place);
/* E_NOINTERFACE or E_POINTER where that would fail; *@place is NULL. */
HRESULT dxcore_adapter_check(const IID *riid, void **place);

/* The adapter that a client means, or NULL if it is another object. */
struct dxcore_adapter *dxcore_adapter_from_unknown(IUnknown *object);

#endif
