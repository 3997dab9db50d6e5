/* SPDX-License-Identifier: MIT */
/* Rows of the calls about shared objects. */
#include "bad-input.h"

#include <unistd.h>

#define SHARED		(1u << 0)
#define NO_SIGNAL	(1u << 4)
#define NO_WAIT		(1u << 5)

/* The five arguments of D3DKMTShareObjects(), so that they have offsets. */
struct share_args {
	UINT count;
	const D3DKMT_HANDLE *objects;
	HANDLE *handle;
};

static NTSTATUS call_ShareObjects(void *data)
{
	struct share_args *args = data;

	return D3DKMTShareObjects(args->count, args->objects, NULL, 0,
				  args->handle);
}

static void prepare_share_loose(struct bad_fixture *f, void *data)
{
	struct share_args *args = data;

	f->handles[0] = f->live[BAD_FENCE];
	args->count = 1;
	args->objects = f->handles;
	args->handle = &f->nt_handle;
}

static void prepare_share(struct bad_fixture *f, void *data)
{
	D3DKMT_SHAREOBJECTS *args = data;

	f->handles[0] = f->live[BAD_FENCE];
	args->ObjectCount = 1;
	args->ObjectHandleArray = f->handles;
	args->pSharedNtHandle = &f->nt_handle;
}

static void undo_share(struct bad_fixture *f, const void *data, bool worked)
{
	(void)data;
	if (worked)
		close((int)(intptr_t)f->nt_handle);
}

#define undo_share_loose undo_share

static void prepare_share_with_host(struct bad_fixture *f, void *data)
{
	D3DKMT_SHAREOBJECTWITHHOST *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hObject = f->live[BAD_FENCE];
}

/* The driver has nothing for it, but the library looks into the arguments. */
static void prepare_open(struct bad_fixture *f, void *data)
{
	D3DKMT_OPENRESOURCE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hGlobalShare = f->live[BAD_RESOURCE];
	args->NumAllocations = 1;
	args->pOpenAllocationInfo = (void *)&f->open_info;
}

static void prepare_open_nt(struct bad_fixture *f, void *data)
{
	D3DKMT_OPENRESOURCEFROMNTHANDLE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hNtHandle = (HANDLE)(intptr_t)f->descriptors[BAD_SHARED_RESOURCE];
	args->NumAllocations = 1;
	args->pOpenAllocationInfo2 = &f->open_info;
	args->pPrivateRuntimeData = f->bytes;
	args->PrivateRuntimeDataSize = 64;
	args->pResourcePrivateDriverData = f->bytes + 64;
	args->ResourcePrivateDriverDataSize = 64;
	args->pTotalPrivateDriverDataBuffer = &f->data;
	args->TotalPrivateDriverDataBufferSize = sizeof(f->data);
}

static void undo_open_nt(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_OPENRESOURCEFROMNTHANDLE *args = data;
	D3DKMT_DESTROYALLOCATION2 destroy = {
		.hDevice = args->hDevice,
		.hResource = args->hResource,
	};

	(void)f;
	if (worked)
		assert_status(D3DKMTDestroyAllocation2(&destroy), STATUS_SUCCESS);
}

/* The buffer is never written, so it may be anything. */
static void prepare_info(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hNtHandle = (HANDLE)(intptr_t)f->descriptors[BAD_SHARED_RESOURCE];
}

static void prepare_luid(struct bad_fixture *f, void *data)
{
	D3DKMT_GETSHAREDRESOURCEADAPTERLUID *args = data;

	args->hNtHandle = (HANDLE)(intptr_t)f->descriptors[BAD_SHARED_RESOURCE];
}

static void prepare_open_fence(struct bad_fixture *f, void *data)
{
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 *args = data;

	args->hDevice = f->live[BAD_DEVICE];
	args->hNtHandle = (HANDLE)(intptr_t)f->descriptors[BAD_SHARED_FENCE];
}

static void undo_open_fence(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 *args = data;
	struct t_fence fence = { .handle = args->hSyncObject };

	(void)f;
	if (worked)
		t_destroy_fence(&fence);
}

#define undo_share_with_host bad_undo_nothing
#define undo_open bad_undo_nothing
#define undo_info bad_undo_nothing
#define undo_luid bad_undo_nothing

