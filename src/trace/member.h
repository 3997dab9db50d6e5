/* SPDX-License-Identifier: MIT */
/* Structures as text, by the tables of layout.h. */
#ifndef DXG_SRC_TRACE_MEMBER_H
#define DXG_SRC_TRACE_MEMBER_H

#include <stdbool.h>

#include "line.h"

/*
 * "name=value, ..." of the structure at @now, which is a copy; @before is one from
 * before the call. @has_failed: what the call was to write is not there.
 */
void dxg_trace_put_args(struct dxg_line *line, unsigned int layout, const char *now,
			const char *before, bool has_failed);

#endif
