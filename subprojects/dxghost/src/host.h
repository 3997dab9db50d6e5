/* SPDX-License-Identifier: MIT */
/* The host's core objects: adapters, processes, and what calls hand round. */
#ifndef DXGHOST_HOST_H
#define DXGHOST_HOST_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "dxghost/dxghost.h"
#include "handle-table.h"
#include "io-space.h"
#include "list.h"
#include "memory.h"
#include "page-table.h"
#include "profile.h"
#include "status.h"

struct dxghost_call;
struct dxghost_counters;
struct dxghost_engine;
struct dxghost_paging;
struct dxghost_vsync;

/* What a handle of a process may name. */
enum dxghost_type {
	DXGHOST_DEVICE,
	DXGHOST_CONTEXT,
	DXGHOST_HWQUEUE,
	DXGHOST_PAGING_QUEUE,
	DXGHOST_ALLOCATION,
	DXGHOST_RESOURCE,
	DXGHOST_SYNC,
	DXGHOST_TYPES,
};

/* Begins every object that has a handle. */
struct dxghost_object {
	enum dxghost_type type;
	uint32_t handle;
	struct dxghost_space *space;
};

/* Minimum, low, normal, high, maximum. */
#define DXGHOST_PRIORITY_CLASSES	5u

struct dxghost_node_usage {
	uint64_t running_ns;
	uint32_t switches;
	uint32_t submitted;
	uint32_t completed;
	uint32_t faulted;
};

/*
 * One process on one adapter: its GPU address space and its accounts. Made at
 * the first use, lives until the process or the adapter goes.
 */
struct dxghost_space {
	struct dxghost_list process_link;
	struct dxghost_list adapter_link;
	struct dxghost_process *process;
	struct dxghost_adapter *adapter;
	struct dxghost_page_table table;
	struct dxghost_list devices;
	struct dxghost_list syncs;	/* those that belong to no device */
	struct dxghost_list queues;	/* all work queues of all devices */
	uint64_t resident[DXGHOST_GROUPS];	/* bytes in residency lists */
	uint64_t committed[DXGHOST_GROUPS];	/* bytes of all allocations */
	uint64_t evicted;			/* bytes so far */
	uint64_t reservation[DXGHOST_GROUPS];
	struct dxghost_node_usage nodes[DXGHOST_MAX_NODES];
	bool is_ending;				/* somebody destroys it */
};

/* @calls counts the messages at work for it; a destroy waits for the others. */
struct dxghost_process {
	struct dxghost *host;
	uint32_t handle;
	uint32_t calls;
	uint64_t pid;
	struct dxghost_handle_table objects;
	struct dxghost_list spaces;
};

struct dxghost_adapter {
	struct dxghost *host;
	unsigned index;
	const struct dxghost_adapter_profile *profile;
	uint32_t handle;		/* the host adapter handle */
	bool open;
	uint32_t calls;
	struct dxghost_list spaces;
	struct dxghost_engine *engines[DXGHOST_MAX_NODES];
	struct dxghost_paging *paging;
	struct dxghost_vsync *vsync;	/* NULL: there is no display */
	uint64_t pool_used;		/* of local + non-local memory */
	uint64_t resident[DXGHOST_GROUPS];
	uint64_t lingering[DXGHOST_GROUPS];	/* evicted, still in place */
	uint64_t committed[DXGHOST_GROUPS];
	uint64_t evicted[DXGHOST_GROUPS][DXGHOST_PRIORITY_CLASSES];
	uint32_t allocations[DXGHOST_GROUPS];
	uint32_t resident_allocations[DXGHOST_GROUPS];
	struct dxghost_node_usage nodes[DXGHOST_MAX_NODES];
	uint32_t tdr_count;
};

/*
 * Locking: ONE lock for all objects. It is dropped while engines move data
 * (they hold their memory by a count) and while something is waited for. Lock
 * order: lock, then nothing; guest_ops.message is called without it. Whoever
 * waits with a pointer in hand keeps the object by a count: process->calls,
 * adapter->calls, device->pins, memory->refs.
 */
