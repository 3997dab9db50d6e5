/* SPDX-License-Identifier: MIT */
/* Hardware contexts and hardware queues: work that the GPU schedules itself. */
#ifndef DXG_HWQUEUE_H
#define DXG_HWQUEUE_H

#include <dxg/base.h>
#include <dxg/sync.h>

/* Flags of D3DKMT_CREATEHWCONTEXT. */
__extension__ typedef struct _D3DDDI_CREATEHWCONTEXTFLAGS {
	union {
		struct {
			UINT Reserved : 32;	/* send 0 */
		};
		UINT Value;			/* [in] 0 */
	};
} D3DDDI_CREATEHWCONTEXTFLAGS;

/* Argument of D3DKMTCreateHwContext(). */
typedef struct _D3DKMT_CREATEHWCONTEXT {
	D3DKMT_HANDLE hDevice;			/* [in] */
	UINT NodeOrdinal;			/* [in] engine node */
	UINT EngineAffinity;			/* [in] engine mask */
	D3DDDI_CREATEHWCONTEXTFLAGS Flags;	/* [in] all reserved */
	UINT PrivateDriverDataSize;		/* [in] bytes of the blob */
	D3DKMT_PTR(VOID *, pPrivateDriverData);	/* [in, out] vendor blob */
	D3DKMT_HANDLE hHwContext;		/* [out] handle */
} D3DKMT_CREATEHWCONTEXT;

/* Argument of D3DKMTDestroyHwContext(). */
typedef struct _D3DKMT_DESTROYHWCONTEXT {
	D3DKMT_HANDLE hHwContext;	/* [in] hardware context to destroy */
} D3DKMT_DESTROYHWCONTEXT;

