/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/pfn.h>, as far as the driver uses it. */
#ifndef DXGK_USER_PFN_H
#define DXGK_USER_PFN_H

#include <linux/mm.h>

#endif
