/* SPDX-License-Identifier: MIT */
/* Steps: sync files, which only a node in a kernel has. */
#include "fail-nth.h"

#include <errno.h>
#include <unistd.h>

#include <linux/sync_file.h>
#include <sys/ioctl.h>

static uint32_t open_shared_fence(struct nth_world *world)
{
	struct d3dkmt_opensyncobjectfromnthandle2 args = {
		.nt_handle = (uint64_t)world->shared_fence,
		.device.v = world->device,
	};

	nth_do(world, LX_DXOPENSYNCOBJECTFROMNTHANDLE2, &args);
	return args.sync_object.v;
}

/* Of the next value, which is still to come. */
static void name_value(struct nth_world *world, struct d3dkmt_createsyncfile *args,
		       uint32_t fence)
{
	args->device.v = world->device;
	args->monitored_fence.v = fence;
	args->fence_value = ++world->value;
}

static int create_sync_file(struct nth_world *world, uint32_t fence)
{
	struct d3dkmt_createsyncfile args = { .fence_value = 0 };

	name_value(world, &args, fence);
	nth_do(world, LX_DXCREATESYNCFILE, &args);
	return (int)args.sync_file_handle;
}

/* Of a fence that this process has no handle of any more. */
static int create_shared_sync_file(struct nth_world *world)
{
	uint32_t fence = open_shared_fence(world);
	int fd = create_sync_file(world, fence);

	nth_destroy_sync(world, fence);
	return fd;
}

/* The value comes, for all that may wait for it. */
static void signal_all(struct nth_world *world)
{
	uint32_t shared = open_shared_fence(world);

	nth_signal(world, shared, world->value);
	nth_destroy_sync(world, shared);
	nth_signal(world, world->fence.handle, world->value);
}

static void end_sync_file(struct nth_world *world)
{
	signal_all(world);
	close(world->sync_file);
	world->sync_file = -1;
}

/* create */

static void prepare_create(struct nth_world *world, void *args)
{
	name_value(world, args, world->fence.handle);
}

static void undo_create(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_createsyncfile *args = data;

	if (worked)
		close((int)args->sync_file_handle);
	signal_all(world);
}

static void prepare_create_reached(struct nth_world *world, void *data)
{
	struct d3dkmt_createsyncfile *args = data;

	prepare_create(world, args);
	args->fence_value = 0;
}

#define undo_create_reached undo_create

/* Its NT handle is kept as long as there is a sync file. */
static void prepare_create_shared(struct nth_world *world, void *args)
{
	world->made = nth_create_fence(world, DXG_SYNC_OBJECT_SHARED |
				       DXG_SYNC_OBJECT_NT_SECURITY_SHARING).handle;
	name_value(world, args, world->made);
}

static void undo_create_shared(struct nth_world *world, const void *args, bool worked)
{
	nth_signal(world, world->made, world->value);
	undo_create(world, args, worked);
	nth_destroy_sync(world, world->made);
}

/* wait, open */

static void prepare_wait_for(struct nth_world *world, struct d3dkmt_waitsyncfile *args,
			     int fd)
{
	world->sync_file = fd;
	args->context.v = world->context;
	args->sync_file_handle = (uint64_t)fd;
}

static void prepare_wait(struct nth_world *world, void *args)
{
	prepare_wait_for(world, args, create_sync_file(world, world->fence.handle));
}

static void prepare_wait_shared(struct nth_world *world, void *args)
{
	prepare_wait_for(world, args, create_shared_sync_file(world));
}

static void prepare_wait_merged(struct nth_world *world, void *args)
{
	struct sync_merge_data merge = { .name = "both" };
	int first = create_sync_file(world, world->fence.handle);

	merge.fd2 = create_shared_sync_file(world);
	assert_int_equal(ioctl(first, SYNC_IOC_MERGE, &merge), 0);
	close(merge.fd2);
	close(first);
	prepare_wait_for(world, args, merge.fence);
}

static void undo_wait(struct nth_world *world, const void *args, bool worked)
{
	(void)args;
	(void)worked;
	end_sync_file(world);
}

#define undo_wait_shared undo_wait
#define undo_wait_merged undo_wait

static void prepare_open(struct nth_world *world, void *data)
{
	struct d3dkmt_opensyncobjectfromsyncfile *args = data;

	world->sync_file = create_shared_sync_file(world);
	args->device.v = world->device;
	args->sync_file_handle = (uint64_t)world->sync_file;
}

static void undo_open(struct nth_world *world, const void *data, bool worked)
{
	const struct d3dkmt_opensyncobjectfromsyncfile *args = data;

	if (worked)
		nth_destroy_sync(world, args->syncobj.v);
	end_sync_file(world);
}

const struct nth_step nth_sync_file_steps[] = {
	NTH_STEP("CreateSyncFile", LX_DXCREATESYNCFILE, 0, create),
	NTH_STEP("CreateSyncFile of a value that is there", LX_DXCREATESYNCFILE, 0,
		 create_reached),
	NTH_STEP("CreateSyncFile of a shared fence", LX_DXCREATESYNCFILE, 0,
		 create_shared),
	NTH_STEP("WaitSyncFile", LX_DXWAITSYNCFILE, 0, wait),
	NTH_STEP("WaitSyncFile of a shared fence", LX_DXWAITSYNCFILE, 0,
		 wait_shared),
	NTH_STEP("WaitSyncFile, merged", LX_DXWAITSYNCFILE, 0, wait_merged),
	NTH_STEP("OpenSyncObjectFromSyncFile", LX_DXOPENSYNCOBJECTFROMSYNCFILE, 0,
		 open),
};

const unsigned int nth_sync_file_step_count = NTH_COUNT(nth_sync_file_steps);

/* merge: a call on the sync file itself */

static bool try_merge(struct nth_world *world, int second, unsigned int nth)
{
	struct sync_merge_data args = { .name = "both", .fd2 = second };
	int result, error, next = nth_next_descriptor();
	bool was_hit;

	world->home->arm(NTH_KERNEL, nth);
	result = ioctl(world->sync_file, SYNC_IOC_MERGE, &args);
	error = errno;
	was_hit = world->home->disarm(NTH_KERNEL);
	if (result) {
		assert_true(was_hit);
		assert_true(error == ENOMEM || error == EFAULT);
	} else {
		close(args.fence);
	}
	assert_int_equal(nth_next_descriptor(), next);
	return was_hit;
}

void nth_merge_that_fails_leaves_nothing(void **state)
{
	struct nth_world *world = calloc(1, sizeof(*world));
	unsigned int nth = 0;
	int second;

	(void)state;
	assert_non_null(world);
	nth_open(world, NTH_ASYNC);
	world->sync_file = create_sync_file(world, world->fence.handle);
	second = create_shared_sync_file(world);
	while (try_merge(world, second, ++nth))
		;
	assert_true(nth > 3);
	close(second);
	end_sync_file(world);
	nth_close(world);
	free(world);
}
