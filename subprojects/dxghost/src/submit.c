/* SPDX-License-Identifier: MIT */
/* Submission of command buffers to contexts and hardware queues. */
#include <string.h>

#include "device.h"
#include "dxghost/gpu.h"
#include "handlers.h"

#define SUBMIT_NULL_RENDERING	(1u << 0)
#define MAX_BROADCAST		64u
#define MAX_PRIMARIES		16u
#define MAX_HISTORY		1024u

static bool all_allocations(const struct dxghost_call *call, const void *list,
			    uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count; i++)
		if (!dxghost_object_find(call, dxghost_tail_u32(list, i),
					 DXGHOST_ALLOCATION))
			return false;
	return true;
}

static dxghost_status
check_contexts(const struct dxghost_call *call,
	       const struct dxgk_wire_submitcommand *request,
	       struct dxghost_context **contexts)
{
	uint32_t i;

	for (i = 0; i < request->args.broadcast_context_count; i++) {
		contexts[i] = dxghost_context_find(call,
					request->args.broadcast_context[i]);
		if (!contexts[i] || contexts[i]->flags &
		    (DXGHOST_CONTEXT_SYNC_ONLY | DXGHOST_CONTEXT_HW_QUEUES))
			return ST_INVALID_PARAMETER;
		if (contexts[i]->device->state != DXGHOST_ACTIVE)
			return ST_GPU_EXCEPTION_ON_DEVICE;
	}
	return ST_SUCCESS;
}

static bool submit_fits(const struct dxghost_call *call,
			const struct dxgk_wire_submitcommand *request)
{
	uint32_t history = request->args.num_history_buffers;

	return request->args.num_primaries <= MAX_PRIMARIES &&
	       history <= MAX_HISTORY &&
	       dxghost_call_holds(call, sizeof(*request), history, 4) &&
	       dxghost_call_holds(call, sizeof(*request) + 4ull * history,
				  request->args.priv_drv_data_size, 1) &&
	       all_allocations(call, request->args.written_primaries,
			       request->args.num_primaries) &&
	       all_allocations(call, dxghost_call_tail(call, sizeof(*request)),
			       history);
}

/* What the private data, @size bytes at @at of the message, have for the GPU. */
static dxghost_status read_data(const struct dxghost_call *call, uint64_t at,
				uint32_t size,
				struct dxghost_submission_data *data)
{
	if (size < sizeof(*data))
		return ST_SUCCESS;
	memcpy(data, dxghost_call_tail(call, at), sizeof(*data));
	if (data->magic != DXGHOST_SUBMISSION_MAGIC) {
		data->address = 0;
		return ST_SUCCESS;
	}
	if (data->version != DXGHOST_SUBMISSION_VERSION || !data->address ||
	    data->address % sizeof(data->value))
		return ST_INVALID_PARAMETER;
	return ST_SUCCESS;
}

static void count_submission(struct dxghost_queue *queue, uint32_t node)
{
	struct dxghost_space *space = queue->device->object.space;

	space->nodes[node].submitted++;
	space->adapter->nodes[node].submitted++;
}

dxghost_status dxghost_submit_command(struct dxghost_call *call)
{
	const struct dxgk_wire_submitcommand *request = call->request;
	struct dxghost_submission_data data = { .address = 0 };
	struct dxghost_context *contexts[MAX_BROADCAST];
	struct dxghost_work *works[MAX_BROADCAST];
	struct dxghost_context *first;
	dxghost_status status;
	uint32_t i, n = request->args.broadcast_context_count;

	if (!n || n > MAX_BROADCAST)
		return ST_INVALID_PARAMETER;
	first = dxghost_context_find(call, request->args.broadcast_context[0]);
	if (!first)
		return ST_INVALID_PARAMETER;
	status = check_contexts(call, request, contexts);
	if (!status && !submit_fits(call, request))
		status = ST_INVALID_PARAMETER;
	if (!status)
		status = read_data(call, sizeof(*request) +
				   4ull * request->args.num_history_buffers,
				   request->args.priv_drv_data_size, &data);
	if (status)
		return dxghost_device_refuse(call, first->device, status);
	for (i = 0; i < n; i++) {
		works[i] = dxghost_work_create(DXGHOST_WORK_BUFFER);
		if (works[i])
			continue;
		while (i--)
			dxghost_work_free(works[i]);
		return dxghost_device_refuse(call, first->device, ST_NO_MEMORY);
	}
	for (i = 0; i < n; i++) {
		works[i]->u.buffer.address = request->args.command_buffer;
		works[i]->u.buffer.length = request->args.command_length;
		works[i]->u.buffer.null =
			request->args.flags & SUBMIT_NULL_RENDERING ||
			contexts[i]->flags & DXGHOST_CONTEXT_NULL_RENDERING;
		works[i]->u.buffer.end_address = data.address;
		works[i]->u.buffer.end_value = data.value;
		count_submission(&contexts[i]->queue, contexts[i]->node);
		dxghost_queue_push(&contexts[i]->queue, works[i]);
	}
	return ST_SUCCESS;
}

static bool hw_submit_fits(const struct dxghost_call *call,
			   const struct dxgk_wire_submitcommandtohwqueue *request)
{
	uint32_t primaries = request->args.num_primaries;

	return primaries <= MAX_PRIMARIES &&
	       dxghost_call_holds(call, sizeof(*request), primaries, 4) &&
	       dxghost_call_holds(call, sizeof(*request) + 4ull * primaries,
				  request->args.priv_drv_data_size, 1) &&
	       all_allocations(call, dxghost_call_tail(call, sizeof(*request)),
			       primaries);
}

dxghost_status dxghost_submit_command_to_hwqueue(struct dxghost_call *call)
{
	const struct dxgk_wire_submitcommandtohwqueue *request = call->request;
	struct dxghost_hwqueue *hwqueue =
		dxghost_object_find(call, request->args.hwqueue,
				    DXGHOST_HWQUEUE);
	struct dxghost_submission_data data = { .address = 0 };
	struct dxghost_device *device;
	struct dxghost_queue *queue;
	struct dxghost_work *work;

	if (!hwqueue)
		return ST_INVALID_PARAMETER;
	queue = &hwqueue->queue;
	device = queue->device;
	if (device->state != DXGHOST_ACTIVE)
		return ST_GPU_EXCEPTION_ON_DEVICE;
	if (hwqueue->context->flags & DXGHOST_CONTEXT_SYNC_ONLY ||
	    request->args.hwqueue_progress_fence_id <= queue->last_progress ||
	    !hw_submit_fits(call, request) ||
	    read_data(call, sizeof(*request) + 4ull * request->args.num_primaries,
		      request->args.priv_drv_data_size, &data))
		return dxghost_device_refuse(call, device, ST_INVALID_PARAMETER);
	work = dxghost_work_create(DXGHOST_WORK_BUFFER);
	if (!work)
		return dxghost_device_refuse(call, device, ST_NO_MEMORY);
	queue->last_progress = request->args.hwqueue_progress_fence_id;
	work->u.buffer.address = request->args.command_buffer;
	work->u.buffer.length = request->args.command_length;
	work->u.buffer.null =
		hwqueue->context->flags & DXGHOST_CONTEXT_NULL_RENDERING;
	work->u.buffer.has_progress = true;
	work->u.buffer.progress = queue->last_progress;
	work->u.buffer.end_address = data.address;
	work->u.buffer.end_value = data.value;
	count_submission(queue, hwqueue->context->node);
	dxghost_queue_push(queue, work);
	return ST_SUCCESS;
}
