/* SPDX-License-Identifier: MIT */
/*
 * What libdxg prints of calls. It decides once in a process, so calls to be looked at
 * are made in a child, and the test itself makes none.
 */
#ifndef T_TRACE_H
#define T_TRACE_H

#include <stddef.h>

#include <sys/types.h>

/* Runs @body in a child with DXG_TRACE=@trace (NULL: none), whose node is a fake one. */
pid_t t_trace_start(const char *trace, void (*body)(void));
void t_trace_expect_ok(pid_t child);

/* In a child: ends it, and the test fails. */
#define T_TRACE_CHECK(condition) ((condition) ? (void)0 : t_trace_fail(__FILE__, __LINE__))
void t_trace_fail(const char *file, int line);

/* A file for the trace, which is not there yet. */
const char *t_trace_path(void);
/* What stands in a file; to be freed. "" where there is none. */
char *t_trace_read(const char *path);

/* What a child that runs @body traces; to be freed. */
char *t_trace_of(void (*body)(void));

/* One line in its parts; fails the test if it is not whole. Returns the next one. */
struct t_trace_line {
	pid_t pid, tid;
	char call[8192];	/* "name(...) = result" */
};
const char *t_trace_parse(const char *text, struct t_trace_line *ret_line);

/*
 * The calls that @body makes, a line each, without what differs from run to run: a *
 * is any hexadecimal number.
 */
void t_trace_expect(void (*body)(void), const char *calls);

#endif
