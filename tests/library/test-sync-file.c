/* SPDX-License-Identifier: MIT */
/* The helpers for sync files, on descriptors whose requests we answer here. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <linux/sync_file.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include <cmocka.h>

#include <dxg/status.h>
#include <dxg/sync-file.h>

/* What the kernel would do: the library finds this ioctl() first. */
static int sync_files[2];	/* descriptors that are sync files */
static int interruptions;	/* before an answer comes */
static int state;		/* of them all */
static struct sync_merge_data merged;

int ioctl(int fd, unsigned long request, ...)
{
	void *args;
	va_list list;

	va_start(list, request);
	args = va_arg(list, void *);
	va_end(list);
	if (fd < 0) {
		errno = EBADF;
		return -1;
	}
	if (fd != sync_files[0] && fd != sync_files[1]) {
		errno = ENOTTY;
		return -1;
	}
	if (interruptions) {
		interruptions--;
		errno = EINTR;
		return -1;
	}
	if (request == SYNC_IOC_FILE_INFO) {
		((struct sync_file_info *)args)->status = state;
		return 0;
	}
	assert_true(request == SYNC_IOC_MERGE);
	memcpy(&merged, args, sizeof(merged));
	((struct sync_merge_data *)args)->fence = 1000;
	return 0;
}

static int setup(void **unused)
{
	(void)unused;
	sync_files[0] = eventfd(0, EFD_CLOEXEC);
	sync_files[1] = eventfd(0, EFD_CLOEXEC);
	interruptions = 0;
	state = 0;
	memset(&merged, 0, sizeof(merged));
	return sync_files[0] < 0 || sync_files[1] < 0;
}

static int teardown(void **unused)
{
	(void)unused;
	close(sync_files[0]);
	close(sync_files[1]);
	return 0;
}

static void wait_ends_when_it_is_readable(void **unused)
{
	(void)unused;
	assert_int_equal(dxg_sync_file_wait(sync_files[0], 0), STATUS_TIMEOUT);
	assert_int_equal(dxg_sync_file_wait(sync_files[0], 1), STATUS_TIMEOUT);
	assert_int_equal(eventfd_write(sync_files[0], 1), 0);
	assert_int_equal(dxg_sync_file_wait(sync_files[0], 0), STATUS_SUCCESS);
	assert_int_equal(dxg_sync_file_wait(sync_files[0], -1), STATUS_SUCCESS);
}

static void wait_wants_a_descriptor(void **unused)
{
	int closed = dup(sync_files[0]);

	(void)unused;
	close(closed);
	assert_int_equal(dxg_sync_file_wait(-1, -1), STATUS_INVALID_PARAMETER);
	assert_int_equal(dxg_sync_file_wait(closed, -1), STATUS_INVALID_PARAMETER);
}

static void merge_names_both_and_gives_a_third(void **unused)
{
	int fd = -1;

	(void)unused;
	interruptions = 2;
	assert_int_equal(dxg_sync_file_merge("frame", sync_files[0],
					     sync_files[1], &fd), STATUS_SUCCESS);
	assert_int_equal(fd, 1000);
	assert_int_equal(merged.fd2, sync_files[1]);
	assert_string_equal(merged.name, "frame");
	assert_int_equal(dxg_sync_file_merge(NULL, sync_files[0], sync_files[1],
					     &fd), STATUS_SUCCESS);
	assert_string_equal(merged.name, "dxg");
}

static void merge_takes_names_of_31_characters(void **unused)
{
	static const char name[] = "0123456789012345678901234567890x";
	int fd = -1;

	(void)unused;
	assert_int_equal(dxg_sync_file_merge(name, sync_files[0], sync_files[1],
					     &fd), STATUS_INVALID_PARAMETER);
	assert_int_equal(fd, -1);
	assert_int_equal(dxg_sync_file_merge(name + 1, sync_files[0],
					     sync_files[1], &fd), STATUS_SUCCESS);
	assert_string_equal(merged.name, name + 1);
}

static void merge_refuses_what_is_no_sync_file(void **unused)
{
	int fd = -1;

	(void)unused;
	assert_int_equal(dxg_sync_file_merge("x", sync_files[0], sync_files[1],
					     NULL), STATUS_INVALID_PARAMETER);
	assert_int_equal(dxg_sync_file_merge("x", 0, sync_files[1], &fd),
			 STATUS_INVALID_PARAMETER);
	assert_int_equal(dxg_sync_file_merge("x", -1, sync_files[1], &fd),
			 STATUS_INVALID_HANDLE);
	assert_int_equal(fd, -1);
}

static void state_is_told(void **unused)
{
	int got = 77;

	(void)unused;
	assert_int_equal(dxg_sync_file_state(sync_files[0], &got), STATUS_SUCCESS);
	assert_int_equal(got, 0);
	interruptions = 1;
	state = 1;
	assert_int_equal(dxg_sync_file_state(sync_files[0], &got), STATUS_SUCCESS);
	assert_int_equal(got, 1);
	state = -EIO;
	assert_int_equal(dxg_sync_file_state(sync_files[1], &got), STATUS_SUCCESS);
	assert_int_equal(got, -EIO);
	assert_int_equal(dxg_sync_file_state(0, &got), STATUS_INVALID_PARAMETER);
	assert_int_equal(dxg_sync_file_state(-1, &got), STATUS_INVALID_HANDLE);
	assert_int_equal(dxg_sync_file_state(sync_files[0], NULL),
			 STATUS_INVALID_PARAMETER);
	assert_int_equal(got, -EIO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(wait_ends_when_it_is_readable),
		TEST(wait_wants_a_descriptor),
		TEST(merge_names_both_and_gives_a_third),
		TEST(merge_takes_names_of_31_characters),
		TEST(merge_refuses_what_is_no_sync_file),
		TEST(state_is_told),
	};

	return cmocka_run_group_tests_name("sync-file", tests, NULL, NULL);
}
