/* SPDX-License-Identifier: MIT */
/* Divisions and multiples. */
#ifndef DXGK_USER_MATH_H
#define DXGK_USER_MATH_H

#include <linux/types.h>

#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define DIV_ROUND_UP_ULL(n, d)	DIV_ROUND_UP((unsigned long long)(n), d)
#define roundup(x, y) ({						\
	__typeof__(y) roundup_y_ = (y);					\
	(((x) + (roundup_y_ - 1)) / roundup_y_) * roundup_y_; })
#define rounddown(x, y) ({						\
	__typeof__(x) rounddown_x_ = (x);				\
	rounddown_x_ - (rounddown_x_ % (y)); })

/* For powers of two. */
#define round_mask_(x, y)	((__typeof__(x))((y) - 1))
#define round_up(x, y)		((((x) - 1) | round_mask_(x, y)) + 1)
#define round_down(x, y)	((x) & ~round_mask_(x, y))

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

#endif
