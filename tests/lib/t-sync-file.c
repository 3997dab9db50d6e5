/* SPDX-License-Identifier: MIT */
/* Sync files: one call each. */
#include "t.h"
#include "t-sync-file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <dxg/sync-file.h>

#define TIMEOUT_FILE "/sys/module/dxgkrnl/parameters/sync_file_timeout_ms"

bool t_has_sync_files(void)
{
	return !t_device_is_soft() && !access(TIMEOUT_FILE, W_OK);
}

void t_sync_file_or_skip(void)
{
	if (t_has_sync_files())
		return;
	puts("skipped: needs the kernel module, with sync files");
	exit(77);
}

NTSTATUS t_try_sync_file(D3DKMT_HANDLE device, D3DKMT_HANDLE fence,
			 uint64_t value, int *ret_fd)
{
	D3DKMT_CREATESYNCFILE args = {
		.hDevice = device,
		.hMonitoredFence = fence,
		.FenceValue = value,
	};
	NTSTATUS status = D3DKMTCreateSyncFile(&args);

	*ret_fd = status ? -1 : (int)args.hSyncFile;
	return status;
}

int t_sync_file(D3DKMT_HANDLE device, D3DKMT_HANDLE fence, uint64_t value)
{
	int fd;

	assert_status(t_try_sync_file(device, fence, value, &fd), STATUS_SUCCESS);
	assert_true(fd > 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	return fd;
}

NTSTATUS t_wait_sync_file(D3DKMT_HANDLE context, int fd)
{
	D3DKMT_WAITSYNCFILE args = {
		.hContext = context,
		.hSyncFile = (UINT64)fd,
	};

	return D3DKMTWaitSyncFile(&args);
}

NTSTATUS t_open_sync_file(D3DKMT_HANDLE device, int fd,
			  struct t_fence *ret_fence, uint64_t *ret_value)
{
	D3DKMT_OPENSYNCOBJECTFROMSYNCFILE args = {
		.hDevice = device,
		.hSyncFile = (UINT64)fd,
	};
	NTSTATUS status = D3DKMTOpenSyncObjectFromSyncFile(&args);

	if (status < 0) {
		assert_int_equal(args.hSyncObject, 0);
		return status;
	}
	assert_local_handle(args.hSyncObject);
	ret_fence->handle = args.hSyncObject;
	ret_fence->cpu = args.FenceValueCPUVirtualAddress;
	ret_fence->gpu = args.FenceValueGPUVirtualAddress;
	*ret_value = args.FenceValue;
	return status;
}

int t_merge_sync_files(int first, int second)
{
	int fd = -1;

	assert_status(dxg_sync_file_merge("both", first, second, &fd),
		      STATUS_SUCCESS);
	return fd;
}

bool t_sync_file_is_over(int fd, unsigned int timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int got = poll(&poll_fd, 1, (int)timeout_ms);

	assert_true(got >= 0);
	assert_int_equal(poll_fd.revents, got ? POLLIN : 0);
	return got;
}

int t_sync_file_error(int fd)
{
	int state;

	assert_true(t_sync_file_is_over(fd, T_TIMEOUT_MS));
	assert_status(dxg_sync_file_state(fd, &state), STATUS_SUCCESS);
	assert_int_not_equal(state, 0);
	return state > 0 ? 0 : -state;
}

int t_try_sync_file_timeout(const char *text)
{
	int fd = open(TIMEOUT_FILE, O_WRONLY | O_CLOEXEC);
	int error = 0;

	assert_true(fd >= 0);
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		error = errno;
	close(fd);
	return error;
}

unsigned int t_sync_file_timeout(unsigned int ms)
{
	FILE *file = fopen(TIMEOUT_FILE, "re");
	unsigned int before;
	char text[16];

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%u", &before), 1);
	fclose(file);
	snprintf(text, sizeof(text), "%u", ms);
	assert_int_equal(t_try_sync_file_timeout(text), 0);
	return before;
}
