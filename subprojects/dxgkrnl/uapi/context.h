/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Contexts: create, prioritise, submit. */
#ifndef DXG_UAPI_CONTEXT_H
#define DXG_UAPI_CONTEXT_H

#include <linux/types.h>

#include "base.h"

/* Flag word: d3dddi_createcontextflags */
#define DXG_CREATECONTEXT_NULL_RENDERING	(1u << 0)
#define DXG_CREATECONTEXT_INITIAL_DATA		(1u << 1)
#define DXG_CREATECONTEXT_DISABLE_GPU_TIMEOUT	(1u << 2)
#define DXG_CREATECONTEXT_SYNCHRONIZATION_ONLY	(1u << 3)
#define DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED	(1u << 4)
#define DXG_CREATECONTEXT_NO_KMD_ACCESS		(1u << 5)

/* enum d3dkmt_clienthint */
#define DXG_CLIENTHINT_UNKNOWN		0
#define DXG_CLIENTHINT_OPENGL		1
#define DXG_CLIENTHINT_CDD		2
#define DXG_CLIENTHINT_OPENCL		3
#define DXG_CLIENTHINT_VULKAN		4
#define DXG_CLIENTHINT_CUDA		5
#define DXG_CLIENTHINT_RESERVED		6
#define DXG_CLIENTHINT_DX7		7
#define DXG_CLIENTHINT_DX8		8
#define DXG_CLIENTHINT_DX9		9
#define DXG_CLIENTHINT_DX10		10
#define DXG_CLIENTHINT_DX11		11
#define DXG_CLIENTHINT_DX12		12
#define DXG_CLIENTHINT_9ON12		13
#define DXG_CLIENTHINT_11ON12		14
#define DXG_CLIENTHINT_MFT_ENCODE	15
#define DXG_CLIENTHINT_GLON12		16
#define DXG_CLIENTHINT_CLON12		17
#define DXG_CLIENTHINT_DML_TENSORFLOW	18
#define DXG_CLIENTHINT_ONEAPI_LEVEL0	19
#define DXG_CLIENTHINT_MAX		20

/**
 * struct d3dkmt_createcontext - args of LX_DXCREATECONTEXT,
 *	D3DKMTCreateContext()
 * @device: [in] device
 * @node_ordinal: [in] engine node index
 * @engine_affinity: [in] bit mask of engines inside the node (one bit per
 *	linked adapter)
 * @flags: [in] DXG_CREATECONTEXT_...
 * @priv_drv_data: [in, out] vendor blob exchanged with the kernel-mode driver
 * @priv_drv_data_size: [in] bytes in that blob
 * @client_hint: [in] which API made the context
 * @context: [out] context handle
 * @command_buffer: [out] legacy command buffer address
 * @command_buffer_size: [out] legacy
 * @allocation_list: [out] legacy
 * @allocation_list_size: [out] legacy
 * @patch_location_list: [out] legacy
 * @patch_location_list_size: [out] legacy
 * @obsolete: [out] GPU address of the legacy buffer
 */
struct d3dkmt_createcontext {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 client_hint;
	struct d3dkmthandle context;
	__u32 pad;
	__u64 command_buffer;
	__u32 command_buffer_size;
	__u32 pad1;
	__u64 allocation_list;
	__u32 allocation_list_size;
	__u32 pad2;
	__u64 patch_location_list;
	__u32 patch_location_list_size;
	__u32 pad3;
	__u64 obsolete;
};

/**
 * struct d3dkmt_createcontextvirtual - args of LX_DXCREATECONTEXTVIRTUAL,
 *	D3DKMTCreateContextVirtual()
 * @device: [in] device
 * @node_ordinal: [in] engine node index
 * @engine_affinity: [in] bit mask of engines inside the node
 * @flags: [in] DXG_CREATECONTEXT_...
 * @priv_drv_data: [in, out] vendor blob; sent to the host and overwritten with
 *	the host's answer (same length)
 * @priv_drv_data_size: [in] bytes; must stay below 128 KiB
 * @client_hint: [in] which API made the context
 * @context: [out] new context handle
 */
struct d3dkmt_createcontextvirtual {
	struct d3dkmthandle device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 client_hint;
	struct d3dkmthandle context;
	__u32 pad;
};

/**
 * struct d3dkmt_destroycontext - args of LX_DXDESTROYCONTEXT,
 *	D3DKMTDestroyContext()
 * @context: [in] context to destroy
 */
struct d3dkmt_destroycontext {
	struct d3dkmthandle context;
};

/* Flag word: d3dkmt_submitcommandflags */
#define DXG_SUBMITCOMMAND_NULL_RENDERING	(1u << 0)
#define DXG_SUBMITCOMMAND_PRESENT_REDIRECTED	(1u << 1)
#define DXG_SUBMITCOMMAND_NO_KMD_ACCESS		(1u << 2)

/**
 * struct d3dkmt_submitcommand - args of LX_DXSUBMITCOMMAND,
 *	D3DKMTSubmitCommand()
 * @command_buffer: [in] GPU address of the command buffer
 * @command_length: [in] its bytes
 * @flags: [in] DXG_SUBMITCOMMAND_...
 * @present_history_token: [in] token of a redirected present, otherwise 0
 * @broadcast_context_count: [in] 1 .. 64 (DXG_MAX_BROADCAST_CONTEXT)
 * @broadcast_context: [in] contexts; entry 0 owns the submission
 * @reserved: padding, send 0
 * @priv_drv_data: [in] vendor blob for the submission
 * @priv_drv_data_size: [in] its bytes
 * @num_primaries: [in] 0 .. 16 (DXG_MAX_WRITTEN_PRIMARIES); the driver checks
 *	only against 131072
 * @written_primaries: [in] display primaries the work writes
 * @num_history_buffers: [in] 0 .. 1024
 * @reserved1: padding, send 0
 * @history_buffer_array: [in] allocation handles of history buffers
 */
