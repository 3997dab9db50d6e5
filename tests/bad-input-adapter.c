/* SPDX-License-Identifier: MIT */
/* Rows of the calls about adapters: adapter, query-info, memory-info. */
#include "bad-input.h"

#define NO_LUID 0xdeadbeefu

static void close_listed(const D3DKMT_ADAPTERINFO *adapters, unsigned int count)
{
	while (count--)
		t_close_adapter(adapters[count].hAdapter);
}

static void prepare_enumerate2(struct bad_fixture *f, void *data)
{
	D3DKMT_ENUMADAPTERS2 *args = data;

	args->NumAdapters = f->listed;
	args->pAdapters = f->adapters;
}

static void undo_enumerate2(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_ENUMADAPTERS2 *args = data;

	(void)f;
	if (worked && args->pAdapters)
		close_listed(args->pAdapters, args->NumAdapters);
}

static void prepare_enumerate3(struct bad_fixture *f, void *data)
{
	D3DKMT_ENUMADAPTERS3 *args = data;

	f->adapters[0].hAdapter = 0;
	args->Filter.IncludeComputeOnly = 1;
	args->NumAdapters = f->all;
	args->pAdapters = f->adapters;
}

/* Without room for one it is a question. */
static void undo_enumerate3(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_ENUMADAPTERS3 *args = data;

	(void)f;
	if (worked && args->pAdapters && args->pAdapters[0].hAdapter)
		close_listed(args->pAdapters, args->NumAdapters);
}

static void prepare_open(struct bad_fixture *f, void *data)
{
	D3DKMT_OPENADAPTERFROMLUID *args = data;

	args->AdapterLuid = f->gpu->luid;
}

static void undo_open(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_OPENADAPTERFROMLUID *args = data;

	(void)f;
	if (worked)
		t_close_adapter(args->hAdapter);
}

static void prepare_close(struct bad_fixture *f, void *data)
{
	D3DKMT_CLOSEADAPTER *args = data;

	args->hAdapter = t_open_adapter_by_luid(f->gpu->luid);
	f->handles[0] = args->hAdapter;
}

/* 0 is no adapter: closing that works, and leaves what prepare() has opened. */
static void undo_close(struct bad_fixture *f, const void *data, bool worked)
{
	const D3DKMT_CLOSEADAPTER *args = data;
	D3DKMT_CLOSEADAPTER again = { .hAdapter = f->handles[0] };

	if (!worked || !args->hAdapter)
		t_close_adapter(f->handles[0]);
	else
		D3DKMTCloseAdapter(&again);
}

static void prepare_statistics(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYSTATISTICS *args = data;

	args->Type = D3DKMT_QUERYSTATISTICS_ADAPTER;
	args->AdapterLuid = f->gpu->luid;
}

/* These have an index, the last one also a result with strings. */
static void prepare_segment_statistics(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYSTATISTICS *args = data;

	prepare_statistics(f, data);
	args->Type = D3DKMT_QUERYSTATISTICS_SEGMENT;
}

static void prepare_node_statistics(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYSTATISTICS *args = data;

	prepare_statistics(f, data);
	args->Type = D3DKMT_QUERYSTATISTICS_NODE;
}

static void prepare_physical_statistics(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYSTATISTICS *args = data;

	prepare_statistics(f, data);
	args->Type = D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER;
}

