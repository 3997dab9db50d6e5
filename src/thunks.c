/* SPDX-License-Identifier: MIT */
/* The calls that need no code of their own: the rows of calls.h as functions. */
#include <assert.h>

#include <linux/ioctl.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "ioctl.h"

#define THUNK(name, type, request)                                          \
	static_assert(_IOC_SIZE(request) == sizeof(type), #name " size");   \
	NTSTATUS name(type *args) { return dxg_ioctl(request, (void *)args); }
#define UNSUPPORTED(name, type)                                             \
	NTSTATUS name(type *args) { (void)args; return STATUS_NOT_SUPPORTED; }
#define NOOP(name, type)                                                    \
	NTSTATUS name(type *args) { (void)args; return STATUS_SUCCESS; }
#define CUSTOM(name, type, request)                                         \
	static_assert(_IOC_SIZE(request) == sizeof(type), #name " size");
#define OTHER(name)

#include "calls.h"
