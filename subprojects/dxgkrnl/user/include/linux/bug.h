/* SPDX-License-Identifier: MIT */
/* Checks at run time: WARN_ON() complains and goes on, BUG_ON() ends it all. */
#ifndef DXGK_USER_BUG_H
#define DXGK_USER_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/minmax.h>
#include <linux/types.h>

/*
 * Writes one line to standard error; with DXG_SOFT_PANIC_ON_WARN in the
 * environment the process is aborted, so that a test cannot miss it.
 */
void dxgk_user_warn(const char *file, int line, const char *format, ...)
	__printf(3, 4) __cold;
void dxgk_user_bug(const char *file, int line) __noreturn __cold;

#define BUG()		dxgk_user_bug(__FILE__, __LINE__)
#define BUG_ON(c)	do { if (unlikely(c)) BUG(); } while (0)

#define WARN(condition, ...) ({						\
	bool warn_hit_ = !!(condition);					\
	if (unlikely(warn_hit_))					\
		dxgk_user_warn(__FILE__, __LINE__, __VA_ARGS__);	\
	unlikely(warn_hit_); })

#define WARN_ON(condition)	WARN(condition, "%s\n", #condition)

#define WARN_ONCE(condition, ...) ({					\
	static int warn_once_;						\
	bool warn_hit_ = !!(condition);					\
	if (unlikely(warn_hit_) &&					\
	    !__atomic_exchange_n(&warn_once_, 1, __ATOMIC_RELAXED))	\
		dxgk_user_warn(__FILE__, __LINE__, __VA_ARGS__);	\
	unlikely(warn_hit_); })

#define WARN_ON_ONCE(condition)	WARN_ONCE(condition, "%s\n", #condition)

#endif
