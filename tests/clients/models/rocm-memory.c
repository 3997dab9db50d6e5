/* SPDX-License-Identifier: MIT */
/* librocdxg: memory in chunks, at addresses that it manages by itself. */
#include "rocm.h"

#include <unistd.h>

#include "t-memory.h"

#define MEMORY_SIZE ((uint64_t)ROCM_CHUNKS * ROCM_CHUNK_SIZE)
#define RESERVED_SIZE (64 * MEMORY_SIZE)
#define NO_SOURCE (~0u)

/* Its own data, stored with a resource; an import checks the size, and uses the content. */
struct runtime_data {
	uint64_t magic;
	uint64_t size;
	uint32_t flags;
	char name[12];
};

static const struct runtime_data runtime_data = { 0x524f434d, MEMORY_SIZE, 5, "runtime data" };

/* OBJECT_ATTRIBUTES as Windows has it, which the interface has not. */
struct object_attributes {
	uint32_t length;
	void *root;
	void *name;
	uint32_t attributes;
	void *security[2];
};

#define OBJ_INHERIT 2u

static uint64_t reserved, next_address;
static void *process_memory;

static D3DDDI_RESERVEGPUVIRTUALADDRESS reserve(D3DKMT_HANDLE handle, uint64_t size)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = { .hPagingQueue = handle, .Size = size };

	client_queue(D3DKMTReserveGpuVirtualAddress, &args);
	assert_true(args.VirtualAddress != 0);
	return args;
}

/* The queue's, and the adapter's in the same place; one is given back. */
void reserves_addresses_of_both_handles(void)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS second;

	reserved = reserve(rocm.adapter, RESERVED_SIZE).VirtualAddress;
	next_address = reserved;
	second = reserve(rocm.paging.hPagingQueue, RESERVED_SIZE);
	assert_true(second.VirtualAddress >= reserved + RESERVED_SIZE ||
		    second.VirtualAddress + RESERVED_SIZE <= reserved);
	client_free_addresses(rocm.adapter, second.VirtualAddress, RESERVED_SIZE);
}

/* One call for all chunks. @system: the process's own pages, or NULL. */
static void allocate(struct rocm_memory *memory, void *system, bool shared)
{
	struct dxghost_allocation_data data[ROCM_CHUNKS];
	D3DDDI_ALLOCATIONINFO2 infos[ROCM_CHUNKS] = { 0 };
	char resource_data[40] = "private data of the resource";
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = rocm.device,
		.pPrivateDriverData = resource_data,
		.PrivateDriverDataSize = sizeof(resource_data),
		.NumAllocations = ROCM_CHUNKS,
		.pAllocationInfo2 = infos,
		.Flags = {
			.CreateResource = shared,
			.CreateShared = shared,
			.NtSecuritySharing = shared,
			.ExistingSysMem = system != NULL,
		},
	};
	unsigned int i;

	for (i = 0; i < ROCM_CHUNKS; i++) {
		data[i] = (struct dxghost_allocation_data)CLIENT_ALLOCATION_DATA(ROCM_CHUNK_SIZE);
		infos[i].pPrivateDriverData = &data[i];
		infos[i].PrivateDriverDataSize = sizeof(data[i]);
		infos[i].VidPnSourceId = NO_SOURCE;
		if (system)
			infos[i].pSystemMem = (char *)system + i * ROCM_CHUNK_SIZE;
	}
	if (shared) {
		args.pPrivateRuntimeData = &runtime_data;
		args.PrivateRuntimeDataSize = sizeof(runtime_data);
	}
	client_must(D3DKMTCreateAllocation2, &args);
	for (i = 0; i < ROCM_CHUNKS; i++)
		memory->chunks[i] = infos[i].hAllocation;
	memory->resource = args.hResource;
	assert_int_equal(memory->resource != 0, shared);
}

