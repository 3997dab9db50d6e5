/* SPDX-License-Identifier: MIT */
/* The tests of a program: those of the steps, and others. */
#include "fail-nth.h"

#define MAX_TESTS 128
static struct CMUnitTest tests[MAX_TESTS];
static unsigned int test_count;

static int clean_up(void **state)
{
	(void)state;
	nth_clean_up();
	return 0;
}

static void add(const char *name, CMUnitTestFunction function,
		const struct nth_step *step)
{
	if (test_count == MAX_TESTS)
		abort();
	tests[test_count].name = name;
	tests[test_count].test_func = function;
	tests[test_count].teardown_func = clean_up;
	tests[test_count].initial_state = (void *)step;
	test_count++;
}

void nth_add_test(const char *name, CMUnitTestFunction function)
{
	add(name, function, NULL);
}

void nth_add_list(CMUnitTestFunction sweep, const struct nth_step *steps,
		  unsigned int count)
{
	for (; count; count--, steps++)
		add(steps->name, sweep, steps);
}

void nth_add_steps(CMUnitTestFunction sweep)
{
	nth_add_list(sweep, nth_object_steps, nth_object_step_count);
	nth_add_list(sweep, nth_memory_steps, nth_memory_step_count);
	nth_add_list(sweep, nth_sync_steps, nth_sync_step_count);
	nth_add_list(sweep, nth_query_steps, nth_query_step_count);
}

bool nth_has_step(unsigned long request)
{
	unsigned int i;

	for (i = 0; i < test_count; i++) {
		const struct nth_step *step = tests[i].initial_state;

		if (step && step->request == request)
			return true;
	}
	return false;
}

int nth_run_tests(const char *name, CMFixtureFunction teardown)
{
	return _cmocka_run_group_tests(name, tests, test_count, NULL, teardown);
}
