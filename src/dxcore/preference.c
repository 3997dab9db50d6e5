/* SPDX-License-Identifier: MIT */
/* Which adapters come first. */
#include "preference.h"

enum kind { DETACHABLE, DISCRETE, INTEGRATED, SOFTWARE, KINDS };

/* Software is last with any of them: clients stop at the first that is. */
static const uint8_t ranks[][KINDS] = {
	[DXCoreAdapterPreference_Hardware] = { 0, 0, 0, 1 },
	[DXCoreAdapterPreference_MinimumPower] = { 1, 1, 0, 2 },
	[DXCoreAdapterPreference_HighPerformance] = { 0, 1, 2, 3 },
};

bool dxcore_preference_is_known(uint32_t preference)
{
	return preference < sizeof(ranks) / sizeof(ranks[0]);
}

static enum kind kind_of(const struct dxcore_facts *facts)
{
	if (!facts->is_hardware)
		return SOFTWARE;
	if (facts->is_detachable)
		return DETACHABLE;
	return facts->is_integrated ? INTEGRATED : DISCRETE;
}

static bool is_before(const struct dxcore_adapter *one, const struct dxcore_adapter *other,
		      const DXCoreAdapterPreference *preferences, uint32_t count)
{
	enum kind kinds[2] = { kind_of(one->facts), kind_of(other->facts) };
	uint32_t i;

	for (i = 0; i < count; i++) {
		const uint8_t *rank;

		if (!dxcore_preference_is_known(preferences[i]))
			continue;
		rank = ranks[preferences[i]];
		if (rank[kinds[0]] != rank[kinds[1]])
			return rank[kinds[0]] < rank[kinds[1]];
	}
	return false;
}

/* By insertion: stable, and there are few. */
void dxcore_preference_sort(struct dxcore_adapter **adapters, uint32_t adapter_count,
			    const DXCoreAdapterPreference *preferences, uint32_t count)
{
	uint32_t i, at;

	for (i = 1; i < adapter_count; i++) {
		struct dxcore_adapter *moved = adapters[i];

		for (at = i; at && is_before(moved, adapters[at - 1], preferences, count); at--)
			adapters[at] = adapters[at - 1];
		adapters[at] = moved;
	}
}
