/* SPDX-License-Identifier: MIT */
/* librocdxg: what its parts share. */
#ifndef ROCM_H
#define ROCM_H

#include "client-calls.h"
#include "client-gpu.h"

#define ROCM_CHUNKS 2
#define ROCM_CHUNK_SIZE 65536u

/* Allocations of one size, which follow one another in the GPU's address space. */
struct rocm_memory {
	D3DKMT_HANDLE chunks[ROCM_CHUNKS];
	D3DKMT_HANDLE resource;		/* of memory that can be exported */
	uint64_t gpu;
	void *cpu[ROCM_CHUNKS];
};

struct rocm {
	LUID luid;
	D3DKMT_HANDLE adapter;		/* never closed */
	D3DKMT_HANDLE device;
	D3DKMT_CREATEPAGINGQUEUE paging;
	struct rocm_memory commands;
	struct rocm_memory vram;
	struct rocm_memory system;
};

extern struct rocm rocm;

/* rocm-queue.c: what is submitted with a signal behind it, as in client_submit() */
struct rocm_queue {
	D3DKMT_HANDLE context;
	struct client_fence fence;
	uint64_t value;			/* the last that was submitted */
};

struct rocm_queue rocm_create_queue(void);
void rocm_submit(struct rocm_queue *queue, size_t size);

/* Steps: rocm-memory.c */
void reserves_addresses_of_both_handles(void);
void allocates_chunks_and_maps_each(void);
void takes_memory_of_the_process(void);
void exports_memory_with_its_own_data(void);
void unmaps_by_no_access(void);
void destroys_by_resource_or_list(void);
/* rocm-queue.c */
void fills_and_copies_on_a_software_queue(void);
void waits_for_any_and_for_all(void);
void fills_on_a_hardware_queue(void);
/* rocm-event.c */
void makes_an_event_of_an_eventfd(void);
void reads_the_clocks(void);
void asks_what_older_libraries_have_not(void);

#endif
