/* SPDX-License-Identifier: MIT */
/* query-info: what the driver asks the host once, and what each time. */
#include "lib/t.h"

#include <dxg/dxg.h>
#include <wchar.h>

#define QUERY_ADAPTER_INFO	2
#define PAYLOAD_MAX		16384

/* Messages that one question costs; it has to succeed. */
static unsigned int cost(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
			 void *data, unsigned int size)
{
	uint64_t before = t_soft_messages(QUERY_ADAPTER_INFO);

	assert_status(t_query_adapter(adapter, type, data, size), STATUS_SUCCESS);
	return (unsigned int)(t_soft_messages(QUERY_ADAPTER_INFO) - before);
}

/* A machine on which nobody has asked anything; its adapters, or the first. */
static void open_all_anew(struct t_gpu *gpu, const char *device,
			  D3DKMT_ADAPTERINFO *adapters, unsigned int count)
{
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = count };

	t_soft_or_skip();
	D3DKMTCloseDxCoreDevice();
	assert_status(dxg_set_device(device), STATUS_SUCCESS);
	args.pAdapters = adapters;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, count);
	/* It may have another number of adapters. */
	assert_int_equal(t_soft_or_skip()->host_objects(&gpu->objects_before), 0);
}

static D3DKMT_HANDLE open_anew(struct t_gpu *gpu)
{
	D3DKMT_ADAPTERINFO adapter;

	open_all_anew(gpu, "soft", &adapter, 1);
	gpu->adapter = adapter.hAdapter;
	gpu->luid = adapter.AdapterLuid;
	return gpu->adapter;
}

/* The properties of an adapter, their sizes for callers with wchar_t, input. */
static const struct {
	unsigned int type;
	unsigned int size;
	uint32_t input;
} constants[] = {
	{ KMTQAITYPE_UMDRIVERNAME, sizeof(D3DKMT_UMDFILENAMEINFO),
	  KMTUMDVERSION_DX12 },
	{ KMTQAITYPE_GETSEGMENTSIZE, sizeof(D3DKMT_SEGMENTSIZEINFO) },
	{ KMTQAITYPE_ADAPTERGUID, sizeof(GUID) },
	{ KMTQAITYPE_ADAPTERADDRESS, sizeof(D3DKMT_ADAPTERADDRESS) },
	{ KMTQAITYPE_VIRTUALADDRESSINFO, sizeof(D3DKMT_VIRTUALADDRESSINFO) },
	{ KMTQAITYPE_DRIVERVERSION, sizeof(D3DKMT_DRIVERVERSION) },
	{ KMTQAITYPE_ADAPTERTYPE, sizeof(D3DKMT_ADAPTERTYPE) },
	{ KMTQAITYPE_WDDM_1_2_CAPS, sizeof(D3DKMT_WDDM_1_2_CAPS) },
	{ KMTQAITYPE_UMD_DRIVER_VERSION, sizeof(D3DKMT_UMD_DRIVER_VERSION) },
	{ KMTQAITYPE_WDDM_1_3_CAPS, sizeof(D3DKMT_WDDM_1_3_CAPS) },
	{ KMTQAITYPE_WDDM_2_0_CAPS, sizeof(D3DKMT_WDDM_2_0_CAPS) },
	{ KMTQAITYPE_NODEMETADATA, sizeof(D3DKMT_NODEMETADATA) },
	{ KMTQAITYPE_XBOX, sizeof(D3DKMT_XBOX) },
	{ KMTQAITYPE_PHYSICALADAPTERCOUNT,
	  sizeof(D3DKMT_PHYSICAL_ADAPTER_COUNT) },
	{ KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, sizeof(D3DKMT_QUERY_DEVICE_IDS) },
	{ KMTQAITYPE_DRIVERCAPS_EXT, sizeof(D3DKMT_DRIVERCAPS_EXT) },
	{ KMTQAITYPE_QUERY_GPUMMU_CAPS, sizeof(D3DKMT_QUERY_GPUMMU_CAPS) },
	{ KMTQAITYPE_GETSEGMENTGROUPSIZE, sizeof(D3DKMT_SEGMENTGROUPSIZEINFO) },
	{ KMTQAITYPE_KMD_DRIVER_VERSION, sizeof(D3DKMT_KMD_DRIVER_VERSION) },
	{ KMTQAITYPE_ADAPTERGUID_RENDER, sizeof(GUID) },
	{ KMTQAITYPE_ADAPTERADDRESS_RENDER, sizeof(D3DKMT_ADAPTERADDRESS) },
	{ KMTQAITYPE_DRIVERVERSION_RENDER, sizeof(D3DKMT_DRIVERVERSION) },
	{ KMTQAITYPE_ADAPTERTYPE_RENDER, sizeof(D3DKMT_ADAPTERTYPE) },
	{ KMTQAITYPE_WDDM_1_2_CAPS_RENDER, sizeof(D3DKMT_WDDM_1_2_CAPS) },
	{ KMTQAITYPE_WDDM_1_3_CAPS_RENDER, sizeof(D3DKMT_WDDM_1_3_CAPS) },
	{ KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID,
	  sizeof(D3DKMT_QUERY_ADAPTER_UNIQUE_GUID) },
	{ KMTQUITYPE_GPUVERSION, sizeof(D3DKMT_GPUVERSION) },
	{ KMTQAITYPE_DRIVER_DESCRIPTION, sizeof(D3DKMT_DRIVER_DESCRIPTION) },
	{ KMTQAITYPE_DRIVER_DESCRIPTION_RENDER,
	  sizeof(D3DKMT_DRIVER_DESCRIPTION) },
	{ KMTQAITYPE_WDDM_2_7_CAPS, sizeof(D3DKMT_WDDM_2_7_CAPS) },
	{ KMTQAITYPE_HYBRID_DLIST_DLL_SUPPORT,
	  sizeof(D3DKMT_HYBRID_DLIST_DLL_SUPPORT) },
	{ KMTQAITYPE_WDDM_2_9_CAPS, sizeof(D3DKMT_WDDM_2_9_CAPS) },
	{ KMTQAITYPE_CROSSADAPTERRESOURCE_SUPPORT,
	  sizeof(D3DKMT_CROSSADAPTERRESOURCE_SUPPORT) },
	{ KMTQAITYPE_WDDM_3_0_CAPS, sizeof(D3DKMT_WDDM_3_0_CAPS) },
};

