/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Contexts: create one, take one down with its hardware queues. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* The base structure's padding goes along: see wire.h. */
#define DXGK_CREATE_CONTEXT_SIZE(data_size)	(55ull + (data_size))

/* The host destroys the queues with the context; so their pages go first. */
static void dxgk_context_unmap_queues(struct dxgk_context *context)
{
	struct dxgk_hw_queue *queue;

	list_for_each_entry(queue, &context->hw_queues, node)
		dxgk_sync_unmap(queue->fence);
}

static void dxgk_context_forget_queues(struct dxgk_context *context)
{
	struct dxgk_hw_queue *queue, *next;

	list_for_each_entry_safe(queue, next, &context->hw_queues, node) {
		list_del_init(&queue->node);
		dxgk_hw_queue_forget(queue);
	}
}

/* Out of the table and the list already, and so are its queues. */
void dxgk_context_forget(struct dxgk_context *context)
{
	dxgk_context_forget_queues(context);
	dxgk_context_put(context);
}

static void dxgk_context_fill(struct dxgk_wire_createcontextvirtual *request,
			      const struct d3dkmt_createcontextvirtual *args)
{
	request->device = args->device.v;
	request->node_ordinal = args->node_ordinal;
	request->engine_affinity = args->engine_affinity;
	request->flags = args->flags;
	request->client_hint = args->client_hint;
	request->priv_drv_data_size = args->priv_drv_data_size;
}

static int dxgk_context_send_destroy(struct dxgk_context *context, u32 handle)
{
	return dxgk_message_destroy_handle(context->device->process,
					   context->device->adapter,
					   DXGK_CMD_DESTROYCONTEXT, handle);
}

static int dxgk_context_create(struct dxgk_context *context,
			       struct d3dkmt_createcontextvirtual *args)
{
	struct dxgk_wire_createcontextvirtual *request;
	const struct dxgk_wire_createcontextvirtual *reply;
	struct dxgk_device *device = context->device;
	u32 data_size = args->priv_drv_data_size;
	struct dxgk_message message;
	u64 size = DXGK_CREATE_CONTEXT_SIZE(data_size);
	u32 handle;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_CREATECONTEXTVIRTUAL, size, size);
	if (ret)
		goto out;
	message.reply_least = sizeof(*reply) + data_size;
	request = message.request;
	dxgk_context_fill(request, args);
	ret = dxgk_copy_in(request + 1, args->priv_drv_data, data_size);
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	handle = reply->context;
	ret = handle ? 0 : -EINVAL;
	if (ret)
		goto out;
	context->base.handle = handle;
	ret = dxgk_copy_out(args->priv_drv_data, reply + 1, data_size);
	if (!ret)
		ret = dxgk_device_add(device, &context->base, &context->node,
				      &device->contexts);
	if (ret)
		dxgk_context_send_destroy(context, handle);
	else
		args->context.v = handle;
out:
	dxgk_message_end(&message);
	return ret;
}

int dxgk_ioctl_create_context(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createcontextvirtual *args = data;
	struct dxgk_context *context;
	struct dxgk_device *device;
	int ret = -ENOMEM;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	context = dxgk_context_alloc(device);
	if (context) {
		ret = dxgk_context_create(context, args);
		if (ret)
			dxgk_context_put(context);
	}
	dxgk_device_put(device);
	return ret;
}

/*
 * The host refuses while the context holds a mutex: then it goes on, under its
 * handle. Its hardware queues do not: their fences had to be taken from user space
 * before the host was asked, and would not come back to the same address. On the
 * host they go with the context.
 */
static void dxgk_context_restore(struct dxgk_context *context)
{
	struct dxgk_device *device = context->device;

	dxgk_context_forget_queues(context);
	mutex_lock(&device->lock);
	context->dead = false;
	mutex_unlock(&device->lock);
	/* If that is not possible it stays with the host, as long as its device. */
	if (dxgk_device_add(device, &context->base, &context->node,
			    &device->contexts))
		dxgk_context_put(context);
}

static int dxgk_context_destroy(struct dxgk_context *context)
{
	int ret;

	dxgk_context_unmap_queues(context);
	ret = dxgk_context_send_destroy(context, context->base.handle);
	if (ret < 0)
		dxgk_context_restore(context);
	else
		dxgk_context_forget(context);
	return ret;
}

int dxgk_ioctl_destroy_context(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_destroycontext *args = data;
	struct dxgk_context *context;
	struct dxgk_device *device;
	bool is_ours;
	int ret = -EINVAL;

	context = dxgk_context_lookup(process, args->context.v);
	if (!context)
		return -EINVAL;
	device = context->device;
	mutex_lock(&device->lock);
	is_ours = dxgk_handle_remove(&process->objects, &context->base);
	if (is_ours) {
		list_del_init(&context->node);
		dxgk_context_hide_queues(context);
	}
	mutex_unlock(&device->lock);
	if (is_ours)
		ret = dxgk_context_destroy(context);
	dxgk_context_put(context);
	return ret;
}
