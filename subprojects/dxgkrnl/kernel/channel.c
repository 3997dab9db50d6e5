/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One VMBus channel: requests that wait for their completion, one-way messages. */

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hashtable.h>
#include <linux/hyperv.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "kernel/compat.h"
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
 * struct dxgk_pending - a request whose completion has not come
 * @node: in dxgk_channel.pending; unhashed by whoever completes it
 * @id: names it in the packet and in its completion
 * @reply: filled under dxgk_channel.lock, so that nobody frees it meanwhile
 * @result: bytes of the completion's payload, or -ENODEV
 * @orphan: the sender was killed: nobody waits for @done
 *
 * On the sender's stack, unless the sender was killed.
 */
struct dxgk_pending {
	struct hlist_node node;
	u64 id;
	void *reply;
	u32 reply_size;
	int result;
	struct dxgk_abandoned *orphan;
	struct completion done;
};

/*
 * What is needed to take back what the request will have made.
 * @message: behind the room for the reply
 */
struct dxgk_abandoned {
	struct dxgk_pending pending;
	struct list_head node;
	const void *message;
	u32 size;
	u8 reply[];
};

/*
 * struct dxgk_channel - see channel.h
 * @node: in the list of the open ones
 * @messages: gets what the host says unasked, or NULL
 * @lock: guards @pending, @next_id, @dead and @orphans; irq-safe
 * @room: senders that wait for space in the ring
 * @orphans: completed ones, for @work
 */
struct dxgk_channel {
	struct list_head node;
	struct vmbus_channel *vmbus;
	struct dxgk_global *messages;
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;

	spinlock_t lock;
	DECLARE_HASHTABLE(pending, 6);
	u64 next_id;
	bool dead;
	struct list_head orphans;

	wait_queue_head_t room;
	struct work_struct work;
};

/* Taken outside of dxgk_channel.lock. */
static DEFINE_SPINLOCK(dxgk_channels_lock);
static LIST_HEAD(dxgk_channels);

/* Under the lock. Everything that ends a request passes here. */
static void dxgk_pending_complete(struct dxgk_channel *channel,
				  struct dxgk_pending *pending, int result)
{
	hash_del(&pending->node);
	pending->result = result;
	if (pending->orphan) {
		list_add_tail(&pending->orphan->node, &channel->orphans);
		schedule_work(&channel->work);
	} else {
		complete(&pending->done);
	}
}

static struct dxgk_pending *dxgk_pending_find(struct dxgk_channel *channel,
					      u64 id)
{
	struct dxgk_pending *pending;

	hash_for_each_possible(channel->pending, pending, node, id)
		if (pending->id == id)
			return pending;
	return NULL;
}

