/* SPDX-License-Identifier: MIT */
/* Who has to go when video memory runs short. */
#ifndef DXGHOST_PRESSURE_H
#define DXGHOST_PRESSURE_H

#include "allocation.h"

/* D3DKMT_OFFER_PRIORITY, lowest first. */
#define DXGHOST_OFFER_LOW	1u
#define DXGHOST_OFFER_NORMAL	2u
#define DXGHOST_OFFER_HIGH	3u
#define DXGHOST_OFFER_AUTO	4u

/*
 * Throws away the content of one offered allocation of the group: the one of the
 * lowest priority, among these the one offered first. Its memory no longer
 * counts as resident. False: there is none.
 */
bool dxghost_pressure_discard(struct dxghost_adapter *adapter,
			      enum dxghost_group group);
/* Gives back the memory of offered allocations that may be decommitted. */
bool dxghost_pressure_decommit(struct dxghost_adapter *adapter, uint64_t size);
/* What lingers after an eviction goes when its room is needed. */
void dxghost_pressure_settle(struct dxghost_adapter *adapter,
			     enum dxghost_group group);

#endif
