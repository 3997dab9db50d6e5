/* SPDX-License-Identifier: MIT */
/* The system's error numbers and those that only the kernel has. */
#ifndef DXGK_USER_ERRNO_H
#define DXGK_USER_ERRNO_H

#include_next <linux/errno.h>

#define ERESTARTSYS	512
#define ERESTARTNOINTR	513
#define EPROBE_DEFER	517
#define ENOTSUPP	524

#endif
