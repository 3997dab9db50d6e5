/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The IO space, a reserved piece of memory, and the guest's own memory. */

#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

static unsigned long hvloop_io_start;
module_param_named(io_start, hvloop_io_start, ulong, 0444);
MODULE_PARM_DESC(io_start, "physical address of memory that the kernel was told not to use");
static unsigned int hvloop_io_megabytes;
module_param_named(io_megabytes, hvloop_io_megabytes, uint, 0444);
MODULE_PARM_DESC(io_megabytes, "how much of it there is");

static u32 hvloop_window_size;
static bool hvloop_window_dirty;
static struct resource *hvloop_granted;

int hvloop_window_init(void)
{
	if (!hvloop_io_start || !hvloop_io_megabytes ||
	    !IS_ALIGNED(hvloop_io_start, SZ_64K))
		return -EINVAL;
	return 0;
}

/* A host finds its memory empty, whatever the one before has left. */
static int hvloop_window_wipe(u32 megabytes)
{
	void *piece;
	u32 i;

	for (i = 0; i < megabytes; i++) {
		piece = memremap(hvloop_io_start + (u64)i * SZ_1M, SZ_1M,
				 MEMREMAP_WB);
		if (!piece)
			return -ENOMEM;
		memset(piece, 0, SZ_1M);
		memunmap(piece);
		cond_resched();
	}
	return 0;
}

int hvloop_window_set(u32 megabytes)
{
	int ret;

	if (hvloop_window_size || !megabytes ||
	    megabytes > hvloop_io_megabytes || megabytes > U16_MAX)
		return -EINVAL;
	if (hvloop_window_dirty) {
		ret = hvloop_window_wipe(megabytes);
		if (ret)
			return ret;
	}
	hvloop_window_dirty = true;
	hvloop_window_size = megabytes;
	return 0;
}

void hvloop_window_clear(void)
{
	hvloop_window_size = 0;
}

u32 hvloop_window_megabytes(void)
{
	return hvloop_window_size;
}

int hvloop_window_mmap(struct vm_area_struct *area)
{
	unsigned long size = area->vm_end - area->vm_start;

	if (area->vm_pgoff || size > (u64)hvloop_window_size * SZ_1M)
		return -EINVAL;
	return remap_pfn_range(area, area->vm_start, PHYS_PFN(hvloop_io_start),
			       size, area->vm_page_prot);
}

int vmbus_allocate_mmio(struct resource **ret_resource,
			struct hv_device *device, resource_size_t min,
			resource_size_t max, resource_size_t size,
			resource_size_t align, bool fb_overlap_ok)
{
	if (hvloop_granted || size > (u64)hvloop_io_megabytes * SZ_1M ||
	    hvloop_io_start < min || hvloop_io_start + size - 1 > max)
		return -ENXIO;
	hvloop_granted = kzalloc(sizeof(*hvloop_granted), GFP_KERNEL);
	if (!hvloop_granted)
		return -ENOMEM;
	hvloop_granted->start = hvloop_io_start;
	hvloop_granted->end = hvloop_io_start + size - 1;
	hvloop_granted->name = "hvloop";
	hvloop_granted->flags = IORESOURCE_MEM;
	*ret_resource = hvloop_granted;
	return 0;
}
EXPORT_SYMBOL_GPL(vmbus_allocate_mmio);

void vmbus_free_mmio(resource_size_t start, resource_size_t size)
{
	WARN_ON(!hvloop_granted || hvloop_granted->start != start ||
		resource_size(hvloop_granted) != size);
	kfree(hvloop_granted);
	hvloop_granted = NULL;
}
EXPORT_SYMBOL_GPL(vmbus_free_mmio);

static int hvloop_memory_copy_page(u64 address, u64 buffer, u32 size,
				   bool write)
{
	unsigned long pfn = PHYS_PFN(address);
	void __user *user = u64_to_user_ptr(buffer);
	unsigned long left;
	void *page;

	if (!pfn_valid(pfn) || !page_is_ram(pfn))
		return -EFAULT;
	/* kmap() and not its local form: the copy may fault and sleep. */
	page = kmap(pfn_to_page(pfn)) + offset_in_page(address);
	left = write ? copy_from_user(page, user, size) :
		       copy_to_user(user, page, size);
	kunmap(pfn_to_page(pfn));
	return left ? -EFAULT : 0;
}

int hvloop_memory_copy(const struct hvloop_memory *memory)
{
	u64 done = 0;
	u32 size;
	int ret;

	while (done < memory->size) {
		size = min_t(u64, memory->size - done,
			     PAGE_SIZE -
			     offset_in_page(memory->address + done));
		ret = hvloop_memory_copy_page(memory->address + done,
					      memory->buffer + done, size,
					      memory->write);
		if (ret)
			return ret;
		done += size;
		cond_resched();
	}
	return 0;
}
