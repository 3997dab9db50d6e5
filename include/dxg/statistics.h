/* SPDX-License-Identifier: MIT */
/* Statistics of adapters, engines, memory segments and processes. */
#ifndef DXG_STATISTICS_H
#define DXG_STATISTICS_H

#include <dxg/base.h>
#include <dxg/memory-info.h>
#include <dxg/statistics-result.h>

/* What D3DKMTQueryStatistics() can be asked; ADAPTER2 and on since WDDM 3.1. */
typedef enum _D3DKMT_QUERYSTATISTICS_TYPE {
	D3DKMT_QUERYSTATISTICS_ADAPTER = 0,
	D3DKMT_QUERYSTATISTICS_PROCESS = 1,
	D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER = 2,
	D3DKMT_QUERYSTATISTICS_SEGMENT = 3,
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT = 4,
	D3DKMT_QUERYSTATISTICS_NODE = 5,
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE = 6,
	D3DKMT_QUERYSTATISTICS_VIDPNSOURCE = 7,
	D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE = 8,
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP = 9,
	D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER = 10,
	D3DKMT_QUERYSTATISTICS_ADAPTER2 = 11,
	D3DKMT_QUERYSTATISTICS_SEGMENT2 = 12,
	D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER2 = 13,
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT2 = 14,
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP2 = 15,
	D3DKMT_QUERYSTATISTICS_SEGMENT_USAGE = 16,
	D3DKMT_QUERYSTATISTICS_SEGMENT_GROUP_USAGE = 17,
	D3DKMT_QUERYSTATISTICS_NODE2 = 18,
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE2 = 19,
} D3DKMT_QUERYSTATISTICS_TYPE;

/* Which memory segment. */
typedef struct _D3DKMT_QUERYSTATISTICS_QUERY_SEGMENT {
	ULONG SegmentId;	/* [in] */
} D3DKMT_QUERYSTATISTICS_QUERY_SEGMENT;

/* Which engine. */
typedef struct _D3DKMT_QUERYSTATISTICS_QUERY_NODE {
	ULONG NodeId;
} D3DKMT_QUERYSTATISTICS_QUERY_NODE;

/* Which display source. */
typedef struct _D3DKMT_QUERYSTATISTICS_QUERY_VIDPNSOURCE {
	ULONG VidPnSourceId;	/* [in] display source id */
} D3DKMT_QUERYSTATISTICS_QUERY_VIDPNSOURCE;

/* Which adapter of a linked group. */
typedef struct _D3DKMT_QUERYSTATISTICS_QUERY_PHYSICAL_ADAPTER {
	ULONG PhysicalAdapterIndex;
} D3DKMT_QUERYSTATISTICS_QUERY_PHYSICAL_ADAPTER;

/* Argument of D3DKMTQueryStatistics(). */
typedef struct _D3DKMT_QUERYSTATISTICS {
	D3DKMT_QUERYSTATISTICS_TYPE Type;			/* [in] */
	LUID AdapterLuid;					/* [in] adapter */
	/* [in] process; on Linux a process id, 0 = caller */
	D3DKMT_PTR(HANDLE, hProcess);
	/* [out] union of result structs, 776 bytes */
	D3DKMT_QUERYSTATISTICS_RESULT QueryResult;
	union {
		D3DKMT_QUERYSTATISTICS_QUERY_SEGMENT QuerySegment;	/* [in] type SEGMENT */
		/* [in] type PROCESS_SEGMENT */
		D3DKMT_QUERYSTATISTICS_QUERY_SEGMENT QueryProcessSegment;
		/* [in] type PROCESS_SEGMENT_GROUP */
		D3DKMT_MEMORY_SEGMENT_GROUP QueryProcessSegmentGroup;
		D3DKMT_QUERYSTATISTICS_QUERY_NODE QueryNode;	/* [in] type NODE */
		/* [in] type PROCESS_NODE */
		D3DKMT_QUERYSTATISTICS_QUERY_NODE QueryProcessNode;
		/* [in] type VIDPNSOURCE */
		D3DKMT_QUERYSTATISTICS_QUERY_VIDPNSOURCE QueryVidPnSource;
		/* [in] type PROCESS_VIDPNSOURCE */
		D3DKMT_QUERYSTATISTICS_QUERY_VIDPNSOURCE QueryProcessVidPnSource;
		/* [in] type PHYSICAL_ADAPTER */
		D3DKMT_QUERYSTATISTICS_QUERY_PHYSICAL_ADAPTER QueryPhysAdapter;
	};
} D3DKMT_QUERYSTATISTICS;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTQueryStatistics() - read counters of an adapter, segment, node or process
 * @args: [in, out] type, LUID, index; on success QueryResult (written although
 *        the pointer is const)
 *
 * Units:  running times in 100 ns; memory in bytes.
 * Errors: STATUS_INVALID_PARAMETER: unknown LUID, type, index or process.
 * Source: WDDM: D3DKMT_QUERYSTATISTICS_TYPE.
 */
DXG_API NTSTATUS D3DKMTQueryStatistics(const D3DKMT_QUERYSTATISTICS *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_STATISTICS_H */
