/* SPDX-License-Identifier: MIT */
/* What the statistics say of memory, engines and processes. */
#ifndef DXG_SRC_DXCORE_USAGE_H
#define DXG_SRC_DXCORE_USAGE_H

#include <dxg/dxcore.h>

/*
 * Statistics know the first adapter of a linked group alone: of others, and where
 * there are none, the answer is DXGI_ERROR_UNSUPPORTED.
 */
HRESULT dxcore_usage_memory(LUID luid, const DXCoreMemoryQueryInput *in,
			    DXCoreMemoryUsage *out);
HRESULT dxcore_usage_process_memory(LUID luid, const DXCoreProcessMemoryQueryInput *in,
				    DXCoreProcessMemoryQueryOutput *out);
HRESULT dxcore_usage_engine(LUID luid, const DXCoreEngineQueryInput *in,
			    DXCoreEngineQueryOutput *out);
HRESULT dxcore_usage_process_engine(LUID luid, const DXCoreEngineQueryInput *in,
				    DXCoreEngineQueryOutput *out);

/* The processes that use the adapter, as many as there is room for. */
HRESULT dxcore_usage_processes(LUID luid, const DXCoreAdapterProcessSetQueryInput *in,
			       DXCoreAdapterProcessSetQueryOutput *out);

#endif
