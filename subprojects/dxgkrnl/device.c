/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Devices: look up, keep, put objects on their lists. */

#include <linux/errno.h>
#include <linux/slab.h>

#include "dxgkrnl.h"

static void dxgk_device_release(struct kref *ref)
{
	struct dxgk_device *device =
		container_of(ref, struct dxgk_device, base.ref);

	dxgk_adapter_put(device->adapter);
	dxgk_process_put(device->process);
	mutex_destroy(&device->lock);
	kfree_rcu(device, base.rcu);
}

void dxgk_device_get(struct dxgk_device *device)
{
	kref_get(&device->base.ref);
}

void dxgk_device_put(struct dxgk_device *device)
{
	kref_put(&device->base.ref, dxgk_device_release);
}

struct dxgk_device *dxgk_device_lookup(struct dxgk_process *process,
				       u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_DEVICE);

	return object ? container_of(object, struct dxgk_device, base) : NULL;
}

int dxgk_device_add(struct dxgk_device *device, struct dxgk_object *object,
		    struct list_head *node, struct list_head *list)
{
	int ret = -ENODEV;

	mutex_lock(&device->lock);
	if (!device->dead && dxgk_adapter_is_active(device->adapter))
		ret = dxgk_handle_insert(&device->process->objects, object);
	if (!ret)
		list_add_tail(node, list);
	mutex_unlock(&device->lock);
	return ret;
}

bool dxgk_device_remove(struct dxgk_device *device, struct dxgk_object *object,
			struct list_head *node)
{
	bool is_ours;

	mutex_lock(&device->lock);
	is_ours = dxgk_handle_remove(&device->process->objects, object);
	if (is_ours)
		list_del_init(node);
	mutex_unlock(&device->lock);
	return is_ours;
}

int dxgk_device_add_queue(struct dxgk_device *device, struct dxgk_object *queue,
			  struct dxgk_object *fence, struct list_head *node,
			  struct list_head *list, const bool *dead)
{
	struct dxgk_handle_table *table = &device->process->objects;
	int ret = -ENODEV;

	mutex_lock(&device->lock);
	if (device->dead || *dead || !dxgk_adapter_is_active(device->adapter))
		goto out;
	ret = dxgk_handle_insert(table, fence);
	if (ret)
		goto out;
	ret = dxgk_handle_insert(table, queue);
	if (ret)
		dxgk_handle_remove(table, fence);
	else
		list_add_tail(node, list);
out:
	mutex_unlock(&device->lock);
	return ret;
}

bool dxgk_device_remove_queue(struct dxgk_device *device,
			      struct dxgk_object *queue,
			      struct dxgk_object *fence,
			      struct list_head *node)
{
	struct dxgk_handle_table *table = &device->process->objects;
	bool is_ours;

	mutex_lock(&device->lock);
	is_ours = dxgk_handle_remove(table, queue);
	if (is_ours) {
		dxgk_handle_remove(table, fence);
		list_del_init(node);
	}
	mutex_unlock(&device->lock);
	return is_ours;
}

struct dxgk_device *dxgk_device_alloc(struct dxgk_process *process,
				      struct dxgk_adapter *adapter)
{
	struct dxgk_device *device;

	device = kzalloc(sizeof(*device), GFP_KERNEL_ACCOUNT);
	if (!device)
		return NULL;
	dxgk_object_init(&device->base, DXGK_OBJECT_DEVICE, 0);
	dxgk_process_get(process);
	device->process = process;
	dxgk_adapter_get(adapter);
	device->adapter = adapter;
	INIT_LIST_HEAD(&device->node);
	mutex_init(&device->lock);
	INIT_LIST_HEAD(&device->resources);
	INIT_LIST_HEAD(&device->allocations);
	INIT_LIST_HEAD(&device->contexts);
	INIT_LIST_HEAD(&device->paging_queues);
	INIT_LIST_HEAD(&device->syncs);
	atomic_set(&device->changes, 0);
	return device;
}

void dxgk_device_state_changed(struct dxgk_global *global, u64 cookie)
{
	struct dxgk_device *device;
	unsigned long flags;

	if (cookie > U32_MAX)
		return;
	xa_lock_irqsave(&global->devices, flags);
	device = xa_load(&global->devices, cookie);
	if (device)
		atomic_inc(&device->changes);
	xa_unlock_irqrestore(&global->devices, flags);
}
