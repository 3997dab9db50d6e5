/* SPDX-License-Identifier: MIT */
/* Objects that "NT" handles keep alive and open elsewhere. */
#ifndef DXGHOST_SHARE_H
#define DXGHOST_SHARE_H

#include "allocation.h"

struct dxghost_shared_part {
	struct dxghost_memory *memory;	/* counted */
	enum dxghost_group group;
	uint32_t data_flags;
};

/* A fence, or what a resource consisted of when it was shared. */
struct dxghost_shared {
	struct dxghost_fence *fence;	/* counted; NULL: a resource */
	struct dxghost_adapter *adapter;
	uint32_t handle;
	uint32_t count;
	struct dxghost_shared_part parts[];
};

void dxghost_shared_destroy(struct dxghost *host,
			    struct dxghost_shared *shared);

#endif
