/* SPDX-License-Identifier: MIT */
/* Sizes and offsets of structure members. */
#ifndef DXGK_USER_STDDEF_H
#define DXGK_USER_STDDEF_H

#include_next <linux/stddef.h>

#include <stddef.h>

#define sizeof_field(type, member)	sizeof((((type *)0)->member))
#define offsetofend(type, member) \
	(offsetof(type, member) + sizeof_field(type, member))

#ifndef DECLARE_FLEX_ARRAY
#define DECLARE_FLEX_ARRAY(type, name)	__DECLARE_FLEX_ARRAY(type, name)
#endif

#endif
