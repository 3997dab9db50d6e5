/* SPDX-License-Identifier: MIT */
/*
 * Whether calls are traced, and where the lines go: what DXG_TRACE says when the
 * first call comes. Programs with another user's rights do not listen to it.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../exit.h"
#include "../open-file.h"
#include "trace.h"

_Atomic(enum dxg_trace_state) dxg_trace_state = DXG_TRACE_UNDECIDED;

/* Set once, before the state says ON. Standard error is whatever has that number. */
static struct {
	int fd;
	struct dxg_open_file file;
} output = { .fd = -1 };

static void write_whole(int fd, const char *text, size_t length)
{
	while (write(fd, text, length) < 0 && errno == EINTR)
		;
}

__attribute__((format(printf, 1, 2))) static void complain(const char *format, ...)
{
	char text[512];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	write_whole(STDERR_FILENO, text, (size_t)length);
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
		complain("libdxg: DXG_TRACE: %.200s cannot be opened: %s; calls are not traced\n",
			 path, strerror(errno));
	return fd;
}

static void decide(void)
{
	const char *path = secure_getenv("DXG_TRACE");

	if (path && *path && strcmp(path, "0") != 0)
		output.fd = open_output(path);
	output.file = dxg_open_file_at(output.fd);
	atomic_store_explicit(&dxg_trace_state, output.fd < 0 ? DXG_TRACE_OFF : DXG_TRACE_ON,
			      memory_order_relaxed);
}

bool dxg_trace_is_on(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, decide);
	return atomic_load_explicit(&dxg_trace_state, memory_order_relaxed) == DXG_TRACE_ON;
}

static bool is_still_ours(void)
{
	return output.fd == STDERR_FILENO || dxg_open_file_is(&output.file, output.fd);
}

void dxg_trace_write(const char *line, size_t length)
{
	if (is_still_ours())
		write_whole(output.fd, line, length);
	else if (atomic_exchange(&dxg_trace_state, DXG_TRACE_OFF) == DXG_TRACE_ON)
		complain("libdxg: DXG_TRACE: the program has closed the file of the trace; calls "
			 "are not traced any more\n");
}

__attribute__((destructor)) static void unload(void)
{
	if (output.fd > STDERR_FILENO && !dxg_is_exiting() && is_still_ours())
		close(output.fd);
}
