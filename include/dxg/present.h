/* SPDX-License-Identifier: MIT */
/* Presenting. Not part of GPU-PV: every call answers STATUS_NOT_SUPPORTED. */
#ifndef DXG_PRESENT_H
#define DXG_PRESENT_H

#include <dxg/base.h>
#include <dxg/display.h>

/* Kind of additional data of a present. */
typedef enum _D3DKMT_AUXILIARYPRESENTINFO_TYPE {
	D3DKMT_AUXILIARYPRESENTINFO_TYPE_FLIPMANAGER = 0,
} D3DKMT_AUXILIARYPRESENTINFO_TYPE;

/* Flags of D3DKMT_PRESENT. */
__extension__ typedef struct _D3DKMT_PRESENTFLAGS {
	union {
		struct {
			UINT Blt : 1;
			UINT ColorFill : 1;
			UINT Flip : 1;				/* [in] */
			UINT FlipDoNotFlip : 1;
			UINT FlipDoNotWait : 1;
			UINT FlipRestart : 1;
			UINT DstRectValid : 1;
			UINT SrcRectValid : 1;
			UINT RestrictVidPnSource : 1;		/* restrict display source */
			UINT SrcColorKey : 1;
			UINT DstColorKey : 1;
			UINT LinearToSrgb : 1;
			UINT PresentCountValid : 1;
			UINT Rotate : 1;
			UINT PresentToBitmap : 1;
			UINT RedirectedFlip : 1;
			UINT RedirectedBlt : 1;
			UINT FlipStereo : 1;			/* [in] */
			UINT FlipStereoTemporaryMono : 1;	/* [in] */
			UINT FlipStereoPreferRight : 1;		/* [in] */
			UINT BltStereoUseRight : 1;
			UINT PresentHistoryTokenOnly : 1;
			UINT PresentRegionsValid : 1;
			UINT PresentDDA : 1;
			UINT ProtectedContentBlankedOut : 1;
			UINT RemoteSession : 1;
			UINT CrossAdapter : 1;
			UINT DurationValid : 1;
			UINT PresentIndirect : 1;
			UINT PresentHMD : 1;
			UINT Reserved : 2;			/* send 0 */
		};
		UINT Value;
	};
} D3DKMT_PRESENTFLAGS;

/* How a picture gets on the screen. */
typedef enum _D3DKMT_PRESENT_MODEL {
	D3DKMT_PM_UNINITIALIZED = 0,
	D3DKMT_PM_REDIRECTED_GDI = 1,
	D3DKMT_PM_REDIRECTED_FLIP = 2,
	D3DKMT_PM_REDIRECTED_BLT = 3,
	D3DKMT_PM_REDIRECTED_VISTABLT = 4,
	D3DKMT_PM_SCREENCAPTUREFENCE = 5,
	D3DKMT_PM_REDIRECTED_GDI_SYSMEM = 6,
	D3DKMT_PM_REDIRECTED_COMPOSITION = 7,
	D3DKMT_PM_SURFACECOMPLETE = 8,
	D3DKMT_PM_FLIPMANAGER = 9,
} D3DKMT_PRESENT_MODEL;

/* Who flips. */
typedef enum _D3DKMT_FLIPMODEL_INDEPENDENT_FLIP_STAGE {
	D3DKMT_FLIPMODEL_INDEPENDENT_FLIP_STAGE_FLIP_SUBMITTED = 0,
	D3DKMT_FLIPMODEL_INDEPENDENT_FLIP_STAGE_FLIP_COMPLETE = 1,
} D3DKMT_FLIPMODEL_INDEPENDENT_FLIP_STAGE;

/* Flags of D3DKMT_FLIPMODEL_PRESENTHISTORYTOKEN. */
__extension__ typedef struct _D3DKMT_FLIPMODEL_PRESENTHISTORYTOKENFLAGS {
	union {
		struct {
			UINT Video : 1;
			UINT RestrictedContent : 1;
			UINT ClipToView : 1;
			UINT StereoPreferRight : 1;
			UINT TemporaryMono : 1;
			UINT FlipRestart : 1;
			UINT HDRMetaDataChanged : 1;
			UINT AlphaMode : 2;
			UINT SignalLimitOnTokenCompletion : 1;
			UINT YCbCrFlags : 3;
			UINT IndependentFlip : 1;
			D3DKMT_FLIPMODEL_INDEPENDENT_FLIP_STAGE IndependentFlipStage : 2;
			UINT IndependentFlipReleaseCount : 2;
			UINT IndependentFlipForceNotifyDwm : 1;
			UINT UseCustomDuration : 1;
			UINT IndependentFlipRequestDwmConfirm : 1;
			UINT IndependentFlipCandidate : 1;
			UINT IndependentFlipCheckNeeded : 1;
			UINT IndependentFlipTrueImmediate : 1;
			UINT IndependentFlipRequestDwmExit : 1;
			UINT CompSurfaceNotifiedEarly : 1;
			UINT IndependentFlipDoNotFlip : 1;
			UINT RequirePairedToken : 1;
			UINT VariableRefreshOverrideEligible : 1;
			UINT Reserved : 3;
		};
		UINT Value;
	};
} D3DKMT_FLIPMODEL_PRESENTHISTORYTOKENFLAGS;

