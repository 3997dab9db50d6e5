/* SPDX-License-Identifier: MIT */
/*
 * Escapes: messages of vendors to their drivers, and those that all drivers
 * know.
 */
#ifndef DXG_ESCAPE_H
#define DXG_ESCAPE_H

#include <dxg/base.h>

/* Bytes of a test command buffer and of its private data. */
#define D3DDDI_MAXTESTBUFFERSIZE			4096
#define D3DDDI_MAXTESTBUFFERPRIVATEDRIVERDATASIZE	1024

/* Who an escape is for. 0 is the vendor; a host normally refuses the others. */
typedef enum _D3DKMT_ESCAPETYPE {
	D3DKMT_ESCAPE_DRIVERPRIVATE = 0,
	D3DKMT_ESCAPE_VIDMM = 1,
	D3DKMT_ESCAPE_TDRDBGCTRL = 2,
	D3DKMT_ESCAPE_VIDSCH = 3,
	D3DKMT_ESCAPE_DEVICE = 4,
	D3DKMT_ESCAPE_DMM = 5,
	D3DKMT_ESCAPE_DEBUG_SNAPSHOT = 6,
	D3DKMT_ESCAPE_DRT_TEST = 8,
	D3DKMT_ESCAPE_DIAGNOSTICS = 9,
	D3DKMT_ESCAPE_OUTPUTDUPL_SNAPSHOT = 10,
	D3DKMT_ESCAPE_OUTPUTDUPL_DIAGNOSTICS = 11,
	D3DKMT_ESCAPE_BDD_PNP = 12,
	D3DKMT_ESCAPE_BDD_FALLBACK = 13,
	D3DKMT_ESCAPE_ACTIVATE_SPECIFIC_DIAG = 14,
	D3DKMT_ESCAPE_MODES_PRUNED_OUT = 15,
	D3DKMT_ESCAPE_WHQL_INFO = 16,
	D3DKMT_ESCAPE_BRIGHTNESS = 17,
	D3DKMT_ESCAPE_EDID_CACHE = 18,
	D3DKMT_ESCAPE_MIRACAST_DISPLAY_REQUEST = 20,
	D3DKMT_ESCAPE_HISTORY_BUFFER_STATUS = 21,
	D3DKMT_ESCAPE_MIRACAST_ADAPTER_DIAG_INFO = 23,
	D3DKMT_ESCAPE_FORCE_BDDFALLBACK_HEADLESS = 24,
	D3DKMT_ESCAPE_REQUEST_MACHINE_CRASH = 25,
	D3DKMT_ESCAPE_SOFTGPU_ENABLE_DISABLE_HMD = 27,
	D3DKMT_ESCAPE_PROCESS_VERIFIER_OPTION = 28,
	D3DKMT_ESCAPE_ADAPTER_VERIFIER_OPTION = 29,
	D3DKMT_ESCAPE_IDD_REQUEST = 30,
	D3DKMT_ESCAPE_DOD_SET_DIRTYRECT_MODE = 31,
	D3DKMT_ESCAPE_LOG_CODEPOINT_PACKET = 32,
	D3DKMT_ESCAPE_LOG_USERMODE_DAIG_PACKET = 33,
	D3DKMT_ESCAPE_GET_EXTERNAL_DIAGNOSTICS = 34,
	D3DKMT_ESCAPE_GET_DISPLAY_CONFIGURATIONS = 36,
	D3DKMT_ESCAPE_QUERY_IOMMU_STATUS = 37,
	D3DKMT_ESCAPE_CCD_DATABASE = 38,
	D3DKMT_ESCAPE_QUERY_DMA_REMAPPING_STATUS = 39,
	D3DKMT_ESCAPE_WIN32K_START = 1024,
	D3DKMT_ESCAPE_WIN32K_HIP_DEVICE_INFO = 1024,
	D3DKMT_ESCAPE_WIN32K_QUERY_CD_ROTATION_BLOCK = 1025,
	D3DKMT_ESCAPE_WIN32K_DPI_INFO = 1026,
	D3DKMT_ESCAPE_WIN32K_PRESENTER_VIEW_INFO = 1027,
	D3DKMT_ESCAPE_WIN32K_SYSTEM_DPI = 1028,
	D3DKMT_ESCAPE_WIN32K_BDD_FALLBACK = 1029,
	D3DKMT_ESCAPE_WIN32K_DDA_TEST_CTL = 1030,
	D3DKMT_ESCAPE_WIN32K_USER_DETECTED_BLACK_SCREEN = 1031,
	D3DKMT_ESCAPE_WIN32K_DISPBROKER_TEST = 1035,
	D3DKMT_ESCAPE_WIN32K_COLOR_PROFILE_INFO = 1036,
	D3DKMT_ESCAPE_WIN32K_SET_DIMMED_STATE = 1037,
	D3DKMT_ESCAPE_WIN32K_SPECIALIZED_DISPLAY_TEST = 1038,
} D3DKMT_ESCAPETYPE;

