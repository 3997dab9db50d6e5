/* SPDX-License-Identifier: MIT */
/*
 * DXG_TRACE: a line of text for each call. Off, a call pays for one look at
 * dxg_trace_state.
 *
 * Nothing here allocates. What the caller points to is read as the kernel would
 * read it, so that a bad pointer is an error of the call, with a trace as without.
 */
#ifndef DXG_SRC_TRACE_TRACE_H
#define DXG_SRC_TRACE_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>

/* The functions, in the order of the table. */
enum dxg_call {
#define THUNK(name, type, request)	DXG_CALL_##name,
#define CUSTOM(name, type, request)	DXG_CALL_##name,
#define OLDER(name, type)		DXG_CALL_##name,
#define OTHER(name)			DXG_CALL_##name,
#define UNSUPPORTED(name, type)		DXG_CALL_##name,
#define NOOP(name, type)		DXG_CALL_##name,
#include "../calls.h"
	DXG_CALL_COUNT
};

/* As large as the largest argument. */
union dxg_trace_args {
#define THUNK(name, type, request)	type name;
#define CUSTOM(name, type, request)	type name;
#define OLDER(name, type)		type name;
#define OTHER(name)
#define UNSUPPORTED(name, type)		type name;
#define NOOP(name, type)		type name;
#include "../calls.h"
};

enum dxg_trace_state {
	DXG_TRACE_OFF,
	DXG_TRACE_ON,
	DXG_TRACE_UNDECIDED,	/* nobody has looked at the environment yet */
};

/* Hidden, so that no address has to be looked up for it. */
extern _Atomic(enum dxg_trace_state) dxg_trace_state __attribute__((visibility("hidden")));

/* false: certainly not. Else dxg_trace_begin() knows. */
static inline bool dxg_trace_may_be_on(void)
{
	return __builtin_expect(atomic_load_explicit(&dxg_trace_state, memory_order_relaxed) !=
				DXG_TRACE_OFF, 0);
}

/* A call while it runs: what its argument was before, unless @is_off. */
struct dxg_trace_call {
	bool is_off;
	enum dxg_call number;
	const void *args;
	bool is_readable;
	uint64_t start;
	_Alignas(8) char before[sizeof(union dxg_trace_args)];
};

void dxg_trace_begin(struct dxg_trace_call *call, enum dxg_call number, const void *args);
void dxg_trace_end(const struct dxg_trace_call *call, NTSTATUS status);
/* Of a function that answers nothing. */
void dxg_trace_end_void(const struct dxg_trace_call *call);

#endif
