/* SPDX-License-Identifier: MIT */
/*
 * dzn, Vulkan over Direct3D 12: every adapter for graphics is a physical device. One
 * property that fails on one of them fails all.
 */
#include "client-dxcore.h"

#include "d3d12.h"
#include "t-host.h"

#define DEVICES 3

struct physical_device {
	IUnknown *adapter;
	DXCoreHardwareID id;
	uint64_t own, shared, own_system;
	LUID luid;
	bool is_hardware;
	char description[256];
};

static void *library;
static IDXCoreAdapterFactory *factory;
static struct physical_device devices[DEVICES];

static void loads_by_the_bare_name(void)
{
	t_host_use_machine("[adapter]\n"
			   "like = amd\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "compute_only = on\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = intel\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = basic-render\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("dzn", "libdxcore.so", RTLD_LAZY);
	factory = client_factory(library);
}

static void describe(IDXCoreAdapter *adapter, struct physical_device *device)
{
	device->adapter = (IUnknown *)(void *)adapter;
	client_must_get(adapter, HardwareID, sizeof(device->id), &device->id);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(device->own), &device->own);
	client_must_get(adapter, SharedSystemMemory, sizeof(device->shared), &device->shared);
	client_must_get(adapter, DedicatedSystemMemory, sizeof(device->own_system),
			&device->own_system);
	client_must_get(adapter, InstanceLuid, sizeof(device->luid), &device->luid);
	client_must_get(adapter, IsHardware, sizeof(device->is_hardware), &device->is_hardware);
	client_must_get(adapter, DriverDescription, sizeof(device->description),
			device->description);
}

/* The one that only computes is none of them. */
static void describes_each_adapter_for_graphics(void)
{
	static const uint32_t vendors[DEVICES] = { 0x1002, 0x8086, 0x1414 };
	IDXCoreAdapterList *list = client_list(factory, D3D12_GRAPHICS);
	uint32_t i;

	assert_int_equal(t_ask(list, GetAdapterCount), DEVICES);
	for (i = 0; i < DEVICES; i++) {
		describe(client_adapter(list, i), &devices[i]);
		assert_int_equal(devices[i].id.vendorID, vendors[i]);
		assert_int_equal(devices[i].is_hardware, i < 2);
		assert_string_not_equal(devices[i].description, "");
	}
	t_release(list);
}

/* It keeps them as IUnknown, and asks for the interface when it wants a budget. */
static void reads_budgets_through_the_interface(void)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0 };
	DXCoreAdapterMemoryBudget budget;
	uint32_t i;

	for (i = 0; i < DEVICES; i++) {
		void *found = NULL;
		IDXCoreAdapter *adapter;

		client_must_do("QueryInterface", devices[i].adapter, QueryInterface,
			       &IID_IDXCoreAdapter, &found);
		adapter = found;
		memset(&budget, 0xa5, sizeof(budget));
		client_may_query(adapter, AdapterMemoryBudget, sizeof(group), &group,
				 sizeof(budget), &budget);
		assert_in_range(budget.budget, 1, 1 << 30);
		t_release(adapter);
	}
}

static void makes_a_device(void)
{
	void *d3d12 = dlopen("libd3d12.so", RTLD_NOW);
	__typeof__(&D3D12CreateDevice) create;
	void *device = NULL;

	assert_non_null(d3d12);
	*(void **)&create = dlsym(d3d12, "D3D12CreateDevice");
	assert_result(create(devices[0].adapter, D3D_FEATURE_LEVEL_11_0, &IID_IUnknown, &device),
		      S_OK);
	assert_int_equal(t_release(device), 0);
}

static void releases_all(void)
{
	uint32_t i;

	for (i = 0; i < DEVICES; i++)
		t_release(devices[i].adapter);
	assert_int_equal(t_release(factory), 0);
	client_unload(library);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(describes_each_adapter_for_graphics),
		client_step(reads_budgets_through_the_interface),
		client_step(makes_a_device),
		client_step(releases_all),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-dzn", steps, NULL, NULL);
}
