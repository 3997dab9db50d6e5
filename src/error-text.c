/* SPDX-License-Identifier: MIT */
/* The last reason, in words and per thread, why no device could be reached. */
#include <stdarg.h>
#include <stdio.h>

#include <dxg/dxg.h>

#include "error-text.h"

static _Thread_local char text[512];

void dxg_error_text_set(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
}

const char *dxg_error_text(void)
{
	return text;
}

const char *dxg_last_error_text(void)
{
	return text;
}
