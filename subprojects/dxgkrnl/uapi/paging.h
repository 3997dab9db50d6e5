/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Paging queues, residency, GPU addresses. */
#ifndef DXG_UAPI_PAGING_H
#define DXG_UAPI_PAGING_H

#include <linux/types.h>

#include "base.h"

/* enum d3dddi_pagingqueue_priority */
#define DXG_PAGINGQUEUE_PRIORITY_BELOW_NORMAL	(-1)
#define DXG_PAGINGQUEUE_PRIORITY_NORMAL		0
#define DXG_PAGINGQUEUE_PRIORITY_ABOVE_NORMAL	1

/**
 * struct d3dkmt_createpagingqueue - args of LX_DXCREATEPAGINGQUEUE,
 *	D3DKMTCreatePagingQueue()
 * @device: [in] device
 * @priority: [in] enum d3dddi_pagingqueue_priority
 * @paging_queue: [out] paging queue handle
 * @sync_object: [out] monitored fence that counts finished paging operations
 * @fence_cpu_virtual_address: [out] read address of the fence's 64-bit value,
 *	mapped into the caller
 * @physical_adapter_index: [in] which adapter of a linked group
 */
struct d3dkmt_createpagingqueue {
	struct d3dkmthandle device;
	__s32 priority;
	struct d3dkmthandle paging_queue;
	struct d3dkmthandle sync_object;
	__u64 fence_cpu_virtual_address;
	__u32 physical_adapter_index;
	__u32 pad;
};

/* enum d3dddigpuva_reservation_type */
#define DXG_GPUVA_RESERVE_NO_ACCESS	0
#define DXG_GPUVA_RESERVE_ZERO		1
#define DXG_GPUVA_RESERVE_NO_COMMIT	2

/**
 * struct d3dddi_reservegpuvirtualaddress - args of
 *	LX_DXRESERVEGPUVIRTUALADDRESS, D3DKMTReserveGpuVirtualAddress()
 * @adapter: [in] adapter handle (older form)
 * @base_address: [in] exact address wanted, or 0
 * @minimum_address: [in] lowest acceptable address
 * @maximum_address: [in] highest acceptable address, 0 for no limit
 * @size: [in] bytes
 * @reservation_type: [in] D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE
 * @driver_protection: [in] vendor protection bits
 * @virtual_address: [out] address reserved
 * @paging_fence_value: [out] fence value on the paging queue; the reference
 *	driver does not write it
 */
struct d3dddi_reservegpuvirtualaddress {
	struct d3dkmthandle adapter;
	__u32 pad;
	__u64 base_address;
	__u64 minimum_address;
	__u64 maximum_address;
	__u64 size;
	__u32 reservation_type;
	__u32 pad1;
	__u64 driver_protection;
	__u64 virtual_address;
	__u64 paging_fence_value;
};

/* Flag word: d3dddi_makeresident_flags */
#define DXG_MAKERESIDENT_CANT_TRIM_FURTHER	(1u << 0)
#define DXG_MAKERESIDENT_MUST_SUCCEED		(1u << 1)

/**
 * struct d3dddi_makeresident - args of LX_DXMAKERESIDENT, D3DKMTMakeResident()
 * @paging_queue: [in] queue that orders the operation
 * @alloc_count: [in] 1 .. 10240
 * @allocation_list: [in] array of allocation handles
 * @priority_list: [in] array of residency priorities, or NULL
 * @flags: [in] DXG_MAKERESIDENT_...
 * @paging_fence_value: [out] the allocations are resident when the paging
 *	fence reaches this
 * @num_bytes_to_trim: [out] bytes to free if the call fails for lack of budget
 */
struct d3dddi_makeresident {
	struct d3dkmthandle paging_queue;
	__u32 alloc_count;
	__u64 allocation_list;
	__u64 priority_list;
	__u32 flags;
	__u32 pad;
	__u64 paging_fence_value;
	__u64 num_bytes_to_trim;
};

/* Flag word: d3dddigpuva_protection_type */
#define DXG_GPUVA_PROTECTION_WRITE		(1ull << 0)
#define DXG_GPUVA_PROTECTION_EXECUTE		(1ull << 1)
#define DXG_GPUVA_PROTECTION_ZERO		(1ull << 2)
#define DXG_GPUVA_PROTECTION_NO_ACCESS		(1ull << 3)
#define DXG_GPUVA_PROTECTION_SYSTEM_USE_ONLY	(1ull << 4)

/**
 * struct d3dddi_mapgpuvirtualaddress - args of LX_DXMAPGPUVIRTUALADDRESS,
 *	D3DKMTMapGpuVirtualAddress()
 * @paging_queue: [in] queue that orders the operation
 * @base_address: [in] exact address wanted, or 0
 * @minimum_address: [in] lowest acceptable address
 * @maximum_address: [in] highest acceptable address
 * @allocation: [in] allocation to map
 * @offset_in_pages: [in] offset inside the allocation, in 4-KiB pages
 * @size_in_pages: [in] length in 4-KiB pages
 * @protection: [in] DXG_GPUVA_PROTECTION_...
 * @driver_protection: [in] vendor protection bits
 * @reserved0: reserved, send 0
 * @reserved1: reserved, send 0
 * @virtual_address: [out] address mapped at
 * @paging_fence_value: [out] mapping is usable when the paging fence reaches
 *	this
 */