#define CONSTANTS (sizeof(constants) / sizeof(constants[0]))

static void a_property_is_asked_for_once(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	static unsigned char first[PAYLOAD_MAX], second[PAYLOAD_MAX];
	size_t i;

	for (i = 0; i < CONSTANTS; i++) {
		print_message("type %u\n", constants[i].type);
		memset(first, 0, sizeof(first));
		memset(second, 0, sizeof(second));
		memcpy(first, &constants[i].input, sizeof(uint32_t));
		memcpy(second, &constants[i].input, sizeof(uint32_t));
		assert_int_equal(cost(adapter, constants[i].type, first,
				      constants[i].size), 1);
		assert_int_equal(cost(adapter, constants[i].type, second,
				      constants[i].size), 0);
		assert_memory_equal(first, second, constants[i].size);
	}
	/* They do not push one another out. */
	for (i = 0; i < CONSTANTS; i++) {
		memset(second, 0, sizeof(second));
		memcpy(second, &constants[i].input, sizeof(uint32_t));
		assert_int_equal(cost(adapter, constants[i].type, second,
				      constants[i].size), 0);
	}
}

/* Another handle of the adapter has the same answers. */
static void a_property_is_of_the_adapter_not_of_its_handle(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE adapter = open_anew(gpu);
	D3DKMT_HANDLE other = t_open_adapter_by_luid(gpu->luid);
	GUID guid;

	assert_int_equal(cost(adapter, KMTQAITYPE_ADAPTERGUID, &guid,
			      sizeof(guid)), 1);
	assert_int_equal(cost(other, KMTQAITYPE_ADAPTERGUID, &guid,
			      sizeof(guid)), 0);
	t_close_adapter(other);
}

/* What the load, a driver's vendor or an administrator can change. */
static void whatever_may_change_is_asked_for_each_time(void **state)
{
	static const struct {
		unsigned int type;
		unsigned int size;
	} rows[] = {
		{ KMTQAITYPE_UMDRIVERPRIVATE, sizeof(struct dxghost_gpu_info) },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO,
		  sizeof(D3DKMT_ADAPTERREGISTRYINFO) },
		{ KMTQAITYPE_CHECKDRIVERUPDATESTATUS, sizeof(BOOL) },
		{ KMTQAITYPE_QUERY_HW_PROTECTION_TEARDOWN_COUNT, sizeof(UINT) },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER,
		  sizeof(D3DKMT_ADAPTERREGISTRYINFO) },
		{ KMTQAITYPE_CHECKDRIVERUPDATESTATUS_RENDER, sizeof(BOOL) },
		{ KMTQAITYPE_NODEPERFDATA, sizeof(D3DKMT_NODE_PERFDATA) },
		{ KMTQAITYPE_ADAPTERPERFDATA, sizeof(D3DKMT_ADAPTER_PERFDATA) },
	};
	D3DKMT_HANDLE adapter = open_anew(*state);
	static unsigned char data[PAYLOAD_MAX];
	unsigned int times;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("type %u\n", rows[i].type);
		for (times = 0; times < 3; times++) {
			memset(data, 0, sizeof(data));
			assert_int_equal(cost(adapter, rows[i].type, data,
					      rows[i].size), 1);
		}
	}
}

