/* SPDX-License-Identifier: MIT */
/*
 * NVIDIA's loader sample: the first adapter whose driver store has libcuda, which is then
 * loaded by its path, and in turn loads libdxcore.so by its bare name.
 */
#include "nvidia.h"

#include <unistd.h>

#include "client-store.h"
#include "cuda.h"

static const char *const store_files[] = { NVIDIA_LIBCUDA, NULL };

static void *library;
static struct nvidia_adapters adapters;
static char store[MAX_PATH];

static void path_of_libcuda(const char *folder, char ret_path[2 * MAX_PATH])
{
	snprintf(ret_path, 2 * MAX_PATH, "%s/%s", folder, NVIDIA_LIBCUDA);
}

/* A stand-in takes its place in the store. */
static void install_libcuda(const char *folder)
{
	const char *stand_in = getenv("LIBCUDA");
	char path[2 * MAX_PATH];

	path_of_libcuda(folder, path);
	assert_non_null(stand_in);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(stand_in, path), 0);
}

static void loads_by_the_bare_name(void)
{
	static const char *const symbols[] = {
		"D3DKMTEnumAdapters2", "D3DKMTQueryAdapterInfo", NULL,
	};

	install_libcuda(nvidia_use_machine(store_files));
	library = client_load("nvidia-loader", "libdxcore.so", RTLD_LAZY);
	client_take(library, symbols);
}

static void enumerates_by_count_and_array(void)
{
	adapters = nvidia_enum_adapters2();
	assert_int_equal(adapters.count, NVIDIA_ADAPTERS);
}

/* One adapter after the other, until there is one; those before WDDM 2.5 are left out. */
static void stops_at_the_store_that_has_libcuda(void)
{
	ULONG i;

	for (i = 0; i < adapters.count && !*store; i++) {
		D3DKMT_HANDLE adapter = adapters.list[i].hAdapter;
		const char *path;

		if (!nvidia_has_driver_model(adapter, KMT_DRIVERVERSION_WDDM_2_5))
			continue;
		path = nvidia_driver_store(adapter);
		if (nvidia_store_has(path, NVIDIA_LIBCUDA))
			strcpy(store, path);
	}
	assert_int_equal(i, NVIDIA_ADAPTERS);
	free(adapters.list);
}

static void libcuda_finds_the_library_and_a_device(void)
{
	__typeof__(&cuInit) init;
	char path[2 * MAX_PATH];
	void *libcuda;

	path_of_libcuda(store, path);
	libcuda = dlopen(path, RTLD_NOW);
	if (!libcuda)
		t_fail(dlerror(), __FILE__, __LINE__);
	*(void **)&init = dlsym(libcuda, "cuInit");
	assert_non_null(init);
	assert_int_equal(init(0), CUDA_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest steps[] = {
		client_step(loads_by_the_bare_name),
		client_step(enumerates_by_count_and_array),
		client_step(stops_at_the_store_that_has_libcuda),
		client_step(libcuda_finds_the_library_and_a_device),
		client_step(calls_what_the_matrix_says),
	};
	int failed = cmocka_run_group_tests_name("client-nvidia-loader", steps, NULL, NULL);

	client_remove_store(store_files);
	return failed;
}
