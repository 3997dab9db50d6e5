/* SPDX-License-Identifier: MIT */
/*
 * DXG_TRACE for what DXCore adds: a line for each method, as for the calls to the
 * driver that it makes, which come before it. QueryInterface(), AddRef(), Release()
 * and GetFactory() have none.
 *
 * Objects whose calls are traced have other tables of methods than those that are
 * not, so that nobody else pays.
 */
#ifndef DXG_SRC_DXCORE_TRACE_H
#define DXG_SRC_DXCORE_TRACE_H

#include <dxg/dxcore.h>

/*
 * The table for an object: @methods, or one that calls those and prints. For all
 * objects of a process it is the same one.
 */
const IDXCoreAdapterFactory1Vtbl *dxcore_trace_factory(const IDXCoreAdapterFactory1Vtbl *methods);
const IDXCoreAdapterListVtbl *dxcore_trace_list(const IDXCoreAdapterListVtbl *methods);
const IDXCoreAdapter1Vtbl *dxcore_trace_adapter(const IDXCoreAdapter1Vtbl *methods);

/* DXCoreCreateAdapterFactory(), for which @create is the untraced one. */
HRESULT dxcore_trace_create_factory(HRESULT (*create)(const IID *riid, void **place),
				    const IID *riid, void **place);

#endif
