/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/init.h>, as far as the driver uses it. */
#ifndef DXGK_USER_INIT_H
#define DXGK_USER_INIT_H

#include <linux/compiler.h>

#endif
