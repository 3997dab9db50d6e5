/* SPDX-License-Identifier: MIT */
/* Framing of messages: headers, routing, replies. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "call.h"
#include "counters.h"
#include "inject.h"

#define REPLY_SMALL	1024u
#define STATUS_SIZE	sizeof(struct dxgk_wire_status_reply)

/* One message on its way through. */
struct message {
	struct dxghost *host;
	int channel;
	const uint8_t *bytes;		/* aligned */
	size_t size;
	const struct dxgk_wire_vgpu_header *header;
	struct dxgk_wire_luid luid;
	bool has_luid;
	bool global;
};

/* Finds the command's header behind the extended one, if there is one. */
static int read_headers(struct message *message)
{
	struct dxgk_wire_extended_header extended;
	uint32_t at = 0, type;

	if (message->host->profile.interface_version >= DXGK_WIRE_VERSION) {
		if (message->size < sizeof(extended))
			return -EINVAL;
		memcpy(&extended, message->bytes, sizeof(extended));
		at = extended.command_offset;
		message->luid = extended.vgpu_luid;
		message->has_luid = true;
	}
	if (at % 8 || at > message->size ||
	    message->size - at < sizeof(*message->header) ||
	    message->size > DXGK_WIRE_MESSAGE_MAX)
		return -EINVAL;
	message->header = (const void *)(message->bytes + at);
	message->bytes += at;
	message->size -= at;
	type = message->header->channel_bits & DXGK_WIRE_CHANNEL_TYPE_MASK;
	if (type != DXGK_VGPU_TO_HOST && type != DXGK_VM_TO_HOST)
		return -EINVAL;
	message->global = type == DXGK_VM_TO_HOST;
	return 0;
}

static struct dxghost_adapter *route(const struct message *message)
{
	struct dxghost *host = message->host;
	uint32_t i;

	if (message->channel >= 0)
		return (uint32_t)message->channel < host->profile.adapter_count ?
		       &host->adapters[message->channel] : NULL;
	for (i = 0; i < host->profile.adapter_count && message->has_luid; i++)
		if (host->profile.adapters[i].vgpu_luid.low ==
			    message->luid.low &&
		    host->profile.adapters[i].vgpu_luid.high ==
			    message->luid.high)
			return &host->adapters[i];
	return NULL;
}

/* What stands against answering; the reply's size is known only without. */
static dxghost_status admit(const struct message *message,
			    const struct dxghost_command *command,
			    struct dxghost_call *call)
{
	if (!command || !command->handler)
		return ST_NOT_IMPLEMENTED;
	if (!message->global) {
		call->adapter = route(message);
		if (!call->adapter)
			return ST_DEVICE_REMOVED;
		if (command->flags & DXGHOST_CALL_OPEN && !call->adapter->open)
			return ST_DEVICE_REMOVED;
	}
	call->process = dxghost_process_find(call->host,
					     message->header->process);
	if (command->flags & DXGHOST_CALL_PROCESS && !call->process)
		return ST_INVALID_PARAMETER;
	if (message->size < command->request_size)
		return ST_INVALID_PARAMETER;
	return ST_SUCCESS;
}

static enum dxghost_failure failure_of(const struct dxghost_command *command,
				       const struct dxghost_call *call)
{
	if (command->flags & DXGHOST_CALL_NEW_STATUS &&
	    call->host->profile.interface_version < DXGK_WIRE_VERSION)
		return DXGHOST_FAIL_EMPTY;
	return command->failure;
}

/* Makes the reply that tells of a failure; the handler's own may be kept. */
static void fail(const struct dxghost_command *command,
		 struct dxghost_call *call, dxghost_status status)
{
	if (!(command->flags & DXGHOST_CALL_KEEP))
		memset(call->reply, 0, call->reply_size);
	switch (failure_of(command, call)) {
	case DXGHOST_FAIL_STATUS:
		dxghost_reply_u32(call, command->status_at, (uint32_t)status);
		break;
	case DXGHOST_FAIL_ZERO:
		break;
	case DXGHOST_FAIL_EMPTY:
		call->reply_size = 0;
		break;
	case DXGHOST_FAIL_ECHO:
		memcpy(call->reply, call->request,
		       call->size < call->reply_size ? call->size :
						       call->reply_size);
		/* Behind the header stands the status, or the new handle. */
		dxghost_reply_u32(call, sizeof(struct dxgk_wire_vgpu_header),
				  command->status_at ? (uint32_t)status : 0);
		break;
	}
}

