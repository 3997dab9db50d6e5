/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Building one message in place, sending it, and taking its answer. */
#ifndef DXGK_MESSAGE_H
#define DXGK_MESSAGE_H

#include <linux/types.h>

#include "transport.h"
#include "wire.h"

struct dxgk_adapter;
struct dxgk_global;
struct dxgk_process;

/* NTSTATUS: done once the paging fence gets there. */
#define DXGK_STATUS_PENDING	0x103

/* Request and reply of nearly all calls, a submission's fixed part included. */
#define DXGK_MESSAGE_INLINE	512

/**
 * struct dxgk_message - a request being built, and room for its reply
 * @request: the command's header; its fixed part and tail follow, zeroed
 * @reply: @reply_size bytes, valid after a successful send
 * @size: bytes of the packet, extended header included; may be lowered before
 *	sending
 * @reply_least: bytes without which the reply is refused: @reply_size unless
 *	lowered before sending
 * @received: bytes of @reply that the host has sent
 */
struct dxgk_message {
	void *request;
	void *reply;
	u32 size;
	u32 reply_size;
	u32 reply_least;
	u32 received;
	/* private: */
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
	unsigned int flags;
	bool any_state;
	bool no_wait;
	void *packet;
	void *heap;
	u64 room[DXGK_MESSAGE_INLINE / sizeof(u64)];
};

/**
 * dxgk_message_init() - room for a vGPU command
 * @message: to be ended with dxgk_message_end() also on failure
 * @process: the sender, NULL for commands of no process
 * @adapter: whom it is for
 * @command: DXGK_CMD_...
 * @size: bytes from the command's header on; may be anything: checked here
 * @reply_size: bytes of the shortest reply that will do; checked as well
 *
 * -EINVAL when either is more than a message can hold: nothing has been
 * allocated then. -ENOMEM.
 */
int dxgk_message_init(struct dxgk_message *message,
		      struct dxgk_process *process,
		      struct dxgk_adapter *adapter, u32 command, u64 size,
		      u64 reply_size);
/* The same for a command of the virtual machine: DXGK_VMCMD_... */
int dxgk_message_init_vm(struct dxgk_message *message,
			 struct dxgk_global *global,
			 struct dxgk_process *process, u32 command, u64 size,
			 u64 reply_size);
void dxgk_message_end(struct dxgk_message *message);

/* This one must not be cut short by a signal: it takes something down. */
void dxgk_message_unkillable(struct dxgk_message *message);
/* This one brings a channel up or down, so it need not be active. */
void dxgk_message_any_state(struct dxgk_message *message);

/* Send and wait: 0, or -errno (-EOVERFLOW: the reply was too short). */
int dxgk_message_send(struct dxgk_message *message);
/* For replies that begin with a status: what the ioctl is to answer. */
int dxgk_message_send_status(struct dxgk_message *message);
/* One-way where the adapter has it, else as dxgk_message_send_status(). */
int dxgk_message_post(struct dxgk_message *message);

/*
 * Send and go on: @answered gets the reply, or the lack of one. Waits for nothing.
 * Below 0: it was not sent, -EBUSY: as that would have had to be waited for.
 */
int dxgk_message_ask(struct dxgk_message *message, dxgk_answered *answered,
		     void *context);

/* NTSTATUS to what an ioctl answers: >= 0 unchanged, else -errno. */
int dxgk_status_to_errno(s32 status);

/*
 * Send a command that takes one object down: waits whatever happens. What was on an
 * adapter that has gone is gone: 0. Below 0: the host refuses.
 */
int dxgk_message_destroy_handle(struct dxgk_process *process,
				struct dxgk_adapter *adapter, u32 command,
				u32 handle);

#endif /* DXGK_MESSAGE_H */
