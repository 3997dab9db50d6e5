/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The code of the tracepoints, which trace.h describes. */

#define CREATE_TRACE_POINTS
#include "trace.h"
