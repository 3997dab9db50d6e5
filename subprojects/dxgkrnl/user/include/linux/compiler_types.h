/* SPDX-License-Identifier: MIT */
/* Attributes, and the marks of address spaces, which mean nothing here. */
#ifndef DXGK_USER_COMPILER_TYPES_H
#define DXGK_USER_COMPILER_TYPES_H

#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __acquire(x)	((void)0)
#define __release(x)	((void)0)
#define __init
#define __exit
#define __ro_after_init
#define __read_mostly
#define __initdata
#undef __counted_by
#define __counted_by(member)

#define __packed		__attribute__((__packed__))
#define __aligned(x)		__attribute__((__aligned__(x)))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define __always_unused		__attribute__((__unused__))
#define __maybe_unused		__attribute__((__unused__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __noreturn		__attribute__((__noreturn__))
#define __cold			__attribute__((__cold__))
#define __weak			__attribute__((__weak__))
#define __malloc		__attribute__((__malloc__))
#ifndef __always_inline
#define __always_inline		inline __attribute__((__always_inline__))
#endif
#undef noinline
#define noinline		__attribute__((__noinline__))
#define fallthrough		__attribute__((__fallthrough__))

#endif
