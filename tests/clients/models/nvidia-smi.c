/* SPDX-License-Identifier: MIT */
/*
 * nvidia-smi, as far as traces and kernel logs show it. Which adapter information it asks
 * for is not public, nor what its escapes hold. It ends without destroying anything.
 */
#include "nvidia.h"

#include "t-host.h"
#include "t-process.h"

#define ESCAPES 20

static void *library;
static struct nvidia_adapters adapters;
static D3DKMT_HANDLE device;

/* On a host that does not know the question for features, as many do not. */
static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = {
		"D3DKMTCreateDevice", "D3DKMTEnumAdapters3", "D3DKMTEscape",
		"D3DKMTIsFeatureEnabled", "D3DKMTQueryAdapterInfo", NULL,
	};

	t_host_use_profile("fail_command = 68 1+ 0xC000000D\n"
			   "[adapter]\n"
			   "like = nvidia\n"
			   CLIENT_LITTLE_MEMORY);
	library = client_load("nvidia-smi", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
}

static void enumerates_those_for_computing_too(void)
{
	adapters = nvidia_enum_adapters3(NULL);
	assert_int_equal(adapters.count, 1);
}

static NTSTATUS ask(KMTQUERYADAPTERINFOTYPE type, void *data, UINT size)
{
	return client_may(D3DKMTQueryAdapterInfo, &(D3DKMT_QUERYADAPTERINFO){
		.hAdapter = adapters.list[0].hAdapter,
		.Type = type,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	});
}

/* Kernel logs have one such failure for each process, and all works. */
static void does_without_an_answer_about_features(void)
{
	D3DKMT_ISFEATUREENABLED args = {
		.hAdapter = adapters.list[0].hAdapter,
		.FeatureId = DXGK_FEATURE_HWSCH,
	};

	client_is_refused(D3DKMTIsFeatureEnabled, &args);
}

/* And some of these for each adapter: types that the host has not. */
static void does_without_information_that_the_host_has_not(void)
{
	UINT data[2] = { 0 };

	assert_refused(ask(KMTQAITYPE_SCANOUT_CAPS, data, sizeof(data)));
	assert_refused(ask(KMTQAITYPE_DISPLAY_CAPS, data, sizeof(data)));
	assert_refused(ask(KMTQAITYPE_WDDM_3_1_CAPS, data, sizeof(data)));
}

/* Four times, between the enumeration and the device. */
static void asks_for_information(void)
{
	D3DKMT_DRIVERVERSION model = 0;
	D3DKMT_ADAPTERTYPE type = { 0 };
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
	D3DKMT_UMD_DRIVER_VERSION version = { 0 };

	assert_status(ask(KMTQAITYPE_DRIVERVERSION, &model, sizeof(model)), STATUS_SUCCESS);
	assert_status(ask(KMTQAITYPE_ADAPTERTYPE, &type, sizeof(type)), STATUS_SUCCESS);
	assert_status(ask(KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids, sizeof(ids)),
		      STATUS_SUCCESS);
	assert_status(ask(KMTQAITYPE_UMD_DRIVER_VERSION, &version, sizeof(version)),
		      STATUS_SUCCESS);
	assert_true(model >= KMT_DRIVERVERSION_WDDM_2_5);
	assert_true(type.Paravirtualized);
	assert_int_equal(ids.DeviceIds.VendorID, 0x10de);
	assert_int_equal(version.DriverVersion.QuadPart & 0xffff, 6603);
}

static void creates_a_device(void)
{
	D3DKMT_CREATEDEVICE args = { .hAdapter = adapters.list[0].hAdapter };

	_Static_assert(sizeof(args) == 64, "the size in the trace");
	client_must(D3DKMTCreateDevice, &args);
	device = args.hDevice;
	assert_local_handle(device);
}

/* Of sizes that grow, to the driver and back. */
static void escapes_over_and_over(void)
{
	unsigned char data[ESCAPES * 64], sent[ESCAPES * 64];
	unsigned int i;

	for (i = 0; i < sizeof(sent); i++)
		sent[i] = (unsigned char)i;
	for (i = 1; i <= ESCAPES; i++) {
		D3DKMT_ESCAPE args = {
			.hAdapter = adapters.list[0].hAdapter,
			.hDevice = device,
			.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
			.pPrivateDriverData = data,
			.PrivateDriverDataSize = i * 64,
		};

		_Static_assert(sizeof(args) == 32, "the size in the trace");
		memcpy(data, sent, sizeof(data));
		client_must(D3DKMTEscape, &args);
		assert_memory_equal(data, sent, sizeof(data));
	}
	free(adapters.list);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(enumerates_those_for_computing_too),
		client_step(does_without_an_answer_about_features),
		client_step(does_without_information_that_the_host_has_not),
		client_step(asks_for_information),
		client_step(creates_a_device),
		client_step(escapes_over_and_over),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-nvidia-smi", steps, NULL, NULL);
}
