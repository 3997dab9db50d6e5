/* SPDX-License-Identifier: MIT */
/*
 * Sits between driver and host. The linker puts it there (--wrap): what the
 * driver's home calls soft_transport_ops is the table below.
 */
#include "transport.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/errno.h>
#include <linux/mm.h>

#include "dxgkrnl.h"
#include "platform.h"
#include "soft-machine.h"

extern const struct dxgk_transport_ops __real_soft_transport_ops;
extern const struct dxgk_transport_ops __wrap_soft_transport_ops;
struct dxgk_mapping *__real_dxgk_platform_map(struct dxgk_global *global,
					      u64 address, u64 size,
					      unsigned int flags);
struct dxgk_mapping *__wrap_dxgk_platform_map(struct dxgk_global *global,
					      u64 address, u64 size,
					      unsigned int flags);
int __real_dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
				     u32 *ret_value);
int __wrap_dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
				     u32 *ret_value);

enum lie {
	LIE_INVENT = 1,	/* a reply, without asking the host */
	LIE_PATCH,	/* some words of the reply */
	LIE_SHORT,	/* the reply is cut off */
	LIE_LONG,	/* it is said to be longer than there is room */
	LIE_ERROR,	/* no completion */
	LIE_STATUS,	/* the reply begins with that status */
	LIE_MESSAGE,	/* a message to the guest before the request */
	LIE_ANSWERED,	/* the same between the request and its reply */
	LIE_LATE,	/* the sender is killed, then the reply comes */
	LIE_LATE_PATCH,
	LIE_LATE_INVENT,
	LIE_AGAIN,	/* the reply to an earlier request */
	LIE_NO_MORE = 0x1f,
};

#define REPLY_KEPT 256u
/* As much of a request as a home has to keep. */
#define REQUEST_KEPT 160u

struct orphan {
	struct orphan *next;
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
	u32 size, reply_size;
	u8 reply[REPLY_KEPT];
	u64 message[];
};

bool fuzz_transport_ends_waits;

/* Calls come from one thread, but the driver may have work of its own. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct fuzz_input *lies;
static bool early;	/* also while the adapters come up */
static u8 kept[REPLY_KEPT];
static u32 kept_size;
static struct orphan *orphans;

static const struct dxgk_wire_vgpu_header *
header_of(const struct dxgk_global *global, const void *message)
{
	return (const void *)((const u8 *)message +
			      (global->version >= DXGK_WIRE_VERSION ?
			       sizeof(struct dxgk_wire_extended_header) : 0));
}

/* Both kinds of header have the number at the same place. */
static u32 command_of(const struct dxgk_global *global, const void *message)
{
	return header_of(global, message)->command_type;
}

static bool brings_up(u32 command)
{
	return command == DXGK_VMCMD_SETIOSPACEREGION ||
	       command == DXGK_CMD_OPENADAPTER ||
	       command == DXGK_CMD_GETINTERNALADAPTERINFO;
}

static void end_wait(struct dxgk_global *global, const void *message)
{
	const struct dxgk_wire_waitforsyncobjectfromcpu *request =
		(const void *)header_of(global, message);
	struct dxgk_wire_signalguestevent event = {
		.hdr.command_type = DXGK_HOSTMSG_SIGNALGUESTEVENT,
		.event = request->guest_event_id,
	};

	if (fuzz_transport_ends_waits &&
	    request->hdr.command_type == DXGK_CMD_WAITFORSYNCOBJECTFROMCPU)
		dxgk_host_message(global, &event, sizeof(event));
}

static void tell_guest(struct dxgk_global *global)
{
	union {
		struct dxgk_wire_signalguestevent event;
		struct dxgk_wire_setguestdata data;
	} packet;
	u32 size = fuzz_last_u8(lies);

	memset(&packet, 0, sizeof(packet));
	packet.event.hdr.command_type = fuzz_last_u8(lies) & 7;
	packet.event.event = fuzz_last_value(lies);
	packet.data.data.data64 = fuzz_last_value(lies);
	packet.data.bits = fuzz_last_value(lies);
	dxgk_host_message(global, &packet,
			  size ? min(size, (u32)sizeof(packet)) :
				 (u32)sizeof(packet));
}

