/* SPDX-License-Identifier: MIT */
/* Messages, on standard error; debug messages only with DXG_SOFT_DEBUG set. */
#ifndef DXGK_USER_PRINTK_H
#define DXGK_USER_PRINTK_H

#include <linux/compiler.h>
#include <linux/types.h>

#define KERN_ERR	"3"
#define KERN_WARNING	"4"
#define KERN_NOTICE	"5"
#define KERN_INFO	"6"
#define KERN_DEBUG	"7"

#ifndef pr_fmt
#define pr_fmt(format)	format
#endif

void dxgk_user_printk(const char *level, const char *format, ...)
	__printf(2, 3);
bool dxgk_user_debug(void);

/* At most ten lines in five seconds for each place in the code. */
struct dxgk_user_ratelimit {
	u64 begin;	/* in ns, of the interval */
	u32 printed;
};
bool dxgk_user_ratelimit(struct dxgk_user_ratelimit *state);

#define pr_err(format, ...) \
	dxgk_user_printk(KERN_ERR, pr_fmt(format), ##__VA_ARGS__)
#define pr_warn(format, ...) \
	dxgk_user_printk(KERN_WARNING, pr_fmt(format), ##__VA_ARGS__)
#define pr_notice(format, ...) \
	dxgk_user_printk(KERN_NOTICE, pr_fmt(format), ##__VA_ARGS__)
#define pr_info(format, ...) \
	dxgk_user_printk(KERN_INFO, pr_fmt(format), ##__VA_ARGS__)
#define pr_debug(format, ...) do {					\
	if (unlikely(dxgk_user_debug()))				\
		dxgk_user_printk(KERN_DEBUG, pr_fmt(format), ##__VA_ARGS__); \
} while (0)

#define DXGK_USER_RATELIMITED(print, format, ...) do {			\
	static struct dxgk_user_ratelimit ratelimit_;			\
	if (dxgk_user_ratelimit(&ratelimit_))				\
		print(format, ##__VA_ARGS__);				\
} while (0)
#define pr_err_ratelimited(format, ...) \
	DXGK_USER_RATELIMITED(pr_err, format, ##__VA_ARGS__)
#define pr_warn_ratelimited(format, ...) \
	DXGK_USER_RATELIMITED(pr_warn, format, ##__VA_ARGS__)
#define pr_info_ratelimited(format, ...) \
	DXGK_USER_RATELIMITED(pr_info, format, ##__VA_ARGS__)
#define pr_debug_ratelimited(format, ...) \
	DXGK_USER_RATELIMITED(pr_debug, format, ##__VA_ARGS__)

#define DXGK_USER_ONCE(print, format, ...) do {				\
	static int once_;						\
	if (!__atomic_exchange_n(&once_, 1, __ATOMIC_RELAXED))		\
		print(format, ##__VA_ARGS__);				\
} while (0)
#define pr_err_once(format, ...) DXGK_USER_ONCE(pr_err, format, ##__VA_ARGS__)
#define pr_warn_once(format, ...) \
	DXGK_USER_ONCE(pr_warn, format, ##__VA_ARGS__)

#endif
