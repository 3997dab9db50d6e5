/* SPDX-License-Identifier: MIT */
/* What lines of DXCore's calls are made of. */
#ifndef DXG_SRC_DXCORE_TRACE_LINE_H
#define DXG_SRC_DXCORE_TRACE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dxg/dxcore.h>

#include "../trace/line.h"

struct dxcore_line {
	struct dxg_line text;
	uint64_t duration;
};

/* Decided once in a process, so that objects of one kind have one table. */
bool dxcore_trace_is_on(void);

/* "name(this=object", or without that where @object is NULL; the call has just ended. */
void dxcore_line_begin(struct dxcore_line *line, uint64_t start, const char *name,
		       const void *object);

/* ", name=value"; what is behind a pointer is read if it can be. */
void dxcore_line_number(struct dxcore_line *line, const char *name, uint64_t value);
void dxcore_line_address(struct dxcore_line *line, const char *name, const void *address);
void dxcore_line_guid(struct dxcore_line *line, const char *name, const GUID *guid);
void dxcore_line_guids(struct dxcore_line *line, const char *name, const GUID *guids,
		       uint32_t count);
void dxcore_line_luid(struct dxcore_line *line, const char *name, const LUID *luid);
/* One of @names, of which there are @count; others are a number. */
void dxcore_line_enum(struct dxcore_line *line, const char *name, uint32_t value,
		      const char *const *names, size_t count);
/* Those whose bits are set, and what is left. */
void dxcore_line_mask(struct dxcore_line *line, const char *name, uint32_t value,
		      const char *const *names, size_t count);
void dxcore_line_enums(struct dxcore_line *line, const char *name, const void *values,
		       uint32_t value_count, const char *const *names, size_t count);
/* Numbers of 32 bits, in hexadecimal. */
void dxcore_line_words(struct dxcore_line *line, const char *name, const void *words,
		       uint32_t count);
/* "name=[address]" */
void dxcore_line_place(struct dxcore_line *line, const char *name, void *const *place);

/* ") = result <duration>", and out with it. */
void dxcore_line_result(struct dxcore_line *line, HRESULT result);
void dxcore_line_bool(struct dxcore_line *line, bool result);
void dxcore_line_count(struct dxcore_line *line, uint32_t result);

#endif
