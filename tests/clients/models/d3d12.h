/* SPDX-License-Identifier: MIT */
/* The library that stands in for Microsoft's libd3d12.so, which is closed. */
#ifndef D3D12_H
#define D3D12_H

#include <dxg/dxcore.h>

#define D3D_FEATURE_LEVEL_11_0 0xb000

/*
 * A device, which keeps the adapter; it answers to IUnknown. Of the adapter it takes what
 * it has to know, as the runtime does: the interface and the LUID.
 */
HRESULT D3D12CreateDevice(IUnknown *adapter, int level, const IID *riid, void **device);

#endif