BAD_CALL(ShareObjectsInternal, D3DKMT_SHAREOBJECTS)
BAD_CALL(ShareObjectWithHost, D3DKMT_SHAREOBJECTWITHHOST)
BAD_CALL(OpenResource, D3DKMT_OPENRESOURCE)
BAD_CALL(OpenResourceFromNtHandle, D3DKMT_OPENRESOURCEFROMNTHANDLE)
BAD_CALL(QueryResourceInfo, D3DKMT_QUERYRESOURCEINFO)
BAD_CALL(QueryResourceInfoFromNtHandle, D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE)
BAD_CALL(GetSharedResourceAdapterLuid, D3DKMT_GETSHAREDRESOURCEADAPTERLUID)
BAD_CALL(OpenSyncObjectFromNtHandle2, D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2)

#define SHAREABLE	(BAD_BIT(BAD_RESOURCE) | BAD_BIT(BAD_FENCE))
#define DEVICE(type)	BAD_HANDLE(type, hDevice, BAD_BIT(BAD_DEVICE), \
				   .flags = BAD_SIBLING_IS_FINE)
/* A buffer of the opener's, which has to have the size that was told. */
#define BUFFER(pointer, counter, flag, ...)                                \
	BAD_COUNTED(D3DKMT_OPENRESOURCEFROMNTHANDLE, pointer, counter, 1,  \
		    .flags = BAD_WRITTEN, __VA_ARGS__)
#define SIZE(counter, number, status) \
	BAD_VALUE(D3DKMT_OPENRESOURCEFROMNTHANDLE, counter, number, status)
#define TOTAL	sizeof(struct dxghost_allocation_data)

