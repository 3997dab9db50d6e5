/* SPDX-License-Identifier: MIT */
/* Allocations that come and go: create, map, make resident, evict, destroy. */
#include "economy.h"

#include <string.h>

#define PAGE		4096u
#define SIZE		0x10000u

/* What shows that each of them was real memory of the GPU; not counted. */
struct proof {
	D3DKMT_HANDLE context;
	struct fence done;
	struct buffer commands;
	struct buffer results;	/* a number for each allocation */
};

struct proof_commands {
	struct dxghost_packet_write write;
	struct dxghost_packet_copy copy;
};

static void create_proof(const struct gpu *gpu, struct proof *proof,
			 unsigned int count)
{
	proof->context = gpu_create_context(gpu, 0);
	proof->done = fence_create(gpu);
	proof->commands = buffer_create(gpu, sizeof(struct proof_commands));
	proof->results = buffer_create(gpu, count * sizeof(uint64_t));
}

static void destroy_proof(const struct gpu *gpu, struct proof *proof)
{
	buffer_destroy(gpu, &proof->results);
	buffer_destroy(gpu, &proof->commands);
	fence_destroy(&proof->done);
	gpu_destroy_context(proof->context);
}

/* The GPU writes a number there and copies it on to the results. */
static void use(const struct gpu *gpu, const struct proof *proof,
		uint64_t address, unsigned int i)
{
	struct proof_commands commands = {
		.write = {
			.header = { DXGHOST_OP_WRITE, sizeof(commands.write) },
			.dst = address + SIZE - sizeof(uint64_t),
			.value = i + 1,
		},
		.copy = {
			.header = { DXGHOST_OP_COPY, sizeof(commands.copy) },
			.dst = proof->results.gpu_address + i * sizeof(uint64_t),
			.src = address + SIZE - sizeof(uint64_t),
			.size = sizeof(uint64_t),
		},
	};

	memcpy(proof->commands.data, &commands, sizeof(commands));
	CHECK(gpu_submit(proof->context, proof->commands.gpu_address,
			 sizeof(commands)));
	fence_signal_on_gpu(proof->context, &proof->done, i + 1);
	fence_wait(gpu, &proof->done, i + 1);
}

static void check_results(const struct proof *proof, unsigned int count)
{
	const uint64_t *results = proof->results.data;
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (results[i] != i + 1)
			common_die("churn: an allocation was no memory");
	}
}

static D3DKMT_HANDLE create(const struct gpu *gpu)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = SIZE,
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

	CALL(D3DKMTCreateAllocation2, &args,
	     PLAIN_CREATEALLOCATION(1, sizeof(data)));
	return info.hAllocation;
}

/* Answers the address, and what the paging fence is when it can be used. */
static uint64_t map(const struct gpu *gpu, D3DKMT_HANDLE allocation,
		    uint64_t *ret_fence_value)
{
	D3DDDI_MAPGPUVIRTUALADDRESS map = {
		.hPagingQueue = gpu->paging_queue,
		.hAllocation = allocation,
		.SizeInPages = SIZE / PAGE,
		.Protection = { .Write = 1 },
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = gpu->paging_queue,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};

	CALL(D3DKMTMapGpuVirtualAddress, &map, PLAIN_MAPGPUVIRTUALADDRESS);
	CALL(D3DKMTMakeResident, &resident, PLAIN_MAKERESIDENT(1));
	/* either may have been done at once, and has no value then */
	*ret_fence_value = resident.PagingFenceValue > map.PagingFenceValue ?
			   resident.PagingFenceValue : map.PagingFenceValue;
	return map.VirtualAddress;
}

static void destroy(const struct gpu *gpu, D3DKMT_HANDLE allocation)
{
	D3DKMT_EVICT evict = {
		.hDevice = gpu->device,
		.NumAllocations = 1,
		.AllocationList = &allocation,
	};
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
	};

	CALL(D3DKMTEvict, &evict, PLAIN_EVICT(1));
	CALL(D3DKMTDestroyAllocation2, &args, PLAIN_DESTROYALLOCATION(1));
}

void economy_churn(const struct gpu *gpu, unsigned int allocations)
{
	struct proof proof;
	unsigned int i;

	create_proof(gpu, &proof, allocations);
	economy_begin();
	for (i = 0; i < allocations; i++) {
		D3DKMT_HANDLE allocation = create(gpu);
		uint64_t fence_value;
		uint64_t address = map(gpu, allocation, &fence_value);

		economy_pause();
		fence_wait(gpu, &gpu->paging, fence_value);
		use(gpu, &proof, address, i);
		economy_resume();
		destroy(gpu, allocation);
	}
	economy_pause();
	check_results(&proof, allocations);
	destroy_proof(gpu, &proof);
	economy_resume();
}
