/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Commands of the virtual machine. */
#ifndef DXGK_WIRE_VM_H
#define DXGK_WIRE_VM_H

#include <linux/types.h>

#include "base.h"

/* CREATEPROCESS (1000): sent 568; reply 4. */
struct dxgk_wire_createprocess {
	struct dxgk_wire_vm_header hdr;
	__u64 process_cookie;
	__u64 process_id;
	__u16 process_name[261];
	__u8 flags;
	__u8 pad563[5];
};
DXGK_WIRE_SIZE(dxgk_wire_createprocess, 568);

struct dxgk_wire_createprocess_reply {
	__u32 host_process;
};
DXGK_WIRE_SIZE(dxgk_wire_createprocess_reply, 4);

/* DESTROYPROCESS (1001): sent 24; reply 4. */
struct dxgk_wire_destroyprocess {
	struct dxgk_wire_vm_header hdr;
};

/* OPENSYNCOBJECT (1002): sent 40; reply 24. */
struct dxgk_wire_opensyncobject {
	struct dxgk_wire_vm_header hdr;
	__u32 device;
	__u32 global_sync_object;
	__u32 engine_affinity;
	__u32 flags;
};
DXGK_WIRE_SIZE(dxgk_wire_opensyncobject, 40);

struct dxgk_wire_opensyncobject_reply {
	__u32 sync_object;
	__s32 status;
	__u64 gpu_virtual_address;
	__u64 guest_cpu_physical_address;
};
DXGK_WIRE_SIZE(dxgk_wire_opensyncobject_reply, 24);

/* DESTROYSYNCOBJECT (1003): sent 32; reply 4. */
struct dxgk_wire_destroysyncobject {
	struct dxgk_wire_vm_header hdr;
	__u32 sync_object;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroysyncobject, 32);

/* CREATENTSHAREDOBJECT (1004): sent 32; reply 4. */
struct dxgk_wire_createntsharedobject {
	struct dxgk_wire_vm_header hdr;
	__u32 object;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_createntsharedobject, 32);

struct dxgk_wire_createntsharedobject_reply {
	__u32 shared_handle;
};
DXGK_WIRE_SIZE(dxgk_wire_createntsharedobject_reply, 4);

/* DESTROYNTSHAREDOBJECT (1005): sent 32; reply 4. */
struct dxgk_wire_destroyntsharedobject {
	struct dxgk_wire_vm_header hdr;
	__u32 shared_handle;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_destroyntsharedobject, 32);

/* SETIOSPACEREGION (1010): sent 48; reply 4. */
struct dxgk_wire_setiospaceregion {
	struct dxgk_wire_vm_header hdr;
	__u64 start;
	__u64 length;
	__u32 shared_page_gpadl;
	__u32 pad44;
};
DXGK_WIRE_SIZE(dxgk_wire_setiospaceregion, 48);

/* SHAREOBJECTWITHHOST (1021): sent 40; reply 16. */
struct dxgk_wire_shareobjectwithhost {
	struct dxgk_wire_vm_header hdr;
	__u32 device;
	__u32 object;
	__u64 reserved;
};
DXGK_WIRE_SIZE(dxgk_wire_shareobjectwithhost, 40);

struct dxgk_wire_shareobjectwithhost_reply {
	__s32 status;
	__u32 alignment;
	__u64 vail_nt_handle;
};
DXGK_WIRE_SIZE(dxgk_wire_shareobjectwithhost_reply, 16);

/* ISFEATUREENABLED_GLOBAL (1022): sent 32; reply 16. */
struct dxgk_wire_isfeatureenabled_global {
	struct dxgk_wire_vm_header hdr;
	__u32 feature_id;
	__u32 pad28;
};
DXGK_WIRE_SIZE(dxgk_wire_isfeatureenabled_global, 32);

struct dxgk_wire_isfeatureenabled_global_reply {
	__s32 status;
	__u16 min_supported_version;
	__u16 max_supported_version;
	__u16 descriptor_bits;
	__u16 result_version;
	__u16 result_bits;
	__u16 pad14;
};
DXGK_WIRE_SIZE(dxgk_wire_isfeatureenabled_global_reply, 16);

#endif /* DXGK_WIRE_VM_H */
