/* SPDX-License-Identifier: MIT */
/* Readers without a lock, eventfds, and what else the driver leans on. */
#include "slice-test.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <linux/completion.h>
#include <linux/eventfd.h>
#include <linux/jiffies.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "slice.h"

struct object {
	int value;
	struct rcu_head rcu;
};

static struct object *current_object;
static int reading;

static struct object *new_object(int value)
{
	struct object *object = kmalloc(sizeof(*object), GFP_KERNEL);

	assert_non_null(object);
	object->value = value;
	return object;
}

static void *read_objects(void *argument)
{
	int last = 0;

	(void)argument;
	while (READ_ONCE(reading)) {
		struct object *object;

		rcu_read_lock();
		rcu_read_lock();
		object = rcu_dereference(current_object);
		assert_true(object->value >= last);
		last = object->value;
		rcu_read_unlock();
		assert_int_equal(object->value, last);
		rcu_read_unlock();
	}
	return NULL;
}

/* That none is read after it was freed is for the sanitizers to see. */
static void objects_live_until_their_readers_have_left(void **state)
{
	pthread_t readers[2];
	struct object *old;
	int i;

	(void)state;
	current_object = new_object(0);
	reading = 1;
	readers[0] = t_start(read_objects, NULL);
	readers[1] = t_start(read_objects, NULL);
	for (i = 1; i < 3000; i++) {
		old = rcu_replace_pointer(current_object, new_object(i), true);
		if (i % 100) {
			kfree_rcu(old, rcu);
		} else {
			synchronize_rcu();
			kfree(old);
		}
	}
	WRITE_ONCE(reading, 0);
	t_join(readers[0]);
	t_join(readers[1]);
	kfree_rcu(current_object, rcu);
	rcu_barrier();
}

static DECLARE_COMPLETION(inside);
static DECLARE_COMPLETION(may_leave);
static int waited;

static void *stay_inside(void *argument)
{
	(void)argument;
	rcu_read_lock();
	complete(&inside);
	wait_for_completion(&may_leave);
	rcu_read_unlock();
	return NULL;
}

static void *wait_for_readers(void *argument)
{
	(void)argument;
	synchronize_rcu();
	WRITE_ONCE(waited, 1);
	return NULL;
}

static void synchronizing_waits_for_a_reader(void **state)
{
	pthread_t reader = t_start(stay_inside, NULL);
	pthread_t waiter;

	(void)state;
	wait_for_completion(&inside);
	waiter = t_start(wait_for_readers, NULL);
	usleep(20000);
	assert_int_equal(READ_ONCE(waited), 0);
	kfree_rcu(new_object(1), rcu);	/* does not wait */
	rcu_read_lock();		/* nor do new readers */
	assert_true(rcu_read_lock_held());
	rcu_read_unlock();
	complete(&may_leave);
	t_join(reader);
	t_join(waiter);
	assert_int_equal(waited, 1);
	rcu_barrier();
}

/* More than have a place of their own to be counted in. */
#define CROWD 100

static DECLARE_COMPLETION(crowd_inside);
static DECLARE_COMPLETION(one_may_leave);
static int crowd_left;

static void *stay_in_the_crowd(void *argument)
{
	(void)argument;
	rcu_read_lock();
	complete(&crowd_inside);
	wait_for_completion(&one_may_leave);
	__atomic_add_fetch(&crowd_left, 1, __ATOMIC_RELAXED);
	rcu_read_unlock();
	/* those that come later hold nobody up */
	rcu_read_lock();
	rcu_read_unlock();
	return NULL;
}

static void *wait_for_the_crowd(void *argument)
{
	(void)argument;
	synchronize_rcu();
	return (void *)(long)READ_ONCE(crowd_left);
}

static void synchronizing_waits_for_every_reader(void **state)
{
	pthread_t readers[CROWD], waiter;
	int i;

	(void)state;
	for (i = 0; i < CROWD; i++)
		readers[i] = t_start(stay_in_the_crowd, NULL);
	for (i = 0; i < CROWD; i++)
		wait_for_completion(&crowd_inside);
	waiter = t_start(wait_for_the_crowd, NULL);
	for (i = 0; i < CROWD; i++) {
		kfree_rcu(new_object(i), rcu);
		complete(&one_may_leave);
	}
	assert_int_equal((long)t_join(waiter), CROWD);
	for (i = 0; i < CROWD; i++)
		t_join(readers[i]);
	rcu_barrier();
}

static DECLARE_COMPLETION(parent_inside);
static DECLARE_COMPLETION(parent_may_leave);

static void *stay_in_the_parent(void *argument)
{
	(void)argument;
	rcu_read_lock();
	complete(&parent_inside);
	wait_for_completion(&parent_may_leave);
	rcu_read_unlock();
	return NULL;
}

