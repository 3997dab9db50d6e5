/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Escapes: the way of the driver's own protocol. */
#ifndef DXG_UAPI_ESCAPE_H
#define DXG_UAPI_ESCAPE_H

#include <linux/types.h>

#include "base.h"

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

#endif /* DXG_UAPI_ESCAPE_H */
