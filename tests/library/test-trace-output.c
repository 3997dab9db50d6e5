/* SPDX-License-Identifier: MIT */
/* Where the trace goes: files, standard error, nowhere; threads and processes. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"
#include "t-trace.h"

#define THREADS 8
#define CALLS 200

static char path[64];

static int choose_path(void **state)
{
	(void)state;
	strcpy(path, t_trace_path());
	return 0;
}

static int remove_path(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

static NTSTATUS call(D3DKMT_HANDLE adapter)
{
	D3DKMT_CLOSEADAPTER args = { .hAdapter = adapter };

	return D3DKMTCloseAdapter(&args);
}

static void call_once(void)
{
	T_TRACE_CHECK(call(1) == STATUS_SUCCESS);
}

/* Both its ends, of which the child's is standard error. */
static FILE *start_with_stderr(const char *trace, void (*body)(void), pid_t *ret_child)
{
	int saved = dup(STDERR_FILENO);
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	*ret_child = t_trace_start(trace, body);
	dup2(saved, STDERR_FILENO);
	close(saved);
	return fdopen(ends[0], "r");
}

static void expect_stderr(const char *trace, void (*body)(void), const char *expected)
{
	char text[8192] = "";
	pid_t child;
	FILE *file = start_with_stderr(trace, body, &child);
	size_t length = fread(text, 1, sizeof(text) - 1, file);

	text[length] = '\0';
	fclose(file);
	t_trace_expect_ok(child);
	if (!strstr(text, expected) || (!*expected && *text))
		fail_msg("standard error: \"%s\", expected: \"%s\"", text, expected);
	if (*expected && strstr(strstr(text, expected) + 1, expected))
		fail_msg("more than once: \"%s\"", text);
}

static void call_twice(void)
{
	call_once();
	T_TRACE_CHECK(call(2) == STATUS_SUCCESS);
}

static void one_is_standard_error(void **state)
{
	(void)state;
	expect_stderr("1", call_once, " D3DKMTCloseAdapter({hAdapter=0x1}) = STATUS_SUCCESS <");
}

static unsigned int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	unsigned int count = 0;

	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void call_and_count(void)
{
	unsigned int before = count_descriptors();

	call_twice();
	/* The device. */
	T_TRACE_CHECK(count_descriptors() == before + 1);
}

static void off_opens_and_prints_nothing(void **state)
{
	static const char *const values[] = { NULL, "", "0" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		expect_stderr(values[i], call_and_count, "");
	assert_int_equal(access("0", F_OK), -1);
}

static void a_file_that_cannot_be_opened_is_told_once(void **state)
{
	(void)state;
	expect_stderr("/no/such/folder/trace", call_and_count,
		      "libdxg: DXG_TRACE: /no/such/folder/trace cannot be opened: "
		      "No such file or directory; calls are not traced\n");
}

static void a_file_is_appended_to(void **state)
{
	struct t_trace_line line;
	const char *at;
	char *text;
	pid_t child;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		child = t_trace_start(path, call_once);
		t_trace_expect_ok(child);
	}
	at = text = t_trace_read(path);
	at = t_trace_parse(at, &line);
	assert_int_not_equal(line.pid, child);
	at = t_trace_parse(at, &line);
	assert_int_equal(line.pid, child);
	assert_int_equal(line.tid, child);
	assert_string_equal(at, "");
	free(text);
}

