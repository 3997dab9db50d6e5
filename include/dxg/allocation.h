/* SPDX-License-Identifier: MIT */
/* Allocations: memory for the GPU, its life, its CPU view, its priority. */
#ifndef DXG_ALLOCATION_H
#define DXG_ALLOCATION_H

#include <dxg/base.h>

/* Most allocations that one call creates or destroys. */
#define D3DKMT_CREATEALLOCATION_MAX		1024

/* Residency priorities; others in between are allowed. */
#define D3DDDI_ALLOCATIONPRIORITY_MINIMUM	0x28000000u
#define D3DDDI_ALLOCATIONPRIORITY_LOW		0x50000000u
#define D3DDDI_ALLOCATIONPRIORITY_NORMAL	0x78000000u
#define D3DDDI_ALLOCATIONPRIORITY_HIGH		0xa0000000u
#define D3DDDI_ALLOCATIONPRIORITY_MAXIMUM	0xc8000000u

/* Entry of the allocation list of the patch-list model. */
__extension__ typedef struct _D3DDDI_ALLOCATIONLIST {
	/* [in] allocation referenced by the command buffer */
	D3DKMT_HANDLE hAllocation;
	union {
		struct {
			UINT WriteOperation : 1;	/* [in] the work writes this allocation */
			/*
			 * [in] keep the renamed instance alive after the buffer
			 * completes
			 */
			UINT DoNotRetireInstance : 1;
			/* [in] D3DDDI_OFFER_PRIORITY (0 = not offered) */
			UINT OfferPriority : 3;
			UINT Reserved : 27;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDI_ALLOCATIONLIST;

/* Entry of the patch location list of the patch-list model. */
__extension__ typedef struct _D3DDDI_PATCHLOCATIONLIST {
	UINT AllocationIndex;			/* [in] index into the allocation list */
	union {
		struct {
			UINT SlotId : 24;	/* [in] driver slot number */
			UINT Reserved : 8;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
	UINT DriverId;				/* [in] driver's own id for the location */
	UINT AllocationOffset;			/* [in] byte offset inside the allocation */
	/* [in] byte offset inside the command buffer to patch */
	UINT PatchOffset;
	/* [in] byte offset where the buffer may be split */
	UINT SplitOffset;
} D3DDDI_PATCHLOCATIONLIST;

/*
 * Allocations that need no data of a vendor. Type 2 is also known as
 * CROSSADAPTER.
 */
typedef enum _D3DKMT_STANDARDALLOCATIONTYPE {
	D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP = 1,
	D3DKMT_STANDARDALLOCATIONTYPE_INTERNALBACKINGSTORE = 2,
	D3DKMT_STANDARDALLOCATIONTYPE_MAX = 3,
} D3DKMT_STANDARDALLOCATIONTYPE;

/* Memory of the caller as an allocation. */
typedef struct _D3DKMT_STANDARDALLOCATION_EXISTINGHEAP {
	D3DKMT_ALIGN64 D3DKMT_SIZE_T Size;	/* [in] heap size in bytes, page multiple */
} D3DKMT_STANDARDALLOCATION_EXISTINGHEAP;

/* Flags of D3DKMT_CREATESTANDARDALLOCATION. */
__extension__ typedef struct _D3DKMT_CREATESTANDARDALLOCATIONFLAGS {
	union {
		struct {
			UINT Reserved : 32;	/* send 0 */
		};
		UINT Value;			/* [in] 0 */
	};
} D3DKMT_CREATESTANDARDALLOCATIONFLAGS;

/* An allocation that needs no data of a vendor. */
typedef struct _D3DKMT_CREATESTANDARDALLOCATION {
	D3DKMT_STANDARDALLOCATIONTYPE Type;		/* [in] */
	/* [in] data of type EXISTINGHEAP (also read for type 2) */
	D3DKMT_STANDARDALLOCATION_EXISTINGHEAP ExistingHeapData;
	D3DKMT_CREATESTANDARDALLOCATIONFLAGS Flags;	/* [in] all reserved */
} D3DKMT_CREATESTANDARDALLOCATION;

/* One allocation, short form; no device takes it. */
__extension__ typedef struct _D3DDDI_ALLOCATIONINFO {
	D3DKMT_HANDLE hAllocation;			/* [out] allocation handle */
	D3DKMT_PTR(const VOID *, pSystemMem);		/* [in] existing system memory backing */
	/* [in, out] vendor blob of the allocation */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;			/* [in] its bytes */
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source for primaries */
	union {
		struct {
			UINT Primary : 1;		/* [in] a display primary */
			UINT Stereo : 1;		/* [in] */
			UINT Reserved : 30;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	} Flags;					/* [in] */
} D3DDDI_ALLOCATIONINFO;

/* One allocation. */
__extension__ typedef struct _D3DDDI_ALLOCATIONINFO2 {
	D3DKMT_HANDLE hAllocation;			/* [out] allocation handle */
	union {
		D3DKMT_ALIGN64 UINT64 pSystemMem_hSection_Align;
		/* [in] section handle (ExistingSection; refused on Linux) */
		HANDLE hSection;
		/* [in] page-aligned existing memory (ExistingSysMem) */
		const VOID *pSystemMem;
	};
	/* [in, out] vendor blob; written back after the call */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;			/* [in] its bytes, below 131072 */
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source for primaries */
	union {
		struct {
			UINT Primary : 1;		/* [in] a display primary */
			UINT Stereo : 1;		/* [in] */
			/* [in] take Priority below instead of the default */
			UINT OverridePriority : 1;
			UINT Reserved : 29;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	} Flags;					/* [in] */
	/*
	 * [out] GPU address for adapters with a physical-address model; not written on
	 * Linux
	 */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS GpuVirtualAddress;
	union {
		/* [in] residency priority, read when OverridePriority is set */
		UINT Priority;
		D3DKMT_ALIGN64 ULONG_PTR Unused;	/* widens Priority to eight bytes */
	};
	D3DKMT_ALIGN64 ULONG_PTR Reserved[5];		/* send 0 */
} D3DDDI_ALLOCATIONINFO2;

/* Flags of D3DKMT_CREATEALLOCATION. */
typedef struct _D3DKMT_CREATEALLOCATIONFLAGS {
	UINT CreateResource : 1;	/* [in] make a resource holding the allocations */
	UINT CreateShared : 1;		/* [in] the resource may be shared */
	UINT NonSecure : 1;		/* [in] shareable without access checks (old sharing) */
	UINT CreateProtected : 1;	/* [in] protected content (refused) */
	UINT RestrictSharedAccess : 1;	/* [in] opener must hold the sharing token */
	UINT ExistingSysMem : 1;	/* [in] back with caller memory at pSystemMem */
	/* [in] share only through NT handles (on Linux: file descriptors) */
	UINT NtSecuritySharing : 1;
	UINT ReadOnly : 1;		/* [in] caller memory may only be read by the GPU */
	UINT CreateWriteCombined : 1;	/* [in] CPU view write-combined */
	UINT CreateCached : 1;		/* [in] CPU view cached */
	UINT SwapChainBackBuffer : 1;	/* [in] is a swap-chain buffer */
	UINT CrossAdapter : 1;		/* [in] may be used by several adapters */
	UINT OpenCrossAdapter : 1;	/* [in] opening an allocation of another adapter */
	UINT PartialSharedCreation : 1;	/* [in] shared resource completed by later calls */
	/* [in] must be zero filled (out on Windows: was zeroed) */
	UINT Zeroed : 1;
	UINT WriteWatch : 1;		/* [in] track CPU writes */
	UINT StandardAllocation : 1;	/* [in] use pStandardAllocation instead of vendor data */
	UINT ExistingSection : 1;	/* [in] back with a section handle (refused) */
	UINT AllowNotZeroed : 1;	/* [in] contents may be left dirty */
	UINT PhysicallyContiguous : 1;	/* [in] contiguous memory */
	UINT NoKmdAccess : 1;		/* [in] kernel driver makes no CPU access */
	UINT SharedDisplayable : 1;	/* [in] shared and scannable */
	UINT Reserved : 10;		/* send 0 */
} D3DKMT_CREATEALLOCATIONFLAGS;

/* Argument of D3DKMTCreateAllocation2(). */
typedef struct _D3DKMT_CREATEALLOCATION {
	D3DKMT_HANDLE hDevice;			/* [in] */
	/*
	 * [in, out] existing resource to extend (CreateResource clear); new resource
	 * handle (CreateResource set); 0 for none
	 */
	D3DKMT_HANDLE hResource;
	/* [out] old-style global share handle; the driver returns what the host gave */
	D3DKMT_HANDLE hGlobalShare;
	/* [in] runtime blob stored with a shared resource */
	D3DKMT_PTR(const VOID *, pPrivateRuntimeData);
	UINT PrivateRuntimeDataSize;		/* [in] its bytes */
	union {
		/* [in] used when Flags.StandardAllocation is set */
		D3DKMT_CREATESTANDARDALLOCATION *pStandardAllocation;
		/* [in] resource-level vendor blob (Flags.StandardAllocation clear) */
		const VOID *pPrivateDriverData;
		D3DKMT_ALIGN64 UINT64 AlignUnionTo64_1;
	};
	/* [in] its bytes; must be 0 with StandardAllocation */
	UINT PrivateDriverDataSize;
	/* [in] entries in the info array, 1..1024 (D3DKMT_CREATEALLOCATION_MAX) */
	UINT NumAllocations;
	union {
		/*
		 * [in, out] array of the short form; only for the function
		 * D3DKMTCreateAllocation of Windows
		 */
		D3DDDI_ALLOCATIONINFO *pAllocationInfo;
		/* [in, out] array of the long form: the only form /dev/dxg understands */
		D3DDDI_ALLOCATIONINFO2 *pAllocationInfo2;
		D3DKMT_ALIGN64 UINT64 AlignUnionTo64_2;
	};
	D3DKMT_CREATEALLOCATIONFLAGS Flags;	/* [in] */
	/* [in] opaque runtime cookie, stored with the resource */
	D3DKMT_PTR(HANDLE, hPrivateRuntimeResourceHandle);
} D3DKMT_CREATEALLOCATION;

/* Argument of D3DKMTDestroyAllocation(). */
typedef struct _D3DKMT_DESTROYALLOCATION {
	D3DKMT_HANDLE hDevice;	/* [in] */
	/* [in] resource to destroy with all its allocations, or 0 */
	D3DKMT_HANDLE hResource;
	/* [in] allocations to destroy when hResource is 0 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocationList);
	UINT AllocationCount;	/* [in] entries, up to 1024 */
} D3DKMT_DESTROYALLOCATION;

/* Flags of D3DKMT_DESTROYALLOCATION2. */
__extension__ typedef struct _D3DDDICB_DESTROYALLOCATION2FLAGS {
	union {
		struct {
			/* [in] caller promises no queued work uses it */
			UINT AssumeNotInUse : 1;
			UINT SynchronousDestroy : 1;	/* [in] wait for the host */
			UINT Reserved : 29;		/* send 0 */
			UINT SystemUseOnly : 1;		/* [in] internal */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDICB_DESTROYALLOCATION2FLAGS;

/* Argument of D3DKMTDestroyAllocation2(). */
typedef struct _D3DKMT_DESTROYALLOCATION2 {
	D3DKMT_HANDLE hDevice;			/* [in] */
	/* [in] resource to destroy with all its allocations, or 0 */
	D3DKMT_HANDLE hResource;
	/* [in] allocations to destroy when hResource is 0 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocationList);
	UINT AllocationCount;			/* [in] entries, up to 1024 */
	D3DDDICB_DESTROYALLOCATION2FLAGS Flags;	/* [in] */
} D3DKMT_DESTROYALLOCATION2;

/* Flags of D3DKMT_LOCK. */
__extension__ typedef struct _D3DDDICB_LOCKFLAGS {
	union {
		struct {
			UINT ReadOnly : 1;
			UINT WriteOnly : 1;
			UINT DonotWait : 1;
			UINT IgnoreSync : 1;
			UINT LockEntire : 1;
			UINT DonotEvict : 1;
			UINT AcquireAperture : 1;
			UINT Discard : 1;
			UINT NoExistingReference : 1;
			UINT UseAlternateVA : 1;
			UINT IgnoreReadSync : 1;
			UINT Reserved : 21;
		};
		UINT Value;
	};
} D3DDDICB_LOCKFLAGS;

/* Argument of D3DKMTLock(). */
typedef struct _D3DKMT_LOCK {
	D3DKMT_HANDLE hDevice;					/* [in] */
	D3DKMT_HANDLE hAllocation;				/* [in] */
	UINT PrivateDriverData;					/* [in] */
	UINT NumPages;						/* number of pages */
	D3DKMT_PTR(const UINT *, pPages);
	D3DKMT_PTR(VOID *, pData);				/* [out] */
	D3DDDICB_LOCKFLAGS Flags;				/* [in] */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS GpuVirtualAddress;	/* [out] */
} D3DKMT_LOCK;

/* Flags of D3DKMT_LOCK2. */
__extension__ typedef struct _D3DDDICB_LOCK2FLAGS {
	union {
		struct {
			UINT Reserved : 32;	/* send 0 */
		};
		UINT Value;			/* [in] 0 */
	};
} D3DDDICB_LOCK2FLAGS;

/* Argument of D3DKMTLock2(). */
typedef struct _D3DKMT_LOCK2 {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hAllocation;	/* [in] allocation to map for the CPU */
	D3DDDICB_LOCK2FLAGS Flags;	/* [in] all reserved */
	D3DKMT_PTR(PVOID, pData);	/* [out] address in the caller's address space */
} D3DKMT_LOCK2;

/* Argument of D3DKMTUnlock(). */
typedef struct _D3DKMT_UNLOCK {
	D3DKMT_HANDLE hDevice;					/* [in] */
	UINT NumAllocations;					/* [in] number of allocations */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocations);	/* [in] allocations */
} D3DKMT_UNLOCK;

/* Argument of D3DKMTUnlock2(). */
typedef struct _D3DKMT_UNLOCK2 {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hAllocation;	/* [in] allocation to unmap */
} D3DKMT_UNLOCK2;

/* Argument of D3DKMTGetAllocationPriority(). */
typedef struct _D3DKMT_GETALLOCATIONPRIORITY {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hResource;	/* [in] resource, or 0 */
	/* [in] allocations when hResource is 0 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocationList);
	UINT AllocationCount;		/* [in] entries: 0 with hResource, at least 1 without */
	/* [out] one priority per allocation (one for a resource) */
	D3DKMT_PTR(UINT *, pPriorities);
} D3DKMT_GETALLOCATIONPRIORITY;

/* Argument of D3DKMTSetAllocationPriority(). */
typedef struct _D3DKMT_SETALLOCATIONPRIORITY {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hResource;	/* [in] resource, or 0 */
	/* [in] allocations when hResource is 0 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocationList);
	UINT AllocationCount;		/* [in] entries: 0 with hResource, at least 1 without */
	/* [in] one priority per allocation (one for a resource) */
	D3DKMT_PTR(const UINT *, pPriorities);
} D3DKMT_SETALLOCATIONPRIORITY;

/* Up to five segments, best first. */
__extension__ typedef struct _D3DDDI_SEGMENTPREFERENCE {
	union {
		struct {
			/* [in] first choice, 1-based segment id, 0 = none */
			UINT SegmentId0 : 5;
			/* [in] 0 allocate from the start, 1 from the end */
			UINT Direction0 : 1;
			UINT SegmentId1 : 5;	/* [in] second choice */
			UINT Direction1 : 1;	/* [in] its direction */
			UINT SegmentId2 : 5;	/* [in] third choice */
			UINT Direction2 : 1;	/* [in] its direction */
			UINT SegmentId3 : 5;	/* [in] fourth choice */
			UINT Direction3 : 1;	/* [in] its direction */
			UINT SegmentId4 : 5;	/* [in] fifth choice */
			UINT Direction4 : 1;	/* [in] its direction */
			UINT Reserved : 2;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_SEGMENTPREFERENCE;

/* Flags of D3DDDI_UPDATEALLOCPROPERTY. */
__extension__ typedef struct _D3DDDI_UPDATEALLOCPROPERTY_FLAGS {
	union {
		struct {
			/* [in] allocation is used by physical address */
			UINT AccessedPhysically : 1;
			UINT Unmoveable : 1;	/* [in] must not move */
			UINT Reserved : 30;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_UPDATEALLOCPROPERTY_FLAGS;

/* Argument of D3DKMTUpdateAllocationProperty(). */
__extension__ typedef struct _D3DDDI_UPDATEALLOCPROPERTY {
	D3DKMT_HANDLE hPagingQueue;			/* [in] queue that orders the operation */
	D3DKMT_HANDLE hAllocation;			/* [in] */
	/* [in] bit mask of allowed memory segments */
	UINT SupportedSegmentSet;
	D3DDDI_SEGMENTPREFERENCE PreferredSegment;	/* [in] ordered preferences */
	D3DDDI_UPDATEALLOCPROPERTY_FLAGS Flags;		/* [in] new property bits */
	/*
	 * [out] change is in force when the paging fence reaches this; written only
	 * when STATUS_PENDING is returned
	 */
	D3DKMT_ALIGN64 UINT64 PagingFenceValue;
	union {
		struct {
			/* [in] mask: take Flags.AccessedPhysically */
			UINT SetAccessedPhysically : 1;
			/* [in] mask: take SupportedSegmentSet */
			UINT SetSupportedSegmentSet : 1;
			UINT SetPreferredSegment : 1;	/* [in] mask: take PreferredSegment */
			UINT SetUnmoveable : 1;		/* [in] mask: take Flags.Unmoveable */
			UINT Reserved : 28;		/* send 0 */
		};
		UINT PropertyMaskValue;			/* [in] the mask bits as one word */
	};
} D3DDDI_UPDATEALLOCPROPERTY;

/* Argument of D3DKMTInvalidateCache(). */
typedef struct _D3DKMT_INVALIDATECACHE {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DKMT_HANDLE hAllocation;		/* [in] */
	D3DKMT_ALIGN64 D3DKMT_SIZE_T Offset;	/* [in] byte offset */
	D3DKMT_ALIGN64 D3DKMT_SIZE_T Length;	/* [in] bytes */
} D3DKMT_INVALIDATECACHE;

/* Flags of D3DKMT_PINRESOURCES. */
__extension__ typedef union _D3DKMT_PINRESOURCEFLAGS {
	struct {
		UINT DirectFlipResources : 1;
		UINT Reserved : 31;
	};
	UINT Value;
} D3DKMT_PINRESOURCEFLAGS;

/* Argument of D3DKMTPinResources(). */
typedef struct _D3DKMT_PINRESOURCES {
	D3DKMT_HANDLE hDevice;				/* [in] */
	UINT ResourceCount;				/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, pResourceList);	/* [in] */
	D3DKMT_PINRESOURCEFLAGS Flags;			/* [in] */
	D3DKMT_HANDLE hPagingQueue;			/* [in] */
	D3DKMT_ALIGN64 UINT64 PagingFence;		/* [out] */
} D3DKMT_PINRESOURCES;

/* Argument of D3DKMTUnpinResources(). */
typedef struct _D3DKMT_UNPINRESOURCES {
	D3DKMT_HANDLE hDevice;				/* [in] */
	UINT ResourceCount;				/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, pResourceList);	/* [in] */
	UINT Reserved;					/* send 0 */
} D3DKMT_UNPINRESOURCES;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateAllocation2() - make allocations, and a resource that groups them
 * @args: [in, out] device, flags, data blocks and pAllocationInfo2; on success
 *        the handles
 *
 * All or nothing. A new allocation is neither resident nor mapped. With
 * ExistingSysMem the caller's pages are the memory: they are pinned until the
 * allocation is destroyed.
 *
 * Shape:  1 to 1024 entries of the long form. A standard allocation is one entry
 *         without private data, its size a multiple of the page size.
 * Owner:  destroyed by D3DKMTDestroyAllocation2() or with the device.
 * Errors: STATUS_INVALID_PARAMETER: counts, flags, sizes, unaligned memory,
 *         CreateShared without CreateResource and NtSecuritySharing.
 *         STATUS_NO_MEMORY.
 * Source: WDDM: D3DKMT_CREATEALLOCATION.
 */
DXG_API NTSTATUS D3DKMTCreateAllocation2(D3DKMT_CREATEALLOCATION *args);

/**
 * D3DKMTDestroyAllocation() - the older form of D3DKMTDestroyAllocation2()
 * @args: [in] as there, without flags
 *
 * Errors: as there; STATUS_INVALID_PARAMETER for NULL.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTDestroyAllocation(const D3DKMT_DESTROYALLOCATION *args);

/**
 * D3DKMTDestroyAllocation2() - destroy allocations, or a resource with all of its
 * 	own
 * @args: [in] device, and either a resource or a list
 *
 * Handles die at once; memory is freed when earlier work has finished. Mappings
 * and locks go along.
 *
 * Errors: STATUS_INVALID_PARAMETER: both or neither of resource and list, a bad
 *         handle (nothing is destroyed then).
 * Source: WDDM: D3DKMT_DESTROYALLOCATION2.
 */
DXG_API NTSTATUS D3DKMTDestroyAllocation2(const D3DKMT_DESTROYALLOCATION2 *args);

/**
 * D3DKMTLock() - lock of the older model; use D3DKMTLock2()
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTLock(D3DKMT_LOCK *args);

/**
 * D3DKMTLock2() - map an allocation into the caller
 * @args: [in, out] device and allocation; on success pData, the address of its
 *        first byte
 *
 * Does not wait for the GPU: fences do that. Locks are counted and give the same
 * address; only the first asks the host.
 *
 * Owner:  ended by as many D3DKMTUnlock2(), or with the allocation.
 * Errors: STATUS_INVALID_PARAMETER: unknown allocation, not CPU-visible.
 *         STATUS_NO_MEMORY: no room to map.
 * Source: WDDM 2.0: D3DKMTLock2.
 */
DXG_API NTSTATUS D3DKMTLock2(D3DKMT_LOCK2 *args);

/**
 * D3DKMTUnlock() - unlock of the older model; use D3DKMTUnlock2()
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTUnlock(const D3DKMT_UNLOCK *args);

/**
 * D3DKMTUnlock2() - give a lock back
 * @args: [in] device and allocation
 *
 * The address is dead after the last one.
 *
 * Errors: STATUS_INVALID_PARAMETER: not locked.
 * Source: WDDM 2.0: D3DKMTUnlock2.
 */
DXG_API NTSTATUS D3DKMTUnlock2(const D3DKMT_UNLOCK2 *args);

/**
 * D3DKMTGetAllocationPriority() - read the priorities set
 * @args: [in] device, a resource or a list; the array receives the values
 *
 * Errors: as D3DKMTSetAllocationPriority().
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTGetAllocationPriority(const D3DKMT_GETALLOCATIONPRIORITY *args);

/**
 * D3DKMTSetAllocationPriority() - set who is evicted first
 * @args: [in] device, a resource or a list, priorities
 *
 * Errors: STATUS_INVALID_PARAMETER: both or neither of resource and list, bad
 *         handle.
 * Source: WDDM: D3DDDI_ALLOCATIONPRIORITY_*.
 */
DXG_API NTSTATUS D3DKMTSetAllocationPriority(const D3DKMT_SETALLOCATIONPRIORITY *args);

/**
 * D3DKMTUpdateAllocationProperty() - change where an allocation may live
 * @args: [in, out] paging queue, allocation, properties; PagingFenceValue with
 *        STATUS_PENDING
 *
 * STATUS_SUCCESS: nothing had to be moved. STATUS_PENDING: in force once the
 * queue's fence has the value.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM 2.1.
 */
DXG_API NTSTATUS D3DKMTUpdateAllocationProperty(D3DDDI_UPDATEALLOCPROPERTY *args);

/**
 * D3DKMTInvalidateCache() - make the CPU see what a device has written
 * @args: [in] device, allocation, range in bytes
 *
 * Does nothing on machines whose devices are coherent.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle, range outside.
 * Source: WDDM 1.3.
 */
DXG_API NTSTATUS D3DKMTInvalidateCache(const D3DKMT_INVALIDATECACHE *args);

/**
 * D3DKMTPinResources() - pin resources in memory
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTPinResources(D3DKMT_PINRESOURCES *args);

/**
 * D3DKMTUnpinResources() - unpin resources
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTUnpinResources(const D3DKMT_UNPINRESOURCES *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_ALLOCATION_H */
