/* SPDX-License-Identifier: MIT */
/* Accounts of what is resident. */
#include "allocation.h"

uint32_t dxghost_priority_class(uint32_t priority)
{
	static const uint32_t limits[DXGHOST_PRIORITY_CLASSES - 1] = {
		0x3C000000, 0x64000000, 0x8C000000, 0xB4000000,
	};
	uint32_t i = 0;

	while (i < DXGHOST_PRIORITY_CLASSES - 1 && priority >= limits[i])
		i++;
	return i;
}

void dxghost_residency_settle(struct dxghost_allocation *allocation)
{
	struct dxghost_space *space = allocation->object.space;

	if (!allocation->lingering)
		return;
	allocation->lingering = false;
	space->adapter->lingering[allocation->group] -=
		allocation->memory->size;
}

void dxghost_residency_recount(struct dxghost_allocation *allocation)
{
	struct dxghost_space *space = allocation->object.space;
	uint64_t size = allocation->memory->size;

	if (allocation->counted || !allocation->resident ||
	    allocation->discarded)
		return;
	dxghost_residency_settle(allocation);
	allocation->counted = true;
	space->resident[allocation->group] += size;
	space->adapter->resident[allocation->group] += size;
	space->adapter->resident_allocations[allocation->group]++;
}

void dxghost_residency_uncount(struct dxghost_allocation *allocation)
{
	struct dxghost_space *space = allocation->object.space;
	uint64_t size = allocation->memory->size;

	if (!allocation->counted)
		return;
	allocation->counted = false;
	space->resident[allocation->group] -= size;
	space->adapter->resident[allocation->group] -= size;
	space->adapter->resident_allocations[allocation->group]--;
}

void dxghost_residency_note_eviction(const struct dxghost_allocation *allocation)
{
	struct dxghost_space *space = allocation->object.space;

	space->evicted += allocation->memory->size;
	space->adapter->evicted[allocation->group]
		[dxghost_priority_class(allocation->priority)] +=
			allocation->memory->size;
}

void dxghost_residency_add(struct dxghost_allocation *allocation)
{
	allocation->resident++;
	dxghost_residency_recount(allocation);
}

void dxghost_residency_remove(struct dxghost_allocation *allocation, bool linger)
{
	struct dxghost_adapter *adapter = allocation->object.space->adapter;

	if (!allocation->resident || --allocation->resident)
		return;
	allocation->usable = false;
	if (linger && allocation->counted) {
		allocation->lingering = true;
		adapter->lingering[allocation->group] +=
			allocation->memory->size;
	}
	dxghost_residency_uncount(allocation);
}
