/* SPDX-License-Identifier: MIT */
/* Failures that the profile asks for. */
#ifndef DXGHOST_INJECT_H
#define DXGHOST_INJECT_H

#include "call.h"

/*
 * The status with which the message is to fail instead of being carried out, or
 * ST_SUCCESS. A one-way message has then put its device into error.
 */
dxghost_status dxghost_inject(struct dxghost_call *call);

#endif
