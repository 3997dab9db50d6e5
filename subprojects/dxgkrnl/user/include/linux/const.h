/* SPDX-License-Identifier: MIT */
/* Constants with a type, for C. */
#ifndef DXGK_USER_CONST_H
#define DXGK_USER_CONST_H

#include_next <linux/const.h>

#define UL(x)	(_UL(x))
#define ULL(x)	(_ULL(x))

#endif
