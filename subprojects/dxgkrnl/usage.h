/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How much memory a process has on an adapter, without asking the host. */
#ifndef DXGK_USAGE_H
#define DXGK_USAGE_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_process;

/**
 * struct dxgk_usage - sums over the allocations of a process on one adapter
 * @devices: that it has there
 * @gpu: bytes of memory that the host has made for it; where that is, and
 *	whether it is resident, only the host knows
 * @gpu_shared: of these, what belongs to resources that descriptors stand for
 * @system: bytes of memory that is the process's own
 * @system_pinned: of these, what cannot be moved or paged out now; pages of
 *	destroyed allocations that the host has not confirmed are still among them
 */
struct dxgk_usage {
	u32 devices;
	u64 gpu;
	u64 gpu_shared;
	u64 system;
	u64 system_pinned;
};

/* Takes the locks of dxgkrnl.h from dxgk_process.device_lock on; may sleep. */
void dxgk_usage_read(struct dxgk_process *process,
		     const struct dxgk_adapter *adapter,
		     struct dxgk_usage *ret_usage);

#endif /* DXGK_USAGE_H */
