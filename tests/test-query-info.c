/* SPDX-License-Identifier: MIT */
/* query-info: what an adapter says about itself. W023..W026. */
#include "lib/t.h"

#include <wchar.h>

static NTSTATUS query(const struct t_gpu *gpu, KMTQUERYADAPTERINFOTYPE type,
		      void *data, unsigned int size)
{
	return t_query_adapter(gpu->adapter, type, data, size);
}

/* W023; the guest's driver finds memory that cannot be read. */
static void query_with_null_buffer_fails(void **state)
{
	assert_status(query(*state, KMTQAITYPE_CHECKDRIVERUPDATESTATUS, NULL, 4),
		      STATUS_UNSUCCESSFUL);
}

/* W024 */
static void no_driver_update_is_running(void **state)
{
	BOOL running = 0xa5a5a5a5;

	assert_status(query(*state, KMTQAITYPE_CHECKDRIVERUPDATESTATUS, &running,
			    sizeof(running)), STATUS_SUCCESS);
	assert_int_equal(running, 0);
}

/* W025 */
static void query_with_size_one_byte_short_fails(void **state)
{
	static const struct {
		KMTQUERYADAPTERINFOTYPE type;
		unsigned int size;
	} rows[] = {
		{ KMTQAITYPE_DRIVERVERSION, 4 },
		{ KMTQAITYPE_ADAPTERTYPE, 4 },
		{ KMTQAITYPE_GETSEGMENTSIZE, sizeof(D3DKMT_SEGMENTSIZEINFO) },
		{ KMTQAITYPE_PHYSICALADAPTERDEVICEIDS,
		  sizeof(D3DKMT_QUERY_DEVICE_IDS) },
		{ KMTQAITYPE_NODEMETADATA, sizeof(D3DKMT_NODEMETADATA) },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO,
		  sizeof(D3DKMT_ADAPTERREGISTRYINFO) },
	};
	unsigned char data[8192];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(data, 0, sizeof(data));
		print_message("type %u\n", (unsigned int)rows[i].type);
		assert_status(query(*state, rows[i].type, data, rows[i].size - 1),
			      STATUS_INVALID_PARAMETER);
		assert_status(query(*state, rows[i].type, data, rows[i].size),
			      STATUS_SUCCESS);
	}
}

/* W026, and what a WSL client wants. */
static void driver_version_is_recent_enough(void **state)
{
	D3DKMT_DRIVERVERSION version = KMT_DRIVERVERSION_WDDM_3_0;

	assert_status(query(*state, KMTQAITYPE_DRIVERVERSION, &version,
			    sizeof(version)), STATUS_SUCCESS);
	assert_true(version >= KMT_DRIVERVERSION_WDDM_2_5);
}

static void query_with_bad_sizes_fails(void **state)
{
	static unsigned char data[131073];

	assert_status(query(*state, KMTQAITYPE_UMDRIVERPRIVATE, data, 0),
		      STATUS_INVALID_PARAMETER);
	assert_status(query(*state, KMTQAITYPE_UMDRIVERPRIVATE, data,
			    sizeof(data)), STATUS_INVALID_PARAMETER);
}

static void query_of_unknown_type_fails(void **state)
{
	unsigned char data[4];

	memset(data, 0xa5, sizeof(data));
	assert_refused(query(*state, (KMTQUERYADAPTERINFOTYPE)9999, data,
			     sizeof(data)));
	assert_int_equal(data[0], 0xa5);
}

static void query_of_unknown_adapter_fails(void **state)
{
	struct t_gpu stranger = { .adapter = T_UNKNOWN_HANDLE };
	uint32_t data = 0xa5a5a5a5;

	(void)state;
	assert_status(query(&stranger, KMTQAITYPE_ADAPTERTYPE, &data, 4),
		      STATUS_INVALID_PARAMETER);
	stranger.adapter = 0;
	assert_status(query(&stranger, KMTQAITYPE_ADAPTERTYPE, &data, 4),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(data, 0xa5a5a5a5);
}

/* The guest's driver edits these on the way back. */
static void adapter_type_is_that_of_a_paravirtual_adapter(void **state)
{
	static const KMTQUERYADAPTERINFOTYPE types[] = {
		KMTQAITYPE_ADAPTERTYPE, KMTQAITYPE_ADAPTERTYPE_RENDER,
	};
	D3DKMT_ADAPTERTYPE type;
	size_t i;

	for (i = 0; i < 2; i++) {
		memset(&type, 0, sizeof(type));
		assert_status(query(*state, types[i], &type, sizeof(type)),
			      STATUS_SUCCESS);
		assert_int_equal(type.RenderSupported, 1);
		assert_int_equal(type.Paravirtualized, 1);
		assert_int_equal(type.DisplaySupported, 0);
		assert_int_equal(type.PostDevice, 0);
		assert_int_equal(type.IndirectDisplayDevice, 0);
		assert_int_equal(type.ACGSupported, 0);
		assert_int_equal(type.SupportSetTimingsFromVidPn, 0);
	}
}

static void adapter_type_with_less_than_4_bytes_fails(void **state)
{
	unsigned char guarded[4] = { 0, 0, 0, 0xa5 };

	assert_status(query(*state, KMTQAITYPE_ADAPTERTYPE, guarded, 3),
		      STATUS_INVALID_PARAMETER);
	assert_int_equal(guarded[3], 0xa5);
}

static void segment_sizes_agree_with_each_other(void **state)
{
	D3DKMT_SEGMENTGROUPSIZEINFO groups = { 0 };
	D3DKMT_SEGMENTSIZEINFO sizes = { 0 };

	assert_status(query(*state, KMTQAITYPE_GETSEGMENTSIZE, &sizes,
			    sizeof(sizes)), STATUS_SUCCESS);
	assert_status(query(*state, KMTQAITYPE_GETSEGMENTGROUPSIZE, &groups,
			    sizeof(groups)), STATUS_SUCCESS);
	assert_true(sizes.DedicatedVideoMemorySize +
		    sizes.SharedSystemMemorySize > 0);
	assert_memory_equal(&groups.LegacyInfo, &sizes, sizeof(sizes));
	assert_true(groups.LocalMemory > 0);
}

static void pci_ids_and_adapter_count_are_there(void **state)
{
	D3DKMT_PHYSICAL_ADAPTER_COUNT count = { 0 };
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };

	assert_status(query(*state, KMTQAITYPE_PHYSICALADAPTERCOUNT, &count,
			    sizeof(count)), STATUS_SUCCESS);
	assert_int_equal(count.Count, 1);
	assert_status(query(*state, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids,
			    sizeof(ids)), STATUS_SUCCESS);
	assert_true(ids.DeviceIds.VendorID > 0 && ids.DeviceIds.VendorID < 0xffff);
	assert_true(ids.DeviceIds.DeviceID > 0);
}

