/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Sync files: not yet. Until there are fences behind them that always signal,
 * callers are told so, as they are in user space.
 */

#include <linux/errno.h>

#include "ioctl.h"

int dxgk_ioctl_create_sync_file(struct dxgk_process *process, void *data)
{
	return -EPERM;	/* STATUS_NOT_SUPPORTED */
}

int dxgk_ioctl_wait_sync_file(struct dxgk_process *process, void *data)
{
	return -EPERM;
}

int dxgk_ioctl_open_sync_file(struct dxgk_process *process, void *data)
{
	return -EPERM;
}
