/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Synchronisation objects: create, signal, wait, sync files. */
#ifndef DXG_UAPI_SYNC_H
#define DXG_UAPI_SYNC_H

#include <linux/types.h>

#include "base.h"

/* enum d3dddi_synchronizationobject_type */
#define DXG_SYNC_TYPE_MUTEX			1
#define DXG_SYNC_TYPE_SEMAPHORE			2
#define DXG_SYNC_TYPE_FENCE			3
#define DXG_SYNC_TYPE_CPU_NOTIFICATION		4
#define DXG_SYNC_TYPE_MONITORED_FENCE		5
#define DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE	6
#define DXG_SYNC_TYPE_LIMIT			7

/* Flag word: d3dddi_synchronizationobject_flags */
#define DXG_SYNC_OBJECT_SHARED				(1u << 0)
#define DXG_SYNC_OBJECT_NT_SECURITY_SHARING		(1u << 1)
#define DXG_SYNC_OBJECT_CROSS_ADAPTER			(1u << 2)
#define DXG_SYNC_OBJECT_TOP_OF_PIPELINE			(1u << 3)
#define DXG_SYNC_OBJECT_NO_SIGNAL			(1u << 4)
#define DXG_SYNC_OBJECT_NO_WAIT				(1u << 5)
#define DXG_SYNC_OBJECT_NO_SIGNAL_MAX_VALUE_ON_TDR	(1u << 6)
#define DXG_SYNC_OBJECT_NO_GPU_ACCESS			(1u << 7)
#define DXG_SYNC_OBJECT_SIGNAL_BY_KMD			(1u << 8)

/**
 * struct d3dddi_synchronizationobjectinfo2 - kind and first state of a sync
 *	object
 * @type: [in] enum d3dddi_synchronizationobject_type; selects the union member
 * @flags: [in] DXG_SYNC_OBJECT_...
 * @synchronization_mutex: [in] type 1
 * @synchronization_mutex.initial_state: [in] non-zero: starts owned
 * @semaphore: [in] type 2
 * @semaphore.max_count: [in] upper limit
 * @semaphore.initial_count: [in] start count
 * @fence: [in] type 3
 * @fence.fence_value: [in] start value
 * @cpu_notification: [in] type 4
 * @cpu_notification.event: [in] event; eventfd descriptor on Linux
 * @monitored_fence: [in, out] type 5
 * @monitored_fence.initial_fence_value: [in] start value
 * @monitored_fence.fence_cpu_virtual_address: [out] address of the 64-bit
 *	value in the caller's address space
 * @monitored_fence.fence_gpu_virtual_address: [out] address of the value for
 *	the GPU
 * @monitored_fence.engine_affinity: [in] linked adapters the fence is mapped
 *	for
 * @periodic_monitored_fence: [in, out] type 6
 * @periodic_monitored_fence.adapter: [in] adapter of the display target
 * @periodic_monitored_fence.vidpn_target_id: [in] display target
 * @periodic_monitored_fence.time: [in] offset from vertical blank, 100-ns
 *	units
 * @periodic_monitored_fence.fence_cpu_virtual_address: [out] as above
 * @periodic_monitored_fence.fence_gpu_virtual_address: [out] as above
 * @periodic_monitored_fence.engine_affinity: [in] as above
 * @reserved: reserved, send 0
 * @reserved.reserved: reserved, send 0
 * @shared_handle: [out] old-style global handle; also written for shared
 *	objects, otherwise 0
 */
struct d3dddi_synchronizationobjectinfo2 {
	__u32 type;
	__u32 flags;
	__extension__ union {
		__extension__ struct {
			__u32 initial_state;
		} synchronization_mutex;
		__extension__ struct {
			__u32 max_count;
			__u32 initial_count;
		} semaphore;
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__extension__ struct {
			__u64 event;
		} cpu_notification;
		__extension__ struct {
			__u64 initial_fence_value;
			__u64 fence_cpu_virtual_address;
			__u64 fence_gpu_virtual_address;
			__u32 engine_affinity;
			__u32 pad;
		} monitored_fence;
		__extension__ struct {
			struct d3dkmthandle adapter;
			__u32 vidpn_target_id;
			__u64 time;
			__u64 fence_cpu_virtual_address;
			__u64 fence_gpu_virtual_address;
			__u32 engine_affinity;
			__u32 pad1;
		} periodic_monitored_fence;
		__extension__ struct {
			__u64 reserved[8];
		} reserved;
	};
	struct d3dkmthandle shared_handle;
	__u32 pad2;
};

/**
 * struct d3dkmt_createsynchronizationobject2 - args of
 *	LX_DXCREATESYNCHRONIZATIONOBJECT, D3DKMTCreateSynchronizationObject2()
 * @device: [in] device
 * @reserved: padding, send 0
 * @info: [in, out] type, flags and per-type data
 * @sync_object: [out] handle
 * @reserved1: padding, send 0
 */
