/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* /dev/hvloop: what a program that plays the host and hvloop.ko say. */
#ifndef HVLOOP_H
#define HVLOOP_H

#include <linux/ioctl.h>
#include <linux/types.h>

/*
 * One program at a time is the host. It says how large the IO space is, makes
 * what the guest is to find, and offers it, in whatever order. When it closes
 * the node, or dies, everything it has offered is taken away.
 *
 * Channel 0 is the global one; those of virtual GPUs have the numbers that
 * HVLOOP_ADD_FUNCTION gives.
 */
#define HVLOOP_CHANNEL_GLOBAL	0u
#define HVLOOP_CHANNELS		9u

/* The largest payload, as on the bus. */
#define HVLOOP_MAX_PAYLOAD	(128u * 1024u)

/* Types of packets: those of the bus, and what else there is to tell. */
#define HVLOOP_DATA		6u	/* a message, either way */
#define HVLOOP_COMPLETION	11u	/* the host's answer */
#define HVLOOP_CONFIG_WRITE	256u	/* the guest wrote two __u32: offset, value */
#define HVLOOP_OPENED		257u	/* the guest has opened the channel */
#define HVLOOP_CLOSED		258u

/* Flag of a message: the guest waits for a completion with the same @id. */
#define HVLOOP_WANTS_COMPLETION	1u

/**
 * struct hvloop_packet - one packet, as read() and write() pass it
 * @channel: which one
 * @type: HVLOOP_...
 * @flags: HVLOOP_WANTS_COMPLETION
 * @size: bytes behind this header
 * @id: transaction
 *
 * read() gives one packet, blocking if there is none, EMSGSIZE if the room is
 * too small; poll() tells. write() takes one: EINVAL for a bad one, ENOTCONN
 * when the channel is not open, EAGAIN when the guest does not take packets as
 * fast.
 */
struct hvloop_packet {
	__u32 channel;
	__u16 type;
	__u16 flags;
	__u32 size;
	__u32 reserved;
	__u64 id;
};

/**
 * struct hvloop_function - a virtual GPU
 * @config: its PCI configuration space. The dwords at 0xc0 are the instance GUID
 *	of its channel
 * @channel: out
 */
struct hvloop_function {
	__u32 config[64];
	__u32 channel;
	__u32 reserved;
};

/**
 * struct hvloop_memory - copy memory of the guest
 * @address: guest physical; just memory, not the IO space. EFAULT otherwise
 * @buffer: address in the host's program
 * @size: bytes
 * @write: from @buffer into the guest
 */
struct hvloop_memory {
	__u64 address;
	__u64 buffer;
	__u64 size;
	__u32 write;
	__u32 reserved;
};

/* The most page numbers that are told at once. */
#define HVLOOP_PFNS_MAX		512u

/**
 * struct hvloop_pages - pages behind a buffer list (GPADL) of the guest
 * @channel: the one on which the guest has established it
 * @gpadl: its number. ENOENT if there is none of that number there, or no more
 * @first: where in the list to begin
 * @count: pages; EINVAL beyond HVLOOP_PFNS_MAX, ERANGE beyond the list's end
 * @total: out: those of the whole list
 * @pfns: address in the host's program where their numbers go, a __u64 each, of
 *	4 KiB; EFAULT
 */
struct hvloop_pages {
	__u32 channel;
	__u32 gpadl;
	__u32 first;
	__u32 count;
	__u32 total;
	__u32 reserved;
	__u64 pfns;
};

/* Size of the IO space in MiB, once, before anything else; then mmap() it at 0. */
#define HVLOOP_SET_IO_SPACE	_IOW('h', 0, __u32)
#define HVLOOP_ADD_FUNCTION	_IOWR('h', 1, struct hvloop_function)
/* Show the PCI function of a channel, or take it away. */
#define HVLOOP_PLUG		_IOW('h', 2, __u32)
#define HVLOOP_UNPLUG		_IOW('h', 3, __u32)
/* Offer a channel, or rescind the offer. */
#define HVLOOP_OFFER		_IOW('h', 4, __u32)
#define HVLOOP_RESCIND		_IOW('h', 5, __u32)
#define HVLOOP_MEMORY		_IOW('h', 6, struct hvloop_memory)
#define HVLOOP_PAGES		_IOWR('h', 7, struct hvloop_pages)

#endif /* HVLOOP_H */
