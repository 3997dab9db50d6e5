/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Messages from the host. */
#ifndef DXGK_WIRE_GUEST_H
#define DXGK_WIRE_GUEST_H

#include <linux/types.h>

#include "base.h"

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

#endif /* DXGK_WIRE_GUEST_H */
