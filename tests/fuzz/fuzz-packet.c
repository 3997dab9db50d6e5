/* SPDX-License-Identifier: MIT */
/* Fuzzer: command buffers of any bytes, on memory of every kind. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <dxg/soft.h>
#include <dxg/uapi.h>
#include <dxghost/gpu.h>

#include "input.h"
#include "target.h"

#define PAGE		0x1000u
#define COMMAND_BYTES	0x4000u
#define MEMORY_BYTES	0x2000u
/* GPU addresses of all that is mapped: each at the next multiple of STEP. */
#define BASE		0x1000000000ull
#define STEP		0x10000ull
/* In a command buffer: the address of the fence. */
#define FENCE_TOKEN	0xfe0cefe0cefe0ce0ull

/* First byte of an input. */
#define TWO_CONTEXTS	(1u << 0)	/* both run the buffer */
#define HW_QUEUE	(1u << 1)
#define READ_ONLY	(1u << 2)	/* the buffer itself */
#define TWICE		(1u << 3)
#define NO_TIMEOUT	(1u << 4)
#define AT_END		(1u << 5)	/* the buffer goes on where nothing is */
#define EVICTED		(1u << 6)	/* the memory has gone meanwhile */

/* The device stays open, objects live as long as an input. */
static int fd;
static uint8_t *own_pages;
static uint32_t adapter;

struct gpu {
	uint32_t device, contexts[2], hw_queue, paging_queue, fence;
	uint32_t commands, memory;
	uint64_t fence_address;
};

static void must(unsigned long request, void *args)
{
	if (dxg_soft_ioctl(fd, request, args) >= 0)
		return;
	fprintf(stderr, "fuzz: request %#lx: %s\n", request, strerror(errno));
	abort();
}

static void start(void)
{
	struct d3dkmt_adapterinfo info;
	struct d3dkmt_enumadapters2 args = {
		.num_adapters = 1, .adapters = (uintptr_t)&info,
	};

	if (fd)
		return;
	dxg_soft_set_profile("tdr_ms = 2\ndrain_ms = 1\n"
			     "paging_immediate = 1\n[adapter]\n"
			     "local_memory = 4M\nnonlocal_memory = 4M\n"
			     "nodes = 3d compute\n");
	fd = dxg_soft_open();
	own_pages = mmap(NULL, MEMORY_BYTES, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (fd < 0 || own_pages == MAP_FAILED)
		abort();
	must(LX_DXENUMADAPTERS2, &args);
	adapter = info.adapter_handle.v;
}

static uint32_t create_allocation(const struct gpu *gpu, uint32_t size,
				  uint32_t flags, uint8_t *pages)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = size,
		.flags = flags,
	};
	struct d3dddi_allocationinfo2 info = {
		.sysmem = (uintptr_t)pages,
		.priv_drv_data = (uintptr_t)&data,
		.priv_drv_data_size = sizeof(data),
	};
	struct d3dkmt_createallocation args = {
		.device.v = gpu->device,
		.flags = pages ? DXG_CREATEALLOCATION_EXISTING_SYSMEM : 0,
		.alloc_count = 1,
		.allocation_info = (uintptr_t)&info,
	};

	must(LX_DXCREATEALLOCATION, &args);
	return info.allocation.v;
}

static void make_resident(const struct gpu *gpu, uint32_t allocation)
{
	struct d3dddi_makeresident args = {
		.paging_queue.v = gpu->paging_queue,
		.alloc_count = 1,
		.allocation_list = (uintptr_t)&allocation,
	};

	must(LX_DXMAKERESIDENT, &args);
}

static void map(const struct gpu *gpu, uint32_t allocation, uint32_t size,
		unsigned int place, uint64_t protection)
{
	struct d3dddi_mapgpuvirtualaddress args = {
		.paging_queue.v = gpu->paging_queue,
		.base_address = BASE + place * STEP,
		.allocation.v = allocation,
		.size_in_pages = size / PAGE,
		.protection = protection,
	};

	must(LX_DXMAPGPUVIRTUALADDRESS, &args);
}

