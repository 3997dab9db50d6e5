/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What is to be in the GPU's memory: make resident, evict, ask. */

#include <linux/errno.h>
#include <linux/kernel.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* The base structures' padding goes along: see wire.h. */
#define DXGK_MAKE_RESIDENT_SIZE(count)	(44ull + 4ull * (count))

static bool dxgk_residency_count_ok(u32 count)
{
	return count && count <= DXG_MAKERESIDENT_ALLOC_MAX;
}

static int dxgk_make_resident(struct dxgk_device *device,
			      struct d3dddi_makeresident *args)
{
	const struct dxgk_wire_makeresident_reply *reply;
	struct dxgk_wire_makeresident *request;
	u32 count = args->alloc_count;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_MAKERESIDENT,
				DXGK_MAKE_RESIDENT_SIZE(count),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->paging_queue = args->paging_queue.v;
	request->flags = args->flags;
	request->alloc_count = count;
	ret = dxgk_copy_in(request + 1, args->allocation_list,
			   count * sizeof(u32));
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret == 0 || ret == DXGK_STATUS_PENDING) {
		args->paging_fence_value = reply->paging_fence_value;
		args->num_bytes_to_trim = reply->num_bytes_to_trim;
	} else if (ret == -ENOMEM) {
		/* Nothing is resident; this much has to go first. */
		args->alloc_count = 0;
		args->num_bytes_to_trim = reply->num_bytes_to_trim;
	}
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_make_resident(struct dxgk_process *process, void *data)
{
	struct d3dddi_makeresident *args = data;
	struct dxgk_paging_queue *queue;
	int ret;

	if (!dxgk_residency_count_ok(args->alloc_count))
		return -EINVAL;
	queue = dxgk_paging_queue_lookup(process, args->paging_queue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_make_resident(queue->device, args);
	dxgk_paging_queue_put(queue);
	return ret;
}

static int dxgk_evict(struct dxgk_device *device, struct d3dkmt_evict *args)
{
	const struct dxgk_wire_evict_reply *reply;
	struct dxgk_wire_evict *request;
	u32 count = args->alloc_count;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_EVICT,
				sizeof(*request) + count * sizeof(u32),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->device = args->device.v;
	request->flags = args->flags;
	request->alloc_count = count;
	ret = dxgk_copy_in(request + 1, args->allocations,
			   count * sizeof(u32));
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	args->num_bytes_to_trim = reply->num_bytes_to_trim;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_evict(struct dxgk_process *process, void *data)
{
	struct d3dkmt_evict *args = data;
	struct dxgk_device *device;
	int ret;

	if (!dxgk_residency_count_ok(args->alloc_count))
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_evict(device, args);
	dxgk_device_put(device);
	return ret;
}

static int dxgk_query_residency(struct dxgk_device *device,
				const struct d3dkmt_queryallocationresidency *args)
{
	const u32 *statuses;
	struct dxgk_wire_queryallocationresidency *request;
	u32 count = args->allocation_count;
	size_t answer = max(count, 1u) * sizeof(u32);
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_QUERYALLOCATIONRESIDENCY,
				sizeof(*request) + count * sizeof(u32),
				sizeof(struct dxgk_wire_status_reply) + answer);
	if (ret)
		goto out;
	request = message.request;
	request->args.device = args->device.v;
	request->args.resource = args->resource.v;
	request->args.allocation_count = count;
	ret = dxgk_copy_in(request + 1, args->allocations,
			   count * sizeof(u32));
	if (ret)
		goto out;
	ret = dxgk_message_send_status(&message);
	if (ret < 0)
		goto out;
	statuses = (const u32 *)message.reply + 1;
	if (dxgk_copy_out(args->residency_status, statuses, answer))
		ret = -EFAULT;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_query_residency(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_queryallocationresidency *args = data;
	struct dxgk_device *device;
	int ret;

	/* A resource or a list, and not both. */
	if (args->allocation_count > DXG_MAKERESIDENT_ALLOC_MAX ||
	    !args->allocation_count == !args->resource.v)
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_query_residency(device, args);
	dxgk_device_put(device);
	return ret;
}
