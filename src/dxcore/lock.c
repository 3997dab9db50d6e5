/* SPDX-License-Identifier: MIT */
/* The two locks of DXCore, and forks. */
#include "lock.h"

#include <stdatomic.h>

static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t enumeration = PTHREAD_MUTEX_INITIALIZER;
static atomic_uint generation;

void dxcore_lock(void)
{
	pthread_mutex_lock(&state);
}

void dxcore_unlock(void)
{
	pthread_mutex_unlock(&state);
}

void dxcore_lock_condition(pthread_cond_t *ret_condition)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(ret_condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

void dxcore_lock_wait(pthread_cond_t *condition, const struct timespec *until)
{
	if (until)
		pthread_cond_timedwait(condition, &state, until);
	else
		pthread_cond_wait(condition, &state);
}

void dxcore_enumeration_lock(void)
{
	pthread_mutex_lock(&enumeration);
}

void dxcore_enumeration_unlock(void)
{
	pthread_mutex_unlock(&enumeration);
}

uint32_t dxcore_generation(void)
{
	return atomic_load_explicit(&generation, memory_order_relaxed);
}

/* A thread that looked at the adapters is not in the child; its lock would stay. */
static void begin_in_child(void)
{
	pthread_mutex_init(&enumeration, NULL);
	atomic_fetch_add_explicit(&generation, 1, memory_order_relaxed);
	dxcore_unlock();
}

/* Never undone: the library is not unloaded. */
__attribute__((constructor)) static void watch_forks(void)
{
	pthread_atfork(dxcore_lock, dxcore_unlock, begin_in_child);
}
