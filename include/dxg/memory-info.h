/* SPDX-License-Identifier: MIT */
/* Video memory: budget, usage, reservation. */
#ifndef DXG_MEMORY_INFO_H
#define DXG_MEMORY_INFO_H

#include <dxg/base.h>

/* LOCAL is the memory of the GPU, NON_LOCAL what it reaches beside. */
typedef enum _D3DKMT_MEMORY_SEGMENT_GROUP {
	D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL = 0,
	D3DKMT_MEMORY_SEGMENT_GROUP_NON_LOCAL = 1,
} D3DKMT_MEMORY_SEGMENT_GROUP;

/* Argument of D3DKMTQueryVideoMemoryInfo(). */
typedef struct _D3DKMT_QUERYVIDEOMEMORYINFO {
	/* [in] must be 0 (own process); another value: STATUS_INVALID_PARAMETER */
	D3DKMT_PTR(HANDLE, hProcess);
	D3DKMT_HANDLE hAdapter;				/* [in] */
	D3DKMT_MEMORY_SEGMENT_GROUP MemorySegmentGroup;	/* [in] local or non-local memory */
	/* [out] bytes the process should stay under */
	D3DKMT_ALIGN64 UINT64 Budget;
	D3DKMT_ALIGN64 UINT64 CurrentUsage;		/* [out] bytes in use */
	D3DKMT_ALIGN64 UINT64 CurrentReservation;	/* [out] bytes reserved */
	D3DKMT_ALIGN64 UINT64 AvailableForReservation;	/* [out] bytes that could be reserved */
	UINT PhysicalAdapterIndex;			/* [in] which adapter of a linked group */
} D3DKMT_QUERYVIDEOMEMORYINFO;

/* Argument of D3DKMTChangeVideoMemoryReservation(). */
typedef struct _D3DKMT_CHANGEVIDEOMEMORYRESERVATION {
	D3DKMT_PTR(HANDLE, hProcess);			/* [in] must be 0 */
	D3DKMT_HANDLE hAdapter;				/* [in] */
	D3DKMT_MEMORY_SEGMENT_GROUP MemorySegmentGroup;	/* [in] local or non-local */
	D3DKMT_ALIGN64 UINT64 Reservation;		/* [in] bytes wanted */
	UINT PhysicalAdapterIndex;			/* [in] which adapter of a linked group */
} D3DKMT_CHANGEVIDEOMEMORYRESERVATION;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTQueryVideoMemoryInfo() - read budget and usage of a segment group
 * @args: [in, out] adapter and group; on success the four figures
 *
 * Units:  bytes. Usage counts resident allocations of all devices of the process
 *         and may exceed the budget for a while.
 * Errors: STATUS_INVALID_PARAMETER: hProcess not 0, unknown adapter or group.
 * Source: WDDM 2.0: process residency budgets.
 */
DXG_API NTSTATUS D3DKMTQueryVideoMemoryInfo(D3DKMT_QUERYVIDEOMEMORYINFO *args);

/**
 * D3DKMTChangeVideoMemoryReservation() - say how much the process needs at least
 * @args: [in] adapter, group, bytes
 *
 * Sets the reservation (not a change of it), a hint to the budget.
 *
 * Errors: STATUS_INVALID_PARAMETER: more than AvailableForReservation, hProcess
 *         not 0.
 * Source: WDDM 2.0: process residency budgets.
 */
DXG_API NTSTATUS
D3DKMTChangeVideoMemoryReservation(const D3DKMT_CHANGEVIDEOMEMORYRESERVATION *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_MEMORY_INFO_H */
