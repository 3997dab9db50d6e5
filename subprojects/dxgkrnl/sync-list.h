/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The objects of a wait or a signal, checked before the host is asked. */
#ifndef DXGK_SYNC_LIST_H
#define DXGK_SYNC_LIST_H

#include <linux/types.h>

#include "uapi.h"

struct dxgk_adapter;
struct dxgk_process;

/* Also the most that fit: those of a wait are as many. */
#define DXGK_SYNC_LIST_MAX	DXG_MAX_OBJECT_SIGNALED

/**
 * struct dxgk_sync_list - what a call works on
 * @is_fence: all are monitored fences; else all are of the older kinds
 * @handles: @count of them
 * @values: @count of 64 bits each, at any address
 *
 * Both arrays are those of the message: they are read from the caller once, to
 * where they are used, and looked at there.
 */
struct dxgk_sync_list {
	u32 count;
	bool is_fence;
	u32 *handles;
	u8 *values;
};

/**
 * dxgk_sync_list_read() - take the handles from the caller and look at them
 * @process: whose they are
 * @adapter: on which they are to be used
 * @list: @count has been checked, the arrays have room
 * @handles: user address of the handles
 * @forbidden: DXG_SYNC_OBJECT_ flag that none of them may have: -EACCES
 *
 * -EINVAL: no such object, of another adapter (unless it is a cross-adapter one),
 * or kinds mixed. One-way messages have no other way to fail in time.
 */
int dxgk_sync_list_read(struct dxgk_process *process,
			const struct dxgk_adapter *adapter,
			struct dxgk_sync_list *list, u64 handles,
			u32 forbidden);
/* The same for handles that are in @list already. */
int dxgk_sync_list_check(struct dxgk_process *process,
			 const struct dxgk_adapter *adapter,
			 struct dxgk_sync_list *list, u32 forbidden);
int dxgk_sync_list_read_values(struct dxgk_sync_list *list, u64 values);
void dxgk_sync_list_set_value(struct dxgk_sync_list *list, u32 i, u64 value);
u64 dxgk_sync_list_value(const struct dxgk_sync_list *list, u32 i);
/* Whether what can be seen from here already satisfies a wait. */
bool dxgk_sync_list_reached(struct dxgk_process *process,
			    const struct dxgk_sync_list *list, bool any);

/* All contexts, or hardware queues, are the caller's and the adapter's. */
int dxgk_check_contexts(struct dxgk_process *process,
			const struct dxgk_adapter *adapter, const u32 *handles,
			u32 count);
int dxgk_check_hw_queues(struct dxgk_process *process,
			 const struct dxgk_adapter *adapter,
			 const u32 *handles, u32 count);

#endif /* DXGK_SYNC_LIST_H */
