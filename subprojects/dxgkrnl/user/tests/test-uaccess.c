/* SPDX-License-Identifier: MIT */
/* Copies from and to the caller's memory, wherever that is. */
#include "slice-test.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "slice.h"

/* A page to use, and behind it one that is not there. */
static char *page;
static char *no_page;

static int map_pages(void **state)
{
	(void)state;
	page = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(page, MAP_FAILED);
	no_page = page + PAGE_SIZE;
	memset(page, 'u', 2 * PAGE_SIZE);
	assert_int_equal(mprotect(no_page, PAGE_SIZE, PROT_NONE), 0);
	return 0;
}

static int unmap_pages(void **state)
{
	(void)state;
	dxgk_user_uaccess_refuse(false);
	return munmap(page, 2 * PAGE_SIZE);
}

/* Valgrind takes the other way's system calls for mistakes of ours. */
static bool under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload && strstr(preload, "vgpreload");
}

static int map_pages_and_refuse(void **state)
{
	if (under_valgrind())
		return map_pages(state);
	dxgk_user_uaccess_refuse(true);
	return map_pages(state);
}

static void good_memory_is_copied(void **state)
{
	static char user[10000], kernel[10000];
	char stack[100] = "on the stack";
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(user); i++)
		user[i] = (char)i;
	assert_int_equal(copy_from_user(kernel, user, sizeof(user)), 0);
	assert_memory_equal(kernel, user, sizeof(user));
	memset(user, 0, sizeof(user));
	assert_int_equal(copy_to_user(user, kernel, sizeof(user)), 0);
	assert_memory_equal(kernel, user, sizeof(user));
	assert_int_equal(copy_from_user(kernel, stack, sizeof(stack)), 0);
	assert_string_equal(kernel, "on the stack");
	assert_int_equal(copy_to_user(stack, "changed", 8), 0);
	assert_string_equal(stack, "changed");
	assert_int_equal(clear_user(user, sizeof(user)), 0);
	assert_null(memchr_inv(user, 0, sizeof(user)));
}

static void nothing_may_be_copied_from_anywhere(void **state)
{
	char kernel = 'k';

	(void)state;
	assert_int_equal(copy_from_user(&kernel, NULL, 0), 0);
	assert_int_equal(copy_to_user(NULL, &kernel, 0), 0);
	assert_int_equal(clear_user(NULL, 0), 0);
	assert_int_equal(kernel, 'k');
}

static void bad_addresses_are_faults(void **state)
{
	static const uintptr_t bad[] = { 0, 8, 0xdead, 1UL << 47,
					 0xdead000000000000UL, -8UL,
					 -(uintptr_t)PAGE_SIZE };
	char kernel[64];
	unsigned int i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		void *user = (void *)bad[i];

		memset(kernel, 'k', sizeof(kernel));
		assert_int_equal(copy_to_user(user, kernel, 64), 64);
		assert_int_equal(copy_from_user(kernel, user, 64), 64);
		assert_null(memchr_inv(kernel, 0, sizeof(kernel)));
		assert_int_equal(clear_user(user, 64), 64);
	}
}

static void a_range_is_copied_up_to_the_missing_page(void **state)
{
	char kernel[64];

	(void)state;
	assert_int_equal(copy_from_user(kernel, no_page - 40, 64), 24);
	assert_null(memchr_inv(kernel, 'u', 40));
	assert_null(memchr_inv(kernel + 40, 0, 24));
	memset(kernel, 'k', sizeof(kernel));
	assert_int_equal(copy_to_user(no_page - 40, kernel, 64), 24);
	assert_null(memchr_inv(no_page - 40, 'k', 40));
	assert_int_equal(clear_user(no_page - 40, 64), 24);
	assert_null(memchr_inv(no_page - 40, 0, 40));
}

static void read_only_memory_is_not_written(void **state)
{
	char kernel = 'k';

	(void)state;
	assert_int_equal(mprotect(page, PAGE_SIZE, PROT_READ), 0);
	assert_int_equal(copy_to_user(page, &kernel, 1), 1);
	assert_int_equal(copy_from_user(&kernel, page, 1), 0);
	assert_int_equal(kernel, 'u');
	assert_true(dxgk_user_readable(page, PAGE_SIZE));
	assert_false(dxgk_user_writable(page, PAGE_SIZE));
	assert_false(dxgk_user_writable(page + 5, 1));
}

