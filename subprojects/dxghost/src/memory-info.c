/* SPDX-License-Identifier: MIT */
/* Budgets and reservations of video memory. */
#include "allocation.h"
#include "handlers.h"

uint64_t dxghost_group_size(const struct dxghost_adapter *adapter,
			    enum dxghost_group group)
{
	return group == DXGHOST_LOCAL ? adapter->profile->local_memory :
					adapter->profile->nonlocal_memory;
}

/* What the other processes use or have reserved, whichever is more of each. */
static uint64_t claimed_by_others(const struct dxghost_space *space,
				  enum dxghost_group group)
{
	struct dxghost_list *it;
	uint64_t sum = 0;

	list_for_each(it, &space->adapter->spaces) {
		const struct dxghost_space *other =
			list_entry(it, struct dxghost_space, adapter_link);

		if (other == space)
			continue;
		sum += other->resident[group] > other->reservation[group] ?
		       other->resident[group] : other->reservation[group];
	}
	return sum;
}

bool dxghost_memory_holds(const struct dxghost_space *space,
			  enum dxghost_group group)
{
	return space->resident[group] + claimed_by_others(space, group) <=
	       dxghost_group_size(space->adapter, group);
}

/* Nine tenths, less what others claim, but never below what is reserved. */
uint64_t dxghost_budget(const struct dxghost_space *space,
			enum dxghost_group group)
{
	uint64_t budget = dxghost_group_size(space->adapter, group) / 10 * 9;
	uint64_t others = claimed_by_others(space, group);

	budget = budget > others ? budget - others : 0;
	return budget > space->reservation[group] ? budget :
						    space->reservation[group];
}

static uint64_t available(const struct dxghost_space *space,
			  enum dxghost_group group)
{
	uint64_t half = dxghost_group_size(space->adapter, group) / 2;
	uint64_t budget = dxghost_budget(space, group);

	return half < budget ? half : budget;
}

dxghost_status dxghost_query_video_memory_info(struct dxghost_call *call)
{
	const struct dxgk_wire_queryvideomemoryinfo *request = call->request;
	struct dxgk_wire_queryvideomemoryinfo_reply *reply = call->reply;
	uint32_t group = request->memory_segment_group;
	struct dxghost_space *space;

	if (request->adapter != call->adapter->handle ||
	    group >= DXGHOST_GROUPS || request->physical_adapter_index)
		return ST_INVALID_PARAMETER;
	space = dxghost_space_of(call);
	if (!space)
		return ST_NO_MEMORY;
	reply->budget = dxghost_budget(space, group);
	reply->current_usage = space->resident[group];
	reply->current_reservation = space->reservation[group];
	reply->available_for_reservation = available(space, group);
	return ST_SUCCESS;
}

dxghost_status dxghost_change_video_memory_reservation(struct dxghost_call *call)
{
	const struct dxgk_wire_changevideomemoryreservation *request =
		call->request;
	uint32_t group = request->args.memory_segment_group;
	struct dxghost_space *space;

	if (request->args.process || group >= DXGHOST_GROUPS ||
	    request->args.physical_adapter_index)
		return ST_INVALID_PARAMETER;
	space = dxghost_space_of(call);
	if (!space)
		return ST_NO_MEMORY;
	if (request->args.reservation > available(space, group))
		return ST_INVALID_PARAMETER;
	space->reservation[group] = request->args.reservation;
	return ST_SUCCESS;
}
