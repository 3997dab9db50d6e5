/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/dev_printk.h>, as far as the driver uses it. */
#ifndef DXGK_USER_DEV_PRINTK_H
#define DXGK_USER_DEV_PRINTK_H

#include <linux/device.h>

#endif
