/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the host is to read, of all channels, in the order of sending. It is
 * memory that is there, as a ring is: no packet is lost for want of some.
 */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

/*
 * A packet takes no more here than what its ring counts for it; beside all rings
 * there is room for what else there is to tell. A power of two.
 */
#define HVLOOP_QUEUE_BYTES	SZ_4M
static_assert(HVLOOP_QUEUE_BYTES > (HVLOOP_CHANNELS + 1) * HVLOOP_RING_BYTES);

DECLARE_WAIT_QUEUE_HEAD(hvloop_queue_wait);

/* Guards @hvloop_queue_head and what is behind it; taken in interrupts. */
static DEFINE_SPINLOCK(hvloop_queue_lock);
/* One reads at a time; only who does moves @hvloop_queue_tail. */
static DEFINE_MUTEX(hvloop_queue_reader);
static u8 hvloop_queue[HVLOOP_QUEUE_BYTES];
/* Bytes that were ever written, and read. */
static unsigned long hvloop_queue_head;
static unsigned long hvloop_queue_tail;
/* Where one is put together for the reader. */
static u8 hvloop_queue_payload[HVLOOP_MAX_PAYLOAD];

static void hvloop_queue_copy_in(unsigned long position, const void *data,
				 u32 size)
{
	u32 offset = position % HVLOOP_QUEUE_BYTES;
	u32 first = min_t(u32, size, HVLOOP_QUEUE_BYTES - offset);

	memcpy(hvloop_queue + offset, data, first);
	memcpy(hvloop_queue, data + first, size - first);
}

static void hvloop_queue_copy_out(unsigned long position, void *data,
				  u32 size)
{
	u32 offset = position % HVLOOP_QUEUE_BYTES;
	u32 first = min_t(u32, size, HVLOOP_QUEUE_BYTES - offset);

	memcpy(data, hvloop_queue + offset, first);
	memcpy(data + first, hvloop_queue, size - first);
}

int hvloop_queue_push(struct hvloop_channel *channel, u16 type, u16 flags,
		      u64 id, const void *payload, u32 size)
{
	struct hvloop_packet packet = {
		.channel = hvloop_number(channel),
		.type = type,
		.flags = flags,
		.size = size,
		.id = id,
	};
	unsigned long head, tail, irq;
	int ret = -EAGAIN;

	/* Pairs with the release of what has been read: only then it is overwritten. */
	tail = smp_load_acquire(&hvloop_queue_tail);
	spin_lock_irqsave(&hvloop_queue_lock, irq);
	head = hvloop_queue_head;
	if (head - tail + sizeof(packet) + size <= HVLOOP_QUEUE_BYTES) {
		hvloop_queue_copy_in(head, &packet, sizeof(packet));
		hvloop_queue_copy_in(head + sizeof(packet), payload, size);
		/* Pairs with hvloop_queue_ready(): the packet is there before it counts. */
		smp_store_release(&hvloop_queue_head,
				  head + sizeof(packet) + size);
		ret = 0;
	}
	spin_unlock_irqrestore(&hvloop_queue_lock, irq);
	wake_up(&hvloop_queue_wait);
	return ret;
}

bool hvloop_queue_ready(void)
{
	/* Pairs with the release in hvloop_queue_push(). */
	return smp_load_acquire(&hvloop_queue_head) !=
	       READ_ONCE(hvloop_queue_tail);
}

/* The guest's ring has room again; it is told if it has asked for that much. */
static void hvloop_queue_release(const struct hvloop_packet *packet)
{
	struct hvloop_channel *channel = &hvloop_channels[packet->channel];
	u32 wanted, used = ALIGN(packet->size, 8) + 24;
	bool tell = false;

	if (packet->type != HVLOOP_DATA)
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

/* -EAGAIN: there is none. */
static ssize_t hvloop_queue_take(char __user *buffer, size_t room)
{
	struct hvloop_packet packet;
	unsigned long tail = hvloop_queue_tail;

	if (!hvloop_queue_ready())
		return -EAGAIN;
	hvloop_queue_copy_out(tail, &packet, sizeof(packet));
	if (sizeof(packet) + packet.size > room)
		return -EMSGSIZE;
	hvloop_queue_copy_out(tail + sizeof(packet), hvloop_queue_payload,
			      packet.size);
	/* Pairs with hvloop_queue_push(): it is copied before its place is given back. */
	smp_store_release(&hvloop_queue_tail,
			  tail + sizeof(packet) + packet.size);
	hvloop_queue_release(&packet);
	if (copy_to_user(buffer, &packet, sizeof(packet)) ||
	    copy_to_user(buffer + sizeof(packet), hvloop_queue_payload,
			 packet.size))
		return -EFAULT;
	return sizeof(packet) + packet.size;
}

ssize_t hvloop_queue_read(char __user *buffer, size_t room, bool nonblock)
{
	ssize_t size;

	for (;;) {
		mutex_lock(&hvloop_queue_reader);
		size = hvloop_queue_take(buffer, room);
		mutex_unlock(&hvloop_queue_reader);
		if (size != -EAGAIN || nonblock)
			return size;
		if (wait_event_interruptible(hvloop_queue_wait,
					     hvloop_queue_ready()))
			return -ERESTARTSYS;
	}
}

void hvloop_queue_clear(void)
{
	mutex_lock(&hvloop_queue_reader);
	/* As if all of it had been read: pairs as in hvloop_queue_take(). */
	smp_store_release(&hvloop_queue_tail,
			  READ_ONCE(hvloop_queue_head));
	mutex_unlock(&hvloop_queue_reader);
}
