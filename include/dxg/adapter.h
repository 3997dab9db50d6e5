/* SPDX-License-Identifier: MIT */
/*
 * Adapters: enumerating, opening and closing them; clocks, features,
 * processes.
 */
#ifndef DXG_ADAPTER_H
#define DXG_ADAPTER_H

#include <dxg/base.h>

/* Most adapters that D3DKMTEnumAdapters2() gives on Linux. */
#define D3DKMT_ADAPTERS_MAX	64

/* Room in the oldest form, D3DKMT_ENUMADAPTERS. */
#define MAX_ENUM_ADAPTERS	16

/* One adapter found, and opened. */
typedef struct _D3DKMT_ADAPTERINFO {
	D3DKMT_HANDLE hAdapter;			/* [out] opened handle */
	LUID AdapterLuid;			/* [out] id */
	ULONG NumOfSources;			/* [out] display sources; always 0 on Linux */
	BOOL bPrecisePresentRegionsPreferred;	/* [out] always 0 */
} D3DKMT_ADAPTERINFO;

/* The oldest form of enumeration, with room for sixteen. */
typedef struct _D3DKMT_ENUMADAPTERS {
	ULONG NumAdapters;	/* number of adapters */
	D3DKMT_ADAPTERINFO Adapters[MAX_ENUM_ADAPTERS];
} D3DKMT_ENUMADAPTERS;

/* Argument of D3DKMTEnumAdapters2(). */
typedef struct _D3DKMT_ENUMADAPTERS2 {
	/*
	 * [in, out] in: entries available; out: entries written (or needed when
	 * pAdapters is NULL)
	 */
	ULONG NumAdapters;
	/* [out] array of NumAdapters entries, or NULL */
	D3DKMT_PTR(D3DKMT_ADAPTERINFO *, pAdapters);
} D3DKMT_ENUMADAPTERS2;

/* Which adapters are wanted beside those that render and display. */
__extension__ typedef union _D3DKMT_ENUMADAPTERS_FILTER {
	struct {
		ULONGLONG IncludeComputeOnly : 1;	/* [in] include compute accelerators */
		ULONGLONG IncludeDisplayOnly : 1;	/* [in] include display-only adapters */
		ULONGLONG Reserved : 62;		/* send 0 */
	};
	D3DKMT_ALIGN64 ULONGLONG Value;			/* [in] all bits at once */
} D3DKMT_ENUMADAPTERS_FILTER;

/* Argument of D3DKMTEnumAdapters3(). */
typedef struct _D3DKMT_ENUMADAPTERS3 {
	D3DKMT_ENUMADAPTERS_FILTER Filter;	/* [in] which adapters to include */
	/*
	 * [in, out] in: entries available; out: entries written, or there are when
	 * pAdapters is NULL
	 */
	ULONG NumAdapters;
	/* [out] array of NumAdapters entries, or NULL */
	D3DKMT_PTR(D3DKMT_ADAPTERINFO *, pAdapters);
} D3DKMT_ENUMADAPTERS3;

/* Argument of D3DKMTOpenAdapterFromLuid(). */
typedef struct _D3DKMT_OPENADAPTERFROMLUID {
	LUID AdapterLuid;	/* [in] id of the adapter as returned by an enumeration */
	D3DKMT_HANDLE hAdapter;	/* [out] new adapter handle of the calling process */
} D3DKMT_OPENADAPTERFROMLUID;

/* Argument of D3DKMTCloseAdapter(). */
typedef struct _D3DKMT_CLOSEADAPTER {
	D3DKMT_HANDLE hAdapter;	/* [in] handle to close */
} D3DKMT_CLOSEADAPTER;

/* Flags of DXGK_GPUCLOCKDATA. */
__extension__ typedef struct _DXGK_GPUCLOCKDATA_FLAGS {
	union {
		struct {
			/* [out] node is a management processor */
			UINT ContextManagementProcessor : 1;
			UINT Reserved : 31;
		};
		UINT32 Value;	/* [out] all bits at once */
	};
} DXG_PACKED DXGK_GPUCLOCKDATA_FLAGS;

/* Clocks of GPU and host, read at almost the same moment. */
typedef struct _DXGK_GPUCLOCKDATA {
	ULONGLONG GpuFrequency;		/* [out] ticks per second of the GPU counter */
	ULONGLONG GpuClockCounter;	/* [out] GPU counter */
	ULONGLONG CpuClockCounter;	/* [out] host CPU counter at the same moment */
	DXGK_GPUCLOCKDATA_FLAGS Flags;	/* [out] */
} DXG_PACKED DXGK_GPUCLOCKDATA;

/* Argument of D3DKMTQueryClockCalibration(). */
typedef struct _D3DKMT_QUERYCLOCKCALIBRATION {
	D3DKMT_HANDLE hAdapter;		/* [in] */
	UINT32 NodeOrdinal;		/* [in] engine node */
	UINT32 PhysicalAdapterIndex;	/* [in] which adapter of a linked group */
	DXGK_GPUCLOCKDATA ClockData;	/* [out] */
} DXG_PACKED D3DKMT_QUERYCLOCKCALIBRATION;

