/* SPDX-License-Identifier: MIT */
/*
 * The two locks of DXCore, and forks.
 *
 * The state lock is held for moments: no call to the driver, and no callback, is
 * made under it, so that a fork, which takes it, never waits for a host. The
 * enumeration lock keeps one look at the machine's adapters from overtaking
 * another; it is taken first.
 */
#ifndef DXG_SRC_DXCORE_LOCK_H
#define DXG_SRC_DXCORE_LOCK_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

void dxcore_lock(void);
void dxcore_unlock(void);

/*
 * Gives the state lock up until @condition, made by the first, is signalled; or
 * until a moment of CLOCK_MONOTONIC, unless NULL.
 */
void dxcore_lock_condition(pthread_cond_t *ret_condition);
void dxcore_lock_wait(pthread_cond_t *condition, const struct timespec *until);

void dxcore_enumeration_lock(void);
void dxcore_enumeration_unlock(void);

/* Another number in a forked child than in its parent. */
uint32_t dxcore_generation(void);

#endif
