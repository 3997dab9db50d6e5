/* SPDX-License-Identifier: MIT */
/* The way to a host in the same process: a function call. */
#include "dxgkrnl.h"
#include "soft-machine.h"

static int channel_of(const struct dxgk_adapter *adapter)
{
	const struct soft_adapter *place;

	if (!adapter)
		return DXGHOST_CHANNEL_GLOBAL;
	place = adapter->platform;
	return (int)place->index;
}

/* The answer is there when the call returns: no wait that could be cut short. */
static int direct_request(struct dxgk_global *global,
			  struct dxgk_adapter *adapter, const void *message,
			  u32 size, void *reply, u32 reply_size,
			  unsigned int flags)
{
	struct soft_machine *machine = global->platform;
	size_t got = 0;
	int error;

	(void)flags;
	error = dxghost_message(machine->host, channel_of(adapter), message,
				size, true, reply, reply_size, &got);
	return error ? error : (int)got;
}

static int direct_post(struct dxgk_global *global, struct dxgk_adapter *adapter,
		       const void *message, u32 size)
{
	struct soft_machine *machine = global->platform;
	size_t got = 0;

	return dxghost_message(machine->host, channel_of(adapter), message,
			       size, false, NULL, 0, &got);
}

const struct dxgk_transport_ops soft_transport_ops = {
	.request = direct_request,
	.post = direct_post,
};
