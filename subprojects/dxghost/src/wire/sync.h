/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about synchronisation objects. */
#ifndef DXGK_WIRE_SYNC_H
#define DXGK_WIRE_SYNC_H

#include <linux/types.h>

#include "base.h"

/* CREATESYNCOBJECT (8): sent 128; reply 32. */
struct dxgk_wire_createsyncobject {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 reserved;
		struct {
			__u32 type;
			__u32 flags;
			union {
				struct {
					__u32 initial_state;
				} synchronization_mutex;
				struct {
					__u32 max_count;
					__u32 initial_count;
				} semaphore;
				struct {
					__u64 fence_value;
				} fence;
				struct {
					__u64 event;
				} cpu_notification;
				struct {
					__u64 initial_fence_value;
					__u64 fence_cpu_va;
					__u64 fence_gpu_va;
					__u32 engine_affinity;
				} __attribute__((packed)) monitored_fence;
				struct {
					__u32 adapter;
					__u32 vidpn_target_id;
					__u64 time;
					__u64 fence_cpu_va;
					__u64 fence_gpu_va;
					__u32 engine_affinity;
				} __attribute__((packed)) periodic_monitored_fence;
				__u64 reserved[8];
			} u;
			__u32 shared_handle;
			__u32 pad108;
		} info;
		__u32 sync_object;
		__u32 reserved1;
	} args;
	__u32 client_hint;
	__u32 pad124;
};
DXGK_WIRE_SIZE(dxgk_wire_createsyncobject, 128);

struct dxgk_wire_createsyncobject_reply {
	__u32 sync_object;
	__u32 global_sync_object;
	__u64 fence_gpu_va;
	__u64 fence_storage_address;
	__u32 fence_storage_offset;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_createsyncobject_reply, 32);

/* WAITFORSYNCOBJECTFROMCPU (22): sent 56 + 12*n; reply 4. */
struct dxgk_wire_waitforsyncobjectfromcpu {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 object_count;
	__u32 flags;
	__u32 pad36;
	__u64 guest_event_id;
	__u8 dereference_event;
	__u8 pad49[7];
};
DXGK_WIRE_SIZE(dxgk_wire_waitforsyncobjectfromcpu, 56);
#define DXGK_WIRE_WAITFORSYNCOBJECTFROMCPU_TAIL	56u

/* WAITFORSYNCOBJECTFROMGPU (25): sent 40 + 12*n; reply 4 in sync mode, none in async mode. */
struct dxgk_wire_waitforsyncobjectfromgpu {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context_or_hwqueue;
	__u32 object_count;
	__u8 legacy_fence_object;
	__u8 pad33[7];
};
DXGK_WIRE_SIZE(dxgk_wire_waitforsyncobjectfromgpu, 40);
#define DXGK_WIRE_WAITFORSYNCOBJECTFROMGPU_TAIL	40u

/* SIGNALSYNCOBJECT (26): sent 56 + 4*n + 4*m + 8*f (f = n or 0); reply 4 in sync mode, none in async mode. */
struct dxgk_wire_signalsyncobject {
	struct dxgk_wire_vgpu_header hdr;
	__u32 object_count;
	__u32 flags;
	__u32 context_count;
	__u32 pad36;
	__u64 fence_value;
	union {
		__u64 cpu_event_id;
		__u32 device;
	} u;
};
DXGK_WIRE_SIZE(dxgk_wire_signalsyncobject, 56);
#define DXGK_WIRE_SIGNALSYNCOBJECT_TAIL	56u

#endif /* DXGK_WIRE_SYNC_H */
