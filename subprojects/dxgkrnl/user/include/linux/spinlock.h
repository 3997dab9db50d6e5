/* SPDX-License-Identifier: MIT */
/* Spinlocks, which sleep here: there are no interrupts that must not wait. */
#ifndef DXGK_USER_SPINLOCK_H
#define DXGK_USER_SPINLOCK_H

#include <linux/mutex.h>

typedef struct spinlock {
	pthread_mutex_t lock;
	void *owner;
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name) \
	{ .lock = PTHREAD_MUTEX_INITIALIZER, .owner = NULL }
#define DEFINE_SPINLOCK(name)	spinlock_t name = __SPIN_LOCK_UNLOCKED(name)

static inline void spin_lock_init(spinlock_t *spin)
{
	pthread_mutex_init(&spin->lock, NULL);
	WRITE_ONCE(spin->owner, NULL);
}

static inline void spin_lock(spinlock_t *spin)
{
	pthread_mutex_lock(&spin->lock);
	WRITE_ONCE(spin->owner, &dxgk_user_self);
}

static inline int spin_trylock(spinlock_t *spin)
{
	if (pthread_mutex_trylock(&spin->lock))
		return 0;
	WRITE_ONCE(spin->owner, &dxgk_user_self);
	return 1;
}

static inline void spin_unlock(spinlock_t *spin)
{
	WRITE_ONCE(spin->owner, NULL);
	pthread_mutex_unlock(&spin->lock);
}

static inline int spin_is_locked(spinlock_t *spin)
{
	return READ_ONCE(spin->owner) != NULL;
}

#define spin_lock_irq(spin)		spin_lock(spin)
#define spin_unlock_irq(spin)		spin_unlock(spin)
#define spin_lock_bh(spin)		spin_lock(spin)
#define spin_unlock_bh(spin)		spin_unlock(spin)
#define spin_lock_nested(spin, class)	spin_lock(spin)
#define spin_lock_irqsave(spin, flags) \
	do { (flags) = 0; spin_lock(spin); } while (0)
#define spin_unlock_irqrestore(spin, flags) \
	do { (void)(flags); spin_unlock(spin); } while (0)

#endif
