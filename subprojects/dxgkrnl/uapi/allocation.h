/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Allocations: create, lock, offer, prioritise. */
#ifndef DXG_UAPI_ALLOCATION_H
#define DXG_UAPI_ALLOCATION_H

#include <linux/types.h>

#include "base.h"

/* enum d3dkmt_standardallocationtype */
#define DXG_STANDARDALLOCATIONTYPE_EXISTINGHEAP		1
#define DXG_STANDARDALLOCATIONTYPE_CROSSADAPTER		2
#define DXG_STANDARDALLOCATIONTYPE_INTERNALBACKINGSTORE	2

/**
 * struct d3dkmt_standardallocation_existingheap - standard allocation on
 *	caller memory
 * @size: [in] heap size in bytes, page multiple
 */
struct d3dkmt_standardallocation_existingheap {
	__u64 size;
};

/**
 * struct d3dkmt_createstandardallocation - description of a standard
 *	allocation
 * @type: [in] DXG_STANDARDALLOCATIONTYPE_...
 * @reserved: padding, send 0
 * @existing_heap_data: [in] data of type EXISTINGHEAP (also read for type 2)
 * @flags: [in] reserved, send 0
 * @reserved1: padding, send 0
 */
struct d3dkmt_createstandardallocation {
	__u32 type;
	__u32 reserved;
	struct d3dkmt_standardallocation_existingheap existing_heap_data;
	__u32 flags;
	__u32 reserved1;
};

/**
 * struct d3dddi_allocationinfo2 - one allocation of LX_DXCREATEALLOCATION
 * @allocation: [out] allocation handle
 * @sysmem: [in] page-aligned existing memory (EXISTING_SYSMEM)
 * @priv_drv_data: [in, out] vendor blob; written back after the call
 * @priv_drv_data_size: [in] its bytes, below 131072
 * @vidpn_source_id: [in] display source for primaries
 * @flags: [in]
 * @gpu_virtual_address: [out] GPU address for adapters with a physical-address
 *	model; not written on Linux
 * @priority: [in] residency priority, read when override_priority is set
 * @unused: widens Priority to eight bytes
 * @reserved: reserved, send 0
 */
struct d3dddi_allocationinfo2 {
	struct d3dkmthandle allocation;
	__u32 pad;
	__u64 sysmem;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 vidpn_source_id;
	__u32 flags;
	__u32 pad1;
	__u64 gpu_virtual_address;
	__extension__ union {
		__u32 priority;
		__u64 unused;
	};
	__u64 reserved[5];
};

#define DXG_ALLOCATIONINFO_PRIMARY		(1u << 0)
#define DXG_ALLOCATIONINFO_STEREO		(1u << 1)
#define DXG_ALLOCATIONINFO_OVERRIDE_PRIORITY	(1u << 2)

/* Flag word: d3dkmt_createallocationflags */
#define DXG_CREATEALLOCATION_CREATE_RESOURCE		(1u << 0)
#define DXG_CREATEALLOCATION_CREATE_SHARED		(1u << 1)
#define DXG_CREATEALLOCATION_NON_SECURE			(1u << 2)
#define DXG_CREATEALLOCATION_CREATE_PROTECTED		(1u << 3)
#define DXG_CREATEALLOCATION_RESTRICT_SHARED_ACCESS	(1u << 4)
#define DXG_CREATEALLOCATION_EXISTING_SYSMEM		(1u << 5)
#define DXG_CREATEALLOCATION_NT_SECURITY_SHARING	(1u << 6)
#define DXG_CREATEALLOCATION_READ_ONLY			(1u << 7)
#define DXG_CREATEALLOCATION_CREATE_WRITE_COMBINED	(1u << 8)
#define DXG_CREATEALLOCATION_CREATE_CACHED		(1u << 9)
#define DXG_CREATEALLOCATION_SWAP_CHAIN_BACK_BUFFER	(1u << 10)
#define DXG_CREATEALLOCATION_CROSS_ADAPTER		(1u << 11)
#define DXG_CREATEALLOCATION_OPEN_CROSS_ADAPTER		(1u << 12)
#define DXG_CREATEALLOCATION_PARTIAL_SHARED_CREATION	(1u << 13)
#define DXG_CREATEALLOCATION_ZEROED			(1u << 14)
#define DXG_CREATEALLOCATION_WRITE_WATCH		(1u << 15)
#define DXG_CREATEALLOCATION_STANDARD_ALLOCATION	(1u << 16)
#define DXG_CREATEALLOCATION_EXISTING_SECTION		(1u << 17)
#define DXG_CREATEALLOCATION_ALLOW_NOT_ZEROED		(1u << 18)
#define DXG_CREATEALLOCATION_PHYSICALLY_CONTIGUOUS	(1u << 19)
#define DXG_CREATEALLOCATION_NO_KMD_ACCESS		(1u << 20)
#define DXG_CREATEALLOCATION_SHARED_DISPLAYABLE		(1u << 21)

