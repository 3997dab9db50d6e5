/* SPDX-License-Identifier: MIT */
/* Guest processes, and the end of what each has on an adapter. */
#include <stdlib.h>

#include "call.h"
#include "device.h"
#include "handlers.h"
#include "sync.h"

struct dxghost_process *dxghost_process_find(struct dxghost *host,
					     uint32_t handle)
{
	return dxghost_handle_table_find(&host->processes, handle);
}

dxghost_status dxghost_create_process(struct dxghost_call *call)
{
	const struct dxgk_wire_createprocess *request = call->request;
	struct dxghost_process *process = calloc(1, sizeof(*process));

	if (!process)
		return ST_NO_MEMORY;
	process->host = call->host;
	process->pid = request->process_id;
	list_init(&process->spaces);
	/* The guest's own adapter handles begin with other bits. */
	dxghost_handle_table_init(&process->objects, 3, 2, 0);
	process->handle = dxghost_handle_table_add(&call->host->processes,
						   process);
	if (!process->handle) {
		free(process);
		return ST_NO_MEMORY;
	}
	dxghost_reply_u32(call, 0, process->handle);
	return ST_SUCCESS;
}

/*
 * Who ends the process and who closes the adapter may both be at it, as either waits
 * for work with the lock given up. The second waits for the first, and looks again.
 */
void dxghost_space_destroy(struct dxghost_space *space)
{
	struct dxghost *host = space->process->host;

	if (space->is_ending) {
		dxghost_wait_change(host, DXGHOST_FOREVER);
		return;
	}
	space->is_ending = true;
	while (!list_empty(&space->devices))
		dxghost_device_destroy(list_first(&space->devices,
			struct dxghost_device, link));
	while (!list_empty(&space->syncs))
		dxghost_sync_destroy(list_first(&space->syncs,
			struct dxghost_sync, link));
	dxghost_page_table_destroy(&space->table);
	list_del(&space->process_link);
	list_del(&space->adapter_link);
	free(space);
	dxghost_changed(host);
}

static void quiesce_devices(struct dxghost_process *process)
{
	struct dxghost_list *it, *inner;

	list_for_each(it, &process->spaces) {
		struct dxghost_space *space =
			list_entry(it, struct dxghost_space, process_link);

		list_for_each(inner, &space->devices)
			dxghost_device_quiesce(list_entry(inner,
				struct dxghost_device, link));
	}
}

void dxghost_process_destroy(struct dxghost_process *process, uint32_t calls)
{
	struct dxghost *host = process->host;

	dxghost_handle_table_remove(&host->processes, process->handle);
	/* Messages under way end soon when no work is left to wait for. */
	quiesce_devices(process);
	while (process->calls > calls)
		dxghost_wait_change(host, DXGHOST_FOREVER);
	while (!list_empty(&process->spaces))
		dxghost_space_destroy(list_first(&process->spaces,
			struct dxghost_space, process_link));
	dxghost_handle_table_destroy(&process->objects);
	free(process);
}

dxghost_status dxghost_destroy_process(struct dxghost_call *call)
{
	/* The caller's own message is the one that may remain. */
	dxghost_process_destroy(call->process, 1);
	call->process = NULL;
	return ST_SUCCESS;
}
