/* SPDX-License-Identifier: MIT */
/* Devices: the owners of everything that is created on an adapter. */
#ifndef DXG_DEVICE_H
#define DXG_DEVICE_H

#include <dxg/allocation.h>
#include <dxg/base.h>

/* Flags of D3DKMT_CREATEDEVICE. */
typedef struct _D3DKMT_CREATEDEVICEFLAGS {
	UINT LegacyMode : 1;		/* [in] device uses the pre-WDDM2 patching model */
	UINT RequestVSync : 1;		/* [in] device wants vertical-sync events */
	UINT DisableGpuTimeout : 1;	/* [in] no timeout detection for this device's work */
	UINT Reserved : 29;		/* send 0 */
} D3DKMT_CREATEDEVICEFLAGS;

/* Argument of D3DKMTCreateDevice(). */
typedef struct _D3DKMT_CREATEDEVICE {
	union {
		/* [in] adapter handle on which the device is made */
		D3DKMT_HANDLE hAdapter;
		/*
		 * for display drivers of Windows; unused, but makes the slot eight
		 * bytes wide
		 */
		VOID *pAdapter;
		D3DKMT_ALIGN64 UINT64 pAdapter_Align;
	};
	D3DKMT_CREATEDEVICEFLAGS Flags;				/* [in] */
	D3DKMT_HANDLE hDevice;					/* [out] new device handle */
	/*
	 * [unused] legacy (packet-based submission) buffer; never written by the
	 * driver
	 */
	D3DKMT_PTR(VOID *, pCommandBuffer);
	UINT CommandBufferSize;					/* [unused] legacy */
	D3DKMT_PTR(D3DDDI_ALLOCATIONLIST *, pAllocationList);	/* [unused] legacy */
	UINT AllocationListSize;				/* [unused] legacy */
	D3DKMT_PTR(D3DDDI_PATCHLOCATIONLIST *, pPatchLocationList);	/* [unused] legacy */
	UINT PatchLocationListSize;				/* [unused] legacy */
} D3DKMT_CREATEDEVICE;

/* Argument of D3DKMTDestroyDevice(). */
typedef struct _D3DKMT_DESTROYDEVICE {
	D3DKMT_HANDLE hDevice;	/* [in] device to destroy */
} D3DKMT_DESTROYDEVICE;

/* What D3DKMTGetDeviceState() can be asked. */
typedef enum _D3DKMT_DEVICESTATE_TYPE {
	D3DKMT_DEVICESTATE_EXECUTION = 1,
	D3DKMT_DEVICESTATE_PRESENT = 2,
	D3DKMT_DEVICESTATE_RESET = 3,
	D3DKMT_DEVICESTATE_PRESENT_DWM = 4,
	D3DKMT_DEVICESTATE_PAGE_FAULT = 5,
	D3DKMT_DEVICESTATE_PRESENT_QUEUE = 6,
} D3DKMT_DEVICESTATE_TYPE;

/* Health of a device. All but ACTIVE are for ever. */
typedef enum _D3DKMT_DEVICEEXECUTION_STATE {
	D3DKMT_DEVICEEXECUTION_ACTIVE = 1,
	D3DKMT_DEVICEEXECUTION_RESET = 2,
	D3DKMT_DEVICEEXECUTION_HUNG = 3,
	D3DKMT_DEVICEEXECUTION_STOPPED = 4,
	D3DKMT_DEVICEEXECUTION_ERROR_OUTOFMEMORY = 5,
	D3DKMT_DEVICEEXECUTION_ERROR_DMAFAULT = 6,
	D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT = 7,
} D3DKMT_DEVICEEXECUTION_STATE;

/* Counters of presents. */
typedef struct _D3DKMT_PRESENT_STATS {
	UINT PresentCount;				/* [out] presents so far */
	/* [out] refresh at which the last present was shown */
	UINT PresentRefreshCount;
	UINT SyncRefreshCount;				/* [out] refresh of the time stamps */
	D3DKMT_ALIGN64 LARGE_INTEGER SyncQPCTime;	/* [out] CPU counter at that refresh */
	D3DKMT_ALIGN64 LARGE_INTEGER SyncGPUTime;	/* [out] GPU counter at that refresh */
} D3DKMT_PRESENT_STATS;

/* Present state of a device. */
typedef struct _D3DKMT_DEVICEPRESENT_STATE {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	D3DKMT_PRESENT_STATS PresentStats;		/* [out] counters */
} D3DKMT_DEVICEPRESENT_STATE;

/* What the device has lost. */
__extension__ typedef struct _D3DKMT_DEVICERESET_STATE {
	union {
		struct {
			/* [out] a desktop switch made the device lose its surfaces */
			UINT DesktopSwitched : 1;
			UINT Reserved : 31;
		};
		UINT Value;	/* [out] all bits at once */
	};
} D3DKMT_DEVICERESET_STATE;

