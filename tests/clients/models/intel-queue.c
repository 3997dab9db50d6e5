/* SPDX-License-Identifier: MIT */
/* Intel's compute runtime: a context and a fence for each engine. */
#include "intel.h"

struct intel_context intel_create_context(UINT node, D3DKMT_CLIENTHINT hint)
{
	char data[64] = "private data of the context";
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = intel.device,
		.NodeOrdinal = node,
		.EngineAffinity = 1,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
		.ClientHint = hint,
	};
	struct intel_context context = { 0 };

	client_must(D3DKMTCreateContextVirtual, &args);
	context.handle = args.hContext;
	assert_local_handle(context.handle);
	context.fence = client_create_fence(intel.device, 0);
	assert_int_equal(client_read_fence(context.fence.cpu), 0);
	return context;
}

void intel_destroy_context(struct intel_context *context)
{
	client_destroy_fence(context->fence.handle);
	client_destroy_context(context->handle);
}

/* Computing, and copying with a priority. */
void makes_a_context_for_each_engine(void)
{
	intel.contexts[0] = intel_create_context(5, D3DKMT_CLIENTHINT_OPENCL);
	intel.contexts[1] = intel_create_context(2, D3DKMT_CLIENTHINT_OPENCL);
	client_must(D3DKMTSetContextSchedulingPriority,
		    &(D3DKMT_SETCONTEXTSCHEDULINGPRIORITY){
			    .hContext = intel.contexts[1].handle, .Priority = 1,
		    });
}

/* Before the first submission behind paging, the context is made to wait for it. */
static void wait_for_paging(const struct intel_context *context)
{
	if (client_read_fence(intel.paging.FenceValueCPUVirtualAddress) < intel.paging_value)
		client_wait_gpu(context->handle, intel.paging.hSyncObject, intel.paging_value);
}

/* Reads the fence; where it is not there yet, a call that blocks. All ones: it hangs. */
static void wait_for_fence(const struct intel_context *context)
{
	if (client_read_fence(context->fence.cpu) < context->value)
		client_wait_cpu(intel.device, context->fence.handle, context->value);
	assert_int_equal(client_read_fence(context->fence.cpu), context->value);
}

/*
 * The fence's GPU address goes with the submission, and the kernel's driver has it
 * written; here a packet does.
 */
static void fill(struct intel_context *context, const struct intel_memory *commands,
		 const struct intel_memory *memory, uint32_t value)
{
	char *at = commands->cpu;
	size_t used = t_put_fill(at, memory->gpu, INTEL_SIZE, value);

	used += t_put_write(at + used, context->fence.gpu, ++context->value);
	wait_for_paging(context);
	client_submit(context->handle, commands->gpu, used);
}

void fills_memory_on_each_engine(void)
{
	unsigned int i, round;

	for (i = 0; i < INTEL_CONTEXTS; i++) {
		for (round = 1; round <= 3; round++) {
			struct intel_memory *memory = &intel.memories[INTEL_MEMORIES - round];

			fill(&intel.contexts[i], &intel.memories[i], memory, 16 * i + round);
			wait_for_fence(&intel.contexts[i]);
			assert_true(client_is_filled(memory->cpu, INTEL_SIZE, 16 * i + round));
		}
	}
	/* Whether or not the paging was done before: the GPU's wait for it is an order. */
	client_wait_gpu(intel.contexts[0].handle, intel.paging.hSyncObject, intel.paging_value);
	client_wait_cpu(intel.device, intel.contexts[0].fence.handle, 3);
}

void level_zero_says_so_in_its_hint(void)
{
	struct intel_context context = intel_create_context(5, D3DKMT_CLIENTHINT_ONEAPI_LEVEL0);

	fill(&context, &intel.memories[0], &intel.memories[8], 0x1e7e1);
	wait_for_fence(&context);
	assert_true(client_is_filled(intel.memories[8].cpu, INTEL_SIZE, 0x1e7e1));
	intel_destroy_context(&context);
}

/* Of the whole process, where the addresses are to be parted anew. */
void exchanges_the_layout_by_an_escape(void)
{
	uint64_t layout[16] = { 0x200000, 0x7fffffffffff };
	D3DKMT_ESCAPE args = {
		.hAdapter = intel.adapter,
		.hDevice = intel.device,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.pPrivateDriverData = layout,
		.PrivateDriverDataSize = sizeof(layout),
	};

	client_must(D3DKMTEscape, &args);
	assert_int_equal(layout[0], 0x200000);
}

/* Were that to fail, it would leave everything to the end of the process. */
void asks_for_presents_before_it_destroys(void)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = intel.device, .StateType = D3DKMT_DEVICESTATE_PRESENT,
	};

	client_must(D3DKMTGetDeviceState, &args);
}