/* Argument of D3DKMTEnumProcesses(). */
typedef struct _D3DKMT_ENUMPROCESSES {
	LUID AdapterLuid;		/* [in] adapter */
	D3DKMT_PTR(UINT32 *, Buffer);	/* [out] array of 32-bit process ids */
	/*
	 * [in, out] in: entries available; out: entries found (only the low 32 bits
	 * are written)
	 */
	D3DKMT_ALIGN64 UINT64 BufferCount;
} D3DKMT_ENUMPROCESSES;

/*
 * Optional features. The top four bits are the category: 0 driver, 1 operating
 * system, 2 bug fix, 3 test.
 */
typedef enum _DXGK_FEATURE_ID {
	DXGK_FEATURE_HWSCH = 0,
	DXGK_FEATURE_HWFLIPQUEUE = 1,
	DXGK_FEATURE_LDA_GPUPV = 2,
	DXGK_FEATURE_KMD_SIGNAL_CPU_EVENT = 3,
	DXGK_FEATURE_USER_MODE_SUBMISSION = 4,
	DXGK_FEATURE_SHARE_BACKING_STORE_WITH_KMD = 5,
	DXGK_FEATURE_SAMPLE = 31,
	DXGK_FEATURE_PAGE_BASED_MEMORY_MANAGER = 32,
	DXGK_FEATURE_KERNEL_MODE_TESTING = 33,
	DXGK_FEATURE_64K_PT_DEMOTION_FIX = 34,
	DXGK_FEATURE_GPUPV_PRESENT_HWQUEUE = 35,
	DXGK_FEATURE_GPUVAIOMMU = 36,
	DXGK_FEATURE_NATIVE_FENCE = 37,
	DXGK_FEATURE_EXTENDED_SEGMENT_FLAGS = 38,
	DXGK_FEATURE_FAULT_AND_STALL = 39,
	DXGK_FEATURE_SINGLE_ADAPTER_HYBRID_MODE = 40,
	DXGK_FEATURE_SYNC_PRESENT_RENDER_HWQ_ONLY = 41,
	DXGK_FEATURE_UNIFIED_SCHEDULING_MODEL = 42,
	DXGK_FEATURE_NOTIFY_RESIDENCY2 = 43,
	DXGK_FEATURE_PROCESS_DEBUG_BLOB_COLLECTION = 45,
	DXGK_FEATURE_PANEL_BUFFER_CONTROL = 46,
	DXGK_FEATURE_QUERYSTATISTICS_EXTENSIONS = 0x10000000,
	DXGK_FEATURE_RESERVE_GPUVA_ZERO_BASE_ADDRESS = 0x10000001,
	DXGK_FEATURE_PER_PTE_PAGE_SIZE = 0x10000002,
	DXGK_FEATURE_FENCE_SIGNAL_FROM_SWS_NODE = 0x10000003,
	DXGK_FEATURE_SUPPRESSVSYNC_INTERRUPTS = 0x10000004,
	DXGK_FEATURE_FEATURE_INTERFACE_EXTENSIONS = 0x10000005,
	DXGK_FEATURE_READONLY_EXISTINGSYSMEM = 0x10000006,
	DXGK_FEATURE_OPPORTUNISTIC_64KB_PAGES = 0x10000007,
} DXGK_FEATURE_ID;

/* What is known of a feature. */
__extension__ typedef struct _DXGK_ISFEATUREENABLED_RESULT {
	/* [out] interface version of the feature */
	UINT16 Version;
	union {
		struct {
			UINT16 Enabled : 1;		/* [out] feature is on */
			/* [out] the host's graphics kernel knows the id */
			UINT16 KnownFeature : 1;
			UINT16 SupportedByDriver : 1;	/* [out] the driver supports it */
			/* [out] hardware and configuration allow it */
			UINT16 SupportedOnCurrentConfig : 1;
			UINT16 Reserved : 12;
		};
		UINT16 Value;				/* [out] all bits at once */
	};
} DXGK_ISFEATUREENABLED_RESULT;

/* Argument of D3DKMTIsFeatureEnabled(). */
typedef struct _D3DKMT_ISFEATUREENABLED {
	/* [in] adapter; 0 or an unknown handle: STATUS_INVALID_PARAMETER */
	D3DKMT_HANDLE hAdapter;
	DXGK_FEATURE_ID FeatureId;		/* [in] */
	DXGK_ISFEATUREENABLED_RESULT Result;	/* [out] */
} D3DKMT_ISFEATUREENABLED;

