/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Builds messages in place, sends them, and turns statuses into errnos. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "message.h"
#include "trace.h"

/* NTSTATUS values that user space tells apart; all others are EINVAL. */
static const struct {
	u32 status;
	int errno_value;
} dxgk_statuses[] = {
	{ 0xc0000002, EPERM },		/* not implemented */
	{ 0xc0000008, EBADF },		/* invalid handle */
	{ 0xc000000d, EINVAL },		/* invalid parameter */
	{ 0xc0000017, ENOMEM },		/* no memory */
	{ 0xc000001d, EOPNOTSUPP },	/* illegal instruction */
	{ 0xc0000022, EACCES },		/* access denied */
	{ 0xc0000023, EOVERFLOW },	/* buffer too small */
	{ 0xc0000024, EPROTOTYPE },	/* object type mismatch */
	{ 0xc0000033, ENOENT },		/* object name invalid */
	{ 0xc0000034, ENOENT },		/* object name not found */
	{ 0xc0000035, EEXIST },		/* object name collision */
	{ 0xc00000bb, EPERM },		/* not supported */
	{ 0xc00002b6, ENODEV },		/* device removed */
	{ 0xc01e0102, EINPROGRESS },	/* allocation busy */
};

int dxgk_status_to_errno(s32 status)
{
	size_t i;

	if (status >= 0)
		return status;
	for (i = 0; i < ARRAY_SIZE(dxgk_statuses); i++) {
		if (dxgk_statuses[i].status == (u32)status)
			return -dxgk_statuses[i].errno_value;
	}
	return -EINVAL;
}

static bool dxgk_has_extended_header(u32 version)
{
	return version >= DXGK_WIRE_VERSION;
}

/* Finds room for the packet and the reply, both zeroed, and the ext. header. */
static int dxgk_message_room(struct dxgk_message *message, u32 version,
			     u64 size, u64 reply_size)
{
	struct dxgk_wire_extended_header *extended;
	u32 before = dxgk_has_extended_header(version) ? sizeof(*extended) : 0;
	size_t room;

	message->heap = NULL;
	message->flags = DXGK_REQUEST_KILLABLE;
	message->any_state = false;
	message->no_wait = false;
	if (size > DXGK_WIRE_MESSAGE_MAX - before ||
	    reply_size > DXGK_WIRE_MESSAGE_MAX)
		return -EINVAL;
	message->size = size + before;
	message->reply_size = reply_size;
	message->reply_least = reply_size;
	room = ALIGN(message->size, 8) + reply_size;
	message->packet = message->room;
	if (room <= sizeof(message->room)) {
		memset(message->room, 0, room);
	} else {
		message->heap = kvzalloc(room, GFP_KERNEL);
		if (!message->heap)
			return -ENOMEM;
		message->packet = message->heap;
	}
	message->request = (u8 *)message->packet + before;
	message->reply = (u8 *)message->packet + ALIGN(message->size, 8);
	if (before) {
		extended = message->packet;
		extended->command_offset = before;
	}
	return 0;
}

int dxgk_message_init(struct dxgk_message *message,
		      struct dxgk_process *process,
		      struct dxgk_adapter *adapter, u32 command, u64 size,
		      u64 reply_size)
{
	struct dxgk_wire_extended_header *extended;
	struct dxgk_wire_vgpu_header *header;
	int ret;

	ret = dxgk_message_room(message, adapter->version, size, reply_size);
	if (ret)
		return ret;
	message->global = adapter->global;
	message->adapter = adapter;
	if (dxgk_has_extended_header(adapter->version)) {
		extended = message->packet;
		extended->vgpu_luid = adapter->vgpu_luid;
	}
	header = message->request;
	header->process = process ? READ_ONCE(process->host_handle) : 0;
	header->channel_bits = DXGK_VGPU_TO_HOST;
	header->command_type = command;
	return 0;
}

int dxgk_message_init_vm(struct dxgk_message *message,
			 struct dxgk_global *global,
			 struct dxgk_process *process, u32 command, u64 size,
			 u64 reply_size)
{
	struct dxgk_wire_vm_header *header;
	int ret;

	ret = dxgk_message_room(message, global->version, size, reply_size);
	if (ret)
		return ret;
	message->global = global;
	message->adapter = NULL;
	header = message->request;
	header->process = process ? READ_ONCE(process->host_handle) : 0;
	header->channel_type = DXGK_VM_TO_HOST;
	header->command_type = command;
	return 0;
}

void dxgk_message_end(struct dxgk_message *message)
{
	kvfree(message->heap);
}

void dxgk_message_unkillable(struct dxgk_message *message)
{
	message->flags &= ~DXGK_REQUEST_KILLABLE;
}

void dxgk_message_any_state(struct dxgk_message *message)
{
	message->any_state = true;
}

