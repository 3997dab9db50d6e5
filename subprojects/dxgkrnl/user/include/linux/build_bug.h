/* SPDX-License-Identifier: MIT */
/* Conditions that must hold when the code is compiled. */
#ifndef DXGK_USER_BUILD_BUG_H
#define DXGK_USER_BUILD_BUG_H

#include <assert.h>

#ifndef static_assert
#define static_assert(expr, ...)	_Static_assert(expr, #expr)
#else
#undef static_assert
#define static_assert(expr, ...) \
	DXGK_USER_STATIC_ASSERT(expr, ##__VA_ARGS__, #expr)
#define DXGK_USER_STATIC_ASSERT(expr, text, ...)	_Static_assert(expr, text)
#endif

#define BUILD_BUG_ON_MSG(condition, text)	_Static_assert(!(condition), text)
#define BUILD_BUG_ON(condition) \
	BUILD_BUG_ON_MSG(condition, "BUILD_BUG_ON: " #condition)
#define BUILD_BUG_ON_ZERO(e) \
	((int)(sizeof(struct { int : (-!!(e)); })))

#endif
