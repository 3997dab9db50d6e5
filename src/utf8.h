/* SPDX-License-Identifier: MIT */
/* Text of the driver as UTF-8. */
#ifndef DXG_SRC_UTF8_H
#define DXG_SRC_UTF8_H

#include <stddef.h>
#include <wchar.h>

/* Most bytes that a character takes. */
#define DXG_UTF8_MAX 4

/*
 * The text up to its NUL or to @count characters, into @to with room for
 * DXG_UTF8_MAX * @count + 1 bytes. Surrogates in pairs are one character;
 * what is none becomes U+FFFD. Returns the bytes before the NUL it ends with.
 */
size_t dxg_utf8_from_wchar(char *to, const wchar_t *from, size_t count);

#endif