static void evict(const struct gpu *gpu)
{
	struct d3dkmt_evict args = {
		.device.v = gpu->device,
		.alloc_count = 1,
		.allocations = (uintptr_t)&gpu->memory,
	};

	must(LX_DXEVICT, &args);
}

/* At 0: the commands; then memory, read-only, non-local, ours, not resident. */
static void map_all(struct gpu *gpu, unsigned int flags)
{
	uint32_t non_local, own, absent;

	gpu->commands = create_allocation(gpu, COMMAND_BYTES, 0, NULL);
	gpu->memory = create_allocation(gpu, MEMORY_BYTES, 0, NULL);
	non_local = create_allocation(gpu, MEMORY_BYTES,
				      DXGHOST_ALLOCATION_NON_LOCAL, NULL);
	own = create_allocation(gpu, MEMORY_BYTES, 0, own_pages);
	absent = create_allocation(gpu, MEMORY_BYTES, 0, NULL);
	make_resident(gpu, gpu->commands);
	make_resident(gpu, gpu->memory);
	make_resident(gpu, non_local);
	make_resident(gpu, own);
	map(gpu, gpu->commands, COMMAND_BYTES, 0,
	    flags & READ_ONLY ? 0 : DXG_GPUVA_PROTECTION_WRITE);
	map(gpu, gpu->memory, MEMORY_BYTES, 1, DXG_GPUVA_PROTECTION_WRITE);
	map(gpu, gpu->memory, MEMORY_BYTES, 2, 0);
	map(gpu, non_local, MEMORY_BYTES, 3, DXG_GPUVA_PROTECTION_WRITE);
	map(gpu, own, MEMORY_BYTES, 4, DXG_GPUVA_PROTECTION_WRITE);
	map(gpu, absent, MEMORY_BYTES, 5, DXG_GPUVA_PROTECTION_WRITE);
}

static uint32_t create_context(const struct gpu *gpu, unsigned int node,
			       unsigned int flags)
{
	struct d3dkmt_createcontextvirtual args = {
		.device.v = gpu->device,
		.node_ordinal = node,
		.flags = (flags & HW_QUEUE ?
			  DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED : 0) |
			 (flags & NO_TIMEOUT ?
			  DXG_CREATECONTEXT_DISABLE_GPU_TIMEOUT : 0),
	};

	must(LX_DXCREATECONTEXTVIRTUAL, &args);
	return args.context.v;
}

static void create(struct gpu *gpu, unsigned int flags)
{
	struct d3dkmt_createdevice device = { .adapter.v = adapter };
	struct d3dkmt_createpagingqueue paging = { .priority = 0 };
	struct d3dkmt_createhwqueue queue = {
		.flags = flags & NO_TIMEOUT ?
			 DXG_CREATEHWQUEUE_DISABLE_GPU_TIMEOUT : 0,
	};
	struct d3dkmt_createsynchronizationobject2 sync = {
		.info.type = DXG_SYNC_TYPE_MONITORED_FENCE,
	};

	must(LX_DXCREATEDEVICE, &device);
	gpu->device = device.device.v;
	gpu->contexts[0] = create_context(gpu, 0, flags);
	if (flags & TWO_CONTEXTS)
		gpu->contexts[1] = create_context(gpu, 1, flags);
	if (flags & HW_QUEUE) {
		queue.context.v = gpu->contexts[0];
		must(LX_DXCREATEHWQUEUE, &queue);
		gpu->hw_queue = queue.queue.v;
	}
	paging.device.v = gpu->device;
	must(LX_DXCREATEPAGINGQUEUE, &paging);
	gpu->paging_queue = paging.paging_queue.v;
	sync.device.v = gpu->device;
	must(LX_DXCREATESYNCHRONIZATIONOBJECT, &sync);
	gpu->fence = sync.sync_object.v;
	gpu->fence_address = sync.info.monitored_fence.fence_gpu_virtual_address;
	map_all(gpu, flags);
}

