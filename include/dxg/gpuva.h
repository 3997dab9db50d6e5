/* SPDX-License-Identifier: MIT */
/*
 * GPU virtual addresses, and the paging queues on which their changes are
 * done.
 */
#ifndef DXG_GPUVA_H
#define DXG_GPUVA_H

#include <dxg/base.h>

/* In a DriverProtection: do not merge the range with its neighbours. */
#define D3DGPU_UNIQUE_DRIVER_PROTECTION	0x8000000000000000ull

/* Priority of a paging queue among others. */
typedef enum _D3DDDI_PAGINGQUEUE_PRIORITY {
	D3DDDI_PAGINGQUEUE_PRIORITY_BELOW_NORMAL = -1,
	D3DDDI_PAGINGQUEUE_PRIORITY_NORMAL = 0,
	D3DDDI_PAGINGQUEUE_PRIORITY_ABOVE_NORMAL = 1,
} D3DDDI_PAGINGQUEUE_PRIORITY;

/* Argument of D3DKMTCreatePagingQueue(). */
typedef struct _D3DKMT_CREATEPAGINGQUEUE {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DDDI_PAGINGQUEUE_PRIORITY Priority;	/* [in] */
	D3DKMT_HANDLE hPagingQueue;		/* [out] paging queue handle */
	/* [out] monitored fence that counts finished paging operations */
	D3DKMT_HANDLE hSyncObject;
	/* [out] read address of the fence's 64-bit value, mapped into the caller */
	D3DKMT_PTR(VOID *, FenceValueCPUVirtualAddress);
	UINT PhysicalAdapterIndex;		/* [in] which adapter of a linked group */
} D3DKMT_CREATEPAGINGQUEUE;

/* Argument of D3DKMTDestroyPagingQueue(). */
typedef struct _D3DDDI_DESTROYPAGINGQUEUE {
	D3DKMT_HANDLE hPagingQueue;	/* [in, out] queue to destroy */
} D3DDDI_DESTROYPAGINGQUEUE;

/* What the GPU finds in a reserved range. */
typedef enum _D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE {
	D3DDDIGPUVIRTUALADDRESS_RESERVE_NO_ACCESS = 0,
	D3DDDIGPUVIRTUALADDRESS_RESERVE_ZERO = 1,
	D3DDDIGPUVIRTUALADDRESS_RESERVE_NO_COMMIT = 2,
} D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE;

/* Argument of D3DKMTReserveGpuVirtualAddress(). */
typedef struct _D3DDDI_RESERVEGPUVIRTUALADDRESS {
	union {
		/*
		 * [in] paging queue (Windows 10 form); the driver accepts either this
		 * or an adapter handle in the slot
		 */
		D3DKMT_HANDLE hPagingQueue;
		/* [in] adapter handle (older form) */
		D3DKMT_HANDLE hAdapter;
	};
	/* [in] exact address wanted, or 0 */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;
	/* [in] lowest acceptable address */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS MinimumAddress;
	/* [in] highest acceptable address, 0 for no limit */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS MaximumAddress;
	D3DKMT_ALIGN64 D3DGPU_SIZE_T Size;			/* [in] bytes */
	union {
		D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE ReservationType;	/* [in] */
		UINT Reserved0;					/* send 0 */
	};
	union {
		D3DKMT_ALIGN64 UINT64 DriverProtection;		/* [in] vendor protection bits */
		D3DKMT_ALIGN64 UINT64 Reserved1;		/* send 0 */
	};
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS VirtualAddress;	/* [out] address reserved */
	union {
		/*
		 * [out] fence value on the paging queue; the reference driver does not
		 * write it
		 */
		D3DKMT_ALIGN64 UINT64 PagingFenceValue;
		D3DKMT_ALIGN64 UINT64 Reserved2;		/* send 0 */
	};
} D3DDDI_RESERVEGPUVIRTUALADDRESS;

/* What the GPU may do in a range beside reading. */
__extension__ typedef struct _D3DDDIGPUVIRTUALADDRESS_PROTECTION_TYPE {
	union {
		struct {
			UINT64 Write : 1;		/* [in] GPU may write */
			UINT64 Execute : 1;		/* [in] GPU may fetch code */
			/* [in] range reads as zero, writes are dropped */
			UINT64 Zero : 1;
			UINT64 NoAccess : 1;		/* [in] range is reserved only */
			/* [in] for the system, callers leave it 0 */
			UINT64 SystemUseOnly : 1;
			UINT64 Reserved : 59;		/* send 0 */
		};
		D3DKMT_ALIGN64 UINT64 Value;		/* [in] all bits at once */
	};
} D3DDDIGPUVIRTUALADDRESS_PROTECTION_TYPE;