/* PENDING is a success with a value to wait for: it has to be that very number. */
static uint64_t map(D3DDDI_MAPGPUVIRTUALADDRESS *args)
{
	NTSTATUS status = client_may(D3DKMTMapGpuVirtualAddress, args);

	assert_status(status, STATUS_PENDING);
	return args->PagingFenceValue;
}

static void map_chunks(struct rocm_memory *memory)
{
	unsigned int i;

	memory->gpu = next_address;
	next_address += MEMORY_SIZE;
	for (i = 0; i < ROCM_CHUNKS; i++) {
		D3DDDI_MAPGPUVIRTUALADDRESS args = {
			.hPagingQueue = rocm.paging.hPagingQueue,
			.BaseAddress = memory->gpu + i * ROCM_CHUNK_SIZE,
			.hAllocation = memory->chunks[i],
			.OffsetInPages = 0,
			.SizeInPages = ROCM_CHUNK_SIZE / CLIENT_PAGE_SIZE,
			.Protection = { .Write = 1 },
		};

		map(&args);
		assert_int_equal(args.VirtualAddress, memory->gpu + i * ROCM_CHUNK_SIZE);
	}
}

/* All at once, whatever the budget; then it blocks until the queue has come so far. */
static void make_resident(struct rocm_memory *memory)
{
	D3DDDI_MAKERESIDENT args = {
		.hPagingQueue = rocm.paging.hPagingQueue,
		.NumAllocations = ROCM_CHUNKS,
		.AllocationList = memory->chunks,
		.Flags = { .CantTrimFurther = 1 },
	};

	assert_status(client_may(D3DKMTMakeResident, &args), STATUS_PENDING);
	client_wait_cpu(rocm.device, rocm.paging.hSyncObject, args.PagingFenceValue);
	assert_true(client_read_fence(rocm.paging.FenceValueCPUVirtualAddress) >=
		    args.PagingFenceValue);
}

static void lock(struct rocm_memory *memory)
{
	unsigned int i;

	for (i = 0; i < ROCM_CHUNKS; i++) {
		memory->cpu[i] = client_lock(rocm.device, memory->chunks[i]);
		memset(memory->cpu[i], 0, ROCM_CHUNK_SIZE);
	}
}

static void allocate_vram(struct rocm_memory *memory, bool shared)
{
	allocate(memory, NULL, shared);
	map_chunks(memory);
	make_resident(memory);
	lock(memory);
}

/* All of it can be exported, but for what only its queues use. */
void allocates_chunks_and_maps_each(void)
{
	allocate_vram(&rocm.commands, false);
	allocate_vram(&rocm.vram, true);
}

void takes_memory_of_the_process(void)
{
	unsigned int i;

	process_memory = t_alloc_pages(MEMORY_SIZE);
	allocate(&rocm.system, process_memory, false);
	map_chunks(&rocm.system);
	make_resident(&rocm.system);
	for (i = 0; i < ROCM_CHUNKS; i++)
		rocm.system.cpu[i] = (char *)process_memory + i * ROCM_CHUNK_SIZE;
}

/* Of the handle it looks at the lower half only, and has set neither. */
static int export(D3DKMT_HANDLE resource)
{
	struct object_attributes attributes = {
		.length = sizeof(attributes), .attributes = OBJ_INHERIT,
	};
	HANDLE handle;
	int fd;

	memset(&handle, 0xa5, sizeof(handle));
	client_must(D3DKMTShareObjects, 1, &resource, (OBJECT_ATTRIBUTES *)(void *)&attributes,
		    SHARED_ALLOCATION_WRITE, &handle);
	memcpy(&fd, &handle, sizeof(fd));
	assert_true(fd > 2);
	return fd;
}

