/* SPDX-License-Identifier: MIT */
/*
 * What answers the calls: the process's one descriptor of a device node or of
 * the embedded software device.
 *
 * The descriptor and the way to it stand in one word, so that a call needs one
 * load to know where to go. A node that is reached directly, which is the case
 * to be fast in, is its descriptor; -1 is no device; numbers below that are the
 * other two ways.
 */
#ifndef DXG_SRC_ENDPOINT_H
#define DXG_SRC_ENDPOINT_H

#include <stdatomic.h>
#include <stdbool.h>

#define DXG_ENDPOINT_NONE (-1)

enum dxg_way {
	DXG_WAY_DIRECT,		/* by system call */
	DXG_WAY_LIBC,		/* by ioctl(), which the program has replaced */
	DXG_WAY_EMBEDDED,	/* into libdxg-soft.so */
};

/*
 * Written under the lock of endpoint.c; read anywhere. A store releases what
 * the word stands for, above all the embedded device's entry points.
 */
extern _Atomic int dxg_endpoint_word __attribute__((visibility("hidden")));

static inline int dxg_endpoint_peek(void)
{
	return atomic_load_explicit(&dxg_endpoint_word, memory_order_acquire);
}

static inline bool dxg_endpoint_is_direct(int word)
{
	return word >= 0;
}

static inline enum dxg_way dxg_endpoint_way(int word)
{
	if (dxg_endpoint_is_direct(word))
		return DXG_WAY_DIRECT;
	return word & 1 ? DXG_WAY_LIBC : DXG_WAY_EMBEDDED;
}

static inline int dxg_endpoint_fd(int word)
{
	return dxg_endpoint_is_direct(word) ? word : (-2 - word) / 2;
}

static inline int dxg_endpoint_pack(enum dxg_way way, int fd)
{
	if (way == DXG_WAY_DIRECT)
		return fd;
	return -2 - (fd * 2 + (way == DXG_WAY_LIBC));
}

/* Opens the device at first use. DXG_ENDPOINT_NONE: see the error text. */
int dxg_endpoint_get(void);

/* Closes the device; nothing is opened until dxg_set_device(). */
void dxg_endpoint_close(void);

/* Replaces @stale, which the device does not take, by a new descriptor. */
int dxg_endpoint_reopen(int stale);

#endif
