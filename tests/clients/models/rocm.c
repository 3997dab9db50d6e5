/* SPDX-License-Identifier: MIT */
/*
 * librocdxg, ROCm under WSL: functions alone, and no object of DXCore. It never closes an
 * adapter nor unloads the library; what its closed part asks is asked in public words.
 */
#include "rocm.h"

#include <fcntl.h>
#include <unistd.h>
#include <wchar.h>

#include "t-host.h"

#define VENDOR_AMD 0x1002
#define REGISTRY_SZ 1

struct rocm rocm;

static void *library;
static D3DKMT_ADAPTERINFO *adapters;
static ULONG adapter_count;

/* The node's descriptor is only a sign that there is one; it is kept. */
static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = {
		"D3DKMTCreateAllocation2", "D3DKMTDestroyAllocation2",
		"D3DKMTMapGpuVirtualAddress", "D3DKMTReserveGpuVirtualAddress",
		"D3DKMTFreeGpuVirtualAddress", "D3DKMTCreateDevice", "D3DKMTDestroyDevice",
		"D3DKMTEnumAdapters2", "D3DKMTQueryAdapterInfo", "D3DKMTCreateContextVirtual",
		"D3DKMTDestroyContext", "D3DKMTSubmitCommand",
		"D3DKMTCreateSynchronizationObject2", "D3DKMTDestroySynchronizationObject",
		"D3DKMTQueryStatistics", "D3DKMTEscape", "D3DKMTLock2", "D3DKMTUnlock2",
		"D3DKMTCreatePagingQueue", "D3DKMTDestroyPagingQueue",
		"D3DKMTWaitForSynchronizationObjectFromGpu",
		"D3DKMTSignalSynchronizationObjectFromGpu",
		"D3DKMTWaitForSynchronizationObjectFromCpu", "D3DKMTQueryClockCalibration",
		"D3DKMTMakeResident", "D3DKMTEvict", "D3DKMTShareObjects",
		"D3DKMTQueryResourceInfoFromNtHandle", "D3DKMTOpenResourceFromNtHandle",
		"D3DKMTCreateHwQueue", "D3DKMTDestroyHwQueue", "D3DKMTSubmitCommandToHwQueue",
		NULL,
	};
	static const char *const optional[] = {
		"D3DKMTEnumProcesses", "D3DKMTQueryVideoMemoryInfo",
		"D3DKMTSignalSynchronizationObjectFromCpu", NULL,
	};
	int fd;

	_Static_assert(sizeof(symbols) / sizeof(symbols[0]) - 1 == 32, "as many as it takes");
	t_host_use_machine("[adapter]\n"
			   "like = nvidia\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = amd\n"
			   CLIENT_LITTLE_MEMORY);
	fd = open("/dev/dxg", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		print_message("on the soft device: there is no node\n");
	library = client_load("rocm", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
	client_take_some(library, optional);
}

static void enumerates_by_count_and_array(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	client_must(D3DKMTEnumAdapters2, &args);
	adapter_count = args.NumAdapters;
	assert_int_equal(adapter_count, 2);
	adapters = calloc(adapter_count, sizeof(*adapters));
	assert_non_null(adapters);
	args.pAdapters = adapters;
	client_must(D3DKMTEnumAdapters2, &args);
}

/* Whether it is AMD's: all physical adapters behind it are looked at. */
static bool is_amds(D3DKMT_HANDLE adapter)
{
	D3DKMT_PHYSICAL_ADAPTER_COUNT count = { 0 };
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };

	client_must_ask(adapter, KMTQAITYPE_PHYSICALADAPTERCOUNT, &count, sizeof(count));
	assert_true(count.Count > 0);
	for (; ids.PhysicalAdapterIndex < count.Count; ids.PhysicalAdapterIndex++)
		client_must_ask(adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids, sizeof(ids));
	return ids.DeviceIds.VendorID == VENDOR_AMD;
}

static void leaves_out_other_vendors(void)
{
	ULONG i;

	for (i = 0; i < adapter_count; i++) {
		if (!is_amds(adapters[i].hAdapter))
			continue;
		assert_int_equal(rocm.adapter, 0);
		rocm.adapter = adapters[i].hAdapter;
		rocm.luid = adapters[i].AdapterLuid;
	}
	assert_true(rocm.adapter != 0);
	free(adapters);
}

static void creates_a_device(void)
{
	D3DKMT_DRIVERVERSION version = 0;
	D3DKMT_CREATEDEVICE args = { .hAdapter = rocm.adapter };

	client_must_ask(rocm.adapter, KMTQAITYPE_DRIVERVERSION, &version, sizeof(version));
	assert_true(version >= KMT_DRIVERVERSION_WDDM_2_0);
	client_must(D3DKMTCreateDevice, &args);
	rocm.device = args.hDevice;
	assert_local_handle(rocm.device);
}

