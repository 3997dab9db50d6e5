/* SPDX-License-Identifier: MIT */
/* Contexts: streams of work for one engine; their priorities; submission. */
#ifndef DXG_CONTEXT_H
#define DXG_CONTEXT_H

#include <dxg/allocation.h>
#include <dxg/base.h>

/* In the priority of a context: absolute, not relative to the process. */
#define D3DKMT_SETCONTEXTSCHEDULINGPRIORITY_ABSOLUTE	0x40000000

/* Which interface the client of a context serves. */
typedef enum _D3DKMT_CLIENTHINT {
	D3DKMT_CLIENTHINT_UNKNOWN = 0,
	D3DKMT_CLIENTHINT_OPENGL = 1,
	D3DKMT_CLIENTHINT_CDD = 2,
	D3DKMT_CLIENTHINT_OPENCL = 3,
	D3DKMT_CLIENTHINT_VULKAN = 4,
	D3DKMT_CLIENTHINT_CUDA = 5,
	D3DKMT_CLIENTHINT_RESERVED = 6,
	D3DKMT_CLIENTHINT_DX7 = 7,
	D3DKMT_CLIENTHINT_DX8 = 8,
	D3DKMT_CLIENTHINT_DX9 = 9,
	D3DKMT_CLIENTHINT_DX10 = 10,
	D3DKMT_CLIENTHINT_DX11 = 11,
	D3DKMT_CLIENTHINT_DX12 = 12,
	D3DKMT_CLIENTHINT_9ON12 = 13,
	D3DKMT_CLIENTHINT_11ON12 = 14,
	D3DKMT_CLIENTHINT_MFT_ENCODE = 15,
	D3DKMT_CLIENTHINT_GLON12 = 16,
	D3DKMT_CLIENTHINT_CLON12 = 17,
	D3DKMT_CLIENTHINT_DML_TENSORFLOW = 18,
	D3DKMT_CLIENTHINT_ONEAPI_LEVEL0 = 19,
	D3DKMT_CLIENTHINT_MAX = 20,
} D3DKMT_CLIENTHINT;

