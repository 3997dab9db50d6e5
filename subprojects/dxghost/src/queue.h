/* SPDX-License-Identifier: MIT */
/* Queues of work for an engine: those of contexts and of hardware queues. */
#ifndef DXGHOST_QUEUE_H
#define DXGHOST_QUEUE_H

#include "fence.h"

struct dxghost_device;
struct dxghost_signal;

enum dxghost_work_kind {
	DXGHOST_WORK_BUFFER,
	DXGHOST_WORK_WAIT,
	DXGHOST_WORK_SIGNAL,
	DXGHOST_WORK_RETIRE,
};

/* Calls @done when all queues that have it have come to it or dropped it. */
struct dxghost_retire {
	uint32_t pending;
	void (*done)(struct dxghost *host, struct dxghost_retire *retire);
};

struct dxghost_work {
	struct dxghost_list link;
	enum dxghost_work_kind kind;
	bool early;		/* a signal: what may come early has come */
	union {
		struct {
			uint64_t address;
			uint32_t length;
			uint32_t position;	/* of the next packet */
			uint64_t spun_ns;	/* by its packets so far */
			bool null;		/* retires without effect */
			bool begun;		/* an engine has it */
			bool fetched;		/* has read all of it */
			bool has_progress;
			uint64_t progress;	/* value for the queue's fence */
			uint64_t end_address;	/* to store @end_value, or 0 */
			uint64_t end_value;
		} buffer;
		struct dxghost_wait *wait;
		struct dxghost_signal *signal;
		struct dxghost_retire *retire;
	} u;
};

/*
 * Works are done in order. A queue is in its engine's ready list, or the engine
 * has it in hand (@running), or the wait at its head holds it up (@blocked), or
 * it is empty. The head stays in the list while it is worked on.
 */
struct dxghost_queue {
	struct dxghost_list space_link;
	struct dxghost_list ready_link;
	struct dxghost_list works;
	struct dxghost_list mutexes;	/* that it holds */
	struct dxghost_device *device;
	struct dxghost_engine *engine;
	struct dxghost_fence *progress;	/* hardware queues */
	uint64_t last_progress;		/* submitted */
	int32_t priority;
	int32_t in_process_priority;
	bool no_timeout;
	bool running;
	bool waiting;		/* its next packet waits for memory */
	bool polled;		/* and was looked at a moment ago */
	bool blocked;
	bool dying;
};

void dxghost_queue_init(struct dxghost_queue *queue,
			struct dxghost_device *device, uint32_t node);
struct dxghost_work *dxghost_work_create(enum dxghost_work_kind kind);
/* For one that was never pushed, or has nothing of its own any more. */
void dxghost_work_free(struct dxghost_work *work);
void dxghost_queue_push(struct dxghost_queue *queue, struct dxghost_work *work);
/* Puts a queue with work into its engine's hands. */
void dxghost_queue_ready(struct dxghost_queue *queue);
bool dxghost_queue_idle(const struct dxghost_queue *queue);
/* Removes and frees the head after it was done. */
void dxghost_queue_pop(struct dxghost_queue *queue);
/* Drops all work that has not begun. */
void dxghost_queue_drop(struct dxghost *host, struct dxghost_queue *queue);
/* Waits until the queue is idle, but not for ever if it is held up. */
void dxghost_queue_drain(struct dxghost *host, struct dxghost_queue *queue);
/* Drops everything, waits for the engine to let go, and leaves the space. */
void dxghost_queue_stop(struct dxghost *host, struct dxghost_queue *queue);
/* The wait at the head: true if it holds up the queue. */
bool dxghost_queue_wait(struct dxghost *host, struct dxghost_queue *queue);

void dxghost_retire_reach(struct dxghost *host, struct dxghost_retire *retire);
/*
 * Lets @retire->done be called when all work queued in the space now has
 * finished: now if there is none. False without memory.
 */
bool dxghost_retire_start(struct dxghost_space *space,
			  struct dxghost_retire *retire);

#endif
