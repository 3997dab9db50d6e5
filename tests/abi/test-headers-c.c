/* SPDX-License-Identifier: MIT */
/* Compiled once for each public header, HEADER: it stands alone, in C11. */
#include HEADER
#include HEADER

/* A name of its own for each use of the basic types; none may be a macro. */
struct test_headers {
	int handle, pointer, type, value;
};

int test_headers(const struct test_headers *test);

int test_headers(const struct test_headers *test)
{
	return test->handle + test->pointer + test->type + test->value;
}