static const struct bad_row share_rows[] = {
	BAD_ROW(ShareObjects, struct share_args, BAD_ARGS_LOOSE, share_loose,
		BAD_LIST(struct share_args, objects, count, SHAREABLE,
			 .flags = BAD_ALONE),
		BAD_COUNT(struct share_args, count, 1),
		BAD_POINTER(struct share_args, handle, 8, .flags = BAD_WRITTEN)),
	BAD_ROW(ShareObjectsInternal, D3DKMT_SHAREOBJECTS, 0, share,
		BAD_LIST(D3DKMT_SHAREOBJECTS, ObjectHandleArray, ObjectCount,
			 SHAREABLE, .flags = BAD_ALONE),
		BAD_COUNT(D3DKMT_SHAREOBJECTS, ObjectCount, 1),
		BAD_POINTER(D3DKMT_SHAREOBJECTS, pSharedNtHandle, 8,
			    .flags = BAD_WRITTEN)),
	BAD_ROW(ShareObjectWithHost, D3DKMT_SHAREOBJECTWITHHOST,
		BAD_ARGS_WRITTEN | BAD_IN_A_CHILD, share_with_host,
		BAD_HANDLE(D3DKMT_SHAREOBJECTWITHHOST, hDevice,
			   BAD_BIT(BAD_DEVICE), .flags = BAD_ALONE),
		BAD_HANDLE(D3DKMT_SHAREOBJECTWITHHOST, hObject, SHAREABLE,
			   .flags = BAD_ALONE)),
	{ .name = "D3DKMTOpenResource", .call = call_OpenResource,
	  .size = sizeof(D3DKMT_OPENRESOURCE), .flags = BAD_ARGS_CHECKED,
	  .answer = STATUS_UNSUCCESSFUL, .prepare = prepare_open,
	  .undo = undo_open, .members = {
		BAD_POINTER(D3DKMT_OPENRESOURCE, pOpenAllocationInfo,
			    sizeof(D3DDDI_OPENALLOCATIONINFO)),
		BAD_VALUE(D3DKMT_OPENRESOURCE, NumAllocations, 0,
			  STATUS_UNSUCCESSFUL),
		/* above four the library takes memory for it */
		BAD_VALUE(D3DKMT_OPENRESOURCE, NumAllocations, 5,
			  STATUS_UNSUCCESSFUL),
		BAD_VALUE(D3DKMT_OPENRESOURCE, NumAllocations, 32767,
			  STATUS_UNSUCCESSFUL),
		BAD_VALUE(D3DKMT_OPENRESOURCE, NumAllocations, 32768,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_OPENRESOURCE, NumAllocations, UINT32_MAX,
			  STATUS_INVALID_PARAMETER) } },
	BAD_ROW(OpenResourceFromNtHandle, D3DKMT_OPENRESOURCEFROMNTHANDLE,
		BAD_ARGS_WRITTEN, open_nt,
		DEVICE(D3DKMT_OPENRESOURCEFROMNTHANDLE),
		BAD_DESCRIPTOR(D3DKMT_OPENRESOURCEFROMNTHANDLE, hNtHandle,
			       BAD_SHARED_RESOURCE),
		BAD_COUNTED(D3DKMT_OPENRESOURCEFROMNTHANDLE, pOpenAllocationInfo2,
			    NumAllocations, sizeof(D3DDDI_OPENALLOCATIONINFO2),
			    .flags = BAD_WRITTEN,
			    .if_null = STATUS_INVALID_PARAMETER),
		BAD_COUNT(D3DKMT_OPENRESOURCEFROMNTHANDLE, NumAllocations, 0,
			  .beyond = 1025, .flags = BAD_EXACT),
		BUFFER(pPrivateRuntimeData, PrivateRuntimeDataSize, ),
		BAD_COUNT(D3DKMT_OPENRESOURCEFROMNTHANDLE,
			  PrivateRuntimeDataSize, 0, .beyond = 131072,
			  .flags = BAD_EXACT),
		BUFFER(pResourcePrivateDriverData,
		       ResourcePrivateDriverDataSize, ),
		SIZE(ResourcePrivateDriverDataSize, 0, STATUS_INVALID_PARAMETER),
		SIZE(ResourcePrivateDriverDataSize, 63, STATUS_INVALID_PARAMETER),
		SIZE(ResourcePrivateDriverDataSize, UINT32_MAX, STATUS_SUCCESS),
		BUFFER(pTotalPrivateDriverDataBuffer,
		       TotalPrivateDriverDataBufferSize,
		       .if_null = STATUS_INVALID_PARAMETER),
		SIZE(TotalPrivateDriverDataBufferSize, 0, STATUS_NO_MEMORY),
		SIZE(TotalPrivateDriverDataBufferSize, TOTAL - 1,
		     STATUS_NO_MEMORY),
		SIZE(TotalPrivateDriverDataBufferSize, UINT32_MAX,
		     STATUS_SUCCESS)),
	BAD_ABSENT(QueryResourceInfo, D3DKMT_QUERYRESOURCEINFO),
	BAD_ROW(QueryResourceInfoFromNtHandle,
		D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE, BAD_ARGS_WRITTEN, info,
		DEVICE(D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE),
		BAD_DESCRIPTOR(D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE, hNtHandle,
			       BAD_SHARED_RESOURCE),
		BAD_VALUE(D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE,
			  pPrivateRuntimeData, 8, STATUS_SUCCESS,
			  .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE,
			  PrivateRuntimeDataSize, UINT32_MAX, STATUS_SUCCESS)),
	BAD_ROW(GetSharedResourceAdapterLuid, D3DKMT_GETSHAREDRESOURCEADAPTERLUID,
		BAD_ARGS_WRITTEN, luid,
		BAD_DESCRIPTOR(D3DKMT_GETSHAREDRESOURCEADAPTERLUID, hNtHandle,
			       BAD_SHARED_RESOURCE, .flags = BAD_ALONE),
		/* there are no such handles */
		BAD_HANDLE(D3DKMT_GETSHAREDRESOURCEADAPTERLUID, hGlobalShare, 0,
			   .flags = BAD_0_IS_FINE)),
	BAD_ROW(OpenSyncObjectFromNtHandle2, D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2,
		BAD_ARGS_WRITTEN, open_fence,
		DEVICE(D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2),
		BAD_DESCRIPTOR(D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2, hNtHandle,
			       BAD_SHARED_FENCE),
		BAD_VALUE(D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2, Flags.Value,
			  NO_SIGNAL | NO_WAIT, STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2, Flags.Value, SHARED,
			  STATUS_INVALID_PARAMETER)),
};

BAD_TABLE(share);
