/* SPDX-License-Identifier: MIT */
/*
 * D3DKMTQueryAdapterInfo(), and the answers that describe an adapter and its
 * driver.
 */
#ifndef DXG_QUERY_INFO_H
#define DXG_QUERY_INFO_H

#include <dxg/base.h>

/*
 * What D3DKMTQueryAdapterInfo() can be asked, and the payload that carries
 * question and answer: where none is given, the D3DKMT_ structure of that
 * name.
 */
typedef enum _KMTQUERYADAPTERINFOTYPE {
	KMTQAITYPE_UMDRIVERPRIVATE = 0,				/* vendor blob */
	KMTQAITYPE_UMDRIVERNAME = 1,				/* D3DKMT_UMDFILENAMEINFO */
	KMTQAITYPE_UMOPENGLINFO = 2,				/* D3DKMT_OPENGLINFO */
	KMTQAITYPE_GETSEGMENTSIZE = 3,				/* D3DKMT_SEGMENTSIZEINFO */
	KMTQAITYPE_ADAPTERGUID = 4,				/* GUID */
	KMTQAITYPE_FLIPQUEUEINFO = 5,
	KMTQAITYPE_ADAPTERADDRESS = 6,
	KMTQAITYPE_SETWORKINGSETINFO = 7,			/* D3DKMT_WORKINGSETINFO */
	KMTQAITYPE_ADAPTERREGISTRYINFO = 8,
	KMTQAITYPE_CURRENTDISPLAYMODE = 9,
	KMTQAITYPE_MODELIST = 10,				/* D3DKMT_DISPLAYMODE array */
	KMTQAITYPE_CHECKDRIVERUPDATESTATUS = 11,		/* BOOL */
	KMTQAITYPE_VIRTUALADDRESSINFO = 12,
	KMTQAITYPE_DRIVERVERSION = 13,				/* D3DKMT_DRIVERVERSION (enum) */
	KMTQAITYPE_ADAPTERTYPE = 15,
	KMTQAITYPE_OUTPUTDUPLCONTEXTSCOUNT = 16,
	KMTQAITYPE_WDDM_1_2_CAPS = 17,
	KMTQAITYPE_UMD_DRIVER_VERSION = 18,
	KMTQAITYPE_DIRECTFLIP_SUPPORT = 19,
	KMTQAITYPE_MULTIPLANEOVERLAY_SUPPORT = 20,
	KMTQAITYPE_DLIST_DRIVER_NAME = 21,
	KMTQAITYPE_WDDM_1_3_CAPS = 22,
	KMTQAITYPE_MULTIPLANEOVERLAY_HUD_SUPPORT = 23,
	KMTQAITYPE_WDDM_2_0_CAPS = 24,
	KMTQAITYPE_NODEMETADATA = 25,
	KMTQAITYPE_CPDRIVERNAME = 26,
	KMTQAITYPE_XBOX = 27,
	KMTQAITYPE_INDEPENDENTFLIP_SUPPORT = 28,
	KMTQAITYPE_MIRACASTCOMPANIONDRIVERNAME = 29,
	KMTQAITYPE_PHYSICALADAPTERCOUNT = 30,			/* D3DKMT_PHYSICAL_ADAPTER_COUNT */
	KMTQAITYPE_PHYSICALADAPTERDEVICEIDS = 31,		/* D3DKMT_QUERY_DEVICE_IDS */
	KMTQAITYPE_DRIVERCAPS_EXT = 32,
	KMTQAITYPE_QUERY_MIRACAST_DRIVER_TYPE = 33,
	KMTQAITYPE_QUERY_GPUMMU_CAPS = 34,
	KMTQAITYPE_QUERY_MULTIPLANEOVERLAY_DECODE_SUPPORT = 35,
	KMTQAITYPE_QUERY_HW_PROTECTION_TEARDOWN_COUNT = 36,	/* UINT */
	KMTQAITYPE_QUERY_ISBADDRIVERFORHWPROTECTIONDISABLED = 37,
	KMTQAITYPE_MULTIPLANEOVERLAY_SECONDARY_SUPPORT = 38,
	KMTQAITYPE_INDEPENDENTFLIP_SECONDARY_SUPPORT = 39,
	KMTQAITYPE_PANELFITTER_SUPPORT = 40,
	KMTQAITYPE_PHYSICALADAPTERPNPKEY = 41,			/* D3DKMT_QUERY_PHYSICAL_ADAPTER_PNP_KEY */
	KMTQAITYPE_GETSEGMENTGROUPSIZE = 42,			/* D3DKMT_SEGMENTGROUPSIZEINFO */
	KMTQAITYPE_MPO3DDI_SUPPORT = 43,
	KMTQAITYPE_HWDRM_SUPPORT = 44,
	KMTQAITYPE_MPOKERNELCAPS_SUPPORT = 45,
	KMTQAITYPE_MULTIPLANEOVERLAY_STRETCH_SUPPORT = 46,
	KMTQAITYPE_GET_DEVICE_VIDPN_OWNERSHIP_INFO = 47,
	KMTQAITYPE_QUERYREGISTRY = 48,				/* D3DDDI_QUERYREGISTRY_INFO */
	KMTQAITYPE_KMD_DRIVER_VERSION = 49,
	KMTQAITYPE_BLOCKLIST_KERNEL = 50,			/* D3DKMT_BLOCKLIST_INFO */
	KMTQAITYPE_BLOCKLIST_RUNTIME = 51,			/* D3DKMT_BLOCKLIST_INFO */
	KMTQAITYPE_ADAPTERGUID_RENDER = 52,			/* GUID */
	KMTQAITYPE_ADAPTERADDRESS_RENDER = 53,			/* D3DKMT_ADAPTERADDRESS */
	KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER = 54,		/* D3DKMT_ADAPTERREGISTRYINFO */
	KMTQAITYPE_CHECKDRIVERUPDATESTATUS_RENDER = 55,		/* BOOL */
	KMTQAITYPE_DRIVERVERSION_RENDER = 56,			/* D3DKMT_DRIVERVERSION (enum) */
	KMTQAITYPE_ADAPTERTYPE_RENDER = 57,			/* D3DKMT_ADAPTERTYPE */
	KMTQAITYPE_WDDM_1_2_CAPS_RENDER = 58,			/* D3DKMT_WDDM_1_2_CAPS */
	KMTQAITYPE_WDDM_1_3_CAPS_RENDER = 59,			/* D3DKMT_WDDM_1_3_CAPS */
	KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID = 60,
	KMTQAITYPE_NODEPERFDATA = 61,				/* D3DKMT_NODE_PERFDATA */
	KMTQAITYPE_ADAPTERPERFDATA = 62,			/* D3DKMT_ADAPTER_PERFDATA */
	KMTQAITYPE_ADAPTERPERFDATA_CAPS = 63,			/* D3DKMT_ADAPTER_PERFDATACAPS */
	KMTQUITYPE_GPUVERSION = 64,
	KMTQAITYPE_DRIVER_DESCRIPTION = 65,
	KMTQAITYPE_DRIVER_DESCRIPTION_RENDER = 66,		/* D3DKMT_DRIVER_DESCRIPTION */
	KMTQAITYPE_SCANOUT_CAPS = 67,				/* D3DKMT_QUERY_SCANOUT_CAPS */
	KMTQAITYPE_PARAVIRTUALIZATION_RENDER = 68,		/* D3DKMT_PARAVIRTUALIZATION */
	KMTQAITYPE_SERVICENAME = 69,				/* no public struct */
	KMTQAITYPE_WDDM_2_7_CAPS = 70,
	KMTQAITYPE_DISPLAY_UMDRIVERNAME = 71,			/* D3DKMT_DISPLAY_UMD_FILENAMEINFO */
	KMTQAITYPE_TRACKEDWORKLOAD_SUPPORT = 72,
	KMTQAITYPE_HYBRID_DLIST_DLL_SUPPORT = 73,
	KMTQAITYPE_DISPLAY_CAPS = 74,
	KMTQAITYPE_WDDM_2_9_CAPS = 75,
	KMTQAITYPE_CROSSADAPTERRESOURCE_SUPPORT = 76,
	KMTQAITYPE_WDDM_3_0_CAPS = 77,
	KMTQAITYPE_WSAUMDIMAGENAME = 78,
	KMTQAITYPE_VGPUINTERFACEID = 79,
	KMTQAITYPE_WDDM_3_1_CAPS = 80,
	KMTQAITYPE_HYBRID_DLIST_DLL_MUX_SUPPORT = 81,
} KMTQUERYADAPTERINFOTYPE;

