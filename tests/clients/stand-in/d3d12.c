/* SPDX-License-Identifier: MIT */
/*
 * In the place of Microsoft's libd3d12.so, which is closed: looks at the adapter that a
 * client hands to it, as far as that goes without the driver of a vendor, says on standard
 * error what it has seen, and refuses to make a device.
 */
#include <inttypes.h>
#include <stdio.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxcore.h>

#define EXPORT __attribute__((visibility("default")))

/* Of the adapter, as its objects tell. */
struct seen {
	char description[256];
	LUID luid;
	DXCoreHardwareID id;
	DXCoreAdapterMemoryBudget budget;
	NTSTATUS status;		/* of a device of its driver */
};

EXPORT HRESULT D3D12GetInterface(const IID *clsid, const IID *riid, void **object);
EXPORT HRESULT D3D12EnableExperimentalFeatures(uint32_t count, const IID *ids,
					       void *configs, uint32_t *sizes);
EXPORT HRESULT D3D12CreateDevice(IUnknown *adapter, uint32_t feature_level,
				 const IID *riid, void **device);

/* As of before there were factories of devices. */
HRESULT D3D12GetInterface(const IID *clsid, const IID *riid, void **object)
{
	(void)clsid;
	(void)riid;
	if (object)
		*object = NULL;
	return E_NOINTERFACE;
}

HRESULT D3D12EnableExperimentalFeatures(uint32_t count, const IID *ids, void *configs,
					uint32_t *sizes)
{
	(void)count;
	(void)ids;
	(void)configs;
	(void)sizes;
	return S_OK;
}

static HRESULT get(IDXCoreAdapter *adapter, DXCoreAdapterProperty property, size_t size,
		   void *data)
{
	return adapter->lpVtbl->GetProperty(adapter, property, size, data);
}

static HRESULT look(IDXCoreAdapter *adapter, struct seen *seen)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = {
		.segmentGroup = DXCoreSegmentGroup_Local,
	};
	HRESULT result = get(adapter, DXCoreAdapterProperty_DriverDescription,
			     sizeof(seen->description), seen->description);

	if (!result)
		result = get(adapter, DXCoreAdapterProperty_InstanceLuid,
			     sizeof(seen->luid), &seen->luid);
	if (!result)
		result = get(adapter, DXCoreAdapterProperty_HardwareID,
			     sizeof(seen->id), &seen->id);
	if (!result)
		result = adapter->lpVtbl->QueryState(adapter,
					DXCoreAdapterState_AdapterMemoryBudget,
					sizeof(group), &group, sizeof(seen->budget),
					&seen->budget);
	return result;
}

/* The vendor's driver would have its device below Direct3D's. */
static NTSTATUS open_and_close(const LUID *luid)
{
	D3DKMT_OPENADAPTERFROMLUID adapter = { .AdapterLuid = *luid };
	NTSTATUS status = D3DKMTOpenAdapterFromLuid(&adapter);
	D3DKMT_CREATEDEVICE device = { .hAdapter = adapter.hAdapter };
	D3DKMT_DESTROYDEVICE destroy;
	D3DKMT_CLOSEADAPTER close = { .hAdapter = adapter.hAdapter };

	if (status)
		return status;
	status = D3DKMTCreateDevice(&device);
	destroy.hDevice = device.hDevice;
	if (!status)
		status = D3DKMTDestroyDevice(&destroy);
	D3DKMTCloseAdapter(&close);
	return status;
}

static void report(const struct seen *seen)
{
	fprintf(stderr, "libd3d12.so: %s, LUID %08x:%08x, PCI %04x:%04x, %" PRIu64
		" MiB, device 0x%08x\n", seen->description,
		(unsigned int)seen->luid.HighPart, seen->luid.LowPart,
		seen->id.vendorID, seen->id.deviceID, seen->budget.budget >> 20,
		(unsigned int)seen->status);
}

HRESULT D3D12CreateDevice(IUnknown *unknown, uint32_t feature_level, const IID *riid,
			  void **device)
{
	IDXCoreAdapter *adapter = NULL;
	struct seen seen = { .description = "" };
	HRESULT result;

	(void)feature_level;
	(void)riid;
	if (device)
		*device = NULL;
	result = unknown->lpVtbl->QueryInterface(unknown, &IID_IDXCoreAdapter,
						 (void **)&adapter);
	if (!result) {
		result = look(adapter, &seen);
		adapter->lpVtbl->Release(adapter);
	}
	if (!result)
		seen.status = open_and_close(&seen.luid);
	if (result)
		fprintf(stderr, "libd3d12.so: no adapter: 0x%08x\n", (unsigned int)result);
	else
		report(&seen);
	return DXGI_ERROR_UNSUPPORTED;
}