/* Flags of D3DKMT_CREATEHWQUEUE. */
__extension__ typedef struct _D3DDDI_CREATEHWQUEUEFLAGS {
	union {
		struct {
			UINT DisableGpuTimeout : 1;	/* [in] no timeout detection */
			/* [in] queue takes no broadcast signals */
			UINT NoBroadcastSignal : 1;
			UINT NoBroadcastWait : 1;	/* [in] queue takes no broadcast waits */
			/* [in] kernel driver does not look at submissions */
			UINT NoKmdAccess : 1;
			UINT Reserved : 28;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDI_CREATEHWQUEUEFLAGS;

/* Argument of D3DKMTCreateHwQueue(). */
typedef struct _D3DKMT_CREATEHWQUEUE {
	D3DKMT_HANDLE hHwContext;		/* [in] context made with HwQueueSupported */
	D3DDDI_CREATEHWQUEUEFLAGS Flags;	/* [in] */
	UINT PrivateDriverDataSize;		/* [in] bytes of the blob */
	D3DKMT_PTR(VOID *, pPrivateDriverData);	/* [in, out] vendor blob, written back */
	D3DKMT_HANDLE hHwQueue;			/* [out] queue handle */
	/* [out] monitored fence that counts finished submissions */
	D3DKMT_HANDLE hHwQueueProgressFence;
	/* [out] its CPU address in the caller */
	D3DKMT_PTR(VOID *, HwQueueProgressFenceCPUVirtualAddress);
	/* [out] its GPU address */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS HwQueueProgressFenceGPUVirtualAddress;
} D3DKMT_CREATEHWQUEUE;

/* Argument of D3DKMTDestroyHwQueue(). */
typedef struct _D3DKMT_DESTROYHWQUEUE {
	D3DKMT_HANDLE hHwQueue;	/* [in] queue to destroy */
} D3DKMT_DESTROYHWQUEUE;

/* Argument of D3DKMTSubmitCommandToHwQueue(). */
typedef struct _D3DKMT_SUBMITCOMMANDTOHWQUEUE {
	D3DKMT_HANDLE hHwQueue;					/* [in] queue */
	/* [in] value the progress fence takes when the work is done */
	D3DKMT_ALIGN64 UINT64 HwQueueProgressFenceId;
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS CommandBuffer;	/* [in] GPU address */
	UINT CommandLength;					/* [in] bytes */
	UINT PrivateDriverDataSize;				/* [in] bytes of the blob */
	D3DKMT_PTR(VOID *, pPrivateDriverData);			/* [in] vendor blob */
	/* [in] Windows limit 16; the driver checks only against 131072 */
	UINT NumPrimaries;
	/* [in] display primaries the work writes */
	D3DKMT_PTR(const D3DKMT_HANDLE *, WrittenPrimaries);
} D3DKMT_SUBMITCOMMANDTOHWQUEUE;

/* Argument of D3DKMTSubmitSignalSyncObjectsToHwQueue(). */
typedef struct _D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE {
	D3DDDICB_SIGNALFLAGS Flags;				/* [in] */
	ULONG BroadcastHwQueueCount;				/* [in] 1 .. 64 */
	/* [in] queues that signal */
	D3DKMT_PTR(const D3DKMT_HANDLE *, BroadcastHwQueueArray);
	UINT ObjectCount;					/* [in] 1 .. 32 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	D3DKMT_PTR(const UINT64 *, FenceValueArray);		/* [in] value per object */
} D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE;

/* Argument of D3DKMTSubmitWaitForSyncObjectsToHwQueue(). */
typedef struct _D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE {
	D3DKMT_HANDLE hHwQueue;					/* [in] queue that waits */
	UINT ObjectCount;					/* [in] 1 .. 32 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	D3DKMT_PTR(const UINT64 *, FenceValueArray);		/* [in] value per object */
} D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateHwContext() - make a hardware context
 * @args: [in, out] as on Windows
 *
 * Not available to guests: STATUS_UNSUCCESSFUL. A context made with
 * HwQueueSupported is the parent of hardware queues.
 */
DXG_API NTSTATUS D3DKMTCreateHwContext(D3DKMT_CREATEHWCONTEXT *args);

/**
 * D3DKMTDestroyHwContext() - destroy a hardware context
 * @args: [in] the hardware context
 *
 * Not available to guests: STATUS_UNSUCCESSFUL.
 */
DXG_API NTSTATUS D3DKMTDestroyHwContext(const D3DKMT_DESTROYHWCONTEXT *args);

/**
 * D3DKMTCreateHwQueue() - make a hardware queue on a context
 * @args: [in, out] context, flags, driver data (both ways); on success queue,
 *        progress fence and its addresses
 *
 * Owner:  destroyed by D3DKMTDestroyHwQueue(), with its progress fence, or with
 *         its context.
 * Errors: STATUS_INVALID_PARAMETER: unknown context, engine without hardware
 *         queues.
 * Source: WDDM 2.5: hardware scheduling.
 */
DXG_API NTSTATUS D3DKMTCreateHwQueue(D3DKMT_CREATEHWQUEUE *args);

/**
 * D3DKMTDestroyHwQueue() - destroy a hardware queue and its progress fence
 * @args: [in] the queue
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM 2.5.
 */
DXG_API NTSTATUS D3DKMTDestroyHwQueue(const D3DKMT_DESTROYHWQUEUE *args);

/**
 * D3DKMTSubmitCommandToHwQueue() - queue a command buffer on a hardware queue
 * @args: [in] queue, progress fence value, GPU address and length, driver data
 *
 * The progress fence value grows from one submission to the next. Calls for one
 * queue are serialised by the caller.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown queue.
 * Source: WDDM 2.5: hardware queue progress fence.
 */
DXG_API NTSTATUS D3DKMTSubmitCommandToHwQueue(const D3DKMT_SUBMITCOMMANDTOHWQUEUE *args);

/**
 * D3DKMTSubmitSignalSyncObjectsToHwQueue() - signal fences from hardware queues
 * @args: [in] 1 to 64 queues, 1 to 32 fences and their values
 *
 * The signal happens when all queues have come to it.
 *
 * Errors: STATUS_INVALID_PARAMETER. STATUS_ACCESS_DENIED: a fence opened with
 *         NoSignal.
 * Source: WDDM 2.5.
 */
DXG_API NTSTATUS
D3DKMTSubmitSignalSyncObjectsToHwQueue(const D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE *args);

/**
 * D3DKMTSubmitWaitForSyncObjectsToHwQueue() - hold a hardware queue until fences
 * 	are reached
 * @args: [in] queue, 1 to 32 fences and their values
 *
 * Returns at once; what is queued later waits for all of them.
 *
 * Errors: STATUS_INVALID_PARAMETER. STATUS_ACCESS_DENIED: a fence opened with
 *         NoWait.
 * Source: WDDM 2.5.
 */
DXG_API NTSTATUS
D3DKMTSubmitWaitForSyncObjectsToHwQueue(const D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_HWQUEUE_H */
