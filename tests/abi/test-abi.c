/* SPDX-License-Identifier: MIT */
/* Every row of docs/abi/abi-*.csv holds for the public headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "abi-checks.h"

static unsigned int checks_made;

void abi_expect_bits(const char *name, const void *object, size_t size,
		     size_t offset, unsigned int first, unsigned int width)
{
	const unsigned char *bytes = object;
	size_t bit;

	for (bit = 0; bit < size * 8; bit++) {
		bool is_set = bytes[bit / 8] >> (bit % 8) & 1;
		bool is_wanted = bit >= offset * 8 + first &&
				 bit < offset * 8 + first + width;

		if (is_set != is_wanted)
			fail_msg("%s: bit %zu is %d", name, bit, is_set);
	}
}

void abi_expect_equal(const char *name, size_t value, size_t wanted)
{
	if (value != wanted)
		fail_msg("%s: %zu instead of %zu", name, value, wanted);
}

void abi_check_made(void)
{
	checks_made++;
}

/* Lines below the heading. No field of these files holds a line break. */
static unsigned int rows_of(const char *file)
{
	char path[4096];
	unsigned int lines = 0;
	FILE *f;
	int c;

	snprintf(path, sizeof(path), "%s/%s", ABI_FOLDER, file);
	f = fopen(path, "r");
	if (!f)
		fail_msg("cannot open %s", path);
	while ((c = getc(f)) != EOF)
		lines += c == '\n';
	fclose(f);
	return lines - 1;
}

static void expect_all_rows(const struct abi_count *count)
{
	for (; count->file; count++) {
		assert_int_equal(count->rows, rows_of(count->file));
		assert_true(count->rows > 0);
		print_message("%s: %u rows\n", count->file, count->rows);
	}
}

static void every_row_was_checked(void **state)
{
	(void)state;
	expect_all_rows(abi_counts_wide);
}

static void every_row_of_the_utf16_layout_was_checked(void **state)
{
	(void)state;
	expect_all_rows(abi_counts_utf16);
}

static void bit_fields_are_where_their_rows_say(void **state)
{
	(void)state;
	checks_made = 0;
	abi_check_bits_wide();
	assert_true(checks_made > 0);
	assert_int_equal(checks_made, abi_bits_wide);
	print_message("%u checks of bit-fields\n", checks_made);
}

static void bit_fields_of_the_utf16_layout_are_there_too(void **state)
{
	(void)state;
	checks_made = 0;
	abi_check_bits_utf16();
	assert_int_equal(checks_made, abi_bits_utf16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_was_checked),
		cmocka_unit_test(every_row_of_the_utf16_layout_was_checked),
		cmocka_unit_test(bit_fields_are_where_their_rows_say),
		cmocka_unit_test(bit_fields_of_the_utf16_layout_are_there_too),
	};

	return cmocka_run_group_tests_name("abi", tests, NULL, NULL);
}
