/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Objects opened by others: resources and synchronisation objects. */
#ifndef DXG_UAPI_SHARE_H
#define DXG_UAPI_SHARE_H

#include <linux/types.h>

#include "base.h"

/**
 * struct d3dkmt_getsharedresourceadapterluid - args of
 *	LX_DXGETSHAREDRESOURCEADAPTERLUID,
 *	D3DKMTGetSharedResourceAdapterLuid()
 * @global_share: [in] global share handle, or 0
 * @handle: [in] NT handle, or 0
 * @adapter_luid: [out] adapter the resource belongs to
 */
struct d3dkmt_getsharedresourceadapterluid {
	struct d3dkmthandle global_share;
	__u32 pad;
	__u64 handle;
	struct winluid adapter_luid;
};

/**
 * struct d3dddi_openallocationinfo2 - one opened allocation
 * @allocation: [out] handle of the opened allocation
 * @priv_drv_data: [out] points into the total buffer
 * @priv_drv_data_size: [out] bytes there
 * @gpu_va: [out] not written on Linux
 * @reserved: reserved, send 0
 */
struct d3dddi_openallocationinfo2 {
	struct d3dkmthandle allocation;
	__u32 pad;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 pad1;
	__u64 gpu_va;
	__u64 reserved[6];
};

/**
 * struct d3dkmt_openresource - args of LX_DXOPENRESOURCE, D3DKMTOpenResource()
 * @device: [in] device
 * @global_share: [in] global share handle
 * @allocation_count: [in] entries in the array
 * @open_alloc_info: [in, out] long form: what the ioctl takes
 * @private_runtime_data: [out] buffer for runtime blob
 * @private_runtime_data_size: [in] its bytes
 * @resource_priv_drv_data: [out] buffer for the resource's vendor blob
 * @resource_priv_drv_data_size: [in] its bytes
 * @total_priv_drv_data: [out] buffer that receives all per-allocation blobs
 * @total_priv_drv_data_size: [in, out] its bytes; bytes used
 * @resource: [out] new resource handle
 */
struct d3dkmt_openresource {
	struct d3dkmthandle device;
	struct d3dkmthandle global_share;
	__u32 allocation_count;
	__u32 pad;
	__u64 open_alloc_info;
	__u64 private_runtime_data;
	__s32 private_runtime_data_size;
	__u32 pad1;
	__u64 resource_priv_drv_data;
	__u32 resource_priv_drv_data_size;
	__u32 pad2;
	__u64 total_priv_drv_data;
	__u32 total_priv_drv_data_size;
	struct d3dkmthandle resource;
};

/**
 * struct d3dkmt_opensynchronizationobject - args of
 *	LX_DXOPENSYNCHRONIZATIONOBJECT, D3DKMTOpenSynchronizationObject()
 * @shared_handle: [in] global handle
 * @sync_object: [out] handle
 * @reserved: reserved, send 0
 */
struct d3dkmt_opensynchronizationobject {
	struct d3dkmthandle shared_handle;
	struct d3dkmthandle sync_object;
	__u64 reserved[8];
};

/**
 * struct d3dkmt_queryresourceinfo - args of LX_DXQUERYRESOURCEINFO,
 *	D3DKMTQueryResourceInfo()
 * @device: [in] device
 * @global_share: [in] global share handle
 * @private_runtime_data: [out] buffer for the runtime blob
 * @private_runtime_data_size: [in, out] its bytes; bytes needed
 * @total_priv_drv_data_size: [out] bytes of all per-allocation blobs
 * @resource_priv_drv_data_size: [out] bytes of the resource blob
 * @allocation_count: [out] allocations in the resource
 */
struct d3dkmt_queryresourceinfo {
	struct d3dkmthandle device;
	struct d3dkmthandle global_share;
	__u64 private_runtime_data;
	__u32 private_runtime_data_size;
	__u32 total_priv_drv_data_size;
	__u32 resource_priv_drv_data_size;
	__u32 allocation_count;
};

/**
 * struct d3dkmt_shareobjects - args of LX_DXSHAREOBJECTS, D3DKMTShareObjects()
 * @object_count: [in] exactly 1 (Windows allows up to 3)
 * @reserved: padding, send 0
 * @objects: [in] resource or sync object handle
 * @object_attr: [in] ignored on Linux
 * @desired_access: [in] access mask; ignored by the driver
 * @reserved1: padding, send 0
 * @shared_handle: [out] address that receives a 64-bit value: the new file
 *	descriptor
 */
struct d3dkmt_shareobjects {
	__u32 object_count;
	__u32 reserved;
	__u64 objects;
	__u64 object_attr;
	__u32 desired_access;
	__u32 reserved1;
	__u64 shared_handle;
};

