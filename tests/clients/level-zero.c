/* SPDX-License-Identifier: MIT */
/*
 * Lets a Level Zero driver make all the calls of a small program: memory of each kind, work
 * on it, residency, sharing. Prints what each answers, and ends with the first that fails.
 */
#include <stdio.h>
#include <stdlib.h>

#include <level_zero/ze_api.h>

#define SIZE	(1u << 20)
#define ALIGN	4096u
#define SIDE	64u

struct world {
	ze_driver_handle_t driver;
	ze_device_handle_t device;
	ze_context_handle_t context;
	ze_command_queue_handle_t queue;
	ze_command_list_handle_t list;
	ze_event_pool_handle_t events;
	ze_image_handle_t image;
	void *memory;		/* of the device */
	void *host;
	void *shared;
};

static void check(const char *what, ze_result_t result)
{
	printf("%s: %#x\n", what, (unsigned int)result);
	fflush(stdout);
	if (result)
		exit(1);
}

static void open_device(struct world *w)
{
	ze_device_properties_t properties = {
		.stype = ZE_STRUCTURE_TYPE_DEVICE_PROPERTIES,
	};
	uint32_t one = 1;

	check("zeInit", zeInit(0));
	check("zeDriverGet", zeDriverGet(&one, &w->driver));
	one = 1;
	check("zeDeviceGet", zeDeviceGet(w->driver, &one, &w->device));
	check("zeDeviceGetProperties", zeDeviceGetProperties(w->device, &properties));
	printf("%s\n", properties.name);
}

static void make_queue(struct world *w)
{
	const ze_context_desc_t context = { .stype = ZE_STRUCTURE_TYPE_CONTEXT_DESC };
	const ze_command_queue_desc_t queue = {
		.stype = ZE_STRUCTURE_TYPE_COMMAND_QUEUE_DESC,
	};
	const ze_command_list_desc_t list = {
		.stype = ZE_STRUCTURE_TYPE_COMMAND_LIST_DESC,
	};
	const ze_event_pool_desc_t events = {
		.stype = ZE_STRUCTURE_TYPE_EVENT_POOL_DESC,
		.flags = ZE_EVENT_POOL_FLAG_HOST_VISIBLE,
		.count = 1,
	};

	check("zeContextCreate", zeContextCreate(w->driver, &context, &w->context));
	check("zeCommandQueueCreate", zeCommandQueueCreate(w->context, w->device, &queue,
							   &w->queue));
	check("zeCommandListCreate", zeCommandListCreate(w->context, w->device, &list,
							 &w->list));
	check("zeEventPoolCreate", zeEventPoolCreate(w->context, &events, 1, &w->device,
						     &w->events));
}

static void make_memory(struct world *w)
{
	const ze_device_mem_alloc_desc_t device = {
		.stype = ZE_STRUCTURE_TYPE_DEVICE_MEM_ALLOC_DESC,
	};
	const ze_host_mem_alloc_desc_t host = {
		.stype = ZE_STRUCTURE_TYPE_HOST_MEM_ALLOC_DESC,
	};
	const ze_image_desc_t image = {
		.stype = ZE_STRUCTURE_TYPE_IMAGE_DESC,
		.type = ZE_IMAGE_TYPE_2D,
		.format = {
			.layout = ZE_IMAGE_FORMAT_LAYOUT_8_8_8_8,
			.type = ZE_IMAGE_FORMAT_TYPE_UNORM,
		},
		.width = SIDE,
		.height = SIDE,
		.depth = 1,
	};

	check("zeMemAllocDevice", zeMemAllocDevice(w->context, &device, SIZE, ALIGN,
						   w->device, &w->memory));
	check("zeMemAllocHost", zeMemAllocHost(w->context, &host, SIZE, ALIGN, &w->host));
	check("zeMemAllocShared", zeMemAllocShared(w->context, &device, &host, SIZE, ALIGN,
						   w->device, &w->shared));
	check("zeImageCreate", zeImageCreate(w->context, w->device, &image, &w->image));
}

static void fill_and_copy(struct world *w)
{
	const uint32_t pattern = 0x12345678;

	check("zeCommandListAppendMemoryFill",
	      zeCommandListAppendMemoryFill(w->list, w->memory, &pattern, sizeof(pattern),
					    SIZE, NULL, 0, NULL));
	check("zeCommandListAppendBarrier",
	      zeCommandListAppendBarrier(w->list, NULL, 0, NULL));
	check("zeCommandListAppendMemoryCopy",
	      zeCommandListAppendMemoryCopy(w->list, w->host, w->memory, SIZE, NULL, 0, NULL));
	check("zeCommandListClose", zeCommandListClose(w->list));
	check("zeCommandQueueExecuteCommandLists",
	      zeCommandQueueExecuteCommandLists(w->queue, 1, &w->list, NULL));
	check("zeCommandQueueSynchronize", zeCommandQueueSynchronize(w->queue, UINT64_MAX));
}

/* With itself: another process of the embedded device would have another machine. */
static void share(struct world *w)
{
	ze_ipc_mem_handle_t handle;
	void *opened;

	check("zeContextMakeMemoryResident",
	      zeContextMakeMemoryResident(w->context, w->device, w->memory, SIZE));
	check("zeContextEvictMemory",
	      zeContextEvictMemory(w->context, w->device, w->memory, SIZE));
	check("zeMemGetIpcHandle", zeMemGetIpcHandle(w->context, w->memory, &handle));
	check("zeMemOpenIpcHandle", zeMemOpenIpcHandle(w->context, w->device, handle, 0,
						       &opened));
	check("zeMemCloseIpcHandle", zeMemCloseIpcHandle(w->context, opened));
}

static void release(struct world *w)
{
	check("zeImageDestroy", zeImageDestroy(w->image));
	check("zeMemFree", zeMemFree(w->context, w->shared));
	check("zeMemFree", zeMemFree(w->context, w->host));
	check("zeMemFree", zeMemFree(w->context, w->memory));
	check("zeEventPoolDestroy", zeEventPoolDestroy(w->events));
	check("zeCommandListDestroy", zeCommandListDestroy(w->list));
	check("zeCommandQueueDestroy", zeCommandQueueDestroy(w->queue));
	check("zeContextDestroy", zeContextDestroy(w->context));
}

int main(void)
{
	struct world world = { .driver = NULL };

	open_device(&world);
	make_queue(&world);
	make_memory(&world);
	fill_and_copy(&world);
	share(&world);
	release(&world);
	return 0;
}
