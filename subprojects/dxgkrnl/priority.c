/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Priorities of contexts and of allocations. */

#include <linux/errno.h>
#include <linux/kernel.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* With a priority each they still fit into a message. */
#define DXGK_PRIORITY_MAX	16000u

static int dxgk_priority_set(struct dxgk_process *process, u32 handle,
			     s32 priority, bool in_process)
{
	struct dxgk_wire_setcontextschedulingpriority *request;
	struct dxgk_message message;
	struct dxgk_context *context;
	int ret;

	context = dxgk_context_lookup(process, handle);
	if (!context)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, context->device->adapter,
				DXGK_CMD_SETCONTEXTSCHEDULINGPRIORITY,
				sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->context = handle;
		request->priority = priority;
		request->in_process = in_process;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	dxgk_context_put(context);
	return ret;
}

static int dxgk_priority_get(struct dxgk_process *process, u32 handle,
			     bool in_process, s32 *ret_priority)
{
	const struct dxgk_wire_getcontextschedulingpriority_reply *reply;
	struct dxgk_wire_getcontextschedulingpriority *request;
	struct dxgk_message message;
	struct dxgk_context *context;
	int ret;

	context = dxgk_context_lookup(process, handle);
	if (!context)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, context->device->adapter,
				DXGK_CMD_GETCONTEXTSCHEDULINGPRIORITY,
				sizeof(*request), sizeof(*reply));
	if (!ret) {
		request = message.request;
		request->context = handle;
		request->in_process = in_process;
		ret = dxgk_message_send_status(&message);
		reply = message.reply;
		if (ret >= 0)
			*ret_priority = reply->priority;
	}
	dxgk_message_end(&message);
	dxgk_context_put(context);
	return ret;
}

int dxgk_ioctl_set_context_priority(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_setcontextschedulingpriority *args = data;

	return dxgk_priority_set(process, args->context.v, args->priority,
				 false);
}

int dxgk_ioctl_set_in_process_priority(struct dxgk_process *process,
				       void *data)
{
	const struct d3dkmt_setcontextinprocessschedulingpriority *args = data;

	return dxgk_priority_set(process, args->context.v, args->priority,
				 true);
}

int dxgk_ioctl_get_context_priority(struct dxgk_process *process, void *data)
{
	struct d3dkmt_getcontextschedulingpriority *args = data;

	return dxgk_priority_get(process, args->context.v, false,
				 &args->priority);
}

int dxgk_ioctl_get_in_process_priority(struct dxgk_process *process,
				       void *data)
{
	struct d3dkmt_getcontextinprocessschedulingpriority *args = data;

	return dxgk_priority_get(process, args->context.v, true,
				 &args->priority);
}

/* A resource or a list, and not both. */
static bool dxgk_priority_target_ok(u32 resource, u32 count)
{
	return count <= DXGK_PRIORITY_MAX && !count != !resource;
}

static int
dxgk_priority_set_allocations(struct dxgk_device *device,
			      const struct d3dkmt_setallocationpriority *args)
{
	struct dxgk_wire_setallocationpriority *request;
	u32 handles = args->allocation_count * sizeof(u32);
	u32 priorities = max(args->allocation_count, 1u) * sizeof(u32);
	struct dxgk_message message;
	u8 *tail;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_SETALLOCATIONPRIORITY,
				sizeof(*request) + handles + priorities,
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	request = message.request;
	request->device = args->device.v;
	request->resource = args->resource.v;
	request->allocation_count = args->allocation_count;
	tail = (u8 *)(request + 1);
	ret = dxgk_copy_in(tail, args->allocation_list, handles);
	if (!ret)
		ret = dxgk_copy_in(tail + handles, args->priorities,
				   priorities);
	if (!ret)
		ret = dxgk_message_send_status(&message);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_set_allocation_priority(struct dxgk_process *process,
				       void *data)
{
	const struct d3dkmt_setallocationpriority *args = data;
	struct dxgk_device *device;
	int ret;

	if (!dxgk_priority_target_ok(args->resource.v, args->allocation_count))
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_priority_set_allocations(device, args);
	dxgk_device_put(device);
	return ret;
}

static int
dxgk_priority_get_allocations(struct dxgk_device *device,
			      const struct d3dkmt_getallocationpriority *args)
{
	struct dxgk_wire_getallocationpriority *request;
	u32 handles = args->allocation_count * sizeof(u32);
	u32 priorities = max(args->allocation_count, 1u) * sizeof(u32);
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_GETALLOCATIONPRIORITY,
				sizeof(*request) + handles,
				sizeof(struct dxgk_wire_status_reply) +
				priorities);
	if (ret)
		goto out;
	request = message.request;
	request->device = args->device.v;
	request->resource = args->resource.v;
	request->allocation_count = args->allocation_count;
	ret = dxgk_copy_in(request + 1, args->allocation_list, handles);
	if (!ret)
		ret = dxgk_message_send_status(&message);
	if (ret < 0)
		goto out;
	if (dxgk_copy_out(args->priorities, (const u32 *)message.reply + 1,
			  priorities))
		ret = -EFAULT;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_get_allocation_priority(struct dxgk_process *process,
				       void *data)
{
	const struct d3dkmt_getallocationpriority *args = data;
	struct dxgk_device *device;
	int ret;

	if (!dxgk_priority_target_ok(args->resource.v, args->allocation_count))
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_priority_get_allocations(device, args);
	dxgk_device_put(device);
	return ret;
}
