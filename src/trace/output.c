/* SPDX-License-Identifier: MIT */
/*
 * Whether calls are traced, and where the lines go: what DXG_TRACE says when the
 * first call comes. Programs with another user's rights do not listen to it.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../exit.h"
#include "trace.h"

_Atomic(enum dxg_trace_state) dxg_trace_state = DXG_TRACE_UNDECIDED;

static int output = -1;

static void explain(const char *path, const char *what, const char *reason)
{
	char text[512];
	int length = snprintf(text, sizeof(text),
			      "libdxg: DXG_TRACE: %.200s %s: %s; calls are not traced\n", path,
			      what, reason);

	if (write(STDERR_FILENO, text, (size_t)length) < 0)
		return;
}

/* Not in the place of a standard descriptor that the program has closed. */
static int move_up(int fd)
{
	int higher;

	if (fd < 0 || fd > STDERR_FILENO)
		return fd;
	higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(fd);
	return higher;
}

static int open_output(const char *path)
{
	int fd;

	if (!strcmp(path, "1"))
		return STDERR_FILENO;
	do {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	} while (fd < 0 && errno == EINTR);
	fd = move_up(fd);
	if (fd < 0)
		explain(path, "cannot be opened", strerror(errno));
	return fd;
}

static void decide(void)
{
	const char *path = secure_getenv("DXG_TRACE");

	if (path && *path && strcmp(path, "0") != 0)
		output = open_output(path);
	atomic_store_explicit(&dxg_trace_state, output < 0 ? DXG_TRACE_OFF : DXG_TRACE_ON,
			      memory_order_relaxed);
}

bool dxg_trace_is_on(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, decide);
	return atomic_load_explicit(&dxg_trace_state, memory_order_relaxed) == DXG_TRACE_ON;
}

void dxg_trace_write(const char *line, size_t length)
{
	while (write(output, line, length) < 0 && errno == EINTR)
		;
}

__attribute__((destructor)) static void unload(void)
{
	if (output > STDERR_FILENO && !dxg_is_exiting())
		close(output);
}
