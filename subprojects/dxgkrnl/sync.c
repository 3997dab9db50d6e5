/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Synchronisation objects: create, look up, map the fence value, destroy. */

#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "host-event.h"
#include "ioctl.h"
#include "message.h"
#include "platform.h"
#include "share.h"

#define DXGK_CLIENT_USER_MODE_DRIVER	1u

static void dxgk_sync_release(struct kref *ref)
{
	struct dxgk_sync *sync = container_of(ref, struct dxgk_sync, base.ref);

	dxgk_sync_unmap(sync);
	dxgk_shared_put(sync->shared);
	if (sync->device)
		dxgk_device_put(sync->device);
	dxgk_adapter_put(sync->adapter);
	dxgk_process_put(sync->process);
	kfree_rcu(sync, base.rcu);
}

void dxgk_sync_get(struct dxgk_sync *sync)
{
	kref_get(&sync->base.ref);
}

void dxgk_sync_put(struct dxgk_sync *sync)
{
	kref_put(&sync->base.ref, dxgk_sync_release);
}

struct dxgk_sync *dxgk_sync_lookup(struct dxgk_process *process, u32 handle)
{
	struct dxgk_object *object =
		dxgk_handle_lookup(&process->objects, handle,
				   DXGK_OBJECT_SYNC);

	return object ? container_of(object, struct dxgk_sync, base) : NULL;
}

struct dxgk_sync *dxgk_sync_alloc(struct dxgk_process *process,
				  struct dxgk_adapter *adapter,
				  struct dxgk_device *device, u32 type,
				  u32 flags)
{
	struct dxgk_sync *sync;

	sync = kzalloc(sizeof(*sync), GFP_KERNEL_ACCOUNT);
	if (!sync)
		return NULL;
	dxgk_object_init(&sync->base, DXGK_OBJECT_SYNC, 0);
	spin_lock_init(&sync->lock);
	INIT_LIST_HEAD(&sync->node);
	sync->type = type;
	sync->flags = flags;
	dxgk_process_get(process);
	sync->process = process;
	dxgk_adapter_get(adapter);
	sync->adapter = adapter;
	if (device)
		dxgk_device_get(device);
	sync->device = device;
	return sync;
}

struct dxgk_sync *dxgk_sync_alloc_fence(struct dxgk_device *device)
{
	struct dxgk_sync *sync;

	sync = dxgk_sync_alloc(device->process, device->adapter, device,
			       DXG_SYNC_TYPE_MONITORED_FENCE, 0);
	if (sync)
		sync->of_queue = true;
	return sync;
}

bool dxgk_sync_is_fence(const struct dxgk_sync *sync)
{
	return sync->type == DXG_SYNC_TYPE_MONITORED_FENCE ||
	       sync->type == DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE;
}

/* Opened by others it is what its creator has made it. */
bool dxgk_sync_is_usable_on(const struct dxgk_sync *sync,
			    const struct dxgk_adapter *adapter)
{
	u32 flags = sync->shared ? sync->shared->flags : sync->flags;

	return sync->adapter == adapter ||
	       (flags & DXG_SYNC_OBJECT_CROSS_ADAPTER);
}

/* The value may lie anywhere in the page, if only it does not cross words. */
int dxgk_sync_map(struct dxgk_sync *sync, u64 address, u64 offset)
{
	struct dxgk_global *global = sync->process->global;
	struct dxgk_mapping *mapping;
	u64 place = address + offset;
	u64 page = place & PAGE_MASK;
	unsigned int flags = DXGK_MAP_CACHED | DXGK_MAP_KERNEL;

	if (place < address || place % sizeof(u64) ||
	    !dxgk_global_io_range(global, page, PAGE_SIZE))
		return -EINVAL;
	/* To write the value is to signal. */
	if (sync->type == DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE ||
	    (sync->flags & DXG_SYNC_OBJECT_NO_SIGNAL))
		flags |= DXGK_MAP_READ_ONLY;
	mapping = dxgk_platform_map(global, page, PAGE_SIZE, flags);
	if (IS_ERR(mapping))
		return PTR_ERR(mapping);
	sync->mapping = mapping;
	sync->offset = place - page;
	return 0;
}

/* Of an object that nobody else has yet. */
u64 dxgk_sync_user_address(const struct dxgk_sync *sync)
{
	return sync->mapping->user + sync->offset;
}

void dxgk_sync_unmap(struct dxgk_sync *sync)
{
	struct dxgk_mapping *mapping;

	spin_lock(&sync->lock);
	mapping = sync->mapping;
	sync->mapping = NULL;
	spin_unlock(&sync->lock);
	if (mapping)
		dxgk_platform_unmap(mapping);
}

bool dxgk_sync_value(struct dxgk_sync *sync, u64 *ret_value)
{
	const u8 *page;
	bool is_known;

	spin_lock(&sync->lock);
	page = sync->mapping ? sync->mapping->kernel : NULL;
	is_known = page;
	/* What was written before the value is to be seen after it. */
	if (is_known)
		*ret_value = smp_load_acquire((const u64 *)(page +
							    sync->offset));
	spin_unlock(&sync->lock);
	return is_known;
}

