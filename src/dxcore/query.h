/* SPDX-License-Identifier: MIT */
/* Questions to the driver, and what its answers mean to DXCore. */
#ifndef DXG_SRC_DXCORE_QUERY_H
#define DXG_SRC_DXCORE_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxcore.h>

struct dxcore_enumeration {
	uint32_t count;
	D3DKMT_ADAPTERINFO adapters[D3DKMT_ADAPTERS_MAX];
};

/* All adapters of the machine, opened; closed again by the second. */
NTSTATUS dxcore_query_enumerate(struct dxcore_enumeration *ret_found);
void dxcore_query_enumerated_close(const struct dxcore_enumeration *found);

/*
 * Handles are not kept: a child would inherit the numbers and not the openings,
 * and neither does an open cost a message to the host.
 */
NTSTATUS dxcore_query_open(LUID luid, D3DKMT_HANDLE *ret_adapter);
void dxcore_query_close(D3DKMT_HANDLE adapter);

/* @data, of @size bytes, is the payload of the question. */
NTSTATUS dxcore_query_info(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type, void *data,
			   uint32_t size);
/* The first of two types that is answered: of the render and of any adapter. */
NTSTATUS dxcore_query_either(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
			     KMTQUERYADAPTERINFOTYPE other, void *data, uint32_t size);

/* Whether an adapter has gone since it was opened: by a question that costs nothing. */
bool dxcore_query_has_gone(D3DKMT_HANDLE adapter);

/* Whether this answer to an open says that there is no such adapter. */
bool dxcore_query_says_gone(NTSTATUS status);

/* A failed question about an adapter that is there. */
HRESULT dxcore_query_result(NTSTATUS status);

#endif
