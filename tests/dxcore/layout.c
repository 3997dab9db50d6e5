/* SPDX-License-Identifier: MIT */
/* Sizes, offsets, values and GUIDs, as dxg/dxcore.h has them. */
#include "layout.h"

#include <dxg/dxcore.h>

#define SIZE(type) { "sizeof(" #type ")", sizeof(type) },
#define OFFSET(type, member) { #type "." #member, offsetof(type, member) },
#define VALUE(type, name) { #type "::" #name, type##_##name },
#define RESULT(name) { #name, (uint32_t)name },
#define ID(name) { #name, &name },

const struct layout_number layout_numbers[] = {
#include "layout-rows.h"
	{ NULL, 0 },
};

const struct layout_guid layout_guids[] = {
#include "layout-guids.h"
	{ NULL, NULL },
};