/* Out of the table already: nobody finds it, the host is told by the caller. */
void dxgk_sync_forget(struct dxgk_sync *sync)
{
	dxgk_sync_unmap(sync);
	if (sync->event)
		dxgk_event_cancel(sync->process->global, sync->event);
	dxgk_sync_put(sync);
}

/* What is left when a process ends: those that belong to no device. */
void dxgk_syncs_forget(struct dxgk_process *process)
{
	struct dxgk_object *object;
	struct dxgk_sync *sync;

	while ((object = dxgk_handle_any(&process->objects))) {
		sync = container_of(object, struct dxgk_sync, base);
		if (dxgk_handle_remove(&process->objects, object))
			dxgk_sync_forget(sync);
		dxgk_sync_put(sync);
	}
}

/*
 * The object is gone for the guest, whatever the host says. It goes over the
 * global channel, which is there when the adapter has gone, and the object not.
 */
int dxgk_sync_send_destroy(struct dxgk_sync *sync, u32 handle)
{
	struct dxgk_wire_destroysyncobject *request;
	struct dxgk_message message;
	int ret;

	if (!dxgk_adapter_is_active(sync->adapter))
		return 0;
	ret = dxgk_message_init_vm(&message, sync->process->global,
				   sync->process, DXGK_VMCMD_DESTROYSYNCOBJECT,
				   sizeof(*request),
				   sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->sync_object = handle;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	/*
	 * The adapter's end does not close the global channel: the object may have
	 * gone with the adapter before the host came to it.
	 */
	return ret < 0 && !dxgk_adapter_is_active(sync->adapter) ? 0 : ret;
}

int dxgk_sync_check_flags(u32 type, u32 flags)
{
	const u32 fence_only = DXG_SYNC_OBJECT_TOP_OF_PIPELINE |
			       DXG_SYNC_OBJECT_NO_SIGNAL |
			       DXG_SYNC_OBJECT_NO_WAIT;
	const u32 sharing = DXG_SYNC_OBJECT_SHARED |
			    DXG_SYNC_OBJECT_NT_SECURITY_SHARING;
	const u32 useless = DXG_SYNC_OBJECT_NO_SIGNAL |
			    DXG_SYNC_OBJECT_NO_WAIT;

	if (type < DXG_SYNC_TYPE_MUTEX ||
	    type > DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE)
		return -EINVAL;
	/* There are no global handles: shared is shared by descriptor. */
	if ((flags & sharing) && (flags & sharing) != sharing)
		return -EINVAL;
	if ((flags & useless) == useless)
		return -EINVAL;
	if (type < DXG_SYNC_TYPE_MONITORED_FENCE && (flags & fence_only))
		return -EINVAL;
	if (type != DXG_SYNC_TYPE_CPU_NOTIFICATION &&
	    (flags & DXG_SYNC_OBJECT_SIGNAL_BY_KMD))
		return -EINVAL;
	return 0;
}

/* The user's structure goes along whole, but none of its output slots. */
static void dxgk_sync_fill(struct dxgk_wire_createsyncobject *request,
			   const struct d3dkmt_createsynchronizationobject2 *args,
			   const struct dxgk_sync *sync)
{
	static_assert(sizeof(request->args) == sizeof(*args));
	memcpy(&request->args, args, sizeof(*args));
	request->args.reserved = 0;
	request->args.reserved1 = 0;
	request->args.sync_object = 0;
	request->args.info.shared_handle = 0;
	request->args.info.pad108 = 0;
	switch (args->info.type) {
	case DXG_SYNC_TYPE_CPU_NOTIFICATION:
		request->args.info.u.cpu_notification.event = sync->event;
		break;
	case DXG_SYNC_TYPE_MONITORED_FENCE:
		request->args.info.u.monitored_fence.fence_cpu_va = 0;
		request->args.info.u.monitored_fence.fence_gpu_va = 0;
		break;
	case DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE:
		request->args.info.u.periodic_monitored_fence.adapter =
			sync->adapter->host_handle;
		request->args.info.u.periodic_monitored_fence.fence_cpu_va = 0;
		request->args.info.u.periodic_monitored_fence.fence_gpu_va = 0;
		break;
	}
	request->client_hint = DXGK_CLIENT_USER_MODE_DRIVER;
}

static int dxgk_sync_send_create(struct dxgk_sync *sync,
				 const struct d3dkmt_createsynchronizationobject2 *args,
				 struct dxgk_wire_createsyncobject_reply *ret_reply)
{
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, sync->process, sync->adapter,
				DXGK_CMD_CREATESYNCOBJECT,
				sizeof(struct dxgk_wire_createsyncobject),
				sizeof(*ret_reply));
	if (!ret) {
		dxgk_sync_fill(message.request, args, sync);
		ret = dxgk_message_send(&message);
	}
	if (!ret) {
		memcpy(ret_reply, message.reply, sizeof(*ret_reply));
		if (!ret_reply->sync_object)
			ret = -EINVAL;
	}
	dxgk_message_end(&message);
	return ret;
}

