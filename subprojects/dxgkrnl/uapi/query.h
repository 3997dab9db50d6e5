/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What is asked of an adapter: properties, memory, statistics. */
#ifndef DXG_UAPI_QUERY_H
#define DXG_UAPI_QUERY_H

#include <linux/types.h>

#include "base.h"

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

#endif /* DXG_UAPI_QUERY_H */