/**
 * struct d3dkmt_createallocation - args of LX_DXCREATEALLOCATION,
 *	D3DKMTCreateAllocation2()
 * @device: [in] device
 * @resource: [in, out] existing resource to extend (CREATE_RESOURCE clear);
 *	new resource handle (CREATE_RESOURCE set); 0 for none
 * @global_share: [out] old-style global share handle; the driver returns what
 *	the host gave
 * @reserved: padding, send 0
 * @private_runtime_data: [in] runtime blob stored with a shared resource
 * @private_runtime_data_size: [in] its bytes
 * @reserved1: padding, send 0
 * @standard_allocation: [in] used when STANDARD_ALLOCATION is set
 * @priv_drv_data: [in] resource-level vendor blob (STANDARD_ALLOCATION clear)
 * @priv_drv_data_size: [in] its bytes; must be 0 with STANDARD_ALLOCATION
 * @alloc_count: [in] entries in the info array, 1..1024
 *	(DXG_CREATEALLOCATION_MAX)
 * @allocation_info: [in, out] array of the long form: the only form /dev/dxg
 *	understands
 * @flags: [in] DXG_CREATEALLOCATION_...
 * @reserved2: padding, send 0
 * @private_runtime_resource_handle: [in] opaque runtime cookie, stored with
 *	the resource
 */
struct d3dkmt_createallocation {
	struct d3dkmthandle device;
	struct d3dkmthandle resource;
	struct d3dkmthandle global_share;
	__u32 reserved;
	__u64 private_runtime_data;
	__u32 private_runtime_data_size;
	__u32 reserved1;
	__extension__ union {
		__u64 standard_allocation;
		__u64 priv_drv_data;
	};
	__u32 priv_drv_data_size;
	__u32 alloc_count;
	__u64 allocation_info;
	__u32 flags;
	__u32 reserved2;
	__u64 private_runtime_resource_handle;
};

/* Flag word: d3dddicb_destroyallocation2flags */
#define DXG_DESTROYALLOCATION2_ASSUME_NOT_IN_USE	(1u << 0)
#define DXG_DESTROYALLOCATION2_SYNCHRONOUS_DESTROY	(1u << 1)
#define DXG_DESTROYALLOCATION2_SYSTEM_USE_ONLY		(1u << 31)

/**
 * struct d3dkmt_destroyallocation2 - args of LX_DXDESTROYALLOCATION2,
 *	D3DKMTDestroyAllocation2()
 * @device: [in] device
 * @resource: [in] resource to destroy with all its allocations, or 0
 * @allocations: [in] allocations to destroy when resource is 0
 * @alloc_count: [in] entries, up to 1024
 * @flags: [in] DXG_DESTROYALLOCATION2_...
 */
struct d3dkmt_destroyallocation2 {
	struct d3dkmthandle device;
	struct d3dkmthandle resource;
	__u64 allocations;
	__u32 alloc_count;
	__u32 flags;
};

/**
 * struct d3dkmt_invalidatecache - args of LX_DXINVALIDATECACHE,
 *	D3DKMTInvalidateCache()
 * @device: [in] device
 * @allocation: [in] allocation
 * @offset: [in] byte offset
 * @length: [in] bytes
 */
struct d3dkmt_invalidatecache {
	struct d3dkmthandle device;
	struct d3dkmthandle allocation;
	__u64 offset;
	__u64 length;
};

/**
 * struct d3dkmt_lock2 - args of LX_DXLOCK2, D3DKMTLock2()
 * @device: [in] device
 * @allocation: [in] allocation to map for the CPU
 * @flags: [in] reserved, send 0
 * @reserved: padding, send 0
 * @data: [out] address in the caller's address space
 */
struct d3dkmt_lock2 {
	struct d3dkmthandle device;
	struct d3dkmthandle allocation;
	__u32 flags;
	__u32 reserved;
	__u64 data;
};

/* enum d3dkmt_offer_priority */
#define DXG_OFFER_PRIORITY_LOW		1
#define DXG_OFFER_PRIORITY_NORMAL	2
#define DXG_OFFER_PRIORITY_HIGH		3
#define DXG_OFFER_PRIORITY_AUTO		4

