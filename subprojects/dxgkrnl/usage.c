/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How much memory a process has on an adapter, without asking the host. */

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "usage.h"

static void dxgk_usage_add(struct dxgk_usage *usage,
			   struct dxgk_allocation *allocation, bool is_shared)
{
	if (allocation->sysmem) {
		usage->system += allocation->size;
		if (dxgk_allocation_is_pinned(allocation))
			usage->system_pinned += allocation->size;
		return;
	}
	usage->gpu += allocation->size;
	if (is_shared)
		usage->gpu_shared += allocation->size;
}

static void dxgk_usage_add_device(struct dxgk_usage *usage,
				  struct dxgk_device *device)
{
	struct dxgk_allocation *allocation;
	struct dxgk_resource *resource;

	usage->devices++;
	mutex_lock(&device->lock);
	list_for_each_entry(allocation, &device->allocations, node)
		dxgk_usage_add(usage, allocation, false);
	list_for_each_entry(resource, &device->resources, node) {
		list_for_each_entry(allocation, &resource->allocations, node)
			dxgk_usage_add(usage, allocation, resource->sealed);
	}
	mutex_unlock(&device->lock);
}

void dxgk_usage_read(struct dxgk_process *process,
		     const struct dxgk_adapter *adapter,
		     struct dxgk_usage *ret_usage)
{
	struct dxgk_allocation *allocation;
	struct dxgk_device *device;

	memset(ret_usage, 0, sizeof(*ret_usage));
	mutex_lock(&process->device_lock);
	list_for_each_entry(device, &process->devices, node) {
		if (device->adapter == adapter)
			dxgk_usage_add_device(ret_usage, device);
	}
	list_for_each_entry(allocation, &process->unconfirmed, node) {
		if (allocation->device->adapter == adapter &&
		    dxgk_allocation_is_pinned(allocation))
			dxgk_usage_add(ret_usage, allocation, false);
	}
	mutex_unlock(&process->device_lock);
}
