/* SPDX-License-Identifier: MIT */
/* D3DKMT functions of the test program's own. */
#include "fake-driver.h"

#include <stddef.h>
#include <string.h>
#include <wchar.h>

struct fake_driver fake_driver;

/* A handle is the place in the table, plus one. */
static struct fake_adapter *from_handle(D3DKMT_HANDLE handle)
{
	return handle && handle <= fake_driver.count ? &fake_driver.adapters[handle - 1] : NULL;
}

static struct fake_adapter *from_luid(LUID luid)
{
	uint32_t i;

	for (i = 0; i < fake_driver.count; i++)
		if (fake_driver.adapters[i].luid.LowPart == luid.LowPart &&
		    fake_driver.adapters[i].luid.HighPart == luid.HighPart)
			return &fake_driver.adapters[i];
	return NULL;
}

static NTSTATUS enumerate(bool has_compute_only, uint32_t *count, D3DKMT_ADAPTERINFO *adapters)
{
	uint32_t room = *count, i;

	if (fake_driver.is_closed)
		return STATUS_UNSUCCESSFUL;
	*count = 0;
	for (i = 0; i < fake_driver.count; i++) {
		if (fake_driver.adapters[i].is_compute_only && !has_compute_only)
			continue;
		if (*count == room)
			return STATUS_BUFFER_TOO_SMALL;
		adapters[*count].hAdapter = i + 1;
		adapters[(*count)++].AdapterLuid = fake_driver.adapters[i].luid;
		fake_driver.open_handles++;
	}
	return STATUS_SUCCESS;
}

NTSTATUS D3DKMTEnumAdapters2(const D3DKMT_ENUMADAPTERS2 *args)
{
	return enumerate(false, (uint32_t *)&args->NumAdapters, args->pAdapters);
}

NTSTATUS D3DKMTEnumAdapters3(D3DKMT_ENUMADAPTERS3 *args)
{
	if (fake_driver.has_no_enum3)
		return STATUS_INVALID_PARAMETER;
	return enumerate(args->Filter.IncludeComputeOnly, &args->NumAdapters, args->pAdapters);
}

NTSTATUS D3DKMTOpenAdapterFromLuid(const D3DKMT_OPENADAPTERFROMLUID *args)
{
	struct fake_adapter *adapter = from_luid(args->AdapterLuid);

	if (fake_driver.is_closed)
		return STATUS_UNSUCCESSFUL;
	if (!adapter)
		return STATUS_INVALID_PARAMETER;
	((D3DKMT_OPENADAPTERFROMLUID *)args)->hAdapter =
		(D3DKMT_HANDLE)(adapter - fake_driver.adapters) + 1;
	fake_driver.open_handles++;
	return STATUS_SUCCESS;
}

NTSTATUS D3DKMTCloseAdapter(const D3DKMT_CLOSEADAPTER *args)
{
	(void)args;
	fake_driver.open_handles--;
	return STATUS_SUCCESS;
}

/* The answer of @size bytes if the caller has just that much room. */
static NTSTATUS give(const D3DKMT_QUERYADAPTERINFO *query, const void *answer, size_t size)
{
	if (query->PrivateDriverDataSize != size)
		return STATUS_INVALID_PARAMETER;
	memcpy(query->pPrivateDriverData, answer, size);
	return STATUS_SUCCESS;
}

static NTSTATUS give_text(const D3DKMT_QUERYADAPTERINFO *query, const wchar_t *text, size_t size)
{
	if (query->PrivateDriverDataSize != size)
		return STATUS_INVALID_PARAMETER;
	memset(query->pPrivateDriverData, 0, size);
	if (text)
		memcpy(query->pPrivateDriverData, text, wcslen(text) * sizeof(*text));
	return STATUS_SUCCESS;
}

static NTSTATUS give_node(const D3DKMT_QUERYADAPTERINFO *query, const struct fake_adapter *adapter)
{
	D3DKMT_NODEMETADATA node = { 0 };
	uint32_t physical_adapter, ordinal;

	memcpy(&node.NodeOrdinalAndAdapterIndex, query->pPrivateDriverData, 4);
	physical_adapter = node.NodeOrdinalAndAdapterIndex >> 16;
	ordinal = node.NodeOrdinalAndAdapterIndex & 0xffff;
	if (physical_adapter > 1 || ordinal > 3 ||
	    adapter->engines[physical_adapter][ordinal] == DXGK_ENGINE_TYPE_OTHER)
		return STATUS_INVALID_PARAMETER;
	node.NodeData.EngineType = adapter->engines[physical_adapter][ordinal];
	node.NodeData.FriendlyName[0] = L'a' + (wchar_t)(physical_adapter * 4 + ordinal);
	return give(query, &node, sizeof(node));
}

