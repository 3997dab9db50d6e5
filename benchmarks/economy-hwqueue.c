/* SPDX-License-Identifier: MIT */
/* Rows of calls on hardware queues. */
#include "economy.h"

#include <string.h>

static D3DKMT_HANDLE create_parent(const struct gpu *gpu)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.Flags = { .HwQueueSupported = 1 },
	};

	CHECK(D3DKMTCreateContextVirtual(&args));
	return args.hContext;
}

static void submit(D3DKMT_HANDLE queue, const struct buffer *commands)
{
	const struct dxghost_packet nop = { DXGHOST_OP_NOP, sizeof(nop) };
	D3DKMT_SUBMITCOMMANDTOHWQUEUE args = {
		.hHwQueue = queue,
		.HwQueueProgressFenceId = 1,
		.CommandBuffer = commands->gpu_address,
		.CommandLength = sizeof(nop),
	};

	memcpy(commands->data, &nop, sizeof(nop));
	ROW("", D3DKMTSubmitCommandToHwQueue, &args,
	    PLAIN_SUBMITCOMMANDTOHWQUEUE);
}

static void synchronise(D3DKMT_HANDLE queue, const struct fence *fence)
{
	UINT64 value = 1;
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE signal = {
		.BroadcastHwQueueCount = 1,
		.BroadcastHwQueueArray = &queue,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE wait = {
		.hHwQueue = queue,
		.ObjectCount = 1,
		.ObjectHandleArray = &fence->handle,
		.FenceValueArray = &value,
	};

	ROW("", D3DKMTSubmitSignalSyncObjectsToHwQueue, &signal,
	    PLAIN_SIGNALSYNCOBJECT(1, 1, 1));
	ROW("", D3DKMTSubmitWaitForSyncObjectsToHwQueue, &wait,
	    PLAIN_WAITFROMGPU(1));
}

void economy_rows_hwqueue(const struct gpu *gpu)
{
	D3DKMT_HANDLE parent = create_parent(gpu);
	struct buffer commands = buffer_create(gpu, 4096);
	struct fence fence = fence_create(gpu);
	D3DKMT_CREATEHWQUEUE create = { .hHwContext = parent };
	D3DKMT_DESTROYHWQUEUE destroy = { 0 };
	D3DKMT_CREATEHWCONTEXT old = { .hDevice = gpu->device };
	D3DKMT_DESTROYHWCONTEXT destroy_old = { 0 };

	ROW("", D3DKMTCreateHwQueue, &create, PLAIN_CREATEHWQUEUE);
	submit(create.hHwQueue, &commands);
	synchronise(create.hHwQueue, &fence);
	fence_wait(gpu, &fence, 1);
	destroy.hHwQueue = create.hHwQueue;
	ROW("", D3DKMTDestroyHwQueue, &destroy, PLAIN_DESTROYHWQUEUE);
	REFUSED(D3DKMTCreateHwContext, &old);
	REFUSED(D3DKMTDestroyHwContext, &destroy_old);
	fence_destroy(&fence);
	buffer_destroy(gpu, &commands);
	gpu_destroy_context(parent);
}