static void run(const struct dxghost_command *command,
		struct dxghost_call *call)
{
	struct dxghost_process *process = call->process;
	struct dxghost_adapter *adapter = call->adapter;
	dxghost_status status;

	if (process)
		process->calls++;
	if (adapter)
		adapter->calls++;
	status = dxghost_inject(call);
	if (!status)
		status = command->handler(call);
	if (adapter)
		adapter->calls--;
	/* DESTROYPROCESS has taken its process with it. */
	if (call->process)
		process->calls--;
	dxghost_changed(call->host);
	if (status < 0)
		fail(command, call, status);
	else if (failure_of(command, call) == DXGHOST_FAIL_STATUS)
		dxghost_reply_u32(call, command->status_at, (uint32_t)status);
}

/* The size of the reply, given or computed; a valid one if malformed. */
static uint32_t reply_size(const struct dxghost_command *command,
			   const struct dxghost_call *call,
			   dxghost_status *status)
{
	uint32_t size = command->reply_size;

	if (!*status && command->reply_rule) {
		size = command->reply_rule(call);
		if (size == DXGHOST_MALFORMED || size > DXGK_WIRE_MESSAGE_MAX) {
			*status = ST_INVALID_PARAMETER;
			size = command->reply_size;
		}
	}
	return size;
}

static void answer(struct message *message, struct dxghost_call *call,
		   void *small)
{
	const struct dxghost_command *command =
		dxghost_command_find(message->global,
				     message->header->command_type);
	dxghost_status status = admit(message, command, call);

	call->reply = small;
	if (status == ST_NOT_IMPLEMENTED) {
		call->reply_size = STATUS_SIZE;
		dxghost_reply_u32(call, 0, (uint32_t)status);
		return;
	}
	call->reply_size = reply_size(command, call, &status);
	if (call->reply_size > REPLY_SMALL) {
		call->reply = calloc(1, call->reply_size);
		if (!call->reply) {
			call->reply = small;
			call->reply_size = 0;
			return;
		}
	} else {
		memset(small, 0, call->reply_size);
	}
	if (status)
		fail(command, call, status);
	else
		run(command, call);
}

static void pause_us(uint32_t us)
{
	struct timespec time = {
		.tv_sec = us / 1000000,
		.tv_nsec = us % 1000000 * 1000l,
	};

	if (us)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
}

static void exchange(struct message *message, bool expects_reply, void *reply,
		     size_t capacity, size_t *ret_size)
{
	uint64_t small[REPLY_SMALL / 8];
	struct dxghost_call call = {
		.host = message->host,
		.number = message->header->command_type,
		.request = message->bytes,
		.size = (uint32_t)message->size,
		.one_way = !expects_reply,
	};
	size_t size = 0;

	if (expects_reply)
		pause_us(message->host->profile.latency_us);
	dxghost_lock(message->host);
	answer(message, &call, small);
	dxghost_unlock(message->host);
	if (expects_reply) {
		size = call.reply_size < capacity ? call.reply_size : capacity;
		if (size)
			memcpy(reply, call.reply, size);
	}
	if (call.reply != small)
		free(call.reply);
	*ret_size = size;
}

int dxghost_message(struct dxghost *host, int channel, const void *msg,
		    size_t size, bool expects_reply, void *reply,
		    size_t reply_capacity, size_t *ret_reply_size)
{
	struct message message = {
		.host = host,
		.channel = channel,
		.bytes = msg,
		.size = size,
	};
	void *copy = NULL;
	int error;

	*ret_reply_size = 0;
	if (channel < DXGHOST_CHANNEL_GLOBAL || size > DXGK_WIRE_MESSAGE_MAX)
		return -EINVAL;
	/* Members are read in place, which wants them aligned. */
	if ((uintptr_t)msg % 8) {
		copy = malloc(size ? size : 1);
		if (!copy)
			return -ENOMEM;
		memcpy(copy, msg, size);
		message.bytes = copy;
	}
	error = read_headers(&message);
	if (!error) {
		exchange(&message, expects_reply, reply, reply_capacity,
			 ret_reply_size);
		dxghost_counters_add(host->counters, message.global,
				     message.header->command_type,
				     expects_reply, size, *ret_reply_size);
	}
	free(copy);
	return error;
}
