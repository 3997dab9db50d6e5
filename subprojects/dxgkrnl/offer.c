/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Memory that may be taken away: offer, reclaim; where memory is to be. */

#include <linux/errno.h>
#include <linux/kernel.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* The base structure's padding goes along: see wire.h. */
#define DXGK_RECLAIM_SIZE(count)	(44ull + 4ull * (count))

/* The handles are resources or allocations: exactly one list is given. */
static bool dxgk_offer_list_ok(u32 count, u64 resources, u64 allocations)
{
	return count && count <= DXG_MAKERESIDENT_ALLOC_MAX &&
	       !resources != !allocations;
}

static int dxgk_offer(struct dxgk_device *device,
		      const struct d3dkmt_offerallocations *args)
{
	u32 size = args->allocation_count * sizeof(u32);
	struct dxgk_wire_offerallocations *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_OFFERALLOCATIONS,
				sizeof(*request) + size,
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	request = message.request;
	request->device = args->device.v;
	request->allocation_count = args->allocation_count;
	request->priority = args->priority;
	request->flags = args->flags;
	request->resources = !!args->resources;
	ret = dxgk_copy_in(request + 1, args->resources ? args->resources :
							  args->allocations,
			   size);
	if (!ret)
		ret = dxgk_message_send_status(&message);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_offer(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_offerallocations *args = data;
	struct dxgk_device *device;
	int ret;

	if (!dxgk_offer_list_ok(args->allocation_count, args->resources,
				args->allocations))
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_offer(device, args);
	dxgk_device_put(device);
	return ret;
}

static int dxgk_reclaim(struct dxgk_device *device,
			struct d3dkmt_reclaimallocations2 *args)
{
	u32 size = args->allocation_count * sizeof(u32);
	const struct dxgk_wire_reclaimallocations_reply *reply;
	struct dxgk_wire_reclaimallocations *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_RECLAIMALLOCATIONS,
				DXGK_RECLAIM_SIZE(args->allocation_count),
				sizeof(*reply) + (args->results ? size :
								  sizeof(u32)));
	if (ret)
		goto out;
	/* A refusal has no results. */
	message.reply_least = sizeof(*reply);
	request = message.request;
	request->device = device->base.handle;
	request->paging_queue = args->paging_queue.v;
	request->allocation_count = args->allocation_count;
	request->resources = !!args->resources;
	request->write_results = !!args->results;
	ret = dxgk_copy_in(request + 1, args->resources ? args->resources :
							  args->allocations,
			   size);
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret < 0)
		goto out;
	args->paging_fence_value = reply->paging_fence_value;
	if (!args->results)
		goto out;
	if (message.received < sizeof(*reply) + size)
		ret = -EOVERFLOW;
	else if (dxgk_copy_out(args->results, reply + 1, size))
		ret = -EFAULT;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_reclaim(struct dxgk_process *process, void *data)
{
	struct d3dkmt_reclaimallocations2 *args = data;
	struct dxgk_paging_queue *queue;
	int ret;

	if (!dxgk_offer_list_ok(args->allocation_count, args->resources,
				args->allocations))
		return -EINVAL;
	queue = dxgk_paging_queue_lookup(process, args->paging_queue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_reclaim(queue->device, args);
	dxgk_paging_queue_put(queue);
	return ret;
}

int dxgk_ioctl_update_property(struct dxgk_process *process, void *data)
{
	struct d3dddi_updateallocproperty *args = data;
	const struct dxgk_wire_updateallocationproperty_reply *reply;
	struct dxgk_wire_updateallocationproperty *request;
	struct dxgk_paging_queue *queue;
	struct dxgk_message message;
	int ret;

	queue = dxgk_paging_queue_lookup(process, args->paging_queue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, queue->device->adapter,
				DXGK_CMD_UPDATEALLOCATIONPROPERTY,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.paging_queue = args->paging_queue.v;
	request->args.allocation = args->allocation.v;
	request->args.supported_segment_set = args->supported_segment_set;
	request->args.preferred_segment = args->preferred_segment;
	request->args.flags = args->flags;
	request->args.property_mask = args->property_mask_value;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret == DXGK_STATUS_PENDING)
		args->paging_fence_value = reply->paging_fence_value;
out:
	dxgk_message_end(&message);
	dxgk_paging_queue_put(queue);
	return ret;
}
