/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/compiler_attributes.h>, as far as the driver uses it. */
#ifndef DXGK_USER_COMPILER_ATTRIBUTES_H
#define DXGK_USER_COMPILER_ATTRIBUTES_H

#include <linux/compiler_types.h>

#endif
