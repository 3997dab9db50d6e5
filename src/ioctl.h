/* SPDX-License-Identifier: MIT */
/* The way down: one request to the device, answered with a status. */
#ifndef DXG_SRC_IOCTL_H
#define DXG_SRC_IOCTL_H

#include <dxg/wintypes.h>

/* No device: STATUS_UNSUCCESSFUL. Does not lock, does not allocate. */
NTSTATUS dxg_ioctl(unsigned long request, void *args);

/*
 * As dxg_ioctl(), but when the descriptor turns out to be of no use (ENOTTY,
 * EBADF: it was inherited by a process that no fork handler saw, or somebody
 * closed it), the device is opened again and the request sent once more. If it
 * cannot be opened: STATUS_INVALID_HANDLE. For the calls that programs make
 * first.
 */
NTSTATUS dxg_ioctl_reopen(unsigned long request, void *args);

#endif
