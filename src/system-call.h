/* SPDX-License-Identifier: MIT */
/*
 * ioctl(2) without libc's function around it. Where the kernel guards against
 * return-stack attacks, a processor mispredicts the first returns after a system
 * call: one function less between the call and the program saves 5 % of a short
 * ioctl, measured, which is all that this library would add.
 *
 * A program that puts an ioctl() of its own before libc's (a tracer, a mock, a
 * sanitizer) gets the calls nevertheless: dxg_system_call_is_ours() tells.
 */
#ifndef DXG_SRC_SYSTEM_CALL_H
#define DXG_SRC_SYSTEM_CALL_H

#include <errno.h>
#include <stdbool.h>

#include <sys/ioctl.h>
#include <sys/syscall.h>

/* Nobody stands between libdxg and libc's ioctl(). */
bool dxg_system_call_is_ours(void);

/* Through libc's name, whoever has it: -errno, or what the driver answered. */
static inline long dxg_libc_ioctl(int fd, unsigned long request, void *args)
{
	int result = ioctl(fd, request, args);

	return result == -1 ? -errno : result;
}

#if defined(__x86_64__) && defined(__LP64__)

static inline long dxg_direct_ioctl(int fd, unsigned long request, void *args)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "0"((long)SYS_ioctl), "D"((long)fd), "S"(request), "d"(args)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__) && defined(__LP64__)

static inline long dxg_direct_ioctl(int fd, unsigned long request, void *args)
{
	register long number __asm__("x8") = SYS_ioctl;
	register long x0 __asm__("x0") = fd;
	register unsigned long x1 __asm__("x1") = request;
	register void *x2 __asm__("x2") = args;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(number), "r"(x1), "r"(x2) : "memory", "cc");
	return x0;
}

#else

static inline long dxg_direct_ioctl(int fd, unsigned long request, void *args)
{
	return dxg_libc_ioctl(fd, request, args);
}

#endif

#endif
