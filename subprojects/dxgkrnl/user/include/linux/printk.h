/* SPDX-License-Identifier: MIT */
/* Messages, on standard error. */
#ifndef DXGK_USER_PRINTK_H
#define DXGK_USER_PRINTK_H

#include <linux/compiler.h>

#define KERN_ERR	"3"
#define KERN_WARNING	"4"

void dxgk_user_printk(const char *level, const char *format, ...)
	__printf(2, 3);

#define pr_err(format, ...) \
	dxgk_user_printk(KERN_ERR, format, ##__VA_ARGS__)

#endif
