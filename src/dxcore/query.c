/* SPDX-License-Identifier: MIT */
/* Questions to the driver, and what its answers mean to DXCore. */
#include "query.h"

#include <string.h>

static NTSTATUS enumerate_older(struct dxcore_enumeration *found)
{
	D3DKMT_ENUMADAPTERS2 args;
	NTSTATUS status;

	/* Holes, too: all of it goes to the driver. */
	memset(&args, 0, sizeof(args));
	args.NumAdapters = D3DKMT_ADAPTERS_MAX;
	args.pAdapters = found->adapters;
	status = D3DKMTEnumAdapters2(&args);
	found->count = status < 0 ? 0 : args.NumAdapters;
	return status;
}

NTSTATUS dxcore_query_enumerate(struct dxcore_enumeration *ret_found)
{
	D3DKMT_ENUMADAPTERS3 args;
	NTSTATUS status;

	memset(&args, 0, sizeof(args));
	args.Filter.IncludeComputeOnly = 1;
	args.NumAdapters = D3DKMT_ADAPTERS_MAX;
	args.pAdapters = ret_found->adapters;
	status = D3DKMTEnumAdapters3(&args);
	if (status < 0)
		return enumerate_older(ret_found);
	ret_found->count = args.NumAdapters;
	return status;
}

void dxcore_query_enumerated_close(const struct dxcore_enumeration *found)
{
	uint32_t i;

	for (i = 0; i < found->count; i++)
		dxcore_query_close(found->adapters[i].hAdapter);
}

NTSTATUS dxcore_query_open(LUID luid, D3DKMT_HANDLE *ret_adapter)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = luid };
	NTSTATUS status = D3DKMTOpenAdapterFromLuid(&args);

	*ret_adapter = args.hAdapter;
	return status;
}

void dxcore_query_close(D3DKMT_HANDLE adapter)
{
	D3DKMT_CLOSEADAPTER args = { .hAdapter = adapter };

	D3DKMTCloseAdapter(&args);
}

NTSTATUS dxcore_query_info(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type, void *data,
			   uint32_t size)
{
	D3DKMT_QUERYADAPTERINFO args = {
		.hAdapter = adapter,
		.Type = type,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	return D3DKMTQueryAdapterInfo(&args);
}

NTSTATUS dxcore_query_either(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
			     KMTQUERYADAPTERINFOTYPE other, void *data, uint32_t size)
{
	NTSTATUS status = dxcore_query_info(adapter, type, data, size);

	return status < 0 ? dxcore_query_info(adapter, other, data, size) : status;
}

bool dxcore_query_has_gone(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type;

	return dxcore_query_info(adapter, KMTQAITYPE_ADAPTERTYPE, &type, sizeof(type)) ==
	       STATUS_DEVICE_REMOVED;
}

bool dxcore_query_says_gone(NTSTATUS status)
{
	return status == STATUS_INVALID_PARAMETER || status == STATUS_DEVICE_REMOVED;
}

HRESULT dxcore_query_result(NTSTATUS status)
{
	switch (status) {
	case STATUS_DEVICE_REMOVED:
		return DXGI_ERROR_DEVICE_REMOVED;
	case STATUS_NO_MEMORY:
		return E_OUTOFMEMORY;
	case STATUS_INVALID_PARAMETER:
	case STATUS_NOT_SUPPORTED:
	case STATUS_NOT_IMPLEMENTED:
		return DXGI_ERROR_UNSUPPORTED;
	default:
		return status < 0 ? HRESULT_FROM_NT(status) : S_OK;
	}
}
