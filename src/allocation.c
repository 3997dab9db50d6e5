/* SPDX-License-Identifier: MIT */
/* allocation: the older form of destroying one. */
#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "ioctl.h"
#include "user-memory.h"

NTSTATUS dxg_D3DKMTDestroyAllocation(const D3DKMT_DESTROYALLOCATION *args)
{
	D3DKMT_DESTROYALLOCATION2 newer = { 0 };
	D3DKMT_DESTROYALLOCATION older;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&older, args, sizeof(older)))
		return STATUS_UNSUCCESSFUL;
	newer.hDevice = older.hDevice;
	newer.hResource = older.hResource;
	newer.phAllocationList = older.phAllocationList;
	newer.AllocationCount = older.AllocationCount;
	return dxg_ioctl(LX_DXDESTROYALLOCATION2, &newer);
}
