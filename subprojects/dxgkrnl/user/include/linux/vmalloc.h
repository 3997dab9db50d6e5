/* SPDX-License-Identifier: MIT */
/* Allocation of large pieces. */
#ifndef DXGK_USER_VMALLOC_H
#define DXGK_USER_VMALLOC_H

#include <linux/slab.h>

#define vmalloc(size)	kvmalloc(size, GFP_KERNEL)
#define vzalloc(size)	kvzalloc(size, GFP_KERNEL)

#endif
