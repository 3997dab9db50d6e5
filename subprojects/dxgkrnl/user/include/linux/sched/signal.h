/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/sched/signal.h>, as far as the driver uses it. */
#ifndef DXGK_USER_SCHED_SIGNAL_H
#define DXGK_USER_SCHED_SIGNAL_H

#include <linux/sched.h>

#endif
