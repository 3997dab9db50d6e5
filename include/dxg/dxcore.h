/* SPDX-License-Identifier: MIT */
/*
 * DXCore for C programs: the constants, structures and objects of libdxcore.so,
 * with the names that DirectX-Headers gives them in C++. There is nothing in
 * here for a C++ program, which includes <directx/dxcore.h>.
 *
 * An object is reached through a pointer to a structure with one member, lpVtbl:
 *
 *	list->lpVtbl->GetAdapter(list, 0, &IID_IDXCoreAdapter, &adapter);
 *
 * What each property and state is made of: docs/dxcore.md.
 */
#ifndef DXG_DXCORE_H
#define DXG_DXCORE_H

#ifndef __cplusplus

#include <stdbool.h>

#include <dxg/wintypes.h>

/* Negative is a failure; calls that succeed answer S_OK and nothing else. */
typedef int32_t HRESULT;
typedef GUID IID;

#ifndef S_OK
#define S_OK			((HRESULT)0)
#define E_INVALIDARG		((HRESULT)0x80070057)
#define E_NOINTERFACE		((HRESULT)0x80004002)
#define E_OUTOFMEMORY		((HRESULT)0x8007000e)
#define E_POINTER		((HRESULT)0x80004003)
#endif
#ifndef DXGI_ERROR_INVALID_CALL
#define DXGI_ERROR_INVALID_CALL	((HRESULT)0x887a0001)
#endif
#ifndef DXGI_ERROR_UNSUPPORTED
#define DXGI_ERROR_UNSUPPORTED	((HRESULT)0x887a0004)
#endif
#ifndef DXGI_ERROR_DEVICE_REMOVED
#define DXGI_ERROR_DEVICE_REMOVED	((HRESULT)0x887a0005)
#endif
#ifndef HRESULT_FROM_NT
#define HRESULT_FROM_NT(status)	((HRESULT)((status) | 0x10000000))
#endif

#define DXG_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)  \
	__attribute__((unused)) static const GUID name = {         \
		l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 },     \
	}

DXG_GUID(IID_IUnknown, 0x00000000, 0x0000, 0x0000, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46);
DXG_GUID(IID_IDXCoreAdapterFactory, 0x78ee5945, 0xc36e, 0x4b13, 0xa6, 0x69, 0x00, 0x5d, 0xd1, 0x1c, 0x0f, 0x06);
DXG_GUID(IID_IDXCoreAdapterFactory1, 0xd5682e19, 0x6d21, 0x401c, 0x82, 0x7a, 0x9a, 0x51, 0xa4, 0xea, 0x35, 0xd7);
DXG_GUID(IID_IDXCoreAdapterList, 0x526c7776, 0x40e9, 0x459b, 0xb7, 0x11, 0xf3, 0x2a, 0xd7, 0x6d, 0xfc, 0x28);
DXG_GUID(IID_IDXCoreAdapter, 0xf0db4c7f, 0xfe5a, 0x42a2, 0xbd, 0x62, 0xf2, 0xa6, 0xcf, 0x6f, 0xc8, 0x3e);
DXG_GUID(IID_IDXCoreAdapter1, 0xa0783366, 0xcfa3, 0x43be, 0x9d, 0x79, 0x55, 0xb2, 0xda, 0x97, 0xc6, 0x3c);

/* What an adapter is good for, */
DXG_GUID(DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS, 0x8c47866b, 0x7583, 0x450d, 0xf0, 0xf0, 0x6b, 0xad, 0xa8, 0x95, 0xaf, 0x4b);
DXG_GUID(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS, 0x0c9ece4d, 0x2f6e, 0x4f01, 0x8c, 0x96, 0xe8, 0x9e, 0x33, 0x1b, 0x47, 0xb1);
DXG_GUID(DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE, 0x248e2800, 0xa793, 0x4724, 0xab, 0xaa, 0x23, 0xa6, 0xde, 0x1b, 0xe0, 0x90);
DXG_GUID(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_ML, 0xb71b0d41, 0x1088, 0x422f, 0xa2, 0x7c, 0x02, 0x50, 0xb7, 0xd3, 0xa9, 0x88);
DXG_GUID(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA, 0x8eb2c848, 0x82f6, 0x4b49, 0xaa, 0x87, 0xae, 0xcf, 0xcf, 0x01, 0x74, 0xc6);
/* and what it is. */
DXG_GUID(DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU, 0xb69eb219, 0x3ded, 0x4464, 0x97, 0x9f, 0xa0, 0x0b, 0xd4, 0x68, 0x70, 0x06);
DXG_GUID(DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR, 0xe0b195da, 0x58ef, 0x4a22, 0x90, 0xf1, 0x1f, 0x28, 0x16, 0x9c, 0xab, 0x8d);
DXG_GUID(DXCORE_HARDWARE_TYPE_ATTRIBUTE_NPU, 0xd46140c4, 0xadd7, 0x451b, 0x9e, 0x56, 0x06, 0xfe, 0x8c, 0x3b, 0x58, 0xed);
DXG_GUID(DXCORE_HARDWARE_TYPE_ATTRIBUTE_MEDIA_ACCELERATOR, 0x66bdb96a, 0x050b, 0x44c7, 0xa4, 0xfd, 0xd1, 0x44, 0xce, 0x0a, 0xb4, 0x43);