/* Argument of D3DKMTSetStablePowerState(). */
typedef struct _D3DKMT_SETSTABLEPOWERSTATE {
	D3DKMT_HANDLE hAdapter;	/* [in] */
	BOOL Enabled;		/* [in] */
} D3DKMT_SETSTABLEPOWERSTATE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTEnumAdapters2() - list the graphics adapters and open each of them
 * @args: [in, out] capacity and array; on success the count and the entries
 *
 * With pAdapters NULL, NumAdapters returns how many adapters there are.
 * Compute-only adapters are left out (D3DKMTEnumAdapters3()). Written although
 * the pointer is const.
 *
 * Owner:  every handle returned is a new opening; close each with
 *         D3DKMTCloseAdapter().
 * Errors: STATUS_BUFFER_TOO_SMALL: the array is too short (nothing is opened).
 *         STATUS_INVALID_PARAMETER: more than D3DKMT_ADAPTERS_MAX.
 * Source: WDDM: D3DKMTEnumAdapters2.
 */
DXG_API NTSTATUS D3DKMTEnumAdapters2(const D3DKMT_ENUMADAPTERS2 *args);

/**
 * D3DKMTEnumAdapters3() - list adapters chosen by a filter and open each of them
 * @args: [in, out] filter, capacity and array; on success the count and the
 *        entries
 *
 * As D3DKMTEnumAdapters2(), with compute-only adapters when
 * Filter.IncludeComputeOnly is set. NULL or a count of 0 asks for the number
 * only.
 *
 * Owner:  as D3DKMTEnumAdapters2().
 * Errors: STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_PARAMETER: more than 65535
 *         entries.
 * Source: WDDM 2.4: D3DKMTEnumAdapters3.
 */
DXG_API NTSTATUS D3DKMTEnumAdapters3(D3DKMT_ENUMADAPTERS3 *args);

/**
 * D3DKMTOpenAdapterFromLuid() - open the adapter of a LUID
 * @args: [in, out] the LUID; on success hAdapter (written although the pointer
 *        is const)
 *
 * LUIDs are stable until the host restarts or the adapter goes; they are how
 * processes agree on one.
 *
 * Owner:  each success is a new opening; close it with D3DKMTCloseAdapter().
 * Errors: STATUS_INVALID_PARAMETER: no such adapter.
 * Source: WDDM: D3DKMTOpenAdapterFromLuid.
 */
DXG_API NTSTATUS D3DKMTOpenAdapterFromLuid(const D3DKMT_OPENADAPTERFROMLUID *args);

/**
 * D3DKMTCloseAdapter() - end one opening of an adapter
 * @args: [in] the handle
 *
 * Devices that were made through the handle go on working.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown handle.
 * Source: WDDM: D3DKMTCloseAdapter.
 */
DXG_API NTSTATUS D3DKMTCloseAdapter(const D3DKMT_CLOSEADAPTER *args);

/**
 * D3DKMTCloseDxCoreDevice() - close the device that all calls use
 *
 * Every object of the process is destroyed with its last descriptor. Calls that
 * need the device answer STATUS_UNSUCCESSFUL from then on, until
 * dxg_set_device() chooses one again.
 *
 * Source: a call of WSL alone.
 */
DXG_API void D3DKMTCloseDxCoreDevice(void);

/**
 * D3DKMTQueryClockCalibration() - read a node's clock and the host's at one moment
 * @args: [in, out] adapter, node; on success ClockData
 *
 * Units:  GpuFrequency in Hz; CpuClockCounter is the host's performance counter,
 *         not a clock of the guest.
 * Errors: STATUS_INVALID_PARAMETER: unknown adapter or node.
 * Source: WDDM: DXGK_GPUCLOCKDATA.
 */
DXG_API NTSTATUS D3DKMTQueryClockCalibration(D3DKMT_QUERYCLOCKCALIBRATION *args);

/**
 * D3DKMTEnumProcesses() - list the processes that have an adapter open
 * @args: [in, out] LUID, buffer and its entries; returns the number
 *
 * Process ids are those of the caller's pid namespace.
 *
 * Errors: STATUS_BUFFER_TOO_SMALL: the number needed is written; so also for a
 *         NULL buffer. STATUS_INVALID_PARAMETER: no such adapter.
 * Source: /dev/dxg request 0x48.
 */
DXG_API NTSTATUS D3DKMTEnumProcesses(D3DKMT_ENUMPROCESSES *args);

/**
 * D3DKMTIsFeatureEnabled() - ask whether an optional feature is on
 * @args: [in, out] adapter and feature; on success Result
 *
 * An unknown feature is a success with KnownFeature and Enabled clear. A host
 * that does not know the question fails it: treat that as "not enabled".
 *
 * Source: WDDM 3.2: feature support.
 */
DXG_API NTSTATUS D3DKMTIsFeatureEnabled(D3DKMT_ISFEATUREENABLED *args);

/**
 * D3DKMTSetStablePowerState() - ask for steady clocks while profiling
 * @args: [in] ignored
 *
 * Answers STATUS_SUCCESS and does nothing: clocks are the host's affair.
 */
DXG_API NTSTATUS D3DKMTSetStablePowerState(const D3DKMT_SETSTABLEPOWERSTATE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_ADAPTER_H */
