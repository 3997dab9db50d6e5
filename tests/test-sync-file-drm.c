/* SPDX-License-Identifier: MIT */
/* sync: sync files in the hands of other drivers, and theirs in ours. */
#include "lib/t.h"
#include "lib/t-share.h"
#include "lib/t-sync-file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include <linux/dma-buf.h>
#include <xf86drm.h>

#include <dxg/sync-file.h>

/* vgem's, which has no header of its own for programs */
struct vgem_fence_attach {
	uint32_t handle, flags, out_fence, pad;
};
struct vgem_fence_signal {
	uint32_t fence, flags;
};
#define VGEM_FENCE_WRITE	1
#define VGEM_FENCE_ATTACH	DRM_IOWR(DRM_COMMAND_BASE + 1, struct vgem_fence_attach)
#define VGEM_FENCE_SIGNAL	DRM_IOW(DRM_COMMAND_BASE + 2, struct vgem_fence_signal)

/* An open device of that driver; skips the test if the machine has none. */
static int open_driver(const char *name)
{
	drmVersion *version;
	char path[40];
	bool is_it;
	int fd, i;

	for (i = 0; i < 16; i++) {
		snprintf(path, sizeof(path), "/dev/dri/card%d", i);
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			continue;
		version = drmGetVersion(fd);
		is_it = version && !strcmp(version->name, name);
		drmFreeVersion(version);
		if (is_it)
			return fd;
		close(fd);
	}
	print_message("skipped: needs the driver %s\n", name);
	skip();
	return -1;
}

static int64_t in_ms(int64_t ms)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec + ms * 1000000;
}

