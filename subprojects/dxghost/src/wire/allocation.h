/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about allocations and resources. */
#ifndef DXGK_WIRE_ALLOCATION_H
#define DXGK_WIRE_ALLOCATION_H

#include <linux/types.h>

#include "base.h"

/* CREATEALLOCATION (4): sent 64 + 12*n + R + P + sum(p[i]); reply 16 + 72*n + sum(p[i]). */
struct dxgk_wire_createallocation {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 resource;
	__u32 private_runtime_data_size;
	__u32 priv_drv_data_size;
	__u32 alloc_count;
	__u32 flags;
	__u64 private_runtime_resource_handle;
	__u8 make_resident;
	__u8 pad57[7];
};
DXGK_WIRE_SIZE(dxgk_wire_createallocation, 64);
#define DXGK_WIRE_CREATEALLOCATION_TAIL	64u

struct dxgk_wire_createallocation_reply {
	__u32 flags;
	__u32 resource;
	__u32 global_share;
	__u32 vgpu_flags;
};
DXGK_WIRE_SIZE(dxgk_wire_createallocation_reply, 16);
#define DXGK_WIRE_CREATEALLOCATION_REPLY_TAIL	16u

struct dxgk_wire_createallocation_info {
	__u32 flags;
	__u32 priv_drv_data_size;
	__u32 vidpn_source_id;
};
DXGK_WIRE_SIZE(dxgk_wire_createallocation_info, 12);

struct dxgk_wire_createallocation_result {
	__u32 allocation;
	__u32 priv_drv_data_size;
	__u32 allocation_flags;
	__u32 pad12;
	__u64 allocation_size;
	struct {
		__u64 allocation;
		__u32 width;
		__u32 height;
		__u32 format;
		__u32 multisample_method;
		__u32 refresh_numerator;
		__u32 refresh_denominator;
		__u32 private_driver_attribute;
		__u32 flags;
		__u32 rotation;
		__u32 pad68;
	} driver_info;
};
DXGK_WIRE_SIZE(dxgk_wire_createallocation_result, 72);

/* DESTROYALLOCATION (5): sent 48 + 4*n; reply 4. */
struct dxgk_wire_destroyallocation {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 resource;
	__u32 alloc_count;
	__u32 flags;
};
DXGK_WIRE_SIZE(dxgk_wire_destroyallocation, 40);
#define DXGK_WIRE_DESTROYALLOCATION_TAIL	40u

/* LOCK2 (23): sent 64; reply 16. */
struct dxgk_wire_lock2 {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 allocation;
		__u32 flags;
		__u32 reserved;
		__u64 data;
	} args;
	__u8 use_legacy_lock;
	__u8 pad49[3];
	__u32 flags;
	__u32 priv_drv_data;
	__u32 pad60;
};
DXGK_WIRE_SIZE(dxgk_wire_lock2, 64);

struct dxgk_wire_lock2_reply {
	__s32 status;
	__u32 pad4;
	__u64 cpu_visible_address;
};
DXGK_WIRE_SIZE(dxgk_wire_lock2_reply, 16);

/* UNLOCK2 (24): sent 40; reply 4. */
struct dxgk_wire_unlock2 {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 allocation;
	} args;
	__u8 use_legacy_unlock;
	__u8 pad33[7];
};
DXGK_WIRE_SIZE(dxgk_wire_unlock2, 40);

/* OPENRESOURCE (32): sent 48; reply 8 + 4*n rounded up to a multiple of 8. */
struct dxgk_wire_openresource {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u8 nt_security_sharing;
	__u8 pad29[3];
	__u32 global_share;
	__u32 allocation_count;
	__u32 total_priv_drv_data_size;
	__u32 pad44;
};
DXGK_WIRE_SIZE(dxgk_wire_openresource, 48);

struct dxgk_wire_openresource_reply {
	__u32 resource;
	__s32 status;
};
DXGK_WIRE_SIZE(dxgk_wire_openresource_reply, 8);
#define DXGK_WIRE_OPENRESOURCE_REPLY_TAIL	8u

/* DDIGETSTANDARDALLOCATIONDRIVERDATA (39): sent 64; reply 36 + A + B rounded up to a multiple of 8 (40 for the size query). */
struct dxgk_wire_ddigetstandardallocationdriverdata {
	struct dxgk_wire_vgpu_header hdr;
	__u32 alloc_type;
	__u32 priv_driver_data_size;
	__u32 priv_driver_resource_size;
	__u32 physical_adapter_index;
	union {
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 type;
			__u32 flags;
			__u32 pitch;
		} gdi_surface;
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 refresh_numerator;
			__u32 refresh_denominator;
			__u32 vidpn_source_id;
		} shared_primary;
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 pitch;
		} shadow;
		struct {
			__u32 width;
			__u32 height;
			__u32 pitch;
		} staging;
	} u;
};
DXGK_WIRE_SIZE(dxgk_wire_ddigetstandardallocationdriverdata, 64);

