/* SPDX-License-Identifier: MIT */
/*
 * One line of the trace while it is put together. By hand, as stdio's functions
 * write numbers as the program's locale has them, and may allocate.
 */
#include "line.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "output.h"

/* For "...", the duration and the end of the line; for those, ") = " and a status. */
#define END_SIZE 40
#define RESULT_SIZE 120

static void put(struct dxg_line *line, const char *text, size_t length)
{
	size_t room = line->limit - line->used;

	if (line->is_cut)
		return;
	if (length > room) {
		line->is_cut = true;
		return;
	}
	memcpy(line->text + line->used, text, length);
	line->used += length;
}

void dxg_line_text(struct dxg_line *line, const char *text)
{
	put(line, text, strlen(text));
}

/* In the end of @digits, @least at least. Returns where they begin. */
static char *digits_of(char *end, uint64_t value, unsigned int base, unsigned int least)
{
	char *digits = end;

	*digits = '\0';
	while (value || least) {
		*--digits = "0123456789abcdef"[value % base];
		value /= base;
		least -= !!least;
	}
	return digits;
}

static void put_digits(struct dxg_line *line, uint64_t value, unsigned int base,
		       unsigned int least)
{
	char digits[24];

	dxg_line_text(line, digits_of(&digits[sizeof(digits) - 1], value, base, least));
}

void dxg_line_unsigned(struct dxg_line *line, uint64_t value)
{
	put_digits(line, value, 10, 1);
}

void dxg_line_signed(struct dxg_line *line, int64_t value)
{
	if (value < 0)
		put(line, "-", 1);
	put_digits(line, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, 1);
}

void dxg_line_hex(struct dxg_line *line, uint64_t value)
{
	if (value)
		put(line, "0x", 2);
	put_digits(line, value, 16, 1);
}

void dxg_line_hex_digits(struct dxg_line *line, uint64_t value, unsigned int least)
{
	put_digits(line, value, 16, least);
}

void dxg_line_luid(struct dxg_line *line, LUID luid)
{
	put_digits(line, (uint32_t)luid.HighPart, 16, 8);
	put(line, ":", 1);
	put_digits(line, luid.LowPart, 16, 8);
}

void dxg_line_address(struct dxg_line *line, uint64_t address)
{
	if (address)
		dxg_line_hex(line, address);
	else
		dxg_line_text(line, "NULL");
}

/* Terminals act on these, the second kind in two bytes. */
static size_t control_length(const unsigned char *text)
{
	if (text[0] < 0x20 || text[0] == 0x7f)
		return 1;
	return text[0] == 0xc2 && text[1] < 0xa0 ? 2 : 0;
}

static void put_escaped(struct dxg_line *line, const char *text, const char *special)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; *at; at++) {
		size_t control = control_length(at);

		if (control) {
			at += control - 1;
			put(line, "\\x", 2);
			put_digits(line, *at, 16, 2);
			continue;
		}
		if (strchr(special, *at))
			put(line, "\\", 1);
		put(line, (const char *)at, 1);
	}
}

void dxg_line_printable(struct dxg_line *line, const char *text)
{
	put_escaped(line, text, "");
}

void dxg_line_quoted(struct dxg_line *line, const char *text)
{
	put(line, "\"", 1);
	put_escaped(line, text, "\"\\");
	put(line, "\"", 1);
}

void dxg_line_begin(struct dxg_line *line, const char *name)
{
	line->used = 0;
	line->limit = sizeof(line->text) - RESULT_SIZE;
	line->is_cut = false;
	dxg_line_unsigned(line, (uint64_t)getpid());
	put(line, "/", 1);
	dxg_line_unsigned(line, (uint64_t)gettid());
	put(line, " ", 1);
	dxg_line_text(line, name);
	put(line, "(", 1);
}

void dxg_line_next(struct dxg_line *line)
{
	if (!strchr("({[", line->text[line->used - 1]))
		put(line, ", ", 2);
}

void dxg_line_more(struct dxg_line *line, uint64_t count)
{
	if (!count)
		return;
	dxg_line_text(line, ", ... ");
	dxg_line_unsigned(line, count);
	dxg_line_text(line, " more");
}

void dxg_line_name(struct dxg_line *line, const char *name)
{
	dxg_line_next(line);
	dxg_line_text(line, name);
	put(line, "=", 1);
}

uint64_t dxg_line_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* More room, of which the first is for what says that there was not enough. */
static void raise_limit(struct dxg_line *line, size_t limit)
{
	line->limit = limit;
	if (line->is_cut) {
		line->is_cut = false;
		dxg_line_text(line, "...");
	}
}

void dxg_line_close(struct dxg_line *line)
{
	raise_limit(line, sizeof(line->text) - END_SIZE);
	dxg_line_text(line, ") = ");
}

void dxg_line_end(struct dxg_line *line, uint64_t nanoseconds)
{
	uint64_t microseconds = nanoseconds / 1000;

	raise_limit(line, sizeof(line->text));
	dxg_line_text(line, " <");
	dxg_line_unsigned(line, microseconds / 1000000);
	put(line, ".", 1);
	put_digits(line, microseconds % 1000000, 10, 6);
	dxg_line_text(line, ">\n");
	dxg_trace_write(line->text, line->used);
}
