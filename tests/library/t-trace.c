/* SPDX-License-Identifier: MIT */
/* What libdxg prints of calls, made in children. */
#include "t-trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

pid_t t_trace_start(const char *trace, void (*body)(void))
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child)
		return child;
	if (trace)
		setenv("DXG_TRACE", trace, 1);
	else
		unsetenv("DXG_TRACE");
	setenv("DXG_DEVICE", "/fake/dxg", 1);
	body();
	_exit(0);
}

void t_trace_expect_ok(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

void t_trace_fail(const char *file, int line)
{
	fprintf(stderr, "%s:%d: not so in the child\n", file, line);
	_exit(1);
}

const char *t_trace_path(void)
{
	static char path[64];
	int fd;

	strcpy(path, "/tmp/dxg-trace-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(unlink(path), 0);
	return path;
}

char *t_trace_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;
	ssize_t length = file ? getdelim(&text, &size, '\0', file) : -1;

	if (file)
		fclose(file);
	if (length >= 0)
		return text;
	free(text);
	return calloc(1, 1);
}

char *t_trace_of(void (*body)(void))
{
	const char *path = t_trace_path();
	char *text;

	t_trace_expect_ok(t_trace_start(path, body));
	text = t_trace_read(path);
	unlink(path);
	return text;
}

const char *t_trace_parse(const char *text, struct t_trace_line *ret_line)
{
	const char *end = strchr(text, '\n');
	unsigned int seconds, fraction;
	const char *duration;
	int begin = 0, used = 0;

	if (!end || sscanf(text, "%d/%d %n", &ret_line->pid, &ret_line->tid, &begin) != 2 ||
	    !begin)
		fail_msg("no line of a trace: %.200s", text);
	for (duration = end; duration > text && strncmp(duration, " <", 2) != 0; duration--)
		;
	if (sscanf(duration, " <%u.%6u>%n", &seconds, &fraction, &used) != 2 ||
	    duration + used != end || used < (int)sizeof(" <0.000000>") - 1)
		fail_msg("no duration at the end: %.200s", text);
	if (end + 1 - text > 4096)
		fail_msg("a line of %zu bytes", (size_t)(end + 1 - text));
	snprintf(ret_line->call, sizeof(ret_line->call), "%.*s", (int)(duration - text - begin),
		 text + begin);
	return end + 1;
}

/* The rest of @pattern behind a line that is @call, or NULL. */
static const char *match(const char *pattern, const char *call)
{
	while (*call) {
		if (*pattern == '*') {
			pattern++;
			call += strspn(call, "0123456789abcdef");
		} else if (*pattern++ != *call++) {
			return NULL;
		}
	}
	return *pattern == '\n' ? pattern + 1 : NULL;
}

void t_trace_expect(void (*body)(void), const char *calls)
{
	char *text = t_trace_of(body);
	struct t_trace_line line;
	const char *at;

	for (at = text; *at;) {
		const char *rest;

		at = t_trace_parse(at, &line);
		rest = match(calls, line.call);
		if (!rest)
			fail_msg("traced:   %s\nexpected: %.*s", line.call,
				 (int)strcspn(calls, "\n"), calls);
		calls = rest;
	}
	if (*calls)
		fail_msg("not traced: %s", calls);
	free(text);
}