/* Flag word: d3dkmt_offer_flags */
#define DXG_OFFER_OFFER_IMMEDIATELY	(1u << 0)
#define DXG_OFFER_ALLOW_DECOMMIT	(1u << 1)

/**
 * struct d3dkmt_offerallocations - args of LX_DXOFFERALLOCATIONS,
 *	D3DKMTOfferAllocations()
 * @device: [in] device
 * @reserved: padding, send 0
 * @resources: [in] resources to offer, or NULL
 * @allocations: [in] allocations to offer, or NULL
 * @allocation_count: [in] 1 .. 10240 entries of whichever list is given
 * @priority: [in] enum d3dkmt_offer_priority
 * @flags: [in] DXG_OFFER_...
 * @reserved1: padding, send 0
 */
struct d3dkmt_offerallocations {
	struct d3dkmthandle device;
	__u32 reserved;
	__u64 resources;
	__u64 allocations;
	__u32 allocation_count;
	__u32 priority;
	__u32 flags;
	__u32 reserved1;
};

/* enum d3dkmt_allocationresidencystatus */
#define DXG_ALLOCATIONRESIDENCYSTATUS_RESIDENTINGPUMEMORY	1
#define DXG_ALLOCATIONRESIDENCYSTATUS_RESIDENTINSHAREDMEMORY	2
#define DXG_ALLOCATIONRESIDENCYSTATUS_NOTRESIDENT		3

/**
 * struct d3dkmt_queryallocationresidency - args of
 *	LX_DXQUERYALLOCATIONRESIDENCY, D3DKMTQueryAllocationResidency()
 * @device: [in] device
 * @resource: [in] resource, or 0
 * @allocations: [in] allocations when resource is 0
 * @allocation_count: [in] entries; 0 asks for the whole resource
 * @reserved: padding, send 0
 * @residency_status: [out] D3DKMT_ALLOCATIONRESIDENCYSTATUS per allocation;
 *	one entry when asked by resource
 */
struct d3dkmt_queryallocationresidency {
	struct d3dkmthandle device;
	struct d3dkmthandle resource;
	__u64 allocations;
	__u32 allocation_count;
	__u32 reserved;
	__u64 residency_status;
};

/* enum d3dddi_reclaim_result */
#define DXG_RECLAIM_RESULT_OK			0
#define DXG_RECLAIM_RESULT_DISCARDED		1
#define DXG_RECLAIM_RESULT_NOT_COMMITTED	2

/**
 * struct d3dkmt_reclaimallocations2 - args of LX_DXRECLAIMALLOCATIONS2,
 *	D3DKMTReclaimAllocations2()
 * @paging_queue: [in] queue that orders the operation
 * @allocation_count: [in] 1 .. 10240 entries of whichever list is given
 * @resources: [in] resources, or NULL
 * @allocations: [in] allocations, or NULL
 * @discarded: [out] per entry: content was lost (older form)
 * @results: [out] per entry: D3DDDI_RECLAIM_RESULT
 * @paging_fence_value: [out] content is usable when the paging fence reaches
 *	this
 */
struct d3dkmt_reclaimallocations2 {
	struct d3dkmthandle paging_queue;
	__u32 allocation_count;
	__u64 resources;
	__u64 allocations;
	__extension__ union {
		__u64 discarded;
		__u64 results;
	};
	__u64 paging_fence_value;
};

/**
 * struct d3dkmt_setallocationpriority - args of LX_DXSETALLOCATIONPRIORITY,
 *	D3DKMTSetAllocationPriority()
 * @device: [in] device
 * @resource: [in] resource, or 0
 * @allocation_list: [in] allocations when resource is 0
 * @allocation_count: [in] entries: 0 with resource, at least 1 without
 * @reserved: padding, send 0
 * @priorities: [in] one priority per allocation (one for a resource)
 */
struct d3dkmt_setallocationpriority {
	struct d3dkmthandle device;
	struct d3dkmthandle resource;
	__u64 allocation_list;
	__u32 allocation_count;
	__u32 reserved;
	__u64 priorities;
};

/**
 * struct d3dkmt_unlock2 - args of LX_DXUNLOCK2, D3DKMTUnlock2()
 * @device: [in] device
 * @allocation: [in] allocation to unmap
 */
struct d3dkmt_unlock2 {
	struct d3dkmthandle device;
	struct d3dkmthandle allocation;
};

