/* SPDX-License-Identifier: MIT */
/*
 * What a program of 32 bits could meet that others do not: its requests come in by
 * compat_ioctl, its pointers have an upper half that it does not know, its memory
 * ends at 4 GiB.
 */
#include "../lib/t.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include <dxg/uapi.h>

#define SIZE	0x10000u

_Static_assert(sizeof(void *) == 4, "this is a test of 32-bit programs");

/* Beside that of the library, for requests in which everything is ours. */
static int open_node(void)
{
	int fd = open(getenv("DXG_DEVICE"), O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static void expect_errno(int fd, unsigned long request, void *args, int want)
{
	errno = 0;
	assert_int_equal(ioctl(fd, request, args), -1);
	assert_int_equal(errno, want);
}

static void requests_are_those_of_64_bits(void **state)
{
	struct d3dkmt_enumadapters2 args = { 0 };
	int fd = open_node();

	(void)state;
	assert_int_equal(ioctl(fd, LX_DXENUMADAPTERS2, &args), 0);
	assert_true(args.num_adapters >= 1);
	/* another size, and no number of ours */
	expect_errno(fd, _IOWR('G', 0x14, __u32[2]), &args, ENOTTY);
	expect_errno(fd, _IOWR('G', 0x7f, struct d3dkmt_enumadapters2), &args,
		     ENOTTY);
	close(fd);
}

/* Cut to 32 bits it would be a good one. */
static void pointer_with_an_upper_half_is_bad(void **state)
{
	struct d3dkmt_adapterinfo adapters[16];
	struct d3dkmt_enumadapters2 args = {
		.num_adapters = 16,
		.adapters = (uintptr_t)adapters,
	};
	int fd = open_node();

	(void)state;
	args.adapters |= 1ull << 32;
	expect_errno(fd, LX_DXENUMADAPTERS2, &args, EFAULT);
	args.adapters |= 1ull << 63;
	expect_errno(fd, LX_DXENUMADAPTERS2, &args, EFAULT);
	args.adapters = (uintptr_t)adapters;
	args.num_adapters = 16;
	assert_int_equal(ioctl(fd, LX_DXENUMADAPTERS2, &args), 0);
	assert_true(args.num_adapters >= 1);
	close(fd);
}

static void arguments_in_the_kernels_half_are_bad(void **state)
{
	int fd = open_node();

	(void)state;
	expect_errno(fd, LX_DXENUMADAPTERS2, NULL, EFAULT);
	expect_errno(fd, LX_DXENUMADAPTERS2, (void *)0xfffff000, EFAULT);
	expect_errno(fd, LX_DXENUMADAPTERS2, (void *)0xfffffff8, EFAULT);
	close(fd);
}

/* As addresses of 64 bits, so that one above 4 GiB would be seen. */
static void what_the_driver_maps_is_below_4_gib(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DKMT_LOCK2 lock = {
		.hDevice = gpu->device,
		.hAllocation = allocation,
	};
	struct d3dkmt_lock2 raw;

	_Static_assert(sizeof(raw) == sizeof(lock), "one layout");
	assert_success(D3DKMTLock2(&lock));
	memcpy(&raw, &lock, sizeof(raw));
	assert_true(raw.data != 0);
	assert_true(raw.data + SIZE <= 1ull << 32);
	memset(lock.pData, 0x5a, SIZE);
	assert_success(t_unlock(gpu->device, allocation));
	assert_success(t_destroy_allocation(gpu->device, allocation));
}

/* A fence page is mapped, work is queued, its end is waited for. */
static void gpu_works_for_a_program_of_32_bits(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer a = t_create_buffer(gpu, SIZE);
	struct t_buffer b = t_create_buffer(gpu, SIZE);
	struct t_fence fence = t_create_fence(gpu->device, 0);
	struct t_commands commands = t_commands(gpu);
	uint32_t *words = a.cpu;
	unsigned int i;

	for (i = 0; i < SIZE / sizeof(*words); i++)
		words[i] = i ^ 0xa5a50000;
	t_copy(&commands, b.gpu, a.gpu, SIZE);
	t_submit(&commands, gpu->context);
	/* a value of which the lower half alone would be 0 */
	assert_success(t_signal_gpu(gpu->context, fence.handle, 1ull << 32));
	t_wait_fence(gpu->device, &fence, 1ull << 32);
	assert_true(t_fence_value(&fence) == 1ull << 32);
	assert_memory_equal(a.cpu, b.cpu, SIZE);
	t_destroy_fence(&fence);
	t_destroy_buffer(gpu, &a);
	t_destroy_buffer(gpu, &b);
}

static void event_of_a_program_of_32_bits_is_set(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_fence fence = t_create_fence(gpu->device, 0);
	int event = t_create_event();

	assert_success(t_wait_cpu_event(gpu->device, fence.handle, 1, event));
	assert_false(t_event_is_set(event, T_QUIET_MS));
	assert_success(t_signal_cpu(gpu->device, fence.handle, 1));
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	close(event);
	t_destroy_fence(&fence);
}

/* Pages of the caller, up to the last that it can have and one too far. */
static void own_memory_is_pinned_below_4_gib_only(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = { 0 };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};
	void *memory = t_alloc_pages(SIZE);

	args.Flags.StandardAllocation = 1;
	args.Flags.ExistingSysMem = 1;
	info.pSystemMem = (void *)0xffff8000;
	assert_refused(D3DKMTCreateAllocation2(&args));
	info.pSystemMem = memory;
	assert_success(D3DKMTCreateAllocation2(&args));
	assert_success(t_destroy_allocation(gpu->device, info.hAllocation));
	t_free_pages(memory, SIZE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		t_bare_test(requests_are_those_of_64_bits),
		t_bare_test(pointer_with_an_upper_half_is_bad),
		t_bare_test(arguments_in_the_kernels_half_are_bad),
		t_device_test(what_the_driver_maps_is_below_4_gib),
		t_gpu_test(gpu_works_for_a_program_of_32_bits),
		t_gpu_test(event_of_a_program_of_32_bits_is_set),
		t_gpu_test(own_memory_is_pinned_below_4_gib_only),
	};
	const char *device = getenv("DXG_DEVICE");

	if (!device || device[0] != '/') {
		printf("skipped: DXG_DEVICE names no node of a kernel\n");
		return 77;
	}
	return cmocka_run_group_tests_name("compat32", tests, NULL, NULL);
}
