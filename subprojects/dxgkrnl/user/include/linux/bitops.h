/* SPDX-License-Identifier: MIT */
/* Single bits of an array of longs, and positions of bits in a word. */
#ifndef DXGK_USER_BITOPS_H
#define DXGK_USER_BITOPS_H

#include <linux/bits.h>
#include <linux/types.h>

#define BIT_MASK(n)	(UL(1) << ((n) % BITS_PER_LONG))
#define BIT_WORD(n)	((n) / BITS_PER_LONG)
#define BITS_TO_LONGS(n) (((n) + BITS_PER_LONG - 1) / BITS_PER_LONG)

#define DECLARE_BITMAP(name, bits) \
	unsigned long name[BITS_TO_LONGS(bits)]

static inline void set_bit(long n, unsigned long *bits)
{
	__atomic_fetch_or(&bits[BIT_WORD(n)], BIT_MASK(n), __ATOMIC_RELAXED);
}

static inline void clear_bit(long n, unsigned long *bits)
{
	__atomic_fetch_and(&bits[BIT_WORD(n)], ~BIT_MASK(n), __ATOMIC_RELAXED);
}

static inline bool test_bit(long n, const unsigned long *bits)
{
	return __atomic_load_n(&bits[BIT_WORD(n)], __ATOMIC_RELAXED) &
	       BIT_MASK(n);
}

static inline bool test_and_set_bit(long n, unsigned long *bits)
{
	return __atomic_fetch_or(&bits[BIT_WORD(n)], BIT_MASK(n),
				 __ATOMIC_SEQ_CST) & BIT_MASK(n);
}

static inline bool test_and_clear_bit(long n, unsigned long *bits)
{
	return __atomic_fetch_and(&bits[BIT_WORD(n)], ~BIT_MASK(n),
				  __ATOMIC_SEQ_CST) & BIT_MASK(n);
}

/* Position of the lowest or highest set bit; the word must not be 0. */
static inline unsigned long __ffs(unsigned long word)
{
	return (unsigned long)__builtin_ctzl(word);
}

static inline unsigned long __fls(unsigned long word)
{
	return (unsigned long)(BITS_PER_LONG - 1 - __builtin_clzl(word));
}

/* The same counted from 1, 0 for no bit; ffs() is the C library's. */
static inline int fls(unsigned int word)
{
	return word ? 32 - __builtin_clz(word) : 0;
}

static inline int fls64(u64 word)
{
	return word ? 64 - __builtin_clzll(word) : 0;
}

static inline unsigned int hweight32(u32 word)
{
	return (unsigned int)__builtin_popcount(word);
}

static inline unsigned int hweight64(u64 word)
{
	return (unsigned int)__builtin_popcountll(word);
}

#endif