static bool is_ended(const WCHAR *text, size_t size)
{
	return wmemchr((const wchar_t *)text, 0, size);
}

/* Shows 0x09 */
static void strings_come_as_wchar_and_end(void **state)
{
	static D3DKMT_DRIVER_DESCRIPTION description;
	static D3DKMT_ADAPTERREGISTRYINFO registry;

	assert_status(query(*state, KMTQAITYPE_ADAPTERREGISTRYINFO, &registry,
			    sizeof(registry)), STATUS_SUCCESS);
	assert_true(is_ended(registry.AdapterString, 260));
	assert_true(registry.AdapterString[0] != 0);
	assert_status(query(*state, KMTQAITYPE_DRIVER_DESCRIPTION, &description,
			    sizeof(description)), STATUS_SUCCESS);
	assert_true(is_ended(description.DriverDescription, 4096));
	if (t_device_is_soft())
		assert_memory_equal(registry.AdapterString, L"DXG Software",
				    12 * sizeof(WCHAR));
}

static void every_node_has_a_type_and_the_next_has_none(void **state)
{
	D3DKMT_NODEMETADATA node;
	WCHAR name[32];
	unsigned int i;

	for (i = 0; i < 64; i++) {
		memset(&node, 0, sizeof(node));
		node.NodeOrdinalAndAdapterIndex = i;
		if (query(*state, KMTQAITYPE_NODEMETADATA, &node, sizeof(node)))
			break;
		assert_true(node.NodeData.EngineType < DXGK_ENGINE_TYPE_MAX);
		/* packed: not to be pointed into */
		memcpy(name, (char *)&node + offsetof(D3DKMT_NODEMETADATA,
						      NodeData.FriendlyName),
		       sizeof(name));
		assert_true(is_ended(name, 32));
	}
	assert_true(i > 0 && i < 64);
	assert_status(query(*state, KMTQAITYPE_NODEMETADATA, &node, sizeof(node)),
		      STATUS_INVALID_PARAMETER);
}

static void private_query_describes_the_software_gpu(void **state)
{
	struct dxghost_gpu_info info;

	t_host_or_skip();
	memset(&info, 0, sizeof(info));
	assert_status(query(*state, KMTQAITYPE_UMDRIVERPRIVATE, &info,
			    sizeof(info)), STATUS_SUCCESS);
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
	assert_int_equal(info.version, DXGHOST_GPU_INFO_VERSION);
	assert_true(info.timestamp_frequency > 0);
	assert_true(info.node_count > 0);
	assert_int_equal(info.adapter_index, 0);
}

/* The argument structure is const, and stays as it was. */
static void query_leaves_its_arguments_alone(void **state)
{
	struct t_gpu *gpu = *state;
	static D3DKMT_ADAPTERREGISTRYINFO registry;
	D3DKMT_QUERYADAPTERINFO args, before;

	/* the padding too, since it is compared */
	memset(&args, 0, sizeof(args));
	args.hAdapter = gpu->adapter;
	args.Type = KMTQAITYPE_ADAPTERREGISTRYINFO;
	args.pPrivateDriverData = &registry;
	args.PrivateDriverDataSize = sizeof(registry);
	memcpy(&before, &args, sizeof(args));
	assert_status(D3DKMTQueryAdapterInfo(&args), STATUS_SUCCESS);
	assert_memory_equal(&args, &before, sizeof(args));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(query_with_null_buffer_fails),
		t_device_test(no_driver_update_is_running),
		t_device_test(query_with_size_one_byte_short_fails),
		t_device_test(driver_version_is_recent_enough),
		t_device_test(query_with_bad_sizes_fails),
		t_device_test(query_of_unknown_type_fails),
		t_device_test(query_of_unknown_adapter_fails),
		t_device_test(adapter_type_is_that_of_a_paravirtual_adapter),
		t_device_test(adapter_type_with_less_than_4_bytes_fails),
		t_device_test(segment_sizes_agree_with_each_other),
		t_device_test(pci_ids_and_adapter_count_are_there),
		t_device_test(strings_come_as_wchar_and_end),
		t_device_test(every_node_has_a_type_and_the_next_has_none),
		t_device_test(private_query_describes_the_software_gpu),
		t_device_test(query_leaves_its_arguments_alone),
	};

	return cmocka_run_group_tests_name("query-info", tests, NULL, NULL);
}
