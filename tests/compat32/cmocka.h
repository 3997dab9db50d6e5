/* SPDX-License-Identifier: MIT */
/*
 * As much of cmocka's interface as the tests use, for programs of 32 bits: Debian
 * has the library itself for the machine's own architecture only, unless another
 * one is added to it.
 */
#ifndef COMPAT32_CMOCKA_H
#define COMPAT32_CMOCKA_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct CMUnitTest {
	const char *name;
	void (*test)(void **state);
	int (*setup)(void **state);
	int (*teardown)(void **state);
};

#define cmocka_unit_test(function) { #function, (function), NULL, NULL }
#define cmocka_unit_test_setup_teardown(function, setup, teardown) \
	{ #function, (function), (setup), (teardown) }
#define cmocka_run_group_tests_name(name, tests, setup, teardown) \
	compat32_run((tests), sizeof(tests) / sizeof((tests)[0]), (setup), \
		     (teardown))
#define cmocka_run_group_tests(tests, setup, teardown) \
	cmocka_run_group_tests_name(#tests, tests, setup, teardown)

/* The number of tests that have failed. */
int compat32_run(const struct CMUnitTest *tests, size_t count,
		 int (*setup)(void **state), int (*teardown)(void **state));
_Noreturn void compat32_skip(void);
_Noreturn void _fail(const char *file, int line);
void compat32_check(int holds, const char *what, const char *file, int line);
void compat32_compare(uintmax_t a, uintmax_t b, int equal, const char *what,
		      const char *file, int line);
void compat32_memory(const void *a, const void *b, size_t size, int equal,
		     const char *what, const char *file, int line);
void compat32_string(const char *a, const char *b, const char *file, int line);

#define print_message(...)	printf(__VA_ARGS__)
#define print_error(...)	fprintf(stderr, __VA_ARGS__)
#define skip()			compat32_skip()

#define assert_true(condition) \
	compat32_check(!!(condition), #condition, __FILE__, __LINE__)
#define assert_false(condition) \
	compat32_check(!(condition), "!(" #condition ")", __FILE__, __LINE__)
#define assert_null(pointer)		assert_true((pointer) == NULL)
#define assert_non_null(pointer)	assert_true((pointer) != NULL)
#define assert_ptr_equal(a, b)		assert_true((a) == (b))
#define assert_ptr_not_equal(a, b)	assert_true((a) != (b))
#define assert_int_equal(a, b)                                           \
	compat32_compare((uintmax_t)(a), (uintmax_t)(b), 1, #a " == " #b, \
			 __FILE__, __LINE__)
#define assert_int_not_equal(a, b)                                       \
	compat32_compare((uintmax_t)(a), (uintmax_t)(b), 0, #a " != " #b, \
			 __FILE__, __LINE__)
#define assert_in_range(value, first, last) \
	assert_true((value) >= (first) && (value) <= (last))
#define assert_memory_equal(a, b, size) \
	compat32_memory((a), (b), (size), 1, #a " == " #b, __FILE__, __LINE__)
#define assert_memory_not_equal(a, b, size) \
	compat32_memory((a), (b), (size), 0, #a " != " #b, __FILE__, __LINE__)
#define assert_string_equal(a, b) \
	compat32_string((a), (b), __FILE__, __LINE__)

#endif
