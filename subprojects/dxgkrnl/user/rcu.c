/* SPDX-License-Identifier: MIT */
/* RCU: readers are counted, and what they may still see is freed later. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <linux/bug.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include <asm/barrier.h>

#include "slice.h"

int dxgk_user_fence_word;

/*
 * Readers count themselves in a stripe, which is a thread's own unless there are
 * very many, so that readers on different processors do not get into each
 * other's way. A stripe has two counts; @phase tells in which of them readers
 * count themselves that come now.
 *
 * A step finds that nobody is in the other count of any stripe, and then changes
 * the phase: from there on the readers of the former phase are waited for, and
 * new ones do not prolong that. A reader may read the phase, be held up, and
 * count itself after the change; so both counts have to be looked at, and what
 * has been taken out of everybody's sight can be freed two steps later.
 *
 * That no reader is overlooked rests on four accesses in one order that all
 * threads agree on (__ATOMIC_SEQ_CST, smp_mb()):
 *
 *   reader: count itself, then load a pointer (rcu_dereference())
 *   writer: change the pointer, then look at the counts
 *
 * If the writer does not see the count, the reader sees the change.
 */
#define STRIPES 64u

struct stripe {
	u64 inside[2];
} __aligned(64);

static struct stripe stripes[STRIPES];
static u64 threads;		/* that have been given a stripe */
static u32 phase;

/* @inside: the count that this thread is in while @depth is not 0. */
struct reader {
	unsigned int depth;
	struct stripe *stripe;
	u64 *inside;
};
static __thread struct reader self;

/* Threads add in front, whoever has the lock takes all. */
static struct rcu_head *waiting;

/*
 * Under @lock: @steps made so far; @young will have waited for one when the next
 * is made, @aged for two. @sleepers wait in synchronize_rcu(). Whoever leaves as
 * a reader and finds @pending, which is set while there is anything to do, looks
 * whether a step can be made now.
 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t reader_left = PTHREAD_COND_INITIALIZER;
static u64 steps;
static struct rcu_head *young;
static struct rcu_head *aged;
static unsigned int sleepers;
static bool pending;

static void add_all(struct rcu_head **list, struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		head->next = *list;
		*list = head;
	}
}

static void free_all(struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		kfree(head->object);
	}
}

/* Before the counts are looked at: a reader that is counted then looks here. */
static void set_pending(void)
{
	__atomic_store_n(&pending, young || aged || sleepers, __ATOMIC_SEQ_CST);
}

/* Those that come now also wait for the next step to begin. */
static void take_waiting(void)
{
	add_all(&young, __atomic_exchange_n(&waiting, NULL, __ATOMIC_SEQ_CST));
	set_pending();
	smp_mb();
}

static bool is_anybody_in(u32 which)
{
	u64 used = __atomic_load_n(&threads, __ATOMIC_SEQ_CST);
	u64 i;

	for (i = 0; i < used && i < STRIPES; i++) {
		if (__atomic_load_n(&stripes[i].inside[which],
				    __ATOMIC_SEQ_CST))
			return true;
	}
	return false;
}

/* False: some reader is still inside. Adds to @done what can be freed now. */
static bool make_step(struct rcu_head **done)
{
	u32 other = !phase;

	if (is_anybody_in(other))
		return false;
	__atomic_store_n(&phase, other, __ATOMIC_SEQ_CST);
	steps++;
	add_all(done, aged);
	aged = young;
	young = NULL;
	return true;
}

/* As far as it goes without waiting. */
static void advance(void)
{
	struct rcu_head *done = NULL;

	pthread_mutex_lock(&lock);
	take_waiting();
	while ((young || aged) && make_step(&done))
		;
	set_pending();
	if (sleepers)
		pthread_cond_broadcast(&reader_left);
	pthread_mutex_unlock(&lock);
	free_all(done);
}

void rcu_read_lock(void)
{
	struct reader *me = &self;
	u64 index;

	if (me->depth++)
		return;
	if (unlikely(!me->stripe)) {
		index = __atomic_fetch_add(&threads, 1, __ATOMIC_SEQ_CST);
		me->stripe = &stripes[index % STRIPES];
	}
	me->inside = &me->stripe->inside[__atomic_load_n(&phase,
							 __ATOMIC_RELAXED)];
	__atomic_fetch_add(me->inside, 1, __ATOMIC_SEQ_CST);
}

void rcu_read_unlock(void)
{
	struct reader *me = &self;

	if (WARN_ON_ONCE(!me->depth) || --me->depth)
		return;
	__atomic_fetch_sub(me->inside, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&pending, __ATOMIC_SEQ_CST))
		advance();
}

bool rcu_read_lock_held(void)
{
	return self.depth > 0;
}

/* Returns what can be freed: all that was given to kfree_rcu() until now. */
static struct rcu_head *wait_for_readers(void)
{
	struct rcu_head *done = NULL;
	u64 last;

	pthread_mutex_lock(&lock);
	sleepers++;
	take_waiting();
	for (last = steps + 2; steps < last;) {
		if (!make_step(&done))
			pthread_cond_wait(&reader_left, &lock);
	}
	sleepers--;
	set_pending();
	pthread_mutex_unlock(&lock);
	return done;
}

void synchronize_rcu(void)
{
	if (!WARN_ON_ONCE(self.depth))
		free_all(wait_for_readers());
}

void rcu_barrier(void)
{
	synchronize_rcu();
}

void dxgk_user_kfree_rcu(struct rcu_head *head, void *object)
{
	head->object = object;
	head->next = READ_ONCE(waiting);
	while (!__atomic_compare_exchange_n(&waiting, &head->next, head, false,
					    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
		;
	advance();
}

/*
 * What waited here is the parent's to free. The lists may have been half changed:
 * they are kept for checkers of leaks only.
 */
static struct rcu_head *volatile left_behind[3];

void dxgk_user_rcu_after_fork(void)
{
	left_behind[0] = waiting;
	left_behind[1] = young;
	left_behind[2] = aged;
	waiting = young = aged = NULL;
	memset(stripes, 0, sizeof(stripes));
	self.depth = 0;
	lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	reader_left = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
	sleepers = 0;
	pending = false;
}
