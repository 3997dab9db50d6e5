/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Layout of every message between a GPU-PV guest and its host. */
#ifndef DXGK_WIRE_H
#define DXGK_WIRE_H

#include <linux/types.h>

/*
 * Little endian, natural 64-bit alignment; the few packed blocks are marked.
 * A request structure is the fixed part with its header, but without the
 * extended header that precedes it on interface version 40. What follows the
 * fixed part begins at DXGK_WIRE_<COMMAND>_TAIL (request) or _REPLY_TAIL. Where
 * the length sent is not simply the sum of both, the comment has the formula:
 * a host expects the unused bytes at the end as well. "Reply" is the shortest
 * completion that a guest accepts. Members of the same offsets and names stand
 * in docs/abi/vmbus-messages.csv; a test compares the two row by row.
 *
 * This file is kept twice, for the driver and for the software host, so that
 * each stands alone; a test keeps the copies equal.
 */
#define DXGK_WIRE_SIZE(type, bytes) \
	_Static_assert(sizeof(struct type) == (bytes), #type " size")

#define DXGK_WIRE_MESSAGE_MAX		131072u	/* with the extended header */
#define DXGK_WIRE_VERSION		40u
#define DXGK_WIRE_VERSION_OLD		27u	/* of a host that names none */
#define DXGK_WIRE_VERSION_OLDEST	16u

/* PCI identity and configuration space of a virtual GPU. */
#define DXGK_PCI_VENDOR			0x1414u
#define DXGK_PCI_DEVICE_GPU		0x008eu
#define DXGK_PCI_DEVICE_COMPUTE		0x008au
#define DXGK_PCI_CHANNEL_GUID		0xc0u	/* 4 dwords, read */
#define DXGK_PCI_VERSION		0xd0u	/* read: offered, write: chosen */
#define DXGK_PCI_GUEST_CAPS		0xd4u	/* write */
#define DXGK_PCI_VGPU_LUID		0xd4u	/* 2 dwords, read */
#define DXGK_PCI_HOST_CAPS		0xdcu	/* read */
#define DXGK_PCI_GUEST_CAP_WSL2		(1u << 0)
#define DXGK_PCI_HOST_CAP_MAP_GUEST	(1u << 0)

enum dxgk_wire_channel_type {
	DXGK_VGPU_TO_HOST = 0,
	DXGK_VM_TO_HOST = 1,
	DXGK_HOST_TO_VM = 2,
};

/* In channel_bits beside the channel type: nobody waits for an answer. */
#define DXGK_WIRE_ASYNC			(1u << 8)
#define DXGK_WIRE_CHANNEL_TYPE_MASK	0xffu

/* Commands of the virtual machine, on the global channel. */
enum dxgk_wire_vm_command {
	DXGK_VMCMD_CREATEPROCESS = 1000,
	DXGK_VMCMD_DESTROYPROCESS = 1001,
	DXGK_VMCMD_OPENSYNCOBJECT = 1002,
	DXGK_VMCMD_DESTROYSYNCOBJECT = 1003,
	DXGK_VMCMD_CREATENTSHAREDOBJECT = 1004,
	DXGK_VMCMD_DESTROYNTSHAREDOBJECT = 1005,
	DXGK_VMCMD_SIGNALFENCE = 1006,
	DXGK_VMCMD_NOTIFYPROCESSFREEZE = 1007,
	DXGK_VMCMD_NOTIFYPROCESSTHAW = 1008,
	DXGK_VMCMD_QUERYETWSESSION = 1009,
	DXGK_VMCMD_SETIOSPACEREGION = 1010,
	DXGK_VMCMD_COMPLETETRANSACTION = 1011,
	DXGK_VMCMD_SHAREOBJECTWITHHOST = 1021,
	DXGK_VMCMD_ISFEATUREENABLED_GLOBAL = 1022,
};

/* Commands of one virtual GPU. */
enum dxgk_wire_vgpu_command {
	DXGK_CMD_CREATEDEVICE = 0,
	DXGK_CMD_DESTROYDEVICE = 1,
	DXGK_CMD_QUERYADAPTERINFO = 2,
	DXGK_CMD_DDIQUERYADAPTERINFO = 3,
	DXGK_CMD_CREATEALLOCATION = 4,
	DXGK_CMD_DESTROYALLOCATION = 5,
	DXGK_CMD_CREATECONTEXTVIRTUAL = 6,
	DXGK_CMD_DESTROYCONTEXT = 7,
	DXGK_CMD_CREATESYNCOBJECT = 8,
	DXGK_CMD_CREATEPAGINGQUEUE = 9,
	DXGK_CMD_DESTROYPAGINGQUEUE = 10,
	DXGK_CMD_MAKERESIDENT = 11,
	DXGK_CMD_EVICT = 12,
	DXGK_CMD_ESCAPE = 13,
	DXGK_CMD_OPENADAPTER = 14,
	DXGK_CMD_CLOSEADAPTER = 15,
	DXGK_CMD_FREEGPUVIRTUALADDRESS = 16,
	DXGK_CMD_MAPGPUVIRTUALADDRESS = 17,
	DXGK_CMD_RESERVEGPUVIRTUALADDRESS = 18,
	DXGK_CMD_UPDATEGPUVIRTUALADDRESS = 19,
	DXGK_CMD_SUBMITCOMMAND = 20,
	DXGK_CMD_QUERYVIDEOMEMORYINFO = 21,
	DXGK_CMD_WAITFORSYNCOBJECTFROMCPU = 22,
	DXGK_CMD_LOCK2 = 23,
	DXGK_CMD_UNLOCK2 = 24,
	DXGK_CMD_WAITFORSYNCOBJECTFROMGPU = 25,
	DXGK_CMD_SIGNALSYNCOBJECT = 26,
	DXGK_CMD_SIGNALFENCENTSHAREDBYREF = 27,
	DXGK_CMD_GETDEVICESTATE = 28,
	DXGK_CMD_MARKDEVICEASERROR = 29,
	DXGK_CMD_ADAPTERSTOP = 30,
	DXGK_CMD_SETQUEUEDLIMIT = 31,
	DXGK_CMD_OPENRESOURCE = 32,
	DXGK_CMD_SETCONTEXTSCHEDULINGPRIORITY = 33,
	DXGK_CMD_PRESENTHISTORYTOKEN = 34,
	DXGK_CMD_SETREDIRECTEDFLIPFENCEVALUE = 35,
	DXGK_CMD_GETINTERNALADAPTERINFO = 36,
	DXGK_CMD_FLUSHHEAPTRANSITIONS = 37,
	DXGK_CMD_BLT = 38,
	DXGK_CMD_DDIGETSTANDARDALLOCATIONDRIVERDATA = 39,
	DXGK_CMD_CDDGDICOMMAND = 40,
	DXGK_CMD_QUERYALLOCATIONRESIDENCY = 41,
	DXGK_CMD_FLUSHDEVICE = 42,
	DXGK_CMD_FLUSHADAPTER = 43,
	DXGK_CMD_DDIGETNODEMETADATA = 44,
	DXGK_CMD_SETEXISTINGSYSMEMSTORE = 45,
	DXGK_CMD_ISSYNCOBJECTSIGNALED = 46,
	DXGK_CMD_CDDSYNCGPUACCESS = 47,
	DXGK_CMD_QUERYSTATISTICS = 48,
	DXGK_CMD_CHANGEVIDEOMEMORYRESERVATION = 49,
	DXGK_CMD_CREATEHWQUEUE = 50,
	DXGK_CMD_DESTROYHWQUEUE = 51,
	DXGK_CMD_SUBMITCOMMANDTOHWQUEUE = 52,
	DXGK_CMD_GETDRIVERSTOREFILE = 53,
	DXGK_CMD_READDRIVERSTOREFILE = 54,
	DXGK_CMD_GETNEXTHARDLINK = 55,
	DXGK_CMD_UPDATEALLOCATIONPROPERTY = 56,
	DXGK_CMD_OFFERALLOCATIONS = 57,
	DXGK_CMD_RECLAIMALLOCATIONS = 58,
	DXGK_CMD_SETALLOCATIONPRIORITY = 59,
	DXGK_CMD_GETALLOCATIONPRIORITY = 60,
	DXGK_CMD_GETCONTEXTSCHEDULINGPRIORITY = 61,
	DXGK_CMD_QUERYCLOCKCALIBRATION = 62,
	DXGK_CMD_QUERYRESOURCEINFO = 64,
	DXGK_CMD_LOGEVENT = 65,
	DXGK_CMD_SETEXISTINGSYSMEMPAGES = 66,
	DXGK_CMD_INVALIDATECACHE = 67,
	DXGK_CMD_ISFEATUREENABLED = 68,
};

/* Messages from the host, on the global channel. */
enum dxgk_wire_host_message {
	DXGK_HOSTMSG_SIGNALGUESTEVENT = 0,
	DXGK_HOSTMSG_PROPAGATEPRESENTHISTORYTOKEN = 1,
	DXGK_HOSTMSG_SETGUESTDATA = 2,
	DXGK_HOSTMSG_SIGNALGUESTEVENTPASSIVE = 3,
	DXGK_HOSTMSG_SENDWNFNOTIFICATION = 4,
};

struct dxgk_wire_luid {
	__u32 low;
	__u32 high;
};

/* Precedes every guest message from interface version 40 on. */
struct dxgk_wire_extended_header {
	__u32 command_offset;	/* to the header: 16 */
	__u32 reserved;
	struct dxgk_wire_luid vgpu_luid;	/* 0 for global commands */
};
DXGK_WIRE_SIZE(dxgk_wire_extended_header, 16);

/* Header of a global command. */
struct dxgk_wire_vm_header {
	__u64 command_id;
	__u32 process;		/* host handle */
	__u32 channel_type;	/* DXGK_VM_TO_HOST */
	__u32 command_type;	/* enum dxgk_wire_vm_command */
	__u32 pad20;
};
DXGK_WIRE_SIZE(dxgk_wire_vm_header, 24);

/* Header of a vGPU command and of a message from the host. */
struct dxgk_wire_vgpu_header {
	__u64 command_id;
	__u32 process;		/* host handle */
	__u32 channel_bits;	/* channel type, DXGK_WIRE_ASYNC */
	__u32 command_type;
	__u32 pad20;
};
DXGK_WIRE_SIZE(dxgk_wire_vgpu_header, 24);

/* Completion of every command that has no more to say. */
struct dxgk_wire_status_reply {
	__s32 status;		/* NTSTATUS */
};
DXGK_WIRE_SIZE(dxgk_wire_status_reply, 4);

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

/* QUERYADAPTERINFO (2): sent 39 + N; reply 4 + N (version >= 40) or N (version < 40). */
struct dxgk_wire_queryadapterinfo {
	struct dxgk_wire_vgpu_header hdr;
	__u32 query_type;
	__u32 private_data_size;
};
DXGK_WIRE_SIZE(dxgk_wire_queryadapterinfo, 32);
#define DXGK_WIRE_QUERYADAPTERINFO_TAIL	32u
#define DXGK_WIRE_QUERYADAPTERINFO_REPLY_TAIL	4u

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

/* SETCONTEXTSCHEDULINGPRIORITY (33): sent 40; reply 4. */
struct dxgk_wire_setcontextschedulingpriority {
	struct dxgk_wire_vgpu_header hdr;
	__u32 context;
	__u32 priority;
	__u8 in_process;
	__u8 pad33[7];
};
DXGK_WIRE_SIZE(dxgk_wire_setcontextschedulingpriority, 40);

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

/* FLUSHDEVICE (42): sent 32; reply 4. */
struct dxgk_wire_flushdevice {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 reason;
};
DXGK_WIRE_SIZE(dxgk_wire_flushdevice, 32);

/* SETEXISTINGSYSMEMSTORE (45): sent 40; reply 4. */
struct dxgk_wire_setexistingsysmemstore {
	struct dxgk_wire_vgpu_header hdr;
	__u32 device;
	__u32 allocation;
	__u32 gpadl;
	__u32 pad36;
};
DXGK_WIRE_SIZE(dxgk_wire_setexistingsysmemstore, 40);

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

/* SIGNALGUESTEVENT (0), from the host: 48 bytes. */
struct dxgk_wire_signalguestevent {
	struct dxgk_wire_vgpu_header hdr;
	__u64 event;
	__u64 process_id;
	__u8 dereference_event;
	__u8 pad41[7];
};
DXGK_WIRE_SIZE(dxgk_wire_signalguestevent, 48);

/* SETGUESTDATA (2), from the host: 48 bytes. */
struct dxgk_wire_setguestdata {
	struct dxgk_wire_vgpu_header hdr;
	__u64 guest_pointer;
	union {
		__u64 data64;
		__u32 data32;
	} data;
	__u32 bits;
	__u32 pad44;
};
DXGK_WIRE_SIZE(dxgk_wire_setguestdata, 48);

/* SIGNALGUESTEVENTPASSIVE (3), from the host: 48 bytes. */
struct dxgk_wire_signalguesteventpassive {
	struct dxgk_wire_vgpu_header hdr;
	__u64 event;
	__u64 process_id;
	__u8 dereference_event;
	__u8 pad41[7];
};
DXGK_WIRE_SIZE(dxgk_wire_signalguesteventpassive, 48);

/* Resource-level data of a CREATEALLOCATION with standard_allocation. */
struct dxgk_wire_standard_allocation {
	__u32 type;		/* 1 existing heap, 2 cross adapter */
	__u32 reserved;
	__u64 size;		/* bytes */
	__u32 flags;
	__u32 reserved1;
};
DXGK_WIRE_SIZE(dxgk_wire_standard_allocation, 24);

#endif /* DXGK_WIRE_H */
