/* SPDX-License-Identifier: MIT */
/* Handles, addresses and limits that more than one word needs. */
#ifndef DXG_BASE_H
#define DXG_BASE_H

#include <dxg/wintypes.h>

/* 64-bit members stand at multiples of eight in 32-bit programs, too. */
#define D3DKMT_ALIGN64 __attribute__((aligned(8)))

/* For structures that leave no holes. */
#define DXG_PACKED __attribute__((packed))

/*
 * A pointer or NT handle that takes eight bytes in every program. Where
 * pointers have four, zero Name_Align before setting Name.
 */
#define D3DKMT_PTR(Type, Name)                   \
	union {                                  \
		D3DKMT_ALIGN64 UINT64 Name##_Align; \
		Type Name;                       \
	}

/* Names an object within its process; opaque; 0 is none. */
typedef UINT D3DKMT_HANDLE;

/* Address in a process's GPU address space; bytes of it. */
typedef UINT64 D3DGPU_VIRTUAL_ADDRESS;
typedef UINT64 D3DGPU_SIZE_T;

/* 64 bits in every program. */
typedef UINT64 D3DKMT_SIZE_T;
typedef UINT64 D3DKMT_UINT_PTR;
typedef UINT64 D3DKMT_ULONG_PTR;

/* A source or target of a display adapter; 0 on Linux. */
typedef UINT D3DDDI_VIDEO_PRESENT_SOURCE_ID;
typedef UINT D3DDDI_VIDEO_PRESENT_TARGET_ID;

/* Name and rights of a shared object. Ignored on Linux, pass NULL. */
typedef struct _OBJECT_ATTRIBUTES OBJECT_ATTRIBUTES;

/* Most entries of the arrays that calls take. */
#define D3DDDI_MAX_BROADCAST_CONTEXT	64
#define D3DDDI_MAX_OBJECT_WAITED_ON	32
#define D3DDDI_MAX_OBJECT_SIGNALED	32
#define D3DDDI_MAX_WRITTEN_PRIMARIES	16

/* State of an optional feature, in the capabilities of WDDM 2.9 and 3.0. */
#define DXGK_FEATURE_SUPPORT_ALWAYS_OFF		0
#define DXGK_FEATURE_SUPPORT_EXPERIMENTAL	1
#define DXGK_FEATURE_SUPPORT_STABLE		2
#define DXGK_FEATURE_SUPPORT_ALWAYS_ON		3

/* What an engine (node) is for. */
typedef enum _DXGK_ENGINE_TYPE {
	DXGK_ENGINE_TYPE_OTHER = 0,
	DXGK_ENGINE_TYPE_3D = 1,
	DXGK_ENGINE_TYPE_VIDEO_DECODE = 2,
	DXGK_ENGINE_TYPE_VIDEO_ENCODE = 3,
	DXGK_ENGINE_TYPE_VIDEO_PROCESSING = 4,
	DXGK_ENGINE_TYPE_SCENE_ASSEMBLY = 5,
	DXGK_ENGINE_TYPE_COPY = 6,
	DXGK_ENGINE_TYPE_OVERLAY = 7,
	DXGK_ENGINE_TYPE_CRYPTO = 8,
	DXGK_ENGINE_TYPE_MAX = 9,
} DXGK_ENGINE_TYPE;

#endif /* DXG_BASE_H */
