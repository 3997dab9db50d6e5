/* SPDX-License-Identifier: MIT */
/* The engines (nodes) of an adapter: how many, for what, their names. */
#include "engines.h"

#include <stdlib.h>
#include <string.h>

#include "query.h"

/* Most that are asked for, of one physical adapter. */
#define ENGINES_MAX 64

/* The adapter of a linked group is in the upper half of the number. */
static bool read_metadata(D3DKMT_HANDLE adapter, uint32_t physical_adapter, uint32_t ordinal,
			  struct dxcore_engine *ret_engine)
{
	D3DKMT_NODEMETADATA query = {
		.NodeOrdinalAndAdapterIndex = physical_adapter << 16 | ordinal,
	};

	if (dxcore_query_info(adapter, KMTQAITYPE_NODEMETADATA, &query, sizeof(query)) < 0)
		return false;
	ret_engine->type = query.NodeData.EngineType;
	ret_engine->has_name = true;
	memcpy(ret_engine->name, query.NodeData.FriendlyName, sizeof(ret_engine->name));
	ret_engine->name[sizeof(ret_engine->name) / sizeof(wchar_t) - 1] = L'\0';
	return true;
}

/* 0 if it is not told. */
static uint32_t counted(LUID luid)
{
	D3DKMT_QUERYSTATISTICS query = {
		.Type = D3DKMT_QUERYSTATISTICS_ADAPTER,
		.AdapterLuid = luid,
	};
	uint32_t count;

	if (D3DKMTQueryStatistics(&query) < 0)
		return 0;
	count = query.QueryResult.AdapterInformation.NodeCount;
	return count < ENGINES_MAX ? count : ENGINES_MAX;
}

/*
 * The statistics count the engines of a single adapter, which saves the question
 * about one too many; of a linked group they are asked for until there is none.
 */
static uint32_t read_physical(D3DKMT_HANDLE adapter, LUID luid, uint32_t physical_adapter,
			      bool is_single, struct dxcore_engine *engines)
{
	uint32_t told = is_single ? counted(luid) : 0;
	uint32_t most = told ? told : ENGINES_MAX;
	uint32_t i;

	for (i = 0; i < most; i++) {
		memset(&engines[i], 0, sizeof(engines[i]));
		engines[i].physical_adapter = physical_adapter;
		if (!read_metadata(adapter, physical_adapter, i, &engines[i]) && !told)
			break;
	}
	return i;
}

bool dxcore_engines_read(D3DKMT_HANDLE adapter, LUID luid, uint32_t physical_count,
			 struct dxcore_engine **ret_engines, uint32_t *ret_count)
{
	struct dxcore_engine *engines = malloc(physical_count * ENGINES_MAX * sizeof(*engines));
	struct dxcore_engine *smaller;
	uint32_t count = 0;
	uint32_t i;

	if (!engines)
		return false;
	for (i = 0; i < physical_count; i++)
		count += read_physical(adapter, luid, i, physical_count == 1, &engines[count]);
	smaller = realloc(engines, (count + 1) * sizeof(*engines));
	*ret_engines = smaller ? smaller : engines;
	*ret_count = count;
	return true;
}
