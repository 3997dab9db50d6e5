/* SPDX-License-Identifier: MIT */
/* sync: descriptors of sync files, by way of libdrm's libsync.h. */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <linux/sync_file.h>
#include <sys/ioctl.h>

#include <libsync.h>

#include <dxg/status.h>
#include <dxg/sync-file.h>

#include "status.h"

#define NAME_SIZE 32	/* of struct sync_merge_data, with the final zero */

/* A descriptor of another kind has no such request: that is the caller's fault. */
static NTSTATUS status_of_errno(void)
{
	return errno == ENOTTY ? STATUS_INVALID_PARAMETER :
				 dxg_status_from_errno(errno);
}

NTSTATUS dxg_sync_file_wait(int fd, int timeout_ms)
{
	/* poll() would leave it out, and wait */
	if (fd < 0)
		return STATUS_INVALID_PARAMETER;
	if (!sync_wait(fd, timeout_ms))
		return STATUS_SUCCESS;
	return errno == ETIME ? STATUS_TIMEOUT : status_of_errno();
}

NTSTATUS dxg_sync_file_merge(const char *name, int first, int second,
			     int *ret_fd)
{
	char copy[NAME_SIZE] = "dxg";
	int merged;

	if (!ret_fd || (name && strlen(name) >= sizeof(copy)))
		return STATUS_INVALID_PARAMETER;
	if (name)
		strcpy(copy, name);
	merged = sync_merge(copy, first, second);
	if (merged < 0)
		return status_of_errno();
	*ret_fd = merged;
	return STATUS_SUCCESS;
}

NTSTATUS dxg_sync_file_state(int fd, int *ret_state)
{
	struct sync_file_info info = { 0 };
	int result;

	if (!ret_state)
		return STATUS_INVALID_PARAMETER;
	do
		result = ioctl(fd, SYNC_IOC_FILE_INFO, &info);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return status_of_errno();
	*ret_state = info.status;
	return STATUS_SUCCESS;
}
