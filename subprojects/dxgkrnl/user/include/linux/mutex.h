/* SPDX-License-Identifier: MIT */
/* Sleeping locks. */
#ifndef DXGK_USER_MUTEX_H
#define DXGK_USER_MUTEX_H

#include <pthread.h>

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/types.h>

/* @owner is written and read by the holder only, for lockdep_assert_held(). */
struct mutex {
	pthread_mutex_t lock;
	void *owner;
};

#define __MUTEX_INITIALIZER(name) \
	{ .lock = PTHREAD_MUTEX_INITIALIZER, .owner = NULL }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

static inline void mutex_init(struct mutex *mutex)
{
	pthread_mutex_init(&mutex->lock, NULL);
	WRITE_ONCE(mutex->owner, NULL);
}

static inline void mutex_destroy(struct mutex *mutex)
{
	pthread_mutex_destroy(&mutex->lock);
}

static inline void mutex_lock(struct mutex *mutex)
{
	pthread_mutex_lock(&mutex->lock);
	WRITE_ONCE(mutex->owner, &dxgk_user_self);
}

static inline int mutex_trylock(struct mutex *mutex)
{
	if (pthread_mutex_trylock(&mutex->lock))
		return 0;
	WRITE_ONCE(mutex->owner, &dxgk_user_self);
	return 1;
}

static inline void mutex_unlock(struct mutex *mutex)
{
	WRITE_ONCE(mutex->owner, NULL);
	pthread_mutex_unlock(&mutex->lock);
}

/* No signal interrupts the driver here. */
static inline int __must_check mutex_lock_interruptible(struct mutex *mutex)
{
	mutex_lock(mutex);
	return 0;
}

static inline int __must_check mutex_lock_killable(struct mutex *mutex)
{
	mutex_lock(mutex);
	return 0;
}

static inline bool mutex_is_locked(struct mutex *mutex)
{
	return READ_ONCE(mutex->owner) != NULL;
}

#define mutex_lock_nested(mutex, subclass)	mutex_lock(mutex)

#endif
