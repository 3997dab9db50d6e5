/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CPU access to allocations: one mapping each, however many lock it. */

#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/mm.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "message.h"
#include "platform.h"

static int dxgk_lock_send(struct dxgk_allocation *allocation, u64 *ret_address)
{
	struct dxgk_device *device = allocation->device;
	const struct dxgk_wire_lock2_reply *reply;
	struct dxgk_wire_lock2 *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_LOCK2, sizeof(*request),
				sizeof(*reply));
	if (ret)
		goto out;
	request = message.request;
	request->args.device = device->base.handle;
	request->args.allocation = allocation->base.handle;
	ret = dxgk_message_send_status(&message);
	reply = message.reply;
	if (ret >= 0)
		*ret_address = reply->cpu_visible_address;
out:
	dxgk_message_end(&message);
	return ret < 0 ? ret : 0;
}

static int dxgk_unlock_send(struct dxgk_allocation *allocation)
{
	struct dxgk_device *device = allocation->device;
	struct dxgk_wire_unlock2 *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_UNLOCK2, sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		/* Not unlocked, it would stay so for ever. */
		dxgk_message_unkillable(&message);
		request = message.request;
		request->args.device = device->base.handle;
		request->args.allocation = allocation->base.handle;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	return ret;
}

static struct dxgk_mapping *dxgk_lock_map(struct dxgk_allocation *allocation,
					  u64 address)
{
	struct dxgk_global *global = allocation->device->process->global;
	u64 size = PAGE_ALIGN(allocation->size);

	if (!PAGE_ALIGNED(address) || size < allocation->size ||
	    !dxgk_global_io_range(global, address, size))
		return ERR_PTR(-EINVAL);
	return dxgk_platform_map(global, address, size,
				 allocation->cached ? DXGK_MAP_CACHED : 0);
}

/* With the allocation's lock held, which others wait on for the mapping. */
static int dxgk_lock_first(struct dxgk_allocation *allocation)
{
	struct dxgk_mapping *mapping;
	u64 address;
	int ret;

	ret = dxgk_lock_send(allocation, &address);
	if (ret)
		return ret;
	mapping = dxgk_lock_map(allocation, address);
	if (IS_ERR(mapping)) {
		dxgk_unlock_send(allocation);
		return PTR_ERR(mapping);
	}
	allocation->mapping = mapping;
	return 0;
}

static int dxgk_lock(struct dxgk_allocation *allocation, u64 *ret_address)
{
	int ret = 0;

	if (mutex_lock_killable(&allocation->lock))
		return -EINTR;
	if (allocation->dead || allocation->locks == U32_MAX)
		ret = -EINVAL;
	else if (!allocation->locks && !allocation->sysmem)
		ret = dxgk_lock_first(allocation);
	if (!ret) {
		allocation->locks++;
		*ret_address = allocation->sysmem ? allocation->sysmem :
						    allocation->mapping->user;
	}
	mutex_unlock(&allocation->lock);
	return ret;
}

static int dxgk_unlock(struct dxgk_allocation *allocation)
{
	int ret = 0;

	mutex_lock(&allocation->lock);
	if (allocation->dead || !allocation->locks) {
		ret = -EINVAL;
	} else if (!--allocation->locks && allocation->mapping) {
		dxgk_platform_unmap(allocation->mapping);
		allocation->mapping = NULL;
		ret = dxgk_unlock_send(allocation);
	}
	mutex_unlock(&allocation->lock);
	return ret;
}

/* It is being destroyed: no mapping now, and none later. */
void dxgk_allocation_revoke(struct dxgk_allocation *allocation)
{
	mutex_lock(&allocation->lock);
	allocation->dead = true;
	if (allocation->mapping)
		dxgk_platform_unmap(allocation->mapping);
	allocation->mapping = NULL;
	mutex_unlock(&allocation->lock);
}

/* The allocation, if it is one of that device's. */
static struct dxgk_allocation *
dxgk_allocation_lookup_of(struct dxgk_process *process, u32 device, u32 handle)
{
	struct dxgk_allocation *allocation;

	allocation = dxgk_allocation_lookup(process, handle);
	if (allocation && allocation->device->base.handle != device) {
		dxgk_allocation_put(allocation);
		allocation = NULL;
	}
	return allocation;
}

int dxgk_ioctl_lock(struct dxgk_process *process, void *data)
{
	struct d3dkmt_lock2 *args = data;
	struct dxgk_allocation *allocation;
	u64 address;
	int ret = -ENODEV;

	allocation = dxgk_allocation_lookup_of(process, args->device.v,
					       args->allocation.v);
	if (!allocation)
		return -EINVAL;
	/* Also when it is mapped already and nothing need be asked. */
	if (dxgk_adapter_is_active(allocation->device->adapter))
		ret = dxgk_lock(allocation, &address);
	if (!ret)
		args->data = address;
	dxgk_allocation_put(allocation);
	return ret;
}

int dxgk_ioctl_unlock(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_unlock2 *args = data;
	struct dxgk_allocation *allocation;
	int ret = -ENODEV;

	allocation = dxgk_allocation_lookup_of(process, args->device.v,
					       args->allocation.v);
	if (!allocation)
		return -EINVAL;
	/* Without it there is nothing locked, and no reason to complain of that. */
	if (dxgk_adapter_is_active(allocation->device->adapter))
		ret = dxgk_unlock(allocation);
	dxgk_allocation_put(allocation);
	return ret;
}
