/* SPDX-License-Identifier: MIT */
/* A process that may not copy its own memory by system calls. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"
#include "sandbox.h"

#define PAGE 4096

/* Two pages, of which the second is not there. */
static char *pages;

static int map_pages(void **state)
{
	(void)state;
	pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return pages == MAP_FAILED || munmap(pages + PAGE, PAGE);
}

static int unmap_pages(void **state)
{
	(void)state;
	return munmap(pages, PAGE);
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	memset(pages, 0, PAGE);
	return 0;
}

static void the_sandbox_is_one(void **state)
{
	char one = 1, other = 0;
	struct iovec from = { &one, 1 };
	struct iovec to = { &other, 1 };

	(void)state;
	assert_int_equal(process_vm_readv(getpid(), &to, 1, &from, 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(process_vm_writev(getpid(), &from, 1, &to, 1, 0), -1);
	assert_int_equal(errno, EPERM);
}

static void calls_work(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = { 0 };

	(void)state;
	args.Info.Type = D3DDDI_SYNCHRONIZATION_MUTEX;
	assert_int_equal(D3DKMTCreateSynchronizationObject(&args), STATUS_SUCCESS);
	assert_int_equal(fake.ioctls, 1);
}

static void an_argument_may_end_where_memory_ends(void **state)
{
	D3DKMT_DESTROYALLOCATION *args = (void *)(pages + PAGE - sizeof(*args));

	(void)state;
	args->AllocationCount = 1;
	assert_int_equal(D3DKMTDestroyAllocation(args), STATUS_SUCCESS);
	assert_int_equal(fake.ioctls, 1);
}

static void a_bad_pointer_is_an_error_of_the_call(void **state)
{
	static const uintptr_t places[] = { 1, 0x10, (uintptr_t)-1, (uintptr_t)1 << 63 };
	size_t i;

	(void)state;
	assert_int_equal(D3DKMTDestroyAllocation((void *)(pages + PAGE)), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTDestroyAllocation((void *)(pages + PAGE - 8)), STATUS_UNSUCCESSFUL);
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		assert_int_equal(D3DKMTDestroyAllocation((void *)places[i]), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.ioctls, 0);
}

static void an_answer_has_to_have_a_place(void **state)
{
	uint64_t payload[1044 / sizeof(uint64_t) + 1] = { 0 };
	D3DKMT_QUERYADAPTERINFO args = { 0 };

	(void)state;
	args.Type = KMTQAITYPE_UMDRIVERNAME;
	args.PrivateDriverDataSize = 1044;
	args.pPrivateDriverData = payload;
	assert_int_equal(D3DKMTQueryAdapterInfo(&args), STATUS_SUCCESS);
	args.pPrivateDriverData = pages + PAGE - 8;
	assert_int_equal(D3DKMTQueryAdapterInfo(&args), STATUS_UNSUCCESSFUL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sandbox_is_one),
		cmocka_unit_test_setup(calls_work, reset),
		cmocka_unit_test_setup(an_argument_may_end_where_memory_ends, reset),
		cmocka_unit_test_setup(a_bad_pointer_is_an_error_of_the_call, reset),
		cmocka_unit_test_setup(an_answer_has_to_have_a_place, reset),
	};

	if (sandbox_enter()) {
		puts("skipped: this system has no filters of system calls");
		return 77;
	}
	return cmocka_run_group_tests_name("sandbox", tests, map_pages, unmap_pages);
}
