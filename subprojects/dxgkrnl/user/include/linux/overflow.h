/* SPDX-License-Identifier: MIT */
/* Arithmetic that says when it does not fit. */
#ifndef DXGK_USER_OVERFLOW_H
#define DXGK_USER_OVERFLOW_H

#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/types.h>

static inline bool __must_check dxgk_user_must_check(bool overflow)
{
	return unlikely(overflow);
}

#define check_add_overflow(a, b, d) \
	dxgk_user_must_check(__builtin_add_overflow(a, b, d))
#define check_sub_overflow(a, b, d) \
	dxgk_user_must_check(__builtin_sub_overflow(a, b, d))
#define check_mul_overflow(a, b, d) \
	dxgk_user_must_check(__builtin_mul_overflow(a, b, d))

/* These stay at SIZE_MAX, which no allocation gets. */
static inline size_t __must_check size_mul(size_t a, size_t b)
{
	size_t bytes;

	return check_mul_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_add(size_t a, size_t b)
{
	size_t bytes;

	return check_add_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_sub(size_t a, size_t b)
{
	size_t bytes;

	if (a == SIZE_MAX || b == SIZE_MAX || check_sub_overflow(a, b, &bytes))
		return SIZE_MAX;
	return bytes;
}

#define array_size(a, b)	size_mul(a, b)
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)

#define flex_array_size(p, member, count) \
	size_mul(count, sizeof(*(p)->member))
#define struct_size(p, member, count) \
	size_add(offsetof(__typeof__(*(p)), member) > sizeof(*(p)) ? \
			 offsetof(__typeof__(*(p)), member) : sizeof(*(p)), \
		 flex_array_size(p, member, count))
#define struct_size_t(type, member, count) \
	struct_size((type *)NULL, member, count)

#endif
