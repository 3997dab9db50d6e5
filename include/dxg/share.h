/* SPDX-License-Identifier: MIT */
/* Sharing: objects handed to other processes and opened there. */
#ifndef DXG_SHARE_H
#define DXG_SHARE_H

#include <dxg/base.h>
#include <dxg/sync.h>

/* Most objects behind one NT handle; Linux takes exactly one. */
#define D3DKMT_MAX_OBJECTS_PER_HANDLE	3

/* Rights that a shared handle grants. */
#define SHARED_ALLOCATION_WRITE		0x1
#define D3DDDI_SYNC_OBJECT_WAIT		0x1
#define D3DDDI_SYNC_OBJECT_SIGNAL	0x2

/* Argument of D3DKMTShareObjectsInternal(). */
typedef struct _D3DKMT_SHAREOBJECTS {
	UINT ObjectCount;			/* [in] exactly 1 (Windows allows up to 3) */
	/* [in] resource or sync object handle */
	D3DKMT_PTR(const D3DKMT_HANDLE *, ObjectHandleArray);
	D3DKMT_PTR(PVOID, pObjectAttributes);	/* [in] ignored on Linux */
	DWORD DesiredAccess;			/* [in] access mask; ignored by the driver */
	/* [out] address that receives a 64-bit value: the new file descriptor */
	D3DKMT_PTR(HANDLE *, pSharedNtHandle);
} D3DKMT_SHAREOBJECTS;

/* Argument of D3DKMTShareObjectWithHost(). */
typedef struct _D3DKMT_SHAREOBJECTWITHHOST {
	D3DKMT_HANDLE hDevice;		/* [in] */
	D3DKMT_HANDLE hObject;		/* [in] resource or sync object */
	D3DKMT_ALIGN64 UINT64 Reserved;	/* send 0 */
	/* [out] handle value valid in the host-side companion process */
	D3DKMT_ALIGN64 UINT64 hVailProcessNtHandle;
} D3DKMT_SHAREOBJECTWITHHOST;

/* One opened allocation, short form. */
typedef struct _D3DDDI_OPENALLOCATIONINFO {
	/* [out] handle of the opened allocation */
	D3DKMT_HANDLE hAllocation;
	D3DKMT_PTR(const VOID *, pPrivateDriverData);	/* [out] points into the total buffer */
	UINT PrivateDriverDataSize;			/* [out] bytes there */
} D3DDDI_OPENALLOCATIONINFO;

/* One opened allocation. */
typedef struct _D3DDDI_OPENALLOCATIONINFO2 {
	/* [out] handle of the opened allocation */
	D3DKMT_HANDLE hAllocation;
	/* [out] points into the total buffer */
	D3DKMT_PTR(const VOID *, pPrivateDriverData);
	UINT PrivateDriverDataSize;				/* [out] bytes there */
	/* [out] not written on Linux */
	D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS GpuVirtualAddress;
	D3DKMT_ALIGN64 ULONG_PTR Reserved[6];
} D3DDDI_OPENALLOCATIONINFO2;

/* Argument of D3DKMTOpenResource(). */
typedef struct _D3DKMT_OPENRESOURCE {
	D3DKMT_HANDLE hDevice;				/* [in] */
	D3DKMT_HANDLE hGlobalShare;			/* [in] global share handle */
	UINT NumAllocations;				/* [in] entries in the array */
	union {
		/* [in, out] short form used by D3DKMTOpenResource callers */
		D3DDDI_OPENALLOCATIONINFO *pOpenAllocationInfo;
		/* [in, out] long form: what the ioctl takes */
		D3DDDI_OPENALLOCATIONINFO2 *pOpenAllocationInfo2;
		D3DKMT_ALIGN64 UINT64 AlignUnionTo64;
	};
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [out] buffer for runtime blob */
	UINT PrivateRuntimeDataSize;			/* [in] its bytes */
	/* [out] buffer for the resource's vendor blob */
	D3DKMT_PTR(VOID *, pResourcePrivateDriverData);
	UINT ResourcePrivateDriverDataSize;		/* [in] its bytes */
	/* [out] buffer that receives all per-allocation blobs */
	D3DKMT_PTR(VOID *, pTotalPrivateDriverDataBuffer);
	UINT TotalPrivateDriverDataBufferSize;		/* [in, out] its bytes; bytes used */
	D3DKMT_HANDLE hResource;			/* [out] new resource handle */
} D3DKMT_OPENRESOURCE;

