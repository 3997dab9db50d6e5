/* SPDX-License-Identifier: MIT */
/*
 * Answers of D3DKMTQueryAdapterInfo() about what an adapter and its driver can
 * do.
 */
#ifndef DXG_QUERY_CAPS_H
#define DXG_QUERY_CAPS_H

#include <dxg/base.h>

/* Flags of D3DKMT_VIRTUALADDRESSINFO. */
typedef struct _D3DKMT_VIRTUALADDRESSFLAGS {
	UINT VirtualAddressSupported : 1;	/* [out] GPU virtual addressing available */
	UINT Reserved : 31;
} D3DKMT_VIRTUALADDRESSFLAGS;

/* Answer to KMTQAITYPE_VIRTUALADDRESSINFO. */
typedef struct _D3DKMT_VIRTUALADDRESSINFO {
	D3DKMT_VIRTUALADDRESSFLAGS VirtualAddressFlags;	/* [out] */
} D3DKMT_VIRTUALADDRESSINFO;

/* Flags of D3DKMT_WORKINGSETINFO. */
typedef struct _D3DKMT_WORKINGSETFLAGS {
	UINT UseDefault : 1;	/* [in] reset to default */
	UINT Reserved : 31;	/* send 0 */
} D3DKMT_WORKINGSETFLAGS;

/* Answer to KMTQAITYPE_SETWORKINGSETINFO. */
typedef struct _D3DKMT_WORKINGSETINFO {
	D3DKMT_WORKINGSETFLAGS Flags;		/* [in] */
	ULONG MinimumWorkingSetPercentile;	/* [in] percentile */
	ULONG MaximumWorkingSetPercentile;	/* [in] percentile */
} D3DKMT_WORKINGSETINFO;

/* Where graphics work can be interrupted. */
typedef enum _D3DKMDT_GRAPHICS_PREEMPTION_GRANULARITY {
	D3DKMDT_GRAPHICS_PREEMPTION_NONE = 0,
	D3DKMDT_GRAPHICS_PREEMPTION_DMA_BUFFER_BOUNDARY = 100,
	D3DKMDT_GRAPHICS_PREEMPTION_PRIMITIVE_BOUNDARY = 200,
	D3DKMDT_GRAPHICS_PREEMPTION_TRIANGLE_BOUNDARY = 300,
	D3DKMDT_GRAPHICS_PREEMPTION_PIXEL_BOUNDARY = 400,
	D3DKMDT_GRAPHICS_PREEMPTION_SHADER_BOUNDARY = 500,
} D3DKMDT_GRAPHICS_PREEMPTION_GRANULARITY;

/* Where compute work can be interrupted. */
typedef enum _D3DKMDT_COMPUTE_PREEMPTION_GRANULARITY {
	D3DKMDT_COMPUTE_PREEMPTION_NONE = 0,
	D3DKMDT_COMPUTE_PREEMPTION_DMA_BUFFER_BOUNDARY = 100,
	D3DKMDT_COMPUTE_PREEMPTION_DISPATCH_BOUNDARY = 200,
	D3DKMDT_COMPUTE_PREEMPTION_THREAD_GROUP_BOUNDARY = 300,
	D3DKMDT_COMPUTE_PREEMPTION_THREAD_BOUNDARY = 400,
	D3DKMDT_COMPUTE_PREEMPTION_SHADER_BOUNDARY = 500,
} D3DKMDT_COMPUTE_PREEMPTION_GRANULARITY;

/* Where work can be interrupted. */
typedef struct _D3DKMDT_PREEMPTION_CAPS {
	D3DKMDT_GRAPHICS_PREEMPTION_GRANULARITY GraphicsPreemptionGranularity;	/* [out] */
	D3DKMDT_COMPUTE_PREEMPTION_GRANULARITY ComputePreemptionGranularity;	/* [out] */
} D3DKMDT_PREEMPTION_CAPS;

