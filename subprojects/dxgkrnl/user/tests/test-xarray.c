/* SPDX-License-Identifier: MIT */
/* Arrays by number. */
#include "slice-test.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/xarray.h>

static int things[2000];

static int nothing_left(void **state)
{
	(void)state;
	rcu_barrier();
	return 0;
}

static void empty_array_has_nothing(void **state)
{
	DEFINE_XARRAY(xa);
	unsigned long index = 5;

	(void)state;
	assert_true(xa_empty(&xa));
	assert_null(xa_load(&xa, 0));
	assert_null(xa_load(&xa, ULONG_MAX));
	assert_null(xa_find(&xa, &index, ULONG_MAX, XA_PRESENT));
	assert_int_equal(index, 5);
	assert_null(xa_erase(&xa, 7));
}

static void stored_entries_are_found_at_any_index(void **state)
{
	static const unsigned long at[] = { 0, 1, 63, 64, 4095, 4096, 1UL << 24,
					    (1UL << 32) - 1, 1UL << 32,
					    1UL << 62, ULONG_MAX };
	DEFINE_XARRAY(xa);
	unsigned int i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(at); i++)
		assert_null(xa_store(&xa, at[i], &things[i], GFP_KERNEL));
	for (i = 0; i < ARRAY_SIZE(at); i++)
		assert_ptr_equal(xa_load(&xa, at[i]), &things[i]);
	assert_null(xa_load(&xa, 2));
	assert_null(xa_load(&xa, ULONG_MAX - 1));
	for (i = 0; i < ARRAY_SIZE(at); i++)
		assert_ptr_equal(xa_erase(&xa, at[i]), &things[i]);
	assert_true(xa_empty(&xa));
}

static void iteration_visits_all_in_order(void **state)
{
	static const unsigned long at[] = { 0, 63, 64, 70, 4096, 1UL << 40,
					    ULONG_MAX };
	DEFINE_XARRAY(xa);
	unsigned long index;
	unsigned int i, n = 0;
	void *entry;

	(void)state;
	for (i = ARRAY_SIZE(at); i-- > 0;)
		xa_store(&xa, at[i], &things[i], GFP_KERNEL);
	xa_for_each(&xa, index, entry) {
		assert_int_equal(index, at[n]);
		assert_ptr_equal(entry, &things[n]);
		n++;
	}
	assert_int_equal(n, ARRAY_SIZE(at));
	n = 0;
	xa_for_each_range(&xa, index, entry, 63, 70)
		n++;
	assert_int_equal(n, 3);
	n = 0;
	xa_for_each_start(&xa, index, entry, (1UL << 40) + 1)
		n++;
	assert_int_equal(n, 1);
	xa_destroy(&xa);
	assert_true(xa_empty(&xa));
}

static void iteration_survives_erasing_what_it_visits(void **state)
{
	DEFINE_XARRAY(xa);
	unsigned long index;
	unsigned int i, n = 0;
	void *entry;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(things); i++)
		xa_store(&xa, i * 3UL, &things[i], GFP_KERNEL);
	xa_for_each(&xa, index, entry) {
		assert_ptr_equal(xa_erase(&xa, index), entry);
		n++;
	}
	assert_int_equal(n, ARRAY_SIZE(things));
	assert_true(xa_empty(&xa));
}

static void insert_refuses_a_taken_index(void **state)
{
	DEFINE_XARRAY(xa);

	(void)state;
	assert_int_equal(xa_insert(&xa, 9, &things[0], GFP_KERNEL), 0);
	assert_int_equal(xa_insert(&xa, 9, &things[1], GFP_KERNEL), -EBUSY);
	assert_ptr_equal(xa_load(&xa, 9), &things[0]);
	assert_ptr_equal(xa_cmpxchg(&xa, 9, &things[1], NULL, GFP_KERNEL),
			 &things[0]);
	assert_ptr_equal(xa_load(&xa, 9), &things[0]);
	assert_ptr_equal(xa_cmpxchg(&xa, 9, &things[0], &things[1], GFP_KERNEL),
			 &things[0]);
	assert_ptr_equal(xa_store(&xa, 9, NULL, GFP_KERNEL), &things[1]);
	assert_true(xa_empty(&xa));
}

