/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Allocations and resources: look up, keep. */

#include <linux/mm.h>
#include <linux/slab.h>

#include "allocation.h"
#include "share.h"

static void dxgk_allocation_release(struct kref *ref)
{
	struct dxgk_allocation *allocation =
		container_of(ref, struct dxgk_allocation, base.ref);

	if (allocation->resource)
		dxgk_resource_put(allocation->resource);
	dxgk_device_put(allocation->device);
	kvfree(allocation->private_data);
	mutex_destroy(&allocation->lock);
	kfree_rcu(allocation, base.rcu);
}

void dxgk_allocation_put(struct dxgk_allocation *allocation)
{
	kref_put(&allocation->base.ref, dxgk_allocation_release);
}

static void dxgk_resource_release(struct kref *ref)
{
	struct dxgk_resource *resource =
		container_of(ref, struct dxgk_resource, base.ref);

	dxgk_device_put(resource->device);
	dxgk_shared_put(resource->sealed);
	kvfree(resource->runtime_data);
	kvfree(resource->private_data);
	kfree_rcu(resource, base.rcu);
}

void dxgk_resource_put(struct dxgk_resource *resource)
{
	kref_put(&resource->base.ref, dxgk_resource_release);
}

struct dxgk_allocation *dxgk_allocation_lookup(struct dxgk_process *process,
					       u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_ALLOCATION);

	return object ? container_of(object, struct dxgk_allocation, base) :
			NULL;
}

struct dxgk_resource *dxgk_resource_lookup(struct dxgk_process *process,
					   u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_RESOURCE);

	return object ? container_of(object, struct dxgk_resource, base) : NULL;
}

struct dxgk_allocation *dxgk_allocation_alloc(struct dxgk_device *device)
{
	struct dxgk_allocation *allocation;

	allocation = kzalloc(sizeof(*allocation), GFP_KERNEL_ACCOUNT);
	if (!allocation)
		return NULL;
	dxgk_object_init(&allocation->base, DXGK_OBJECT_ALLOCATION, 0);
	dxgk_device_get(device);
	allocation->device = device;
	INIT_LIST_HEAD(&allocation->node);
	INIT_LIST_HEAD(&allocation->pinned_node);
	mutex_init(&allocation->lock);
	return allocation;
}

struct dxgk_resource *dxgk_resource_alloc(struct dxgk_device *device)
{
	struct dxgk_resource *resource;

	resource = kzalloc(sizeof(*resource), GFP_KERNEL_ACCOUNT);
	if (!resource)
		return NULL;
	dxgk_object_init(&resource->base, DXGK_OBJECT_RESOURCE, 0);
	dxgk_device_get(device);
	resource->device = device;
	INIT_LIST_HEAD(&resource->node);
	INIT_LIST_HEAD(&resource->allocations);
	return resource;
}
