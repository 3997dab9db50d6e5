/* SPDX-License-Identifier: MIT */
/*
 * share: the adapter's end overtakes what the host says. To share, and to open a
 * synchronisation object, goes over the global channel: that stays, and the host may
 * say that it knows no such object. What is created, or opened as a resource, goes
 * over the adapter's own channel, which ends when its last answer is there.
 */
#include "slice-test.h"

#include <unistd.h>

#include <linux/errno.h>

#include "fake-host.h"
#include "slice.h"

/* What all of this is about; each step uses of it what it wants. */
struct objects {
	u32 device;
	u32 fence;
	u32 resource;
	int fence_fd;
	int resource_fd;
};

#define SHARING (DXG_SYNC_OBJECT_SHARED | DXG_SYNC_OBJECT_NT_SECURITY_SHARING)

static long create_fence(struct fake_host *host, struct objects *objects)
{
	struct d3dkmt_createsynchronizationobject2 args = {
		.device.v = objects->device,
		.info.type = DXG_SYNC_TYPE_MONITORED_FENCE,
		.info.flags = SHARING,
	};

	return fake_ioctl(host, LX_DXCREATESYNCHRONIZATIONOBJECT, &args);
}

static long create_resource(struct fake_host *host, struct objects *objects)
{
	u8 data = 1;
	struct d3dddi_allocationinfo2 info = {
		.priv_drv_data = (u64)(unsigned long)&data,
		.priv_drv_data_size = sizeof(data),
	};
	struct d3dkmt_createallocation args = {
		.device.v = objects->device,
		.alloc_count = 1,
		.allocation_info = (u64)(unsigned long)&info,
		.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE |
			 DXG_CREATEALLOCATION_CREATE_SHARED |
			 DXG_CREATEALLOCATION_NT_SECURITY_SHARING,
	};
	long ret = fake_ioctl(host, LX_DXCREATEALLOCATION, &args);

	objects->resource = args.resource.v;
	return ret;
}

static long share(struct fake_host *host, u32 object)
{
	int fd;
	long ret = fake_share(host, object, &fd);

	if (!ret)
		close(fd);
	return ret;
}

static long share_fence(struct fake_host *host, struct objects *objects)
{
	return share(host, fake_create_fence(host, objects->device, SHARING));
}

static long share_resource(struct fake_host *host, struct objects *objects)
{
	assert_int_equal(create_resource(host, objects), 0);
	return share(host, objects->resource);
}

static long share_with_host(struct fake_host *host, struct objects *objects)
{
	struct d3dkmt_shareobjectwithhost args = {
		.device_handle.v = objects->device,
		.object_handle.v = objects->fence,
	};

	return fake_ioctl(host, LX_DXSHAREOBJECTWITHHOST, &args);
}

static long open_fence(struct fake_host *host, struct objects *objects)
{
	struct d3dkmt_opensyncobjectfromnthandle2 args = {
		.nt_handle = (u64)objects->fence_fd,
		.device.v = objects->device,
	};

	return fake_ioctl(host, LX_DXOPENSYNCOBJECTFROMNTHANDLE2, &args);
}

static long open_resource(struct fake_host *host, struct objects *objects)
{
	struct d3dddi_openallocationinfo2 info = { 0 };
	u8 data;
	struct d3dkmt_openresourcefromnthandle args = {
		.device.v = objects->device,
		.nt_handle = (u64)objects->resource_fd,
		.allocation_count = 1,
		.open_alloc_info = (u64)(unsigned long)&info,
		.total_priv_drv_data = (u64)(unsigned long)&data,
		.total_priv_drv_data_size = sizeof(data),
	};

	return fake_ioctl(host, LX_DXOPENRESOURCEFROMNTHANDLE, &args);
}

typedef long step(struct fake_host *host, struct objects *objects);

static struct objects make(struct fake_host *host)
{
	struct objects objects = { .device = fake_create_device(host) };

