/* SPDX-License-Identifier: MIT */
/*
 * Mesa's d3d12: libd3d12.so first, by its bare name, and then libdxcore.so. It makes a
 * screen for each of three platforms, and never gives a list back.
 */
#include "client-dxcore.h"

#include <strings.h>

#include "d3d12.h"
#include "t-host.h"

#define SCREENS 3
#define DESCRIPTION_SIZE 256

/* In the order in which they are asked for. */
struct screen {
	IDXCoreAdapterFactory *factory;
	IDXCoreAdapter *adapter;
	DXCoreHardwareID id;
	uint64_t own, own_system, shared, version;
	char description[DESCRIPTION_SIZE];
	IUnknown *device;
};

static void *library;
static __typeof__(&D3D12CreateDevice) create_device;
static struct screen screens[SCREENS];
/* Not lost, for those who look for what is. */
static IDXCoreAdapterList *lists[SCREENS + 2];
static unsigned int list_count;

static void loads_d3d12_first(void)
{
	void *d3d12 = dlopen("libd3d12.so", RTLD_LAZY);

	if (!d3d12)
		t_fail(dlerror(), __FILE__, __LINE__);
	*(void **)&create_device = dlsym(d3d12, "D3D12CreateDevice");
	assert_non_null(create_device);
	t_host_use_machine("[adapter]\n"
			   "like = nvidia\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = intel\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("mesa-d3d12", "libdxcore.so", RTLD_LAZY);
}

static IDXCoreAdapterList *list_adapters(IDXCoreAdapterFactory *factory)
{
	IDXCoreAdapterList *list = client_list(factory, D3D12_GRAPHICS);

	assert_int_equal(t_ask(list, GetAdapterCount), 2);
	lists[list_count++] = list;
	return list;
}

/* The first that is integrated, else the first. */
static IDXCoreAdapter *choose_integrated(IDXCoreAdapterList *list)
{
	uint32_t i;

	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		IDXCoreAdapter *adapter = client_adapter(list, i);
		bool is_integrated = false;

		client_may_get(adapter, IsIntegrated, sizeof(is_integrated), &is_integrated);
		if (is_integrated)
			return adapter;
		t_release(adapter);
	}
	return client_adapter(list, 0);
}

/* The first whose name has @part in it, in any case. */
static IDXCoreAdapter *choose_by_name(IDXCoreAdapterList *list, const char *part)
{
	uint32_t i;

	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		IDXCoreAdapter *adapter = client_adapter(list, i);
		char *description = client_description(adapter);
		bool is_it = strcasestr(description, part);

		free(description);
		if (is_it)
			return adapter;
		t_release(adapter);
	}
	return NULL;
}

/* A larger buffer than the name needs is accepted. */
static void describe(struct screen *screen)
{
	IDXCoreAdapter *adapter = screen->adapter;

	client_must_get(adapter, HardwareID, sizeof(screen->id), &screen->id);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(screen->own), &screen->own);
	client_must_get(adapter, DedicatedSystemMemory, sizeof(screen->own_system),
			&screen->own_system);
	client_must_get(adapter, SharedSystemMemory, sizeof(screen->shared), &screen->shared);
	client_must_get(adapter, DriverVersion, sizeof(screen->version), &screen->version);
	client_must_get(adapter, DriverDescription, sizeof(screen->description),
			screen->description);
}

static void create(struct screen *screen, int level)
{
	void *device = NULL;

	client_note("QueryInterface", create_device((IUnknown *)(void *)screen->adapter, level,
						    &IID_IUnknown, &device));
	screen->device = device;
}

static void makes_a_screen_for_each_platform(void)
{
	unsigned int i;

	for (i = 0; i < SCREENS; i++) {
		screens[i].factory = client_factory(library);
		screens[i].adapter = choose_integrated(list_adapters(screens[i].factory));
		describe(&screens[i]);
		create(&screens[i], D3D_FEATURE_LEVEL_11_0);
		assert_non_null(screens[i].device);
		assert_ptr_equal(screens[i].factory, screens[0].factory);
		assert_ptr_equal(screens[i].adapter, screens[0].adapter);
	}
	assert_int_equal(screens[0].id.vendorID, 0x8086);
	assert_string_equal(screens[0].description, "Intel(R) Iris(R) Xe Graphics");
	assert_int_equal(screens[0].own, 64u << 20);
	assert_true(screens[0].shared > 0);
	assert_int_equal(screens[0].version >> 48, 32);
}

