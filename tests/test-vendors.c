/* SPDX-License-Identifier: MIT */
/* GPUs that look like those of Intel, NVIDIA and AMD, as programs see them. */
#include "lib/t.h"

#include <wchar.h>

#include "lib/t-adapter.h"
#include "lib/t-vendor.h"

/* The profile "vendors", with memory that fits into a small machine. */
static const char machine[] =
	"[adapter]\nlike = intel\nlocal_memory = 64M\ndedicated_memory = 16M\n"
	"escape = * refused\nescape = 0a0b 01020304\numd_private = aabbcc\n"
	"umd_private_size = 16\n"
	"[adapter]\nlike = nvidia\nlocal_memory = 64M\nnonlocal_memory = 32M\n"
	"[adapter]\nlike = amd\nlocal_memory = 64M\nnonlocal_memory = 32M\n"
	"[adapter]\nlike = basic-render\nlocal_memory = 32M\n";

#define REG_SZ		1
#define TEXT_MAX	300

/* A struct D3DDDI_QUERYREGISTRY_INFO with room for the value behind it. */
union registry {
	D3DDDI_QUERYREGISTRY_INFO info;
	char room[sizeof(D3DDDI_QUERYREGISTRY_INFO) + TEXT_MAX * sizeof(wchar_t)];
};

static D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX];

static int open_all(void **state)
{
	(void)state;
	assert_int_equal(t_enumerate(true, adapters), T_VENDORS);
	return 0;
}

static int close_all(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++)
		t_close_adapter(adapters[i].hAdapter);
	return 0;
}

static void query(int i, KMTQUERYADAPTERINFOTYPE type, void *data, unsigned int size)
{
	assert_status(t_query_adapter(adapters[i].hAdapter, type, data, size), STATUS_SUCCESS);
}

static void assert_wide(const wchar_t *text, const wchar_t *expected)
{
	if (wcscmp(text, expected))
		fail_msg("\"%ls\", not \"%ls\"", text, expected);
}

static void each_has_its_name_and_chip(void **state)
{
	static D3DKMT_DRIVER_DESCRIPTION driver;
	static D3DKMT_ADAPTERREGISTRYINFO registry;
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		query(i, KMTQAITYPE_DRIVER_DESCRIPTION, &driver, sizeof(driver));
		assert_wide(driver.DriverDescription, t_vendors[i].description);
		query(i, KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER, &registry, sizeof(registry));
		assert_wide(registry.AdapterString, t_vendors[i].description);
		assert_wide(registry.ChipType, t_vendors[i].chip_type);
	}
}

static void each_has_the_numbers_of_its_card(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
		D3DKMT_ADAPTERADDRESS address = { 0 };

		query(i, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids, sizeof(ids));
		assert_memory_equal(&ids.DeviceIds, &t_vendors[i].ids, sizeof(ids.DeviceIds));
		query(i, KMTQAITYPE_ADAPTERADDRESS, &address, sizeof(address));
		assert_memory_equal(&address, &t_vendors[i].address, sizeof(address));
	}
}

/* NVIDIA's container tools want WDDM 2.8 at least. */
static void drivers_have_their_versions(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		D3DKMT_DRIVERVERSION model = 0;
		D3DKMT_UMD_DRIVER_VERSION version = { 0 };

		query(i, KMTQAITYPE_DRIVERVERSION, &model, sizeof(model));
		assert_int_equal(model, t_vendors[i].wddm_version);
		query(i, KMTQAITYPE_UMD_DRIVER_VERSION, &version, sizeof(version));
		assert_true((uint64_t)version.DriverVersion.QuadPart ==
			    t_vendors[i].driver_version);
	}
}

/* Asked for its size, and then for itself, as Intel's and NVIDIA's programs do. */
static void driver_store_is_a_path_of_this_machine(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		union registry registry = {
			.info.QueryType = D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH,
		};
		unsigned int size;

		query(i, KMTQAITYPE_QUERYREGISTRY, &registry, sizeof(registry.info));
		assert_int_equal(registry.info.Status, D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW);
		size = registry.info.OutputValueSize;
		assert_true(size && size <= 260 * sizeof(wchar_t));
		query(i, KMTQAITYPE_QUERYREGISTRY, &registry,
		      (unsigned int)sizeof(registry.info) + size);
		assert_int_equal(registry.info.Status, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
		assert_wide(registry.info.OutputString, t_vendors[i].driver_store);
	}
}

static void user_mode_driver_is_in_the_store(void **state)
{
	static D3DKMT_UMDFILENAMEINFO name;
	wchar_t path[TEXT_MAX];
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		memset(&name, 0, sizeof(name));
		name.Version = KMTUMDVERSION_DX12;
		query(i, KMTQAITYPE_UMDRIVERNAME, &name, sizeof(name));
		swprintf(path, TEXT_MAX, L"%ls/%ls", t_vendors[i].driver_store,
			 t_vendors[i].umd_file);
		assert_wide(name.UmdFileName, path);
	}
}