static void probing_tells_what_is_there_and_changes_nothing(void **state)
{
	(void)state;
	assert_true(dxgk_user_readable(page, PAGE_SIZE));
	assert_true(dxgk_user_writable(page, PAGE_SIZE));
	assert_true(dxgk_user_writable(page + 1, PAGE_SIZE - 1));
	assert_true(dxgk_user_writable(no_page - 1, 1));
	assert_null(memchr_inv(page, 'u', PAGE_SIZE));
	assert_false(dxgk_user_readable(page, PAGE_SIZE + 1));
	assert_false(dxgk_user_readable(page, 2 * PAGE_SIZE));
	assert_false(dxgk_user_writable(page, 2 * PAGE_SIZE));
	assert_false(dxgk_user_readable(page, -1UL));
	assert_false(dxgk_user_writable((void *)-4096UL, 8192));
}

static void single_values_are_read_and_written(void **state)
{
	u32 value = 7, read = 0;

	(void)state;
	assert_int_equal(get_user(read, &value), 0);
	assert_int_equal(read, 7);
	assert_int_equal(put_user(8, &value), 0);
	assert_int_equal(value, 8);
	assert_int_equal(get_user(read, (u32 *)no_page), -EFAULT);
	assert_int_equal(read, 0);
	assert_int_equal(put_user(8, (u64 *)no_page), -EFAULT);
}

static void copies_in_new_memory_are_whole_or_errors(void **state)
{
	char *copy = memdup_user(page, PAGE_SIZE);

	(void)state;
	assert_false(IS_ERR(copy));
	assert_null(memchr_inv(copy, 'u', PAGE_SIZE));
	kfree(copy);
	assert_int_equal(PTR_ERR(memdup_user(page, 2 * PAGE_SIZE)), -EFAULT);
	assert_int_equal(PTR_ERR(memdup_user(page, SIZE_MAX)), -ENOMEM);
	assert_int_equal(PTR_ERR(vmemdup_user(NULL, 1)), -EFAULT);
}

#ifdef __SANITIZE_ADDRESS__
#define ADDRESSES_ARE_CHECKED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESSES_ARE_CHECKED true
#endif
#endif
#ifndef ADDRESSES_ARE_CHECKED
#define ADDRESSES_ARE_CHECKED false
#endif

/* In a child, which must not come back; what it says about it is not shown. */
static void expect_report(void (*copy)(char *block))
{
	int status;
	pid_t child = fork();

	if (!child) {
		close(STDERR_FILENO);
		copy(kmalloc(8, GFP_KERNEL));
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_not_equal(status, 0);
}

static void copy_16_in(char *block)
{
	unsigned long left = copy_from_user(block, page, 16);

	(void)left;
}

static void copy_16_out(char *block)
{
	unsigned long left = copy_to_user(page, block, 16);

	(void)left;
}

static void copies_beyond_the_own_block_are_reported(void **state)
{
	(void)state;
	if (!ADDRESSES_ARE_CHECKED) {
		print_message("skipped: needs the address sanitizer\n");
		skip();
	}
	expect_report(copy_16_in);
	expect_report(copy_16_out);
}

static void *copy_on_this_stack(void *argument)
{
	char user[32] = "of another thread", kernel[32];

	(void)argument;
	assert_int_equal(copy_from_user(kernel, user, sizeof(user)), 0);
	assert_string_equal(kernel, user);
	assert_int_equal(copy_from_user(kernel, no_page, sizeof(user)), 32);
	return NULL;
}

static void every_thread_has_its_own_stack(void **state)
{
	(void)state;
	t_join(t_start(copy_on_this_stack, NULL));
	t_join(t_start(copy_on_this_stack, NULL));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, map_pages, unmap_pages)
#define TEST_REFUSED(name)						\
	{ #name "_when_the_fast_way_is_refused", name,			\
	  map_pages_and_refuse, unmap_pages, NULL }

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_memory_is_copied),
		TEST(nothing_may_be_copied_from_anywhere),
		TEST(bad_addresses_are_faults),
		TEST(a_range_is_copied_up_to_the_missing_page),
		TEST(read_only_memory_is_not_written),
		TEST(probing_tells_what_is_there_and_changes_nothing),
		TEST(single_values_are_read_and_written),
		TEST(copies_in_new_memory_are_whole_or_errors),
		TEST(copies_beyond_the_own_block_are_reported),
		TEST(every_thread_has_its_own_stack),
		TEST_REFUSED(good_memory_is_copied),
		TEST_REFUSED(bad_addresses_are_faults),
		TEST_REFUSED(a_range_is_copied_up_to_the_missing_page),
		TEST_REFUSED(read_only_memory_is_not_written),
		TEST_REFUSED(single_values_are_read_and_written),
	};

	return cmocka_run_group_tests_name("uaccess", tests, NULL, NULL);
}
