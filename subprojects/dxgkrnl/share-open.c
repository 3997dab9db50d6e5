/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Opening what descriptors stand for: synchronisation objects, resources. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/string.h>

#include "allocation.h"
#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "share.h"

/* Where its kind and its adapter are as wanted: a descriptor of @device's. */
static struct file *dxgk_open_fget(u64 nt_handle, struct dxgk_device *device,
				   bool is_resource,
				   struct dxgk_shared **ret_shared)
{
	struct file *file = dxgk_shared_fget(nt_handle, ret_shared);

	if (IS_ERR(file))
		return file;
	if (!dxgk_adapter_is_active(device->adapter)) {
		fput(file);
		return ERR_PTR(-ENODEV);
	}
	if (is_resource != !(*ret_shared)->type ||
	    (*ret_shared)->adapter != device->adapter) {
		fput(file);
		return ERR_PTR(-EINVAL);
	}
	return file;
}

/* The handle comes before the status, so this is no status reply. */
static int dxgk_open_sync_send(struct dxgk_sync *sync,
			       const struct dxgk_device *device,
			       u32 engine_affinity,
			       struct dxgk_wire_opensyncobject_reply *ret_reply)
{
	struct dxgk_wire_opensyncobject *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init_vm(&message, sync->process->global,
				   sync->process, DXGK_VMCMD_OPENSYNCOBJECT,
				   sizeof(*request), sizeof(*ret_reply));
	if (ret)
		goto out;
	message.reply_least = offsetofend(struct dxgk_wire_opensyncobject_reply,
					  status);
	request = message.request;
	request->device = device->base.handle;
	request->global_sync_object = sync->shared->global_handle;
	request->engine_affinity = engine_affinity;
	request->flags = sync->flags;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	memcpy(ret_reply, message.reply, sizeof(*ret_reply));
	ret = dxgk_status_to_errno(ret_reply->status);
	if (ret < 0)
		goto out;
	ret = 0;
	if (!ret_reply->sync_object)
		ret = -EINVAL;
	sync->base.handle = ret_reply->sync_object;
out:
	dxgk_message_end(&message);
	return dxgk_adapter_result(device->adapter, ret);
}

static int dxgk_open_sync(struct dxgk_sync *sync, struct dxgk_device *device,
			  struct d3dkmt_opensyncobjectfromnthandle2 *args)
{
	bool is_fence = dxgk_sync_is_fence(sync);
	struct dxgk_wire_opensyncobject_reply reply;
	u32 engines = is_fence ? args->monitored_fence.engine_affinity : 0;
	int ret;

	ret = dxgk_open_sync_send(sync, device, engines, &reply);
	if (ret)
		return ret;
	if (is_fence)
		ret = dxgk_sync_map(sync, reply.guest_cpu_physical_address, 0);
	if (ret) {
		dxgk_sync_send_destroy(sync, reply.sync_object);
		return ret;
	}
	args->sync_object.v = reply.sync_object;
	if (is_fence) {
		args->monitored_fence.fence_value_cpu_va =
			dxgk_sync_user_address(sync);
		args->monitored_fence.fence_value_gpu_va =
			reply.gpu_virtual_address;
	}
	return dxgk_sync_publish(sync);
}

static struct dxgk_sync *dxgk_open_sync_alloc(struct dxgk_shared *shared,
					      struct dxgk_device *device,
					      u32 flags)
{
	bool is_fence = shared->type >= DXG_SYNC_TYPE_MONITORED_FENCE;
	struct dxgk_sync *sync;

	sync = dxgk_sync_alloc(device->process, device->adapter,
			       is_fence ? device : NULL, shared->type, flags);
	if (sync) {
		dxgk_shared_get(shared);
		sync->shared = shared;
	}
	return sync;
}

int dxgk_share_open_sync(struct dxgk_shared *shared, struct dxgk_device *device,
			 struct d3dkmt_opensyncobjectfromnthandle2 *args)
{
	struct dxgk_sync *sync;
	int ret;

