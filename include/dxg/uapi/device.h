/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Devices and their state. */
#ifndef DXG_UAPI_DEVICE_H
#define DXG_UAPI_DEVICE_H

#include <linux/types.h>

#include "base.h"

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

/**
 * struct d3dkmt_destroydevice - args of LX_DXDESTROYDEVICE,
 *	D3DKMTDestroyDevice()
 * @device: [in] device to destroy
 */
struct d3dkmt_destroydevice {
	struct d3dkmthandle device;
};

/**
 * struct d3dkmt_flushheaptransitions - args of LX_DXFLUSHHEAPTRANSITIONS,
 *	D3DKMTFlushHeapTransitions()
 * @adapter: [in] adapter
 */
struct d3dkmt_flushheaptransitions {
	struct d3dkmthandle adapter;
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

#endif /* DXG_UAPI_DEVICE_H */
