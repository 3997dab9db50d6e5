/* SPDX-License-Identifier: MIT */
/* RADV on WDDM 2: what its parts share. */
#ifndef RADV_H
#define RADV_H

#include "client-calls.h"
#include "client-gpu.h"

struct radv_memory {
	D3DKMT_HANDLE allocation;
	D3DKMT_HANDLE resource;		/* 0: not for sharing */
	uint64_t size;
	uint64_t gpu;
	void *cpu;
};

struct radv {
	LUID luid;
	D3DKMT_HANDLE adapter;
	D3DKMT_HANDLE device;
	D3DKMT_HANDLE context;
	D3DKMT_CREATEPAGINGQUEUE paging;
	struct client_fence timeline;	/* of the context */
	uint64_t submitted;		/* its last value */
	struct radv_memory commands;
	struct radv_memory buffer;
};

extern struct radv radv;

/* radv-memory.c: reserved, mapped there, resident, and in the CPU's view */
struct radv_memory radv_allocate(uint64_t size, bool shared);
void radv_free(struct radv_memory *memory);

/* radv-queue.c: commands that fill the buffer, at the beginning of their memory */
size_t radv_put_fill(uint32_t value);
/* Waits as Vulkan's own waits do: an event, which is polled. */
void radv_wait(const struct client_fence *fence, uint64_t value);

/* Steps: radv-memory.c */
void maps_parts_of_a_sparse_buffer(void);
void evicts_what_is_not_in_use(void);
/* radv-queue.c */
void fills_a_buffer_on_a_context(void);
void lets_one_context_wait_for_another(void);
void signals_from_the_cpu(void);
void fills_a_buffer_on_a_hardware_queue(void);
/* radv-share.c */
void shares_a_timeline(void);
void shares_memory(void);

#endif
