/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Objects handed to others: so far, to programs on the host. */

#include <linux/errno.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"

/* Resources and synchronisation objects can be shared. */
static bool dxgk_share_is_object(struct dxgk_process *process, u32 handle)
{
	struct dxgk_resource *resource;
	struct dxgk_sync *sync;

	sync = dxgk_sync_lookup(process, handle);
	if (sync) {
		dxgk_sync_put(sync);
		return true;
	}
	resource = dxgk_resource_lookup(process, handle);
	if (resource)
		dxgk_resource_put(resource);
	return resource;
}

int dxgk_ioctl_share_with_host(struct dxgk_process *process, void *data)
{
	struct d3dkmt_shareobjectwithhost *args = data;
	const struct dxgk_wire_shareobjectwithhost_reply *reply;
	struct dxgk_wire_shareobjectwithhost *request;
	struct dxgk_message message;
	struct dxgk_device *device;
	int ret;

	device = dxgk_device_lookup(process, args->device_handle.v);
	if (!device)
		return -EINVAL;
	dxgk_device_put(device);
	if (!dxgk_share_is_object(process, args->object_handle.v))
		return -EINVAL;
	ret = dxgk_message_init_vm(&message, process->global, process,
				   DXGK_VMCMD_SHAREOBJECTWITHHOST,
				   sizeof(*request), sizeof(*reply));
	if (!ret) {
		request = message.request;
		request->device = args->device_handle.v;
		request->object = args->object_handle.v;
		ret = dxgk_message_send_status(&message);
		reply = message.reply;
		if (ret >= 0)
			args->object_vail_nt_handle = reply->vail_nt_handle;
	}
	dxgk_message_end(&message);
	return ret;
}
