/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Standard allocations: their arguments, and the driver data they would have. */

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "allocation.h"
#include "ioctl.h"

/* How the host's driver is asked: a surface as wide as the heap is long. */
#define DXGK_STANDARD_GDI_SURFACE		4u
#define DXGK_GDI_SURFACE_CROSS_ADAPTER		7u

int dxgk_create_read_standard(struct dxgk_create *create)
{
	const struct d3dkmt_createallocation *args = create->args;
	struct d3dkmt_createstandardallocation standard;
	bool is_sysmem = create->flags & DXG_CREATEALLOCATION_EXISTING_SYSMEM;
	u64 size;
	int ret;

	if (create->count != 1 || args->priv_drv_data_size ||
	    create->data_size)
		return -EINVAL;
	/* The message's block is another structure. */
	ret = dxgk_copy_in(&standard, args->standard_allocation,
			   sizeof(standard));
	if (ret)
		return ret;
	/* The heap is the caller's memory; the other kind is the host's. */
	if (standard.type != DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP &&
	    standard.type != DXG_STANDARDALLOCATIONTYPE_CROSSADAPTER)
		return -EINVAL;
	if (is_sysmem != (standard.type == DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP))
		return -EINVAL;
	/* It goes through a 32-bit width. */
	size = standard.existing_heap_data.size;
	if (!size || !PAGE_ALIGNED(size) || size > U32_MAX)
		return -EINVAL;
	create->standard.type = standard.type;
	create->standard.size = size;
	create->standard.flags = standard.flags;
	return 0;
}

/* The sizes in @data and @resource are asked for; 0: ask what they are. */
static int
dxgk_standard_init(struct dxgk_message *message, struct dxgk_create *create,
		   u32 data, u32 resource)
{
	struct dxgk_wire_ddigetstandardallocationdriverdata *request;
	int ret;

	ret = dxgk_message_init(message, create->device->process,
				create->device->adapter,
				DXGK_CMD_DDIGETSTANDARDALLOCATIONDRIVERDATA,
				sizeof(*request),
				DXGK_WIRE_DDIGETSTANDARDALLOCATIONDRIVERDATA_REPLY_TAIL +
				(u64)data + resource);
	if (ret)
		return ret;
	request = message->request;
	request->alloc_type = DXGK_STANDARD_GDI_SURFACE;
	request->priv_driver_data_size = data;
	request->priv_driver_resource_size = resource;
	request->u.gdi_surface.width = create->standard.size;
	request->u.gdi_surface.height = 1;
	request->u.gdi_surface.type = DXGK_GDI_SURFACE_CROSS_ADAPTER;
	return 0;
}

static int dxgk_standard_ask(struct dxgk_create *create, u32 *data,
			     u32 *resource, void **ret_data,
			     void **ret_resource)
{
	const struct dxgk_wire_ddigetstandardallocationdriverdata_reply *reply;
	struct dxgk_message message;
	const u8 *tail;
	int ret;

	ret = dxgk_standard_init(&message, create, *data, *resource);
	if (!ret)
		ret = dxgk_message_send(&message);
	if (ret)
		goto out;
	reply = message.reply;
	ret = dxgk_status_to_errno(reply->status);
	if (ret < 0)
		goto out;
	ret = 0;
	if (!ret_data) {
		*data = reply->priv_driver_data_size;
		*resource = reply->priv_driver_resource_size;
		goto out;
	}
	/* It has promised these sizes. */
	if (reply->priv_driver_data_size != *data ||
	    reply->priv_driver_resource_size != *resource) {
		ret = -EINVAL;
		goto out;
	}
	tail = (const u8 *)(reply + 1);
	*ret_data = kvmalloc(*data, GFP_KERNEL);
	*ret_resource = kvmalloc(max(*resource, 1u), GFP_KERNEL);
	if (!*ret_data || !*ret_resource) {
		ret = -ENOMEM;
		goto out;
	}
	memcpy(*ret_data, tail, *data);
	memcpy(*ret_resource, tail + *data, *resource);
out:
	dxgk_message_end(&message);
	return ret;
}

/* What an opener of the shared resource will be given. */
int dxgk_create_standard_data(struct dxgk_create *create)
{
	struct dxgk_allocation *allocation = create->allocations[0];
	struct dxgk_resource *resource = create->resource;
	u32 data_size = 0;
	u32 resource_size = 0;
	int ret;

	ret = dxgk_standard_ask(create, &data_size, &resource_size, NULL, NULL);
	if (ret)
		return ret;
	if (!data_size)
		return -EINVAL;
	ret = dxgk_standard_ask(create, &data_size, &resource_size,
				&allocation->private_data,
				&resource->private_data);
	if (ret)
		return ret;
	allocation->private_data_size = data_size;
	resource->private_data_size = resource_size;
	return 0;
}