struct d3dkmt_createsynchronizationobject2 {
	struct d3dkmthandle device;
	__u32 reserved;
	struct d3dddi_synchronizationobjectinfo2 info;
	struct d3dkmthandle sync_object;
	__u32 reserved1;
};

/* Flag word: d3dddicb_signalflags */
#define DXG_SIGNAL_SIGNAL_AT_SUBMISSION	(1u << 0)
#define DXG_SIGNAL_ENQUEUE_CPU_EVENT	(1u << 1)
#define DXG_SIGNAL_ALLOW_FENCE_REWIND	(1u << 2)
#define DXG_SIGNAL_INTERNAL0		(1u << 31)

/**
 * struct d3dkmt_signalsynchronizationobject2 - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECT, D3DKMTSignalSynchronizationObject2()
 * @context: [in] context that signals
 * @object_count: [in] 0 .. 32 objects (DXG_MAX_OBJECT_SIGNALED)
 * @object_array: [in] objects
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @context_count: [in] further contexts, 0 .. 63 (64 is refused: context is
 *	added in front)
 * @contexts: [in] their handles
 * @fence: [in] union view for fences
 * @fence.fence_value: [in] value to signal
 * @cpu_event_handle: [in] event for ENQUEUE_CPU_EVENT (eventfd on Linux); zero
 *	the upper half on 32-bit callers
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobject2 {
	struct d3dkmthandle context;
	__u32 object_count;
	struct d3dkmthandle object_array[DXG_MAX_OBJECT_SIGNALED];
	__u32 flags;
	__u32 context_count;
	struct d3dkmthandle contexts[DXG_MAX_BROADCAST_CONTEXT];
	__extension__ union {
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__u64 cpu_event_handle;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_waitforsynchronizationobject2 - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECT,
 *	D3DKMTWaitForSynchronizationObject2()
 * @context: [in] context that waits
 * @object_count: [in] 1 .. 32 (DXG_MAX_OBJECT_WAITED_ON)
 * @object_array: [in] objects
 * @fence: [in] union view for fences
 * @fence.fence_value: [in] value waited for
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitforsynchronizationobject2 {
	struct d3dkmthandle context;
	__u32 object_count;
	struct d3dkmthandle object_array[DXG_MAX_OBJECT_WAITED_ON];
	__extension__ union {
		__extension__ struct {
			__u64 fence_value;
		} fence;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_destroysynchronizationobject - args of
 *	LX_DXDESTROYSYNCHRONIZATIONOBJECT,
 *	D3DKMTDestroySynchronizationObject()
 * @sync_object: [in] object to destroy
 */
