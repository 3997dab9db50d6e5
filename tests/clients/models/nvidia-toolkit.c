/* SPDX-License-Identifier: MIT */
/*
 * NVIDIA's container toolkit: the driver stores that a container is to be given. The
 * library's file is to be at its path as well, for it is given to the container.
 */
#include "nvidia.h"

#include <unistd.h>

#include "client-store.h"
#include "t-process.h"
#include "t-soft.h"

static const char *const store_files[] = {
	NVIDIA_LIBCUDA, "libcuda_loader.so", "libnvidia-ptxjitcompiler.so.1",
	"libnvidia-ml.so.1", "libnvidia-ml_loader.so", "libnvdxgdmal.so.1", "nvcubins.bin",
	"nvidia-smi", NULL,
};

static void *library;
static struct nvidia_adapters adapters;
static D3DKMT_HANDLE recent[NVIDIA_ADAPTERS];
static unsigned int recent_count;
static char store[MAX_PATH];

static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = { "D3DKMTQueryAdapterInfo", NULL };
	static const char *const either[] = {
		"D3DKMTEnumAdapters3", "D3DKMTEnumAdapters2", NULL,
	};

	nvidia_use_machine(store_files);
	assert_int_equal(access(client_fixed_path(), F_OK), 0);
	library = client_load("nvidia-toolkit", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
	client_take_some(library, either);
}

static void enumerates_those_for_computing_too(void)
{
	adapters = nvidia_enum_adapters3(NULL);
	assert_int_equal(adapters.count, NVIDIA_ADAPTERS);
}

static void leaves_out_drivers_before_wddm_2_7(void)
{
	ULONG i;

	for (i = 0; i < adapters.count; i++)
		if (nvidia_has_driver_model(adapters.list[i].hAdapter, KMT_DRIVERVERSION_WDDM_2_7))
			recent[recent_count++] = adapters.list[i].hAdapter;
	assert_int_equal(recent_count, NVIDIA_ADAPTERS - 1);
}

static void takes_the_store_that_has_libcuda(void)
{
	unsigned int i;

	for (i = 0; i < recent_count; i++) {
		const char *path = nvidia_driver_store(recent[i]);

		if (nvidia_store_has(path, NVIDIA_LIBCUDA))
			strcpy(store, path);
	}
	for (i = 0; store_files[i]; i++)
		assert_true(nvidia_store_has(store, store_files[i]));
	free(adapters.list);
}

static void adapter_comes(void)
{
	assert_int_equal(t_soft_if_any()->return_adapter(0), 0);
}

/* One more than there were a moment ago: then the older function is asked. */
static void falls_back_when_the_list_has_become_too_short(void)
{
	assert_int_equal(t_soft_if_any()->remove_adapter(0), 0);
	adapters = nvidia_enum_adapters3(adapter_comes);
	assert_null(adapters.list);
	adapters = nvidia_enum_adapters2();
	assert_int_equal(adapters.count, NVIDIA_ADAPTERS);
	free(adapters.list);
}

/* Without a word to the adapters, whose handles stay open. */
static void unloads_at_once(void)
{
	unsigned int descriptors = t_count_descriptors();

	client_unload(library);
	assert_int_equal(t_count_descriptors(), descriptors);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(enumerates_those_for_computing_too),
		client_step(leaves_out_drivers_before_wddm_2_7),
		client_step(takes_the_store_that_has_libcuda),
		client_step(falls_back_when_the_list_has_become_too_short),
		client_step(unloads_at_once),
		client_step(calls_what_the_matrix_says),
	};
	int failed;

	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft, where adapters come and go");
		return 77;
	}
	failed = cmocka_run_group_tests_name("client-nvidia-toolkit", steps, NULL, NULL);
	client_remove_store(store_files);
	return failed;
}
