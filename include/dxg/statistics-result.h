/* SPDX-License-Identifier: MIT */
/* What D3DKMTQueryStatistics() answers, one structure a type. */
#ifndef DXG_STATISTICS_RESULT_H
#define DXG_STATISTICS_RESULT_H

#include <dxg/base.h>
#include <dxg/context.h>
#include <dxg/performance.h>

/* Indices of preemption counters. */
typedef enum _D3DKMT_QUERYRESULT_PREEMPTION_ATTEMPT_RESULT {
	D3DKMT_PreemptionAttempt = 0,
	D3DKMT_PreemptionAttemptSuccess = 1,
	D3DKMT_PreemptionAttemptMissNoCommand = 2,
	D3DKMT_PreemptionAttemptMissNotEnabled = 3,
	D3DKMT_PreemptionAttemptMissNextFence = 4,
	D3DKMT_PreemptionAttemptMissPagingCommand = 5,
	D3DKMT_PreemptionAttemptMissSplittedCommand = 6,
	D3DKMT_PreemptionAttemptMissFenceCommand = 7,
	D3DKMT_PreemptionAttemptMissRenderPendingFlip = 8,
	D3DKMT_PreemptionAttemptMissNotMakingProgress = 9,
	D3DKMT_PreemptionAttemptMissLessPriority = 10,
	D3DKMT_PreemptionAttemptMissRemainingQuantum = 11,
	D3DKMT_PreemptionAttemptMissRemainingPreemptionQuantum = 12,
	D3DKMT_PreemptionAttemptMissAlreadyPreempting = 13,
	D3DKMT_PreemptionAttemptMissGlobalBlock = 14,
	D3DKMT_PreemptionAttemptMissAlreadyRunning = 15,
	D3DKMT_PreemptionAttemptStatisticsMax = 16,
} D3DKMT_QUERYRESULT_PREEMPTION_ATTEMPT_RESULT;

/* Indices of packet counters, by kind of queue packet. */
typedef enum _D3DKMT_QUERYSTATISTICS_QUEUE_PACKET_TYPE {
	D3DKMT_RenderCommandBuffer = 0,
	D3DKMT_DeferredCommandBuffer = 1,
	D3DKMT_SystemCommandBuffer = 2,
	D3DKMT_MmIoFlipCommandBuffer = 3,
	D3DKMT_WaitCommandBuffer = 4,
	D3DKMT_SignalCommandBuffer = 5,
	D3DKMT_DeviceCommandBuffer = 6,
	D3DKMT_SoftwareCommandBuffer = 7,
	D3DKMT_QueuePacketTypeMax = 8,
} D3DKMT_QUERYSTATISTICS_QUEUE_PACKET_TYPE;

/* Indices of packet counters, by kind of DMA packet. */
typedef enum _D3DKMT_QUERYSTATISTICS_DMA_PACKET_TYPE {
	D3DKMT_ClientRenderBuffer = 0,
	D3DKMT_ClientPagingBuffer = 1,
	D3DKMT_SystemPagingBuffer = 2,
	D3DKMT_SystemPreemptionBuffer = 3,
	D3DKMT_DmaPacketTypeMax = 4,
} D3DKMT_QUERYSTATISTICS_DMA_PACKET_TYPE;

/* How often, and how many bytes. */
typedef struct _D3DKMT_QUERYSTATISTICS_COUNTER {
	ULONG Count;			/* [out] */
	D3DKMT_ALIGN64 ULONGLONG Bytes;	/* [out] */
} D3DKMT_QUERYSTATISTICS_COUNTER;

