/* SPDX-License-Identifier: MIT */
/* Objects shared by descriptor: one call each. */
#include "t.h"
#include "t-share.h"

#define GENERIC_ALL 0x10000000u

struct t_fence t_create_shared_fence(D3DKMT_HANDLE device, uint64_t initial_value)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
			.MonitoredFence.InitialFenceValue = initial_value,
		},
	};
	struct t_fence fence;

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	fence.gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	assert_local_handle(fence.handle);
	assert_non_null(fence.cpu);
	return fence;
}

NTSTATUS t_try_share(D3DKMT_HANDLE object, int *ret_fd)
{
	HANDLE handle = NULL;
	NTSTATUS status = D3DKMTShareObjects(1, &object, NULL, GENERIC_ALL,
					     &handle);

	*ret_fd = status >= 0 ? (int)(uintptr_t)handle : -1;
	return status;
}

int t_share(D3DKMT_HANDLE object)
{
	int fd;

	assert_status(t_try_share(object, &fd), STATUS_SUCCESS);
	assert_true(fd > 0);
	return fd;
}

NTSTATUS t_try_open_fence(D3DKMT_HANDLE device, int fd, UINT flags,
			  struct t_fence *ret_fence)
{
	D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 args = {
		.hNtHandle = (HANDLE)(intptr_t)fd,
		.hDevice = device,
		.Flags.Value = flags,
	};
	NTSTATUS status = D3DKMTOpenSyncObjectFromNtHandle2(&args);

	if (status < 0)
		return status;
	assert_int_equal(args.Flags.Value, flags);
	ret_fence->handle = args.hSyncObject;
	ret_fence->cpu = args.MonitoredFence.FenceValueCPUVirtualAddress;
	ret_fence->gpu = args.MonitoredFence.FenceValueGPUVirtualAddress;
	return status;
}

struct t_fence t_open_fence(D3DKMT_HANDLE device, int fd)
{
	struct t_fence fence;

	assert_status(t_try_open_fence(device, fd, 0, &fence), STATUS_SUCCESS);
	assert_local_handle(fence.handle);
	assert_non_null(fence.cpu);
	return fence;
}

NTSTATUS t_try_create_shared_resource(D3DKMT_HANDLE device, uint64_t size,
				      struct t_shared_resource *ret_resource)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = size,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = { .CreateResource = 1 },
	};
	NTSTATUS status;

	args.Flags.CreateShared = 1;
	args.Flags.NtSecuritySharing = 1;
	status = D3DKMTCreateAllocation2(&args);
	ret_resource->handle = args.hResource;
	ret_resource->allocation = info.hAllocation;
	return status;
}

NTSTATUS t_try_open_resource(D3DKMT_HANDLE device, int fd,
			     struct t_shared_resource *ret_resource)
{
	struct dxghost_allocation_data data;
	D3DDDI_OPENALLOCATIONINFO2 info = { 0 };
	D3DKMT_OPENRESOURCEFROMNTHANDLE args = {
		.hDevice = device,
		.hNtHandle = (HANDLE)(intptr_t)fd,
		.NumAllocations = 1,
		.pOpenAllocationInfo2 = &info,
		.pTotalPrivateDriverDataBuffer = &data,
		.TotalPrivateDriverDataBufferSize = sizeof(data),
	};
	NTSTATUS status = D3DKMTOpenResourceFromNtHandle(&args);

	ret_resource->handle = args.hResource;
	ret_resource->allocation = info.hAllocation;
	return status;
}

unsigned int t_shared_handles(void)
{
	struct dxg_soft_object_counts counts;

	assert_int_equal(t_host_or_skip()->objects(&counts), 0);
	return counts.shared_handles;
}
