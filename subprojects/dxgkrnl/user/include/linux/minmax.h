/* SPDX-License-Identifier: MIT */
/* The smaller, the larger, and what lies between; arguments evaluated once. */
#ifndef DXGK_USER_MINMAX_H
#define DXGK_USER_MINMAX_H

#include <linux/build_bug.h>

/* Both sides must have one type, as the kernel wants it. */
#define DXGK_USER_PICK(x, op, y) ({					\
	__typeof__(x) pick_x_ = (x);					\
	__typeof__(y) pick_y_ = (y);					\
	(void)(&pick_x_ == &pick_y_);					\
	pick_x_ op pick_y_ ? pick_x_ : pick_y_; })

#define DXGK_USER_PICK_T(type, x, op, y) ({				\
	type pick_x_ = (x);						\
	type pick_y_ = (y);						\
	pick_x_ op pick_y_ ? pick_x_ : pick_y_; })

#define min(x, y)		DXGK_USER_PICK(x, <, y)
#define max(x, y)		DXGK_USER_PICK(x, >, y)
#define min_t(type, x, y)	DXGK_USER_PICK_T(type, x, <, y)
#define max_t(type, x, y)	DXGK_USER_PICK_T(type, x, >, y)
#define min3(x, y, z)		min((__typeof__(x))min(x, y), z)
#define max3(x, y, z)		max((__typeof__(x))max(x, y), z)

#define clamp_t(type, value, low, high) ({				\
	type clamp_v_ = (value);					\
	type clamp_l_ = (low);						\
	type clamp_h_ = (high);						\
	clamp_v_ < clamp_l_ ? clamp_l_ :				\
	clamp_v_ > clamp_h_ ? clamp_h_ : clamp_v_; })
#define clamp(value, low, high) \
	clamp_t(__typeof__(value), value, low, high)

#define swap(a, b) do {							\
	__typeof__(a) swap_ = (a);					\
	(a) = (b);							\
	(b) = swap_; } while (0)

#endif
