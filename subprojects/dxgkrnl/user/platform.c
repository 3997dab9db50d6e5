/* SPDX-License-Identifier: MIT */
/* The driver's surroundings in user space: mappings, pages, PCI functions. */
#include <sys/mman.h>
#include <unistd.h>

#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>

#include "dxgkrnl.h"
#include "platform.h"
#include "soft-machine.h"

/*
 * Pages are the caller's own, so there is nothing to hold; they may go. @gpadl names
 * them in the machine's table of buffer lists.
 */
struct dxgk_pinned {
	u64 address;
	u64 count;
	u32 gpadl;
};

/*
 * A view of its own for each, so that memory that has been unmapped really
 * faults, and nobody gets past the end into the memory of another object.
 */
struct dxgk_mapping *dxgk_platform_map(struct dxgk_global *global, u64 address,
				       u64 size, unsigned int flags)
{
	struct soft_machine *machine = global->platform;
	u64 offset = address - global->io_start;
	struct dxgk_mapping *mapping;
	void *user;

	mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);
	if (!mapping)
		return ERR_PTR(-ENOMEM);
	user = mmap(NULL, size, PROT_READ |
		    (flags & DXGK_MAP_READ_ONLY ? 0 : PROT_WRITE), MAP_SHARED,
		    machine->io_fd, (off_t)offset);
	if (user == MAP_FAILED) {
		kfree(mapping);
		return ERR_PTR(-ENOMEM);
	}
	madvise(user, size, MADV_DONTFORK);
	mapping->user = ptr_to_user_u64(user);
	mapping->size = size;
	if (flags & DXGK_MAP_KERNEL)
		mapping->kernel = machine->io_base + offset;
	return mapping;
}

void dxgk_platform_unmap(struct dxgk_mapping *mapping)
{
	munmap(u64_to_user_ptr(mapping->user), mapping->size);
	kfree(mapping);
}

struct dxgk_pinned *dxgk_platform_pin(u64 address, u64 count, bool writable)
{
	struct dxgk_pinned *pinned;
	unsigned long size;

	if (!count || check_mul_overflow(count, (u64)PAGE_SIZE, &size))
		return ERR_PTR(-EFAULT);
	if (writable ? !dxgk_user_writable(u64_to_user_ptr(address), size) :
		       !dxgk_user_readable(u64_to_user_ptr(address), size))
		return ERR_PTR(-EFAULT);
	pinned = kzalloc(sizeof(*pinned), GFP_KERNEL);
	if (!pinned)
		return ERR_PTR(-ENOMEM);
	pinned->address = address;
	pinned->count = count;
	return pinned;
}

/* What the host gives back to guest_read() and guest_write(). */
void dxgk_platform_pinned_pfns(const struct dxgk_pinned *pinned, u64 first,
			       u32 count, u64 *ret_pfns)
{
	u32 i;

	for (i = 0; i < count; i++)
		ret_pfns[i] = PFN_DOWN(pinned->address) + first + i;
}

void dxgk_platform_unpin(struct dxgk_pinned *pinned)
{
	kfree(pinned);
}

/* No number comes again soon, so that one that has been withdrawn is unknown. */
int dxgk_platform_share(struct dxgk_global *global, struct dxgk_pinned *pinned,
			u32 *ret_gpadl)
{
	struct soft_machine *machine = global->platform;
	int ret;

	ret = xa_alloc_cyclic(&machine->lists, &pinned->gpadl, pinned,
			      XA_LIMIT(1, U32_MAX), &machine->next_list,
			      GFP_KERNEL);
	if (ret < 0)
		return ret;
	*ret_gpadl = pinned->gpadl;
	return 0;
}

void dxgk_platform_unshare(struct dxgk_global *global,
			   struct dxgk_pinned *pinned)
{
	struct soft_machine *machine = global->platform;

	WARN_ON(xa_erase(&machine->lists, pinned->gpadl) != pinned);
}

s64 soft_machine_pages(struct soft_machine *machine, u32 gpadl, u64 first,
		       u64 count, u64 *ret_pfns)
{
	const struct dxgk_pinned *pinned;
	s64 ret = -ENOENT;

	xa_lock(&machine->lists);
	pinned = xa_load(&machine->lists, gpadl);
	if (pinned) {
		ret = -ERANGE;
		if (first <= pinned->count && count <= pinned->count - first) {
			dxgk_platform_pinned_pfns(pinned, first, (u32)count,
						  ret_pfns);
			ret = (s64)pinned->count;
		}
	}
	xa_unlock(&machine->lists);
	return ret;
}

int dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
			      u32 *ret_value)
{
	struct soft_adapter *place = adapter->platform;

	return dxghost_pci_read(place->machine->host, place->index, offset,
				ret_value);
}

int dxgk_platform_config_write(struct dxgk_adapter *adapter, u32 offset,
			       u32 value)
{
	struct soft_adapter *place = adapter->platform;

	return dxghost_pci_write(place->machine->host, place->index, offset,
				 value);
}

int soft_machine_channel(const struct dxgk_adapter *adapter)
{
	const struct soft_adapter *place;

	if (!adapter)
		return DXGHOST_CHANNEL_GLOBAL;
	place = adapter->platform;
	return (int)place->index;
}
