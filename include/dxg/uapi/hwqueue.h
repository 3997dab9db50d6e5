/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Hardware contexts and queues. */
#ifndef DXG_UAPI_HWQUEUE_H
#define DXG_UAPI_HWQUEUE_H

#include <linux/types.h>

#include "base.h"

/**
 * struct d3dkmt_createhwcontext - args of LX_DXCREATEHWCONTEXT,
 *	D3DKMTCreateHwContext()
 * @device: [in] device
 * @node_ordinal: [in] engine node
 * @engine_affinity: [in] engine mask
 * @flags: [in] reserved, send 0
 * @priv_drv_data_size: [in] bytes of the blob
 * @priv_drv_data: [in, out] vendor blob
 * @context: [out] handle
 */
struct d3dkmt_createhwcontext {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 pad;
	__u64 priv_drv_data;
	struct d3dkmthandle context;
	__u32 pad1;
};

/* Flag word: d3dddi_createhwqueueflags */
#define DXG_CREATEHWQUEUE_DISABLE_GPU_TIMEOUT	(1u << 0)
#define DXG_CREATEHWQUEUE_NO_BROADCAST_SIGNAL	(1u << 1)
#define DXG_CREATEHWQUEUE_NO_BROADCAST_WAIT	(1u << 2)
#define DXG_CREATEHWQUEUE_NO_KMD_ACCESS		(1u << 3)

/**
 * struct d3dkmt_createhwqueue - args of LX_DXCREATEHWQUEUE,
 *	D3DKMTCreateHwQueue()
 * @context: [in] context made with DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED
 * @flags: [in] DXG_CREATEHWQUEUE_...
 * @priv_drv_data_size: [in] bytes of the blob
 * @reserved: padding, send 0
 * @priv_drv_data: [in, out] vendor blob, written back
 * @queue: [out] queue handle
 * @queue_progress_fence: [out] monitored fence that counts finished
 *	submissions
 * @queue_progress_fence_cpu_va: [out] its CPU address in the caller
 * @queue_progress_fence_gpu_va: [out] its GPU address
 */
struct d3dkmt_createhwqueue {
	struct d3dkmthandle context;
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 reserved;
	__u64 priv_drv_data;
	struct d3dkmthandle queue;
	struct d3dkmthandle queue_progress_fence;
	__u64 queue_progress_fence_cpu_va;
	__u64 queue_progress_fence_gpu_va;
};

/**
 * struct d3dkmt_destroyhwcontext - args of LX_DXDESTROYHWCONTEXT,
 *	D3DKMTDestroyHwContext()
 * @context: [in] hardware context to destroy
 */
struct d3dkmt_destroyhwcontext {
	struct d3dkmthandle context;
};

/**
 * struct d3dkmt_destroyhwqueue - args of LX_DXDESTROYHWQUEUE,
 *	D3DKMTDestroyHwQueue()
 * @queue: [in] queue to destroy
 */
struct d3dkmt_destroyhwqueue {
	struct d3dkmthandle queue;
};

/**
 * struct d3dkmt_submitcommandtohwqueue - args of LX_DXSUBMITCOMMANDTOHWQUEUE,
 *	D3DKMTSubmitCommandToHwQueue()
 * @hwqueue: [in] queue
 * @reserved: padding, send 0
 * @hwqueue_progress_fence_id: [in] value the progress fence takes when the
 *	work is done
 * @command_buffer: [in] GPU address
 * @command_length: [in] bytes
 * @priv_drv_data_size: [in] bytes of the blob
 * @priv_drv_data: [in] vendor blob
 * @num_primaries: [in] Windows limit 16; the driver checks only against 131072
 * @reserved1: padding, send 0
 * @written_primaries: [in] display primaries the work writes
 */
struct d3dkmt_submitcommandtohwqueue {
	struct d3dkmthandle hwqueue;
	__u32 reserved;
	__u64 hwqueue_progress_fence_id;
	__u64 command_buffer;
	__u32 command_length;
	__u32 priv_drv_data_size;
	__u64 priv_drv_data;
	__u32 num_primaries;
	__u32 reserved1;
	__u64 written_primaries;
};

#endif /* DXG_UAPI_HWQUEUE_H */
