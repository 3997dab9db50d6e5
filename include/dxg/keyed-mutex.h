/* SPDX-License-Identifier: MIT */
/*
 * Keyed mutexes. Not part of GPU-PV: every call answers STATUS_NOT_SUPPORTED.
 */
#ifndef DXG_KEYED_MUTEX_H
#define DXG_KEYED_MUTEX_H

#include <dxg/base.h>

/* Flags of D3DKMT_CREATEKEYEDMUTEX2. */
__extension__ typedef struct _D3DKMT_CREATEKEYEDMUTEX2_FLAGS {
	union {
		struct {
			UINT NtSecuritySharing : 1;
			UINT Reserved : 31;
		};
		UINT Value;
	};
} D3DKMT_CREATEKEYEDMUTEX2_FLAGS;

/* Argument of D3DKMTCreateKeyedMutex2(). */
typedef struct _D3DKMT_CREATEKEYEDMUTEX2 {
	D3DKMT_ALIGN64 UINT64 InitialValue;		/* [in] */
	D3DKMT_HANDLE hSharedHandle;			/* [out] */
	D3DKMT_HANDLE hKeyedMutex;			/* [out] */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [in] */
	UINT PrivateRuntimeDataSize;			/* [in] */
	D3DKMT_CREATEKEYEDMUTEX2_FLAGS Flags;		/* [in] */
} D3DKMT_CREATEKEYEDMUTEX2;

/* Argument of D3DKMTOpenKeyedMutex2(). */
typedef struct _D3DKMT_OPENKEYEDMUTEX2 {
	D3DKMT_HANDLE hSharedHandle;			/* [in] */
	D3DKMT_HANDLE hKeyedMutex;			/* [out] */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [in] */
	UINT PrivateRuntimeDataSize;			/* [in] */
} D3DKMT_OPENKEYEDMUTEX2;

/* Argument of D3DKMTDestroyKeyedMutex(). */
typedef struct _D3DKMT_DESTROYKEYEDMUTEX {
	D3DKMT_HANDLE hKeyedMutex;	/* [in] */
} D3DKMT_DESTROYKEYEDMUTEX;

/* Argument of D3DKMTAcquireKeyedMutex2(). */
typedef struct _D3DKMT_ACQUIREKEYEDMUTEX2 {
	D3DKMT_HANDLE hKeyedMutex;			/* [in] */
	D3DKMT_ALIGN64 UINT64 Key;			/* [in] */
	D3DKMT_PTR(PLARGE_INTEGER, pTimeout);		/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceValue;		/* [out] */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [out] */
	UINT PrivateRuntimeDataSize;			/* [in] */
} D3DKMT_ACQUIREKEYEDMUTEX2;

/* Argument of D3DKMTReleaseKeyedMutex2(). */
typedef struct _D3DKMT_RELEASEKEYEDMUTEX2 {
	D3DKMT_HANDLE hKeyedMutex;			/* [in] */
	D3DKMT_ALIGN64 UINT64 Key;			/* [in] */
	D3DKMT_ALIGN64 UINT64 FenceValue;		/* [in] */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [in] */
	UINT PrivateRuntimeDataSize;			/* [in] */
} D3DKMT_RELEASEKEYEDMUTEX2;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateKeyedMutex2() - make a keyed mutex
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTCreateKeyedMutex2(D3DKMT_CREATEKEYEDMUTEX2 *args);

/**
 * D3DKMTOpenKeyedMutex2() - open a keyed mutex
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTOpenKeyedMutex2(D3DKMT_OPENKEYEDMUTEX2 *args);

/**
 * D3DKMTDestroyKeyedMutex() - destroy a keyed mutex
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTDestroyKeyedMutex(const D3DKMT_DESTROYKEYEDMUTEX *args);

/**
 * D3DKMTAcquireKeyedMutex2() - acquire a keyed mutex
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTAcquireKeyedMutex2(D3DKMT_ACQUIREKEYEDMUTEX2 *args);

/**
 * D3DKMTReleaseKeyedMutex2() - release a keyed mutex
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTReleaseKeyedMutex2(D3DKMT_RELEASEKEYEDMUTEX2 *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_KEYED_MUTEX_H */
