/* SPDX-License-Identifier: MIT */
/* What a device tells of itself, and declaring it lost. */
#include "device.h"
#include "handlers.h"
#include "vsync.h"

#define STATE_EXECUTION		1u
#define STATE_PRESENT		2u
#define STATE_RESET		3u
#define STATE_PRESENT_DWM	4u
#define STATE_PAGE_FAULT	5u
#define STATE_PRESENT_QUEUE	6u

#define REASON_GENERIC		0x80000000u
#define REASON_DRIVER_ERROR	0x80000006u

/* Of what this GPU does not have. */
#define UNKNOWN_DRAW		UINT64_MAX
#define UNKNOWN_ENTRY		UINT32_MAX

/* The performance counter of a Windows host ticks at 10 MHz. */
#define CPU_TICK_NS		100u

static void put_fault(const struct dxghost_device *device,
		      struct dxgk_wire_getdevicestate_reply *reply)
{
	const struct dxghost_fault *fault = &device->fault;

	if (!fault->happened)
		return;
	reply->args.state.page_fault_state
		.faulted_primitive_api_sequence_number = UNKNOWN_DRAW;
	reply->args.state.page_fault_state.faulted_bind_table_entry =
		UNKNOWN_ENTRY;
	reply->args.state.page_fault_state.page_fault_flags = fault->flags;
	reply->args.state.page_fault_state.fault_error_code = fault->code;
	reply->args.state.page_fault_state.faulted_virtual_address =
		fault->address;
}

/* Nothing is ever presented; but a display refreshes all the same. */
static dxghost_status put_present(const struct dxghost_call *call, uint32_t source,
				  struct dxgk_wire_getdevicestate_reply *reply)
{
	uint64_t clock;

	reply->args.state.present_state.vidpn_source_id = source;
	if (!call->adapter->vsync)
		return ST_SUCCESS;
	if (source != DXGHOST_VIDPN_TARGET)
		return ST_INVALID_PARAMETER;
	reply->args.state.present_state.sync_refresh_count =
		(uint32_t)dxghost_vsync_count(call->adapter, &clock);
	reply->args.state.present_state.sync_qpc_time = clock / CPU_TICK_NS;
	reply->args.state.present_state.sync_gpu_time = clock;
	return ST_SUCCESS;
}

static dxghost_status put_dwm(const struct dxghost_call *call, uint32_t source,
			      struct dxgk_wire_getdevicestate_reply *reply)
{
	uint64_t clock;

	reply->args.state.present_state_dwm.vidpn_source_id = source;
	if (!call->adapter->vsync)
		return ST_SUCCESS;
	if (source != DXGHOST_VIDPN_TARGET)
		return ST_INVALID_PARAMETER;
	reply->args.state.present_state_dwm.sync_refresh_count =
		(uint32_t)dxghost_vsync_count(call->adapter, &clock);
	reply->args.state.present_state_dwm.sync_qpc_time = clock / CPU_TICK_NS;
	return ST_SUCCESS;
}

dxghost_status dxghost_get_device_state(struct dxghost_call *call)
{
	const struct dxgk_wire_getdevicestate *request = call->request;
	struct dxgk_wire_getdevicestate_reply *reply = call->reply;
	struct dxghost_device *device =
		dxghost_device_find(call, request->args.device);

	if (!device)
		return ST_INVALID_PARAMETER;
	reply->args.device = request->args.device;
	reply->args.state_type = request->args.state_type;
	switch (request->args.state_type) {
	case STATE_EXECUTION:
		reply->args.state.execution_state = device->state;
		return ST_SUCCESS;
	case STATE_PAGE_FAULT:
		put_fault(device, reply);
		return ST_SUCCESS;
	case STATE_RESET:
		/* The desktop is not switched: there is none. */
		return ST_SUCCESS;
	case STATE_PRESENT_QUEUE:
		reply->args.state.present_queue_state.vidpn_source_id =
			request->args.state.present_queue_state.vidpn_source_id;
		return ST_SUCCESS;
	case STATE_PRESENT:
		return put_present(call, request->args.state.present_state
						 .vidpn_source_id, reply);
	case STATE_PRESENT_DWM:
		return put_dwm(call, request->args.state.present_state_dwm
					     .vidpn_source_id, reply);
	default:
		return ST_INVALID_PARAMETER;
	}
}

dxghost_status dxghost_mark_device_as_error(struct dxghost_call *call)
{
	const struct dxgk_wire_markdeviceaserror *request = call->request;
	struct dxghost_device *device =
		dxghost_device_find(call, request->args.device);

	if (!device || (request->args.reason != REASON_GENERIC &&
			request->args.reason != REASON_DRIVER_ERROR))
		return ST_INVALID_PARAMETER;
	dxghost_device_lose(device, DXGHOST_RESET);
	return ST_SUCCESS;
}
