/* SPDX-License-Identifier: MIT */
/* What every kernel file expects to be there. */
#ifndef DXGK_USER_KERNEL_H
#define DXGK_USER_KERNEL_H

#include <stdarg.h>
#include <stdio.h>

#include <linux/align.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/container_of.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define ARRAY_SIZE(a)							\
	(sizeof(a) / sizeof((a)[0]) +					\
	 BUILD_BUG_ON_ZERO(__builtin_types_compatible_p(		\
		 __typeof__(a), __typeof__(&(a)[0]))))

#define upper_32_bits(n)	((u32)((u64)(n) >> 32))
#define lower_32_bits(n)	((u32)((n) & 0xffffffffu))

#define u64_to_user_ptr(x)	((void __user *)(uintptr_t)(u64)(x))
#define ptr_to_user_u64(p)	((u64)(uintptr_t)(p))

#define might_sleep()		do { } while (0)
#define might_fault()		do { } while (0)

/* As snprintf(), but answers what was written. */
int scnprintf(char *buf, size_t size, const char *format, ...) __printf(3, 4);

#endif
