/* SPDX-License-Identifier: MIT */
/* The kernel's <linux/sched/mm.h>, as far as the driver uses it. */
#ifndef DXGK_USER_SCHED_MM_H
#define DXGK_USER_SCHED_MM_H

#include <linux/sched.h>

/* A program ends with its address space: nobody here has another one's. */
static inline void mmgrab(struct mm_struct *mm)
{
	(void)mm;
}

static inline void mmdrop(struct mm_struct *mm)
{
	(void)mm;
}

#endif
