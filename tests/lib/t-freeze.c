/* SPDX-License-Identifier: MIT */
/* Signals to dxghostd, and looks at /proc. */
#include "t.h"
#include "t-freeze.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>

static pid_t frozen;

void t_freeze_host(void)
{
	pid_t host = t_host_daemon_process();

	assert_true(host > 0);
	assert_int_equal(kill(host, SIGSTOP), 0);
	frozen = host;
}

void t_thaw_host(void)
{
	if (frozen)
		kill(frozen, SIGCONT);
	frozen = 0;
}

/* Appends that of one thread to @text; a thread that has gone has none. */
static void read_stack(pid_t process, const char *thread, char *text)
{
	char path[64], *end = text + strlen(text);
	size_t room = (size_t)(text + T_STACK_MAX - end);
	ssize_t got;
	int fd;

	if (room <= sizeof(T_STACK_BEGIN))
		return;
	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/stack", (int)process,
		 thread);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	got = read(fd, end + strlen(T_STACK_BEGIN),
		   room - sizeof(T_STACK_BEGIN));
	close(fd);
	if (got <= 0)
		return;
	memcpy(end, T_STACK_BEGIN, strlen(T_STACK_BEGIN));
	end[strlen(T_STACK_BEGIN) + (size_t)got] = '\0';
}

void t_kernel_stacks(pid_t process, char ret_stacks[T_STACK_MAX])
{
	struct dirent *entry;
	char path[64];
	DIR *threads;

	ret_stacks[0] = '\0';
	snprintf(path, sizeof(path), "/proc/%d/task", (int)process);
	threads = opendir(path);
	if (!threads)
		return;
	while ((entry = readdir(threads)))
		if (entry->d_name[0] != '.')
			read_stack(process, entry->d_name, ret_stacks);
	closedir(threads);
}

bool t_is_stuck(pid_t process, char ret_stacks[T_STACK_MAX])
{
	char before[T_STACK_MAX];
	int i, same = 0;

	t_kernel_stacks(process, ret_stacks);
	for (i = 0; same < 5 && i < 400; i++) {
		memcpy(before, ret_stacks, sizeof(before));
		t_sleep_ms(5);
		t_kernel_stacks(process, ret_stacks);
		same = !*before || strcmp(before, ret_stacks) ? 0 : same + 1;
	}
	return same == 5;
}
