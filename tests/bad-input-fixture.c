/* SPDX-License-Identifier: MIT */
/* Objects of every kind: alive, destroyed, another device's, another adapter's. */
#include "bad-input.h"
#include "lib/t-share.h"
#include "lib/t-sync-file.h"

#include <fcntl.h>
#include <unistd.h>

#include <sys/eventfd.h>
#include <sys/mman.h>

static D3DKMT_HANDLE create_hw_context(D3DKMT_HANDLE device)
{
	D3DKMT_CREATECONTEXTVIRTUAL args = { .hDevice = device };

	args.Flags.HwQueueSupported = 1;
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	return args.hContext;
}

static void create_hw_queue(D3DKMT_HANDLE set[])
{
	D3DKMT_CREATEHWQUEUE args = { .hHwContext = set[BAD_HW_CONTEXT] };

	assert_status(D3DKMTCreateHwQueue(&args), STATUS_SUCCESS);
	set[BAD_HW_QUEUE] = args.hHwQueue;
	set[BAD_PROGRESS_FENCE] = args.hHwQueueProgressFence;
}

static D3DKMT_HANDLE create_old_fence(D3DKMT_HANDLE device)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info.Type = D3DDDI_FENCE,
	};

	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	return args.hSyncObject;
}

static void destroy_old_fence(D3DKMT_HANDLE handle)
{
	struct t_fence fence = { .handle = handle };

	t_destroy_fence(&fence);
}

void bad_prepare_create_allocation(struct bad_fixture *f, void *data)
{
	D3DKMT_CREATEALLOCATION *args = data;

	memset(f->info, 0, sizeof(f->info));
	f->data = (struct dxghost_allocation_data){
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = T_PAGE_SIZE,
	};
	f->info[0].pPrivateDriverData = &f->data;
	f->info[0].PrivateDriverDataSize = sizeof(f->data);
	args->hDevice = f->live[BAD_DEVICE];
	args->NumAllocations = 1;
	args->pAllocationInfo2 = f->info;
	args->pPrivateRuntimeData = f->bytes;
	args->PrivateRuntimeDataSize = 64;
}

/* With data of every kind, so that an opener has buffers of every kind. */
static D3DKMT_HANDLE create_resource(struct bad_fixture *f, D3DKMT_HANDLE device)
{
	D3DKMT_CREATEALLOCATION args = { 0 };

	bad_prepare_create_allocation(f, &args);
	args.hDevice = device;
	args.pPrivateDriverData = f->bytes;
	args.PrivateDriverDataSize = 64;
	args.Flags.CreateResource = 1;
	args.Flags.CreateShared = 1;
	args.Flags.NtSecuritySharing = 1;
	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	return args.hResource;
}

/* Everything that a device can have; the device is there. */
static void create_objects(struct bad_fixture *f, D3DKMT_HANDLE set[])
{
	D3DKMT_HANDLE device = set[BAD_DEVICE];
	struct t_paging_queue queue;

	set[BAD_CONTEXT] = t_create_context(device, 0);
	set[BAD_HW_CONTEXT] = create_hw_context(device);
	create_hw_queue(set);
	t_create_paging_queue(device, &queue);
	set[BAD_PAGING_QUEUE] = queue.handle;
	set[BAD_PAGING_FENCE] = queue.fence.handle;
	set[BAD_ALLOCATION] = t_create_allocation(device, T_PAGE_SIZE, 0);
	set[BAD_RESOURCE] = create_resource(f, device);
	set[BAD_FENCE] = t_create_shared_fence(device, 0).handle;
	set[BAD_OLD_FENCE] = create_old_fence(device);
}

/* All but the old fence goes with the device. */
static void destroy_objects(D3DKMT_HANDLE set[])
{
	destroy_old_fence(set[BAD_OLD_FENCE]);
	t_destroy_device(set[BAD_DEVICE]);
}

static void create_set(struct bad_fixture *f, D3DKMT_HANDLE adapter,
		       D3DKMT_HANDLE set[])
{
	set[BAD_ADAPTER] = adapter;
	set[BAD_DEVICE] = t_create_device(adapter);
	create_objects(f, set);
}

