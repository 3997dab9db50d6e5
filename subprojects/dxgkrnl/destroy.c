/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Takes allocations and resources down, in calls and with their device. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "share.h"

/* Handles that fit into a message which needs no memory. */
#define DXGK_DESTROY_INLINE	96u
/* The base structure's padding goes along: see wire.h. */
#define DXGK_DESTROY_SIZE(count)	(48ull + 4ull * (count))

/* Ended with dxgk_message_end() anyway; *@ret_handles is where they go. */
static int dxgk_destroy_init(struct dxgk_message *message,
			     struct dxgk_device *device, u32 resource,
			     u32 count, u32 flags, u32 **ret_handles)
{
	struct dxgk_wire_destroyallocation *request;
	int ret;

	ret = dxgk_message_init(message, device->process, device->adapter,
				DXGK_CMD_DESTROYALLOCATION,
				DXGK_DESTROY_SIZE(count),
				sizeof(struct dxgk_wire_status_reply));
	if (ret)
		return ret;
	dxgk_message_unkillable(message);
	request = message->request;
	request->device = device->base.handle;
	request->resource = resource;
	request->alloc_count = count;
	request->flags = flags;
	*ret_handles = (u32 *)(request + 1);
	return 0;
}

static int dxgk_destroy_send(struct dxgk_device *device, u32 resource,
			     const u32 *handles, u32 count, u32 flags)
{
	struct dxgk_message message;
	u32 *place;
	int ret;

	ret = dxgk_destroy_init(&message, device, resource, count, flags,
				&place);
	if (!ret) {
		if (count)
			memcpy(place, handles, count * sizeof(*handles));
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	return ret;
}

/* Destroying must not fail for want of memory: then in small portions. */
int dxgk_allocation_send_destroy(struct dxgk_device *device, u32 resource,
				 const u32 *handles, u32 count, u32 flags)
{
	u32 first, portion;
	int result = 0;
	int ret;

	ret = dxgk_destroy_send(device, resource, handles, count, flags);
	if (ret != -ENOMEM || count <= DXGK_DESTROY_INLINE)
		return ret;
	for (first = 0; first < count; first += portion) {
		portion = min(count - first, DXGK_DESTROY_INLINE);
		ret = dxgk_destroy_send(device, resource, handles + first,
					portion, flags);
		if (ret < 0)
			result = ret;
	}
	return result;
}

void dxgk_allocation_release_pages(struct dxgk_allocation *allocation,
				   int destroy_result)
{
	struct dxgk_process *process = allocation->device->process;

	if (destroy_result >= 0) {
		dxgk_allocation_unpin(allocation);
		return;
	}
	if (!dxgk_allocation_is_pinned(allocation))
		return;
	kref_get(&allocation->base.ref);
	mutex_lock(&process->device_lock);
	list_add_tail(&allocation->node, &process->unconfirmed);
	mutex_unlock(&process->device_lock);
}

void dxgk_allocations_confirm(struct dxgk_process *process,
			      const struct dxgk_device *device)
{
	struct dxgk_allocation *allocation, *next;
	LIST_HEAD(unconfirmed);

	mutex_lock(&process->device_lock);
	list_for_each_entry_safe(allocation, next, &process->unconfirmed, node) {
		if (!device || allocation->device == device)
			list_move_tail(&allocation->node, &unconfirmed);
	}
	mutex_unlock(&process->device_lock);
	list_for_each_entry_safe(allocation, next, &unconfirmed, node) {
		list_del_init(&allocation->node);
		dxgk_allocation_unpin(allocation);
		dxgk_allocation_put(allocation);
	}
}

/* Nobody finds them any more; the host's answer is @result. */
static void dxgk_destroy_finish(struct list_head *allocations, int result)
{
	struct dxgk_allocation *allocation, *next;

	list_for_each_entry_safe(allocation, next, allocations, node) {
		list_del_init(&allocation->node);
		dxgk_allocation_release_pages(allocation, result);
		dxgk_allocation_put(allocation);
	}
}

/* User space must not reach what the host is about to use for others. */
static void dxgk_destroy_revoke(struct list_head *allocations)
{
	struct dxgk_allocation *allocation;

	list_for_each_entry(allocation, allocations, node)
		dxgk_allocation_revoke(allocation);
}

/* With the device's lock held. */
static void dxgk_destroy_hide_resource(struct dxgk_resource *resource,
				       struct list_head *allocations)
{
	struct dxgk_handle_table *table = &resource->device->process->objects;
	struct dxgk_allocation *allocation;

	resource->dead = true;
	list_del_init(&resource->node);
	dxgk_handle_remove(table, &resource->base);
	list_for_each_entry(allocation, &resource->allocations, node)
		dxgk_handle_remove(table, &allocation->base);
	list_splice_init(&resource->allocations, allocations);
}

static int dxgk_destroy_one_resource(struct dxgk_resource *resource,
				     struct list_head *allocations, u32 flags)
{
	int ret;

	dxgk_destroy_revoke(allocations);
	ret = dxgk_allocation_send_destroy(resource->device,
					   resource->base.handle, NULL, 0,
					   flags);
	dxgk_destroy_finish(allocations, ret);
	dxgk_resource_put(resource);
	return ret;
}

static int dxgk_destroy_resource(struct dxgk_process *process,
				 struct dxgk_device *device, u32 handle,
				 u32 flags)
{
	struct dxgk_resource *resource;
	LIST_HEAD(allocations);
	bool is_ours = false;
	int ret = -EINVAL;

	resource = dxgk_resource_lookup(process, handle);
	if (!resource)
		return -EINVAL;
	if (resource->device == device) {
		mutex_lock(&device->lock);
		is_ours = !resource->dead;
		if (is_ours)
			dxgk_destroy_hide_resource(resource, &allocations);
		mutex_unlock(&device->lock);
	}
	if (is_ours)
		ret = dxgk_destroy_one_resource(resource, &allocations, flags);
	dxgk_resource_put(resource);
	return ret;
}

/* With the device's lock held: all of one owner, each once, none shared. */
static bool dxgk_destroy_claim(struct dxgk_device *device,
			       struct dxgk_allocation **allocations, u32 count)
{
	struct dxgk_resource *resource = allocations[0]->resource;
	bool is_valid = !resource || (!resource->sealed && !resource->dead);
	u32 claimed = 0;

	while (is_valid && claimed < count) {
		struct dxgk_allocation *allocation = allocations[claimed];

		is_valid = allocation->device == device &&
			   allocation->resource == resource &&
			   !allocation->claimed &&
			   !list_empty(&allocation->node);
		if (is_valid) {
			allocation->claimed = true;
			claimed++;
		}
	}
	if (!is_valid) {
		while (claimed--)
			allocations[claimed]->claimed = false;
	}
	return is_valid;
}

/* With the device's lock held: out of its resource, with what openers would get. */
static void dxgk_destroy_unlist(struct dxgk_allocation *allocation,
				struct list_head *list)
{
	struct dxgk_resource *resource = allocation->resource;

	list_move_tail(&allocation->node, list);
	if (resource && resource->shared)
		resource->kept_size -= dxgk_shared_parts_size(1,
			allocation->private_data_size);
}

/* @message names them, and needs only to be sent. */
static int dxgk_destroy_listed(struct dxgk_device *device,
			       struct dxgk_allocation **allocations, u32 count,
			       struct dxgk_message *message)
{
	LIST_HEAD(list);
	bool is_valid;
	int ret;
	u32 i;

	mutex_lock(&device->lock);
	is_valid = dxgk_destroy_claim(device, allocations, count);
	for (i = 0; is_valid && i < count; i++) {
		dxgk_handle_remove(&device->process->objects,
				   &allocations[i]->base);
		dxgk_destroy_unlist(allocations[i], &list);
	}
	mutex_unlock(&device->lock);
	if (!is_valid)
		return -EINVAL;
	dxgk_destroy_revoke(&list);
	ret = dxgk_message_send_status(message);
	dxgk_destroy_finish(&list, ret);
	return ret;
}

/* The handles are read into the message, and looked at there. */
static int dxgk_destroy_list(struct dxgk_process *process,
			     struct dxgk_device *device,
			     const struct d3dkmt_destroyallocation2 *args)
{
	struct dxgk_allocation **allocations;
	u32 count = args->alloc_count;
	struct dxgk_message message;
	u32 *handles;
	u32 found = 0;
	int ret;

	allocations = kvmalloc_array(count, sizeof(*allocations), GFP_KERNEL);
	if (!allocations)
		return -ENOMEM;
	ret = dxgk_destroy_init(&message, device, 0, count, args->flags,
				&handles);
	if (!ret)
		ret = dxgk_copy_in(handles, args->allocations,
				   count * sizeof(*handles));
	if (ret)
		goto out;
	for (; found < count; found++) {
		allocations[found] = dxgk_allocation_lookup(process,
							    handles[found]);
		if (!allocations[found])
			break;
	}
	ret = found < count ? -EINVAL :
	      dxgk_destroy_listed(device, allocations, count, &message);
	while (found--)
		dxgk_allocation_put(allocations[found]);
out:
	dxgk_message_end(&message);
	kvfree(allocations);
	return ret;
}

int dxgk_ioctl_destroy_allocation(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_destroyallocation2 *args = data;
	struct dxgk_device *device;
	int ret;

	/* A resource or a list, and not both. */
	if (args->alloc_count > DXG_CREATEALLOCATION_MAX ||
	    !args->alloc_count == !args->resource.v)
		return -EINVAL;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	if (args->alloc_count)
		ret = dxgk_destroy_list(process, device, args);
	else
		ret = dxgk_destroy_resource(process, device, args->resource.v,
					    args->flags);
	dxgk_device_put(device);
	/* Whatever was on an adapter that has gone is gone. */
	return ret == -ENODEV ? 0 : ret;
}

/* With the device's lock held. */
static void dxgk_destroy_hide_all(struct dxgk_device *device,
				  struct list_head *allocations)
{
	struct dxgk_allocation *allocation;

	list_for_each_entry(allocation, &device->allocations, node) {
		/* A call that found it before must not take it from our list */
		allocation->claimed = true;
		dxgk_handle_remove(&device->process->objects,
				   &allocation->base);
	}
	list_splice_init(&device->allocations, allocations);
}

/* The first of @from, as many as one message names without memory of its own. */
static u32 dxgk_destroy_take(struct list_head *from, struct list_head *portion,
			     u32 *handles)
{
	struct dxgk_allocation *allocation, *next;
	u32 count = 0;

	list_for_each_entry_safe(allocation, next, from, node) {
		if (count == DXGK_DESTROY_INLINE)
			break;
		handles[count++] = allocation->base.handle;
		list_move_tail(&allocation->node, portion);
	}
	return count;
}

/* One message for many: a trip each is what makes a device's end slow. */
static void dxgk_destroy_portions(struct dxgk_device *device,
				  struct list_head *allocations)
{
	u32 handles[DXGK_DESTROY_INLINE];
	LIST_HEAD(portion);
	u32 count;
	int ret;

	while (!list_empty(allocations)) {
		count = dxgk_destroy_take(allocations, &portion, handles);
		dxgk_destroy_revoke(&portion);
		ret = dxgk_allocation_send_destroy(device, 0, handles, count,
						   0);
		dxgk_destroy_finish(&portion, ret);
	}
}

/* The device is dead: nothing is added. First those of no resource. */
void dxgk_allocations_destroy(struct dxgk_device *device)
{
	struct dxgk_resource *resource;
	LIST_HEAD(allocations);

	mutex_lock(&device->lock);
	dxgk_destroy_hide_all(device, &allocations);
	mutex_unlock(&device->lock);
	dxgk_destroy_portions(device, &allocations);
	for (;;) {
		LIST_HEAD(parts);

		mutex_lock(&device->lock);
		resource = list_first_entry_or_null(&device->resources,
						    struct dxgk_resource, node);
		if (resource)
			dxgk_destroy_hide_resource(resource, &parts);
		mutex_unlock(&device->lock);
		if (!resource)
			break;
		dxgk_destroy_one_resource(resource, &parts, 0);
	}
}