static void patch(u8 *reply, u32 size)
{
	u32 count = fuzz_last_u8(lies) % 4 + 1, at, width;
	u64 value;

	while (count--) {
		at = fuzz_last_u8(lies) * 4u;
		value = fuzz_last_value(lies);
		width = value > U32_MAX ? 8 : 4;
		if (at + width <= size)
			memcpy(reply + at, &value, width);
	}
}

static u32 invent(u8 *reply, u32 size)
{
	u32 length = fuzz_last_value(lies), at;
	u32 room = min(length, size);

	for (at = 0; at + 4 <= room && !fuzz_input_ended(lies); at += 4) {
		u32 word = fuzz_last_value(lies);

		memcpy(reply + at, &word, sizeof(word));
	}
	return length;
}

static void set_status(u8 *reply, u32 size)
{
	static const u32 statuses[] = {
		0x103, 0xc000000d, 0xc0000008, 0xc0000017, 0xc0000023,
		0xc00002b6, 0xc01e0102, 0xffffffff, 0x40000000, 0,
	};
	u32 status = statuses[fuzz_last_u8(lies) % ARRAY_SIZE(statuses)];

	if (size >= sizeof(status))
		memcpy(reply, &status, sizeof(status));
}

static int some_error(void)
{
	static const int errors[] = { ENODEV, EAGAIN, ENOMEM, EINVAL, EINTR };

	return -errors[fuzz_last_u8(lies) % ARRAY_SIZE(errors)];
}

static void keep(const void *reply, u32 size)
{
	kept_size = min(size, REPLY_KEPT);
	if (kept_size)
		memcpy(kept, reply, kept_size);
}

static int again(u8 *reply, u32 size)
{
	u32 length = min(kept_size, size);

	if (length)
		memcpy(reply, kept, length);
	return (int)kept_size;
}

/* Its reply is made now, and given when the driver may sleep. */
static void orphan(struct dxgk_global *global, struct dxgk_adapter *adapter,
		   const void *message, u32 size, enum lie lie)
{
	u32 kept_bytes = fuzz_last_u8(lies) & 1 ? min(size, REQUEST_KEPT) :
						   size;
	struct orphan *late = calloc(1, sizeof(*late) + kept_bytes);
	int got;

	if (!late)
		return;
	late->global = global;
	late->adapter = adapter;
	late->size = kept_bytes;
	memcpy(late->message, message, kept_bytes);
	got = lie == LIE_LATE_INVENT ? (int)invent(late->reply, REPLY_KEPT) :
	      __real_soft_transport_ops.request(global, adapter, message, size,
						late->reply, REPLY_KEPT, 0);
	late->reply_size = clamp(got, 0, (int)REPLY_KEPT);
	if (lie == LIE_LATE_PATCH)
		patch(late->reply, late->reply_size);
	late->next = orphans;
	orphans = late;
}

static int honest(struct dxgk_global *global, struct dxgk_adapter *adapter,
		  const void *message, u32 size, void *reply, u32 reply_size,
		  unsigned int flags)
{
	int got = __real_soft_transport_ops.request(global, adapter, message,
						    size, reply, reply_size,
						    flags);

	if (got > 0)
		keep(reply, min((u32)got, reply_size));
	return got;
}

/* What is done to a reply that the host has given. */
static int distort(struct dxgk_global *global, enum lie lie, u8 *reply,
		   u32 reply_size, int got)
{
	u32 size = clamp(got, 0, (int)reply_size);

	switch (lie) {
	case LIE_PATCH:
		patch(reply, size);
		return got;
	case LIE_SHORT:
		return min(got, (int)fuzz_last_u8(lies));
	case LIE_LONG:
		return (int)(reply_size + fuzz_last_u8(lies));
	case LIE_STATUS:
		set_status(reply, size);
		return got;
	case LIE_ANSWERED:
		tell_guest(global);
		return got;
	default:
		return got;
	}
}

/* What to do with the next message; 0: pass it on. */
static enum lie next_lie(void)
{
	enum lie lie = lies ? fuzz_last_u8(lies) & 0x1f : 0;

