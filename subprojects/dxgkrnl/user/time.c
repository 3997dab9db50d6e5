/* SPDX-License-Identifier: MIT */
/* The clock, and sleeping by it. */
#include <errno.h>
#include <time.h>

#include <linux/delay.h>
#include <linux/ktime.h>

void msleep(unsigned int ms)
{
	usleep_range(ms * 1000UL, ms * 1000UL);
}

void usleep_range(unsigned long least, unsigned long most)
{
	struct timespec left = { .tv_sec = (time_t)(least / USEC_PER_SEC),
				 .tv_nsec = (long)(least % USEC_PER_SEC) *
					    NSEC_PER_USEC };

	(void)most;
	while (nanosleep(&left, &left) && errno == EINTR)
		;
}

ktime_t ktime_get(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (s64)now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}
