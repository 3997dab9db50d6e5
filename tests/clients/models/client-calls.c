/* SPDX-License-Identifier: MIT */
/* Calls that several clients make in the same way, one each. */
#include "client-calls.h"

D3DKMT_HANDLE client_open_adapter(LUID luid)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = luid };

	client_must(D3DKMTOpenAdapterFromLuid, &args);
	assert_true(args.hAdapter != 0);
	return args.hAdapter;
}

void client_close_adapter(D3DKMT_HANDLE adapter)
{
	client_must(D3DKMTCloseAdapter, &(D3DKMT_CLOSEADAPTER){ .hAdapter = adapter });
}

void client_destroy_device(D3DKMT_HANDLE device)
{
	client_must(D3DKMTDestroyDevice, &(D3DKMT_DESTROYDEVICE){ .hDevice = device });
}

void client_destroy_context(D3DKMT_HANDLE context)
{
	client_must(D3DKMTDestroyContext, &(D3DKMT_DESTROYCONTEXT){ .hContext = context });
}

D3DKMT_CREATEPAGINGQUEUE client_create_paging_queue(D3DKMT_HANDLE device)
{
	D3DKMT_CREATEPAGINGQUEUE args = {
		.hDevice = device, .Priority = D3DDDI_PAGINGQUEUE_PRIORITY_NORMAL,
	};

	client_must(D3DKMTCreatePagingQueue, &args);
	assert_local_handle(args.hPagingQueue);
	assert_local_handle(args.hSyncObject);
	assert_non_null(args.FenceValueCPUVirtualAddress);
	return args;
}

void client_destroy_paging_queue(D3DKMT_HANDLE queue)
{
	client_must(D3DKMTDestroyPagingQueue,
		    &(D3DDDI_DESTROYPAGINGQUEUE){ .hPagingQueue = queue });
}

struct client_fence client_create_fence(D3DKMT_HANDLE device, UINT affinity)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.MonitoredFence = { .EngineAffinity = affinity },
		},
	};
	struct client_fence fence;

	client_must(D3DKMTCreateSynchronizationObject2, &args);
	fence.handle = args.hSyncObject;
	fence.cpu = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	fence.gpu = args.Info.MonitoredFence.FenceValueGPUVirtualAddress;
	assert_local_handle(fence.handle);
	assert_non_null(fence.cpu);
	assert_true(fence.gpu != 0);
	return fence;
}

void client_destroy_fence(D3DKMT_HANDLE fence)
{
	client_must(D3DKMTDestroySynchronizationObject,
		    &(D3DKMT_DESTROYSYNCHRONIZATIONOBJECT){ .hSyncObject = fence });
}

void client_signal_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value)
{
	client_must(D3DKMTSignalSynchronizationObjectFromGpu,
		    &(D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU){
			    .hContext = context,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence,
			    .MonitoredFenceValueArray = &value,
		    });
}

void client_wait_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value)
{
	client_must(D3DKMTWaitForSynchronizationObjectFromGpu,
		    &(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU){
			    .hContext = context,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence,
			    .MonitoredFenceValueArray = &value,
		    });
}

void client_wait_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value)
{
	client_must(D3DKMTWaitForSynchronizationObjectFromCpu,
		    &(D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU){
			    .hDevice = device,
			    .ObjectCount = 1,
			    .ObjectHandleArray = &fence,
			    .FenceValueArray = &value,
		    });
}

void *client_lock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	D3DKMT_LOCK2 args = { .hDevice = device, .hAllocation = allocation };

	client_must(D3DKMTLock2, &args);
	assert_non_null(args.pData);
	assert_int_equal((uintptr_t)args.pData % 4096, 0);
	assert_int_equal((uintptr_t)args.pData >> 47, 0);
	return args.pData;
}

void client_unlock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation)
{
	client_must(D3DKMTUnlock2,
		    &(D3DKMT_UNLOCK2){ .hDevice = device, .hAllocation = allocation });
}

void client_free_addresses(D3DKMT_HANDLE adapter, uint64_t address, uint64_t size)
{
	client_must(D3DKMTFreeGpuVirtualAddress,
		    &(D3DKMT_FREEGPUVIRTUALADDRESS){
			    .hAdapter = adapter, .BaseAddress = address, .Size = size,
		    });
}

void client_submit(D3DKMT_HANDLE context, uint64_t address, size_t size)
{
	static const char data[32] = "private data";

	client_must(D3DKMTSubmitCommand,
		    &(D3DKMT_SUBMITCOMMAND){
			    .Commands = address,
			    .CommandLength = (UINT)size,
			    .BroadcastContextCount = 1,
			    .BroadcastContext = { context },
			    .pPrivateDriverData = (void *)(uintptr_t)data,
			    .PrivateDriverDataSize = sizeof(data),
		    });
}