struct d3dkmt_submitcommand {
	__u64 command_buffer;
	__u32 command_length;
	__u32 flags;
	__u64 present_history_token;
	__u32 broadcast_context_count;
	struct d3dkmthandle broadcast_context[DXG_MAX_BROADCAST_CONTEXT];
	__u32 reserved;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 num_primaries;
	struct d3dkmthandle written_primaries[DXG_MAX_WRITTEN_PRIMARIES];
	__u32 num_history_buffers;
	__u32 reserved1;
	__u64 history_buffer_array;
};

/**
 * struct d3dkmt_getcontextinprocessschedulingpriority - args of
 *	LX_DXGETCONTEXTINPROCESSSCHEDULINGPRIORITY,
 *	D3DKMTGetContextInProcessSchedulingPriority()
 * @context: [in] context
 * @priority: [out] priority relative to the process' other contexts
 */
struct d3dkmt_getcontextinprocessschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_getcontextschedulingpriority - args of
 *	LX_DXGETCONTEXTSCHEDULINGPRIORITY,
 *	D3DKMTGetContextSchedulingPriority()
 * @context: [in] context
 * @priority: [out] -7 .. 7, or absolute
 */
struct d3dkmt_getcontextschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/* Flag word: d3dkmt_renderflags */
#define DXG_RENDER_RESIZE_COMMAND_BUFFER	(1u << 0)
#define DXG_RENDER_RESIZE_ALLOCATION_LIST	(1u << 1)
#define DXG_RENDER_RESIZE_PATCH_LOCATION_LIST	(1u << 2)
#define DXG_RENDER_NULL_RENDERING		(1u << 3)
#define DXG_RENDER_PRESENT_REDIRECTED		(1u << 4)
#define DXG_RENDER_RENDER_KM			(1u << 5)
#define DXG_RENDER_RENDER_KM_READBACK		(1u << 6)

/**
 * struct d3dkmt_render - args of LX_DXRENDER, D3DKMTRender()
 * @device: [in] device (legacy)
 * @context: [in] context
 * @command_offset: [in] byte offset in the command buffer
 * @command_length: [in] bytes
 * @allocation_count: [in] allocation list entries
 * @patch_location_count: [in] patch list entries
 * @new_command_buffer: [out] next command buffer (an input when RENDER_KM is
 *	set)
 * @new_command_buffer_size: [in, out] its bytes
 * @new_allocation_list: [out] next allocation list (an input when RENDER_KM is
 *	set)
 * @new_allocation_list_size: [in, out] entries
 * @new_patch_pocation_list: [out] next patch list
 * @new_patch_pocation_list_size: [in, out] entries
 * @flags: [in] DXG_RENDER_...
 * @present_history_token: [in] present token
 * @broadcast_context_count: [in] 0 .. 64
 * @broadcast_context: [in] contexts
 * @queued_buffer_count: [out] buffers still queued
 * @obsolete: [out] GPU address of the next buffer
 * @priv_drv_data: [in] vendor blob
 * @priv_drv_data_size: [in] its bytes
 */
struct d3dkmt_render {
	__extension__ union {
		struct d3dkmthandle device;
		struct d3dkmthandle context;
	};
	__u32 command_offset;
	__u32 command_length;
	__u32 allocation_count;
	__u32 patch_location_count;
	__u32 pad;
	__u64 new_command_buffer;
	__u32 new_command_buffer_size;
	__u32 pad1;
	__u64 new_allocation_list;
	__u32 new_allocation_list_size;
	__u32 pad2;
	__u64 new_patch_pocation_list;
	__u32 new_patch_pocation_list_size;
	__u32 flags;
	__u64 present_history_token;
	__u32 broadcast_context_count;
	struct d3dkmthandle broadcast_context[DXG_MAX_BROADCAST_CONTEXT];
	__u32 queued_buffer_count;
	__u64 obsolete;
	__u64 priv_drv_data;
	__u32 priv_drv_data_size;
	__u32 pad3;
};

/**
 * struct d3dkmt_setcontextinprocessschedulingpriority - args of
 *	LX_DXSETCONTEXTINPROCESSSCHEDULINGPRIORITY,
 *	D3DKMTSetContextInProcessSchedulingPriority()
 * @context: [in] context
 * @priority: [in] priority relative to the process' other contexts
 */
struct d3dkmt_setcontextinprocessschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

/**
 * struct d3dkmt_setcontextschedulingpriority - args of
 *	LX_DXSETCONTEXTSCHEDULINGPRIORITY,
 *	D3DKMTSetContextSchedulingPriority()
 * @context: [in] context
 * @priority: [in] -7 .. 7; bit 30 (0x40000000) marks an absolute 0..31 level
 */
struct d3dkmt_setcontextschedulingpriority {
	struct d3dkmthandle context;
	__s32 priority;
};

#endif /* DXG_UAPI_CONTEXT_H */
