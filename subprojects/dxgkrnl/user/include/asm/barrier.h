/* SPDX-License-Identifier: MIT */
/* Order of memory accesses. */
#ifndef DXGK_USER_ASM_BARRIER_H
#define DXGK_USER_ASM_BARRIER_H

#if defined(__SANITIZE_THREAD__)
#define DXGK_USER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define DXGK_USER_TSAN 1
#endif
#endif

#ifdef DXGK_USER_TSAN
/* TSan does not know fences; an access to one common word is as strong. */
extern int dxgk_user_fence_word;
#define dxgk_user_fence(order) \
	((void)__atomic_fetch_add(&dxgk_user_fence_word, 0, __ATOMIC_SEQ_CST))
#else
#define dxgk_user_fence(order)	__atomic_thread_fence(order)
#endif

#define smp_mb()	dxgk_user_fence(__ATOMIC_SEQ_CST)
#define smp_rmb()	dxgk_user_fence(__ATOMIC_ACQUIRE)
#define smp_wmb()	dxgk_user_fence(__ATOMIC_RELEASE)
#define mb()		smp_mb()
#define rmb()		smp_rmb()
#define wmb()		smp_wmb()
#define smp_mb__before_atomic()	smp_mb()
#define smp_mb__after_atomic()	smp_mb()

#define smp_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
#define smp_store_mb(x, v)	__atomic_store_n(&(x), v, __ATOMIC_SEQ_CST)

#endif
