/* SPDX-License-Identifier: MIT */
/* RCU: readers share a lock, and what they may still see is freed later. */
#include <pthread.h>
#include <stdlib.h>

#include <linux/bug.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "slice.h"

int dxgk_user_fence_word;

/*
 * Readers go before writers, as glibc's lock does by default: a reader may wait
 * for a spinlock whose holder becomes a reader. Who could take the lock for
 * writing, if only for a moment, knows that every earlier reader has left.
 */
static pthread_rwlock_t readers = PTHREAD_RWLOCK_INITIALIZER;
static __thread unsigned int depth;

/* What waits to be freed; threads add in front, one takes all. */
static struct rcu_head *waiting;

static void free_all(struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		kfree(head->object);
	}
}

static struct rcu_head *take_waiting(void)
{
	return __atomic_exchange_n(&waiting, NULL, __ATOMIC_ACQ_REL);
}

/*
 * Whoever finds readers leaves it to the last of them: each looks here when it
 * leaves.
 */
static void try_free(void)
{
	struct rcu_head *head;

	if (pthread_rwlock_trywrlock(&readers))
		return;
	head = take_waiting();
	pthread_rwlock_unlock(&readers);
	free_all(head);
}

void rcu_read_lock(void)
{
	if (!depth++)
		pthread_rwlock_rdlock(&readers);
}

void rcu_read_unlock(void)
{
	if (WARN_ON_ONCE(!depth) || --depth)
		return;
	pthread_rwlock_unlock(&readers);
	if (READ_ONCE(waiting))
		try_free();
}

bool rcu_read_lock_held(void)
{
	return depth > 0;
}

void synchronize_rcu(void)
{
	if (WARN_ON_ONCE(depth))
		return;
	pthread_rwlock_wrlock(&readers);
	pthread_rwlock_unlock(&readers);
}

void rcu_barrier(void)
{
	struct rcu_head *head;

	if (WARN_ON_ONCE(depth))
		return;
	pthread_rwlock_wrlock(&readers);
	head = take_waiting();
	pthread_rwlock_unlock(&readers);
	free_all(head);
}

void dxgk_user_kfree_rcu(struct rcu_head *head, void *object)
{
	head->object = object;
	head->next = READ_ONCE(waiting);
	while (!__atomic_compare_exchange_n(&waiting, &head->next, head, false,
					    __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
		;
	try_free();
}

void dxgk_user_rcu_after_fork(void)
{
	readers = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	depth = 0;
}
