/* SPDX-License-Identifier: MIT */
/* Sleeping and being woken: wait queues, completions, semaphores' set-up. */
#include <time.h>

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/rwsem.h>
#include <linux/wait.h>

#include "slice.h"

static struct timespec to_timespec(s64 ns)
{
	return (struct timespec){ .tv_sec = ns / NSEC_PER_SEC,
				  .tv_nsec = ns % NSEC_PER_SEC };
}

/* False when the time has come; @until as for dxgk_user_wait(). */
static bool cond_wait(pthread_cond_t *cond, pthread_mutex_t *lock, s64 until)
{
	struct timespec end;

	if (until == S64_MAX) {
		pthread_cond_wait(cond, lock);
		return true;
	}
	end = to_timespec(until);
	return pthread_cond_clockwait(cond, lock, CLOCK_MONOTONIC, &end) == 0;
}

s64 dxgk_user_deadline(long timeout)
{
	s64 ns;

	if (timeout == MAX_SCHEDULE_TIMEOUT ||
	    __builtin_mul_overflow((s64)timeout, NSEC_PER_SEC / HZ, &ns) ||
	    __builtin_add_overflow(ns, ktime_get(), &ns))
		return S64_MAX;
	return ns;
}

long dxgk_user_time_left(s64 deadline)
{
	if (deadline == S64_MAX)
		return MAX_SCHEDULE_TIMEOUT;
	return max(1L, (long)((deadline - ktime_get()) * HZ / NSEC_PER_SEC));
}

void init_waitqueue_head(struct wait_queue_head *wq)
{
	pthread_mutex_init(&wq->lock, NULL);
	pthread_cond_init(&wq->changed, NULL);
	wq->wakeups = 0;
	wq->waiting = 0;
}

void dxgk_user_wake_up(struct wait_queue_head *wq)
{
	pthread_mutex_lock(&wq->lock);
	wq->wakeups++;
	if (wq->waiting)
		pthread_cond_broadcast(&wq->changed);
	pthread_mutex_unlock(&wq->lock);
}

u32 dxgk_user_wait_begin(struct wait_queue_head *wq)
{
	u32 wakeups;

	pthread_mutex_lock(&wq->lock);
	wakeups = wq->wakeups;
	pthread_mutex_unlock(&wq->lock);
	return wakeups;
}

bool dxgk_user_wait(struct wait_queue_head *wq, u32 wakeups, s64 until)
{
	bool in_time = true;

	pthread_mutex_lock(&wq->lock);
	wq->waiting++;
	while (wq->wakeups == wakeups && in_time)
		in_time = cond_wait(&wq->changed, &wq->lock, until);
	wq->waiting--;
	pthread_mutex_unlock(&wq->lock);
	return in_time;
}

/* Waits that are still to be interrupted. */
static u32 interrupts;

void dxgk_user_interrupt_waits(u32 count)
{
	WRITE_ONCE(interrupts, count);
}

static bool take_interrupt(void)
{
	u32 left = READ_ONCE(interrupts);

	while (left) {
		if (__atomic_compare_exchange_n(&interrupts, &left, left - 1,
						false, __ATOMIC_RELAXED,
						__ATOMIC_RELAXED))
			return true;
	}
	return false;
}

void init_completion(struct completion *completion)
{
	pthread_mutex_init(&completion->lock, NULL);
	pthread_cond_init(&completion->changed, NULL);
	completion->done = 0;
}

void reinit_completion(struct completion *completion)
{
	pthread_mutex_lock(&completion->lock);
	completion->done = 0;
	pthread_mutex_unlock(&completion->lock);
}

/*
 * The waiter may free the completion as soon as the lock is free, so nothing
 * is done behind that.
 */
void complete(struct completion *completion)
{
	pthread_mutex_lock(&completion->lock);
	if (completion->done != U32_MAX)
		completion->done++;
	pthread_cond_signal(&completion->changed);
	pthread_mutex_unlock(&completion->lock);
}

void complete_all(struct completion *completion)
{
	pthread_mutex_lock(&completion->lock);
	completion->done = U32_MAX;
	pthread_cond_broadcast(&completion->changed);
	pthread_mutex_unlock(&completion->lock);
}

bool completion_done(struct completion *completion)
{
	bool done;

	pthread_mutex_lock(&completion->lock);
	done = completion->done != 0;
	pthread_mutex_unlock(&completion->lock);
	return done;
}

static bool completion_take(struct completion *completion, s64 until)
{
	bool in_time = true;
	bool done;

	pthread_mutex_lock(&completion->lock);
	while (!completion->done && in_time)
		in_time = cond_wait(&completion->changed, &completion->lock,
				    until);
	done = completion->done != 0;
	if (done && completion->done != U32_MAX)
		completion->done--;
	pthread_mutex_unlock(&completion->lock);
	return done;
}

bool try_wait_for_completion(struct completion *completion)
{
	return completion_take(completion, 0);
}

void wait_for_completion(struct completion *completion)
{
	completion_take(completion, S64_MAX);
}

unsigned long wait_for_completion_timeout(struct completion *completion,
					  unsigned long timeout)
{
	s64 until = dxgk_user_deadline((long)min(timeout, (unsigned long)LONG_MAX));

	if (!completion_take(completion, until))
		return 0;
	return (unsigned long)dxgk_user_time_left(until);
}

void init_rwsem(struct rw_semaphore *sem)
{
	sem->lock = (pthread_rwlock_t)
		PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
}

int wait_for_completion_interruptible(struct completion *completion)
{
	if (try_wait_for_completion(completion))
		return 0;
	if (take_interrupt())
		return -ERESTARTSYS;
	wait_for_completion(completion);
	return 0;
}
