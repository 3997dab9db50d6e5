/* SPDX-License-Identifier: MIT */
/* share: the call with five arguments, and the short form of open infos. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "endpoint.h"
#include "ioctl.h"
#include "trace/trace.h"
#include "user-memory.h"

__attribute__((cold, noinline)) static NTSTATUS share_traced(D3DKMT_SHAREOBJECTS *args)
{
	struct dxg_trace_call call;
	NTSTATUS status;

	dxg_trace_begin(&call, DXG_CALL_D3DKMTShareObjects, args);
	status = dxg_ioctl(LX_DXSHAREOBJECTS, args);
	dxg_trace_end(&call, status);
	return status;
}

NTSTATUS D3DKMTShareObjects(UINT cObjects, const D3DKMT_HANDLE *hObjects,
			    OBJECT_ATTRIBUTES *pObjectAttributes, DWORD dwDesiredAccess,
			    HANDLE *phSharedNtHandle)
{
	D3DKMT_SHAREOBJECTS args = { 0 };

	args.ObjectCount = cObjects;
	args.ObjectHandleArray = hObjects;
	args.pObjectAttributes = pObjectAttributes;
	args.DesiredAccess = dwDesiredAccess;
	args.pSharedNtHandle = phSharedNtHandle;
	if (dxg_trace_may_be_on())
		return share_traced(&args);
	return dxg_ioctl(LX_DXSHAREOBJECTS, &args);
}

/* Arrays up to this length need no memory from the heap. */
#define FEW_INFOS 4
/* A message of 128 KiB cannot tell as many handles as this. */
#define TOO_MANY_INFOS 32768

/*
 * The ioctl takes infos of the long form, whose beginning is the short form
 * that callers pass.
 */
static bool lengthen_infos(D3DDDI_OPENALLOCATIONINFO2 *to, const D3DDDI_OPENALLOCATIONINFO *from,
			   UINT count)
{
	UINT i;

	if (count && !from)
		return false;
	for (i = 0; i < count; i++)
		if (!dxg_copy_from_caller(&to[i], &from[i], sizeof(from[i])))
			return false;
	return true;
}

static bool shorten_infos(D3DDDI_OPENALLOCATIONINFO *to, const D3DDDI_OPENALLOCATIONINFO2 *from,
			  UINT count)
{
	UINT i;

	for (i = 0; i < count; i++)
		if (!dxg_copy_to_caller(&to[i], &from[i], sizeof(to[i])))
			return false;
	return true;
}

/* @infos has room for as many entries as the caller's array. */
static NTSTATUS open_resource(D3DKMT_OPENRESOURCE *args, D3DKMT_OPENRESOURCE *copy,
			      D3DDDI_OPENALLOCATIONINFO2 *infos)
{
	D3DDDI_OPENALLOCATIONINFO *short_infos = copy->pOpenAllocationInfo;
	UINT count = copy->NumAllocations;
	NTSTATUS status;

	if (!lengthen_infos(infos, short_infos, count))
		return STATUS_UNSUCCESSFUL;
	copy->pOpenAllocationInfo2 = infos;
	status = dxg_ioctl(LX_DXOPENRESOURCE, copy);
	if (status < 0)
		return status;
	if (copy->NumAllocations < count)
		count = copy->NumAllocations;
	copy->pOpenAllocationInfo = short_infos;
	if (!shorten_infos(short_infos, infos, count) ||
	    !dxg_copy_to_caller(args, copy, sizeof(*copy)))
		return STATUS_UNSUCCESSFUL;
	return status;
}

NTSTATUS dxg_D3DKMTOpenResource(D3DKMT_OPENRESOURCE *args)
{
	D3DDDI_OPENALLOCATIONINFO2 few[FEW_INFOS] = { 0 };
	D3DDDI_OPENALLOCATIONINFO2 *infos = few;
	D3DKMT_OPENRESOURCE copy;
	NTSTATUS status;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&copy, args, sizeof(copy)))
		return STATUS_UNSUCCESSFUL;
	/* This call alone says so when there is no device. */
	if (dxg_endpoint_get() == DXG_ENDPOINT_NONE)
		return STATUS_INVALID_HANDLE;
	if (copy.NumAllocations >= TOO_MANY_INFOS)
		return STATUS_INVALID_PARAMETER;
	if (copy.NumAllocations > FEW_INFOS) {
		infos = calloc(copy.NumAllocations, sizeof(*infos));
		if (!infos)
			return STATUS_NO_MEMORY;
	}
	status = open_resource(args, &copy, infos);
	if (infos != few)
		free(infos);
	return status;
}
