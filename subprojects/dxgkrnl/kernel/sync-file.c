/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Sync files: make one, have the GPU wait for one, open what is behind one. */

#include <linux/dma-fence.h>
#include <linux/dma-fence-unwrap.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/limits.h>
#include <linux/sync_file.h>

#include "dxgkrnl.h"
#include "fence.h"
#include "ioctl.h"
#include "share.h"
#include "wait.h"

/* With which the fence behind a sync file is opened: it may be waited for only. */
#define DXGK_SYNC_FILE_FLAGS	(DXG_SYNC_OBJECT_SHARED |		\
				 DXG_SYNC_OBJECT_NT_SECURITY_SHARING |	\
				 DXG_SYNC_OBJECT_NO_SIGNAL)

/* Returns an ERR_PTR, or a reference: -EBADF not open, -EINVAL no sync file. */
static struct dma_fence *dxgk_sync_file_get(u64 number)
{
	struct dma_fence *fence;
	struct file *file;

	if (number > INT_MAX)
		return ERR_PTR(-EBADF);
	fence = sync_file_get_fence(number);
	if (fence)
		return fence;
	file = fget(number);
	if (!file)
		return ERR_PTR(-EBADF);
	fput(file);
	return ERR_PTR(-EINVAL);
}

static int dxgk_sync_file_check(const struct dxgk_device *device,
				const struct dxgk_sync *sync)
{
	if (!dxgk_sync_is_fence(sync) ||
	    !dxgk_sync_is_usable_on(sync, device->adapter))
		return -EINVAL;
	if (sync->flags & DXG_SYNC_OBJECT_NO_WAIT)
		return -EACCES;
	return dxgk_adapter_is_active(device->adapter) ? 0 : -ENODEV;
}

/* @ret_fd: the caller's */
static int dxgk_sync_file_create(struct dxgk_device *device,
				 struct dxgk_sync *sync, u64 value,
				 u64 __user *ret_fd)
{
	struct sync_file *file;
	struct dma_fence *fence;
	int ret;
	int fd;

	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		return fd;
	fence = dxgk_fence_create(device, sync, value);
	if (IS_ERR(fence)) {
		ret = PTR_ERR(fence);
		goto err_fd;
	}
	file = sync_file_create(fence);
	if (!file) {
		ret = -ENOMEM;
		goto err_fence;
	}
	ret = put_user((u64)fd, ret_fd);
	if (ret)
		goto err_file;
	/* Only now may others see it: there is no way back. */
	fd_install(fd, file->file);
	dma_fence_put(fence);
	return 0;

err_file:
	fput(file->file);
err_fence:
	dxgk_fence_cancel(fence);
	dma_fence_put(fence);
err_fd:
	put_unused_fd(fd);
	return ret;
}

int dxgk_ioctl_create_sync_file(struct dxgk_process *process, void *data)
{
	struct d3dkmt_createsyncfile __user *caller = dxgk_caller_args(data);
	const struct d3dkmt_createsyncfile *args = data;
	struct dxgk_device *device;
	struct dxgk_sync *sync;
	int ret = -EINVAL;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	sync = dxgk_sync_lookup(process, args->monitored_fence.v);
	if (sync) {
		ret = dxgk_sync_file_check(device, sync);
		if (!ret)
			ret = dxgk_sync_file_create(device, sync,
						    args->fence_value,
						    &caller->sync_file_handle);
		dxgk_sync_put(sync);
	}
	dxgk_device_put(device);
	return ret;
}

/* Whose the handle is that work is to be held up in, with a reference, or NULL. */
static struct dxgk_device *dxgk_sync_file_waiter(struct dxgk_process *process,
						 u32 handle)
{
	struct dxgk_device *device = NULL;
	struct dxgk_hw_queue *queue;
	struct dxgk_context *context;

	context = dxgk_context_lookup(process, handle);
	if (context) {
		device = context->device;
		dxgk_device_get(device);
		dxgk_context_put(context);
		return device;
	}
	queue = dxgk_hw_queue_lookup(process, handle);
	if (queue) {
		device = queue->context->device;
		dxgk_device_get(device);
		dxgk_hw_queue_put(queue);
	}
	return device;
}

/* One that has signalled without an error has done what it was for. */
static bool dxgk_fence_is_over(struct dma_fence *fence)
{
	int status = dma_fence_get_status(fence);

	return status > 0 || (status && !dxgk_fence_is_ours(fence));
}

/* The process has the very object, under the handle of then. */
static bool dxgk_fence_is_own(struct dxgk_process *process,
			      struct dma_fence *fence)
{
	struct dxgk_sync *sync = dxgk_fence_sync(fence);
	struct dxgk_sync *found;

	found = dxgk_sync_lookup(process, sync->base.handle);
	if (found)
		dxgk_sync_put(found);
	return found == sync;
}

static bool dxgk_fence_can_open(const struct dxgk_device *device,
				struct dma_fence *fence)
{
	const struct dxgk_shared *shared = dxgk_fence_sync(fence)->shared;

	return shared && shared->adapter == device->adapter;
}