struct d3dddi_mapgpuvirtualaddress {
	struct d3dkmthandle paging_queue;
	__u32 pad;
	__u64 base_address;
	__u64 minimum_address;
	__u64 maximum_address;
	struct d3dkmthandle allocation;
	__u32 pad1;
	__u64 offset_in_pages;
	__u64 size_in_pages;
	__u64 protection;
	__u64 driver_protection;
	__u32 reserved0;
	__u32 pad2;
	__u64 reserved1;
	__u64 virtual_address;
	__u64 paging_fence_value;
};

/**
 * struct d3dddi_destroypagingqueue - args of LX_DXDESTROYPAGINGQUEUE,
 *	D3DKMTDestroyPagingQueue()
 * @paging_queue: [in, out] queue to destroy
 */
struct d3dddi_destroypagingqueue {
	struct d3dkmthandle paging_queue;
};

/* Flag word: d3dddi_evict_flags */
#define DXG_EVICT_EVICT_ONLY_IF_NECESSARY	(1u << 0)
#define DXG_EVICT_NOT_WRITTEN_TO		(1u << 1)

/**
 * struct d3dkmt_evict - args of LX_DXEVICT, D3DKMTEvict()
 * @device: [in] device
 * @alloc_count: [in] 1 .. 10240
 * @allocations: [in] allocations whose residency count drops by one
 * @flags: [in] DXG_EVICT_...
 * @reserved: padding, send 0
 * @num_bytes_to_trim: [out] bytes still over budget
 */
struct d3dkmt_evict {
	struct d3dkmthandle device;
	__u32 alloc_count;
	__u64 allocations;
	__u32 flags;
	__u32 reserved;
	__u64 num_bytes_to_trim;
};

/**
 * struct d3dkmt_freegpuvirtualaddress - args of LX_DXFREEGPUVIRTUALADDRESS,
 *	D3DKMTFreeGpuVirtualAddress()
 * @adapter: [in] adapter
 * @reserved: padding, send 0
 * @base_address: [in] start of the range
 * @size: [in] bytes
 */
struct d3dkmt_freegpuvirtualaddress {
	struct d3dkmthandle adapter;
	__u32 reserved;
	__u64 base_address;
	__u64 size;
};

/* enum d3dddi_updategpuvirtualaddress_operation_type */
#define DXG_UPDATEGPUVA_OP_MAP		0
#define DXG_UPDATEGPUVA_OP_UNMAP	1
#define DXG_UPDATEGPUVA_OP_COPY		2
#define DXG_UPDATEGPUVA_OP_MAP_PROTECT	3

/**
 * struct d3dddi_updategpuvirtualaddress_operation - one page-table operation
 * @operation: [in] selects the union member
 * @map: [in] type 0
 * @map.base_address: [in] GPU address
 * @map.size: [in] length
 * @map.allocation: [in] allocation
 * @map.allocation_offset: [in] offset inside it
 * @map.allocation_size: [in] bytes of it to repeat over the range
 * @map_protect: [in] type 3
 * @map_protect.base_address: [in] GPU address
 * @map_protect.size: [in] length
 * @map_protect.allocation: [in] allocation
 * @map_protect.allocation_offset: [in] offset inside it
 * @map_protect.allocation_size: [in] bytes of it
 * @map_protect.protection: [in] protection bits: DXG_GPUVA_PROTECTION_...
 * @map_protect.driver_protection: [in] vendor bits
 * @unmap: [in] type 1
 * @unmap.base_address: [in] GPU address
 * @unmap.size: [in] length
 * @unmap.protection: [in] NO_ACCESS or ZERO behaviour of the hole:
 *	DXG_GPUVA_PROTECTION_...
 * @copy: [in] type 2
 * @copy.source_address: [in] range to take the mapping from
 * @copy.size: [in] length
 * @copy.dest_address: [in] range to give it to
 */
struct d3dddi_updategpuvirtualaddress_operation {
	__u32 operation;
	__u32 pad;
	__extension__ union {
		__extension__ struct {
			__u64 base_address;
			__u64 size;
			struct d3dkmthandle allocation;
			__u32 pad1;
			__u64 allocation_offset;
			__u64 allocation_size;
		} map;
		__extension__ struct {
			__u64 base_address;
			__u64 size;
			struct d3dkmthandle allocation;
			__u32 pad2;
			__u64 allocation_offset;
			__u64 allocation_size;
			__u64 protection;
			__u64 driver_protection;
		} map_protect;
		__extension__ struct {
			__u64 base_address;
			__u64 size;
			__u64 protection;
		} unmap;
		__extension__ struct {
			__u64 source_address;
			__u64 size;
			__u64 dest_address;
		} copy;
	};
};

/**
 * struct d3dkmt_updategpuvirtualaddress - args of
 *	LX_DXUPDATEGPUVIRTUALADDRESS, D3DKMTUpdateGpuVirtualAddress()
 * @device: [in] device
 * @context: [in] context that orders the update
 * @fence_object: [in] monitored fence to signal
 * @num_operations: [in] entries
 * @operations: [in] array of operations
 * @reserved0: low half of Windows' Reserved0
 * @reserved1: high half of Windows' Reserved0
 * @reserved2: reserved, send 0
 * @fence_value: [in] value to wait for / signal; the driver writes it back
 * @flags: [in]
 * @reserved3: padding, send 0
 */
struct d3dkmt_updategpuvirtualaddress {
	struct d3dkmthandle device;
	struct d3dkmthandle context;
	struct d3dkmthandle fence_object;
	__u32 num_operations;
	__u64 operations;
	__u32 reserved0;
	__u32 reserved1;
	__u64 reserved2;
	__u64 fence_value;
	__u32 flags;
	__u32 reserved3;
};

#define DXG_UPDATEGPUVA_DO_NOT_WAIT	(1u << 0)

#endif /* DXG_UAPI_PAGING_H */
