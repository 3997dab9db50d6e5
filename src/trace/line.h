/* SPDX-License-Identifier: MIT */
/* One line of the trace while it is put together. */
#ifndef DXG_SRC_TRACE_LINE_H
#define DXG_SRC_TRACE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dxg/wintypes.h>

/* A write of this size to a pipe is in one piece. */
#define DXG_LINE_SIZE 4096

/*
 * What does not fit below @limit is left out, and "..." stands for it: beyond is room
 * for the end of the line.
 */
struct dxg_line {
	size_t used;
	size_t limit;
	bool is_cut;
	char text[DXG_LINE_SIZE];
};

/* "PID/TID name(", which begins every line. */
void dxg_line_begin(struct dxg_line *line, const char *name);

void dxg_line_text(struct dxg_line *line, const char *text);
void dxg_line_unsigned(struct dxg_line *line, uint64_t value);
void dxg_line_signed(struct dxg_line *line, int64_t value);
/* 0x1f, but 0. */
void dxg_line_hex(struct dxg_line *line, uint64_t value);
/* Without it, at least @least digits. */
void dxg_line_hex_digits(struct dxg_line *line, uint64_t value, unsigned int least);
/* Its upper half, a colon, its lower. */
void dxg_line_luid(struct dxg_line *line, LUID luid);
/* The address, or NULL. */
void dxg_line_address(struct dxg_line *line, uint64_t address);
/* UTF-8 whose control characters are escaped; the same in quotes. */
void dxg_line_printable(struct dxg_line *line, const char *text);
void dxg_line_quoted(struct dxg_line *line, const char *text);

/* ", " unless this is the first of its row. */
void dxg_line_next(struct dxg_line *line);
/* ", ... count more", if there are. */
void dxg_line_more(struct dxg_line *line, uint64_t count);
/* The first, and "name=". */
void dxg_line_name(struct dxg_line *line, const char *name);

/* Nanoseconds, of which a line tells a difference. */
uint64_t dxg_line_clock(void);

/* ") = ", after which the result comes. */
void dxg_line_close(struct dxg_line *line);
/* "<duration>", and out with it. */
void dxg_line_end(struct dxg_line *line, uint64_t nanoseconds);

#endif
