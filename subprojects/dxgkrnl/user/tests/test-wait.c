/* SPDX-License-Identifier: MIT */
/* Wait queues, completions, semaphores, and reference counts under locks. */
#include "slice-test.h"

#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/limits.h>
#include <linux/rwsem.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int ready;

static void *say_ready(void *argument)
{
	(void)argument;
	WRITE_ONCE(ready, 1);
	wake_up(&queue);
	return NULL;
}

static void wait_for_a_true_condition_returns_at_once(void **state)
{
	(void)state;
	wait_event(queue, true);
	assert_int_equal(wait_event_interruptible(queue, true), 0);
	assert_true(wait_event_timeout(queue, true, 0) >= 1);
}

static void wait_ends_when_the_condition_comes_true(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 200; i++) {
		pthread_t thread;

		WRITE_ONCE(ready, 0);
		thread = t_start(say_ready, NULL);
		assert_int_equal(wait_event_killable(queue, READ_ONCE(ready)), 0);
		t_join(thread);
	}
}

static void wake_up_with_a_false_condition_ends_no_wait(void **state)
{
	long left;

	(void)state;
	wake_up(&queue);
	left = wait_event_timeout(queue, false, msecs_to_jiffies(20));
	assert_int_equal(left, 0);
}

static void timed_wait_takes_its_time(void **state)
{
	ktime_t begin = ktime_get();

	(void)state;
	assert_int_equal(wait_event_timeout(queue, false, HZ / 20), 0);
	assert_true(ktime_sub(ktime_get(), begin) >= 50 * NSEC_PER_MSEC);
}

static int turn;

static void *take_turns(void *argument)
{
	int mine = (int)(long)argument;
	int i;

	for (i = 0; i < 500; i++) {
		wait_event(queue, smp_load_acquire(&turn) % 3 == mine);
		smp_store_release(&turn, turn + 1);
		wake_up_all(&queue);
	}
	return NULL;
}

static void no_wake_up_is_lost_among_three(void **state)
{
	pthread_t threads[3];
	long i;

	(void)state;
	turn = 0;
	for (i = 0; i < 3; i++)
		threads[i] = t_start(take_turns, (void *)i);
	for (i = 0; i < 3; i++)
		t_join(threads[i]);
	assert_int_equal(turn, 1500);
}

static void *complete_one(void *completion)
{
	complete(completion);
	return NULL;
}

/* The completion is gone as soon as the wait is over. */
static void completion_may_die_after_its_wait(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 200; i++) {
		struct completion *done = malloc(sizeof(*done));
		pthread_t thread;

		assert_non_null(done);
		init_completion(done);
		thread = t_start(complete_one, done);
		wait_for_completion(done);
		free(done);
		t_join(thread);
	}
}

static void completion_counts(void **state)
{
	DECLARE_COMPLETION_ONSTACK(done);

	(void)state;
	assert_false(try_wait_for_completion(&done));
	complete(&done);
	complete(&done);
	assert_true(completion_done(&done));
	wait_for_completion(&done);
	assert_int_equal(wait_for_completion_interruptible(&done), 0);
	assert_false(completion_done(&done));
	assert_int_equal(wait_for_completion_timeout(&done, 5), 0);
	complete_all(&done);
	wait_for_completion(&done);
	wait_for_completion(&done);
	reinit_completion(&done);
	assert_false(try_wait_for_completion(&done));
}

static struct rw_semaphore sem;
static int guarded, writer_in;

static void *write_guarded(void *argument)
{
	int i;

	(void)argument;
	for (i = 0; i < 300; i++) {
		down_write(&sem);
		guarded++;
		up_write(&sem);
	}
	return NULL;
}

static void writers_exclude_each_other(void **state)
{
	pthread_t threads[2];

	(void)state;
	init_rwsem(&sem);
	guarded = 0;
	threads[0] = t_start(write_guarded, NULL);
	threads[1] = t_start(write_guarded, NULL);
	t_join(threads[0]);
	t_join(threads[1]);
	assert_int_equal(guarded, 600);
}

static void *write_once(void *argument)
{
	(void)argument;
	down_write(&sem);
	WRITE_ONCE(writer_in, 1);
	up_write(&sem);
	return NULL;
}

/* Two readers that overlap for ever would keep out an unlucky writer. */
static void *read_in_turns(void *argument)
{
	(void)argument;
	while (!READ_ONCE(writer_in)) {
		down_read(&sem);
		usleep(2000);
		up_read(&sem);
	}
	return NULL;
}

static void writer_gets_in_between_readers(void **state)
{
	pthread_t threads[4];
	unsigned int i;

	(void)state;
	init_rwsem(&sem);
	writer_in = 0;
	for (i = 0; i < 3; i++)
		threads[i] = t_start(read_in_turns, NULL);
	usleep(10000);
	threads[3] = t_start(write_once, NULL);
	for (i = 0; i < 4; i++)
		t_join(threads[i]);
	assert_int_equal(writer_in, 1);
}

static void readers_share_and_keep_writers_out(void **state)
{
	(void)state;
	init_rwsem(&sem);
	down_read(&sem);
	assert_int_equal(down_read_trylock(&sem), 1);
	assert_int_equal(down_write_trylock(&sem), 0);
	up_read(&sem);
	up_read(&sem);
	assert_int_equal(down_write_trylock(&sem), 1);
	assert_int_equal(down_read_trylock(&sem), 0);
	up_write(&sem);
}

static DEFINE_MUTEX(lock);
static int released;

static void release_unlocking(struct kref *kref)
{
	(void)kref;
	lockdep_assert_held(&lock);
	released++;
	mutex_unlock(&lock);
}

static void last_reference_goes_under_the_lock(void **state)
{
	struct kref kref;

	(void)state;
	kref_init(&kref);
	kref_get(&kref);
	assert_int_equal(kref_put_mutex(&kref, release_unlocking, &lock), 0);
	assert_false(mutex_is_locked(&lock));
	assert_int_equal(kref_put_mutex(&kref, release_unlocking, &lock), 1);
	assert_int_equal(released, 1);
	assert_false(mutex_is_locked(&lock));
	assert_false(kref_get_unless_zero(&kref));
}

static void *is_held(void *argument)
{
	(void)argument;
	return (void *)(long)lockdep_is_held(&lock);
}

static void a_lock_is_held_by_its_owner_only(void **state)
{
	(void)state;
	mutex_lock(&lock);
	assert_true(lockdep_is_held(&lock));
	assert_null(t_join(t_start(is_held, NULL)));
	mutex_unlock(&lock);
	assert_false(lockdep_is_held(&lock));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wait_for_a_true_condition_returns_at_once),
		cmocka_unit_test(wait_ends_when_the_condition_comes_true),
		cmocka_unit_test(wake_up_with_a_false_condition_ends_no_wait),
		cmocka_unit_test(timed_wait_takes_its_time),
		cmocka_unit_test(no_wake_up_is_lost_among_three),
		cmocka_unit_test(completion_may_die_after_its_wait),
		cmocka_unit_test(completion_counts),
		cmocka_unit_test(writers_exclude_each_other),
		cmocka_unit_test(writer_gets_in_between_readers),
		cmocka_unit_test(readers_share_and_keep_writers_out),
		cmocka_unit_test(last_reference_goes_under_the_lock),
		cmocka_unit_test(a_lock_is_held_by_its_owner_only),
	};

	return cmocka_run_group_tests_name("wait", tests, NULL, NULL);
}
