/* SPDX-License-Identifier: MIT */
/* usage: what a process's memory on an adapter is said to be. */
#include "slice-test.h"

#include <unistd.h>

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/mm.h>

#include "fake-host.h"
#include "usage.h"

/* The host makes pages, whatever it is asked for. */
#define PAGES(count)	((count) * (u64)PAGE_SIZE)

static struct dxgk_usage usage(struct fake_host *host)
{
	struct dxgk_usage usage;

	dxgk_usage_read(host->file->process, host->adapter, &usage);
	return usage;
}

static void expect(struct fake_host *host, u32 devices, u64 gpu, u64 shared,
		   u64 system, u64 pinned)
{
	struct dxgk_usage now = usage(host);

	assert_int_equal(now.devices, devices);
	assert_int_equal(now.gpu, gpu);
	assert_int_equal(now.gpu_shared, shared);
	assert_int_equal(now.system, system);
	assert_int_equal(now.system_pinned, pinned);
}

struct made {
	u32 device;
	u32 resource;
	u32 allocations[3];
};

static void create(struct fake_host *host, struct made *made, u32 count,
		   u32 flags)
{
	struct d3dddi_allocationinfo2 info[3] = { 0 };
	/* without data nobody could open what is shared */
	u8 data[3] = { 1, 2, 3 };
	struct d3dkmt_createallocation args = {
		.device.v = made->device,
		.alloc_count = count,
		.allocation_info = (u64)(unsigned long)info,
		.flags = flags,
	};
	u32 i;

	for (i = 0; i < count; i++) {
		info[i].priv_drv_data = (u64)(unsigned long)&data[i];
		info[i].priv_drv_data_size = 1;
	}
	assert_int_equal(fake_ioctl(host, LX_DXCREATEALLOCATION, &args), 0);
	made->resource = args.resource.v;
	for (i = 0; i < count; i++)
		made->allocations[i] = info[i].allocation.v;
}

static long destroy(struct fake_host *host, const struct made *made, u32 count)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = made->device,
		.resource.v = count ? 0 : made->resource,
		.alloc_count = count,
		.allocations = (u64)(unsigned long)made->allocations,
	};

	return fake_ioctl(host, LX_DXDESTROYALLOCATION2, &args);
}

static void allocations_count_until_they_are_destroyed(void **state)
{
	struct fake_host *host = *state;
	struct made made = { 0 };

	expect(host, 0, 0, 0, 0, 0);
	made.device = fake_create_device(host);
	expect(host, 1, 0, 0, 0, 0);
	create(host, &made, 3, 0);
	expect(host, 1, PAGES(3), 0, 0, 0);
	assert_int_equal(destroy(host, &made, 2), 0);
	expect(host, 1, PAGES(1), 0, 0, 0);
	made.allocations[0] = made.allocations[2];
	assert_int_equal(destroy(host, &made, 1), 0);
	expect(host, 1, 0, 0, 0, 0);
}

static void all_devices_of_the_process_count(void **state)
{
	struct fake_host *host = *state;
	struct d3dkmt_destroydevice args;
	struct made made = { 0 };

	made.device = fake_create_device(host);
	create(host, &made, 1, 0);
	args.device.v = made.device;
	made.device = fake_create_device(host);
	create(host, &made, 2, DXG_CREATEALLOCATION_CREATE_RESOURCE);
	expect(host, 2, PAGES(3), 0, 0, 0);
	assert_int_equal(fake_ioctl(host, LX_DXDESTROYDEVICE, &args), 0);
	expect(host, 1, PAGES(2), 0, 0, 0);
}

static void memory_of_another_adapter_does_not_count(void **state)
{
	struct fake_host *host = *state;
	struct dxgk_adapter *other;
	struct made made = { 0 };
	struct dxgk_usage now;

	made.device = fake_create_device(host);
	create(host, &made, 2, 0);
	other = dxgk_adapter_add(host->global, false, NULL);
	assert_false(IS_ERR(other));
	dxgk_usage_read(host->file->process, other, &now);
	assert_int_equal(now.devices, 0);
	assert_int_equal(now.gpu, 0);
	dxgk_adapter_remove(other, true);
}

static void resources_are_shared_once_a_descriptor_stands_for_them(void **state)
{
	struct fake_host *host = *state;
	struct made made = { 0 };
	int fd;

	made.device = fake_create_device(host);
	create(host, &made, 1, 0);
	create(host, &made, 2, DXG_CREATEALLOCATION_CREATE_RESOURCE |
			       DXG_CREATEALLOCATION_CREATE_SHARED |
			       DXG_CREATEALLOCATION_NT_SECURITY_SHARING);
	expect(host, 1, PAGES(3), 0, 0, 0);
	assert_int_equal(fake_share(host, made.resource, &fd), 0);
	expect(host, 1, PAGES(3), PAGES(2), 0, 0);
	assert_int_equal(destroy(host, &made, 0), 0);
	expect(host, 1, PAGES(1), 0, 0, 0);
	close(fd);
}

static char memory[2 * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

static void create_of_own(struct fake_host *host, struct made *made)
{
	struct d3dkmt_createstandardallocation standard = {
		.type = DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.existing_heap_data = { .size = PAGE_SIZE },
	};
	struct d3dddi_allocationinfo2 info = {
		.sysmem = (u64)(unsigned long)memory,
	};
	struct d3dkmt_createallocation args = {
		.device.v = made->device,
		.alloc_count = 1,
		.allocation_info = (u64)(unsigned long)&info,
		.standard_allocation = (u64)(unsigned long)&standard,
		.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE |
			 DXG_CREATEALLOCATION_STANDARD_ALLOCATION |
			 DXG_CREATEALLOCATION_EXISTING_SYSMEM,
	};

	assert_int_equal(fake_ioctl(host, LX_DXCREATEALLOCATION, &args), 0);
	made->resource = args.resource.v;
}

static int refuse_to_destroy(struct fake_host *host, u32 command,
			     const void *request, void *reply, u32 room)
{
	(void)host;
	(void)request;
	(void)room;
	if (command != DXGK_CMD_DESTROYALLOCATION)
		return FAKE_USUAL;
	return fake_refuse(reply, FAKE_ACCESS_DENIED);
}

static void own_memory_is_told_apart(void **state)
{
	struct fake_host *host = *state;
	struct made made = { 0 };

	made.device = fake_create_device(host);
	create_of_own(host, &made);
	expect(host, 1, 0, 0, PAGES(1), PAGES(1));
	assert_int_equal(destroy(host, &made, 0), 0);
	expect(host, 1, 0, 0, 0, 0);
}

/* The host may be using them still, so they cannot move. */
static void pages_count_until_the_host_has_let_them_go(void **state)
{
	struct fake_host *host = *state;
	struct d3dkmt_destroydevice args;
	struct made made = { 0 };

	made.device = fake_create_device(host);
	create_of_own(host, &made);
	host->answer = refuse_to_destroy;
	assert_true(destroy(host, &made, 0) < 0);
	expect(host, 1, 0, 0, PAGES(1), PAGES(1));
	host->answer = NULL;
	args.device.v = made.device;
	assert_int_equal(fake_ioctl(host, LX_DXDESTROYDEVICE, &args), 0);
	expect(host, 0, 0, 0, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(allocations_count_until_they_are_destroyed),
		fake_test(all_devices_of_the_process_count),
		fake_test(memory_of_another_adapter_does_not_count),
		fake_test(resources_are_shared_once_a_descriptor_stands_for_them),
		fake_test(own_memory_is_told_apart),
		fake_test(pages_count_until_the_host_has_let_them_go),
	};

	return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
