/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Checks what CreateAllocation was called with, before anything is made. */

#include <linux/errno.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "allocation.h"
#include "ioctl.h"
#include "share.h"

/* Each block of caller's data, and all together, stay below this. */
#define DXGK_CREATE_DATA_MAX	131072u

static int dxgk_create_check_flags(struct dxgk_create *create)
{
	u32 flags = create->flags;

	if (flags & (DXG_CREATEALLOCATION_EXISTING_SECTION |
		     DXG_CREATEALLOCATION_CREATE_PROTECTED))
		return -EINVAL;
	/* Shared allocations are a resource's, and shared by descriptor. */
	if ((flags & DXG_CREATEALLOCATION_CREATE_SHARED) &&
	    (~flags & (DXG_CREATEALLOCATION_CREATE_RESOURCE |
		       DXG_CREATEALLOCATION_NT_SECURITY_SHARING)))
		return -EINVAL;
	return 0;
}

static int dxgk_create_check_sizes(struct dxgk_create *create)
{
	const struct d3dkmt_createallocation *args = create->args;
	u64 sum = 0;
	u32 i;

	for (i = 0; i < create->count; i++) {
		if (create->info[i].priv_drv_data_size >= DXGK_CREATE_DATA_MAX)
			return -EINVAL;
		sum += create->info[i].priv_drv_data_size;
	}
	if (sum >= DXGK_CREATE_DATA_MAX ||
	    args->private_runtime_data_size >= DXGK_CREATE_DATA_MAX ||
	    args->priv_drv_data_size >= DXGK_CREATE_DATA_MAX)
		return -EINVAL;
	create->data_size = sum;
	return 0;
}

/* All of the caller's own memory, or none. */
static int dxgk_create_check_sysmem(struct dxgk_create *create)
{
	bool is_sysmem = create->info[0].sysmem;
	u32 i;

	for (i = 0; i < create->count; i++) {
		u64 address = create->info[i].sysmem;

		if (is_sysmem != !!address || !PAGE_ALIGNED(address))
			return -EINVAL;
	}
	/* The flag goes without saying, but not for a standard allocation. */
	if (is_sysmem && create->flags & DXG_CREATEALLOCATION_STANDARD_ALLOCATION &&
	    !(create->flags & DXG_CREATEALLOCATION_EXISTING_SYSMEM))
		return -EINVAL;
	if (is_sysmem)
		create->flags |= DXG_CREATEALLOCATION_EXISTING_SYSMEM;
	else if (create->flags & DXG_CREATEALLOCATION_EXISTING_SYSMEM)
		return -EINVAL;
	return 0;
}

/*
 * What openers will be given is kept as long as the resource: it must not grow with
 * every call. A resource is begun with what fits into one message, and less.
 */
static int dxgk_create_reserve(struct dxgk_create *create)
{
	struct dxgk_resource *resource = create->resource;
	u64 size = dxgk_shared_parts_size(create->count, create->data_size);
	int ret = 0;

	mutex_lock(&create->device->lock);
	if (resource->kept_size + size > DXGK_SHARED_SIZE_MAX) {
		ret = -EOVERFLOW;
	} else {
		resource->kept_size += size;
		create->reserved = size;
	}
	mutex_unlock(&create->device->lock);
	return ret;
}

/* A resource that allocations are to be added to. */
static int dxgk_create_find_resource(struct dxgk_create *create)
{
	u32 handle = create->args->resource.v;
	struct dxgk_resource *resource;
	u32 i;

	if (!handle)
		return 0;
	resource = dxgk_resource_lookup(create->device->process, handle);
	/* Here alone an unknown handle is not an invalid parameter. */
	if (!resource)
		return -EBADF;
	create->resource = resource;
	if (resource->device != create->device ||
	    (create->flags & (DXG_CREATEALLOCATION_CREATE_RESOURCE |
			      DXG_CREATEALLOCATION_STANDARD_ALLOCATION)))
		return -EINVAL;
	if (!resource->shared)
		return 0;
	/* Whoever opens it will ask for every allocation's data. */
	for (i = 0; i < create->count; i++) {
		if (!create->info[i].priv_drv_data_size)
			return -EINVAL;
	}
	return dxgk_create_reserve(create);
}

/* Their entries in the message are shorter, and are needed after it: a copy. */
static int dxgk_create_read_info(struct dxgk_create *create)
{
	const struct d3dkmt_createallocation *args = create->args;

	if (!args->alloc_count || args->alloc_count > DXG_CREATEALLOCATION_MAX)
		return -EINVAL;
	create->count = args->alloc_count;
	create->info = kvmalloc_array(create->count, sizeof(*create->info),
				      GFP_KERNEL);
	if (!create->info)
		return -ENOMEM;
	return dxgk_copy_in(create->info, args->allocation_info,
			    create->count * sizeof(*create->info));
}

int dxgk_create_read_args(struct dxgk_create *create)
{
	int ret;

	create->flags = create->args->flags;
	ret = dxgk_create_check_flags(create);
	if (!ret)
		ret = dxgk_create_read_info(create);
	if (!ret)
		ret = dxgk_create_check_sizes(create);
	if (!ret)
		ret = dxgk_create_check_sysmem(create);
	if (!ret)
		ret = dxgk_create_find_resource(create);
	if (!ret && (create->flags & DXG_CREATEALLOCATION_STANDARD_ALLOCATION))
		ret = dxgk_create_read_standard(create);
	return ret;
}
