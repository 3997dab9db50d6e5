/* SPDX-License-Identifier: MIT */
/* What mapping and updating GPU addresses have in common. */
#ifndef DXGHOST_GPUVA_H
#define DXGHOST_GPUVA_H

#include "allocation.h"

/* Remembers where an allocation is mapped, so that its end finds it. */
void dxghost_gpuva_note(struct dxghost_allocation *allocation, uint64_t address,
			uint64_t size);

#endif
