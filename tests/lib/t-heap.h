/* SPDX-License-Identifier: MIT */
/* Standard allocations over the caller's own pages, its heap in short. */
#ifndef T_HEAP_H
#define T_HEAP_H

#include <stdbool.h>

#include "t-gpu.h"

/* @read_only: the GPU must not write it */
NTSTATUS t_try_create_heap(D3DKMT_HANDLE device, void *memory, uint64_t size,
			   bool read_only, D3DKMT_HANDLE *ret_allocation);

/* Resident and mapped; buffer.cpu is @memory. Fails the test. */
struct t_buffer t_create_heap(struct t_gpu *gpu, void *memory, uint64_t size);
/* The memory stays. */
void t_destroy_heap(struct t_gpu *gpu, struct t_buffer *heap);

/*
 * Pages of all processes that the kernel has pinned for somebody, and has not let
 * go: 0 on a system at rest. -1 where the kernel does not count them.
 */
long t_pinned_pages(void);
/* Those of this process that count as locked. */
unsigned long t_locked_pages(void);

#endif
