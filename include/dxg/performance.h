/* SPDX-License-Identifier: MIT */
/*
 * Clocks, temperatures and versions: answers of D3DKMTQueryAdapterInfo(), also
 * in statistics.
 */
#ifndef DXG_PERFORMANCE_H
#define DXG_PERFORMANCE_H

#include <dxg/base.h>

/* Clocks of an engine. Answer to KMTQAITYPE_NODEPERFDATA. */
typedef struct _D3DKMT_NODE_PERFDATA {
	UINT32 NodeOrdinal;				/* [in] engine node */
	UINT32 PhysicalAdapterIndex;			/* [in] which adapter */
	D3DKMT_ALIGN64 ULONGLONG Frequency;		/* [out] clock now, Hz */
	D3DKMT_ALIGN64 ULONGLONG MaxFrequency;		/* [out] highest clock, Hz */
	D3DKMT_ALIGN64 ULONGLONG MaxFrequencyOC;	/* [out] highest overclock, Hz */
	ULONG Voltage;					/* [out] mV */
	ULONG VoltageMax;				/* [out] mV */
	ULONG VoltageMaxOC;				/* [out] mV */
	/* [out] longest clock change, 100-ns units */
	D3DKMT_ALIGN64 ULONGLONG MaxTransitionLatency;
} D3DKMT_NODE_PERFDATA;

/* Clocks, temperature, fan, power. Answer to KMTQAITYPE_ADAPTERPERFDATA. */
typedef struct _D3DKMT_ADAPTER_PERFDATA {
	UINT32 PhysicalAdapterIndex;			/* [in] which adapter */
	D3DKMT_ALIGN64 ULONGLONG MemoryFrequency;	/* [out] memory clock now, Hz */
	D3DKMT_ALIGN64 ULONGLONG MaxMemoryFrequency;	/* [out] highest memory clock, Hz */
	D3DKMT_ALIGN64 ULONGLONG MaxMemoryFrequencyOC;	/* [out] highest overclock, Hz */
	D3DKMT_ALIGN64 ULONGLONG MemoryBandwidth;	/* [out] bytes moved */
	D3DKMT_ALIGN64 ULONGLONG PCIEBandwidth;		/* [out] bytes moved over the bus */
	ULONG FanRPM;					/* [out] fan speed */
	ULONG Power;					/* [out] draw, tenths of a percent */
	ULONG Temperature;				/* [out] tenths of a degree Celsius */
	UCHAR PowerStateOverride;			/* [out] linked-adapter power override */
} D3DKMT_ADAPTER_PERFDATA;

/* Limits of the former. Answer to KMTQAITYPE_ADAPTERPERFDATA_CAPS. */
typedef struct _D3DKMT_ADAPTER_PERFDATACAPS {
	UINT32 PhysicalAdapterIndex;			/* [in] which adapter */
	D3DKMT_ALIGN64 ULONGLONG MaxMemoryBandwidth;	/* [out] bytes per second */
	D3DKMT_ALIGN64 ULONGLONG MaxPCIEBandwidth;	/* [out] bytes per second */
	ULONG MaxFanRPM;				/* [out] rpm */
	/* [out] damage level, tenths of a degree */
	ULONG TemperatureMax;
	/* [out] throttle level, tenths of a degree */
	ULONG TemperatureWarning;
} D3DKMT_ADAPTER_PERFDATACAPS;

/* Versions by name. Answer to KMTQUITYPE_GPUVERSION. */
typedef struct _D3DKMT_GPUVERSION {
	UINT32 PhysicalAdapterIndex;	/* [in] which adapter */
	WCHAR BiosVersion[32];		/* [out] 31 characters + NUL */
	WCHAR GpuArchitecture[32];	/* [out] 31 characters + NUL */
} D3DKMT_GPUVERSION;

#endif /* DXG_PERFORMANCE_H */
