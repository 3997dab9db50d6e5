/* SPDX-License-Identifier: MIT */
/*
 * Loading and unloading libdxg, and the end of the process. This program is not
 * linked with it, and has a stand-in for the embedded device.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "exit-caller.h"
#include "fake-soft.h"

#define ROUNDS 50

struct library {
	void *handle;
	NTSTATUS (*close_adapter)(const D3DKMT_CLOSEADAPTER *args);
	NTSTATUS (*set_device)(const char *device);
};

/* Used in children too, where a failed assertion would run the other tests. */
static void require(const void *result, const char *what)
{
	if (result)
		return;
	fprintf(stderr, "%s: %s\n", what, dlerror());
	abort();
}

static void *find(void *library, const char *name)
{
	void *symbol = dlsym(library, name);

	require(symbol, name);
	return symbol;
}

static void load(struct library *library, const char *device)
{
	library->handle = dlopen(getenv("LIBDXG"), RTLD_NOW | RTLD_LOCAL);
	require(library->handle, "libdxg");
	*(void **)&library->close_adapter = find(library->handle, "D3DKMTCloseAdapter");
	*(void **)&library->set_device = find(library->handle, "dxg_set_device");
	require(library->set_device(device) == STATUS_SUCCESS ? library : NULL, device);
}

static NTSTATUS call(const struct library *library)
{
	D3DKMT_CLOSEADAPTER args = { 0 };

	return library->close_adapter(&args);
}

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	assert_non_null(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static int is_loaded(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD);

	if (handle)
		dlclose(handle);
	return !!handle;
}

static void loading_opens_nothing(void **state)
{
	struct library library;
	int before = count_descriptors();

	(void)state;
	load(&library, "/dev/null");
	assert_int_equal(count_descriptors(), before);
	assert_int_equal(dlclose(library.handle), 0);
}

static void unloading_closes_the_node(void **state)
{
	struct library library;
	int before = count_descriptors();
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		load(&library, "/dev/null");
		/* Not a GPU, but a node that opens. */
		assert_int_equal(call(&library), STATUS_UNSUCCESSFUL);
		assert_int_equal(count_descriptors(), before + 1);
		assert_int_equal(dlclose(library.handle), 0);
		assert_false(is_loaded(getenv("LIBDXG")));
		assert_int_equal(count_descriptors(), before);
	}
}

static void unloading_closes_the_file_of_the_trace(void **state)
{
	struct library library;
	int before = count_descriptors();
	int round;

	(void)state;
	setenv("DXG_TRACE", "/dev/null", 1);
	for (round = 0; round < ROUNDS; round++) {
		load(&library, "/dev/null");
		call(&library);
		assert_int_equal(count_descriptors(), before + 2);
		assert_int_equal(dlclose(library.handle), 0);
		assert_int_equal(count_descriptors(), before);
	}
	unsetenv("DXG_TRACE");
}

static void unloading_unloads_the_embedded_device_too(void **state)
{
	struct library library;
	int before = count_descriptors();
	int round;

	(void)state;
	setenv("DXG_SOFT_LIBRARY", getenv("FAKE_SOFT"), 1);
	for (round = 0; round < ROUNDS; round++) {
		load(&library, "soft");
		assert_int_equal(call(&library), STATUS_SUCCESS);
		assert_true(is_loaded(getenv("FAKE_SOFT")));
		assert_int_equal(dlclose(library.handle), 0);
		assert_false(is_loaded(getenv("FAKE_SOFT")));
		assert_int_equal(count_descriptors(), before);
	}
}

static void no_fork_handler_is_left_behind(void **state)
{
	struct library library;
	pid_t child;
	int status;

	(void)state;
	load(&library, "/dev/null");
	call(&library);
	assert_int_equal(dlclose(library.handle), 0);
	child = fork();
	if (!child)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void nor_an_exit_handler(void **state)
{
	struct library library;
	pid_t child;
	int status;

	(void)state;
	fflush(NULL);
	child = fork();
	if (!child) {
		load(&library, "/dev/null");
		call(&library);
		dlclose(library.handle);
		exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* Which library's destructors come first depends on which was loaded first. */
enum order { CALLER_FIRST, CALLER_LAST };

static void exit_with_a_caller(enum order order, int calls_before)
{
	void *soft = dlopen(getenv("FAKE_SOFT"), RTLD_NOW | RTLD_LOCAL);
	void (*arm)(const struct exit_call *call);
	static struct exit_call exit_call;
	struct library library;
	void *caller = NULL;

	require(soft, "fake-soft");
	setenv("DXG_SOFT_LIBRARY", getenv("FAKE_SOFT"), 1);
	if (order == CALLER_FIRST)
		caller = dlopen(getenv("EXIT_CALLER"), RTLD_NOW | RTLD_LOCAL);
	load(&library, "soft");
	if (order == CALLER_LAST)
		caller = dlopen(getenv("EXIT_CALLER"), RTLD_NOW | RTLD_LOCAL);
	require(caller, "exit-caller");
	while (calls_before--)
		call(&library);
	*(void **)&arm = find(caller, "exit_caller_arm");
	exit_call.call = library.close_adapter;
	exit_call.soft = find(soft, "fake_soft");
	arm(&exit_call);
	exit(0);
}

static void expect_the_call_at_exit_to_work(enum order order, int calls_before)
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	if (!child)
		exit_with_a_caller(order, calls_before);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_CALL_WORKED);
}

static void destructors_of_earlier_libraries_can_still_call(void **state)
{
	(void)state;
	expect_the_call_at_exit_to_work(CALLER_FIRST, 1);
}

static void destructors_of_later_libraries_can_still_call(void **state)
{
	(void)state;
	expect_the_call_at_exit_to_work(CALLER_LAST, 1);
}

static void even_for_the_first_time(void **state)
{
	(void)state;
	expect_the_call_at_exit_to_work(CALLER_FIRST, 0);
	expect_the_call_at_exit_to_work(CALLER_LAST, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loading_opens_nothing),
		cmocka_unit_test(unloading_closes_the_node),
		cmocka_unit_test(unloading_closes_the_file_of_the_trace),
		cmocka_unit_test(unloading_unloads_the_embedded_device_too),
		cmocka_unit_test(no_fork_handler_is_left_behind),
		cmocka_unit_test(nor_an_exit_handler),
		cmocka_unit_test(destructors_of_earlier_libraries_can_still_call),
		cmocka_unit_test(destructors_of_later_libraries_can_still_call),
		cmocka_unit_test(even_for_the_first_time),
	};

	if (!getenv("LIBDXG") || !getenv("FAKE_SOFT") || !getenv("EXIT_CALLER")) {
		puts("skipped: LIBDXG, FAKE_SOFT and EXIT_CALLER name the libraries to load");
		return 77;
	}
	return cmocka_run_group_tests_name("dlclose", tests, NULL, NULL);
}
