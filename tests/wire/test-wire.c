/* SPDX-License-Identifier: MIT */
/* Every row of vmbus-messages.csv holds for wire.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire-checks.h"

static char *read_file(const char *path, size_t *ret_size)
{
	FILE *f = fopen(path, "rb");
	size_t size = 0, room = 1u << 16;
	char *text = malloc(room);

	assert_non_null(f);
	assert_non_null(text);
	for (;;) {
		size += fread(text + size, 1, room - size, f);
		if (size < room)
			break;
		room *= 2;
		text = realloc(text, room);
		assert_non_null(text);
	}
	fclose(f);
	*ret_size = size;
	return text;
}

static void every_row_was_checked_by_the_compiler(void **state)
{
	size_t size, i;
	unsigned int lines = 0;
	char *text = read_file(WIRE_CSV, &size);

	(void)state;
	for (i = 0; i < size; i++)
		lines += text[i] == '\n';
	free(text);
	assert_true(lines > 1000);
	assert_int_equal(wire_rows_checked, lines - 1);
	print_message("%u rows of vmbus-messages.csv checked\n",
		      wire_rows_checked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_was_checked_by_the_compiler),
	};

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