	ret = dxgk_sync_check_flags(shared->type, args->flags);
	if (ret)
		return ret;
	sync = dxgk_open_sync_alloc(shared, device, args->flags);
	if (!sync)
		return -ENOMEM;
	ret = dxgk_open_sync(sync, device, args);
	if (ret)
		dxgk_sync_forget(sync);
	return ret;
}

struct dxgk_sync *dxgk_share_borrow_sync(struct dxgk_shared *shared,
					 struct dxgk_device *device, u32 flags)
{
	struct dxgk_wire_opensyncobject_reply reply;
	struct dxgk_sync *sync;
	int ret;

	sync = dxgk_open_sync_alloc(shared, device, flags);
	if (!sync)
		return ERR_PTR(-ENOMEM);
	ret = dxgk_open_sync_send(sync, device, 0, &reply);
	if (ret) {
		dxgk_sync_put(sync);
		return ERR_PTR(ret);
	}
	return sync;
}

void dxgk_share_return_sync(struct dxgk_sync *sync)
{
	dxgk_sync_send_destroy(sync, sync->base.handle);
	dxgk_sync_put(sync);
}

int dxgk_ioctl_open_shared_sync(struct dxgk_process *process, void *data)
{
	struct d3dkmt_opensyncobjectfromnthandle2 *args = data;
	struct dxgk_shared *shared;
	struct dxgk_device *device;
	struct file *file;
	int ret;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	file = dxgk_open_fget(args->nt_handle, device, false, &shared);
	ret = PTR_ERR_OR_ZERO(file);
	if (!ret) {
		ret = dxgk_share_open_sync(shared, device, args);
		fput(file);
	}
	dxgk_device_put(device);
	return ret;
}

/* The buffer for the runtime data is not written, as on Windows. */
int dxgk_ioctl_shared_resource_info(struct dxgk_process *process, void *data)
{
	struct d3dkmt_queryresourceinfofromnthandle *args = data;
	struct dxgk_shared *shared;
	struct dxgk_device *device;
	struct file *file;
	int ret;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	file = dxgk_open_fget(args->nt_handle, device, true, &shared);
	ret = PTR_ERR_OR_ZERO(file);
	if (!ret) {
		args->private_runtime_data_size = shared->runtime_data_size;
		args->total_priv_drv_data_size = shared->total_data_size;
		args->resource_priv_drv_data_size = shared->private_data_size;
		args->allocation_count = shared->count;
		fput(file);
	}
	dxgk_device_put(device);
	return ret;
}

static int dxgk_open_check(const struct d3dkmt_openresourcefromnthandle *args,
			   const struct dxgk_shared *shared)
{
	if (args->allocation_count != shared->count ||
	    (u32)args->private_runtime_data_size != shared->runtime_data_size ||
	    args->resource_priv_drv_data_size < shared->private_data_size ||
	    !args->open_alloc_info || !args->total_priv_drv_data)
		return -EINVAL;
	return args->total_priv_drv_data_size < shared->total_data_size ?
	       -ENOMEM : 0;
}

static int dxgk_open_send(struct dxgk_create *create,
			  const struct dxgk_shared *shared)
{
	const struct dxgk_wire_openresource_reply *reply;
	struct dxgk_device *device = create->device;
	struct dxgk_wire_openresource *request;
	struct dxgk_message message;
	const u32 *handles;
	int ret;
	u32 i;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_OPENRESOURCE, sizeof(*request),
				DXGK_WIRE_OPENRESOURCE_REPLY_TAIL +
				sizeof(*handles) * (u64)create->count);
	if (ret)
		goto out;
	message.reply_least = sizeof(*reply);
	request = message.request;
	request->device = device->base.handle;
	request->nt_security_sharing = 1;
	request->global_share = READ_ONCE(shared->nt_handle);
	request->allocation_count = create->count;
	request->total_priv_drv_data_size = shared->total_data_size;
	ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret < 0)
		goto out;
	/* From here on there is something to take back. */
	ret = 0;
	create->resource->base.handle = reply->resource;
	create->created = true;
	if (!reply->resource || message.received < message.reply_size)
		ret = -EINVAL;
	handles = (const u32 *)(reply + 1);
	for (i = 0; !ret && i < create->count; i++) {
		create->allocations[i]->base.handle = handles[i];
		if (!handles[i])
			ret = -EINVAL;
	}
