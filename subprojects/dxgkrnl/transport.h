/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The way to the host: a table of functions, one implementation a home. */
#ifndef DXGK_TRANSPORT_H
#define DXGK_TRANSPORT_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_global;

/* A fatal signal ends the wait; without it the wait ends with the answer or
 * with the channel.
 */
#define DXGK_REQUEST_KILLABLE	(1u << 0)

/**
 * dxgk_answered - what becomes of a request that nobody waits for
 * @context: as given with it
 * @reply: the completion's payload
 * @size: its bytes, no more than there was room for; or a negative errno: there
 *	will be no completion
 *
 * Called once, from a work item of the transport. May sleep, but waits for
 * nothing that the host does.
 */
typedef void dxgk_answered(void *context, const void *reply, int size);

/**
 * struct dxgk_transport_ops - how messages reach the host
 *
 * The driver calls all with the channel kept open: they never run beside
 * dxgk_global_stop() or dxgk_adapter_remove() returning. They may sleep and
 * are called by many threads at once. @adapter is NULL for the global channel,
 * else the message goes to the adapter's own. A message includes its extended
 * header, if there is one.
 *
 * A full channel is waited for; -EAGAIN is never answered (user space would
 * take it for a success). When a channel ends, every request waiting on it is
 * answered with -ENODEV.
 */
struct dxgk_transport_ops {
	/**
	 * @request: send a message and wait for its completion
	 *
	 * Returns the bytes of the completion's payload, which may be more or
	 * fewer than @reply_size; at most @reply_size are written to @reply.
	 * Negative errno when there is no completion. When a fatal signal has
	 * ended the wait (-EINTR), the late completion goes to
	 * dxgk_message_orphaned(); neither @message nor @reply is touched then.
	 */
	int (*request)(struct dxgk_global *global, struct dxgk_adapter *adapter,
		       const void *message, u32 size, void *reply,
		       u32 reply_size, unsigned int flags);
	/**
	 * @post: send a one-way message
	 *
	 * Messages of one thread to one channel keep their order, one-way or not.
	 */
	int (*post)(struct dxgk_global *global, struct dxgk_adapter *adapter,
		    const void *message, u32 size);
	/**
	 * @ask: send a message and leave its completion to @answered
	 *
	 * Waits for nothing: a full channel is -EBUSY. Negative errno: it was not
	 * sent, and @answered is not called. NULL in a home that never asks so.
	 */
	int (*ask)(struct dxgk_global *global, struct dxgk_adapter *adapter,
		   const void *message, u32 size, u32 reply_size,
		   dxgk_answered *answered, void *context);
};

/* What the transport calls. */

/* A packet of the host came in on the global channel. Does not sleep; may be
 * called by several threads at once, also while a request is being answered.
 */
void dxgk_host_message(struct dxgk_global *global, const void *packet, u32 size);

/**
 * dxgk_message_orphaned() - take back what a request has made after its sender died
 * @global: where it was sent
 * @adapter: as in the request
 * @message: the request as sent
 * @size: bytes of @message; where not all of it could be kept, 160 at least:
 *	then only lists of handles cannot be taken back
 * @reply: the completion's payload
 * @reply_size: its bytes
 *
 * May sleep: called from a work item of the transport.
 */
void dxgk_message_orphaned(struct dxgk_global *global,
			   struct dxgk_adapter *adapter, const void *message,
			   u32 size, const void *reply, u32 reply_size);

#endif /* DXGK_TRANSPORT_H */
