/* SPDX-License-Identifier: MIT */
/*
 * What the arguments of the calls look like, as tables. They are generated from
 * docs/abi and members.csv by generate-layouts.py, and hold no address: nothing of
 * them is touched when the library is loaded.
 */
#ifndef DXG_SRC_TRACE_LAYOUT_H
#define DXG_SRC_TRACE_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "trace.h"

enum dxg_trace_kind {
	DXG_TRACE_UNSIGNED,
	DXG_TRACE_SIGNED,
	DXG_TRACE_HEX,
	DXG_TRACE_POINTER,
	DXG_TRACE_LUID,
	DXG_TRACE_TEXT,		/* WCHARs within the structure */
	DXG_TRACE_ENUM,		/* @type is an enum */
	DXG_TRACE_MASK,		/* an enum whose values are bits */
	DXG_TRACE_FLAGS,	/* @type is a layout of nothing but bits */
	DXG_TRACE_STRUCT,	/* @type is a layout */
};

enum dxg_trace_place {
	DXG_TRACE_ONE,
	DXG_TRACE_ARRAY,	/* elements within the structure */
	DXG_TRACE_LIST,		/* elements behind a pointer */
};

/* A number in a structure; with a width not 0, only these bits of it. */
struct dxg_trace_number {
	uint16_t offset;
	uint16_t size;
	uint8_t bit;
	uint8_t width;
};

/**
 * struct dxg_trace_member - one member of a structure
 * @name: its place in dxg_trace_names
 * @at: where it is; the size of a list or an array is that of an element
 * @type: number of a layout or enum, as @kind says
 * @is_out: the call writes it, nobody reads it
 * @is_rare: not worth a word where it is 0
 * @capacity: most elements there can be
 * @count: how many there are; without a size, @capacity of them
 * @when: the member holds where this number is @when_is; without a size, always
 */
struct dxg_trace_member {
	uint16_t name;
	uint16_t type;
	struct dxg_trace_number at;
	uint8_t kind;
	uint8_t place;
	bool is_out;
	bool is_rare;
	uint16_t capacity;
	struct dxg_trace_number count;
	struct dxg_trace_number when;
	int32_t when_is;
};

struct dxg_trace_range {
	uint16_t first;
	uint16_t count;
};

struct dxg_trace_layout {
	uint16_t size;
	struct dxg_trace_range members;
};

struct dxg_trace_value {
	uint32_t value;
	uint16_t name;
};

/* @is_plain: what @layout describes are the arguments themselves, no structure. */
struct dxg_trace_function {
	uint16_t name;
	uint16_t layout;
	bool is_plain;
};

extern const char dxg_trace_names[];
extern const struct dxg_trace_value dxg_trace_values[];
extern const struct dxg_trace_range dxg_trace_enums[];
extern const struct dxg_trace_member dxg_trace_members[];
extern const struct dxg_trace_layout dxg_trace_layouts[];
extern const struct dxg_trace_function dxg_trace_functions[DXG_CALL_COUNT];

#endif
