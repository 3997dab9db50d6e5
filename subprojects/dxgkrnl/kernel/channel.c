/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One VMBus channel: what goes into its ring, and what comes out. */

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hyperv.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "kernel/compat.h"
#include "kernel/request-table.h"
#include "channel.h"
#include "dxgkrnl.h"
#include "transport.h"

/* Each direction, with the page that the two sides steer by. */
#define DXGK_RING_SIZE		(256 * 1024)
/* The largest packet that the host may send, its descriptor included. */
#define DXGK_PACKET_SIZE	(128 * 1024)
/*
 * How much of the ring has to be free before the host tells those who wait. One
 * size for all of them: enough for any message, and nobody's overrides another's.
 */
#define DXGK_RING_ROOM		(DXGK_WIRE_MESSAGE_MAX + 64)
/*
 * How often a sender that waits looks whether its channel was rescinded. The
 * bus tells with remove(), which comes after probe(): who waits for the host in
 * there would wait for himself.
 */
#define DXGK_LOOK_AGAIN		HZ

/*
 * struct dxgk_channel - see channel.h
 * @node: in the list of the open ones
 * @messages: gets what the host says unasked, or NULL
 * @requests: that wait for their completion
 * @room: senders that wait for space in the ring
 */
struct dxgk_channel {
	struct list_head node;
	struct vmbus_channel *vmbus;
	struct dxgk_global *messages;
	struct dxgk_request_table requests;
	wait_queue_head_t room;
};

/* Taken outside of dxgk_request_table.lock. */
static DEFINE_SPINLOCK(dxgk_channels_lock);
static LIST_HEAD(dxgk_channels);

/* Lengths are the host's word: nothing behind the packet is looked at. */
static void dxgk_channel_take(struct dxgk_channel *channel,
			      const struct vmpacket_descriptor *packet)
{
	u32 length = READ_ONCE(packet->len8) << 3;
	u32 offset = READ_ONCE(packet->offset8) << 3;
	const u8 *payload = (const u8 *)packet + offset;

	if (offset < sizeof(*packet) || length < offset ||
	    length > DXGK_PACKET_SIZE)
		return;
	switch (READ_ONCE(packet->type)) {
	case VM_PKT_COMP:
		dxgk_request_table_complete(&channel->requests,
					    READ_ONCE(packet->trans_id),
					    payload, length - offset);
		break;
	case VM_PKT_DATA_INBAND:
		if (channel->messages)
			dxgk_host_message(channel->messages, payload,
					  length - offset);
		break;
	default:
		break;
	}
}

/* The host has written packets, or made room. Does not sleep. */
static void dxgk_channel_callback(void *context)
{
	struct dxgk_channel *channel = context;
	struct vmpacket_descriptor *packet;

	foreach_vmbus_pkt(packet, channel->vmbus)
		dxgk_channel_take(channel, packet);
	wake_up_all(&channel->room);
}

struct dxgk_channel *dxgk_channel_open(struct hv_device *device,
				       struct dxgk_global *global)
{
	struct dxgk_channel *channel;
	int ret;

	channel = kzalloc(sizeof(*channel), GFP_KERNEL);
	if (!channel)
		return ERR_PTR(-ENOMEM);
	channel->vmbus = device->channel;
	channel->messages = global;
	dxgk_request_table_init(&channel->requests);
	init_waitqueue_head(&channel->room);
	dxgk_vmbus_limit_packets(channel->vmbus, DXGK_PACKET_SIZE);
	ret = vmbus_open(channel->vmbus, DXGK_RING_SIZE, DXGK_RING_SIZE, NULL,
			 0, dxgk_channel_callback, channel);
	if (ret) {
		kfree(channel);
		return ERR_PTR(ret);
	}
	spin_lock_irq(&dxgk_channels_lock);
	list_add(&channel->node, &dxgk_channels);
	spin_unlock_irq(&dxgk_channels_lock);
	return channel;
}

void dxgk_channel_bind(struct dxgk_channel *channel, struct dxgk_global *global,
		       struct dxgk_adapter *adapter)
{
	dxgk_request_table_bind(&channel->requests, global, adapter);
}

void dxgk_channel_fail(struct dxgk_channel *channel)
{
	dxgk_request_table_fail(&channel->requests);
	wake_up_all(&channel->room);
}

void dxgk_channel_lost(struct hv_device *device)
{
	struct dxgk_channel *channel;
	unsigned long flags;

	spin_lock_irqsave(&dxgk_channels_lock, flags);
	list_for_each_entry(channel, &dxgk_channels, node)
		if (channel->vmbus == device->channel)
			dxgk_channel_fail(channel);
	spin_unlock_irqrestore(&dxgk_channels_lock, flags);
}