/* Who takes an adapter away waits for the host, and everybody else for that. */
static int dxgk_message_lock(const struct dxgk_message *message,
			     struct rw_semaphore *core)
{
	if (message->no_wait)
		return down_read_trylock(core) ? 0 : -EBUSY;
	if (!(message->flags & DXGK_REQUEST_KILLABLE))
		down_read(core);
	else if (down_read_killable(core))
		return -EINTR;
	return 0;
}

/* The channel to use, with what keeps it open held; -ENODEV: it is closed. */
static int dxgk_message_enter(struct dxgk_message *message,
			      struct dxgk_adapter **ret_channel)
{
	struct dxgk_adapter *adapter = message->adapter;
	struct dxgk_global *global = message->global;
	int ret;

	if (adapter) {
		ret = dxgk_message_lock(message, &adapter->core);
		if (ret)
			return ret;
		ret = -ENODEV;
		if (adapter->state != DXGK_ACTIVE && !message->any_state)
			goto err_adapter;
	}
	*ret_channel = adapter && !adapter->async ? adapter : NULL;
	ret = dxgk_message_lock(message, &global->core);
	if (ret)
		goto err_adapter;
	ret = -ENODEV;
	if (global->state != DXGK_ACTIVE && !message->any_state)
		goto err_global;
	return 0;

err_global:
	up_read(&global->core);
err_adapter:
	if (adapter)
		up_read(&adapter->core);
	return ret;
}

static void dxgk_message_leave(struct dxgk_message *message)
{
	up_read(&message->global->core);
	if (message->adapter)
		up_read(&message->adapter->core);
}

/* @has_status: the answer begins with one. */
static int dxgk_message_exchange(struct dxgk_message *message, bool has_status)
{
	struct dxgk_global *global = message->global;
	struct dxgk_adapter *channel;
	int ret;

	ret = dxgk_message_enter(message, &channel);
	if (ret)
		return ret;
	trace_dxgk_message_send(message, !channel, false);
	ret = global->transport->request(global, channel, message->packet,
					 message->size, message->reply,
					 message->reply_size, message->flags);
	trace_dxgk_message_done(message, ret, has_status);
	dxgk_message_leave(message);
	/* User space takes EAGAIN for a success. */
	if (ret < 0)
		return ret == -EAGAIN ? -EBUSY : ret;
	message->received = min_t(u32, ret, message->reply_size);
	if (message->received >= message->reply_least)
		return 0;
	/* An empty answer is how a reply without a status says "no". */
	return message->received ? -EOVERFLOW : -EINVAL;
}

int dxgk_message_send(struct dxgk_message *message)
{
	return dxgk_message_exchange(message, false);
}

int dxgk_message_send_status(struct dxgk_message *message)
{
	const struct dxgk_wire_status_reply *reply = message->reply;
	u32 least = message->reply_least;
	int ret;

	/* A refusal may be the bare status. */
	message->reply_least = sizeof(*reply);
	ret = dxgk_message_exchange(message, true);
	if (ret)
		return ret;
	ret = dxgk_status_to_errno(reply->status);
	return ret >= 0 && message->received < least ? -EOVERFLOW : ret;
}

int dxgk_message_post(struct dxgk_message *message)
{
	struct dxgk_wire_vgpu_header *header = message->request;
	struct dxgk_global *global = message->global;
	struct dxgk_adapter *channel;
	int ret;

	if (!message->adapter->async)
		return dxgk_message_send_status(message);
	header->channel_bits |= DXGK_WIRE_ASYNC;
	ret = dxgk_message_enter(message, &channel);
	if (ret)
		return ret;
	trace_dxgk_message_send(message, !channel, true);
	ret = global->transport->post(global, channel, message->packet,
				      message->size);
	dxgk_message_leave(message);
	return ret == -EAGAIN ? -EBUSY : ret;
}

int dxgk_message_ask(struct dxgk_message *message, dxgk_answered *answered,
		     void *context)
{
	struct dxgk_global *global = message->global;
	struct dxgk_adapter *channel;
	int ret;

	if (!global->transport->ask)
		return -EOPNOTSUPP;
	message->no_wait = true;
	ret = dxgk_message_enter(message, &channel);
	if (ret)
		return ret;
	trace_dxgk_message_send(message, !channel, true);
	ret = global->transport->ask(global, channel, message->packet,
				     message->size, message->reply_size,
				     answered, context);
	dxgk_message_leave(message);
	return ret;
}

/* All commands that name just one object have this layout. */
static int dxgk_message_handle(struct dxgk_message *message, u32 handle)
{
	struct dxgk_wire_destroycontext *request = message->request;

	request->context = handle;
	return dxgk_message_send_status(message);
}

int dxgk_message_destroy_handle(struct dxgk_process *process,
				struct dxgk_adapter *adapter, u32 command,
				u32 handle)
{
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, process, adapter, command,
				sizeof(struct dxgk_wire_destroycontext),
				sizeof(struct dxgk_wire_status_reply));
	dxgk_message_unkillable(&message);
	if (!ret)
		ret = dxgk_message_handle(&message, handle);
	dxgk_message_end(&message);
	return ret == -ENODEV ? 0 : ret;
}
