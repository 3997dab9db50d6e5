/* SPDX-License-Identifier: MIT */
/* RADV on WDDM 2: external semaphores and external memory. */
#include "radv.h"

#include <unistd.h>

/* A descriptor in a HANDLE. */
static int share(D3DKMT_HANDLE object)
{
	HANDLE handle = NULL;

	client_must(D3DKMTShareObjects, 1, &object, NULL, SHARED_ALLOCATION_WRITE, &handle);
	assert_true((int)(uintptr_t)handle > 0);
	assert_int_equal((uintptr_t)handle >> 32, 0);
	return (int)(uintptr_t)handle;
}

void shares_a_timeline(void)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = radv.device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 open = { .hDevice = radv.device };
	int fd;

	client_must(D3DKMTCreateSynchronizationObject2, &args);
	fd = share(args.hSyncObject);
	open.hNtHandle = (HANDLE)(uintptr_t)fd;
	client_must(D3DKMTOpenSyncObjectFromNtHandle2, &open);
	close(fd);
	client_signal_gpu(radv.context, args.hSyncObject, 3);
	client_spin_until(open.MonitoredFence.FenceValueCPUVirtualAddress, 3);
	client_destroy_fence(open.hSyncObject);
	client_destroy_fence(args.hSyncObject);
}

static D3DKMT_OPENRESOURCEFROMNTHANDLE import(int fd)
{
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = radv.device, .hNtHandle = (HANDLE)(uintptr_t)fd,
	};
	static struct dxghost_allocation_data data;
	static D3DDDI_OPENALLOCATIONINFO2 info;
	D3DKMT_OPENRESOURCEFROMNTHANDLE open = {
		.hDevice = radv.device,
		.hNtHandle = (HANDLE)(uintptr_t)fd,
		.NumAllocations = 1,
		.pOpenAllocationInfo2 = &info,
		.pTotalPrivateDriverDataBuffer = &data,
		.TotalPrivateDriverDataBufferSize = sizeof(data),
	};

	client_must(D3DKMTQueryResourceInfoFromNtHandle, &query);
	assert_int_equal(query.NumAllocations, 1);
	assert_int_equal(query.TotalPrivateDriverDataSize, sizeof(data));
	client_must(D3DKMTOpenResourceFromNtHandle, &open);
	assert_int_equal(info.PrivateDriverDataSize, sizeof(data));
	assert_int_equal(((const struct dxghost_allocation_data *)info.pPrivateDriverData)->magic,
			 DXGHOST_ALLOCATION_MAGIC);
	return open;
}

/* Both are the same memory. */
void shares_memory(void)
{
	struct radv_memory memory = radv_allocate(CLIENT_PAGE_SIZE, true);
	int fd = share(memory.resource);
	D3DKMT_OPENRESOURCEFROMNTHANDLE opened = import(fd);
	D3DKMT_HANDLE allocation = opened.pOpenAllocationInfo2->hAllocation;
	const uint32_t *view = client_lock(radv.device, allocation);

	close(fd);
	*(uint32_t *)memory.cpu = 0x12345678;
	assert_int_equal(*view, 0x12345678);
	client_unlock(radv.device, allocation);
	client_must(D3DKMTDestroyAllocation2, &(D3DKMT_DESTROYALLOCATION2){
		.hDevice = radv.device, .hResource = opened.hResource,
	});
	radv_free(&memory);
}
