/* SPDX-License-Identifier: MIT */
/* Ranges of GPU addresses, without a host around them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

#include "page-table.h"

#define PAGE	4096ull
#define BASE	0x200000000ull

/* Never looked into. */
#define ALLOCATION	((struct dxghost_allocation *)0x1000)
#define OTHER		((struct dxghost_allocation *)0x2000)

static struct dxghost_page_table table;

static const struct dxghost_range_content nothing = {
	.state = DXGHOST_RANGE_NO_ACCESS,
};

static const struct dxghost_range_content mapped = {
	.state = DXGHOST_RANGE_MAPPED,
	.protection = DXGHOST_PROTECT_WRITE,
	.allocation = ALLOCATION,
};

static int setup(void **state)
{
	(void)state;
	dxghost_page_table_init(&table);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	dxghost_page_table_destroy(&table);
	return 0;
}

static void take(uint64_t start, uint64_t pages,
		 enum dxghost_range_origin origin, uint64_t serial)
{
	assert_int_equal(dxghost_page_table_take(&table, start, pages * PAGE,
						 origin, serial, &nothing), 0);
}

static void address_zero_is_never_picked(void **state)
{
	(void)state;
	assert_true(dxghost_page_table_pick(&table, 0, 0, PAGE) >=
		    DXGHOST_VA_DEFAULT);
	assert_int_equal(dxghost_page_table_pick(&table, 0, 0x20000, 0x10000),
			 DXGHOST_VA_FIRST);
	assert_int_equal(dxghost_page_table_pick(&table, 0, 0x10000, PAGE), 0);
}

static void picked_range_ends_before_the_maximum(void **state)
{
	uint64_t va;

	(void)state;
	va = dxghost_page_table_pick(&table, BASE, BASE + 3 * PAGE, 3 * PAGE);
	assert_int_equal(va, BASE);
	assert_int_equal(dxghost_page_table_pick(&table, BASE, BASE + 3 * PAGE,
						 4 * PAGE), 0);
	take(BASE, 1, DXGHOST_ORIGIN_MAP, 1);
	assert_int_equal(dxghost_page_table_pick(&table, BASE, BASE + 3 * PAGE,
						 2 * PAGE), BASE + PAGE);
	assert_int_equal(dxghost_page_table_pick(&table, BASE, BASE + 3 * PAGE,
						 3 * PAGE), 0);
}

static void picked_ranges_do_not_overlap(void **state)
{
	uint64_t last = 0, va;
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		va = dxghost_page_table_pick(&table, 0, 0, 3 * PAGE);
		assert_true(va >= last + 3 * PAGE);
		assert_true(dxghost_page_table_is_free(&table, va, 3 * PAGE));
		take(va, 3, DXGHOST_ORIGIN_MAP, 1);
		last = va;
	}
	assert_int_equal(table.bytes, 3000 * PAGE);
}

static void update_splits_what_it_changes_in_part(void **state)
{
	(void)state;
	take(BASE, 8, DXGHOST_ORIGIN_RESERVE, 1);
	assert_int_equal(dxghost_page_table_update(&table, BASE + 2 * PAGE,
						   3 * PAGE, 2, &mapped), 0);
	assert_int_equal(dxghost_page_table_find(&table, BASE)->content.state,
			 DXGHOST_RANGE_NO_ACCESS);
	assert_int_equal(dxghost_page_table_find(&table, BASE + 4 * PAGE)
			 ->content.state, DXGHOST_RANGE_MAPPED);
	assert_int_equal(dxghost_page_table_find(&table, BASE + 5 * PAGE)
			 ->content.state, DXGHOST_RANGE_NO_ACCESS);
	assert_int_equal(table.bytes, 8 * PAGE);
}

static void split_mappings_keep_their_offsets(void **state)
{
	const struct dxghost_range *range;

	(void)state;
	take(BASE, 8, DXGHOST_ORIGIN_MAP, 1);
	dxghost_page_table_update(&table, BASE, 8 * PAGE, 1, &mapped);
	dxghost_page_table_free(&table, BASE + 3 * PAGE, PAGE);
	range = dxghost_page_table_find(&table, BASE + 6 * PAGE);
	assert_int_equal(range->start, BASE + 4 * PAGE);
	assert_int_equal(range->content.offset, 4 * PAGE);
	assert_null(dxghost_page_table_find(&table, BASE + 3 * PAGE));
}

static void update_over_several_ranges_runs_on(void **state)
{
	(void)state;
	take(BASE, 2, DXGHOST_ORIGIN_MAP, 1);
	take(BASE + 2 * PAGE, 2, DXGHOST_ORIGIN_MAP, 2);
	dxghost_page_table_update(&table, BASE, 4 * PAGE, 3, &mapped);
	assert_int_equal(dxghost_page_table_find(&table, BASE + 3 * PAGE)
			 ->content.offset, 2 * PAGE);
}

static void late_update_leaves_freed_and_retaken_pages_alone(void **state)
{
	(void)state;
	take(BASE, 4, DXGHOST_ORIGIN_MAP, 5);
	dxghost_page_table_free(&table, BASE, 2 * PAGE);
	take(BASE, 1, DXGHOST_ORIGIN_RESERVE, 7);
	dxghost_page_table_update(&table, BASE, 4 * PAGE, 6, &mapped);
	assert_int_equal(dxghost_page_table_find(&table, BASE)->content.state,
			 DXGHOST_RANGE_NO_ACCESS);
	assert_null(dxghost_page_table_find(&table, BASE + PAGE));
	assert_int_equal(dxghost_page_table_find(&table, BASE + 2 * PAGE)
			 ->content.offset, 2 * PAGE);
}

