/* SPDX-License-Identifier: MIT */
/* sync: the older forms of creating, signalling and waiting. */
#include <stdbool.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "ioctl.h"
#include "user-memory.h"

/* The older form knows no other types. */
static bool copy_info(D3DDDI_SYNCHRONIZATIONOBJECTINFO2 *to,
		      const D3DDDI_SYNCHRONIZATIONOBJECTINFO *from)
{
	to->Type = from->Type;
	switch (from->Type) {
	case D3DDDI_SYNCHRONIZATION_MUTEX:
		to->SynchronizationMutex.InitialState = from->SynchronizationMutex.InitialState;
		return true;
	case D3DDDI_SEMAPHORE:
		to->Semaphore.MaxCount = from->Semaphore.MaxCount;
		to->Semaphore.InitialCount = from->Semaphore.InitialCount;
		return true;
	default:
		return false;
	}
}

NTSTATUS dxg_D3DKMTCreateSynchronizationObject(D3DKMT_CREATESYNCHRONIZATIONOBJECT *args)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 newer = { 0 };
	D3DKMT_CREATESYNCHRONIZATIONOBJECT older;
	NTSTATUS status;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&older, args, sizeof(older)))
		return STATUS_UNSUCCESSFUL;
	newer.hDevice = older.hDevice;
	if (!copy_info(&newer.Info, &older.Info))
		return STATUS_INVALID_PARAMETER;
	/* An object whose handle cannot be told would be lost: try that first. */
	if (!dxg_copy_to_caller(&args->hSyncObject, &older.hSyncObject, sizeof(older.hSyncObject)))
		return STATUS_UNSUCCESSFUL;
	status = dxg_ioctl(LX_DXCREATESYNCHRONIZATIONOBJECT, &newer);
	if (status >= 0)
		args->hSyncObject = newer.hSyncObject;
	return status;
}

/* A count above the array's size goes on as it is, for the driver to refuse. */
static void copy_handles(D3DKMT_HANDLE *to, const D3DKMT_HANDLE *from, UINT count, UINT maximum)
{
	memcpy(to, from, (count < maximum ? count : maximum) * sizeof(*to));
}

NTSTATUS dxg_D3DKMTSignalSynchronizationObject(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECT *args)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 newer = { 0 };
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT older;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&older, args, sizeof(older)))
		return STATUS_UNSUCCESSFUL;
	newer.hContext = older.hContext;
	newer.ObjectCount = older.ObjectCount;
	copy_handles(newer.ObjectHandleArray, older.ObjectHandleArray, older.ObjectCount,
		     D3DDDI_MAX_OBJECT_SIGNALED);
	newer.Flags = older.Flags;
	return dxg_ioctl(LX_DXSIGNALSYNCHRONIZATIONOBJECT, &newer);
}

NTSTATUS dxg_D3DKMTWaitForSynchronizationObject(const D3DKMT_WAITFORSYNCHRONIZATIONOBJECT *args)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 newer = { 0 };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT older;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&older, args, sizeof(older)))
		return STATUS_UNSUCCESSFUL;
	newer.hContext = older.hContext;
	newer.ObjectCount = older.ObjectCount;
	copy_handles(newer.ObjectHandleArray, older.ObjectHandleArray, older.ObjectCount,
		     D3DDDI_MAX_OBJECT_WAITED_ON);
	return dxg_ioctl(LX_DXWAITFORSYNCHRONIZATIONOBJECT, &newer);
}