/* Argument of D3DKMTOpenResourceFromNtHandle(). */
typedef struct _D3DKMT_OPENRESOURCEFROMNTHANDLE {
	D3DKMT_HANDLE hDevice;					/* [in] */
	/* [in] file descriptor from D3DKMTShareObjects() */
	D3DKMT_PTR(HANDLE, hNtHandle);
	/* [in] as many as D3DKMTQueryResourceInfoFromNtHandle() tells */
	UINT NumAllocations;
	/* [out] array of that many entries */
	D3DKMT_PTR(D3DDDI_OPENALLOCATIONINFO2 *, pOpenAllocationInfo2);
	/* [in] bytes of the runtime buffer, exactly the reported size */
	UINT PrivateRuntimeDataSize;
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);		/* [out] runtime blob */
	/* [in] bytes of the resource buffer */
	UINT ResourcePrivateDriverDataSize;
	D3DKMT_PTR(VOID *, pResourcePrivateDriverData);		/* [out] resource blob */
	/* [in, out] bytes of the total buffer; bytes used */
	UINT TotalPrivateDriverDataBufferSize;
	/* [out] all per-allocation blobs, back to back */
	D3DKMT_PTR(VOID *, pTotalPrivateDriverDataBuffer);
	D3DKMT_HANDLE hResource;				/* [out] new resource handle */
	D3DKMT_HANDLE hKeyedMutex;				/* [out] 0: there is none */
	D3DKMT_PTR(VOID *, pKeyedMutexPrivateRuntimeData);	/* [unused] ignored */
	UINT KeyedMutexPrivateRuntimeDataSize;			/* [out] 0 */
	D3DKMT_HANDLE hSyncObject;				/* [out] 0: there is none */
} D3DKMT_OPENRESOURCEFROMNTHANDLE;

/* Argument of D3DKMTQueryResourceInfo(). */
typedef struct _D3DKMT_QUERYRESOURCEINFO {
	D3DKMT_HANDLE hDevice;				/* [in] */
	D3DKMT_HANDLE hGlobalShare;			/* [in] global share handle */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);	/* [out] buffer for the runtime blob */
	UINT PrivateRuntimeDataSize;			/* [in, out] its bytes; bytes needed */
	/* [out] bytes of all per-allocation blobs */
	UINT TotalPrivateDriverDataSize;
	UINT ResourcePrivateDriverDataSize;		/* [out] bytes of the resource blob */
	UINT NumAllocations;				/* [out] allocations in the resource */
} D3DKMT_QUERYRESOURCEINFO;

/* Argument of D3DKMTQueryResourceInfoFromNtHandle(). */
typedef struct _D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE {
	D3DKMT_HANDLE hDevice;			/* [in] */
	/* [in] file descriptor from D3DKMTShareObjects() */
	D3DKMT_PTR(HANDLE, hNtHandle);
	/* [out] buffer for the runtime blob; not filled by the reference driver */
	D3DKMT_PTR(VOID *, pPrivateRuntimeData);
	UINT PrivateRuntimeDataSize;		/* [in, out] size of the runtime blob */
	UINT TotalPrivateDriverDataSize;	/* [out] bytes of all per-allocation blobs */
	UINT ResourcePrivateDriverDataSize;	/* [out] bytes of the resource blob */
	UINT NumAllocations;			/* [out] allocations in the resource */
} D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE;

