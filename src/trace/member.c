/* SPDX-License-Identifier: MIT */
/* Structures as text, by the tables of layout.h. */
#include "member.h"

#include <string.h>

#include "../user-memory.h"
#include "../utf8.h"
#include "layout.h"

/* Elements that are shown of an array. */
#define MAX_NUMBERS 8
#define MAX_STRUCTS 4
/* Bytes read of an array at once. */
#define MAX_ELEMENTS_SIZE 512
/* Characters of a text. */
#define MAX_TEXT 64

/* The copy that is printed, and the one from before the call, if there is one. */
struct view {
	const char *now;
	const char *before;
	bool is_out;
	bool has_failed;
};

static void put_struct(struct dxg_line *line, const struct dxg_trace_layout *layout,
		       const struct view *view);

static uint64_t number(const char *structure, const struct dxg_trace_number *at)
{
	const char *from = structure + at->offset;
	uint64_t value = 0;
	uint32_t four;
	uint16_t two;

	switch (at->size) {
	case 1:
		value = *(const uint8_t *)from;
		break;
	case 2:
		memcpy(&two, from, sizeof(two));
		value = two;
		break;
	case 4:
		memcpy(&four, from, sizeof(four));
		value = four;
		break;
	default:
		memcpy(&value, from, sizeof(value));
		break;
	}
	if (at->width)
		value = value >> at->bit & (~0ull >> (64 - at->width));
	return value;
}

static const char *name_of(uint16_t name)
{
	return dxg_trace_names + name;
}

static int64_t extend_sign(uint64_t value, unsigned int size)
{
	unsigned int unused = 64 - 8 * size;

	return (int64_t)(value << unused) >> unused;
}

static void put_enum(struct dxg_line *line, const struct dxg_trace_range *range, uint64_t value)
{
	const struct dxg_trace_value *values = dxg_trace_values + range->first;
	uint16_t i;

	for (i = 0; i < range->count; i++) {
		if (values[i].value == value) {
			dxg_line_text(line, name_of(values[i].name));
			return;
		}
	}
	dxg_line_unsigned(line, value);
}

static void put_mask(struct dxg_line *line, const struct dxg_trace_range *range, uint64_t value)
{
	const struct dxg_trace_value *values = dxg_trace_values + range->first;
	const char *separator = "";
	uint16_t i;

	for (i = 0; i < range->count; i++) {
		if (!(value & values[i].value))
			continue;
		value &= ~(uint64_t)values[i].value;
		dxg_line_text(line, separator);
		dxg_line_text(line, name_of(values[i].name));
		separator = "|";
	}
	if (!value && *separator)
		return;
	dxg_line_text(line, separator);
	if (value)
		dxg_line_hex(line, value);
	else
		dxg_line_unsigned(line, 0);
}

static void put_luid(struct dxg_line *line, const char *at)
{
	LUID luid;

	memcpy(&luid, at, sizeof(luid));
	dxg_line_luid(line, luid);
}

static void put_wide(struct dxg_line *line, const char *at, size_t size)
{
	char text[MAX_TEXT * DXG_UTF8_MAX + 1];
	WCHAR wide[MAX_TEXT];

	if (size > sizeof(wide))
		size = sizeof(wide);
	memcpy(wide, at, size);
	dxg_utf8_from_wchar(text, wide, size / sizeof(WCHAR));
	dxg_line_quoted(line, text);
}

/* "Name|Name:2": the bits that are set. */
static void put_flags(struct dxg_line *line, const struct dxg_trace_layout *layout,
		      const char *structure)
{
	const struct dxg_trace_member *member = dxg_trace_members + layout->members.first;
	const char *separator = "";
	uint16_t i;

	for (i = 0; i < layout->members.count; i++, member++) {
		uint64_t value = number(structure, &member->at);

		if (!value)
			continue;
		dxg_line_text(line, separator);
		dxg_line_text(line, name_of(member->name));
		if (member->at.width > 1) {
			dxg_line_text(line, ":");
			dxg_line_hex(line, value);
		}
		separator = "|";
	}
	if (!*separator)
		dxg_line_unsigned(line, 0);
}

static void put_number(struct dxg_line *line, const struct dxg_trace_member *member,
		       uint64_t value)
{
	switch (member->kind) {
	case DXG_TRACE_SIGNED:
		dxg_line_signed(line, extend_sign(value, member->at.size));
		break;
	case DXG_TRACE_HEX:
		dxg_line_hex(line, value);
		break;
	case DXG_TRACE_POINTER:
		dxg_line_address(line, value);
		break;
	case DXG_TRACE_ENUM:
		put_enum(line, &dxg_trace_enums[member->type], value);
		break;
	case DXG_TRACE_MASK:
		put_mask(line, &dxg_trace_enums[member->type], value);
		break;
	default:
		dxg_line_unsigned(line, value);
		break;
	}
}

/* What stands at @at.offset of @view, whatever it is. */
static void put_value(struct dxg_line *line, const struct dxg_trace_member *member,
		      const struct view *view)
{
	const char *at = view->now + member->at.offset;
	struct view inner = *view;

	switch (member->kind) {
	case DXG_TRACE_LUID:
		put_luid(line, at);
		break;
	case DXG_TRACE_TEXT:
		put_wide(line, at, member->at.size);
		break;
	case DXG_TRACE_FLAGS:
		put_flags(line, &dxg_trace_layouts[member->type], at);
		break;
	case DXG_TRACE_STRUCT:
		inner.now = at;
		inner.before = view->before ? view->before + member->at.offset : NULL;
		put_struct(line, &dxg_trace_layouts[member->type], &inner);
		break;
	default:
		put_number(line, member, number(view->now, &member->at));
		break;
	}
}

