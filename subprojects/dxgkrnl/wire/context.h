/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about contexts, hardware queues and submissions. */
#ifndef DXGK_WIRE_CONTEXT_H
#define DXGK_WIRE_CONTEXT_H

#include <linux/types.h>

#include "base.h"

/* CREATECONTEXTVIRTUAL (6): sent 55 + N; reply 55 + N (the whole request structure comes back). */
struct dxgk_wire_createcontextvirtual {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context;
	__u32 device;
	__u32 node_ordinal;
	__u32 engine_affinity;
	__u32 flags;
	__u32 client_hint;
	__u32 priv_drv_data_size;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_createcontextvirtual, 52);
#define DXGK_WIRE_CREATECONTEXTVIRTUAL_TAIL	52u

/* The completion is the whole request, filled in. */
#define DXGK_WIRE_CREATECONTEXTVIRTUAL_REPLY_TAIL	52u

/* DESTROYCONTEXT (7): sent 32; reply 4. */
struct dxgk_wire_destroycontext {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroycontext, 32);

/* SUBMITCOMMAND (20): sent 408 + 4*h + d; reply 4 in sync mode, no completion in async mode. */
struct dxgk_wire_submitcommand {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u64 command_buffer;
		__u32 command_length;
		__u32 flags;
		__u64 present_history_token;
		__u32 broadcast_context_count;
		__u32 broadcast_context[64];
		__u32 reserved;
		__u64 priv_drv_data;
		__u32 priv_drv_data_size;
		__u32 num_primaries;
		__u32 written_primaries[16];
		__u32 num_history_buffers;
		__u32 reserved1;
		__u64 history_buffer_array;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_submitcommand, 408);
#define DXGK_WIRE_SUBMITCOMMAND_TAIL	408u

/* SETCONTEXTSCHEDULINGPRIORITY (33): sent 40; reply 4. */
struct dxgk_wire_setcontextschedulingpriority {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context;
	__u32 priority;
	__u8 in_process;
	__u8 pad33[7];
};
DXGK_WIRE_SIZE(dxgk_wire_setcontextschedulingpriority, 40);

/* CREATEHWQUEUE (50): sent 72 when N = 0, else 71 + N; reply equal to the request length. */
struct dxgk_wire_createhwqueue {
	struct dxgk_wire_vgpu_header hdr;
	__s32 status;
	__u32 hwqueue;
	__u32 hwqueue_progress_fence;
	__u32 pad36;
	__u64 progress_fence_cpu_address;
	__u64 progress_fence_gpu_va;
	__u32 context;
	__u32 flags;
	__u32 priv_drv_data_size;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_createhwqueue, 68);
#define DXGK_WIRE_CREATEHWQUEUE_TAIL	68u

/* The completion is the whole request, filled in. */
#define DXGK_WIRE_CREATEHWQUEUE_REPLY_TAIL	68u

/* DESTROYHWQUEUE (51): sent 32; reply 4. */
struct dxgk_wire_destroyhwqueue {
	struct dxgk_wire_vgpu_header hdr;
	__u32 hwqueue;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroyhwqueue, 32);

/* SUBMITCOMMANDTOHWQUEUE (52): sent 80 + 4*w + d; reply 4 in sync mode, none in async mode. */
struct dxgk_wire_submitcommandtohwqueue {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 hwqueue;
		__u32 reserved;
		__u64 hwqueue_progress_fence_id;
		__u64 command_buffer;
		__u32 command_length;
		__u32 priv_drv_data_size;
		__u64 priv_drv_data;
		__u32 num_primaries;
		__u32 reserved1;
		__u64 written_primaries;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_submitcommandtohwqueue, 80);
#define DXGK_WIRE_SUBMITCOMMANDTOHWQUEUE_TAIL	80u

/* GETCONTEXTSCHEDULINGPRIORITY (61): sent 32; reply 8. */
struct dxgk_wire_getcontextschedulingpriority {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context;
	__u8 in_process;
	__u8 pad29[3];
};
DXGK_WIRE_SIZE(dxgk_wire_getcontextschedulingpriority, 32);

struct dxgk_wire_getcontextschedulingpriority_reply {
	__s32 status;
	__u32 priority;
};
DXGK_WIRE_SIZE(dxgk_wire_getcontextschedulingpriority_reply, 8);

#endif /* DXGK_WIRE_CONTEXT_H */
