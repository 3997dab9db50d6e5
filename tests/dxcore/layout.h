/* SPDX-License-Identifier: MIT */
/* Sizes, offsets, values and GUIDs, as dxg/dxcore.h has them. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>
#include <stdint.h>

/* One number by its name in C++. */
struct layout_number {
	const char *name;
	size_t number;
};

struct layout_guid {
	const char *name;
	const void *bytes;
};

/* Each ends with a name that is NULL. */
extern const struct layout_number layout_numbers[];
extern const struct layout_guid layout_guids[];

#endif