/* Argument of D3DKMTMapGpuVirtualAddress(). */
typedef struct _D3DDDI_MAPGPUVIRTUALADDRESS {
	/* [in] queue that orders the operation */
	D3DKMT_HANDLE hPagingQueue;
	/* [in] exact address wanted, or 0 */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;
	/* [in] lowest acceptable address */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS MinimumAddress;
	/* [in] highest acceptable address */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS MaximumAddress;
	D3DKMT_HANDLE hAllocation;				/* [in] allocation to map */
	/* [in] offset inside the allocation, in 4-KiB pages */
	D3DKMT_ALIGN64 D3DGPU_SIZE_T OffsetInPages;
	D3DKMT_ALIGN64 D3DGPU_SIZE_T SizeInPages;		/* [in] length in 4-KiB pages */
	D3DDDIGPUVIRTUALADDRESS_PROTECTION_TYPE Protection;	/* [in] */
	D3DKMT_ALIGN64 UINT64 DriverProtection;			/* [in] vendor protection bits */
	UINT Reserved0;						/* send 0 */
	D3DKMT_ALIGN64 UINT64 Reserved1;			/* send 0 */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS VirtualAddress;	/* [out] address mapped at */
	/* [out] mapping is usable when the paging fence reaches this */
	D3DKMT_ALIGN64 UINT64 PagingFenceValue;
} D3DDDI_MAPGPUVIRTUALADDRESS;

/* What is done to a range. */
typedef enum _D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION_TYPE {
	D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP = 0,
	D3DDDI_UPDATEGPUVIRTUALADDRESS_UNMAP = 1,
	D3DDDI_UPDATEGPUVIRTUALADDRESS_COPY = 2,
	D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP_PROTECT = 3,
} D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION_TYPE;

/* One change of mappings; all inside one reserved range. */
__extension__ typedef struct _D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION {
	/* [in] selects the union member */
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION_TYPE OperationType;
	union {
		struct {
			/* [in] GPU address */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;
			D3DKMT_ALIGN64 D3DGPU_SIZE_T SizeInBytes;	/* [in] length */
			D3DKMT_HANDLE hAllocation;		/* [in] */
			/* [in] offset inside it */
			D3DKMT_ALIGN64 D3DGPU_SIZE_T AllocationOffsetInBytes;
			/* [in] bytes of it to repeat over the range */
			D3DKMT_ALIGN64 D3DGPU_SIZE_T AllocationSizeInBytes;
		} Map;						/* [in] type 0 */
		struct {
			/* [in] GPU address */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;
			D3DKMT_ALIGN64 D3DGPU_SIZE_T SizeInBytes;	/* [in] length */
			D3DKMT_HANDLE hAllocation;		/* [in] */
			/* [in] offset inside it */
			D3DKMT_ALIGN64 D3DGPU_SIZE_T AllocationOffsetInBytes;
			/* [in] bytes of it */
			D3DKMT_ALIGN64 D3DGPU_SIZE_T AllocationSizeInBytes;
			/* [in] protection bits */
			D3DDDIGPUVIRTUALADDRESS_PROTECTION_TYPE Protection;
			D3DKMT_ALIGN64 UINT64 DriverProtection;	/* [in] vendor bits */
		} MapProtect;					/* [in] type 3 */
		struct {
			/* [in] GPU address */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;
			D3DKMT_ALIGN64 D3DGPU_SIZE_T SizeInBytes;	/* [in] length */
			/* [in] NoAccess or Zero behaviour of the hole */
			D3DDDIGPUVIRTUALADDRESS_PROTECTION_TYPE Protection;
		} Unmap;					/* [in] type 1 */
		struct {
			/* [in] range to take the mapping from */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS SourceAddress;
			D3DKMT_ALIGN64 D3DGPU_SIZE_T SizeInBytes;	/* [in] length */
			/* [in] range to give it to */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS DestAddress;
		} Copy;						/* [in] type 2 */
	};
} D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION;

