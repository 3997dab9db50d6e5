/* SPDX-License-Identifier: MIT */
/* errno to NTSTATUS, and the names of statuses. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "fake-device.h"

static int next_errno;

static int answer_errno(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	errno = next_errno;
	return -1;
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	fake.answer = answer_errno;
	return 0;
}

static NTSTATUS status_of(int error)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	next_errno = error;
	return D3DKMTCloseAdapter(&args);
}

static void each_errno_has_its_status(void **state)
{
	(void)state;
	assert_int_equal(status_of(EEXIST), STATUS_OBJECT_NAME_COLLISION);
	assert_int_equal(status_of(ENOMEM), STATUS_NO_MEMORY);
	assert_int_equal(status_of(EINVAL), STATUS_INVALID_PARAMETER);
	assert_int_equal(status_of(ENOENT), STATUS_OBJECT_NAME_INVALID);
	assert_int_equal(status_of(EAGAIN), STATUS_TIMEOUT);
	assert_int_equal(status_of(EOVERFLOW), STATUS_BUFFER_TOO_SMALL);
	assert_int_equal(status_of(ENODEV), STATUS_DEVICE_REMOVED);
	assert_int_equal(status_of(EACCES), STATUS_ACCESS_DENIED);
	assert_int_equal(status_of(ENOSYS), STATUS_NOT_SUPPORTED);
	assert_int_equal(status_of(EPERM), STATUS_NOT_SUPPORTED);
	assert_int_equal(status_of(EOPNOTSUPP), STATUS_ILLEGAL_INSTRUCTION);
	assert_int_equal(status_of(EBADF), STATUS_INVALID_HANDLE);
	assert_int_equal(status_of(EINPROGRESS), STATUS_GRAPHICS_ALLOCATION_BUSY);
	assert_int_equal(status_of(EPROTOTYPE), STATUS_OBJECT_TYPE_MISMATCH);
}

static void any_other_errno_is_unsuccessful(void **state)
{
	static const int mapped[] = {
		EEXIST, ENOMEM, EINVAL, ENOENT, EAGAIN, EOVERFLOW, ENODEV, EACCES,
		ENOSYS, EPERM, EOPNOTSUPP, EBADF, EINPROGRESS, EPROTOTYPE, EINTR,
	};
	int error;
	size_t i;

	(void)state;
	for (error = 1; error < 4096; error++) {
		for (i = 0; i < sizeof(mapped) / sizeof(mapped[0]); i++)
			if (error == mapped[i])
				break;
		if (i < sizeof(mapped) / sizeof(mapped[0]) || (error >= 512 && error <= 516))
			continue;
		if (status_of(error) != STATUS_UNSUCCESSFUL)
			fail_msg("errno %d has a status", error);
	}
}

static void statuses_have_names(void **state)
{
	(void)state;
	assert_string_equal(dxg_status_name(0), "STATUS_SUCCESS");
	assert_string_equal(dxg_status_name(0x102), "STATUS_TIMEOUT");
	assert_string_equal(dxg_status_name((NTSTATUS)0xC000000D), "STATUS_INVALID_PARAMETER");
	assert_string_equal(dxg_status_name((NTSTATUS)0xC01E0102),
			    "STATUS_GRAPHICS_ALLOCATION_BUSY");
	assert_string_equal(dxg_status_name((NTSTATUS)0xC01E0200),
			    "STATUS_GRAPHICS_GPU_EXCEPTION_ON_DEVICE");
}

static void a_status_without_a_name_is_called_unknown(void **state)
{
	(void)state;
	assert_string_equal(dxg_status_name(0x12345678), "unknown status");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_errno_has_its_status, reset),
		cmocka_unit_test_setup(any_other_errno_is_unsuccessful, reset),
		cmocka_unit_test(statuses_have_names),
		cmocka_unit_test(a_status_without_a_name_is_called_unknown),
	};

	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