/* Fixed for the life of an adapter; with the type of each. */
typedef enum DXCoreAdapterProperty {
	DXCoreAdapterProperty_InstanceLuid = 0,			/* LUID */
	/* uint64_t: four parts of 16 bits, the first highest */
	DXCoreAdapterProperty_DriverVersion = 1,
	DXCoreAdapterProperty_DriverDescription = 2,		/* UTF-8, NUL counted */
	DXCoreAdapterProperty_HardwareID = 3,			/* DXCoreHardwareID */
	DXCoreAdapterProperty_KmdModelVersion = 4,		/* uint32_t */
	DXCoreAdapterProperty_ComputePreemptionGranularity = 5,	/* uint16_t */
	DXCoreAdapterProperty_GraphicsPreemptionGranularity = 6,	/* uint16_t */
	DXCoreAdapterProperty_DedicatedAdapterMemory = 7,	/* uint64_t, bytes */
	DXCoreAdapterProperty_DedicatedSystemMemory = 8,	/* uint64_t, bytes */
	DXCoreAdapterProperty_SharedSystemMemory = 9,		/* uint64_t, bytes */
	DXCoreAdapterProperty_AcgCompatible = 10,		/* bool */
	DXCoreAdapterProperty_IsHardware = 11,			/* bool */
	DXCoreAdapterProperty_IsIntegrated = 12,		/* bool */
	DXCoreAdapterProperty_IsDetachable = 13,		/* bool */
	DXCoreAdapterProperty_HardwareIDParts = 14,		/* DXCoreHardwareIDParts */
	DXCoreAdapterProperty_PhysicalAdapterCount = 15,	/* uint32_t */
	/* with input: uint32_t, the physical adapter; uint32_t */
	DXCoreAdapterProperty_AdapterEngineCount = 16,
	/* with input: DXCoreEngineNamePropertyInput; ...Output */
	DXCoreAdapterProperty_AdapterEngineName = 17,
} DXCoreAdapterProperty;

/* As they are at the moment; with the types of input and output. */
typedef enum DXCoreAdapterState {
	DXCoreAdapterState_IsDriverUpdateInProgress = 0,	/* none; bool */
	/* DXCoreAdapterMemoryBudgetNodeSegmentGroup; DXCoreAdapterMemoryBudget */
	DXCoreAdapterState_AdapterMemoryBudget = 1,
	/* DXCoreMemoryQueryInput; DXCoreMemoryUsage */
	DXCoreAdapterState_AdapterMemoryUsageBytes = 2,
	/* DXCoreProcessMemoryQueryInput; ...Output */
	DXCoreAdapterState_AdapterMemoryUsageByProcessBytes = 3,
	/* DXCoreEngineQueryInput; DXCoreEngineQueryOutput */
	DXCoreAdapterState_AdapterEngineRunningTimeMicroseconds = 4,
	DXCoreAdapterState_AdapterEngineRunningTimeByProcessMicroseconds = 5,
	/* uint32_t, the physical adapter; float */
	DXCoreAdapterState_AdapterTemperatureCelsius = 6,
	DXCoreAdapterState_AdapterInUseProcessCount = 7,	/* none; uint32_t */
	/* DXCoreAdapterProcessSetQueryInput; ...Output */
	DXCoreAdapterState_AdapterInUseProcessSet = 8,
	/* DXCoreAdapterEngineIndex; DXCoreFrequencyQueryOutput */
	DXCoreAdapterState_AdapterEngineFrequencyHertz = 9,
	/* uint32_t, the physical adapter; DXCoreFrequencyQueryOutput */
	DXCoreAdapterState_AdapterMemoryFrequencyHertz = 10,
} DXCoreAdapterState;

typedef enum DXCoreSegmentGroup {
	DXCoreSegmentGroup_Local = 0,
	DXCoreSegmentGroup_NonLocal = 1,
} DXCoreSegmentGroup;

typedef enum DXCoreMemoryType {
	DXCoreMemoryType_Dedicated = 0,
	DXCoreMemoryType_Shared = 1,
} DXCoreMemoryType;

/* Which object it is about, and how often it comes. */
typedef enum DXCoreNotificationType {
	/* list: one of its adapters has gone, or another that fits has come; once */
	DXCoreNotificationType_AdapterListStale = 0,
	/* adapter: it has gone; once */
	DXCoreNotificationType_AdapterNoLongerValid = 1,
	/* adapter: its budget has changed; once at first in any case */
	DXCoreNotificationType_AdapterBudgetChange = 2,
	/* adapter: protected content is lost; once at first in any case */
	DXCoreNotificationType_AdapterHardwareContentProtectionTeardown = 3,
} DXCoreNotificationType;

