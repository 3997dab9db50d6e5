/* SPDX-License-Identifier: MIT */
/* The display's refreshes, and the fences that count them. */
#ifndef DXGHOST_VSYNC_H
#define DXGHOST_VSYNC_H

#include "fence.h"

/* The one display there may be. */
#define DXGHOST_VIDPN_TARGET	0u

struct dxghost_vsync *dxghost_vsync_create(struct dxghost_adapter *adapter);
void dxghost_vsync_destroy(struct dxghost_vsync *vsync);
/* Between two refreshes, in ns. */
uint64_t dxghost_vsync_interval(const struct dxghost_adapter *adapter);
/* The refreshes so far; and when the last one was, on the GPU's clock. */
uint64_t dxghost_vsync_count(const struct dxghost_adapter *adapter,
			     uint64_t *ret_clock);
/* Lets @fence go up by one before each refresh, by @lead_ns, until it goes. */
void dxghost_vsync_attach(struct dxghost_vsync *vsync,
			  struct dxghost_fence *fence, uint64_t lead_ns);

#endif
