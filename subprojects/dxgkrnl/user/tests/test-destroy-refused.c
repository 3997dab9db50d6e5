/* SPDX-License-Identifier: MIT */
/* What becomes of objects that the host does not want to destroy. */
#include "slice-test.h"

#include <sys/mman.h>

#include <linux/errno.h>

#include "fake-host.h"

/* The command that the host refuses, whenever it comes. */
static u32 refused;

static int answer_refuse(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	(void)host;
	(void)request;
	if (command != refused || room < sizeof(s32))
		return FAKE_USUAL;
	return fake_refuse(reply, FAKE_ACCESS_DENIED);
}

static void refuse(struct fake_host *host, u32 command)
{
	refused = command;
	host->answer = answer_refuse;
}

static u32 create_context(struct fake_host *host, u32 device)
{
	struct d3dkmt_createcontextvirtual args = { .device.v = device };

	assert_int_equal(fake_ioctl(host, LX_DXCREATECONTEXTVIRTUAL, &args), 0);
	return args.context.v;
}

static long destroy_context(struct fake_host *host, u32 context)
{
	struct d3dkmt_destroycontext args = { .context.v = context };

	return fake_ioctl(host, LX_DXDESTROYCONTEXT, &args);
}

static long destroy_device(struct fake_host *host, u32 device)
{
	struct d3dkmt_destroydevice args = { .device.v = device };

	return fake_ioctl(host, LX_DXDESTROYDEVICE, &args);
}

/* Whether a call finds it: it is asked for its priority. */
static bool is_known(struct fake_host *host, u32 context)
{
	struct d3dkmt_getcontextschedulingpriority args = {
		.context.v = context,
	};

	return !fake_ioctl(host, LX_DXGETCONTEXTSCHEDULINGPRIORITY, &args);
}

/* As while it holds a mutex; later it does not. */
static void a_context_that_the_host_keeps_keeps_its_handle(void **state)
{
	struct fake_host *host = *state;
	u32 context = create_context(host, fake_create_device(host));

	refuse(host, DXGK_CMD_DESTROYCONTEXT);
	assert_int_equal(destroy_context(host, context), -EACCES);
	assert_true(is_known(host, context));
	assert_int_equal(destroy_context(host, context), -EACCES);
	host->answer = NULL;
	assert_int_equal(destroy_context(host, context), 0);
	assert_false(is_known(host, context));
	assert_int_equal(destroy_context(host, context), -EINVAL);
}

static void a_context_that_was_kept_goes_with_its_device(void **state)
{
	struct fake_host *host = *state;
	u32 device = fake_create_device(host);
	u32 context = create_context(host, device);

	refuse(host, DXGK_CMD_DESTROYCONTEXT);
	assert_int_equal(destroy_context(host, context), -EACCES);
	assert_int_equal(destroy_device(host, device), 0);
	assert_false(is_known(host, context));
}

static u32 create_queue(struct fake_host *host, u32 context)
{
	struct d3dkmt_createhwqueue args = { .context.v = context };

	assert_int_equal(fake_ioctl(host, LX_DXCREATEHWQUEUE, &args), 0);
	return args.queue.v;
}

static long destroy_queue(struct fake_host *host, u32 queue)
{
	struct d3dkmt_destroyhwqueue args = { .queue.v = queue };

	return fake_ioctl(host, LX_DXDESTROYHWQUEUE, &args);
}

static void its_hardware_queues_are_gone_and_it_can_have_others(void **state)
{
	struct fake_host *host = *state;
	u32 context = create_context(host, fake_create_device(host));
	u32 queue = create_queue(host, context);

	assert_int_equal(host->mappings, 1);
	refuse(host, DXGK_CMD_DESTROYCONTEXT);
	assert_int_equal(destroy_context(host, context), -EACCES);
	assert_int_equal(host->mappings, 0);
	assert_int_equal(destroy_queue(host, queue), -EINVAL);
	queue = create_queue(host, context);
	assert_int_equal(host->mappings, 1);
	assert_int_equal(destroy_queue(host, queue), 0);
}

static void a_refused_hardware_queue_is_gone_for_the_guest(void **state)
{
	struct fake_host *host = *state;
	u32 context = create_context(host, fake_create_device(host));
	u32 queue = create_queue(host, context);

	refuse(host, DXGK_CMD_DESTROYHWQUEUE);
	assert_int_equal(destroy_queue(host, queue), -EACCES);
	assert_int_equal(host->mappings, 0);
	assert_int_equal(destroy_queue(host, queue), -EINVAL);
}

static long destroy_fence(struct fake_host *host, u32 fence)
{
	struct d3dkmt_destroysynchronizationobject args = {
		.sync_object.v = fence,
	};

	return fake_ioctl(host, LX_DXDESTROYSYNCHRONIZATIONOBJECT, &args);
}

static void a_refused_fence_is_gone_for_the_guest(void **state)
{
	struct fake_host *host = *state;
	u32 fence = fake_create_fence(host, fake_create_device(host), 0);

	refuse(host, DXGK_VMCMD_DESTROYSYNCOBJECT);
	assert_int_equal(destroy_fence(host, fence), -EACCES);
	assert_int_equal(host->mappings, 0);
	assert_int_equal(destroy_fence(host, fence), -EINVAL);
}

static int answer_gone_with_the_adapter(struct fake_host *host, u32 command,
					const void *request, void *reply,
					u32 room)
{
	(void)request;
	(void)room;
	if (command != DXGK_VMCMD_DESTROYSYNCOBJECT)
		return FAKE_USUAL;
	fake_remove_adapter_aside(host, false);
	return fake_refuse(reply, FAKE_ACCESS_DENIED);
}

