/* SPDX-License-Identifier: MIT */
/* The rows of calls.h as data: which function stands for a request. */
#include <stddef.h>

#include <linux/ioctl.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>
#include <dxg/uapi.h>

#define THUNK(name, type, request) [_IOC_NR(request)] = { request, #name },
#define CUSTOM(name, type, request) THUNK(name, type, request)
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)
#define NOOP(name, type)

/* By number; two rows with the same one are an error (-Woverride-init). */
static const struct {
	unsigned int request;
	const char *name;
} calls[] = {
#include "calls.h"
};

const char *dxg_call_name(unsigned int request)
{
	unsigned int number = _IOC_NR(request);

	if (number >= sizeof(calls) / sizeof(calls[0]) ||
	    calls[number].request != request)
		return NULL;
	return calls[number].name;
}
