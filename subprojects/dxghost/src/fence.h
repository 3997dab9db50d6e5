/* SPDX-License-Identifier: MIT */
/* Synchronization objects themselves (handles to them: sync.h), and waits. */
#ifndef DXGHOST_FENCE_H
#define DXGHOST_FENCE_H

#include "host.h"

struct dxghost_queue;

enum dxghost_fence_type {
	DXGHOST_MUTEX = 1,
	DXGHOST_SEMAPHORE = 2,
	DXGHOST_LEGACY_FENCE = 3,
	DXGHOST_CPU_NOTIFICATION = 4,
	DXGHOST_MONITORED_FENCE = 5,
	DXGHOST_PERIODIC_FENCE = 6,
};

#define DXGHOST_SYNC_SHARED		(1u << 0)
#define DXGHOST_SYNC_NT_SHARING		(1u << 1)
#define DXGHOST_SYNC_CROSS_ADAPTER	(1u << 2)
#define DXGHOST_SYNC_TOP_OF_PIPELINE	(1u << 3)
#define DXGHOST_SYNC_NO_SIGNAL		(1u << 4)
#define DXGHOST_SYNC_NO_WAIT		(1u << 5)
#define DXGHOST_SYNC_NO_MAX_ON_TDR	(1u << 6)
#define DXGHOST_SYNC_NO_GPU_ACCESS	(1u << 7)
#define DXGHOST_SYNC_SIGNAL_BY_KMD	(1u << 8)
#define DXGHOST_SYNC_FLAGS		0x1FFu

#define DXGHOST_FENCE_LOST		UINT64_MAX

/*
 * A monitored fence, periodic or not, keeps its value in the first eight bytes of
 * a page of its own, where the guest and the engines read and write it without
 * any lock; the host does with atomics. Everything else is the host's lock's.
 */
struct dxghost_fence {
	uint32_t refs;
	enum dxghost_fence_type type;
	uint32_t flags;
	struct dxghost_memory *memory;	/* monitored: the page */
	uint64_t level;			/* legacy: value, count */
	uint64_t maximum;		/* semaphore */
	struct dxghost_list owner_link;	/* mutex: the holder's queue->mutexes */
	uint64_t event_id;		/* CPU notification */
	struct dxghost_process *process;	/* of the notification */
	struct dxghost_list waiters;	/* dxghost_wait_entry.link */
	struct dxghost_list syncs;	/* open handles, dxghost_sync.fence_link */
	struct dxghost_list vsync_link;	/* periodic */
	uint64_t vsync_lead;		/* periodic: ns before the refresh */
	uint64_t vsync_first;		/* periodic: when its value was 0 */
	uint32_t global;		/* VM-wide handle, or 0 */
	uint32_t shared;		/* "NT" handles to it */
};

struct dxghost_wait_entry {
	struct dxghost_list link;
	struct dxghost_wait *wait;
	struct dxghost_fence *fence;	/* counted */
	uint64_t value;
};

/*
 * A wait for all or any of some fences. Once armed it belongs to them, until it
 * is satisfied and @done is called, which frees it, or it is cancelled.
 */
struct dxghost_wait {
	void (*done)(struct dxghost *host, struct dxghost_wait *wait);
	/* Instead of @done when it is cancelled; may be NULL. */
	void (*cancelled)(struct dxghost *host, struct dxghost_wait *wait);
	struct dxghost_list owner_link;	/* device->waits, or unused */
	struct dxghost_list done_link;
	struct dxghost_queue *queue;	/* that is held up, or NULL */
	void *owner;
	struct dxghost_event *event;
	bool any;
	bool armed;
	bool satisfied;
	uint32_t count;
	struct dxghost_wait_entry entries[];
};

struct dxghost_fence *dxghost_fence_create(struct dxghost_adapter *adapter,
					   enum dxghost_fence_type type,
					   uint32_t flags, uint64_t value);
/* Monitored, periodic or not: with a value of 64 bits in a page of its own. */
bool dxghost_fence_is_monitored(const struct dxghost_fence *fence);
void dxghost_fence_get(struct dxghost_fence *fence);
void dxghost_fence_put(struct dxghost *host, struct dxghost_fence *fence);

uint64_t dxghost_fence_value(const struct dxghost_fence *fence);
/* Stores the value, up or down, and lets go who waits for it. */
void dxghost_fence_set(struct dxghost *host, struct dxghost_fence *fence,
		       uint64_t value);
/* As above, but never down. */
void dxghost_fence_raise(struct dxghost *host, struct dxghost_fence *fence,
			 uint64_t value);
/* Its signal will never come, as a device was lost. */
void dxghost_fence_lose(struct dxghost *host, struct dxghost_fence *fence);
/* Someone may have written the value: looks at the waits again. */
void dxghost_fence_notice(struct dxghost *host, struct dxghost_fence *fence);
/* What a signal packet of @queue does to an object of any type. */
void dxghost_fence_signal(struct dxghost *host, struct dxghost_fence *fence,
			  uint64_t value, bool rewind);

/* Nobody is to wait for a holder that has gone: lets its mutexes go. */
void dxghost_mutexes_release(struct dxghost *host,
			     struct dxghost_queue *queue);

struct dxghost_wait *dxghost_wait_create(uint32_t count);
void dxghost_wait_set(struct dxghost_wait *wait, uint32_t i,
		      struct dxghost_fence *fence, uint64_t value);
/* Calls @done now or later. */
void dxghost_wait_arm(struct dxghost *host, struct dxghost_wait *wait);
/* Armed or not: undoes it and frees it, without a call of @done. */
void dxghost_wait_cancel(struct dxghost *host, struct dxghost_wait *wait);

#endif
