/* SPDX-License-Identifier: MIT */
/*
 * The payloads of D3DKMTQueryAdapterInfo that hold strings: where each member
 * stands in the caller's structure (wchar_t) and on the wire (UTF-16).
 */
#ifndef DXG_SRC_QUERY_LAYOUT_H
#define DXG_SRC_QUERY_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

enum dxg_query_kind {
	DXG_QUERY_END,
	DXG_QUERY_IN,		/* count bytes, for the driver to read */
	DXG_QUERY_OUT,		/* count bytes, written by the driver */
	DXG_QUERY_TEXT,		/* written: a string of count characters */
	DXG_QUERY_PATH,		/* a string that may be a driver-store path */
	DXG_QUERY_UNITS,	/* a string whose units are not joined */
};

struct dxg_query_member {
	enum dxg_query_kind kind;
	uint16_t offset;
	uint16_t wire_offset;
	uint16_t count;
};

/*
 * @is_strict: a payload of another size is refused. Else it goes to the driver
 * as it is, since programs exist that give the size on the wire and expect
 * UTF-16.
 */
struct dxg_query_layout {
	uint16_t size;
	uint16_t wire_size;
	bool is_strict;
	struct dxg_query_member members[7];
};

#define DXG_QUERY_MAX_SIZE 16384
#define DXG_QUERY_MAX_WIRE_SIZE 8192

/* NULL: a type without strings, or without a fixed size. */
const struct dxg_query_layout *dxg_query_layout_find(unsigned int type);

/* Inputs of @from, the caller's payload, into the wire's, which is zeroed. */
void dxg_query_layout_put(const struct dxg_query_layout *layout, void *wire, const void *from);

/* Outputs of the wire's payload into the caller's; the rest of it stays. */
void dxg_query_layout_get(const struct dxg_query_layout *layout, void *to, const void *wire);

#endif
