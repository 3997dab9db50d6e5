/* SPDX-License-Identifier: MIT */
/*
 * Strings between UTF-16 and wchar_t, and driver-store paths. Built once with
 * the usual four bytes a wchar_t, and once with two (-fshort-wchar).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uchar.h>

#include <cmocka.h>

#include "driver-path.h"
#include "utf16.h"

#define IS_WIDE (sizeof(wchar_t) > 2)

static void assert_string(const wchar_t *string, const wchar_t *expected)
{
	while (*expected)
		assert_int_equal(*string++, *expected++);
	assert_int_equal(*string, 0);
}

static void convert(wchar_t *to, size_t room, const char16_t *from, size_t count)
{
	memset(to, 0xee, (room + 1) * sizeof(*to));
	dxg_wchar_from_utf16(to, room, (const uint16_t *)from, count);
	assert_memory_equal(&to[room], "\xee\xee", 2);
}

static void ascii_stays_ascii(void **state)
{
	wchar_t to[9];

	(void)state;
	convert(to, 8, u"Radeon", 7);
	assert_string(to, L"Radeon");
	assert_int_equal(to[7], 0);
}

static void characters_beyond_ascii_survive_any_locale(void **state)
{
	wchar_t to[9];

	(void)state;
	convert(to, 8, u"\u00e9\u4e2d\uffee", 4);
	assert_string(to, L"\u00e9\u4e2d\uffee");
}

static void surrogate_pairs_become_one_character(void **state)
{
	wchar_t to[9];

	(void)state;
	convert(to, 8, u"a\U0001F600b", 5);
	assert_int_equal(to[0], 'a');
	if (IS_WIDE) {
		assert_int_equal(to[1], 0x1f600);
		assert_int_equal(to[2], 'b');
	} else {
		assert_int_equal(to[1], 0xd83d);
		assert_int_equal(to[2], 0xde00);
		assert_int_equal(to[3], 'b');
	}
	convert(to, 8, u"\U0010FFFF", 3);
	if (IS_WIDE)
		assert_int_equal((uint32_t)to[0], 0x10ffff);
}

static void half_a_pair_stays_what_it_is(void **state)
{
	static const uint16_t from[] = { 0xdc00, 'x', 0xd800, 'y', 0xd800, 0xd801 };
	wchar_t to[9];
	int i;

	(void)state;
	dxg_wchar_from_utf16(to, 9, from, 6);
	for (i = 0; i < 6; i++)
		assert_int_equal((uint16_t)to[i], from[i]);
	assert_int_equal(to[6], 0);
}

static void a_full_field_is_cut_and_terminated(void **state)
{
	wchar_t to[5];

	(void)state;
	convert(to, 4, u"abcd", 4);
	assert_string(to, L"abc");
	convert(to, 1, u"abcd", 4);
	assert_string(to, L"");
	convert(to, 0, u"abcd", 4);
}

static void nothing_is_read_behind_the_count(void **state)
{
	wchar_t to[9];

	(void)state;
	convert(to, 8, u"abcdef", 3);
	assert_string(to, L"abc");
	convert(to, 8, u"abcdef", 0);
	assert_string(to, L"");
}

static void single_units_are_not_joined(void **state)
{
	wchar_t to[5];

	(void)state;
	dxg_wchar_from_units(to, 5, (const uint16_t *)u"\U0001F600x", 4);
	assert_int_equal(to[0], 0xd83d);
	assert_int_equal(to[1], 0xde00);
	assert_int_equal(to[2], 'x');
	assert_int_equal(to[3], 0);
	dxg_wchar_from_units(to, 2, (const uint16_t *)u"abc", 3);
	assert_string(to, L"a");
}

static void names_are_narrowed_one_to_one(void **state)
{
	uint16_t to[4];

	(void)state;
	assert_true(dxg_wchar_to_units(to, L"ab\u4e2d", 4));
	assert_memory_equal(to, u"ab\u4e2d", 8);
	assert_false(dxg_wchar_to_units(to, L"abcd", 4));
	if (IS_WIDE)
		assert_false(dxg_wchar_to_units(to, L"\U0001F600", 4));
}

static void assert_path(const char16_t *from, const wchar_t *expected)
{
	wchar_t to[261];
	size_t length = 0;
	size_t used;

	while (from[length])
		length++;
	memset(to, 0xee, sizeof(to));
	used = dxg_driver_path_from_utf16(to, 260, (const uint16_t *)from, length + 1);
	assert_string(to, expected);
	assert_int_equal(to[used], 0);
	assert_int_equal(to[259], 0);
	assert_memory_equal(&to[260], "\xee\xee", 2);
}

static void driver_store_paths_are_rewritten(void **state)
{
	(void)state;
	assert_path(u"C:\\Windows\\System32\\DriverStore\\FileRepository\\"
		    u"nv_dispi.inf_amd64_1\\nvldumdx.dll",
		    L"/usr/lib/wsl/drivers/nv_dispi.inf_amd64_1/nvldumdx.dll");
	assert_path(u"\\windows\\system32\\HostDriverStore\\filerepository\\"
		    u"u0.inf_amd64_2\\B3\\amdxx64.so",
		    L"/usr/lib/wsl/drivers/u0.inf_amd64_2/B3/amdxx64.so");
}

static void other_strings_stay(void **state)
{
	(void)state;
	assert_path(u"C:\\Windows\\System32\\DriverStore\\FileRepository",
		    L"C:\\Windows\\System32\\DriverStore\\FileRepository");
	assert_path(u"NVIDIA GeForce RTX", L"NVIDIA GeForce RTX");
	assert_path(u"C:\\Windows\\System32\\foo.dll", L"C:\\Windows\\System32\\foo.dll");
	assert_path(u"FileRepository\\a", L"FileRepository\\a");
	assert_path(u"", L"");
}

static void only_the_first_repository_counts(void **state)
{
	(void)state;
	assert_path(u"X\\FileRepository\\A\\FILEREPOSITORY\\b",
		    L"/usr/lib/wsl/drivers/A/FILEREPOSITORY/b");
	assert_path(u"\\FileRepository\\", L"/usr/lib/wsl/drivers/");
}

static void paths_beyond_ascii_survive(void **state)
{
	(void)state;
	assert_path(u"\\FileRepository\\\U0001F600\\x",
		    L"/usr/lib/wsl/drivers/\U0001F600/x");
}

static void a_path_that_grows_is_cut_to_its_field(void **state)
{
	wchar_t to[20];

	(void)state;
	memset(to, 0xee, sizeof(to));
	dxg_driver_path_from_utf16(to, 18, (const uint16_t *)u"\\FileRepository\\ab", 18);
	assert_string(to, L"/usr/lib/wsl/driv");
	assert_memory_equal(&to[18], "\xee\xee", 2);
	dxg_driver_path_from_utf16(to, 0, (const uint16_t *)u"\\FileRepository\\ab", 18);
	assert_string(to, L"/usr/lib/wsl/driv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_stays_ascii),
		cmocka_unit_test(characters_beyond_ascii_survive_any_locale),
		cmocka_unit_test(surrogate_pairs_become_one_character),
		cmocka_unit_test(half_a_pair_stays_what_it_is),
		cmocka_unit_test(a_full_field_is_cut_and_terminated),
		cmocka_unit_test(nothing_is_read_behind_the_count),
		cmocka_unit_test(single_units_are_not_joined),
		cmocka_unit_test(names_are_narrowed_one_to_one),
		cmocka_unit_test(driver_store_paths_are_rewritten),
		cmocka_unit_test(other_strings_stay),
		cmocka_unit_test(only_the_first_repository_counts),
		cmocka_unit_test(paths_beyond_ascii_survive),
		cmocka_unit_test(a_path_that_grows_is_cut_to_its_field),
	};

	return cmocka_run_group_tests_name("wchar", tests, NULL, NULL);
}
