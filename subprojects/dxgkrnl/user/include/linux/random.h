/* SPDX-License-Identifier: MIT */
/* Numbers that nobody can guess. */
#ifndef DXGK_USER_RANDOM_H
#define DXGK_USER_RANDOM_H

#include_next <linux/random.h>

#include <linux/types.h>

void get_random_bytes(void *buf, size_t size);

static inline u32 get_random_u32(void)
{
	u32 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}

static inline u64 get_random_u64(void)
{
	u64 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}

#endif