/* Indices of counters by residency priority. */
typedef enum _D3DKMT_QUERYSTATISTICS_ALLOCATION_PRIORITY_CLASS {
	D3DKMT_AllocationPriorityClassMinimum = 0,
	D3DKMT_AllocationPriorityClassLow = 1,
	D3DKMT_AllocationPriorityClassNormal = 2,
	D3DKMT_AllocationPriorityClassHigh = 3,
	D3DKMT_AllocationPriorityClassMaximum = 4,
	D3DKMT_MaxAllocationPriorityClass = 5,
} D3DKMT_QUERYSTATISTICS_ALLOCATION_PRIORITY_CLASS;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_REFERENCE_DMA_BUFFER {
	ULONG NbCall;				/* [out] number of call */
	ULONG NbAllocationsReferenced;		/* [out] number of allocations referenced */
	/* [out] largest number of allocations referenced */
	ULONG MaxNbAllocationsReferenced;
	ULONG NbNULLReference;			/* [out] number of null reference */
	ULONG NbWriteReference;			/* [out] number of write reference */
	/* [out] number of renamed allocations referenced */
	ULONG NbRenamedAllocationsReferenced;
	/* [out] number of iteration searching renamed allocation */
	ULONG NbIterationSearchingRenamedAllocation;
	ULONG NbLockedAllocationReferenced;	/* [out] number of locked allocation referenced */
	/* [out] number of allocation with VAlid prepatching info referenced */
	ULONG NbAllocationWithValidPrepatchingInfoReferenced;
	/* [out] number of allocation with invalid prepatching info referenced */
	ULONG NbAllocationWithInvalidPrepatchingInfoReferenced;
	/* [out] number of DMA buffer successfully pre patched */
	ULONG NbDMABufferSuccessfullyPrePatched;
	/* [out] number of primaries references overflow */
	ULONG NbPrimariesReferencesOverflow;
	/* [out] number of allocation with non preferred resources */
	ULONG NbAllocationWithNonPreferredResources;
	/* [out] number of allocation inserted in migration table */
	ULONG NbAllocationInsertedInMigrationTable;
} D3DKMT_QUERYSTATSTICS_REFERENCE_DMA_BUFFER;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_RENAMING {
	ULONG NbAllocationsRenamed;		/* [out] number of allocations renamed */
	ULONG NbAllocationsShrinked;		/* [out] number of allocations shrinked */
	ULONG NbRenamedBuffer;			/* [out] number of renamed buffer */
	ULONG MaxRenamingListLength;		/* [out] largest renaming list length */
	/* [out] number of failures due to renaming limit */
	ULONG NbFailuresDueToRenamingLimit;
	/* [out] number of failures due to create allocation */
	ULONG NbFailuresDueToCreateAllocation;
	/* [out] number of failures due to open allocation */
	ULONG NbFailuresDueToOpenAllocation;
	ULONG NbFailuresDueToLowResource;	/* [out] number of failures due to low resource */
	/* [out] number of failures due to non retired limit */
	ULONG NbFailuresDueToNonRetiredLimit;
} D3DKMT_QUERYSTATSTICS_RENAMING;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_PREPRATION {
	ULONG BroadcastStall;					/* [out] */
	ULONG NbDMAPrepared;					/* [out] number of DMA prepared */
	/* [out] number of DMA prepared long path */
	ULONG NbDMAPreparedLongPath;
	ULONG ImmediateHighestPreparationPass;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER AllocationsTrimmed;	/* [out] */
} D3DKMT_QUERYSTATSTICS_PREPRATION;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_PAGING_FAULT {
	D3DKMT_QUERYSTATISTICS_COUNTER Faults;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsFirstTimeAccess;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsReclaimed;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsMigration;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsIncorrectResource;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsLostContent;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER FaultsEvicted;		/* [out] */
	/* [out] allocations reset memory */
	D3DKMT_QUERYSTATISTICS_COUNTER AllocationsMEM_RESET;
	D3DKMT_QUERYSTATISTICS_COUNTER AllocationsUnresetSuccess;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER AllocationsUnresetFail;	/* [out] */
	ULONG AllocationsUnresetSuccessRead;			/* [out] */
	ULONG AllocationsUnresetFailRead;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER Evictions;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER EvictionsDueToPreparation;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER EvictionsDueToLock;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER EvictionsDueToClose;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER EvictionsDueToPurge;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER EvictionsDueToSuspendCPUAccess;	/* [out] */
} D3DKMT_QUERYSTATSTICS_PAGING_FAULT;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_PAGING_TRANSFER {
	D3DKMT_ALIGN64 ULONGLONG BytesFilled;			/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesDiscarded;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesMappedIntoAperture;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesUnmappedFromAperture;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesTransferredFromMdlToMemory;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesTransferredFromMemoryToMdl;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesTransferredFromApertureToMemory;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesTransferredFromMemoryToAperture;	/* [out] */
} D3DKMT_QUERYSTATSTICS_PAGING_TRANSFER;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_SWIZZLING_RANGE {
	ULONG NbRangesAcquired;	/* [out] number of ranges acquired */
	ULONG NbRangesReleased;	/* [out] number of ranges released */
} D3DKMT_QUERYSTATSTICS_SWIZZLING_RANGE;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_LOCKS {
	ULONG NbLocks;			/* [out] number of locks */
	ULONG NbLocksWaitFlag;		/* [out] number of locks wait flag */
	ULONG NbLocksDiscardFlag;	/* [out] number of locks discard flag */
	ULONG NbLocksNoOverwrite;	/* [out] number of locks no overwrite */
	ULONG NbLocksNoReadSync;	/* [out] number of locks no read sync */
	ULONG NbLocksLinearization;	/* [out] number of locks linearization */
	ULONG NbComplexLocks;		/* [out] number of complex locks */
} D3DKMT_QUERYSTATSTICS_LOCKS;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_ALLOCATIONS {
	D3DKMT_QUERYSTATISTICS_COUNTER Created;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER Destroyed;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER Opened;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER Closed;			/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER MigratedSuccess;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER MigratedFail;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER MigratedAbandoned;	/* [out] */
} D3DKMT_QUERYSTATSTICS_ALLOCATIONS;

