/* SPDX-License-Identifier: MIT */
/* Coarse time: a jiffy is a millisecond here. */
#ifndef DXGK_USER_JIFFIES_H
#define DXGK_USER_JIFFIES_H

#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/types.h>

#define HZ			1000
#define MAX_SCHEDULE_TIMEOUT	LONG_MAX
#define jiffies	((unsigned long)(ktime_get() / NSEC_PER_MSEC))

static inline unsigned long msecs_to_jiffies(unsigned int ms)
{
	return ms;
}

static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return (unsigned int)j;
}

/* ktime when a timeout of so many jiffies ends. */
s64 dxgk_user_deadline(long timeout);
/* Jiffies until then, at least 1. */
long dxgk_user_time_left(s64 deadline);

#endif
