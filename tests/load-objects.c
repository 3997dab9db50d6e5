/* SPDX-License-Identifier: MIT */
/* Objects that are created and destroyed, and questions. */
#include "load.h"

static NTSTATUS adapter_is_opened(struct t_gpu *gpu)
{
	D3DKMT_OPENADAPTERFROMLUID args = { .AdapterLuid = gpu->luid };
	D3DKMT_CLOSEADAPTER undo;
	NTSTATUS status = D3DKMTOpenAdapterFromLuid(&args);

	if (status < 0)
		return status;
	undo.hAdapter = args.hAdapter;
	return D3DKMTCloseAdapter(&undo);
}

static NTSTATUS device_is_created(struct t_gpu *gpu)
{
	D3DKMT_CREATEDEVICE args = { .hAdapter = gpu->adapter };
	D3DKMT_DESTROYDEVICE undo;
	NTSTATUS status = D3DKMTCreateDevice(&args);

	if (status < 0)
		return status;
	undo.hDevice = args.hDevice;
	return D3DKMTDestroyDevice(&undo);
}

/* With a hardware queue on it. */
static NTSTATUS context_is_created(struct t_gpu *gpu)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device,
		.Flags.HwQueueSupported = 1,
	};
	NTSTATUS status = D3DKMTCreateContextVirtual(&args);
	D3DKMT_CREATEHWQUEUE queue = { 0 };
	D3DKMT_DESTROYHWQUEUE undo_queue;
	D3DKMT_DESTROYCONTEXT undo;
	NTSTATUS of_queue;

	if (status < 0)
		return status;
	queue.hHwContext = args.hContext;
	of_queue = D3DKMTCreateHwQueue(&queue);
	if (of_queue >= 0) {
		undo_queue.hHwQueue = queue.hHwQueue;
		of_queue = D3DKMTDestroyHwQueue(&undo_queue);
	}
	undo.hContext = args.hContext;
	status = D3DKMTDestroyContext(&undo);
	return of_queue < 0 ? of_queue : status;
}

static NTSTATUS paging_queue_is_created(struct t_gpu *gpu)
{
	D3DKMT_CREATEPAGINGQUEUE args = { .hDevice = gpu->device };
	D3DDDI_DESTROYPAGINGQUEUE undo = { 0 };
	NTSTATUS status = D3DKMTCreatePagingQueue(&args);

	if (status < 0)
		return status;
	undo.hPagingQueue = args.hPagingQueue;
	return D3DKMTDestroyPagingQueue(&undo);
}

static NTSTATUS create_sync(struct t_gpu *gpu,
			    D3DDDI_SYNCHRONIZATIONOBJECT_TYPE type)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info.Type = type,
	};
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT undo;
	NTSTATUS status = D3DKMTCreateSynchronizationObject2(&args);

	if (status < 0)
		return status;
	undo.hSyncObject = args.hSyncObject;
	return D3DKMTDestroySynchronizationObject(&undo);
}

static NTSTATUS fence_is_created(struct t_gpu *gpu)
{
	return create_sync(gpu, D3DDDI_MONITORED_FENCE);
}

static NTSTATUS mutex_is_created(struct t_gpu *gpu)
{
	return create_sync(gpu, D3DDDI_SYNCHRONIZATION_MUTEX);
}

/* One that the driver does not know the answer to. */
static NTSTATUS adapter_is_asked(struct t_gpu *gpu)
{
	struct dxghost_gpu_info info = { .magic = 0 };

	return t_query_adapter(gpu->adapter, KMTQAITYPE_UMDRIVERPRIVATE, &info,
			       sizeof(info));
}

static NTSTATUS budget_is_asked(struct t_gpu *gpu)
{
	D3DKMT_QUERYVIDEOMEMORYINFO args = { .hAdapter = gpu->adapter };

	return D3DKMTQueryVideoMemoryInfo(&args);
}

const struct load load_objects[] = {
	{ "adapter is opened", adapter_is_opened, .by_luid = true },
	{ "device is created", device_is_created },
	{ "context is created", context_is_created },
	{ "paging queue is created", paging_queue_is_created },
	{ "fence is created", fence_is_created },
	{ "mutex is created", mutex_is_created },
	{ "adapter is asked", adapter_is_asked },
	{ "budget is asked", budget_is_asked },
	{ .name = NULL }
};
