/* SPDX-License-Identifier: MIT */
/*
 * The functions of calls.h that are more than a request: dxg_<name>() is what the
 * exported <name>() in thunks.c calls.
 */
#ifndef DXG_SRC_BODIES_H
#define DXG_SRC_BODIES_H

#include <dxg/d3dkmthk.h>

#define THUNK(name, type, request)
#define CUSTOM(name, type, request)	NTSTATUS dxg_##name(type *args);
#define OLDER(name, type)		NTSTATUS dxg_##name(type *args);
#define OTHER(name)
#define UNSUPPORTED(name, type)
#define NOOP(name, type)
#include "calls.h"

#endif