/* A completion with an unknown id is nobody's: it is dropped. */
static void dxgk_channel_take_reply(struct dxgk_channel *channel, u64 id,
				    const void *payload, u32 size)
{
	struct dxgk_pending *pending;
	unsigned long flags;

	spin_lock_irqsave(&channel->lock, flags);
	pending = dxgk_pending_find(channel, id);
	if (pending) {
		memcpy(pending->reply, payload,
		       min(size, pending->reply_size));
		dxgk_pending_complete(channel, pending, size);
	}
	spin_unlock_irqrestore(&channel->lock, flags);
}

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
		dxgk_channel_take_reply(channel, READ_ONCE(packet->trans_id),
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

static void dxgk_channel_adopt(struct work_struct *work)
{
	struct dxgk_channel *channel =
		container_of(work, struct dxgk_channel, work);
	struct dxgk_abandoned *orphan, *next;
	LIST_HEAD(orphans);

	spin_lock_irq(&channel->lock);
	list_splice_init(&channel->orphans, &orphans);
	spin_unlock_irq(&channel->lock);
	list_for_each_entry_safe(orphan, next, &orphans, node) {
		if (orphan->pending.result > 0)
			dxgk_message_orphaned(channel->global, channel->adapter,
					      orphan->message, orphan->size,
					      orphan->reply,
					      min_t(u32, orphan->pending.result,
						    orphan->pending.reply_size));
		kvfree(orphan);
	}
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
	spin_lock_init(&channel->lock);
	hash_init(channel->pending);
	INIT_LIST_HEAD(&channel->orphans);
	init_waitqueue_head(&channel->room);
	INIT_WORK(&channel->work, dxgk_channel_adopt);
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
	channel->global = global;
	channel->adapter = adapter;
	if (adapter)
		dxgk_adapter_get(adapter);
}

void dxgk_channel_fail(struct dxgk_channel *channel)
{
	struct dxgk_pending *pending;
	struct hlist_node *next;
	unsigned long flags;
	int bucket;

	spin_lock_irqsave(&channel->lock, flags);
	channel->dead = true;
	hash_for_each_safe(channel->pending, bucket, next, pending, node)
		dxgk_pending_complete(channel, pending, -ENODEV);
	spin_unlock_irqrestore(&channel->lock, flags);
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
	flush_work(&channel->work);
	if (channel->adapter)
		dxgk_adapter_put(channel->adapter);
	kfree(channel);
}

static int dxgk_channel_add(struct dxgk_channel *channel,
			    struct dxgk_pending *pending)
{
	unsigned long flags;
	int ret = -ENODEV;

	spin_lock_irqsave(&channel->lock, flags);
	if (!channel->dead) {
		pending->id = ++channel->next_id;
		hash_add(channel->pending, &pending->node, pending->id);
		ret = 0;
	}
	spin_unlock_irqrestore(&channel->lock, flags);
	return ret;
}

/* It was never sent. */
static void dxgk_channel_remove(struct dxgk_channel *channel,
				struct dxgk_pending *pending)
{
	unsigned long flags;

	spin_lock_irqsave(&channel->lock, flags);
	hash_del(&pending->node);
	spin_unlock_irqrestore(&channel->lock, flags);
}

/*
 * One try. The ring is full: the host is asked to tell when there is room, and
 * then it is tried again, because there may have been some before it was asked.
 */
static bool dxgk_channel_try(struct dxgk_channel *channel, const void *message,
			     u32 size, u64 id, u32 flags, int *ret_result)
{
	int ret;

	if (READ_ONCE(channel->dead)) {
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

/*
 * The sender is being killed. Its request becomes an orphan, with memory of its
 * own, unless the answer is there, or there is no memory: then it waits on.
 */
static int dxgk_channel_abandon(struct dxgk_channel *channel,
				struct dxgk_pending *pending,
				const void *message, u32 size)
{
	u32 room = ALIGN(pending->reply_size, 8);
	struct dxgk_abandoned *orphan;
	bool is_adopted = false;

	orphan = kvzalloc(struct_size(orphan, reply, room + size),
			  GFP_KERNEL_ACCOUNT);
	if (orphan) {
		orphan->size = size;
		orphan->message = memcpy(orphan->reply + room, message, size);
		orphan->pending.id = pending->id;
		orphan->pending.reply = orphan->reply;
		orphan->pending.reply_size = pending->reply_size;
		orphan->pending.orphan = orphan;
		spin_lock_irq(&channel->lock);
		if (!hlist_unhashed(&pending->node)) {
			hash_del(&pending->node);
			hash_add(channel->pending, &orphan->pending.node,
				 orphan->pending.id);
			is_adopted = true;
		}
		spin_unlock_irq(&channel->lock);
		if (is_adopted)
			return -EINTR;
		kvfree(orphan);
	}
	dxgk_channel_wait(channel, pending, false);
	return pending->result;
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

	ret = dxgk_channel_add(channel, &pending);
	if (ret)
		return ret;
	ret = dxgk_channel_send(channel, message, size, pending.id,
				VMBUS_DATA_PACKET_FLAG_COMPLETION_REQUESTED,
				killable);
	if (ret) {
		dxgk_channel_remove(channel, &pending);
		return ret;
	}
	if (dxgk_channel_wait(channel, &pending, killable))
		return dxgk_channel_abandon(channel, &pending, message, size);
	return pending.result;
}

int dxgk_channel_post(struct dxgk_channel *channel, const void *message,
		      u32 size)
{
	return dxgk_channel_send(channel, message, size, 0, 0, true);
}
