/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Devices: create one, take one down with all that belongs to it. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"

#define DXGK_FLUSH_DEVICE_TERMINATE	4u

/* The name under which the host reports this device's state. */
static int dxgk_device_add_cookie(struct dxgk_device *device)
{
	struct dxgk_global *global = device->process->global;
	int ret;

	ret = xa_alloc_cyclic_irq(&global->devices, &device->cookie, device,
				  xa_limit_32b, &global->next_device,
				  GFP_KERNEL);
	return ret < 0 ? ret : 0;
}

static void dxgk_device_remove_cookie(struct dxgk_device *device)
{
	xa_erase_irq(&device->process->global->devices, device->cookie);
}

static int dxgk_device_send_create(struct dxgk_device *device, u32 flags)
{
	const struct dxgk_wire_createdevice_reply *reply;
	struct dxgk_wire_createdevice *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_CREATEDEVICE, sizeof(*request),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->flags = flags;
	request->error_code = device->cookie;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	device->base.handle = reply->device;
	if (!reply->device)
		ret = -EINVAL;
out:
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_device_send_destroy(struct dxgk_device *device)
{
	return dxgk_message_destroy_handle(device->process, device->adapter,
					   DXGK_CMD_DESTROYDEVICE,
					   device->base.handle);
}

int dxgk_ioctl_create_device(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createdevice *args = data;
	struct dxgk_adapter *adapter;
	struct dxgk_device *device;
	u32 handle;
	int ret;

	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	device = dxgk_device_alloc(process, adapter);
	dxgk_adapter_put(adapter);
	if (!device)
		return -ENOMEM;
	dxgk_device_forget_state(device);
	ret = dxgk_device_add_cookie(device);
	if (ret)
		goto err_put;
	ret = dxgk_device_send_create(device, args->flags);
	if (ret)
		goto err_cookie;
	handle = device->base.handle;
	mutex_lock(&process->device_lock);
	ret = dxgk_handle_insert(&process->objects, &device->base);
	if (!ret)
		list_add_tail(&device->node, &process->devices);
	mutex_unlock(&process->device_lock);
	if (ret)
		goto err_destroy;
	/* From here on the device may be gone at any time. */
	args->device.v = handle;
	args->command_buffer = 0;
	args->command_buffer_size = 0;
	args->allocation_list = 0;
	args->allocation_list_size = 0;
	args->patch_location_list = 0;
	args->patch_location_list_size = 0;
	return 0;

err_destroy:
	dxgk_device_send_destroy(device);
err_cookie:
	dxgk_device_remove_cookie(device);
err_put:
	dxgk_device_put(device);
	return ret;
}

/*
 * Objects that the host lets go with the device. Whoever destroys one of them at
 * the same time has it out of the table and waits for our lock.
 */
static void dxgk_device_collect(struct dxgk_device *device,
				struct list_head *contexts,
				struct list_head *queues,
				struct list_head *syncs)
{
	struct dxgk_handle_table *table = &device->process->objects;
	struct dxgk_paging_queue *queue;
	struct dxgk_context *context;
	struct dxgk_sync *sync;

	mutex_lock(&device->lock);
	device->dead = true;
	list_for_each_entry(sync, &device->syncs, node)
		dxgk_handle_remove(table, &sync->base);
	list_splice_init(&device->syncs, syncs);
	list_for_each_entry(context, &device->contexts, node) {
		dxgk_handle_remove(table, &context->base);
		dxgk_context_hide_queues(context);
	}
	list_splice_init(&device->contexts, contexts);
	list_for_each_entry(queue, &device->paging_queues, node) {
		dxgk_handle_remove(table, &queue->base);
		dxgk_handle_remove(table, &queue->fence->base);
	}
	list_splice_init(&device->paging_queues, queues);
	mutex_unlock(&device->lock);
}

static void dxgk_device_forget(struct dxgk_device *device)
{
	struct dxgk_paging_queue *queue, *next_queue;
	struct dxgk_context *context, *next_context;
	struct dxgk_sync *sync, *next_sync;
	LIST_HEAD(contexts);
	LIST_HEAD(queues);
	LIST_HEAD(syncs);

	dxgk_device_collect(device, &contexts, &queues, &syncs);
	list_for_each_entry_safe(sync, next_sync, &syncs, node)
		dxgk_sync_forget(sync);
	list_for_each_entry_safe(context, next_context, &contexts, node)
		dxgk_context_forget(context);
	list_for_each_entry_safe(queue, next_queue, &queues, node)
		dxgk_paging_queue_forget(queue);
}

static void dxgk_device_send_flush(struct dxgk_device *device)
{
	struct dxgk_wire_flushdevice *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_FLUSHDEVICE, sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->device = device->base.handle;
		request->reason = DXGK_FLUSH_DEVICE_TERMINATE;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

static bool dxgk_device_any_pinned(const struct list_head *allocations)
{
	const struct dxgk_allocation *allocation;

	list_for_each_entry(allocation, allocations, node) {
		if (allocation->pinned)
			return true;
	}
	return false;
}

/* Does its work use pages of the caller's, which are taken away from it? */
static bool dxgk_device_uses_pages(struct dxgk_device *device)
{
	struct dxgk_resource *resource;
	bool is_used;

	mutex_lock(&device->lock);
	is_used = dxgk_device_any_pinned(&device->allocations);
	list_for_each_entry(resource, &device->resources, node)
		is_used = is_used ||
			  dxgk_device_any_pinned(&resource->allocations);
	mutex_unlock(&device->lock);
	return is_used;
}

/*
 * The caller has taken it out of the handle table and the process's list. There is
 * no way back: its objects are gone by the time that the host could refuse, who
 * then still has it until the process ends.
 */
static void dxgk_device_destroy(struct dxgk_device *device, bool flush)
{
	int ret;

	/* Work under way would fault, and the device be lost, at its end. */
	if (flush || dxgk_device_uses_pages(device))
		dxgk_device_send_flush(device);
	/* The host ends its waits as if they were over; and here is the value. */
	dxgk_events_call_device(device);
	dxgk_device_forget(device);
	dxgk_allocations_destroy(device);
	dxgk_device_remove_cookie(device);
	ret = dxgk_device_send_destroy(device);
	if (ret >= 0 && dxgk_adapter_is_active(device->adapter))
		dxgk_allocations_confirm(device->process, device);
	dxgk_events_release_device(device);
	dxgk_device_put(device);
}

int dxgk_ioctl_destroy_device(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_destroydevice *args = data;
	struct dxgk_device *device;
	bool is_ours;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	mutex_lock(&process->device_lock);
	is_ours = dxgk_handle_remove(&process->objects, &device->base);
	if (is_ours)
		list_del_init(&device->node);
	mutex_unlock(&process->device_lock);
	if (is_ours)
		dxgk_device_destroy(device, false);
	dxgk_device_put(device);
	return is_ours ? 0 : -EINVAL;
}

void dxgk_devices_destroy(struct dxgk_process *process)
{
	struct dxgk_device *device, *next;
	LIST_HEAD(devices);

	mutex_lock(&process->device_lock);
	list_splice_init(&process->devices, &devices);
	list_for_each_entry(device, &devices, node)
		dxgk_handle_remove(&process->objects, &device->base);
	mutex_unlock(&process->device_lock);
	list_for_each_entry_safe(device, next, &devices, node)
		dxgk_device_destroy(device, true);
}
