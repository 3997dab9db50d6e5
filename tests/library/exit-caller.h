/* SPDX-License-Identifier: MIT */
/* A library that calls libdxg when the process exits: what it is to call. */
#ifndef EXIT_CALLER_H
#define EXIT_CALLER_H

#include <dxg/d3dkmthk.h>

#include "fake-soft.h"

#define EXIT_CALL_WORKED 42
#define EXIT_CALL_FAILED 43

struct exit_call {
	NTSTATUS (*call)(const D3DKMT_CLOSEADAPTER *args);
	const struct fake_soft *soft;
};

/* Found by name with dlsym(). @call stays in use. */
void exit_caller_arm(const struct exit_call *call);

#endif
