/* SPDX-License-Identifier: MIT */
/* Lets messages fail whose turn it is, as the profile has it. */
#include "device.h"
#include "inject.h"

static bool is_due(const struct dxghost_injection *injection, uint32_t count)
{
	switch (injection->mode) {
	case DXGHOST_INJECT_ONCE:
		return count == injection->nth;
	case DXGHOST_INJECT_FROM:
		return count >= injection->nth;
	default:
		return count % injection->nth == 0;
	}
}

/* Whose work a message is that may come one way; NULL for the others. */
static struct dxghost_queue *queue_of(const struct dxghost_call *call)
{
	const struct dxgk_wire_signalsyncobject *signal = call->request;
	const struct dxgk_wire_submitcommand *submit = call->request;
	const struct dxgk_wire_submitcommandtohwqueue *hw = call->request;
	const struct dxgk_wire_waitforsyncobjectfromgpu *wait = call->request;
	uint64_t at = sizeof(*signal);

	switch (call->number) {
	case DXGK_CMD_SUBMITCOMMAND:
		return dxghost_queue_find(call,
					  submit->args.broadcast_context[0]);
	case DXGK_CMD_SUBMITCOMMANDTOHWQUEUE:
		return dxghost_queue_find(call, hw->args.hwqueue);
	case DXGK_CMD_WAITFORSYNCOBJECTFROMGPU:
		return dxghost_queue_find(call, wait->context_or_hwqueue);
	case DXGK_CMD_SIGNALSYNCOBJECT:
		at += 4ull * signal->object_count;
		return signal->context_count &&
		       dxghost_call_holds(call, at, 1, 4) ?
		       dxghost_queue_find(call, dxghost_tail_u32(
				dxghost_call_tail(call, at), 0)) : NULL;
	default:
		return NULL;
	}
}

dxghost_status dxghost_inject(struct dxghost_call *call)
{
	struct dxghost *host = call->host;
	dxghost_status status = ST_SUCCESS;
	struct dxghost_queue *queue;
	uint32_t i;

	for (i = 0; i < host->profile.injection_count; i++) {
		const struct dxghost_injection *injection =
			&host->profile.injections[i];

		if (injection->command != call->number)
			continue;
		if (is_due(injection, ++host->injected[i]) && !status)
			status = (dxghost_status)injection->status;
	}
	if (!status)
		return ST_SUCCESS;
	queue = queue_of(call);
	return queue ? dxghost_device_refuse(call, queue->device, status) :
		       status;
}