	objects.fence = fake_create_fence(host, objects.device, SHARING);
	assert_int_equal(fake_share(host, objects.fence, &objects.fence_fd), 0);
	assert_int_equal(create_resource(host, &objects), 0);
	assert_int_equal(fake_share(host, objects.resource,
				    &objects.resource_fd), 0);
	return objects;
}

/* How often the host was told that nobody has a descriptor of an object any more. */
static u32 given_back(const struct fake_host *host)
{
	dxgk_user_files_reap();
	return host->messages[DXGK_VMCMD_DESTROYNTSHAREDOBJECT];
}

/* It is told that of each, whatever has gone. */
static void unmake(struct fake_host *host, struct objects *objects)
{
	u32 before = given_back(host);

	close(objects->fence_fd);
	close(objects->resource_fd);
	assert_int_equal(given_back(host), before + 2);
}

/* On the global channel. */

static const struct row {
	const char *name;
	u32 command;
	step *step;
} rows[] = {
	{ "share a fence", DXGK_VMCMD_CREATENTSHAREDOBJECT, share_fence },
	{ "share a resource", DXGK_VMCMD_CREATENTSHAREDOBJECT, share_resource },
	{ "share with the host", DXGK_VMCMD_SHAREOBJECTWITHHOST, share_with_host },
	{ "open a fence", DXGK_VMCMD_OPENSYNCOBJECT, open_fence },
};

/*
 * The answer to @command: in these words the host says no; or 0, it says yes. By then
 * the adapter has gone if it @ends.
 */
static struct script {
	u32 command;
	s32 status;
	bool ends;
	bool lost;
} script;

static int answer_late(struct fake_host *host, u32 command, const void *request,
		       void *reply, u32 room)
{
	struct dxgk_wire_opensyncobject_reply *opened = reply;

	(void)request;
	if (command != script.command)
		return FAKE_USUAL;
	if (script.ends)
		fake_remove_adapter_aside(host, script.lost);
	if (!script.status)
		return FAKE_USUAL;
	switch (command) {
	case DXGK_VMCMD_CREATENTSHAREDOBJECT:
		/* no handle */
		return (int)room;
	case DXGK_VMCMD_OPENSYNCOBJECT:
		opened->status = script.status;
		return (int)room;
	default:
		return fake_refuse(reply, script.status);
	}
}

static void expect(struct fake_host *host, struct objects *objects,
		   const struct row *row, long want)
{
	long ret;

	script.command = row->command;
	host->answer = answer_late;
	ret = row->step(host, objects);
	host->answer = NULL;
	if (ret != want)
		print_error("%s: %ld\n", row->name, ret);
	assert_int_equal(ret, want);
	/* it has come to the command */
	assert_int_equal(!host->adapter, script.ends);
}

/* Each needs an adapter of its own. */
static void anew(void **state)
{
	assert_int_equal(fake_teardown(state), 0);
	assert_int_equal(fake_setup(state), 0);
}

static void refuse_each(void **state, bool lost)
{
	u32 i;

	script.status = FAKE_INVALID_HANDLE;
	script.ends = true;
	script.lost = lost;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fake_host *host = *state;
		struct objects objects = make(host);

		expect(host, &objects, &rows[i], -ENODEV);
		unmake(host, &objects);
		anew(state);
	}
}

static void a_refusal_after_the_end_says_that_the_adapter_has_gone(void **state)
{
	refuse_each(state, false);
}

static void a_refusal_after_the_loss_says_that_the_adapter_has_gone(void **state)
{
	refuse_each(state, true);
}

/* While it is there the same answers are about the arguments. */
static void a_refusal_of_an_adapter_that_is_there_says_why(void **state)
{
	struct fake_host *host = *state;
	struct objects objects = make(host);
	u32 i;

	script.status = FAKE_INVALID_PARAMETER;
	script.ends = false;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		expect(host, &objects, &rows[i], -EINVAL);
	unmake(host, &objects);
}

