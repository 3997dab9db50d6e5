/* SPDX-License-Identifier: MIT */
/* Setup, teardown, and the leak check between them. */
#include "t.h"
#include "t-leak.h"

#include <dxg/dxg.h>

#define COMMAND_BYTES 65536

/*
 * The descriptor of the device is there from the first call on, and the host's
 * process object from the first adapter on, so that one is opened before anything
 * is counted. Without a device there is nothing to test.
 */
static void open_the_device(void)
{
	D3DKMT_ADAPTERINFO infos[MAX_ENUM_ADAPTERS];
	D3DKMT_ENUMADAPTERS3 args = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = MAX_ENUM_ADAPTERS,
		.pAdapters = infos,
	};
	NTSTATUS status = D3DKMTEnumAdapters3(&args);
	unsigned int i;

	if (status) {
		print_error("no device: %s, %s\n", dxg_status_name(status),
			    dxg_last_error_text());
		exit(1);
	}
	for (i = 0; i < args.NumAdapters; i++)
		t_close_adapter(infos[i].hAdapter);
}

int t_setup_bare(void **state)
{
	struct t_gpu *gpu = calloc(1, sizeof(*gpu));

	assert_non_null(gpu);
	open_the_device();
	t_count_objects(&gpu->objects_before);
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

static int check_leaks(const struct t_gpu *gpu)
{
	unsigned int descriptors;
	bool clean = t_objects_are_as_before(&gpu->objects_before);

	descriptors = t_count_descriptors();
	if (descriptors == gpu->descriptors_before)
		return clean ? 0 : -1;
	print_error("leak: open descriptors: %u before, %u after\n",
		    gpu->descriptors_before, descriptors);
	return -1;
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
