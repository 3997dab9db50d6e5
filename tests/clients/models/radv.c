/* SPDX-License-Identifier: MIT */
/*
 * RADV on WDDM 2: DXCore for the adapters, then the D3DKMT functions, of which each one
 * that is missing is replaced by one that fails. CPU waits are events that are polled.
 */
#include "radv.h"

#include <wchar.h>

#include "client-dxcore.h"
#include "t-host.h"

/* What a name is printed as, of engines and of the adapter. */
#define NAME "AMD Radeon RX 7900 XTX"

struct radv radv;

static void *library;
static IDXCoreAdapterFactory *factory;
static ULONG node_count;

static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = {
		"D3DKMTOpenAdapterFromLuid", "D3DKMTCloseAdapter", "D3DKMTQueryAdapterInfo",
		"D3DKMTQueryStatistics", "D3DKMTQueryVideoMemoryInfo", "D3DKMTCreateDevice",
		"D3DKMTDestroyDevice", "D3DKMTGetDeviceState", "D3DKMTCreateContextVirtual",
		"D3DKMTDestroyContext", "D3DKMTCreatePagingQueue", "D3DKMTDestroyPagingQueue",
		"D3DKMTCreateHwQueue", "D3DKMTDestroyHwQueue", "D3DKMTSubmitCommandToHwQueue",
		"D3DKMTSubmitSignalSyncObjectsToHwQueue",
		"D3DKMTSubmitWaitForSyncObjectsToHwQueue", "D3DKMTSubmitCommand",
		"D3DKMTCreateAllocation2", "D3DKMTDestroyAllocation2", "D3DKMTLock2",
		"D3DKMTUnlock2", "D3DKMTMakeResident", "D3DKMTEvict",
		"D3DKMTMapGpuVirtualAddress", "D3DKMTReserveGpuVirtualAddress",
		"D3DKMTFreeGpuVirtualAddress", "D3DKMTUpdateGpuVirtualAddress",
		"D3DKMTCreateSynchronizationObject2", "D3DKMTDestroySynchronizationObject",
		"D3DKMTSignalSynchronizationObjectFromCpu",
		"D3DKMTWaitForSynchronizationObjectFromCpu",
		"D3DKMTSignalSynchronizationObjectFromGpu",
		"D3DKMTSignalSynchronizationObjectFromGpu2",
		"D3DKMTWaitForSynchronizationObjectFromGpu",
		"D3DKMTOpenSyncObjectFromNtHandle2", "D3DKMTShareObjects",
		"D3DKMTOpenResourceFromNtHandle", "D3DKMTQueryResourceInfoFromNtHandle", NULL,
	};

	_Static_assert(sizeof(symbols) / sizeof(symbols[0]) - 1 == 39, "as many as it takes");
	t_host_use_machine("[adapter]\n"
			   "like = amd\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("radv", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
	factory = client_factory(library);
}

static void finds_the_adapter_with_dxcore(void)
{
	IDXCoreAdapterList *list = client_list(factory, D3D12_GRAPHICS);
	IDXCoreAdapter *adapter = client_adapter(list, 0);
	uint64_t own, own_system, shared;
	char description[256];
	DXCoreHardwareID id;
	bool is_hardware;

	client_must_get(adapter, HardwareID, sizeof(id), &id);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(own), &own);
	client_must_get(adapter, SharedSystemMemory, sizeof(shared), &shared);
	client_must_get(adapter, DedicatedSystemMemory, sizeof(own_system), &own_system);
	client_must_get(adapter, InstanceLuid, sizeof(radv.luid), &radv.luid);
	client_must_get(adapter, IsHardware, sizeof(is_hardware), &is_hardware);
	client_must_get(adapter, DriverDescription, sizeof(description), description);
	assert_int_equal(id.vendorID, 0x1002);
	assert_true(is_hardware);
	assert_string_equal(description, NAME);
	t_release(adapter);
	t_release(list);
	assert_int_equal(t_release(factory), 0);
}

static void asks_what_the_adapter_is(void)
{
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
	D3DKMT_ADAPTERADDRESS place = { 0 };
	D3DKMT_SEGMENTSIZEINFO sizes = { 0 };
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = D3DKMT_QUERYSTATISTICS_ADAPTER, .AdapterLuid = radv.luid,
	};

	radv.adapter = client_open_adapter(radv.luid);
	client_must_ask(radv.adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids, sizeof(ids));
	client_may_ask(radv.adapter, KMTQAITYPE_ADAPTERADDRESS, &place, sizeof(place));
	client_must_ask(radv.adapter, KMTQAITYPE_GETSEGMENTSIZE, &sizes, sizeof(sizes));
	client_must(D3DKMTQueryStatistics, &statistics);
	node_count = statistics.QueryResult.AdapterInformation.NodeCount;
	assert_int_equal(ids.DeviceIds.DeviceID, 0x744c);
	assert_int_equal(place.BusNumber, 3);
	assert_int_equal(sizes.DedicatedVideoMemorySize, 64 << 20);
	assert_int_equal(node_count, 12);
}

