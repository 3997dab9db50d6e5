/* SPDX-License-Identifier: MIT */
/* How many messages there were of each command. */
#ifndef DXGHOST_COUNTERS_H
#define DXGHOST_COUNTERS_H

#include "host.h"

struct dxghost_counters *dxghost_counters_create(void);
void dxghost_counters_destroy(struct dxghost_counters *counters);
void dxghost_counters_add(struct dxghost_counters *counters, bool global,
			  uint32_t command, bool round_trip, size_t to_host,
			  size_t to_guest);

#endif
