/* SPDX-License-Identifier: MIT */
/* Registrations for notifications, and the thread that calls. */
#ifndef DXG_SRC_DXCORE_NOTIFY_H
#define DXG_SRC_DXCORE_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/dxcore.h>

bool dxcore_notify_has_type(uint32_t type);

/*
 * The last two methods of the factory's first interface, as the ABI has them. The
 * thread begins with the first registration and ends with the last.
 */
HRESULT dxcore_notify_register(IUnknown *object, uint32_t type,
			       PFN_DXCORE_NOTIFICATION_CALLBACK callback, void *context,
			       uint32_t *cookie);
HRESULT dxcore_notify_unregister(uint32_t cookie);

#endif
