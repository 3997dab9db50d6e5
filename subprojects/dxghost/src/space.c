/* SPDX-License-Identifier: MIT */
/* What a process has on an adapter. */
#include <stdlib.h>

#include "call.h"

struct dxghost_space *dxghost_space_of(const struct dxghost_call *call)
{
	struct dxghost_space *space;
	struct dxghost_list *it;

	list_for_each(it, &call->process->spaces) {
		space = list_entry(it, struct dxghost_space, process_link);
		if (space->adapter == call->adapter)
			return space;
	}
	space = calloc(1, sizeof(*space));
	if (!space)
		return NULL;
	space->process = call->process;
	space->adapter = call->adapter;
	dxghost_page_table_init(&space->table);
	list_init(&space->devices);
	list_init(&space->syncs);
	list_init(&space->queues);
	list_add_tail(&space->process_link, &call->process->spaces);
	list_add_tail(&space->adapter_link, &call->adapter->spaces);
	return space;
}
