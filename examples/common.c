/* SPDX-License-Identifier: MIT */
/* Adapter, device, memory and fences, one step a function. */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dxg/dxg.h>

#define PAGE 4096
#define MAX_ADAPTERS 16

void common_die(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

void common_check(NTSTATUS status, const char *call)
{
	if (status >= 0) /* NT_SUCCESS: SUCCESS and PENDING */
		return;
	fprintf(stderr, "%s: %s (0x%08x)\n", call, dxg_status_name(status),
		(unsigned int)status);
	if (*dxg_last_error_text())
		fprintf(stderr, "%s\n", dxg_last_error_text());
	exit(1);
}

void gpu_open(struct gpu *gpu, unsigned int adapter_index)
{
	D3DKMT_ADAPTERINFO adapters[MAX_ADAPTERS];
	D3DKMT_ENUMADAPTERS3 enumerate = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = MAX_ADAPTERS,
		.pAdapters = adapters,
	};
	unsigned int i;

	memset(gpu, 0, sizeof(*gpu));
	CHECK(D3DKMTEnumAdapters3(&enumerate));
	/* an enumeration opens what it lists: keep one, close the others */
	for (i = 0; i < enumerate.NumAdapters; i++) {
		D3DKMT_CLOSEADAPTER close = { .hAdapter = adapters[i].hAdapter };

		if (i == adapter_index)
			gpu->adapter = adapters[i].hAdapter;
		else
			CHECK(D3DKMTCloseAdapter(&close));
	}
	if (!gpu->adapter)
		common_die("there is no such adapter");
	gpu_create_device(gpu);
}

void gpu_create_device(struct gpu *gpu)
{
	D3DKMT_CREATEDEVICE device = { .hAdapter = gpu->adapter };
	D3DKMT_CREATEPAGINGQUEUE queue = { 0 };

	CHECK(D3DKMTCreateDevice(&device));
	gpu->device = queue.hDevice = device.hDevice;
	CHECK(D3DKMTCreatePagingQueue(&queue));
	gpu->paging_queue = queue.hPagingQueue;
	gpu->paging.handle = queue.hSyncObject;
	gpu->paging.value = queue.FenceValueCPUVirtualAddress;
}

/* Everything that belongs to a device goes with it. */
void gpu_destroy_device(struct gpu *gpu)
{
	D3DKMT_DESTROYDEVICE device = { .hDevice = gpu->device };

	CHECK(D3DKMTDestroyDevice(&device));
}

void gpu_close(struct gpu *gpu)
{
	D3DKMT_CLOSEADAPTER adapter = { .hAdapter = gpu->adapter };

	gpu_destroy_device(gpu);
	CHECK(D3DKMTCloseAdapter(&adapter));
}

D3DKMT_HANDLE gpu_create_context(const struct gpu *gpu, unsigned int node)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.NodeOrdinal = node,
	};

	CHECK(D3DKMTCreateContextVirtual(&args));
	return args.hContext;
}

void gpu_destroy_context(D3DKMT_HANDLE context)
{
	D3DKMT_DESTROYCONTEXT args = { .hContext = context };

	CHECK(D3DKMTDestroyContext(&args));
}

/* The private data is the software GPU's own; another GPU has another form. */
static D3DKMT_HANDLE allocate(const struct gpu *gpu, uint64_t size)
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
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};

	CHECK(D3DKMTCreateAllocation2(&args));
	return info.hAllocation;
}

struct buffer buffer_create(const struct gpu *gpu, uint64_t size)
{
	struct buffer buffer = {
		.allocation = allocate(gpu, size),
		.size = size,
	};
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = gpu->paging_queue,
		.hAllocation = buffer.allocation,
		.SizeInPages = (size + PAGE - 1) / PAGE,
		.Protection = { .Write = 1 },
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = gpu->paging_queue,
		.NumAllocations = 1,
		.AllocationList = &buffer.allocation,
	};
	D3DKMT_LOCK2 lock = {
		.hDevice = gpu->device,
		.hAllocation = buffer.allocation,
	};

	CHECK(D3DKMTMapGpuVirtualAddress(&map));
	CHECK(D3DKMTMakeResident(&resident));
	CHECK(D3DKMTLock2(&lock));
	/* both are done when the paging fence says so; it counts up */
	fence_wait(gpu, &gpu->paging, map.PagingFenceValue);
	fence_wait(gpu, &gpu->paging, resident.PagingFenceValue);
	buffer.gpu_address = map.VirtualAddress;
	buffer.data = lock.pData;
	return buffer;
}

void buffer_destroy(const struct gpu *gpu, struct buffer *buffer)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = gpu->device,
		.phAllocationList = &buffer->allocation,
		.AllocationCount = 1,
	};

	CHECK(D3DKMTDestroyAllocation2(&args));
}

struct fence fence_create(const struct gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = { .Type = D3DDDI_MONITORED_FENCE },
	};
	struct fence fence;

	CHECK(D3DKMTCreateSynchronizationObject2(&args));
	fence.handle = args.hSyncObject;
	fence.value = args.Info.MonitoredFence.FenceValueCPUVirtualAddress;
	return fence;
}

void fence_destroy(struct fence *fence)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = {
		.hSyncObject = fence->handle,
	};

	CHECK(D3DKMTDestroySynchronizationObject(&args));
}

uint64_t fence_value(const struct fence *fence)
{
	return __atomic_load_n(fence->value, __ATOMIC_ACQUIRE);
}

void fence_wait(const struct gpu *gpu, const struct fence *fence, uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	if (fence_value(fence) < value)
		CHECK(D3DKMTWaitForSynchronizationObjectFromCpu(&args));
}

void fence_signal(const struct gpu *gpu, const struct fence *fence, uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU args = {
		.hDevice = gpu->device,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	CHECK(D3DKMTSignalSynchronizationObjectFromCpu(&args));
}

void fence_wait_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
		       uint64_t value)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};

	CHECK(D3DKMTWaitForSynchronizationObjectFromGpu(&args));
}

void fence_signal_on_gpu(D3DKMT_HANDLE context, const struct fence *fence,
			 uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.MonitoredFenceValueArray = &value,
	};

	CHECK(D3DKMTSignalSynchronizationObjectFromGpu(&args));
}

NTSTATUS gpu_submit(D3DKMT_HANDLE context, uint64_t gpu_address, uint32_t size)
{
	D3DKMT_SUBMITCOMMAND args = {
		.Commands = gpu_address,
		.CommandLength = size,
		.BroadcastContextCount = 1,
		.BroadcastContext = { context },
	};

	return D3DKMTSubmitCommand(&args);
}