/* It is on the global channel, which stays: the adapter's end overtakes it. */
static void a_fence_that_went_with_its_adapter_is_destroyed(void **state)
{
	struct fake_host *host = *state;
	u32 fence = fake_create_fence(host, fake_create_device(host), 0);

	host->answer = answer_gone_with_the_adapter;
	assert_int_equal(destroy_fence(host, fence), 0);
	assert_int_equal(destroy_fence(host, fence), -EINVAL);
}

/* A device's pages, and an allocation made of them. */
struct heap {
	void *pages;
	u32 device;
	u32 allocation;
};

static struct heap create_heap(struct fake_host *host)
{
	struct heap heap = { .device = fake_create_device(host) };
	struct d3dddi_allocationinfo2 info = { 0 };
	struct d3dkmt_createallocation args = {
		.device.v = heap.device,
		.alloc_count = 1,
		.allocation_info = (u64)(unsigned long)&info,
	};

	heap.pages = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(heap.pages, MAP_FAILED);
	info.sysmem = (u64)(unsigned long)heap.pages;
	assert_int_equal(fake_ioctl(host, LX_DXCREATEALLOCATION, &args), 0);
	heap.allocation = info.allocation.v;
	assert_int_equal(host->pinned, 1);
	return heap;
}

static void free_heap(struct heap *heap)
{
	munmap(heap->pages, 4096);
}

static long destroy_heap(struct fake_host *host, const struct heap *heap)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = heap->device,
		.alloc_count = 1,
		.allocations = (u64)(unsigned long)&heap->allocation,
	};

	return fake_ioctl(host, LX_DXDESTROYALLOCATION2, &args);
}

/* The host may be using them: until it says that the device is gone. */
static void pages_of_a_refused_allocation_stay_until_its_device_goes(void **state)
{
	struct fake_host *host = *state;
	struct heap heap = create_heap(host);

	refuse(host, DXGK_CMD_DESTROYALLOCATION);
	assert_int_equal(destroy_heap(host, &heap), -EACCES);
	assert_int_equal(destroy_heap(host, &heap), -EINVAL);
	assert_int_equal(host->pinned, 1);
	assert_int_equal(destroy_device(host, heap.device), 0);
	assert_int_equal(host->pinned, 0);
	free_heap(&heap);
}

static void pages_of_a_refused_device_stay_until_the_adapter_goes(void **state)
{
	struct fake_host *host = *state;
	struct heap heap = create_heap(host);

	refuse(host, DXGK_CMD_DESTROYALLOCATION);
	assert_int_equal(destroy_heap(host, &heap), -EACCES);
	refuse(host, DXGK_CMD_DESTROYDEVICE);
	assert_int_equal(destroy_device(host, heap.device), 0);
	assert_int_equal(host->pinned, 1);
	fake_remove_adapter(host, false);
	assert_int_equal(host->pinned, 0);
	free_heap(&heap);
}

/* How the adapter goes makes no difference for who uses it. */
static void check_removal(struct fake_host *host, bool lost)
{
	struct heap heap = create_heap(host);
	u32 context = create_context(host, heap.device);

	create_queue(host, context);
	assert_int_equal(host->mappings, 1);
	fake_remove_adapter(host, lost);
	assert_int_equal(host->mappings, 0);
	assert_int_equal(host->pinned, 0);
	assert_int_equal(host->messages[DXGK_CMD_CLOSEADAPTER], !lost);
	assert_false(is_known(host, context));
	assert_int_equal(destroy_context(host, context), 0);
	assert_int_equal(destroy_heap(host, &heap), 0);
	assert_int_equal(destroy_device(host, heap.device), 0);
	free_heap(&heap);
}

static void removal_takes_mappings_and_lets_pages_go(void **state)
{
	check_removal(*state, false);
}

static void loss_takes_mappings_and_lets_pages_go(void **state)
{
	check_removal(*state, true);
}

/* When the host closes the adapter nothing of it is mapped any more. */
static int answer_close(struct fake_host *host, u32 command,
			const void *request, void *reply, u32 room)
{
	(void)request;
	(void)reply;
	(void)room;
	if (command == DXGK_CMD_CLOSEADAPTER) {
		assert_int_equal(host->mappings, 0);
		assert_int_equal(host->pinned, 1);
	}
	return FAKE_USUAL;
}

static void mappings_go_before_and_pages_after_the_host_has_closed(void **state)
{
	struct fake_host *host = *state;
	struct heap heap = create_heap(host);

	create_queue(host, create_context(host, heap.device));
	host->answer = answer_close;
	fake_remove_adapter(host, false);
	assert_int_equal(host->messages[DXGK_CMD_CLOSEADAPTER], 1);
	assert_int_equal(host->pinned, 0);
	free_heap(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_context_that_the_host_keeps_keeps_its_handle),
		fake_test(a_context_that_was_kept_goes_with_its_device),
		fake_test(its_hardware_queues_are_gone_and_it_can_have_others),
		fake_test(a_refused_hardware_queue_is_gone_for_the_guest),
		fake_test(a_refused_fence_is_gone_for_the_guest),
		fake_test(a_fence_that_went_with_its_adapter_is_destroyed),
		fake_test(pages_of_a_refused_allocation_stay_until_its_device_goes),
		fake_test(pages_of_a_refused_device_stay_until_the_adapter_goes),
		fake_test(removal_takes_mappings_and_lets_pages_go),
		fake_test(loss_takes_mappings_and_lets_pages_go),
		fake_test(mappings_go_before_and_pages_after_the_host_has_closed),
	};

	return cmocka_run_group_tests_name("destroy-refused", tests, NULL, NULL);
}
