/* SPDX-License-Identifier: MIT */
/*
 * query-info: D3DKMTQueryAdapterInfo, whose strings the driver speaks in UTF-16
 * and our callers declare as wchar_t. Not converted are PHYSICALADAPTERPNPKEY,
 * whose pointers cannot work across the wire, and SERVICENAME, whose layout is
 * not public.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "bodies.h"
#include "ioctl.h"
#include "query-layout.h"
#include "query-text.h"
#include "user-memory.h"

/* Every layout but the driver description's fits. */
#define SMALL_SIZE 4160
#define SMALL_WIRE_SIZE 2080

static NTSTATUS query_converted(const D3DKMT_QUERYADAPTERINFO *query,
				const struct dxg_query_layout *layout, void *payload, void *wire)
{
	D3DKMT_QUERYADAPTERINFO sent = *query;
	NTSTATUS status;

	if (!dxg_copy_from_caller(payload, query->pPrivateDriverData, layout->size))
		return STATUS_UNSUCCESSFUL;
	memset(wire, 0, layout->wire_size);
	dxg_query_layout_put(layout, wire, payload);
	sent.pPrivateDriverData = wire;
	sent.PrivateDriverDataSize = layout->wire_size;
	status = dxg_ioctl(LX_DXQUERYADAPTERINFO, &sent);
	if (status < 0)
		return status;
	dxg_query_layout_get(layout, payload, wire);
	if (!dxg_copy_to_caller(query->pPrivateDriverData, payload, layout->size))
		return STATUS_UNSUCCESSFUL;
	return status;
}

/* Apart, so that only this type takes 24 KiB of the caller's stack. */
__attribute__((noinline)) static NTSTATUS query_large(const D3DKMT_QUERYADAPTERINFO *query,
						      const struct dxg_query_layout *layout)
{
	uint64_t payload[DXG_QUERY_MAX_SIZE / sizeof(uint64_t)];
	uint64_t wire[DXG_QUERY_MAX_WIRE_SIZE / sizeof(uint64_t)];

	return query_converted(query, layout, payload, wire);
}

__attribute__((noinline)) static NTSTATUS query_small(const D3DKMT_QUERYADAPTERINFO *query,
						      const struct dxg_query_layout *layout)
{
	uint64_t payload[SMALL_SIZE / sizeof(uint64_t)];
	uint64_t wire[SMALL_WIRE_SIZE / sizeof(uint64_t)];

	return query_converted(query, layout, payload, wire);
}

static NTSTATUS query_fixed(const D3DKMT_QUERYADAPTERINFO *query,
			    const struct dxg_query_layout *layout)
{
	if (query->PrivateDriverDataSize != layout->size) {
		if (layout->is_strict)
			return STATUS_INVALID_PARAMETER;
		return dxg_ioctl(LX_DXQUERYADAPTERINFO, (void *)query);
	}
	if (!query->pPrivateDriverData)
		return STATUS_INVALID_PARAMETER;
	if (layout->size > SMALL_SIZE)
		return query_large(query, layout);
	return query_small(query, layout);
}

NTSTATUS dxg_D3DKMTQueryAdapterInfo(const D3DKMT_QUERYADAPTERINFO *args)
{
	const struct dxg_query_layout *layout;
	D3DKMT_QUERYADAPTERINFO query;

	if (!args)
		return STATUS_INVALID_PARAMETER;
	if (!dxg_copy_from_caller(&query, args, sizeof(query)))
		return STATUS_UNSUCCESSFUL;
	if (sizeof(WCHAR) == sizeof(uint16_t))
		return dxg_ioctl(LX_DXQUERYADAPTERINFO, &query);
	switch (query.Type) {
	case KMTQAITYPE_QUERYREGISTRY:
		return dxg_query_registry(&query);
	case KMTQAITYPE_BLOCKLIST_KERNEL:
	case KMTQAITYPE_BLOCKLIST_RUNTIME:
		return dxg_query_block_list(&query);
	default:
		layout = dxg_query_layout_find(query.Type);
		if (layout)
			return query_fixed(&query, layout);
		return dxg_ioctl(LX_DXQUERYADAPTERINFO, &query);
	}
}
