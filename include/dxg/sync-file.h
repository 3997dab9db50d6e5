/* SPDX-License-Identifier: MIT */
/* What is done with the descriptors of D3DKMTCreateSyncFile(): wait, merge, look. */
#ifndef DXG_SYNC_FILE_H
#define DXG_SYNC_FILE_H

#include <dxg/wintypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A sync file is the kernel's, and any driver's sync files will do here. Besides
 * these functions a program may poll() the descriptor (readable: signalled) and
 * give it to other drivers, with libdrm's drmSyncobjImportSyncFile() for one.
 *
 * Source of all: Linux, uapi/linux/sync_file.h.
 */

/**
 * dxg_sync_file_wait() - wait until a sync file has signalled
 * @fd:         [in] its descriptor
 * @timeout_ms: [in] milliseconds, 0: only look, -1: for ever. A wait that a
 *              signal interrupts begins anew, with the whole time
 *
 * Errors: STATUS_INVALID_PARAMETER: no open descriptor, or none of a sync file.
 *
 * Return: STATUS_SUCCESS; STATUS_TIMEOUT, which NT_SUCCESS() takes for one.
 */
DXG_API NTSTATUS dxg_sync_file_wait(int fd, int timeout_ms);

/**
 * dxg_sync_file_merge() - make a sync file that signals when two have
 * @name:   [in] of the new one, for those who debug, up to 31 characters; NULL:
 *          "dxg"
 * @first:  [in] descriptor of the one
 * @second: [in] descriptor of the other
 * @ret_fd: [out] descriptor of the new one; not written on failure
 *
 * Owner:  the new descriptor is close-on-exec and the caller's to close; the
 *         others stay his, and may be closed at once.
 * Errors: STATUS_INVALID_PARAMETER: no sync files, a longer name, or NULL;
 *         STATUS_INVALID_HANDLE: @first is not open; STATUS_NO_MEMORY.
 */
DXG_API NTSTATUS dxg_sync_file_merge(const char *name, int first, int second,
				     int *ret_fd);

/**
 * dxg_sync_file_state() - tell whether a sync file has signalled, and how
 * @fd:        [in] its descriptor
 * @ret_state: [out] 0: not yet; 1: it has; negative: it has, with this errno
 *
 * Errors: STATUS_INVALID_PARAMETER: no sync file, or NULL;
 *         STATUS_INVALID_HANDLE: not open.
 */
DXG_API NTSTATUS dxg_sync_file_state(int fd, int *ret_state);

#ifdef __cplusplus
}
#endif

#endif
