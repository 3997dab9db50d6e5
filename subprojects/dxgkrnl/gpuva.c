/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* GPU virtual addresses: reserve, map, update, free. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

#define DXGK_UPDATE_OPERATIONS_MAX	2046u

/* The handle may be an adapter's, made here, or a paging queue's. */
static struct dxgk_adapter *
dxgk_gpuva_find_adapter(struct dxgk_process *process, u32 handle,
			u32 *ret_host_handle)
{
	struct dxgk_paging_queue *queue;
	struct dxgk_adapter *adapter;

	adapter = dxgk_adapter_lookup(process, handle);
	if (adapter) {
		*ret_host_handle = adapter->host_handle;
		return adapter;
	}
	queue = dxgk_paging_queue_lookup(process, handle);
	if (!queue)
		return NULL;
	adapter = queue->device->adapter;
	dxgk_adapter_get(adapter);
	dxgk_paging_queue_put(queue);
	*ret_host_handle = handle;
	return adapter;
}

int dxgk_ioctl_reserve_gpuva(struct dxgk_process *process, void *data)
{
	struct d3dddi_reservegpuvirtualaddress *args = data;
	const struct dxgk_wire_reservegpuvirtualaddress_reply *reply;
	struct dxgk_wire_reservegpuvirtualaddress *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	u32 handle;
	int ret;

	adapter = dxgk_gpuva_find_adapter(process, args->adapter.v, &handle);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_RESERVEGPUVIRTUALADDRESS,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.adapter_or_paging_queue = handle;
	request->args.base_address = args->base_address;
	request->args.minimum_address = args->minimum_address;
	request->args.maximum_address = args->maximum_address;
	request->args.size = args->size;
	request->args.reservation_type = args->reservation_type;
	request->args.driver_protection = args->driver_protection;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	/* There is no status; address 0 is never given out. */
	if (!reply->virtual_address) {
		ret = -EINVAL;
		goto out;
	}
	args->virtual_address = reply->virtual_address;
	args->paging_fence_value = reply->paging_fence_value;
out:
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}

static int dxgk_gpuva_map(struct dxgk_device *device,
			  struct d3dddi_mapgpuvirtualaddress *args)
{
	const struct dxgk_wire_mapgpuvirtualaddress_reply *reply;
	struct dxgk_wire_mapgpuvirtualaddress *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_MAPGPUVIRTUALADDRESS,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.paging_queue = args->paging_queue.v;
	request->args.base_address = args->base_address;
	request->args.minimum_address = args->minimum_address;
	request->args.maximum_address = args->maximum_address;
	request->args.allocation = args->allocation.v;
	request->args.offset_in_pages = args->offset_in_pages;
	request->args.size_in_pages = args->size_in_pages;
	request->args.protection = args->protection;
	request->args.driver_protection = args->driver_protection;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret == 0 || ret == DXGK_STATUS_PENDING) {
		args->paging_fence_value = reply->paging_fence_value;
		args->virtual_address = reply->virtual_address;
	}
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_map_gpuva(struct dxgk_process *process, void *data)
{
	struct d3dddi_mapgpuvirtualaddress *args = data;
	struct dxgk_paging_queue *queue;
	int ret;

	queue = dxgk_paging_queue_lookup(process, args->paging_queue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_gpuva_map(queue->device, args);
	dxgk_paging_queue_put(queue);
	return ret;
}

static int dxgk_gpuva_update(struct dxgk_device *device,
			     const struct d3dkmt_updategpuvirtualaddress *args)
{
	struct dxgk_wire_updategpuvirtualaddress *request;
	struct dxgk_message message;
	size_t size;
	int ret;

	static_assert(sizeof(struct dxgk_wire_updategpuva_operation) ==
		      sizeof(struct d3dddi_updategpuvirtualaddress_operation));
	size = args->num_operations *
	       sizeof(struct dxgk_wire_updategpuva_operation);
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_UPDATEGPUVIRTUALADDRESS,
				sizeof(*request) + size,
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	request = message.request;
	request->fence_value = args->fence_value;
	request->device = args->device.v;
	request->context = args->context.v;
	request->fence_object = args->fence_object.v;
	request->num_operations = args->num_operations;
	request->flags = args->flags;
	ret = dxgk_copy_in(request + 1, args->operations, size);
	if (!ret)
		ret = dxgk_message_send_status(&message);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_update_gpuva(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_updategpuvirtualaddress *args = data;
	struct dxgk_device *device;
	int ret;

	if (!args->num_operations ||
	    args->num_operations > DXGK_UPDATE_OPERATIONS_MAX)
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_gpuva_update(device, args);
	dxgk_device_put(device);
	return ret;
}

int dxgk_ioctl_free_gpuva(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_freegpuvirtualaddress *args = data;
	struct dxgk_wire_freegpuvirtualaddress *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_FREEGPUVIRTUALADDRESS,
				sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->args.adapter = adapter->host_handle;
		request->args.base_address = args->base_address;
		request->args.size = args->size;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}
