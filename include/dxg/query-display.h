/* SPDX-License-Identifier: MIT */
/*
 * Answers of D3DKMTQueryAdapterInfo() about displays; adapters of a guest have
 * none.
 */
#ifndef DXG_QUERY_DISPLAY_H
#define DXG_QUERY_DISPLAY_H

#include <dxg/base.h>
#include <dxg/display.h>

/* Flags of D3DKMT_FLIPQUEUEINFO. */
typedef struct _D3DKMT_FLIPINFOFLAGS {
	UINT FlipInterval : 1;	/* [out] flip intervals supported */
	UINT Reserved : 31;
} D3DKMT_FLIPINFOFLAGS;

/* Answer to KMTQAITYPE_FLIPQUEUEINFO. */
typedef struct _D3DKMT_FLIPQUEUEINFO {
	UINT MaxHardwareFlipQueueLength;	/* [out] hardware queue length */
	UINT MaxSoftwareFlipQueueLength;	/* [out] software queue length */
	D3DKMT_FLIPINFOFLAGS FlipFlags;		/* [out] */
} D3DKMT_FLIPQUEUEINFO;

/* Answer to KMTQAITYPE_CURRENTDISPLAYMODE. */
typedef struct _D3DKMT_CURRENTDISPLAYMODE {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	D3DKMT_DISPLAYMODE DisplayMode;			/* [out] mode */
} D3DKMT_CURRENTDISPLAYMODE;

/* Answer to KMTQAITYPE_OUTPUTDUPLCONTEXTSCOUNT. */
typedef struct _D3DKMT_OUTPUTDUPLCONTEXTSCOUNT {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	UINT OutputDuplicationCount;			/* [out] duplication contexts in use */
} D3DKMT_OUTPUTDUPLCONTEXTSCOUNT;

/* Answer to KMTQAITYPE_DIRECTFLIP_SUPPORT. */
typedef struct _D3DKMT_DIRECTFLIP_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_DIRECTFLIP_SUPPORT;

/* Answer to KMTQAITYPE_INDEPENDENTFLIP_SUPPORT. */
typedef struct _D3DKMT_INDEPENDENTFLIP_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_INDEPENDENTFLIP_SUPPORT;

/* Answer to KMTQAITYPE_INDEPENDENTFLIP_SECONDARY_SUPPORT. */
typedef struct _D3DKMT_INDEPENDENTFLIP_SECONDARY_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_INDEPENDENTFLIP_SECONDARY_SUPPORT;

/* Answer to KMTQAITYPE_MULTIPLANEOVERLAY_SUPPORT. */
typedef struct _D3DKMT_MULTIPLANEOVERLAY_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_MULTIPLANEOVERLAY_SUPPORT;

/* Answer to KMTQAITYPE_MULTIPLANEOVERLAY_HUD_SUPPORT. */
typedef struct _D3DKMT_MULTIPLANEOVERLAY_HUD_SUPPORT {
	UINT VidPnSourceId;	/* [in] display source */
	BOOL Update;		/* [in] refresh the answer */
	BOOL KernelSupported;	/* [out] 0 or 1 */
	BOOL HudSupported;	/* [out] 0 or 1 */
} D3DKMT_MULTIPLANEOVERLAY_HUD_SUPPORT;

/* Answer to KMTQAITYPE_QUERY_MULTIPLANEOVERLAY_DECODE_SUPPORT. */
typedef struct _D3DKMT_MULTIPLANEOVERLAY_DECODE_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_MULTIPLANEOVERLAY_DECODE_SUPPORT;

/* Answer to KMTQAITYPE_MULTIPLANEOVERLAY_SECONDARY_SUPPORT. */
typedef struct _D3DKMT_MULTIPLANEOVERLAY_SECONDARY_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_MULTIPLANEOVERLAY_SECONDARY_SUPPORT;

/* Answer to KMTQAITYPE_MULTIPLANEOVERLAY_STRETCH_SUPPORT. */
typedef struct _D3DKMT_MULTIPLANEOVERLAY_STRETCH_SUPPORT {
	UINT VidPnSourceId;	/* [in] display source */
	BOOL Update;		/* [in] refresh the answer */
	BOOL Supported;		/* [out] 0 or 1 */
} D3DKMT_MULTIPLANEOVERLAY_STRETCH_SUPPORT;

/* Answer to KMTQAITYPE_PANELFITTER_SUPPORT. */
typedef struct _D3DKMT_PANELFITTER_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_PANELFITTER_SUPPORT;

/* Answer to KMTQAITYPE_MPO3DDI_SUPPORT. */
typedef struct _D3DKMT_MPO3DDI_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_MPO3DDI_SUPPORT;

/* Answer to KMTQAITYPE_MPOKERNELCAPS_SUPPORT. */
typedef struct _D3DKMT_MPOKERNELCAPS_SUPPORT {
	BOOL Supported;	/* [out] 0 or 1 */
} D3DKMT_MPOKERNELCAPS_SUPPORT;

/* Answer to KMTQAITYPE_GET_DEVICE_VIDPN_OWNERSHIP_INFO. */
typedef struct _D3DKMT_GET_DEVICE_VIDPN_OWNERSHIP_INFO {
	D3DKMT_HANDLE hDevice;		/* [in] */
	BOOLEAN bFailedDwmAcquireVidPn;	/* [out] 0 or 1 */
} D3DKMT_GET_DEVICE_VIDPN_OWNERSHIP_INFO;

/* Answer to KMTQAITYPE_SCANOUT_CAPS. */
typedef struct _D3DKMT_QUERY_SCANOUT_CAPS {
	D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;	/* [in] display source */
	UINT Caps;					/* [out] capability bits */
} D3DKMT_QUERY_SCANOUT_CAPS;

/* Answer to KMTQAITYPE_DISPLAY_CAPS. */
__extension__ typedef struct _D3DKMT_DISPLAY_CAPS {
	union {
		struct {
			/* [out] wants contiguous scan-out memory */
			UINT64 PreferPhysicallyContiguous : 1;
			UINT64 Reserved : 63;
		};
		UINT64 Value;	/* [out] all bits at once */
	};
} DXG_PACKED D3DKMT_DISPLAY_CAPS;

#endif /* DXG_QUERY_DISPLAY_H */
