/* SPDX-License-Identifier: MIT */
/* The exported functions: the rows of calls.h but for OTHER. */
#include <assert.h>

#include <linux/ioctl.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "ioctl.h"

#define EXPORTED(name, type, answer) \
	NTSTATUS name(type *args) { (void)args; return answer; }
#define HAS_SIZE(name, type, request) \
	static_assert(_IOC_SIZE(request) == sizeof(type), #name " size");

#define THUNK(name, type, request)                                          \
	HAS_SIZE(name, type, request)                                       \
	EXPORTED(name, type, dxg_ioctl(request, (void *)args))
#define CUSTOM(name, type, request)                                         \
	HAS_SIZE(name, type, request)                                       \
	EXPORTED(name, type, dxg_##name(args))
#define OLDER(name, type)	EXPORTED(name, type, dxg_##name(args))
#define OTHER(name)
#define UNSUPPORTED(name, type)	EXPORTED(name, type, STATUS_NOT_SUPPORTED)
#define NOOP(name, type)	EXPORTED(name, type, STATUS_SUCCESS)

#include "calls.h"