static void drm_syncobj_takes_and_gives_a_sync_file(void **state)
{
	struct t_gpu *gpu = *state;
	int drm = open_driver("syncobj");
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	struct t_fence held = t_create_fence(gpu->device, 0);
	int fd = t_sync_file(gpu->device, fence.handle, 1);
	struct t_fence opened;
	uint32_t syncobj;
	uint64_t value;
	int back;

	assert_int_equal(drmSyncobjCreate(drm, 0, &syncobj), 0);
	assert_int_equal(drmSyncobjImportSyncFile(drm, syncobj, fd), 0);
	close(fd);
	assert_int_equal(drmSyncobjWait(drm, &syncobj, 1, in_ms(T_QUIET_MS), 0,
					NULL), -ETIME);
	assert_int_equal(drmSyncobjExportSyncFile(drm, syncobj, &back), 0);
	/* it has been to another driver, and still is what it was */
	assert_success(t_open_sync_file(gpu->device, back, &opened, &value));
	assert_true(value == 1);
	t_destroy_fence(&opened);
	assert_success(t_wait_sync_file(gpu->context, back));
	assert_status(t_signal_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	assert_false(t_sync_file_is_over(back, T_QUIET_MS));
	assert_true(t_fence_value(&held) == 0);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(drmSyncobjWait(drm, &syncobj, 1, in_ms(T_TIMEOUT_MS), 0,
					NULL), 0);
	assert_int_equal(t_sync_file_error(back), 0);
	t_wait_fence(gpu->device, &held, 1);
	close(back);
	assert_int_equal(drmSyncobjDestroy(drm, syncobj), 0);
	close(drm);
	assert_eventually(t_shared_handles() == 0);
	t_destroy_fence(&held);
	t_destroy_fence(&fence);
}

/* There the fence comes back as a link of a chain. */
static void drm_timeline_takes_and_gives_a_sync_file(void **state)
{
	struct t_gpu *gpu = *state;
	int drm = open_driver("syncobj");
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_sync_file(gpu->device, fence.handle, 1);
	uint32_t timeline, syncobj;
	struct t_fence opened;
	uint64_t value;
	int back;

	assert_int_equal(drmSyncobjCreate(drm, 0, &syncobj), 0);
	assert_int_equal(drmSyncobjCreate(drm, 0, &timeline), 0);
	assert_int_equal(drmSyncobjImportSyncFile(drm, syncobj, fd), 0);
	assert_int_equal(drmSyncobjTransfer(drm, timeline, 5, syncobj, 0, 0), 0);
	assert_int_equal(drmSyncobjExportSyncFile(drm, timeline, &back), 0);
	assert_success(t_open_sync_file(gpu->device, back, &opened, &value));
	assert_true(value == 1);
	assert_success(t_wait_sync_file(gpu->context, back));
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_int_equal(t_sync_file_error(back), 0);
	close(back);
	close(fd);
	assert_int_equal(drmSyncobjDestroy(drm, timeline), 0);
	assert_int_equal(drmSyncobjDestroy(drm, syncobj), 0);
	close(drm);
	t_destroy_fence(&opened);
	t_destroy_fence(&fence);
}

struct vgem_buffer {
	int drm;
	uint32_t handle;
	int dma_buf;
};

static struct vgem_buffer create_vgem_buffer(void)
{
	struct drm_mode_create_dumb create = {
		.width = 64, .height = 16, .bpp = 32,
	};
	struct vgem_buffer buffer = { .drm = open_driver("vgem") };

	assert_int_equal(drmIoctl(buffer.drm, DRM_IOCTL_MODE_CREATE_DUMB, &create), 0);
	buffer.handle = create.handle;
	assert_int_equal(drmPrimeHandleToFD(buffer.drm, buffer.handle, DRM_CLOEXEC,
					    &buffer.dma_buf), 0);
	return buffer;
}

static void destroy_vgem_buffer(struct vgem_buffer *buffer)
{
	close(buffer->dma_buf);
	close(buffer->drm);
}

/* A fence of vgem's on the buffer, which it signals when told. */
static int attach_vgem_fence(struct vgem_buffer *buffer, uint32_t *ret_fence)
{
	struct vgem_fence_attach attach = {
		.handle = buffer->handle, .flags = VGEM_FENCE_WRITE,
	};
	int ret = drmIoctl(buffer->drm, VGEM_FENCE_ATTACH, &attach);

	*ret_fence = attach.out_fence;
	return ret ? errno : 0;
}

static void signal_vgem_fence(struct vgem_buffer *buffer, uint32_t fence)
{
	struct vgem_fence_signal signal = { .fence = fence };

	assert_int_equal(drmIoctl(buffer->drm, VGEM_FENCE_SIGNAL, &signal), 0);
}

static int export_sync_file(struct vgem_buffer *buffer)
{
	struct dma_buf_export_sync_file args = { .flags = DMA_BUF_SYNC_RW };

	assert_int_equal(ioctl(buffer->dma_buf, DMA_BUF_IOCTL_EXPORT_SYNC_FILE,
			       &args), 0);
	return args.fd;
}

static bool is_idle(const struct vgem_buffer *buffer, unsigned int timeout_ms)
{
	struct pollfd poll_fd = { .fd = buffer->dma_buf, .events = POLLOUT };

	return poll(&poll_fd, 1, (int)timeout_ms) == 1;
}

/* The buffer is busy until our fence has the value; vgem sees that too. */
static void buffer_of_vgem_waits_for_a_sync_file(void **state)
{
	struct t_gpu *gpu = *state;
	struct vgem_buffer buffer = create_vgem_buffer();
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct dma_buf_import_sync_file args = { .flags = DMA_BUF_SYNC_WRITE };
	uint32_t vgem_fence;

	args.fd = t_sync_file(gpu->device, fence.handle, 1);
	assert_true(is_idle(&buffer, 0));
	assert_int_equal(ioctl(buffer.dma_buf, DMA_BUF_IOCTL_IMPORT_SYNC_FILE,
			       &args), 0);
	close(args.fd);
	assert_false(is_idle(&buffer, T_QUIET_MS));
	assert_int_equal(attach_vgem_fence(&buffer, &vgem_fence), EBUSY);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	assert_true(is_idle(&buffer, T_TIMEOUT_MS));
	assert_int_equal(attach_vgem_fence(&buffer, &vgem_fence), 0);
	signal_vgem_fence(&buffer, vgem_fence);
	destroy_vgem_buffer(&buffer);
	t_destroy_fence(&fence);
}

/* A host's GPU cannot wait for what another driver's is about, unless it is over. */
static void sync_file_of_vgem_is_refused_until_it_is_over(void **state)
{
	struct t_gpu *gpu = *state;
	struct vgem_buffer buffer = create_vgem_buffer();
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	struct t_fence held = t_create_fence(gpu->device, 0);
	int ours = t_sync_file(gpu->device, fence.handle, 1);
	int theirs, both;
	struct t_fence opened;
	uint32_t vgem_fence;
	uint64_t value;

	assert_int_equal(attach_vgem_fence(&buffer, &vgem_fence), 0);
	theirs = export_sync_file(&buffer);
	both = t_merge_sync_files(ours, theirs);
	assert_status(t_wait_sync_file(gpu->context, theirs),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_wait_sync_file(gpu->context, both),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_open_sync_file(gpu->device, theirs, &opened, &value),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_open_sync_file(gpu->device, both, &opened, &value),
		      STATUS_INVALID_PARAMETER);
	/* nothing of the refused ones has been queued */
	assert_status(t_signal_gpu(gpu->context, held.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &held, 1);
	signal_vgem_fence(&buffer, vgem_fence);
	assert_int_equal(t_sync_file_error(theirs), 0);
	assert_success(t_wait_sync_file(gpu->context, theirs));
	assert_success(t_wait_sync_file(gpu->context, both));
	assert_status(t_signal_gpu(gpu->context, held.handle, 2), STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&held) == 1);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 1), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &held, 2);
	assert_status(t_open_sync_file(gpu->device, theirs, &opened, &value),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(t_sync_file_error(both), 0);
	close(both);
	close(theirs);
	close(ours);
	destroy_vgem_buffer(&buffer);
	t_destroy_fence(&held);
	t_destroy_fence(&fence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(drm_syncobj_takes_and_gives_a_sync_file),
		t_gpu_test(drm_timeline_takes_and_gives_a_sync_file),
		t_gpu_test(buffer_of_vgem_waits_for_a_sync_file),
		t_gpu_test(sync_file_of_vgem_is_refused_until_it_is_over),
	};
	unsigned int timeout;
	int failed;

	t_sync_file_or_skip();
	timeout = t_sync_file_timeout(60000);
	failed = cmocka_run_group_tests_name("sync-file-drm", tests, NULL, NULL);
	t_sync_file_timeout(timeout);
	return failed;
}