static void call_and_execute(void)
{
	char command[128];
	int status;

	call_once();
	/* Of the program and its shell only the program has the file. */
	snprintf(command, sizeof(command), "ls -l /proc/%d/fd | grep -q %s", getpid(), path);
	T_TRACE_CHECK(system(command) == 0);
	snprintf(command, sizeof(command), "ls -l /proc/self/fd | grep -q %s", path);
	status = system(command);
	T_TRACE_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

static void a_program_that_is_executed_does_not_get_the_file(void **state)
{
	(void)state;
	t_trace_expect_ok(t_trace_start(path, call_and_execute));
}

static void *call_often(void *number)
{
	int i;

	for (i = 0; i < CALLS; i++)
		T_TRACE_CHECK(call((D3DKMT_HANDLE)(uintptr_t)number) == STATUS_SUCCESS);
	return NULL;
}

static void call_from_threads(void)
{
	pthread_t threads[THREADS];
	uintptr_t i;

	for (i = 0; i < THREADS; i++)
		T_TRACE_CHECK(!pthread_create(&threads[i], NULL, call_often, (void *)(i + 1)));
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

/* Of @processes that all have the threads above; every thread has one argument. */
static void expect_whole_lines(int processes)
{
	static pid_t tid_of[THREADS + 1];
	struct t_trace_line line;
	unsigned int adapter;
	char *text = t_trace_read(path);
	const char *at = text;
	int count = 0;

	memset(tid_of, 0, sizeof(tid_of));
	while (*at) {
		at = t_trace_parse(at, &line);
		assert_int_equal(sscanf(line.call, "D3DKMTCloseAdapter({hAdapter=0x%x})", &adapter),
				 1);
		assert_in_range(adapter, 1, THREADS);
		if (processes == 1 && tid_of[adapter])
			assert_int_equal(line.tid, tid_of[adapter]);
		tid_of[adapter] = line.tid;
		assert_int_not_equal(line.tid, line.pid);
		count++;
	}
	free(text);
	assert_int_equal(count, processes * THREADS * CALLS);
}

static void lines_of_threads_do_not_mix(void **state)
{
	(void)state;
	t_trace_expect_ok(t_trace_start(path, call_from_threads));
	expect_whole_lines(1);
}

static void lines_of_processes_do_not_mix(void **state)
{
	pid_t children[2];

	(void)state;
	children[0] = t_trace_start(path, call_from_threads);
	children[1] = t_trace_start(path, call_from_threads);
	t_trace_expect_ok(children[0]);
	t_trace_expect_ok(children[1]);
	expect_whole_lines(2);
}

static void call_and_fork(void)
{
	pid_t child;
	int status;

	call_once();
	child = fork();
	T_TRACE_CHECK(child >= 0);
	if (!child)
		_exit(call(2) != STATUS_SUCCESS);
	T_TRACE_CHECK(waitpid(child, &status, 0) == child && !status);
	T_TRACE_CHECK(call((D3DKMT_HANDLE)child) == STATUS_SUCCESS);
}

static void a_forked_child_goes_on_with_its_own_number(void **state)
{
	char expected[64];
	struct t_trace_line line, of_child;
	const char *at;
	char *text;

	(void)state;
	t_trace_expect_ok(t_trace_start(path, call_and_fork));
	at = text = t_trace_read(path);
	at = t_trace_parse(at, &line);
	at = t_trace_parse(at, &of_child);
	assert_string_equal(of_child.call, "D3DKMTCloseAdapter({hAdapter=0x2}) = STATUS_SUCCESS");
	at = t_trace_parse(at, &line);
	assert_int_not_equal(of_child.pid, line.pid);
	snprintf(expected, sizeof(expected), "hAdapter=0x%x}", of_child.pid);
	assert_non_null(strstr(line.call, expected));
	assert_int_equal(of_child.pid, of_child.tid);
	assert_string_equal(at, "");
	free(text);
}

/* As daemons do; what they open then is theirs. */
static void close_everything(void)
{
	char other[64];
	struct stat status;
	int fd;

	call_once();
	for (fd = STDERR_FILENO + 1; fd < 64; fd++)
		close(fd);
	strcpy(other, t_trace_path());
	for (fd = 0; fd < 8; fd++)
		T_TRACE_CHECK(open(other, O_RDWR | O_CREAT | O_APPEND, 0600) > STDERR_FILENO);
	call(2);
	call(3);
	T_TRACE_CHECK(!stat(other, &status) && !status.st_size && !unlink(other));
}

static void a_file_of_the_program_in_its_place_is_left_alone(void **state)
{
	char *text;

	(void)state;
	expect_stderr(path, close_everything,
		      "the program has closed the file of the trace; calls are not traced any more");
	text = t_trace_read(path);
	assert_null(strchr(strchr(text, '\n') + 1, '\n'));
	free(text);
}

static void close_standard_descriptors(void)
{
	struct stat file, other;
	int fd;

	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	call_once();
	T_TRACE_CHECK(!stat(path, &file));
	/* The device may have one of them. */
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		T_TRACE_CHECK(fstat(fd, &other) || file.st_dev != other.st_dev ||
			      file.st_ino != other.st_ino);
}

static void the_file_is_no_standard_descriptor(void **state)
{
	struct t_trace_line line;
	char *text;

	(void)state;
	t_trace_expect_ok(t_trace_start(path, close_standard_descriptors));
	text = t_trace_read(path);
	assert_string_equal(t_trace_parse(text, &line), "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_is_standard_error),
		cmocka_unit_test(off_opens_and_prints_nothing),
		cmocka_unit_test(a_file_that_cannot_be_opened_is_told_once),
		cmocka_unit_test_setup_teardown(a_file_is_appended_to, choose_path, remove_path),
		cmocka_unit_test_setup_teardown(a_program_that_is_executed_does_not_get_the_file,
						choose_path, remove_path),
		cmocka_unit_test_setup_teardown(lines_of_threads_do_not_mix, choose_path,
						remove_path),
		cmocka_unit_test_setup_teardown(lines_of_processes_do_not_mix, choose_path,
						remove_path),
		cmocka_unit_test_setup_teardown(a_forked_child_goes_on_with_its_own_number,
						choose_path, remove_path),
		cmocka_unit_test_setup_teardown(a_file_of_the_program_in_its_place_is_left_alone,
						choose_path, remove_path),
		cmocka_unit_test_setup_teardown(the_file_is_no_standard_descriptor, choose_path,
						remove_path),
	};

	return cmocka_run_group_tests_name("trace-output", tests, NULL, NULL);
}
