/* SPDX-License-Identifier: MIT */
/* fastfetch 2, its line about GPUs: the library by its path, and the adapters for D3D11. */
#include "client-dxcore.h"

#include "t-host.h"

#define DESCRIPTION_SIZE 256

static void *library;
static IDXCoreAdapterFactory *factory;
static IDXCoreAdapterList *list;
static char lines[2][DESCRIPTION_SIZE + 64];
static unsigned int line_count;

/* One that is software, too. */
static void loads_by_the_path(void)
{
	t_host_use_machine("[adapter]\n"
			   "like = intel\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "like = basic-render\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("fastfetch", client_fixed_path(), RTLD_LAZY);
}

static void lists_adapters_for_d3d11(void)
{
	factory = client_factory(library);
	list = client_list(factory, D3D11_GRAPHICS);
	assert_int_equal(t_ask(list, GetAdapterCount), 2);
}

static void print_line(IDXCoreAdapter *adapter)
{
	char description[DESCRIPTION_SIZE];
	uint64_t version, own, shared;
	bool is_integrated;
	DXCoreHardwareID id;

	client_must_get(adapter, DriverDescription, sizeof(description), description);
	client_must_get(adapter, DriverVersion, sizeof(version), &version);
	client_must_get(adapter, DedicatedAdapterMemory, sizeof(own), &own);
	client_must_get(adapter, SharedSystemMemory, sizeof(shared), &shared);
	client_must_get(adapter, IsIntegrated, sizeof(is_integrated), &is_integrated);
	client_must_get(adapter, HardwareID, sizeof(id), &id);
	assert_true(shared > 0);
	snprintf(lines[line_count++], sizeof(lines[0]), "%04x: %s (%.0f MiB) [%s] %u.%u.%u.%u",
		 id.vendorID, description, (double)own / (1 << 20),
		 is_integrated ? "Integrated" : "Discrete", (unsigned int)(version >> 48),
		 (unsigned int)(version >> 32 & 0xffff), (unsigned int)(version >> 16 & 0xffff),
		 (unsigned int)(version & 0xffff));
}

static void describes_the_one_that_is_hardware(void)
{
	uint32_t i;

	for (i = 0; i < t_ask(list, GetAdapterCount); i++) {
		IDXCoreAdapter *adapter = client_adapter(list, i);
		bool is_hardware;

		client_must_get(adapter, IsHardware, sizeof(is_hardware), &is_hardware);
		if (is_hardware)
			print_line(adapter);
		t_release(adapter);
	}
	assert_int_equal(line_count, 1);
	assert_string_equal(lines[0], "8086: Intel(R) Iris(R) Xe Graphics (64 MiB) "
				      "[Integrated] 32.0.101.5972");
}

static void releases_all(void)
{
	assert_int_equal(t_release(list), 0);
	assert_int_equal(t_release(factory), 0);
	client_unload(library);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_path),
		client_step(lists_adapters_for_d3d11),
		client_step(describes_the_one_that_is_hardware),
		client_step(releases_all),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-fastfetch", steps, NULL, NULL);
}
