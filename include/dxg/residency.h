/* SPDX-License-Identifier: MIT */
/* Residency: which allocations are in memory; offering and reclaiming them. */
#ifndef DXG_RESIDENCY_H
#define DXG_RESIDENCY_H

#include <dxg/base.h>

/* Most allocations that one call makes resident, evicts, offers or reclaims. */
#define D3DKMT_MAKERESIDENT_ALLOC_MAX	10240

/* As D3DKMT_OFFER_PRIORITY, with a value for not offered. */
typedef enum _D3DDDI_OFFER_PRIORITY {
	D3DDDI_OFFER_PRIORITY_NONE = 0,
	D3DDDI_OFFER_PRIORITY_LOW = 1,
	D3DDDI_OFFER_PRIORITY_NORMAL = 2,
	D3DDDI_OFFER_PRIORITY_HIGH = 3,
	D3DDDI_OFFER_PRIORITY_AUTO = 4,
} D3DDDI_OFFER_PRIORITY;

/* Flags of D3DDDI_MAKERESIDENT. */
__extension__ typedef struct _D3DDDI_MAKERESIDENT_FLAGS {
	union {
		struct {
			/*
			 * [in] caller has nothing left to free: succeed anyway if
			 * possible
			 */
			UINT CantTrimFurther : 1;
			UINT MustSucceed : 1;	/* [in] fail the device rather than the call */
			UINT Reserved : 30;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_MAKERESIDENT_FLAGS;

/* Argument of D3DKMTMakeResident(). */
typedef struct _D3DDDI_MAKERESIDENT {
	/* [in] queue that orders the operation */
	D3DKMT_HANDLE hPagingQueue;
	UINT NumAllocations;					/* [in] 1 .. 10240 */
	/* [in] array of allocation handles */
	D3DKMT_PTR(const D3DKMT_HANDLE *, AllocationList);
	/* [in] array of residency priorities, or NULL */
	D3DKMT_PTR(const UINT *, PriorityList);
	D3DDDI_MAKERESIDENT_FLAGS Flags;			/* [in] */
	/* [out] the allocations are resident when the paging fence reaches this */
	D3DKMT_ALIGN64 UINT64 PagingFenceValue;
	/* [out] bytes to free if the call fails for lack of budget */
	D3DKMT_ALIGN64 UINT64 NumBytesToTrim;
} D3DDDI_MAKERESIDENT;

/* Flags of D3DKMT_EVICT. */
__extension__ typedef struct _D3DDDI_EVICT_FLAGS {
	union {
		struct {
			/* [in] keep it resident if memory is free */
			UINT EvictOnlyIfNecessary : 1;
			/* [in] content unchanged since it became resident */
			UINT NotWrittenTo : 1;
			UINT Reserved : 30;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_EVICT_FLAGS;

/* Argument of D3DKMTEvict(). */
typedef struct _D3DKMT_EVICT {
	D3DKMT_HANDLE hDevice;			/* [in] */
	UINT NumAllocations;			/* [in] 1 .. 10240 */
	/* [in] allocations whose residency count drops by one */
	D3DKMT_PTR(const D3DKMT_HANDLE *, AllocationList);
	D3DDDI_EVICT_FLAGS Flags;		/* [in] */
	D3DKMT_ALIGN64 UINT64 NumBytesToTrim;	/* [out] bytes still over budget */
} D3DKMT_EVICT;

/* Order in which offered memory is thrown away, LOW first. */
typedef enum _D3DKMT_OFFER_PRIORITY {
	D3DKMT_OFFER_PRIORITY_LOW = 1,
	D3DKMT_OFFER_PRIORITY_NORMAL = 2,
	D3DKMT_OFFER_PRIORITY_HIGH = 3,
	D3DKMT_OFFER_PRIORITY_AUTO = 4,
} D3DKMT_OFFER_PRIORITY;

/* Flags of D3DKMT_OFFERALLOCATIONS. */
__extension__ typedef struct _D3DKMT_OFFER_FLAGS {
	union {
		struct {
			UINT OfferImmediately : 1;	/* [in] do not wait for queued work */
			UINT AllowDecommit : 1;		/* [in] backing store may be released */
			UINT Reserved : 30;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DKMT_OFFER_FLAGS;

/* Argument of D3DKMTOfferAllocations(). */
typedef struct _D3DKMT_OFFERALLOCATIONS {
	D3DKMT_HANDLE hDevice;				/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, pResources);	/* [in] resources to offer, or NULL */
	D3DKMT_PTR(const D3DKMT_HANDLE *, HandleList);	/* [in] allocations to offer, or NULL */
	/* [in] 1 .. 10240 entries of whichever list is given */
	UINT NumAllocations;
	D3DKMT_OFFER_PRIORITY Priority;			/* [in] */
	D3DKMT_OFFER_FLAGS Flags;			/* [in] */
} D3DKMT_OFFERALLOCATIONS;

/* The older form of D3DKMT_RECLAIMALLOCATIONS2. */
typedef struct _D3DKMT_RECLAIMALLOCATIONS {
	D3DKMT_HANDLE hDevice;				/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, pResources);	/* [in] */
	D3DKMT_PTR(const D3DKMT_HANDLE *, HandleList);	/* [in] */
	D3DKMT_PTR(BOOL *, pDiscarded);			/* [out] */
	UINT NumAllocations;				/* [in] number of allocations */
} D3DKMT_RECLAIMALLOCATIONS;

/* What became of offered contents. */
typedef enum _D3DDDI_RECLAIM_RESULT {
	D3DDDI_RECLAIM_RESULT_OK = 0,
	D3DDDI_RECLAIM_RESULT_DISCARDED = 1,
	D3DDDI_RECLAIM_RESULT_NOT_COMMITTED = 2,
} D3DDDI_RECLAIM_RESULT;

/* Argument of D3DKMTReclaimAllocations2(). */
typedef struct _D3DKMT_RECLAIMALLOCATIONS2 {
	D3DKMT_HANDLE hPagingQueue;			/* [in] queue that orders the operation */
	/* [in] 1 .. 10240 entries of whichever list is given */
	UINT NumAllocations;
	D3DKMT_PTR(D3DKMT_HANDLE *, pResources);	/* [in] resources, or NULL */
	D3DKMT_PTR(const D3DKMT_HANDLE *, HandleList);	/* [in] allocations, or NULL */
	union {
		/* [out] per entry: content was lost (older form) */
		BOOL *pDiscarded;
		/* [out] per entry: D3DDDI_RECLAIM_RESULT */
		D3DDDI_RECLAIM_RESULT *pResults;
		D3DKMT_ALIGN64 UINT64 AlignUnionTo64;
	};
	/* [out] content is usable when the paging fence reaches this */
	D3DKMT_ALIGN64 UINT64 PagingFenceValue;
} D3DKMT_RECLAIMALLOCATIONS2;

/* Where an allocation is. */
typedef enum _D3DKMT_ALLOCATIONRESIDENCYSTATUS {
	D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY = 1,
	D3DKMT_ALLOCATIONRESIDENCYSTATUS_RESIDENTINSHAREDMEMORY = 2,
	D3DKMT_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT = 3,
} D3DKMT_ALLOCATIONRESIDENCYSTATUS;

/* Argument of D3DKMTQueryAllocationResidency(). */
typedef struct _D3DKMT_QUERYALLOCATIONRESIDENCY {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hResource;	/* [in] resource, or 0 */
	/* [in] allocations when hResource is 0 */
	D3DKMT_PTR(const D3DKMT_HANDLE *, phAllocationList);
	UINT AllocationCount;		/* [in] entries; 0 asks for the whole resource */
	/*
	 * [out] D3DKMT_ALLOCATIONRESIDENCYSTATUS per allocation; one entry when asked
	 * by resource
	 */
	D3DKMT_PTR(D3DKMT_ALLOCATIONRESIDENCYSTATUS *, pResidencyStatus);
} D3DKMT_QUERYALLOCATIONRESIDENCY;

/* Flags of D3DKMT_TRIMNOTIFICATION. */
__extension__ typedef struct _D3DDDI_TRIMRESIDENCYSET_FLAGS {
	union {
		struct {
			UINT PeriodicTrim : 1;
			UINT RestartPeriodicTrim : 1;
			UINT TrimToBudget : 1;
			UINT Reserved : 29;
		};
		UINT Value;
	};
} D3DDDI_TRIMRESIDENCYSET_FLAGS;

/* What the callback of a trim notification gets. No guest has them. */
typedef struct _D3DKMT_TRIMNOTIFICATION {
	D3DKMT_PTR(VOID *, Context);		/* [in] */
	D3DDDI_TRIMRESIDENCYSET_FLAGS Flags;	/* [in] */
	D3DKMT_ALIGN64 UINT64 NumBytesToTrim;	/* [in] number of bytes to trim */
} D3DKMT_TRIMNOTIFICATION;

typedef void (*PFND3DKMT_TRIMNOTIFICATIONCALLBACK)(D3DKMT_TRIMNOTIFICATION *notification);

/* Request for trim notifications. No guest has them. */
typedef struct _D3DKMT_REGISTERTRIMNOTIFICATION {
	LUID AdapterLuid;
	D3DKMT_HANDLE hDevice;
	PFND3DKMT_TRIMNOTIFICATIONCALLBACK Callback;
	D3DKMT_PTR(VOID *, Context);	/* [in] */
	D3DKMT_PTR(VOID *, Handle);	/* [out] */
} D3DKMT_REGISTERTRIMNOTIFICATION;

/* End of trim notifications. */
typedef struct _D3DKMT_UNREGISTERTRIMNOTIFICATION {
	D3DKMT_PTR(VOID *, Handle);				/* [in] */
	D3DKMT_PTR(PFND3DKMT_TRIMNOTIFICATIONCALLBACK, Callback);	/* [in] */
} D3DKMT_UNREGISTERTRIMNOTIFICATION;

/* What the callback of a budget notification gets. No guest has them. */
typedef struct _D3DKMT_BUDGETCHANGENOTIFICATION {
	D3DKMT_PTR(VOID *, Context);	/* [in] */
	D3DKMT_ALIGN64 UINT64 Budget;	/* [in] */
} D3DKMT_BUDGETCHANGENOTIFICATION;

typedef void (*PFND3DKMT_BUDGETCHANGENOTIFICATIONCALLBACK)(
	D3DKMT_BUDGETCHANGENOTIFICATION *notification);

/* Request for budget notifications. No guest has them. */
typedef struct _D3DKMT_REGISTERBUDGETCHANGENOTIFICATION {
	D3DKMT_HANDLE hDevice;
	D3DKMT_PTR(PFND3DKMT_BUDGETCHANGENOTIFICATIONCALLBACK, Callback);
	D3DKMT_PTR(VOID *, Context);	/* [in] */
	D3DKMT_PTR(VOID *, Handle);	/* [out] */
} D3DKMT_REGISTERBUDGETCHANGENOTIFICATION;

/* End of budget notifications. */
typedef struct _D3DKMT_UNREGISTERBUDGETCHANGENOTIFICATION {
	D3DKMT_PTR(VOID *, Handle);	/* [in] */
} D3DKMT_UNREGISTERBUDGETCHANGENOTIFICATION;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTMakeResident() - bring allocations into memory the GPU can reach
 * @args: [in, out] paging queue, list; PagingFenceValue, NumBytesToTrim
 *
 * Raises each one's count; all or nothing. STATUS_PENDING (a success): usable
 * once the queue's fence has PagingFenceValue.
 *
 * Shape:  1 to 10240 handles.
 * Errors: STATUS_NO_MEMORY: over budget by NumBytesToTrim, nothing was raised.
 *         STATUS_INVALID_PARAMETER: bad handle or count, another device.
 * Source: WDDM 2.0: residency.
 */
DXG_API NTSTATUS D3DKMTMakeResident(D3DDDI_MAKERESIDENT *args);

/**
 * D3DKMTEvict() - take a residency count back
 * @args: [in, out] device, list; NumBytesToTrim says how far over budget the
 *        process still is
 *
 * The GPU may not touch an allocation from the call on, once its count is 0.
 *
 * Errors: STATUS_INVALID_PARAMETER: bad handle or count.
 * Source: WDDM 2.0: residency.
 */
DXG_API NTSTATUS D3DKMTEvict(D3DKMT_EVICT *args);

/**
 * D3DKMTOfferAllocations() - let contents be thrown away under pressure
 * @args: [in] device, resources or allocations, priority
 *
 * Takes effect after work queued before it. Reclaim before the next use.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM 1.2: offer and reclaim.
 */
DXG_API NTSTATUS D3DKMTOfferAllocations(const D3DKMT_OFFERALLOCATIONS *args);

/**
 * D3DKMTReclaimAllocations2() - take offered allocations back
 * @args: [in, out] paging queue, resources or allocations; results and
 *        PagingFenceValue
 *
 * Each result says whether the contents are still there. STATUS_PENDING as for
 * D3DKMTMakeResident(); the CPU need not wait.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS D3DKMTReclaimAllocations2(D3DKMT_RECLAIMALLOCATIONS2 *args);

/**
 * D3DKMTQueryAllocationResidency() - ask where allocations are now
 * @args: [in] device, a resource or a list; the array receives
 *        D3DKMT_ALLOCATIONRESIDENCYSTATUS values
 *
 * A snapshot. A resource has one value: not resident if any of its allocations
 * is not.
 *
 * Errors: STATUS_INVALID_PARAMETER: both or neither of resource and list.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTQueryAllocationResidency(const D3DKMT_QUERYALLOCATIONRESIDENCY *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_RESIDENCY_H */
