/* SPDX-License-Identifier: MIT */
/* Devices: creation, destruction with all that is on them. */
#include <stdlib.h>

#include "allocation.h"
#include "handlers.h"
#include "paging.h"
#include "sync.h"

#define DEVICE_FLAGS	0x7u

dxghost_status dxghost_create_device(struct dxghost_call *call)
{
	const struct dxgk_wire_createdevice *request = call->request;
	struct dxghost_space *space = dxghost_space_of(call);
	struct dxghost_device *device;

	if (request->flags & ~DEVICE_FLAGS)
		return ST_INVALID_PARAMETER;
	device = calloc(1, sizeof(*device));
	if (!space || !device)
		goto err_free_device;
	list_init(&device->contexts);
	list_init(&device->paging_queues);
	list_init(&device->allocations);
	list_init(&device->resources);
	list_init(&device->syncs);
	list_init(&device->waits);
	device->flags = request->flags;
	device->state = DXGHOST_ACTIVE;
	device->notice = dxghost_event_guest_data(call->process,
						  request->error_code);
	if (!device->notice)
		goto err_free_device;
	if (!dxghost_object_add(&device->object, DXGHOST_DEVICE, space))
		goto err_free_notice;
	list_add_tail(&device->link, &space->devices);
	dxghost_reply_u32(call, 0, device->object.handle);
	return ST_SUCCESS;

err_free_notice:
	dxghost_event_free(device->notice);
err_free_device:
	free(device);
	return ST_NO_MEMORY;
}

/* No message finds any of the device's objects from now on. */
static void forget_handles(struct dxghost_device *device)
{
	struct dxghost_list *it, *inner;

	dxghost_object_remove(&device->object);
	list_for_each(it, &device->contexts) {
		struct dxghost_context *context =
			list_entry(it, struct dxghost_context, link);

		dxghost_object_remove(&context->object);
		list_for_each(inner, &context->hwqueues)
			dxghost_object_remove(&list_entry(inner,
				struct dxghost_hwqueue, link)->object);
	}
	list_for_each(it, &device->paging_queues)
		dxghost_object_remove(&list_entry(it,
			struct dxghost_paging_queue, link)->object);
	list_for_each(it, &device->allocations)
		dxghost_object_remove(&list_entry(it,
			struct dxghost_allocation, link)->object);
	list_for_each(it, &device->resources)
		dxghost_object_remove(&list_entry(it,
			struct dxghost_resource, link)->object);
	list_for_each(it, &device->syncs)
		dxghost_object_remove(&list_entry(it,
			struct dxghost_sync, link)->object);
}

static void release_memory(struct dxghost_device *device)
{
	struct dxghost *host = device->object.space->process->host;

	while (!list_empty(&device->allocations)) {
		struct dxghost_allocation *allocation =
			list_first(&device->allocations,
				   struct dxghost_allocation, link);

		if (allocation->owns_pages)
			dxghost_memory_revoke(host, allocation->memory);
		dxghost_allocation_release(allocation);
	}
	while (!list_empty(&device->resources))
		dxghost_resource_free(list_first(&device->resources,
			struct dxghost_resource, link));
}

void dxghost_device_destroy(struct dxghost_device *device)
{
	struct dxghost *host = device->object.space->process->host;

	forget_handles(device);
	list_del(&device->link);
	dxghost_device_quiesce(device);
	/* Messages that wait for this device's work come to an end by that. */
	while (device->pins)
		dxghost_wait_change(host, DXGHOST_FOREVER);
	while (!list_empty(&device->contexts))
		dxghost_context_destroy(list_first(&device->contexts,
			struct dxghost_context, link));
	dxghost_paging_drop_loose(device);
	while (!list_empty(&device->paging_queues))
		dxghost_paging_queue_destroy(list_first(&device->paging_queues,
			struct dxghost_paging_queue, link));
	release_memory(device);
	while (!list_empty(&device->syncs))
		dxghost_sync_destroy(list_first(&device->syncs,
			struct dxghost_sync, link));
	dxghost_device_release_waits(device);
	dxghost_event_free(device->notice);
	free(device);
}

dxghost_status dxghost_destroy_device(struct dxghost_call *call)
{
	const struct dxgk_wire_destroydevice *request = call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);

	if (!device)
		return ST_INVALID_PARAMETER;
	dxghost_device_destroy(device);
	return ST_SUCCESS;
}
