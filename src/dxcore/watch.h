/* SPDX-License-Identifier: MIT */
/* What a notification waits for: whether it is time to call. */
#ifndef DXG_SRC_DXCORE_WATCH_H
#define DXG_SRC_DXCORE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "facts.h"

/* What was seen when it was last time to call. */
struct dxcore_watch {
	IUnknown *object;
	DXCoreNotificationType type;
	bool has_called;
	uint64_t budgets[DXCORE_PHYSICAL_MAX][2];
	uint32_t teardowns;
};

/* Whether there are notifications of this type, */
bool dxcore_watch_is_known(uint32_t type);
/* and whether the object is one of those that they are about. */
bool dxcore_watch_fits(IUnknown *object, uint32_t type);

/* Asks the driver; for each change, and for what is so at first, true once. */
bool dxcore_watch_look(struct dxcore_watch *watch);

#endif
