/* SPDX-License-Identifier: MIT */
/* A guest of the simplest kind, for tests that speak in messages. */
#ifndef DXGHOST_TESTS_RIG_H
#define DXGHOST_TESTS_RIG_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "dxghost/dxghost.h"
#include "dxghost/gpu.h"
#include "wire.h"

#define RIG_IO_START	0x800000000ull
#define RIG_EVENTS	64

/* A buffer list: pages of this process by their numbers. */
struct rig_list {
	struct rig_list *next;
	uint32_t gpadl;
	uint64_t count;
	const uint64_t *pfns;
};

/* An adapter that is up, a process, a device, a context, a paging queue. */
struct rig {
	struct dxghost *host;
	uint8_t *io;
	size_t io_size;
	bool async;
	uint32_t adapter;
	uint32_t process;
	uint32_t device;
	uint32_t context;
	uint32_t paging_queue;
	uint32_t paging_fence;
	_Atomic uint64_t *paging_value;
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	uint32_t signals;		/* SIGNALGUESTEVENT messages so far */
	uint64_t last_signal;
	uint32_t notices;		/* SETGUESTDATA messages so far */
	uint32_t last_notice;
	uint64_t notice_cookie;
	struct rig_list *lists;		/* those that the host may ask for */
};

/* Of every rig that is started; not const, for guests that lack something. */
extern struct dxghost_guest_ops rig_guest_ops;

/* Memory that is mapped for the GPU, writable and resident. */
struct rig_buffer {
	uint32_t allocation;
	uint64_t size;
	uint64_t va;
	uint8_t *cpu;
};

struct rig_fence {
	uint32_t sync;
	uint64_t va;
	_Atomic uint64_t *value;
};

/* Host, IO space, adapters; with rig_up() also everything else. */
void rig_start(struct rig *rig, const char *profile);
void rig_up(struct rig *rig, const char *profile);
void rig_down(struct rig *rig);

/* Sends a message, header filled in; the reply's size. */
size_t rig_vgpu(struct rig *rig, uint32_t command, void *request, size_t size,
		void *reply, size_t capacity);
size_t rig_global(struct rig *rig, uint32_t command, void *request, size_t size,
		  void *reply, size_t capacity);
/* For commands that answer with a status alone. */
int32_t rig_status(struct rig *rig, uint32_t command, void *request,
		   size_t size);
/* QUERYADAPTERINFO: the status; the payload comes back in place. */
int32_t rig_query(struct rig *rig, uint32_t type, void *payload, uint32_t size);
/* Sends one way, as a guest in asynchronous mode does. */
void rig_post(struct rig *rig, uint32_t command, void *request, size_t size);

uint32_t rig_create_process(struct rig *rig);
/* A device with context and paging queue takes the place of the last one. */
void rig_open(struct rig *rig);
uint32_t rig_create_device(struct rig *rig);
uint32_t rig_create_context(struct rig *rig, uint32_t device, uint32_t node,
			    uint32_t flags);
uint32_t rig_allocate(struct rig *rig, uint64_t size, uint32_t flags);
int32_t rig_destroy_allocation(struct rig *rig, uint32_t allocation,
			       uint32_t flags);
/* Each takes the paging fence's value or waits for it. */
int32_t rig_map(struct rig *rig, uint32_t allocation, uint64_t pages,
		uint64_t protection, uint64_t *va, uint64_t *fence);
int32_t rig_make_resident(struct rig *rig, uint32_t allocation,
			  uint64_t *fence);
void rig_wait_paging(struct rig *rig, uint64_t value);
void rig_buffer(struct rig *rig, uint64_t size, struct rig_buffer *buffer);
void rig_fence(struct rig *rig, uint64_t initial, uint32_t flags,
	       struct rig_fence *fence);

/* To the context named; waits and signals are one object each. */
int32_t rig_submit(struct rig *rig, uint32_t context, uint64_t va,
		   uint32_t size);
int32_t rig_signal(struct rig *rig, uint32_t context, uint32_t sync,
		   uint64_t value);
int32_t rig_wait(struct rig *rig, uint32_t context, uint32_t sync,
		 uint64_t value);
int32_t rig_signal_cpu(struct rig *rig, uint32_t sync, uint64_t value,
		       uint32_t flags);
int32_t rig_wait_cpu(struct rig *rig, uint32_t sync, uint64_t value,
		     uint64_t event);
uint32_t rig_device_state(struct rig *rig);

/* Waits up to some seconds, then fails the test. */
void rig_expect_value(_Atomic uint64_t *value, uint64_t expected);
void rig_expect_signals(struct rig *rig, uint32_t count);
void rig_expect_notices(struct rig *rig, uint32_t count);

#endif
