/* SPDX-License-Identifier: MIT */
/* Handles of processes to synchronization objects. */
#ifndef DXGHOST_SYNC_H
#define DXGHOST_SYNC_H

#include "device.h"

/* @flags are this handle's; the object itself may be open elsewhere too. */
struct dxghost_sync {
	struct dxghost_object object;
	struct dxghost_list link;	/* device->syncs or space->syncs */
	struct dxghost_list fence_link;
	struct dxghost_device *device;	/* NULL: belongs to the adapter */
	struct dxghost_fence *fence;	/* counted */
	uint32_t flags;
	uint64_t gpu_va;		/* of the fence's page, or 0 */
	bool owned;			/* part of a queue: not to be destroyed */
};

/* Takes over the caller's count of @fence, also on failure. */
struct dxghost_sync *dxghost_sync_create(struct dxghost_space *space,
					 struct dxghost_device *device,
					 struct dxghost_fence *fence,
					 uint32_t flags, bool map);
void dxghost_sync_destroy(struct dxghost_sync *sync);
struct dxghost_sync *dxghost_sync_find(const struct dxghost_call *call,
				       uint32_t handle);

#endif