out:
	dxgk_message_end(&message);
	return ret;
}

/* What the creator has told about them is kept here, not on the host. */
static int dxgk_open_copy_out(const struct dxgk_create *create,
			      const struct dxgk_shared *shared,
			      const struct d3dkmt_openresourcefromnthandle *args)
{
	struct d3dddi_openallocationinfo2 info;
	u64 place = args->total_priv_drv_data;
	const u8 *data = shared->data;
	int ret;
	u32 i;

	ret = dxgk_copy_out(args->private_runtime_data, data,
			    shared->runtime_data_size);
	data += shared->runtime_data_size;
	if (!ret)
		ret = dxgk_copy_out(args->resource_priv_drv_data, data,
				    shared->private_data_size);
	data += shared->private_data_size;
	if (!ret)
		ret = dxgk_copy_out(place, data, shared->total_data_size);
	for (i = 0; !ret && i < create->count; i++) {
		memset(&info, 0, sizeof(info));
		info.allocation.v = create->allocations[i]->base.handle;
		info.priv_drv_data = place;
		info.priv_drv_data_size = shared->parts[i].data_size;
		place += info.priv_drv_data_size;
		ret = dxgk_copy_out(args->open_alloc_info + i * sizeof(info),
				    &info, sizeof(info));
	}
	return ret;
}

static int dxgk_open_resource(struct dxgk_create *create,
			      struct dxgk_shared *shared,
			      struct d3dkmt_openresourcefromnthandle *args)
{
	u32 handle;
	int ret;
	u32 i;

	ret = dxgk_create_alloc(create);
	if (ret)
		return ret;
	dxgk_shared_get(shared);
	create->resource->sealed = shared;
	for (i = 0; i < create->count; i++) {
		create->allocations[i]->size = shared->parts[i].size;
		create->allocations[i]->cached = shared->parts[i].cached;
	}
	ret = dxgk_open_send(create, shared);
	if (!ret)
		ret = dxgk_open_copy_out(create, shared, args);
	if (ret)
		return ret;
	handle = create->resource->base.handle;
	ret = dxgk_create_publish(create);
	if (ret)
		return ret;
	args->resource.v = handle;
	args->total_priv_drv_data_size = shared->total_data_size;
	/* A resource here is shared alone, and says so as on Windows. */
	args->keyed_mutex.v = 0;
	args->keyed_mutex_private_data_size = 0;
	args->sync_object.v = 0;
	return 0;
}

int dxgk_ioctl_open_shared_resource(struct dxgk_process *process, void *data)
{
	struct d3dkmt_openresourcefromnthandle *args = data;
	struct dxgk_create create = {
		.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE |
			 DXG_CREATEALLOCATION_CREATE_SHARED,
	};
	struct dxgk_shared *shared;
	struct file *file;
	int ret;

	create.device = dxgk_device_lookup(process, args->device.v);
	if (!create.device)
		return -EINVAL;
	file = dxgk_open_fget(args->nt_handle, create.device, true, &shared);
	ret = PTR_ERR_OR_ZERO(file);
	if (ret)
		goto out_device;
	ret = dxgk_open_check(args, shared);
	if (!ret) {
		create.count = shared->count;
		ret = dxgk_open_resource(&create, shared, args);
		dxgk_create_end(&create, ret);
	}
	fput(file);
out_device:
	dxgk_device_put(create.device);
	return ret;
}
