/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Limits, handles and other words that all structures use. */
#ifndef DXG_UAPI_BASE_H
#define DXG_UAPI_BASE_H

#include <linux/types.h>

/* Limits. */
#define DXG_CREATEALLOCATION_MAX		1024
#define DXG_MAKERESIDENT_ALLOC_MAX		10240
#define DXG_ADAPTERS_MAX			64
#define DXG_MAX_BROADCAST_CONTEXT		64
#define DXG_MAX_OBJECT_WAITED_ON		32
#define DXG_MAX_OBJECT_SIGNALED			32
#define DXG_MAX_WRITTEN_PRIMARIES		16
#define DXG_MAX_HISTORY_BUFFERS			1024
#define DXG_MAX_HOST_MESSAGE			131072	/* bytes; bounds all private data */
#define DXG_ENUMADAPTERS3_ENTRIES		65535
#define DXG_MAX_OBJECTS_PER_HANDLE		1	/* Windows allows 3 */
#define DXG_MAX_TEST_BUFFER_SIZE		4096	/* bytes */
#define DXG_MAX_TEST_BUFFER_PRIVATE_DATA_SIZE	1024	/* bytes */

/* Residency priorities. */
#define DXG_ALLOCATIONPRIORITY_MINIMUM		0x28000000u
#define DXG_ALLOCATIONPRIORITY_LOW		0x50000000u
#define DXG_ALLOCATIONPRIORITY_NORMAL		0x78000000u
#define DXG_ALLOCATIONPRIORITY_HIGH		0xa0000000u
#define DXG_ALLOCATIONPRIORITY_MAXIMUM		0xc8000000u

/* In a priority of LX_DXSETCONTEXTSCHEDULINGPRIORITY: not relative to others. */
#define DXG_CONTEXTSCHEDULINGPRIORITY_ABSOLUTE	0x40000000

/* In a driver_protection: do not merge the range with its neighbours. */
#define DXG_UNIQUE_DRIVER_PROTECTION		0x8000000000000000ull

/* desired_access of LX_DXSHAREOBJECTS. */
#define DXG_SHARED_ALLOCATION_WRITE		0x1u
#define DXG_SHARED_SYNC_OBJECT_WAIT		0x1u
#define DXG_SHARED_SYNC_OBJECT_SIGNAL		0x2u

/**
 * struct d3dkmthandle - handle of a driver object
 * @v: table slot, reuse counter and kind of owner; opaque to callers, 0 is none
 */
struct d3dkmthandle {
	__u32 v;
};

#define DXG_HANDLE_INSTANCE_SHIFT	0
#define DXG_HANDLE_INSTANCE_MASK	(0x3fu << 0)
#define DXG_HANDLE_INDEX_SHIFT		6
#define DXG_HANDLE_INDEX_MASK		(0xffffffu << 6)
#define DXG_HANDLE_UNIQUE_SHIFT		30
#define DXG_HANDLE_UNIQUE_MASK		(0x3u << 30)

/**
 * struct ntstatus - status as the host sends it
 * @v: code, facility, customer bit and severity (0 success ... 3 error)
 */
struct ntstatus {
	__u32 v;
};

#define DXG_NTSTATUS_CODE_SHIFT		0
#define DXG_NTSTATUS_CODE_MASK		(0xffffu << 0)
#define DXG_NTSTATUS_FACILITY_SHIFT	16
#define DXG_NTSTATUS_FACILITY_MASK	(0x1fffu << 16)
#define DXG_NTSTATUS_CUSTOMER		(1u << 29)
#define DXG_NTSTATUS_SEVERITY_SHIFT	30
#define DXG_NTSTATUS_SEVERITY_MASK	(0x3u << 30)

/**
 * struct winluid - locally unique id of an adapter
 * @a: low half of the locally unique id (host value; opaque to the client)
 * @b: high half, signed
 */
struct winluid {
	__u32 a;
	__u32 b;
};

#endif /* DXG_UAPI_BASE_H */
