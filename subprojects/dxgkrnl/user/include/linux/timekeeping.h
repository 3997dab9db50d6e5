/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/timekeeping.h>, as far as the driver uses it. */
#ifndef DXGK_USER_TIMEKEEPING_H
#define DXGK_USER_TIMEKEEPING_H

#include <linux/ktime.h>

#endif