/* In D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATSTICS_TERMINATIONS {
	D3DKMT_QUERYSTATISTICS_COUNTER TerminatedShared;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER TerminatedNonShared;	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER DestroyedShared;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER DestroyedNonShared;	/* [out] */
} D3DKMT_QUERYSTATSTICS_TERMINATIONS;

/* Flags of D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION. */
__extension__ typedef struct _D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION_FLAGS {
	union {
		struct {
			UINT64 NumberOfMemoryGroups : 2;	/* [out] */
			UINT64 SupportsDemotion : 1;		/* [out] */
			UINT64 Reserved : 61;
		};
		D3DKMT_ALIGN64 UINT64 Value;			/* [out] */
	};
} D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION_FLAGS;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION {
	ULONG NbSegments;					/* [out] number of segments */
	ULONG NodeCount;					/* [out] */
	ULONG VidPnSourceCount;					/* [out] display source count */
	ULONG VSyncEnabled;					/* [out] */
	/* [out] timeout reset detected count */
	ULONG TdrDetectedCount;
	D3DKMT_ALIGN64 LONGLONG ZeroLengthDmaBuffers;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG RestartedPeriod;		/* [out] */
	D3DKMT_QUERYSTATSTICS_REFERENCE_DMA_BUFFER ReferenceDmaBuffer;	/* [out] */
	D3DKMT_QUERYSTATSTICS_RENAMING Renaming;		/* [out] */
	D3DKMT_QUERYSTATSTICS_PREPRATION Preparation;		/* [out] */
	D3DKMT_QUERYSTATSTICS_PAGING_FAULT PagingFault;		/* [out] */
	D3DKMT_QUERYSTATSTICS_PAGING_TRANSFER PagingTransfer;	/* [out] */
	D3DKMT_QUERYSTATSTICS_SWIZZLING_RANGE SwizzlingRange;	/* [out] */
	D3DKMT_QUERYSTATSTICS_LOCKS Locks;			/* [out] */
	D3DKMT_QUERYSTATSTICS_ALLOCATIONS Allocations;		/* [out] */
	D3DKMT_QUERYSTATSTICS_TERMINATIONS Terminations;	/* [out] */
	D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION_FLAGS Flags;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[7];
} D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER_INFORMATION {
	D3DKMT_ADAPTER_PERFDATA AdapterPerfData;		/* [out] */
	D3DKMT_ADAPTER_PERFDATACAPS AdapterPerfDataCaps;	/* [out] */
	D3DKMT_GPUVERSION GpuVersion;				/* [out] */
} D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_MEMORY {
	D3DKMT_ALIGN64 ULONGLONG TotalBytesEvicted;	/* [out] */
	ULONG AllocsCommitted;				/* [out] */
	ULONG AllocsResident;				/* [out] */
} D3DKMT_QUERYSTATISTICS_MEMORY;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION {
	D3DKMT_ALIGN64 ULONGLONG CommitLimit;			/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesCommitted;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesResident;			/* [out] */
	D3DKMT_QUERYSTATISTICS_MEMORY Memory;			/* [out] */
	ULONG Aperture;						/* [out] */
	D3DKMT_ALIGN64 ULONGLONG TotalBytesEvictedByPriority[5];	/* [out] */
	D3DKMT_ALIGN64 UINT64 SystemMemoryEndAddress;		/* [out] */
	struct {
		UINT64 PreservedDuringStandby : 1;		/* [out] */
		UINT64 PreservedDuringHibernate : 1;		/* [out] */
		UINT64 PartiallyPreservedDuringHibernate : 1;	/* [out] */
		UINT64 Reserved : 61;
	} PowerFlags;						/* [out] */
	struct {
		UINT64 SystemMemory : 1;			/* [out] */
		UINT64 PopulatedByReservedDDRByFirmware : 1;	/* [out] */
		UINT64 Reserved : 62;
	} SegmentProperties;					/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[5];
} D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_PREEMPTION_INFORMATION {
	ULONG PreemptionCounter[16];	/* [out] */
} D3DKMT_QUERYSTATISTICS_PREEMPTION_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PACKET_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_QUEUE_PACKET_TYPE_INFORMATION {
	ULONG PacketSubmited;	/* [out] */
	ULONG PacketCompleted;	/* [out] */
} D3DKMT_QUERYSTATISTICS_QUEUE_PACKET_TYPE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PACKET_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_DMA_PACKET_TYPE_INFORMATION {
	ULONG PacketSubmited;	/* [out] */
	ULONG PacketCompleted;	/* [out] */
	ULONG PacketPreempted;	/* [out] */
	ULONG PacketFaulted;	/* [out] */
} D3DKMT_QUERYSTATISTICS_DMA_PACKET_TYPE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_PACKET_INFORMATION {
	/* [out] */
	D3DKMT_QUERYSTATISTICS_QUEUE_PACKET_TYPE_INFORMATION QueuePacket[D3DKMT_QueuePacketTypeMax];
	/* [out] */
	D3DKMT_QUERYSTATISTICS_DMA_PACKET_TYPE_INFORMATION DmaPacket[D3DKMT_DmaPacketTypeMax];
} D3DKMT_QUERYSTATISTICS_PACKET_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_NODE_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION {
	D3DKMT_ALIGN64 LARGE_INTEGER RunningTime;		/* [in] */
	ULONG ContextSwitch;					/* [out] */
	D3DKMT_QUERYSTATISTICS_PREEMPTION_INFORMATION PreemptionStatistics;	/* [out] */
	D3DKMT_QUERYSTATISTICS_PACKET_INFORMATION PacketStatistics;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[8];			/* send 0 */
} D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_NODE_INFORMATION {
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION GlobalInformation;	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION SystemInformation;	/* [out] */
	D3DKMT_NODE_PERFDATA NodePerfData;			/* [out] */
	UINT32 Reserved[3];
} D3DKMT_QUERYSTATISTICS_NODE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE_INFORMATION {
	ULONG Frame;						/* [out] */
	ULONG CancelledFrame;					/* [out] */
	ULONG QueuedPresent;					/* [out] */
	UINT Padding;
	D3DKMT_ALIGN64 UINT64 IsVSyncEnabled;			/* [out] */
	D3DKMT_ALIGN64 UINT64 VSyncOnTotalTimeMs;		/* [out] */
	D3DKMT_ALIGN64 UINT64 VSyncOffKeepPhaseTotalTimeMs;	/* [out] */
	D3DKMT_ALIGN64 UINT64 VSyncOffNoPhaseTotalTimeMs;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[4];
} D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_VIDPNSOURCE_INFORMATION {
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE_INFORMATION GlobalInformation;
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE_INFORMATION SystemInformation;
	D3DKMT_ALIGN64 UINT64 Reserved[8];
} D3DKMT_QUERYSTATISTICS_VIDPNSOURCE_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_SYSTEM_MEMORY {
	D3DKMT_ALIGN64 ULONGLONG BytesAllocated;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesReserved;			/* [out] */
	ULONG SmallAllocationBlocks;				/* [out] */
	ULONG LargeAllocationBlocks;				/* [out] */
	D3DKMT_ALIGN64 ULONGLONG WriteCombinedBytesAllocated;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG WriteCombinedBytesReserved;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG CachedBytesAllocated;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG CachedBytesReserved;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG SectionBytesAllocated;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG SectionBytesReserved;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG BytesZeroed;			/* [out] */
} D3DKMT_QUERYSTATISTICS_SYSTEM_MEMORY;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_INFORMATION {
	ULONG NodeCount;					/* [out] */
	ULONG VidPnSourceCount;					/* [out] display source count */
	D3DKMT_QUERYSTATISTICS_SYSTEM_MEMORY SystemMemory;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[7];
} D3DKMT_QUERYSTATISTICS_PROCESS_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_DMA_BUFFER {
	D3DKMT_QUERYSTATISTICS_COUNTER Size;	/* [out] */
	ULONG AllocationListBytes;		/* [out] */
	ULONG PatchLocationListBytes;		/* [out] */
} D3DKMT_QUERYSTATISTICS_DMA_BUFFER;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_COMMITMENT_DATA {
	D3DKMT_ALIGN64 UINT64 TotalBytesEvictedFromProcess;	/* [out] */
	D3DKMT_ALIGN64 UINT64 BytesBySegmentPreference[5];	/* [out] */
} D3DKMT_QUERYSTATISTICS_COMMITMENT_DATA;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_POLICY {
	D3DKMT_ALIGN64 ULONGLONG PreferApertureForRead[5];	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG PreferAperture[5];		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG MemResetOnPaging;		/* [out] reset memory on paging */
	D3DKMT_ALIGN64 ULONGLONG RemovePagesFromWorkingSetOnPaging;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG MigrationEnabled;		/* [out] */
} D3DKMT_QUERYSTATISTICS_POLICY;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_INTERFERENCE_COUNTERS {
	D3DKMT_ALIGN64 UINT64 InterferenceCount[9];	/* [out] */
} D3DKMT_QUERYSTATISTICS_PROCESS_INTERFERENCE_COUNTERS;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION {
	ULONG NbSegments;					/* [out] number of segments */
	ULONG NodeCount;					/* [out] */
	ULONG VidPnSourceCount;					/* [out] display source count */
	ULONG VirtualMemoryUsage;				/* [out] */
	D3DKMT_QUERYSTATISTICS_DMA_BUFFER DmaBuffer;		/* [out] */
	D3DKMT_QUERYSTATISTICS_COMMITMENT_DATA CommitmentData;	/* [out] */
	D3DKMT_QUERYSTATISTICS_POLICY _Policy;			/* [out] */
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_INTERFERENCE_COUNTERS ProcessInterferenceCounters;
	D3DKMT_CLIENTHINT ClientHint;				/* [out] */
} D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_VIDEO_MEMORY {
	ULONG AllocsCommitted;					/* [out] */
	/* [out] */
	D3DKMT_QUERYSTATISTICS_COUNTER AllocsResidentInP[D3DKMT_MaxAllocationPriorityClass];
	D3DKMT_QUERYSTATISTICS_COUNTER AllocsResidentInNonPreferred;	/* [out] */
	D3DKMT_ALIGN64 ULONGLONG TotalBytesEvictedDueToPreparation;	/* [out] */
} D3DKMT_QUERYSTATISTICS_VIDEO_MEMORY;