static void ask_registry(const wchar_t *name, const wchar_t *expected)
{
	struct {
		D3DDDI_QUERYREGISTRY_INFO info;
		WCHAR room[MAX_PATH];
	} query = {
		.info = {
			.QueryType = D3DDDI_QUERYREGISTRY_ADAPTERKEY,
			.ValueType = REGISTRY_SZ,
		},
	};

	memcpy(query.info.ValueName, name, (wcslen(name) + 1) * sizeof(*name));
	assert_status(client_may_ask_as("QUERYREGISTRY(ADAPTERKEY)", rocm.adapter,
					KMTQAITYPE_QUERYREGISTRY, &query, sizeof(query)),
		      STATUS_SUCCESS);
	assert_int_equal(query.info.Status, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
	assert_int_equal(query.info.OutputValueSize, (wcslen(expected) + 1) * sizeof(*expected));
	assert_memory_equal(query.info.OutputString, expected, query.info.OutputValueSize);
}

/* What the closed part wants to know, as far as it is documented. */
static void asks_for_its_drivers_own_information(void)
{
	struct dxghost_gpu_info info = { 0 };
	D3DKMT_WDDM_2_7_CAPS caps = { 0 };
	D3DKMT_QUERYSTATISTICS statistics = {
		.Type = D3DKMT_QUERYSTATISTICS_SEGMENT, .AdapterLuid = rocm.luid,
	};

	client_must_ask(rocm.adapter, KMTQAITYPE_UMDRIVERPRIVATE, &info, sizeof(info));
	client_must_ask(rocm.adapter, KMTQAITYPE_WDDM_2_7_CAPS, &caps, sizeof(caps));
	ask_registry(L"DriverVersion", L"32.0.12033.1030");
	ask_registry(L"DriverDesc", L"AMD Radeon RX 7900 XTX");
	ask_registry(L"DriverDate", L"11-26-2024");
	client_must(D3DKMTQueryStatistics, &statistics);
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_true(caps.HwSchEnabled);
	assert_int_equal(statistics.QueryResult.SegmentInformation.CommitLimit, 64 << 20);
}

/* Its failure would only be logged. */
static void sets_the_power_by_an_escape(void)
{
	char data[24] = "power, please";
	D3DKMT_ESCAPE args = {
		.hAdapter = rocm.adapter,
		.hDevice = rocm.device,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.Flags = { .HardwareAccess = 1 },
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
	};

	client_must(D3DKMTEscape, &args);
	rocm.paging = client_create_paging_queue(rocm.device);
}

/* These are told apart: memory that is not there, a device that is not. */
static void tells_failures_apart(void)
{
	struct dxghost_allocation_data data = CLIENT_ALLOCATION_DATA(72ull << 20);
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data, .PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = rocm.device, .NumAllocations = 1, .pAllocationInfo2 = &info,
	};
	D3DDDI_MAKERESIDENT resident = {
		.hPagingQueue = rocm.paging.hPagingQueue,
		.NumAllocations = 1,
		.AllocationList = &info.hAllocation,
		.Flags = { .CantTrimFurther = 1 },
	};

	client_must(D3DKMTCreateAllocation2, &args);
	assert_status(client_may(D3DKMTMakeResident, &resident), STATUS_NO_MEMORY);
	client_must(D3DKMTDestroyAllocation2, &(D3DKMT_DESTROYALLOCATION2){
		.hDevice = rocm.device,
		.phAllocationList = &info.hAllocation,
		.AllocationCount = 1,
	});
	args.hDevice = 0x7fffffc0;
	assert_status(client_may(D3DKMTCreateAllocation2, &args), STATUS_INVALID_PARAMETER);
}

static void destroys_its_device(void)
{
	client_destroy_paging_queue(rocm.paging.hPagingQueue);
	client_destroy_device(rocm.device);
}

/* Killed programs never get there: another device, whose queue waits for ever. */
static void ends_with_work_under_way(void)
{
	struct rocm_queue queue;

	creates_a_device();
	rocm.paging = client_create_paging_queue(rocm.device);
	queue = rocm_create_queue();
	client_wait_gpu(queue.context, queue.fence.handle, 1);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(enumerates_by_count_and_array),
		client_step(leaves_out_other_vendors),
		client_step(creates_a_device),
		client_step(asks_for_its_drivers_own_information),
		client_step(sets_the_power_by_an_escape),
		client_step(reserves_addresses_of_both_handles),
		client_step(allocates_chunks_and_maps_each),
		client_step(takes_memory_of_the_process),
		client_step(fills_and_copies_on_a_software_queue),
		client_step(waits_for_any_and_for_all),
		client_step(fills_on_a_hardware_queue),
		client_step(exports_memory_with_its_own_data),
		client_step(makes_an_event_of_an_eventfd),
		client_step(reads_the_clocks),
		client_step(asks_what_older_libraries_have_not),
		client_step(tells_failures_apart),
		client_step(unmaps_by_no_access),
		client_step(destroys_by_resource_or_list),
		client_step(destroys_its_device),
		client_step(ends_with_work_under_way),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-rocm", steps, NULL, NULL);
}
