/* SPDX-License-Identifier: MIT */
/* Signals that queues carry out. */
#ifndef DXGHOST_SIGNAL_H
#define DXGHOST_SIGNAL_H

#include "queue.h"

struct dxghost_sync;

struct dxghost_signal_item {
	struct dxghost_fence *fence;	/* counted */
	uint64_t value;
	bool top;			/* TopOfPipeline: when it is fetched */
};

#define DXGHOST_SIGNAL_AT_SUBMISSION	(1u << 0)
#define DXGHOST_SIGNAL_CPU_EVENT	(1u << 1)
#define DXGHOST_SIGNAL_REWIND		(1u << 2)
#define DXGHOST_SIGNAL_INTERNAL		(1u << 31)

/*
 * One signal; it happens when all queues that have it have come to it. Fences of
 * the kind TopOfPipeline get theirs as soon as all of them have read the buffer
 * before it.
 */
struct dxghost_signal {
	uint32_t pending;		/* queues yet to come */
	uint32_t pending_top;		/* the same for the early fences */
	uint32_t flags;
	bool aborted;			/* one queue dropped it */
	struct dxghost_event *event;
	uint32_t count;
	struct dxghost_signal_item items[];
};

/* For @queues queues. */
struct dxghost_signal *dxghost_signal_create(uint32_t count, uint32_t queues);
void dxghost_signal_set(struct dxghost_signal *signal, uint32_t i,
			const struct dxghost_sync *sync, uint64_t value);
/* One queue has come to @work, its part of a signal. */
void dxghost_signal_reach(struct dxghost *host, struct dxghost_work *work);
/* One queue drops it; @lost: for an error of its device. */
void dxghost_signal_abort(struct dxghost *host, struct dxghost_work *work,
			  bool lost);
/* Never given to a queue. */
void dxghost_signal_free(struct dxghost *host, struct dxghost_signal *signal);
/*
 * The buffer at the queue's head has been begun, or read to its end, or a signal
 * was put behind it: carries out what has to wait for no more than that.
 */
void dxghost_signals_early(struct dxghost_queue *queue);

#endif