/* In D3DKMT_SCATTERBLTS. */
typedef struct _D3DKMT_SCATTERBLT {
	D3DKMT_ALIGN64 ULONG64 hLogicalSurfaceDestination;
	D3DKMT_ALIGN64 LONG64 hDestinationCompSurfDWM;
	D3DKMT_ALIGN64 UINT64 DestinationCompositionBindingId;
	RECT SourceRect;
	POINT DestinationOffset;
} D3DKMT_SCATTERBLT;

/* In D3DKMT_FLIPMODEL_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_SCATTERBLTS {
	UINT NumBlts;	/* number of blts */
	D3DKMT_SCATTERBLT Blts[12];
} D3DKMT_SCATTERBLTS;

/* In D3DKMT_BLTMODEL_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_DIRTYREGIONS {
	UINT NumRects;	/* number of rects */
	RECT Rects[16];
} D3DKMT_DIRTYREGIONS;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
__extension__ typedef struct _D3DKMT_FLIPMODEL_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 UINT64 FenceValue;
	D3DKMT_ALIGN64 ULONG64 hLogicalSurface;
	D3DKMT_ALIGN64 D3DKMT_UINT_PTR dxgContext;
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* display source id */
	UINT SwapChainIndex;
	D3DKMT_ALIGN64 UINT64 PresentLimitSemaphoreId;
	D3DDDI_FLIPINTERVAL_TYPE FlipInterval;
	D3DKMT_FLIPMODEL_PRESENTHISTORYTOKENFLAGS Flags;
	D3DKMT_ALIGN64 LONG64 hCompSurf;
	LUID compSurfLuid;
	D3DKMT_ALIGN64 UINT64 confirmationCookie;
	D3DKMT_ALIGN64 UINT64 CompositionSyncKey;
	UINT RemainingTokens;
	RECT ScrollRect;
	POINT ScrollOffset;
	UINT PresentCount;
	FLOAT RevealColor[4];
	D3DDDI_ROTATION Rotation;
	union {
		D3DKMT_SCATTERBLTS ScatterBlts;
		struct {
			HANDLE hSyncObject;
			D3DDDI_HDR_METADATA_TYPE HDRMetaDataType;
			union {
				D3DDDI_HDR_METADATA_HDR10 HDRMetaDataHDR10;
				D3DDDI_HDR_METADATA_HDR10PLUS HDRMetaDataHDR10Plus;
			};
		};
	};
	UINT InkCookie;
	RECT SourceRect;
	UINT DestWidth;
	UINT DestHeight;
	RECT TargetRect;
	FLOAT Transform[6];
	UINT CustomDuration;
	D3DDDI_FLIPINTERVAL_TYPE CustomDurationFlipInterval;
	UINT PlaneIndex;
	D3DDDI_COLOR_SPACE_TYPE ColorSpace;
	D3DKMT_DIRTYREGIONS DirtyRegions;
} D3DKMT_FLIPMODEL_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_BLTMODEL_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hLogicalSurface;
	D3DKMT_ALIGN64 ULONG64 hPhysicalSurface;
	D3DKMT_ALIGN64 ULONG64 EventId;
	D3DKMT_DIRTYREGIONS DirtyRegions;
} D3DKMT_BLTMODEL_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_GDIMODEL_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hLogicalSurface;
	D3DKMT_ALIGN64 ULONG64 hPhysicalSurface;
	RECT ScrollRect;
	POINT ScrollOffset;
	D3DKMT_DIRTYREGIONS DirtyRegions;
} D3DKMT_GDIMODEL_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_FENCE_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 UINT64 Key;
} D3DKMT_FENCE_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_GDIMODEL_SYSMEM_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hlsurf;	/* logical surface */
	DWORD dwDirtyFlags;
	D3DKMT_ALIGN64 UINT64 uiCookie;
} D3DKMT_GDIMODEL_SYSMEM_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_COMPOSITION_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hPrivateData;
} D3DKMT_COMPOSITION_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
__extension__ typedef struct _D3DKMT_FLIPMANAGER_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hPrivateData;
	D3DKMT_ALIGN64 ULONGLONG PresentAtQpc;	/* present at CPU-counter */
	union {
		struct {
			UINT Discard : 1;
			UINT PresentAt : 1;
			UINT hPrivateDataIsPointer : 1;
			UINT Reserved : 29;
		};
		UINT Value;
	} Flags;
} D3DKMT_FLIPMANAGER_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENTHISTORYTOKEN. */
typedef struct _D3DKMT_SURFACECOMPLETE_PRESENTHISTORYTOKEN {
	D3DKMT_ALIGN64 ULONG64 hLogicalSurface;
} D3DKMT_SURFACECOMPLETE_PRESENTHISTORYTOKEN;

