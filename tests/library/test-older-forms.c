/* SPDX-License-Identifier: MIT */
/* The calls that build another structure, field by field. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sys/mman.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "fake-device.h"

/* What the driver got. */
static union {
	D3DKMT_DESTROYALLOCATION2 destroy;
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 create;
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 signal;
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 wait;
	D3DKMT_SHAREOBJECTS share;
	D3DKMT_OPENRESOURCE open;
	D3DKMT_QUERYSTATISTICS statistics;
} seen;

static int answer_error; /* an errno */

static int answer_copying(unsigned long request, void *args)
{
	memcpy(&seen, args, (request >> 16) & 0x3fff);
	errno = answer_error;
	if (answer_error)
		return -1;
	if (request == LX_DXCREATESYNCHRONIZATIONOBJECT)
		((D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *)args)->hSyncObject = 0x42;
	return 0;
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	fake.answer = answer_copying;
	memset(&seen, 0xee, sizeof(seen));
	answer_error = 0;
	return 0;
}

/* A page that can be neither read nor written. */
static void *no_memory(void)
{
	void *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(page, MAP_FAILED);
	return page;
}

static void destroy_allocation_becomes_the_newer_form(void **state)
{
	D3DKMT_HANDLE list[3] = { 1, 2, 3 };
	D3DKMT_DESTROYALLOCATION args;

	(void)state;
	memset(&args, 0xff, sizeof(args));
	args.hDevice = 0x11;
	args.hResource = 0x22;
	args.phAllocationList = list;
	args.AllocationCount = 3;
	assert_int_equal(D3DKMTDestroyAllocation(&args), STATUS_SUCCESS);
	assert_int_equal(fake.request, LX_DXDESTROYALLOCATION2);
	assert_int_equal(seen.destroy.hDevice, 0x11);
	assert_int_equal(seen.destroy.hResource, 0x22);
	assert_ptr_equal(seen.destroy.phAllocationList, list);
	assert_int_equal(seen.destroy.AllocationCount, 3);
	/* Flags: the one word behind the older form's last member. */
	assert_int_equal(((uint32_t *)&seen.destroy)[5], 0);
}

static uint32_t word(const void *memory, size_t offset)
{
	uint32_t value;

	memcpy(&value, (const char *)memory + offset, sizeof(value));
	return value;
}

static void creating_a_mutex_copies_its_initial_state(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args;
	size_t offset;

	(void)state;
	memset(&args, 0xff, sizeof(args));
	args.hDevice = 0x11;
	args.Info.Type = D3DDDI_SYNCHRONIZATION_MUTEX;
	args.Info.SynchronizationMutex.InitialState = 1;
	assert_int_equal(D3DKMTCreateSynchronizationObject(&args), STATUS_SUCCESS);
	assert_int_equal(fake.request, LX_DXCREATESYNCHRONIZATIONOBJECT);
	assert_int_equal(seen.create.hDevice, 0x11);
	assert_int_equal(seen.create.Info.Type, D3DDDI_SYNCHRONIZATION_MUTEX);
	assert_int_equal(seen.create.Info.SynchronizationMutex.InitialState, 1);
	assert_int_equal(word(&seen.create, 12), 0); /* Flags */
	for (offset = 20; offset < sizeof(seen.create); offset += 4)
		assert_int_equal(word(&seen.create, offset), 0);
	assert_int_equal(args.hSyncObject, 0x42);
}

static void creating_a_semaphore_copies_its_counts(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args;
	size_t offset;

	(void)state;
	memset(&args, 0xff, sizeof(args));
	args.Info.Type = D3DDDI_SEMAPHORE;
	args.Info.Semaphore.MaxCount = 7;
	args.Info.Semaphore.InitialCount = 3;
	assert_int_equal(D3DKMTCreateSynchronizationObject(&args), STATUS_SUCCESS);
	assert_int_equal(seen.create.Info.Type, D3DDDI_SEMAPHORE);
	assert_int_equal(seen.create.Info.Semaphore.MaxCount, 7);
	assert_int_equal(seen.create.Info.Semaphore.InitialCount, 3);
	assert_int_equal(word(&seen.create, 12), 0);
	for (offset = 24; offset < sizeof(seen.create); offset += 4)
		assert_int_equal(word(&seen.create, offset), 0);
}

static void the_older_creation_knows_two_types(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = { 0 };
	unsigned int type;

	(void)state;
	for (type = 0; type < 10; type++) {
		if (type == D3DDDI_SYNCHRONIZATION_MUTEX || type == D3DDDI_SEMAPHORE)
			continue;
		args.Info.Type = type;
		assert_int_equal(D3DKMTCreateSynchronizationObject(&args),
				 STATUS_INVALID_PARAMETER);
	}
	assert_int_equal(fake.ioctls, 0);
}

