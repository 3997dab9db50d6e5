/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The ioctl interface of /dev/dxg: requests, argument structures, values.
 *
 * The driver and its callers share this very file. The layout is the same for
 * 64-bit and 32-bit callers: pointers travel as __u64, all padding is explicit
 * (send 0 in padding and reserved members), there are no enums and no
 * bit-fields. Flag words are __u32 (or __u64) with one macro a bit. Every name
 * of ours begins with DXG_, so this header goes together with the Windows-side
 * ones in the same folder.
 *
 * In the member comments, [in] is read by the driver, [out] written by it. For
 * a __u64 that stands for a pointer the direction is that of the memory pointed
 * to. Handles are opaque; 0 is no handle.
 *
 * Results: -1 and errno; 0; a positive NTSTATUS that informs (0x103 pending,
 * 0x102 time-out); a raw negative NTSTATUS from LX_DXCREATEALLOCATION alone.
 */
#ifndef DXG_UAPI_H
#define DXG_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Limits. */
#define DXG_CREATEALLOCATION_MAX		1024
#define DXG_MAKERESIDENT_ALLOC_MAX		10240
#define DXG_ADAPTERS_MAX			64
#define DXG_MAX_BROADCAST_CONTEXT		64
#define DXG_MAX_OBJECT_WAITED_ON		32
#define DXG_MAX_OBJECT_SIGNALED			32
#define DXG_MAX_WRITTEN_PRIMARIES		16
#define DXG_MAX_HISTORY_BUFFERS			1024
#define DXG_MAX_HOST_MESSAGE			131072	/* bytes; bounds all private data */
#define DXG_ENUMADAPTERS3_ENTRIES		65535
#define DXG_MAX_OBJECTS_PER_HANDLE		1	/* Windows allows 3 */
#define DXG_MAX_TEST_BUFFER_SIZE		4096	/* bytes */
#define DXG_MAX_TEST_BUFFER_PRIVATE_DATA_SIZE	1024	/* bytes */

/* Residency priorities. */
#define DXG_ALLOCATIONPRIORITY_MINIMUM		0x28000000u
#define DXG_ALLOCATIONPRIORITY_LOW		0x50000000u
#define DXG_ALLOCATIONPRIORITY_NORMAL		0x78000000u
#define DXG_ALLOCATIONPRIORITY_HIGH		0xa0000000u
#define DXG_ALLOCATIONPRIORITY_MAXIMUM		0xc8000000u

/* In a priority of LX_DXSETCONTEXTSCHEDULINGPRIORITY: not relative to others. */
#define DXG_CONTEXTSCHEDULINGPRIORITY_ABSOLUTE	0x40000000

/* In a driver_protection: do not merge the range with its neighbours. */
#define DXG_UNIQUE_DRIVER_PROTECTION		0x8000000000000000ull

/* desired_access of LX_DXSHAREOBJECTS. */
#define DXG_SHARED_ALLOCATION_WRITE		0x1u
#define DXG_SHARED_SYNC_OBJECT_WAIT		0x1u
#define DXG_SHARED_SYNC_OBJECT_SIGNAL		0x2u

/**
 * struct d3dkmthandle - handle of a driver object
 * @v: table slot, reuse counter and kind of owner; opaque to callers, 0 is none
 */
struct d3dkmthandle {
	__u32 v;
};

#define DXG_HANDLE_INSTANCE_SHIFT	0
#define DXG_HANDLE_INSTANCE_MASK	(0x3fu << 0)
#define DXG_HANDLE_INDEX_SHIFT		6
#define DXG_HANDLE_INDEX_MASK		(0xffffffu << 6)
#define DXG_HANDLE_UNIQUE_SHIFT		30
#define DXG_HANDLE_UNIQUE_MASK		(0x3u << 30)

/**
 * struct ntstatus - status as the host sends it
 * @v: code, facility, customer bit and severity (0 success ... 3 error)
 */
struct ntstatus {
	__u32 v;
};

#define DXG_NTSTATUS_CODE_SHIFT		0
#define DXG_NTSTATUS_CODE_MASK		(0xffffu << 0)
#define DXG_NTSTATUS_FACILITY_SHIFT	16
#define DXG_NTSTATUS_FACILITY_MASK	(0x1fffu << 16)
#define DXG_NTSTATUS_CUSTOMER		(1u << 29)
#define DXG_NTSTATUS_SEVERITY_SHIFT	30
#define DXG_NTSTATUS_SEVERITY_MASK	(0x3u << 30)

/**
 * struct winluid - locally unique id of an adapter
 * @a: low half of the locally unique id (host value; opaque to the client)
 * @b: high half, signed
 */
struct winluid {
	__u32 a;
	__u32 b;
};

/**
 * struct d3dkmt_openadapterfromluid - args of LX_DXOPENADAPTERFROMLUID,
 *	D3DKMTOpenAdapterFromLuid()
 * @adapter_luid: [in] id of the adapter as returned by an enumeration
 * @adapter_handle: [out] new adapter handle of the calling process
 */
struct d3dkmt_openadapterfromluid {
	struct winluid adapter_luid;
	struct d3dkmthandle adapter_handle;
};

/* Flag word: d3dkmt_createdeviceflags */
#define DXG_CREATEDEVICE_LEGACY_MODE		(1u << 0)
#define DXG_CREATEDEVICE_REQUEST_VSYNC		(1u << 1)
#define DXG_CREATEDEVICE_DISABLE_GPU_TIMEOUT	(1u << 2)
#define DXG_CREATEDEVICE_GDI_DEVICE		(1u << 3)

/**
 * struct d3dddi_allocationlist - entry of the legacy allocation list
 * @allocation: [in] allocation referenced by the command buffer
 * @value: [in] DXG_ALLOCATIONLIST_...
 */
struct d3dddi_allocationlist {
	struct d3dkmthandle allocation;
	__u32 value;
};

#define DXG_ALLOCATIONLIST_WRITE_OPERATION		(1u << 0)
#define DXG_ALLOCATIONLIST_DO_NOT_RETIRE_INSTANCE	(1u << 1)
#define DXG_ALLOCATIONLIST_OFFER_PRIORITY_SHIFT		2
#define DXG_ALLOCATIONLIST_OFFER_PRIORITY_MASK		(0x7u << 2)

/**
 * struct d3dddi_patchlocationlist - entry of the legacy patch location list
 * @allocation_index: [in] index into the allocation list
 * @value: [in] DXG_PATCHLOCATIONLIST_...
 * @driver_id: [in] driver's own id for the location
 * @allocation_offset: [in] byte offset inside the allocation
 * @patch_offset: [in] byte offset inside the command buffer to patch
 * @split_offset: [in] byte offset where the buffer may be split
 */
struct d3dddi_patchlocationlist {
	__u32 allocation_index;
	__u32 value;
	__u32 driver_id;
	__u32 allocation_offset;
	__u32 patch_offset;
	__u32 split_offset;
};

#define DXG_PATCHLOCATIONLIST_SLOT_ID_SHIFT	0
#define DXG_PATCHLOCATIONLIST_SLOT_ID_MASK	(0xffffffu << 0)

/**
 * struct d3dkmt_createdevice - args of LX_DXCREATEDEVICE, D3DKMTCreateDevice()
 * @adapter: [in] adapter handle on which the device is made
 * @reserved3: padding, send 0
 * @flags: [in] DXG_CREATEDEVICE_...
 * @device: [out] new device handle
 * @command_buffer: [unused] legacy (packet-based submission) buffer; never
 *	written by the driver
 * @command_buffer_size: [unused] legacy
 * @reserved: padding, send 0
 * @allocation_list: [unused] legacy
 * @allocation_list_size: [unused] legacy
 * @reserved1: padding, send 0
 * @patch_location_list: [unused] legacy
 * @patch_location_list_size: [unused] legacy
 * @reserved2: padding, send 0
 */
struct d3dkmt_createdevice {
	struct d3dkmthandle adapter;
	__u32 reserved3;
	__u32 flags;
	struct d3dkmthandle device;
	__u64 command_buffer;
	__u32 command_buffer_size;
	__u32 reserved;
	__u64 allocation_list;
	__u32 allocation_list_size;
	__u32 reserved1;
	__u64 patch_location_list;
	__u32 patch_location_list_size;
	__u32 reserved2;
};

/* Flag word: d3dddi_createcontextflags */
#define DXG_CREATECONTEXT_NULL_RENDERING	(1u << 0)
#define DXG_CREATECONTEXT_INITIAL_DATA		(1u << 1)
#define DXG_CREATECONTEXT_DISABLE_GPU_TIMEOUT	(1u << 2)
#define DXG_CREATECONTEXT_SYNCHRONIZATION_ONLY	(1u << 3)
#define DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED	(1u << 4)
#define DXG_CREATECONTEXT_NO_KMD_ACCESS		(1u << 5)

/* enum d3dkmt_clienthint */
#define DXG_CLIENTHINT_UNKNOWN		0
#define DXG_CLIENTHINT_OPENGL		1
#define DXG_CLIENTHINT_CDD		2
#define DXG_CLIENTHINT_OPENCL		3
#define DXG_CLIENTHINT_VULKAN		4
#define DXG_CLIENTHINT_CUDA		5
#define DXG_CLIENTHINT_RESERVED		6
#define DXG_CLIENTHINT_DX7		7
#define DXG_CLIENTHINT_DX8		8
#define DXG_CLIENTHINT_DX9		9
#define DXG_CLIENTHINT_DX10		10
#define DXG_CLIENTHINT_DX11		11
#define DXG_CLIENTHINT_DX12		12
#define DXG_CLIENTHINT_9ON12		13
#define DXG_CLIENTHINT_11ON12		14
#define DXG_CLIENTHINT_MFT_ENCODE	15
#define DXG_CLIENTHINT_GLON12		16
#define DXG_CLIENTHINT_CLON12		17
#define DXG_CLIENTHINT_DML_TENSORFLOW	18
#define DXG_CLIENTHINT_ONEAPI_LEVEL0	19
#define DXG_CLIENTHINT_MAX		20

/**
 * struct d3dkmt_createcontext - args of LX_DXCREATECONTEXT,
 *	D3DKMTCreateContext()
 * @device: [in] device
 * @node_ordinal: [in] engine node index
 * @engine_affinity: [in] bit mask of engines inside the node (one bit per
 *	linked adapter)
 * @flags: [in] DXG_CREATECONTEXT_...
 * @priv_drv_data: [in, out] vendor blob exchanged with the kernel-mode driver
 * @priv_drv_data_size: [in] bytes in that blob
 * @client_hint: [in] which API made the context
 * @context: [out] context handle
 * @command_buffer: [out] legacy command buffer address
 * @command_buffer_size: [out] legacy
 * @allocation_list: [out] legacy
 * @allocation_list_size: [out] legacy
 * @patch_location_list: [out] legacy
 * @patch_location_list_size: [out] legacy
 * @obsolete: [out] GPU address of the legacy buffer
 */