static void drop_frees_maps_and_restores_reservations(void **state)
{
	struct dxghost_range_content other = mapped;

	(void)state;
	other.allocation = OTHER;
	take(BASE, 2, DXGHOST_ORIGIN_MAP, 1);
	take(BASE + 2 * PAGE, 2, DXGHOST_ORIGIN_RESERVE, 2);
	take(BASE + 4 * PAGE, 2, DXGHOST_ORIGIN_MAP, 3);
	dxghost_page_table_update(&table, BASE, 4 * PAGE, 4, &mapped);
	dxghost_page_table_update(&table, BASE + 4 * PAGE, 2 * PAGE, 4, &other);
	dxghost_page_table_drop(&table, ALLOCATION, BASE, BASE + 6 * PAGE);
	assert_null(dxghost_page_table_find(&table, BASE));
	assert_int_equal(dxghost_page_table_find(&table, BASE + 2 * PAGE)
			 ->content.state, DXGHOST_RANGE_NO_ACCESS);
	assert_ptr_equal(dxghost_page_table_find(&table, BASE + 4 * PAGE)
			 ->content.allocation, OTHER);
	assert_int_equal(table.bytes, 4 * PAGE);
}

static bool is_reserved(const struct dxghost_range *range, const void *arg)
{
	(void)arg;
	return range->origin == DXGHOST_ORIGIN_RESERVE;
}

static void covers_sees_holes_and_strangers(void **state)
{
	(void)state;
	take(BASE, 2, DXGHOST_ORIGIN_RESERVE, 1);
	take(BASE + 2 * PAGE, 2, DXGHOST_ORIGIN_RESERVE, 2);
	take(BASE + 5 * PAGE, 1, DXGHOST_ORIGIN_MAP, 3);
	assert_true(dxghost_page_table_covers(&table, BASE, 4 * PAGE,
					      is_reserved, NULL));
	assert_false(dxghost_page_table_covers(&table, BASE, 5 * PAGE, NULL,
					       NULL));
	assert_false(dxghost_page_table_covers(&table, BASE + 5 * PAGE, PAGE,
					       is_reserved, NULL));
}

static void addresses_outside_the_space_are_not_valid(void **state)
{
	(void)state;
	assert_false(dxghost_page_table_valid(0, PAGE));
	assert_false(dxghost_page_table_valid(BASE, 0));
	assert_false(dxghost_page_table_valid(BASE, UINT64_MAX));
	assert_false(dxghost_page_table_valid(DXGHOST_VA_END - PAGE, 2 * PAGE));
	assert_true(dxghost_page_table_valid(DXGHOST_VA_END - PAGE, PAGE));
}

/* A page-by-page table of small numbers must agree after any sequence. */
static void random_operations_agree_with_a_simple_model(void **state)
{
	enum { PAGES = 64 };
	uint8_t model[PAGES] = { 0 };
	unsigned seed = 1;
	int i, k;

	(void)state;
	for (i = 0; i < 20000; i++) {
		uint64_t first, count;
		bool is_free = true;

		seed = seed * 1103515245u + 12345u;
		first = seed >> 16 & (PAGES - 1);
		count = 1 + (seed >> 24 & 7);
		if (first + count > PAGES)
			count = PAGES - first;
		for (k = 0; k < (int)count; k++)
			is_free &= !model[first + k];
		assert_int_equal(dxghost_page_table_is_free(&table,
				BASE + first * PAGE, count * PAGE), is_free);
		if (is_free)
			take(BASE + first * PAGE, count, DXGHOST_ORIGIN_MAP, 1);
		else if (seed & 1)
			dxghost_page_table_free(&table, BASE + first * PAGE,
						count * PAGE);
		else
			dxghost_page_table_update(&table, BASE + first * PAGE,
						  count * PAGE, 1, &mapped);
		for (k = 0; k < (int)count; k++)
			model[first + k] = is_free ? 1 : seed & 1 ? 0 :
					   model[first + k] ? 2 : 0;
		for (k = 0; k < PAGES; k++) {
			const struct dxghost_range *range =
				dxghost_page_table_find(&table,
							BASE + k * PAGE);

			assert_int_equal(!!range, !!model[k]);
			if (range)
				assert_int_equal(range->content.state ==
						 DXGHOST_RANGE_MAPPED,
						 model[k] == 2);
		}
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(address_zero_is_never_picked),
		CASE(picked_range_ends_before_the_maximum),
		CASE(picked_ranges_do_not_overlap),
		CASE(update_splits_what_it_changes_in_part),
		CASE(split_mappings_keep_their_offsets),
		CASE(update_over_several_ranges_runs_on),
		CASE(late_update_leaves_freed_and_retaken_pages_alone),
		CASE(drop_frees_maps_and_restores_reservations),
		CASE(covers_sees_holes_and_strangers),
		CASE(addresses_outside_the_space_are_not_valid),
		CASE(random_operations_agree_with_a_simple_model),
	};

	return cmocka_run_group_tests_name("page-table", tests, NULL, NULL);
}
