/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about a virtual GPU as a whole, and what is asked of it. */
#ifndef DXGK_WIRE_ADAPTER_H
#define DXGK_WIRE_ADAPTER_H

#include <linux/types.h>

#include "base.h"

/* QUERYADAPTERINFO (2): sent 39 + N; reply 4 + N (version >= 40) or N (version < 40). */
struct dxgk_wire_queryadapterinfo {
	struct dxgk_wire_vgpu_header hdr;
	__u32 query_type;
	__u32 private_data_size;
};
DXGK_WIRE_SIZE(dxgk_wire_queryadapterinfo, 32);
#define DXGK_WIRE_QUERYADAPTERINFO_TAIL	32u
#define DXGK_WIRE_QUERYADAPTERINFO_REPLY_TAIL	4u

/* ESCAPE (13): sent 55 + N; reply N (0 is legal: empty completion). */
struct dxgk_wire_escape {
	struct dxgk_wire_vgpu_header hdr;
	__u32 adapter;
	__u32 device;
	__u32 type;
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 context;
};
DXGK_WIRE_SIZE(dxgk_wire_escape, 48);
#define DXGK_WIRE_ESCAPE_TAIL	48u
#define DXGK_WIRE_ESCAPE_REPLY_TAIL	0u

/* OPENADAPTER (14): sent 40; reply 16. */
struct dxgk_wire_openadapter {
	struct dxgk_wire_vgpu_header hdr;
	__u32 vmbus_interface_version;
	__u32 vmbus_last_compatible_interface_version;
	struct dxgk_wire_luid guest_adapter_luid;
};
DXGK_WIRE_SIZE(dxgk_wire_openadapter, 40);

struct dxgk_wire_openadapter_reply {
	__u32 host_adapter_handle;
	__s32 status;
	__u32 vmbus_interface_version;
	__u32 vmbus_last_compatible_interface_version;
};
DXGK_WIRE_SIZE(dxgk_wire_openadapter_reply, 16);

/* CLOSEADAPTER (15): sent 32; reply 0 (any completion). */
struct dxgk_wire_closeadapter {
	struct dxgk_wire_vgpu_header hdr;
	__u32 host_adapter_handle;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_closeadapter, 32);

/* QUERYVIDEOMEMORYINFO (21): sent 40; reply 32. */
struct dxgk_wire_queryvideomemoryinfo {
	struct dxgk_wire_vgpu_header hdr;
	__u32 adapter;
	__u32 memory_segment_group;
	__u32 physical_adapter_index;
	__u32 pad36;
};
DXGK_WIRE_SIZE(dxgk_wire_queryvideomemoryinfo, 40);

struct dxgk_wire_queryvideomemoryinfo_reply {
	__u64 budget;
	__u64 current_usage;
	__u64 current_reservation;
	__u64 available_for_reservation;
};
DXGK_WIRE_SIZE(dxgk_wire_queryvideomemoryinfo_reply, 32);

/* GETINTERNALADAPTERINFO (36): sent 24; reply 712 (version >= 40) or 704 (version < 40). */
struct dxgk_wire_getinternaladapterinfo {
	struct dxgk_wire_vgpu_header hdr;
};

struct dxgk_wire_getinternaladapterinfo_reply {
	__u32 device_types;
	__u32 driver_store_copy_mode;
	__u32 driver_ddi_version;
	__u32 flags;
	struct dxgk_wire_luid host_adapter_luid;
	__u16 device_description[80];
	__u16 device_instance_id[260];
	struct dxgk_wire_luid host_vgpu_luid;
};
DXGK_WIRE_SIZE(dxgk_wire_getinternaladapterinfo_reply, 712);

/* FLUSHHEAPTRANSITIONS (37): sent 24; reply 4. */
struct dxgk_wire_flushheaptransitions {
	struct dxgk_wire_vgpu_header hdr;
};

/* QUERYSTATISTICS (48): sent 832; reply 784. */
struct dxgk_wire_querystatistics {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 type;
		struct dxgk_wire_luid adapter_luid;
		__u32 pad36;
		__u64 process;
		__u8 result[776];
		__u32 query_input;
		__u32 pad828;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_querystatistics, 832);

struct dxgk_wire_querystatistics_reply {
	__s32 status;
	__u32 reserved;
	__u8 result[776];
};
DXGK_WIRE_SIZE(dxgk_wire_querystatistics_reply, 784);

/* CHANGEVIDEOMEMORYRESERVATION (49): sent 56; reply 4. */
struct dxgk_wire_changevideomemoryreservation {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u64 process;
		__u32 adapter;
		__u32 memory_segment_group;
		__u64 reservation;
		__u32 physical_adapter_index;
		__u32 pad52;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_changevideomemoryreservation, 56);

/* QUERYCLOCKCALIBRATION (62): sent 64; reply 32. */
struct dxgk_wire_queryclockcalibration {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 adapter;
		__u32 node_ordinal;
		__u32 physical_adapter_index;
		__u64 gpu_frequency;
		__u64 gpu_clock_counter;
		__u64 cpu_clock_counter;
		__u32 clock_flags;
	} __attribute__((packed)) args;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_queryclockcalibration, 64);

struct dxgk_wire_queryclockcalibration_reply {
	__s32 status;
	struct {
		__u64 gpu_frequency;
		__u64 gpu_clock_counter;
		__u64 cpu_clock_counter;
		__u32 clock_flags;
	} __attribute__((packed)) clock_data;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_queryclockcalibration_reply, 32);

/* ISFEATUREENABLED (68): sent 32; reply 16. */
struct dxgk_wire_isfeatureenabled {
	struct dxgk_wire_vgpu_header hdr;
	__u32 feature_id;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_isfeatureenabled, 32);

struct dxgk_wire_isfeatureenabled_reply {
	__s32 status;
	__u16 min_supported_version;
	__u16 max_supported_version;
	__u16 descriptor_bits;
	__u16 result_version;
	__u16 result_bits;
	__u16 pad14;
};
DXGK_WIRE_SIZE(dxgk_wire_isfeatureenabled_reply, 16);

#endif /* DXGK_WIRE_ADAPTER_H */
