/* SPDX-License-Identifier: MIT */
/* The engines (nodes) of an adapter: how many, for what, their names. */
#ifndef DXG_SRC_DXCORE_ENGINES_H
#define DXG_SRC_DXCORE_ENGINES_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

#include <dxg/d3dkmthk.h>

struct dxcore_engine {
	uint32_t physical_adapter;
	DXGK_ENGINE_TYPE type;
	bool has_name;
	wchar_t name[32];
};

/* The engines of @physical_count adapters one after the other. false: no memory. */
bool dxcore_engines_read(D3DKMT_HANDLE adapter, LUID luid, uint32_t physical_count,
			 struct dxcore_engine **ret_engines, uint32_t *ret_count);

#endif
