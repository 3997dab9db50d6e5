/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Takes back what a request has made after its sender was killed. */

#include <linux/kernel.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "message.h"
#include "uapi.h"

/* Where the new object's handle is in the reply, and what destroys it. */
static const struct {
	u32 command;
	u32 handle_offset;
	u32 destroy;
} dxgk_orphans[] = {
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
};

/*
 * The sender's process object may be gone, so the message is made from what
 * the request said: the host's process handle.
 */
static void dxgk_orphan_send(struct dxgk_global *global,
			     struct dxgk_adapter *adapter, u32 command,
			     u32 process, u32 handle)
{
	struct dxgk_wire_destroycontext *request;
	struct dxgk_message message;
	u32 size = sizeof(*request);
	int ret;

	if (command == DXGK_VMCMD_DESTROYPROCESS) {
		process = handle;
		handle = 0;
		size = sizeof(struct dxgk_wire_destroyprocess);
	}
	if (command < DXGK_VMCMD_CREATEPROCESS && !adapter)
		return;
	ret = command < DXGK_VMCMD_CREATEPROCESS ?
	      dxgk_message_init(&message, NULL, adapter, command, size, 0) :
	      dxgk_message_init_vm(&message, global, NULL, command, size, 0);
	if (!ret) {
		dxgk_message_unkillable(&message);
		/* Both kinds of header have the process at the same place. */
		request = message.request;
		request->hdr.process =
			command == DXGK_VMCMD_DESTROYNTSHAREDOBJECT ?
			0 : process;
		if (handle)
			request->context = handle;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

/* The memory itself, not only its name: several handles, or a resource's. */
static void dxgk_orphan_allocations(struct dxgk_adapter *adapter,
				    const struct dxgk_wire_createallocation *made,
				    const void *reply, u32 reply_size)
{
	const struct dxgk_wire_createallocation_reply *head = reply;
	const struct dxgk_wire_createallocation_result *result =
		(const void *)(head + 1);
	bool is_resource = made->flags & DXG_CREATEALLOCATION_CREATE_RESOURCE;
	struct dxgk_wire_destroyallocation *request;
	u32 count = is_resource ? 0 : made->alloc_count;
	struct dxgk_message message;
	u32 *handles;
	int ret;
	u32 i;

	if (!adapter || reply_size < sizeof(*head) ||
	    (reply_size - sizeof(*head)) / sizeof(*result) < count)
		return;
	ret = dxgk_message_init(&message, NULL, adapter,
				DXGK_CMD_DESTROYALLOCATION,
				sizeof(*request) + count * sizeof(u32) + 8, 0);
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->hdr.process = made->hdr.process;
		request->device = made->device;
		request->resource = is_resource ? head->resource : 0;
		request->alloc_count = count;
		handles = (u32 *)(request + 1);
		for (i = 0; i < count; i++)
			handles[i] = result[i].allocation;
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

/* A resource that was opened: what it consists of goes with it. */
static void dxgk_orphan_resource(struct dxgk_adapter *adapter,
				 const struct dxgk_wire_openresource *made,
				 const void *reply, u32 reply_size)
{
	struct dxgk_wire_createallocation as_created = {
		.hdr = made->hdr,
		.device = made->device,
		.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE,
	};
	struct dxgk_wire_createallocation_reply head = { .resource = 0 };

	if (reply_size < sizeof(head.resource))
		return;
	memcpy(&head.resource, reply, sizeof(head.resource));
	if (head.resource)
		dxgk_orphan_allocations(adapter, &as_created, &head,
					sizeof(head));
}

static void dxgk_orphan_take(struct dxgk_global *global,
			     struct dxgk_adapter *adapter,
			     const struct dxgk_wire_vgpu_header *header,
			     const u8 *reply, u32 reply_size)
{
	u32 handle;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dxgk_orphans); i++) {
		u32 offset = dxgk_orphans[i].handle_offset;

		if (dxgk_orphans[i].command != header->command_type ||
		    reply_size < offset + sizeof(handle))
			continue;
		memcpy(&handle, reply + offset, sizeof(handle));
		if (handle)
			dxgk_orphan_send(global, adapter,
					 dxgk_orphans[i].destroy,
					 header->process, handle);
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
	struct dxgk_wire_createallocation made;
	struct dxgk_wire_openresource opened;
	struct dxgk_wire_vgpu_header header;
	struct dxgk_adapter *found = NULL;
	const u8 *command;

	if (global->version >= DXGK_WIRE_VERSION &&
	    size >= sizeof(extended)) {
		memcpy(&extended, message, sizeof(extended));
		if (!adapter)
			found = dxgk_orphan_adapter(global,
						    extended.vgpu_luid);
	}
	if (!adapter)
		adapter = found;
	command = (const u8 *)message + extended.command_offset;
	size -= min(size, extended.command_offset);
	if (size >= sizeof(header)) {
		memcpy(&header, command, sizeof(header));
		dxgk_orphan_take(global, adapter, &header, reply, reply_size);
		if (header.command_type == DXGK_CMD_CREATEALLOCATION &&
		    size >= sizeof(made)) {
			memcpy(&made, command, sizeof(made));
			dxgk_orphan_allocations(adapter, &made, reply,
						reply_size);
		}
		if (header.command_type == DXGK_CMD_OPENRESOURCE &&
		    size >= sizeof(opened)) {
			memcpy(&opened, command, sizeof(opened));
			dxgk_orphan_resource(adapter, &opened, reply,
					     reply_size);
		}
	}
	if (found)
		dxgk_adapter_put(found);
}