struct dxgk_wire_ddigetstandardallocationdriverdata_reply {
	__s32 status;
	__u32 priv_driver_data_size;
	__u32 priv_driver_resource_size;
	union {
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 type;
			__u32 flags;
			__u32 pitch;
		} gdi_surface;
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 refresh_numerator;
			__u32 refresh_denominator;
			__u32 vidpn_source_id;
		} shared_primary;
		struct {
			__u32 width;
			__u32 height;
			__u32 format;
			__u32 pitch;
		} shadow;
		struct {
			__u32 width;
			__u32 height;
			__u32 pitch;
		} staging;
	} u;
};
DXGK_WIRE_SIZE(dxgk_wire_ddigetstandardallocationdriverdata_reply, 36);
#define DXGK_WIRE_DDIGETSTANDARDALLOCATIONDRIVERDATA_REPLY_TAIL	36u

/* QUERYALLOCATIONRESIDENCY (41): sent 56 + 4*n; reply 4 + 4*max(n,1) rounded up to a multiple of 8. */
struct dxgk_wire_queryallocationresidency {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 resource;
		__u64 allocations;
		__u32 allocation_count;
		__u32 reserved;
		__u64 residency_status;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_queryallocationresidency, 56);
#define DXGK_WIRE_QUERYALLOCATIONRESIDENCY_TAIL	56u
#define DXGK_WIRE_QUERYALLOCATIONRESIDENCY_REPLY_TAIL	4u

/* SETEXISTINGSYSMEMSTORE (45): sent 40; reply 4. */
struct dxgk_wire_setexistingsysmemstore {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 allocation;
	__u32 gpadl;
	__u32 pad36;
};
DXGK_WIRE_SIZE(dxgk_wire_setexistingsysmemstore, 40);

/* UPDATEALLOCATIONPROPERTY (56): sent 64; reply 16. */
struct dxgk_wire_updateallocationproperty {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 paging_queue;
		__u32 allocation;
		__u32 supported_segment_set;
		__u32 preferred_segment;
		__u32 flags;
		__u32 pad44;
		__u64 paging_fence_value;
		__u32 property_mask;
		__u32 pad60;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_updateallocationproperty, 64);

struct dxgk_wire_updateallocationproperty_reply {
	__u64 paging_fence_value;
	__s32 status;
	__u32 pad12;
};
DXGK_WIRE_SIZE(dxgk_wire_updateallocationproperty_reply, 16);

/* OFFERALLOCATIONS (57): sent 44 + 4*n; reply 4. */
struct dxgk_wire_offerallocations {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 allocation_count;
	__u32 priority;
	__u32 flags;
	__u8 resources;
	__u8 pad41[3];
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_offerallocations, 44);
#define DXGK_WIRE_OFFERALLOCATIONS_TAIL	44u

/* RECLAIMALLOCATIONS (58): sent 44 + 4*n; reply 16, or 12 + 4*n rounded up to a multiple of 8 when write_results is 1. */
struct dxgk_wire_reclaimallocations {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 paging_queue;
	__u32 allocation_count;
	__u8 resources;
	__u8 write_results;
	__u16 pad38;
};
DXGK_WIRE_SIZE(dxgk_wire_reclaimallocations, 40);
#define DXGK_WIRE_RECLAIMALLOCATIONS_TAIL	40u

struct dxgk_wire_reclaimallocations_reply {
	__u64 paging_fence_value;
	__s32 status;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_reclaimallocations_reply, 12);
#define DXGK_WIRE_RECLAIMALLOCATIONS_REPLY_TAIL	12u

/* SETALLOCATIONPRIORITY (59): sent 40 + 4*n + 4*max(n,1); reply 4. */
struct dxgk_wire_setallocationpriority {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 resource;
	__u32 allocation_count;
	__u32 pad36;
};
DXGK_WIRE_SIZE(dxgk_wire_setallocationpriority, 40);
#define DXGK_WIRE_SETALLOCATIONPRIORITY_TAIL	40u

/* GETALLOCATIONPRIORITY (60): sent 40 + 4*n + r; reply r = 4 + 4*max(n,1) rounded up to a multiple of 8. */
struct dxgk_wire_getallocationpriority {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 resource;
	__u32 allocation_count;
	__u32 pad36;
};
DXGK_WIRE_SIZE(dxgk_wire_getallocationpriority, 40);
#define DXGK_WIRE_GETALLOCATIONPRIORITY_TAIL	40u
#define DXGK_WIRE_GETALLOCATIONPRIORITY_REPLY_TAIL	4u

/* SETEXISTINGSYSMEMPAGES (66): sent 126976 from the existing guest (fixed, unused slots stale or 0); 40 + 8*k suffices; reply 4. */
struct dxgk_wire_setexistingsysmempages {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 allocation;
	__u32 num_pages;
	__u32 alloc_offset_in_pages;
};
DXGK_WIRE_SIZE(dxgk_wire_setexistingsysmempages, 40);
#define DXGK_WIRE_SETEXISTINGSYSMEMPAGES_TAIL	40u

/* INVALIDATECACHE (67): sent 56; reply 4. */
struct dxgk_wire_invalidatecache {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 allocation;
	__u64 offset;
	__u64 length;
	__u64 reserved;
};
DXGK_WIRE_SIZE(dxgk_wire_invalidatecache, 56);

/* Resource-level data of a CREATEALLOCATION with standard_allocation. */
struct dxgk_wire_standard_allocation {
	__u32 type;		/* 1 existing heap, 2 cross adapter */
	__u32 reserved;
	__u64 size;		/* bytes */
	__u32 flags;
	__u32 reserved1;
};
DXGK_WIRE_SIZE(dxgk_wire_standard_allocation, 24);

#endif /* DXGK_WIRE_ALLOCATION_H */
