/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The rings of a channel: sending, and taking what the host has sent. */

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

/* A host that floods a guest which does not listen is held up. */
#define HVLOOP_TO_GUEST_MAX	(4u * HVLOOP_RING_BYTES)

struct hvloop_channel hvloop_channels[HVLOOP_CHANNELS];

void hvloop_ring_interrupt(struct hvloop_channel *channel)
{
	irq_work_queue(&channel->interrupt);
}

/*
 * On a real bus the interrupts of a channel all come to one processor. Here a
 * second one, elsewhere, leaves its work to the first.
 */
static void hvloop_ring_handle(struct irq_work *work)
{
	struct hvloop_channel *channel =
		container_of(work, struct hvloop_channel, interrupt);
	struct vmbus_channel *vmbus = &channel->vmbus;
	int seen;

	if (atomic_fetch_inc(&channel->interrupts))
		return;
	do {
		seen = atomic_read(&channel->interrupts);
		/* Pairs with vmbus_open(): the callback is there by then. */
		if (smp_load_acquire(&channel->open))
			vmbus->onchannel_callback(vmbus->channel_callback_context);
	} while (atomic_sub_return(seen, &channel->interrupts));
}

int hvloop_ring_init(void)
{
	struct hvloop_channel *channel;
	unsigned int i;

	for (i = 0; i < HVLOOP_CHANNELS; i++) {
		channel = &hvloop_channels[i];
		channel->ring = (void *)get_zeroed_page(GFP_KERNEL);
		if (!channel->ring) {
			hvloop_ring_exit();
			return -ENOMEM;
		}
		spin_lock_init(&channel->lock);
		spin_lock_init(&channel->vmbus.outbound.ring_lock);
		channel->vmbus.outbound.ring_buffer = channel->ring;
		INIT_LIST_HEAD(&channel->to_guest);
		init_irq_work(&channel->interrupt, hvloop_ring_handle);
	}
	return 0;
}

void hvloop_ring_exit(void)
{
	unsigned int i;

	for (i = 0; i < HVLOOP_CHANNELS; i++) {
		free_page((unsigned long)hvloop_channels[i].ring);
		hvloop_channels[i].ring = NULL;
	}
}

int hvloop_ring_put(struct hvloop_channel *channel,
		    const struct hvloop_packet *packet,
		    const void __user *payload)
{
	/* Lengths on the bus are in units of 8. */
	u32 size = ALIGN(packet->size, 8);
	struct hvloop_item *item;
	int ret = 0;

	item = kzalloc(struct_size(item, payload, size), GFP_KERNEL);
	if (!item)
		return -ENOMEM;
	item->packet = *packet;
	item->descriptor = (struct vmpacket_descriptor){
		.type = packet->type,
		.offset8 = sizeof(item->descriptor) / 8,
		.len8 = (sizeof(item->descriptor) + size) / 8,
		.trans_id = packet->id,
	};
	if (copy_from_user(item->payload, payload, packet->size)) {
		kfree(item);
		return -EFAULT;
	}
	spin_lock_irq(&channel->lock);
	if (!channel->open)
		ret = -ENOTCONN;
	else if (channel->to_guest_bytes > HVLOOP_TO_GUEST_MAX)
		ret = -EAGAIN;
	if (!ret) {
		list_add_tail(&item->node, &channel->to_guest);
		channel->to_guest_bytes += size;
	}
	spin_unlock_irq(&channel->lock);
	if (ret)
		kfree(item);
	else
		hvloop_ring_interrupt(channel);
	return ret;
}

static void hvloop_ring_drain(struct hvloop_channel *channel)
{
	struct hvloop_item *item, *next;

	list_for_each_entry_safe(item, next, &channel->to_guest, node) {
		list_del(&item->node);
		kfree(item);
	}
	kfree(channel->current_item);
	channel->current_item = NULL;
	channel->to_guest_bytes = 0;
	channel->in_use = 0;
	channel->ring->pending_send_sz = 0;
}

