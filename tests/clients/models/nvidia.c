/* SPDX-License-Identifier: MIT */
/* Adapters and their driver stores, as programs of NVIDIA ask for them. */
#include "nvidia.h"

#include <unistd.h>
#include <wchar.h>

#include "client-store.h"
#include "t-host.h"

const char *nvidia_use_machine(const char *const *files)
{
	const char *store = client_make_store(files);
	char profile[1024];

	snprintf(profile, sizeof(profile),
		 "[adapter]\n"
		 "like = intel\n"
		 CLIENT_LITTLE_MEMORY
		 "[adapter]\n"
		 "like = nvidia\n"
		 "wddm_version = 2400\n"
		 CLIENT_LITTLE_MEMORY
		 "[adapter]\n"
		 "like = nvidia\n"
		 "driver_store = %s\n"
		 CLIENT_LITTLE_MEMORY, store);
	t_host_use_machine(profile);
	return store;
}

struct nvidia_adapters nvidia_enum_adapters2(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };
	struct nvidia_adapters adapters;

	client_must(D3DKMTEnumAdapters2, &args);
	adapters.count = args.NumAdapters;
	adapters.list = calloc(adapters.count, sizeof(*adapters.list));
	assert_non_null(adapters.list);
	args.pAdapters = adapters.list;
	client_must(D3DKMTEnumAdapters2, &args);
	assert_int_equal(args.NumAdapters, adapters.count);
	return adapters;
}

struct nvidia_adapters nvidia_enum_adapters3(void (*between)(void))
{
	D3DKMT_ENUMADAPTERS3 args = { .Filter = { .IncludeComputeOnly = 1 } };
	struct nvidia_adapters adapters = { 0 };

	client_must(D3DKMTEnumAdapters3, &args);
	adapters.list = calloc(args.NumAdapters, sizeof(*adapters.list));
	assert_non_null(adapters.list);
	if (between)
		between();
	args.pAdapters = adapters.list;
	if (client_may(D3DKMTEnumAdapters3, &args) == STATUS_SUCCESS) {
		adapters.count = args.NumAdapters;
	} else {
		free(adapters.list);
		adapters.list = NULL;
	}
	return adapters;
}

bool nvidia_has_driver_model(D3DKMT_HANDLE adapter, D3DKMT_DRIVERVERSION model)
{
	D3DKMT_DRIVERVERSION version = 0;

	_Static_assert(sizeof(version) == 4, "of the size that is asked for");
	client_must_ask(adapter, KMTQAITYPE_DRIVERVERSION, &version, sizeof(version));
	return version >= model;
}

static void ask_registry(D3DKMT_HANDLE adapter, D3DDDI_QUERYREGISTRY_INFO *info, UINT size)
{
	memset(info, 0, size);
	info->QueryType = D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH;
	assert_status(client_may_ask_as("QUERYREGISTRY(DRIVERSTOREPATH)", adapter,
					KMTQAITYPE_QUERYREGISTRY, info, size), STATUS_SUCCESS);
}

/* The Status inside is not looked at, and the end is the client's own. */
const char *nvidia_driver_store(D3DKMT_HANDLE adapter)
{
	D3DDDI_QUERYREGISTRY_INFO *info = malloc(sizeof(*info));
	static char path[MAX_PATH];
	ULONG size;

	_Static_assert(sizeof(*info) == 1072, "a structure of wchar_t");
	assert_non_null(info);
	ask_registry(adapter, info, sizeof(*info));
	size = info->OutputValueSize;
	assert_in_range(size, sizeof(wchar_t), MAX_PATH * sizeof(wchar_t));
	info = realloc(info, sizeof(*info) + size);
	assert_non_null(info);
	ask_registry(adapter, info, (UINT)sizeof(*info) + size);
	assert_int_equal(info->OutputValueSize, size);
	((wchar_t *)info->OutputString)[size / sizeof(wchar_t)] = L'\0';
	assert_in_range(wcstombs(path, (wchar_t *)info->OutputString, sizeof(path)), 1,
			sizeof(path) - 1);
	free(info);
	return path;
}

bool nvidia_store_has(const char *store, const char *file)
{
	char path[2 * MAX_PATH];

	snprintf(path, sizeof(path), "%s/%s", store, file);
	return access(path, F_OK) == 0;
}