/* The node is in the low byte, the physical adapter in the next. */
static void asks_what_each_node_is(void)
{
	unsigned int graphics = 0;
	ULONG i;

	for (i = 0; i < node_count; i++) {
		D3DKMT_NODEMETADATA node = { .NodeOrdinalAndAdapterIndex = 0 << 8 | i };
		WCHAR name[32];

		client_must_ask(radv.adapter, KMTQAITYPE_NODEMETADATA, &node, sizeof(node));
		memcpy(name, node.NodeData.FriendlyName, sizeof(name));
		assert_in_range(wcslen((wchar_t *)name), 1, 31);
		graphics += node.NodeData.EngineType == DXGK_ENGINE_TYPE_3D;
	}
	assert_true(graphics > 0);
}

static void asks_its_driver_and_its_name(void)
{
	static D3DKMT_ADAPTERREGISTRYINFO registry;
	struct dxghost_gpu_info info = { 0 };

	client_must_ask(radv.adapter, KMTQAITYPE_UMDRIVERPRIVATE, &info, sizeof(info));
	client_must_ask(radv.adapter, KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER, &registry,
			sizeof(registry));
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_int_equal(wcscmp((wchar_t *)registry.AdapterString, L"" NAME), 0);
	client_close_adapter(radv.adapter);
}

static void creates_a_device(void)
{
	D3DKMT_CREATEDEVICE device = { 0 };
	D3DKMT_CREATECONTEXTVIRTUAL context = {
		.EngineAffinity = 1, .ClientHint = D3DKMT_CLIENTHINT_VULKAN,
	};

	radv.adapter = device.hAdapter = client_open_adapter(radv.luid);
	client_must(D3DKMTCreateDevice, &device);
	radv.device = context.hDevice = device.hDevice;
	radv.paging = client_create_paging_queue(radv.device);
	client_must(D3DKMTCreateContextVirtual, &context);
	radv.context = context.hContext;
	radv.timeline = client_create_fence(radv.device, 0);
	radv.commands = radv_allocate(CLIENT_PAGE_SIZE, false);
	radv.buffer = radv_allocate(16 * CLIENT_PAGE_SIZE, false);
}

static void asks_for_its_budget(void)
{
	D3DKMT_QUERYVIDEOMEMORYINFO info = {
		.hAdapter = radv.adapter,
		.MemorySegmentGroup = D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL,
	};

	client_must(D3DKMTQueryVideoMemoryInfo, &info);
	assert_true(info.CurrentUsage >= radv.buffer.size);
	assert_true(info.CurrentUsage <= info.Budget);
}

static void finds_the_device_in_order(void)
{
	D3DKMT_GETDEVICESTATE state = {
		.hDevice = radv.device, .StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	D3DKMT_GETDEVICESTATE fault = {
		.hDevice = radv.device, .StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};

	client_must(D3DKMTGetDeviceState, &state);
	client_must(D3DKMTGetDeviceState, &fault);
	assert_int_equal(state.ExecutionState, D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(fault.PageFaultState.FaultedVirtualAddress, 0);
}

static void destroys_all(void)
{
	radv_free(&radv.buffer);
	radv_free(&radv.commands);
	client_destroy_fence(radv.timeline.handle);
	client_destroy_context(radv.context);
	client_destroy_paging_queue(radv.paging.hPagingQueue);
	client_destroy_device(radv.device);
	client_close_adapter(radv.adapter);
	client_unload(library);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(finds_the_adapter_with_dxcore),
		client_step(asks_what_the_adapter_is),
		client_step(asks_what_each_node_is),
		client_step(asks_its_driver_and_its_name),
		client_step(creates_a_device),
		client_step(asks_for_its_budget),
		client_step(fills_a_buffer_on_a_context),
		client_step(lets_one_context_wait_for_another),
		client_step(signals_from_the_cpu),
		client_step(fills_a_buffer_on_a_hardware_queue),
		client_step(maps_parts_of_a_sparse_buffer),
		client_step(evicts_what_is_not_in_use),
		client_step(shares_a_timeline),
		client_step(shares_memory),
		client_step(finds_the_device_in_order),
		client_step(destroys_all),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-radv", steps, NULL, NULL);
}