/* The host has done it before, so there is something to give back. */
static void a_descriptor_that_comes_late_gives_back_what_it_keeps(void **state)
{
	struct fake_host *host = *state;
	struct objects objects = make(host);

	script = (struct script){ .ends = true };
	expect(host, &objects, &rows[0], 0);
	assert_int_equal(given_back(host), 1);
	unmake(host, &objects);
}

/* Its value is in memory that the host may give to others by then. */
static void a_fence_that_is_opened_late_is_not_there(void **state)
{
	struct fake_host *host = *state;
	struct objects objects = make(host);

	script = (struct script){ .ends = true };
	expect(host, &objects, &rows[3], -ENODEV);
	assert_int_equal(host->mappings, 0);
	/* and the host has forgotten it with the adapter */
	assert_int_equal(host->messages[DXGK_VMCMD_DESTROYSYNCOBJECT], 0);
	unmake(host, &objects);
}

/*
 * On the adapter's own channel: it ends when the answer is there, and before anybody
 * can find what the answer is about.
 */

static struct {
	u32 command;
	struct dxgk_device *device;
	pthread_t remover;
	pthread_t holder;
	bool holds;
} race;

static void *remove_adapter(void *host)
{
	fake_remove_adapter(host, false);
	return NULL;
}

/* What is new is not put into the device's lists while this is locked. */
static void *hold_until_the_end(void *unused)
{
	mutex_lock(&race.device->lock);
	__atomic_store_n(&race.holds, true, __ATOMIC_RELEASE);
	while (dxgk_adapter_is_active(race.device->adapter))
		usleep(100);
	mutex_unlock(&race.device->lock);
	return unused;
}

static int answer_and_end(struct fake_host *host, u32 command,
			  const void *request, void *reply, u32 room)
{
	(void)request;
	(void)reply;
	(void)room;
	if (command != race.command)
		return FAKE_USUAL;
	race.holder = t_start(hold_until_the_end, NULL);
	while (!__atomic_load_n(&race.holds, __ATOMIC_ACQUIRE))
		usleep(100);
	race.remover = t_start(remove_adapter, host);
	return FAKE_USUAL;
}

static void expect_end_first(struct fake_host *host, u32 command, step *step)
{
	struct objects objects = make(host);

	race.command = command;
	race.holds = false;
	race.device = dxgk_device_lookup(host->file->process, objects.device);
	assert_non_null(race.device);
	host->answer = answer_and_end;
	assert_int_equal(step(host, &objects), -ENODEV);
	t_join(race.holder);
	t_join(race.remover);
	host->answer = NULL;
	dxgk_device_put(race.device);
	assert_int_equal(host->mappings, 0);
	/* nobody is asked to destroy what went with the adapter */
	assert_int_equal(host->messages[DXGK_VMCMD_DESTROYSYNCOBJECT], 0);
	assert_int_equal(host->messages[DXGK_CMD_DESTROYALLOCATION], 0);
	unmake(host, &objects);
}

static void a_fence_that_is_created_late_is_not_there(void **state)
{
	expect_end_first(*state, DXGK_CMD_CREATESYNCOBJECT, create_fence);
}

static void a_resource_that_is_created_late_is_not_there(void **state)
{
	expect_end_first(*state, DXGK_CMD_CREATEALLOCATION, create_resource);
}

static void a_resource_that_is_opened_late_is_not_there(void **state)
{
	expect_end_first(*state, DXGK_CMD_OPENRESOURCE, open_resource);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_refusal_after_the_end_says_that_the_adapter_has_gone),
		fake_test(a_refusal_after_the_loss_says_that_the_adapter_has_gone),
		fake_test(a_refusal_of_an_adapter_that_is_there_says_why),
		fake_test(a_descriptor_that_comes_late_gives_back_what_it_keeps),
		fake_test(a_fence_that_is_opened_late_is_not_there),
		fake_test(a_fence_that_is_created_late_is_not_there),
		fake_test(a_resource_that_is_created_late_is_not_there),
		fake_test(a_resource_that_is_opened_late_is_not_there),
	};

	return cmocka_run_group_tests_name("share-removed", tests, NULL, NULL);
}
