/* SPDX-License-Identifier: MIT */
/* A library that calls libdxg when the process exits, and judges the answer. */
#include <stddef.h>
#include <unistd.h>

#include <dxg/d3dkmthk.h>

#include "exit-caller.h"
#include "fake-soft.h"

static const struct exit_call *armed;

__attribute__((visibility("default"))) void exit_caller_arm(const struct exit_call *call)
{
	armed = call;
}

__attribute__((destructor)) static void call_at_exit(void)
{
	D3DKMT_CLOSEADAPTER args = { 0 };
	NTSTATUS status;

	if (!armed)
		return;
	status = armed->call(&args);
	_exit(status == STATUS_SUCCESS && armed->soft->opens == 1 && !armed->soft->closes ?
		      EXIT_CALL_WORKED : EXIT_CALL_FAILED);
}
