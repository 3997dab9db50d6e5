/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where kernels differ. HVLOOP_HAS_..., and the two places for a const that bus.c
 * has, come from Kbuild, which looks them up.
 */
#ifndef HVLOOP_COMPAT_H
#define HVLOOP_COMPAT_H

#include <linux/device.h>
#include <linux/hyperv.h>

/* remove() of a bus used to return an int, which nobody looked at. */
#define HVLOOP_BUS_REMOVE(returns_int, returns_void)			\
	__builtin_choose_expr(						\
		__builtin_types_compatible_p(				\
			typeof(((struct bus_type *)0)->remove),		\
			int (*)(struct device *)),			\
		returns_int, returns_void)

/* A buffer list used to be a number and nothing else. */
#ifdef HVLOOP_HAS_VMBUS_GPADL
typedef struct vmbus_gpadl hvloop_gpadl;
typedef struct vmbus_gpadl *hvloop_gpadl_gone;

static inline void hvloop_gpadl_set(hvloop_gpadl *gpadl, u32 number,
				    void *buffer, u32 size)
{
	gpadl->gpadl_handle = number;
	gpadl->buffer = buffer;
	gpadl->size = size;
}

static inline u32 hvloop_gpadl_number(hvloop_gpadl_gone gpadl)
{
	return gpadl->gpadl_handle;
}
#else
typedef u32 hvloop_gpadl;
typedef u32 hvloop_gpadl_gone;

static inline void hvloop_gpadl_set(hvloop_gpadl *gpadl, u32 number,
				    void *buffer, u32 size)
{
	*gpadl = number;
}

static inline u32 hvloop_gpadl_number(hvloop_gpadl_gone gpadl)
{
	return gpadl;
}
#endif

#endif /* HVLOOP_COMPAT_H */