void dxgk_channel_close(struct dxgk_channel *channel)
{
	spin_lock_irq(&dxgk_channels_lock);
	list_del(&channel->node);
	spin_unlock_irq(&dxgk_channels_lock);
	dxgk_channel_fail(channel);
	vmbus_close(channel->vmbus);
	dxgk_request_table_exit(&channel->requests);
	kfree(channel);
}

/*
 * One try. The ring is full: the host is asked to tell when there is room, and
 * then it is tried again, because there may have been some before it was asked.
 */
static bool dxgk_channel_try(struct dxgk_channel *channel, const void *message,
			     u32 size, u64 id, u32 flags, int *ret_result)
{
	int ret;

	if (dxgk_request_table_is_dead(&channel->requests)) {
		*ret_result = -ENODEV;
		return true;
	}
	ret = vmbus_sendpacket(channel->vmbus, (void *)message, size, id,
			       VM_PKT_DATA_INBAND, flags);
	if (ret == -EAGAIN) {
		set_channel_pending_send_size(channel->vmbus, DXGK_RING_ROOM);
		/* The host has either seen the wish, or made room already. */
		virt_mb();
		ret = vmbus_sendpacket(channel->vmbus, (void *)message, size,
				       id, VM_PKT_DATA_INBAND, flags);
	}
	*ret_result = ret;
	return ret != -EAGAIN;
}

/* A rescinded channel refuses packets, so trying is all that is to be done. */
static int dxgk_channel_send(struct dxgk_channel *channel, const void *message,
			     u32 size, u64 id, u32 flags, bool killable)
{
	long left;
	int ret = 0;

	while (!dxgk_channel_try(channel, message, size, id, flags, &ret)) {
		if (!killable)
			left = wait_event_timeout(channel->room,
				dxgk_channel_try(channel, message, size, id,
						 flags, &ret), DXGK_LOOK_AGAIN);
		else
			left = wait_event_killable_timeout(channel->room,
				dxgk_channel_try(channel, message, size, id,
						 flags, &ret), DXGK_LOOK_AGAIN);
		if (left)
			return left < 0 ? -EINTR : ret;
	}
	return ret;
}

/* -EINTR when the sender is killed, if it may be; else the answer is there. */
static int dxgk_channel_wait(struct dxgk_channel *channel,
			     struct dxgk_pending *pending, bool killable)
{
	struct completion *done = &pending->done;
	long left;

	for (;;) {
		left = killable ?
		       wait_for_completion_killable_timeout(done,
							    DXGK_LOOK_AGAIN) :
		       wait_for_completion_timeout(done, DXGK_LOOK_AGAIN);
		if (left)
			return left < 0 ? -EINTR : 0;
		if (READ_ONCE(channel->vmbus->rescind))
			dxgk_channel_fail(channel);
	}
}

int dxgk_channel_request(struct dxgk_channel *channel, const void *message,
			 u32 size, void *reply, u32 reply_size,
			 unsigned int flags)
{
	bool killable = flags & DXGK_REQUEST_KILLABLE;
	struct dxgk_pending pending = {
		.reply = reply,
		.reply_size = reply_size,
		.done = COMPLETION_INITIALIZER_ONSTACK(pending.done),
	};
	int ret;

	ret = dxgk_request_table_add(&channel->requests, &pending);
	if (ret)
		return ret;
	ret = dxgk_channel_send(channel, message, size, pending.id,
				VMBUS_DATA_PACKET_FLAG_COMPLETION_REQUESTED,
				killable);
	if (ret) {
		dxgk_request_table_remove(&channel->requests, &pending);
		return ret;
	}
	if (dxgk_channel_wait(channel, &pending, killable)) {
		if (dxgk_request_table_abandon(&channel->requests, &pending,
					       message, size))
			return -EINTR;
		dxgk_channel_wait(channel, &pending, false);
	}
	return pending.result;
}

int dxgk_channel_post(struct dxgk_channel *channel, const void *message,
		      u32 size)
{
	return dxgk_channel_send(channel, message, size, 0, 0, true);
}

int dxgk_channel_ask(struct dxgk_channel *channel, const void *message,
		     u32 size, u32 reply_size, dxgk_answered *answered,
		     void *context)
{
	u64 id;
	int ret;

	ret = dxgk_request_table_ask(&channel->requests, reply_size, answered,
				     context, &id);
	if (ret)
		return ret;
	ret = vmbus_sendpacket(channel->vmbus, (void *)message, size, id,
			       VM_PKT_DATA_INBAND,
			       VMBUS_DATA_PACKET_FLAG_COMPLETION_REQUESTED);
	if (!ret || !dxgk_request_table_unask(&channel->requests, id))
		return 0;
	/* The ring is full. */
	return ret == -EAGAIN ? -EBUSY : ret;
}
