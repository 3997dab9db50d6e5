/* SPDX-License-Identifier: MIT */
/* Stands between a client and the library: notes each function, and hands it on. */
#include "qualcomm-shim.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <dxg/d3dkmthk.h>

#define VISIBLE __attribute__((visibility("default")))

#define NUMBER(name, type) NUMBER_##name,
enum { QUALCOMM_CALLS(NUMBER) COUNT };

static unsigned int seen;

VISIBLE unsigned int qualcomm_shim_seen(void)
{
	return (unsigned int)__builtin_popcount(seen);
}

static void *next(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);

	if (!function)
		abort();
	return function;
}

#define PASS(name, type)                                                 \
	VISIBLE NTSTATUS name(type *args)                                \
	{                                                                \
		seen |= 1u << NUMBER_##name;                             \
		return ((__typeof__(&(name)))next(#name))(args);         \
	}
QUALCOMM_CALLS(PASS)