static void import(int fd, struct rocm_memory *memory)
{
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = rocm.device, .hNtHandle = (HANDLE)(intptr_t)fd,
	};
	D3DDDI_OPENALLOCATIONINFO2 infos[ROCM_CHUNKS] = { 0 };
	struct runtime_data runtime = { 0 };
	D3DKMT_OPENRESOURCEFROMNTHANDLE args = {
		.hDevice = rocm.device,
		.hNtHandle = (HANDLE)(intptr_t)fd,
		.NumAllocations = ROCM_CHUNKS,
		.pOpenAllocationInfo2 = infos,
		.pPrivateRuntimeData = &runtime,
		.PrivateRuntimeDataSize = sizeof(runtime),
	};
	char resource_data[40], data[ROCM_CHUNKS * sizeof(struct dxghost_allocation_data)];
	unsigned int i;

	client_must(D3DKMTQueryResourceInfoFromNtHandle, &query);
	assert_int_equal(query.PrivateRuntimeDataSize, sizeof(runtime));
	assert_int_equal(query.NumAllocations, ROCM_CHUNKS);
	assert_int_equal(query.ResourcePrivateDriverDataSize, sizeof(resource_data));
	assert_int_equal(query.TotalPrivateDriverDataSize, sizeof(data));
	args.pResourcePrivateDriverData = resource_data;
	args.ResourcePrivateDriverDataSize = query.ResourcePrivateDriverDataSize;
	args.pTotalPrivateDriverDataBuffer = data;
	args.TotalPrivateDriverDataBufferSize = query.TotalPrivateDriverDataSize;
	client_must(D3DKMTOpenResourceFromNtHandle, &args);
	assert_memory_equal(&runtime, &runtime_data, sizeof(runtime));
	assert_string_equal(resource_data, "private data of the resource");
	memory->resource = args.hResource;
	for (i = 0; i < ROCM_CHUNKS; i++)
		memory->chunks[i] = infos[i].hAllocation;
}

static void destroy(struct rocm_memory *memory)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = rocm.device, .hResource = memory->resource,
	};

	if (!memory->resource) {
		args.phAllocationList = memory->chunks;
		args.AllocationCount = ROCM_CHUNKS;
	}
	client_must(D3DKMTDestroyAllocation2, &args);
}

/* What the other end of a descriptor gets is the same memory, mapped once more. */
void exports_memory_with_its_own_data(void)
{
	int fd = export(rocm.vram.resource);
	struct rocm_memory opened;

	import(fd, &opened);
	close(fd);
	map_chunks(&opened);
	make_resident(&opened);
	opened.cpu[1] = client_lock(rocm.device, opened.chunks[1]);
	memset(rocm.vram.cpu[1], 0x77, ROCM_CHUNK_SIZE);
	assert_true(client_is_filled(opened.cpu[1], ROCM_CHUNK_SIZE, 0x77777777));
	client_unlock(rocm.device, opened.chunks[1]);
	destroy(&opened);
}

/* The addresses stay its own, and can be mapped again. */
void unmaps_by_no_access(void)
{
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = rocm.paging.hPagingQueue,
		.BaseAddress = rocm.system.gpu,
		.SizeInPages = MEMORY_SIZE / CLIENT_PAGE_SIZE,
		.Protection = { .NoAccess = 1 },
	};

	client_wait_cpu(rocm.device, rocm.paging.hSyncObject, map(&args));
	next_address = rocm.system.gpu;
	map_chunks(&rocm.system);
}

static void evict(struct rocm_memory *memory)
{
	client_must(D3DKMTEvict, &(D3DKMT_EVICT){
		.hDevice = rocm.device,
		.NumAllocations = ROCM_CHUNKS,
		.AllocationList = memory->chunks,
	});
}

/* Evicted before, as for drivers before WDDM 3.0. */
void destroys_by_resource_or_list(void)
{
	struct rocm_memory *const all[] = { &rocm.commands, &rocm.vram, &rocm.system };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		client_unlock(rocm.device, all[i]->chunks[0]);
		client_unlock(rocm.device, all[i]->chunks[1]);
	}
	for (i = 0; i < 3; i++) {
		evict(all[i]);
		destroy(all[i]);
	}
	client_free_addresses(rocm.adapter, reserved, RESERVED_SIZE);
	t_free_pages(process_memory, MEMORY_SIZE);
}
