/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/sched/task.h>, as far as the driver uses it. */
#ifndef DXGK_USER_SCHED_TASK_H
#define DXGK_USER_SCHED_TASK_H

#include <linux/sched.h>

#endif
