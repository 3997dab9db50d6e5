/* SPDX-License-Identifier: MIT */
/* Which device is opened, when, how often; what happens without one. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "fake-device.h"

#define THREADS 8

static int reset(void **state)
{
	(void)state;
	unsetenv("DXG_DEVICE");
	fake_reset();
	return 0;
}

static NTSTATUS call(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	return D3DKMTCloseAdapter(&args);
}

static NTSTATUS enumerate(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	return D3DKMTEnumAdapters2(&args);
}

/* The one descriptor of the device that is open. */
static int device_fd(void)
{
	int fd = 0;

	while (fd < 1024 && !fake_is_open(fd))
		fd++;
	return fd;
}

static void the_device_is_opened_by_the_first_call_and_once(void **state)
{
	(void)state;
	assert_int_equal(fake.opens, 0);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(enumerate(), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 1);
	assert_int_equal(fake_count_open(), 1);
}

static void the_descriptor_is_read_only_and_not_inherited_by_exec(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(fake.open_flags, O_RDONLY | O_CLOEXEC);
	assert_true(fcntl(device_fd(), F_GETFD) & FD_CLOEXEC);
}

static void *call_in_thread(void *barrier)
{
	pthread_barrier_wait(barrier);
	return (void *)(intptr_t)call();
}

static void threads_that_call_first_at_once_share_one_descriptor(void **state)
{
	pthread_t threads[THREADS];
	pthread_barrier_t barrier;
	void *status;
	int round;
	int i;

	(void)state;
	assert_int_equal(pthread_barrier_init(&barrier, NULL, THREADS), 0);
	for (round = 0; round < 20; round++) {
		fake_reset();
		for (i = 0; i < THREADS; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, call_in_thread,
							&barrier), 0);
		for (i = 0; i < THREADS; i++) {
			assert_int_equal(pthread_join(threads[i], &status), 0);
			assert_int_equal((intptr_t)status, STATUS_SUCCESS);
		}
		assert_int_equal(fake.opens, 1);
		assert_int_equal(fake.ioctls, THREADS);
	}
	pthread_barrier_destroy(&barrier);
}

static void without_a_device_calls_are_unsuccessful_and_explained(void **state)
{
	D3DKMT_OPENRESOURCE resource = { 0 };

	(void)state;
	fake.open_errno = ENOENT;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(enumerate(), STATUS_UNSUCCESSFUL);
	assert_int_equal(D3DKMTOpenResource(&resource), STATUS_INVALID_HANDLE);
	assert_int_equal(fake.ioctls, 0);
	assert_non_null(strstr(dxg_last_error_text(), FAKE_NODE));
	assert_non_null(strstr(dxg_last_error_text(), "dxgkrnl"));
	assert_non_null(strstr(dxg_last_error_text(), "DXG_DEVICE=soft"));
}

static void a_lack_of_rights_is_explained_as_such(void **state)
{
	(void)state;
	fake.open_errno = EACCES;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "0666"));
}

static void a_device_that_appears_later_is_used(void **state)
{
	(void)state;
	fake.open_errno = ENOENT;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	fake.open_errno = 0;
	assert_int_equal(call(), STATUS_SUCCESS);
}

static void *read_error_text(void *unused)
{
	(void)unused;
	return (void *)dxg_last_error_text();
}

static void each_thread_has_its_own_error_text(void **state)
{
	pthread_t thread;
	void *text;

	(void)state;
	fake.open_errno = ENOENT;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(pthread_create(&thread, NULL, read_error_text, NULL), 0);
	assert_int_equal(pthread_join(thread, &text), 0);
	assert_ptr_not_equal(text, dxg_last_error_text());
}

static void the_environment_names_the_device(void **state)
{
	(void)state;
	assert_int_equal(dxg_set_device(NULL), STATUS_SUCCESS);
	setenv("DXG_DEVICE", FAKE_NODE "-other", 1);
	fake.open_errno = ENOENT;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), FAKE_NODE "-other"));
}