static WCHAR name_of(D3DKMT_HANDLE adapter, unsigned int node,
		     unsigned int *ret_type, unsigned int want)
{
	D3DKMT_NODEMETADATA data;
	WCHAR first;

	memset(&data, 0xa5, sizeof(data));
	data.NodeOrdinalAndAdapterIndex = node;
	assert_int_equal(cost(adapter, KMTQAITYPE_NODEMETADATA, &data,
			      sizeof(data)), want);
	*ret_type = data.NodeData.EngineType;
	assert_int_equal(data.NodeOrdinalAndAdapterIndex, node);
	/* packed: not to be pointed into */
	memcpy(&first, (char *)&data + offsetof(D3DKMT_NODEMETADATA,
						NodeData.FriendlyName),
	       sizeof(first));
	return first;
}

static void nodes_do_not_mix(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	unsigned int times, type;

	for (times = 0; times < 2; times++) {
		assert_int_equal(name_of(adapter, 0, &type, !times), '3');
		assert_int_equal(type, DXGK_ENGINE_TYPE_3D);
		assert_int_equal(name_of(adapter, 2, &type, !times), 'C');
		assert_int_equal(type, DXGK_ENGINE_TYPE_COPY);
	}
}

static void adapters_do_not_mix(void **state)
{
	D3DKMT_ADAPTERINFO adapters[2];
	GUID guids[2][2];
	unsigned int i, times;

	open_all_anew(*state, "soft:two-adapters", adapters, 2);
	for (times = 0; times < 2; times++)
		for (i = 0; i < 2; i++)
			assert_int_equal(cost(adapters[i].hAdapter,
					      KMTQAITYPE_ADAPTERGUID,
					      &guids[i][times], sizeof(GUID)),
					 !times);
	for (i = 0; i < 2; i++) {
		assert_memory_equal(&guids[i][0], &guids[i][1], sizeof(GUID));
		t_close_adapter(adapters[i].hAdapter);
	}
	assert_memory_not_equal(&guids[0][0], &guids[1][0], sizeof(GUID));
}

/* The host is asked, refuses, and the right question is none the wiser. */
static void a_wrong_size_is_refused_each_time(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	unsigned char data[64] = { 0 };
	unsigned int size, times;
	uint64_t before;

	for (times = 0; times < 2; times++) {
		for (size = 1; size < sizeof(data); size++) {
			if (size == sizeof(GUID))
				continue;
			before = t_soft_messages(QUERY_ADAPTER_INFO);
			assert_status(t_query_adapter(adapter,
						      KMTQAITYPE_ADAPTERGUID,
						      data, size),
				      STATUS_INVALID_PARAMETER);
			assert_true(t_soft_messages(QUERY_ADAPTER_INFO) ==
				    before + 1);
		}
		assert_int_equal(cost(adapter, KMTQAITYPE_ADAPTERGUID, data,
				      sizeof(GUID)), !times);
	}
}

/* So is a node that does not exist, the first time and later. */
static void a_refusal_is_not_kept(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	D3DKMT_NODEMETADATA data = { .NodeOrdinalAndAdapterIndex = 63 };
	uint64_t before = t_soft_messages(QUERY_ADAPTER_INFO);

	assert_status(t_query_adapter(adapter, KMTQAITYPE_NODEMETADATA, &data,
				      sizeof(data)), STATUS_INVALID_PARAMETER);
	assert_status(t_query_adapter(adapter, KMTQAITYPE_NODEMETADATA, &data,
				      sizeof(data)), STATUS_INVALID_PARAMETER);
	assert_true(t_soft_messages(QUERY_ADAPTER_INFO) == before + 2);
}

static void kept_strings_are_converted_as_well(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	static D3DKMT_DRIVER_DESCRIPTION description;
	D3DKMT_UMDFILENAMEINFO file;
	unsigned int times;

	for (times = 0; times < 2; times++) {
		memset(&description, 0xa5, sizeof(description));
		assert_int_equal(cost(adapter, KMTQAITYPE_DRIVER_DESCRIPTION,
				      &description, sizeof(description)),
				 !times);
		assert_int_equal(wcscmp((wchar_t *)description.DriverDescription,
					L"DXG Software GPU"), 0);
		memset(&file, 0xa5, sizeof(file));
		file.Version = KMTUMDVERSION_DX12;
		assert_int_equal(cost(adapter, KMTQAITYPE_UMDRIVERNAME, &file,
				      sizeof(file)), !times);
		assert_non_null(wcsstr((wchar_t *)file.UmdFileName,
				       L"/libdxghost-umd.so"));
		assert_int_equal(file.Version, KMTUMDVERSION_DX12);
	}
}