/* Word: d3dddi_segmentpreference, five segment ids, each with a direction. */
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID0_SHIFT	0
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID0_MASK	(0x1fu << 0)
#define DXG_SEGMENTPREFERENCE_DIRECTION0	(1u << 5)
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID1_SHIFT	6
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID1_MASK	(0x1fu << 6)
#define DXG_SEGMENTPREFERENCE_DIRECTION1	(1u << 11)
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID2_SHIFT	12
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID2_MASK	(0x1fu << 12)
#define DXG_SEGMENTPREFERENCE_DIRECTION2	(1u << 17)
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID3_SHIFT	18
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID3_MASK	(0x1fu << 18)
#define DXG_SEGMENTPREFERENCE_DIRECTION3	(1u << 23)
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID4_SHIFT	24
#define DXG_SEGMENTPREFERENCE_SEGMENT_ID4_MASK	(0x1fu << 24)
#define DXG_SEGMENTPREFERENCE_DIRECTION4	(1u << 29)

/* Flag word: d3dddi_updateallocproperty_flags */
#define DXG_UPDATEALLOC_ACCESSED_PHYSICALLY	(1u << 0)
#define DXG_UPDATEALLOC_UNMOVEABLE		(1u << 1)

/**
 * struct d3dddi_updateallocproperty - args of LX_DXUPDATEALLOCPROPERTY,
 *	D3DKMTUpdateAllocationProperty()
 * @paging_queue: [in] queue that orders the operation
 * @allocation: [in] allocation
 * @supported_segment_set: [in] bit mask of allowed memory segments
 * @preferred_segment: [in] ordered preferences: DXG_SEGMENTPREFERENCE_...
 * @flags: [in] new property bits: DXG_UPDATEALLOC_...
 * @paging_fence_value: [out] change is in force when the paging fence reaches
 *	this; written only when STATUS_PENDING is returned
 * @property_mask_value: [in] DXG_UPDATEALLOC_...
 */
struct d3dddi_updateallocproperty {
	struct d3dkmthandle paging_queue;
	struct d3dkmthandle allocation;
	__u32 supported_segment_set;
	__u32 preferred_segment;
	__u32 flags;
	__u32 pad;
	__u64 paging_fence_value;
	__u32 property_mask_value;
	__u32 pad1;
};

#define DXG_UPDATEALLOC_SET_ACCESSED_PHYSICALLY		(1u << 0)
#define DXG_UPDATEALLOC_SET_SUPPORTED_SEGMENTSET	(1u << 1)
#define DXG_UPDATEALLOC_SET_PREFERRED_SEGMENT		(1u << 2)
#define DXG_UPDATEALLOC_SET_UNMOVEABLE			(1u << 3)

/**
 * struct d3dkmt_getallocationpriority - args of LX_DXGETALLOCATIONPRIORITY,
 *	D3DKMTGetAllocationPriority()
 * @device: [in] device
 * @resource: [in] resource, or 0
 * @allocation_list: [in] allocations when resource is 0
 * @allocation_count: [in] entries: 0 with resource, at least 1 without
 * @reserved: padding, send 0
 * @priorities: [out] one priority per allocation (one for a resource)
 */
struct d3dkmt_getallocationpriority {
	struct d3dkmthandle device;
	struct d3dkmthandle resource;
	__u64 allocation_list;
	__u32 allocation_count;
	__u32 reserved;
	__u64 priorities;
};

/* Standard allocations that the host makes; in no structure of this file. */
#define DXG_GDISURFACE_INVALID				0
#define DXG_GDISURFACE_TEXTURE				1
#define DXG_GDISURFACE_STAGING_CPUVISIBLE		2
#define DXG_GDISURFACE_STAGING				3
#define DXG_GDISURFACE_LOOKUPTABLE			4
#define DXG_GDISURFACE_EXISTINGSYSMEM			5
#define DXG_GDISURFACE_TEXTURE_CPUVISIBLE		6
#define DXG_GDISURFACE_TEXTURE_CROSSADAPTER		7
#define DXG_GDISURFACE_TEXTURE_CPUVISIBLE_CROSSADAPTER	8
#define DXG_STANDARDALLOCATION_SHAREDPRIMARYSURFACE	1
#define DXG_STANDARDALLOCATION_SHADOWSURFACE		2
#define DXG_STANDARDALLOCATION_STAGINGSURFACE		3
#define DXG_STANDARDALLOCATION_GDISURFACE		4

#endif /* DXG_UAPI_ALLOCATION_H */
