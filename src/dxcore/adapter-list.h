/* SPDX-License-Identifier: MIT */
/* The list object: the adapters that matched when it was made. */
#ifndef DXG_SRC_DXCORE_ADAPTER_LIST_H
#define DXG_SRC_DXCORE_ADAPTER_LIST_H

#include <stdbool.h>

#include <dxg/dxcore.h>

#include "attribute.h"

struct dxcore_list;

/*
 * Of the adapters that the registry knows. The caller has a reference to
 * @factory; the list takes its own. @preference, unless NULL, is its first order.
 */
HRESULT dxcore_list_create(const struct dxcore_criteria *criteria,
			   const DXCoreAdapterPreference *preference,
			   IDXCoreAdapterFactory1 *factory, void **place);
/* E_NOINTERFACE or E_POINTER where a list cannot be given; *@place is NULL. */
HRESULT dxcore_list_check(const IID *riid, void **place);

/* IsStale() of the ABI. */
bool dxcore_list_is_stale(struct dxcore_list *list);

/* The list that a client means, or NULL if it is another object. */
struct dxcore_list *dxcore_list_from_unknown(IUnknown *object);

#endif
