/* SPDX-License-Identifier: MIT */
/* What may go wrong on the way to the host when a test asks for it. */
#ifndef DXGK_USER_FAULT_H
#define DXGK_USER_FAULT_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_global;
struct soft_machine;

/* Below 0: nothing happens. Else DXG_SOFT_... as for dxg_soft_fail_message(). */
#define SOFT_NO_FAULT	(-1)

/* See dxg_soft_fail_message(); @how is valid. */
u64 soft_fault_set(u64 nth, int how);
/* What is to happen to the message that is about to be sent. */
int soft_fault_next(bool killable);

/**
 * soft_fault_orphan() - a request whose sender is killed while it waits
 * @adapter: as in the request
 *
 * The host answers, but the driver hears of it only in a work item. Returns
 * -EINTR; -ENOMEM: nothing has been sent.
 */
int soft_fault_orphan(struct dxgk_global *global, struct dxgk_adapter *adapter,
		      const void *message, u32 size, u32 reply_size);

/* The host has gone: the driver hears of it in a work item, once. */
void soft_fault_lose_host(struct soft_machine *machine);

/* Returns when the work items of both kinds have been done. */
void soft_fault_settle(struct soft_machine *machine);

/* In a forked child: nothing happens to its messages. */
void soft_fault_after_fork(void);

#endif
