/* SPDX-License-Identifier: MIT */
/* The software host of GPU paravirtualisation: what a guest's home calls. */
#ifndef DXGHOST_DXGHOST_H
#define DXGHOST_DXGHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct dxghost - one host with its virtual GPUs
 *
 * Opaque. All calls are thread-safe, except that dxghost_destroy() must be the
 * last one and dxghost_set_io_space() must precede the first message.
 */
struct dxghost;

/** Value of the channel argument of dxghost_message() for the global channel. */
#define DXGHOST_CHANNEL_GLOBAL	(-1)

/** Kind argument of dxghost_message_stats(). */
#define DXGHOST_KIND_VGPU	0
#define DXGHOST_KIND_GLOBAL	1

/**
 * struct dxghost_guest_ops - what the host needs from the guest's side
 * @read:    copy @size bytes of guest memory at guest physical address @gpa
 *           into @buf; 0, or -EFAULT when the pages are not there
 * @write:   the other direction; 0 or -EFAULT
 * @message: deliver a host-to-guest packet of the global channel (16-byte
 *           header and body). Called from any thread of the host, or from
 *           within dxghost_message(), with no host lock held; must not sleep
 *           for long and must not call dxghost_destroy()
 * @gpadl:   the pages behind buffer list @gpadl of the global channel: the
 *           numbers (of 4 KiB) of @count of them from @first on into @pfns.
 *           Answers how many the whole list has, or -ENOENT for a list that
 *           there is not, -ERANGE for pages that it has not. NULL: the guest
 *           has no buffer lists
 *
 * @read, @write and @gpadl serve existing system memory; they may be called with
 * host locks held and so must not call back into the host.
 */
struct dxghost_guest_ops {
	int (*read)(void *guest, uint64_t gpa, void *buf, size_t size);
	int (*write)(void *guest, uint64_t gpa, const void *buf, size_t size);
	void (*message)(void *guest, const void *packet, size_t size);
	int64_t (*gpadl)(void *guest, uint32_t gpadl, uint64_t first,
			 uint64_t count, uint64_t *pfns);
};

/**
 * dxghost_create() - start a host
 * @profile:    name of a built-in profile ("discrete", "two-adapters",
 *              "vendors" ...; PROFILES.md has all), profile text (if it has
 *              a newline), or the path of a file with such text; NULL:
 *              "discrete"
 * @ops:        the guest's functions; copied
 * @guest:      first argument of each of them
 * @error:      where to put one line that says what is wrong; may be NULL
 * @error_size: size of @error
 *
 * Return: the host, to be freed with dxghost_destroy(), or NULL.
 */
struct dxghost *dxghost_create(const char *profile,
			       const struct dxghost_guest_ops *ops, void *guest,
			       char *error, size_t error_size);

/**
 * dxghost_destroy() - stop the engines and drop every object
 * @host: the host or NULL; no other call may be in progress or follow
 *
 * After it returns no function of the guest is called any more.
 */
void dxghost_destroy(struct dxghost *host);

/** dxghost_adapter_count() - number of virtual GPUs; may be 0 */
unsigned dxghost_adapter_count(const struct dxghost *host);

/**
 * dxghost_pci_read() - read a dword of an adapter's PCI configuration space
 * @offset: multiple of 4 below 256; unknown registers read as 0
 *
 * Return: 0, or -EINVAL for an unknown adapter or a bad offset.
 */
int dxghost_pci_read(struct dxghost *host, unsigned adapter, unsigned offset,
		     uint32_t *ret_value);

/** dxghost_pci_write() - write a dword; registers without effect ignore it */
int dxghost_pci_write(struct dxghost *host, unsigned adapter, unsigned offset,
		      uint32_t value);

/**
 * dxghost_mmio_megabytes() - size of the IO space that the host wants
 *
 * Its whole CPU-visible memory lives there: fence pages and the video memory
 * of all adapters. This is address space, used sparsely.
 */
uint32_t dxghost_mmio_megabytes(const struct dxghost *host);

/**
 * dxghost_set_io_space() - hand over the RAM behind the IO space
 * @base: at least dxghost_mmio_megabytes() MiB, zero-filled, shared with the
 *        guest, page aligned; stays the caller's and must outlive the host
 * @size: bytes at @base
 *
 * To be called before SETIOSPACEREGION is sent. The guest finds byte n of it at
 * guest physical address start + n, start being that of SETIOSPACEREGION.
 */
void dxghost_set_io_space(struct dxghost *host, void *base, size_t size);

/**
 * dxghost_message() - one message from guest to host
 * @channel:        DXGHOST_CHANNEL_GLOBAL or the adapter's index
 * @msg:            the packet's payload, extended header included
 * @size:           bytes at @msg
 * @expects_reply:  a completion was requested; false for one-way messages
 * @reply:          receives the completion's payload
 * @reply_capacity: bytes at @reply; a longer payload is cut off
 * @ret_reply_size: bytes written to @reply, 0 for an empty completion
 *
 * May be called concurrently. Messages of one thread are executed in order.
 *
 * Return: 0, or -EINVAL for a packet that is no message at all.
 */
int dxghost_message(struct dxghost *host, int channel, const void *msg,
		    size_t size, bool expects_reply, void *reply,
		    size_t reply_capacity, size_t *ret_reply_size);

/**
 * struct dxghost_message_stats - traffic since start or the last reset
 * @messages:       messages of both kinds
 * @round_trips:    those of them that had a completion
 * @bytes_to_host:  payload bytes, headers included
 * @bytes_to_guest: completion payload bytes
 */
struct dxghost_message_stats {
	uint64_t messages;
	uint64_t round_trips;
	uint64_t bytes_to_host;
	uint64_t bytes_to_guest;
};

/**
 * dxghost_message_stats() - read the counters of one command
 * @channel_kind: DXGHOST_KIND_VGPU or DXGHOST_KIND_GLOBAL
 * @command:      the command's number
 *
 * Return: 0, or -EINVAL for a number that is no command.
 */
int dxghost_message_stats(struct dxghost *host, uint32_t channel_kind,
			  uint32_t command, struct dxghost_message_stats *ret);

/** dxghost_message_stats_reset() - set all counters to zero */
void dxghost_message_stats_reset(struct dxghost *host);

/** struct dxghost_object_counts - live objects by type, to detect leaks */
struct dxghost_object_counts {
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

/** dxghost_object_counts() - count what is alive now */
void dxghost_object_counts(struct dxghost *host,
			   struct dxghost_object_counts *ret);

#ifdef __cplusplus
}
#endif

#endif
