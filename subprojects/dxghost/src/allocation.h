/* SPDX-License-Identifier: MIT */
/* Allocations and resources. */
#ifndef DXGHOST_ALLOCATION_H
#define DXGHOST_ALLOCATION_H

#include "device.h"

#define DXGHOST_MAX_ALLOCATIONS		1024u	/* in one creation */
#define DXGHOST_MAX_LIST		10240u	/* in residency calls */
#define DXGHOST_PRIORITY_NORMAL		0x78000000u
#define DXGHOST_ALL_SEGMENTS		0x3u	/* local, system memory */

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
	uint32_t segments;			/* allowed: a bit a group */
	uint32_t refs;
	uint32_t resident;		/* references of the device's list */
	bool counted;			/* in the accounts of what is resident */
	bool usable;			/* and its paging has completed */
	bool lingering;			/* evicted, but nobody needs the room */
	bool dead;
	bool owns_pages;		/* made with pages of the guest */
	bool offered;
	bool idle;			/* offered, and no earlier work uses it */
	bool discarded;
	bool may_decommit;
	uint32_t offer_priority;
	uint64_t offer_serial;		/* which of two offers was the first */
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
/* Into the other segment: a matter of accounts, the memory stays. */
void dxghost_allocation_move(struct dxghost_allocation *allocation,
			     enum dxghost_group group);
/* May an engine use it? */
bool dxghost_allocation_usable(const struct dxghost_allocation *allocation);
void dxghost_allocation_get(struct dxghost_allocation *allocation);
void dxghost_allocation_put(struct dxghost_allocation *allocation);
/* Addresses, residency and memory go now. */
void dxghost_allocation_release(struct dxghost_allocation *allocation);
struct dxghost_resource *
dxghost_resource_create(struct dxghost_device *device, bool may_share);
void dxghost_resource_free(struct dxghost_resource *resource);

/* residency-count.c */
void dxghost_residency_add(struct dxghost_allocation *allocation);
/* @linger: it stays where it is until the room is needed. */
void dxghost_residency_remove(struct dxghost_allocation *allocation, bool linger);
/* Its memory does no longer count, or does again, whatever the references. */
void dxghost_residency_uncount(struct dxghost_allocation *allocation);
void dxghost_residency_recount(struct dxghost_allocation *allocation);
void dxghost_residency_settle(struct dxghost_allocation *allocation);
/* For the statistics: one of five classes; what has left its place. */
uint32_t dxghost_priority_class(uint32_t priority);
void dxghost_residency_note_eviction(const struct dxghost_allocation *allocation);

/*
 * residency.c: makes room for what is now counted, in those groups (bits): what
 * is offered is thrown away as far as needed. False: there still is too much.
 */
bool dxghost_residency_fit(struct dxghost_space *space, uint32_t groups,
			   bool beyond_budget);

/* What becomes usable when its paging is done. */
struct dxghost_resident_op;
struct dxghost_resident_op *dxghost_resident_op_create(uint32_t count);
/* Keeps the allocation until then. */
void dxghost_resident_op_add(struct dxghost_resident_op *op,
			     struct dxghost_allocation *allocation);
void dxghost_resident_op_free(struct dxghost_resident_op *op);
struct dxghost_paging_op *
dxghost_resident_op_base(struct dxghost_resident_op *op);

/* memory-info.c */
uint64_t dxghost_budget(const struct dxghost_space *space,
			enum dxghost_group group);
/* Is there room for what the process has resident, beside what others claim? */
bool dxghost_memory_holds(const struct dxghost_space *space,
			  enum dxghost_group group);
uint64_t dxghost_group_size(const struct dxghost_adapter *adapter,
			    enum dxghost_group group);

#endif
