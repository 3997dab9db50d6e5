/* SPDX-License-Identifier: MIT */
/* Allocations and resources. */
#ifndef DXGHOST_ALLOCATION_H
#define DXGHOST_ALLOCATION_H

#include "device.h"

#define DXGHOST_MAX_ALLOCATIONS		1024u	/* in one creation */
#define DXGHOST_MAX_LIST		10240u	/* in residency calls */
#define DXGHOST_PRIORITY_NORMAL		0x78000000u

/*
 * The handle's death comes first. The object stays, with its addresses and its
 * place in the residency list, until the work queued before has finished; and
 * as bare memory while operations that name it are under way (@refs).
 */
struct dxghost_allocation {
	struct dxghost_object object;
	struct dxghost_list link;		/* device->allocations */
	struct dxghost_list resource_link;
	struct dxghost_list retire_link;
	struct dxghost_device *device;
	struct dxghost_resource *resource;	/* or NULL */
	struct dxghost_memory *memory;		/* counted */
	enum dxghost_group group;
	uint32_t data_flags;			/* DXGHOST_ALLOCATION_* */
	uint32_t refs;
	uint32_t resident;		/* references of the device's list */
	bool usable;			/* and its paging has completed */
	bool dead;
	bool owns_pages;		/* made with pages of the guest */
	bool offered;
	bool discarded;
	uint32_t offer_priority;
	uint32_t priority;
	uint32_t locks;
	uint64_t va_low;		/* bounds of all its mappings */
	uint64_t va_high;
};

struct dxghost_resource {
	struct dxghost_object object;
	struct dxghost_list link;	/* device->resources */
	struct dxghost_list allocations;
	struct dxghost_device *device;
	bool may_share;
	bool sealed;			/* shared: takes no more allocations */
	bool opened;			/* of another resource's memory */
};

/* allocation.c */
struct dxghost_allocation *
dxghost_allocation_find(const struct dxghost_call *call, uint32_t handle);
struct dxghost_allocation *
dxghost_allocation_create(struct dxghost_device *device,
			  struct dxghost_resource *resource,
			  struct dxghost_memory *memory,
			  enum dxghost_group group, uint32_t data_flags);
/* May an engine use it? */
bool dxghost_allocation_usable(const struct dxghost_allocation *allocation);
void dxghost_allocation_get(struct dxghost_allocation *allocation);
void dxghost_allocation_put(struct dxghost_allocation *allocation);
/* Addresses, residency and memory go now. */
void dxghost_allocation_release(struct dxghost_allocation *allocation);
struct dxghost_resource *
dxghost_resource_create(struct dxghost_device *device, bool may_share);
void dxghost_resource_free(struct dxghost_resource *resource);

/* residency.c */
void dxghost_residency_add(struct dxghost_allocation *allocation);
void dxghost_residency_remove(struct dxghost_allocation *allocation);

/* memory-info.c */
uint64_t dxghost_budget(const struct dxghost_space *space,
			enum dxghost_group group);
uint64_t dxghost_group_size(const struct dxghost_adapter *adapter,
			    enum dxghost_group group);

#endif