NTSTATUS D3DKMTQueryAdapterInfo(const D3DKMT_QUERYADAPTERINFO *query)
{
	struct fake_adapter *adapter = from_handle(query->hAdapter);
	D3DKMT_PHYSICAL_ADAPTER_COUNT count;
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
	D3DKMT_SEGMENTSIZEINFO sizes = { 0 };
	UINT teardowns;

	if (!adapter)
		return STATUS_INVALID_PARAMETER;
	if (adapter->goes_after && adapter->questions++ >= adapter->goes_after)
		return STATUS_DEVICE_REMOVED;
	if (adapter->fails[query->Type])
		return STATUS_INVALID_PARAMETER;
	switch (query->Type) {
	case KMTQAITYPE_ADAPTERTYPE:
	case KMTQAITYPE_ADAPTERTYPE_RENDER:
		return give(query, &adapter->type, sizeof(adapter->type));
	case KMTQAITYPE_DRIVER_DESCRIPTION:
	case KMTQAITYPE_DRIVER_DESCRIPTION_RENDER:
		return give_text(query, adapter->description, sizeof(D3DKMT_DRIVER_DESCRIPTION));
	case KMTQAITYPE_ADAPTERREGISTRYINFO:
	case KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER:
		return give_text(query, adapter->registry_string,
				 sizeof(D3DKMT_ADAPTERREGISTRYINFO));
	case KMTQAITYPE_UMD_DRIVER_VERSION:
		return give(query, &adapter->umd_version, 8);
	case KMTQAITYPE_KMD_DRIVER_VERSION:
		return give(query, &adapter->kmd_version, 8);
	case KMTQAITYPE_PHYSICALADAPTERDEVICEIDS:
		ids.DeviceIds = adapter->ids;
		return give(query, &ids, sizeof(ids));
	case KMTQAITYPE_GETSEGMENTSIZE:
		sizes.DedicatedVideoMemorySize = adapter->dedicated_memory;
		return give(query, &sizes, sizeof(sizes));
	case KMTQAITYPE_PHYSICALADAPTERCOUNT:
		count.Count = adapter->physical_count;
		return give(query, &count, sizeof(count));
	case KMTQAITYPE_NODEMETADATA:
		return give_node(query, adapter);
	case KMTQAITYPE_QUERY_HW_PROTECTION_TEARDOWN_COUNT:
		teardowns = atomic_load(&adapter->teardowns);
		return give(query, &teardowns, sizeof(teardowns));
	default:
		return STATUS_INVALID_PARAMETER;
	}
}

NTSTATUS D3DKMTQueryStatistics(const D3DKMT_QUERYSTATISTICS *args)
{
	D3DKMT_QUERYSTATISTICS *statistics = (D3DKMT_QUERYSTATISTICS *)args;
	const struct fake_adapter *adapter = from_luid(args->AdapterLuid);
	uint32_t count = 0;

	if (!adapter || adapter->has_no_statistics ||
	    args->Type != D3DKMT_QUERYSTATISTICS_ADAPTER)
		return STATUS_INVALID_PARAMETER;
	while (count < 4 && adapter->engines[0][count] != DXGK_ENGINE_TYPE_OTHER)
		count++;
	statistics->QueryResult.AdapterInformation.NodeCount = count;
	return STATUS_SUCCESS;
}

NTSTATUS D3DKMTQueryVideoMemoryInfo(D3DKMT_QUERYVIDEOMEMORYINFO *args)
{
	const struct fake_adapter *adapter = from_handle(args->hAdapter);

	if (!adapter || args->hProcess_Align || args->PhysicalAdapterIndex >= adapter->physical_count)
		return STATUS_INVALID_PARAMETER;
	args->Budget = atomic_load(&adapter->budget);
	return STATUS_SUCCESS;
}
