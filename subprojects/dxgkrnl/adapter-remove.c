/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What is taken from user space, and let go, when an adapter goes. */

#include "dxgkrnl.h"
#include "host-event.h"
#include "trace.h"

static void dxgk_context_revoke(struct dxgk_context *context)
{
	struct dxgk_hw_queue *queue;

	list_for_each_entry(queue, &context->hw_queues, node)
		dxgk_sync_unmap(queue->fence);
}

static void dxgk_resource_revoke(struct dxgk_resource *resource)
{
	struct dxgk_allocation *allocation;

	list_for_each_entry(allocation, &resource->allocations, node)
		dxgk_allocation_revoke(allocation);
}

/*
 * Whatever is on the lists. What is being made finds that the adapter is not active
 * when it is to be put there, what is being destroyed is revoked by who does that.
 */
static void dxgk_device_revoke(struct dxgk_device *device)
{
	struct dxgk_allocation *allocation;
	struct dxgk_paging_queue *queue;
	struct dxgk_resource *resource;
	struct dxgk_context *context;
	struct dxgk_sync *sync;

	mutex_lock(&device->lock);
	list_for_each_entry(sync, &device->syncs, node)
		dxgk_sync_unmap(sync);
	list_for_each_entry(context, &device->contexts, node)
		dxgk_context_revoke(context);
	list_for_each_entry(queue, &device->paging_queues, node)
		dxgk_sync_unmap(queue->fence);
	list_for_each_entry(allocation, &device->allocations, node)
		dxgk_allocation_revoke(allocation);
	list_for_each_entry(resource, &device->resources, node)
		dxgk_resource_revoke(resource);
	mutex_unlock(&device->lock);
}

/* The host is about to use the memory behind the IO space for others. */
static void dxgk_adapter_revoke(struct dxgk_adapter *adapter)
{
	struct dxgk_global *global = adapter->global;
	struct dxgk_process *process;
	struct dxgk_device *device;

	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node) {
		mutex_lock(&process->device_lock);
		list_for_each_entry(device, &process->devices, node) {
			if (device->adapter == adapter)
				dxgk_device_revoke(device);
		}
		mutex_unlock(&process->device_lock);
	}
	mutex_unlock(&global->process_lock);
}

void dxgk_adapter_remove(struct dxgk_adapter *adapter, bool lost)
{
	bool was_active = dxgk_adapter_stop(adapter);

	if (was_active)
		trace_dxgk_adapter_removal(adapter, lost);
	/* Nothing is sent to it any more, so nobody begins to wait either. */
	dxgk_query_cache_close(&adapter->queries);
	dxgk_events_release_adapter(adapter);
	dxgk_adapter_revoke(adapter);
	if (was_active && !lost)
		dxgk_adapter_send_close(adapter);
	dxgk_adapter_unpin(adapter);
	dxgk_adapter_put(adapter);
}
