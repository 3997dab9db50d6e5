/* SPDX-License-Identifier: MIT */
/* Setup, teardown, and the leak check between them. */
#include "t.h"

#include <dxg/dxg.h>

#define COMMAND_BYTES 65536

static void count_objects(struct dxg_soft_object_counts *ret_counts)
{
	const struct t_host *host = t_host_if_any();

	memset(ret_counts, 0, sizeof(*ret_counts));
	if (host)
		assert_int_equal(host->objects(ret_counts), 0);
}

/*
 * The process object and the descriptor of the device are there from the first
 * call on, so that one is made before anything is counted. Without a device
 * there is nothing to test.
 */
static void open_the_device(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };
	NTSTATUS status = D3DKMTEnumAdapters2(&args);

	if (status == STATUS_SUCCESS)
		return;
	print_error("no device: %s, %s\n", dxg_status_name(status),
		    dxg_last_error_text());
	exit(1);
}

int t_setup_bare(void **state)
{
	struct t_gpu *gpu = calloc(1, sizeof(*gpu));

	assert_non_null(gpu);
	open_the_device();
	count_objects(&gpu->objects_before);
	gpu->descriptors_before = t_count_descriptors();
	*state = gpu;
	return 0;
}

int t_setup_device(void **state)
{
	struct t_gpu *gpu;

	t_setup_bare(state);
	gpu = *state;
	gpu->adapter = t_open_adapter(&gpu->luid);
	gpu->device = t_create_device(gpu->adapter);
	return 0;
}

int t_setup_gpu(void **state)
{
	struct t_gpu *gpu;

	t_setup_device(state);
	gpu = *state;
	gpu->context = t_create_context(gpu->device, 0);
	t_create_paging_queue(gpu->device, &gpu->paging);
	gpu->fence = t_create_fence(gpu->device, 0);
	gpu->commands = t_create_buffer(gpu, COMMAND_BYTES);
	return 0;
}

static void destroy_objects(struct t_gpu *gpu)
{
	if (gpu->context)
		t_destroy_context(gpu->context);
	if (gpu->fence.handle)
		t_destroy_fence(&gpu->fence);
	if (gpu->commands.allocation)
		t_destroy_buffer(gpu, &gpu->commands);
	if (gpu->paging.handle)
		t_destroy_paging_queue(&gpu->paging);
	if (gpu->device)
		t_destroy_device(gpu->device);
	if (gpu->adapter)
		t_close_adapter(gpu->adapter);
}

static void print_leak(const char *what, uint64_t before, uint64_t after)
{
	if (before != after)
		print_error("leak: %s: %llu before, %llu after\n", what,
			    (unsigned long long)before,
			    (unsigned long long)after);
}

static void print_leaks(const struct dxg_soft_object_counts *before,
			const struct dxg_soft_object_counts *after)
{
	print_leak("processes", before->processes, after->processes);
	print_leak("adapters", before->adapters, after->adapters);
	print_leak("devices", before->devices, after->devices);
	print_leak("contexts", before->contexts, after->contexts);
	print_leak("hwqueues", before->hwqueues, after->hwqueues);
	print_leak("paging queues", before->paging_queues, after->paging_queues);
	print_leak("allocations", before->allocations, after->allocations);
	print_leak("resources", before->resources, after->resources);
	print_leak("sync objects", before->sync_objects, after->sync_objects);
	print_leak("shared handles", before->shared_handles, after->shared_handles);
	print_leak("GPU VA bytes", before->gpu_va_bytes, after->gpu_va_bytes);
	print_leak("IO space bytes", before->io_space_bytes, after->io_space_bytes);
}

static bool same_counts(const struct dxg_soft_object_counts *before,
			struct dxg_soft_object_counts *ret_after)
{
	count_objects(ret_after);
	return !memcmp(before, ret_after, sizeof(*before));
}

/* Memory comes back when the GPU has finished with it, so wait a while. */
static int check_leaks(const struct t_gpu *gpu)
{
	struct dxg_soft_object_counts after;
	unsigned int ms;
	bool clean;

	for (ms = 0; ms < 5000; ms++) {
		clean = same_counts(&gpu->objects_before, &after);
		if (clean)
			break;
		t_sleep_ms(1);
	}
	print_leaks(&gpu->objects_before, &after);
	print_leak("open descriptors", gpu->descriptors_before,
		   t_count_descriptors());
	return clean && gpu->descriptors_before == t_count_descriptors() ? 0 : -1;
}

int t_teardown(void **state)
{
	struct t_gpu *gpu = *state;
	int result;

	if (!gpu)
		return 0;
	destroy_objects(gpu);
	result = check_leaks(gpu);
	free(gpu);
	return result;
}
