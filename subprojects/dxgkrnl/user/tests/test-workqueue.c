/* SPDX-License-Identifier: MIT */
/* Work done later. */
#include "slice-test.h"

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "slice.h"

struct job {
	struct work_struct work;
	struct completion begin;
	struct completion may_end;
	atomic_t runs;
};

static struct workqueue_struct *queue;

static int make_queue(void **state)
{
	(void)state;
	queue = alloc_workqueue("test-%d", 0, 0, 1);
	return queue ? 0 : -1;
}

static int end_queue(void **state)
{
	(void)state;
	destroy_workqueue(queue);
	return 0;
}

static void count_run(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	atomic_inc(&job->runs);
}

static void run_slowly(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	complete(&job->begin);
	wait_for_completion(&job->may_end);
	atomic_inc(&job->runs);
}

static void job_init(struct job *job, work_func_t run)
{
	INIT_WORK(&job->work, run);
	init_completion(&job->begin);
	init_completion(&job->may_end);
	atomic_set(&job->runs, 0);
}

static void queued_work_is_done(void **state)
{
	struct job job;

	(void)state;
	job_init(&job, count_run);
	assert_true(queue_work(queue, &job.work));
	flush_work(&job.work);
	assert_int_equal(atomic_read(&job.runs), 1);
	assert_false(flush_work(&job.work));
}

static void work_is_queued_once_until_it_begins(void **state)
{
	struct job slow, job;

	(void)state;
	job_init(&slow, run_slowly);
	assert_true(queue_work(queue, &slow.work));
	wait_for_completion(&slow.begin);
	assert_true(queue_work(queue, &slow.work));
	assert_false(queue_work(queue, &slow.work));
	assert_true(work_pending(&slow.work));
	job_init(&job, count_run);
	assert_true(queue_work(queue, &job.work));
	flush_work(&job.work);	/* not behind the slow one */
	complete_all(&slow.may_end);
	flush_work(&slow.work);
	assert_int_equal(atomic_read(&slow.runs), 2);
}

static void ordered_queue_runs_one_after_the_other(void **state)
{
	struct workqueue_struct *ordered = alloc_ordered_workqueue("one", 0);
	struct job slow, job;

	(void)state;
	assert_non_null(ordered);
	job_init(&slow, run_slowly);
	job_init(&job, count_run);
	queue_work(ordered, &slow.work);
	queue_work(ordered, &job.work);
	wait_for_completion(&slow.begin);
	assert_int_equal(atomic_read(&job.runs), 0);
	complete(&slow.may_end);
	flush_workqueue(ordered);
	assert_int_equal(atomic_read(&job.runs), 1);
	destroy_workqueue(ordered);
}

static void cancelled_work_does_not_run(void **state)
{
	struct workqueue_struct *ordered = alloc_ordered_workqueue("one", 0);
	struct job slow, job;

	(void)state;
	job_init(&slow, run_slowly);
	job_init(&job, count_run);
	queue_work(ordered, &slow.work);
	queue_work(ordered, &job.work);
	assert_true(cancel_work_sync(&job.work));
	assert_false(cancel_work_sync(&job.work));
	complete(&slow.may_end);
	wait_for_completion(&slow.begin);
	cancel_work_sync(&slow.work);
	assert_int_equal(atomic_read(&slow.runs), 1);
	destroy_workqueue(ordered);
	assert_int_equal(atomic_read(&job.runs), 0);
}

static void destroying_a_queue_runs_what_is_in_it(void **state)
{
	struct workqueue_struct *ordered = alloc_ordered_workqueue("one", 0);
	struct job jobs[20];
	unsigned int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		job_init(&jobs[i], count_run);
		queue_work(ordered, &jobs[i].work);
	}
	destroy_workqueue(ordered);
	for (i = 0; i < 20; i++)
		assert_int_equal(atomic_read(&jobs[i].runs), 1);
}

static void free_self(struct work_struct *work)
{
	kfree(container_of(work, struct job, work));
}

static void work_may_free_itself(void **state)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	(void)state;
	assert_non_null(job);
	INIT_WORK(&job->work, free_self);
	assert_true(schedule_work(&job->work));
	dxgk_user_workqueue_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queued_work_is_done),
		cmocka_unit_test(work_is_queued_once_until_it_begins),
		cmocka_unit_test(ordered_queue_runs_one_after_the_other),
		cmocka_unit_test(cancelled_work_does_not_run),
		cmocka_unit_test(destroying_a_queue_runs_what_is_in_it),
		cmocka_unit_test(work_may_free_itself),
	};

	return cmocka_run_group_tests_name("workqueue", tests, make_queue,
					   end_queue);
}
