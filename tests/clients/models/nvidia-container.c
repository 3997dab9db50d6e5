/* SPDX-License-Identifier: MIT */
/* libnvidia-container: which driver store on this machine is NVIDIA's. */
#include "nvidia.h"

#include <fcntl.h>
#include <unistd.h>

#include "client-store.h"
#include "t-process.h"

static const char *const store_files[] = { NVIDIA_LIBCUDA, "libnvidia-ml.so.1", NULL };

static void *library;
static struct nvidia_adapters adapters;
static D3DKMT_HANDLE recent[NVIDIA_ADAPTERS];
static unsigned int recent_count;
static char store[MAX_PATH];
static unsigned int descriptors;

static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = {
		"D3DKMTEnumAdapters2", "D3DKMTQueryAdapterInfo", NULL,
	};

	nvidia_use_machine(store_files);
	library = client_load("nvidia-container", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
}

static void enumerates_by_count_and_array(void)
{
	adapters = nvidia_enum_adapters2();
	assert_int_equal(adapters.count, NVIDIA_ADAPTERS);
}

static void leaves_out_drivers_before_wddm_2_8(void)
{
	ULONG i;

	for (i = 0; i < adapters.count; i++)
		if (nvidia_has_driver_model(adapters.list[i].hAdapter, KMT_DRIVERVERSION_WDDM_2_8))
			recent[recent_count++] = adapters.list[i].hAdapter;
	assert_int_equal(recent_count, NVIDIA_ADAPTERS - 1);
}

/* An adapter whose store is no folder here is left out, and that is no error. */
static void takes_the_store_that_has_libcuda(void)
{
	unsigned int i, folders = 0;

	for (i = 0; i < recent_count; i++) {
		const char *path = nvidia_driver_store(recent[i]);
		int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

		if (folder < 0) {
			assert_int_equal(strncmp(path, "/usr/lib/wsl/drivers/", 21), 0);
			continue;
		}
		folders++;
		if (!faccessat(folder, NVIDIA_LIBCUDA, F_OK, 0))
			strcpy(store, path);
		close(folder);
	}
	assert_int_equal(folders, 1);
	assert_string_not_equal(store, "");
}

/* Without a word to the adapters, whose handles stay open. */
static void unloads_at_once(void)
{
	descriptors = t_count_descriptors();
	client_unload(library);
	assert_int_equal(t_count_descriptors(), descriptors);
}

/* As a library of the driver's does, for which all of this is done. */
static void another_user_may_load_it_again(void)
{
	static const char *const symbols[] = { "D3DKMTEnumAdapters2", NULL };
	struct nvidia_adapters again;

	library = client_load("nvidia-container", "libdxcore.so", RTLD_NOW);
	client_take(library, symbols);
	again = nvidia_enum_adapters2();
	assert_int_equal(again.count, adapters.count);
	assert_memory_equal(&again.list[0].AdapterLuid, &adapters.list[0].AdapterLuid,
			    sizeof(LUID));
	free(again.list);
	free(adapters.list);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(enumerates_by_count_and_array),
		client_step(leaves_out_drivers_before_wddm_2_8),
		client_step(takes_the_store_that_has_libcuda),
		client_step(unloads_at_once),
		client_step(another_user_may_load_it_again),
		client_step(calls_what_the_matrix_says),
	};
	int failed = cmocka_run_group_tests_name("client-nvidia-container", steps, NULL, NULL);

	client_remove_store(store_files);
	return failed;
}
