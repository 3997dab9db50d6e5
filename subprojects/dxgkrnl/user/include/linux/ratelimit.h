/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/ratelimit.h>, as far as the driver uses it. */
#ifndef DXGK_USER_RATELIMIT_H
#define DXGK_USER_RATELIMIT_H

#include <linux/printk.h>

#endif
