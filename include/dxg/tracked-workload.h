/* SPDX-License-Identifier: MIT */
/*
 * Tracked workloads. Not part of GPU-PV: every call answers
 * STATUS_NOT_SUPPORTED.
 */
#ifndef DXG_TRACKED_WORKLOAD_H
#define DXG_TRACKED_WORKLOAD_H

#include <dxg/base.h>

/* How a deadline is given. */
typedef enum _D3DKMT_TRACKEDWORKLOADDEADLINETYPE {
	D3DKMT_TRACKEDWORKLOADDEADLINETYPE_ABSOLUTE = 0,
	D3DKMT_TRACKEDWORKLOADDEADLINETYPE_VBLANK = 1,
} D3DKMT_TRACKEDWORKLOADDEADLINETYPE;

/* Flags of D3DKMT_CREATETRACKEDWORKLOAD. */
__extension__ typedef struct _D3DKMT_TRACKEDWORKLOADFLAGS {
	union {
		struct {
			UINT Periodic : 1;
			UINT SimilarLoad : 1;
			UINT Reserved : 30;
		};
		UINT Value;
	};
} D3DKMT_TRACKEDWORKLOADFLAGS;

/* What a tracked workload is tuned for. */
typedef enum _D3DKMT_TRACKEDWORKLOADPOLICY {
	D3DKMT_TRACKEDWORKLOADPOLICY_NORMAL = 0,
	D3DKMT_TRACKEDWORKLOADPOLICY_ENERGY_EFFICIENT = 1,
	D3DKMT_TRACKEDWORKLOADPOLICY_HIGH_SPEED = 2,
} D3DKMT_TRACKEDWORKLOADPOLICY;

/* Argument of D3DKMTCreateTrackedWorkload(). */
typedef struct _D3DKMT_CREATETRACKEDWORKLOAD {
	ULONG cbSize;						/* [in] */
	ULONG ContextCount;					/* [in] */
	D3DKMT_PTR(const D3DKMT_HANDLE *, ContextArray);	/* [in] */
	D3DKMT_TRACKEDWORKLOADDEADLINETYPE DeadlineType;	/* [in] */
	UINT32 VidPnTargetId;					/* [in] display target id */
	D3DKMT_TRACKEDWORKLOADFLAGS Flags;			/* [in] */
	D3DKMT_TRACKEDWORKLOADPOLICY Policy;			/* [in] */
	UINT MaxInstances;					/* [in] largest instances */
	UINT MaxInstancePairs;					/* [in] largest instance pairs */
	D3DKMT_HANDLE hResourceQueryTimestamps;			/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;				/* [out] */
} D3DKMT_CREATETRACKEDWORKLOAD;

/* Argument of D3DKMTDestroyTrackedWorkload(). */
typedef struct _D3DKMT_DESTROYTRACKEDWORKLOAD {
	ULONG cbSize;			/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;	/* [in] */
} D3DKMT_DESTROYTRACKEDWORKLOAD;

/* In D3DKMT_UPDATETRACKEDWORKLOAD. */
typedef struct _D3DKMT_TRACKEDWORKLOADDEADLINE {
	union {
		D3DKMT_ALIGN64 UINT64 VBlankOffsetHundredsNS;
		D3DKMT_ALIGN64 UINT64 AbsoluteQPC;	/* absolute CPU-counter */
	};
} D3DKMT_TRACKEDWORKLOADDEADLINE;

/* Argument of D3DKMTUpdateTrackedWorkload(). */
typedef struct _D3DKMT_UPDATETRACKEDWORKLOAD {
	ULONG cbSize;					/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;			/* [in] */
	D3DKMT_TRACKEDWORKLOADDEADLINE FinishDeadline;	/* [in] */
	UINT BeginTrackedWorkloadIndex;			/* [in] */
	UINT EndTrackedWorkloadIndex;			/* [in] */
	BOOL Resume;					/* [in] */
	BOOL Suspend;					/* [in] */
	D3DKMT_ALIGN64 UINT64 PairID;			/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceSubmissionValue;	/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceCompletedValue;	/* [in] */
	D3DKMT_ALIGN64 UINT64 GPUTimestampFrequency;	/* [in] */
	D3DKMT_ALIGN64 UINT64 GPUCalibrationTimestamp;	/* [in] */
	D3DKMT_ALIGN64 UINT64 CPUCalibrationTimestamp;	/* [in] */
	D3DKMT_ALIGN64 UINT64 TimestampArray[64];	/* [in] */
	BOOL TimestampArrayProcessed;			/* [out] */
} D3DKMT_UPDATETRACKEDWORKLOAD;

