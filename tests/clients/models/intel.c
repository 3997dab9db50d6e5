/* SPDX-License-Identifier: MIT */
/*
 * Intel's compute runtime, OpenCL and Level Zero: the library by its path, once for the
 * functions and once for DXCore. A symbol or an answer that is not as it wants ends it.
 */
#include "intel.h"

#include <wchar.h>

#include "client-dxcore.h"
#include "t-host.h"
#include "t-leak.h"

struct intel intel;

static void *functions, *dxcore;
static IDXCoreAdapterFactory *factory;
static IDXCoreAdapterList *list;
static wchar_t store[MAX_PATH];

static void loads_by_the_path_twice(void)
{
	t_host_use_machine("[adapter]\n"
			   "like = basic-render\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = nvidia\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = intel\n"
			   CLIENT_LITTLE_MEMORY);
	dxcore = client_load("intel", client_fixed_path(), RTLD_LAZY);
	functions = client_load("intel", client_fixed_path(), RTLD_LAZY);
}

/* One that is missing, and there is no platform; without the last it crashes at the end. */
static void takes_34_symbols_and_one(void)
{
	static const char *const symbols[] = {
		"D3DKMTOpenAdapterFromLuid", "D3DKMTCloseAdapter", "D3DKMTQueryAdapterInfo",
		"D3DKMTEscape", "D3DKMTCreateDevice", "D3DKMTDestroyDevice",
		"D3DKMTCreateContextVirtual", "D3DKMTDestroyContext", "D3DKMTCreateAllocation2",
		"D3DKMTDestroyAllocation2", "D3DKMTOpenResource", "D3DKMTQueryResourceInfo",
		"D3DKMTShareObjects", "D3DKMTCreateSynchronizationObject",
		"D3DKMTCreateSynchronizationObject2", "D3DKMTDestroySynchronizationObject",
		"D3DKMTSignalSynchronizationObject", "D3DKMTWaitForSynchronizationObject",
		"D3DKMTSignalSynchronizationObjectFromCpu",
		"D3DKMTWaitForSynchronizationObjectFromCpu",
		"D3DKMTSignalSynchronizationObjectFromGpu",
		"D3DKMTWaitForSynchronizationObjectFromGpu", "D3DKMTCreatePagingQueue",
		"D3DKMTDestroyPagingQueue", "D3DKMTLock2", "D3DKMTUnlock2",
		"D3DKMTMapGpuVirtualAddress", "D3DKMTReserveGpuVirtualAddress",
		"D3DKMTFreeGpuVirtualAddress", "D3DKMTUpdateGpuVirtualAddress",
		"D3DKMTSubmitCommand", "D3DKMTMakeResident", "D3DKMTEvict",
		"D3DKMTSetContextSchedulingPriority", "D3DKMTGetDeviceState", NULL,
	};

	_Static_assert(sizeof(symbols) / sizeof(symbols[0]) - 1 == 35, "as many as it takes");
	client_take(functions, symbols);
}

/* Some are for Windows alone, or for newer libraries: it looks, and does without. */
static void looks_for_what_it_can_do_without(void)
{
	static const char *const optional[] = {
		"D3DKMTCreateAllocation", "D3DKMTOpenResourceFromNtHandle",
		"D3DKMTQueryResourceInfoFromNtHandle", "D3DKMTSetAllocationPriority",
		"D3DKMTRegisterTrimNotification", "D3DKMTUnregisterTrimNotification",
		"D3DKMTCreateHwQueue", "D3DKMTDestroyHwQueue", "D3DKMTSubmitCommandToHwQueue",
		"D3DKMTCreateNativeFence", "D3DKMTOpenSyncObjectFromNtHandle2",
		"D3DKMTOpenSyncObjectNtHandleFromName", NULL,
	};

	client_take_some(functions, optional);
}

static void lists_what_computes(void)
{
	factory = client_factory(dxcore);
	list = client_list(factory, D3D12_CORE_COMPUTE);
	assert_int_equal(t_ask(list, GetAdapterCount), 3);
}

/* Hardware that says whose it is. */
static bool is_accepted(IDXCoreAdapter *adapter, LUID *ret_luid)
{
	bool is_hardware = false, is_accepted;
	DXCoreHardwareID id = { 0 };
	char *description;

	client_must_get(adapter, IsHardware, sizeof(is_hardware), &is_hardware);
	description = client_description(adapter);
	client_must_get(adapter, HardwareID, sizeof(id), &id);
	client_must_get(adapter, InstanceLuid, sizeof(*ret_luid), ret_luid);
	is_accepted = is_hardware && (strstr(description, "Intel") ||
				      strstr(description, "Citrix") ||
				      strstr(description, "Virtual Render"));
	if (is_accepted)
		assert_int_equal(id.vendorID, 0x8086);
	free(description);
	return is_accepted;
}

