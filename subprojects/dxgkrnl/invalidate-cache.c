/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CPU caches: invalidate a range, flush what is in transition. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

int dxgk_ioctl_invalidate_cache(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_invalidatecache *args = data;
	struct dxgk_wire_invalidatecache *request;
	struct dxgk_message message;
	struct dxgk_device *device;
	int ret;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, device->adapter,
				DXGK_CMD_INVALIDATECACHE, sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->device = args->device.v;
		request->allocation = args->allocation.v;
		request->offset = args->offset;
		request->length = args->length;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	dxgk_device_put(device);
	return ret;
}

int dxgk_ioctl_flush_heap(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_flushheaptransitions *args = data;
	struct dxgk_message message;
	struct dxgk_adapter *adapter;
	int ret;

	adapter = dxgk_adapter_lookup(process, args->adapter.v);
	if (!adapter)
		return -EINVAL;
	ret = dxgk_message_init(&message, process, adapter,
				DXGK_CMD_FLUSHHEAPTRANSITIONS,
				sizeof(struct dxgk_wire_flushheaptransitions),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret)
		ret = dxgk_message_send_status(&message);
	dxgk_message_end(&message);
	dxgk_adapter_put(adapter);
	return ret;
}
