/* SPDX-License-Identifier: MIT */
/* The host's driver-store paths, as paths of this machine. */
#include "driver-path.h"

#include "utf16.h"

static const char repository[] = "\\filerepository\\";
static const char drivers[] = "/usr/lib/wsl/drivers/";

#define LENGTH(text) (sizeof(text) - 1)

static uint16_t to_lower(uint16_t unit)
{
	return unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit;
}

static int is_repository(const uint16_t *from)
{
	size_t i;

	for (i = 0; i < LENGTH(repository); i++)
		if (to_lower(from[i]) != (unsigned char)repository[i])
			return 0;
	return 1;
}

/* Index of what follows the first \FileRepository\; 0: there is none. */
static size_t skip_repository(const uint16_t *from, size_t length)
{
	size_t i;

	for (i = 0; i + LENGTH(repository) <= length; i++)
		if (is_repository(from + i))
			return i + LENGTH(repository);
	return 0;
}

static size_t put_drivers(wchar_t *to, size_t room)
{
	size_t used;

	for (used = 0; used < LENGTH(drivers) && used < room; used++)
		to[used] = (wchar_t)drivers[used];
	return used;
}

size_t dxg_driver_path_from_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count)
{
	size_t length = dxg_utf16_length(from, count);
	size_t rest = skip_repository(from, length);
	size_t used = 0;
	size_t start;
	size_t i;

	if (!room)
		return 0;
	if (rest)
		used = put_drivers(to, room - 1);
	start = used;
	used += dxg_wchar_put_utf16(to + used, room - 1 - used, from + rest, length - rest);
	for (i = start; rest && i < used; i++)
		if (to[i] == L'\\')
			to[i] = L'/';
	for (i = used; i < room; i++)
		to[i] = 0;
	return used;
}