int vmbus_open(struct vmbus_channel *vmbus, u32 send_size, u32 receive_size,
	       void *user_data, u32 user_data_size,
	       void (*callback)(void *context), void *context)
{
	struct hvloop_channel *channel = hvloop_channel(vmbus);
	int ret;

	if (channel->open || vmbus->rescind)
		return -ENODEV;
	vmbus->onchannel_callback = callback;
	vmbus->channel_callback_context = context;
	/* Pairs with hvloop_ring_handle(). */
	smp_store_release(&channel->open, true);
	ret = hvloop_queue_push(channel, HVLOOP_OPENED, 0, 0, NULL, 0);
	if (ret)
		channel->open = false;
	return ret;
}
EXPORT_SYMBOL_GPL(vmbus_open);

/* Afterwards the callback is not running and does not run again. */
void vmbus_close(struct vmbus_channel *vmbus)
{
	struct hvloop_channel *channel = hvloop_channel(vmbus);

	spin_lock_irq(&channel->lock);
	channel->open = false;
	spin_unlock_irq(&channel->lock);
	irq_work_sync(&channel->interrupt);
	while (atomic_read(&channel->interrupts))
		cpu_relax();
	hvloop_ring_drain(channel);
	hvloop_queue_push(channel, HVLOOP_CLOSED, 0, 0, NULL, 0);
}
EXPORT_SYMBOL_GPL(vmbus_close);

int vmbus_sendpacket(struct vmbus_channel *vmbus, void *buffer, u32 size,
		     u64 id, enum vmbus_packet_type type, u32 flags)
{
	struct hvloop_channel *channel = hvloop_channel(vmbus);
	u32 used = ALIGN(size, 8) + 24;
	unsigned long irq;
	int ret = 0;

	if (type != VM_PKT_DATA_INBAND || size > HVLOOP_MAX_PAYLOAD)
		return -EINVAL;
	spin_lock_irqsave(&channel->lock, irq);
	if (!channel->open || vmbus->rescind)
		ret = -ENODEV;
	/* A full ring and an empty one must differ. */
	else if (HVLOOP_RING_BYTES - channel->in_use <= used)
		ret = -EAGAIN;
	if (!ret)
		ret = hvloop_queue_push(channel, HVLOOP_DATA, flags, id, buffer,
					size);
	if (!ret)
		channel->in_use += used;
	spin_unlock_irqrestore(&channel->lock, irq);
	return ret;
}
EXPORT_SYMBOL(vmbus_sendpacket);

static struct vmpacket_descriptor *
hvloop_ring_advance(struct hvloop_channel *channel)
{
	struct hvloop_item *item;
	unsigned long irq;

	kfree(channel->current_item);
	spin_lock_irqsave(&channel->lock, irq);
	item = list_first_entry_or_null(&channel->to_guest, struct hvloop_item,
					node);
	if (item) {
		list_del(&item->node);
		channel->to_guest_bytes -= ALIGN(item->packet.size, 8);
	}
	spin_unlock_irqrestore(&channel->lock, irq);
	channel->current_item = item;
	return item ? &item->descriptor : NULL;
}

struct vmpacket_descriptor *hv_pkt_iter_first(struct vmbus_channel *vmbus)
{
	return hvloop_ring_advance(hvloop_channel(vmbus));
}
EXPORT_SYMBOL_GPL(hv_pkt_iter_first);

struct vmpacket_descriptor *
__hv_pkt_iter_next(struct vmbus_channel *vmbus,
		   const struct vmpacket_descriptor *packet)
{
	return hvloop_ring_advance(hvloop_channel(vmbus));
}
EXPORT_SYMBOL_GPL(__hv_pkt_iter_next);

void hv_pkt_iter_close(struct vmbus_channel *vmbus)
{
}
EXPORT_SYMBOL_GPL(hv_pkt_iter_close);
