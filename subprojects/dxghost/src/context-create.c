/* SPDX-License-Identifier: MIT */
/* Contexts: creation and destruction. */
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "handlers.h"

#define CONTEXT_FLAGS	0x1Fu

/* The structure has three bytes of padding behind the driver data. */
uint32_t dxghost_create_context_virtual_reply(const struct dxghost_call *call)
{
	const struct dxgk_wire_createcontextvirtual *request = call->request;

	if (!dxghost_call_holds(call, sizeof(*request),
				request->priv_drv_data_size, 1))
		return DXGHOST_MALFORMED;
	return call->size;
}

dxghost_status dxghost_create_context_virtual(struct dxghost_call *call)
{
	const struct dxgk_wire_createcontextvirtual *request = call->request;
	struct dxgk_wire_createcontextvirtual *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->device);
	struct dxghost_context *context;

	if (!device || request->flags & ~CONTEXT_FLAGS ||
	    request->node_ordinal >= call->adapter->profile->node_count ||
	    request->engine_affinity > 1)
		return ST_INVALID_PARAMETER;
	if (request->flags & DXGHOST_CONTEXT_HW_QUEUES &&
	    !call->adapter->profile->hw_scheduling)
		return ST_INVALID_PARAMETER;
	if (device->state != DXGHOST_ACTIVE)
		return ST_DEVICE_REMOVED;
	context = calloc(1, sizeof(*context));
	if (!context || !dxghost_object_add(&context->object, DXGHOST_CONTEXT,
					    device->object.space)) {
		free(context);
		return ST_NO_MEMORY;
	}
	list_init(&context->hwqueues);
	list_add_tail(&context->link, &device->contexts);
	context->device = device;
	context->node = request->node_ordinal;
	context->flags = request->flags;
	dxghost_queue_init(&context->queue, device, context->node);
	context->queue.no_timeout =
		device->flags & DXGHOST_DEVICE_NO_TIMEOUT ||
		context->flags & DXGHOST_CONTEXT_NO_TIMEOUT;
	memcpy(reply, request, call->reply_size);
	reply->context = context->object.handle;
	return ST_SUCCESS;
}

void dxghost_context_destroy(struct dxghost_context *context)
{
	struct dxghost *host = context->object.space->process->host;

	dxghost_object_remove(&context->object);
	while (!list_empty(&context->hwqueues))
		dxghost_hwqueue_destroy(list_first(&context->hwqueues,
			struct dxghost_hwqueue, link));
	dxghost_queue_stop(host, &context->queue);
	list_del(&context->link);
	free(context);
}

/* Afterwards nobody else adds queues to the context or takes them from it. */
static void forget_hwqueues(struct dxghost *host,
			    struct dxghost_context *context)
{
	struct dxghost_list *it;

again:
	list_for_each(it, &context->hwqueues) {
		struct dxghost_hwqueue *hwqueue =
			list_entry(it, struct dxghost_hwqueue, link);

		dxghost_object_remove(&hwqueue->object);
		if (!hwqueue->claimed)
			continue;
		dxghost_wait_change(host, DXGHOST_FOREVER);
		goto again;
	}
}

/* Work that is queued may let go a mutex yet; one that is held then forbids it. */
dxghost_status dxghost_destroy_context(struct dxghost_call *call)
{
	const struct dxgk_wire_destroycontext *request = call->request;
	struct dxghost_context *context =
		dxghost_context_find(call, request->context);
	struct dxghost_device *device;
	struct dxghost_list *it;

	if (!context)
		return ST_INVALID_PARAMETER;
	device = context->device;
	dxghost_device_pin(device);
	context->closing = true;
	dxghost_queue_drain(call->host, &context->queue);
	if (device->state == DXGHOST_ACTIVE &&
	    !list_empty(&context->queue.mutexes)) {
		context->closing = false;
		dxghost_device_unpin(device);
		return ST_INVALID_PARAMETER;
	}
	dxghost_object_remove(&context->object);
	forget_hwqueues(call->host, context);
	list_for_each(it, &context->hwqueues)
		dxghost_queue_drain(call->host, &list_entry(it,
			struct dxghost_hwqueue, link)->queue);
	dxghost_context_destroy(context);
	dxghost_device_unpin(device);
	return ST_SUCCESS;
}