/* Argument of D3DKMTQueryAdapterInfo(). */
typedef struct _D3DKMT_QUERYADAPTERINFO {
	D3DKMT_HANDLE hAdapter;		/* [in] */
	KMTQUERYADAPTERINFOTYPE Type;	/* [in] selects the payload struct */
	/*
	 * [in, out] payload buffer: sent whole to the host, overwritten whole by the
	 * answer
	 */
	D3DKMT_PTR(VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;	/* [in] 1 .. 131072 bytes */
} D3DKMT_QUERYADAPTERINFO;

/* Which user-mode driver is asked for. */
typedef enum _KMTUMDVERSION {
	KMTUMDVERSION_DX9 = 0,
	KMTUMDVERSION_DX10 = 1,
	KMTUMDVERSION_DX11 = 2,
	KMTUMDVERSION_DX12 = 3,
	NUM_KMTUMDVERSIONS = 4,
} KMTUMDVERSION;

/* Answer to KMTQAITYPE_UMDRIVERNAME. */
typedef struct _D3DKMT_UMDFILENAMEINFO {
	KMTUMDVERSION Version;		/* [in] */
	WCHAR UmdFileName[MAX_PATH];	/* [out] */
} D3DKMT_UMDFILENAMEINFO;

/* Answer to KMTQAITYPE_UMOPENGLINFO. */
typedef struct _D3DKMT_OPENGLINFO {
	WCHAR UmdOpenGlIcdFileName[MAX_PATH];	/* [out] */
	ULONG Version;				/* [in, out] */
	ULONG Flags;				/* [in, out] */
} D3DKMT_OPENGLINFO;

/* Answer to KMTQAITYPE_GETSEGMENTSIZE. */
typedef struct _D3DKMT_SEGMENTSIZEINFO {
	D3DKMT_ALIGN64 ULONGLONG DedicatedVideoMemorySize;	/* [out] bytes of local memory */
	/* [out] bytes of system memory set aside */
	D3DKMT_ALIGN64 ULONGLONG DedicatedSystemMemorySize;
	/* [out] bytes of system memory the GPU may share */
	D3DKMT_ALIGN64 ULONGLONG SharedSystemMemorySize;
} D3DKMT_SEGMENTSIZEINFO;

/* Answer to KMTQAITYPE_GETSEGMENTGROUPSIZE. */
typedef struct _D3DKMT_SEGMENTGROUPSIZEINFO {
	UINT32 PhysicalAdapterIndex;			/* [in] which adapter */
	D3DKMT_SEGMENTSIZEINFO LegacyInfo;		/* [out] as GETSEGMENTSIZE */
	D3DKMT_ALIGN64 ULONGLONG LocalMemory;		/* [out] bytes in the local group */
	D3DKMT_ALIGN64 ULONGLONG NonLocalMemory;	/* [out] bytes in the non-local group */
	D3DKMT_ALIGN64 ULONGLONG NonBudgetMemory;	/* [out] bytes outside the budget */
} D3DKMT_SEGMENTGROUPSIZEINFO;

/* Answer to KMTQAITYPE_ADAPTERADDRESS and KMTQAITYPE_ADAPTERADDRESS_RENDER. */
typedef struct _D3DKMT_ADAPTERADDRESS {
	UINT BusNumber;		/* [out] PCI bus (host side) */
	UINT DeviceNumber;	/* [out] PCI device */
	UINT FunctionNumber;	/* [out] PCI function */
} D3DKMT_ADAPTERADDRESS;

/*
 * Answer to KMTQAITYPE_ADAPTERREGISTRYINFO and
 * KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER.
 */
typedef struct _D3DKMT_ADAPTERREGISTRYINFO {
	WCHAR AdapterString[MAX_PATH];	/* [out] */
	WCHAR BiosString[MAX_PATH];	/* [out] */
	WCHAR DacType[MAX_PATH];	/* [out] */
	WCHAR ChipType[MAX_PATH];	/* [out] */
} D3DKMT_ADAPTERREGISTRYINFO;

/* Driver model of an adapter: 1000 times the version. */
typedef enum _D3DKMT_DRIVERVERSION {
	KMT_DRIVERVERSION_WDDM_1_0 = 1000,
	KMT_DRIVERVERSION_WDDM_1_1_PRERELEASE = 1102,
	KMT_DRIVERVERSION_WDDM_1_1 = 1105,
	KMT_DRIVERVERSION_WDDM_1_2 = 1200,
	KMT_DRIVERVERSION_WDDM_1_3 = 1300,
	KMT_DRIVERVERSION_WDDM_2_0 = 2000,
	KMT_DRIVERVERSION_WDDM_2_1 = 2100,
	KMT_DRIVERVERSION_WDDM_2_2 = 2200,
	KMT_DRIVERVERSION_WDDM_2_3 = 2300,
	KMT_DRIVERVERSION_WDDM_2_4 = 2400,
	KMT_DRIVERVERSION_WDDM_2_5 = 2500,
	KMT_DRIVERVERSION_WDDM_2_6 = 2600,
	KMT_DRIVERVERSION_WDDM_2_7 = 2700,
	KMT_DRIVERVERSION_WDDM_2_8 = 2800,
	KMT_DRIVERVERSION_WDDM_2_9 = 2900,
	KMT_DRIVERVERSION_WDDM_3_0 = 3000,
} D3DKMT_DRIVERVERSION;

/* Answer to KMTQAITYPE_ADAPTERTYPE and KMTQAITYPE_ADAPTERTYPE_RENDER. */
__extension__ typedef struct _D3DKMT_ADAPTERTYPE {
	union {
		struct {
			UINT RenderSupported : 1;		/* [out] can render */
			UINT DisplaySupported : 1;		/* [out] can display; always 0 */
			UINT SoftwareDevice : 1;		/* [out] software renderer */
			UINT PostDevice : 1;			/* [out] boot display; always 0 */
			/* [out] discrete part of a hybrid pair */
			UINT HybridDiscrete : 1;
			/* [out] integrated part of a hybrid pair */
			UINT HybridIntegrated : 1;
			/* [out] indirect display; always 0 */
			UINT IndirectDisplayDevice : 1;
			/* [out] GPU is behind paravirtualisation; always 1 */
			UINT Paravirtualized : 1;
			/* [out] code-generation guard; always 0 */
			UINT ACGSupported : 1;
			UINT SupportSetTimingsFromVidPn : 1;	/* [out] always 0 */
			UINT Detachable : 1;			/* [out] removable */
			/*
			 * [out] compute accelerator; filled in from the driver's own
			 * record
			 */
			UINT ComputeOnly : 1;
			/* [out] pre-production hardware */
			UINT Prototype : 1;
			UINT RuntimePowerManagement : 1;	/* [out] */
			UINT Reserved : 18;
		};
		UINT Value;					/* [out] all bits at once */
	};
} D3DKMT_ADAPTERTYPE;

/* Answer to KMTQAITYPE_UMD_DRIVER_VERSION. */
typedef struct _D3DKMT_UMD_DRIVER_VERSION {
	/* [out] four 16-bit parts, most significant first */
	D3DKMT_ALIGN64 LARGE_INTEGER DriverVersion;
} D3DKMT_UMD_DRIVER_VERSION;

/* Answer to KMTQAITYPE_KMD_DRIVER_VERSION. */
typedef struct _D3DKMT_KMD_DRIVER_VERSION {
	/* [out] four 16-bit parts, most significant first */
	D3DKMT_ALIGN64 LARGE_INTEGER DriverVersion;
} D3DKMT_KMD_DRIVER_VERSION;

/* Answer to KMTQAITYPE_DLIST_DRIVER_NAME. */
typedef struct _D3DKMT_DLIST_DRIVER_NAME {
	WCHAR DListFileName[MAX_PATH];	/* [out] */
} D3DKMT_DLIST_DRIVER_NAME;

/* Flags of DXGK_NODEMETADATA. */
__extension__ typedef struct _DXGK_NODEMETADATA_FLAGS {
	union {
		struct {
			UINT ContextSchedulingSupported : 1;	/* [out] hardware scheduling */
			/* [out] fence release from the ring */
			UINT RingBufferFenceRelease : 1;
			UINT SupportTrackedWorkload : 1;	/* [out] tracked workloads */
			UINT Reserved : 13;
			UINT MaxInFlightHwQueueBuffers : 16;	/* [out] queue depth */
		};
		UINT32 Value;					/* [out] all bits at once */
	};
} DXG_PACKED DXGK_NODEMETADATA_FLAGS;

/* An engine: what it is for and what it is called. */
typedef struct _DXGK_NODEMETADATA {
	DXGK_ENGINE_TYPE EngineType;	/* [out] */
	WCHAR FriendlyName[32];		/* [out] */
	DXGK_NODEMETADATA_FLAGS Flags;	/* [out] */
	BOOLEAN GpuMmuSupported;	/* [out] */
	BOOLEAN IoMmuSupported;		/* [out] */
} DXG_PACKED DXGK_NODEMETADATA;

/* Answer to KMTQAITYPE_NODEMETADATA. */
typedef struct _D3DKMT_NODEMETADATA {
	UINT NodeOrdinalAndAdapterIndex;	/* [in] */
	DXGK_NODEMETADATA NodeData;		/* [out] */
} DXG_PACKED D3DKMT_NODEMETADATA;

/* Answer to KMTQAITYPE_CPDRIVERNAME. */
typedef struct _D3DKMT_CPDRIVERNAME {
	WCHAR ContentProtectionFileName[MAX_PATH];	/* [out] */
} D3DKMT_CPDRIVERNAME;

/* Answer to KMTQAITYPE_XBOX. */
typedef struct _D3DKMT_XBOX {
	BOOL IsXBOX;	/* [out] 0 or 1 */
} D3DKMT_XBOX;

/* Answer to KMTQAITYPE_MIRACASTCOMPANIONDRIVERNAME. */
typedef struct _D3DKMT_MIRACASTCOMPANIONDRIVERNAME {
	WCHAR MiracastCompanionDriverName[MAX_PATH];	/* [out] */
} D3DKMT_MIRACASTCOMPANIONDRIVERNAME;

/* Whose driver serves wireless displays. */
typedef enum _D3DKMT_MIRACAST_DRIVER_TYPE {
	D3DKMT_MIRACAST_DRIVER_NOT_SUPPORTED = 0,
	D3DKMT_MIRACAST_DRIVER_IHV = 1,
	D3DKMT_MIRACAST_DRIVER_MS = 2,
} D3DKMT_MIRACAST_DRIVER_TYPE;

/* Answer to KMTQAITYPE_QUERY_MIRACAST_DRIVER_TYPE. */
typedef struct _D3DKMT_QUERY_MIRACAST_DRIVER_TYPE {
	D3DKMT_MIRACAST_DRIVER_TYPE MiracastDriverType;	/* [out] */
} D3DKMT_QUERY_MIRACAST_DRIVER_TYPE;

/* Answer to KMTQAITYPE_PHYSICALADAPTERCOUNT. */
typedef struct _D3DKMT_PHYSICAL_ADAPTER_COUNT {
	UINT Count;	/* [out] adapters in the linked group */
} D3DKMT_PHYSICAL_ADAPTER_COUNT;

/* PCI ids. */
typedef struct _D3DKMT_DEVICE_IDS {
	UINT VendorID;		/* [out] PCI vendor */
	UINT DeviceID;		/* [out] PCI device */
	UINT SubVendorID;	/* [out] PCI subsystem vendor */
	UINT SubSystemID;	/* [out] PCI subsystem */
	UINT RevisionID;	/* [out] PCI revision */
	UINT BusType;		/* [out] bus kind */
} D3DKMT_DEVICE_IDS;

/* Answer to KMTQAITYPE_PHYSICALADAPTERDEVICEIDS. */
typedef struct _D3DKMT_QUERY_DEVICE_IDS {
	UINT PhysicalAdapterIndex;	/* [in] which adapter */
	D3DKMT_DEVICE_IDS DeviceIds;	/* [out] */
} D3DKMT_QUERY_DEVICE_IDS;

/* Answer to KMTQAITYPE_QUERY_ISBADDRIVERFORHWPROTECTIONDISABLED. */
typedef struct _D3DKMT_ISBADDRIVERFORHWPROTECTIONDISABLED {
	BOOL Disabled;	/* [out] 0 or 1 */
} D3DKMT_ISBADDRIVERFORHWPROTECTIONDISABLED;

/* Which registry key of an adapter. */
typedef enum _D3DKMT_PNP_KEY_TYPE {
	D3DKMT_PNP_KEY_HARDWARE = 1,
	D3DKMT_PNP_KEY_SOFTWARE = 2,
} D3DKMT_PNP_KEY_TYPE;

/* Answer to KMTQAITYPE_PHYSICALADAPTERPNPKEY. */
typedef struct _D3DKMT_QUERY_PHYSICAL_ADAPTER_PNP_KEY {
	UINT PhysicalAdapterIndex;	/* [in] which adapter */
	D3DKMT_PNP_KEY_TYPE PnPKeyType;	/* [in] 1 hardware key, 2 software key */
	D3DKMT_PTR(WCHAR *, pDest);	/* [out] string buffer (pointer inside the payload) */
	D3DKMT_PTR(UINT *, pCchDest);	/* [in, out] length of that buffer in characters */
} D3DKMT_QUERY_PHYSICAL_ADAPTER_PNP_KEY;

/* What is looked up; the two paths need no ValueName. */
typedef enum _D3DDDI_QUERYREGISTRY_TYPE {
	D3DDDI_QUERYREGISTRY_SERVICEKEY = 0,
	D3DDDI_QUERYREGISTRY_ADAPTERKEY = 1,
	D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH = 2,
	D3DDDI_QUERYREGISTRY_DRIVERIMAGEPATH = 3,
	D3DDDI_QUERYREGISTRY_MAX = 4,
} D3DDDI_QUERYREGISTRY_TYPE;

/* Flags of D3DDDI_QUERYREGISTRY_INFO. */
__extension__ typedef struct _D3DDDI_QUERYREGISTRY_FLAGS {
	union {
		struct {
			/* [in] turn a driver-store path into one usable by the caller */
			UINT TranslatePath : 1;
			/* [in] look in the place for values that change at run time */
			UINT MutableValue : 1;
			UINT Reserved : 30;	/* send 0 */
		};
		UINT Value;			/* [in] all bits at once */
	};
} D3DDDI_QUERYREGISTRY_FLAGS;

/* How the look-up went; the call itself succeeds. */
typedef enum _D3DDDI_QUERYREGISTRY_STATUS {
	D3DDDI_QUERYREGISTRY_STATUS_SUCCESS = 0,
	D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW = 1,
	D3DDDI_QUERYREGISTRY_STATUS_FAIL = 2,
	D3DDDI_QUERYREGISTRY_STATUS_MAX = 3,
} D3DDDI_QUERYREGISTRY_STATUS;

/* Answer to KMTQAITYPE_QUERYREGISTRY. */
typedef struct _D3DDDI_QUERYREGISTRY_INFO {
	D3DDDI_QUERYREGISTRY_TYPE QueryType;		/* [in] */
	D3DDDI_QUERYREGISTRY_FLAGS QueryFlags;		/* [in] */
	/* [in] name of the value, for SERVICEKEY and ADAPTERKEY; 259 + NUL */
	WCHAR ValueName[MAX_PATH];
	/* [in] expected registry type (REG_*); 0 for the path types */
	ULONG ValueType;
	ULONG PhysicalAdapterIndex;			/* [in] which adapter */
	ULONG OutputValueSize;				/* [out] bytes of the value */
	D3DDDI_QUERYREGISTRY_STATUS Status;		/* [out] */
	union {
		DWORD OutputDword;			/* [out] value of a REG_DWORD */
		D3DKMT_ALIGN64 UINT64 OutputQword;	/* [out] value of a REG_QWORD */
		/* [out] start of a string; continues past the struct */
		WCHAR OutputString[1];
		/* [out] start of binary data; continues past the struct */
		BYTE OutputBinary[1];
	};
} D3DDDI_QUERYREGISTRY_INFO;

/* Answer to KMTQAITYPE_BLOCKLIST_KERNEL and KMTQAITYPE_BLOCKLIST_RUNTIME. */
typedef struct _D3DKMT_BLOCKLIST_INFO {
	UINT Size;		/* [in] bytes */
	WCHAR BlockList[1];	/* [out] string, continues past the struct */
} D3DKMT_BLOCKLIST_INFO;

/* Answer to KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID. */
typedef struct _D3DKMT_QUERY_ADAPTER_UNIQUE_GUID {
	WCHAR AdapterUniqueGUID[40];	/* [out] */
} D3DKMT_QUERY_ADAPTER_UNIQUE_GUID;

/*
 * Answer to KMTQAITYPE_DRIVER_DESCRIPTION and
 * KMTQAITYPE_DRIVER_DESCRIPTION_RENDER.
 */
typedef struct _D3DKMT_DRIVER_DESCRIPTION {
	WCHAR DriverDescription[4096];	/* [out] */
} D3DKMT_DRIVER_DESCRIPTION;

/* Answer to KMTQAITYPE_PARAVIRTUALIZATION_RENDER. */
typedef struct _D3DKMT_PARAVIRTUALIZATION {
	BOOLEAN SecureContainer;	/* [out] GPU is used from a secure container */
} D3DKMT_PARAVIRTUALIZATION;

/* Which display user-mode driver is asked for. */
typedef enum _KMT_DISPLAY_UMD_VERSION {
	KMT_DISPLAY_UMDVERSION_1 = 0,
	NUM_KMT_DISPLAY_UMDVERSIONS = 1,
} KMT_DISPLAY_UMD_VERSION;

/* Answer to KMTQAITYPE_DISPLAY_UMDRIVERNAME. */
typedef struct _D3DKMT_DISPLAY_UMD_FILENAMEINFO {
	KMT_DISPLAY_UMD_VERSION Version;	/* [in] */
	WCHAR UmdFileName[MAX_PATH];		/* [out] */
} D3DKMT_DISPLAY_UMD_FILENAMEINFO;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTQueryAdapterInfo() - ask an adapter about itself
 * @args: [in] type and payload; the payload is in and out, @args itself is not
 *        written
 *
 * Strings are WCHAR, four bytes each, although sixteen bits travel; driver-store
 * paths come back as paths of this system.
 *
 * Shape:  PrivateDriverDataSize is exactly the structure's size, except for
 *         UMDRIVERPRIVATE and QUERYREGISTRY.
 * Errors: STATUS_INVALID_PARAMETER: NULL, unknown adapter or type, wrong size.
 *         STATUS_NO_MEMORY: no room to convert a registry value.
 * Source: WDDM: KMTQUERYADAPTERINFOTYPE.
 */
DXG_API NTSTATUS D3DKMTQueryAdapterInfo(const D3DKMT_QUERYADAPTERINFO *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_QUERY_INFO_H */
