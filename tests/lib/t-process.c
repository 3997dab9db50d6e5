/* SPDX-License-Identifier: MIT */
/* Children, threads, descriptors. */
#include "t.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>

#include <sys/wait.h>

pid_t t_start_child(void (*function)(void *argument), void *argument)
{
	pid_t child;

	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child)
		return child;
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	function(argument);
	_exit(0);
}

static int wait_for_child(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return status;
}

void t_expect_child_ok(pid_t child)
{
	int status = wait_for_child(child);

	if (WIFSIGNALED(status))
		print_error("the child died of signal %d\n", WTERMSIG(status));
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

void t_run_child(void (*function)(void *argument), void *argument)
{
	t_expect_child_ok(t_start_child(function, argument));
}

void t_expect_child_killed(pid_t child)
{
	int status = wait_for_child(child);

	/* and not because of what it has met itself */
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

void t_kill_child(pid_t child)
{
	assert_int_equal(kill(child, SIGKILL), 0);
	t_expect_child_killed(child);
}

void t_kill_children(void (*work)(void *argument), unsigned int count)
{
	unsigned int seed = 1;

	while (count--) {
		pid_t child = t_start_child(work, NULL);

		/* anywhere from before its first call to deep in its work */
		usleep((useconds_t)(rand_r(&seed) % 200000));
		t_kill_child(child);
	}
}

unsigned int t_count_descriptors(void)
{
	unsigned int count = 0;
	struct dirent *entry;
	DIR *directory = opendir("/proc/self/fd");

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count - 1; /* the directory itself */
}

pthread_t t_start_thread(void *(*function)(void *), void *argument)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, function, argument), 0);
	return thread;
}

void t_join_thread(pthread_t thread)
{
	assert_int_equal(pthread_join(thread, NULL), 0);
}