/* Flags of D3DKMT_ESCAPE. */
__extension__ typedef struct _D3DDDI_ESCAPEFLAGS {
	union {
		struct {
			/*
			 * [in] the escape touches hardware; the adapter must be idle
			 * for it
			 */
			UINT HardwareAccess : 1;
			UINT DeviceStatusQuery : 1;	/* [in] allowed on a removed device */
			UINT ChangeFrameLatency : 1;	/* [in] changes the present queue limit */
			/* [in] run without taking the adapter lock */
			UINT NoAdapterSynchronization : 1;
			UINT Reserved : 1;		/* send 0 */
			/* [in] buffer carries data for the host side of a VM */
			UINT VirtualMachineData : 1;
			/* [in] buffer starts with D3DDDI_DRIVERESCAPETYPE */
			UINT DriverKnownEscape : 1;
			/* [in] escape common to several drivers of a vendor */
			UINT DriverCommonEscape : 1;
			UINT Reserved2 : 24;		/* send 0 */
		};
		UINT Value;				/* [in] all bits at once */
	};
} D3DDDI_ESCAPEFLAGS;

/* Argument of D3DKMTEscape(). */
typedef struct _D3DKMT_ESCAPE {
	D3DKMT_HANDLE hAdapter;		/* [in] */
	D3DKMT_HANDLE hDevice;		/* [in] device, or 0 */
	D3DKMT_ESCAPETYPE Type;		/* [in] DRIVERPRIVATE (0) for vendor escapes */
	D3DDDI_ESCAPEFLAGS Flags;	/* [in] */
	/* [in, out] buffer sent to the host and overwritten with its answer */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	/* [in] its bytes; up to the 128-KiB packet limit minus header */
	UINT PrivateDriverDataSize;
	D3DKMT_HANDLE hContext;		/* [in] context, or 0 */
} D3DKMT_ESCAPE;

/* First word of the block with Flags.DriverKnownEscape. */
typedef enum _D3DDDI_DRIVERESCAPETYPE {
	D3DDDI_DRIVERESCAPETYPE_TRANSLATEALLOCATIONHANDLE = 0,
	D3DDDI_DRIVERESCAPETYPE_TRANSLATERESOURCEHANDLE = 1,
	D3DDDI_DRIVERESCAPETYPE_CPUEVENTUSAGE = 2,
	D3DDDI_DRIVERESCAPETYPE_MAX = 3,
} D3DDDI_DRIVERESCAPETYPE;

/* Allocation handle of the host; the same one on Linux. */
typedef struct _D3DDDI_DRIVERESCAPE_TRANSLATEALLOCATIONEHANDLE {
	D3DDDI_DRIVERESCAPETYPE EscapeType;
	D3DKMT_HANDLE hAllocation;
} D3DDDI_DRIVERESCAPE_TRANSLATEALLOCATIONEHANDLE;

/* Resource handle of the host; the same one on Linux. */
typedef struct _D3DDDI_DRIVERESCAPE_TRANSLATERESOURCEHANDLE {
	D3DDDI_DRIVERESCAPETYPE EscapeType;
	D3DKMT_HANDLE hResource;
} D3DDDI_DRIVERESCAPE_TRANSLATERESOURCEHANDLE;

/* How the driver uses a CPU event. */
typedef struct _D3DDDI_DRIVERESCAPE_CPUEVENTUSAGE {
	D3DDDI_DRIVERESCAPETYPE EscapeType;
	D3DKMT_HANDLE hSyncObject;
	D3DKMT_ALIGN64 UINT64 hKmdCpuEvent;
	UINT Usage[8];
} D3DDDI_DRIVERESCAPE_CPUEVENTUSAGE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTEscape() - pass a block of bytes to a driver and back
 * @args: [in] adapter, device, type, block; the block is in and out
 *
 * The block travels in one message: it must not hold pointers.
 *
 * Errors: STATUS_INVALID_PARAMETER: unknown adapter, block above 128 KiB. A
 *         driver may answer any status.
 * Source: WDDM: D3DKMT_ESCAPE.
 */
DXG_API NTSTATUS D3DKMTEscape(const D3DKMT_ESCAPE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_ESCAPE_H */
