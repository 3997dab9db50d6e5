/* SPDX-License-Identifier: MIT */
/* adapter: the calls that programs make first, and statistics with strings. */
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "ioctl.h"
#include "utf16.h"

NTSTATUS dxg_D3DKMTEnumAdapters2(const D3DKMT_ENUMADAPTERS2 *args)
{
	return dxg_ioctl_reopen(LX_DXENUMADAPTERS2, (void *)args);
}

NTSTATUS dxg_D3DKMTEnumAdapters3(D3DKMT_ENUMADAPTERS3 *args)
{
	return dxg_ioctl_reopen(LX_DXENUMADAPTERS3, args);
}

NTSTATUS dxg_D3DKMTOpenAdapterFromLuid(const D3DKMT_OPENADAPTERFROMLUID *args)
{
	return dxg_ioctl_reopen(LX_DXOPENADAPTERFROMLUID, (void *)args);
}

/* D3DKMT_GPUVERSION as the driver writes it. */
struct wire_gpu_version {
	uint32_t physical_adapter_index;
	uint16_t bios_version[32];
	uint16_t gpu_architecture[32];
};

static void widen_gpu_version(D3DKMT_GPUVERSION *version)
{
	struct wire_gpu_version wire;

	memcpy(&wire, version, sizeof(wire));
	version->PhysicalAdapterIndex = wire.physical_adapter_index;
	dxg_wchar_from_utf16(version->BiosVersion, 32, wire.bios_version, 32);
	dxg_wchar_from_utf16(version->GpuArchitecture, 32, wire.gpu_architecture, 32);
}

/*
 * The driver has written the structure if it answers a success, so it can be
 * looked into without a check.
 */
NTSTATUS dxg_D3DKMTQueryStatistics(const D3DKMT_QUERYSTATISTICS *args)
{
	D3DKMT_QUERYSTATISTICS *statistics = (D3DKMT_QUERYSTATISTICS *)args;
	NTSTATUS status = dxg_ioctl(LX_DXQUERYSTATISTICS, statistics);

	if (sizeof(WCHAR) != sizeof(uint16_t) && status >= 0 &&
	    statistics->Type == D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER)
		widen_gpu_version(&statistics->QueryResult.PhysAdapterInformation.GpuVersion);
	return status;
}