/* In D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_POLICY {
	D3DKMT_ALIGN64 ULONGLONG UseMRU;	/* [out] */
} D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_POLICY;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION {
	D3DKMT_ALIGN64 ULONGLONG BytesCommitted;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG MaximumWorkingSet;		/* [out] */
	D3DKMT_ALIGN64 ULONGLONG MinimumWorkingSet;		/* [out] */
	/* [out] number of referenced allocation evicted in period */
	ULONG NbReferencedAllocationEvictedInPeriod;
	UINT Padding;
	D3DKMT_QUERYSTATISTICS_VIDEO_MEMORY VideoMemory;	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_POLICY _Policy;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Reserved[8];
} D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION;

/* In D3DKMT_QUERYSTATISTICS_RESULT. */
typedef struct _D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP_INFORMATION {
	D3DKMT_ALIGN64 UINT64 Budget;		/* [out] */
	D3DKMT_ALIGN64 UINT64 Requested;	/* [out] */
	D3DKMT_ALIGN64 UINT64 Usage;		/* [out] */
	D3DKMT_ALIGN64 UINT64 Demoted[5];	/* [out] */
} D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP_INFORMATION;

/* Memory in use and memory left, of a segment or a segment group. */
typedef struct _D3DKMT_QUERYSTATISTICS_MEMORY_USAGE {
	D3DKMT_ALIGN64 UINT64 AllocatedBytes;	/* [out] */
	D3DKMT_ALIGN64 UINT64 FreeBytes;	/* [out] */
	D3DKMT_ALIGN64 UINT64 ZeroBytes;	/* [out] */
	D3DKMT_ALIGN64 UINT64 ModifiedBytes;	/* [out] */
	D3DKMT_ALIGN64 UINT64 StandbyBytes;	/* [out] */
} D3DKMT_QUERYSTATISTICS_MEMORY_USAGE;

