/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Objects handed to others: by descriptor, and to programs on the host. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "share.h"

u64 dxgk_shared_parts_size(u32 count, u32 data_size)
{
	return count * (u64)sizeof(struct dxgk_shared_part) + data_size;
}

/* With the device's lock held. Sums of what all creations have brought. */
static int dxgk_resource_measure(const struct dxgk_resource *resource,
				 u32 *ret_count, u32 *ret_total)
{
	const struct dxgk_allocation *allocation;
	u32 total = 0;		/* below DXGK_SHARED_SIZE_MAX */
	u32 count = 0;

	list_for_each_entry(allocation, &resource->allocations, node) {
		total += allocation->private_data_size;
		count++;
	}
	/* Openers would have nothing to know the allocations by. */
	if (!total)
		return -EINVAL;
	*ret_count = count;
	*ret_total = total;
	return 0;
}

static void dxgk_resource_copy_parts(const struct dxgk_resource *resource,
				     struct dxgk_shared *shared)
{
	const struct dxgk_allocation *allocation;
	struct dxgk_shared_part *part = shared->parts;
	u8 *data = shared->data;

	if (resource->runtime_data_size)
		memcpy(data, resource->runtime_data,
		       resource->runtime_data_size);
	data += resource->runtime_data_size;
	if (resource->private_data_size)
		memcpy(data, resource->private_data,
		       resource->private_data_size);
	data += resource->private_data_size;
	list_for_each_entry(allocation, &resource->allocations, node) {
		part->size = allocation->size;
		part->cached = allocation->cached;
		part->data_size = allocation->private_data_size;
		if (part->data_size)
			memcpy(data, allocation->private_data, part->data_size);
		data += part->data_size;
		part++;
	}
}

/* With the device's lock held. */
static int dxgk_resource_freeze(struct dxgk_resource *resource)
{
	struct dxgk_shared *shared;
	u32 count, total;
	int ret;

	ret = dxgk_resource_measure(resource, &count, &total);
	if (ret)
		return ret;
	shared = dxgk_shared_alloc(resource->device->adapter, 0, count);
	if (!shared)
		return -ENOMEM;
	shared->runtime_data_size = resource->runtime_data_size;
	shared->private_data_size = resource->private_data_size;
	shared->total_data_size = total;
	shared->data = kvmalloc((u64)shared->runtime_data_size +
				shared->private_data_size + total,
				GFP_KERNEL_ACCOUNT);
	if (!shared->data) {
		dxgk_shared_put(shared);
		return -ENOMEM;
	}
	dxgk_resource_copy_parts(resource, shared);
	resource->sealed = shared;
	return 0;
}

/* The object that others can open, with a reference; nothing is added to it. */
static struct dxgk_shared *dxgk_resource_seal(struct dxgk_resource *resource)
{
	int ret = 0;

	mutex_lock(&resource->device->lock);
	if (resource->dead || !resource->shared)
		ret = -EINVAL;
	else if (!resource->sealed)
		ret = dxgk_resource_freeze(resource);
	if (!ret)
		dxgk_shared_get(resource->sealed);
	mutex_unlock(&resource->device->lock);
	return ret ? ERR_PTR(ret) : resource->sealed;
}

/* By a handle of the caller's: a resource or a synchronisation object. */
static struct dxgk_shared *dxgk_share_lookup(struct dxgk_process *process,
					     u32 handle)
{
	struct dxgk_shared *shared = ERR_PTR(-EINVAL);
	struct dxgk_resource *resource;
	struct dxgk_sync *sync;

	sync = dxgk_sync_lookup(process, handle);
	if (sync) {
		if (sync->shared) {
			shared = sync->shared;
			dxgk_shared_get(shared);
		}
		dxgk_sync_put(sync);
		return shared;
	}
	resource = dxgk_resource_lookup(process, handle);
	if (resource) {
		shared = dxgk_resource_seal(resource);
		dxgk_resource_put(resource);
	}
	return shared;
}

static struct file *dxgk_share_file(struct dxgk_process *process, u32 handle)
{
	struct dxgk_shared *shared = dxgk_share_lookup(process, handle);
	struct file *file;

	if (IS_ERR(shared))
		return ERR_CAST(shared);
	/* These go over the global channel, which does not know that it has gone. */
	file = dxgk_adapter_is_active(shared->adapter) ?
	       dxgk_shared_file(shared, process, handle) : ERR_PTR(-ENODEV);
	dxgk_shared_put(shared);
	return file;
}

int dxgk_ioctl_share_objects(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_shareobjects *args = data;
	struct file *file;
	u32 handle;
	int ret;
	int fd;

	if (args->object_count != 1)
		return -EINVAL;
	ret = dxgk_copy_in(&handle, args->objects, sizeof(handle));
	if (ret)
		return ret;
	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		return fd;
	file = dxgk_share_file(process, handle);
	if (IS_ERR(file)) {
		ret = PTR_ERR(file);
		goto err_fd;
	}
	ret = put_user((u64)fd,
		       (u64 __user *)u64_to_user_ptr(args->shared_handle));
	if (ret)
		goto err_file;
	/* Only now may others see it: there is no way back. */
	fd_install(fd, file);
	return 0;

err_file:
	fput(file);
err_fd:
	put_unused_fd(fd);
	return ret;
}

/* Of the two ways to name it there is only the descriptor. */
int dxgk_ioctl_shared_luid(struct dxgk_process *process, void *data)
{
	struct d3dkmt_getsharedresourceadapterluid *args = data;
	struct dxgk_shared *shared;
	struct file *file;
	int ret = 0;

	(void)process;
	if (args->global_share.v)
		return -EINVAL;
	file = dxgk_shared_fget(args->handle, &shared);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (shared->type) {
		ret = -EINVAL;
	} else if (!dxgk_adapter_is_active(shared->adapter)) {
		ret = -ENODEV;
	} else {
		args->adapter_luid.a = shared->adapter->luid.low;
		args->adapter_luid.b = shared->adapter->luid.high;
	}
	fput(file);
	return ret;
}

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

static int dxgk_share_with_host(struct dxgk_device *device,
				struct d3dkmt_shareobjectwithhost *args)
{
	const struct dxgk_wire_shareobjectwithhost_reply *reply;
	struct dxgk_process *process = device->process;
	struct dxgk_wire_shareobjectwithhost *request;
	struct dxgk_message message;
	int ret;

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
	return dxgk_adapter_result(device->adapter, ret);
}

int dxgk_ioctl_share_with_host(struct dxgk_process *process, void *data)
{
	struct d3dkmt_shareobjectwithhost *args = data;
	struct dxgk_device *device;
	int ret;

	device = dxgk_device_lookup(process, args->device_handle.v);
	if (!device)
		return -EINVAL;
	if (!dxgk_adapter_is_active(device->adapter))
		ret = -ENODEV;
	else if (!dxgk_share_is_object(process, args->object_handle.v))
		ret = -EINVAL;
	else
		ret = dxgk_share_with_host(device, args);
	dxgk_device_put(device);
	return ret;
}
