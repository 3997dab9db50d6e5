/* SPDX-License-Identifier: MIT */
/* What the statistics say of memory, engines and processes. */
#include "usage.h"

#include <stdlib.h>
#include <string.h>

#include "query.h"

/* The driver counts in 100 ns. */
#define TICKS_PER_MICROSECOND 10

/* Processes may come while they are being listed. */
#define SPARE_PROCESSES 16

static HRESULT query_statistics(D3DKMT_QUERYSTATISTICS *query, LUID luid,
				D3DKMT_QUERYSTATISTICS_TYPE type, uint32_t process)
{
	query->Type = type;
	query->AdapterLuid = luid;
	query->hProcess_Align = process;
	memset(&query->QueryResult, 0, sizeof(query->QueryResult));
	return dxcore_query_result(D3DKMTQueryStatistics(query));
}

/* Segments of memory that is the adapter's own, or of others. */
static HRESULT segment_is_of(LUID luid, uint32_t segment, DXCoreMemoryType type, bool *ret_is,
			     DXCoreMemoryUsage *ret_usage)
{
	D3DKMT_QUERYSTATISTICS query = { .QuerySegment.SegmentId = segment };
	const D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION *found =
		&query.QueryResult.SegmentInformation;
	HRESULT result = query_statistics(&query, luid, D3DKMT_QUERYSTATISTICS_SEGMENT, 0);

	*ret_is = !found->Aperture == (type == DXCoreMemoryType_Dedicated);
	ret_usage->committed = found->BytesCommitted;
	ret_usage->resident = found->BytesResident;
	return result;
}

static HRESULT count_segments(LUID luid, uint32_t physical_adapter, DXCoreMemoryType type,
			      uint32_t *ret_count)
{
	D3DKMT_QUERYSTATISTICS query = { 0 };
	HRESULT result;

	if (type > DXCoreMemoryType_Shared)
		return E_INVALIDARG;
	if (physical_adapter)
		return DXGI_ERROR_UNSUPPORTED;
	result = query_statistics(&query, luid, D3DKMT_QUERYSTATISTICS_ADAPTER, 0);
	*ret_count = query.QueryResult.AdapterInformation.NbSegments;
	return result;
}

HRESULT dxcore_usage_memory(LUID luid, const DXCoreMemoryQueryInput *in, DXCoreMemoryUsage *out)
{
	DXCoreMemoryUsage sum = { 0 }, usage;
	uint32_t count, i;
	bool is_of;
	HRESULT result = count_segments(luid, in->physicalAdapterIndex, in->memoryType, &count);

	for (i = 0; result == S_OK && i < count; i++) {
		result = segment_is_of(luid, i, in->memoryType, &is_of, &usage);
		if (is_of) {
			sum.committed += usage.committed;
			sum.resident += usage.resident;
		}
	}
	if (result == S_OK)
		*out = sum;
	return result;
}

static HRESULT query_process_segment(LUID luid, uint32_t segment, uint32_t process,
				     DXCoreMemoryUsage *ret_usage)
{
	D3DKMT_QUERYSTATISTICS query = { .QueryProcessSegment.SegmentId = segment };
	const D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION *found =
		&query.QueryResult.ProcessSegmentInformation;
	HRESULT result = query_statistics(&query, luid, D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT,
					  process);
	uint32_t i;

	ret_usage->committed = found->BytesCommitted;
	ret_usage->resident = found->VideoMemory.AllocsResidentInNonPreferred.Bytes;
	for (i = 0; i < D3DKMT_MaxAllocationPriorityClass; i++)
		ret_usage->resident += found->VideoMemory.AllocsResidentInP[i].Bytes;
	return result;
}

/* A process that the driver does not know is told in the output, not as a failure. */
static HRESULT process_result(HRESULT result, bool *ret_succeeded)
{
	*ret_succeeded = result == S_OK;
	return result == DXGI_ERROR_UNSUPPORTED ? S_OK : result;
}