/* Argument of D3DKMTGetAvailableTrackedWorkloadIndex(). */
typedef struct _D3DKMT_GETAVAILABLETRACKEDWORKLOADINDEX {
	ULONG cbSize;					/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;			/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceCompletedValue;	/* [in] */
	D3DKMT_ALIGN64 UINT64 TimestampArray[64];	/* [in] */
	UINT AvailableTrackedWorkloadIndex;		/* [out] */
	BOOL TimestampArrayProcessed;			/* [out] */
} D3DKMT_GETAVAILABLETRACKEDWORKLOADINDEX;

/* In D3DKMT_GETTRACKEDWORKLOADSTATISTICS. */
typedef struct _D3DKMT_TRACKEDWORKLOAD_STATISTICS {
	D3DKMT_ALIGN64 INT64 Mean;
	D3DKMT_ALIGN64 INT64 Minimum;
	D3DKMT_ALIGN64 INT64 Maximum;
	D3DKMT_ALIGN64 INT64 Variance;
	D3DKMT_ALIGN64 UINT64 Count;
} D3DKMT_TRACKEDWORKLOAD_STATISTICS;

/* Flags of D3DKMT_GETTRACKEDWORKLOADSTATISTICS. */
__extension__ typedef struct _D3DKMT_TRACKEDWORKLOADSTATEFLAGS {
	union {
		struct {
			UINT Saturated : 1;	/* [in] */
			UINT NotEnoughSamples : 1;
			UINT Reserved : 30;	/* send 0 */
		};
		UINT Value;
	};
} D3DKMT_TRACKEDWORKLOADSTATEFLAGS;

/* Argument of D3DKMTGetTrackedWorkloadStatistics(). */
typedef struct _D3DKMT_GETTRACKEDWORKLOADSTATISTICS {
	ULONG cbSize;						/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;				/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceCompletedValue;		/* [in] */
	D3DKMT_ALIGN64 UINT64 TimestampArray[64];		/* [in] */
	BOOL TimestampArrayProcessed;				/* [out] */
	D3DKMT_TRACKEDWORKLOAD_STATISTICS DeadlineOffsetHundredsNS;	/* [out] */
	D3DKMT_ALIGN64 UINT64 MissedDeadlines;			/* [out] */
	D3DKMT_TRACKEDWORKLOADSTATEFLAGS Flags;			/* [out] */
} D3DKMT_GETTRACKEDWORKLOADSTATISTICS;

/* Argument of D3DKMTResetTrackedWorkloadStatistics(). */
typedef struct _D3DKMT_RESETTRACKEDWORKLOADSTATISTICS {
	ULONG cbSize;			/* [in] */
	D3DKMT_HANDLE hTrackedWorkload;	/* [in] */
} D3DKMT_RESETTRACKEDWORKLOADSTATISTICS;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateTrackedWorkload() - make a tracked workload
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTCreateTrackedWorkload(D3DKMT_CREATETRACKEDWORKLOAD *args);

/**
 * D3DKMTDestroyTrackedWorkload() - destroy a tracked workload
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTDestroyTrackedWorkload(D3DKMT_DESTROYTRACKEDWORKLOAD *args);

/**
 * D3DKMTUpdateTrackedWorkload() - update a tracked workload
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTUpdateTrackedWorkload(D3DKMT_UPDATETRACKEDWORKLOAD *args);

/**
 * D3DKMTGetAvailableTrackedWorkloadIndex() - find a free index
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS
D3DKMTGetAvailableTrackedWorkloadIndex(D3DKMT_GETAVAILABLETRACKEDWORKLOADINDEX *args);

/**
 * D3DKMTGetTrackedWorkloadStatistics() - read a tracked workload's statistics
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTGetTrackedWorkloadStatistics(D3DKMT_GETTRACKEDWORKLOADSTATISTICS *args);

/**
 * D3DKMTResetTrackedWorkloadStatistics() - reset them
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS
D3DKMTResetTrackedWorkloadStatistics(const D3DKMT_RESETTRACKEDWORKLOADSTATISTICS *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_TRACKED_WORKLOAD_H */
