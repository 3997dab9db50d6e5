/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CreateAllocation: ask the host, and make what it has made visible. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "allocation.h"
#include "ioctl.h"
#include "share.h"

/* In dxgk_wire_createallocation_result.allocation_flags. */
#define DXGK_ALLOCATION_CACHED	(1u << 19)

int dxgk_create_alloc(struct dxgk_create *create)
{
	u32 i;

	if (create->flags & DXG_CREATEALLOCATION_CREATE_RESOURCE) {
		create->resource = dxgk_resource_alloc(create->device);
		if (!create->resource)
			return -ENOMEM;
		create->is_new_resource = true;
		create->resource->shared =
			create->flags & DXG_CREATEALLOCATION_CREATE_SHARED;
	}
	create->handles = kvcalloc(create->count, sizeof(*create->handles),
				   GFP_KERNEL);
	create->allocations = kvcalloc(create->count,
				       sizeof(*create->allocations),
				       GFP_KERNEL);
	if (!create->handles || !create->allocations)
		return -ENOMEM;
	for (i = 0; i < create->count; i++) {
		struct dxgk_allocation *allocation =
			dxgk_allocation_alloc(create->device);

		if (!allocation)
			return -ENOMEM;
		create->allocations[i] = allocation;
		if (create->info)
			allocation->sysmem = create->info[i].sysmem;
		if (create->resource) {
			kref_get(&create->resource->base.ref);
			allocation->resource = create->resource;
		}
	}
	return 0;
}

/* A copy of what went into the message, for those who open it later. */
static int dxgk_create_remember(void **ret_copy, u32 *ret_size,
				const void *data, u32 size)
{
	if (!size)
		return 0;
	*ret_copy = kvmalloc(size, GFP_KERNEL_ACCOUNT);
	if (!*ret_copy)
		return -ENOMEM;
	memcpy(*ret_copy, data, size);
	*ret_size = size;
	return 0;
}

static int dxgk_create_fill_data(struct dxgk_create *create, u8 *tail)
{
	struct dxgk_resource *resource = create->resource;
	bool is_shared = resource && resource->shared;
	u32 i;
	int ret;

	for (i = 0; i < create->count; i++) {
		struct dxgk_allocation *allocation = create->allocations[i];
		u32 size = create->info[i].priv_drv_data_size;

		ret = dxgk_copy_in(tail, create->info[i].priv_drv_data, size);
		if (!ret && is_shared)
			ret = dxgk_create_remember(&allocation->private_data,
						   &allocation->private_data_size,
						   tail, size);
		if (ret)
			return ret;
		tail += size;
	}
	return 0;
}

/* The tail: entries, runtime data, resource's data, allocations' data. */
static int dxgk_create_fill_tail(struct dxgk_create *create,
				 struct dxgk_wire_createallocation *request)
{
	const struct d3dkmt_createallocation *args = create->args;
	struct dxgk_wire_createallocation_info *info = (void *)(request + 1);
	bool is_shared = create->is_new_resource && create->resource->shared;
	struct dxgk_resource *resource = create->resource;
	u8 *tail = (u8 *)(info + create->count);
	u32 i;
	int ret;

	for (i = 0; i < create->count; i++) {
		info[i].flags = create->info[i].flags;
		info[i].priv_drv_data_size = create->info[i].priv_drv_data_size;
		info[i].vidpn_source_id = create->info[i].vidpn_source_id;
	}
	ret = dxgk_copy_in(tail, args->private_runtime_data,
			   args->private_runtime_data_size);
	if (!ret && is_shared)
		ret = dxgk_create_remember(&resource->runtime_data,
					   &resource->runtime_data_size, tail,
					   args->private_runtime_data_size);
	if (ret)
		return ret;
	tail += args->private_runtime_data_size;
	if (create->standard.type) {
		memcpy(tail, &create->standard, sizeof(create->standard));
		return 0;
	}
	ret = dxgk_copy_in(tail, args->priv_drv_data, args->priv_drv_data_size);
	if (!ret && is_shared)
		ret = dxgk_create_remember(&resource->private_data,
					   &resource->private_data_size, tail,
					   args->priv_drv_data_size);
	if (ret)
		return ret;
	return dxgk_create_fill_data(create, tail + args->priv_drv_data_size);
}

static int dxgk_create_fill(struct dxgk_create *create,
			    struct dxgk_wire_createallocation *request)
{
	const struct d3dkmt_createallocation *args = create->args;

	request->device = args->device.v;
	request->resource = args->resource.v;
	request->private_runtime_data_size = args->private_runtime_data_size;
	request->priv_drv_data_size = create->standard.type ?
				      sizeof(create->standard) :
				      args->priv_drv_data_size;
	request->alloc_count = create->count;
	request->flags = create->flags;
	request->private_runtime_resource_handle =
		args->private_runtime_resource_handle;
	return dxgk_create_fill_tail(create, request);
}

/*
 * Names what the host has made, so that it can be taken back: all of it, or the
 * first @named of them when the reply is too short. What has not been received
 * is zero.
 */
