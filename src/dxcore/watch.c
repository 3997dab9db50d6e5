/* SPDX-License-Identifier: MIT */
/* What a notification waits for: whether it is time to call. */
#include "watch.h"

#include <string.h>

#include "adapter-list.h"
#include "adapter.h"
#include "query.h"
#include "state.h"

bool dxcore_watch_is_known(uint32_t type)
{
	return type <= DXCoreNotificationType_AdapterHardwareContentProtectionTeardown;
}

bool dxcore_watch_fits(IUnknown *object, uint32_t type)
{
	if (type == DXCoreNotificationType_AdapterListStale)
		return dxcore_list_from_unknown(object);
	return dxcore_adapter_from_unknown(object);
}

static void read_budgets(const struct dxcore_facts *facts,
			 uint64_t budgets[DXCORE_PHYSICAL_MAX][2])
{
	DXCoreAdapterMemoryBudget budget;
	uint32_t i, group;

	for (i = 0; i < facts->physical_count; i++) {
		for (group = 0; group < 2; group++) {
			DXCoreAdapterMemoryBudgetNodeSegmentGroup in = { i, group };

			if (dxcore_state_query(facts, DXCoreAdapterState_AdapterMemoryBudget,
					       sizeof(in), &in, sizeof(budget), &budget) == S_OK)
				budgets[i][group] = budget.budget;
		}
	}
}

/* A failure is no change: the last figures stay. */
static bool has_new_budget(struct dxcore_watch *watch, const struct dxcore_facts *facts)
{
	uint64_t budgets[DXCORE_PHYSICAL_MAX][2];
	bool is_new;

	memcpy(budgets, watch->budgets, sizeof(budgets));
	read_budgets(facts, budgets);
	is_new = memcmp(budgets, watch->budgets, sizeof(budgets));
	memcpy(watch->budgets, budgets, sizeof(budgets));
	return is_new;
}

static bool has_new_teardown(struct dxcore_watch *watch, const struct dxcore_facts *facts)
{
	D3DKMT_HANDLE adapter;
	uint32_t count = 0;
	NTSTATUS status;
	bool is_new;

	if (dxcore_query_open(facts->luid, &adapter) < 0)
		return false;
	status = dxcore_query_info(adapter, KMTQAITYPE_QUERY_HW_PROTECTION_TEARDOWN_COUNT, &count,
				   sizeof(count));
	dxcore_query_close(adapter);
	if (status < 0)
		return false;
	is_new = count != watch->teardowns;
	watch->teardowns = count;
	return is_new;
}

bool dxcore_watch_look(struct dxcore_watch *watch)
{
	struct dxcore_adapter *adapter = dxcore_adapter_from_unknown(watch->object);
	bool is_first = !watch->has_called;
	bool is_due = false;

	switch (watch->type) {
	case DXCoreNotificationType_AdapterListStale:
		is_due = is_first &&
			 dxcore_list_is_stale(dxcore_list_from_unknown(watch->object));
		break;
	case DXCoreNotificationType_AdapterNoLongerValid:
		is_due = is_first && !dxcore_adapter_is_valid(adapter);
		break;
	case DXCoreNotificationType_AdapterBudgetChange:
		is_due = has_new_budget(watch, adapter->facts) || is_first;
		break;
	case DXCoreNotificationType_AdapterHardwareContentProtectionTeardown:
		is_due = has_new_teardown(watch, adapter->facts) || is_first;
		break;
	}
	watch->has_called |= is_due;
	return is_due;
}
