/* SPDX-License-Identifier: MIT */
/* Contexts: finding them and their queues; priorities. */
#include "device.h"
#include "handlers.h"

#define PRIORITY_MAX	7

struct dxghost_context *dxghost_context_find(const struct dxghost_call *call,
					     uint32_t handle)
{
	struct dxghost_context *context =
		dxghost_object_find(call, handle, DXGHOST_CONTEXT);

	return context && !context->closing ? context : NULL;
}

struct dxghost_queue *dxghost_queue_find(const struct dxghost_call *call,
					 uint32_t handle)
{
	struct dxghost_context *context = dxghost_context_find(call, handle);
	struct dxghost_hwqueue *hwqueue;

	if (context)
		return &context->queue;
	hwqueue = dxghost_object_find(call, handle, DXGHOST_HWQUEUE);
	return hwqueue ? &hwqueue->queue : NULL;
}

dxghost_status dxghost_set_context_priority(struct dxghost_call *call)
{
	const struct dxgk_wire_setcontextschedulingpriority *request =
		call->request;
	struct dxghost_context *context =
		dxghost_context_find(call, request->context);
	int32_t priority = (int32_t)request->priority;

	if (!context)
		return ST_INVALID_PARAMETER;
	if (request->in_process) {
		if (priority < 0 || priority > 1)
			return ST_INVALID_PARAMETER;
		context->queue.in_process_priority = priority;
		return ST_SUCCESS;
	}
	if (priority < -PRIORITY_MAX || priority > PRIORITY_MAX)
		return ST_INVALID_PARAMETER;
	context->queue.priority = priority;
	return ST_SUCCESS;
}

dxghost_status dxghost_get_context_priority(struct dxghost_call *call)
{
	const struct dxgk_wire_getcontextschedulingpriority *request =
		call->request;
	struct dxgk_wire_getcontextschedulingpriority_reply *reply =
		call->reply;
	struct dxghost_context *context =
		dxghost_context_find(call, request->context);

	if (!context)
		return ST_INVALID_PARAMETER;
	reply->priority = (uint32_t)(request->in_process ?
		context->queue.in_process_priority : context->queue.priority);
	return ST_SUCCESS;
}
