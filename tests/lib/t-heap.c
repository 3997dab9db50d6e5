/* SPDX-License-Identifier: MIT */
/* Heaps of the caller's own pages, and a look at what is pinned. */
#include "t.h"
#include "t-heap.h"

NTSTATUS t_try_create_heap(D3DKMT_HANDLE device, void *memory, uint64_t size,
			   bool read_only, D3DKMT_HANDLE *ret_allocation)
{
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData = { .Size = size },
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = memory };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};
	NTSTATUS status;

	args.Flags.StandardAllocation = 1;
	args.Flags.ExistingSysMem = 1;
	args.Flags.ReadOnly = read_only;
	status = D3DKMTCreateAllocation2(&args);
	*ret_allocation = status < 0 ? 0 : info.hAllocation;
	return status;
}

struct t_buffer t_create_heap(struct t_gpu *gpu, void *memory, uint64_t size)
{
	struct t_buffer heap = { .size = size, .cpu = memory };

	assert_status(t_try_create_heap(gpu->device, memory, size, false,
					&heap.allocation), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, heap.allocation);
	heap.gpu = t_map(&gpu->paging, heap.allocation, size);
	return heap;
}

void t_destroy_heap(struct t_gpu *gpu, struct t_buffer *heap)
{
	assert_status(t_destroy_allocation(gpu->device, heap->allocation),
		      STATUS_SUCCESS);
	memset(heap, 0, sizeof(*heap));
}

/* Each processor's part of the counters reaches the sums once in a while only. */
static void refresh_counters(void)
{
	FILE *file = fopen("/proc/sys/vm/stat_refresh", "we");

	if (!file)
		return;
	fputs("1", file);
	fclose(file);
}

long t_pinned_pages(void)
{
	long count, acquired = -1, released = 0;
	char name[64];
	FILE *file;

	refresh_counters();
	file = fopen("/proc/vmstat", "re");
	assert_non_null(file);
	while (fscanf(file, "%63s %ld", name, &count) == 2) {
		if (!strcmp(name, "nr_foll_pin_acquired"))
			acquired = count;
		else if (!strcmp(name, "nr_foll_pin_released"))
			released = count;
	}
	fclose(file);
	return acquired < 0 ? -1 : acquired - released;
}

unsigned long t_locked_pages(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	unsigned long kilobytes = ~0ul;
	char line[256];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "VmLck: %lu kB", &kilobytes) == 1)
			break;
	fclose(file);
	return kilobytes * 1024 / T_PAGE_SIZE;
}
