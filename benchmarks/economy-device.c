/* SPDX-License-Identifier: MIT */
/* Rows of calls on devices and contexts. */
#include "economy.h"

#include <string.h>

#define ALLOCATIONS 100

static void create_and_destroy(const struct gpu *gpu)
{
	D3DKMT_CREATEDEVICE create = { .hAdapter = gpu->adapter };
	D3DKMT_DESTROYDEVICE destroy = { 0 };

	ROW("", D3DKMTCreateDevice, &create, PLAIN_CREATEDEVICE);
	destroy.hDevice = create.hDevice;
	ROW("empty", D3DKMTDestroyDevice, &destroy, PLAIN_DESTROYDEVICE);
}

static void destroy_full(const struct gpu *gpu)
{
	struct gpu other = { .adapter = gpu->adapter };
	D3DKMT_DESTROYDEVICE destroy = { 0 };
	unsigned int i;

	gpu_create_device(&other);
	for (i = 0; i < ALLOCATIONS; i++)
		buffer_create(&other, 4096);
	destroy.hDevice = other.device;
	ROW("with 100 allocations", D3DKMTDestroyDevice, &destroy,
	    PLAIN_DESTROYDEVICE);
}

/* On a device of its own, for it is lost in the end. */
static void state(const struct gpu *gpu)
{
	struct gpu other = { .adapter = gpu->adapter };
	D3DKMT_GETDEVICESTATE get = {
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};
	D3DKMT_MARKDEVICEASERROR mark = {
		.Reason = D3DKMT_DEVICE_ERROR_REASON_GENERIC,
	};

	gpu_create_device(&other);
	get.hDevice = mark.hDevice = other.device;
	ROW("first", D3DKMTGetDeviceState, &get, PLAIN_GETDEVICESTATE);
	ROW("again", D3DKMTGetDeviceState, &get, PLAIN_GETDEVICESTATE);
	ROW("", D3DKMTMarkDeviceAsError, &mark, PLAIN_MARKDEVICEASERROR);
	ROW("after a change", D3DKMTGetDeviceState, &get, PLAIN_GETDEVICESTATE);
	ROW("again after it", D3DKMTGetDeviceState, &get, PLAIN_GETDEVICESTATE);
	if (get.ExecutionState == D3DKMT_DEVICEEXECUTION_ACTIVE)
		common_die("the device is not lost");
	gpu_destroy_device(&other);
}

static void others(const struct gpu *gpu)
{
	char data[16] = { 0 };
	D3DKMT_ESCAPE escape = {
		.hAdapter = gpu->adapter,
		.hDevice = gpu->device,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_FLUSHHEAPTRANSITIONS flush = { .hAdapter = gpu->adapter };

	ROW("16 bytes", D3DKMTEscape, &escape, PLAIN_ESCAPE(sizeof(data)));
	escape.Flags.DriverKnownEscape = 1;
	ROW("translate a handle", D3DKMTEscape, &escape,
	    PLAIN_ESCAPE(sizeof(data)));
	ROW("", D3DKMTFlushHeapTransitions, &flush, PLAIN_FLUSHHEAPTRANSITIONS);
}

static void priorities(D3DKMT_HANDLE context)
{
	D3DKMT_SETCONTEXTSCHEDULINGPRIORITY set = { .hContext = context };
	D3DKMT_GETCONTEXTSCHEDULINGPRIORITY get = { .hContext = context };
	D3DKMT_SETCONTEXTINPROCESSSCHEDULINGPRIORITY set_inside = {
		.hContext = context,
	};
	D3DKMT_GETCONTEXTINPROCESSSCHEDULINGPRIORITY get_inside = {
		.hContext = context,
	};

	ROW("", D3DKMTSetContextSchedulingPriority, &set,
	    PLAIN_SETCONTEXTSCHEDULINGPRIORITY);
	ROW("", D3DKMTGetContextSchedulingPriority, &get,
	    PLAIN_GETCONTEXTSCHEDULINGPRIORITY);
	ROW("", D3DKMTSetContextInProcessSchedulingPriority, &set_inside,
	    PLAIN_SETCONTEXTSCHEDULINGPRIORITY);
	ROW("", D3DKMTGetContextInProcessSchedulingPriority, &get_inside,
	    PLAIN_GETCONTEXTSCHEDULINGPRIORITY);
}

static void context(const struct gpu *gpu)
{
	const struct dxghost_packet nop = { DXGHOST_OP_NOP, sizeof(nop) };
	struct buffer commands = buffer_create(gpu, 4096);
	D3DKMT_CREATECONTEXTVIRTUAL create = { .hDevice = gpu->device };
	D3DKMT_DESTROYCONTEXT destroy = { 0 };
	D3DKMT_SUBMITCOMMAND submit = {
		.Commands = commands.gpu_address,
		.CommandLength = sizeof(nop),
		.BroadcastContextCount = 1,
	};
	D3DKMT_CREATECONTEXT old = { .hDevice = gpu->device };
	D3DKMT_RENDER render = { 0 };

	memcpy(commands.data, &nop, sizeof(nop));
	ROW("", D3DKMTCreateContextVirtual, &create, PLAIN_CREATECONTEXTVIRTUAL);
	priorities(create.hContext);
	submit.BroadcastContext[0] = create.hContext;
	ROW("", D3DKMTSubmitCommand, &submit, PLAIN_SUBMITCOMMAND);
	REFUSED(D3DKMTCreateContext, &old);
	render.hContext = create.hContext;
	REFUSED(D3DKMTRender, &render);
	destroy.hContext = create.hContext;
	ROW("", D3DKMTDestroyContext, &destroy, PLAIN_DESTROYCONTEXT);
	buffer_destroy(gpu, &commands);
}

void economy_rows_device(const struct gpu *gpu)
{
	create_and_destroy(gpu);
	destroy_full(gpu);
	state(gpu);
	others(gpu);
	context(gpu);
}
