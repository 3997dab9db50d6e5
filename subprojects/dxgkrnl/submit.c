/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Command buffers on their way to a context or a hardware queue. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

static int dxgk_submit_check(const struct d3dkmt_submitcommand *args)
{
	if (!args->broadcast_context_count ||
	    args->broadcast_context_count > DXG_MAX_BROADCAST_CONTEXT ||
	    args->priv_drv_data_size > DXG_MAX_HOST_MESSAGE ||
	    args->num_history_buffers > DXG_MAX_HISTORY_BUFFERS ||
	    args->num_primaries > DXG_MAX_WRITTEN_PRIMARIES)
		return -EINVAL;
	return 0;
}

/* The others of a broadcast are the caller's too, and on the same adapter. */
static int dxgk_submit_check_contexts(struct dxgk_process *process,
				      const struct d3dkmt_submitcommand *args,
				      const struct dxgk_adapter *adapter)
{
	struct dxgk_context *context;
	int ret = 0;
	u32 i;

	for (i = 1; !ret && i < args->broadcast_context_count; i++) {
		context = dxgk_context_lookup(process,
					      args->broadcast_context[i].v);
		if (!context || context->device->adapter != adapter)
			ret = -EINVAL;
		if (context)
			dxgk_context_put(context);
	}
	return ret;
}

static int dxgk_submit_fill(struct dxgk_wire_submitcommand *request,
			    const struct d3dkmt_submitcommand *args)
{
	u8 *tail = (u8 *)(request + 1);
	u32 history = args->num_history_buffers * sizeof(u32);
	int ret;

	static_assert(sizeof(request->args) == sizeof(*args));
	memcpy(&request->args, args, sizeof(*args));
	request->args.reserved = 0;
	request->args.priv_drv_data = 0;
	request->args.reserved1 = 0;
	request->args.history_buffer_array = 0;
	ret = dxgk_copy_in(tail, args->history_buffer_array, history);
	if (!ret)
		ret = dxgk_copy_in(tail + history, args->priv_drv_data,
				   args->priv_drv_data_size);
	return ret;
}

static int dxgk_submit(struct dxgk_process *process,
		       struct dxgk_adapter *adapter,
		       const struct d3dkmt_submitcommand *args)
{
	struct dxgk_wire_submitcommand *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_SUBMITCOMMAND,
				sizeof(*request) + args->priv_drv_data_size +
				args->num_history_buffers * sizeof(u32),
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	request = message.request;
	ret = dxgk_submit_fill(request, args);
	if (!ret)
		ret = dxgk_message_post(&message);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_submit(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_submitcommand *args = data;
	struct dxgk_adapter *adapter;
	struct dxgk_context *context;
	int ret;

	ret = dxgk_submit_check(args);
	if (ret)
		return ret;
	context = dxgk_context_lookup(process, args->broadcast_context[0].v);
	if (!context)
		return -EINVAL;
	adapter = context->device->adapter;
	ret = dxgk_submit_check_contexts(process, args, adapter);
	if (!ret)
		ret = dxgk_submit(process, adapter, args);
	dxgk_context_put(context);
	return ret;
}

static int dxgk_submit_to_hw_queue(struct dxgk_device *device,
				   const struct d3dkmt_submitcommandtohwqueue *args)
{
	u32 primaries = args->num_primaries * sizeof(u32);
	struct dxgk_wire_submitcommandtohwqueue *request;
	struct dxgk_message message;
	u8 *tail;
	int ret;

	static_assert(sizeof(request->args) == sizeof(*args));
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_SUBMITCOMMANDTOHWQUEUE,
				sizeof(*request) + primaries +
				args->priv_drv_data_size,
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		goto out;
	request = message.request;
	memcpy(&request->args, args, sizeof(*args));
	request->args.reserved = 0;
	request->args.priv_drv_data = 0;
	request->args.reserved1 = 0;
	request->args.written_primaries = 0;
	tail = (u8 *)(request + 1);
	ret = dxgk_copy_in(tail, args->written_primaries, primaries);
	if (!ret)
		ret = dxgk_copy_in(tail + primaries, args->priv_drv_data,
				   args->priv_drv_data_size);
	if (!ret)
		ret = dxgk_message_post(&message);
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_submit_to_hw_queue(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_submitcommandtohwqueue *args = data;
	struct dxgk_hw_queue *queue;
	int ret;

	if (args->priv_drv_data_size > DXG_MAX_HOST_MESSAGE ||
	    args->num_primaries > DXG_MAX_WRITTEN_PRIMARIES)
		return -EINVAL;
	queue = dxgk_hw_queue_lookup(process, args->hwqueue.v);
	if (!queue)
		return -EINVAL;
	ret = dxgk_submit_to_hw_queue(queue->context->device, args);
	dxgk_hw_queue_put(queue);
	return ret;
}