/* Argument of D3DKMTGetSharedResourceAdapterLuid(). */
typedef struct _D3DKMT_GETSHAREDRESOURCEADAPTERLUID {
	D3DKMT_HANDLE hGlobalShare;	/* [in] global share handle, or 0 */
	D3DKMT_PTR(HANDLE, hNtHandle);	/* [in] NT handle, or 0 */
	LUID AdapterLuid;		/* [out] adapter the resource belongs to */
} D3DKMT_GETSHAREDRESOURCEADAPTERLUID;

/* The older form of D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2. */
typedef struct _D3DKMT_OPENSYNCOBJECTFROMNTHANDLE {
	D3DKMT_PTR(HANDLE, hNtHandle);	/* [in] */
	D3DKMT_HANDLE hSyncObject;	/* [out] */
} D3DKMT_OPENSYNCOBJECTFROMNTHANDLE;

/* Argument of D3DKMTOpenSyncObjectFromNtHandle2(). */
__extension__ typedef struct _D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 {
	/* [in] file descriptor from D3DKMTShareObjects() */
	D3DKMT_PTR(HANDLE, hNtHandle);
	D3DKMT_HANDLE hDevice;				/* [in] */
	/* [in] flags for this handle (NoSignal, NoWait, NoGPUAccess ...) */
	D3DDDI_SYNCHRONIZATIONOBJECT_FLAGS Flags;
	D3DKMT_HANDLE hSyncObject;			/* [out] handle */
	union {
		struct {
			/* [out] CPU address in the caller */
			D3DKMT_PTR(VOID *, FenceValueCPUVirtualAddress);
			/* [out] GPU address */
			D3DKMT_ALIGN64 D3DGPU_VIRTUAL_ADDRESS FenceValueGPUVirtualAddress;
			UINT EngineAffinity;		/* [in] linked adapters */
		} MonitoredFence;			/* [out] filled for monitored fences */
		D3DKMT_ALIGN64 UINT64 Reserved[8];	/* send 0 */
	};
} D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2;

/* Argument of D3DKMTOpenNtHandleFromName(). */
typedef struct _D3DKMT_OPENNTHANDLEFROMNAME {
	DWORD dwDesiredAccess;				/* desired access */
	D3DKMT_PTR(OBJECT_ATTRIBUTES *, pObjAttrib);	/* object attributes */
	D3DKMT_PTR(HANDLE, hNtHandle);
} D3DKMT_OPENNTHANDLEFROMNAME;

/* Argument of D3DKMTOpenSyncObjectNtHandleFromName(). */
typedef struct _D3DKMT_OPENSYNCOBJECTNTHANDLEFROMNAME {
	DWORD dwDesiredAccess;				/* desired access */
	D3DKMT_PTR(OBJECT_ATTRIBUTES *, pObjAttrib);	/* object attributes */
	D3DKMT_PTR(HANDLE, hNtHandle);
} D3DKMT_OPENSYNCOBJECTNTHANDLEFROMNAME;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * D3DKMTShareObjects() - make a descriptor for a shared object
 *
 * Owner:  the descriptor (close-on-exec, stored as a HANDLE) keeps the object
 *         alive; close(2) ends it.
 * Errors: STATUS_INVALID_PARAMETER: not exactly one object, or one not created
 *         with Shared and NtSecuritySharing.
 * Source: WDDM: D3DKMTShareObjects.
 */
DXG_API NTSTATUS D3DKMTShareObjects(UINT cObjects, const D3DKMT_HANDLE *hObjects,
				    OBJECT_ATTRIBUTES *pObjectAttributes,
				    DWORD dwDesiredAccess, HANDLE *phSharedNtHandle);

/**
 * D3DKMTShareObjectsInternal() - D3DKMTShareObjects() with its arguments in a
 * 	structure
 * @args: [in] as there
 *
 * Source: /dev/dxg request 0x3f.
 */
DXG_API NTSTATUS D3DKMTShareObjectsInternal(D3DKMT_SHAREOBJECTS *args);

/**
 * D3DKMTShareObjectWithHost() - make a handle that the host's side can open
 * @args: [in, out] device and object; on success a number valid on the host
 *
 * Source: /dev/dxg request 0x44.
 */