/* Argument of D3DKMTUpdateGpuVirtualAddress(). */
__extension__ typedef struct _D3DKMT_UPDATEGPUVIRTUALADDRESS {
	D3DKMT_HANDLE hDevice;			/* [in] */
	D3DKMT_HANDLE hContext;			/* [in] context that orders the update */
	D3DKMT_HANDLE hFenceObject;		/* [in] monitored fence to signal */
	UINT NumOperations;			/* [in] entries */
	/* [in] array of operations */
	D3DKMT_PTR(D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION *, Operations);
	D3DKMT_ALIGN64 D3DKMT_SIZE_T Reserved0;	/* send 0 */
	D3DKMT_ALIGN64 UINT64 Reserved1;	/* send 0 */
	/* [in] value to wait for / signal; the driver writes it back */
	D3DKMT_ALIGN64 UINT64 FenceValue;
	union {
		struct {
			/* [in] do not wait for the fence before updating */
			UINT DoNotWait : 1;
			UINT Reserved : 31;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	} Flags;				/* [in] */
} D3DKMT_UPDATEGPUVIRTUALADDRESS;

/* Argument of D3DKMTFreeGpuVirtualAddress(). */
typedef struct _D3DKMT_FREEGPUVIRTUALADDRESS {
	D3DKMT_HANDLE hAdapter;					/* [in] */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS BaseAddress;	/* [in] start of the range */
	D3DKMT_ALIGN64 D3DGPU_SIZE_T Size;			/* [in] bytes */
} D3DKMT_FREEGPUVIRTUALADDRESS;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreatePagingQueue() - make a queue for paging operations
 * @args: [in, out] device, priority; on success queue, its fence and the fence
 *        value's CPU address
 *
 * Operations of one queue complete in order and raise its fence; read the 64-bit
 * value at FenceValueCPUVirtualAddress, or wait for hSyncObject.
 *
 * Owner:  destroyed by D3DKMTDestroyPagingQueue() (which also ends the fence and
 *         the address), or with the device.
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM 2.0: device paging queues.
 */
DXG_API NTSTATUS D3DKMTCreatePagingQueue(D3DKMT_CREATEPAGINGQUEUE *args);

/**
 * D3DKMTDestroyPagingQueue() - destroy a paging queue and its fence
 * @args: [in] the queue
 *
 * Waits for its operations. The fence handle is not to be destroyed by itself.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS D3DKMTDestroyPagingQueue(D3DDDI_DESTROYPAGINGQUEUE *args);

/**
 * D3DKMTReserveGpuVirtualAddress() - take a range of GPU addresses
 * @args: [in, out] adapter or paging queue, bounds, size, kind; on success
 *        VirtualAddress
 *
 * Takes addresses, no memory.
 *
 * Units:  addresses and size are multiples of 64 KiB. MaximumAddress 0: no
 *         bound.
 * Owner:  given back with D3DKMTFreeGpuVirtualAddress().
 * Errors: STATUS_INVALID_PARAMETER: unaligned, BaseAddress not free.
 * Source: WDDM 2.0: D3DDDI_RESERVEGPUVIRTUALADDRESS.
 */
DXG_API NTSTATUS D3DKMTReserveGpuVirtualAddress(D3DDDI_RESERVEGPUVIRTUALADDRESS *args);

/**
 * D3DKMTMapGpuVirtualAddress() - map part of an allocation at a GPU virtual
 * 	address
 * @args: [in, out] the range wanted; on success VirtualAddress and
 *        PagingFenceValue
 *
 * The work is queued on hPagingQueue; the range may be used once the queue's
 * fence has reached PagingFenceValue (0: at once). The allocation need not be
 * resident.
 *
 * Shape:  SizeInPages pages, beginning OffsetInPages into hAllocation; none with
 *         Zero or NoAccess.
 * Units:  addresses in bytes, page aligned; offsets and sizes in pages of 4 KiB.
 * Owner:  the mapping lives until the allocation is destroyed or the range is
 *         freed with D3DKMTFreeGpuVirtualAddress().
 * Errors: STATUS_INVALID_PARAMETER: unknown handle, unaligned address, range
 *         beyond the allocation. STATUS_NO_MEMORY: no addresses left.
 * Source: WDDM 2.0: D3DDDI_MAPGPUVIRTUALADDRESS.
 */
DXG_API NTSTATUS D3DKMTMapGpuVirtualAddress(D3DDDI_MAPGPUVIRTUALADDRESS *args);

/**
 * D3DKMTUpdateGpuVirtualAddress() - queue changes of mappings inside a reserved
 * 	range
 * @args: [in] device, context, fence and value, operations
 *
 * Waits until the fence has FenceValue (unless DoNotWait), applies the
 * operations in order, then signals FenceValue + 1.
 *
 * Errors: STATUS_INVALID_PARAMETER.
 * Source: WDDM 2.0: tiled resources.
 */
DXG_API NTSTATUS D3DKMTUpdateGpuVirtualAddress(const D3DKMT_UPDATEGPUVIRTUALADDRESS *args);

/**
 * D3DKMTFreeGpuVirtualAddress() - give a range of GPU addresses back
 * @args: [in] adapter, address, size in bytes
 *
 * The range is free when the call returns; operations still queued for it are
 * dropped.
 *
 * Errors: STATUS_INVALID_PARAMETER: unaligned, or free already.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS D3DKMTFreeGpuVirtualAddress(const D3DKMT_FREEGPUVIRTUALADDRESS *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_GPUVA_H */
