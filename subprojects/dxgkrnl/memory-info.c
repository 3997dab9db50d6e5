/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Video memory budgets and reservations of the calling process. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

int dxgk_ioctl_memory_info(struct dxgk_process *process, void *data)
{
	struct d3dkmt_queryvideomemoryinfo *args = data;
	const struct dxgk_wire_queryvideomemoryinfo_reply *reply;
	struct dxgk_wire_queryvideomemoryinfo *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	/* Handles of processes do not exist here. */
	if (args->process)
		return -EINVAL;
	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_QUERYVIDEOMEMORYINFO,
				sizeof(*request), sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->adapter = adapter->host_handle;
	request->memory_segment_group = args->memory_segment_group;
	request->physical_adapter_index = args->physical_adapter_index;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	args->budget = reply->budget;
	args->current_usage = reply->current_usage;
	args->current_reservation = reply->current_reservation;
	args->available_for_reservation = reply->available_for_reservation;
out:
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}

/* The host takes the adapter from where the message comes: it is sent as 0. */
int dxgk_ioctl_change_reservation(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_changevideomemoryreservation *args = data;
	struct dxgk_wire_changevideomemoryreservation *request;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	if (args->process)
		return -EINVAL;
	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION,
				sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->args.memory_segment_group =
			args->memory_segment_group;
		request->args.reservation = args->reservation;
		request->args.physical_adapter_index =
			args->physical_adapter_index;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}