struct dxghost {
	pthread_mutex_t lock;
	pthread_cond_t changed;		/* something may have finished */
	unsigned sleepers;		/* on @changed */
	struct dxghost_guest_ops ops;
	void *guest;
	struct dxghost_profile profile;
	uint32_t injected[DXGHOST_MAX_INJECTIONS];	/* messages counted */
	struct dxghost_io_space io;
	bool io_ready;			/* the guest has named the region */
	struct dxghost_list outbox;	/* events to send at unlock */
	struct dxghost_handle_table processes;
	struct dxghost_handle_table fences;	/* global sync handles */
	struct dxghost_handle_table shared;	/* "NT" handles */
	struct dxghost_adapter *adapters;
	struct dxghost_counters *counters;
	uint64_t serial;		/* of GPU address operations */
	uint64_t epoch_ns;		/* zero of the GPU clock */
	uint32_t live[DXGHOST_TYPES];
	uint32_t chosen_version;	/* written by the guest */
	uint32_t guest_caps;
};

/* lock.c */
void dxghost_lock(struct dxghost *host);
/* Also delivers the events queued meanwhile. */
void dxghost_unlock(struct dxghost *host);
/* Waits for a change, also delivering first. False once @deadline is over. */
bool dxghost_wait_change(struct dxghost *host, uint64_t deadline_ns);
void dxghost_changed(struct dxghost *host);

/* clock.c */
uint64_t dxghost_now(void);
uint64_t dxghost_gpu_clock(const struct dxghost *host);
void dxghost_cond_init(pthread_cond_t *cond);
/* Waits on @cond until CLOCK_MONOTONIC has come to @deadline_ns. */
void dxghost_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *lock,
			     uint64_t deadline_ns);

#define DXGHOST_FOREVER		UINT64_MAX
#define DXGHOST_GPU_FREQUENCY	1000000000ull

/* event.c: messages to the guest */
struct dxghost_event;
struct dxghost_event *dxghost_event_signal(struct dxghost_process *process,
					   uint64_t id);
struct dxghost_event *dxghost_event_guest_data(struct dxghost_process *process,
					       uint64_t cookie);
void dxghost_event_set_data(struct dxghost_event *event, uint32_t data);
/* Queues @event for the next unlock and owns it from now on; NULL: nothing. */
void dxghost_event_send(struct dxghost *host, struct dxghost_event *event);
void dxghost_event_free(struct dxghost_event *event);
void dxghost_outbox_deliver(struct dxghost *host, struct dxghost_list *outbox);

/* object.c: handles of a process */
bool dxghost_object_add(struct dxghost_object *object, enum dxghost_type type,
			struct dxghost_space *space);
/* Makes the handle unknown; harmless if it is already. */
void dxghost_object_remove(struct dxghost_object *object);
/* The object of this type that the calling process names on this adapter. */
void *dxghost_object_find(const struct dxghost_call *call, uint32_t handle,
			  enum dxghost_type type);
/* The same on whatever adapter. */
void *dxghost_object_find_anywhere(const struct dxghost_call *call,
				   uint32_t handle, enum dxghost_type type);

/* space.c: the calling process on the calling adapter; NULL without memory */
struct dxghost_space *dxghost_space_of(const struct dxghost_call *call);

/* process.c */
struct dxghost_process *dxghost_process_find(struct dxghost *host,
					     uint32_t handle);
/* Destroys all that a process has on an adapter. */
/* Or waits while somebody else does: to be called until there is none. */
void dxghost_space_destroy(struct dxghost_space *space);
void dxghost_process_destroy(struct dxghost_process *process, uint32_t calls);

/* adapter.c */
int dxghost_adapter_start(struct dxghost_adapter *adapter);
void dxghost_adapter_stop(struct dxghost_adapter *adapter);

#endif