static void prepare_clock(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYCLOCKCALIBRATION *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

static void prepare_processes(struct bad_fixture *f, void *data)
{
	D3DKMT_ENUMPROCESSES *args = data;

	args->AdapterLuid = f->gpu->luid;
	args->Buffer = f->words;
	args->BufferCount = 1;
}

static void prepare_feature(struct bad_fixture *f, void *data)
{
	D3DKMT_ISFEATUREENABLED *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

/* query-info */

static void prepare_query(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYADAPTERINFO *args = data;

	memset(f->bytes, 0, sizeof(f->bytes));
	args->hAdapter = f->live[BAD_ADAPTER];
	args->Type = KMTQAITYPE_ADAPTERTYPE;
	args->pPrivateDriverData = f->bytes;
	args->PrivateDriverDataSize = sizeof(D3DKMT_ADAPTERTYPE);
}

/* These have strings, which the library converts. */
static void prepare_query_name(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYADAPTERINFO *args = data;

	prepare_query(f, data);
	((D3DKMT_UMDFILENAMEINFO *)(void *)f->bytes)->Version =
		KMTUMDVERSION_DX12;
	args->Type = KMTQAITYPE_UMDRIVERNAME;
	args->PrivateDriverDataSize = sizeof(D3DKMT_UMDFILENAMEINFO);
}

static void prepare_query_description(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYADAPTERINFO *args = data;

	prepare_query(f, data);
	args->Type = KMTQAITYPE_DRIVER_DESCRIPTION;
	args->PrivateDriverDataSize = sizeof(D3DKMT_DRIVER_DESCRIPTION);
}

static void prepare_query_registry(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYADAPTERINFO *args = data;
	D3DDDI_QUERYREGISTRY_INFO *info = (void *)f->bytes;

	prepare_query(f, data);
	info->QueryType = D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH;
	args->Type = KMTQAITYPE_QUERYREGISTRY;
	args->PrivateDriverDataSize = sizeof(*info) + 4096;
}

/* memory-info */

static void prepare_memory(struct bad_fixture *f, void *data)
{
	D3DKMT_QUERYVIDEOMEMORYINFO *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

static void prepare_reservation(struct bad_fixture *f, void *data)
{
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION *args = data;

	args->hAdapter = f->live[BAD_ADAPTER];
}

#define undo_statistics bad_undo_nothing
#define undo_segment_statistics bad_undo_nothing
#define undo_node_statistics bad_undo_nothing
#define undo_physical_statistics bad_undo_nothing
#define undo_clock bad_undo_nothing
#define undo_processes bad_undo_nothing
#define undo_feature bad_undo_nothing
#define undo_query bad_undo_nothing
#define undo_query_name bad_undo_nothing
#define undo_query_description bad_undo_nothing
#define undo_query_registry bad_undo_nothing
#define undo_memory bad_undo_nothing
#define undo_reservation bad_undo_nothing

BAD_CALL(EnumAdapters2, D3DKMT_ENUMADAPTERS2)
BAD_CALL(EnumAdapters3, D3DKMT_ENUMADAPTERS3)
BAD_CALL(OpenAdapterFromLuid, D3DKMT_OPENADAPTERFROMLUID)
BAD_CALL(CloseAdapter, D3DKMT_CLOSEADAPTER)
BAD_CALL(QueryStatistics, D3DKMT_QUERYSTATISTICS)
BAD_CALL(QueryClockCalibration, D3DKMT_QUERYCLOCKCALIBRATION)
BAD_CALL(EnumProcesses, D3DKMT_ENUMPROCESSES)
BAD_CALL(IsFeatureEnabled, D3DKMT_ISFEATUREENABLED)
BAD_CALL(QueryAdapterInfo, D3DKMT_QUERYADAPTERINFO)
BAD_CALL(QueryVideoMemoryInfo, D3DKMT_QUERYVIDEOMEMORYINFO)
BAD_CALL(ChangeVideoMemoryReservation, D3DKMT_CHANGEVIDEOMEMORYRESERVATION)

#define IS_ADAPTER BAD_BIT(BAD_ADAPTER), .flags = BAD_ALONE

/* Any handle of a process is one of another: there is no other. */
#define MEMORY_OF(type)                                                    \
	BAD_HANDLE(type, hAdapter, IS_ADAPTER),                            \
	BAD_VALUE(type, hProcess, UINT64_MAX, STATUS_INVALID_PARAMETER,    \
		  .flags = BAD_LONG),                                      \
	BAD_VALUE(type, hProcess, 1, STATUS_INVALID_PARAMETER,             \
		  .flags = BAD_LONG),                                      \
	BAD_VALUE(type, MemorySegmentGroup, 2, STATUS_INVALID_PARAMETER),  \
	BAD_VALUE(type, MemorySegmentGroup, UINT32_MAX,                    \
		  STATUS_INVALID_PARAMETER),                               \
	BAD_VALUE(type, PhysicalAdapterIndex, 1, STATUS_INVALID_PARAMETER)

/* The payload of a query, whose size is a structure's. */
#define PAYLOAD                                                            \
	BAD_HANDLE(D3DKMT_QUERYADAPTERINFO, hAdapter, IS_ADAPTER),         \
	BAD_COUNT(D3DKMT_QUERYADAPTERINFO, PrivateDriverDataSize, 0,       \
		  .flags = BAD_EXACT, .beyond = 131073),                   \
	BAD_COUNTED(D3DKMT_QUERYADAPTERINFO, pPrivateDriverData,           \
		    PrivateDriverDataSize, 1, .flags = BAD_WRITTEN)

static const struct bad_row adapter_rows[] = {
	BAD_ROW(EnumAdapters2, D3DKMT_ENUMADAPTERS2,
		BAD_ARGS_WRITTEN | BAD_ZEROED_IS_FINE, enumerate2,
		BAD_COUNTED(D3DKMT_ENUMADAPTERS2, pAdapters, NumAdapters, 20,
			    .flags = BAD_WRITTEN | BAD_0_IS_FINE),
		BAD_COUNT(D3DKMT_ENUMADAPTERS2, NumAdapters, 64,
			  .flags = BAD_0_ELSEWHERE)),
	BAD_ROW(EnumAdapters3, D3DKMT_ENUMADAPTERS3,
		BAD_ARGS_WRITTEN | BAD_ZEROED_IS_FINE, enumerate3,
		BAD_COUNTED(D3DKMT_ENUMADAPTERS3, pAdapters, NumAdapters, 20,
			    .flags = BAD_WRITTEN | BAD_0_IS_FINE),
		BAD_COUNT(D3DKMT_ENUMADAPTERS3, NumAdapters, 65535,
			  .flags = BAD_0_IS_FINE)),
	BAD_ROW(OpenAdapterFromLuid, D3DKMT_OPENADAPTERFROMLUID,
		BAD_ARGS_WRITTEN, open,
		BAD_VALUE(D3DKMT_OPENADAPTERFROMLUID, AdapterLuid.LowPart, NO_LUID,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_OPENADAPTERFROMLUID, AdapterLuid.HighPart, NO_LUID,
			  STATUS_INVALID_PARAMETER)),
	BAD_ROW(CloseAdapter, D3DKMT_CLOSEADAPTER, BAD_ZEROED_IS_FINE, close,
		BAD_HANDLE(D3DKMT_CLOSEADAPTER, hAdapter, BAD_BIT(BAD_ADAPTER),
			   .flags = BAD_0_IS_FINE | BAD_ALONE)),
	BAD_ROW(QueryStatistics, D3DKMT_QUERYSTATISTICS, BAD_ARGS_WRITTEN,
		statistics,
		BAD_VALUE(D3DKMT_QUERYSTATISTICS, AdapterLuid.LowPart, NO_LUID,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYSTATISTICS, Type, 11, STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYSTATISTICS, Type, UINT32_MAX,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYSTATISTICS, hProcess, 0x7ffffffe,
			  BAD_ANY_ERROR, .flags = BAD_LONG)),
	BAD_VARIANT(QueryStatistics, "a segment", D3DKMT_QUERYSTATISTICS,
		    BAD_ARGS_WRITTEN, segment_statistics,
		    BAD_VALUE(D3DKMT_QUERYSTATISTICS, QuerySegment.SegmentId, 99,
			      STATUS_INVALID_PARAMETER),
		    BAD_VALUE(D3DKMT_QUERYSTATISTICS, QuerySegment.SegmentId,
			      UINT32_MAX, STATUS_INVALID_PARAMETER)),
	BAD_VARIANT(QueryStatistics, "a node", D3DKMT_QUERYSTATISTICS,
		    BAD_ARGS_WRITTEN, node_statistics,
		    BAD_VALUE(D3DKMT_QUERYSTATISTICS, QueryNode.NodeId, 99,
			      STATUS_INVALID_PARAMETER),
		    BAD_VALUE(D3DKMT_QUERYSTATISTICS, QueryNode.NodeId, UINT32_MAX,
			      STATUS_INVALID_PARAMETER)),
	BAD_VARIANT(QueryStatistics, "a physical adapter", D3DKMT_QUERYSTATISTICS,
		    BAD_ARGS_WRITTEN, physical_statistics,
		    BAD_VALUE(D3DKMT_QUERYSTATISTICS,
			      QueryPhysAdapter.PhysicalAdapterIndex, 1,
			      STATUS_INVALID_PARAMETER)),
	BAD_ROW(QueryClockCalibration, D3DKMT_QUERYCLOCKCALIBRATION,
		BAD_ARGS_WRITTEN, clock,
		BAD_HANDLE(D3DKMT_QUERYCLOCKCALIBRATION, hAdapter, IS_ADAPTER),
		BAD_VALUE(D3DKMT_QUERYCLOCKCALIBRATION, NodeOrdinal, 99,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYCLOCKCALIBRATION, NodeOrdinal, UINT32_MAX,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYCLOCKCALIBRATION, PhysicalAdapterIndex, 1,
			  STATUS_INVALID_PARAMETER)),
	/* only as many as there are, one, are written */
	BAD_ROW(EnumProcesses, D3DKMT_ENUMPROCESSES, BAD_ARGS_WRITTEN, processes,
		BAD_VALUE(D3DKMT_ENUMPROCESSES, AdapterLuid.LowPart, NO_LUID,
			  STATUS_INVALID_PARAMETER),
		BAD_POINTER(D3DKMT_ENUMPROCESSES, Buffer, 4, .flags = BAD_WRITTEN,
			    .if_null = STATUS_BUFFER_TOO_SMALL),
		BAD_VALUE(D3DKMT_ENUMPROCESSES, BufferCount, 0,
			  STATUS_BUFFER_TOO_SMALL, .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_ENUMPROCESSES, BufferCount, UINT64_MAX,
			  STATUS_SUCCESS, .flags = BAD_LONG),
		BAD_VALUE(D3DKMT_ENUMPROCESSES, BufferCount, 1ull << 62,
			  STATUS_SUCCESS, .flags = BAD_LONG)),
	BAD_ROW(IsFeatureEnabled, D3DKMT_ISFEATUREENABLED, BAD_ARGS_WRITTEN,
		feature,
		BAD_HANDLE(D3DKMT_ISFEATUREENABLED, hAdapter, IS_ADAPTER)),
	BAD_ROW(QueryAdapterInfo, D3DKMT_QUERYADAPTERINFO, BAD_ARGS_CHECKED,
		query, PAYLOAD,
		BAD_VALUE(D3DKMT_QUERYADAPTERINFO, Type, 1000,
			  STATUS_INVALID_PARAMETER),
		BAD_VALUE(D3DKMT_QUERYADAPTERINFO, Type, UINT32_MAX,
			  STATUS_INVALID_PARAMETER)),
	BAD_VARIANT(QueryAdapterInfo, "a name", D3DKMT_QUERYADAPTERINFO,
		    BAD_ARGS_CHECKED, query_name, PAYLOAD),
	BAD_VARIANT(QueryAdapterInfo, "a long text", D3DKMT_QUERYADAPTERINFO,
		    BAD_ARGS_CHECKED, query_description, PAYLOAD),
	/* any size above the structure's will do */
	BAD_VARIANT(QueryAdapterInfo, "the registry", D3DKMT_QUERYADAPTERINFO,
		    BAD_ARGS_CHECKED, query_registry,
		    BAD_HANDLE(D3DKMT_QUERYADAPTERINFO, hAdapter, IS_ADAPTER),
		    BAD_COUNTED(D3DKMT_QUERYADAPTERINFO, pPrivateDriverData,
				PrivateDriverDataSize, 1, .flags = BAD_WRITTEN),
		    BAD_VALUE(D3DKMT_QUERYADAPTERINFO, PrivateDriverDataSize, 0,
			      STATUS_INVALID_PARAMETER),
		    BAD_VALUE(D3DKMT_QUERYADAPTERINFO, PrivateDriverDataSize,
			      UINT32_MAX, BAD_ANY_ERROR)),
	BAD_ROW(QueryVideoMemoryInfo, D3DKMT_QUERYVIDEOMEMORYINFO,
		BAD_ARGS_WRITTEN, memory,
		MEMORY_OF(D3DKMT_QUERYVIDEOMEMORYINFO)),
	BAD_ROW(ChangeVideoMemoryReservation, D3DKMT_CHANGEVIDEOMEMORYRESERVATION,
		0, reservation,
		MEMORY_OF(D3DKMT_CHANGEVIDEOMEMORYRESERVATION),
		BAD_VALUE(D3DKMT_CHANGEVIDEOMEMORYRESERVATION, Reservation,
			  UINT64_MAX, STATUS_INVALID_PARAMETER,
			  .flags = BAD_LONG)),
};

BAD_TABLE(adapter);
