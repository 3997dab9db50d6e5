/* SPDX-License-Identifier: MIT */
/* How memory is asked for. Only "zeroed" means something here. */
#ifndef DXGK_USER_GFP_H
#define DXGK_USER_GFP_H

#include <linux/types.h>

#define __GFP_ZERO	0x0100u
#define __GFP_NOWARN	0x2000u
#define __GFP_NORETRY	0x10000u
#define __GFP_ACCOUNT	0x400000u

#define GFP_ATOMIC		0x20u
#define GFP_NOWAIT		0x40u
#define GFP_KERNEL		0xcc0u
#define GFP_NOFS		0xc40u
#define GFP_NOIO		0xc00u
#define GFP_KERNEL_ACCOUNT	(GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_USER		(GFP_KERNEL | 0x100000u)

#endif