	if (lie == LIE_NO_MORE)
		lies = NULL;
	return lie;
}

static int lie_about(struct dxgk_global *global, struct dxgk_adapter *adapter,
		     const void *message, u32 size, void *reply,
		     u32 reply_size, unsigned int flags)
{
	enum lie lie = next_lie();
	int got;

	switch (lie) {
	case LIE_INVENT:
		return (int)min(invent(reply, reply_size), 0x100000u);
	case LIE_ERROR:
		return some_error();
	case LIE_AGAIN:
		return again(reply, reply_size);
	case LIE_LATE:
	case LIE_LATE_PATCH:
	case LIE_LATE_INVENT:
		if (!(flags & DXGK_REQUEST_KILLABLE))
			break;
		orphan(global, adapter, message, size, lie);
		return -EINTR;
	case LIE_MESSAGE:
		tell_guest(global);
		break;
	default:
		break;
	}
	got = honest(global, adapter, message, size, reply, reply_size, flags);
	return distort(global, lie, reply, reply_size, got);
}

static int fuzz_request(struct dxgk_global *global,
			struct dxgk_adapter *adapter, const void *message,
			u32 size, void *reply, u32 reply_size,
			unsigned int flags)
{
	int got;

	pthread_mutex_lock(&lock);
	if (lies && (early || !brings_up(command_of(global, message))))
		got = lie_about(global, adapter, message, size, reply,
				reply_size, flags);
	else
		got = honest(global, adapter, message, size, reply, reply_size,
			     flags);
	pthread_mutex_unlock(&lock);
	end_wait(global, message);
	return got;
}

static int fuzz_post(struct dxgk_global *global, struct dxgk_adapter *adapter,
		     const void *message, u32 size)
{
	enum lie lie;
	int ret = 0;

	pthread_mutex_lock(&lock);
	lie = next_lie();
	if (lie == LIE_MESSAGE)
		tell_guest(global);
	if (lie == LIE_ERROR)
		ret = some_error();
	else if (lie != LIE_INVENT)
		ret = __real_soft_transport_ops.post(global, adapter, message,
						     size);
	pthread_mutex_unlock(&lock);
	return ret;
}

const struct dxgk_transport_ops __wrap_soft_transport_ops = {
	.request = fuzz_request,
	.post = fuzz_post,
};

/* Whatever the host says, nothing outside the IO space is mapped. */
struct dxgk_mapping *__wrap_dxgk_platform_map(struct dxgk_global *global,
					      u64 address, u64 size,
					      unsigned int flags)
{
	u64 offset = address - global->io_start;

	if (address < global->io_start || offset > global->io_size || !size ||
	    size > global->io_size - offset || !PAGE_ALIGNED(address) ||
	    !PAGE_ALIGNED(size)) {
		fprintf(stderr, "fuzz: %#llx + %#llx is mapped\n",
			(unsigned long long)address, (unsigned long long)size);
		abort();
	}
	return __real_dxgk_platform_map(global, address, size, flags);
}

int __wrap_dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
				     u32 *ret_value)
{
	int ret = __real_dxgk_platform_config_read(adapter, offset, ret_value);

	pthread_mutex_lock(&lock);
	if (lies && early && next_lie() == LIE_INVENT)
		*ret_value = fuzz_last_value(lies);
	pthread_mutex_unlock(&lock);
	return ret;
}

void fuzz_transport_lies(struct fuzz_input *input, bool from_start)
{
	pthread_mutex_lock(&lock);
	lies = input;
	early = from_start;
	kept_size = 0;
	pthread_mutex_unlock(&lock);
}

static struct orphan *take_orphan(void)
{
	struct orphan *late;

	pthread_mutex_lock(&lock);
	late = orphans;
	if (late)
		orphans = late->next;
	pthread_mutex_unlock(&lock);
	return late;
}

void fuzz_transport_orphans(void)
{
	struct orphan *late;

	while ((late = take_orphan())) {
		dxgk_message_orphaned(late->global, late->adapter,
				      late->message, late->size, late->reply,
				      late->reply_size);
		free(late);
	}
}

void fuzz_transport_forget(void)
{
	struct orphan *late;

	while ((late = take_orphan()))
		free(late);
}
