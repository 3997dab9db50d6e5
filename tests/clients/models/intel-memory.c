/* SPDX-License-Identifier: MIT */
/* Intel's compute runtime: memory that the GPU has where the CPU has it. */
#include "intel.h"

#include <unistd.h>

#include "t-memory.h"
#include "t-spoil.h"

/* The lower half of a 48-bit space, but for its first pages. */
#define CPU_FIRST	0x200000ull
#define CPU_SIZE	0x7fffffe00000ull
#define CPU_LAST	0x7fffffffffffull

/* A heap of its own, where the CPU has nothing. */
#define HEAP_FIRST	0x800000000000ull
#define HEAP_END	0x800040000000ull

#define FRAGMENTS 3
#define SHARED_SIZE CLIENT_PAGE_SIZE

static D3DDDI_RESERVEGPUVIRTUALADDRESS reservation(uint64_t base, uint64_t size)
{
	return (D3DDDI_RESERVEGPUVIRTUALADDRESS){
		.hAdapter = intel.adapter, .BaseAddress = base, .Size = size,
	};
}

/* Were the second to succeed, the first would not have what it says. */
void reserves_the_addresses_of_the_cpu(void)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS all = reservation(CPU_FIRST, CPU_SIZE);
	D3DDDI_RESERVEGPUVIRTUALADDRESS part = reservation(0, 0x10000);

	client_queue(D3DKMTReserveGpuVirtualAddress, &all);
	assert_int_equal(all.VirtualAddress, CPU_FIRST);
	part.MinimumAddress = CPU_FIRST;
	part.MaximumAddress = CPU_FIRST + CPU_SIZE;
	assert_refused(client_may(D3DKMTReserveGpuVirtualAddress, &part));
}

void intel_destroy(const D3DKMT_HANDLE *allocations, UINT count, D3DKMT_HANDLE resource)
{
	client_must(D3DKMTDestroyAllocation2, &(D3DKMT_DESTROYALLOCATION2){
		.hDevice = intel.device,
		.hResource = resource,
		.phAllocationList = allocations,
		.AllocationCount = count,
		.Flags = { .AssumeNotInUse = 1 },
	});
}

static D3DKMT_HANDLE allocate(void)
{
	struct dxghost_allocation_data data = CLIENT_ALLOCATION_DATA(INTEL_SIZE);
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = intel.device, .NumAllocations = 1, .pAllocationInfo2 = &info,
	};
	UINT priority = D3DDDI_ALLOCATIONPRIORITY_HIGH;

	client_must(D3DKMTCreateAllocation2, &args);
	assert_local_handle(info.hAllocation);
	client_must(D3DKMTSetAllocationPriority, &(D3DKMT_SETALLOCATIONPRIORITY){
		.hDevice = intel.device,
		.phAllocationList = &info.hAllocation,
		.AllocationCount = 1,
		.pPriorities = &priority,
	});
	return info.hAllocation;
}

/* PENDING is a success, whose value the next submission waits for. */
static uint64_t map(D3DKMT_HANDLE allocation, uint64_t base, uint64_t min, uint64_t max)
{
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = intel.paging.hPagingQueue,
		.BaseAddress = base,
		.MinimumAddress = min,
		.MaximumAddress = max,
		.hAllocation = allocation,
		.SizeInPages = INTEL_SIZE / CLIENT_PAGE_SIZE,
		.Protection = { .Write = 1 },
	};
	NTSTATUS status = client_may(D3DKMTMapGpuVirtualAddress, &args);

	assert_true(status == STATUS_SUCCESS || status == STATUS_PENDING);
	if (status == STATUS_PENDING)
		intel.paging_value = args.PagingFenceValue;
	return args.VirtualAddress;
}

/* Its range ends in an odd byte, but is not looked at where there is a base. */
static void map_at_cpu_address(struct intel_memory *memory)
{
	memory->gpu = map(memory->allocation, (uintptr_t)memory->cpu, 0, CPU_LAST);
	assert_int_equal(memory->gpu, (uintptr_t)memory->cpu);
}

void maps_memory_where_the_cpu_has_it(void)
{
	unsigned int i;

	for (i = 0; i < INTEL_MEMORIES - 1; i++) {
		struct intel_memory *memory = &intel.memories[i];

		memory->allocation = allocate();
		memory->cpu = client_lock(intel.device, memory->allocation);
		map_at_cpu_address(memory);
	}
}

/* And locks it after that: either order will do. */
void maps_memory_in_a_window(void)
{
	struct intel_memory *memory = &intel.memories[INTEL_MEMORIES - 1];

	memory->allocation = allocate();
	memory->gpu = map(memory->allocation, 0, HEAP_FIRST, HEAP_END);
	assert_in_range(memory->gpu, HEAP_FIRST, HEAP_END - INTEL_SIZE);
	memory->cpu = client_lock(intel.device, memory->allocation);
}

