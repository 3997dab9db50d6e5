/* SPDX-License-Identifier: MIT */
/* Devices: finding them, holding them, waiting for their work. */
#include "device.h"
#include "handlers.h"

#define FLUSH_TERMINATE	4u

struct dxghost_device *dxghost_device_find(const struct dxghost_call *call,
					   uint32_t handle)
{
	return dxghost_object_find(call, handle, DXGHOST_DEVICE);
}

void dxghost_device_pin(struct dxghost_device *device)
{
	device->pins++;
}

void dxghost_device_unpin(struct dxghost_device *device)
{
	device->pins--;
	dxghost_changed(device->object.space->process->host);
}

dxghost_status dxghost_device_refuse(const struct dxghost_call *call,
				     struct dxghost_device *device,
				     dxghost_status status)
{
	if (call->one_way)
		dxghost_device_lose(device, DXGHOST_DMA_FAULT);
	return status;
}

/* Is there work that goes on by itself? */
static bool has_work(const struct dxghost_device *device)
{
	struct dxghost_list *it;

	list_for_each(it, &device->object.space->queues) {
		struct dxghost_queue *queue =
			list_entry(it, struct dxghost_queue, space_link);

		if (queue->device == device && !dxghost_queue_idle(queue) &&
		    !queue->blocked && !queue->waiting)
			return true;
	}
	return false;
}

dxghost_status dxghost_flush_device(struct dxghost_call *call)
{
	const struct dxgk_wire_flushdevice *request = call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);

	if (!device)
		return ST_INVALID_PARAMETER;
	dxghost_device_pin(device);
	/* When the process is gone nothing waits for its work. */
	if (request->reason == FLUSH_TERMINATE)
		dxghost_device_quiesce(device);
	while (has_work(device))
		dxghost_wait_change(call->host, DXGHOST_FOREVER);
	dxghost_device_unpin(device);
	return ST_SUCCESS;
}