static void a_failed_creation_leaves_the_handle(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT args = { 0 };

	(void)state;
	answer_error = ENOMEM;
	args.Info.Type = D3DDDI_SEMAPHORE;
	args.hSyncObject = 0x99;
	assert_int_equal(D3DKMTCreateSynchronizationObject(&args), STATUS_NO_MEMORY);
	assert_int_equal(args.hSyncObject, 0x99);
}

static void signal_becomes_the_newer_form(void **state)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT args;
	size_t offset;
	int i;

	(void)state;
	memset(&args, 0xff, sizeof(args));
	args.hContext = 0x11;
	args.ObjectCount = 2;
	for (i = 0; i < 32; i++)
		args.ObjectHandleArray[i] = 0x100 + i;
	memset(&args.Flags, 0, sizeof(args.Flags));
	*(uint32_t *)&args.Flags = 1;
	assert_int_equal(D3DKMTSignalSynchronizationObject(&args), STATUS_SUCCESS);
	assert_int_equal(fake.request, LX_DXSIGNALSYNCHRONIZATIONOBJECT);
	assert_int_equal(seen.signal.hContext, 0x11);
	assert_int_equal(seen.signal.ObjectCount, 2);
	assert_int_equal(seen.signal.ObjectHandleArray[0], 0x100);
	assert_int_equal(seen.signal.ObjectHandleArray[1], 0x101);
	assert_int_equal(seen.signal.ObjectHandleArray[2], 0);
	assert_int_equal(word(&seen.signal, 136), 1);
	for (offset = 140; offset < sizeof(seen.signal); offset += 4)
		assert_int_equal(word(&seen.signal, offset), 0);
}

static void wait_becomes_the_newer_form(void **state)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT args;
	size_t offset;
	int i;

	(void)state;
	memset(&args, 0xff, sizeof(args));
	args.hContext = 0x11;
	args.ObjectCount = 32;
	for (i = 0; i < 32; i++)
		args.ObjectHandleArray[i] = 0x100 + i;
	assert_int_equal(D3DKMTWaitForSynchronizationObject(&args), STATUS_SUCCESS);
	assert_int_equal(fake.request, LX_DXWAITFORSYNCHRONIZATIONOBJECT);
	assert_int_equal(seen.wait.hContext, 0x11);
	assert_int_equal(seen.wait.ObjectCount, 32);
	assert_memory_equal(seen.wait.ObjectHandleArray, args.ObjectHandleArray, 32 * 4);
	for (offset = 136; offset < sizeof(seen.wait); offset += 4)
		assert_int_equal(word(&seen.wait, offset), 0);
}

static void a_count_above_the_array_is_left_to_the_driver(void **state)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT signal = { 0 };
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT wait = { 0 };

	(void)state;
	answer_error = EINVAL;
	signal.ObjectCount = 0xffffffff;
	assert_int_equal(D3DKMTSignalSynchronizationObject(&signal), STATUS_INVALID_PARAMETER);
	assert_int_equal(seen.signal.ObjectCount, 0xffffffff);
	wait.ObjectCount = 33;
	assert_int_equal(D3DKMTWaitForSynchronizationObject(&wait), STATUS_INVALID_PARAMETER);
	assert_int_equal(seen.wait.ObjectCount, 33);
}

static void share_objects_fills_the_structure(void **state)
{
	D3DKMT_HANDLE objects[1] = { 5 };
	int attributes;
	HANDLE shared;

	(void)state;
	assert_int_equal(D3DKMTShareObjects(1, objects, (OBJECT_ATTRIBUTES *)&attributes, 0x3,
					    &shared), STATUS_SUCCESS);
	assert_int_equal(fake.request, LX_DXSHAREOBJECTS);
	assert_int_equal(seen.share.ObjectCount, 1);
	assert_ptr_equal(seen.share.ObjectHandleArray, objects);
	assert_ptr_equal(seen.share.pObjectAttributes, &attributes);
	assert_int_equal(seen.share.DesiredAccess, 0x3);
	assert_ptr_equal(seen.share.pSharedNtHandle, &shared);
}

static int answer_open_resource(unsigned long request, void *args)
{
	D3DKMT_OPENRESOURCE *open_args = args;
	UINT i;

	assert_int_equal(request, LX_DXOPENRESOURCE);
	for (i = 0; i < open_args->NumAllocations; i++) {
		D3DDDI_OPENALLOCATIONINFO2 *info = &open_args->pOpenAllocationInfo2[i];

		assert_int_equal(info->hAllocation, 100 + i);
		assert_int_equal(info->PrivateDriverDataSize, 1000 + i);
		assert_int_equal(info->GpuVirtualAddress, 0);
		info->hAllocation = 200 + i;
		info->GpuVirtualAddress = 0x123456;
	}
	open_args->hResource = 0x77;
	return 0;
}

