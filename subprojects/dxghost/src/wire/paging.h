/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands about paging queues, residency and GPU addresses. */
#ifndef DXGK_WIRE_PAGING_H
#define DXGK_WIRE_PAGING_H

#include <linux/types.h>

#include "base.h"

/* CREATEPAGINGQUEUE (9): sent 56; reply 24. */
struct dxgk_wire_createpagingqueue {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 device;
		__u32 priority;
		__u32 paging_queue;
		__u32 sync_object;
		__u64 fence_cpu_va;
		__u32 physical_adapter_index;
		__u32 pad52;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_createpagingqueue, 56);

struct dxgk_wire_createpagingqueue_reply {
	__u32 paging_queue;
	__u32 sync_object;
	__u64 fence_storage_physical_address;
	__u64 fence_storage_offset;
};
DXGK_WIRE_SIZE(dxgk_wire_createpagingqueue_reply, 24);

/* DESTROYPAGINGQUEUE (10): sent 32; reply 0 (any completion). */
struct dxgk_wire_destroypagingqueue {
	struct dxgk_wire_vgpu_header hdr;
	__u32 paging_queue;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroypagingqueue, 32);

/* MAKERESIDENT (11): sent 44 + 4*n; reply 24. */
struct dxgk_wire_makeresident {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 paging_queue;
	__u32 flags;
	__u32 alloc_count;
};
DXGK_WIRE_SIZE(dxgk_wire_makeresident, 40);
#define DXGK_WIRE_MAKERESIDENT_TAIL	40u

struct dxgk_wire_makeresident_reply {
	__u64 paging_fence_value;
	__u64 num_bytes_to_trim;
	__s32 status;
	__u32 pad20;
};
DXGK_WIRE_SIZE(dxgk_wire_makeresident_reply, 24);

/* EVICT (12): sent 36 + 4*n; reply 8. */
struct dxgk_wire_evict {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 flags;
	__u32 alloc_count;
} __attribute__((packed, aligned(4)));
DXGK_WIRE_SIZE(dxgk_wire_evict, 36);
#define DXGK_WIRE_EVICT_TAIL	36u

struct dxgk_wire_evict_reply {
	__u64 num_bytes_to_trim;
};
DXGK_WIRE_SIZE(dxgk_wire_evict_reply, 8);

/* FREEGPUVIRTUALADDRESS (16): sent 48; reply 4. */
struct dxgk_wire_freegpuvirtualaddress {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 adapter;
		__u32 reserved;
		__u64 base_address;
		__u64 size;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_freegpuvirtualaddress, 48);

/* MAPGPUVIRTUALADDRESS (17): sent 136; reply 24. */
struct dxgk_wire_mapgpuvirtualaddress {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 paging_queue;
		__u32 pad28;
		__u64 base_address;
		__u64 minimum_address;
		__u64 maximum_address;
		__u32 allocation;
		__u32 pad60;
		__u64 offset_in_pages;
		__u64 size_in_pages;
		__u64 protection;
		__u64 driver_protection;
		__u32 reserved0;
		__u32 pad100;
		__u64 reserved1;
		__u64 virtual_address;
		__u64 paging_fence_value;
	} args;
	__u32 device;
	__u32 pad132;
};
DXGK_WIRE_SIZE(dxgk_wire_mapgpuvirtualaddress, 136);

struct dxgk_wire_mapgpuvirtualaddress_reply {
	__u64 virtual_address;
	__u64 paging_fence_value;
	__s32 status;
	__u32 pad20;
};
DXGK_WIRE_SIZE(dxgk_wire_mapgpuvirtualaddress_reply, 24);

/* RESERVEGPUVIRTUALADDRESS (18): sent 96; reply 16. */
struct dxgk_wire_reservegpuvirtualaddress {
	struct dxgk_wire_vgpu_header hdr;
	struct {
		__u32 adapter_or_paging_queue;
		__u32 pad28;
		__u64 base_address;
		__u64 minimum_address;
		__u64 maximum_address;
		__u64 size;
		__u32 reservation_type;
		__u32 pad68;
		__u64 driver_protection;
		__u64 virtual_address;
		__u64 paging_fence_value;
	} args;
};
DXGK_WIRE_SIZE(dxgk_wire_reservegpuvirtualaddress, 96);

struct dxgk_wire_reservegpuvirtualaddress_reply {
	__u64 virtual_address;
	__u64 paging_fence_value;
};
DXGK_WIRE_SIZE(dxgk_wire_reservegpuvirtualaddress_reply, 16);

/* UPDATEGPUVIRTUALADDRESS (19): sent 56 + 64*n; reply 4. */
struct dxgk_wire_updategpuvirtualaddress {
	struct dxgk_wire_vgpu_header hdr;
	__u64 fence_value;
	__u32 device;
	__u32 context;
	__u32 fence_object;
	__u32 num_operations;
	__u32 flags;
	__u32 pad52;
};
DXGK_WIRE_SIZE(dxgk_wire_updategpuvirtualaddress, 56);
#define DXGK_WIRE_UPDATEGPUVIRTUALADDRESS_TAIL	56u

struct dxgk_wire_updategpuva_operation {
	__u32 operation;
	__u32 pad4;
	union {
		struct {
			__u64 base_address;
			__u64 size;
			__u32 allocation;
			__u64 allocation_offset;
			__u64 allocation_size;
		} map;
		struct {
			__u64 base_address;
			__u64 size;
			__u32 allocation;
			__u64 allocation_offset;
			__u64 allocation_size;
			__u64 protection;
			__u64 driver_protection;
		} map_protect;
		struct {
			__u64 base_address;
			__u64 size;
			__u64 protection;
		} unmap;
		struct {
			__u64 source_address;
			__u64 size;
			__u64 dest_address;
		} copy;
	} u;
};
DXGK_WIRE_SIZE(dxgk_wire_updategpuva_operation, 64);

#endif /* DXGK_WIRE_PAGING_H */
