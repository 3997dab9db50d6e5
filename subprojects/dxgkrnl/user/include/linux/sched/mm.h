/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/sched/mm.h>, as far as the driver uses it. */
#ifndef DXGK_USER_SCHED_MM_H
#define DXGK_USER_SCHED_MM_H

#include <linux/sched.h>

#endif
