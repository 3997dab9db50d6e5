/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Sync files are the kernel's: nothing but a kernel can make a descriptor that
 * other drivers take for one. Outside of it, and in kernels that were built without
 * them, callers are told so.
 */

#include <linux/errno.h>

#include "ioctl.h"

int dxgk_ioctl_create_sync_file(struct dxgk_process *process, void *data)
{
	(void)process;
	(void)data;
	return -EPERM;	/* STATUS_NOT_SUPPORTED */
}

int dxgk_ioctl_wait_sync_file(struct dxgk_process *process, void *data)
{
	(void)process;
	(void)data;
	return -EPERM;
}

int dxgk_ioctl_open_sync_file(struct dxgk_process *process, void *data)
{
	(void)process;
	(void)data;
	return -EPERM;
}
