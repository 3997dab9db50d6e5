/* SPDX-License-Identifier: MIT */
/* Of the lock checker only the one question: does this thread hold it? */
#ifndef DXGK_USER_LOCKDEP_H
#define DXGK_USER_LOCKDEP_H

#include <linux/bug.h>
#include <linux/types.h>

/* Answers for mutexes and spinlocks; reader/writer locks do not record it. */
#define lockdep_assert_held(lock) \
	((void)WARN_ON_ONCE(!dxgk_user_held((lock)->owner)))
#define lockdep_assert_held_write(lock)	((void)(lock))
#define lockdep_assert_held_read(lock)	((void)(lock))
#define lockdep_is_held(lock)		dxgk_user_held((lock)->owner)
#define lockdep_set_class(lock, key)	((void)(lock))

struct lock_class_key {
	char unused;
};

/* Names the running thread; its address is unique among living threads. */
extern __thread char dxgk_user_self;

static inline bool dxgk_user_held(void *const owner)
{
	return owner == &dxgk_user_self;
}

#endif
