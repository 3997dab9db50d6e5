/* SPDX-License-Identifier: MIT */
/* The clock, and waits that it ends. */
#include <time.h>

#include "host.h"

#define NS_PER_S	1000000000ull

uint64_t dxghost_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

uint64_t dxghost_gpu_clock(const struct dxghost *host)
{
	return dxghost_now() - host->epoch_ns;
}

void dxghost_cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attr);
	pthread_condattr_destroy(&attr);
}

void dxghost_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *lock,
			     uint64_t deadline_ns)
{
	struct timespec deadline = {
		.tv_sec = (time_t)(deadline_ns / NS_PER_S),
		.tv_nsec = (long)(deadline_ns % NS_PER_S),
	};

	if (deadline_ns == DXGHOST_FOREVER)
		pthread_cond_wait(cond, lock);
	else
		pthread_cond_timedwait(cond, lock, &deadline);
}