/**
 * struct d3dkmt_opensyncobjectfromnthandle2 - args of
 *	LX_DXOPENSYNCOBJECTFROMNTHANDLE2, D3DKMTOpenSyncObjectFromNtHandle2()
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @device: [in] device
 * @flags: [in] flags for this handle (NO_SIGNAL, NO_WAIT, NO_GPU_ACCESS ...):
 *	DXG_SYNC_OBJECT_...
 * @sync_object: [out] handle
 * @reserved1: padding, send 0
 * @monitored_fence: [out] filled for monitored fences
 * @monitored_fence.fence_value_cpu_va: [out] CPU address in the caller
 * @monitored_fence.fence_value_gpu_va: [out] GPU address
 * @monitored_fence.engine_affinity: [in] linked adapters
 * @reserved: reserved, send 0
 */
struct d3dkmt_opensyncobjectfromnthandle2 {
	__u64 nt_handle;
	struct d3dkmthandle device;
	__u32 flags;
	struct d3dkmthandle sync_object;
	__u32 reserved1;
	__extension__ union {
		__extension__ struct {
			__u64 fence_value_cpu_va;
			__u64 fence_value_gpu_va;
			__u32 engine_affinity;
			__u32 pad;
		} monitored_fence;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_queryresourceinfofromnthandle - args of
 *	LX_DXQUERYRESOURCEINFOFROMNTHANDLE,
 *	D3DKMTQueryResourceInfoFromNtHandle()
 * @device: [in] device
 * @reserved: padding, send 0
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @private_runtime_data: [out] buffer for the runtime blob; not filled by the
 *	reference driver
 * @private_runtime_data_size: [in, out] size of the runtime blob
 * @total_priv_drv_data_size: [out] bytes of all per-allocation blobs
 * @resource_priv_drv_data_size: [out] bytes of the resource blob
 * @allocation_count: [out] allocations in the resource
 */
struct d3dkmt_queryresourceinfofromnthandle {
	struct d3dkmthandle device;
	__u32 reserved;
	__u64 nt_handle;
	__u64 private_runtime_data;
	__u32 private_runtime_data_size;
	__u32 total_priv_drv_data_size;
	__u32 resource_priv_drv_data_size;
	__u32 allocation_count;
};

/**
 * struct d3dkmt_openresourcefromnthandle - args of
 *	LX_DXOPENRESOURCEFROMNTHANDLE, D3DKMTOpenResourceFromNtHandle()
 * @device: [in] device
 * @reserved: padding, send 0
 * @nt_handle: [in] file descriptor from LX_DXSHAREOBJECTS
 * @allocation_count: [in] as many as LX_DXQUERYRESOURCEINFOFROMNTHANDLE tells
 * @reserved1: padding, send 0
 * @open_alloc_info: [out] array of that many entries
 * @private_runtime_data_size: [in] bytes of the runtime buffer, exactly the
 *	reported size
 * @reserved2: padding, send 0
 * @private_runtime_data: [out] runtime blob
 * @resource_priv_drv_data_size: [in] bytes of the resource buffer
 * @reserved3: padding, send 0
 * @resource_priv_drv_data: [out] resource blob
 * @total_priv_drv_data_size: [in, out] bytes of the total buffer; bytes used
 * @total_priv_drv_data: [out] all per-allocation blobs, back to back
 * @resource: [out] new resource handle
 * @keyed_mutex: [out] 0: there is none
 * @keyed_mutex_private_data: [unused] ignored
 * @keyed_mutex_private_data_size: [out] 0
 * @sync_object: [out] 0: there is none
 */
struct d3dkmt_openresourcefromnthandle {
	struct d3dkmthandle device;
	__u32 reserved;
	__u64 nt_handle;
	__u32 allocation_count;
	__u32 reserved1;
	__u64 open_alloc_info;
	__s32 private_runtime_data_size;
	__u32 reserved2;
	__u64 private_runtime_data;
	__u32 resource_priv_drv_data_size;
	__u32 reserved3;
	__u64 resource_priv_drv_data;
	__u32 total_priv_drv_data_size;
	__u32 pad;
	__u64 total_priv_drv_data;
	struct d3dkmthandle resource;
	struct d3dkmthandle keyed_mutex;
	__u64 keyed_mutex_private_data;
	__u32 keyed_mutex_private_data_size;
	struct d3dkmthandle sync_object;
};

/**
 * struct d3dkmt_shareobjectwithhost - args of LX_DXSHAREOBJECTWITHHOST,
 *	D3DKMTShareObjectWithHost()
 * @device_handle: [in] device
 * @object_handle: [in] resource or sync object
 * @reserved: reserved, send 0
 * @object_vail_nt_handle: [out] handle value valid in the host-side companion
 *	process
 */
struct d3dkmt_shareobjectwithhost {
	struct d3dkmthandle device_handle;
	struct d3dkmthandle object_handle;
	__u64 reserved;
	__u64 object_vail_nt_handle;
};

#endif /* DXG_UAPI_SHARE_H */
