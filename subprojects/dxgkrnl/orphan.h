/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A request whose sender was killed, and its late answer: see orphan.c. */
#ifndef DXGK_ORPHAN_H
#define DXGK_ORPHAN_H

#include <linux/string.h>
#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_global;

/**
 * struct dxgk_orphan - what a killed sender has left behind
 * @adapter: whom it was sent to, NULL for commands of the virtual machine
 * @process: the sender, as the host knows it; its object here may be gone
 * @command: DXGK_CMD_... or DXGK_VMCMD_...
 * @request: @size bytes from the command's header on
 * @reply: @reply_size bytes
 */
struct dxgk_orphan {
	struct dxgk_global *global;
	struct dxgk_adapter *adapter;
	u32 process;
	u32 command;
	const u8 *request;
	u32 size;
	const u8 *reply;
	u32 reply_size;
};

/* Copies the first @size bytes; false: it is shorter. */
static inline bool dxgk_orphan_request(const struct dxgk_orphan *orphan,
				       void *ret, u32 size)
{
	if (orphan->size < size)
		return false;
	memcpy(ret, orphan->request, size);
	return true;
}

static inline bool dxgk_orphan_reply(const struct dxgk_orphan *orphan,
				     void *ret, u32 size)
{
	if (orphan->reply_size < size)
		return false;
	memcpy(ret, orphan->reply, size);
	return true;
}

/* orphan-grant.c: what is no object; all want an adapter. */
void dxgk_orphan_lock(const struct dxgk_orphan *orphan);
void dxgk_orphan_reserve(const struct dxgk_orphan *orphan);
void dxgk_orphan_map(const struct dxgk_orphan *orphan);
void dxgk_orphan_make_resident(const struct dxgk_orphan *orphan);

#endif /* DXGK_ORPHAN_H */
