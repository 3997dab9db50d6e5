/* SPDX-License-Identifier: MIT */
/* The embedded device: libdxg-soft.so, driver and host inside the process. */
#ifndef DXG_SOFT_H
#define DXG_SOFT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A program normally has no use for this header: libdxg loads the library by
 * itself when the device is "soft" or "soft:PROFILE" (see dxg/dxg.h). It is for
 * tests and tools, which choose what the device is like and look behind it.
 *
 * Functions that return int answer 0 (or what is stated) or -1 with errno set,
 * as system calls do. All of them may be called from any thread at any time.
 *
 * A forked child starts without a device: descriptors inherited from its parent
 * answer ENOTTY, memory mapped by the device is not inherited, and its first
 * dxg_soft_open() starts a host of its own.
 */

/**
 * dxg_soft_open() - open the embedded device
 *
 * The first open of the process starts the host and the driver with the profile
 * chosen by dxg_soft_set_profile(), else by the environment variable
 * DXGHOST_PROFILE, else "discrete".
 *
 * Owner:  to be closed with dxg_soft_close(). The number is one of the process's
 *         own, so no other descriptor has it, but it is a placeholder: ioctl(2)
 *         on it fails, and a duplicate made by dup(2) is not a device.
 * Errors: as open("/dev/dxg", O_RDWR | O_CLOEXEC); EINVAL: the profile cannot be
 *         read (standard error says why).
 *
 * Return: the descriptor, or -1.
 */
int dxg_soft_open(void);

/**
 * dxg_soft_ioctl() - what ioctl(2) is for a real device
 * @fd:      a descriptor of dxg_soft_open()
 * @request: a request of dxg/uapi.h
 * @args:    [in, out] its structure
 *
 * Memory that cannot be read or written is answered with EFAULT, never with a
 * signal. Signals do not interrupt a call.
 *
 * Errors: EBADF: @fd is not open; ENOTTY: it is not a device, or it has been
 *         inherited over fork(), or there is no such request.
 *
 * Return: the value of the request, 0 or above, or -1.
 */
int dxg_soft_ioctl(int fd, unsigned long request, void *args);

/**
 * dxg_soft_close() - close a descriptor
 * @fd: a descriptor of dxg_soft_open(); any other is given to close(2)
 *
 * The last close destroys every object of the process, ends all threads of the
 * device and frees its memory. While a call is in progress in another thread the
 * descriptor counts as open: then that happens at the call's end.
 */
int dxg_soft_close(int fd);

/**
 * dxg_soft_set_profile() - choose what the device is like
 * @profile: [in] name of a built-in profile ("discrete", "two-adapters", "intel"
 *           ...; PROFILES.md of dxghost has all), or the text of a profile
 *           (anything with a newline), or the path of a file with such text.
 *           NULL: back to the environment's choice or the default
 *
 * Takes effect with the next dxg_soft_open(). The text is copied.
 *
 * Errors: EBUSY: a descriptor is open; E2BIG: a text of more than 16 KiB.
 */
int dxg_soft_set_profile(const char *profile);

/** Channel kinds of dxg_soft_message_stats(). */
#define DXG_SOFT_CHANNEL_VGPU	0
#define DXG_SOFT_CHANNEL_GLOBAL	1

/**
 * struct dxg_soft_message_stats - traffic of one command between driver and host
 * @messages:       messages sent
 * @round_trips:    those of them that waited for an answer
 * @bytes_to_host:  bytes of the messages, headers included
 * @bytes_to_guest: bytes of the answers
 */
struct dxg_soft_message_stats {
	uint64_t messages;
	uint64_t round_trips;
	uint64_t bytes_to_host;
	uint64_t bytes_to_guest;
};

/**
 * dxg_soft_message_stats() - read the counters of one command
 * @channel_kind: DXG_SOFT_CHANNEL_...: whether a command of one virtual GPU or
 *                one of the virtual machine is meant
 * @command:      number of the command
 * @ret_stats:    [out] its counters since the first open or the last reset
 *
 * Errors: ENODEV: no descriptor is open; EINVAL: no such command, or NULL.
 */
int dxg_soft_message_stats(uint32_t channel_kind, uint32_t command,
			   struct dxg_soft_message_stats *ret_stats);

/** dxg_soft_message_stats_reset() - set all counters to zero */
void dxg_soft_message_stats_reset(void);

/** struct dxg_soft_object_counts - objects alive in the host, by type */
struct dxg_soft_object_counts {
	uint32_t processes;
	uint32_t adapters;
	uint32_t devices;
	uint32_t contexts;
	uint32_t hwqueues;
	uint32_t paging_queues;
	uint32_t allocations;
	uint32_t resources;
	uint32_t sync_objects;
	uint32_t shared_handles;
	uint64_t gpu_va_bytes;		/* mapped and reserved GPU addresses */
	uint64_t io_space_bytes;	/* memory in use in the IO space */
};

