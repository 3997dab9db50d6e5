/* SPDX-License-Identifier: MIT */
/*
 * Synchronization objects: fences above all; waits, signals, Linux sync files.
 */
#ifndef DXG_SYNC_H
#define DXG_SYNC_H

#include <dxg/base.h>

/* Flags of all signalling calls. */
__extension__ typedef struct _D3DDDICB_SIGNALFLAGS {
	union {
		struct {
			/* [in] signal when queued, not when reached */
			UINT SignalAtSubmission : 1;
			/* [in] signal a CPU event instead of sync objects */
			UINT EnqueueCpuEvent : 1;
			UINT AllowFenceRewind : 1;	/* [in] fence may go down */
			UINT Reserved : 28;		/* send 0 */
			/* [in] internal, callers leave it 0 */
			UINT DXGK_SIGNAL_FLAG_INTERNAL0 : 1;
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDICB_SIGNALFLAGS;

/* Kinds of synchronization objects; use the monitored fence. */
typedef enum _D3DDDI_SYNCHRONIZATIONOBJECT_TYPE {
	D3DDDI_SYNCHRONIZATION_MUTEX = 1,
	D3DDDI_SEMAPHORE = 2,
	D3DDDI_FENCE = 3,
	D3DDDI_CPU_NOTIFICATION = 4,
	D3DDDI_MONITORED_FENCE = 5,
	D3DDDI_PERIODIC_MONITORED_FENCE = 6,
	D3DDDI_SYNCHRONIZATION_TYPE_LIMIT = 7,
} D3DDDI_SYNCHRONIZATIONOBJECT_TYPE;

/* Flags of synchronization objects, of all openers or of one handle. */
__extension__ typedef struct _D3DDDI_SYNCHRONIZATIONOBJECT_FLAGS {
	union {
		struct {
			UINT Shared : 1;	/* [in] may be opened by other processes */
			/* [in] shared through NT handles / file descriptors only */
			UINT NtSecuritySharing : 1;
			UINT CrossAdapter : 1;	/* [in] usable by several adapters */
			/* [in] signalled when work starts instead of when it ends */
			UINT TopOfPipeline : 1;
			UINT NoSignal : 1;	/* [in] this handle may not signal */
			UINT NoWait : 1;	/* [in] this handle may not wait */
			/* [in] do not jump to the maximum value on a device reset */
			UINT NoSignalMaxValueOnTdr : 1;
			UINT NoGPUAccess : 1;	/* [in] no GPU mapping; CPU only */
			UINT SignalByKmd : 1;	/* [in] kernel driver signals it */
			UINT Reserved : 22;	/* send 0 */
			UINT Reserved0 : 1;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_SYNCHRONIZATIONOBJECT_FLAGS;

/* Kind and first state of an object, older form. */
__extension__ typedef struct _D3DDDI_SYNCHRONIZATIONOBJECTINFO {
	D3DDDI_SYNCHRONIZATIONOBJECT_TYPE Type;	/* [in] */
	union {
		struct {
			BOOL InitialState;	/* [in] */
		} SynchronizationMutex;
		struct {
			UINT MaxCount;		/* [in] largest count */
			UINT InitialCount;	/* [in] */
		} Semaphore;
		struct {
			UINT Reserved[16];	/* send 0 */
		} Reserved;			/* send 0 */
	};
} D3DDDI_SYNCHRONIZATIONOBJECTINFO;

/* Argument of D3DKMTCreateSynchronizationObject(). */
typedef struct _D3DKMT_CREATESYNCHRONIZATIONOBJECT {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DDDI_SYNCHRONIZATIONOBJECTINFO Info;	/* [in] */
	D3DKMT_HANDLE hSyncObject;		/* [out] */
} D3DKMT_CREATESYNCHRONIZATIONOBJECT;

/* Kind and first state of an object. */
__extension__ typedef struct _D3DDDI_SYNCHRONIZATIONOBJECTINFO2 {
	/* [in] selects the union member */
	D3DDDI_SYNCHRONIZATIONOBJECT_TYPE Type;
	D3DDDI_SYNCHRONIZATIONOBJECT_FLAGS Flags;		/* [in] */
	union {
		struct {
			BOOL InitialState;			/* [in] non-zero: starts owned */
		} SynchronizationMutex;				/* [in] type 1 */
		struct {
			UINT MaxCount;				/* [in] upper limit */
			UINT InitialCount;			/* [in] start count */
		} Semaphore;					/* [in] type 2 */
		struct {
			D3DKMT_ALIGN64 UINT64 FenceValue;	/* [in] start value */
		} Fence;					/* [in] type 3 */
		struct {
			/* [in] event; eventfd descriptor on Linux */
			D3DKMT_PTR(HANDLE, Event);
		} CPUNotification;				/* [in] type 4 */
		struct {
			D3DKMT_ALIGN64 UINT64 InitialFenceValue;	/* [in] start value */
			/*
			 * [out] address of the 64-bit value in the caller's address
			 * space
			 */
			D3DKMT_PTR(VOID *, FenceValueCPUVirtualAddress);
			/* [out] address of the value for the GPU */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS FenceValueGPUVirtualAddress;
			/* [in] linked adapters the fence is mapped for */
			UINT EngineAffinity;
			UINT Padding;				/* send 0 */
		} MonitoredFence;				/* [in, out] type 5 */
		struct {
			/* [in] adapter of the display target */
			D3DKMT_HANDLE hAdapter;
			D3DDDI_VIDEO_PRESENT_TARGET_ID VidPnTargetId;	/* [in] display target */
			/* [in] offset from vertical blank, 100-ns units */
			D3DKMT_ALIGN64 UINT64 Time;
			/*
			 * [out] address of the 64-bit value in the caller's address
			 * space
			 */
			D3DKMT_PTR(VOID *, FenceValueCPUVirtualAddress);
			/* [out] address of the value for the GPU */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS FenceValueGPUVirtualAddress;
			/* [in] linked adapters the fence is mapped for */
			UINT EngineAffinity;
			UINT Padding;				/* send 0 */
		} PeriodicMonitoredFence;			/* [in, out] type 6 */
		struct {
			D3DKMT_ALIGN64 UINT64 Reserved[8];	/* send 0 */
		} Reserved;					/* send 0 */
	};
	/* [out] old-style global handle; also written for shared objects, otherwise 0 */
	D3DKMT_HANDLE SharedHandle;
} D3DDDI_SYNCHRONIZATIONOBJECTINFO2;

/* Argument of D3DKMTCreateSynchronizationObject2(). */
typedef struct _D3DKMT_CREATESYNCHRONIZATIONOBJECT2 {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DDDI_SYNCHRONIZATIONOBJECTINFO2 Info;	/* [in, out] type, flags and per-type data */
	D3DKMT_HANDLE hSyncObject;		/* [out] handle */
} D3DKMT_CREATESYNCHRONIZATIONOBJECT2;

/* Argument of D3DKMTOpenSynchronizationObject(). */
typedef struct _D3DKMT_OPENSYNCHRONIZATIONOBJECT {
	D3DKMT_HANDLE hSharedHandle;		/* [in] global handle */
	D3DKMT_HANDLE hSyncObject;		/* [out] handle */
	D3DKMT_ALIGN64 UINT64 Reserved[8];	/* send 0 */
} D3DKMT_OPENSYNCHRONIZATIONOBJECT;

/* Argument of D3DKMTDestroySynchronizationObject(). */
typedef struct _D3DKMT_DESTROYSYNCHRONIZATIONOBJECT {
	D3DKMT_HANDLE hSyncObject;	/* [in] object to destroy */
} D3DKMT_DESTROYSYNCHRONIZATIONOBJECT;

/* Argument of D3DKMTSignalSynchronizationObject(). */
typedef struct _D3DKMT_SIGNALSYNCHRONIZATIONOBJECT {
	D3DKMT_HANDLE hContext;					/* [in] */
	UINT ObjectCount;					/* [in] */
	D3DKMT_HANDLE ObjectHandleArray[D3DDDI_MAX_OBJECT_SIGNALED];	/* [in] */
	D3DDDICB_SIGNALFLAGS Flags;				/* [in] */
} D3DKMT_SIGNALSYNCHRONIZATIONOBJECT;

/* Argument of D3DKMTSignalSynchronizationObject2(). */
__extension__ typedef struct _D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 {
	D3DKMT_HANDLE hContext;					/* [in] context that signals */
	/* [in] 0 .. 32 objects (D3DDDI_MAX_OBJECT_SIGNALED) */
	UINT ObjectCount;
	D3DKMT_HANDLE ObjectHandleArray[D3DDDI_MAX_OBJECT_SIGNALED];	/* [in] objects */
	D3DDDICB_SIGNALFLAGS Flags;				/* [in] */
	/* [in] further contexts, 0 .. 63 (64 is refused: hContext is added in front) */
	ULONG BroadcastContextCount;
	D3DKMT_HANDLE BroadcastContext[D3DDDI_MAX_BROADCAST_CONTEXT];	/* [in] their handles */
	union {
		struct {
			D3DKMT_ALIGN64 UINT64 FenceValue;	/* [in] value to signal */
		} Fence;					/* [in] union view for fences */
		/*
		 * [in] event for EnqueueCpuEvent (eventfd on Linux); zero the upper
		 * half on 32-bit callers
		 */
		HANDLE CpuEventHandle;
		D3DKMT_ALIGN64 UINT64 Reserved[8];		/* send 0 */
	};
} D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2;

/* Argument of D3DKMTSignalSynchronizationObjectFromCpu(). */
typedef struct _D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU {
	D3DKMT_HANDLE hDevice;					/* [in] */
	UINT ObjectCount;					/* [in] 1 .. 32 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	D3DKMT_PTR(const UINT64 *, FenceValueArray);		/* [in] value per object */
	D3DDDICB_SIGNALFLAGS Flags;				/* [in] */
} D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU;

/* Argument of D3DKMTSignalSynchronizationObjectFromGpu(). */
typedef struct _D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU {
	D3DKMT_HANDLE hContext;					/* [in] context that signals */
	/* [in] at least 1; Windows allows 32, the driver only checks against 131072 */
	UINT ObjectCount;
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	union {
		/* [in] value per object; zero the upper half on 32-bit callers */
		const UINT64 *MonitoredFenceValueArray;
		D3DKMT_ALIGN64 UINT64 Reserved[8];		/* send 0 */
	};
} D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU;

/* Argument of D3DKMTSignalSynchronizationObjectFromGpu2(). */
typedef struct _D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 {
	/* [in] at least 1 (exactly 0 with EnqueueCpuEvent); Windows allows 32 */
	UINT ObjectCount;
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	D3DDDICB_SIGNALFLAGS Flags;				/* [in] */
	/* [in] at least 1; Windows allows 64 */
	ULONG BroadcastContextCount;
	/* [in] contexts that signal */
	D3DKMT_PTR(const D3DKMT_HANDLE *, BroadcastContextArray);
	union {
		/* [in] single value for plain fences */
		D3DKMT_ALIGN64 UINT64 FenceValue;
		/* [in] event (eventfd) with EnqueueCpuEvent */
		HANDLE CpuEventHandle;
		/* [in] value per object for monitored fences */
		const UINT64 *MonitoredFenceValueArray;
		D3DKMT_ALIGN64 UINT64 Reserved[8];		/* send 0 */
	};
} D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2;

/* Argument of D3DKMTWaitForSynchronizationObject(). */
typedef struct _D3DKMT_WAITFORSYNCHRONIZATIONOBJECT {
	D3DKMT_HANDLE hContext;					/* [in] */
	UINT ObjectCount;					/* [in] */
	D3DKMT_HANDLE ObjectHandleArray[D3DDDI_MAX_OBJECT_WAITED_ON];	/* [in] */
} D3DKMT_WAITFORSYNCHRONIZATIONOBJECT;

/* Argument of D3DKMTWaitForSynchronizationObject2(). */
__extension__ typedef struct _D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 {
	D3DKMT_HANDLE hContext;					/* [in] context that waits */
	/* [in] 1 .. 32 (D3DDDI_MAX_OBJECT_WAITED_ON) */
	UINT ObjectCount;
	D3DKMT_HANDLE ObjectHandleArray[D3DDDI_MAX_OBJECT_WAITED_ON];	/* [in] objects */
	union {
		struct {
			D3DKMT_ALIGN64 UINT64 FenceValue;	/* [in] value waited for */
		} Fence;					/* [in] union view for fences */
		D3DKMT_ALIGN64 UINT64 Reserved[8];		/* send 0 */
	};
} D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2;

/* Flags of D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU. */
__extension__ typedef struct _D3DDDI_WAITFORSYNCHRONIZATIONOBJECTFROMCPU_FLAGS {
	union {
		struct {
			UINT WaitAny : 1;	/* [in] one object is enough */
			UINT Reserved : 31;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_WAITFORSYNCHRONIZATIONOBJECTFROMCPU_FLAGS;

/* Argument of D3DKMTWaitForSynchronizationObjectFromCpu(). */
typedef struct _D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU {
	D3DKMT_HANDLE hDevice;					/* [in] */
	/* [in] at least 1; Windows allows 32, the driver only checks against 131072 */
	UINT ObjectCount;
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	D3DKMT_PTR(const UINT64 *, FenceValueArray);		/* [in] value per object */
	/*
	 * [in] 0: block until satisfied; otherwise an eventfd descriptor that is
	 * signalled later
	 */
	D3DKMT_PTR(HANDLE, hAsyncEvent);
	D3DDDI_WAITFORSYNCHRONIZATIONOBJECTFROMCPU_FLAGS Flags;	/* [in] */
} D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU;

/* Argument of D3DKMTWaitForSynchronizationObjectFromGpu(). */
typedef struct _D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU {
	D3DKMT_HANDLE hContext;					/* [in] context that waits */
	/* [in] 1 .. 32 (checked when the message is built) */
	UINT ObjectCount;
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);	/* [in] objects */
	union {
		/* [in] value per object when the objects are monitored fences */
		const UINT64 *MonitoredFenceValueArray;
		/* [in] single value when they are plain fences */
		D3DKMT_ALIGN64 UINT64 FenceValue;
		D3DKMT_ALIGN64 UINT64 Reserved[8];		/* send 0 */
	};
} D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU;

/* Argument of D3DKMTCreateSyncFile(). */
typedef struct _D3DKMT_CREATESYNCFILE {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DKMT_HANDLE hMonitoredFence;		/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceValue;	/* [in] value at which the sync file signals */
	/* [out] sync_file descriptor (close-on-exec), as a 64-bit number */
	D3DKMT_ALIGN64 UINT64 hSyncFile;
} D3DKMT_CREATESYNCFILE;

/* Argument of D3DKMTWaitSyncFile(). */
typedef struct _D3DKMT_WAITSYNCFILE {
	/* [in] sync_file descriptor from D3DKMTCreateSyncFile(), as a 64-bit number */
	D3DKMT_ALIGN64 UINT64 hSyncFile;
	D3DKMT_HANDLE hContext;	/* [in] context that is made to wait on the GPU */
	UINT Reserved;		/* send 0 */
} D3DKMT_WAITSYNCFILE;

/* Argument of D3DKMTOpenSyncObjectFromSyncFile(). */
typedef struct _D3DKMT_OPENSYNCOBJECTFROMSYNCFILE {
	/* [in] sync_file descriptor, as a 64-bit number */
	D3DKMT_ALIGN64 UINT64 hSyncFile;
	D3DKMT_HANDLE hDevice;			/* [in] device for which the fence is opened */
	/* [out] handle of the monitored fence (opened without signal right) */
	D3DKMT_HANDLE hSyncObject;
	D3DKMT_ALIGN64 UINT64 FenceValue;	/* [out] value at which the sync file signals */
	/* [out] CPU address of the fence value in the caller */
	D3DKMT_PTR(VOID *, FenceValueCPUVirtualAddress);
	/* [out] GPU address */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS FenceValueGPUVirtualAddress;
} D3DKMT_OPENSYNCOBJECTFROMSYNCFILE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateSynchronizationObject() - the older form, for a mutex or a semaphore
 * @args: [in, out] device and data; on success hSyncObject
 *
 * Errors: STATUS_INVALID_PARAMETER: NULL or another type.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTCreateSynchronizationObject(D3DKMT_CREATESYNCHRONIZATIONOBJECT *args);

/**
 * D3DKMTCreateSynchronizationObject2() - make a synchronization object
 * @args: [in, out] device, type and its data; on success hSyncObject and, for
 *        fences, CPU and GPU addresses
 *
 * Owner:  destroyed by D3DKMTDestroySynchronizationObject(); a monitored fence
 *         also goes with its device.
 * Errors: STATUS_INVALID_PARAMETER: unknown type, NoSignal with NoWait,
 *         NtSecuritySharing without Shared, Shared without NtSecuritySharing on
 *         Linux.
 * Source: WDDM: D3DDDI_SYNCHRONIZATIONOBJECTINFO2.
 */
DXG_API NTSTATUS D3DKMTCreateSynchronizationObject2(D3DKMT_CREATESYNCHRONIZATIONOBJECT2 *args);

/**
 * D3DKMTOpenSynchronizationObject() - open an object by global handle
 * @args: [in, out] as on Windows
 *
 * Guests have no global handles: STATUS_UNSUCCESSFUL. Share by descriptor,
 * D3DKMTShareObjects().
 */
DXG_API NTSTATUS D3DKMTOpenSynchronizationObject(D3DKMT_OPENSYNCHRONIZATIONOBJECT *args);

/**
 * D3DKMTDestroySynchronizationObject() - destroy this process's handle of an
 * 	object
 * @args: [in] the handle
 *
 * Other handles keep the object. Waits queued on a GPU keep it until they end.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTDestroySynchronizationObject(const D3DKMT_DESTROYSYNCHRONIZATIONOBJECT *args);

/**
 * D3DKMTSignalSynchronizationObject() - the older form of
 * 	D3DKMTSignalSynchronizationObject2()
 * @args: [in] context and objects
 *
 * Errors: as there; STATUS_INVALID_PARAMETER for NULL.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTSignalSynchronizationObject(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECT *args);

/**
 * D3DKMTSignalSynchronizationObject2() - signal objects when contexts come to this
 * 	point
 * @args: [in] context, more contexts, objects, fence value
 *
 * At most 32 objects. hContext comes in addition to BroadcastContext.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTSignalSynchronizationObject2(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 *args);

/**
 * D3DKMTSignalSynchronizationObjectFromCpu() - set monitored fences now
 * @args: [in] device, 1 to 32 fences, their new values
 *
 * Errors: STATUS_INVALID_PARAMETER: no monitored fence, a value below the
 *         current one without AllowFenceRewind. STATUS_ACCESS_DENIED: NoSignal.
 * Source: WDDM 2.0: monitored fences.
 */
DXG_API NTSTATUS
D3DKMTSignalSynchronizationObjectFromCpu(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMCPU *args);

/**
 * D3DKMTSignalSynchronizationObjectFromGpu() - signal fences when a context comes
 * 	to this point
 * @args: [in] context, 1 to 32 fences, their values
 *
 * Everything queued before it, memory effects included, is done when the value
 * shows.
 *
 * Errors: STATUS_INVALID_PARAMETER. STATUS_ACCESS_DENIED: NoSignal.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS
D3DKMTSignalSynchronizationObjectFromGpu(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU *args);

/**
 * D3DKMTSignalSynchronizationObjectFromGpu2() - the same from several contexts, or
 * 	a CPU event
 * @args: [in] 1 to 64 contexts, objects and values, flags
 *
 * With several contexts the signal happens when all have come to it.
 * EnqueueCpuEvent: no objects, CpuEventHandle is an eventfd.
 *
 * Errors: STATUS_INVALID_PARAMETER. STATUS_ACCESS_DENIED: NoSignal.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS
D3DKMTSignalSynchronizationObjectFromGpu2(const D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 *args);

/**
 * D3DKMTWaitForSynchronizationObject() - the older form of
 * 	D3DKMTWaitForSynchronizationObject2()
 * @args: [in] context and objects
 *
 * Errors: as there; STATUS_INVALID_PARAMETER for NULL.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTWaitForSynchronizationObject(const D3DKMT_WAITFORSYNCHRONIZATIONOBJECT *args);

/**
 * D3DKMTWaitForSynchronizationObject2() - hold a context until objects are
 * 	signalled
 * @args: [in] context, 1 to 32 objects, fence value
 *
 * Returns at once; it is the context that waits.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM.
 */
DXG_API NTSTATUS
D3DKMTWaitForSynchronizationObject2(const D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 *args);

/**
 * D3DKMTWaitForSynchronizationObjectFromCpu() - wait for monitored fences
 * @args: [in] device, fences and values, WaitAny, hAsyncEvent
 *
 * Without an event it blocks until all (WaitAny: any) fences have reached their
 * values; with an event (an eventfd) it returns at once, and the event is
 * signalled once. There is no time-out. Signals of the system do not end it.
 *
 * Errors: STATUS_INVALID_PARAMETER: no monitored fence, count 0.
 *         STATUS_ACCESS_DENIED: NoWait. The wait for a lost device ends with
 *         success.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS
D3DKMTWaitForSynchronizationObjectFromCpu(const D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMCPU *args);

/**
 * D3DKMTWaitForSynchronizationObjectFromGpu() - hold a context until fences are
 * 	reached
 * @args: [in] context, 1 to 32 fences, their values
 *
 * Returns at once. Waiting for a value that nobody has promised yet is legal.
 *
 * Errors: STATUS_INVALID_PARAMETER. STATUS_ACCESS_DENIED: NoWait.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS
D3DKMTWaitForSynchronizationObjectFromGpu(const D3DKMT_WAITFORSYNCHRONIZATIONOBJECTFROMGPU *args);

/**
 * D3DKMTCreateSyncFile() - make a sync file of a fence and a value
 * @args: [in, out] device, fence, value; on success a descriptor
 *
 * It signals when the fence has the value; with an error when the device, the process
 * or the adapter has gone before, or after a time that the machine's owner sets
 * (10 seconds unless he does). See dxg/sync-file.h for what is done with it.
 *
 * Owner:  the descriptor is close-on-exec and the caller's to close.
 * Errors: STATUS_INVALID_PARAMETER: no monitored fence. STATUS_ACCESS_DENIED: one that
 *         may not be waited for. STATUS_NOT_SUPPORTED: a device without sync files, as
 *         the embedded one.
 * Source: /dev/dxg request 0x45.
 */
DXG_API NTSTATUS D3DKMTCreateSyncFile(D3DKMT_CREATESYNCFILE *args);

/**
 * D3DKMTWaitSyncFile() - hold a context until a sync file signals
 * @args: [in] descriptor and context, or hardware queue
 *
 * Of merged sync files, all are waited for. One that has signalled is no wait.
 *
 * Errors: STATUS_INVALID_HANDLE: not open. STATUS_INVALID_PARAMETER: no sync file, or
 *         one that the host cannot wait for: another driver's that has not signalled,
 *         or of a fence that is neither shared nor open in this process.
 * Source: /dev/dxg request 0x46.
 */
DXG_API NTSTATUS D3DKMTWaitSyncFile(D3DKMT_WAITSYNCFILE *args);

/**
 * D3DKMTOpenSyncObjectFromSyncFile() - open the fence behind a sync file
 * @args: [in, out] descriptor and device; on success handle, value and addresses
 *
 * Owner:  the handle is destroyed by D3DKMTDestroySynchronizationObject(); the
 *         descriptor stays the caller's.
 * Errors: STATUS_INVALID_HANDLE: not open. STATUS_INVALID_PARAMETER: no sync file,
 *         another driver's, several that are merged, or of a fence that is not shared.
 * Source: /dev/dxg request 0x47.
 */
DXG_API NTSTATUS D3DKMTOpenSyncObjectFromSyncFile(D3DKMT_OPENSYNCOBJECTFROMSYNCFILE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_SYNC_H */
