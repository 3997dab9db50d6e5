/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Takes back what a killed sender was granted: locks, addresses, residency. */

#include <linux/kernel.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "message.h"
#include "orphan.h"

/* The GPU's, whatever the CPU's are. */
#define DXGK_GPU_PAGE_SIZE	4096ull

/* Locks are counted, so that it does not matter who unlocks. */
void dxgk_orphan_lock(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_unlock2 *request;
	struct dxgk_wire_lock2_reply reply;
	struct dxgk_message message;
	struct dxgk_wire_lock2 made;
	int ret;

	if (!dxgk_orphan_request(orphan, &made, sizeof(made)) ||
	    !dxgk_orphan_reply(orphan, &reply, sizeof(reply)) ||
	    reply.status < 0)
		return;
	ret = dxgk_message_init(&message, NULL, orphan->adapter,
				DXGK_CMD_UNLOCK2, sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->hdr.process = orphan->process;
		request->args.device = made.args.device;
		request->args.allocation = made.args.allocation;
		dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
}

static void dxgk_orphan_free(const struct dxgk_orphan *orphan, u64 address,
			     u64 size)
{
	struct dxgk_wire_freegpuvirtualaddress *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, NULL, orphan->adapter,
				DXGK_CMD_FREEGPUVIRTUALADDRESS,
				sizeof(*request),
				sizeof(struct dxgk_wire_status_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->hdr.process = orphan->process;
		request->args.adapter = orphan->adapter->host_handle;
		request->args.base_address = address;
		request->args.size = size;
		dxgk_message_send_status(&message);
	}
	dxgk_message_end(&message);
}

void dxgk_orphan_reserve(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_reservegpuvirtualaddress_reply reply;
	struct dxgk_wire_reservegpuvirtualaddress made;

	if (dxgk_orphan_request(orphan, &made, sizeof(made)) &&
	    dxgk_orphan_reply(orphan, &reply, sizeof(reply)) &&
	    reply.virtual_address)
		dxgk_orphan_free(orphan, reply.virtual_address, made.args.size);
}

/*
 * What has been mapped where the sender wanted it is left alone: it was its range
 * before, reserved or mapped, and there is no message that makes it so again.
 */
void dxgk_orphan_map(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_mapgpuvirtualaddress_reply reply;
	struct dxgk_wire_mapgpuvirtualaddress made;

	if (dxgk_orphan_request(orphan, &made, sizeof(made)) &&
	    dxgk_orphan_reply(orphan, &reply, sizeof(reply)) &&
	    !made.args.base_address && reply.status >= 0)
		dxgk_orphan_free(orphan, reply.virtual_address,
				 made.args.size_in_pages * DXGK_GPU_PAGE_SIZE);
}

/* The process that the host knows by that handle, or NULL. */
static struct dxgk_process *dxgk_orphan_process(const struct dxgk_orphan *orphan)
{
	struct dxgk_global *global = orphan->global;
	struct dxgk_process *process, *found = NULL;

	mutex_lock(&global->process_lock);
	list_for_each_entry(process, &global->processes, node) {
		if (READ_ONCE(process->host_handle) == orphan->process) {
			dxgk_process_get(process);
			found = process;
			break;
		}
	}
	mutex_unlock(&global->process_lock);
	return found;
}

static void dxgk_orphan_evict(const struct dxgk_orphan *orphan, u32 device,
			      u32 count)
{
	struct dxgk_wire_evict *request;
	struct dxgk_message message;
	int ret;

	ret = dxgk_message_init(&message, NULL, orphan->adapter,
				DXGK_CMD_EVICT,
				sizeof(*request) + (u64)count * sizeof(u32),
				sizeof(struct dxgk_wire_evict_reply));
	if (!ret) {
		dxgk_message_unkillable(&message);
		request = message.request;
		request->hdr.process = orphan->process;
		request->device = device;
		request->alloc_count = count;
		memcpy(request + 1,
		       orphan->request + DXGK_WIRE_MAKERESIDENT_TAIL,
		       count * sizeof(u32));
		dxgk_message_send(&message);
	}
	dxgk_message_end(&message);
}

/*
 * Once made resident more often than evicted, an allocation stays for good. The
 * request names no device: the paging queue does, if the process still has it.
 */
void dxgk_orphan_make_resident(const struct dxgk_orphan *orphan)
{
	struct dxgk_wire_makeresident_reply reply;
	struct dxgk_paging_queue *queue;
	struct dxgk_wire_makeresident made;
	struct dxgk_process *process;

	if (!dxgk_orphan_request(orphan, &made, sizeof(made)) ||
	    !dxgk_orphan_reply(orphan, &reply, sizeof(reply)) ||
	    reply.status < 0 ||
	    (orphan->size - DXGK_WIRE_MAKERESIDENT_TAIL) / sizeof(u32) <
		    made.alloc_count)
		return;
	process = dxgk_orphan_process(orphan);
	if (!process)
		return;
	queue = dxgk_paging_queue_lookup(process, made.paging_queue);
	if (queue) {
		dxgk_orphan_evict(orphan, queue->device->base.handle,
				  made.alloc_count);
		dxgk_paging_queue_put(queue);
	}
	dxgk_process_put(process);
}
