/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Adapters: enumerate, open, close; clock, processes, features. */
#ifndef DXG_UAPI_ADAPTER_H
#define DXG_UAPI_ADAPTER_H

#include <linux/types.h>

#include "base.h"

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
 * enum dxgk_feature_id: ids of LX_ISFEATUREENABLED. The top four bits are the
 * category: 0 driver, 1 operating system, 2 bug fix, 3 test.
 */
#define DXG_FEATURE_HWSCH			0
#define DXG_FEATURE_PAGE_BASED_MEMORY_MANAGER	32
#define DXG_FEATURE_KERNEL_MODE_TESTING		33

#endif /* DXG_UAPI_ADAPTER_H */