/* Where the buffer begins; @ret_size: how much of it there is. */
static uint64_t load(const struct gpu *gpu, unsigned int flags,
		     const uint8_t *bytes, size_t size)
{
	struct d3dkmt_lock2 lock = {
		.device.v = gpu->device, .allocation.v = gpu->commands,
	};
	size_t at, i;
	uint64_t word;
	uint8_t *to;

	must(LX_DXLOCK2, &lock);
	at = flags & AT_END ? (COMMAND_BYTES - size) & ~7ull : 0;
	to = (uint8_t *)(uintptr_t)lock.data + at;
	memcpy(to, bytes, size);
	for (i = 0; i + 8 <= size; i += 8) {
		memcpy(&word, to + i, sizeof(word));
		if (word == FENCE_TOKEN)
			memcpy(to + i, &gpu->fence_address, sizeof(word));
	}
	return BASE + at;
}

static void submit(const struct gpu *gpu, uint32_t context, uint64_t at,
		   uint32_t length)
{
	struct d3dkmt_submitcommand args = {
		.command_buffer = at,
		.command_length = length,
		.broadcast_context_count = 1,
		.broadcast_context[0].v = context,
	};
	struct d3dkmt_submitcommandtohwqueue queued = {
		.hwqueue.v = gpu->hw_queue,
		.hwqueue_progress_fence_id = 1,
		.command_buffer = at,
		.command_length = length,
	};

	/* It may be refused, when the device has been lost. */
	if (gpu->hw_queue && context == gpu->contexts[0])
		dxg_soft_ioctl(fd, LX_DXSUBMITCOMMANDTOHWQUEUE, &queued);
	else
		dxg_soft_ioctl(fd, LX_DXSUBMITCOMMAND, &args);
}

/* A buffer may wait for ever: then its device is destroyed under it. */
static void wait(const struct gpu *gpu)
{
	int event = eventfd(0, EFD_CLOEXEC);
	struct pollfd poll_event = { .fd = event, .events = POLLIN };
	struct d3dkmthandle fence = { gpu->fence };
	uint64_t value = 1;
	struct d3dkmt_signalsynchronizationobjectfromgpu signal = {
		.context.v = gpu->contexts[0],
		.object_count = 1,
		.objects = (uintptr_t)&fence,
		.monitored_fence_values = (uintptr_t)&value,
	};
	struct d3dkmt_submitsignalsyncobjectstohwqueue queued = {
		.hwqueue_count = 1,
		.hwqueues = (uintptr_t)&gpu->hw_queue,
		.object_count = 1,
		.objects = (uintptr_t)&fence,
		.fence_values = (uintptr_t)&value,
	};
	struct d3dkmt_waitforsynchronizationobjectfromcpu args = {
		.device.v = gpu->device,
		.object_count = 1,
		.objects = (uintptr_t)&fence,
		.fence_values = (uintptr_t)&value,
		.async_event = (uint64_t)event,
	};

	if (gpu->hw_queue)
		dxg_soft_ioctl(fd, LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE,
			       &queued);
	else
		dxg_soft_ioctl(fd, LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU,
			       &signal);
	if (dxg_soft_ioctl(fd, LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU,
			   &args) >= 0)
		poll(&poll_event, 1, 5);
	close(event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct d3dkmt_destroydevice gone = { .device.v = 0 };
	struct fuzz_input input = { data, data + size };
	struct gpu gpu = { .device = 0 };
	unsigned int flags;
	uint64_t at;

	start();
	flags = fuzz_u8(&input);
	size = (size_t)(input.end - input.at);
	if (size > COMMAND_BYTES)
		size = COMMAND_BYTES;
	create(&gpu, flags);
	at = load(&gpu, flags, input.at, size);
	submit(&gpu, gpu.contexts[0], at, (uint32_t)size);
	if (flags & TWO_CONTEXTS)
		submit(&gpu, gpu.contexts[1], at, (uint32_t)size);
	if (flags & TWICE)
		submit(&gpu, gpu.contexts[0], at, (uint32_t)size);
	if (flags & EVICTED)
		evict(&gpu);
	wait(&gpu);
	gone.device.v = gpu.device;
	must(LX_DXDESTROYDEVICE, &gone);
	return 0;
}
