/* SPDX-License-Identifier: MIT */
/* libdxgtest, all of its tests in one run. It is linked with libdxg. */
#define CLIENT_IS_LINKED
#include "client.h"

#include <wchar.h>

#include "t-host.h"
#include "t-leak.h"
#include "t-process.h"

#define ADAPTERS 16

static struct {
	D3DKMT_ADAPTERINFO info;
	bool has_hw_scheduling;
} found[ADAPTERS];
static ULONG count;

static void enumerates_in_one_call(void)
{
	D3DKMT_ADAPTERINFO all[ADAPTERS] = { 0 };
	D3DKMT_ENUMADAPTERS3 args = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = ADAPTERS,
		.pAdapters = all,
	};

	t_host_use_machine("[adapter]\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "integrated = on\n"
			   "hw_scheduling = off\n"
			   CLIENT_LITTLE_MEMORY
			   "[adapter]\n"
			   "compute_only = on\n"
			   "nodes = compute\n"
			   CLIENT_LITTLE_MEMORY);
	client_is_linked("libdxgtest");
	client_must(D3DKMTEnumAdapters3, &args);
	count = args.NumAdapters;
	assert_int_equal(count, 3);
	while (args.NumAdapters--)
		found[args.NumAdapters].info = all[args.NumAdapters];
}

static void describe(D3DKMT_HANDLE adapter, bool *ret_has_hw_scheduling)
{
	D3DKMT_ADAPTERTYPE type = { 0 };
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
	D3DKMT_WDDM_2_7_CAPS caps = { 0 };
	static D3DKMT_DRIVER_DESCRIPTION description;

	_Static_assert(sizeof(description) == 16384, "4096 of wchar_t");
	client_must_ask(adapter, KMTQAITYPE_ADAPTERTYPE_RENDER, &type, sizeof(type));
	assert_true(NT_SUCCESS(client_may_ask(adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS, &ids,
					      sizeof(ids))));
	*ret_has_hw_scheduling =
		client_may_ask(adapter, KMTQAITYPE_WDDM_2_7_CAPS, &caps, sizeof(caps)) ==
			STATUS_SUCCESS && caps.HwSchEnabled;
	client_must_ask(adapter, KMTQAITYPE_DRIVER_DESCRIPTION, &description,
			sizeof(description));
	assert_true(type.RenderSupported);
	assert_int_equal(ids.DeviceIds.VendorID, 0x1414);
	assert_int_equal(wcscmp((wchar_t *)description.DriverDescription, L"DXG Software GPU"), 0);
}

static void describes_each_adapter(void)
{
	ULONG i;

	for (i = 0; i < count; i++)
		describe(found[i].info.hAdapter, &found[i].has_hw_scheduling);
	assert_true(found[0].has_hw_scheduling);
	assert_false(found[1].has_hw_scheduling);
}

static D3DKMT_HANDLE open_adapter(ULONG index)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = found[index].info.AdapterLuid };

	client_must(D3DKMTOpenAdapterFromLuid, &args);
	assert_true(args.hAdapter != 0);
	return args.hAdapter;
}

static void close_adapter(D3DKMT_HANDLE adapter)
{
	client_must(D3DKMTCloseAdapter, &(D3DKMT_CLOSEADAPTER){ .hAdapter = adapter });
}

static void opens_and_closes_each_by_its_luid(void)
{
	ULONG i;

	for (i = 0; i < count; i++)
		close_adapter(open_adapter(i));
}

static D3DKMT_HANDLE create_device(D3DKMT_HANDLE adapter)
{
	D3DKMT_CREATEDEVICE args = { .hAdapter = adapter };

	client_must(D3DKMTCreateDevice, &args);
	assert_local_handle(args.hDevice);
	return args.hDevice;
}

static void destroy_device(D3DKMT_HANDLE device)
{
	client_must(D3DKMTDestroyDevice, &(D3DKMT_DESTROYDEVICE){ .hDevice = device });
}

static void creates_five_devices_one_after_the_other(void)
{
	ULONG i, round;

	for (i = 0; i < count; i++)
		for (round = 0; round < 5; round++)
			destroy_device(create_device(found[i].info.hAdapter));
}

static void *open_in_thread(void *unused)
{
	opens_and_closes_each_by_its_luid();
	return unused;
}

static void does_so_in_another_thread(void)
{
	t_join_thread(t_start_thread(open_in_thread, NULL));
}

/* With hardware queues where the adapter schedules them. */
static void creates_a_device_with_a_context(void)
{
	ULONG i;

	for (i = 0; i < count; i++) {
		D3DKMT_CREATECONTEXTVIRTUAL context = {
			.hDevice = create_device(found[i].info.hAdapter),
			.NodeOrdinal = 0,
			.EngineAffinity = 1,
			.Flags = { .HwQueueSupported = found[i].has_hw_scheduling },
			.ClientHint = D3DKMT_CLIENTHINT_CDD,
		};

		client_must(D3DKMTCreateContextVirtual, &context);
		assert_local_handle(context.hContext);
		client_must(D3DKMTDestroyContext,
			    &(D3DKMT_DESTROYCONTEXT){ .hContext = context.hContext });
		destroy_device(context.hDevice);
	}
}

static void leaves_nothing_but_its_adapters(void)
{
	struct dxg_soft_object_counts counts;

	t_count_objects(&counts);
	assert_int_equal(counts.devices, 0);
	assert_int_equal(counts.contexts, 0);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(enumerates_in_one_call),
		client_step(describes_each_adapter),
		client_step(opens_and_closes_each_by_its_luid),
		client_step(creates_five_devices_one_after_the_other),
		client_step(does_so_in_another_thread),
		client_step(creates_a_device_with_a_context),
		client_step(leaves_nothing_but_its_adapters),
		client_step(calls_what_the_matrix_says),
	};

	return cmocka_run_group_tests_name("client-libdxgtest", steps, NULL, NULL);
}
