/* SPDX-License-Identifier: MIT */
/* Nodes of an adapter: each a thread that works through queues. */
#ifndef DXGHOST_ENGINE_H
#define DXGHOST_ENGINE_H

#include "host.h"

struct dxghost_queue;
struct dxghost_work;

#define DXGHOST_BOUNCE_SIZE	(64u << 10)
#define DXGHOST_MAX_TOUCHED	16

struct dxghost_engine {
	struct dxghost_adapter *adapter;
	uint32_t node;
	pthread_t thread;
	pthread_cond_t wake;
	bool stop;
	struct dxghost_list ready;		/* queues, in order of arrival */
	const struct dxghost_queue *last;	/* for counting switches only */
	const struct dxghost_space *space;	/* whose buffer runs, or NULL */
	uint64_t since_ns;			/* and since when */
	uint8_t *bounce;			/* for guest pages */
	/* Fences whose value the command buffer in hand may have written. */
	struct dxghost_fence *touched[DXGHOST_MAX_TOUCHED];
	uint32_t touched_count;
};

/* engine.c */
struct dxghost_engine *dxghost_engine_create(struct dxghost_adapter *adapter,
					     uint32_t node);
void dxghost_engine_destroy(struct dxghost_engine *engine);
/* How long the buffer in hand has run; @space: if it is of that process. */
uint64_t dxghost_engine_running(const struct dxghost_engine *engine,
				const struct dxghost_space *space);

/* engine-list.c: the queues that are ready for it */
void dxghost_engine_add(struct dxghost_engine *engine,
			struct dxghost_queue *queue);
/* Lets a packet that takes long look whether it shall go on. */
void dxghost_engine_wake(struct dxghost_engine *engine);
/* Takes the first of those with the highest priority, pollers left out. */
struct dxghost_queue *dxghost_engine_next(struct dxghost_engine *engine);
/* What ran meanwhile may have written what pollers wait for. */
void dxghost_engine_poll_again(struct dxghost_engine *engine);

/* What became of a command buffer. */
enum dxghost_run {
	DXGHOST_RUN_DONE,
	DXGHOST_RUN_YIELD,	/* its next packet has to wait for memory */
	DXGHOST_RUN_STOPPED,	/* queue or device have come to an end */
};

/*
 * packet.c: executes the command buffer from its position on. Called with the
 * host's lock held, and drops it meanwhile. A fault has lost the device.
 */
enum dxghost_run dxghost_packet_run(struct dxghost_engine *engine,
				    struct dxghost_queue *queue,
				    struct dxghost_work *work);

#endif
