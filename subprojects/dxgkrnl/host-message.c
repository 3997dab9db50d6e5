/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Takes what the host says without being asked. */

#include <linux/string.h>

#include "dxgkrnl.h"
#include "host-event.h"

/* Data type in bits 1 to 4: 0 is a 32-bit value. */
#define DXGK_GUEST_DATA_TYPE(bits)	(((bits) >> 1) & 0xf)

static void dxgk_host_set_guest_data(struct dxgk_global *global,
				     const struct dxgk_wire_setguestdata *data)
{
	if (!DXGK_GUEST_DATA_TYPE(data->bits) && data->data.data32)
		dxgk_device_state_changed(global, data->guest_pointer);
}

void dxgk_host_message(struct dxgk_global *global, const void *packet, u32 size)
{
	struct dxgk_wire_signalguestevent event;
	struct dxgk_wire_setguestdata data;
	struct dxgk_wire_vgpu_header header;

	if (size < sizeof(header))
		return;
	/* The packet lies in memory that the host can still write. */
	memcpy(&header, packet, sizeof(header));
	switch (header.command_type) {
	case DXGK_HOSTMSG_SIGNALGUESTEVENT:
	case DXGK_HOSTMSG_SIGNALGUESTEVENTPASSIVE:
		if (size < sizeof(event))
			return;
		memcpy(&event, packet, sizeof(event));
		if (event.event)
			dxgk_event_signal(global, event.event);
		break;
	case DXGK_HOSTMSG_SETGUESTDATA:
		if (size < sizeof(data))
			return;
		memcpy(&data, packet, sizeof(data));
		dxgk_host_set_guest_data(global, &data);
		break;
	default:
		break;
	}
}
