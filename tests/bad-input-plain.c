/* SPDX-License-Identifier: MIT */
/* Rows of the calls that answer without looking at their arguments. */
#include "bad-input.h"

void bad_prepare_nothing(struct bad_fixture *fixture, void *args)
{
	(void)fixture;
	(void)args;
}

void bad_undo_nothing(struct bad_fixture *fixture, const void *args, bool worked)
{
	(void)fixture;
	(void)args;
	(void)worked;
}

#define THUNK(name, type, request)
#define CUSTOM(name, type, request)
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)                                         \
	static NTSTATUS call_##name(void *args) { return name((type *)args); }
#define NOOP UNSUPPORTED
#include "../src/calls.h"

#define PLAIN(function, type, status)                                   \
	{ .name = #function, .call = call_##function, .size = sizeof(type), \
	  .flags = BAD_IGNORES_ARGS, .answer = status,                  \
	  .prepare = bad_prepare_nothing, .undo = bad_undo_nothing },

#define THUNK(name, type, request)
#define CUSTOM(name, type, request)
#define OLDER(name, type)
#define OTHER(name)
#define UNSUPPORTED(name, type)	PLAIN(name, type, STATUS_NOT_SUPPORTED)
#define NOOP(name, type)	PLAIN(name, type, STATUS_SUCCESS)
static const struct bad_row plain_rows[] = {
#include "../src/calls.h"
};

BAD_TABLE(plain);
