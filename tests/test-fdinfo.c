/* SPDX-License-Identifier: MIT */
/* What /proc/PID/fdinfo says of the device: whose memory and engines of the GPU. */
#include "fdinfo.h"
#include "lib/t-share.h"

#include <fcntl.h>
#include <limits.h>

#include <dxg/dxg.h>
#include <dxghostd/control.h>

#define SIZE		(3u << 20)
#define SMALL		0x1000u

static const char two_gpus[] =
	"[adapter]\nlocal_memory = 128M\nnonlocal_memory = 64M\n"
	"[adapter]\nlocal_memory = 128M\nnonlocal_memory = 64M\n";

static uint64_t size_now(const char *key)
{
	char *text = fdinfo_own();
	uint64_t size = t_text_size(text, key);

	free(text);
	return size;
}

static void expect_pair(const char *text, const char *key, const char *want)
{
	const char *value = t_text_value(text, key);

	assert_non_null(value);
	assert_string_equal(value, want);
}

/* The address of a PCI function is the name of its directory. */
static void expect_slot(const char *text, const char *key, const char *device)
{
	char parent[PATH_MAX];

	assert_non_null(realpath(device, parent));
	expect_pair(text, key, strrchr(parent, '/') + 1);
}

static void block_names_driver_and_function(void **state)
{
	char *text = fdinfo_own();

	(void)state;
	expect_pair(text, "drm-driver", "dxgkrnl");
	expect_slot(text, "drm-pdev", "/sys/class/dxg/dxg0/device");
	assert_non_null(t_text_value(text, "drm-client-id"));
	free(text);
}

/* What the driver does not know is not there, as zero or otherwise. */
static void nothing_is_made_up(void **state)
{
	char *text = fdinfo_own();

	(void)state;
	assert_null(strstr(text, "drm-engine-capacity-"));
	assert_null(strstr(text, "drm-cycles-"));
	assert_null(strstr(text, "resident-gpu"));
	assert_null(strstr(text, "purgeable-"));
	assert_null(strstr(text, "active-"));
	/* nor anything about an adapter that the process does not use */
	assert_null(strstr(text, "dxgkrnl-"));
	free(text);
}

/* Several files of a process are one client, other processes are others. */
static void client_is_the_process(void **state)
{
	int mine = fdinfo_descriptor();
	int other = open(fdinfo_node(), O_RDWR | O_CLOEXEC);
	char *texts[2];
	char id[40];

	(void)state;
	assert_true(other >= 0);
	texts[0] = fdinfo_read(mine);
	texts[1] = fdinfo_read(other);
	snprintf(id, sizeof(id), "%s", t_text_value(texts[0], "drm-client-id"));
	expect_pair(texts[1], "drm-client-id", id);
	free(texts[0]);
	free(texts[1]);
	close(other);
}

/* @argument: the parent's id; it opens the device anew. */
static void expect_other_client(void *argument)
{
	int fd = open(fdinfo_node(), O_RDWR | O_CLOEXEC);
	char *text = fdinfo_read(fd);

	assert_string_not_equal(t_text_value(text, "drm-client-id"), argument);
	free(text);
	close(fd);
}

static void other_processes_are_other_clients(void **state)
{
	char *text = fdinfo_own();
	char id[40];

	(void)state;
	snprintf(id, sizeof(id), "%s", t_text_value(text, "drm-client-id"));
	t_run_child(expect_other_client, id);
	free(text);
}

static void memory_is_counted_while_it_is_there(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before = size_now("drm-total-gpu");
	D3DKMT_HANDLE large, small;

	large = t_create_allocation(gpu->device, SIZE, 0);
	assert_int_equal(size_now("drm-total-gpu"), before + SIZE);
	small = t_create_allocation(gpu->device, SMALL, 0);
	assert_int_equal(size_now("drm-total-gpu"), before + SIZE + SMALL);
	/* what the key was called before there was one for the total */
	assert_int_equal(size_now("drm-memory-gpu"), before + SIZE + SMALL);
	assert_status(t_destroy_allocation(gpu->device, large), STATUS_SUCCESS);
	assert_int_equal(size_now("drm-total-gpu"), before + SMALL);
	assert_status(t_destroy_allocation(gpu->device, small), STATUS_SUCCESS);
	assert_int_equal(size_now("drm-total-gpu"), before);
	assert_int_equal(size_now("drm-total-memory"), 0);
}

static void device_takes_its_memory_along(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t before = size_now("drm-total-gpu");
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);

	t_create_allocation(device, SIZE, 0);
	assert_int_equal(size_now("drm-total-gpu"), before + SIZE);
	t_destroy_device(device);
	assert_int_equal(size_now("drm-total-gpu"), before);
}

static D3DKMT_HANDLE create_over(const struct t_gpu *gpu, void *memory)
{
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData = { .Size = SIZE },
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = memory };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = { .StandardAllocation = 1, .ExistingSysMem = 1 },
	};

	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	return info.hAllocation;
}