/* The answer; Type of the question selects the member. */
typedef union _D3DKMT_QUERYSTATISTICS_RESULT {
	D3DKMT_QUERYSTATISTICS_ADAPTER_INFORMATION AdapterInformation;	/* [out] */
	/* [out] physical adapter information */
	D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER_INFORMATION PhysAdapterInformation;
	D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION SegmentInformation;	/* [out] */
	D3DKMT_QUERYSTATISTICS_NODE_INFORMATION NodeInformation;	/* [out] */
	/* [out] display source information */
	D3DKMT_QUERYSTATISTICS_VIDPNSOURCE_INFORMATION VidPnSourceInformation;
	D3DKMT_QUERYSTATISTICS_PROCESS_INFORMATION ProcessInformation;	/* [out] */
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER_INFORMATION ProcessAdapterInformation;
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION ProcessSegmentInformation;
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION ProcessNodeInformation;	/* [out] */
	/* [out] process display source information */
	D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE_INFORMATION ProcessVidPnSourceInformation;
	/* [out] */
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP_INFORMATION ProcessSegmentGroupInformation;
	/* [out] type SEGMENT_USAGE */
	D3DKMT_QUERYSTATISTICS_MEMORY_USAGE SegmentUsageInformation;
	/* [out] type SEGMENT_GROUP_USAGE */
	D3DKMT_QUERYSTATISTICS_MEMORY_USAGE SegmentGroupUsageInformation;
} D3DKMT_QUERYSTATISTICS_RESULT;

#endif /* DXG_STATISTICS_RESULT_H */