/* Answer to KMTQAITYPE_WDDM_1_2_CAPS and KMTQAITYPE_WDDM_1_2_CAPS_RENDER. */
__extension__ typedef struct _D3DKMT_WDDM_1_2_CAPS {
	D3DKMDT_PREEMPTION_CAPS PreemptionCaps;		/* [out] */
	union {
		struct {
			UINT SupportNonVGA : 1;		/* [out] boot without VGA */
			UINT SupportSmoothRotation : 1;	/* [out] smooth rotation */
			UINT SupportPerEngineTDR : 1;	/* [out] engines reset one by one */
			/* [out] kernel-mode command buffers */
			UINT SupportKernelModeCommandBuffer : 1;
			/* [out] connecting-and-configuring-displays interface */
			UINT SupportCCD : 1;
			/* [out] software device bitmaps */
			UINT SupportSoftwareDeviceBitmaps : 1;
			UINT SupportGammaRamp : 1;	/* [out] gamma */
			UINT SupportHWCursor : 1;	/* [out] cursor in hardware */
			UINT SupportHWVSync : 1;	/* [out] vertical-sync interrupt */
			/* [out] removal while hibernated */
			UINT SupportSurpriseRemovalInHibernation : 1;
			UINT Reserved : 22;
		};
		UINT Value;				/* [out] all bits at once */
	};
} D3DKMT_WDDM_1_2_CAPS;