static void the_default_device_is_dev_dxg(void **state)
{
	(void)state;
	assert_int_equal(dxg_set_device(NULL), STATUS_SUCCESS);
	fake.open_errno = ENOENT;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(strncmp(dxg_last_error_text(), "/dev/dxg ", 9), 0);
	setenv("DXG_DEVICE", "", 1);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(strncmp(dxg_last_error_text(), "/dev/dxg ", 9), 0);
}

static void a_name_that_is_no_device_is_not_replaced_by_the_default(void **state)
{
	(void)state;
	assert_int_equal(dxg_set_device(NULL), STATUS_SUCCESS);
	setenv("DXG_DEVICE", "gpu0", 1);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.opens, 0);
	assert_non_null(strstr(dxg_last_error_text(), "gpu0"));
	assert_int_equal(dxg_set_device("gpu0"), STATUS_INVALID_PARAMETER);
	assert_int_equal(dxg_set_device(""), STATUS_INVALID_PARAMETER);
}

static void the_programs_choice_goes_before_the_environments(void **state)
{
	(void)state;
	setenv("DXG_DEVICE", "/nowhere", 1);
	assert_int_equal(dxg_set_device(FAKE_NODE), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 1);
}

static void an_open_device_is_not_exchanged(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(dxg_set_device(FAKE_NODE), STATUS_SUCCESS);
	assert_int_equal(dxg_set_device("/nowhere"), STATUS_UNSUCCESSFUL);
	assert_non_null(strstr(dxg_last_error_text(), "D3DKMTCloseDxCoreDevice"));
	assert_int_equal(fake_count_open(), 1);
	assert_int_equal(call(), STATUS_SUCCESS);
}

