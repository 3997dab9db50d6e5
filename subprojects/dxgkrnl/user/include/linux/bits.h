/* SPDX-License-Identifier: MIT */
/* Masks. */
#ifndef DXGK_USER_BITS_H
#define DXGK_USER_BITS_H

#include <linux/const.h>

#define BITS_PER_BYTE		8
#define BITS_PER_LONG		(8 * (int)sizeof(long))
#define BITS_PER_LONG_LONG	64
#define BITS_PER_TYPE(type)	(sizeof(type) * BITS_PER_BYTE)

#define BIT(n)			(UL(1) << (n))
#define BIT_ULL(n)		(ULL(1) << (n))
#define GENMASK(high, low) \
	((~UL(0) << (low)) & (~UL(0) >> (BITS_PER_LONG - 1 - (high))))
#define GENMASK_ULL(high, low) \
	((~ULL(0) << (low)) & (~ULL(0) >> (63 - (high))))

#endif