/* Flags of D3DKMT_CREATECONTEXT and D3DKMT_CREATECONTEXTVIRTUAL. */
__extension__ typedef struct _D3DDDI_CREATECONTEXTFLAGS {
	union {
		struct {
			/* [in] submissions are accepted but not executed */
			UINT NullRendering : 1;
			/* [in] context is for initial data upload */
			UINT InitialData : 1;
			/* [in] no timeout detection on this context */
			UINT DisableGpuTimeout : 1;
			/* [in] context only waits and signals, it submits no work */
			UINT SynchronizationOnly : 1;
			/* [in] context will hold hardware queues */
			UINT HwQueueSupported : 1;
			/* [in] kernel driver does not touch the context's submissions */
			UINT NoKmdAccess : 1;
			UINT Reserved : 26;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDI_CREATECONTEXTFLAGS;

/* Argument of D3DKMTCreateContext(). */
typedef struct _D3DKMT_CREATECONTEXT {
	D3DKMT_HANDLE hDevice;					/* [in] */
	UINT NodeOrdinal;					/* [in] engine node index */
	/* [in] bit mask of engines inside the node (one bit per linked adapter) */
	UINT EngineAffinity;
	D3DDDI_CREATECONTEXTFLAGS Flags;			/* [in] context flags */
	/* [in, out] vendor blob exchanged with the kernel-mode driver */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;				/* [in] bytes in that blob */
	/* [in] which API made the context */
	D3DKMT_CLIENTHINT ClientHint;
	D3DKMT_HANDLE hContext;					/* [out] context handle */
	/* [out] legacy command buffer address */
	D3DKMT_PTR(VOID *, pCommandBuffer);
	UINT CommandBufferSize;					/* [out] legacy */
	D3DKMT_PTR(D3DDDI_ALLOCATIONLIST *, pAllocationList);	/* [out] legacy */
	UINT AllocationListSize;				/* [out] legacy */
	D3DKMT_PTR(D3DDDI_PATCHLOCATIONLIST *, pPatchLocationList);	/* [out] legacy */
	UINT PatchLocationListSize;				/* [out] legacy */
	/* [out] GPU address of the legacy buffer */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS CommandBuffer;
} D3DKMT_CREATECONTEXT;

/* Argument of D3DKMTCreateContextVirtual(). */
typedef struct _D3DKMT_CREATECONTEXTVIRTUAL {
	D3DKMT_HANDLE hDevice;			/* [in] */
	UINT NodeOrdinal;			/* [in] engine node index */
	UINT EngineAffinity;			/* [in] bit mask of engines inside the node */
	D3DDDI_CREATECONTEXTFLAGS Flags;	/* [in] context flags */
	/*
	 * [in, out] vendor blob; sent to the host and overwritten with the host's
	 * answer (same length)
	 */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;		/* [in] bytes; must stay below 128 KiB */
	D3DKMT_CLIENTHINT ClientHint;		/* [in] which API made the context */
	D3DKMT_HANDLE hContext;			/* [out] new context handle */
} D3DKMT_CREATECONTEXTVIRTUAL;

/* Argument of D3DKMTDestroyContext(). */
typedef struct _D3DKMT_DESTROYCONTEXT {
	D3DKMT_HANDLE hContext;	/* [in] context to destroy */
} D3DKMT_DESTROYCONTEXT;

/* Argument of D3DKMTGetContextSchedulingPriority(). */
typedef struct _D3DKMT_GETCONTEXTSCHEDULINGPRIORITY {
	D3DKMT_HANDLE hContext;	/* [in] */
	INT Priority;		/* [out] -7 .. 7, or absolute */
} D3DKMT_GETCONTEXTSCHEDULINGPRIORITY;

/* Argument of D3DKMTSetContextSchedulingPriority(). */
typedef struct _D3DKMT_SETCONTEXTSCHEDULINGPRIORITY {
	D3DKMT_HANDLE hContext;	/* [in] */
	/* [in] -7 .. 7; bit 30 (0x40000000) marks an absolute 0..31 level */
	INT Priority;
} D3DKMT_SETCONTEXTSCHEDULINGPRIORITY;

/* Argument of D3DKMTGetContextInProcessSchedulingPriority(). */
typedef struct _D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY {
	D3DKMT_HANDLE hContext;	/* [in] */
	INT Priority;		/* [out] priority relative to the process' other contexts */
} D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY;

/* Argument of D3DKMTSetContextInProcessSchedulingPriority(). */
typedef struct _D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY {
	D3DKMT_HANDLE hContext;	/* [in] */
	INT Priority;		/* [in] priority relative to the process' other contexts */
} D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY;

/* Base priority of a process. */
typedef enum _D3DKMT_SCHEDULINGPRIORITYCLASS {
	D3DKMT_SCHEDULINGPRIORITYCLASS_IDLE = 0,
	D3DKMT_SCHEDULINGPRIORITYCLASS_BELOW_NORMAL = 1,
	D3DKMT_SCHEDULINGPRIORITYCLASS_NORMAL = 2,
	D3DKMT_SCHEDULINGPRIORITYCLASS_ABOVE_NORMAL = 3,
	D3DKMT_SCHEDULINGPRIORITYCLASS_HIGH = 4,
	D3DKMT_SCHEDULINGPRIORITYCLASS_REALTIME = 5,
} D3DKMT_SCHEDULINGPRIORITYCLASS;

/* Flags of D3DKMT_RENDER. */
typedef struct _D3DKMT_RENDERFLAGS {
	/* [in] NewCommandBufferSize holds a wanted size */
	UINT ResizeCommandBuffer : 1;
	UINT ResizeAllocationList : 1;		/* [in] same for the allocation list */
	UINT ResizePatchLocationList : 1;	/* [in] same for the patch list */
	UINT NullRendering : 1;			/* [in] do not execute */
	UINT PresentRedirected : 1;		/* [in] redirected present */
	UINT RenderKm : 1;			/* [in] kernel-mode DDI path */
	UINT RenderKmReadback : 1;		/* [in] kernel-mode read-back path */
	UINT Reserved : 25;			/* send 0 */
} D3DKMT_RENDERFLAGS;

/* Argument of D3DKMTRender(). */
typedef struct _D3DKMT_RENDER {
	union {
		D3DKMT_HANDLE hDevice;				/* [in] device (legacy) */
		D3DKMT_HANDLE hContext;				/* [in] */
	};
	/* [in] byte offset in the command buffer */
	UINT CommandOffset;
	UINT CommandLength;					/* [in] bytes */
	UINT AllocationCount;					/* [in] allocation list entries */
	UINT PatchLocationCount;				/* [in] patch list entries */
	/* [out] next command buffer (an input when Flags.RenderKm is set) */
	D3DKMT_PTR(VOID *, pNewCommandBuffer);
	UINT NewCommandBufferSize;				/* [in, out] its bytes */
	/* [out] next allocation list (an input when Flags.RenderKm is set) */
	D3DKMT_PTR(D3DDDI_ALLOCATIONLIST *, pNewAllocationList);
	UINT NewAllocationListSize;				/* [in, out] entries */
	/* [out] next patch list */
	D3DKMT_PTR(D3DDDI_PATCHLOCATIONLIST *, pNewPatchLocationList);
	UINT NewPatchLocationListSize;				/* [in, out] entries */
	D3DKMT_RENDERFLAGS Flags;				/* [in] */
	D3DKMT_ALIGN64 ULONGLONG PresentHistoryToken;		/* [in] present token */
	ULONG BroadcastContextCount;				/* [in] 0 .. 64 */
	D3DKMT_HANDLE BroadcastContext[D3DDDI_MAX_BROADCAST_CONTEXT];	/* [in] contexts */
	ULONG QueuedBufferCount;				/* [out] buffers still queued */
	/* [out] GPU address of the next buffer */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS NewCommandBuffer;
	D3DKMT_PTR(VOID *, pPrivateDriverData);			/* [in] vendor blob */
	UINT PrivateDriverDataSize;				/* [in] its bytes */
} D3DKMT_RENDER;

/* Flags of D3DKMT_SUBMITCOMMAND. */
typedef struct _D3DKMT_SUBMITCOMMANDFLAGS {
	UINT NullRendering : 1;		/* [in] do not execute */
	UINT PresentRedirected : 1;	/* [in] part of a redirected present */
	UINT NoKmdAccess : 1;		/* [in] kernel driver does not look at the buffer */
	UINT Reserved : 29;		/* send 0 */
} D3DKMT_SUBMITCOMMANDFLAGS;

/* Argument of D3DKMTSubmitCommand(). */
typedef struct _D3DKMT_SUBMITCOMMAND {
	/* [in] GPU address of the command buffer */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS Commands;
	UINT CommandLength;			/* [in] its bytes */
	D3DKMT_SUBMITCOMMANDFLAGS Flags;	/* [in] */
	/* [in] token of a redirected present, otherwise 0 */
	D3DKMT_ALIGN64 ULONGLONG PresentHistoryToken;
	UINT BroadcastContextCount;		/* [in] 1 .. 64 (D3DDDI_MAX_BROADCAST_CONTEXT) */
	/* [in] contexts; entry 0 owns the submission */
	D3DKMT_HANDLE BroadcastContext[D3DDDI_MAX_BROADCAST_CONTEXT];
	D3DKMT_PTR(VOID *, pPrivateDriverData);	/* [in] vendor blob for the submission */
	UINT PrivateDriverDataSize;		/* [in] its bytes */
	/*
	 * [in] 0 .. 16 (D3DDDI_MAX_WRITTEN_PRIMARIES); the driver checks only against
	 * 131072
	 */
	UINT NumPrimaries;
	/* [in] display primaries the work writes */
	D3DKMT_HANDLE WrittenPrimaries[D3DDDI_MAX_WRITTEN_PRIMARIES];
	UINT NumHistoryBuffers;			/* [in] 0 .. 1024 */
	/* [in] allocation handles of history buffers */
	D3DKMT_PTR(D3DKMT_HANDLE *, HistoryBufferArray);
} D3DKMT_SUBMITCOMMAND;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateContext() - make a context of the patch-list model
 * @args: [in, out] as on Windows
 *
 * Not available to guests: STATUS_UNSUCCESSFUL. Use
 * D3DKMTCreateContextVirtual().
 */
DXG_API NTSTATUS D3DKMTCreateContext(D3DKMT_CREATECONTEXT *args);

/**
 * D3DKMTCreateContextVirtual() - make a context on an engine
 * @args: [in, out] device, node, flags, driver data; on success hContext
 *
 * A context is a FIFO of command buffers, waits and signals on one node;
 * contexts are ordered among one another by fences alone.
 *
 * Owner:  destroyed by D3DKMTDestroyContext() or with its device.
 * Errors: STATUS_INVALID_PARAMETER: unknown device, no such node.
 *         STATUS_DEVICE_REMOVED.
 * Source: WDDM 2.0: GPU virtual addressing.
 */
DXG_API NTSTATUS D3DKMTCreateContextVirtual(D3DKMT_CREATECONTEXTVIRTUAL *args);

/**
 * D3DKMTDestroyContext() - destroy a context
 * @args: [in] the context
 *
 * Returns when the work queued on it has finished; at once on a device in error.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM: D3DKMTDestroyContext.
 */
DXG_API NTSTATUS D3DKMTDestroyContext(const D3DKMT_DESTROYCONTEXT *args);

/**
 * D3DKMTGetContextSchedulingPriority() - read a context's priority
 * @args: [in, out] context; on success the priority last set
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown context.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTGetContextSchedulingPriority(D3DKMT_GETCONTEXTSCHEDULINGPRIORITY *args);

/**
 * D3DKMTSetContextSchedulingPriority() - set a context's priority among all
 * 	contexts
 * @args: [in] context and priority, -7 to 7, 0 by default
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown context, priority out of range.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTSetContextSchedulingPriority(const D3DKMT_SETCONTEXTSCHEDULINGPRIORITY *args);

/**
 * D3DKMTGetContextInProcessSchedulingPriority() - read what the setter set
 * @args: [in, out] context; on success the priority
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown context.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTGetContextInProcessSchedulingPriority(D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY *args);

/**
 * D3DKMTSetContextInProcessSchedulingPriority() - put a context ahead of the
 * 	process's others
 * @args: [in] context and priority, 0 or 1
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown context.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTSetContextInProcessSchedulingPriority(
	const D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY *args);

/**
 * D3DKMTRender() - submit work of the patch-list model
 * @args: [in, out] as on Windows
 *
 * Not available to guests: STATUS_UNSUCCESSFUL. Use D3DKMTSubmitCommand().
 */
DXG_API NTSTATUS D3DKMTRender(D3DKMT_RENDER *args);

/**
 * D3DKMTSubmitCommand() - queue a command buffer
 * @args: [in] GPU address and length, contexts, driver data
 *
 * BroadcastContext[0] is the context itself; there is at least one. What the
 * buffer touches must be mapped and resident, with its paging fences passed:
 * otherwise the device is lost to a page fault. Success says that the work is
 * queued.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown context, 0 or more than 64 contexts,
 *         more than 16 primaries. Later errors show in D3DKMTGetDeviceState().
 * Source: WDDM 2.0: D3DKMTSubmitCommand.
 */
DXG_API NTSTATUS D3DKMTSubmitCommand(const D3DKMT_SUBMITCOMMAND *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_CONTEXT_H */
