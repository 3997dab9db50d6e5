/* SPDX-License-Identifier: MIT */
/* Threads that do queued work: made when needed, ended with their queue. */
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <linux/bug.h>
#include <linux/workqueue.h>

#include "slice.h"

#define WORKERS_MAX	4

struct worker {
	pthread_t thread;
	struct workqueue_struct *queue;
	struct work_struct *running;	/* only to be compared: may be freed */
};

/*
 * @changed: work has come or is done, or the queue is to end. Work that runs
 * may be queued again, but is not run by a second thread meanwhile.
 */
struct workqueue_struct {
	struct list_head node;		/* in queues */
	char name[16];
	struct list_head works;
	unsigned int queued;		/* length of @works */
	pthread_cond_t changed;
	unsigned int workers_max;
	unsigned int worker_count;
	unsigned int idle;
	bool ending;
	struct worker workers[WORKERS_MAX];
};

/* One lock for all queues: work can move from one to another. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(queues);
static struct workqueue_struct *system_queue;

static bool is_running(struct workqueue_struct *queue, struct work_struct *work)
{
	unsigned int i;

	for (i = 0; i < queue->worker_count; i++)
		if (queue->workers[i].running == work)
			return true;
	return false;
}

static struct work_struct *next_work(struct workqueue_struct *queue)
{
	struct work_struct *work;

	list_for_each_entry(work, &queue->works, entry)
		if (!is_running(queue, work))
			return work;
	return NULL;
}

static void take_out(struct work_struct *work)
{
	list_del_init(&work->entry);
	work->queue->queued--;
	work->queue = NULL;
}

static void run_one(struct worker *worker, struct work_struct *work)
{
	take_out(work);
	worker->running = work;
	pthread_mutex_unlock(&lock);
	work->func(work);
	pthread_mutex_lock(&lock);
	worker->running = NULL;
	pthread_cond_broadcast(&worker->queue->changed);
}

static void *worker_main(void *argument)
{
	struct worker *worker = argument;
	struct workqueue_struct *queue = worker->queue;
	struct work_struct *work;

	pthread_mutex_lock(&lock);
	for (;;) {
		work = next_work(queue);
		if (work) {
			run_one(worker, work);
			continue;
		}
		if (queue->ending && list_empty(&queue->works))
			break;
		queue->idle++;
		pthread_cond_wait(&queue->changed, &lock);
		queue->idle--;
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

/*
 * Signals are for the program's own threads. When no thread can be had, the
 * ones that exist have to do, and the first one is made with the queue.
 */
static int add_worker(struct workqueue_struct *queue)
{
	struct worker *worker = &queue->workers[queue->worker_count];
	sigset_t all, before;
	int error;

	worker->queue = queue;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&worker->thread, NULL, worker_main, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		return error;
	pthread_setname_np(worker->thread, queue->name);
	queue->worker_count++;
	return 0;
}

struct workqueue_struct *alloc_workqueue(const char *format, unsigned int flags,
					 int max_active, ...)
{
	struct workqueue_struct *queue = calloc(1, sizeof(*queue));
	va_list args;
	int error;

	if (!queue)
		return NULL;
	va_start(args, max_active);
	vsnprintf(queue->name, sizeof(queue->name), format, args);
	va_end(args);
	INIT_LIST_HEAD(&queue->works);
	pthread_cond_init(&queue->changed, NULL);
	queue->workers_max = flags & DXGK_USER_WQ_ORDERED || max_active == 1 ?
				     1 : WORKERS_MAX;
	pthread_mutex_lock(&lock);
	error = add_worker(queue);
	if (!error)
		list_add_tail(&queue->node, &queues);
	pthread_mutex_unlock(&lock);
	if (error) {
		free(queue);
		return NULL;
	}
	return queue;
}

void destroy_workqueue(struct workqueue_struct *queue)
{
	unsigned int i;

	pthread_mutex_lock(&lock);
	queue->ending = true;
	pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&lock);
	/* Work that is still running may queue more, but adds no worker. */
	for (i = 0; i < queue->worker_count; i++)
		pthread_join(queue->workers[i].thread, NULL);
	pthread_mutex_lock(&lock);
	list_del(&queue->node);
	pthread_mutex_unlock(&lock);
	pthread_cond_destroy(&queue->changed);
	free(queue);
}

bool queue_work(struct workqueue_struct *queue, struct work_struct *work)
{
	bool queued = false;

	pthread_mutex_lock(&lock);
	if (!work->queue) {
		queued = true;
		work->queue = queue;
		list_add_tail(&work->entry, &queue->works);
		queue->queued++;
		if (queue->queued > queue->idle && !queue->ending &&
		    queue->worker_count < queue->workers_max)
			add_worker(queue);
		pthread_cond_broadcast(&queue->changed);
	}
	pthread_mutex_unlock(&lock);
	return queued;
}

static struct workqueue_struct *runs_in(struct work_struct *work)
{
	struct workqueue_struct *queue;

	list_for_each_entry(queue, &queues, node)
		if (is_running(queue, work))
			return queue;
	return NULL;
}

/* Where it waits or runs, or NULL. */
static struct workqueue_struct *busy_in(struct work_struct *work)
{
	return work->queue ? work->queue : runs_in(work);
}

bool flush_work(struct work_struct *work)
{
	struct workqueue_struct *queue;
	bool waited = false;

	pthread_mutex_lock(&lock);
	while ((queue = busy_in(work))) {
		waited = true;
		pthread_cond_wait(&queue->changed, &lock);
	}
	pthread_mutex_unlock(&lock);
	return waited;
}

static bool queue_busy(struct workqueue_struct *queue)
{
	unsigned int i;

	for (i = 0; i < queue->worker_count; i++)
		if (queue->workers[i].running)
			return true;
	return queue->queued > 0;
}

void flush_workqueue(struct workqueue_struct *queue)
{
	pthread_mutex_lock(&lock);
	while (queue_busy(queue))
		pthread_cond_wait(&queue->changed, &lock);
	pthread_mutex_unlock(&lock);
}

bool cancel_work_sync(struct work_struct *work)
{
	struct workqueue_struct *queue;
	bool pending;

	pthread_mutex_lock(&lock);
	pending = work->queue != NULL;
	while (busy_in(work)) {
		if (work->queue)
			take_out(work);
		queue = runs_in(work);
		if (queue)
			pthread_cond_wait(&queue->changed, &lock);
	}
	pthread_mutex_unlock(&lock);
	return pending;
}

bool work_pending(struct work_struct *work)
{
	bool pending;

	pthread_mutex_lock(&lock);
	pending = work->queue != NULL;
	pthread_mutex_unlock(&lock);
	return pending;
}

struct workqueue_struct *dxgk_user_system_wq(void)
{
	static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;
	struct workqueue_struct *queue;

	queue = __atomic_load_n(&system_queue, __ATOMIC_ACQUIRE);
	if (queue)
		return queue;
	pthread_mutex_lock(&making);
	queue = system_queue;
	if (!queue) {
		queue = alloc_workqueue("dxg-events", 0, 0);
		BUG_ON(!queue);
		__atomic_store_n(&system_queue, queue, __ATOMIC_RELEASE);
	}
	pthread_mutex_unlock(&making);
	return queue;
}

void dxgk_user_workqueue_end(void)
{
	struct workqueue_struct *queue = system_queue;

	if (!queue)
		return;
	destroy_workqueue(queue);
	__atomic_store_n(&system_queue, NULL, __ATOMIC_RELEASE);
}

void dxgk_user_workqueue_after_fork(void)
{
	lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	INIT_LIST_HEAD(&queues);
	system_queue = NULL;
}
