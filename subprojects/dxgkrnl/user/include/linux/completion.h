/* SPDX-License-Identifier: MIT */
/* "It is done", said once for each waiter or for all. */
#ifndef DXGK_USER_COMPLETION_H
#define DXGK_USER_COMPLETION_H

#include <pthread.h>

#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/types.h>

/* @done: how many waiters may still go on, U32_MAX: all, for good. */
struct completion {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	u32 done;
};

#define COMPLETION_INITIALIZER(name)					\
	{ .lock = PTHREAD_MUTEX_INITIALIZER,				\
	  .changed = PTHREAD_COND_INITIALIZER }
#define DECLARE_COMPLETION(name) \
	struct completion name = COMPLETION_INITIALIZER(name)
#define DECLARE_COMPLETION_ONSTACK(name)	DECLARE_COMPLETION(name)

void init_completion(struct completion *completion);
void reinit_completion(struct completion *completion);
void complete(struct completion *completion);
void complete_all(struct completion *completion);
bool completion_done(struct completion *completion);
bool try_wait_for_completion(struct completion *completion);
void wait_for_completion(struct completion *completion);
/* Jiffies left, at least 1; 0 when the time was over. */
unsigned long wait_for_completion_timeout(struct completion *completion,
					  unsigned long timeout);

/* -ERESTARTSYS where a test wants it: see dxgk_user_interrupt_waits(). */
int __must_check wait_for_completion_interruptible(struct completion *completion);

/* No signal interrupts the driver here. */
static inline int __must_check
wait_for_completion_killable(struct completion *completion)
{
	wait_for_completion(completion);
	return 0;
}

static inline long __must_check
wait_for_completion_killable_timeout(struct completion *completion,
				     unsigned long timeout)
{
	return (long)wait_for_completion_timeout(completion, timeout);
}

static inline long __must_check
wait_for_completion_interruptible_timeout(struct completion *completion,
					  unsigned long timeout)
{
	return (long)wait_for_completion_timeout(completion, timeout);
}

#endif
