/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about devices. */
#ifndef DXGK_WIRE_DEVICE_H
#define DXGK_WIRE_DEVICE_H

#include <linux/types.h>

#include "base.h"

/* CREATEDEVICE (0): sent 40; reply 4. */
struct dxgk_wire_createdevice {
	struct dxgk_wire_vgpu_header hdr;
	__u32 flags;
	__u8 cdd_device;
	__u8 pad29[3];
	__u64 error_code;
};
DXGK_WIRE_SIZE(dxgk_wire_createdevice, 40);

struct dxgk_wire_createdevice_reply {
	__u32 device;
};
DXGK_WIRE_SIZE(dxgk_wire_createdevice_reply, 4);

/* DESTROYDEVICE (1): sent 32; reply 4. */
struct dxgk_wire_destroydevice {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroydevice, 32);

/* GETDEVICESTATE (28): sent 80; reply 64. */
struct dxgk_wire_getdevicestate {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 state_type;
		union {
			__u32 execution_state;
			struct {
				__u32 vidpn_source_id;
				__u32 reserved;
				__u32 present_count;
				__u32 present_refresh_count;
				__u32 sync_refresh_count;
				__u32 reserved1;
				__u64 sync_qpc_time;
				__u64 sync_gpu_time;
			} present_state;
			__u32 reset_state;
			struct {
				__u32 vidpn_source_id;
				__u32 reserved;
				__u32 present_count;
				__u32 present_refresh_count;
				__u64 present_qpc_time;
				__u32 sync_refresh_count;
				__u32 reserved1;
				__u64 sync_qpc_time;
				__u32 custom_present_duration;
				__u32 reserved2;
			} present_state_dwm;
			struct {
				__u64 faulted_primitive_api_sequence_number;
				__u32 faulted_pipeline_stage;
				__u32 faulted_bind_table_entry;
				__u32 page_fault_flags;
				__u32 fault_error_code;
				__u64 faulted_virtual_address;
			} page_fault_state;
			struct {
				__u32 vidpn_source_id;
				__u8 queued_present_limit_reached;
			} __attribute__((packed)) present_queue_state;
		} state;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_getdevicestate, 80);

struct dxgk_wire_getdevicestate_reply {
	struct {
		__u32 device;
		__u32 state_type;
		union {
			__u32 execution_state;
			struct {
				__u32 vidpn_source_id;
				__u32 reserved;
				__u32 present_count;
				__u32 present_refresh_count;
				__u32 sync_refresh_count;
				__u32 reserved1;
				__u64 sync_qpc_time;
				__u64 sync_gpu_time;
			} present_state;
			__u32 reset_state;
			struct {
				__u32 vidpn_source_id;
				__u32 reserved;
				__u32 present_count;
				__u32 present_refresh_count;
				__u64 present_qpc_time;
				__u32 sync_refresh_count;
				__u32 reserved1;
				__u64 sync_qpc_time;
				__u32 custom_present_duration;
				__u32 reserved2;
			} present_state_dwm;
			struct {
				__u64 faulted_primitive_api_sequence_number;
				__u32 faulted_pipeline_stage;
				__u32 faulted_bind_table_entry;
				__u32 page_fault_flags;
				__u32 fault_error_code;
				__u64 faulted_virtual_address;
			} page_fault_state;
			struct {
				__u32 vidpn_source_id;
				__u8 queued_present_limit_reached;
			} __attribute__((packed)) present_queue_state;
		} state;
	} args;
	__s32 status;
	__u32 pad60;
};
DXGK_WIRE_SIZE(dxgk_wire_getdevicestate_reply, 64);

/* MARKDEVICEASERROR (29): sent 32; reply 4. */
struct dxgk_wire_markdeviceaserror {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 reason;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_markdeviceaserror, 32);

/* FLUSHDEVICE (42): sent 32; reply 4. */
struct dxgk_wire_flushdevice {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 reason;
};
DXGK_WIRE_SIZE(dxgk_wire_flushdevice, 32);

#endif /* DXGK_WIRE_DEVICE_H */
