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

/* Nine tenths, less what other processes use, but never below what is kept. */
uint64_t dxghost_budget(const struct dxghost_space *space,
			enum dxghost_group group)
{
	const struct dxghost_adapter *adapter = space->adapter;
	uint64_t budget = dxghost_group_size(adapter, group) / 10 * 9;
	uint64_t others = adapter->resident[group] - space->resident[group];

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
