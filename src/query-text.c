/* SPDX-License-Identifier: MIT */
/* Registry values and block lists: payloads of any length. */
#include "query-text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <dxg/uapi.h>

#include "driver-path.h"
#include "ioctl.h"
#include "user-memory.h"
#include "utf16.h"

#define NAME_LENGTH 260

/* Far above what the driver takes, 128 KiB; it would say the same. */
#define MAX_SIZE (1024 * 1024)

/* Registry types whose values are text. */
#define REGISTRY_SZ 1
#define REGISTRY_EXPAND_SZ 2
#define REGISTRY_MULTI_SZ 7

/* D3DDDI_QUERYREGISTRY_INFO as the driver has it; the value begins at text. */
struct wire_registry {
	uint32_t query_type;
	uint32_t query_flags;
	uint16_t value_name[NAME_LENGTH];
	uint32_t value_type;
	uint32_t physical_adapter_index;
	uint32_t output_value_size;
	uint32_t status;
	union {
		uint16_t text[4];
		uint64_t number;
	} value;
};

#define VALUE_OFFSET offsetof(D3DDDI_QUERYREGISTRY_INFO, OutputDword)
#define WIRE_VALUE_OFFSET offsetof(struct wire_registry, value)

/*
 * One query under way: a copy of the caller's payload and the wire's, of which
 * both live in one piece of memory.
 */
struct text_query {
	const D3DKMT_QUERYADAPTERINFO *query;
	size_t size;
	size_t wire_size;
	void *payload;
	void *wire;
	void *heap;
	uint64_t room[512];
};