/* The answer and its size question, for each of the two paths. */
static void paths_of_the_driver_are_asked_for_once(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	struct {
		D3DDDI_QUERYREGISTRY_INFO info;
		WCHAR more[200];
	} data;
	unsigned int kind, times;

	for (kind = D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH;
	     kind <= D3DDDI_QUERYREGISTRY_DRIVERIMAGEPATH; kind++) {
		for (times = 0; times < 2; times++) {
			memset(&data, 0, sizeof(data));
			data.info.QueryType = (D3DDDI_QUERYREGISTRY_TYPE)kind;
			assert_int_equal(cost(adapter, KMTQAITYPE_QUERYREGISTRY,
					      &data, sizeof(data.info)),
					 !times);
			assert_int_equal(data.info.Status,
				D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW);
			assert_int_equal(cost(adapter, KMTQAITYPE_QUERYREGISTRY,
					      &data, sizeof(data)), !times);
			assert_int_equal(data.info.Status,
				D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
			assert_memory_equal(data.info.OutputString,
					    L"/usr/lib/wsl/drivers/",
					    21 * sizeof(WCHAR));
		}
	}
}

static void values_of_the_registry_are_asked_for_each_time(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	D3DDDI_QUERYREGISTRY_INFO info;
	unsigned int times;

	for (times = 0; times < 2; times++) {
		memset(&info, 0, sizeof(info));
		info.QueryType = D3DDDI_QUERYREGISTRY_SERVICEKEY;
		info.ValueType = 4;	/* REG_DWORD */
		memcpy(info.ValueName, L"Start", sizeof(L"Start"));
		assert_int_equal(cost(adapter, KMTQAITYPE_QUERYREGISTRY, &info,
				      sizeof(info)), 1);
		assert_int_equal(info.OutputDword, 3);
	}
}

/* More answers than are kept: then it is asked for again, and right. */
static void the_answer_not_asked_for_longest_goes(void **state)
{
	D3DKMT_HANDLE adapter = open_anew(*state);
	unsigned int preset, answer = 1000;

	assert_int_equal(cost(adapter, KMTQAITYPE_DRIVERVERSION, &answer, 4), 1);
	for (preset = 0; preset < 200; preset++) {
		unsigned int other = preset;
		GUID guid;

		cost(adapter, KMTQAITYPE_ADAPTERGUID, &guid, sizeof(guid));
		assert_int_equal(cost(adapter, KMTQAITYPE_DRIVERVERSION, &other,
				      4), 1);
		assert_int_equal(other, answer);
		if (preset)
			assert_int_equal(cost(adapter, KMTQAITYPE_ADAPTERGUID,
					      &guid, sizeof(guid)), 0);
	}
	answer = 1000;
	assert_int_equal(cost(adapter, KMTQAITYPE_DRIVERVERSION, &answer, 4), 1);
}

static void *ask_much(void *argument)
{
	const struct t_gpu *gpu = argument;
	unsigned int i, j, answer;
	D3DKMT_NODEMETADATA node;

	for (i = 0; i < 40; i++) {
		for (j = 0; j < 70; j++) {
			answer = j;
			assert_status(t_query_adapter(gpu->adapter,
						      KMTQAITYPE_DRIVERVERSION,
						      &answer, 4),
				      STATUS_SUCCESS);
			assert_true(answer >= KMT_DRIVERVERSION_WDDM_2_5);
		}
		memset(&node, 0, sizeof(node));
		node.NodeOrdinalAndAdapterIndex = 2;
		assert_status(t_query_adapter(gpu->adapter,
					      KMTQAITYPE_NODEMETADATA, &node,
					      sizeof(node)), STATUS_SUCCESS);
		assert_int_equal(node.NodeData.EngineType,
				 DXGK_ENGINE_TYPE_COPY);
	}
	return NULL;
}

static void many_threads_may_ask(void **state)
{
	pthread_t threads[4];
	unsigned int i;

	open_anew(*state);
	for (i = 0; i < 4; i++)
		threads[i] = t_start_thread(ask_much, *state);
	for (i = 0; i < 4; i++)
		t_join_thread(threads[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_bare_test(a_property_is_asked_for_once),
		t_bare_test(a_property_is_of_the_adapter_not_of_its_handle),
		t_bare_test(whatever_may_change_is_asked_for_each_time),
		t_bare_test(nodes_do_not_mix),
		t_bare_test(a_wrong_size_is_refused_each_time),
		t_bare_test(a_refusal_is_not_kept),
		t_bare_test(kept_strings_are_converted_as_well),
		t_bare_test(paths_of_the_driver_are_asked_for_once),
		t_bare_test(values_of_the_registry_are_asked_for_each_time),
		t_bare_test(the_answer_not_asked_for_longest_goes),
		t_bare_test(many_threads_may_ask),
		t_bare_test(adapters_do_not_mix),
	};

	return cmocka_run_group_tests_name("query-cache", tests, NULL, NULL);
}
