/* SPDX-License-Identifier: MIT */
/* The embedded device: loaded when asked for, and only then. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "fake-soft.h"

static struct fake_soft *soft;

static NTSTATUS call(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	return D3DKMTCloseAdapter(&args);
}

/* Runs first, while nothing has loaded the library yet. */
static void a_missing_library_is_explained(void **state)
{
	(void)state;
	setenv("DXG_SOFT_LIBRARY", "/nowhere/libdxg-soft.so", 1);
	assert_int_equal(dxg_set_device("soft"), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "/nowhere/libdxg-soft.so"));
	assert_non_null(strstr(dxg_last_error_text(), "DXG_SOFT_LIBRARY"));
}

static void a_library_of_another_kind_is_explained(void **state)
{
	(void)state;
	setenv("DXG_SOFT_LIBRARY", "libdl.so.2", 1);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "dxg_soft_"));
}

static int load(void **state)
{
	void *library = dlopen(getenv("FAKE_SOFT"), RTLD_NOW | RTLD_LOCAL);

	(void)state;
	if (!library)
		return -1;
	setenv("DXG_SOFT_LIBRARY", getenv("FAKE_SOFT"), 1);
	soft = dlsym(library, "fake_soft");
	D3DKMTCloseDxCoreDevice();
	memset(soft, 0, sizeof(*soft));
	return dxg_set_device("soft");
}

static void calls_go_to_the_library(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(soft->opens, 1);
	assert_int_equal(soft->ioctls, 2);
	assert_true(fcntl(soft->last_fd, F_GETFD) >= 0);
	assert_string_equal(soft->profile, "");
}

static void its_errors_become_statuses(void **state)
{
	(void)state;
	soft->ioctl_errno = ENODEV;
	assert_int_equal(call(), STATUS_DEVICE_REMOVED);
	soft->ioctl_errno = EINTR;
	assert_int_equal(call(), STATUS_SUCCESS);
}

static void a_profile_is_handed_on(void **state)
{
	(void)state;
	assert_int_equal(dxg_set_device("soft:two-adapters"), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_string_equal(soft->profile, "two-adapters");
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(dxg_set_device("soft"), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_string_equal(soft->profile, "(own)");
}

static void a_profile_that_cannot_be_is_explained(void **state)
{
	(void)state;
	assert_int_equal(dxg_set_device("soft:none"), STATUS_SUCCESS);
	soft->open_errno = EBADF;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "\"none\" has no adapter"));
	soft->open_errno = EINVAL;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "profile"));
	soft->profile_errno = EBUSY;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "another one is open"));
}

static void closing_the_device_closes_it_there(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	fd = soft->last_fd;
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(soft->closes, 1);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
}

static void it_is_opened_again_like_a_node(void **state)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	soft->ioctl_errno = ENOTTY;
	assert_int_equal(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(soft->opens, 2);
	assert_int_equal(soft->closes, 1);
	assert_int_equal(soft->ioctls, 3);
}

static void a_forked_child_opens_its_own(void **state)
{
	pid_t child;
	int status;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	child = fork();
	if (!child)
		_exit(call() == STATUS_SUCCESS && soft->opens == 2 && soft->closes == 0 ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(soft->opens, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_missing_library_is_explained),
		cmocka_unit_test(a_library_of_another_kind_is_explained),
		cmocka_unit_test_setup(calls_go_to_the_library, load),
		cmocka_unit_test_setup(its_errors_become_statuses, load),
		cmocka_unit_test_setup(a_profile_is_handed_on, load),
		cmocka_unit_test_setup(a_profile_that_cannot_be_is_explained, load),
		cmocka_unit_test_setup(closing_the_device_closes_it_there, load),
		cmocka_unit_test_setup(it_is_opened_again_like_a_node, load),
		cmocka_unit_test_setup(a_forked_child_opens_its_own, load),
	};

	if (!getenv("FAKE_SOFT")) {
		puts("skipped: FAKE_SOFT names the library to load");
		return 77;
	}
	return cmocka_run_group_tests_name("embedded", tests, NULL, NULL);
}