struct d3dkmt_destroysynchronizationobject {
	struct d3dkmthandle sync_object;
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromcpu - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU,
 *	D3DKMTSignalSynchronizationObjectFromCpu()
 * @device: [in] device
 * @object_count: [in] 1 .. 32
 * @objects: [in] objects
 * @fence_values: [in] value per object
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 */
struct d3dkmt_signalsynchronizationobjectfromcpu {
	struct d3dkmthandle device;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
	__u32 flags;
	__u32 pad;
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromgpu - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU,
 *	D3DKMTSignalSynchronizationObjectFromGpu()
 * @context: [in] context that signals
 * @object_count: [in] at least 1; Windows allows 32, the driver only checks
 *	against 131072
 * @objects: [in] objects
 * @monitored_fence_values: [in] value per object; zero the upper half on
 *	32-bit callers
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobjectfromgpu {
	struct d3dkmthandle context;
	__u32 object_count;
	__u64 objects;
	__extension__ union {
		__u64 monitored_fence_values;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_signalsynchronizationobjectfromgpu2 - args of
 *	LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMGPU2,
 *	D3DKMTSignalSynchronizationObjectFromGpu2()
 * @object_count: [in] at least 1 (exactly 0 with ENQUEUE_CPU_EVENT); Windows
 *	allows 32
 * @reserved1: padding, send 0
 * @objects: [in] objects
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @context_count: [in] at least 1; Windows allows 64
 * @contexts: [in] contexts that signal
 * @fence_value: [in] single value for plain fences
 * @cpu_event_handle: [in] event (eventfd) with ENQUEUE_CPU_EVENT
 * @monitored_fence_values: [in] value per object for monitored fences
 * @reserved: reserved, send 0
 */
struct d3dkmt_signalsynchronizationobjectfromgpu2 {
	__u32 object_count;
	__u32 reserved1;
	__u64 objects;
	__u32 flags;
	__u32 context_count;
	__u64 contexts;
	__extension__ union {
		__u64 fence_value;
		__u64 cpu_event_handle;
		__u64 monitored_fence_values;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_submitsignalsyncobjectstohwqueue - args of
 *	LX_DXSUBMITSIGNALSYNCOBJECTSTOHWQUEUE,
 *	D3DKMTSubmitSignalSyncObjectsToHwQueue()
 * @flags: [in] D3DDDICB_SIGNALFLAGS: DXG_SIGNAL_...
 * @hwqueue_count: [in] 1 .. 64
 * @hwqueues: [in] queues that signal
 * @object_count: [in] 1 .. 32
 * @reserved: padding, send 0
 * @objects: [in] objects
 * @fence_values: [in] value per object
 */
struct d3dkmt_submitsignalsyncobjectstohwqueue {
	__u32 flags;
	__u32 hwqueue_count;
	__u64 hwqueues;
	__u32 object_count;
	__u32 reserved;
	__u64 objects;
	__u64 fence_values;
};

/**
 * struct d3dkmt_submitwaitforsyncobjectstohwqueue - args of
 *	LX_DXSUBMITWAITFORSYNCOBJECTSTOHWQUEUE,
 *	D3DKMTSubmitWaitForSyncObjectsToHwQueue()
 * @hwqueue: [in] queue that waits
 * @object_count: [in] 1 .. 32
 * @objects: [in] objects
 * @fence_values: [in] value per object
 */
struct d3dkmt_submitwaitforsyncobjectstohwqueue {
	struct d3dkmthandle hwqueue;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
};

/* Flag word: d3dddi_waitforsynchronizationobjectfromcpu_flags */
#define DXG_WAITFROMCPU_WAIT_ANY	(1u << 0)

/**
 * struct d3dkmt_waitforsynchronizationobjectfromcpu - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMCPU,
 *	D3DKMTWaitForSynchronizationObjectFromCpu()
 * @device: [in] device
 * @object_count: [in] at least 1; Windows allows 32, the driver only checks
 *	against 131072
 * @objects: [in] objects
 * @fence_values: [in] value per object
 * @async_event: [in] 0: block until satisfied; otherwise an eventfd descriptor
 *	that is signalled later
 * @flags: [in] DXG_WAITFROMCPU_...
 */
struct d3dkmt_waitforsynchronizationobjectfromcpu {
	struct d3dkmthandle device;
	__u32 object_count;
	__u64 objects;
	__u64 fence_values;
	__u64 async_event;
	__u32 flags;
	__u32 pad;
};

/**
 * struct d3dkmt_waitforsynchronizationobjectfromgpu - args of
 *	LX_DXWAITFORSYNCHRONIZATIONOBJECTFROMGPU,
 *	D3DKMTWaitForSynchronizationObjectFromGpu()
 * @context: [in] context that waits
 * @object_count: [in] 1 .. 32 (checked when the message is built)
 * @objects: [in] objects
 * @monitored_fence_values: [in] value per object when the objects are
 *	monitored fences
 * @fence_value: [in] single value when they are plain fences
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitforsynchronizationobjectfromgpu {
	struct d3dkmthandle context;
	__u32 object_count;
	__u64 objects;
	__extension__ union {
		__u64 monitored_fence_values;
		__u64 fence_value;
		__u64 reserved[8];
	};
};

/**
 * struct d3dkmt_createsyncfile - args of LX_DXCREATESYNCFILE,
 *	D3DKMTCreateSyncFile()
 * @device: [in] device
 * @monitored_fence: [in] monitored fence
 * @fence_value: [in] value at which the sync file signals
 * @sync_file_handle: [out] sync_file descriptor (close-on-exec), as a 64-bit
 *	number
 */
struct d3dkmt_createsyncfile {
	struct d3dkmthandle device;
	struct d3dkmthandle monitored_fence;
	__u64 fence_value;
	__u64 sync_file_handle;
};

/**
 * struct d3dkmt_waitsyncfile - args of LX_DXWAITSYNCFILE, D3DKMTWaitSyncFile()
 * @sync_file_handle: [in] sync_file descriptor from LX_DXCREATESYNCFILE, as a
 *	64-bit number
 * @context: [in] context that is made to wait on the GPU
 * @reserved: reserved, send 0
 */
struct d3dkmt_waitsyncfile {
	__u64 sync_file_handle;
	struct d3dkmthandle context;
	__u32 reserved;
};

/**
 * struct d3dkmt_opensyncobjectfromsyncfile - args of
 *	LX_DXOPENSYNCOBJECTFROMSYNCFILE, D3DKMTOpenSyncObjectFromSyncFile()
 * @sync_file_handle: [in] sync_file descriptor, as a 64-bit number
 * @device: [in] device for which the fence is opened
 * @syncobj: [out] handle of the monitored fence (opened without signal right)
 * @fence_value: [out] value at which the sync file signals
 * @fence_value_cpu_va: [out] CPU address of the fence value in the caller
 * @fence_value_gpu_va: [out] GPU address
 */
struct d3dkmt_opensyncobjectfromsyncfile {
	__u64 sync_file_handle;
	struct d3dkmthandle device;
	struct d3dkmthandle syncobj;
	__u64 fence_value;
	__u64 fence_value_cpu_va;
	__u64 fence_value_gpu_va;
};

#endif /* DXG_UAPI_SYNC_H */
