/* SPDX-License-Identifier: MIT */
/*
 * Protected sessions. Not part of GPU-PV: every call answers
 * STATUS_NOT_SUPPORTED.
 */
#ifndef DXG_PROTECTED_SESSION_H
#define DXG_PROTECTED_SESSION_H

#include <dxg/base.h>

/* Argument of D3DKMTCreateProtectedSession(). */
typedef struct _D3DKMT_CREATEPROTECTEDSESSION {
	D3DKMT_HANDLE hDevice;				/* [in] */
	D3DKMT_HANDLE hSyncObject;			/* [in] */
	D3DKMT_PTR(const VOID *, pPrivateDriverData);	/* [in] */
	UINT PrivateDriverDataSize;			/* [in] */
	D3DKMT_PTR(const VOID *, pPrivateRuntimeData);	/* [in] */
	UINT PrivateRuntimeDataSize;			/* [in] */
	D3DKMT_HANDLE hHandle;				/* [out] */
} D3DKMT_CREATEPROTECTEDSESSION;

/* Argument of D3DKMTDestroyProtectedSession(). */
typedef struct _D3DKMT_DESTROYPROTECTEDSESSION {
	D3DKMT_HANDLE hHandle;	/* [in] */
} D3DKMT_DESTROYPROTECTEDSESSION;

/* Argument of D3DKMTOpenProtectedSessionFromNtHandle(). */
typedef struct _D3DKMT_OPENPROTECTEDSESSIONFROMNTHANDLE {
	D3DKMT_PTR(HANDLE, hNtHandle);	/* [in] */
	D3DKMT_HANDLE hHandle;		/* [out] */
} D3DKMT_OPENPROTECTEDSESSIONFROMNTHANDLE;

/* Whether a session still protects. */
typedef enum _D3DKMT_PROTECTED_SESSION_STATUS {
	D3DKMT_PROTECTED_SESSION_STATUS_OK = 0,
	D3DKMT_PROTECTED_SESSION_STATUS_INVALID = 1,
} D3DKMT_PROTECTED_SESSION_STATUS;

/* Argument of D3DKMTQueryProtectedSessionStatus(). */
typedef struct _D3DKMT_QUERYPROTECTEDSESSIONSTATUS {
	D3DKMT_HANDLE hHandle;			/* [in] */
	D3DKMT_PROTECTED_SESSION_STATUS Status;	/* [out] */
} D3DKMT_QUERYPROTECTEDSESSIONSTATUS;

/* Argument of D3DKMTQueryProtectedSessionInfoFromNtHandle(). */
typedef struct _D3DKMT_QUERYPROTECTEDSESSIONINFOFROMNTHANDLE {
	D3DKMT_PTR(HANDLE, hNtHandle);			/* [in] */
	D3DKMT_PTR(const VOID *, pPrivateDriverData);	/* [in] */
	UINT PrivateDriverDataSize;			/* [in, out] */
	D3DKMT_PTR(const VOID *, pPrivateRuntimeData);	/* [in] */
	UINT PrivateRuntimeDataSize;			/* [in, out] */
} D3DKMT_QUERYPROTECTEDSESSIONINFOFROMNTHANDLE;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTCreateProtectedSession() - make a protected session
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTCreateProtectedSession(D3DKMT_CREATEPROTECTEDSESSION *args);

/**
 * D3DKMTDestroyProtectedSession() - destroy a protected session
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTDestroyProtectedSession(D3DKMT_DESTROYPROTECTEDSESSION *args);

/**
 * D3DKMTOpenProtectedSessionFromNtHandle() - open a protected session
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS
D3DKMTOpenProtectedSessionFromNtHandle(D3DKMT_OPENPROTECTEDSESSIONFROMNTHANDLE *args);

/**
 * D3DKMTQueryProtectedSessionStatus() - read a protected session's status
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTQueryProtectedSessionStatus(D3DKMT_QUERYPROTECTEDSESSIONSTATUS *args);

/**
 * D3DKMTQueryProtectedSessionInfoFromNtHandle() - read a protected session's data
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS
D3DKMTQueryProtectedSessionInfoFromNtHandle(D3DKMT_QUERYPROTECTEDSESSIONINFOFROMNTHANDLE *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_PROTECTED_SESSION_H */
