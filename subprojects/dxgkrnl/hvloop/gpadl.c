/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Buffer lists: pages that the guest has described to its host, by a number. */

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/pfn.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "compat.h"
#include "internal.h"

/* Frames are those of the host, whatever pages the kernel has. */
#define HVLOOP_FRAME_SHIFT	12
#define HVLOOP_FRAME_SIZE	SZ_4K

/*
 * struct hvloop_list - as there is no second level of page tables here, the numbers
 * alone; that the pages stay is the guest's affair, as on the real bus
 * @refused: its end was asked for in vain, so that the host still has it
 */
struct hvloop_list {
	struct list_head node;
	const struct hvloop_channel *channel;
	u32 gpadl;
	u32 count;
	bool refused;
	u64 pfns[];
};

/* Guards all that follows. */
static DEFINE_MUTEX(hvloop_lists_lock);
static LIST_HEAD(hvloop_lists);

static bool hvloop_refuse_teardown;
module_param_named(refuse_teardown, hvloop_refuse_teardown, bool, 0600);
MODULE_PARM_DESC(refuse_teardown, "answer that buffer lists cannot be torn down");
static unsigned int hvloop_gpadls;
module_param_named(gpadls, hvloop_gpadls, uint, 0400);
MODULE_PARM_DESC(gpadls, "buffer lists that have not been torn down");
static unsigned int hvloop_last_gpadl;
module_param_named(last_gpadl, hvloop_last_gpadl, uint, 0400);
MODULE_PARM_DESC(last_gpadl, "number of the newest buffer list");

static struct hvloop_list *hvloop_list_find(const struct hvloop_channel *channel,
					    u32 gpadl)
{
	struct hvloop_list *list;

	list_for_each_entry(list, &hvloop_lists, node)
		if (list->channel == channel && list->gpadl == gpadl)
			return list;
	return NULL;
}

static u64 hvloop_frame(const void *address)
{
	phys_addr_t page = is_vmalloc_addr(address) ?
			   PFN_PHYS(vmalloc_to_pfn(address)) :
			   virt_to_phys((void *)address) & PAGE_MASK;

	return (page + offset_in_page(address)) >> HVLOOP_FRAME_SHIFT;
}

int vmbus_establish_gpadl(struct vmbus_channel *vmbus, void *buffer, u32 size,
			  hvloop_gpadl *gpadl)
{
	u32 i, count = size >> HVLOOP_FRAME_SHIFT;
	struct hvloop_list *list;

	if (!count || !IS_ALIGNED(size, HVLOOP_FRAME_SIZE) ||
	    !IS_ALIGNED((unsigned long)buffer, HVLOOP_FRAME_SIZE))
		return -EINVAL;
	list = kvzalloc(struct_size(list, pfns, count), GFP_KERNEL);
	if (!list)
		return -ENOMEM;
	list->channel = hvloop_channel(vmbus);
	list->count = count;
	for (i = 0; i < count; i++)
		list->pfns[i] = hvloop_frame(buffer + i * HVLOOP_FRAME_SIZE);
	mutex_lock(&hvloop_lists_lock);
	list->gpadl = ++hvloop_last_gpadl;
	list_add(&list->node, &hvloop_lists);
	hvloop_gpadls++;
	mutex_unlock(&hvloop_lists_lock);
	hvloop_gpadl_set(gpadl, list->gpadl, buffer, size);
	return 0;
}
EXPORT_SYMBOL_GPL(vmbus_establish_gpadl);

int vmbus_teardown_gpadl(struct vmbus_channel *vmbus, hvloop_gpadl_gone gpadl)
{
	struct hvloop_list *list;
	int ret = 0;

	mutex_lock(&hvloop_lists_lock);
	list = hvloop_list_find(hvloop_channel(vmbus),
				hvloop_gpadl_number(gpadl));
	if (WARN_ON(!list)) {
		ret = -EINVAL;
	} else if (hvloop_refuse_teardown) {
		list->refused = true;
		ret = -EIO;
	} else {
		list_del(&list->node);
		hvloop_gpadls--;
	}
	mutex_unlock(&hvloop_lists_lock);
	if (!ret)
		kvfree(list);
	return ret;
}
EXPORT_SYMBOL_GPL(vmbus_teardown_gpadl);

/* The guest has had its chance to tear them down. */
void hvloop_gpadl_forget(const struct hvloop_channel *channel)
{
	struct hvloop_list *list, *next;

	mutex_lock(&hvloop_lists_lock);
	list_for_each_entry_safe(list, next, &hvloop_lists, node) {
		if (list->channel != channel)
			continue;
		WARN(!list->refused, "buffer list %u is left, with %u pages\n",
		     list->gpadl, list->count);
		list_del(&list->node);
		kvfree(list);
	}
	mutex_unlock(&hvloop_lists_lock);
}

/* Under the lock: no teardown returns while its pages are told. */
static int hvloop_gpadl_copy(struct hvloop_pages *pages, u64 *pfns)
{
	const struct hvloop_list *list =
		hvloop_list_find(&hvloop_channels[pages->channel],
				 pages->gpadl);

	if (!list)
		return -ENOENT;
	if (pages->first > list->count ||
	    pages->count > list->count - pages->first)
		return -ERANGE;
	memcpy(pfns, list->pfns + pages->first, pages->count * sizeof(*pfns));
	pages->total = list->count;
	return 0;
}

int hvloop_gpadl_pages(struct hvloop_pages *pages)
{
	u64 *pfns;
	int ret;

	if (pages->channel >= HVLOOP_CHANNELS ||
	    pages->count > HVLOOP_PFNS_MAX)
		return -EINVAL;
	pfns = kmalloc_array(HVLOOP_PFNS_MAX, sizeof(*pfns), GFP_KERNEL);
	if (!pfns)
		return -ENOMEM;
	mutex_lock(&hvloop_lists_lock);
	ret = hvloop_gpadl_copy(pages, pfns);
	mutex_unlock(&hvloop_lists_lock);
	if (!ret && copy_to_user(u64_to_user_ptr(pages->pfns), pfns,
				 pages->count * sizeof(*pfns)))
		ret = -EFAULT;
	kfree(pfns);
	return ret;
}
