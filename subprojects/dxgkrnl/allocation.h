/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A CreateAllocation on its way, shared by the files that carry it out. */
#ifndef DXGK_ALLOCATION_H
#define DXGK_ALLOCATION_H

#include <linux/types.h>

#include "dxgkrnl.h"
#include "message.h"
#include "uapi.h"

/**
 * struct dxgk_create - state of one CreateAllocation call, or of opening some
 * @device: of the caller, who keeps the reference
 * @args: NULL when opening
 * @flags: the caller's, with existing_sysmem where it follows from a pointer
 * @info: the caller's entries, read once; NULL when opening
 * @allocations: @count of them, in order; theirs until they are visible
 * @handles: room to list them all, for taking them back
 * @resource: to be added to, or just being created
 * @is_new_resource: the latter
 * @data_size: sum of the entries' private data
 * @standard: block for the message when standard_allocation is set
 * @reserved: of the resource's kept_size, for these
 * @created: the host has them: what follows has to be undone there
 */
struct dxgk_create {
	struct dxgk_device *device;
	struct d3dkmt_createallocation *args;
	u32 flags;
	u32 count;
	struct d3dddi_allocationinfo2 *info;
	struct dxgk_allocation **allocations;
	u32 *handles;
	struct dxgk_resource *resource;
	bool is_new_resource;
	u32 data_size;
	struct dxgk_wire_standard_allocation standard;
	u32 reserved;
	bool created;
};

/* allocation-args.c */
int dxgk_create_read_args(struct dxgk_create *create);

/* standard-allocation.c */
int dxgk_create_read_standard(struct dxgk_create *create);
int dxgk_create_standard_data(struct dxgk_create *create);

/* sysmem.c */
int dxgk_allocation_attach_sysmem(struct dxgk_allocation *allocation,
				  bool read_only);

/* allocation.c */
struct dxgk_allocation *dxgk_allocation_alloc(struct dxgk_device *device);
struct dxgk_resource *dxgk_resource_alloc(struct dxgk_device *device);

/* allocation-create.c */

/* Everything that may fail for want of memory, before the host is asked. */
int dxgk_create_alloc(struct dxgk_create *create);
/* Once the host has them: all become visible, or none. */
int dxgk_create_publish(struct dxgk_create *create);
/* On failure takes back what was made, on the host as well. */
void dxgk_create_end(struct dxgk_create *create, bool failed);

#endif /* DXGK_ALLOCATION_H */
