/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Where kernels differ. Probed by the interface, never by a version number. */
#ifndef DXGK_COMPAT_H
#define DXGK_COMPAT_H

#include <linux/eventfd.h>
#include <linux/types.h>

/*
 * The count went away in 6.8, and some older kernels have that change too. Cast
 * to each form, of which the type then picks the right one.
 */
typedef __u64 dxgk_eventfd_counting(struct eventfd_ctx *, __u64);
typedef void dxgk_eventfd_plain(struct eventfd_ctx *);

static inline void dxgk_eventfd_signal(struct eventfd_ctx *context)
{
	/* Through a variable: only one of the two calls is ever reached. */
	const void *function = eventfd_signal;

	if (__builtin_types_compatible_p(typeof(eventfd_signal),
					 dxgk_eventfd_plain))
		((dxgk_eventfd_plain *)function)(context);
	else
		((dxgk_eventfd_counting *)function)(context, 1);
}

#endif /* DXGK_COMPAT_H */
