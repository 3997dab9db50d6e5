/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/math64.h>, as far as the driver uses it. */
#ifndef DXGK_USER_MATH64_H
#define DXGK_USER_MATH64_H

#include <linux/math.h>

#endif