static int dxgk_sync_take_reply(struct dxgk_sync *sync,
				struct d3dkmt_createsynchronizationobject2 *args,
				const struct dxgk_wire_createsyncobject_reply *reply)
{
	struct d3dddi_synchronizationobjectinfo2 *info = &args->info;
	int ret;

	if (sync->shared) {
		sync->shared->global_handle = reply->global_sync_object;
		if (!sync->shared->global_handle)
			return -EINVAL;
	}
	args->sync_object.v = reply->sync_object;
	if (!dxgk_sync_is_fence(sync))
		return 0;
	ret = dxgk_sync_map(sync, reply->fence_storage_address,
			    reply->fence_storage_offset);
	if (ret)
		return ret;
	if (sync->type == DXG_SYNC_TYPE_MONITORED_FENCE) {
		info->monitored_fence.fence_cpu_virtual_address =
			dxgk_sync_user_address(sync);
		info->monitored_fence.fence_gpu_virtual_address =
			reply->fence_gpu_va;
	} else {
		info->periodic_monitored_fence.fence_cpu_virtual_address =
			dxgk_sync_user_address(sync);
		info->periodic_monitored_fence.fence_gpu_virtual_address =
			reply->fence_gpu_va;
	}
	return 0;
}

int dxgk_sync_publish(struct dxgk_sync *sync)
{
	u32 handle = sync->base.handle;
	int ret;

	if (sync->device)
		ret = dxgk_device_add(sync->device, &sync->base, &sync->node,
				      &sync->device->syncs);
	else
		ret = dxgk_handle_insert(&sync->process->objects, &sync->base);
	if (ret) {
		dxgk_sync_unmap(sync);
		dxgk_sync_send_destroy(sync, handle);
	}
	return ret;
}

static int dxgk_sync_create(struct dxgk_sync *sync,
			    struct d3dkmt_createsynchronizationobject2 *args)
{
	struct dxgk_wire_createsyncobject_reply reply;
	int ret;

	ret = dxgk_sync_send_create(sync, args, &reply);
	if (ret)
		return ret;
	sync->base.handle = reply.sync_object;
	ret = dxgk_sync_take_reply(sync, args, &reply);
	if (!ret)
		return dxgk_sync_publish(sync);
	dxgk_sync_unmap(sync);
	dxgk_sync_send_destroy(sync, reply.sync_object);
	return ret;
}

/* The display has to be the device's own adapter's. */
static bool dxgk_sync_is_own_display(struct dxgk_process *process,
				     const struct dxgk_device *device, u32 handle)
{
	struct dxgk_adapter *adapter = dxgk_adapter_lookup(process, handle);

	if (adapter)
		dxgk_adapter_put(adapter);
	return adapter == device->adapter;
}

int dxgk_ioctl_create_sync(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createsynchronizationobject2 *args = data;
	struct dxgk_device *device;
	struct dxgk_sync *sync;
	bool is_fence;
	int ret;

	ret = dxgk_sync_check_flags(args->info.type, args->info.flags);
	if (ret)
		return ret;
	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	if (args->info.type == DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE &&
	    !dxgk_sync_is_own_display(process, device,
				      args->info.periodic_monitored_fence
					      .adapter.v)) {
		dxgk_device_put(device);
		return -EINVAL;
	}
	is_fence = args->info.type >= DXG_SYNC_TYPE_MONITORED_FENCE;
	sync = dxgk_sync_alloc(process, device->adapter,
			       is_fence ? device : NULL, args->info.type,
			       args->info.flags);
	dxgk_device_put(device);
	if (!sync)
		return -ENOMEM;
	if (args->info.flags & DXG_SYNC_OBJECT_SHARED) {
		sync->shared = dxgk_shared_alloc(sync->adapter, sync->type, 0);
		if (sync->shared)
			sync->shared->flags = sync->flags;
		else
			ret = -ENOMEM;
	}
	if (!ret && args->info.type == DXG_SYNC_TYPE_CPU_NOTIFICATION)
		ret = dxgk_event_add_fd(process, sync->adapter, NULL,
					args->info.cpu_notification.event,
					DXGK_EVENT_FD, &sync->event);
	if (!ret)
		ret = dxgk_sync_create(sync, args);
	if (ret)
		dxgk_sync_forget(sync);
	return ret;
}

int dxgk_ioctl_destroy_sync(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_destroysynchronizationobject *args = data;
	u32 handle = args->sync_object.v;
	struct dxgk_sync *sync;
	bool is_ours = false;
	int ret = -EINVAL;

	sync = dxgk_sync_lookup(process, handle);
	if (!sync)
		return -EINVAL;
	/* A queue's fence goes with the queue. */
	if (sync->of_queue)
		is_ours = false;
	else if (sync->device)
		is_ours = dxgk_device_remove(sync->device, &sync->base,
					     &sync->node);
	else
		is_ours = dxgk_handle_remove(&process->objects, &sync->base);
	if (is_ours) {
		dxgk_sync_unmap(sync);
		ret = dxgk_sync_send_destroy(sync, handle);
		dxgk_sync_forget(sync);
	}
	dxgk_sync_put(sync);
	return ret;
}