/* Answer to KMTQAITYPE_WDDM_1_3_CAPS and KMTQAITYPE_WDDM_1_3_CAPS_RENDER. */
__extension__ typedef struct _D3DKMT_WDDM_1_3_CAPS {
	union {
		struct {
			UINT SupportMiracast : 1;		/* [out] wireless display */
			/* [out] integrated part of a hybrid pair */
			UINT IsHybridIntegratedGPU : 1;
			/* [out] discrete part of a hybrid pair */
			UINT IsHybridDiscreteGPU : 1;
			UINT SupportPowerManagementPStates : 1;	/* [out] power states */
			UINT SupportVirtualModes : 1;		/* [out] virtual modes */
			/* [out] cross-adapter resources */
			UINT SupportCrossAdapterResource : 1;
			UINT Reserved : 26;
		};
		UINT Value;					/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_WDDM_1_3_CAPS;

/* Answer to KMTQAITYPE_WDDM_2_0_CAPS. */
__extension__ typedef struct _D3DKMT_WDDM_2_0_CAPS {
	union {
		struct {
			UINT Support64BitAtomics : 1;		/* [out] 64-bit atomics */
			UINT GpuMmuSupported : 1;		/* [out] GPU page tables */
			/* [out] shared address space through the IOMMU */
			UINT IoMmuSupported : 1;
			/* [out] queued flips may be replaced */
			UINT FlipOverwriteSupported : 1;
			/* [out] present without context */
			UINT SupportContextlessPresent : 1;
			UINT SupportSurpriseRemoval : 1;	/* [out] surprise removal */
			UINT Reserved : 26;
		};
		UINT Value;					/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_WDDM_2_0_CAPS;

/* Answer to KMTQAITYPE_WDDM_2_7_CAPS. */
__extension__ typedef struct _D3DKMT_WDDM_2_7_CAPS {
	union {
		struct {
			UINT HwSchSupported : 1;	/* [out] hardware scheduling possible */
			UINT HwSchEnabled : 1;		/* [out] in use */
			UINT HwSchEnabledByDefault : 1;	/* [out] on by default */
			/* [out] vsync per display source */
			UINT IndependentVidPnVSyncControl : 1;
			UINT Reserved : 28;
		};
		UINT Value;				/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_WDDM_2_7_CAPS;

/* Answer to KMTQAITYPE_WDDM_2_9_CAPS. */
__extension__ typedef struct _D3DKMT_WDDM_2_9_CAPS {
	union {
		struct {
			/* [out] 0 always off, 1 experimental, 2 stable, 3 always on */
			UINT HwSchSupportState : 2;
			UINT HwSchEnabled : 1;	/* [out] in use */
			/* [out] memory survives in self refresh */
			UINT SelfRefreshMemorySupported : 1;
			UINT Reserved : 28;
		};
		UINT Value;			/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_WDDM_2_9_CAPS;

/* Answer to KMTQAITYPE_WDDM_3_0_CAPS. */
__extension__ typedef struct _D3DKMT_WDDM_3_0_CAPS {
	union {
		struct {
			/* [out] same scale as HwSchSupportState */
			UINT HwFlipQueueSupportState : 2;
			UINT HwFlipQueueEnabled : 1;	/* [out] in use */
			UINT DisplayableSupported : 1;	/* [out] displayable surfaces */
			UINT Reserved : 28;
		};
		UINT Value;				/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_WDDM_3_0_CAPS;

/* Answer to KMTQAITYPE_DRIVERCAPS_EXT. */
__extension__ typedef struct _D3DKMT_DRIVERCAPS_EXT {
	union {
		struct {
			UINT VirtualModeSupport : 1;	/* [out] virtual modes */
			UINT Usb4MonitorSupport : 1;	/* [out] USB4 monitors */
			UINT Reserved : 30;
		};
		UINT Value;				/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_DRIVERCAPS_EXT;

/* What the GPU page tables can do. */
__extension__ typedef struct _D3DKMT_GPUMMU_CAPS {
	union {
		struct {
			UINT ReadOnlyMemorySupported : 1;	/* [out] read-only mappings */
			UINT NoExecuteMemorySupported : 1;	/* [out] no-execute mappings */
			UINT CacheCoherentMemorySupported : 1;	/* [out] coherent mappings */
			UINT Reserved : 29;
		};
		UINT Value;					/* [out] all bits at once */
	} Flags;						/* [out] */
	/* [out] width of a GPU address in bits */
	UINT VirtualAddressBitCount;
} D3DKMT_GPUMMU_CAPS;

/* Answer to KMTQAITYPE_QUERY_GPUMMU_CAPS. */
typedef struct _D3DKMT_QUERY_GPUMMU_CAPS {
	UINT PhysicalAdapterIndex;	/* [in] which adapter */
	D3DKMT_GPUMMU_CAPS Caps;	/* [out] */
} D3DKMT_QUERY_GPUMMU_CAPS;

/* Answer to KMTQAITYPE_HWDRM_SUPPORT. */
typedef struct _D3DKMT_HWDRM_SUPPORT {
	BOOLEAN Supported;	/* [out] 0 or 1 */
} D3DKMT_HWDRM_SUPPORT;

/* Answer to KMTQAITYPE_HYBRID_DLIST_DLL_SUPPORT. */
typedef struct _D3DKMT_HYBRID_DLIST_DLL_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_HYBRID_DLIST_DLL_SUPPORT;

/* Answer to KMTQAITYPE_TRACKEDWORKLOAD_SUPPORT. */
typedef struct _D3DKMT_TRACKEDWORKLOAD_SUPPORT {
	UINT PhysicalAdapterIndex;	/* [in] which adapter */
	DXGK_ENGINE_TYPE EngineType;	/* [in] */
	BOOL Support;			/* [out] 0 or 1 */
} DXG_PACKED D3DKMT_TRACKEDWORKLOAD_SUPPORT;

/* What can be done with resources of another adapter. */
typedef enum _D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER {
	D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER_NONE = 0,
	D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER_COPY = 1,
	D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER_TEXTURE = 2,
	D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER_SCANOUT = 3,
} D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER;

/* Answer to KMTQAITYPE_CROSSADAPTERRESOURCE_SUPPORT. */
typedef struct _D3DKMT_CROSSADAPTERRESOURCE_SUPPORT {
	D3DKMT_CROSSADAPTERRESOURCE_SUPPORT_TIER SupportTier;	/* [out] */
} D3DKMT_CROSSADAPTERRESOURCE_SUPPORT;

#endif /* DXG_QUERY_CAPS_H */
