/* SPDX-License-Identifier: MIT */
/* See cmocka.h. What it prints is what scripts/vm reads of cmocka. */
#include "cmocka.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { PASSED, FAILED, SKIPPED };

static jmp_buf out;
static int result;

_Noreturn static void leave(int with)
{
	result = with;
	longjmp(out, 1);
}

_Noreturn void compat32_skip(void)
{
	leave(SKIPPED);
}

_Noreturn void _fail(const char *file, int line)
{
	fprintf(stderr, "%s:%d: error: failure\n", file, line);
	leave(FAILED);
}

void compat32_check(int holds, const char *what, const char *file, int line)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	_fail(file, line);
}

void compat32_compare(uintmax_t a, uintmax_t b, int equal, const char *what,
		      const char *file, int line)
{
	if ((a == b) == equal)
		return;
	fprintf(stderr, "%s: %#jx and %#jx\n", what, a, b);
	_fail(file, line);
}

void compat32_memory(const void *a, const void *b, size_t size, int equal,
		     const char *what, const char *file, int line)
{
	compat32_check((memcmp(a, b, size) == 0) == equal, what, file, line);
}

void compat32_string(const char *a, const char *b, const char *file, int line)
{
	compat32_check(!strcmp(a, b), a, file, line);
}

/* Apart from run_test(), whose variables a longjmp() must not spoil. */
static void run_steps(const struct CMUnitTest *test, void **state)
{
	if (test->setup && test->setup(state))
		leave(FAILED);
	test->test(state);
	if (test->teardown && test->teardown(state))
		leave(FAILED);
}

static int run_test(const struct CMUnitTest *test, void **state)
{
	static const char *const words[] = { "      OK", "  FAILED",
					     " SKIPPED" };

	printf("[ RUN      ] %s\n", test->name);
	fflush(stdout);
	result = PASSED;
	if (!setjmp(out))
		run_steps(test, state);
	printf("[ %s ] %s\n", words[result], test->name);
	fflush(stdout);
	return result;
}

static int run_step(int (*step)(void **state), void **state, const char *name)
{
	result = PASSED;
	if (step && !setjmp(out) && step(state))
		result = FAILED;
	if (result == FAILED)
		printf("[  FAILED  ] %s\n", name);
	return result;
}

int compat32_run(const struct CMUnitTest *tests, size_t count,
		 int (*setup)(void **state), int (*teardown)(void **state))
{
	unsigned int counts[3] = { 0 };
	void *state = NULL;
	size_t i;

	switch (run_step(setup, &state, "the group's setup")) {
	case PASSED:
		for (i = 0; i < count; i++)
			counts[run_test(&tests[i], &state)]++;
		break;
	case FAILED:
		counts[FAILED] += count;
		break;
	default:
		counts[SKIPPED] += count;
		break;
	}
	if (run_step(teardown, &state, "the group's teardown") == FAILED)
		counts[FAILED]++;
	printf("[  PASSED  ] %u test(s).\n", counts[PASSED]);
	if (counts[SKIPPED])
		printf("[  SKIPPED ] %u test(s).\n", counts[SKIPPED]);
	if (counts[FAILED])
		printf("[  FAILED  ] %u test(s).\n", counts[FAILED]);
	return counts[FAILED];
}
