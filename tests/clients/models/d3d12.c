/* SPDX-License-Identifier: MIT */
/* A Direct3D 12 without anything behind it: what the runtime asks the adapter for. */
#include "d3d12.h"

#include <stdlib.h>

#define VISIBLE __attribute__((visibility("default")))

struct device {
	const IUnknownVtbl *vtbl;	/* first, as in every object */
	ULONG references;
	IDXCoreAdapter *adapter;
};

static ULONG add_reference(IUnknown *self)
{
	return ++((struct device *)(void *)self)->references;
}

static ULONG release(IUnknown *self)
{
	struct device *device = (void *)self;

	if (--device->references)
		return device->references;
	device->adapter->lpVtbl->Release(device->adapter);
	free(device);
	return 0;
}

static HRESULT query_interface(IUnknown *self, const IID *riid, void **object)
{
	(void)riid;
	add_reference(self);
	*object = self;
	return S_OK;
}

static const IUnknownVtbl vtbl = { query_interface, add_reference, release };

VISIBLE HRESULT D3D12CreateDevice(IUnknown *adapter, int level, const IID *riid, void **ret_device)
{
	struct device *device = calloc(1, sizeof(*device));
	void *found = NULL;
	HRESULT result;
	LUID luid;

	(void)riid;
	if (!device)
		return E_OUTOFMEMORY;
	result = adapter->lpVtbl->QueryInterface(adapter, &IID_IDXCoreAdapter, &found);
	device->adapter = found;
	if (result == S_OK)
		result = device->adapter->lpVtbl->GetProperty(
			device->adapter, DXCoreAdapterProperty_InstanceLuid, sizeof(luid), &luid);
	if (result == S_OK && level < D3D_FEATURE_LEVEL_11_0)
		result = E_INVALIDARG;
	if (result == S_OK) {
		device->vtbl = &vtbl;
		device->references = 1;
		*ret_device = device;
		return S_OK;
	}
	if (found)
		device->adapter->lpVtbl->Release(device->adapter);
	free(device);
	return result;
}
