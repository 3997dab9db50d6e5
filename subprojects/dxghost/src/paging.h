/* SPDX-License-Identifier: MIT */
/* Paging queues, and the worker that completes their operations. */
#ifndef DXGHOST_PAGING_H
#define DXGHOST_PAGING_H

#include "device.h"

/* @ops are in the order in which they were given and will complete. */
struct dxghost_paging_queue {
	struct dxghost_object object;
	struct dxghost_list link;	/* device->paging_queues */
	struct dxghost_list ops;
	struct dxghost_device *device;
	struct dxghost_sync *sync;	/* its fence */
	uint64_t last_value;
	uint64_t last_due_ns;
};

/*
 * Something that takes effect later. @apply is called once with the lock held,
 * @dropped if it is to have no effect any more, and frees it.
 */
struct dxghost_paging_op {
	struct dxghost_list link;	/* the worker's, by time */
	struct dxghost_list queue_link;
	struct dxghost_paging_queue *queue;	/* or NULL */
	struct dxghost_device *device;
	uint64_t value;
	uint64_t due_ns;
	void (*apply)(struct dxghost *host, struct dxghost_paging_op *op,
		      bool dropped);
};

struct dxghost_paging *dxghost_paging_create(struct dxghost_adapter *adapter);
void dxghost_paging_destroy(struct dxghost_paging *paging);

struct dxghost_paging_queue *
dxghost_paging_queue_find(const struct dxghost_call *call, uint32_t handle);
void dxghost_paging_queue_destroy(struct dxghost_paging_queue *queue);
void dxghost_paging_queue_drop(struct dxghost *host,
			       struct dxghost_paging_queue *queue);

/*
 * Takes over @op. ST_PENDING and the fence value to wait for; or ST_SUCCESS and
 * 0 when it was done at once.
 */
dxghost_status dxghost_paging_submit(struct dxghost_paging_queue *queue,
				     struct dxghost_paging_op *op,
				     uint64_t *ret_value);
/* The same for operations that belong to no queue. */
void dxghost_paging_submit_loose(struct dxghost_device *device,
				 struct dxghost_paging_op *op);
/* Drops the loose operations of a device. */
void dxghost_paging_drop_loose(struct dxghost_device *device);

#endif