/* What would not fit into the buffer is refused, and not a byte behind it is written. */
static void a_name_too_long_for_the_buffer_fails(void)
{
	char buffer[] = "........||||||||";

	assert_true(t_call(screens[0].adapter, GetProperty,
			   DXCoreAdapterProperty_DriverDescription, 8, buffer) < 0);
	assert_string_equal(buffer + 8, "||||||||");
}

static void finds_an_adapter_by_its_name(void)
{
	IDXCoreAdapterList *list = list_adapters(screens[0].factory);
	IDXCoreAdapter *adapter = choose_by_name(list, "geforce");

	assert_non_null(adapter);
	assert_ptr_not_equal(adapter, screens[0].adapter);
	t_release(adapter);
	assert_null(choose_by_name(list, "voodoo"));
}

/* Newer ones ask for the adapter, and go through the list if that fails. */
static void finds_an_adapter_by_its_luid(void)
{
	LUID nobodys = { .LowPart = 0xdeadbeef };
	LUID luid;
	void *adapter = &adapter;

	assert_result(t_call(screens[0].adapter, GetProperty, DXCoreAdapterProperty_InstanceLuid,
			     sizeof(luid), &luid), S_OK);
	assert_result(t_call(screens[0].factory, GetAdapterByLuid, &nobodys, &IID_IDXCoreAdapter,
			     &adapter), E_INVALIDARG);
	assert_null(adapter);
	client_must_do("GetAdapterByLuid", screens[0].factory, GetAdapterByLuid, &luid,
		       &IID_IDXCoreAdapter, &adapter);
	assert_ptr_equal(adapter, screens[0].adapter);
	t_release(adapter);
}

/* It never looks at the result, only at what is in the structure then. */
static void reads_budgets_without_a_look_at_the_result(void)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0 };
	DXCoreAdapterMemoryBudget budget;

	for (; group.segmentGroup <= DXCoreSegmentGroup_NonLocal; group.segmentGroup++) {
		memset(&budget, 0xa5, sizeof(budget));
		client_may_query(screens[0].adapter, AdapterMemoryBudget, sizeof(group), &group,
				 sizeof(budget), &budget);
		assert_true(budget.budget < 64ull << 30);
		assert_true(budget.currentUsage <= budget.budget);
	}
}

/* As above, of a node that there is not. */
static void reads_zero_where_there_is_no_budget(void)
{
	static const DXCoreAdapterMemoryBudget zero;
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { .nodeIndex = 77 };
	DXCoreAdapterMemoryBudget budget;

	memset(&budget, 0xa5, sizeof(budget));
	client_may_query(screens[0].adapter, AdapterMemoryBudget, sizeof(group), &group,
			 sizeof(budget), &budget);
	assert_memory_equal(&budget, &zero, sizeof(zero));
}

static void gives_adapter_and_factory_back_if_d3d12_fails(void)
{
	struct screen failed = { .factory = client_factory(library) };

	failed.adapter = choose_integrated(list_adapters(failed.factory));
	describe(&failed);
	create(&failed, 0);
	assert_null(failed.device);
	/* Screens, their devices, and lists still have it. */
	assert_int_equal(t_release(failed.adapter), 2 * SCREENS + list_count);
	t_release(failed.factory);
}

/* Devices and screens go; the lists, which are leaked, keep factory and adapters. */
static void ends_with_its_lists(void)
{
	unsigned int i;

	for (i = 0; i < SCREENS; i++) {
		assert_int_equal(t_release(screens[i].device), 0);
		t_release(screens[i].adapter);
		assert_true(t_release(screens[i].factory) > 0);
	}
	assert_int_equal(list_count, SCREENS + 2);
	for (i = 0; i < list_count; i++)
		assert_int_equal(t_ask(lists[i], GetAdapterCount), 2);
	client_unload(library);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_d3d12_first),
		client_step(makes_a_screen_for_each_platform),
		client_step(a_name_too_long_for_the_buffer_fails),
		client_step(finds_an_adapter_by_its_name),
		client_step(finds_an_adapter_by_its_luid),
		client_step(reads_budgets_without_a_look_at_the_result),
		client_step(reads_zero_where_there_is_no_budget),
		client_step(gives_adapter_and_factory_back_if_d3d12_fails),
		client_step(ends_with_its_lists),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-mesa-d3d12", steps, NULL, NULL);
}
