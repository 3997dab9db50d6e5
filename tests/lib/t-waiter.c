/* SPDX-License-Identifier: MIT */
/* A thread that waits for fences. */
#include "t.h"
#include "t-waiter.h"

static void *wait_in_thread(void *argument)
{
	struct t_waiter *waiter = argument;

	waiter->status = D3DKMTWaitForSynchronizationObjectFromCpu(&waiter->args);
	__atomic_store_n(&waiter->is_over, true, __ATOMIC_RELEASE);
	return NULL;
}

void t_waiter_start(struct t_waiter *waiter)
{
	waiter->is_over = false;
	waiter->thread = t_start_thread(wait_in_thread, waiter);
}

void t_waiter_start_for(struct t_waiter *waiter, D3DKMT_HANDLE device,
			D3DKMT_HANDLE fence, uint64_t value)
{
	memset(&waiter->args, 0, sizeof(waiter->args));
	waiter->fence = fence;
	waiter->value = value;
	waiter->args.hDevice = device;
	waiter->args.ObjectCount = 1;
	waiter->args.ObjectHandleArray = &waiter->fence;
	waiter->args.FenceValueArray = &waiter->value;
	t_waiter_start(waiter);
}

bool t_waiter_is_over(const struct t_waiter *waiter)
{
	return __atomic_load_n(&waiter->is_over, __ATOMIC_ACQUIRE);
}

NTSTATUS t_waiter_join(struct t_waiter *waiter)
{
	t_join_thread(waiter->thread);
	return waiter->status;
}