/* Counters of presents, for the compositor. */
typedef struct _D3DKMT_PRESENT_STATS_DWM {
	UINT PresentCount;				/* [out] presents so far */
	UINT PresentRefreshCount;			/* [out] refresh of the last present */
	/* [out] CPU counter of the last present */
	D3DKMT_ALIGN64 LARGE_INTEGER PresentQPCTime;
	UINT SyncRefreshCount;				/* [out] refresh of the time stamp */
	D3DKMT_ALIGN64 LARGE_INTEGER SyncQPCTime;	/* [out] CPU counter at that refresh */
	UINT CustomPresentDuration;			/* [out] refresh duration in use */
} D3DKMT_PRESENT_STATS_DWM;

/* Present state of a device, for the compositor. */
typedef struct _D3DKMT_DEVICEPRESENT_STATE_DWM {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	D3DKMT_PRESENT_STATS_DWM PresentStatsDWM;	/* [out] counters */
} D3DKMT_DEVICEPRESENT_STATE_DWM;

/* Where in the pipeline a page fault happened. */
typedef enum _DXGK_RENDER_PIPELINE_STAGE {
	DXGK_RENDER_PIPELINE_STAGE_UNKNOWN = 0,
	DXGK_RENDER_PIPELINE_STAGE_INPUT_ASSEMBLER = 1,
	DXGK_RENDER_PIPELINE_STAGE_VERTEX_SHADER = 2,
	DXGK_RENDER_PIPELINE_STAGE_GEOMETRY_SHADER = 3,
	DXGK_RENDER_PIPELINE_STAGE_STREAM_OUTPUT = 4,
	DXGK_RENDER_PIPELINE_STAGE_RASTERIZER = 5,
	DXGK_RENDER_PIPELINE_STAGE_PIXEL_SHADER = 6,
	DXGK_RENDER_PIPELINE_STAGE_OUTPUT_MERGER = 7,
} DXGK_RENDER_PIPELINE_STAGE;

/* What is known about a page fault. */
typedef enum _DXGK_PAGE_FAULT_FLAGS {
	DXGK_PAGE_FAULT_WRITE = 0x1,
	DXGK_PAGE_FAULT_FENCE_INVALID = 0x2,
	DXGK_PAGE_FAULT_ADAPTER_RESET_REQUIRED = 0x4,
	DXGK_PAGE_FAULT_ENGINE_RESET_REQUIRED = 0x8,
	DXGK_PAGE_FAULT_FATAL_HARDWARE_ERROR = 0x10,
	DXGK_PAGE_FAULT_IOMMU = 0x20,
	DXGK_PAGE_FAULT_HW_CONTEXT_VALID = 0x40,
	DXGK_PAGE_FAULT_PROCESS_HANDLE_VALID = 0x80,
} DXGK_PAGE_FAULT_FLAGS;

/* Faults that do not depend on the device. */
typedef enum _DXGK_GENERAL_ERROR_CODE {
	DXGK_GENERAL_ERROR_PAGE_FAULT = 0,
	DXGK_GENERAL_ERROR_INVALID_INSTRUCTION = 1,
} DXGK_GENERAL_ERROR_CODE;

/* A fault: bit 0 tells which of the two views holds. */
__extension__ typedef struct _DXGK_FAULT_ERROR_CODE {
	union {
		struct {
			/* [out] 1 when the other 31 bits are a vendor code */
			UINT IsDeviceSpecificCode : 1;
			/* [out] DXGK_GENERAL_ERROR_CODE when bit 0 is 0 */
			DXGK_GENERAL_ERROR_CODE GeneralErrorCode : 31;
		};
		struct {
			/* [out] same bit 0 in the second view */
			UINT IsDeviceSpecificCodeReservedBit : 1;
			UINT DeviceSpecificCode : 31;	/* [out] vendor code when bit 0 is 1 */
		};
	};
} DXG_PACKED DXGK_FAULT_ERROR_CODE;

/* The page fault that put the device into the error state. */
typedef struct _D3DKMT_DEVICEPAGEFAULT_STATE {
	/* [out] draw or dispatch that faulted, or -1 if unknown */
	D3DKMT_ALIGN64 UINT64 FaultedPrimitiveAPISequenceNumber;
	DXGK_RENDER_PIPELINE_STAGE FaultedPipelineStage;	/* [out] */
	/* [out] index in the bind table */
	UINT FaultedBindTableEntry;
	DXGK_PAGE_FAULT_FLAGS PageFaultFlags;			/* [out] */
	DXGK_FAULT_ERROR_CODE FaultErrorCode;			/* [out] */
	/* [out] GPU address that faulted */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS FaultedVirtualAddress;
} D3DKMT_DEVICEPAGEFAULT_STATE;