static bool dxgk_fence_can_wait(struct dxgk_device *device,
				struct dma_fence *fence)
{
	if (dxgk_fence_is_over(fence))
		return true;
	/* The host knows nothing of other drivers' fences. */
	if (!dxgk_fence_is_ours(fence))
		return false;
	if (dxgk_fence_is_own(device->process, fence))
		return dxgk_sync_is_usable_on(dxgk_fence_sync(fence),
					      device->adapter);
	return dxgk_fence_can_open(device, fence);
}

static int dxgk_fence_gpu_wait(struct dxgk_device *device, u32 waiter,
			       struct dma_fence *fence)
{
	struct dxgk_sync *sync = dxgk_fence_sync(fence);
	u64 value = dxgk_fence_value(fence);
	int ret;

	if (dxgk_fence_is_own(device->process, fence))
		return dxgk_gpu_wait_for(device, waiter, sync->base.handle,
					 value);
	if (!dxgk_fence_can_open(device, fence))
		return -EINVAL;
	sync = dxgk_share_borrow_sync(sync->shared, device,
				      DXGK_SYNC_FILE_FLAGS);
	if (IS_ERR(sync))
		return PTR_ERR(sync);
	/* What has been queued keeps the object on the host. */
	ret = dxgk_gpu_wait_for(device, waiter, sync->base.handle, value);
	dxgk_share_return_sync(sync);
	return ret;
}

/* Of merged ones each; all are looked at before the first wait is queued. */
static int dxgk_sync_file_gpu_wait(struct dxgk_device *device, u32 waiter,
				   struct dma_fence *all)
{
	struct dma_fence_unwrap cursor;
	struct dma_fence *fence;
	int ret = 0;

	/* To the end, as the cursor holds a reference until then. */
	dma_fence_unwrap_for_each(fence, &cursor, all) {
		if (!dxgk_fence_can_wait(device, fence))
			ret = -EINVAL;
	}
	if (ret)
		return ret;
	dma_fence_unwrap_for_each(fence, &cursor, all) {
		if (ret >= 0 && !dxgk_fence_is_over(fence))
			ret = dxgk_fence_gpu_wait(device, waiter, fence);
	}
	return ret;
}

int dxgk_ioctl_wait_sync_file(struct dxgk_process *process, void *data)
{
	const struct d3dkmt_waitsyncfile *args = data;
	struct dxgk_device *device;
	struct dma_fence *fence;
	int ret;

	device = dxgk_sync_file_waiter(process, args->context.v);
	if (!device)
		return -EINVAL;
	fence = dxgk_sync_file_get(args->sync_file_handle);
	ret = PTR_ERR_OR_ZERO(fence);
	if (!ret) {
		ret = dxgk_adapter_is_active(device->adapter) ?
		      dxgk_sync_file_gpu_wait(device, args->context.v, fence) :
		      -ENODEV;
		dma_fence_put(fence);
	}
	dxgk_device_put(device);
	return ret;
}

/* The only one that is in there, if it is ours; no reference. */
static struct dma_fence *dxgk_sync_file_single(struct dma_fence *all)
{
	struct dma_fence *fence, *found = NULL;
	struct dma_fence_unwrap cursor;
	unsigned int count = 0;

	dma_fence_unwrap_for_each(fence, &cursor, all) {
		if (dxgk_fence_is_ours(fence))
			found = fence;
		count++;
	}
	return count == 1 ? found : NULL;
}

static int dxgk_sync_file_open(struct dxgk_device *device,
			       struct dma_fence *all,
			       struct d3dkmt_opensyncobjectfromsyncfile *args)
{
	struct d3dkmt_opensyncobjectfromnthandle2 open = {
		.flags = DXGK_SYNC_FILE_FLAGS,
	};
	struct dma_fence *fence = dxgk_sync_file_single(all);
	int ret;

	if (!dxgk_adapter_is_active(device->adapter))
		return -ENODEV;
	if (!fence || !dxgk_fence_can_open(device, fence))
		return -EINVAL;
	ret = dxgk_share_open_sync(dxgk_fence_sync(fence)->shared, device,
				   &open);
	if (ret)
		return ret;
	args->syncobj = open.sync_object;
	args->fence_value = dxgk_fence_value(fence);
	args->fence_value_cpu_va = open.monitored_fence.fence_value_cpu_va;
	args->fence_value_gpu_va = open.monitored_fence.fence_value_gpu_va;
	return 0;
}

int dxgk_ioctl_open_sync_file(struct dxgk_process *process, void *data)
{
	struct d3dkmt_opensyncobjectfromsyncfile *args = data;
	struct dxgk_device *device;
	struct dma_fence *fence;
	int ret;

	device = dxgk_device_lookup(process, args->device.v);
	if (!device)
		return -EINVAL;
	fence = dxgk_sync_file_get(args->sync_file_handle);
	ret = PTR_ERR_OR_ZERO(fence);
	if (!ret) {
		ret = dxgk_sync_file_open(device, fence, args);
		dma_fence_put(fence);
	}
	dxgk_device_put(device);
	return ret;
}
