/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The device node, /dev/dxg. */

#include <linux/compat.h>
#include <linux/fs.h>
#include <linux/hyperv.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "dxgkrnl.h"
#include "fdinfo.h"
#include "vm.h"

/* An open file: the driver's half, and the connection that it is on. */
struct dxgk_node_file {
	struct dxgk_vm *vm;
	struct dxgk_file *file;
};

static int dxgk_node_open(struct inode *inode, struct file *filp)
{
	/* misc_open() has put it there, and no node goes away meanwhile. */
	struct dxgk_vm *vm = container_of(filp->private_data, struct dxgk_vm,
					  node);
	struct dxgk_node_file *opened;
	int ret;

	opened = kzalloc(sizeof(*opened), GFP_KERNEL_ACCOUNT);
	if (!opened)
		return -ENOMEM;
	ret = dxgk_file_open(vm->global, &opened->file);
	if (ret) {
		kfree(opened);
		return ret;
	}
	dxgk_vm_get(vm);
	opened->vm = vm;
	filp->private_data = opened;
	return 0;
}

static int dxgk_node_release(struct inode *inode, struct file *filp)
{
	struct dxgk_node_file *opened = filp->private_data;

	dxgk_file_release(opened->file);
	dxgk_vm_put(opened->vm);
	kfree(opened);
	return 0;
}

static long dxgk_node_ioctl(struct file *filp, unsigned int request,
			    unsigned long arg)
{
	struct dxgk_node_file *opened = filp->private_data;

	return dxgk_file_ioctl(opened->file, request, arg);
}

static void dxgk_node_show_fdinfo(struct seq_file *out, struct file *filp)
{
	const struct dxgk_node_file *opened = filp->private_data;

	dxgk_fdinfo_show(out, opened->file->process);
}

static const struct file_operations dxgk_node_fops = {
	.owner = THIS_MODULE,
	.open = dxgk_node_open,
	.release = dxgk_node_release,
	.unlocked_ioctl = dxgk_node_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
	.show_fdinfo = dxgk_node_show_fdinfo,
};

int dxgk_node_add(struct dxgk_vm *vm)
{
	int ret;

	if (vm->has_node)
		return 0;
	vm->node.minor = MISC_DYNAMIC_MINOR;
	vm->node.name = "dxg";
	vm->node.mode = 0660;
	vm->node.fops = &dxgk_node_fops;
	vm->node.parent = &vm->device->device;
	ret = misc_register(&vm->node);
	vm->has_node = !ret;
	return ret;
}

void dxgk_node_remove(struct dxgk_vm *vm)
{
	if (vm->has_node)
		misc_deregister(&vm->node);
	vm->has_node = false;
}