static size_t align(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* Reads the caller's payload; afterwards end_query() is due whatever it says. */
static NTSTATUS begin_query(struct text_query *q, const D3DKMT_QUERYADAPTERINFO *query,
			    size_t wire_size)
{
	size_t needed = align(query->PrivateDriverDataSize) + align(wire_size);

	q->query = query;
	q->size = query->PrivateDriverDataSize;
	q->wire_size = wire_size;
	q->heap = NULL;
	q->payload = q->room;
	if (needed > sizeof(q->room)) {
		q->payload = q->heap = malloc(needed);
		if (!q->heap)
			return STATUS_NO_MEMORY;
	}
	q->wire = (char *)q->payload + align(q->size);
	memset(q->wire, 0, wire_size);
	if (!dxg_copy_from_caller(q->payload, query->pPrivateDriverData, q->size))
		return STATUS_UNSUCCESSFUL;
	return STATUS_SUCCESS;
}

static NTSTATUS send_query(const struct text_query *q)
{
	D3DKMT_QUERYADAPTERINFO sent = *q->query;

	sent.pPrivateDriverData = q->wire;
	sent.PrivateDriverDataSize = (UINT)q->wire_size;
	return dxg_ioctl(LX_DXQUERYADAPTERINFO, &sent);
}

static bool return_payload(const struct text_query *q)
{
	return dxg_copy_to_caller(q->query->pPrivateDriverData, q->payload, q->size);
}

static void end_query(struct text_query *q)
{
	free(q->heap);
}

static bool is_path_type(uint32_t query_type)
{
	return query_type == D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH ||
	       query_type == D3DDDI_QUERYREGISTRY_DRIVERIMAGEPATH;
}

static bool has_name(uint32_t query_type)
{
	return query_type == D3DDDI_QUERYREGISTRY_SERVICEKEY ||
	       query_type == D3DDDI_QUERYREGISTRY_ADAPTERKEY;
}

static bool is_text(uint32_t query_type, uint32_t value_type)
{
	return is_path_type(query_type) || value_type == REGISTRY_SZ ||
	       value_type == REGISTRY_EXPAND_SZ || value_type == REGISTRY_MULTI_SZ;
}

static bool is_list(uint32_t query_type, uint32_t value_type)
{
	return value_type == REGISTRY_MULTI_SZ && !is_path_type(query_type);
}

static bool put_registry(struct wire_registry *wire, const D3DDDI_QUERYREGISTRY_INFO *info)
{
	wire->query_type = info->QueryType;
	memcpy(&wire->query_flags, &info->QueryFlags, sizeof(wire->query_flags));
	wire->value_type = info->ValueType;
	wire->physical_adapter_index = info->PhysicalAdapterIndex;
	wire->status = D3DDDI_QUERYREGISTRY_STATUS_FAIL;
	if (!has_name(info->QueryType))
		return true;
	return dxg_wchar_to_units(wire->value_name, (const wchar_t *)info->ValueName, NAME_LENGTH);
}

/* Strings one after another, up to and with an empty one. */
static void put_list(wchar_t *to, size_t room, const uint16_t *from, size_t count)
{
	size_t length = dxg_utf16_length(from, count);

	while (length && room > 1) {
		size_t used = dxg_driver_path_from_utf16(to, room - 1, from, length);

		to += used + 1;
		room -= used + 1;
		from += length;
		count -= length;
		if (!count)
			break;
		from++;
		count--;
		length = dxg_utf16_length(from, count);
	}
	while (room--)
		*to++ = 0;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * The host counts bytes, which the value need not reach: its size, the room on
 * the wire and the caller's room all bound what is written.
 */
static void get_value(const struct text_query *q, bool as_text, bool as_list)
{
	const struct wire_registry *wire = q->wire;
	size_t room = q->size - VALUE_OFFSET;
	size_t size = smaller(wire->output_value_size, q->wire_size - WIRE_VALUE_OFFSET);
	char *to = (char *)q->payload + VALUE_OFFSET;
	const void *from = &wire->value;

	if (!as_text)
		memcpy(to, from, smaller(size, room));
	else if (as_list)
		put_list((wchar_t *)to, room / sizeof(wchar_t), from, size / 2);
	else
		dxg_driver_path_from_utf16((wchar_t *)to, room / sizeof(wchar_t), from, size / 2);
}

/* Bytes of text in the caller's characters. */
static ULONG widened_size(uint32_t size)
{
	uint64_t widened = (uint64_t)(size / 2) * sizeof(WCHAR);

	return widened > UINT32_MAX ? UINT32_MAX - 3 : (ULONG)widened;
}

static NTSTATUS query_registry(struct text_query *q)
{
	D3DDDI_QUERYREGISTRY_INFO *info = q->payload;
	const struct wire_registry *wire = q->wire;
	bool as_text = is_text(info->QueryType, info->ValueType);
	NTSTATUS status;

	if (as_text)
		q->wire_size = sizeof(*wire) + (q->size - sizeof(*info)) / sizeof(WCHAR) * 2;
	if (!put_registry(q->wire, info))
		return STATUS_INVALID_PARAMETER;
	status = send_query(q);
	if (status < 0)
		return status;
	info->Status = wire->status;
	info->OutputValueSize = as_text ? widened_size(wire->output_value_size) :
					  wire->output_value_size;
	if (wire->status == D3DDDI_QUERYREGISTRY_STATUS_SUCCESS)
		get_value(q, as_text, is_list(info->QueryType, info->ValueType));
	return return_payload(q) ? status : STATUS_UNSUCCESSFUL;
}

NTSTATUS dxg_query_registry(const D3DKMT_QUERYADAPTERINFO *query)
{
	size_t extra = query->PrivateDriverDataSize - sizeof(D3DDDI_QUERYREGISTRY_INFO);
	struct text_query q;
	NTSTATUS status;

	if (query->PrivateDriverDataSize < sizeof(D3DDDI_QUERYREGISTRY_INFO) ||
	    query->PrivateDriverDataSize > MAX_SIZE || !query->pPrivateDriverData)
		return STATUS_INVALID_PARAMETER;
	/* Room for a value that is no text, which is the longer one. */
	status = begin_query(&q, query, sizeof(struct wire_registry) + extra);
	if (status == STATUS_SUCCESS)
		status = query_registry(&q);
	end_query(&q);
	return status;
}

/* D3DKMT_BLOCKLIST_INFO: a size and, right behind it in both layouts, text. */
#define LIST_OFFSET 4
#define LIST_SIZE 8

/* The size may be meant to cover the structure or the text alone. */
static uint32_t narrowed_size(uint32_t size, const struct text_query *q)
{
	return size == q->size ? (uint32_t)q->wire_size : size / sizeof(WCHAR) * 2;
}

static NTSTATUS query_block_list(struct text_query *q)
{
	char *payload = q->payload;
	char *wire = q->wire;
	uint32_t size;
	NTSTATUS status;

	memcpy(&size, payload, sizeof(size));
	size = narrowed_size(size, q);
	memcpy(wire, &size, sizeof(size));
	status = send_query(q);
	if (status < 0)
		return status;
	dxg_wchar_from_utf16((wchar_t *)(payload + LIST_OFFSET),
			     (q->size - LIST_OFFSET) / sizeof(wchar_t),
			     (const uint16_t *)(wire + LIST_OFFSET),
			     (q->wire_size - LIST_OFFSET) / 2);
	return return_payload(q) ? status : STATUS_UNSUCCESSFUL;
}

NTSTATUS dxg_query_block_list(const D3DKMT_QUERYADAPTERINFO *query)
{
	size_t characters = (query->PrivateDriverDataSize - LIST_OFFSET) / sizeof(WCHAR);
	struct text_query q;
	NTSTATUS status;

	if (query->PrivateDriverDataSize < LIST_SIZE)
		return dxg_ioctl(LX_DXQUERYADAPTERINFO, (void *)query);
	if (query->PrivateDriverDataSize > MAX_SIZE || !query->pPrivateDriverData)
		return STATUS_INVALID_PARAMETER;
	if (characters < 2)
		characters = 2; /* no less than the structure on the wire */
	status = begin_query(&q, query, LIST_OFFSET + characters * 2);
	if (status == STATUS_SUCCESS)
		status = query_block_list(&q);
	end_query(&q);
	return status;
}
