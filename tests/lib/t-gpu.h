/* SPDX-License-Identifier: MIT */
/* The fixture, and the objects that most tests need; all fail the test. */
#ifndef T_GPU_H
#define T_GPU_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>

#include "t-process.h"
#include "t-soft.h"

/* A handle that nobody has been given: the slot is far beyond those in use. */
#define T_UNKNOWN_HANDLE 0x6abcde40u

struct t_fence {
	D3DKMT_HANDLE handle;
	const uint64_t *cpu;	/* read with t_fence_value() */
	uint64_t gpu;		/* GPU virtual address of the value */
};

struct t_paging_queue {
	D3DKMT_HANDLE handle;
	struct t_fence fence;	/* gpu is not known */
};

/* An allocation that is mapped read-write, resident and locked. */
struct t_buffer {
	D3DKMT_HANDLE allocation;
	uint64_t size;
	uint64_t gpu;
	void *cpu;
};

/*
 * What a test gets as *state. The group's setup decides how much of it is
 * there; the teardown destroys what is, then compares host objects and open
 * descriptors with those from before.
 */
struct t_gpu {
	D3DKMT_HANDLE adapter;
	LUID luid;
	D3DKMT_HANDLE device;
	D3DKMT_HANDLE context;
	struct t_paging_queue paging;
	struct t_fence fence;		/* for t_submit_and_wait() */
	uint64_t fence_value;		/* the last one promised */
	struct t_buffer commands;	/* for struct t_commands */

	unsigned int descriptors_before;
	struct dxg_soft_object_counts objects_before;
};

/* Nothing but the leak check; an adapter and a device; everything. */
int t_setup_bare(void **state);
int t_setup_device(void **state);
int t_setup_gpu(void **state);
int t_teardown(void **state);

#define t_bare_test(name) \
	cmocka_unit_test_setup_teardown(name, t_setup_bare, t_teardown)
#define t_device_test(name) \
	cmocka_unit_test_setup_teardown(name, t_setup_device, t_teardown)
#define t_gpu_test(name) \
	cmocka_unit_test_setup_teardown(name, t_setup_gpu, t_teardown)

/* adapter, device, context */
D3DKMT_HANDLE t_open_adapter(LUID *ret_luid);	/* the first render adapter */
D3DKMT_HANDLE t_open_adapter_by_luid(LUID luid);
void t_close_adapter(D3DKMT_HANDLE adapter);
NTSTATUS t_query_adapter(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
			 void *data, UINT size);
D3DKMT_HANDLE t_create_device(D3DKMT_HANDLE adapter);
void t_destroy_device(D3DKMT_HANDLE device);
D3DKMT_DEVICEEXECUTION_STATE t_execution_state(D3DKMT_HANDLE device);
D3DKMT_HANDLE t_create_context(D3DKMT_HANDLE device, unsigned int node);
void t_destroy_context(D3DKMT_HANDLE context);

/* paging queue, residency, GPU addresses */
void t_create_paging_queue(D3DKMT_HANDLE device, struct t_paging_queue *queue);
void t_destroy_paging_queue(struct t_paging_queue *queue);
void t_wait_paging(const struct t_paging_queue *queue, uint64_t value);
void t_make_resident(const struct t_paging_queue *queue, D3DKMT_HANDLE allocation);
NTSTATUS t_evict(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
uint64_t t_map(const struct t_paging_queue *queue, D3DKMT_HANDLE allocation,
	       uint64_t size);	/* read-write; waits until it is usable */
void t_free_va(D3DKMT_HANDLE adapter, uint64_t address, uint64_t size);

/* allocations; @flags: DXGHOST_ALLOCATION_... */
NTSTATUS t_try_create_allocation(D3DKMT_HANDLE device, uint64_t size,
				 uint32_t flags, D3DKMT_HANDLE *ret_allocation);
D3DKMT_HANDLE t_create_allocation(D3DKMT_HANDLE device, uint64_t size,
				  uint32_t flags);
NTSTATUS t_destroy_allocation(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
NTSTATUS t_destroy_resource(D3DKMT_HANDLE device, D3DKMT_HANDLE resource);
void *t_lock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
NTSTATUS t_unlock(D3DKMT_HANDLE device, D3DKMT_HANDLE allocation);
struct t_buffer t_create_buffer(struct t_gpu *gpu, uint64_t size);
void t_destroy_buffer(struct t_gpu *gpu, struct t_buffer *buffer);

/* monitored fences */
struct t_fence t_create_fence(D3DKMT_HANDLE device, uint64_t initial_value);
void t_destroy_fence(struct t_fence *fence);
uint64_t t_fence_value(const struct t_fence *fence);
NTSTATUS t_signal_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value);
NTSTATUS t_signal_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value);
NTSTATUS t_wait_gpu(D3DKMT_HANDLE context, D3DKMT_HANDLE fence, uint64_t value);
/* Blocks until the fence has the value. */
NTSTATUS t_wait_cpu(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value);
NTSTATUS t_wait_cpu_event(D3DKMT_HANDLE device, D3DKMT_HANDLE fence,
			  uint64_t value, int event);
/* Waits until the fence has the value; fails the test at the time limit. */
void t_wait_fence(D3DKMT_HANDLE device, const struct t_fence *fence, uint64_t value);

/* events: eventfds */
int t_create_event(void);
bool t_event_is_set(int event, unsigned int timeout_ms);

#endif