/* The list of priorities has one entry, however many allocations there are. */
void makes_all_resident_with_one_priority(void)
{
	const UINT priority = 0;
	struct t_spoiled priorities = t_spoil(&priority, sizeof(priority), T_SPOIL_NOT);
	D3DKMT_HANDLE allocations[INTEL_MEMORIES];
	D3DDDI_MAKERESIDENT args = {
		.hPagingQueue = intel.paging.hPagingQueue,
		.NumAllocations = INTEL_MEMORIES,
		.AllocationList = allocations,
		.PriorityList = priorities.data,
	};
	NTSTATUS status;
	unsigned int i;

	for (i = 0; i < INTEL_MEMORIES; i++)
		allocations[i] = intel.memories[i].allocation;
	status = client_may(D3DKMTMakeResident, &args);
	assert_true(status == STATUS_SUCCESS || status == STATUS_PENDING);
	if (status == STATUS_PENDING)
		intel.paging_value = args.PagingFenceValue;
	t_unspoil(&priorities);
}

/* Several allocations, each of some pages of the caller's. */
void takes_fragments_of_the_hosts_memory(void)
{
	char *pages = t_alloc_pages(FRAGMENTS * CLIENT_PAGE_SIZE);
	struct dxghost_allocation_data data[FRAGMENTS];
	D3DDDI_ALLOCATIONINFO2 infos[FRAGMENTS] = { 0 };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = intel.device,
		.NumAllocations = FRAGMENTS,
		.pAllocationInfo2 = infos,
		.Flags = { .ExistingSysMem = 1 },
	};
	D3DKMT_HANDLE allocations[FRAGMENTS];
	unsigned int i;

	for (i = 0; i < FRAGMENTS; i++) {
		data[i] = (struct dxghost_allocation_data)CLIENT_ALLOCATION_DATA(CLIENT_PAGE_SIZE);
		infos[i].pPrivateDriverData = &data[i];
		infos[i].PrivateDriverDataSize = sizeof(data[i]);
		infos[i].pSystemMem = pages + i * CLIENT_PAGE_SIZE;
	}
	client_must(D3DKMTCreateAllocation2, &args);
	for (i = 0; i < FRAGMENTS; i++)
		allocations[i] = infos[i].hAllocation;
	intel_destroy(allocations, FRAGMENTS, 0);
	t_free_pages(pages, FRAGMENTS * CLIENT_PAGE_SIZE);
}

static D3DKMT_HANDLE allocate_shared(void)
{
	struct dxghost_allocation_data data = CLIENT_ALLOCATION_DATA(SHARED_SIZE);
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = intel.device,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = { .CreateResource = 1, .CreateShared = 1, .NtSecuritySharing = 1 },
	};

	client_must(D3DKMTCreateAllocation2, &args);
	assert_local_handle(args.hResource);
	return args.hResource;
}

/* All buffers are as large as the query says. */
static D3DKMT_HANDLE import(HANDLE handle)
{
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = intel.device, .hNtHandle = handle,
	};
	D3DDDI_OPENALLOCATIONINFO2 info = { 0 };
	D3DKMT_OPENRESOURCEFROMNTHANDLE args = {
		.hDevice = intel.device, .hNtHandle = handle, .pOpenAllocationInfo2 = &info,
	};

	client_must(D3DKMTQueryResourceInfoFromNtHandle, &query);
	assert_int_equal(query.NumAllocations, 1);
	assert_int_equal(query.PrivateRuntimeDataSize, 0);
	args.NumAllocations = query.NumAllocations;
	args.TotalPrivateDriverDataBufferSize = query.TotalPrivateDriverDataSize;
	args.pTotalPrivateDriverDataBuffer = malloc(query.TotalPrivateDriverDataSize);
	assert_non_null(args.pTotalPrivateDriverDataBuffer);
	client_must(D3DKMTOpenResourceFromNtHandle, &args);
	assert_local_handle(info.hAllocation);
	free(args.pTotalPrivateDriverDataBuffer);
	return args.hResource;
}

void shares_without_attributes(void)
{
	D3DKMT_HANDLE resource = allocate_shared(), opened;
	HANDLE handle = NULL;

	client_must(D3DKMTShareObjects, 1, &resource, NULL, SHARED_ALLOCATION_WRITE, &handle);
	assert_non_null(handle);
	opened = import(handle);
	close((int)(uintptr_t)handle);
	intel_destroy(NULL, 0, opened);
	intel_destroy(NULL, 0, resource);
}

/* Nobody is given such a number in a guest: it is to fail, and nothing else. */
void finds_no_resource_by_number(void)
{
	D3DKMT_QUERYRESOURCEINFO query = { .hDevice = intel.device, .hGlobalShare = 0xc0000042 };
	D3DDDI_OPENALLOCATIONINFO2 info = { 0 };
	D3DKMT_OPENRESOURCE open = {
		.hDevice = intel.device,
		.hGlobalShare = 0xc0000042,
		.NumAllocations = 1,
		.pOpenAllocationInfo2 = &info,
	};

	client_is_refused(D3DKMTQueryResourceInfo, &query);
	client_is_refused(D3DKMTOpenResource, &open);
	assert_int_equal(open.hResource, 0);
}

void destroys_memory(void)
{
	unsigned int i;

	for (i = 0; i < INTEL_MEMORIES; i++) {
		struct intel_memory *memory = &intel.memories[i];

		client_must(D3DKMTEvict, &(D3DKMT_EVICT){
			.hDevice = intel.device,
			.NumAllocations = 1,
			.AllocationList = &memory->allocation,
		});
		client_unlock(intel.device, memory->allocation);
		client_free_addresses(intel.adapter, memory->gpu, INTEL_SIZE);
		intel_destroy(&memory->allocation, 1, 0);
	}
}
