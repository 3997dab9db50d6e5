/* SPDX-License-Identifier: MIT */
/* Intel's compute runtime: what its parts share. */
#ifndef INTEL_H
#define INTEL_H

#include "client-calls.h"
#include "client-gpu.h"

/* One for each engine that is used. */
#define INTEL_CONTEXTS 2

struct intel_context {
	D3DKMT_HANDLE handle;
	struct client_fence fence;
	uint64_t value;		/* the last that was submitted */
};

struct intel_memory {
	D3DKMT_HANDLE allocation;
	uint64_t gpu;
	void *cpu;
};

#define INTEL_MEMORIES 9

struct intel {
	LUID luid;
	D3DKMT_HANDLE adapter;
	D3DKMT_HANDLE device;
	D3DKMT_CREATEPAGINGQUEUE paging;
	uint64_t paging_value;	/* what has to be reached before the next submission */
	struct intel_context contexts[INTEL_CONTEXTS];
	struct intel_memory memories[INTEL_MEMORIES];
};

extern struct intel intel;

/* intel-memory.c: with this many bytes, and nothing else */
#define INTEL_SIZE 65536u
void intel_destroy(const D3DKMT_HANDLE *allocations, UINT count, D3DKMT_HANDLE resource);
/* intel-queue.c */
struct intel_context intel_create_context(UINT node, D3DKMT_CLIENTHINT hint);
void intel_destroy_context(struct intel_context *context);

/* Steps: intel-memory.c */
void reserves_the_addresses_of_the_cpu(void);
void maps_memory_where_the_cpu_has_it(void);
void maps_memory_in_a_window(void);
void takes_fragments_of_the_hosts_memory(void);
void makes_all_resident_with_one_priority(void);
void shares_without_attributes(void);
void finds_no_resource_by_number(void);
void destroys_memory(void);
/* intel-queue.c */
void makes_a_context_for_each_engine(void);
void fills_memory_on_each_engine(void);
void level_zero_says_so_in_its_hint(void);
void exchanges_the_layout_by_an_escape(void);
void asks_for_presents_before_it_destroys(void);

#endif
