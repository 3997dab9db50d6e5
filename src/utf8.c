/* SPDX-License-Identifier: MIT */
/* Text of the driver as UTF-8. */
#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>

#define REPLACEMENT 0xfffd

static bool is_high(uint32_t c)
{
	return c >= 0xd800 && c <= 0xdbff;
}

static bool is_low(uint32_t c)
{
	return c >= 0xdc00 && c <= 0xdfff;
}

/* The character at @from[*@at], which is passed; @count are there. */
static uint32_t next_character(const wchar_t *from, size_t *at, size_t count)
{
	uint32_t c = (uint32_t)from[(*at)++];

	if (is_high(c) && *at < count && is_low((uint32_t)from[*at]))
		return 0x10000 + ((c - 0xd800) << 10) + ((uint32_t)from[(*at)++] - 0xdc00);
	return is_high(c) || is_low(c) || c > 0x10ffff ? REPLACEMENT : c;
}

static char *put(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xe0 | c >> 12);
		} else {
			*to++ = (char)(0xf0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}

size_t dxg_utf8_from_wchar(char *to, const wchar_t *from, size_t count)
{
	char *end = to;
	size_t at = 0;

	while (at < count && from[at])
		end = put(end, next_character(from, &at, count));
	*end = '\0';
	return (size_t)(end - to);
}
