/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the host is to read: packets of all channels, in the order of sending. */

#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

DECLARE_WAIT_QUEUE_HEAD(hvloop_queue_wait);
static DEFINE_SPINLOCK(hvloop_queue_lock);
static LIST_HEAD(hvloop_queue);

int hvloop_queue_push(struct hvloop_channel *channel, u16 type, u16 flags,
		      u64 id, const void *payload, u32 size, gfp_t gfp)
{
	struct hvloop_item *item;
	unsigned long irq;

	item = kmalloc(struct_size(item, payload, size), gfp);
	if (!item)
		return -ENOMEM;
	item->packet = (struct hvloop_packet){
		.channel = hvloop_number(channel),
		.type = type,
		.flags = flags,
		.size = size,
		.id = id,
	};
	memcpy(item->payload, payload, size);
	spin_lock_irqsave(&hvloop_queue_lock, irq);
	list_add_tail(&item->node, &hvloop_queue);
	spin_unlock_irqrestore(&hvloop_queue_lock, irq);
	wake_up(&hvloop_queue_wait);
	return 0;
}

static struct hvloop_item *hvloop_queue_pop(size_t room, int *ret_error)
{
	struct hvloop_item *item;

	*ret_error = -EAGAIN;
	spin_lock_irq(&hvloop_queue_lock);
	item = list_first_entry_or_null(&hvloop_queue, struct hvloop_item,
					node);
	if (item && sizeof(item->packet) + item->packet.size > room) {
		*ret_error = -EMSGSIZE;
		item = NULL;
	}
	if (item)
		list_del(&item->node);
	spin_unlock_irq(&hvloop_queue_lock);
	return item;
}

bool hvloop_queue_ready(void)
{
	bool ready;

	spin_lock_irq(&hvloop_queue_lock);
	ready = !list_empty(&hvloop_queue);
	spin_unlock_irq(&hvloop_queue_lock);
	return ready;
}

/* The guest's ring has room again; it is told if it has asked for that much. */
static void hvloop_queue_release(const struct hvloop_item *item)
{
	struct hvloop_channel *channel =
		&hvloop_channels[item->packet.channel];
	u32 wanted, used = ALIGN(item->packet.size, 8) + 24;
	bool tell = false;

	if (item->packet.type != HVLOOP_DATA)
		return;
	spin_lock_irq(&channel->lock);
	channel->in_use -= min(channel->in_use, used);
	wanted = READ_ONCE(channel->ring->pending_send_sz);
	if (wanted && HVLOOP_RING_BYTES - channel->in_use >= wanted) {
		WRITE_ONCE(channel->ring->pending_send_sz, 0);
		tell = true;
	}
	spin_unlock_irq(&channel->lock);
	if (tell)
		hvloop_ring_interrupt(channel);
}

ssize_t hvloop_queue_read(char __user *buffer, size_t room, bool nonblock)
{
	struct hvloop_item *item;
	ssize_t size;
	int error;

	item = hvloop_queue_pop(room, &error);
	while (!item && error == -EAGAIN && !nonblock) {
		if (wait_event_interruptible(hvloop_queue_wait,
					     hvloop_queue_ready()))
			return -ERESTARTSYS;
		item = hvloop_queue_pop(room, &error);
	}
	if (!item)
		return error;
	hvloop_queue_release(item);
	size = sizeof(item->packet) + item->packet.size;
	if (copy_to_user(buffer, &item->packet, sizeof(item->packet)) ||
	    copy_to_user(buffer + sizeof(item->packet), item->payload,
			 item->packet.size))
		size = -EFAULT;
	kfree(item);
	return size;
}

void hvloop_queue_clear(void)
{
	struct hvloop_item *item, *next;
	LIST_HEAD(items);

	spin_lock_irq(&hvloop_queue_lock);
	list_splice_init(&hvloop_queue, &items);
	spin_unlock_irq(&hvloop_queue_lock);
	list_for_each_entry_safe(item, next, &items, node)
		kfree(item);
}
