/* SPDX-License-Identifier: MIT */
/* Memory pressure: offered memory is discarded, evicted memory really leaves. */
#include "pressure.h"

/* The pages of the guest are its own, and what others opened is theirs. */
static bool is_alone(const struct dxghost_memory *memory)
{
	return memory->base && memory->refs == 1 && !memory->users;
}

static bool is_discardable(const struct dxghost_allocation *allocation)
{
	return allocation->offered && allocation->idle &&
	       !allocation->discarded && !allocation->dead &&
	       is_alone(allocation->memory);
}

/* AUTO is the allocation's own priority: below NORMAL it is LOW, and so on. */
static uint32_t offer_rank(const struct dxghost_allocation *allocation)
{
	if (allocation->offer_priority != DXGHOST_OFFER_AUTO)
		return allocation->offer_priority;
	if (allocation->priority < DXGHOST_PRIORITY_NORMAL)
		return DXGHOST_OFFER_LOW;
	return allocation->priority == DXGHOST_PRIORITY_NORMAL ?
	       DXGHOST_OFFER_NORMAL : DXGHOST_OFFER_HIGH;
}

static bool goes_before(const struct dxghost_allocation *a,
			const struct dxghost_allocation *b)
{
	if (!b || offer_rank(a) != offer_rank(b))
		return !b || offer_rank(a) < offer_rank(b);
	return a->offer_serial < b->offer_serial;
}

typedef bool suits(const struct dxghost_allocation *allocation, int group);

static struct dxghost_allocation *
next_of_device(struct dxghost_device *device, suits *suits, int group,
	       struct dxghost_allocation *best)
{
	struct dxghost_list *it;

	list_for_each(it, &device->allocations) {
		struct dxghost_allocation *allocation =
			list_entry(it, struct dxghost_allocation, link);

		if (suits(allocation, group) && goes_before(allocation, best))
			best = allocation;
	}
	return best;
}

static struct dxghost_allocation *next(struct dxghost_adapter *adapter,
				       suits *suits, int group)
{
	struct dxghost_allocation *best = NULL;
	struct dxghost_list *i, *k;

	list_for_each(i, &adapter->spaces) {
		struct dxghost_space *space =
			list_entry(i, struct dxghost_space, adapter_link);

		list_for_each(k, &space->devices)
			best = next_of_device(list_entry(k,
					struct dxghost_device, link),
				suits, group, best);
	}
	return best;
}

static bool suits_discard(const struct dxghost_allocation *allocation, int group)
{
	return (int)allocation->group == group && allocation->counted &&
	       is_discardable(allocation);
}

static bool suits_decommit(const struct dxghost_allocation *allocation, int group)
{
	(void)group;
	return allocation->may_decommit && !allocation->memory->decommitted &&
	       !allocation->locks && is_alone(allocation->memory) &&
	       (is_discardable(allocation) ||
		(allocation->offered && allocation->discarded));
}

static void discard(struct dxghost_allocation *allocation)
{
	allocation->discarded = true;
	allocation->usable = false;
	if (allocation->counted || allocation->lingering)
		dxghost_residency_note_eviction(allocation);
	dxghost_residency_uncount(allocation);
	dxghost_residency_settle(allocation);
}

bool dxghost_pressure_discard(struct dxghost_adapter *adapter,
			      enum dxghost_group group)
{
	struct dxghost_allocation *victim = next(adapter, suits_discard,
						 (int)group);

	if (!victim)
		return false;
	discard(victim);
	dxghost_memory_clear(adapter->host, victim->memory);
	return true;
}

bool dxghost_pressure_decommit(struct dxghost_adapter *adapter, uint64_t size)
{
	struct dxghost_allocation *victim;

	while (!dxghost_memory_fits(adapter, size)) {
		victim = next(adapter, suits_decommit, 0);
		if (!victim)
			return false;
		if (!victim->discarded)
			discard(victim);
		dxghost_memory_decommit(adapter->host, victim->memory);
	}
	return true;
}

static bool suits_settle(const struct dxghost_allocation *allocation, int group)
{
	return (int)allocation->group == group && allocation->lingering;
}

void dxghost_pressure_settle(struct dxghost_adapter *adapter,
			     enum dxghost_group group)
{
	struct dxghost_allocation *victim;

	while (adapter->resident[group] + adapter->lingering[group] >
	       dxghost_group_size(adapter, group)) {
		victim = next(adapter, suits_settle, (int)group);
		if (!victim)
			break;
		dxghost_residency_note_eviction(victim);
		dxghost_residency_settle(victim);
	}
}
