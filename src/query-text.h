/* SPDX-License-Identifier: MIT */
/* The queries whose text runs on past their structure, as far as its size says. */
#ifndef DXG_SRC_QUERY_TEXT_H
#define DXG_SRC_QUERY_TEXT_H

#include <dxg/d3dkmthk.h>

/* KMTQAITYPE_QUERYREGISTRY; @query is a copy of the caller's. */
NTSTATUS dxg_query_registry(const D3DKMT_QUERYADAPTERINFO *query);

/* KMTQAITYPE_BLOCKLIST_KERNEL and _RUNTIME. */
NTSTATUS dxg_query_block_list(const D3DKMT_QUERYADAPTERINFO *query);

#endif
