/* SPDX-License-Identifier: MIT */
/* The string payloads of D3DKMTQueryAdapterInfo in their two layouts. */
#include "query-layout.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include <dxg/d3dkmthk.h>

#include "driver-path.h"
#include "utf16.h"

/* Offsets and counts are numbers: a bit-field or a hole has no offsetof(). */
static const struct dxg_query_layout umd_file_name = {
	1044, 524, true, {
		{ DXG_QUERY_IN, 0, 0, 4 },
		{ DXG_QUERY_PATH, 4, 4, 260 },
	},
};

static const struct dxg_query_layout opengl = {
	1048, 528, true, {
		{ DXG_QUERY_IN, 1040, 520, 8 },
		{ DXG_QUERY_PATH, 0, 0, 260 },
		{ DXG_QUERY_OUT, 1040, 520, 8 },
	},
};

static const struct dxg_query_layout adapter_registry = {
	4160, 2080, true, {
		{ DXG_QUERY_PATH, 0, 0, 260 },
		{ DXG_QUERY_PATH, 1040, 520, 260 },
		{ DXG_QUERY_PATH, 2080, 1040, 260 },
		{ DXG_QUERY_PATH, 3120, 1560, 260 },
	},
};

static const struct dxg_query_layout node_metadata = {
	142, 78, true, {
		{ DXG_QUERY_IN, 0, 0, 4 },
		{ DXG_QUERY_OUT, 4, 4, 4 },
		{ DXG_QUERY_UNITS, 8, 8, 32 },
		{ DXG_QUERY_OUT, 136, 72, 6 },
	},
};

static const struct dxg_query_layout unique_guid = {
	160, 80, true, {
		{ DXG_QUERY_UNITS, 0, 0, 40 },
	},
};

static const struct dxg_query_layout driver_description = {
	16384, 8192, true, {
		{ DXG_QUERY_PATH, 0, 0, 4096 },
	},
};

static const struct dxg_query_layout file_name_alone = {
	1040, 520, false, {
		{ DXG_QUERY_PATH, 0, 0, 260 },
	},
};

static const struct dxg_query_layout display_umd_file_name = {
	1044, 524, false, {
		{ DXG_QUERY_IN, 0, 0, 4 },
		{ DXG_QUERY_PATH, 4, 4, 260 },
	},
};

static const struct dxg_query_layout gpu_version = {
	260, 132, false, {
		{ DXG_QUERY_IN, 0, 0, 4 },
		{ DXG_QUERY_TEXT, 4, 4, 32 },
		{ DXG_QUERY_TEXT, 132, 68, 32 },
	},
};

#define IS_SIZE(type, size) \
	static_assert(sizeof(WCHAR) != 4 || sizeof(type) == (size), #type)
IS_SIZE(D3DKMT_UMDFILENAMEINFO, 1044);
IS_SIZE(D3DKMT_OPENGLINFO, 1048);
IS_SIZE(D3DKMT_ADAPTERREGISTRYINFO, 4160);
IS_SIZE(D3DKMT_NODEMETADATA, 142);
IS_SIZE(D3DKMT_QUERY_ADAPTER_UNIQUE_GUID, 160);
IS_SIZE(D3DKMT_DRIVER_DESCRIPTION, DXG_QUERY_MAX_SIZE);
IS_SIZE(D3DKMT_DLIST_DRIVER_NAME, 1040);
IS_SIZE(D3DKMT_CPDRIVERNAME, 1040);
IS_SIZE(D3DKMT_MIRACASTCOMPANIONDRIVERNAME, 1040);
IS_SIZE(D3DKMT_DISPLAY_UMD_FILENAMEINFO, 1044);
IS_SIZE(D3DKMT_GPUVERSION, 260);

const struct dxg_query_layout *dxg_query_layout_find(unsigned int type)
{
	switch (type) {
	case KMTQAITYPE_UMDRIVERNAME:
		return &umd_file_name;
	case KMTQAITYPE_UMOPENGLINFO:
		return &opengl;
	case KMTQAITYPE_ADAPTERREGISTRYINFO:
	case KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER:
		return &adapter_registry;
	case KMTQAITYPE_NODEMETADATA:
		return &node_metadata;
	case KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID:
		return &unique_guid;
	case KMTQAITYPE_DRIVER_DESCRIPTION:
	case KMTQAITYPE_DRIVER_DESCRIPTION_RENDER:
		return &driver_description;
	case KMTQAITYPE_DLIST_DRIVER_NAME:
	case KMTQAITYPE_CPDRIVERNAME:
	case KMTQAITYPE_MIRACASTCOMPANIONDRIVERNAME:
		return &file_name_alone;
	case KMTQAITYPE_DISPLAY_UMDRIVERNAME:
		return &display_umd_file_name;
	case KMTQUITYPE_GPUVERSION:
		return &gpu_version;
	default:
		return NULL;
	}
}

void dxg_query_layout_put(const struct dxg_query_layout *layout, void *wire, const void *from)
{
	const struct dxg_query_member *m;

	for (m = layout->members; m->kind != DXG_QUERY_END; m++)
		if (m->kind == DXG_QUERY_IN)
			memcpy((char *)wire + m->wire_offset, (const char *)from + m->offset,
			       m->count);
}

/*
 * Only the packed D3DKMT_NODEMETADATA has its string at an offset that might be
 * unaligned, and there it is a multiple of four as well; the buffers are
 * aligned.
 */
static void get_member(const struct dxg_query_member *m, void *to, const void *wire)
{
	switch (m->kind) {
	case DXG_QUERY_OUT:
		memcpy(to, wire, m->count);
		break;
	case DXG_QUERY_TEXT:
		dxg_wchar_from_utf16(to, m->count, wire, m->count);
		break;
	case DXG_QUERY_PATH:
		dxg_driver_path_from_utf16(to, m->count, wire, m->count);
		break;
	case DXG_QUERY_UNITS:
		dxg_wchar_from_units(to, m->count, wire, m->count);
		break;
	case DXG_QUERY_IN:
	case DXG_QUERY_END:
		break;
	}
}

void dxg_query_layout_get(const struct dxg_query_layout *layout, void *to, const void *wire)
{
	const struct dxg_query_member *m;

	for (m = layout->members; m->kind != DXG_QUERY_END; m++)
		get_member(m, (char *)to + m->offset, (const char *)wire + m->wire_offset);
}