struct d3dkmt_createcontext {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 client_hint;
	struct d3dkmthandle context;
	__u32 pad;
	__u64 command_buffer;
	__u32 command_buffer_size;
	__u32 pad1;
	__u64 allocation_list;
	__u32 allocation_list_size;
	__u32 pad2;
	__u64 patch_location_list;
	__u32 patch_location_list_size;
	__u32 pad3;
	__u64 obsolete;
};

/**
 * struct d3dkmt_createcontextvirtual - args of LX_DXCREATECONTEXTVIRTUAL,
 *	D3DKMTCreateContextVirtual()
 * @device: [in] device
 * @node_ordinal: [in] engine node index
 * @engine_affinity: [in] bit mask of engines inside the node
 * @flags: [in] DXG_CREATECONTEXT_...
 * @priv_drv_data: [in, out] vendor blob; sent to the host and overwritten with
 *	the host's answer (same length)
 * @priv_drv_data_size: [in] bytes; must stay below 128 KiB
 * @client_hint: [in] which API made the context
 * @context: [out] new context handle
 */
struct d3dkmt_createcontextvirtual {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 client_hint;
	struct d3dkmthandle context;
	__u32 pad;
};

/**
 * struct d3dkmt_destroycontext - args of LX_DXDESTROYCONTEXT,
 *	D3DKMTDestroyContext()
 * @context: [in] context to destroy
 */
struct d3dkmt_destroycontext {
	struct d3dkmthandle context;
};

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

/**
 * struct d3dkmt_queryadapterinfo - args of LX_DXQUERYADAPTERINFO,
 *	D3DKMTQueryAdapterInfo()
 * @adapter: [in] adapter
 * @type: [in] DXG_QAI_...; selects the payload struct
 * @private_data: [in, out] payload buffer: sent whole to the host, overwritten
 *	whole by the answer
 * @private_data_size: [in] 1 .. 131072 bytes, otherwise EINVAL
 */
struct d3dkmt_queryadapterinfo {
	struct d3dkmthandle adapter;
	__u32 type;
	__u64 private_data;
	__u32 private_data_size;
	__u32 pad;
};

/* enum d3dkmt_memory_segment_group */
#define DXG_MEMORY_SEGMENT_GROUP_LOCAL		0
#define DXG_MEMORY_SEGMENT_GROUP_NON_LOCAL	1

/**
 * struct d3dkmt_queryvideomemoryinfo - args of LX_DXQUERYVIDEOMEMORYINFO,
 *	D3DKMTQueryVideoMemoryInfo()
 * @process: [in] must be 0 (own process); another value: EINVAL
 * @adapter: [in] adapter
 * @memory_segment_group: [in] local or non-local memory
 * @budget: [out] bytes the process should stay under
 * @current_usage: [out] bytes in use
 * @current_reservation: [out] bytes reserved
 * @available_for_reservation: [out] bytes that could be reserved
 * @physical_adapter_index: [in] which adapter of a linked group
 */