static void own_pages_are_told_apart(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	uint64_t before = size_now("drm-total-gpu");
	D3DKMT_HANDLE allocation = create_over(gpu, memory);

	assert_int_equal(size_now("drm-total-memory"), SIZE);
	assert_int_equal(size_now("drm-resident-memory"), SIZE);
	assert_int_equal(size_now("drm-total-gpu"), before);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	assert_int_equal(size_now("drm-total-memory"), 0);
	assert_int_equal(size_now("drm-resident-memory"), 0);
	t_free_pages(memory, SIZE);
}

static void resource_is_shared_once_it_has_a_descriptor(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_shared_resource resource;
	int fd;

	assert_status(t_try_create_shared_resource(gpu->device, SIZE, &resource),
		      STATUS_SUCCESS);
	assert_int_equal(size_now("drm-shared-gpu"), 0);
	fd = t_share(resource.handle);
	assert_int_equal(size_now("drm-shared-gpu"), SIZE);
	assert_status(t_destroy_resource(gpu->device, resource.handle),
		      STATUS_SUCCESS);
	assert_int_equal(size_now("drm-shared-gpu"), 0);
	close(fd);
}

static void lose_the_gpu(void *argument)
{
	struct t_gpu *gpu;
	char *text;
	int fd;

	(void)argument;
	t_setup_gpu((void **)&gpu);
	fd = fdinfo_descriptor();
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
	text = fdinfo_read(fd);
	expect_pair(text, "drm-driver", "dxgkrnl");
	assert_null(t_text_value(text, "drm-pdev"));
	assert_null(t_text_value(text, "drm-total-gpu"));
	free(text);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
	assert_eventually(t_path_exists("/sys/class/dxg/dxg0"));
}

static void gpu_that_has_gone_has_no_block(void **state)
{
	(void)state;
	t_run_child(lose_the_gpu, NULL);
}

static bool has_key(const char *key)
{
	char *text = fdinfo_own();
	bool has = t_text_value(text, key);

	free(text);
	return has;
}

/* The one of the two that is not in the standard block has keys of its own. */
static void expect_second(const D3DKMT_ADAPTERINFO *second, uint64_t size)
{
	char prefix[60], key[100];
	char *text;

	snprintf(prefix, sizeof(prefix), "dxgkrnl-%08x-%08x",
		 (unsigned int)second->AdapterLuid.HighPart,
		 (unsigned int)second->AdapterLuid.LowPart);
	snprintf(key, sizeof(key), "%s-engine-copy", prefix);
	assert_eventually(has_key(key));
	text = fdinfo_own();
	assert_int_equal(fdinfo_count_engines(text), 3);
	snprintf(key, sizeof(key), "%s-pdev", prefix);
	expect_slot(text, key, "/sys/class/dxg/dxg1/device");
	snprintf(key, sizeof(key), "%s-total-gpu", prefix);
	assert_int_equal(t_text_size(text, key), size);
	/* and the standard block is about the first */
	expect_slot(text, "drm-pdev", "/sys/class/dxg/dxg0/device");
	free(text);
}

static void use_two_gpus(void *argument)
{
	D3DKMT_ADAPTERINFO info[2] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 2, .pAdapters = info };
	D3DKMT_HANDLE devices[2];
	char *text;

	(void)argument;
	t_host_use_profile(two_gpus);
	assert_eventually(t_path_exists("/sys/class/dxg/dxg1"));
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 2);
	devices[1] = t_create_device(info[1].hAdapter);
	t_create_allocation(devices[1], SIZE, 0);
	/* who uses one of them finds that in the standard block */
	text = fdinfo_own();
	expect_slot(text, "drm-pdev", "/sys/class/dxg/dxg1/device");
	assert_int_equal(t_text_size(text, "drm-total-gpu"), SIZE);
	assert_null(strstr(text, "dxgkrnl-"));
	free(text);
	devices[0] = t_create_device(info[0].hAdapter);
	t_create_allocation(devices[0], SMALL, 0);
	assert_int_equal(size_now("drm-total-gpu"), SMALL);
	expect_second(&info[1], SIZE);
}

static void each_gpu_in_use_has_a_block(void **state)
{
	(void)state;
	t_run_child(use_two_gpus, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(block_names_driver_and_function),
		t_gpu_test(nothing_is_made_up),
		t_gpu_test(client_is_the_process),
		t_gpu_test(other_processes_are_other_clients),
		t_gpu_test(memory_is_counted_while_it_is_there),
		t_gpu_test(device_takes_its_memory_along),
		t_gpu_test(own_pages_are_told_apart),
		t_gpu_test(resource_is_shared_once_it_has_a_descriptor),
		t_gpu_test(engines_of_the_gpu_have_times),
		t_gpu_test(time_grows_where_the_work_is),
		t_gpu_test(time_is_of_the_process_that_has_worked),
		t_bare_test(who_has_no_device_has_no_engines),
		t_gpu_test(time_never_falls),
		t_bare_test(silent_host_keeps_no_reader),
		t_bare_test(silent_host_keeps_what_is_known),
		t_bare_test(engines_that_there_are_not_are_left_out),
		t_bare_test(short_answers_are_no_times),
		t_bare_test(lost_answer_holds_up_nothing),
		t_bare_test(late_answer_is_there_the_next_time),
		t_bare_test(gpu_that_has_gone_has_no_block),
		/* last: it leaves another host */
		cmocka_unit_test(each_gpu_in_use_has_a_block),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("fdinfo", tests, NULL, NULL);
}
