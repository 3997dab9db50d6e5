/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Mappings of the IO space into a process. Each is a file of its own, in no file
 * system that anybody sees, mapped once, so that all page table entries of just
 * this one can be taken away, whosever address space they are in by then.
 */

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "kernel/compat.h"
#include "dxgkrnl.h"
#include "platform.h"
#include "vm.h"

#define DXGK_IO_MAP_MAGIC	0x64786721

/*
 * struct dxgk_io_map - a mapping, behind the driver's view of it
 * @file: the driver's reference, and the area's, each keep it: its release
 *	frees this
 * @mm: whose address space; only its own tasks change it
 * @address: guest physical
 * @write_combined: else as memory
 * @read_only: the process cannot make it writable either
 * @in_place: the area is where it was made
 */
struct dxgk_io_map {
	struct dxgk_mapping base;
	struct file *file;
	struct mm_struct *mm;
	u64 address;
	bool write_combined;
	bool read_only;
	bool in_place;
};

static struct vfsmount *dxgk_io_mount;

static int dxgk_io_init_fs_context(struct fs_context *fc)
{
	return init_pseudo(fc, DXGK_IO_MAP_MAGIC) ? 0 : -ENOMEM;
}

/* No owner: mounted while the module is there, it would keep it for ever. */
static struct file_system_type dxgk_io_fs = {
	.name = "dxg-io",
	.init_fs_context = dxgk_io_init_fs_context,
	.kill_sb = kill_anon_super,
};

int dxgk_io_map_init(void)
{
	dxgk_io_mount = kern_mount(&dxgk_io_fs);
	return PTR_ERR_OR_ZERO(dxgk_io_mount);
}

void dxgk_io_map_exit(void)
{
	kern_unmount(dxgk_io_mount);
}

/* By munmap(), ours or the program's, or at the end of the address space. */
static void dxgk_io_area_close(struct vm_area_struct *area)
{
	struct dxgk_io_map *map = area->vm_private_data;

	WRITE_ONCE(map->in_place, false);
}

/* A part of it would be neither here nor there. */
static int dxgk_io_area_split(struct vm_area_struct *area,
			      unsigned long address)
{
	return -EINVAL;
}

/* Elsewhere the driver would not find it. */
static int dxgk_io_area_mremap(struct vm_area_struct *area)
{
	return -EINVAL;
}

static const struct vm_operations_struct dxgk_io_area_ops = {
	.close = dxgk_io_area_close,
	.DXGK_MAY_SPLIT = dxgk_io_area_split,
	.mremap = dxgk_io_area_mremap,
};

/* All entries at once, with the mmap lock held to write: no fault fills any. */
static int dxgk_io_file_mmap(struct file *file, struct vm_area_struct *area)
{
	struct dxgk_io_map *map = file->private_data;
	unsigned long size = area->vm_end - area->vm_start;
	int ret;

	/* Of a file that is open to be read only, VM_SHARED is taken away. */
	if (area->vm_pgoff || size != map->base.size ||
	    !(area->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	dxgk_vm_flags_set(area, VM_IO | VM_PFNMAP | VM_DONTEXPAND |
				VM_DONTCOPY | VM_DONTDUMP);
	if (map->write_combined)
		area->vm_page_prot = pgprot_writecombine(area->vm_page_prot);
	area->vm_ops = &dxgk_io_area_ops;
	area->vm_private_data = map;
	ret = io_remap_pfn_range(area, area->vm_start, PHYS_PFN(map->address),
				 size, area->vm_page_prot);
	if (!ret)
		WRITE_ONCE(map->in_place, true);
	return ret;
}

static int dxgk_io_file_release(struct inode *inode, struct file *file)
{
	struct dxgk_io_map *map = file->private_data;

	if (map->base.kernel)
		memunmap((void *)map->base.kernel);
	mmdrop(map->mm);
	kfree(map);
	return 0;
}

static const struct file_operations dxgk_io_file_ops = {
	.owner = THIS_MODULE,
	.mmap = dxgk_io_file_mmap,
	.release = dxgk_io_file_release,
};

/* A file with an inode of its own, which alone has its page table entries. */
static struct file *dxgk_io_file_create(struct dxgk_io_map *map)
{
	struct inode *inode;
	struct file *file;

	inode = alloc_anon_inode(dxgk_io_mount->mnt_sb);
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	/* Nobody writes to what is not open to be written, mprotect() or not. */
	file = alloc_file_pseudo(inode, dxgk_io_mount, "dxg",
				 map->read_only ? O_RDONLY : O_RDWR,
				 &dxgk_io_file_ops);
	if (IS_ERR(file)) {
		iput(inode);
		return file;
	}
	/* Its end puts the module, which the caller's own file keeps till then. */
	__module_get(THIS_MODULE);
	file->private_data = map;
	return file;
}

static struct dxgk_io_map *dxgk_io_map_create(u64 address, u64 size,
					      unsigned int flags)
{
	struct dxgk_io_map *map;
	struct file *file;

	map = kzalloc(sizeof(*map), GFP_KERNEL_ACCOUNT);
	if (!map)
		return ERR_PTR(-ENOMEM);
	map->base.size = size;
	map->address = address;
	map->write_combined = !(flags & DXGK_MAP_CACHED);
	map->read_only = flags & DXGK_MAP_READ_ONLY;
	if (flags & DXGK_MAP_KERNEL) {
		map->base.kernel = memremap(address, size, MEMREMAP_WB);
		if (!map->base.kernel)
			goto err_free;
	}
	file = dxgk_io_file_create(map);
	if (IS_ERR(file))
		goto err_kernel;
	map->file = file;
	map->mm = current->mm;
	mmgrab(map->mm);
	return map;

err_kernel:
	if (map->base.kernel)
		memunmap((void *)map->base.kernel);
err_free:
	kfree(map);
	return ERR_PTR(-ENOMEM);
}

struct dxgk_mapping *dxgk_platform_map(struct dxgk_global *global, u64 address,
				       u64 size, unsigned int flags)
{
	struct dxgk_io_map *map;
	unsigned long user;

	map = dxgk_io_map_create(address, size, flags);
	if (IS_ERR(map))
		return ERR_CAST(map);
	user = vm_mmap(map->file, 0, size,
		       PROT_READ | (map->read_only ? 0 : PROT_WRITE),
		       MAP_SHARED, 0);
	if (IS_ERR_VALUE(user)) {
		fput(map->file);
		return ERR_PTR((long)user);
	}
	map->base.user = user;
	return &map->base;
}

/*
 * In its own process the area goes, so that the addresses are free again. A
 * thread that unmaps it at this very moment, and maps something else there, does
 * that to its own process. Elsewhere the area stays, empty, until that ends.
 */
void dxgk_platform_unmap(struct dxgk_mapping *mapping)
{
	struct dxgk_io_map *map = container_of(mapping, struct dxgk_io_map,
					       base);

	if (current->mm == map->mm && READ_ONCE(map->in_place))
		vm_munmap(mapping->user, mapping->size);
	unmap_mapping_range(map->file->f_mapping, 0, 0, 1);
	fput(map->file);
}
