/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Takes back what a request has made after its sender was killed. */

#include <linux/kernel.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "message.h"
#include "orphan.h"
#include "trace.h"
#include "uapi.h"

/*
 * The sender's process object may be gone, so the message is made from what
 * the request said: the host's process handle.
 */
static void dxgk_orphan_send(const struct dxgk_orphan *orphan, u32 command,
			     u32 handle)
{
	bool is_vm = command >= DXGK_VMCMD_CREATEPROCESS;
	struct dxgk_wire_destroycontext *request;
	struct dxgk_message message;
	u32 process = orphan->process;
	u32 size = sizeof(*request);
	int ret;

	if (command == DXGK_VMCMD_DESTROYPROCESS) {
		process = handle;
		handle = 0;
		size = sizeof(struct dxgk_wire_destroyprocess);
	}
	if (command == DXGK_VMCMD_DESTROYNTSHAREDOBJECT)
		process = 0;
	ret = is_vm ? dxgk_message_init_vm(&message, orphan->global, NULL,
					   command, size, 0) :
		      dxgk_message_init(&message, NULL, orphan->adapter,
					command, size, 0);
	if (!ret) {
		dxgk_message_unkillable(&message);
		/* Its adapter has not become active then. */
		if (command == DXGK_CMD_CLOSEADAPTER)
			dxgk_message_any_state(&message);
		/* Both kinds of header have the process at the same place. */
		request = message.request;
		request->hdr.process = process;
		if (handle)
			request->context = handle;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

/* The memory itself, not only its name: several handles, or a resource's. */
static void dxgk_orphan_destroy(const struct dxgk_orphan *orphan, u32 device,
				u32 resource, u32 count,
				const struct dxgk_wire_createallocation_result *results)
{
	struct dxgk_wire_destroyallocation *request;
	struct dxgk_message message;
	u32 *handles;
	int ret;
	u32 i;

	ret = dxgk_message_init(&message, NULL, orphan->adapter,
				DXGK_CMD_DESTROYALLOCATION,
				sizeof(*request) + count * sizeof(u32) + 8, 0);
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->hdr.process = orphan->process;
		request->device = device;
		request->resource = resource;
		request->alloc_count = count;
		handles = (u32 *)(request + 1);
		for (i = 0; i < count; i++)
			handles[i] = results[i].allocation;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

static void dxgk_orphan_allocations(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_createallocation_reply head;
	struct dxgk_wire_createallocation made;
	const struct dxgk_wire_createallocation_result *results =
		(const void *)(orphan->reply + sizeof(head));

	if (!dxgk_orphan_request(orphan, &made, sizeof(made)) ||
	    !dxgk_orphan_reply(orphan, &head, sizeof(head)))
		return;
	if (!(made.flags & DXG_CREATEALLOCATION_CREATE_RESOURCE)) {
		if ((orphan->reply_size - sizeof(head)) / sizeof(*results) >=
		    made.alloc_count)
			dxgk_orphan_destroy(orphan, made.device, 0,
					    made.alloc_count, results);
	} else if (head.resource) {
		dxgk_orphan_destroy(orphan, made.device, head.resource, 0,
				    NULL);
	}
}

/* A resource that was opened: what it consists of goes with it. */
static void dxgk_orphan_resource(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_openresource_reply reply;
	struct dxgk_wire_openresource made;

	if (dxgk_orphan_request(orphan, &made, sizeof(made)) &&
	    dxgk_orphan_reply(orphan, &reply, sizeof(reply)) && reply.resource)
		dxgk_orphan_destroy(orphan, made.device, reply.resource, 0,
				    NULL);
}

/*
 * What makes something: either where the new object's handle is in the reply and
 * what destroys it, or a function. Not to be undone, because there is no message
 * for it, are handles for programs of the host, and CPU waits, whose event will
 * find nobody. What only changes something stays as it has become.
 */
static const struct {
	u32 command;
	u32 handle_offset;
	u32 destroy;
	void (*take_back)(const struct dxgk_orphan *orphan);
} dxgk_orphans[] = {
	{ DXGK_CMD_OPENADAPTER, 0, DXGK_CMD_CLOSEADAPTER },
	{ DXGK_CMD_CREATEDEVICE, 0, DXGK_CMD_DESTROYDEVICE },
	{ DXGK_CMD_CREATECONTEXTVIRTUAL,
	  offsetof(struct dxgk_wire_createcontextvirtual, context),
	  DXGK_CMD_DESTROYCONTEXT },
	{ DXGK_CMD_CREATEPAGINGQUEUE, 0, DXGK_CMD_DESTROYPAGINGQUEUE },
	{ DXGK_CMD_CREATEHWQUEUE,
	  offsetof(struct dxgk_wire_createhwqueue, hwqueue),
	  DXGK_CMD_DESTROYHWQUEUE },
	{ DXGK_CMD_CREATESYNCOBJECT, 0, DXGK_VMCMD_DESTROYSYNCOBJECT },
	{ DXGK_VMCMD_OPENSYNCOBJECT, 0, DXGK_VMCMD_DESTROYSYNCOBJECT },
	{ DXGK_VMCMD_CREATENTSHAREDOBJECT, 0,
	  DXGK_VMCMD_DESTROYNTSHAREDOBJECT },
	{ DXGK_VMCMD_CREATEPROCESS, 0, DXGK_VMCMD_DESTROYPROCESS },
	{ DXGK_CMD_CREATEALLOCATION, .take_back = dxgk_orphan_allocations },
	{ DXGK_CMD_OPENRESOURCE, .take_back = dxgk_orphan_resource },
	{ DXGK_CMD_LOCK2, .take_back = dxgk_orphan_lock },
	{ DXGK_CMD_RESERVEGPUVIRTUALADDRESS, .take_back = dxgk_orphan_reserve },
	{ DXGK_CMD_MAPGPUVIRTUALADDRESS, .take_back = dxgk_orphan_map },
	{ DXGK_CMD_MAKERESIDENT, .take_back = dxgk_orphan_make_resident },
};

static void dxgk_orphan_take_back(const struct dxgk_orphan *orphan)
{
	u32 handle;
	size_t i;

	/* All of these are sent to an adapter. */
	if (orphan->command < DXGK_VMCMD_CREATEPROCESS && !orphan->adapter)
		return;
	for (i = 0; i < ARRAY_SIZE(dxgk_orphans); i++) {
		u32 offset = dxgk_orphans[i].handle_offset;

		if (dxgk_orphans[i].command != orphan->command)
			continue;
		if (dxgk_orphans[i].take_back) {
			dxgk_orphans[i].take_back(orphan);
		} else if (orphan->reply_size >= offset + sizeof(handle)) {
			memcpy(&handle, orphan->reply + offset, sizeof(handle));
			if (handle)
				dxgk_orphan_send(orphan,
						 dxgk_orphans[i].destroy,
						 handle);
		}
	}
}

/* Async adapters send on the global channel: the LUID says whose it was. */
static struct dxgk_adapter *dxgk_orphan_adapter(struct dxgk_global *global,
						struct dxgk_wire_luid luid)
{
	struct dxgk_adapter *adapter, *found = NULL;

	mutex_lock(&global->adapter_lock);
	list_for_each_entry(adapter, &global->adapters, node) {
		if (adapter->vgpu_luid.low == luid.low &&
		    adapter->vgpu_luid.high == luid.high) {
			dxgk_adapter_get(adapter);
			found = adapter;
			break;
		}
	}
	mutex_unlock(&global->adapter_lock);
	return found;
}

void dxgk_message_orphaned(struct dxgk_global *global,
			   struct dxgk_adapter *adapter, const void *message,
			   u32 size, const void *reply, u32 reply_size)
{
	struct dxgk_wire_extended_header extended = { .command_offset = 0 };
	struct dxgk_orphan orphan = {
		.global = global,
		.adapter = adapter,
		.reply = reply,
		.reply_size = reply_size,
	};
	struct dxgk_wire_vgpu_header header;
	struct dxgk_adapter *found = NULL;

	if (global->version >= DXGK_WIRE_VERSION &&
	    size >= sizeof(extended)) {
		memcpy(&extended, message, sizeof(extended));
		if (!adapter)
			found = dxgk_orphan_adapter(global,
						    extended.vgpu_luid);
	}
	if (found)
		orphan.adapter = found;
	orphan.request = (const u8 *)message + extended.command_offset;
	orphan.size = size - min(size, extended.command_offset);
	if (dxgk_orphan_request(&orphan, &header, sizeof(header))) {
		orphan.process = header.process;
		orphan.command = header.command_type;
		trace_dxgk_message_late(orphan.adapter, orphan.command,
					reply_size);
		dxgk_orphan_take_back(&orphan);
	}
	if (found)
		dxgk_adapter_put(found);
}