typedef ULONGLONG D3DKMT_VISTABLTMODEL_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENT. */
typedef struct _D3DKMT_PRESENTHISTORYTOKEN {
	D3DKMT_PRESENT_MODEL Model;	/* [in] */
	UINT TokenSize;
	D3DKMT_ALIGN64 UINT64 CompositionBindingId;
	union {
		D3DKMT_FLIPMODEL_PRESENTHISTORYTOKEN Flip;
		D3DKMT_BLTMODEL_PRESENTHISTORYTOKEN Blt;
		D3DKMT_VISTABLTMODEL_PRESENTHISTORYTOKEN VistaBlt;
		D3DKMT_GDIMODEL_PRESENTHISTORYTOKEN Gdi;
		D3DKMT_FENCE_PRESENTHISTORYTOKEN Fence;
		D3DKMT_GDIMODEL_SYSMEM_PRESENTHISTORYTOKEN GdiSysMem;
		D3DKMT_COMPOSITION_PRESENTHISTORYTOKEN Composition;
		D3DKMT_FLIPMANAGER_PRESENTHISTORYTOKEN FlipManager;
		D3DKMT_SURFACECOMPLETE_PRESENTHISTORYTOKEN SurfaceComplete;
	} Token;
} D3DKMT_PRESENTHISTORYTOKEN;

/* In D3DKMT_PRESENT_RGNS. */
typedef struct _D3DKMT_MOVE_RECT {
	POINT SourcePoint;
	RECT DestRect;
} D3DKMT_MOVE_RECT;

/* In D3DKMT_PRESENT. */
typedef struct _D3DKMT_PRESENT_RGNS {
	UINT DirtyRectCount;
	D3DKMT_PTR(const RECT *, pDirtyRects);
	UINT MoveRectCount;
	D3DKMT_PTR(const D3DKMT_MOVE_RECT *, pMoveRects);
} D3DKMT_PRESENT_RGNS;

/* Argument of D3DKMTPresent(). */
typedef struct _D3DKMT_PRESENT {
	union {
		D3DKMT_HANDLE hDevice;				/* [in] */
		D3DKMT_HANDLE hContext;				/* [in] */
	};
	D3DKMT_PTR(HWND, hWindow);				/* [in] */
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;		/* [in] display source id */
	D3DKMT_HANDLE hSource;					/* [in] */
	D3DKMT_HANDLE hDestination;				/* [in] */
	UINT Color;						/* [in] */
	RECT DstRect;						/* [in] */
	RECT SrcRect;						/* [in] */
	UINT SubRectCnt;					/* [in] */
	D3DKMT_PTR(const RECT *, pSrcSubRects);			/* [in] */
	UINT PresentCount;					/* [in] */
	D3DDDI_FLIPINTERVAL_TYPE FlipInterval;			/* [in] */
	D3DKMT_PRESENTFLAGS Flags;				/* [in] */
	ULONG BroadcastContextCount;				/* [in] */
	D3DKMT_HANDLE BroadcastContext[D3DDDI_MAX_BROADCAST_CONTEXT];	/* [in] */
	HANDLE PresentLimitSemaphore;
	D3DKMT_PRESENTHISTORYTOKEN PresentHistoryToken;
	D3DKMT_PRESENT_RGNS *pPresentRegions;
	union {
		D3DKMT_HANDLE hAdapter;				/* [in] */
		D3DKMT_HANDLE hIndirectContext;			/* [in] */
	};
	UINT Duration;						/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, BroadcastSrcAllocation);	/* [in] */
	D3DKMT_PTR(D3DKMT_HANDLE *, BroadcastDstAllocation);	/* [in] */
	UINT PrivateDriverDataSize;				/* [in] */
	D3DKMT_PTR(PVOID, pPrivateDriverData);			/* [in] */
	BOOLEAN bOptimizeForComposition;			/* [out] */
} D3DKMT_PRESENT;

/* Argument of D3DKMTSubmitPresentToHwQueue(). */
typedef struct _D3DKMT_SUBMITPRESENTTOHWQUEUE {
	D3DKMT_PTR(D3DKMT_HANDLE *, hHwQueues);
	D3DKMT_PRESENT PrivatePresentData;
} D3DKMT_SUBMITPRESENTTOHWQUEUE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTPresent() - present a frame
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTPresent(D3DKMT_PRESENT *args);

/**
 * D3DKMTSubmitPresentToHwQueue() - present on a hardware queue
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTSubmitPresentToHwQueue(D3DKMT_SUBMITPRESENTTOHWQUEUE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_PRESENT_H */
