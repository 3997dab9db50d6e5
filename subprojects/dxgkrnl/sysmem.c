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
 * The host has said how large the allocation is. After a failure the pages stay
 * pinned until it has confirmed that the allocation is gone.
 */
int dxgk_allocation_attach_sysmem(struct dxgk_allocation *allocation,
				  bool read_only)
{
	u64 pages = allocation->size >> PAGE_SHIFT;
	struct dxgk_pinned *pinned;

	if (!pages || pages > U32_MAX || !PAGE_ALIGNED(allocation->size))
		return -EINVAL;
	pinned = dxgk_platform_pin(allocation->sysmem, pages, !read_only);
	if (IS_ERR(pinned))
		return PTR_ERR(pinned);
	allocation->pinned = pinned;
	if (allocation->device->adapter->map_guest)
		return dxgk_sysmem_send_all_pages(allocation, pages);
	return dxgk_sysmem_send_store(allocation);
}

/* Only when the host has confirmed, or has gone. */
void dxgk_allocation_unpin(struct dxgk_allocation *allocation)
{
	struct dxgk_pinned *pinned = allocation->pinned;

	if (!pinned)
		return;
	if (allocation->gpadl)
		dxgk_platform_unshare(allocation->device->process->global,
				      pinned);
	dxgk_platform_unpin(pinned);
	allocation->pinned = NULL;
}
