/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Allocations made of the caller's own pages: pin them, tell the host. */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "allocation.h"
#include "platform.h"

/*
 * Page numbers in one message: half of what would fit, so that two messages
 * do not fill the ring.
 */
#define DXGK_PFNS_MAX	7936u

static int dxgk_sysmem_send_pages(struct dxgk_allocation *allocation,
				  u32 first, u32 count)
{
	struct dxgk_device *device = allocation->device;
	struct dxgk_wire_setexistingsysmempages *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_SETEXISTINGSYSMEMPAGES,
				sizeof(*request) + count * sizeof(u64),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->device = device->base.handle;
		request->allocation = allocation->base.handle;
		request->num_pages = count;
		request->alloc_offset_in_pages = first;
		dxgk_platform_pinned_pfns(allocation->pinned, first, count,
					  (u64 *)(request + 1));
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	return ret < 0 ? ret : 0;
}

static int dxgk_sysmem_send_all_pages(struct dxgk_allocation *allocation,
				      u32 pages)
{
	u32 first, count;
	int ret = 0;

	for (first = 0; !ret && first < pages; first += count) {
		count = min(pages - first, DXGK_PFNS_MAX);
		ret = dxgk_sysmem_send_pages(allocation, first, count);
	}
	return ret;
}

static int dxgk_sysmem_send_store(struct dxgk_allocation *allocation)
{
	struct dxgk_device *device = allocation->device;
	struct dxgk_wire_setexistingsysmemstore *request;
	struct dxgk_message message;
	u32 gpadl;
	int ret;

	ret = dxgk_platform_share(device->process->global, allocation->pinned,
				  &gpadl);
	if (ret)
		return ret;
	allocation->gpadl = true;
	ret = dxgk_message_init(&message, device->process, device->adapter,
				DXGK_CMD_SETEXISTINGSYSMEMSTORE,
				sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		request = message.request;
		request->device = device->base.handle;
		request->allocation = allocation->base.handle;
		request->gpadl = gpadl;
		ret = dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
	return ret < 0 ? ret : 0;
}

/*
 * Known to the adapter once nothing reads their numbers any more. If it has gone
 * meanwhile, they go.
 */
static int dxgk_sysmem_keep(struct dxgk_allocation *allocation)
{
	struct dxgk_adapter *adapter = allocation->device->adapter;
	bool is_gone;

	spin_lock(&adapter->pin_lock);
	is_gone = adapter->gone;
	list_add_tail(&allocation->pinned_node, &adapter->pinned);
	spin_unlock(&adapter->pin_lock);
	if (!is_gone)
		return 0;
	dxgk_allocation_unpin(allocation);
	return -ENODEV;
}

/*
 * The host has said how large the allocation is. After a failure the pages stay
 * pinned until it has confirmed that the allocation is gone.
 */
int dxgk_allocation_attach_sysmem(struct dxgk_allocation *allocation,
				  bool read_only)
{
	u64 pages = allocation->size >> PAGE_SHIFT;
	struct dxgk_pinned *pinned;
	int kept, ret;

	if (!pages || pages > U32_MAX || !PAGE_ALIGNED(allocation->size))
		return -EINVAL;
	pinned = dxgk_platform_pin(allocation->sysmem, pages, !read_only);
	if (IS_ERR(pinned))
		return PTR_ERR(pinned);
	allocation->pinned = pinned;
	ret = allocation->device->adapter->map_guest ?
	      dxgk_sysmem_send_all_pages(allocation, pages) :
	      dxgk_sysmem_send_store(allocation);
	kept = dxgk_sysmem_keep(allocation);
	return kept ? kept : ret;
}

/* One of those who want it gets it, to let it go. */
static struct dxgk_pinned *
dxgk_allocation_take_pinned(struct dxgk_allocation *allocation)
{
	struct dxgk_adapter *adapter = allocation->device->adapter;
	struct dxgk_pinned *pinned;

	spin_lock(&adapter->pin_lock);
	pinned = allocation->pinned;
	allocation->pinned = NULL;
	list_del_init(&allocation->pinned_node);
	spin_unlock(&adapter->pin_lock);
	return pinned;
}

void dxgk_allocation_unpin(struct dxgk_allocation *allocation)
{
	struct dxgk_pinned *pinned = dxgk_allocation_take_pinned(allocation);

	if (!pinned)
		return;
	if (allocation->gpadl)
		dxgk_platform_unshare(allocation->device->process->global,
				      pinned);
	dxgk_platform_unpin(pinned);
}

bool dxgk_allocation_is_pinned(struct dxgk_allocation *allocation)
{
	struct dxgk_adapter *adapter = allocation->device->adapter;
	bool is_pinned;

	spin_lock(&adapter->pin_lock);
	is_pinned = allocation->pinned;
	spin_unlock(&adapter->pin_lock);
	return is_pinned;
}

static struct dxgk_allocation *
dxgk_adapter_first_pinned(struct dxgk_adapter *adapter)
{
	struct dxgk_allocation *allocation;

	spin_lock(&adapter->pin_lock);
	allocation = list_first_entry_or_null(&adapter->pinned,
					      struct dxgk_allocation,
					      pinned_node);
	/* Its last reference goes after its pages have. */
	if (allocation)
		kref_get(&allocation->base.ref);
	spin_unlock(&adapter->pin_lock);
	return allocation;
}

void dxgk_adapter_unpin(struct dxgk_adapter *adapter)
{
	struct dxgk_allocation *allocation;

	spin_lock(&adapter->pin_lock);
	adapter->gone = true;
	spin_unlock(&adapter->pin_lock);
	while ((allocation = dxgk_adapter_first_pinned(adapter))) {
		dxgk_allocation_unpin(allocation);
		dxgk_allocation_put(allocation);
	}
}
