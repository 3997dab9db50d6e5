/* SPDX-License-Identifier: MIT */
/* A traced call: what its argument is before and after, and how long it takes. */
#include "../endpoint.h"
#include "../error-text.h"
#include "../status.h"
#include "../user-memory.h"
#include "layout.h"
#include "line.h"
#include "member.h"
#include "output.h"
#include "trace.h"

static size_t size_of(enum dxg_call number)
{
	return dxg_trace_layouts[dxg_trace_functions[number].layout].size;
}

void dxg_trace_begin(struct dxg_trace_call *call, enum dxg_call number, const void *args)
{
	call->is_off = !dxg_trace_is_on();
	if (call->is_off)
		return;
	call->number = number;
	call->args = args;
	call->is_readable = dxg_copy_from_caller(call->before, args, size_of(number));
	call->start = dxg_line_clock();
}

static void put_args(struct dxg_line *line, const struct dxg_trace_call *call, bool has_failed)
{
	const struct dxg_trace_function *function = &dxg_trace_functions[call->number];
	_Alignas(8) char now[sizeof(call->before)];

	if (!call->is_readable || !dxg_copy_from_caller(now, call->args, size_of(call->number))) {
		dxg_line_address(line, (uintptr_t)call->args);
		if (call->args)
			dxg_line_text(line, " {unreadable}");
		return;
	}
	if (!function->is_plain)
		dxg_line_text(line, "{");
	dxg_trace_put_args(line, function->layout, now, call->before, has_failed);
	if (!function->is_plain)
		dxg_line_text(line, "}");
}

static void put_status(struct dxg_line *line, NTSTATUS status)
{
	const char *name = dxg_status_find(status);

	if (name)
		dxg_line_text(line, name);
	else
		dxg_line_hex(line, (uint32_t)status);
}

/* Why there is no device, if that is what the status is about. */
static void put_reason(struct dxg_line *line, NTSTATUS status)
{
	const char *reason = dxg_error_text();

	if ((status != STATUS_UNSUCCESSFUL && status != STATUS_INVALID_HANDLE) || !*reason ||
	    dxg_endpoint_peek() != DXG_ENDPOINT_NONE)
		return;
	dxg_line_text(line, " (");
	dxg_line_printable(line, reason);
	dxg_line_text(line, ")");
}

void dxg_trace_end(const struct dxg_trace_call *call, NTSTATUS status)
{
	struct dxg_line line;
	uint64_t duration;

	if (call->is_off)
		return;
	duration = dxg_line_clock() - call->start;
	dxg_line_begin(&line, dxg_trace_names + dxg_trace_functions[call->number].name);
	put_args(&line, call, status < 0);
	dxg_line_close(&line);
	put_status(&line, status);
	put_reason(&line, status);
	dxg_line_end(&line, duration);
}

void dxg_trace_end_void(const struct dxg_trace_call *call)
{
	struct dxg_line line;
	uint64_t duration;

	if (call->is_off)
		return;
	duration = dxg_line_clock() - call->start;
	dxg_line_begin(&line, dxg_trace_names + dxg_trace_functions[call->number].name);
	dxg_line_close(&line);
	dxg_line_text(&line, "void");
	dxg_line_end(&line, duration);
}
