/* SPDX-License-Identifier: MIT */
/* Atomic integers and ordered accesses, on the compiler's builtins. */
#ifndef DXGK_USER_ATOMIC_H
#define DXGK_USER_ATOMIC_H

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define ATOMIC_INIT(i)		{ (i) }
#define ATOMIC64_INIT(i)	{ (i) }

/*
 * The kernel's rule: what returns a value is fully ordered, what returns none
 * is not ordered at all.
 */
#define DXGK_USER_ATOMIC(prefix, type, value)				\
static inline value prefix##_read(const type *v)			\
{									\
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);		\
}									\
static inline value prefix##_read_acquire(const type *v)		\
{									\
	return __atomic_load_n(&v->counter, __ATOMIC_ACQUIRE);		\
}									\
static inline void prefix##_set(type *v, value i)			\
{									\
	__atomic_store_n(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static inline void prefix##_set_release(type *v, value i)		\
{									\
	__atomic_store_n(&v->counter, i, __ATOMIC_RELEASE);		\
}									\
static inline void prefix##_add(value i, type *v)			\
{									\
	__atomic_fetch_add(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static inline void prefix##_sub(value i, type *v)			\
{									\
	__atomic_fetch_sub(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static inline void prefix##_inc(type *v)				\
{									\
	prefix##_add(1, v);						\
}									\
static inline void prefix##_dec(type *v)				\
{									\
	prefix##_sub(1, v);						\
}									\
static inline value prefix##_add_return(value i, type *v)		\
{									\
	return __atomic_add_fetch(&v->counter, i, __ATOMIC_SEQ_CST);	\
}									\
static inline value prefix##_sub_return(value i, type *v)		\
{									\
	return __atomic_sub_fetch(&v->counter, i, __ATOMIC_SEQ_CST);	\
}									\
static inline value prefix##_fetch_add(value i, type *v)		\
{									\
	return __atomic_fetch_add(&v->counter, i, __ATOMIC_SEQ_CST);	\
}									\
static inline value prefix##_inc_return(type *v)			\
{									\
	return prefix##_add_return(1, v);				\
}									\
static inline value prefix##_dec_return(type *v)			\
{									\
	return prefix##_sub_return(1, v);				\
}									\
static inline value prefix##_fetch_inc(type *v)				\
{									\
	return prefix##_fetch_add(1, v);				\
}									\
static inline bool prefix##_inc_and_test(type *v)			\
{									\
	return prefix##_add_return(1, v) == 0;				\
}									\
static inline bool prefix##_dec_and_test(type *v)			\
{									\
	return prefix##_sub_return(1, v) == 0;				\
}									\
static inline value prefix##_xchg(type *v, value i)			\
{									\
	return __atomic_exchange_n(&v->counter, i, __ATOMIC_SEQ_CST);	\
}									\
static inline value prefix##_cmpxchg(type *v, value old, value i)	\
{									\
	__atomic_compare_exchange_n(&v->counter, &old, i, false,	\
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	return old;							\
}									\
static inline bool prefix##_try_cmpxchg(type *v, value *old, value i)	\
{									\
	return __atomic_compare_exchange_n(&v->counter, old, i, false,	\
					   __ATOMIC_SEQ_CST,		\
					   __ATOMIC_SEQ_CST);		\
}									\
static inline bool prefix##_add_unless(type *v, value i, value unless)	\
{									\
	value old = prefix##_read(v);					\
									\
	do {								\
		if (old == unless)					\
			return false;					\
	} while (!prefix##_try_cmpxchg(v, &old, old + i));		\
	return true;							\
}									\
static inline bool prefix##_inc_not_zero(type *v)			\
{									\
	return prefix##_add_unless(v, 1, 0);				\
}

DXGK_USER_ATOMIC(atomic, atomic_t, int)
DXGK_USER_ATOMIC(atomic64, atomic64_t, s64)
#undef DXGK_USER_ATOMIC

#define xchg(ptr, value) \
	__atomic_exchange_n(ptr, value, __ATOMIC_SEQ_CST)
#define cmpxchg(ptr, old, value) ({					\
	__typeof__(*(ptr)) cmpxchg_old_ = (old);			\
	__atomic_compare_exchange_n(ptr, &cmpxchg_old_, value, false,	\
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	cmpxchg_old_; })

#endif