/* Opens one other than the fixture's, if there is one; counts them all. */
static D3DKMT_HANDLE open_another_adapter(struct bad_fixture *f)
{
	D3DKMT_ENUMADAPTERS3 args = {
		.Filter = { .IncludeComputeOnly = 1 },
		.NumAdapters = 64,
		.pAdapters = f->adapters,
	};
	D3DKMT_HANDLE found = 0;
	unsigned int i;

	assert_status(D3DKMTEnumAdapters3(&args), STATUS_SUCCESS);
	f->all = args.NumAdapters;
	for (i = 0; i < f->all; i++) {
		if (!found && memcmp(&f->adapters[i].AdapterLuid, &f->gpu->luid,
				     sizeof(LUID)))
			found = f->adapters[i].hAdapter;
		else
			t_close_adapter(f->adapters[i].hAdapter);
	}
	return found;
}

static unsigned int count_listed_adapters(struct bad_fixture *f)
{
	D3DKMT_ENUMADAPTERS2 args = {
		.NumAdapters = 64,
		.pAdapters = f->adapters,
	};
	unsigned int i;

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	for (i = 0; i < args.NumAdapters; i++)
		t_close_adapter(f->adapters[i].hAdapter);
	return args.NumAdapters;
}

static void open_descriptors(struct bad_fixture *f)
{
	int ends[2];
	int i;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	close(ends[1]);
	f->descriptors[BAD_PIPE] = ends[0];
	f->descriptors[BAD_DEV_NULL] = open("/dev/null", O_RDWR | O_CLOEXEC);
	f->descriptors[BAD_MEMORY_FILE] = memfd_create("bad-input", MFD_CLOEXEC);
	f->descriptors[BAD_EVENT] = eventfd(0, EFD_CLOEXEC);
	f->descriptors[BAD_SHARED_FENCE] = t_share(f->live[BAD_FENCE]);
	f->descriptors[BAD_SHARED_RESOURCE] = t_share(f->live[BAD_RESOURCE]);
	f->descriptors[BAD_SYNC_FILE] =
		t_has_sync_files() ? t_sync_file(f->live[BAD_DEVICE],
						 f->live[BAD_FENCE], 0) :
				     memfd_create("no-sync-file", MFD_CLOEXEC);
	for (i = 0; i < BAD_DESCRIPTORS; i++) {
		assert_true(f->descriptors[i] >= 0);
		f->foreign_descriptors[i] = -1;
	}
	if (!f->foreign[BAD_DEVICE])
		return;
	f->foreign_descriptors[BAD_SHARED_FENCE] = t_share(f->foreign[BAD_FENCE]);
	f->foreign_descriptors[BAD_SHARED_RESOURCE] =
		t_share(f->foreign[BAD_RESOURCE]);
}

static void close_descriptors(struct bad_fixture *f)
{
	int i;

	for (i = 0; i < BAD_DESCRIPTORS; i++) {
		close(f->descriptors[i]);
		if (f->foreign_descriptors[i] >= 0)
			close(f->foreign_descriptors[i]);
	}
}

void bad_fixture_begin(struct bad_fixture *f, bool is_bare)
{
	D3DKMT_HANDLE other;

	memset(f, 0, sizeof(*f));
	if (is_bare) {
		t_setup_bare((void **)&f->gpu);
		return;
	}
	t_setup_gpu((void **)&f->gpu);
	f->listed = count_listed_adapters(f);
	other = open_another_adapter(f);
	create_set(f, t_open_adapter_by_luid(f->gpu->luid), f->stale);
	destroy_objects(f->stale);
	t_close_adapter(f->stale[BAD_ADAPTER]);
	f->live[BAD_ADAPTER] = f->gpu->adapter;
	f->live[BAD_DEVICE] = f->gpu->device;
	create_objects(f, f->live);
	create_set(f, f->gpu->adapter, f->sibling);
	if (other)
		create_set(f, other, f->foreign);
	open_descriptors(f);
}

int bad_fixture_end(struct bad_fixture *f)
{
	if (!f->gpu->device)
		return t_teardown((void **)&f->gpu);
	close_descriptors(f);
	if (f->foreign[BAD_DEVICE]) {
		destroy_objects(f->foreign);
		t_close_adapter(f->foreign[BAD_ADAPTER]);
	}
	destroy_objects(f->sibling);
	destroy_old_fence(f->live[BAD_OLD_FENCE]);
	/* the rest goes with the device */
	return t_teardown((void **)&f->gpu);
}

void bad_fixture_abandon(struct bad_fixture *f)
{
	close_descriptors(f);
	D3DKMTCloseDxCoreDevice();
	free(f->gpu);
}
