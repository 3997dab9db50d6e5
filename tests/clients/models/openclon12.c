/* SPDX-License-Identifier: MIT */
/* OpenCLOn12: platforms and devices of OpenCL, from adapters that compute. */
#include "client-dxcore.h"

static void *library;
static IDXCoreAdapterFactory *factory;
static IDXCoreAdapterList *list;
static IDXCoreAdapter *adapter;
static LUID luid;

static void loads_by_the_bare_name(void)
{
	library = client_load("openclon12", "libdxcore.so", RTLD_LAZY);
	factory = client_factory(library);
}

static void lists_adapters_that_compute(void)
{
	list = client_list(factory, D3D12_CORE_COMPUTE);
	assert_true(t_ask(list, GetAdapterCount) > 0);
	adapter = client_adapter(list, 0);
}

/* A state without an input, of one byte. */
static void asks_whether_the_driver_is_being_updated(void)
{
	bool is_updated = true;

	_Static_assert(sizeof(is_updated) == 1, "a byte");
	client_must_query(adapter, IsDriverUpdateInProgress, 0, NULL, sizeof(is_updated),
			  &is_updated);
	assert_false(is_updated);
}

static void describes_the_device(void)
{
	char *description = client_description(adapter);
	uint64_t own, shared;
	DXCoreHardwareID id;

	client_must_get(adapter, HardwareID, sizeof(id), &id);
	client_must_get(adapter, SharedSystemMemory, sizeof(shared), &shared);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(own), &own);
	client_must_get(adapter, InstanceLuid, sizeof(luid), &luid);
	assert_true(own > 0);
	assert_true(shared > 0);
	assert_true(id.vendorID != 0);
	assert_true(luid.LowPart != 0);
	free(description);
}

/* By its LUID, and it is the very same object. */
static void finds_the_adapter_again_for_its_budgets(void)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0 };
	DXCoreAdapterMemoryBudget budget;
	void *again = NULL;

	client_must_do("GetAdapterByLuid", factory, GetAdapterByLuid, &luid, &IID_IDXCoreAdapter,
		       &again);
	assert_ptr_equal(again, adapter);
	for (; group.segmentGroup <= DXCoreSegmentGroup_NonLocal; group.segmentGroup++) {
		client_must_query(adapter, AdapterMemoryBudget, sizeof(group), &group,
				  sizeof(budget), &budget);
		assert_true(budget.budget > 0);
		assert_int_equal(budget.currentUsage, 0);
	}
	t_release(again);
}

static void releases_all(void)
{
	t_release(adapter);
	t_release(list);
	assert_int_equal(t_release(factory), 0);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(lists_adapters_that_compute),
		client_step(asks_whether_the_driver_is_being_updated),
		client_step(describes_the_device),
		client_step(finds_the_adapter_again_for_its_budgets),
		client_step(releases_all),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-openclon12", steps, NULL, NULL);
}