static void alloc_gives_the_lowest_free_index(void **state)
{
	DEFINE_XARRAY_ALLOC(xa);
	u32 id = 0, i;

	(void)state;
	for (i = 0; i < 200; i++) {
		assert_int_equal(xa_alloc(&xa, &id, &things[i],
					  XA_LIMIT(0, 199), GFP_KERNEL), 0);
		assert_int_equal(id, i);
	}
	assert_int_equal(xa_alloc(&xa, &id, &things[0], XA_LIMIT(0, 199),
				  GFP_KERNEL), -EBUSY);
	assert_int_equal(xa_alloc(&xa, &id, &things[0], xa_limit_32b,
				  GFP_KERNEL), 0);
	assert_int_equal(id, 200);
	xa_erase(&xa, 130);
	xa_erase(&xa, 64);
	assert_int_equal(xa_alloc(&xa, &id, &things[0], XA_LIMIT(65, 199),
				  GFP_KERNEL), 0);
	assert_int_equal(id, 130);
	assert_int_equal(xa_alloc(&xa, &id, &things[0], XA_LIMIT(0, 199),
				  GFP_KERNEL), 0);
	assert_int_equal(id, 64);
	xa_destroy(&xa);
}

static void alloc_from_one_never_gives_zero(void **state)
{
	DEFINE_XARRAY_ALLOC1(xa);
	u32 id = 0;

	(void)state;
	assert_int_equal(xa_alloc(&xa, &id, &things[0], xa_limit_32b,
				  GFP_KERNEL), 0);
	assert_int_equal(id, 1);
	xa_destroy(&xa);
}

static void alloc_cyclic_does_not_reuse_until_it_wraps(void **state)
{
	const struct xa_limit limit = XA_LIMIT(1, 3);
	DEFINE_XARRAY_ALLOC(xa);
	u32 id = 0, next = 1;

	(void)state;
	assert_int_equal(xa_alloc_cyclic(&xa, &id, &things[0], limit, &next,
					 GFP_KERNEL), 0);
	assert_int_equal(id, 1);
	xa_erase(&xa, 1);
	assert_int_equal(xa_alloc_cyclic(&xa, &id, &things[0], limit, &next,
					 GFP_KERNEL), 0);
	assert_int_equal(id, 2);
	assert_int_equal(xa_alloc_cyclic(&xa, &id, &things[0], limit, &next,
					 GFP_KERNEL), 0);
	assert_int_equal(id, 3);
	assert_int_equal(xa_alloc_cyclic(&xa, &id, &things[0], limit, &next,
					 GFP_KERNEL), 1);
	assert_int_equal(id, 1);
	assert_int_equal(xa_alloc_cyclic(&xa, &id, &things[0], limit, &next,
					 GFP_KERNEL), -EBUSY);
	xa_destroy(&xa);
}

static void reserved_index_reads_as_null_but_is_taken(void **state)
{
	DEFINE_XARRAY_ALLOC(xa);
	unsigned long index = 0;
	u32 id = 0;

	(void)state;
	assert_int_equal(xa_alloc(&xa, &id, NULL, xa_limit_32b, GFP_KERNEL), 0);
	assert_int_equal(id, 0);
	assert_null(xa_load(&xa, 0));
	assert_null(xa_find(&xa, &index, ULONG_MAX, XA_PRESENT));
	assert_false(xa_empty(&xa));
	assert_int_equal(xa_insert(&xa, 0, &things[0], GFP_KERNEL), -EBUSY);
	assert_null(xa_store(&xa, 0, &things[0], GFP_KERNEL));
	assert_ptr_equal(xa_load(&xa, 0), &things[0]);
	assert_ptr_equal(xa_erase(&xa, 0), &things[0]);
	assert_true(xa_empty(&xa));
}

