/* SPDX-License-Identifier: MIT */
/* The one virtual machine of the process: a host and the driver on it. */
#ifndef DXGK_USER_SOFT_MACHINE_H
#define DXGK_USER_SOFT_MACHINE_H

#include <dxg/soft.h>
#include <dxghost/dxghost.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

struct dxgk_adapter;
struct dxgk_global;
struct soft_machine;

/* Platform pointer of a struct dxgk_adapter: where its messages go. */
struct soft_adapter {
	struct soft_machine *machine;
	unsigned int index;
	struct dxgk_adapter *adapter;
};

/**
 * struct soft_machine - platform pointer of struct dxgk_global
 * @io_fd: the memory behind the IO space, for mapping pieces of it
 * @io_base: all of it, as the host and the driver see it
 * @lists: pinned pages by the number of the buffer list that the host has of them
 * @next_list: where the search for the next number begins
 * @bus: held while adapters are added or taken out
 * @host_gone: nothing reaches the host any more, and nothing comes from it
 * @lose_host: tells the driver so
 * @late: there has been work that the machine's end has to wait for
 */
struct soft_machine {
	struct dxgk_global *global;
	struct dxghost *host;
	int io_fd;
	char *io_base;
	size_t io_size;
	unsigned int adapter_count;
	struct soft_adapter *adapters;
	struct xarray lists;
	u32 next_list;
	struct mutex bus;
	bool host_gone;
	struct work_struct lose_host;
	bool late;
};

/* Where the IO space lies for the guest: no address of a process is there. */
#define SOFT_IO_START	(1ULL << 50)

/* @profile as for dxghost_create(). 0; or -errno, and it has been stopped. */
int soft_machine_start(struct soft_machine *machine, const char *profile,
		       struct dxg_soft_object_counts *ret_left);
/* No file is open any more. @ret_left: what the driver had left in the host. */
void soft_machine_stop(struct soft_machine *machine,
		       struct dxg_soft_object_counts *ret_left);
/* As a bus whose function goes: -ENODEV if there is none. */
int soft_machine_remove_adapter(struct soft_machine *machine,
				unsigned int index);
/* As a bus to which it comes back: -EBUSY if it is there. */
int soft_machine_return_adapter(struct soft_machine *machine,
				unsigned int index);
/* In a forked child: it keeps nothing of the parent's memory. */
void soft_machine_abandon(struct soft_machine *machine);
/* All zero when the host has gone. */
void soft_machine_count(struct soft_machine *machine,
			struct dxg_soft_object_counts *ret_counts);

/* platform.c: the host's number for a channel; NULL: the global one's */
int soft_machine_channel(const struct dxgk_adapter *adapter);
/* As in struct dxghost_guest_ops: the pages of the list, -ENOENT or -ERANGE. */
s64 soft_machine_pages(struct soft_machine *machine, u32 gpadl, u64 first,
		       u64 count, u64 *ret_pfns);

/* transport-direct.c */
extern const struct dxgk_transport_ops soft_transport_ops;

#endif
