/* SPDX-License-Identifier: MIT */
/* Devices and the contexts and hardware queues on them. */
#ifndef DXGHOST_DEVICE_H
#define DXGHOST_DEVICE_H

#include "queue.h"

/* D3DKMT_DEVICEEXECUTION_STATE */
enum dxghost_execution_state {
	DXGHOST_ACTIVE = 1,
	DXGHOST_RESET = 2,
	DXGHOST_HUNG = 3,
	DXGHOST_STOPPED = 4,
	DXGHOST_OUT_OF_MEMORY = 5,
	DXGHOST_DMA_FAULT = 6,
	DXGHOST_DMA_PAGE_FAULT = 7,
};

#define DXGHOST_FAULT_WRITE		(1u << 0)
#define DXGHOST_FAULT_FENCE_INVALID	(1u << 1)
/* General codes: bit 0 clear, the code above it. */
#define DXGHOST_FAULT_PAGE		(0u << 1)
#define DXGHOST_FAULT_INSTRUCTION	(1u << 1)

struct dxghost_fault {
	bool happened;
	uint32_t flags;
	uint32_t code;
	uint64_t address;
};

#define DXGHOST_DEVICE_NO_TIMEOUT	(1u << 2)

/*
 * @pins counts messages that wait with something of the device in hand; a
 * destroy first ends what they wait for, then waits for them.
 */
struct dxghost_device {
	struct dxghost_object object;
	struct dxghost_list link;		/* space->devices */
	struct dxghost_list contexts;
	struct dxghost_list paging_queues;
	struct dxghost_list allocations;	/* all, dying ones too */
	struct dxghost_list resources;
	struct dxghost_list syncs;
	struct dxghost_list waits;		/* of the CPU, armed */
	uint32_t flags;
	enum dxghost_execution_state state;
	struct dxghost_fault fault;
	struct dxghost_event *notice;		/* of the one state change */
	uint32_t pins;
};

#define DXGHOST_CONTEXT_NULL_RENDERING	(1u << 0)
#define DXGHOST_CONTEXT_NO_TIMEOUT	(1u << 2)
#define DXGHOST_CONTEXT_SYNC_ONLY	(1u << 3)
#define DXGHOST_CONTEXT_HW_QUEUES	(1u << 4)

struct dxghost_context {
	struct dxghost_object object;
	struct dxghost_list link;	/* device->contexts */
	struct dxghost_list hwqueues;
	struct dxghost_device *device;
	uint32_t node;
	uint32_t flags;
	bool closing;			/* nobody finds it meanwhile */
	struct dxghost_queue queue;
};

struct dxghost_hwqueue {
	struct dxghost_object object;
	struct dxghost_list link;	/* context->hwqueues */
	struct dxghost_context *context;
	struct dxghost_sync *progress;
	bool claimed;			/* by a destroy in progress */
	struct dxghost_queue queue;
};

/* device.c */
struct dxghost_device *dxghost_device_find(const struct dxghost_call *call,
					   uint32_t handle);
void dxghost_device_pin(struct dxghost_device *device);
void dxghost_device_unpin(struct dxghost_device *device);
/*
 * Nobody sees the status of a one-way message: what was wrong with it shows as
 * an error of @device. Returns @status.
 */
dxghost_status dxghost_device_refuse(const struct dxghost_call *call,
				     struct dxghost_device *device,
				     dxghost_status status);

/* device-create.c */
void dxghost_device_destroy(struct dxghost_device *device);

/* device-loss.c */
void dxghost_device_lose(struct dxghost_device *device,
			 enum dxghost_execution_state state);
/* Lets go the CPU's waits on it, whatever for. */
void dxghost_device_release_waits(struct dxghost_device *device);
/* The end of a device without an error: who waits on it alone is let go. */
void dxghost_device_quiesce(struct dxghost_device *device);

/* context.c */
struct dxghost_context *dxghost_context_find(const struct dxghost_call *call,
					     uint32_t handle);
/* The queue of a context, or of a hardware queue, that a handle names. */
struct dxghost_queue *dxghost_queue_find(const struct dxghost_call *call,
					 uint32_t handle);

/* context-create.c */
void dxghost_context_destroy(struct dxghost_context *context);

/* hwqueue.c */
void dxghost_hwqueue_destroy(struct dxghost_hwqueue *hwqueue);

#endif