struct d3dkmt_queryvideomemoryinfo {
	__u64 process;
	struct d3dkmthandle adapter;
	__u32 memory_segment_group;
	__u64 budget;
	__u64 current_usage;
	__u64 current_reservation;
	__u64 available_for_reservation;
	__u32 physical_adapter_index;
	__u32 pad;
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

/* enum d3dkmt_escapetype */
#define DXG_ESCAPETYPE_DRIVERPRIVATE				0
#define DXG_ESCAPETYPE_VIDMM					1
#define DXG_ESCAPETYPE_TDRDBGCTRL				2
#define DXG_ESCAPETYPE_VIDSCH					3
#define DXG_ESCAPETYPE_DEVICE					4
#define DXG_ESCAPETYPE_DMM					5
#define DXG_ESCAPETYPE_DEBUG_SNAPSHOT				6
#define DXG_ESCAPETYPE_DRT_TEST					8
#define DXG_ESCAPETYPE_DIAGNOSTICS				9
#define DXG_ESCAPETYPE_OUTPUTDUPL_SNAPSHOT			10
#define DXG_ESCAPETYPE_OUTPUTDUPL_DIAGNOSTICS			11
#define DXG_ESCAPETYPE_BDD_PNP					12
#define DXG_ESCAPETYPE_BDD_FALLBACK				13
#define DXG_ESCAPETYPE_ACTIVATE_SPECIFIC_DIAG			14
#define DXG_ESCAPETYPE_MODES_PRUNED_OUT				15
#define DXG_ESCAPETYPE_WHQL_INFO				16
#define DXG_ESCAPETYPE_BRIGHTNESS				17
#define DXG_ESCAPETYPE_EDID_CACHE				18
#define DXG_ESCAPETYPE_MIRACAST_DISPLAY_REQUEST			20
#define DXG_ESCAPETYPE_HISTORY_BUFFER_STATUS			21
#define DXG_ESCAPETYPE_MIRACAST_ADAPTER_DIAG_INFO		23
#define DXG_ESCAPETYPE_FORCE_BDDFALLBACK_HEADLESS		24
#define DXG_ESCAPETYPE_REQUEST_MACHINE_CRASH			25
#define DXG_ESCAPETYPE_SOFTGPU_ENABLE_DISABLE_HMD		27
#define DXG_ESCAPETYPE_PROCESS_VERIFIER_OPTION			28
#define DXG_ESCAPETYPE_ADAPTER_VERIFIER_OPTION			29
#define DXG_ESCAPETYPE_IDD_REQUEST				30
#define DXG_ESCAPETYPE_DOD_SET_DIRTYRECT_MODE			31
#define DXG_ESCAPETYPE_LOG_CODEPOINT_PACKET			32
#define DXG_ESCAPETYPE_LOG_USERMODE_DAIG_PACKET			33
#define DXG_ESCAPETYPE_GET_EXTERNAL_DIAGNOSTICS			34
#define DXG_ESCAPETYPE_GET_DISPLAY_CONFIGURATIONS		36
#define DXG_ESCAPETYPE_QUERY_IOMMU_STATUS			37
#define DXG_ESCAPETYPE_CCD_DATABASE				38
#define DXG_ESCAPETYPE_QUERY_DMA_REMAPPING_STATUS		39
#define DXG_ESCAPETYPE_WIN32K_START				1024
#define DXG_ESCAPETYPE_WIN32K_HIP_DEVICE_INFO			1024
#define DXG_ESCAPETYPE_WIN32K_QUERY_CD_ROTATION_BLOCK		1025
#define DXG_ESCAPETYPE_WIN32K_DPI_INFO				1026
#define DXG_ESCAPETYPE_WIN32K_PRESENTER_VIEW_INFO		1027
#define DXG_ESCAPETYPE_WIN32K_SYSTEM_DPI			1028
#define DXG_ESCAPETYPE_WIN32K_BDD_FALLBACK			1029
#define DXG_ESCAPETYPE_WIN32K_DDA_TEST_CTL			1030
#define DXG_ESCAPETYPE_WIN32K_USER_DETECTED_BLACK_SCREEN	1031
#define DXG_ESCAPETYPE_WIN32K_DISPBROKER_TEST			1035
#define DXG_ESCAPETYPE_WIN32K_COLOR_PROFILE_INFO		1036
#define DXG_ESCAPETYPE_WIN32K_SET_DIMMED_STATE			1037
#define DXG_ESCAPETYPE_WIN32K_SPECIALIZED_DISPLAY_TEST		1038

/* Flag word: d3dddi_escapeflags */
#define DXG_ESCAPE_HARDWARE_ACCESS		(1u << 0)
#define DXG_ESCAPE_DEVICE_STATUS_QUERY		(1u << 1)
#define DXG_ESCAPE_CHANGE_FRAME_LATENCY		(1u << 2)
#define DXG_ESCAPE_NO_ADAPTER_SYNCHRONIZATION	(1u << 3)
#define DXG_ESCAPE_VIRTUAL_MACHINE_DATA		(1u << 5)
#define DXG_ESCAPE_DRIVER_KNOWN_ESCAPE		(1u << 6)
#define DXG_ESCAPE_DRIVER_COMMON_ESCAPE		(1u << 7)

/**
 * struct d3dkmt_escape - args of LX_DXESCAPE, D3DKMTEscape()
 * @adapter: [in] adapter
 * @device: [in] device, or 0
 * @type: [in] DXG_ESCAPETYPE_...; DRIVERPRIVATE (0) for vendor escapes
 * @flags: [in] DXG_ESCAPE_...
 * @priv_drv_data: [in, out] buffer sent to the host and overwritten with its
 *	answer
 * @priv_drv_data_size: [in] its bytes; up to the 128-KiB packet limit minus
 *	header
 * @context: [in] context, or 0
 */
struct d3dkmt_escape {
	struct d3dkmthandle adapter;
	struct d3dkmthandle device;
	__u32 type;
	__u32 flags;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	struct d3dkmthandle context;
};

/* enum d3dkmt_devicestate_type */
#define DXG_DEVICESTATE_EXECUTION	1
#define DXG_DEVICESTATE_PRESENT		2
#define DXG_DEVICESTATE_RESET		3
#define DXG_DEVICESTATE_PRESENT_DWM	4
#define DXG_DEVICESTATE_PAGE_FAULT	5
#define DXG_DEVICESTATE_PRESENT_QUEUE	6

/* enum d3dkmt_deviceexecution_state */
#define DXG_DEVICEEXECUTION_ACTIVE		1
#define DXG_DEVICEEXECUTION_RESET		2
#define DXG_DEVICEEXECUTION_HUNG		3
#define DXG_DEVICEEXECUTION_STOPPED		4
#define DXG_DEVICEEXECUTION_ERROR_OUTOFMEMORY	5
#define DXG_DEVICEEXECUTION_ERROR_DMAFAULT	6
#define DXG_DEVICEEXECUTION_ERROR_DMAPAGEFAULT	7

/* Flag word: d3dkmt_devicereset_state */
#define DXG_DEVICERESET_DESKTOP_SWITCHED	(1u << 0)

/* enum dxgk_render_pipeline_stage */
#define DXG_RENDER_PIPELINE_STAGE_UNKNOWN		0
#define DXG_RENDER_PIPELINE_STAGE_INPUT_ASSEMBLER	1
#define DXG_RENDER_PIPELINE_STAGE_VERTEX_SHADER		2
#define DXG_RENDER_PIPELINE_STAGE_GEOMETRY_SHADER	3
#define DXG_RENDER_PIPELINE_STAGE_STREAM_OUTPUT		4
#define DXG_RENDER_PIPELINE_STAGE_RASTERIZER		5
#define DXG_RENDER_PIPELINE_STAGE_PIXEL_SHADER		6
#define DXG_RENDER_PIPELINE_STAGE_OUTPUT_MERGER		7

/* enum dxgk_page_fault_flags */
#define DXG_PAGE_FAULT_WRITE			1
#define DXG_PAGE_FAULT_FENCE_INVALID		2
#define DXG_PAGE_FAULT_ADAPTER_RESET_REQUIRED	4
#define DXG_PAGE_FAULT_ENGINE_RESET_REQUIRED	8
#define DXG_PAGE_FAULT_FATAL_HARDWARE_ERROR	16
#define DXG_PAGE_FAULT_IOMMU			32
#define DXG_PAGE_FAULT_HW_CONTEXT_VALID		64
#define DXG_PAGE_FAULT_PROCESS_HANDLE_VALID	128

/* enum dxgk_general_error_code */
#define DXG_GENERAL_ERROR_PAGE_FAULT		0
#define DXG_GENERAL_ERROR_INVALID_INSTRUCTION	1

/* Flag word: dxgk_fault_error_code */
#define DXG_FAULT_ERROR_IS_DEVICE_SPECIFIC_CODE		(1u << 0)
#define DXG_FAULT_ERROR_DEVICE_SPECIFIC_CODE_SHIFT	1
#define DXG_FAULT_ERROR_DEVICE_SPECIFIC_CODE_MASK	(0x7fffffffu << 1)
#define DXG_FAULT_ERROR_GENERAL_ERROR_CODE_SHIFT	1
#define DXG_FAULT_ERROR_GENERAL_ERROR_CODE_MASK		(0x7fffffffu << 1)

/**
 * struct d3dkmt_devicepagefault_state - the page fault that stopped a device
 * @faulted_primitive_api_sequence_number: [out] draw or dispatch that faulted,
 *	or -1 if unknown
 * @faulted_pipeline_stage: [out] DXGK_RENDER_PIPELINE_STAGE
 * @faulted_bind_table_entry: [out] index in the bind table
 * @page_fault_flags: [out] DXGK_PAGE_FAULT_FLAGS
 * @fault_error_code: [out] DXG_FAULT_ERROR_...
 * @faulted_virtual_address: [out] GPU address that faulted
 */
struct d3dkmt_devicepagefault_state {
	__u64 faulted_primitive_api_sequence_number;
	__u32 faulted_pipeline_stage;
	__u32 faulted_bind_table_entry;
	__u32 page_fault_flags;
	__u32 fault_error_code;
	__u64 faulted_virtual_address;
};

/**
 * struct d3dkmt_getdevicestate - args of LX_DXGETDEVICESTATE,
 *	D3DKMTGetDeviceState()
 * @device: [in] device
 * @state_type: [in] enum d3dkmt_devicestate_type: selects the union member
 * @execution_state: [out] type EXECUTION (1)
 * @reset_state: [out] type RESET (3): DXG_DEVICERESET_...
 * @page_fault_state: [out] type PAGE_FAULT (5)
 * @alignment: kernel-side view only
 */
struct d3dkmt_getdevicestate {
	struct d3dkmthandle device;
	__u32 state_type;
	__extension__ union {
		__u32 execution_state;
		__u32 reset_state;
		struct d3dkmt_devicepagefault_state page_fault_state;
		__u8 alignment[48];
	};
};

/**
 * struct d3dkmt_present_stats - present counters
 * @present_count: [out] presents so far
 * @present_refresh_count: [out] refresh at which the last present was shown
 * @sync_refresh_count: [out] refresh of the time stamps
 * @reserved: padding, send 0
 * @sync_qpc_time: [out] CPU counter at that refresh
 * @sync_gpu_time: [out] GPU counter at that refresh
 */
struct d3dkmt_present_stats {
	__u32 present_count;
	__u32 present_refresh_count;
	__u32 sync_refresh_count;
	__u32 reserved;
	__u64 sync_qpc_time;
	__u64 sync_gpu_time;
};

/**
 * struct d3dkmt_devicepresent_state - present state of a device
 * @vidpn_source_id: [in] display source
 * @reserved: padding, send 0
 * @present_stats: [out] counters
 */
struct d3dkmt_devicepresent_state {
	__u32 vidpn_source_id;
	__u32 reserved;
	struct d3dkmt_present_stats present_stats;
};

/**
 * struct d3dkmt_present_stats_dwm - present counters, compositor view
 * @present_count: [out] presents so far
 * @present_refresh_count: [out] refresh of the last present
 * @present_qpc_time: [out] CPU counter of the last present
 * @sync_refresh_count: [out] refresh of the time stamp
 * @reserved: padding, send 0
 * @sync_qpc_time: [out] CPU counter at that refresh
 * @custom_present_duration: [out] refresh duration in use
 * @reserved1: padding, send 0
 */
struct d3dkmt_present_stats_dwm {
	__u32 present_count;
	__u32 present_refresh_count;
	__u64 present_qpc_time;
	__u32 sync_refresh_count;
	__u32 reserved;
	__u64 sync_qpc_time;
	__u32 custom_present_duration;
	__u32 reserved1;
};

/**
 * struct d3dkmt_devicepresent_state_dwm - present state of a device,
 *	compositor view
 * @vidpn_source_id: [in] display source
 * @reserved: padding, send 0
 * @present_stats: [out] counters
 */
struct d3dkmt_devicepresent_state_dwm {
	__u32 vidpn_source_id;
	__u32 reserved;
	struct d3dkmt_present_stats_dwm present_stats;
};

/**
 * struct d3dkmt_devicepresent_queue_state - state of the present queue
 * @vidpn_source_id: [in] display source
 * @bQueuedPresentLimitReached: [out] queue is full
 */
struct d3dkmt_devicepresent_queue_state {
	__u32 vidpn_source_id;
	__u8 bQueuedPresentLimitReached;
	__u8 pad[3];
};

/* Flag word: d3dkmt_submitcommandflags */
#define DXG_SUBMITCOMMAND_NULL_RENDERING	(1u << 0)
#define DXG_SUBMITCOMMAND_PRESENT_REDIRECTED	(1u << 1)
#define DXG_SUBMITCOMMAND_NO_KMD_ACCESS		(1u << 2)

/**
 * struct d3dkmt_submitcommand - args of LX_DXSUBMITCOMMAND,
 *	D3DKMTSubmitCommand()
 * @command_buffer: [in] GPU address of the command buffer
 * @command_length: [in] its bytes
 * @flags: [in] DXG_SUBMITCOMMAND_...
 * @present_history_token: [in] token of a redirected present, otherwise 0
 * @broadcast_context_count: [in] 1 .. 64 (DXG_MAX_BROADCAST_CONTEXT)
 * @broadcast_context: [in] contexts; entry 0 owns the submission
 * @reserved: padding, send 0
 * @priv_drv_data: [in] vendor blob for the submission
 * @priv_drv_data_size: [in] its bytes
 * @num_primaries: [in] 0 .. 16 (DXG_MAX_WRITTEN_PRIMARIES); the driver checks
 *	only against 131072
 * @written_primaries: [in] display primaries the work writes
 * @num_history_buffers: [in] 0 .. 1024
 * @reserved1: padding, send 0
 * @history_buffer_array: [in] allocation handles of history buffers
 */
struct d3dkmt_submitcommand {
	__u64 command_buffer;
	__u32 command_length;
	__u32 flags;
	__u64 present_history_token;
	__u32 broadcast_context_count;
	struct d3dkmthandle broadcast_context[DXG_MAX_BROADCAST_CONTEXT];
	__u32 reserved;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 num_primaries;
	struct d3dkmthandle written_primaries[DXG_MAX_WRITTEN_PRIMARIES];
	__u32 num_history_buffers;
	__u32 reserved1;
	__u64 history_buffer_array;
};

/* enum d3dddi_synchronizationobject_type */
#define DXG_SYNC_TYPE_MUTEX			1
#define DXG_SYNC_TYPE_SEMAPHORE			2
#define DXG_SYNC_TYPE_FENCE			3
#define DXG_SYNC_TYPE_CPU_NOTIFICATION		4
#define DXG_SYNC_TYPE_MONITORED_FENCE		5
#define DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE	6
#define DXG_SYNC_TYPE_LIMIT			7

/* Flag word: d3dddi_synchronizationobject_flags */
#define DXG_SYNC_OBJECT_SHARED				(1u << 0)
#define DXG_SYNC_OBJECT_NT_SECURITY_SHARING		(1u << 1)
#define DXG_SYNC_OBJECT_CROSS_ADAPTER			(1u << 2)
#define DXG_SYNC_OBJECT_TOP_OF_PIPELINE			(1u << 3)
#define DXG_SYNC_OBJECT_NO_SIGNAL			(1u << 4)
#define DXG_SYNC_OBJECT_NO_WAIT				(1u << 5)
#define DXG_SYNC_OBJECT_NO_SIGNAL_MAX_VALUE_ON_TDR	(1u << 6)
#define DXG_SYNC_OBJECT_NO_GPU_ACCESS			(1u << 7)
#define DXG_SYNC_OBJECT_SIGNAL_BY_KMD			(1u << 8)

/**
 * struct d3dddi_synchronizationobjectinfo2 - kind and first state of a sync
 *	object
 * @type: [in] enum d3dddi_synchronizationobject_type; selects the union member
 * @flags: [in] DXG_SYNC_OBJECT_...
 * @synchronization_mutex: [in] type 1
 * @synchronization_mutex.initial_state: [in] non-zero: starts owned
 * @semaphore: [in] type 2
 * @semaphore.max_count: [in] upper limit
 * @semaphore.initial_count: [in] start count
 * @fence: [in] type 3
 * @fence.fence_value: [in] start value
 * @cpu_notification: [in] type 4
 * @cpu_notification.event: [in] event; eventfd descriptor on Linux
 * @monitored_fence: [in, out] type 5
 * @monitored_fence.initial_fence_value: [in] start value
 * @monitored_fence.fence_cpu_virtual_address: [out] address of the 64-bit
 *	value in the caller's address space
 * @monitored_fence.fence_gpu_virtual_address: [out] address of the value for
 *	the GPU
 * @monitored_fence.engine_affinity: [in] linked adapters the fence is mapped
 *	for
 * @periodic_monitored_fence: [in, out] type 6
 * @periodic_monitored_fence.adapter: [in] adapter of the display target
 * @periodic_monitored_fence.vidpn_target_id: [in] display target
 * @periodic_monitored_fence.time: [in] offset from vertical blank, 100-ns
 *	units
 * @periodic_monitored_fence.fence_cpu_virtual_address: [out] as above
 * @periodic_monitored_fence.fence_gpu_virtual_address: [out] as above
 * @periodic_monitored_fence.engine_affinity: [in] as above
 * @reserved: reserved, send 0
 * @reserved.reserved: reserved, send 0
 * @shared_handle: [out] old-style global handle; also written for shared
 *	objects, otherwise 0
 */
struct d3dddi_synchronizationobjectinfo2 {
	__u32 type;
	__u32 flags;
	__extension__ union {
		__extension__ struct {
			__u32 initial_state;
		} synchronization_mutex;
		__extension__ struct {
			__u32 max_count;
			__u32 initial_count;
		} semaphore;
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__extension__ struct {
			__u64 event;
		} cpu_notification;
		__extension__ struct {
			__u64 initial_fence_value;
			__u64 fence_cpu_virtual_address;
			__u64 fence_gpu_virtual_address;
			__u32 engine_affinity;
			__u32 pad;
		} monitored_fence;
		__extension__ struct {
			struct d3dkmthandle adapter;
			__u32 vidpn_target_id;
			__u64 time;
			__u64 fence_cpu_virtual_address;
			__u64 fence_gpu_virtual_address;
			__u32 engine_affinity;
			__u32 pad1;
		} periodic_monitored_fence;
		__extension__ struct {
			__u64 reserved[8];
		} reserved;
	};
	struct d3dkmthandle shared_handle;
	__u32 pad2;
};

/**
 * struct d3dkmt_createsynchronizationobject2 - args of
 *	LX_DXCREATESYNCHRONIZATIONOBJECT, D3DKMTCreateSynchronizationObject2()
 * @device: [in] device
 * @reserved: padding, send 0
 * @info: [in, out] type, flags and per-type data
 * @sync_object: [out] handle
 * @reserved1: padding, send 0
 */
struct d3dkmt_createsynchronizationobject2 {
	struct d3dkmthandle device;
	__u32 reserved;
	struct d3dddi_synchronizationobjectinfo2 info;
	struct d3dkmthandle sync_object;
	__u32 reserved1;
};

/* Flag word: d3dddicb_signalflags */
#define DXG_SIGNAL_SIGNAL_AT_SUBMISSION	(1u << 0)
#define DXG_SIGNAL_ENQUEUE_CPU_EVENT	(1u << 1)
#define DXG_SIGNAL_ALLOW_FENCE_REWIND	(1u << 2)
#define DXG_SIGNAL_INTERNAL0		(1u << 31)

/**
 * struct d3dkmt_signalsynchronizationobject2 - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECT, D3DKMTSignalSynchronizationObject2()
 * @context: [in] context that signals
 * @object_count: [in] 0 .. 32 objects (DXG_MAX_OBJECT_SIGNALED)
 * @object_array: [in] objects
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @context_count: [in] further contexts, 0 .. 63 (64 is refused: context is
 *	added in front)
 * @contexts: [in] their handles
 * @fence: [in] union view for fences
 * @fence.fence_value: [in] value to signal
 * @cpu_event_handle: [in] event for ENQUEUE_CPU_EVENT (eventfd on Linux); zero
 *	the upper half on 32-bit callers
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobject2 {
	struct d3dkmthandle context;
	__u32 object_count;
	struct d3dkmthandle object_array[DXG_MAX_OBJECT_SIGNALED];
	__u32 flags;
	__u32 context_count;
	struct d3dkmthandle contexts[DXG_MAX_BROADCAST_CONTEXT];
	__extension__ union {
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__u64 cpu_event_handle;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_waitforsynchronizationobject2 - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECT,
 *	D3DKMTWaitForSynchronizationObject2()
 * @context: [in] context that waits
 * @object_count: [in] 1 .. 32 (DXG_MAX_OBJECT_WAITED_ON)
 * @object_array: [in] objects
 * @fence: [in] union view for fences
 * @fence.fence_value: [in] value waited for
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitforsynchronizationobject2 {
	struct d3dkmthandle context;
	__u32 object_count;
	struct d3dkmthandle object_array[DXG_MAX_OBJECT_WAITED_ON];
	__extension__ union {
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__u64 reserved[8];
	};
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
 * struct d3dkmt_adapterinfo - one enumerated adapter
 * @adapter_handle: [out] opened handle
 * @adapter_luid: [out] id
 * @num_sources: [out] display sources; always 0 on Linux
 * @present_move_regions_preferred: [out] always 0
 */
struct d3dkmt_adapterinfo {
	struct d3dkmthandle adapter_handle;
	struct winluid adapter_luid;
	__u32 num_sources;
	__u32 present_move_regions_preferred;
};

/**
 * struct d3dkmt_enumadapters2 - args of LX_DXENUMADAPTERS2,
 *	D3DKMTEnumAdapters2()
 * @num_adapters: [in, out] in: entries available; out: entries written (or
 *	needed when adapters is NULL)
 * @reserved: padding, send 0
 * @adapters: [out] array of struct d3dkmt_adapterinfo
 */
struct d3dkmt_enumadapters2 {
	__u32 num_adapters;
	__u32 reserved;
	__u64 adapters;
};

/**
 * struct d3dkmt_closeadapter - args of LX_DXCLOSEADAPTER, D3DKMTCloseAdapter()
 * @adapter_handle: [in] handle to close
 */
struct d3dkmt_closeadapter {
	struct d3dkmthandle adapter_handle;
};

/**
 * struct d3dkmt_changevideomemoryreservation - args of
 *	LX_DXCHANGEVIDEOMEMORYRESERVATION,
 *	D3DKMTChangeVideoMemoryReservation()
 * @process: [in] must be 0
 * @adapter: [in] adapter
 * @memory_segment_group: [in] local or non-local
 * @reservation: [in] bytes wanted
 * @physical_adapter_index: [in] which adapter of a linked group
 */
struct d3dkmt_changevideomemoryreservation {
	__u64 process;
	struct d3dkmthandle adapter;
	__u32 memory_segment_group;
	__u64 reservation;
	__u32 physical_adapter_index;
	__u32 pad;
};

/**
 * struct d3dkmt_createhwcontext - args of LX_DXCREATEHWCONTEXT,
 *	D3DKMTCreateHwContext()
 * @device: [in] device
 * @node_ordinal: [in] engine node
 * @engine_affinity: [in] engine mask
 * @flags: [in] reserved, send 0
 * @priv_drv_data_size: [in] bytes of the blob
 * @priv_drv_data: [in, out] vendor blob
 * @context: [out] handle
 */
struct d3dkmt_createhwcontext {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 pad;
	__u64 priv_drv_data;
	struct d3dkmthandle context;
	__u32 pad1;
};

/* Flag word: d3dddi_createhwqueueflags */
#define DXG_CREATEHWQUEUE_DISABLE_GPU_TIMEOUT	(1u << 0)
#define DXG_CREATEHWQUEUE_NO_BROADCAST_SIGNAL	(1u << 1)
#define DXG_CREATEHWQUEUE_NO_BROADCAST_WAIT	(1u << 2)
#define DXG_CREATEHWQUEUE_NO_KMD_ACCESS		(1u << 3)

/**
 * struct d3dkmt_createhwqueue - args of LX_DXCREATEHWQUEUE,
 *	D3DKMTCreateHwQueue()
 * @context: [in] context made with DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED
 * @flags: [in] DXG_CREATEHWQUEUE_...
 * @priv_drv_data_size: [in] bytes of the blob
 * @reserved: padding, send 0
 * @priv_drv_data: [in, out] vendor blob, written back
 * @queue: [out] queue handle
 * @queue_progress_fence: [out] monitored fence that counts finished
 *	submissions
 * @queue_progress_fence_cpu_va: [out] its CPU address in the caller
 * @queue_progress_fence_gpu_va: [out] its GPU address
 */
struct d3dkmt_createhwqueue {
	struct d3dkmthandle context;
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 reserved;
	__u64 priv_drv_data;
	struct d3dkmthandle queue;
	struct d3dkmthandle queue_progress_fence;
	__u64 queue_progress_fence_cpu_va;
	__u64 queue_progress_fence_gpu_va;
};

/**
 * struct d3dkmt_destroydevice - args of LX_DXDESTROYDEVICE,
 *	D3DKMTDestroyDevice()
 * @device: [in] device to destroy
 */
struct d3dkmt_destroydevice {
	struct d3dkmthandle device;
};

/**
 * struct d3dkmt_destroyhwcontext - args of LX_DXDESTROYHWCONTEXT,
 *	D3DKMTDestroyHwContext()
 * @context: [in] hardware context to destroy
 */
struct d3dkmt_destroyhwcontext {
	struct d3dkmthandle context;
};

/**
 * struct d3dkmt_destroyhwqueue - args of LX_DXDESTROYHWQUEUE,
 *	D3DKMTDestroyHwQueue()
 * @queue: [in] queue to destroy
 */
struct d3dkmt_destroyhwqueue {
	struct d3dkmthandle queue;
};

/**
 * struct d3dddi_destroypagingqueue - args of LX_DXDESTROYPAGINGQUEUE,
 *	D3DKMTDestroyPagingQueue()
 * @paging_queue: [in, out] queue to destroy
 */
struct d3dddi_destroypagingqueue {
	struct d3dkmthandle paging_queue;
};

/**
 * struct d3dkmt_destroysynchronizationobject - args of
 *	LX_DXDESTROYSYNCHRONIZATIONOBJECT,
 *	D3DKMTDestroySynchronizationObject()
 * @sync_object: [in] object to destroy
 */
struct d3dkmt_destroysynchronizationobject {
	struct d3dkmthandle sync_object;
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
 * struct d3dkmt_flushheaptransitions - args of LX_DXFLUSHHEAPTRANSITIONS,
 *	D3DKMTFlushHeapTransitions()
 * @adapter: [in] adapter
 */
struct d3dkmt_flushheaptransitions {
	struct d3dkmthandle adapter;
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

/**
 * struct d3dkmt_getcontextinprocessschedulingpriority - args of
 *	LX_DXGETCONTEXTINPROCESSSCHEDULINGPRIORITY,
 *	D3DKMTGetContextInProcessSchedulingPriority()
 * @context: [in] context
 * @priority: [out] priority relative to the process' other contexts
 */
struct d3dkmt_getcontextinprocessschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_getcontextschedulingpriority - args of
 *	LX_DXGETCONTEXTSCHEDULINGPRIORITY,
 *	D3DKMTGetContextSchedulingPriority()
 * @context: [in] context
 * @priority: [out] -7 .. 7, or absolute
 */
struct d3dkmt_getcontextschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_getsharedresourceadapterluid - args of
 *	LX_DXGETSHAREDRESOURCEADAPTERLUID,
 *	D3DKMTGetSharedResourceAdapterLuid()
 * @global_share: [in] global share handle, or 0
 * @handle: [in] NT handle, or 0
 * @adapter_luid: [out] adapter the resource belongs to
 */
struct d3dkmt_getsharedresourceadapterluid {
	struct d3dkmthandle global_share;
	__u32 pad;
	__u64 handle;
	struct winluid adapter_luid;
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

/* enum d3dkmt_device_error_reason */
#define DXG_DEVICE_ERROR_REASON_GENERIC		0x80000000u
#define DXG_DEVICE_ERROR_REASON_DRIVER_ERROR	0x80000006u

/**
 * struct d3dkmt_markdeviceaserror - args of LX_DXMARKDEVICEASERROR,
 *	D3DKMTMarkDeviceAsError()
 * @device: [in] device
 * @reason: [in] enum d3dkmt_device_error_reason
 */
struct d3dkmt_markdeviceaserror {
	struct d3dkmthandle device;
	__u32 reason;
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

/**
 * struct d3dddi_openallocationinfo2 - one opened allocation
 * @allocation: [out] handle of the opened allocation
 * @priv_drv_data: [out] points into the total buffer
 * @priv_drv_data_size: [out] bytes there
 * @gpu_va: [out] not written on Linux
 * @reserved: reserved, send 0
 */
struct d3dddi_openallocationinfo2 {
	struct d3dkmthandle allocation;
	__u32 pad;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 pad1;
	__u64 gpu_va;
	__u64 reserved[6];
};

/**
 * struct d3dkmt_openresource - args of LX_DXOPENRESOURCE, D3DKMTOpenResource()
 * @device: [in] device
 * @global_share: [in] global share handle
 * @allocation_count: [in] entries in the array
 * @open_alloc_info: [in, out] long form: what the ioctl takes
 * @private_runtime_data: [out] buffer for runtime blob
 * @private_runtime_data_size: [in] its bytes
 * @resource_priv_drv_data: [out] buffer for the resource's vendor blob
 * @resource_priv_drv_data_size: [in] its bytes
 * @total_priv_drv_data: [out] buffer that receives all per-allocation blobs
 * @total_priv_drv_data_size: [in, out] its bytes; bytes used
 * @resource: [out] new resource handle
 */
struct d3dkmt_openresource {
	struct d3dkmthandle device;
	struct d3dkmthandle global_share;
	__u32 allocation_count;
	__u32 pad;
	__u64 open_alloc_info;
	__u64 private_runtime_data;
	__s32 private_runtime_data_size;
	__u32 pad1;
	__u64 resource_priv_drv_data;
	__u32 resource_priv_drv_data_size;
	__u32 pad2;
	__u64 total_priv_drv_data;
	__u32 total_priv_drv_data_size;
	struct d3dkmthandle resource;
};

/**
 * struct d3dkmt_opensynchronizationobject - args of
 *	LX_DXOPENSYNCHRONIZATIONOBJECT, D3DKMTOpenSynchronizationObject()
 * @shared_handle: [in] global handle
 * @sync_object: [out] handle
 * @reserved: reserved, send 0
 */
struct d3dkmt_opensynchronizationobject {
	struct d3dkmthandle shared_handle;
	struct d3dkmthandle sync_object;
	__u64 reserved[8];
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

/**
 * struct d3dkmt_queryresourceinfo - args of LX_DXQUERYRESOURCEINFO,
 *	D3DKMTQueryResourceInfo()
 * @device: [in] device
 * @global_share: [in] global share handle
 * @private_runtime_data: [out] buffer for the runtime blob
 * @private_runtime_data_size: [in, out] its bytes; bytes needed
 * @total_priv_drv_data_size: [out] bytes of all per-allocation blobs
 * @resource_priv_drv_data_size: [out] bytes of the resource blob
 * @allocation_count: [out] allocations in the resource
 */
struct d3dkmt_queryresourceinfo {
	struct d3dkmthandle device;
	struct d3dkmthandle global_share;
	__u64 private_runtime_data;
	__u32 private_runtime_data_size;
	__u32 total_priv_drv_data_size;
	__u32 resource_priv_drv_data_size;
	__u32 allocation_count;
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

/* Flag word: d3dkmt_renderflags */
#define DXG_RENDER_RESIZE_COMMAND_BUFFER	(1u << 0)
#define DXG_RENDER_RESIZE_ALLOCATION_LIST	(1u << 1)
#define DXG_RENDER_RESIZE_PATCH_LOCATION_LIST	(1u << 2)
#define DXG_RENDER_NULL_RENDERING		(1u << 3)
#define DXG_RENDER_PRESENT_REDIRECTED		(1u << 4)
#define DXG_RENDER_RENDER_KM			(1u << 5)
#define DXG_RENDER_RENDER_KM_READBACK		(1u << 6)

/**
 * struct d3dkmt_render - args of LX_DXRENDER, D3DKMTRender()
 * @device: [in] device (legacy)
 * @context: [in] context
 * @command_offset: [in] byte offset in the command buffer
 * @command_length: [in] bytes
 * @allocation_count: [in] allocation list entries
 * @patch_location_count: [in] patch list entries
 * @new_command_buffer: [out] next command buffer (an input when RENDER_KM is
 *	set)
 * @new_command_buffer_size: [in, out] its bytes
 * @new_allocation_list: [out] next allocation list (an input when RENDER_KM is
 *	set)
 * @new_allocation_list_size: [in, out] entries
 * @new_patch_pocation_list: [out] next patch list
 * @new_patch_pocation_list_size: [in, out] entries
 * @flags: [in] DXG_RENDER_...
 * @present_history_token: [in] present token
 * @broadcast_context_count: [in] 0 .. 64
 * @broadcast_context: [in] contexts
 * @queued_buffer_count: [out] buffers still queued
 * @obsolete: [out] GPU address of the next buffer
 * @priv_drv_data: [in] vendor blob
 * @priv_drv_data_size: [in] its bytes
 */
struct d3dkmt_render {
	__extension__ union {
		struct d3dkmthandle device;
		struct d3dkmthandle context;
	};
	__u32 command_offset;
	__u32 command_length;
	__u32 allocation_count;
	__u32 patch_location_count;
	__u32 pad;
	__u64 new_command_buffer;
	__u32 new_command_buffer_size;
	__u32 pad1;
	__u64 new_allocation_list;
	__u32 new_allocation_list_size;
	__u32 pad2;
	__u64 new_patch_pocation_list;
	__u32 new_patch_pocation_list_size;
	__u32 flags;
	__u64 present_history_token;
	__u32 broadcast_context_count;
	struct d3dkmthandle broadcast_context[DXG_MAX_BROADCAST_CONTEXT];
	__u32 queued_buffer_count;
	__u64 obsolete;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 pad3;
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
 * struct d3dkmt_setcontextinprocessschedulingpriority - args of
 *	LX_DXSETCONTEXTINPROCESSSCHEDULINGPRIORITY,
 *	D3DKMTSetContextInProcessSchedulingPriority()
 * @context: [in] context
 * @priority: [in] priority relative to the process' other contexts
 */
struct d3dkmt_setcontextinprocessschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_setcontextschedulingpriority - args of
 *	LX_DXSETCONTEXTSCHEDULINGPRIORITY,
 *	D3DKMTSetContextSchedulingPriority()
 * @context: [in] context
 * @priority: [in] -7 .. 7; bit 30 (0x40000000) marks an absolute 0..31 level
 */
struct d3dkmt_setcontextschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromcpu - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU,
 *	D3DKMTSignalSynchronizationObjectFromCpu()
 * @device: [in] device
 * @object_count: [in] 1 .. 32
 * @objects: [in] objects
 * @fence_values: [in] value per object
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 */
struct d3dkmt_signalsynchronizationobjectfromcpu {
	struct d3dkmthandle device;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
	__u32 flags;
	__u32 pad;
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromgpu - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU,
 *	D3DKMTSignalSynchronizationObjectFromGpu()
 * @context: [in] context that signals
 * @object_count: [in] at least 1; Windows allows 32, the driver only checks
 *	against 131072
 * @objects: [in] objects
 * @monitored_fence_values: [in] value per object; zero the upper half on
 *	32-bit callers
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobjectfromgpu {
	struct d3dkmthandle context;
	__u32 object_count;
	__u64 objects;
	__extension__ union {
		__u64 monitored_fence_values;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromgpu2 - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
 *	D3DKMTSignalSynchronizationObjectFromGpu2()
 * @object_count: [in] at least 1 (exactly 0 with ENQUEUE_CPU_EVENT); Windows
 *	allows 32
 * @reserved1: padding, send 0
 * @objects: [in] objects
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @context_count: [in] at least 1; Windows allows 64
 * @contexts: [in] contexts that signal
 * @fence_value: [in] single value for plain fences
 * @cpu_event_handle: [in] event (eventfd) with ENQUEUE_CPU_EVENT
 * @monitored_fence_values: [in] value per object for monitored fences
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobjectfromgpu2 {
	__u32 object_count;
	__u32 reserved1;
	__u64 objects;
	__u32 flags;
	__u32 context_count;
	__u64 contexts;
	__extension__ union {
		__u64 fence_value;
		__u64 cpu_event_handle;
		__u64 monitored_fence_values;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_submitcommandtohwqueue - args of LX_DXSUBMITCOMMANDTOHWQUEUE,
 *	D3DKMTSubmitCommandToHwQueue()
 * @hwqueue: [in] queue
 * @reserved: padding, send 0
 * @hwqueue_progress_fence_id: [in] value the progress fence takes when the
 *	work is done
 * @command_buffer: [in] GPU address
 * @command_length: [in] bytes
 * @priv_drv_data_size: [in] bytes of the blob
 * @priv_drv_data: [in] vendor blob
 * @num_primaries: [in] Windows limit 16; the driver checks only against 131072
 * @reserved1: padding, send 0
 * @written_primaries: [in] display primaries the work writes
 */
struct d3dkmt_submitcommandtohwqueue {
	struct d3dkmthandle hwqueue;
	__u32 reserved;
	__u64 hwqueue_progress_fence_id;
	__u64 command_buffer;
	__u32 command_length;
	__u32 priv_drv_data_size;
	__u64 priv_drv_data;
	__u32 num_primaries;
	__u32 reserved1;
	__u64 written_primaries;
};

/**
 * struct d3dkmt_submitsignalsyncobjectstohwqueue - args of
 *	LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE,
 *	D3DKMTSubmitSignalSyncObjectsToHwQueue()
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @hwqueue_count: [in] 1 .. 64
 * @hwqueues: [in] queues that signal
 * @object_count: [in] 1 .. 32
 * @reserved: padding, send 0
 * @objects: [in] objects
 * @fence_values: [in] value per object
 */
struct d3dkmt_submitsignalsyncobjectstohwqueue {
	__u32 flags;
	__u32 hwqueue_count;
	__u64 hwqueues;
	__u32 object_count;
	__u32 reserved;
	__u64 objects;
	__u64 fence_values;
};

/**
 * struct d3dkmt_submitwaitforsyncobjectstohwqueue - args of
 *	LX_DXSUBMITWAITFORSYNCOBJECTSTOHWQUEUE,
 *	D3DKMTSubmitWaitForSyncObjectsToHwQueue()
 * @hwqueue: [in] queue that waits
 * @object_count: [in] 1 .. 32
 * @objects: [in] objects
 * @fence_values: [in] value per object
 */
struct d3dkmt_submitwaitforsyncobjectstohwqueue {
	struct d3dkmthandle hwqueue;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
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

/* Flag word: d3dddi_waitforsynchronizationobjectfromcpu_flags */
#define DXG_WAITFROMCPU_WAIT_ANY	(1u << 0)

/**
 * struct d3dkmt_waitforsynchronizationobjectfromcpu - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU,
 *	D3DKMTWaitForSynchronizationObjectFromCpu()
 * @device: [in] device
 * @object_count: [in] at least 1; Windows allows 32, the driver only checks
 *	against 131072
 * @objects: [in] objects
 * @fence_values: [in] value per object
 * @async_event: [in] 0: block until satisfied; otherwise an eventfd descriptor
 *	that is signalled later
 * @flags: [in] DXG_WAITFROMCPU_...
 */
struct d3dkmt_waitforsynchronizationobjectfromcpu {
	struct d3dkmthandle device;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
	__u64 async_event;
	__u32 flags;
	__u32 pad;
};

/**
 * struct d3dkmt_waitforsynchronizationobjectfromgpu - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMGPU,
 *	D3DKMTWaitForSynchronizationObjectFromGpu()
 * @context: [in] context that waits
 * @object_count: [in] 1 .. 32 (checked when the message is built)
 * @objects: [in] objects
 * @monitored_fence_values: [in] value per object when the objects are
 *	monitored fences
 * @fence_value: [in] single value when they are plain fences
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitforsynchronizationobjectfromgpu {
	struct d3dkmthandle context;
	__u32 object_count;
	__u64 objects;
	__extension__ union {
		__u64 monitored_fence_values;
		__u64 fence_value;
		__u64 reserved[8];
	};
};

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

/* Flag word: dxgk_gpuclockdata_flags */
#define DXG_GPUCLOCKDATA_CONTEXT_MANAGEMENT_PROCESSOR	(1u << 0)

/**
 * struct dxgk_gpuclockdata - GPU and CPU clocks read together
 * @gpu_frequency: [out] ticks per second of the GPU counter
 * @gpu_clock_counter: [out] GPU counter
 * @cpu_clock_counter: [out] host CPU counter at the same moment
 * @flags: [out] DXG_GPUCLOCKDATA_...
 */
struct dxgk_gpuclockdata {
	__u64 gpu_frequency;
	__u64 gpu_clock_counter;
	__u64 cpu_clock_counter;
	__u32 flags;
} __attribute__((packed));

/**
 * struct d3dkmt_queryclockcalibration - args of LX_DXQUERYCLOCKCALIBRATION,
 *	D3DKMTQueryClockCalibration()
 * @adapter: [in] adapter
 * @node_ordinal: [in] engine node
 * @physical_adapter_index: [in] which adapter of a linked group
 * @clock_data: [out] GPU and CPU clocks
 */
struct d3dkmt_queryclockcalibration {
	struct d3dkmthandle adapter;
	__u32 node_ordinal;
	__u32 physical_adapter_index;
	struct dxgk_gpuclockdata clock_data;
} __attribute__((packed));

/* Flag word: d3dkmt_enumadapters_filter */
#define DXG_ENUMADAPTERS_FILTER_INCLUDE_COMPUTE_ONLY	(1ull << 0)
#define DXG_ENUMADAPTERS_FILTER_INCLUDE_DISPLAY_ONLY	(1ull << 1)

/**
 * struct d3dkmt_enumadapters3 - args of LX_DXENUMADAPTERS3,
 *	D3DKMTEnumAdapters3()
 * @filter: [in] which adapters to include: DXG_ENUMADAPTERS_FILTER_...
 * @adapter_count: [in, out] as in 0x14
 * @reserved: padding, send 0
 * @adapters: [out] as in 0x14
 */
struct d3dkmt_enumadapters3 {
	__u64 filter;
	__u32 adapter_count;
	__u32 reserved;
	__u64 adapters;
};

/**
 * struct d3dkmt_shareobjects - args of LX_DXSHAREOBJECTS, D3DKMTShareObjects()
 * @object_count: [in] exactly 1 (Windows allows up to 3)
 * @reserved: padding, send 0
 * @objects: [in] resource or sync object handle
 * @object_attr: [in] ignored on Linux
 * @desired_access: [in] access mask; ignored by the driver
 * @reserved1: padding, send 0
 * @shared_handle: [out] address that receives a 64-bit value: the new file
 *	descriptor
 */
struct d3dkmt_shareobjects {
	__u32 object_count;
	__u32 reserved;
	__u64 objects;
	__u64 object_attr;
	__u32 desired_access;
	__u32 reserved1;
	__u64 shared_handle;
};

/**
 * struct d3dkmt_opensyncobjectfromnthandle2 - args of
 *	LX_DXOPENSYNCOBJECTFROMNTHANDLE2, D3DKMTOpenSyncObjectFromNtHandle2()
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @device: [in] device
 * @flags: [in] flags for this handle (NO_SIGNAL, NO_WAIT, NO_GPU_ACCESS ...):
 *	DXG_SYNC_OBJECT_...
 * @sync_object: [out] handle
 * @reserved1: padding, send 0
 * @monitored_fence: [out] filled for monitored fences
 * @monitored_fence.fence_value_cpu_va: [out] CPU address in the caller
 * @monitored_fence.fence_value_gpu_va: [out] GPU address
 * @monitored_fence.engine_affinity: [in] linked adapters
 * @reserved: reserved, send 0
 */
struct d3dkmt_opensyncobjectfromnthandle2 {
	__u64 nt_handle;
	struct d3dkmthandle device;
	__u32 flags;
	struct d3dkmthandle sync_object;
	__u32 reserved1;
	__extension__ union {
		__extension__ struct {
			__u64 fence_value_cpu_va;
			__u64 fence_value_gpu_va;
			__u32 engine_affinity;
			__u32 pad;
		} monitored_fence;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_queryresourceinfofromnthandle - args of
 *	LX_DXQUERYRESOURCEINFOFROMNTHANDLE,
 *	D3DKMTQueryResourceInfoFromNtHandle()
 * @device: [in] device
 * @reserved: padding, send 0
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @private_runtime_data: [out] buffer for the runtime blob; not filled by the
 *	reference driver
 * @private_runtime_data_size: [in, out] size of the runtime blob
 * @total_priv_drv_data_size: [out] bytes of all per-allocation blobs
 * @resource_priv_drv_data_size: [out] bytes of the resource blob
 * @allocation_count: [out] allocations in the resource
 */
struct d3dkmt_queryresourceinfofromnthandle {
	struct d3dkmthandle device;
	__u32 reserved;
	__u64 nt_handle;
	__u64 private_runtime_data;
	__u32 private_runtime_data_size;
	__u32 total_priv_drv_data_size;
	__u32 resource_priv_drv_data_size;
	__u32 allocation_count;
};

/**
 * struct d3dkmt_openresourcefromnthandle - args of
 *	LX_DXOPENRESOURCEFROMNTHANDLE, D3DKMTOpenResourceFromNtHandle()
 * @device: [in] device
 * @reserved: padding, send 0
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @allocation_count: [in] as many as LX_DXQUERYRESOURCEINFOFROMNTHANDLE tells
 * @reserved1: padding, send 0
 * @open_alloc_info: [out] array of that many entries
 * @private_runtime_data_size: [in] bytes of the runtime buffer, at least the
 *	reported size
 * @reserved2: padding, send 0
 * @private_runtime_data: [out] runtime blob
 * @resource_priv_drv_data_size: [in] bytes of the resource buffer
 * @reserved3: padding, send 0
 * @resource_priv_drv_data: [out] resource blob
 * @total_priv_drv_data_size: [in, out] bytes of the total buffer; bytes used
 * @total_priv_drv_data: [out] all per-allocation blobs, back to back
 * @resource: [out] new resource handle
 * @keyed_mutex: [unused] not written on Linux
 * @keyed_mutex_private_data: [unused] ignored
 * @keyed_mutex_private_data_size: [unused] ignored
 * @sync_object: [unused] not written on Linux
 */
struct d3dkmt_openresourcefromnthandle {
	struct d3dkmthandle device;
	__u32 reserved;
	__u64 nt_handle;
	__u32 allocation_count;
	__u32 reserved1;
	__u64 open_alloc_info;
	__s32 private_runtime_data_size;
	__u32 reserved2;
	__u64 private_runtime_data;
	__u32 resource_priv_drv_data_size;
	__u32 reserved3;
	__u64 resource_priv_drv_data;
	__u32 total_priv_drv_data_size;
	__u32 pad;
	__u64 total_priv_drv_data;
	struct d3dkmthandle resource;
	struct d3dkmthandle keyed_mutex;
	__u64 keyed_mutex_private_data;
	__u32 keyed_mutex_private_data_size;
	struct d3dkmthandle sync_object;
};

/* enum d3dkmt_querystatistics_type */
#define DXG_QUERYSTATISTICS_ADAPTER			0
#define DXG_QUERYSTATISTICS_PROCESS			1
#define DXG_QUERYSTATISTICS_PROCESS_ADAPTER		2
#define DXG_QUERYSTATISTICS_SEGMENT			3
#define DXG_QUERYSTATISTICS_PROCESS_SEGMENT		4
#define DXG_QUERYSTATISTICS_NODE			5
#define DXG_QUERYSTATISTICS_PROCESS_NODE		6
#define DXG_QUERYSTATISTICS_VIDPNSOURCE			7
#define DXG_QUERYSTATISTICS_PROCESS_VIDPNSOURCE		8
#define DXG_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP	9
#define DXG_QUERYSTATISTICS_PHYSICAL_ADAPTER		10

/**
 * struct d3dkmt_querystatistics_result - answer of LX_DXQUERYSTATISTICS
 * @bytes: [out] one of the D3DKMT_QUERYSTATISTICS_..._INFORMATION structs; opaque
 *	 here
 */
struct d3dkmt_querystatistics_result {
	__u64 bytes[97];
};

/**
 * struct d3dkmt_querystatistics - args of LX_DXQUERYSTATISTICS,
 *	D3DKMTQueryStatistics()
 * @type: [in] enum d3dkmt_querystatistics_type
 * @adapter_luid: [in] adapter
 * @process: [in] process; on Linux a process id, 0 = caller
 * @result: [out] union of result structs, 776 bytes
 * @query: [in] what the type asks about: segment, node, display source or
 *	physical adapter; 0 for the other types
 */
struct d3dkmt_querystatistics {
	__u32 type;
	struct winluid adapter_luid;
	__u32 pad;
	__u64 process;
	struct d3dkmt_querystatistics_result result;
	__u32 query[2];
};

/**
 * struct d3dkmt_shareobjectwithhost - args of LX_DXSHAREOBJECTWITHHOST,
 *	D3DKMTShareObjectWithHost()
 * @device_handle: [in] device
 * @object_handle: [in] resource or sync object
 * @reserved: reserved, send 0
 * @object_vail_nt_handle: [out] handle value valid in the host-side companion
 *	process
 */
struct d3dkmt_shareobjectwithhost {
	struct d3dkmthandle device_handle;
	struct d3dkmthandle object_handle;
	__u64 reserved;
	__u64 object_vail_nt_handle;
};

/**
 * struct d3dkmt_createsyncfile - args of LX_DXCREATESYNCFILE,
 *	D3DKMTCreateSyncFile()
 * @device: [in] device
 * @monitored_fence: [in] monitored fence
 * @fence_value: [in] value at which the sync file signals
 * @sync_file_handle: [out] sync_file descriptor (close-on-exec), as a 64-bit
 *	number
 */
struct d3dkmt_createsyncfile {
	struct d3dkmthandle device;
	struct d3dkmthandle monitored_fence;
	__u64 fence_value;
	__u64 sync_file_handle;
};

/**
 * struct d3dkmt_waitsyncfile - args of LX_DXWAITSYNCFILE, D3DKMTWaitSyncFile()
 * @sync_file_handle: [in] sync_file descriptor from LX_DXCREATESYNCFILE, as a
 *	64-bit number
 * @context: [in] context that is made to wait on the GPU
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitsyncfile {
	__u64 sync_file_handle;
	struct d3dkmthandle context;
	__u32 reserved;
};

/**
 * struct d3dkmt_opensyncobjectfromsyncfile - args of
 *	LX_DXOPENSYNCOBJECTFROMSYNCFILE, D3DKMTOpenSyncObjectFromSyncFile()
 * @sync_file_handle: [in] sync_file descriptor, as a 64-bit number
 * @device: [in] device for which the fence is opened
 * @syncobj: [out] handle of the monitored fence (opened without signal right)
 * @fence_value: [out] value at which the sync file signals
 * @fence_value_cpu_va: [out] CPU address of the fence value in the caller
 * @fence_value_gpu_va: [out] GPU address
 */
struct d3dkmt_opensyncobjectfromsyncfile {
	__u64 sync_file_handle;
	struct d3dkmthandle device;
	struct d3dkmthandle syncobj;
	__u64 fence_value;
	__u64 fence_value_cpu_va;
	__u64 fence_value_gpu_va;
};

/**
 * struct d3dkmt_enumprocesses - args of LX_DXENUMPROCESSES,
 *	D3DKMTEnumProcesses()
 * @adapter_luid: [in] adapter
 * @buffer: [out] array of 32-bit process ids
 * @buffer_count: [in, out] in: entries available; out: entries found (only the
 *	low 32 bits are written)
 */
struct d3dkmt_enumprocesses {
	struct winluid adapter_luid;
	__u64 buffer;
	__u64 buffer_count;
};

/**
 * struct dxgk_isfeatureenabled_result - answer of LX_ISFEATUREENABLED
 * @version: [out] interface version of the feature
 * @value: [out] DXG_ISFEATUREENABLED_...
 */
struct dxgk_isfeatureenabled_result {
	__u16 version;
	__u16 value;
};

#define DXG_ISFEATUREENABLED_ENABLED			(1u << 0)
#define DXG_ISFEATUREENABLED_KNOWN_FEATURE		(1u << 1)
#define DXG_ISFEATUREENABLED_SUPPORTED_BY_DRIVER	(1u << 2)
#define DXG_ISFEATUREENABLED_SUPPORTED_ON_CONFIG	(1u << 3)

/**
 * struct d3dkmt_isfeatureenabled - args of LX_ISFEATUREENABLED,
 *	D3DKMTIsFeatureEnabled()
 * @adapter: [in] adapter; 0 or an unknown handle: EINVAL
 * @feature_id: [in] enum dxgk_feature_id
 * @result: [out] the answer
 */
struct d3dkmt_isfeatureenabled {
	struct d3dkmthandle adapter;
	__u32 feature_id;
	struct dxgk_isfeatureenabled_result result;
};

/*
 * Buffers of LX_DXESCAPE with DXG_ESCAPE_DRIVER_KNOWN_ESCAPE begin with a __u32:
 * enum d3dddi_knownescapetype.
 */
#define DXG_DRIVERESCAPETYPE_TRANSLATEALLOCATIONHANDLE	0
#define DXG_DRIVERESCAPETYPE_TRANSLATERESOURCEHANDLE	1
#define DXG_DRIVERESCAPETYPE_CPUEVENTUSAGE		2
#define DXG_DRIVERESCAPETYPE_BUILDTESTCOMMANDBUFFER	3

/**
 * struct d3dddi_translate_allocation_handle - escape 0; a no-op on Linux
 * @escape_type: [in] DXG_DRIVERESCAPETYPE_TRANSLATEALLOCATIONHANDLE
 * @allocation: [in, out] the handle, the same on both sides
 */
struct d3dddi_translate_allocation_handle {
	__u32 escape_type;
	struct d3dkmthandle allocation;
};

/**
 * struct d3dddi_testcommand - a test command, opaque to the driver
 * @buffer: [in] the command
 */
struct d3dddi_testcommand {
	__u8 buffer[72];
};

/**
 * struct d3dddi_buildtestcommandbuffer - escape 3: build a test command buffer
 * @escape_type: [in] DXG_DRIVERESCAPETYPE_BUILDTESTCOMMANDBUFFER
 * @device: [in] device
 * @context: [in] context
 * @flags: [in] passed on to the host
 * @command: [in] the command to build
 * @dma_buffer: [out] pointer to the room for the command buffer
 * @dma_buffer_priv_data: [out] pointer to the room for its private data
 * @dma_buffer_size: [in, out] bytes of room, 4 .. DXG_MAX_TEST_BUFFER_SIZE; then
 *	bytes used
 * @dma_buffer_priv_data_size: [in, out] bytes of room, 0 ..
 *	DXG_MAX_TEST_BUFFER_PRIVATE_DATA_SIZE; then bytes used
 */
struct d3dddi_buildtestcommandbuffer {
	__u32 escape_type;
	struct d3dkmthandle device;
	struct d3dkmthandle context;
	__u32 flags;
	struct d3dddi_testcommand command;
	__u64 dma_buffer;
	__u64 dma_buffer_priv_data;
	__u32 dma_buffer_size;
	__u32 dma_buffer_priv_data_size;
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

/*
 * enum dxgk_feature_id: ids of LX_ISFEATUREENABLED. The top four bits are the
 * category: 0 driver, 1 operating system, 2 bug fix, 3 test.
 */
#define DXG_FEATURE_HWSCH			0
#define DXG_FEATURE_PAGE_BASED_MEMORY_MANAGER	32
#define DXG_FEATURE_KERNEL_MODE_TESTING		33

/* enum kmtqueryadapterinfotype: the type of LX_DXQUERYADAPTERINFO. */
#define DXG_QAI_UMDRIVERPRIVATE					0
#define DXG_QAI_UMDRIVERNAME					1
#define DXG_QAI_UMOPENGLINFO					2
#define DXG_QAI_GETSEGMENTSIZE					3
#define DXG_QAI_ADAPTERGUID					4
#define DXG_QAI_FLIPQUEUEINFO					5
#define DXG_QAI_ADAPTERADDRESS					6
#define DXG_QAI_SETWORKINGSETINFO				7
#define DXG_QAI_ADAPTERREGISTRYINFO				8
#define DXG_QAI_CURRENTDISPLAYMODE				9
#define DXG_QAI_MODELIST					10
#define DXG_QAI_CHECKDRIVERUPDATESTATUS				11
#define DXG_QAI_VIRTUALADDRESSINFO				12
#define DXG_QAI_DRIVERVERSION					13
#define DXG_QAI_ADAPTERTYPE					15
#define DXG_QAI_OUTPUTDUPLCONTEXTSCOUNT				16
#define DXG_QAI_WDDM_1_2_CAPS					17
#define DXG_QAI_UMD_DRIVER_VERSION				18
#define DXG_QAI_DIRECTFLIP_SUPPORT				19
#define DXG_QAI_MULTIPLANEOVERLAY_SUPPORT			20
#define DXG_QAI_DLIST_DRIVER_NAME				21
#define DXG_QAI_WDDM_1_3_CAPS					22
#define DXG_QAI_MULTIPLANEOVERLAY_HUD_SUPPORT			23
#define DXG_QAI_WDDM_2_0_CAPS					24
#define DXG_QAI_NODEMETADATA					25
#define DXG_QAI_CPDRIVERNAME					26
#define DXG_QAI_XBOX						27
#define DXG_QAI_INDEPENDENTFLIP_SUPPORT				28
#define DXG_QAI_MIRACASTCOMPANIONDRIVERNAME			29
#define DXG_QAI_PHYSICALADAPTERCOUNT				30
#define DXG_QAI_PHYSICALADAPTERDEVICEIDS			31
#define DXG_QAI_DRIVERCAPS_EXT					32
#define DXG_QAI_QUERY_MIRACAST_DRIVER_TYPE			33
#define DXG_QAI_QUERY_GPUMMU_CAPS				34
#define DXG_QAI_QUERY_MULTIPLANEOVERLAY_DECODE_SUPPORT		35
#define DXG_QAI_QUERY_HW_PROTECTION_TEARDOWN_COUNT		36
#define DXG_QAI_QUERY_ISBADDRIVERFORHWPROTECTIONDISABLED	37
#define DXG_QAI_MULTIPLANEOVERLAY_SECONDARY_SUPPORT		38
#define DXG_QAI_INDEPENDENTFLIP_SECONDARY_SUPPORT		39
#define DXG_QAI_PANELFITTER_SUPPORT				40
#define DXG_QAI_PHYSICALADAPTERPNPKEY				41
#define DXG_QAI_GETSEGMENTGROUPSIZE				42
#define DXG_QAI_MPO3DDI_SUPPORT					43
#define DXG_QAI_HWDRM_SUPPORT					44
#define DXG_QAI_MPOKERNELCAPS_SUPPORT				45
#define DXG_QAI_MULTIPLANEOVERLAY_STRETCH_SUPPORT		46
#define DXG_QAI_GET_DEVICE_VIDPN_OWNERSHIP_INFO			47
#define DXG_QAI_QUERYREGISTRY					48
#define DXG_QAI_KMD_DRIVER_VERSION				49
#define DXG_QAI_BLOCKLIST_KERNEL				50
#define DXG_QAI_BLOCKLIST_RUNTIME				51
#define DXG_QAI_ADAPTERGUID_RENDER				52
#define DXG_QAI_ADAPTERADDRESS_RENDER				53
#define DXG_QAI_ADAPTERREGISTRYINFO_RENDER			54
#define DXG_QAI_CHECKDRIVERUPDATESTATUS_RENDER			55
#define DXG_QAI_DRIVERVERSION_RENDER				56
#define DXG_QAI_ADAPTERTYPE_RENDER				57
#define DXG_QAI_WDDM_1_2_CAPS_RENDER				58
#define DXG_QAI_WDDM_1_3_CAPS_RENDER				59
#define DXG_QAI_QUERY_ADAPTER_UNIQUE_GUID			60
#define DXG_QAI_NODEPERFDATA					61
#define DXG_QAI_ADAPTERPERFDATA					62
#define DXG_QAI_ADAPTERPERFDATA_CAPS				63
#define DXG_QAI_GPUVERSION					64
#define DXG_QAI_DRIVER_DESCRIPTION				65
#define DXG_QAI_DRIVER_DESCRIPTION_RENDER			66
#define DXG_QAI_SCANOUT_CAPS					67
#define DXG_QAI_DISPLAY_UMDRIVERNAME				71
#define DXG_QAI_PARAVIRTUALIZATION_RENDER			68
#define DXG_QAI_SERVICENAME					69
#define DXG_QAI_WDDM_2_7_CAPS					70
#define DXG_QAI_TRACKEDWORKLOAD_SUPPORT				72
#define DXG_QAI_HYBRID_DLIST_DLL_SUPPORT			73
#define DXG_QAI_DISPLAY_CAPS					74
#define DXG_QAI_WDDM_2_9_CAPS					75
#define DXG_QAI_CROSSADAPTERRESOURCE_SUPPORT			76
#define DXG_QAI_WDDM_3_0_CAPS					77

/*
 * Requests. 0x03, 0x17, 0x1a, 0x23, 0x28, 0x29, 0x2b and 0x2d have no handler in
 * the reference driver and answer ENOTTY, as does a right number with a wrong
 * size.
 */
#define DXG_IOCTL_MAGIC	'G'

#define LX_DXOPENADAPTERFROMLUID	\
	_IOWR(DXG_IOCTL_MAGIC, 0x01, struct d3dkmt_openadapterfromluid)
#define LX_DXCREATEDEVICE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x02, struct d3dkmt_createdevice)
#define LX_DXCREATECONTEXT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x03, struct d3dkmt_createcontext)
#define LX_DXCREATECONTEXTVIRTUAL	\
	_IOWR(DXG_IOCTL_MAGIC, 0x04, struct d3dkmt_createcontextvirtual)
#define LX_DXDESTROYCONTEXT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x05, struct d3dkmt_destroycontext)
#define LX_DXCREATEALLOCATION	\
	_IOWR(DXG_IOCTL_MAGIC, 0x06, struct d3dkmt_createallocation)
#define LX_DXCREATEPAGINGQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x07, struct d3dkmt_createpagingqueue)
#define LX_DXRESERVEGPUVIRTUALADDRESS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x08, struct d3dddi_reservegpuvirtualaddress)
#define LX_DXQUERYADAPTERINFO	\
	_IOWR(DXG_IOCTL_MAGIC, 0x09, struct d3dkmt_queryadapterinfo)
#define LX_DXQUERYVIDEOMEMORYINFO	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0a, struct d3dkmt_queryvideomemoryinfo)
#define LX_DXMAKERESIDENT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0b, struct d3dddi_makeresident)
#define LX_DXMAPGPUVIRTUALADDRESS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0c, struct d3dddi_mapgpuvirtualaddress)
#define LX_DXESCAPE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0d, struct d3dkmt_escape)
#define LX_DXGETDEVICESTATE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0e, struct d3dkmt_getdevicestate)
#define LX_DXSUBMITCOMMAND	\
	_IOWR(DXG_IOCTL_MAGIC, 0x0f, struct d3dkmt_submitcommand)
#define LX_DXCREATESYNCHRONIZATIONOBJECT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x10, struct d3dkmt_createsynchronizationobject2)
#define LX_DXSIGNALSYNCHRONIZATIONOBJECT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x11, struct d3dkmt_signalsynchronizationobject2)
#define LX_DXWAITFORSYNCHRONIZATIONOBJECT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x12, struct d3dkmt_waitforsynchronizationobject2)
#define LX_DXDESTROYALLOCATION2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x13, struct d3dkmt_destroyallocation2)
#define LX_DXENUMADAPTERS2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x14, struct d3dkmt_enumadapters2)
#define LX_DXCLOSEADAPTER	\
	_IOWR(DXG_IOCTL_MAGIC, 0x15, struct d3dkmt_closeadapter)
#define LX_DXCHANGEVIDEOMEMORYRESERVATION	\
	_IOWR(DXG_IOCTL_MAGIC, 0x16, struct d3dkmt_changevideomemoryreservation)
#define LX_DXCREATEHWCONTEXT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x17, struct d3dkmt_createhwcontext)
#define LX_DXCREATEHWQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x18, struct d3dkmt_createhwqueue)
#define LX_DXDESTROYDEVICE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x19, struct d3dkmt_destroydevice)
#define LX_DXDESTROYHWCONTEXT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1a, struct d3dkmt_destroyhwcontext)
#define LX_DXDESTROYHWQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1b, struct d3dkmt_destroyhwqueue)
#define LX_DXDESTROYPAGINGQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1c, struct d3dddi_destroypagingqueue)
#define LX_DXDESTROYSYNCHRONIZATIONOBJECT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1d, struct d3dkmt_destroysynchronizationobject)
#define LX_DXEVICT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1e, struct d3dkmt_evict)
#define LX_DXFLUSHHEAPTRANSITIONS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x1f, struct d3dkmt_flushheaptransitions)
#define LX_DXFREEGPUVIRTUALADDRESS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x20, struct d3dkmt_freegpuvirtualaddress)
#define LX_DXGETCONTEXTINPROCESSSCHEDULINGPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x21, struct d3dkmt_getcontextinprocessschedulingpriority)
#define LX_DXGETCONTEXTSCHEDULINGPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x22, struct d3dkmt_getcontextschedulingpriority)
#define LX_DXGETSHAREDRESOURCEADAPTERLUID	\
	_IOWR(DXG_IOCTL_MAGIC, 0x23, struct d3dkmt_getsharedresourceadapterluid)
#define LX_DXINVALIDATECACHE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x24, struct d3dkmt_invalidatecache)
#define LX_DXLOCK2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x25, struct d3dkmt_lock2)
#define LX_DXMARKDEVICEASERROR	\
	_IOWR(DXG_IOCTL_MAGIC, 0x26, struct d3dkmt_markdeviceaserror)
#define LX_DXOFFERALLOCATIONS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x27, struct d3dkmt_offerallocations)
#define LX_DXOPENRESOURCE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x28, struct d3dkmt_openresource)
#define LX_DXOPENSYNCHRONIZATIONOBJECT	\
	_IOWR(DXG_IOCTL_MAGIC, 0x29, struct d3dkmt_opensynchronizationobject)
#define LX_DXQUERYALLOCATIONRESIDENCY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2a, struct d3dkmt_queryallocationresidency)
#define LX_DXQUERYRESOURCEINFO	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2b, struct d3dkmt_queryresourceinfo)
#define LX_DXRECLAIMALLOCATIONS2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2c, struct d3dkmt_reclaimallocations2)
#define LX_DXRENDER	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2d, struct d3dkmt_render)
#define LX_DXSETALLOCATIONPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2e, struct d3dkmt_setallocationpriority)
#define LX_DXSETCONTEXTINPROCESSSCHEDULINGPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x2f, struct d3dkmt_setcontextinprocessschedulingpriority)
#define LX_DXSETCONTEXTSCHEDULINGPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x30, struct d3dkmt_setcontextschedulingpriority)
#define LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU	\
	_IOWR(DXG_IOCTL_MAGIC, 0x31, struct d3dkmt_signalsynchronizationobjectfromcpu)
#define LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU	\
	_IOWR(DXG_IOCTL_MAGIC, 0x32, struct d3dkmt_signalsynchronizationobjectfromgpu)
#define LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x33, struct d3dkmt_signalsynchronizationobjectfromgpu2)
#define LX_DXSUBMITCOMMANDTOHWQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x34, struct d3dkmt_submitcommandtohwqueue)
#define LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x35, struct d3dkmt_submitsignalsyncobjectstohwqueue)
#define LX_DXSUBMITWAITFORSYNCOBJECTSTOHWQUEUE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x36, struct d3dkmt_submitwaitforsyncobjectstohwqueue)
#define LX_DXUNLOCK2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x37, struct d3dkmt_unlock2)
#define LX_DXUPDATEALLOCPROPERTY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x38, struct d3dddi_updateallocproperty)
#define LX_DXUPDATEGPUVIRTUALADDRESS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x39, struct d3dkmt_updategpuvirtualaddress)
#define LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3a, struct d3dkmt_waitforsynchronizationobjectfromcpu)
#define LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMGPU	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3b, struct d3dkmt_waitforsynchronizationobjectfromgpu)
#define LX_DXGETALLOCATIONPRIORITY	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3c, struct d3dkmt_getallocationpriority)
#define LX_DXQUERYCLOCKCALIBRATION	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3d, struct d3dkmt_queryclockcalibration)
#define LX_DXENUMADAPTERS3	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3e, struct d3dkmt_enumadapters3)
#define LX_DXSHAREOBJECTS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x3f, struct d3dkmt_shareobjects)
#define LX_DXOPENSYNCOBJECTFROMNTHANDLE2	\
	_IOWR(DXG_IOCTL_MAGIC, 0x40, struct d3dkmt_opensyncobjectfromnthandle2)
#define LX_DXQUERYRESOURCEINFOFROMNTHANDLE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x41, struct d3dkmt_queryresourceinfofromnthandle)
#define LX_DXOPENRESOURCEFROMNTHANDLE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x42, struct d3dkmt_openresourcefromnthandle)
#define LX_DXQUERYSTATISTICS	\
	_IOWR(DXG_IOCTL_MAGIC, 0x43, struct d3dkmt_querystatistics)
#define LX_DXSHAREOBJECTWITHHOST	\
	_IOWR(DXG_IOCTL_MAGIC, 0x44, struct d3dkmt_shareobjectwithhost)
#define LX_DXCREATESYNCFILE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x45, struct d3dkmt_createsyncfile)
#define LX_DXWAITSYNCFILE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x46, struct d3dkmt_waitsyncfile)
#define LX_DXOPENSYNCOBJECTFROMSYNCFILE	\
	_IOWR(DXG_IOCTL_MAGIC, 0x47, struct d3dkmt_opensyncobjectfromsyncfile)
#define LX_DXENUMPROCESSES	\
	_IOWR(DXG_IOCTL_MAGIC, 0x48, struct d3dkmt_enumprocesses)
#define LX_ISFEATUREENABLED	\
	_IOWR(DXG_IOCTL_MAGIC, 0x49, struct d3dkmt_isfeatureenabled)

#endif /* DXG_UAPI_H */
