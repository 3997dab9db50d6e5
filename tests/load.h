/* SPDX-License-Identifier: MIT */
/*
 * The calls that make, grant, queue, share or wait, each with what takes it back:
 * for tests in which something happens to a process in the middle of one.
 */
#ifndef LOAD_H
#define LOAD_H

#include "lib/t.h"

/*
 * Once: what the first call that fails answers, or STATUS_SUCCESS. Fails no test,
 * leaves nothing behind, and touches no memory of the device, as that may go at
 * any time. Threads have a fixture each.
 */
struct load {
	const char *name;
	NTSTATUS (*once)(struct t_gpu *gpu);
	bool by_luid;	/* finds also what has come instead of the adapter */
};

/* Before any of them; while the adapter is there, as it writes to its memory. */
void load_begin(struct t_gpu *gpu);

#define LOADS_MAX 32

/* load-objects.c, load-memory.c, load-work.c, load-share.c; end with no name */
extern const struct load load_objects[], load_memory[], load_work[],
	load_share[];

/* All of them; returns how many. */
unsigned int load_list(struct load ret_loads[LOADS_MAX]);

#endif