static void dxgk_create_take_handles(struct dxgk_create *create,
				     const struct dxgk_wire_createallocation_reply *reply,
				     u32 named)
{
	const struct dxgk_wire_createallocation_result *result =
		(const void *)(reply + 1);
	u32 i;

	create->created = true;
	if (create->is_new_resource)
		create->resource->base.handle = reply->resource;
	for (i = 0; i < named; i++) {
		struct dxgk_allocation *allocation = create->allocations[i];

		allocation->base.handle = result[i].allocation;
		allocation->size = result[i].allocation_size;
		allocation->cached = result[i].allocation_flags &
				     DXGK_ALLOCATION_CACHED;
	}
}

static int dxgk_create_check_reply(const struct dxgk_create *create)
{
	u32 i;

	if (create->is_new_resource && !create->resource->base.handle)
		return -EINVAL;
	for (i = 0; i < create->count; i++) {
		if (!create->allocations[i]->base.handle ||
		    !create->allocations[i]->size)
			return -EINVAL;
	}
	/* More than the caller's heap is not the caller's to give. */
	if (create->standard.type == DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP &&
	    create->allocations[0]->size > create->standard.size)
		return -EINVAL;
	return 0;
}

/* The driver on the host may have changed the data: no longer than it was. */
static int dxgk_create_copy_data_out(struct dxgk_create *create,
				     const struct dxgk_wire_createallocation_reply *reply,
				     u32 received)
{
	const struct dxgk_wire_createallocation_result *result =
		(const void *)(reply + 1);
	const u8 *data = (const u8 *)(result + create->count);
	u32 left = received - (data - (const u8 *)reply);
	u32 i;

	for (i = 0; i < create->count; i++) {
		const struct d3dddi_allocationinfo2 *info = &create->info[i];
		u32 size = result[i].priv_drv_data_size;

		if (size > info->priv_drv_data_size || size > left)
			return -EINVAL;
		if (dxgk_copy_out(info->priv_drv_data, data, size))
			return -EFAULT;
		data += size;
		left -= size;
	}
	return 0;
}

/* Entries of a reply of @received bytes that have a handle at least. */
static u32 dxgk_create_count_named(const struct dxgk_create *create,
				   u32 received)
{
	const u32 entry = sizeof(struct dxgk_wire_createallocation_result);
	const u32 head = DXGK_WIRE_CREATEALLOCATION_REPLY_TAIL;
	u32 entries = received > head ? received - head : 0;
	u32 named = entries / entry;

	if (entries % entry >= sizeof(u32))
		named++;
	return min(named, create->count);
}

static int dxgk_create_send(struct dxgk_create *create)
{
	const struct d3dkmt_createallocation *args = create->args;
	const struct dxgk_wire_createallocation_reply *reply;
	struct dxgk_device *device = create->device;
	struct dxgk_message message;
	u64 size, reply_size;
	int ret;

	size = DXGK_WIRE_CREATEALLOCATION_TAIL + create->data_size +
	       (u64)create->count *
		       sizeof(struct dxgk_wire_createallocation_info) +
	       args->private_runtime_data_size + args->priv_drv_data_size +
	       (create->standard.type ? sizeof(create->standard) : 0);
	reply_size = DXGK_WIRE_CREATEALLOCATION_REPLY_TAIL +
		     (u64)create->count *
			     sizeof(struct dxgk_wire_createallocation_result);
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_CREATEALLOCATION, size,
				reply_size + create->data_size);
	/* Too much is told apart from wrong. */
	if (ret == -EINVAL)
		ret = -EOVERFLOW;
	if (ret)
		goto out;
	/* Whatever a shorter one names exists, and nobody else knows of it. */
	message.reply_least = offsetofend(struct dxgk_wire_createallocation_reply,
					  resource);
	ret = dxgk_create_fill(create, message.request);
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	dxgk_create_take_handles(create, reply,
				 dxgk_create_count_named(create,
							 message.received));
	ret = message.received < reply_size ? -EOVERFLOW :
	      dxgk_create_check_reply(create);
	if (!ret)
		ret = dxgk_create_copy_data_out(create, reply,
						message.received);
out:
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_create_attach_sysmem(struct dxgk_create *create)
{
	bool read_only = create->flags & DXG_CREATEALLOCATION_READ_ONLY;
	int ret = 0;
	u32 i;

	if (!(create->flags & DXG_CREATEALLOCATION_EXISTING_SYSMEM))
		return 0;
	for (i = 0; !ret && i < create->count; i++)
		ret = dxgk_allocation_attach_sysmem(create->allocations[i],
						    read_only);
	return ret;
}

static int dxgk_create_copy_handles_out(struct dxgk_create *create)
{
	struct d3dddi_allocationinfo2 __user *user =
		u64_to_user_ptr(create->args->allocation_info);
	u32 i;

	for (i = 0; i < create->count; i++) {
		if (put_user(create->allocations[i]->base.handle,
			     &user[i].allocation.v))
			return -EFAULT;
	}
	return 0;
}

