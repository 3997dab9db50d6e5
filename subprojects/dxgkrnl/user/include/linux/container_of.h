/* SPDX-License-Identifier: MIT */
/* From a member to the structure that it is in. */
#ifndef DXGK_USER_CONTAINER_OF_H
#define DXGK_USER_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/stddef.h>

#define container_of(ptr, type, member) ({				\
	void *member_ = (void *)(ptr);					\
	_Static_assert(__builtin_types_compatible_p(			\
			       __typeof__(*(ptr)),			\
			       __typeof__(((type *)0)->member)) ||	\
		       __builtin_types_compatible_p(			\
			       __typeof__(*(ptr)), void),		\
		       "container_of: pointer of another type");	\
	(type *)((char *)member_ - offsetof(type, member)); })

#endif
