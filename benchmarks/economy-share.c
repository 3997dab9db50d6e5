/* SPDX-License-Identifier: MIT */
/* Rows of calls on shared objects. */
#include "economy.h"

#include <unistd.h>

/* Rights on the shared object; the driver has nobody to deny them to. */
#define ALL_RIGHTS 0x10000000u

static D3DKMT_HANDLE create_fence(const struct gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};

	CHECK(D3DKMTCreateSynchronizationObject2(&args));
	return args.hSyncObject;
}

static D3DKMT_HANDLE create_resource(const struct gpu *gpu)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = 4096,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = {
			.CreateResource = 1,
			.CreateShared = 1,
			.NtSecuritySharing = 1,
		},
	};

	CHECK(D3DKMTCreateAllocation2(&args));
	return args.hResource;
}

static HANDLE share(D3DKMT_HANDLE object, const char *note)
{
	HANDLE handle = NULL;
	D3DKMT_SHAREOBJECTS args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &object,
		.DesiredAccess = ALL_RIGHTS,
		.pSharedNtHandle = &handle,
	};

	ROW(note, D3DKMTShareObjectsInternal, &args, PLAIN_CREATENTSHAREDOBJECT);
	return handle;
}

static void open_fence(const struct gpu *gpu, HANDLE handle)
{
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 open = {
		.hNtHandle = handle,
		.hDevice = gpu->device,
	};

	ROW("", D3DKMTOpenSyncObjectFromNtHandle2, &open, PLAIN_OPENSYNCOBJECT);
}

static void open_resource(const struct gpu *gpu, HANDLE handle)
{
	struct dxghost_allocation_data data;
	D3DDDI_OPENALLOCATIONINFO2 info = { 0 };
	D3DKMT_GETSHAREDRESOURCEADAPTERLUID luid = { .hNtHandle = handle };
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = gpu->device,
		.hNtHandle = handle,
	};
	D3DKMT_OPENRESOURCEFROMNTHANDLE open = {
		.hDevice = gpu->device,
		.hNtHandle = handle,
		.NumAllocations = 1,
		.pOpenAllocationInfo2 = &info,
		.TotalPrivateDriverDataBufferSize = sizeof(data),
		.pTotalPrivateDriverDataBuffer = &data,
	};

	ROW("", D3DKMTGetSharedResourceAdapterLuid, &luid,
	    PLAIN_NO_COMMAND(LX_DXGETSHAREDRESOURCEADAPTERLUID, 0));
	ROW("", D3DKMTQueryResourceInfoFromNtHandle, &query,
	    PLAIN_NO_COMMAND(LX_DXQUERYRESOURCEINFOFROMNTHANDLE, 0));
	ROW("one allocation", D3DKMTOpenResourceFromNtHandle, &open,
	    PLAIN_OPENRESOURCE(1));
	if (data.size != 4096)
		common_die("the opened allocation is another one");
}

static void refused(const struct gpu *gpu)
{
	D3DDDI_OPENALLOCATIONINFO2 info = { 0 };
	D3DKMT_QUERYRESOURCEINFO query = { .hDevice = gpu->device };
	D3DKMT_OPENRESOURCE open = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.pOpenAllocationInfo2 = &info,
	};

	REFUSED(D3DKMTQueryResourceInfo, &query);
	REFUSED(D3DKMTOpenResource, &open);
}

void economy_rows_share(const struct gpu *gpu)
{
	D3DKMT_HANDLE fence = create_fence(gpu);
	D3DKMT_SHAREOBJECTWITHHOST with_host = {
		.hDevice = gpu->device,
		.hObject = fence,
	};
	HANDLE handles[3];
	int i;

	handles[0] = share(fence, "first time");
	handles[1] = share(fence, "once more");
	open_fence(gpu, handles[0]);
	handles[2] = share(create_resource(gpu), "a resource");
	open_resource(gpu, handles[2]);
	ROW("", D3DKMTShareObjectWithHost, &with_host, PLAIN_SHAREOBJECTWITHHOST);
	refused(gpu);
	/* The objects go with the device; a last close tells the host. */
	for (i = 0; i < 3; i++)
		close((int)(intptr_t)handles[i]);
}
