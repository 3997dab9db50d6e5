/* SPDX-License-Identifier: MIT */
/* The bodies behind the assertion macros. */
#include "t.h"

#include <time.h>

#include <dxg/dxg.h>

/* Programs that load the library by themselves are not linked with these. */
#pragma weak dxg_status_name
#pragma weak dxg_last_error_text

static const char *name_of(NTSTATUS status)
{
	return dxg_status_name ? dxg_status_name(status) : "status";
}

void t_fail(const char *text, const char *file, int line)
{
	print_error("%s\n", text);
	_fail(file, line);
	abort();
}

void t_check_status(NTSTATUS got, NTSTATUS want, const char *call,
		    const char *file, int line)
{
	if (got == want)
		return;
	print_error("%s\n  answers %s (0x%08x), expected %s (0x%08x)\n", call,
		    name_of(got), (unsigned int)got,
		    name_of(want), (unsigned int)want);
	if (dxg_last_error_text && *dxg_last_error_text())
		print_error("  %s\n", dxg_last_error_text());
	_fail(file, line);
}

void t_check_success(NTSTATUS got, const char *call, const char *file, int line)
{
	if (got == STATUS_SUCCESS || got == STATUS_PENDING)
		return;
	print_error("%s\n  answers %s (0x%08x), expected success\n", call,
		    name_of(got), (unsigned int)got);
	_fail(file, line);
}

void t_check_refused(NTSTATUS got, const char *call, const char *file, int line)
{
	if (got < 0)
		return;
	print_error("%s\n  answers %s (0x%08x), expected an error\n", call,
		    name_of(got), (unsigned int)got);
	_fail(file, line);
}

void t_check_local_handle(uint32_t handle, const char *what, const char *file,
			  int line)
{
	if ((handle & 0x3f) == 0 && handle >> 30)
		return;
	print_error("%s is 0x%08x, which is not a local handle\n", what,
		    (unsigned int)handle);
	_fail(file, line);
}

void t_sleep_ms(unsigned int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&time, &time))
		;
}

uint64_t t_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

unsigned int t_patience(void)
{
	const char *text = getenv("T_PATIENCE");
	unsigned long factor = text ? strtoul(text, NULL, 10) : 1;

	/* not so much that milliseconds overflow */
	return factor > 1 && factor <= 1000 ? (unsigned int)factor : 1;
}
