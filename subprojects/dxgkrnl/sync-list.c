/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Reads and checks the objects of waits and signals. */

#include <linux/errno.h>
#include <linux/string.h>

#include "dxgkrnl.h"
#include "ioctl.h"
#include "sync-list.h"

static int dxgk_sync_list_check_one(struct dxgk_sync_list *list, u32 i,
				    const struct dxgk_sync *sync,
				    const struct dxgk_adapter *adapter,
				    u32 forbidden)
{
	bool is_fence = dxgk_sync_is_fence(sync);

	if (!dxgk_sync_is_usable_on(sync, adapter))
		return -EINVAL;
	/* The display alone signals its fences. */
	if (sync->type == DXG_SYNC_TYPE_PERIODIC_MONITORED_FENCE &&
	    (forbidden & DXG_SYNC_OBJECT_NO_SIGNAL))
		return -EINVAL;
	if (sync->flags & forbidden)
		return -EACCES;
	if (i && is_fence != list->is_fence)
		return -EINVAL;
	list->is_fence = is_fence;
	return 0;
}

int dxgk_sync_list_check(struct dxgk_process *process,
			 const struct dxgk_adapter *adapter,
			 struct dxgk_sync_list *list, u32 forbidden)
{
	struct dxgk_sync *sync;
	int ret = 0;
	u32 i;

	for (i = 0; !ret && i < list->count; i++) {
		sync = dxgk_sync_lookup(process, list->handles[i]);
		if (!sync)
			return -EINVAL;
		ret = dxgk_sync_list_check_one(list, i, sync, adapter,
					       forbidden);
		dxgk_sync_put(sync);
	}
	return ret;
}

int dxgk_sync_list_read(struct dxgk_process *process,
			const struct dxgk_adapter *adapter,
			struct dxgk_sync_list *list, u64 handles,
			u32 forbidden)
{
	int ret;

	ret = dxgk_copy_in(list->handles, handles,
			   list->count * sizeof(list->handles[0]));
	return ret ? ret : dxgk_sync_list_check(process, adapter, list,
						forbidden);
}

int dxgk_sync_list_read_values(struct dxgk_sync_list *list, u64 values)
{
	return dxgk_copy_in(list->values, values, list->count * sizeof(u64));
}

/* In messages they stand behind any number of handles. */
void dxgk_sync_list_set_value(struct dxgk_sync_list *list, u32 i, u64 value)
{
	memcpy(list->values + i * sizeof(value), &value, sizeof(value));
}

u64 dxgk_sync_list_value(const struct dxgk_sync_list *list, u32 i)
{
	u64 value;

	memcpy(&value, list->values + i * sizeof(value), sizeof(value));
	return value;
}

bool dxgk_sync_list_reached(struct dxgk_process *process,
			    const struct dxgk_sync_list *list, bool any)
{
	struct dxgk_sync *sync;
	bool is_reached;
	u64 value;
	u32 i;

	for (i = 0; i < list->count; i++) {
		sync = dxgk_sync_lookup(process, list->handles[i]);
		is_reached = sync && dxgk_sync_value(sync, &value) &&
			     value >= dxgk_sync_list_value(list, i);
		if (sync)
			dxgk_sync_put(sync);
		if (is_reached == any)
			return any;
	}
	return !any;
}

int dxgk_check_contexts(struct dxgk_process *process,
			const struct dxgk_adapter *adapter, const u32 *handles,
			u32 count)
{
	struct dxgk_context *context;
	int ret = 0;
	u32 i;

	for (i = 0; !ret && i < count; i++) {
		context = dxgk_context_lookup(process, handles[i]);
		if (!context)
			return -EINVAL;
		if (context->device->adapter != adapter)
			ret = -EINVAL;
		dxgk_context_put(context);
	}
	return ret;
}

int dxgk_check_hw_queues(struct dxgk_process *process,
			 const struct dxgk_adapter *adapter,
			 const u32 *handles, u32 count)
{
	struct dxgk_hw_queue *queue;
	int ret = 0;
	u32 i;

	for (i = 0; !ret && i < count; i++) {
		queue = dxgk_hw_queue_lookup(process, handles[i]);
		if (!queue)
			return -EINVAL;
		if (queue->context->device->adapter != adapter)
			ret = -EINVAL;
		dxgk_hw_queue_put(queue);
	}
	return ret;
}