static uint64_t smaller(uint64_t one, uint64_t other)
{
	return one < other ? one : other;
}

/* A call may tell that there is more than it had room for. */
static uint64_t count_of(const struct dxg_trace_member *member, const struct view *view)
{
	uint64_t count;

	if (!member->count.size)
		return member->capacity;
	count = number(view->now, &member->count);
	if (view->is_out && view->before)
		count = smaller(count, number(view->before, &member->count));
	if (member->place == DXG_TRACE_ARRAY)
		count = smaller(count, member->capacity);
	return count;
}

/* How many of @count elements are shown. */
static uint64_t shown_of(const struct dxg_trace_member *member, uint64_t count)
{
	uint64_t most = member->kind == DXG_TRACE_STRUCT ? MAX_STRUCTS : MAX_NUMBERS;

	return smaller(count, smaller(most, MAX_ELEMENTS_SIZE / member->at.size));
}

static void put_elements(struct dxg_line *line, const struct dxg_trace_member *member,
			 const char *elements, uint64_t count, const struct view *view)
{
	struct dxg_trace_member element = *member;
	struct view inner = *view;
	uint64_t shown = shown_of(member, count);
	uint64_t i;

	dxg_line_text(line, "[");
	inner.before = NULL;
	inner.now = elements;
	element.at.offset = 0;
	for (i = 0; i < shown; i++) {
		dxg_line_next(line);
		put_value(line, &element, &inner);
		inner.now += member->at.size;
	}
	dxg_line_more(line, count - shown);
	dxg_line_text(line, "]");
}

/* Only as much is read as is shown: the driver has to read all of it anyway. */
static void put_list(struct dxg_line *line, const struct dxg_trace_member *member,
		     const struct view *view)
{
	_Alignas(8) char elements[MAX_ELEMENTS_SIZE];
	const struct dxg_trace_number place = { member->at.offset, sizeof(void *), 0, 0 };
	uintptr_t address = (uintptr_t)number(view->now, &place);
	uint64_t count = count_of(member, view);
	size_t size = (size_t)shown_of(member, count) * member->at.size;

	if (!address || (view->is_out && view->has_failed)) {
		dxg_line_address(line, address);
	} else if (size && !dxg_copy_from_caller(elements, (const void *)address, size)) {
		dxg_line_address(line, address);
		dxg_line_text(line, " {unreadable}");
	} else {
		put_elements(line, member, elements, count, view);
	}
}

static bool is_zero(const struct dxg_trace_member *member, const char *structure)
{
	size_t size = member->at.size;
	size_t i;

	if (member->place == DXG_TRACE_ARRAY)
		size *= member->capacity;
	if (member->at.width)
		return !number(structure, &member->at);
	for (i = 0; i < size; i++)
		if (structure[member->at.offset + i])
			return false;
	return true;
}

static bool is_shown(const struct dxg_trace_member *member, const char *structure)
{
	if (member->when.size && (int64_t)number(structure, &member->when) != member->when_is)
		return false;
	return !member->is_rare || !is_zero(member, structure);
}

static bool is_simple(const struct dxg_trace_member *member)
{
	return member->kind != DXG_TRACE_STRUCT && member->place == DXG_TRACE_ONE;
}

static bool has_changed(const struct dxg_trace_member *member, const struct view *view)
{
	if (member->at.width)
		return number(view->now, &member->at) != number(view->before, &member->at);
	return memcmp(view->now + member->at.offset, view->before + member->at.offset,
		      member->at.size);
}

/* A member that the call has changed is shown as it was, too. */
static void put_changing(struct dxg_line *line, const struct dxg_trace_member *member,
			 const struct view *view)
{
	struct view earlier = *view;

	if (!view->is_out && view->before && has_changed(member, view)) {
		earlier.now = view->before;
		put_value(line, member, &earlier);
		dxg_line_text(line, "=>");
	}
	put_value(line, member, view);
}

/* Of a call that has failed, what it has not written is anything. */
static bool is_unwritten(const struct dxg_trace_member *member, const struct view *view)
{
	return view->is_out && view->has_failed &&
	       (!view->before || !has_changed(member, view));
}

static void put_member(struct dxg_line *line, const struct dxg_trace_member *member,
		       const struct view *owner)
{
	struct view view = *owner;

	view.is_out |= member->is_out;
	dxg_line_name(line, name_of(member->name));
	if (member->place == DXG_TRACE_LIST)
		put_list(line, member, &view);
	else if (view.is_out && view.has_failed && !is_simple(member))
		dxg_line_text(line, "?");
	else if (member->place == DXG_TRACE_ARRAY)
		put_elements(line, member, view.now + member->at.offset,
			     count_of(member, &view), &view);
	else if (is_simple(member) && is_unwritten(member, &view))
		dxg_line_text(line, "?");
	else if (is_simple(member))
		put_changing(line, member, &view);
	else
		put_value(line, member, &view);
}

static void put_members(struct dxg_line *line, const struct dxg_trace_layout *layout,
			const struct view *view)
{
	const struct dxg_trace_member *member = dxg_trace_members + layout->members.first;
	uint16_t i;

	for (i = 0; i < layout->members.count; i++, member++)
		if (is_shown(member, view->now))
			put_member(line, member, view);
}

static void put_struct(struct dxg_line *line, const struct dxg_trace_layout *layout,
		       const struct view *view)
{
	dxg_line_text(line, "{");
	put_members(line, layout, view);
	dxg_line_text(line, "}");
}

void dxg_trace_put_args(struct dxg_line *line, unsigned int layout, const char *now,
			const char *before, bool has_failed)
{
	const struct view view = { .now = now, .before = before, .has_failed = has_failed };

	put_members(line, &dxg_trace_layouts[layout], &view);
}
