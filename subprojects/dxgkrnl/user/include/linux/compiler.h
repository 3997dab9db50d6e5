/* SPDX-License-Identifier: MIT */
/* Annotations and single accesses that the compiler may not split or repeat. */
#ifndef DXGK_USER_COMPILER_H
#define DXGK_USER_COMPILER_H

#include <linux/compiler_types.h>

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

#define barrier()	__asm__ __volatile__("" : : : "memory")
#define unreachable()	__builtin_unreachable()

/*
 * Atomic on purpose: what the kernel calls a marked access is for the C
 * language, and so for TSan, a relaxed atomic one. Scalars and pointers only.
 */
#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, value)	__atomic_store_n(&(x), (value), __ATOMIC_RELAXED)

#define data_race(expr)		(expr)

#endif
