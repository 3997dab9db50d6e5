/* SPDX-License-Identifier: MIT */
/* The exported functions: the rows of calls.h, but for D3DKMTShareObjects(). */
#include <assert.h>

#include <linux/ioctl.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "endpoint.h"
#include "ioctl.h"
#include "trace/trace.h"

__attribute__((cold)) static NTSTATUS traced_ioctl(enum dxg_call number, unsigned long request,
						   const void *args)
{
	struct dxg_trace_call call;
	NTSTATUS status;

	dxg_trace_begin(&call, number, args);
	status = dxg_ioctl(request, (void *)args);
	dxg_trace_end(&call, status);
	return status;
}

__attribute__((cold)) static NTSTATUS traced_answer(enum dxg_call number, NTSTATUS status,
						    const void *args)
{
	struct dxg_trace_call call;

	dxg_trace_begin(&call, number, args);
	dxg_trace_end(&call, status);
	return status;
}

#define TRACED_BODY(name, type)                                             \
	__attribute__((cold)) static NTSTATUS traced_##name(type *args)     \
	{                                                                   \
		struct dxg_trace_call call;                                 \
		NTSTATUS status;                                            \
									    \
		dxg_trace_begin(&call, DXG_CALL_##name, args);              \
		status = dxg_##name(args);                                  \
		dxg_trace_end(&call, status);                               \
		return status;                                              \
	}

#define EXPORTED(name, type, answer, traced)                                \
	NTSTATUS name(type *args)                                           \
	{                                                                   \
		if (dxg_trace_may_be_on())                                  \
			return traced;                                      \
		return answer;                                              \
	}

#define HAS_SIZE(name, type, request) \
	static_assert(_IOC_SIZE(request) == sizeof(type), #name " size");

#define THUNK(name, type, request)                                          \
	HAS_SIZE(name, type, request)                                       \
	EXPORTED(name, type, dxg_ioctl(request, (void *)args),              \
		 traced_ioctl(DXG_CALL_##name, request, args))
#define OLDER(name, type)                                                   \
	TRACED_BODY(name, type)                                             \
	EXPORTED(name, type, dxg_##name(args), traced_##name(args))
#define CUSTOM(name, type, request)                                         \
	HAS_SIZE(name, type, request)                                       \
	OLDER(name, type)
#define OTHER(name)
#define ANSWERED(name, type, status)                                        \
	EXPORTED(name, type, status, traced_answer(DXG_CALL_##name, status, args))
#define UNSUPPORTED(name, type)	ANSWERED(name, type, STATUS_NOT_SUPPORTED)
#define NOOP(name, type)	ANSWERED(name, type, STATUS_SUCCESS)

#include "calls.h"

__attribute__((cold)) static void traced_close(void)
{
	struct dxg_trace_call call;

	dxg_trace_begin(&call, DXG_CALL_D3DKMTCloseDxCoreDevice, NULL);
	dxg_endpoint_close();
	dxg_trace_end_void(&call);
}

void D3DKMTCloseDxCoreDevice(void)
{
	if (dxg_trace_may_be_on())
		traced_close();
	else
		dxg_endpoint_close();
}