/* With the device's lock held: all become visible, or none. */
static int dxgk_create_insert(struct dxgk_create *create)
{
	struct dxgk_handle_table *table = &create->device->process->objects;
	struct dxgk_resource *resource = create->resource;
	u32 done = 0;
	int ret = 0;

	if (create->device->dead ||
	    !dxgk_adapter_is_active(create->device->adapter))
		return -ENODEV;
	if (resource && !create->is_new_resource &&
	    (resource->dead || resource->sealed))
		return -EINVAL;
	if (create->is_new_resource)
		ret = dxgk_handle_insert(table, &resource->base);
	if (ret)
		return ret;
	for (; done < create->count; done++) {
		ret = dxgk_handle_insert(table,
					 &create->allocations[done]->base);
		if (ret)
			break;
	}
	if (!ret)
		return 0;
	while (done--)
		dxgk_handle_remove(table, &create->allocations[done]->base);
	if (create->is_new_resource)
		dxgk_handle_remove(table, &resource->base);
	return ret;
}

/* What it begins with; later calls have reserved theirs. */
static void dxgk_create_count_kept(struct dxgk_create *create)
{
	struct dxgk_resource *resource = create->resource;
	u32 i;

	if (!create->is_new_resource || !resource->shared)
		return;
	resource->kept_size = resource->runtime_data_size +
			      resource->private_data_size;
	for (i = 0; i < create->count; i++)
		resource->kept_size += dxgk_shared_parts_size(1,
			create->allocations[i]->private_data_size);
}

int dxgk_create_publish(struct dxgk_create *create)
{
	struct dxgk_device *device = create->device;
	struct dxgk_resource *resource = create->resource;
	struct list_head *list = resource ? &resource->allocations :
					    &device->allocations;
	int ret;
	u32 i;

	mutex_lock(&device->lock);
	ret = dxgk_create_insert(create);
	if (!ret) {
		for (i = 0; i < create->count; i++)
			list_add_tail(&create->allocations[i]->node, list);
		if (create->is_new_resource)
			list_add_tail(&resource->node, &device->resources);
		dxgk_create_count_kept(create);
	}
	mutex_unlock(&device->lock);
	return ret;
}

static int dxgk_create_run(struct dxgk_create *create)
{
	struct d3dkmt_createallocation *args = create->args;
	int ret;

	ret = dxgk_create_read_args(create);
	if (!ret)
		ret = dxgk_create_alloc(create);
	if (!ret && create->standard.type && create->is_new_resource &&
	    create->resource->shared)
		ret = dxgk_create_standard_data(create);
	if (!ret)
		ret = dxgk_create_send(create);
	if (!ret)
		ret = dxgk_create_attach_sysmem(create);
	if (!ret)
		ret = dxgk_create_copy_handles_out(create);
	if (ret)
		return ret;
	if (create->is_new_resource)
		args->resource.v = create->resource->base.handle;
	if (create->flags & DXG_CREATEALLOCATION_CREATE_SHARED)
		args->global_share.v = 0;
	return dxgk_create_publish(create);
}

/* Nobody has seen them; the host alone knows of them. */
static void dxgk_create_undo(struct dxgk_create *create)
{
	u32 resource = create->is_new_resource ?
		       create->resource->base.handle : 0;
	u32 count = 0;
	int ret;
	u32 i;

	if (!create->created)
		return;
	for (i = 0; !resource && i < create->count; i++) {
		if (create->allocations[i]->base.handle)
			create->handles[count++] =
				create->allocations[i]->base.handle;
	}
	if (!resource && !count)
		return;
	ret = dxgk_allocation_send_destroy(create->device, resource,
			create->handles, count,
			DXG_DESTROYALLOCATION2_ASSUME_NOT_IN_USE);
	for (i = 0; i < create->count; i++)
		dxgk_allocation_release_pages(create->allocations[i], ret);
}

void dxgk_create_end(struct dxgk_create *create, bool failed)
{
	u32 i;

	if (failed && create->reserved) {
		mutex_lock(&create->device->lock);
		create->resource->kept_size -= create->reserved;
		mutex_unlock(&create->device->lock);
	}
	if (failed) {
		dxgk_create_undo(create);
		for (i = 0; create->allocations && i < create->count; i++) {
			if (create->allocations[i])
				dxgk_allocation_put(create->allocations[i]);
		}
	}
	if (create->resource && (failed || !create->is_new_resource))
		dxgk_resource_put(create->resource);
	kvfree(create->handles);
	kvfree(create->allocations);
	kvfree(create->info);
}

int dxgk_ioctl_create_allocation(struct dxgk_process *process, void *data)
{
	struct dxgk_create create = { .args = data };
	int ret;

	create.device = dxgk_device_lookup(process, create.args->device.v);
	if (!create.device)
		return -EINVAL;
	ret = dxgk_create_run(&create);
	dxgk_create_end(&create, ret);
	dxgk_device_put(create.device);
	return ret;
}
