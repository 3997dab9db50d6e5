/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* CPU waits of others than the ioctl, and those that a signal has cut short. */
#ifndef DXGK_WAIT_H
#define DXGK_WAIT_H

#include <linux/types.h>

struct dxgk_device;
struct dxgk_process;

/* At the end of a process: none of its threads comes back for its wait. */
void dxgk_waits_forget(struct dxgk_process *process);

/*
 * Have the host report @event, once, when a fence of the process has the value. It
 * cannot be told to forget it, so the event may come when nobody waits any more.
 */
int dxgk_wait_arm_event(struct dxgk_device *device, u32 handle, u64 value,
			u64 event);

/* gpu-wait.c: @handle: a context or hardware queue of @device; @fence: monitored */
int dxgk_gpu_wait_for(struct dxgk_device *device, u32 handle, u32 fence,
		      u64 value);

#endif /* DXGK_WAIT_H */