/* It has no such thread, which would never leave. */
static void a_forked_child_waits_for_no_reader_of_its_parent(void **state)
{
	pthread_t reader = t_start(stay_in_the_parent, NULL);
	int status = 0;
	pid_t child;

	(void)state;
	wait_for_completion(&parent_inside);
	kfree_rcu(new_object(1), rcu);
	child = fork();
	if (!child) {
		dxgk_user_rcu_after_fork();
		alarm(60);
		synchronize_rcu();
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	complete(&parent_may_leave);
	t_join(reader);
	rcu_barrier();
}

static void only_an_eventfd_is_taken_for_one(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(PTR_ERR(eventfd_ctx_fdget(ends[1])), -EINVAL);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(PTR_ERR(eventfd_ctx_fdget(ends[1])), -EBADF);
	assert_int_equal(PTR_ERR(eventfd_ctx_fdget(-1)), -EBADF);
}

static void signals_reach_an_eventfd_that_was_duplicated(void **state)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct eventfd_ctx *ctx = eventfd_ctx_fdget(fd);
	int other = dup(fd);
	u64 count = 0;

	(void)state;
	assert_false(IS_ERR(ctx));
	close(fd);
	eventfd_signal(ctx);
	eventfd_signal(ctx);
	assert_int_equal(read(other, &count, sizeof(count)), sizeof(count));
	assert_int_equal(count, 2);
	close(other);
	eventfd_signal(ctx);
	eventfd_ctx_put(ctx);
}

static void signalling_a_full_eventfd_does_not_wait(void **state)
{
	const u64 most = UINT64_MAX - 1;
	int fd = eventfd(0, EFD_CLOEXEC);
	struct eventfd_ctx *ctx = eventfd_ctx_fdget(fd);

	(void)state;
	assert_int_equal(write(fd, &most, sizeof(most)), sizeof(most));
	eventfd_signal(ctx);
	eventfd_ctx_put(ctx);
	close(fd);
}

static void allocations_have_the_kernels_limits(void **state)
{
	char *zeros = kvcalloc(3, 1000, GFP_KERNEL);
	volatile size_t many = 1UL << 62;

	(void)state;
	assert_non_null(zeros);
	assert_null(memchr_inv(zeros, 0, 3000));
	kvfree(zeros);
	assert_null(kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	assert_null(kvmalloc((size_t)INT_MAX + 1, GFP_KERNEL));
	assert_null(kvcalloc(many, 8, GFP_KERNEL));
	kfree(NULL);
}

static void the_nth_allocation_fails(void **state)
{
	void *first, *third;

	(void)state;
	assert_int_equal(dxgk_user_fail_allocation(2), 0);
	first = kmalloc(8, GFP_KERNEL);
	assert_non_null(first);
	assert_null(kmalloc(8, GFP_KERNEL));
	third = kmalloc(8, GFP_KERNEL);
	assert_non_null(third);
	assert_int_equal(dxgk_user_fail_allocation(5), 0);
	assert_int_equal(dxgk_user_fail_allocation(0), 5);
	kfree(first);
	kfree(third);
}

static void strings_are_cut_and_ended(void **state)
{
	char text[5];

	(void)state;
	assert_int_equal(strscpy(text, "four", sizeof(text)), 4);
	assert_string_equal(text, "four");
	assert_int_equal(strscpy(text, "fives", sizeof(text)), -E2BIG);
	assert_string_equal(text, "five");
	assert_int_equal(strscpy(text, "x", 0), -E2BIG);
	assert_int_equal(strscpy_pad(text, "a", sizeof(text)), 1);
	assert_memory_equal(text, "a\0\0\0", 5);
}

static void *own_pid(void *argument)
{
	(void)argument;
	return (void *)(long)current->pid;
}

static void threads_of_a_process_share_its_number(void **state)
{
	(void)state;
	assert_int_equal(current->tgid, getpid());
	assert_int_equal(current->pid, getpid());
	assert_int_equal(pid_nr(task_tgid(current)), getpid());
	assert_true((long)t_join(t_start(own_pid, NULL)) != getpid());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_live_until_their_readers_have_left),
		cmocka_unit_test(synchronizing_waits_for_a_reader),
		cmocka_unit_test(synchronizing_waits_for_every_reader),
		cmocka_unit_test(a_forked_child_waits_for_no_reader_of_its_parent),
		cmocka_unit_test(only_an_eventfd_is_taken_for_one),
		cmocka_unit_test(signals_reach_an_eventfd_that_was_duplicated),
		cmocka_unit_test(signalling_a_full_eventfd_does_not_wait),
		cmocka_unit_test(allocations_have_the_kernels_limits),
		cmocka_unit_test(the_nth_allocation_fails),
		cmocka_unit_test(strings_are_cut_and_ended),
		cmocka_unit_test(threads_of_a_process_share_its_number),
	};

	return cmocka_run_group_tests_name("rcu", tests, NULL, NULL);
}