static void failed_allocation_changes_nothing(void **state)
{
	DEFINE_XARRAY(xa);
	unsigned int nth;

	(void)state;
	assert_null(xa_store(&xa, 5, &things[5], GFP_KERNEL));
	for (nth = 1;; nth++) {
		void *result;

		dxgk_user_fail_allocation(nth);
		result = xa_store(&xa, 1UL << 40, &things[1], GFP_KERNEL);
		if (dxgk_user_fail_allocation(0)) {
			assert_null(result);
			break;
		}
		assert_int_equal(xa_err(result), -ENOMEM);
		assert_null(xa_load(&xa, 1UL << 40));
		assert_ptr_equal(xa_load(&xa, 5), &things[5]);
	}
	assert_in_range(nth, 6, 16);
	xa_erase(&xa, 5);
	xa_erase(&xa, 1UL << 40);
	assert_true(xa_empty(&xa));
}

/* Random changes, against a plain array. */
static void random_changes_agree_with_a_plain_array(void **state)
{
	static void *plain[700];
	DEFINE_XARRAY(xa);
	unsigned int i, seed = 1;
	unsigned long at;

	(void)state;
	memset(plain, 0, sizeof(plain));
	for (i = 0; i < 20000; i++) {
		at = (unsigned long)rand_r(&seed) % ARRAY_SIZE(plain);
		if (rand_r(&seed) % 2) {
			assert_ptr_equal(xa_store(&xa, at, &things[at],
						  GFP_KERNEL), plain[at]);
			plain[at] = &things[at];
		} else {
			assert_ptr_equal(xa_erase(&xa, at), plain[at]);
			plain[at] = NULL;
		}
	}
	for (at = 0; at < ARRAY_SIZE(plain); at++)
		assert_ptr_equal(xa_load(&xa, at), plain[at]);
	xa_destroy(&xa);
}

struct object {
	struct rcu_head rcu;
	unsigned long index;
};

static DEFINE_XARRAY(shared);
static int reading;

static void *read_shared(void *argument)
{
	unsigned long index, seen = 0;
	struct object *object;

	(void)argument;
	while (READ_ONCE(reading)) {
		rcu_read_lock();
		xa_for_each(&shared, index, object)
			seen += object->index == index;
		object = xa_load(&shared, 77);
		if (object)
			assert_int_equal(object->index, 77);
		rcu_read_unlock();
	}
	return (void *)seen;
}

static void readers_run_beside_a_writer(void **state)
{
	pthread_t readers[2];
	struct object *object;
	unsigned int i, round;

	(void)state;
	reading = 1;
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		readers[i] = t_start(read_shared, NULL);
	for (round = 0; round < 100; round++) {
		for (i = 0; i < 100; i++) {
			object = kmalloc(sizeof(*object), GFP_KERNEL);
			assert_non_null(object);
			object->index = i;
			assert_null(xa_store(&shared, i, object, GFP_KERNEL));
		}
		for (i = 0; i < 100; i++) {
			object = xa_erase(&shared, i);
			kfree_rcu(object, rcu);
		}
	}
	WRITE_ONCE(reading, 0);
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		t_join(readers[i]);
	assert_true(xa_empty(&shared));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_array_has_nothing),
		cmocka_unit_test(stored_entries_are_found_at_any_index),
		cmocka_unit_test(iteration_visits_all_in_order),
		cmocka_unit_test(iteration_survives_erasing_what_it_visits),
		cmocka_unit_test(insert_refuses_a_taken_index),
		cmocka_unit_test(alloc_gives_the_lowest_free_index),
		cmocka_unit_test(alloc_from_one_never_gives_zero),
		cmocka_unit_test(alloc_cyclic_does_not_reuse_until_it_wraps),
		cmocka_unit_test(reserved_index_reads_as_null_but_is_taken),
		cmocka_unit_test(failed_allocation_changes_nothing),
		cmocka_unit_test(random_changes_agree_with_a_plain_array),
		cmocka_unit_test(readers_run_beside_a_writer),
	};

	return cmocka_run_group_tests_name("xarray", tests, NULL, nothing_left);
}