static void a_closed_device_stays_closed_until_one_is_chosen(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	D3DKMTCloseDxCoreDevice();
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(fake.closes, 1);
	assert_int_equal(fake_count_open(), 0);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(enumerate(), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.opens, 1);
	assert_int_equal(dxg_set_device(FAKE_NODE), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
}

static int error_once;

static int answer_error_once(unsigned long request, void *args)
{
	int error = error_once;

	(void)request;
	(void)args;
	error_once = 0;
	errno = error;
	return error ? -1 : 0;
}

static void the_calls_made_first_open_a_useless_device_again(void **state)
{
	D3DKMT_OPENADAPTERFROMLUID open_args = { 0 };
	D3DKMT_ENUMADAPTERS3 enum_args = { 0 };
	int fd;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	fake.answer = answer_error_once;
	fd = device_fd();
	error_once = ENOTTY;
	assert_int_equal(enumerate(), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 2);
	error_once = EBADF;
	assert_int_equal(D3DKMTEnumAdapters3(&enum_args), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 3);
	error_once = ENOTTY;
	assert_int_equal(D3DKMTOpenAdapterFromLuid(&open_args), STATUS_SUCCESS);
	assert_int_equal(fake.opens, 4);
	assert_int_equal(fake.ioctls, 1 + 3 * 2);
	/* Threads that have just read the number find the new device there. */
	assert_int_equal(fake_count_open(), 1);
	assert_int_equal(device_fd(), fd);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

static int answer_enotty(unsigned long request, void *args)
{
	(void)request;
	(void)args;
	errno = ENOTTY;
	return -1;
}

static void opening_again_is_tried_once(void **state)
{
	(void)state;
	fake.answer = answer_enotty;
	assert_int_equal(enumerate(), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.ioctls, 2);
	assert_int_equal(fake.opens, 2);
	assert_int_equal(fake_count_open(), 1);
	assert_non_null(strstr(dxg_last_error_text(), "no dxg device"));
}

static void other_calls_do_not_open_again(void **state)
{
	(void)state;
	fake.answer = answer_enotty;
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
	assert_int_equal(fake.ioctls, 1);
	assert_int_equal(fake.opens, 1);
}

static void other_errors_do_not_open_again(void **state)
{
	(void)state;
	fake.answer = answer_error_once;
	error_once = EINVAL;
	assert_int_equal(enumerate(), STATUS_INVALID_PARAMETER);
	assert_int_equal(fake.opens, 1);
}

static void a_device_that_cannot_be_opened_again_is_an_invalid_handle(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	fake.answer = answer_enotty;
	fake.open_errno = ENOENT;
	assert_int_equal(enumerate(), STATUS_INVALID_HANDLE);
	assert_int_equal(fake_count_open(), 0);
	assert_int_equal(enumerate(), STATUS_UNSUCCESSFUL);
	assert_int_equal(call(), STATUS_UNSUCCESSFUL);
}

/* A program that closes "all" descriptors, and opens others. */
static void another_file_with_our_number_is_left_alone(void **state)
{
	int fd;
	int other;

	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	fd = device_fd();
	assert_int_equal(close(fd), 0);
	other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(other, fd);
	assert_int_equal(enumerate(), STATUS_SUCCESS);
	assert_int_equal(fake_count_open(), 1);
	assert_int_equal(fcntl(other, F_GETFD), FD_CLOEXEC);
	assert_false(fake_is_open(other));
	D3DKMTCloseDxCoreDevice();
	assert_int_equal(fcntl(other, F_GETFD), FD_CLOEXEC);
	assert_int_equal(close(other), 0);
}

static void a_closed_number_is_replaced(void **state)
{
	(void)state;
	assert_int_equal(call(), STATUS_SUCCESS);
	assert_int_equal(close(device_fd()), 0);
	assert_int_equal(call(), STATUS_INVALID_HANDLE);
	assert_int_equal(enumerate(), STATUS_SUCCESS);
	assert_int_equal(call(), STATUS_SUCCESS);
}

static void the_library_tells_its_version(void **state)
{
	(void)state;
	assert_string_equal(dxg_version(), DXG_VERSION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_device_is_opened_by_the_first_call_and_once, reset),
		cmocka_unit_test_setup(the_descriptor_is_read_only_and_not_inherited_by_exec, reset),
		cmocka_unit_test_setup(threads_that_call_first_at_once_share_one_descriptor, reset),
		cmocka_unit_test_setup(without_a_device_calls_are_unsuccessful_and_explained, reset),
		cmocka_unit_test_setup(a_lack_of_rights_is_explained_as_such, reset),
		cmocka_unit_test_setup(a_device_that_appears_later_is_used, reset),
		cmocka_unit_test_setup(each_thread_has_its_own_error_text, reset),
		cmocka_unit_test_setup(the_environment_names_the_device, reset),
		cmocka_unit_test_setup(the_default_device_is_dev_dxg, reset),
		cmocka_unit_test_setup(a_name_that_is_no_device_is_not_replaced_by_the_default, reset),
		cmocka_unit_test_setup(the_programs_choice_goes_before_the_environments, reset),
		cmocka_unit_test_setup(an_open_device_is_not_exchanged, reset),
		cmocka_unit_test_setup(a_closed_device_stays_closed_until_one_is_chosen, reset),
		cmocka_unit_test_setup(the_calls_made_first_open_a_useless_device_again, reset),
		cmocka_unit_test_setup(opening_again_is_tried_once, reset),
		cmocka_unit_test_setup(other_calls_do_not_open_again, reset),
		cmocka_unit_test_setup(other_errors_do_not_open_again, reset),
		cmocka_unit_test_setup(a_device_that_cannot_be_opened_again_is_an_invalid_handle, reset),
		cmocka_unit_test_setup(another_file_with_our_number_is_left_alone, reset),
		cmocka_unit_test_setup(a_closed_number_is_replaced, reset),
		cmocka_unit_test(the_library_tells_its_version),
	};

	return cmocka_run_group_tests_name("endpoint", tests, NULL, NULL);
}