/* State of the queue of presents. */
typedef struct _D3DKMT_DEVICEPRESENT_QUEUE_STATE {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	BOOLEAN bQueuedPresentLimitReached;		/* [out] queue is full */
} D3DKMT_DEVICEPRESENT_QUEUE_STATE;

/* Argument of D3DKMTGetDeviceState(). */
typedef struct _D3DKMT_GETDEVICESTATE {
	D3DKMT_HANDLE hDevice;					/* [in] */
	/* [in] selects the union member */
	D3DKMT_DEVICESTATE_TYPE StateType;
	union {
		D3DKMT_DEVICEEXECUTION_STATE ExecutionState;	/* [out] type EXECUTION (1) */
		D3DKMT_DEVICEPRESENT_STATE PresentState;	/* [in, out] type PRESENT (2) */
		D3DKMT_DEVICERESET_STATE ResetState;		/* [out] type RESET (3) */
		/* [in, out] type PRESENT_DWM (4) */
		D3DKMT_DEVICEPRESENT_STATE_DWM PresentStateDWM;
		D3DKMT_DEVICEPAGEFAULT_STATE PageFaultState;	/* [out] type PAGE_FAULT (5) */
		/* [in, out] type PRESENT_QUEUE (6) */
		D3DKMT_DEVICEPRESENT_QUEUE_STATE PresentQueueState;
	};
} D3DKMT_GETDEVICESTATE;

/* Why a device is put into the error state. */
__extension__ typedef enum _D3DKMT_DEVICE_ERROR_REASON {
	D3DKMT_DEVICE_ERROR_REASON_GENERIC = 0x80000000,
	D3DKMT_DEVICE_ERROR_REASON_DRIVER_ERROR = 0x80000006,
} D3DKMT_DEVICE_ERROR_REASON;

/* Argument of D3DKMTMarkDeviceAsError(). */
typedef struct _D3DKMT_MARKDEVICEASERROR {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DKMT_DEVICE_ERROR_REASON Reason;	/* [in] */
} D3DKMT_MARKDEVICEASERROR;

/* Argument of D3DKMTFlushHeapTransitions(). */
typedef struct _D3DKMT_FLUSHHEAPTRANSITIONS {
	D3DKMT_HANDLE hAdapter;	/* [in] */
} D3DKMT_FLUSHHEAPTRANSITIONS;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateDevice() - make a device on an adapter
 * @args: [in, out] adapter and flags; on success hDevice
 *
 * Owner:  destroyed by D3DKMTDestroyDevice(), with everything below it.
 * Errors: STATUS_INVALID_PARAMETER: unknown adapter. STATUS_DEVICE_REMOVED: the
 *         adapter is gone.
 * Source: WDDM: D3DKMT_CREATEDEVICE.
 */
DXG_API NTSTATUS D3DKMTCreateDevice(D3DKMT_CREATEDEVICE *args);

/**
 * D3DKMTDestroyDevice() - destroy a device and everything below it
 * @args: [in] the device
 *
 * Contexts, queues, allocations, fences and mappings go along; their handles
 * become unknown. The only way out of the error state.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM: D3DKMTDestroyDevice.
 */
DXG_API NTSTATUS D3DKMTDestroyDevice(const D3DKMT_DESTROYDEVICE *args);

/**
 * D3DKMTGetDeviceState() - read a device's state of health
 * @args: [in, out] device and StateType; on success the union
 *
 * Cheap: the execution state is asked of the host only after something changed.
 * A device in error answers too: the state is the answer.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown device or type.
 * Source: WDDM: D3DKMT_DEVICESTATE_TYPE.
 */
DXG_API NTSTATUS D3DKMTGetDeviceState(D3DKMT_GETDEVICESTATE *args);

/**
 * D3DKMTMarkDeviceAsError() - put a device into the error state
 * @args: [in] device and reason
 *
 * Submissions fail from then on and its fences are released; there is no way
 * back but another device. Also a success when it is in error already.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown device.
 * Source: WDDM: D3DKMT_DEVICE_ERROR_REASON.
 */
DXG_API NTSTATUS D3DKMTMarkDeviceAsError(D3DKMT_MARKDEVICEASERROR *args);

/**
 * D3DKMTFlushHeapTransitions() - finish pending changes of cache attributes
 * @args: [in] adapter
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown adapter.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS D3DKMTFlushHeapTransitions(D3DKMT_FLUSHHEAPTRANSITIONS *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_DEVICE_H */
