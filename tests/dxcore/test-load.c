/* SPDX-License-Identifier: MIT */
/*
 * Loading libdxcore.so as its clients do. This program is linked with neither
 * library; a library once loaded stays, so that each test has a child.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxcore.h>

/* The embedded device, before a child is given another. */
static const char *soft_device;

typedef NTSTATUS close_adapter(const D3DKMT_CLOSEADAPTER *args);
typedef HRESULT create_factory(const IID *riid, void **factory);

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "%s\n", what);
	fflush(stderr);
	_exit(1);
}

static void *load(const char *path)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	require(library, path);
	return library;
}

static void *find(void *library, const char *name)
{
	void *symbol = dlsym(library, name);

	require(symbol, name);
	return symbol;
}

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	require(directory, "/proc/self/fd");
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* /dev/null opens, but is no GPU. */
static void call(void *function)
{
	static const D3DKMT_CLOSEADAPTER args;
	close_adapter *close;

	*(void **)&close = function;
	require(close(&args) == STATUS_UNSUCCESSFUL, "the call of a node that is no GPU");
}

static void in_child(void (*test)(void))
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	if (!child) {
		setenv("DXG_DEVICE", "/dev/null", 1);
		test();
		exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void check_loading(void)
{
	int before = count_descriptors();
	void *library = load(getenv("LIBDXCORE"));

	find(library, "D3DKMTEnumAdapters3");
	find(library, "DXCoreCreateAdapterFactory");
	require(count_descriptors() == before, "loading opens nothing");
}

static void loading_opens_nothing(void **state)
{
	(void)state;
	in_child(check_loading);
}

static void check_sharing(void *dxg, void *dxcore)
{
	int before = count_descriptors();

	require(find(dxg, "D3DKMTCloseAdapter") == find(dxcore, "D3DKMTCloseAdapter"),
		"both libraries have the same function");
	call(find(dxg, "D3DKMTCloseAdapter"));
	call(find(dxcore, "D3DKMTCloseAdapter"));
	require(count_descriptors() == before + 1, "there is one descriptor");
}

static void load_libdxg_first(void)
{
	void *dxg = load(getenv("LIBDXG"));

	check_sharing(dxg, load(getenv("LIBDXCORE")));
}

static void load_libdxcore_first(void)
{
	void *dxcore = load(getenv("LIBDXCORE"));

	check_sharing(load(getenv("LIBDXG")), dxcore);
}

static void a_process_with_both_has_one_descriptor(void **state)
{
	(void)state;
	in_child(load_libdxg_first);
	in_child(load_libdxcore_first);
}

/* The objects use it, too: the factory's failure is that of the same device. */
static void check_objects(void)
{
	void *dxg = load(getenv("LIBDXG"));
	void *dxcore = load(getenv("LIBDXCORE"));
	int before = count_descriptors();
	create_factory *create;
	void *factory = &factory;

	call(find(dxg, "D3DKMTCloseAdapter"));
	*(void **)&create = find(dxcore, "DXCoreCreateAdapterFactory");
	require(create(&IID_IDXCoreAdapterFactory, &factory) == (HRESULT)0xd0000001,
		"a node that is no GPU gives no factory");
	require(!factory, "nor a pointer");
	require(count_descriptors() == before + 1, "there is one descriptor");
}

static void objects_use_that_descriptor(void **state)
{
	(void)state;
	in_child(check_objects);
}

/* As in a container that has been given this one file. */
static char *copy_alone(void)
{
	static char path[64];
	char command[4096 + 64];
	char folder[] = "/tmp/test-dxcore-XXXXXX";

	require(mkdtemp(folder), folder);
	snprintf(path, sizeof(path), "%s/libdxcore.so", folder);
	snprintf(command, sizeof(command), "cp '%s' '%s'", getenv("LIBDXCORE"), path);
	require(!system(command), command);
	return path;
}

static void remove_copy(char *path)
{
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
}

static void check_alone(void)
{
	int before = count_descriptors();
	char *path = copy_alone();
	void *library = load(path);
	create_factory *create;
	void *factory;

	remove_copy(path);
	if (dlopen("libdxg.so.0", RTLD_NOW | RTLD_NOLOAD)) {
		puts("skipped in part: libdxg is installed on this machine");
		return;
	}
	call(find(library, "D3DKMTCloseAdapter"));
	require(count_descriptors() == before + 1, "there is one descriptor");
	*(void **)&create = find(library, "DXCoreCreateAdapterFactory");
	require(create(&IID_IDXCoreAdapterFactory, &factory) == (HRESULT)0xd0000001,
		"a node that is no GPU gives no factory");
	require(count_descriptors() == before + 1, "there is one descriptor");
}

static void the_one_file_is_enough(void **state)
{
	(void)state;
	in_child(check_alone);
}

static void check_staying(void)
{
	void *library = load(getenv("LIBDXCORE"));
	create_factory *create;
	void *factory;
	int i;

	*(void **)&create = find(library, "DXCoreCreateAdapterFactory");
	for (i = 0; i < 5; i++) {
		require(!dlclose(library), "dlclose");
		require(create(&IID_IDXCoreAdapterFactory, &factory) == (HRESULT)0xd0000001,
			"what was loaded is still there");
		library = load(getenv("LIBDXCORE"));
	}
}

static void it_stays_loaded(void **state)
{
	(void)state;
	in_child(check_staying);
}

/* By its bare name, as most look it up; and it is the same library by its path. */
static void check_name(void)
{
	void *library = load("libdxcore.so");

	require(library == load(getenv("LIBDXCORE")), "one library under both names");
}

static void its_bare_name_will_do(void **state)
{
	(void)state;
	in_child(check_name);
}

/* Without a device: the message of clients depends on the value. */
static void check_no_device(void)
{
	create_factory *create;
	void *factory = &factory;

	setenv("DXG_DEVICE", "/no/such/node", 1);
	*(void **)&create = find(load(getenv("LIBDXCORE")), "DXCoreCreateAdapterFactory");
	require(create(&IID_IDXCoreAdapterFactory, &factory) == (HRESULT)0xd0000001,
		"without a device there is no factory");
	require(!factory, "nor a pointer");
}

static void without_a_device_it_loads_and_says_so(void **state)
{
	(void)state;
	in_child(check_no_device);
}

/* Clients leak: Mesa never gives its list back. */
static void check_leak(void)
{
	/* Not lost, for those who look for what is. */
	static void *object;
	IDXCoreAdapterFactory1 *factory;
	create_factory *create;
	void *library = load(getenv("LIBDXCORE"));

	setenv("DXG_DEVICE", soft_device, 1);
	*(void **)&create = find(library, "DXCoreCreateAdapterFactory");
	require(create(&IID_IDXCoreAdapterFactory, &object) == S_OK, "the factory");
	factory = object;
	require(factory->lpVtbl->CreateAdapterList(factory, 1,
						   &DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS,
						   &IID_IDXCoreAdapterList, &object) == S_OK,
		"a list");
	require(!dlclose(library), "dlclose");
}

static void a_process_may_end_with_objects(void **state)
{
	(void)state;
	in_child(check_leak);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loading_opens_nothing),
		cmocka_unit_test(a_process_with_both_has_one_descriptor),
		cmocka_unit_test(objects_use_that_descriptor),
		cmocka_unit_test(the_one_file_is_enough),
		cmocka_unit_test(it_stays_loaded),
		cmocka_unit_test(its_bare_name_will_do),
		cmocka_unit_test(without_a_device_it_loads_and_says_so),
		cmocka_unit_test(a_process_may_end_with_objects),
	};

	soft_device = getenv("DXG_DEVICE");
	if (!getenv("LIBDXG") || !getenv("LIBDXCORE") || !soft_device) {
		puts("skipped: LIBDXG and LIBDXCORE name the libraries to load, DXG_DEVICE a soft one");
		return 77;
	}
	return cmocka_run_group_tests_name("dxcore-load", tests, NULL, NULL);
}
