/* SPDX-License-Identifier: MIT */
/*
 * UTF-16, as the driver speaks it, to and from wchar_t, as our callers declare
 * it. Every string written is terminated, and the rest of its field cleared;
 * what does not fit is cut. Source and destination do not overlap.
 */
#ifndef DXG_SRC_UTF16_H
#define DXG_SRC_UTF16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/* Units before the NUL; @count if there is none. */
size_t dxg_utf16_length(const uint16_t *from, size_t count);

/*
 * Writes no more than @room characters, and nothing else: no NUL, nothing
 * cleared. Surrogate pairs are joined where a wchar_t holds the result; half a
 * pair stays what it is. Returns the characters written.
 */
size_t dxg_wchar_put_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count);

/* One string of at most @count units into a field of @room characters. */
void dxg_wchar_from_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count);

/* The same, each unit a character of its own. */
void dxg_wchar_from_units(wchar_t *to, size_t room, const uint16_t *from, size_t count);

/*
 * A string of fewer than @count characters. false: it is longer, or has a
 * character above 0xFFFF.
 */
bool dxg_wchar_to_units(uint16_t *to, const wchar_t *from, size_t count);

#endif
