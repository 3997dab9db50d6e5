/* SPDX-License-Identifier: MIT */
/* The way to a host in the same process: a function call. */
#include <errno.h>

#include "dxgkrnl.h"
#include "fault.h"
#include "soft-machine.h"

/*
 * The answer is there when the call returns: no wait that could be cut short.
 * Without @reply nobody wants one.
 */
static int direct_send(struct dxgk_global *global, struct dxgk_adapter *adapter,
		       const void *message, u32 size, void *reply,
		       u32 reply_size)
{
	struct soft_machine *machine = global->platform;
	size_t got = 0;
	int error;

	error = dxghost_message(machine->host, soft_machine_channel(adapter),
				message, size, reply != NULL, reply, reply_size,
				&got);
	return error ? error : (int)got;
}

/* 0: it can be sent; the channel is as broken as it would be in the kernel. */
static int direct_broken(struct soft_machine *machine, int fault)
{
	if (fault == DXG_SOFT_HOST_GONE)
		soft_fault_lose_host(machine);
	return fault == DXG_SOFT_MESSAGE_LOST ||
	       READ_ONCE(machine->host_gone) ? -ENODEV : 0;
}

static int direct_request(struct dxgk_global *global,
			  struct dxgk_adapter *adapter, const void *message,
			  u32 size, void *reply, u32 reply_size,
			  unsigned int flags)
{
	int fault = soft_fault_next(flags & DXGK_REQUEST_KILLABLE);
	int error = direct_broken(global->platform, fault);

	if (error)
		return error;
	if (fault == DXG_SOFT_SENDER_KILLED)
		return soft_fault_orphan(global, adapter, message, size,
					 reply_size);
	return direct_send(global, adapter, message, size, reply, reply_size);
}

static int direct_post(struct dxgk_global *global, struct dxgk_adapter *adapter,
		       const void *message, u32 size)
{
	int error = direct_broken(global->platform, soft_fault_next(false));

	return error ? error :
	       direct_send(global, adapter, message, size, NULL, 0);
}

const struct dxgk_transport_ops soft_transport_ops = {
	.request = direct_request,
	.post = direct_post,
};
