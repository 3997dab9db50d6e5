/* SPDX-License-Identifier: MIT */
/* Wait queues: sleep until a condition that others change is true. */
#ifndef DXGK_USER_WAIT_H
#define DXGK_USER_WAIT_H

#include_next <linux/wait.h>

#include <pthread.h>

#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/types.h>

/*
 * @wakeups counts the wake-ups. Who waits notes it, looks at the condition, and
 * sleeps only while it has not changed, so a wake-up in between is not lost.
 */
struct wait_queue_head {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	u32 wakeups;
	u32 waiting;
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name)				\
	{ .lock = PTHREAD_MUTEX_INITIALIZER,				\
	  .changed = PTHREAD_COND_INITIALIZER }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

void init_waitqueue_head(struct wait_queue_head *wq);
void dxgk_user_wake_up(struct wait_queue_head *wq);
u32 dxgk_user_wait_begin(struct wait_queue_head *wq);
/* @until: ktime in ns, S64_MAX: for ever. False when the time has come. */
bool dxgk_user_wait(struct wait_queue_head *wq, u32 wakeups, s64 until);

/* Everybody is woken: whose condition is false goes back to sleep. */
#define wake_up(wq)			dxgk_user_wake_up(wq)
#define wake_up_all(wq)			dxgk_user_wake_up(wq)
#define wake_up_interruptible(wq)	dxgk_user_wake_up(wq)
#define wake_up_interruptible_all(wq)	dxgk_user_wake_up(wq)

/* True when the condition came true, false when the time was over. */
#define dxgk_user_wait_event(wq, condition, until) ({			\
	s64 wait_until_ = (until);					\
	bool wait_true_ = !!(condition);				\
	while (!wait_true_) {						\
		u32 wait_seen_ = dxgk_user_wait_begin(&(wq));		\
		wait_true_ = !!(condition);				\
		if (wait_true_)						\
			break;						\
		if (!dxgk_user_wait(&(wq), wait_seen_, wait_until_)) {	\
			wait_true_ = !!(condition);			\
			break;						\
		}							\
	}								\
	wait_true_; })

#define wait_event(wq, condition) \
	((void)dxgk_user_wait_event(wq, condition, S64_MAX))

/* No signal interrupts the driver here: these always answer 0. */
#define wait_event_interruptible(wq, condition) \
	({ wait_event(wq, condition); 0; })
#define wait_event_killable(wq, condition) \
	({ wait_event(wq, condition); 0; })

/* Jiffies left, at least 1 when the condition is true; 0: it is not. */
#define wait_event_timeout(wq, condition, timeout) ({			\
	s64 wait_end_ = dxgk_user_deadline(timeout);			\
	dxgk_user_wait_event(wq, condition, wait_end_) ?		\
		dxgk_user_time_left(wait_end_) : 0L; })
#define wait_event_interruptible_timeout(wq, condition, timeout) \
	wait_event_timeout(wq, condition, timeout)
#define wait_event_killable_timeout(wq, condition, timeout) \
	wait_event_timeout(wq, condition, timeout)

#endif