HRESULT dxcore_usage_process_memory(LUID luid, const DXCoreProcessMemoryQueryInput *in,
				    DXCoreProcessMemoryQueryOutput *out)
{
	DXCoreMemoryUsage sum = { 0 }, usage;
	HRESULT of_process = S_OK;
	uint32_t count, i;
	bool is_of;
	HRESULT result = count_segments(luid, in->physicalAdapterIndex, in->memoryType, &count);

	for (i = 0; result == S_OK && of_process == S_OK && i < count; i++) {
		result = segment_is_of(luid, i, in->memoryType, &is_of, &usage);
		if (result != S_OK || !is_of)
			continue;
		of_process = query_process_segment(luid, i, in->processId, &usage);
		sum.committed += usage.committed;
		sum.resident += usage.resident;
	}
	if (result != S_OK)
		return result;
	result = process_result(of_process, &out->processQuerySucceeded);
	if (out->processQuerySucceeded)
		out->memoryUsage = sum;
	return result;
}

static HRESULT query_node(LUID luid, const DXCoreEngineQueryInput *in,
			  D3DKMT_QUERYSTATISTICS_TYPE type, uint32_t process,
			  D3DKMT_QUERYSTATISTICS *query)
{
	if (in->adapterEngineIndex.physicalAdapterIndex)
		return DXGI_ERROR_UNSUPPORTED;
	memset(query, 0, sizeof(*query));
	query->QueryNode.NodeId = in->adapterEngineIndex.engineIndex;
	return query_statistics(query, luid, type, process);
}

HRESULT dxcore_usage_engine(LUID luid, const DXCoreEngineQueryInput *in,
			    DXCoreEngineQueryOutput *out)
{
	D3DKMT_QUERYSTATISTICS query;
	HRESULT result = query_node(luid, in, D3DKMT_QUERYSTATISTICS_NODE, 0, &query);

	if (result != S_OK)
		return result;
	out->runningTime = (uint64_t)query.QueryResult.NodeInformation.GlobalInformation
				   .RunningTime.QuadPart / TICKS_PER_MICROSECOND;
	out->processQuerySucceeded = true;
	return S_OK;
}

HRESULT dxcore_usage_process_engine(LUID luid, const DXCoreEngineQueryInput *in,
				    DXCoreEngineQueryOutput *out)
{
	D3DKMT_QUERYSTATISTICS query;
	HRESULT result = query_node(luid, in, D3DKMT_QUERYSTATISTICS_NODE, 0, &query);

	/* So that a failure of the next is the process's. */
	if (result != S_OK)
		return result;
	result = process_result(query_node(luid, in, D3DKMT_QUERYSTATISTICS_PROCESS_NODE,
					   in->processId, &query),
				&out->processQuerySucceeded);
	if (out->processQuerySucceeded)
		out->runningTime = (uint64_t)query.QueryResult.ProcessNodeInformation
					   .RunningTime.QuadPart / TICKS_PER_MICROSECOND;
	return result;
}

/* Into @ids, with room for @room; *@ret_count: how many there are. */
static NTSTATUS list_processes(LUID luid, uint32_t *ids, uint32_t room, uint32_t *ret_count)
{
	D3DKMT_ENUMPROCESSES query = { .AdapterLuid = luid, .BufferCount = room };
	NTSTATUS status;

	query.Buffer = ids;
	status = D3DKMTEnumProcesses(&query);
	*ret_count = (uint32_t)query.BufferCount;
	return status;
}

HRESULT dxcore_usage_processes(LUID luid, const DXCoreAdapterProcessSetQueryInput *in,
			       DXCoreAdapterProcessSetQueryOutput *out)
{
	uint32_t *ids = NULL;
	uint32_t room = 0, count = 0;
	NTSTATUS status;

	if (in->arraySize && !in->processIds)
		return E_POINTER;
	while ((status = list_processes(luid, ids, room, &count)) == STATUS_BUFFER_TOO_SMALL) {
		free(ids);
		room = count + SPARE_PROCESSES;
		ids = calloc(room, sizeof(*ids));
		if (!ids)
			return E_OUTOFMEMORY;
	}
	if (status >= 0) {
		out->processesTotal = count;
		out->processesWritten = count < in->arraySize ? count : in->arraySize;
		if (out->processesWritten)
			memcpy(in->processIds, ids, out->processesWritten * sizeof(*ids));
	}
	free(ids);
	return dxcore_query_result(status);
}
