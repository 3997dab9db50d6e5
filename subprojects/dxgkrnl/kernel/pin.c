/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Pages of a process that the host uses: pinned, counted, listed for it. */

#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hyperv.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "kernel/compat.h"
#include "dxgkrnl.h"
#include "platform.h"
#include "vm.h"

/* Frames are those of the GPU, whatever pages the kernel has. */
#define DXGK_FRAME_SHIFT	12
#define DXGK_FRAMES_PER_PAGE	(PAGE_SIZE >> DXGK_FRAME_SHIFT)

/*
 * struct dxgk_pinned - see platform.h
 * @node: in dxgk_vm.shared while the host has a buffer list of them
 * @mm: whose limit of locked memory they count against
 * @lost: the host may have them for ever
 * @address: @gpadl's view of them, NULL while there is none
 */
struct dxgk_pinned {
	struct list_head node;
	struct mm_struct *mm;
	u64 count;
	bool writable;
	bool lost;
	void *address;
	struct vmbus_gpadl gpadl;
	struct page *pages[];
};

/*
 * What the host only reads has to be the process's own as well. Older kernels (6.1)
 * pin for reading what the process's next write parts from it: the page of zeroes,
 * and pages that it shares with a forked child. So all is pinned as if it were
 * written, but for what the process cannot write: a page of that at a time, as the
 * next one may be of another kind.
 */
static int dxgk_pinned_get_some(struct dxgk_pinned *pinned, u64 address,
				u64 done)
{
	int count = min_t(u64, pinned->count - done, INT_MAX);
	int ret;

	address += done * PAGE_SIZE;
	ret = pin_user_pages_fast(address, count, FOLL_LONGTERM | FOLL_WRITE,
				  pinned->pages + done);
	if (ret == -EFAULT && !pinned->writable)
		ret = pin_user_pages_fast(address, 1, FOLL_LONGTERM,
					  pinned->pages + done);
	return ret ? ret : -EFAULT;
}

static int dxgk_pinned_get_pages(struct dxgk_pinned *pinned, u64 address)
{
	u64 done = 0;
	int ret;

	while (done < pinned->count) {
		ret = dxgk_pinned_get_some(pinned, address, done);
		if (ret < 0) {
			unpin_user_pages(pinned->pages, done);
			return ret;
		}
		done += ret;
	}
	return 0;
}

struct dxgk_pinned *dxgk_platform_pin(u64 address, u64 count, bool writable)
{
	struct dxgk_pinned *pinned;
	u64 end;
	int ret;

	if (!count || check_mul_overflow(count, (u64)PAGE_SIZE, &end) ||
	    check_add_overflow(address, end, &end) || end > TASK_SIZE_MAX)
		return ERR_PTR(-EFAULT);
	/* More the kernel does not give, and complains of being asked for. */
	if (struct_size(pinned, pages, count) > INT_MAX)
		return ERR_PTR(-ENOMEM);
	pinned = kvzalloc(struct_size(pinned, pages, count),
			  GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!pinned)
		return ERR_PTR(-ENOMEM);
	pinned->count = count;
	pinned->writable = writable;
	pinned->mm = current->mm;
	INIT_LIST_HEAD(&pinned->node);
	ret = account_locked_vm(pinned->mm, count, true);
	if (ret)
		goto err_free;
	ret = dxgk_pinned_get_pages(pinned, address);
	if (ret)
		goto err_account;
	mmgrab(pinned->mm);
	return pinned;

err_account:
	account_locked_vm(pinned->mm, count, false);
err_free:
	kvfree(pinned);
	return ERR_PTR(ret);
}

void dxgk_platform_pinned_pfns(const struct dxgk_pinned *pinned, u64 first,
			       u32 count, u64 *ret_pfns)
{
	u32 i;

	for (i = 0; i < count; i++) {
		u64 frame = first + i;

		ret_pfns[i] = page_to_pfn(pinned->pages[frame /
							DXGK_FRAMES_PER_PAGE]) *
			      DXGK_FRAMES_PER_PAGE +
			      frame % DXGK_FRAMES_PER_PAGE;
	}
}

void dxgk_platform_unpin(struct dxgk_pinned *pinned)
{
	/* Lost ones still count against the limit, which bounds how many they are. */
	if (!pinned->lost) {
		unpin_user_pages_dirty_lock(pinned->pages, pinned->count,
					    pinned->writable);
		account_locked_vm(pinned->mm, pinned->count, false);
	}
	mmdrop(pinned->mm);
	kvfree(pinned);
}

int dxgk_platform_share(struct dxgk_global *global, struct dxgk_pinned *pinned,
			u32 *ret_gpadl)
{
	struct dxgk_vm *vm = global->platform;
	u64 size = pinned->count * PAGE_SIZE;
	int ret = -ENODEV;

	/* The bus takes the length as 32 bits. */
	if (size > U32_MAX)
		return -EINVAL;
	pinned->address = vmap(pinned->pages, pinned->count, VM_MAP,
			       PAGE_KERNEL);
	if (!pinned->address)
		return -ENOMEM;
	mutex_lock(&vm->share_lock);
	if (vm->channel)
		ret = dxgk_vmbus_establish_gpadl(vm->device->channel,
						 pinned->address, size,
						 &pinned->gpadl);
	if (!ret)
		list_add(&pinned->node, &vm->shared);
	mutex_unlock(&vm->share_lock);
	if (ret) {
		vunmap(pinned->address);
		pinned->address = NULL;
		return ret;
	}
	*ret_gpadl = pinned->gpadl.gpadl_handle;
	return 0;
}

/*
 * Under the lock. Unless the bus is sure that the host has no way to the pages any
 * more, nobody else is given them: what the host wrote there would be theirs.
 */
static void dxgk_pinned_teardown(struct dxgk_vm *vm, struct dxgk_pinned *pinned)
{
	int ret;

	if (list_empty(&pinned->node))
		return;
	list_del_init(&pinned->node);
	ret = dxgk_vmbus_teardown_gpadl(vm->device->channel, &pinned->gpadl);
	if (!ret)
		return;
	pinned->lost = true;
	dev_warn_ratelimited(&vm->device->device,
			     "%llu pages stay pinned for good, the host may still have them: %d\n",
			     pinned->count, ret);
}

void dxgk_pinned_unshare_all(struct dxgk_vm *vm)
{
	struct dxgk_pinned *pinned, *next;

	mutex_lock(&vm->share_lock);
	list_for_each_entry_safe(pinned, next, &vm->shared, node)
		dxgk_pinned_teardown(vm, pinned);
	mutex_unlock(&vm->share_lock);
}

void dxgk_platform_unshare(struct dxgk_global *global,
			   struct dxgk_pinned *pinned)
{
	struct dxgk_vm *vm = global->platform;

	mutex_lock(&vm->share_lock);
	dxgk_pinned_teardown(vm, pinned);
	mutex_unlock(&vm->share_lock);
	vunmap(pinned->address);
	pinned->address = NULL;
}
