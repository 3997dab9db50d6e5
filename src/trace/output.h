/* SPDX-License-Identifier: MIT */
/* Where the trace goes. */
#ifndef DXG_SRC_TRACE_OUTPUT_H
#define DXG_SRC_TRACE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Decides when first asked, once for all. */
bool dxg_trace_is_on(void);

/* In one piece, so that lines of threads and processes do not mix. */
void dxg_trace_write(const char *line, size_t length);

#endif