/**
 * dxg_soft_host_objects() - count what is alive in the host
 * @ret_counts: [out] the counts; after the last close, or a first open that has
 *              failed, what the driver had left behind when the host was
 *              stopped (all zero unless it leaks). All zero too when the host has gone (dxg_soft_fail_message())
 *
 * Errors: EINVAL: NULL.
 */
int dxg_soft_host_objects(struct dxg_soft_object_counts *ret_counts);

/**
 * dxg_soft_remove_adapter() - take an adapter out of the machine
 * @index: which of the profile's, from 0 on
 *
 * For tests: what happens when a virtual GPU's function goes from its bus. Calls on
 * the adapter and all that is on it answer ENODEV from now on, waiters are released,
 * memory that it had mapped is not there any more. It comes back with
 * dxg_soft_return_adapter(), or with the next machine, after the last close.
 *
 * Errors: ENODEV: there is no such adapter, or no descriptor is open.
 */
int dxg_soft_remove_adapter(uint32_t index);

/**
 * dxg_soft_return_adapter() - put an adapter back that has been taken out
 * @index: which of the profile's, from 0 on
 *
 * For tests: what happens when a virtual GPU comes while the machine runs. It is
 * another adapter to the driver, with the same LUID; what was on the former stays
 * lost.
 *
 * Errors: ENODEV: there is no such adapter, no descriptor is open, or the host has
 *         gone; EBUSY: it has not been taken out.
 */
int dxg_soft_return_adapter(uint32_t index);

/**
 * dxg_soft_fail_allocation() - let one memory allocation of the driver fail
 * @nth: 1: the next one; 2: the one after that ...; 0: none
 *
 * For tests that repeat a sequence and let its first, second, third ...
 * allocation fail until nothing fails any more.
 *
 * Return: what was left of the former count: 0 if it has come to its failure
 * (or there was none), above 0 if fewer allocations than that were made.
 */
uint64_t dxg_soft_fail_allocation(uint64_t nth);

/** What dxg_soft_fail_message() does to a message. */

/**
 * The message does not reach the host. The call that has sent it answers ENODEV,
 * as when the host has just closed the channel and the driver has not been told
 * yet; everything later goes well again, which no real channel would do.
 */
#define DXG_SOFT_MESSAGE_LOST	0
/**
 * The sender is killed while it waits for the answer: the host does what the
 * message says, the call answers EINTR, and the driver takes back what the host
 * has made as soon as the late answer comes (in a thread of its own). libdxg
 * repeats a call that answers EINTR, so this is seen by callers of
 * dxg_soft_ioctl() only.
 */
#define DXG_SOFT_SENDER_KILLED	1
/**
 * The host goes: neither this message nor any later one reaches it, and nothing
 * comes from it any more. Every call that needs it answers ENODEV, threads that
 * wait for it come back, adapters are not enumerated any longer. An open beside
 * other open descriptors finds a device without adapters; the first open after
 * the last close starts another host.
 */
#define DXG_SOFT_HOST_GONE	2

/**
 * dxg_soft_fail_message() - let something happen to a message to the host
 * @nth: 1: to the next one; 2: to the one after that ...; 0: to none
 * @how: DXG_SOFT_MESSAGE_LOST, DXG_SOFT_SENDER_KILLED or DXG_SOFT_HOST_GONE
 *
 * For tests that repeat a sequence until nothing happens to it any more. All
 * messages of the process count, whichever thread sends them: those that wait
 * for an answer and those that do not, those of an open and of a close too. With
 * DXG_SOFT_SENDER_KILLED only those count whose sender can be killed: not the
 * one-way ones, and not those that take something down.
 *
 * An object whose destroying message is lost is gone for the process; the host
 * has it until the device or process that it belongs to is destroyed.
 *
 * Returns when the driver has done what the last such event caused: what a
 * killed sender left behind is taken back, adapters of a host that has gone are
 * removed. So dxg_soft_fail_message(0, ...) after a call settles the device.
 *
 * Errors: EINVAL: no such @how; nothing has changed then.
 *
 * Return: what was left of the former count: 0 if it has come to its message (or
 * there was none), above 0 if fewer were sent than that; UINT64_MAX on error.
 */
uint64_t dxg_soft_fail_message(uint64_t nth, int how);

/**
 * dxg_soft_driver_blocks() - count the blocks of memory that the driver has
 *
 * Objects, buffers and mappings; not the inner nodes of its tables, whose number
 * depends on handles. 0 after the last close unless the driver leaks. What a
 * forked child has of its parent's is not counted.
 */
uint64_t dxg_soft_driver_blocks(void);

#ifdef __cplusplus
}
#endif

#endif
