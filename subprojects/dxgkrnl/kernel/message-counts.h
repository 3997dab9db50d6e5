/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* How many messages of each kind have gone to the host. */
#ifndef DXGK_MESSAGE_COUNTS_H
#define DXGK_MESSAGE_COUNTS_H

#include <linux/percpu.h>
#include <linux/types.h>

#include "wire.h"

#define DXGK_COUNTED_VGPU	(DXGK_CMD_ISFEATUREENABLED + 1)
#define DXGK_COUNTED_VM		(DXGK_VMCMD_ISFEATUREENABLED_GLOBAL - \
				 DXGK_VMCMD_CREATEPROCESS + 1)

/**
 * struct dxgk_message_count - of one command
 * @sync: with an answer
 * @async: one-way
 * @sent: bytes of both
 * @received: bytes of the answers, with the padding of the bus
 * @failed: were not sent, or have no answer
 */
struct dxgk_message_count {
	unsigned long sync;
	unsigned long async;
	unsigned long sent;
	unsigned long received;
	unsigned long failed;
};

/* One a processor, so that counting is for nobody to wait for. */
struct dxgk_message_counts {
	struct dxgk_message_count vgpu[DXGK_COUNTED_VGPU];
	struct dxgk_message_count vm[DXGK_COUNTED_VM];
};

/* What a message is; @version: of the interface. */
u32 dxgk_message_command(const void *message, u32 version);
void dxgk_message_count_sync(struct dxgk_message_counts __percpu *counts,
			     u32 command, u32 size, int result);
void dxgk_message_count_async(struct dxgk_message_counts __percpu *counts,
			      u32 command, u32 size, int result);
/* Of all processors; those of a moment ago, as others go on counting. */
void dxgk_message_counts_sum(struct dxgk_message_counts __percpu *counts,
			     u32 command, struct dxgk_message_count *ret_sum);

#endif /* DXGK_MESSAGE_COUNTS_H */
