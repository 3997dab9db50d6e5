/* SPDX-License-Identifier: MIT */
/* Pages as the GPU and the host count them, whatever the machine's are. */
#ifndef DXGK_USER_ASM_PAGE_H
#define DXGK_USER_ASM_PAGE_H

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#endif
