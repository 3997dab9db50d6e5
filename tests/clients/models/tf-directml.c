/* SPDX-License-Identifier: MIT */
/*
 * TensorFlow-DirectML, and its plugin: the fastest adapters first, up to the first that is
 * no hardware. Every result is looked at, and a failure ends the program.
 */
#include "client-dxcore.h"

#include "d3d12.h"
#include "t-host.h"

#define DEVICES 2

static void *library;
static IDXCoreAdapterFactory *factory;
static IDXCoreAdapterList *list;
static LUID luids[DEVICES];
static unsigned int device_count;

/* Slow, no hardware, fast. */
static void loads_at_its_first_use(void)
{
	t_host_use_machine("[adapter]\n"
			   "like = intel\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = basic-render\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = nvidia\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("tf-directml", "libdxcore.so", RTLD_LAZY);
	factory = client_factory(library);
}

static void sorts_adapters_that_compute_by_performance(void)
{
	const DXCoreAdapterPreference preference = DXCoreAdapterPreference_HighPerformance;

	list = client_list(factory, D3D12_CORE_COMPUTE);
	assert_int_equal(t_ask(list, GetAdapterCount), 3);
	client_must_do("Sort(HighPerformance)", list, Sort, 1, &preference);
}

static bool is_usable(IDXCoreAdapter *adapter)
{
	bool is_hardware = false;
	DXCoreHardwareID id;

	client_must_get(adapter, IsHardware, sizeof(is_hardware), &is_hardware);
	client_must_get(adapter, HardwareID, sizeof(id), &id);
	return is_hardware && !(id.vendorID == 0x1414 && id.deviceID == 0x8c);
}

static void describe(IDXCoreAdapter *adapter, LUID *ret_luid)
{
	uint64_t version, own, shared;
	DXCoreHardwareID id;

	client_must_get(adapter, HardwareID, sizeof(id), &id);
	free(client_description(adapter));
	client_must_get(adapter, DriverVersion, sizeof(version), &version);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(own), &own);
	client_must_get(adapter, SharedSystemMemory, sizeof(shared), &shared);
	client_must_get(adapter, InstanceLuid, sizeof(*ret_luid), ret_luid);
	assert_true(client_has_attribute(adapter, D3D12_GRAPHICS));
	assert_int_equal(id.vendorID, device_count ? 0x8086 : 0x10de);
	assert_int_equal(version >> 48, 32);
	assert_true(own > 0 && shared > 0);
}

/* Were software before them, none of those behind it would be found. */
static void takes_them_up_to_the_first_that_is_no_hardware(void)
{
	uint32_t i;

	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		IDXCoreAdapter *adapter = client_adapter(list, i);
		bool is_the_end = !is_usable(adapter);

		if (!is_the_end) {
			assert_true(device_count < DEVICES);
			describe(adapter, &luids[device_count]);
			device_count++;
		}
		t_release(adapter);
		if (is_the_end)
			break;
	}
	assert_int_equal(device_count, DEVICES);
	t_release(list);
}

static void make_device(IDXCoreAdapter *adapter)
{
	void *d3d12 = dlopen("libd3d12.so", RTLD_LAZY);
	__typeof__(&D3D12CreateDevice) create;
	void *device = NULL;

	assert_non_null(d3d12);
	*(void **)&create = dlsym(d3d12, "D3D12CreateDevice");
	assert_result(create((IUnknown *)(void *)adapter, D3D_FEATURE_LEVEL_11_0, &IID_IUnknown,
			     &device), S_OK);
	t_release(device);
}

/* Both groups, and it aborts unless that works. */
static void check_budgets(IDXCoreAdapter *adapter)
{
	DXCoreAdapterMemoryBudgetNodeSegmentGroup group = { 0 };
	DXCoreAdapterMemoryBudget budget;

	for (; group.segmentGroup <= DXCoreSegmentGroup_NonLocal; group.segmentGroup++) {
		client_must_query(adapter, AdapterMemoryBudget, sizeof(group), &group,
				  sizeof(budget), &budget);
		assert_true(budget.budget > 0);
		assert_true(budget.availableForReservation > 0);
	}
}

/* 1.15 goes by the LUID; objects are used as the interface that is asked for. */
static void makes_a_device_of_each_by_its_luid(void)
{
	unsigned int i;

	for (i = 0; i < device_count; i++) {
		void *found = NULL, *unknown = NULL;

		client_must_do("GetAdapterByLuid", factory, GetAdapterByLuid, &luids[i],
			       &IID_IUnknown, &unknown);
		client_must_do("QueryInterface", (IUnknown *)unknown, QueryInterface,
			       &IID_IDXCoreAdapter, &found);
		assert_ptr_equal(found, unknown);
		make_device(found);
		check_budgets(found);
		t_release(found);
		t_release(unknown);
	}
	assert_int_equal(t_release(factory), 0);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_at_its_first_use),
		client_step(sorts_adapters_that_compute_by_performance),
		client_step(takes_them_up_to_the_first_that_is_no_hardware),
		client_step(makes_a_device_of_each_by_its_luid),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-tf-directml", steps, NULL, NULL);
}
