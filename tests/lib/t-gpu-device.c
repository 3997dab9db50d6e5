/* SPDX-License-Identifier: MIT */
/* Adapters, devices, contexts, paging queues: one call each. */
#include "t.h"

NTSTATUS t_query_adapter(D3DKMT_HANDLE adapter, KMTQUERYADAPTERINFOTYPE type,
			 void *data, UINT size)
{
	D3DKMT_QUERYADAPTERINFO args = {
		.hAdapter = adapter,
		.Type = type,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	return D3DKMTQueryAdapterInfo(&args);
}

static bool can_render(D3DKMT_HANDLE adapter)
{
	D3DKMT_ADAPTERTYPE type = { 0 };

	assert_status(t_query_adapter(adapter, KMTQAITYPE_ADAPTERTYPE, &type,
				      sizeof(type)), STATUS_SUCCESS);
	return type.RenderSupported;
}

D3DKMT_HANDLE t_open_adapter(LUID *ret_luid)
{
	D3DKMT_ADAPTERINFO adapters[64];
	D3DKMT_ENUMADAPTERS3 args = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = 64,
		.pAdapters = adapters,
	};
	D3DKMT_HANDLE found = 0;
	unsigned int i;

	assert_status(D3DKMTEnumAdapters3(&args), STATUS_SUCCESS);
	for (i = 0; i < args.NumAdapters; i++) {
		if (!found && can_render(adapters[i].hAdapter)) {
			found = adapters[i].hAdapter;
			*ret_luid = adapters[i].AdapterLuid;
		} else {
			t_close_adapter(adapters[i].hAdapter);
		}
	}
	assert_int_not_equal(found, 0);
	return found;
}

D3DKMT_HANDLE t_open_adapter_by_luid(LUID luid)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = luid };

	assert_status(D3DKMTOpenAdapterFromLuid(&args), STATUS_SUCCESS);
	return args.hAdapter;
}

void t_close_adapter(D3DKMT_HANDLE adapter)
{
	D3DKMT_CLOSEADAPTER args = { .hAdapter = adapter };

	assert_status(D3DKMTCloseAdapter(&args), STATUS_SUCCESS);
}

D3DKMT_HANDLE t_create_device(D3DKMT_HANDLE adapter)
{
	D3DKMT_CREATEDEVICE args = { .hAdapter = adapter };

	assert_status(D3DKMTCreateDevice(&args), STATUS_SUCCESS);
	assert_local_handle(args.hDevice);
	return args.hDevice;
}

void t_destroy_device(D3DKMT_HANDLE device)
{
	D3DKMT_DESTROYDEVICE args = { .hDevice = device };

	assert_status(D3DKMTDestroyDevice(&args), STATUS_SUCCESS);
}

D3DKMT_DEVICEEXECUTION_STATE t_execution_state(D3DKMT_HANDLE device)
{
	D3DKMT_GETDEVICESTATE args = {
		.hDevice = device,
		.StateType = D3DKMT_DEVICESTATE_EXECUTION,
	};

	assert_status(D3DKMTGetDeviceState(&args), STATUS_SUCCESS);
	return args.ExecutionState;
}

D3DKMT_HANDLE t_create_context(D3DKMT_HANDLE device, unsigned int node)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = device,
		.NodeOrdinal = node,
	};

	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	assert_local_handle(args.hContext);
	return args.hContext;
}

void t_destroy_context(D3DKMT_HANDLE context)
{
	D3DKMT_DESTROYCONTEXT args = { .hContext = context };

	assert_status(D3DKMTDestroyContext(&args), STATUS_SUCCESS);
}

void t_create_paging_queue(D3DKMT_HANDLE device, struct t_paging_queue *queue)
{
	D3DKMT_CREATEPAGINGQUEUE args = { .hDevice = device };

	assert_status(D3DKMTCreatePagingQueue(&args), STATUS_SUCCESS);
	assert_local_handle(args.hPagingQueue);
	assert_local_handle(args.hSyncObject);
	assert_non_null(args.FenceValueCPUVirtualAddress);
	queue->handle = args.hPagingQueue;
	queue->fence.handle = args.hSyncObject;
	queue->fence.cpu = args.FenceValueCPUVirtualAddress;
	queue->fence.gpu = 0;
}

void t_destroy_paging_queue(struct t_paging_queue *queue)
{
	D3DDDI_DESTROYPAGINGQUEUE args = { .hPagingQueue = queue->handle };

	assert_status(D3DKMTDestroyPagingQueue(&args), STATUS_SUCCESS);
	memset(queue, 0, sizeof(*queue));
}

void t_wait_paging(const struct t_paging_queue *queue, uint64_t value)
{
	assert_eventually(t_fence_value(&queue->fence) >= value);
}
