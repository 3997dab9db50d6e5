/* SPDX-License-Identifier: MIT */
/* UTF-16 to wchar_t and back, bounded. */
#include "utf16.h"

static bool is_high_surrogate(uint16_t unit)
{
	return (unit & 0xfc00) == 0xd800;
}

static bool is_low_surrogate(uint16_t unit)
{
	return (unit & 0xfc00) == 0xdc00;
}

static void clear(wchar_t *to, size_t from, size_t room)
{
	while (from < room)
		to[from++] = 0;
}

size_t dxg_utf16_length(const uint16_t *from, size_t count)
{
	size_t length = 0;

	while (length < count && from[length])
		length++;
	return length;
}

size_t dxg_wchar_put_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count)
{
	size_t used = 0;
	size_t i;

	for (i = 0; i < count && used < room; i++) {
		if (sizeof(wchar_t) > sizeof(uint16_t) && i + 1 < count &&
		    is_high_surrogate(from[i]) && is_low_surrogate(from[i + 1])) {
			to[used++] = (wchar_t)(0x10000u + ((from[i] & 0x3ffu) << 10) +
					       (from[i + 1] & 0x3ffu));
			i++;
		} else {
			to[used++] = (wchar_t)from[i];
		}
	}
	return used;
}

void dxg_wchar_from_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count)
{
	if (!room)
		return;
	clear(to, dxg_wchar_put_utf16(to, room - 1, from, dxg_utf16_length(from, count)), room);
}

void dxg_wchar_from_units(wchar_t *to, size_t room, const uint16_t *from, size_t count)
{
	size_t length = dxg_utf16_length(from, count);
	size_t i;

	if (!room)
		return;
	for (i = 0; i < length && i < room - 1; i++)
		to[i] = (wchar_t)from[i];
	clear(to, i, room);
}

bool dxg_wchar_to_units(uint16_t *to, const wchar_t *from, size_t count)
{
	uint32_t character;
	size_t i;

	for (i = 0; i < count; i++) {
		character = (uint32_t)from[i];
		if (character > 0xffff)
			return false;
		to[i] = (uint16_t)character;
		if (!character)
			return true;
	}
	return false;
}