static void open_resources(UINT count)
{
	D3DDDI_OPENALLOCATIONINFO *infos = calloc(count, sizeof(*infos));
	D3DKMT_OPENRESOURCE args = { 0 };
	UINT i;

	assert_non_null(infos);
	for (i = 0; i < count; i++) {
		infos[i].hAllocation = 100 + i;
		infos[i].PrivateDriverDataSize = 1000 + i;
	}
	args.NumAllocations = count;
	args.pOpenAllocationInfo = infos;
	assert_int_equal(D3DKMTOpenResource(&args), STATUS_SUCCESS);
	assert_ptr_equal(args.pOpenAllocationInfo, infos);
	assert_int_equal(args.hResource, 0x77);
	for (i = 0; i < count; i++)
		assert_int_equal(infos[i].hAllocation, 200 + i);
	free(infos);
}

static void open_resource_converts_its_infos_both_ways(void **state)
{
	(void)state;
	fake.answer = answer_open_resource;
	open_resources(1);
	open_resources(4);
	open_resources(5);
	open_resources(300);
}

static void a_failed_open_resource_changes_nothing(void **state)
{
	D3DDDI_OPENALLOCATIONINFO info = { 0 };
	D3DKMT_OPENRESOURCE args = { 0 };
	D3DKMT_OPENRESOURCE before;

	(void)state;
	answer_error = ENOTTY;
	info.hAllocation = 9;
	args.NumAllocations = 1;
	args.pOpenAllocationInfo = &info;
	before = args;
	assert_int_equal(D3DKMTOpenResource(&args), STATUS_UNSUCCESSFUL);
	assert_memory_equal(&args, &before, sizeof(args));
	assert_int_equal(info.hAllocation, 9);
}

static void null_is_an_invalid_parameter(void **state)
{
	(void)state;
	assert_int_equal(D3DKMTDestroyAllocation(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(D3DKMTCreateSynchronizationObject(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(D3DKMTSignalSynchronizationObject(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(D3DKMTWaitForSynchronizationObject(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(D3DKMTOpenResource(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(D3DKMTQueryAdapterInfo(NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(fake.ioctls, 0);
}

static void memory_that_cannot_be_read_is_unsuccessful(void **state)
{
	void *bad = no_memory();
	D3DKMT_OPENRESOURCE args = { 0 };

	(void)state;
	assert_int_equal(D3DKMTDestroyAllocation(bad), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTCreateSynchronizationObject(bad), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTSignalSynchronizationObject(bad), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTWaitForSynchronizationObject(bad), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTOpenResource(bad), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTQueryAdapterInfo(bad), STATUS_UNSUCCESSFUL);
	args.NumAllocations = 1;
	args.pOpenAllocationInfo = bad;
	assert_int_equal(D3DKMTOpenResource(&args), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.ioctls, 0);
	munmap(bad, 4096);
}

static void memory_that_cannot_be_written_is_unsuccessful(void **state)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT *args =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_ptr_not_equal(args, MAP_FAILED);
	args->Info.Type = D3DDDI_SEMAPHORE;
	assert_int_equal(mprotect(args, 4096, PROT_READ), 0);
	assert_int_equal(D3DKMTCreateSynchronizationObject(args), STATUS_UNSUCCESSFUL);
	munmap(args, 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(destroy_allocation_becomes_the_newer_form, reset),
		cmocka_unit_test_setup(creating_a_mutex_copies_its_initial_state, reset),
		cmocka_unit_test_setup(creating_a_semaphore_copies_its_counts, reset),
		cmocka_unit_test_setup(the_older_creation_knows_two_types, reset),
		cmocka_unit_test_setup(a_failed_creation_leaves_the_handle, reset),
		cmocka_unit_test_setup(signal_becomes_the_newer_form, reset),
		cmocka_unit_test_setup(wait_becomes_the_newer_form, reset),
		cmocka_unit_test_setup(a_count_above_the_array_is_left_to_the_driver, reset),
		cmocka_unit_test_setup(share_objects_fills_the_structure, reset),
		cmocka_unit_test_setup(open_resource_converts_its_infos_both_ways, reset),
		cmocka_unit_test_setup(a_failed_open_resource_changes_nothing, reset),
		cmocka_unit_test_setup(null_is_an_invalid_parameter, reset),
		cmocka_unit_test_setup(memory_that_cannot_be_read_is_unsuccessful, reset),
		cmocka_unit_test_setup(memory_that_cannot_be_written_is_unsuccessful, reset),
	};

	return cmocka_run_group_tests_name("older-forms", tests, NULL, NULL);
}
