/* SPDX-License-Identifier: MIT */
/* errno, as the driver answers it, to NTSTATUS, as our callers see it; its names. */
#ifndef DXG_SRC_STATUS_H
#define DXG_SRC_STATUS_H

#include <dxg/wintypes.h>

NTSTATUS dxg_status_from_errno(int error);

/* NULL: the status has no name. */
const char *dxg_status_find(NTSTATUS status);

#endif