/* What comes first in a list. */
typedef enum DXCoreAdapterPreference {
	DXCoreAdapterPreference_Hardware = 0,
	DXCoreAdapterPreference_MinimumPower = 1,
	DXCoreAdapterPreference_HighPerformance = 2,
} DXCoreAdapterPreference;

typedef enum DXCoreWorkload {
	DXCoreWorkload_Graphics = 0,
	DXCoreWorkload_Compute = 1,
	DXCoreWorkload_Media = 2,
	DXCoreWorkload_MachineLearning = 3,
} DXCoreWorkload;

typedef enum DXCoreRuntimeFilterFlags {
	DXCoreRuntimeFilterFlags_None = 0,
	DXCoreRuntimeFilterFlags_D3D11 = 1,
	DXCoreRuntimeFilterFlags_D3D12 = 2,
} DXCoreRuntimeFilterFlags;

typedef enum DXCoreHardwareTypeFilterFlags {
	DXCoreHardwareTypeFilterFlags_None = 0,
	DXCoreHardwareTypeFilterFlags_GPU = 1,
	DXCoreHardwareTypeFilterFlags_ComputeAccelerator = 2,
	DXCoreHardwareTypeFilterFlags_NPU = 4,
	DXCoreHardwareTypeFilterFlags_MediaAccelerator = 8,
} DXCoreHardwareTypeFilterFlags;

typedef struct DXCoreHardwareID {
	uint32_t vendorID;
	uint32_t deviceID;
	uint32_t subSysID;	/* the subsystem's id in the upper half, its vendor's below */
	uint32_t revision;
} DXCoreHardwareID;

typedef struct DXCoreHardwareIDParts {
	uint32_t vendorID;
	uint32_t deviceID;
	uint32_t subSystemID;
	uint32_t subVendorID;
	uint32_t revisionID;
} DXCoreHardwareIDParts;

typedef struct DXCoreAdapterMemoryBudgetNodeSegmentGroup {
	uint32_t nodeIndex;	/* physical adapter */
	DXCoreSegmentGroup segmentGroup;
} DXCoreAdapterMemoryBudgetNodeSegmentGroup;

/* Bytes of this process. */
typedef struct DXCoreAdapterMemoryBudget {
	uint64_t budget;
	uint64_t currentUsage;
	uint64_t availableForReservation;
	uint64_t currentReservation;
} DXCoreAdapterMemoryBudget;

typedef struct DXCoreAdapterEngineIndex {
	uint32_t physicalAdapterIndex;
	uint32_t engineIndex;
} DXCoreAdapterEngineIndex;

typedef struct DXCoreEngineNamePropertyInput {
	DXCoreAdapterEngineIndex adapterEngineIndex;
	uint32_t engineNameLength;	/* room at engineName, in characters */
	wchar_t *engineName;		/* receives the name; NULL with no room: ask for its length */
} DXCoreEngineNamePropertyInput;

typedef struct DXCoreEngineNamePropertyOutput {
	uint32_t engineNameLength;	/* characters, the NUL counted */
} DXCoreEngineNamePropertyOutput;

typedef struct DXCoreMemoryQueryInput {
	uint32_t physicalAdapterIndex;
	DXCoreMemoryType memoryType;
} DXCoreMemoryQueryInput;

/* Bytes. */
typedef struct DXCoreMemoryUsage {
	uint64_t committed;
	uint64_t resident;
} DXCoreMemoryUsage;

typedef struct DXCoreProcessMemoryQueryInput {
	uint32_t physicalAdapterIndex;
	DXCoreMemoryType memoryType;
	uint32_t processId;	/* 0: the calling one */
} DXCoreProcessMemoryQueryInput;

typedef struct DXCoreProcessMemoryQueryOutput {
	DXCoreMemoryUsage memoryUsage;
	bool processQuerySucceeded;	/* false: no such process uses the adapter */
} DXCoreProcessMemoryQueryOutput;

typedef struct DXCoreEngineQueryInput {
	DXCoreAdapterEngineIndex adapterEngineIndex;
	uint32_t processId;	/* by process alone; 0: the calling one */
} DXCoreEngineQueryInput;

typedef struct DXCoreEngineQueryOutput {
	uint64_t runningTime;	/* microseconds */
	bool processQuerySucceeded;
} DXCoreEngineQueryOutput;

typedef struct DXCoreAdapterProcessSetQueryInput {
	uint32_t arraySize;
	uint32_t *processIds;	/* NULL with a size of 0: ask for their number */
} DXCoreAdapterProcessSetQueryInput;

typedef struct DXCoreAdapterProcessSetQueryOutput {
	uint32_t processesWritten;
	uint32_t processesTotal;
} DXCoreAdapterProcessSetQueryOutput;

/* Hz. */
typedef struct DXCoreFrequencyQueryOutput {
	uint64_t frequency;
	uint64_t maxFrequency;
	uint64_t maxOverclockedFrequency;
} DXCoreFrequencyQueryOutput;

#include <dxg/dxcore-objects.h>

#endif /* __cplusplus */

#endif /* DXG_DXCORE_H */
