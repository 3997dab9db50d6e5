/* SPDX-License-Identifier: MIT */
/* Messages from the host to the guest. */
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "wire.h"

_Static_assert(sizeof(struct dxgk_wire_signalguestevent) ==
	       sizeof(struct dxgk_wire_setguestdata), "one event size");

/* Made when the need may arise, so that sending cannot fail. */
struct dxghost_event {
	struct dxghost_list link;
	union {
		struct dxgk_wire_vgpu_header header;
		struct dxgk_wire_signalguestevent signal;
		struct dxgk_wire_setguestdata data;
	} u;
};

static struct dxghost_event *event_create(struct dxghost_process *process,
					  uint32_t number)
{
	struct dxghost_event *event = calloc(1, sizeof(*event));

	if (!event)
		return NULL;
	list_init(&event->link);
	event->u.header.process = process->handle;
	event->u.header.channel_bits = DXGK_HOST_TO_VM;
	event->u.header.command_type = number;
	return event;
}

struct dxghost_event *dxghost_event_signal(struct dxghost_process *process,
					   uint64_t id)
{
	struct dxghost_event *event =
		event_create(process, DXGK_HOSTMSG_SIGNALGUESTEVENT);

	if (!event)
		return NULL;
	event->u.signal.event = id;
	event->u.signal.process_id = process->pid;
	return event;
}

struct dxghost_event *dxghost_event_guest_data(struct dxghost_process *process,
					       uint64_t cookie)
{
	struct dxghost_event *event =
		event_create(process, DXGK_HOSTMSG_SETGUESTDATA);

	if (event)
		event->u.data.guest_pointer = cookie;
	return event;
}

void dxghost_event_set_data(struct dxghost_event *event, uint32_t data)
{
	event->u.data.data.data32 = data;
}

void dxghost_event_send(struct dxghost *host, struct dxghost_event *event)
{
	if (event)
		list_add_tail(&event->link, &host->outbox);
}

void dxghost_event_free(struct dxghost_event *event)
{
	free(event);
}

void dxghost_outbox_deliver(struct dxghost *host, struct dxghost_list *outbox)
{
	struct dxghost_list *it, *tmp;

	list_for_each_safe(it, tmp, outbox) {
		struct dxghost_event *event =
			list_entry(it, struct dxghost_event, link);

		if (host->ops.message)
			host->ops.message(host->guest, &event->u,
					  sizeof(event->u));
		free(event);
	}
}
