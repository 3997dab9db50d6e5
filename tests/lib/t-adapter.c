/* SPDX-License-Identifier: MIT */
/* Adapters that are there, listed and set to work. */
#include "t.h"

#include "t-adapter.h"

unsigned int t_enumerate(bool compute_only, D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX])
{
	D3DKMT_ENUMADAPTERS3 args = {
		.NumAdapters = T_ADAPTERS_MAX,
		.pAdapters = adapters,
	};

	args.Filter.IncludeComputeOnly = compute_only;
	assert_status(D3DKMTEnumAdapters3(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

void t_check_that_it_works(const D3DKMT_ADAPTERINFO *adapter, unsigned int node)
{
	struct t_gpu gpu = { .adapter = adapter->hAdapter, .luid = adapter->AdapterLuid };
	struct t_commands commands;

	gpu.device = t_create_device(gpu.adapter);
	gpu.context = t_create_context(gpu.device, node);
	t_create_paging_queue(gpu.device, &gpu.paging);
	gpu.fence = t_create_fence(gpu.device, 0);
	gpu.commands = t_create_buffer(&gpu, 65536);
	commands = t_commands(&gpu);
	t_write(&commands, gpu.commands.gpu + 65528, 0x5ca1ab1e);
	t_submit_and_wait(&commands);
	assert_true(((uint64_t *)gpu.commands.cpu)[8191] == 0x5ca1ab1e);
	t_destroy_device(gpu.device);
}