/* NULL: there is no such value. */
static void assert_value(int i, const wchar_t *name, const wchar_t *expected)
{
	union registry registry = {
		.info = { .QueryType = D3DDDI_QUERYREGISTRY_ADAPTERKEY, .ValueType = REG_SZ },
	};

	wcscpy(registry.info.ValueName, name);
	query(i, KMTQAITYPE_QUERYREGISTRY, &registry, sizeof(registry));
	if (expected) {
		assert_int_equal(registry.info.Status, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
		assert_wide(registry.info.OutputString, expected);
	} else {
		assert_int_equal(registry.info.Status, D3DDDI_QUERYREGISTRY_STATUS_FAIL);
	}
}

static void registry_knows_the_driver(void **state)
{
	wchar_t version[TEXT_MAX];
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		const struct t_vendor *vendor = &t_vendors[i];

		swprintf(version, TEXT_MAX, L"%u.%u.%u.%u",
			 (unsigned int)(vendor->driver_version >> 48),
			 (unsigned int)(vendor->driver_version >> 32 & 0xffff),
			 (unsigned int)(vendor->driver_version >> 16 & 0xffff),
			 (unsigned int)(vendor->driver_version & 0xffff));
		assert_value(i, L"DriverVersion", version);
		assert_value(i, L"DriverDesc", vendor->description);
		assert_value(i, L"DriverDate", vendor->driver_date);
		assert_value(i, L"ProviderName", vendor->provider);
		assert_value(i, L"HardwareInformation.ChipType", vendor->chip_type);
	}
}

static void each_is_of_its_kind(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		D3DKMT_ADAPTERTYPE type = { 0 };
		D3DKMT_WDDM_2_7_CAPS caps = { 0 };

		query(i, KMTQAITYPE_ADAPTERTYPE, &type, sizeof(type));
		assert_int_equal(type.RenderSupported, 1);
		assert_int_equal(type.SoftwareDevice, t_vendors[i].software);
		assert_int_equal(type.HybridIntegrated, t_vendors[i].integrated);
		assert_int_equal(type.HybridDiscrete,
				 !t_vendors[i].integrated && !t_vendors[i].software);
		query(i, KMTQAITYPE_WDDM_2_7_CAPS, &caps, sizeof(caps));
		assert_int_equal(caps.HwSchEnabled, t_vendors[i].hw_scheduling);
	}
}

static void nodes_have_types_and_names(void **state)
{
	unsigned int k, count;
	wchar_t name[32];
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		D3DKMT_NODEMETADATA node = { 0 };

		count = t_vendor_node_count(&t_vendors[i]);
		for (k = 0; k < count; k++) {
			memset(&node, 0, sizeof(node));
			node.NodeOrdinalAndAdapterIndex = k;
			query(i, KMTQAITYPE_NODEMETADATA, &node, sizeof(node));
			assert_int_equal(node.NodeData.EngineType, t_vendors[i].node_types[k]);
			/* packed: not to be pointed into */
			memcpy(name, (char *)&node + offsetof(D3DKMT_NODEMETADATA,
							      NodeData.FriendlyName),
			       sizeof(name));
			assert_wide(name, t_vendors[i].node_names[k]);
		}
		node.NodeOrdinalAndAdapterIndex = count;
		assert_status(t_query_adapter(adapters[i].hAdapter, KMTQAITYPE_NODEMETADATA, &node,
					      sizeof(node)), STATUS_INVALID_PARAMETER);
	}
}

/* Whatever it looks like, it is the software GPU: the first node works, and the last. */
static void each_runs_command_buffers(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < T_VENDORS; i++) {
		t_check_that_it_works(&adapters[i], 0);
		t_check_that_it_works(&adapters[i], t_vendor_node_count(&t_vendors[i]) - 1);
	}
}

static void private_data_is_what_the_profile_says(void **state)
{
	static const unsigned char want[16] = { 0xaa, 0xbb, 0xcc };
	unsigned char data[17] = { 0 };
	struct dxghost_gpu_info info = { 0 };

	(void)state;
	query(0, KMTQAITYPE_UMDRIVERPRIVATE, data, 16);
	assert_memory_equal(data, want, 16);
	assert_status(t_query_adapter(adapters[0].hAdapter, KMTQAITYPE_UMDRIVERPRIVATE, data, 17),
		      STATUS_INVALID_PARAMETER);
	query(1, KMTQAITYPE_UMDRIVERPRIVATE, &info, sizeof(info));
	assert_int_equal(info.magic, DXGHOST_GPU_INFO_MAGIC);
}

static NTSTATUS escape(int i, unsigned char *data, unsigned int size)
{
	D3DKMT_ESCAPE args = {
		.hAdapter = adapters[i].hAdapter,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	return D3DKMTEscape(&args);
}

static void escapes_answer_what_the_profile_says(void **state)
{
	unsigned char known[5] = { 0x0a, 0x0b, 0, 0, 9 }, other[2] = { 5, 6 };

	(void)state;
	assert_status(escape(0, known, sizeof(known)), STATUS_SUCCESS);
	assert_memory_equal(known, "\1\2\3\4\11", sizeof(known));
	assert_true(escape(0, other, sizeof(other)) < 0);
	assert_memory_equal(other, "\5\6", sizeof(other));
	assert_status(escape(1, other, sizeof(other)), STATUS_SUCCESS);
	assert_memory_equal(other, "\5\6", sizeof(other));
}

#define vendor_test(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		vendor_test(each_has_its_name_and_chip),
		vendor_test(each_has_the_numbers_of_its_card),
		vendor_test(drivers_have_their_versions),
		vendor_test(driver_store_is_a_path_of_this_machine),
		vendor_test(user_mode_driver_is_in_the_store),
		vendor_test(registry_knows_the_driver),
		vendor_test(each_is_of_its_kind),
		vendor_test(nodes_have_types_and_names),
		vendor_test(each_runs_command_buffers),
		vendor_test(private_data_is_what_the_profile_says),
		vendor_test(escapes_answer_what_the_profile_says),
	};

	t_host_use_machine(machine);
	return cmocka_run_group_tests_name("vendors", tests, NULL, NULL);
}
