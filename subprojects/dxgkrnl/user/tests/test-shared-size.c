/* SPDX-License-Identifier: MIT */
/* share: how much the driver keeps for those who may open a resource. */
#include "slice-test.h"

#include <linux/errno.h>

#include "fake-host.h"

#define CREATIONS(host)	((host)->messages[DXGK_CMD_CREATEALLOCATION])

/* All of the data is the caller's; as much as one message carries. */
static u8 data[100000];

/* With a bound of 1 MiB for all of it, headers of each part included. */
#define FIT		10u

struct resource {
	u32 device;
	u32 handle;
	u32 last;	/* allocation */
};

static long add(struct fake_host *host, struct resource *resource, u32 size)
{
	struct d3dddi_allocationinfo2 info = {
		.priv_drv_data = (u64)(unsigned long)data,
		.priv_drv_data_size = size,
	};
	struct d3dkmt_createallocation args = {
		.device.v = resource->device,
		.resource.v = resource->handle,
		.alloc_count = 1,
		.allocation_info = (u64)(unsigned long)&info,
	};
	long ret;

	if (!resource->handle)
		args.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE |
			     DXG_CREATEALLOCATION_CREATE_SHARED |
			     DXG_CREATEALLOCATION_NT_SECURITY_SHARING;
	ret = fake_ioctl(host, LX_DXCREATEALLOCATION, &args);
	if (ret)
		return ret;
	resource->handle = args.resource.v;
	resource->last = info.allocation.v;
	return 0;
}

static long destroy_last(struct fake_host *host,
			 const struct resource *resource)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = resource->device,
		.alloc_count = 1,
		.allocations = (u64)(unsigned long)&resource->last,
	};

	return fake_ioctl(host, LX_DXDESTROYALLOCATION2, &args);
}

static struct resource fill(struct fake_host *host)
{
	struct resource resource = { .device = fake_create_device(host) };
	u32 i;

	for (i = 0; i < FIT; i++)
		assert_int_equal(add(host, &resource, sizeof(data)), 0);
	return resource;
}

static void too_much_for_one_resource_is_refused_before_it_is_made(void **state)
{
	struct fake_host *host = *state;
	struct resource resource = fill(host);

	assert_int_equal(add(host, &resource, sizeof(data)), -EOVERFLOW);
	assert_int_equal(CREATIONS(host), FIT);
	/* There is room for a smaller one still. */
	assert_int_equal(add(host, &resource, 1000), 0);
}

static void what_is_destroyed_makes_room(void **state)
{
	struct fake_host *host = *state;
	struct resource resource = fill(host);
	u32 i;

	for (i = 0; i < 3; i++) {
		assert_int_equal(destroy_last(host, &resource), 0);
		assert_int_equal(add(host, &resource, sizeof(data)), 0);
		assert_int_equal(add(host, &resource, sizeof(data)),
				 -EOVERFLOW);
	}
}

static int answer_nothing(struct fake_host *host, u32 command,
			  const void *request, void *reply, u32 room)
{
	(void)host;
	(void)request;
	(void)reply;
	(void)room;
	return command == DXGK_CMD_CREATEALLOCATION ? 0 : FAKE_USUAL;
}

static void what_the_host_refuses_takes_no_room(void **state)
{
	struct fake_host *host = *state;
	struct resource resource = fill(host);
	u32 i;

	assert_int_equal(destroy_last(host, &resource), 0);
	host->answer = answer_nothing;
	for (i = 0; i < 3; i++)
		assert_int_equal(add(host, &resource, sizeof(data)), -EINVAL);
	host->answer = NULL;
	assert_int_equal(add(host, &resource, sizeof(data)), 0);
}

/* Parts are kept, too, however little their data: 1 MiB of 17 bytes each. */
static void many_small_parts_are_bounded_as_well(void **state)
{
	struct fake_host *host = *state;
	struct resource resource = { .device = fake_create_device(host) };
	u32 count = 0;
	long ret = 0;

	while (!ret && count <= 70000) {
		ret = add(host, &resource, 1);
		count += !ret;
	}
	assert_int_equal(ret, -EOVERFLOW);
	assert_int_equal(count, (1u << 20) / 17);
}

static void each_resource_has_its_own_room(void **state)
{
	struct fake_host *host = *state;
	struct resource first = fill(host);
	struct resource second = fill(host);

	assert_int_equal(add(host, &first, sizeof(data)), -EOVERFLOW);
	assert_int_equal(add(host, &second, sizeof(data)), -EOVERFLOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(too_much_for_one_resource_is_refused_before_it_is_made),
		fake_test(what_is_destroyed_makes_room),
		fake_test(what_the_host_refuses_takes_no_room),
		fake_test(many_small_parts_are_bounded_as_well),
		fake_test(each_resource_has_its_own_room),
	};

	return cmocka_run_group_tests_name("shared-size", tests, NULL, NULL);
}
