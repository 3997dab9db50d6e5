/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the files of hvloop.ko know of each other. */
#ifndef HVLOOP_INTERNAL_H
#define HVLOOP_INTERNAL_H

#include <linux/atomic.h>
#include <linux/hyperv.h>
#include <linux/irq_work.h>
#include <linux/list.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "hvloop.h"

/* As much as a ring of 256 KiB holds beside its control page. */
#define HVLOOP_RING_BYTES	(256u * 1024u - 4096u)

/* A packet on its way to the guest, which sees it from the descriptor on. */
struct hvloop_item {
	struct list_head node;
	struct hvloop_packet packet;
	struct vmpacket_descriptor descriptor;
	u8 payload[];
};

/*
 * @device: as long as it is offered; @offered
 * @ring: the page that set_channel_pending_send_size() writes to
 * @lock: guards the rest; taken in interrupts
 * @in_use: bytes of the guest's ring that the host has not read
 * @to_guest: packets that the guest has not taken, @current the one it looks at
 */
struct hvloop_channel {
	struct vmbus_channel vmbus;
	struct hv_device *device;
	struct pci_dev *pci;
	u32 config[64];
	bool exists;
	bool offered;
	bool plugged;

	struct hv_ring_buffer *ring;
	spinlock_t lock;
	bool open;
	u32 in_use;
	u32 to_guest_bytes;
	struct list_head to_guest;
	struct hvloop_item *current_item;
	struct irq_work interrupt;
	atomic_t interrupts;
};

extern struct hvloop_channel hvloop_channels[HVLOOP_CHANNELS];

/* change.c: what the host does on the two buses; -EINTR: killed meanwhile */
int hvloop_change_init(void);
void hvloop_change_exit(void);
int hvloop_change(unsigned int request, u32 number);
/* Wait for the one that is under way and refuse others, until allowed again. */
void hvloop_change_stop(void);
void hvloop_change_allow(void);

/* bus.c: the bus, and the functions of hv_vmbus.ko that drivers call */
int hvloop_bus_init(void);
void hvloop_bus_exit(void);
int hvloop_offer(struct hvloop_channel *channel);
void hvloop_rescind(struct hvloop_channel *channel);

/* ring.c */
int hvloop_ring_init(void);
void hvloop_ring_exit(void);
void hvloop_ring_interrupt(struct hvloop_channel *channel);
int hvloop_ring_put(struct hvloop_channel *channel,
		    const struct hvloop_packet *packet,
		    const void __user *payload);

/* queue.c: what the host is to read, from all channels in one order; -EAGAIN: full */
int hvloop_queue_push(struct hvloop_channel *channel, u16 type, u16 flags,
		      u64 id, const void *payload, u32 size);
ssize_t hvloop_queue_read(char __user *buffer, size_t room, bool nonblock);
bool hvloop_queue_ready(void);
void hvloop_queue_clear(void);
extern wait_queue_head_t hvloop_queue_wait;

/* pci.c */
int hvloop_pci_init(void);
void hvloop_pci_exit(void);
int hvloop_plug(struct hvloop_channel *channel);
void hvloop_unplug(struct hvloop_channel *channel);

/* window.c: the IO space, and the guest's memory */
int hvloop_window_init(void);
int hvloop_window_set(u32 megabytes);
void hvloop_window_clear(void);
u32 hvloop_window_megabytes(void);
int hvloop_window_mmap(struct vm_area_struct *area);
int hvloop_memory_copy(const struct hvloop_memory *memory);

/* gpadl.c: buffer lists; those of a channel end with its offer */
void hvloop_gpadl_forget(const struct hvloop_channel *channel);
int hvloop_gpadl_pages(struct hvloop_pages *pages);

static inline u32 hvloop_number(const struct hvloop_channel *channel)
{
	return channel - hvloop_channels;
}

static inline struct hvloop_channel *hvloop_channel(struct vmbus_channel *vmbus)
{
	return container_of(vmbus, struct hvloop_channel, vmbus);
}

#endif /* HVLOOP_INTERNAL_H */
