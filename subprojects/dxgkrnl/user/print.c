/* SPDX-License-Identifier: MIT */
/* Messages and failed checks. */
#include <stdio.h>
#include <stdlib.h>

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/printk.h>

/* One write a line, so that threads do not mix theirs. */
static void __printf(1, 0) print_line(const char *format, va_list args)
{
	char line[512];
	int length = snprintf(line, sizeof(line), "dxg-soft: ");

	vsnprintf(line + length, sizeof(line) - (size_t)length, format, args);
	fputs(line, stderr);
}

void dxgk_user_printk(const char *level, const char *format, ...)
{
	va_list args;

	(void)level;
	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

void dxgk_user_warn(const char *file, int line, const char *format, ...)
{
	va_list args;

	dxgk_user_printk(KERN_WARNING, "warning at %s:%d\n", file, line);
	va_start(args, format);
	print_line(format, args);
	va_end(args);
	if (getenv("DXG_SOFT_PANIC_ON_WARN"))
		abort();
}

void dxgk_user_bug(const char *file, int line)
{
	dxgk_user_printk(KERN_ERR, "bug at %s:%d\n", file, line);
	abort();
}

int scnprintf(char *buf, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	if (!size)
		return 0;
	va_start(args, format);
	length = vsnprintf(buf, size, format, args);
	va_end(args);
	return min_t(int, length, (int)size - 1);
}
