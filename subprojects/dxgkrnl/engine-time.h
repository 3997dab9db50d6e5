/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How long a process has kept the engines of an adapter busy, as the host counts. */
#ifndef DXGK_ENGINE_TIME_H
#define DXGK_ENGINE_TIME_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_process;

/* More than that are left out, whatever the host says. */
#define DXGK_ENGINES_MAX	64u
#define DXGK_ENGINE_NAME_MAX	32

/**
 * struct dxgk_engine_time - one engine (a node, in the host's terms)
 * @name: of lower-case letters, digits and dashes; no other of the adapter has it, and
 *	it stays
 * @ns: of running the process's work; never falls
 */
struct dxgk_engine_time {
	char name[DXGK_ENGINE_NAME_MAX];
	u64 ns;
};

/**
 * dxgk_engine_times_refresh() - ask about all adapters that a process has devices on
 * @process: has a file open, as long as this takes
 *
 * An adapter that has been asked a moment ago, or has not answered since, is not asked.
 * Waits for answers, but not for long and not after a kill: what comes later is there
 * the next time.
 */
void dxgk_engine_times_refresh(struct dxgk_process *process);

/* What is known of engine @index; false: nothing, or there is none. */
bool dxgk_engine_time_read(struct dxgk_process *process,
			   const struct dxgk_adapter *adapter, u32 index,
			   struct dxgk_engine_time *ret_time);

/* The process's last file is being closed: nothing is asked any more. */
void dxgk_engine_times_end(struct dxgk_process *process);

#endif /* DXGK_ENGINE_TIME_H */
