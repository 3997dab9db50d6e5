/* SPDX-License-Identifier: MIT */
/* A thread that waits for fences. */
#ifndef T_WAITER_H
#define T_WAITER_H

#include "t-gpu.h"

struct t_waiter {
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU args;
	/* private: */
	D3DKMT_HANDLE fence;
	uint64_t value;
	pthread_t thread;
	NTSTATUS status;
	bool is_over;
};

/* For all, or any, of what @args names; they stay there as long as it waits. */
void t_waiter_start(struct t_waiter *waiter);
/* For one fence. */
void t_waiter_start_for(struct t_waiter *waiter, D3DKMT_HANDLE device,
			D3DKMT_HANDLE fence, uint64_t value);
bool t_waiter_is_over(const struct t_waiter *waiter);
/* Blocks until it is; what the call has answered. */
NTSTATUS t_waiter_join(struct t_waiter *waiter);

#endif