static void accepts_the_adapter_that_is_called_intel(void)
{
	unsigned int accepted = 0;
	uint32_t i;

	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		IDXCoreAdapter *adapter;
		LUID luid;

		assert_true(i < t_ask(list, GetAdapterCount));
		adapter = client_adapter(list, i);
		if (is_accepted(adapter, &luid)) {
			accepted++;
			intel.luid = luid;
		}
		t_release(adapter);
	}
	assert_int_equal(accepted, 1);
	intel.adapter = client_open_adapter(intel.luid);
}

static void ask_registry(D3DDDI_QUERYREGISTRY_INFO *info, UINT size)
{
	memset(info, 0, size);
	info->QueryType = D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH;
	assert_status(client_may_ask_as("QUERYREGISTRY(DRIVERSTOREPATH)", intel.adapter,
					KMTQAITYPE_QUERYREGISTRY, info, size), STATUS_SUCCESS);
}

/* Both calls answer 0; the first says inside that it does not fit. Else it aborts. */
static void asks_for_the_driver_store(void)
{
	D3DDDI_QUERYREGISTRY_INFO *info = malloc(1072);
	ULONG size;

	assert_non_null(info);
	ask_registry(info, 1072);
	assert_int_equal(info->Status, D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW);
	size = info->OutputValueSize;
	assert_in_range(size, sizeof(wchar_t), sizeof(store));
	info = realloc(info, 1072 + size);
	assert_non_null(info);
	ask_registry(info, 1072 + size);
	assert_int_equal(info->Status, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
	memcpy(store, info->OutputString, size);
	free(info);
	assert_int_equal(wcscmp(store, L"/usr/lib/wsl/drivers/"
				       L"iigd_dch.inf_amd64_90ca605626b0a0ef"), 0);
}

/* A library of the driver's, which is not here: newer versions go on. */
static void looks_for_its_helper_there(void)
{
	char path[2 * MAX_PATH];

	assert_true(snprintf(path, sizeof(path), "%ls/libwsl_compute_helper.so", store) > 0);
	assert_null(dlopen(path, RTLD_LAZY));
}

static void asks_whether_it_renders(void)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	client_must_ask(intel.adapter, KMTQAITYPE_ADAPTERTYPE, &type, sizeof(type));
	assert_true(type.RenderSupported);
	t_release(list);
	assert_int_equal(t_release(factory), 0);
}

/* The helper would say how large the information is. */
static void creates_a_device(void)
{
	struct dxghost_gpu_info info = { 0 };
	D3DKMT_CREATEDEVICE args = {
		.hAdapter = intel.adapter, .Flags = { .DisableGpuTimeout = 1 },
	};

	client_must_ask(intel.adapter, KMTQAITYPE_UMDRIVERPRIVATE, &info, sizeof(info));
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	client_must(D3DKMTCreateDevice, &args);
	intel.device = args.hDevice;
	assert_local_handle(intel.device);
	intel.paging = client_create_paging_queue(intel.device);
}

static void destroys_all_in_its_order(void)
{
	unsigned int i;

	for (i = 0; i < INTEL_CONTEXTS; i++)
		intel_destroy_context(&intel.contexts[i]);
	destroys_memory();
	client_destroy_paging_queue(intel.paging.hPagingQueue);
	client_destroy_device(intel.device);
	client_close_adapter(intel.adapter);
}

/* But what it has reserved, which is the process's. */
static void leaves_nothing_in_the_host(void)
{
	struct dxg_soft_object_counts counts, expected = { 0 };

	t_count_objects(&counts);
	expected.processes = counts.processes;
	expected.adapters = counts.adapters;
	expected.gpu_va_bytes = counts.gpu_va_bytes;
	assert_true(t_objects_are_as_before(&expected));
	client_unload(functions);
	client_unload(dxcore);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_path_twice),
		client_step(takes_34_symbols_and_one),
		client_step(looks_for_what_it_can_do_without),
		client_step(lists_what_computes),
		client_step(accepts_the_adapter_that_is_called_intel),
		client_step(asks_for_the_driver_store),
		client_step(looks_for_its_helper_there),
		client_step(asks_whether_it_renders),
		client_step(creates_a_device),
		client_step(reserves_the_addresses_of_the_cpu),
		client_step(exchanges_the_layout_by_an_escape),
		client_step(makes_a_context_for_each_engine),
		client_step(maps_memory_where_the_cpu_has_it),
		client_step(maps_memory_in_a_window),
		client_step(makes_all_resident_with_one_priority),
		client_step(fills_memory_on_each_engine),
		client_step(takes_fragments_of_the_hosts_memory),
		client_step(level_zero_says_so_in_its_hint),
		client_step(shares_without_attributes),
		client_step(finds_no_resource_by_number),
		client_step(asks_for_presents_before_it_destroys),
		client_step(destroys_all_in_its_order),
		client_step(leaves_nothing_in_the_host),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-intel", steps, NULL, NULL);
}