DXG_API NTSTATUS D3DKMTShareObjectWithHost(D3DKMT_SHAREOBJECTWITHHOST *args);

/**
 * D3DKMTOpenResource() - D3DKMTOpenResourceFromNtHandle() by global handle
 * @args: [in, out] as on Windows
 *
 * Guests have no global handles: STATUS_UNSUCCESSFUL. The short form of the
 * array is converted for a driver that has them.
 *
 * Errors: STATUS_NO_MEMORY: no room to convert the array.
 */
DXG_API NTSTATUS D3DKMTOpenResource(D3DKMT_OPENRESOURCE *args);

/**
 * D3DKMTOpenResourceFromNtHandle() - open a shared resource
 * @args: [in, out] device, descriptor, buffers of the sizes queried; on success
 *        the handles and the data
 *
 * Owner:  the new handles are the caller's; the creator's are not touched.
 * Errors: STATUS_INVALID_PARAMETER: sizes or counts that do not fit, or another
 *         kind of descriptor. STATUS_NO_MEMORY: too little room for the
 *         allocations' data. STATUS_INVALID_HANDLE: no open descriptor.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTOpenResourceFromNtHandle(D3DKMT_OPENRESOURCEFROMNTHANDLE *args);

/**
 * D3DKMTQueryResourceInfo() - D3DKMTQueryResourceInfoFromNtHandle() by global
 * 	handle
 * @args: [in, out] as on Windows
 *
 * Guests have no global handles: STATUS_UNSUCCESSFUL.
 */
DXG_API NTSTATUS D3DKMTQueryResourceInfo(D3DKMT_QUERYRESOURCEINFO *args);

/**
 * D3DKMTQueryResourceInfoFromNtHandle() - ask how large the data of a shared
 * 	resource are
 * @args: [in, out] device, descriptor; on success the sizes and the number of
 *        allocations
 *
 * The runtime data themselves are not written.
 *
 * Errors: STATUS_INVALID_PARAMETER: no descriptor of a resource.
 * Source: WDDM.
 */
DXG_API NTSTATUS D3DKMTQueryResourceInfoFromNtHandle(D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE *args);

/**
 * D3DKMTGetSharedResourceAdapterLuid() - ask which adapter a shared resource
 * 	belongs to
 * @args: [in, out] descriptor; on success the LUID
 *
 * Errors: STATUS_INVALID_PARAMETER: a global handle, which guests do not have, or
 *         no descriptor of a resource. STATUS_INVALID_HANDLE: no open descriptor.
 *         STATUS_UNSUCCESSFUL: older drivers do not know the call.
 * Source: WDDM: D3DKMTGetSharedResourceAdapterLuid.
 */
DXG_API NTSTATUS D3DKMTGetSharedResourceAdapterLuid(D3DKMT_GETSHAREDRESOURCEADAPTERLUID *args);

/**
 * D3DKMTOpenSyncObjectFromNtHandle2() - open a shared synchronization object on a
 * 	device
 * @args: [in, out] descriptor, device, flags; on success handle and addresses
 *
 * Errors: STATUS_INVALID_PARAMETER: no descriptor of a synchronization object.
 * Source: WDDM 2.0.
 */
DXG_API NTSTATUS D3DKMTOpenSyncObjectFromNtHandle2(D3DKMT_OPENSYNCOBJECTFROMNTHANDLE2 *args);

/**
 * D3DKMTOpenNtHandleFromName() - open a shared object by name
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS D3DKMTOpenNtHandleFromName(D3DKMT_OPENNTHANDLEFROMNAME *args);

/**
 * D3DKMTOpenSyncObjectNtHandleFromName() - open a shared synchronization object by
 * 	name
 *
 * Known to clients, not part of GPU-PV: answers STATUS_NOT_SUPPORTED without
 * looking at @args.
 */
DXG_API NTSTATUS
D3DKMTOpenSyncObjectNtHandleFromName(D3DKMT_OPENSYNCOBJECTNTHANDLEFROMNAME *args);

#ifdef __cplusplus
}
#endif

#endif /* DXG_SHARE_H */
