/* SPDX-License-Identifier: MIT */
/* share: resources by descriptor. W143..W157, W164. */
#include "lib/t.h"
#include "lib/t-share.h"

#define PARTS 2
#define SIZE 0x10000u

static const char runtime_data[] = "runtime";
static const char resource_data[] = "the resource's own";

/* A resource of two allocations, with data of every kind. */
struct shared_resource {
	D3DKMT_HANDLE resource;
	D3DKMT_HANDLE allocations[PARTS];
	struct dxghost_allocation_data data[PARTS];
};

static NTSTATUS create(D3DKMT_HANDLE device, bool shared, bool nt,
		       struct shared_resource *ret)
{
	D3DDDI_ALLOCATIONINFO2 info[PARTS] = { 0 };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.pPrivateRuntimeData = runtime_data,
		.PrivateRuntimeDataSize = sizeof(runtime_data),
		.pPrivateDriverData = resource_data,
		.PrivateDriverDataSize = sizeof(resource_data),
		.NumAllocations = PARTS,
		.pAllocationInfo2 = info,
		.Flags = { .CreateResource = 1 },
	};
	NTSTATUS status;
	int i;

	args.Flags.CreateShared = shared;
	args.Flags.NtSecuritySharing = nt;
	memset(ret, 0, sizeof(*ret));
	for (i = 0; i < PARTS; i++) {
		ret->data[i].magic = DXGHOST_ALLOCATION_MAGIC;
		ret->data[i].version = DXGHOST_ALLOCATION_VERSION;
		ret->data[i].size = SIZE << i;
		info[i].pPrivateDriverData = &ret->data[i];
		info[i].PrivateDriverDataSize = sizeof(ret->data[i]);
	}
	status = D3DKMTCreateAllocation2(&args);
	if (status < 0)
		return status;
	assert_int_equal(args.hGlobalShare, 0);
	ret->resource = args.hResource;
	for (i = 0; i < PARTS; i++)
		ret->allocations[i] = info[i].hAllocation;
	return status;
}

static struct shared_resource create_shared(D3DKMT_HANDLE device)
{
	struct shared_resource resource;

	assert_status(create(device, true, true, &resource), STATUS_SUCCESS);
	return resource;
}

static D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query_of(D3DKMT_HANDLE device, int fd)
{
	/* whatever the sizes said before */
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE args = {
		.hDevice = device,
		.PrivateRuntimeDataSize = 0xaaaaaaaa,
		.TotalPrivateDriverDataSize = 0xaaaaaaaa,
		.ResourcePrivateDriverDataSize = 0xaaaaaaaa,
		.NumAllocations = 0xaaaaaaaa,
	};

	args.hNtHandle = (HANDLE)(intptr_t)fd;
	assert_status(D3DKMTQueryResourceInfoFromNtHandle(&args), STATUS_SUCCESS);
	return args;
}

/* Room for what create_shared() has told, and the call's arguments. */
struct opening {
	D3DDDI_OPENALLOCATIONINFO2 info[PARTS];
	char runtime[sizeof(runtime_data)];
	char resource[sizeof(resource_data)];
	struct dxghost_allocation_data total[PARTS];
	D3DKMT_OPENRESOURCEFROMNTHANDLE args;
};

static void prepare(struct opening *opening, D3DKMT_HANDLE device, int fd)
{
	memset(opening, 0, sizeof(*opening));
	/* of what is shared together with other resources, elsewhere */
	opening->args.hKeyedMutex = T_UNKNOWN_HANDLE;
	opening->args.KeyedMutexPrivateRuntimeDataSize = 1234;
	opening->args.hSyncObject = T_UNKNOWN_HANDLE;
	opening->args.hDevice = device;
	opening->args.hNtHandle = (HANDLE)(intptr_t)fd;
	opening->args.NumAllocations = PARTS;
	opening->args.pOpenAllocationInfo2 = opening->info;
	opening->args.pPrivateRuntimeData = opening->runtime;
	opening->args.PrivateRuntimeDataSize = sizeof(opening->runtime);
	opening->args.pResourcePrivateDriverData = opening->resource;
	opening->args.ResourcePrivateDriverDataSize = sizeof(opening->resource);
	opening->args.pTotalPrivateDriverDataBuffer = opening->total;
	opening->args.TotalPrivateDriverDataBufferSize = sizeof(opening->total);
}

static void open_it(struct opening *opening, D3DKMT_HANDLE device, int fd)
{
	prepare(opening, device, fd);
	assert_status(D3DKMTOpenResourceFromNtHandle(&opening->args),
		      STATUS_SUCCESS);
	assert_local_handle(opening->args.hResource);
}

/* Shows 0x41. W151, W152: true sizes, and the buffer is left alone. */
static void query_tells_the_sizes(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int fd = t_share(resource.resource);
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE args = query_of(gpu->device, fd);
	char buffer[100];
	size_t i;

	assert_int_equal(args.PrivateRuntimeDataSize, sizeof(runtime_data));
	assert_int_equal(args.ResourcePrivateDriverDataSize, sizeof(resource_data));
	assert_int_equal(args.TotalPrivateDriverDataSize, sizeof(resource.data));
	assert_int_equal(args.NumAllocations, PARTS);
	memset(buffer, 0x55, sizeof(buffer));
	args.pPrivateRuntimeData = buffer;
	args.PrivateRuntimeDataSize = sizeof(buffer);
	assert_status(D3DKMTQueryResourceInfoFromNtHandle(&args), STATUS_SUCCESS);
	assert_int_equal(args.PrivateRuntimeDataSize, sizeof(runtime_data));
	for (i = 0; i < sizeof(buffer); i++)
		assert_int_equal(buffer[i], 0x55);
	close(fd);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

/* Shows 0x42. W153 */
static void opener_gets_what_the_creator_has_told(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int fd = t_share(resource.resource);
	struct opening opening;
	int i;

	open_it(&opening, gpu->device, fd);
	assert_int_not_equal(opening.args.hResource, resource.resource);
	assert_int_equal(opening.args.hKeyedMutex, 0);
	assert_int_equal(opening.args.KeyedMutexPrivateRuntimeDataSize, 0);
	assert_int_equal(opening.args.hSyncObject, 0);
	assert_int_equal(opening.args.TotalPrivateDriverDataBufferSize,
			 sizeof(resource.data));
	assert_memory_equal(opening.runtime, runtime_data, sizeof(runtime_data));
	assert_memory_equal(opening.resource, resource_data, sizeof(resource_data));
	assert_memory_equal(opening.total, resource.data, sizeof(resource.data));
	for (i = 0; i < PARTS; i++) {
		assert_local_handle(opening.info[i].hAllocation);
		assert_int_not_equal(opening.info[i].hAllocation,
				     resource.allocations[i]);
		assert_ptr_equal(opening.info[i].pPrivateDriverData,
				 &opening.total[i]);
		assert_int_equal(opening.info[i].PrivateDriverDataSize,
				 sizeof(opening.total[i]));
	}
	close(fd);
	assert_status(t_destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

/* What one device's GPU work writes is what the other one's CPU reads. */
static void memory_is_the_same(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct t_commands commands = t_commands(gpu);
	int fd = t_share(resource.resource);
	struct opening opening;
	uint64_t address, *seen;

	open_it(&opening, device, fd);
	close(fd);
	address = t_map(&gpu->paging, resource.allocations[1], 2 * SIZE);
	t_make_resident(&gpu->paging, resource.allocations[1]);
	t_write(&commands, address + 2 * SIZE - 8, 0x600dc0de);
	t_submit_and_wait(&commands);
	seen = t_lock(device, opening.info[1].hAllocation);
	assert_true(seen[2 * SIZE / 8 - 1] == 0x600dc0de);
	assert_status(t_unlock(device, opening.info[1].hAllocation), STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
	/* the opener's is a reference of its own */
	seen = t_lock(device, opening.info[1].hAllocation);
	assert_true(seen[2 * SIZE / 8 - 1] == 0x600dc0de);
	t_destroy_device(device);
}

static void descriptor_keeps_the_memory(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE device = t_create_device(gpu->adapter);
	struct shared_resource resource = create_shared(device);
	int fd = t_share(resource.resource);
	struct opening opening;
	uint32_t *memory;

	memory = t_lock(device, resource.allocations[0]);
	memory[7] = 4711;
	t_destroy_device(device);
	assert_int_equal(query_of(gpu->device, fd).NumAllocations, PARTS);
	open_it(&opening, gpu->device, fd);
	close(fd);
	assert_memory_equal(opening.runtime, runtime_data, sizeof(runtime_data));
	memory = t_lock(gpu->device, opening.info[0].hAllocation);
	assert_int_equal(memory[7], 4711);
	assert_status(t_destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
}

static void opened_resource_is_shared_again(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int first = t_share(resource.resource), second;
	struct opening opening, again;

	open_it(&opening, gpu->device, first);
	close(first);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
	second = t_share(opening.args.hResource);
	assert_status(t_destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
	open_it(&again, gpu->device, second);
	close(second);
	assert_int_equal(t_shared_handles(), 0);
	assert_status(t_destroy_resource(gpu->device, again.args.hResource),
		      STATUS_SUCCESS);
}

static NTSTATUS add_to(D3DKMT_HANDLE device, D3DKMT_HANDLE resource)
{
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = {
		.pPrivateDriverData = &data,
		.PrivateDriverDataSize = sizeof(data),
	};
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.hResource = resource,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
	};

	return D3DKMTCreateAllocation2(&args);
}

/* Openers count on what they were told. */
static void shared_resource_does_not_change(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int fd;

	assert_status(add_to(gpu->device, resource.resource), STATUS_SUCCESS);
	fd = t_share(resource.resource);
	assert_int_equal(query_of(gpu->device, fd).NumAllocations, PARTS + 1);
	assert_status(add_to(gpu->device, resource.resource),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(gpu->device, resource.allocations[0]),
		      STATUS_INVALID_PARAMETER);
	close(fd);
	assert_status(add_to(gpu->device, resource.resource),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

/* W143..W146: what is Shared alone cannot be made in the first place. */
static void what_is_not_for_sharing_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource;
	int fd;

	assert_status(create(gpu->device, true, false, &resource),
		      STATUS_INVALID_PARAMETER);
	assert_status(create(gpu->device, false, false, &resource), STATUS_SUCCESS);
	assert_status(t_try_share(resource.resource, &fd), STATUS_INVALID_PARAMETER);
	assert_status(t_try_share(resource.allocations[0], &fd),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
	resource = create_shared(gpu->device);
	assert_status(t_try_share(resource.allocations[0], &fd),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
	assert_status(t_try_share(resource.resource, &fd), STATUS_INVALID_PARAMETER);
}

static void refused(D3DKMT_OPENRESOURCEFROMNTHANDLE *args, NTSTATUS status)
{
	D3DKMT_OPENRESOURCEFROMNTHANDLE before = *args;

	assert_status(D3DKMTOpenResourceFromNtHandle(args), status);
	assert_memory_equal(args, &before, sizeof(before));
}

/* W154..W157 */
static void sizes_have_to_fit(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int fd = t_share(resource.resource);
	struct opening opening;
	unsigned int count;

	prepare(&opening, gpu->device, fd);
	opening.args.pOpenAllocationInfo2 = NULL;
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	prepare(&opening, gpu->device, fd);
	opening.args.PrivateRuntimeDataSize++;
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	opening.args.PrivateRuntimeDataSize -= 2;
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	prepare(&opening, gpu->device, fd);
	opening.args.pTotalPrivateDriverDataBuffer = NULL;
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	prepare(&opening, gpu->device, fd);
	opening.args.TotalPrivateDriverDataBufferSize--;
	refused(&opening.args, STATUS_NO_MEMORY);
	prepare(&opening, gpu->device, fd);
	opening.args.ResourcePrivateDriverDataSize--;
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	for (count = 0; count <= PARTS + 1; count++) {
		prepare(&opening, gpu->device, fd);
		opening.args.NumAllocations = count;
		if (count != PARTS)
			refused(&opening.args, STATUS_INVALID_PARAMETER);
	}
	/* one that is larger than needed is told how much was used */
	prepare(&opening, gpu->device, fd);
	opening.args.TotalPrivateDriverDataBufferSize += 1000;
	assert_status(D3DKMTOpenResourceFromNtHandle(&opening.args), STATUS_SUCCESS);
	assert_int_equal(opening.args.TotalPrivateDriverDataBufferSize,
			 sizeof(resource.data));
	close(fd);
	assert_status(t_destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

static void results_that_cannot_be_told_are_taken_back(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	int fd = t_share(resource.resource);
	struct opening opening;

	prepare(&opening, gpu->device, fd);
	opening.args.pOpenAllocationInfo2 = (void *)16;
	refused(&opening.args, STATUS_UNSUCCESSFUL);
	prepare(&opening, gpu->device, fd);
	opening.args.pPrivateRuntimeData = NULL;
	refused(&opening.args, STATUS_UNSUCCESSFUL);
	prepare(&opening, gpu->device, fd);
	opening.args.pResourcePrivateDriverData = (void *)16;
	refused(&opening.args, STATUS_UNSUCCESSFUL);
	prepare(&opening, gpu->device, fd);
	opening.args.pTotalPrivateDriverDataBuffer = (void *)16;
	refused(&opening.args, STATUS_UNSUCCESSFUL);
	close(fd);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

static void kinds_are_told_apart(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	struct t_fence fence = t_create_shared_fence(gpu->device, 0), opened;
	int resource_fd = t_share(resource.resource);
	int fence_fd = t_share(fence.handle);
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query = {
		.hDevice = gpu->device,
		.hNtHandle = (HANDLE)(intptr_t)fence_fd,
	};
	struct opening opening;

	assert_status(D3DKMTQueryResourceInfoFromNtHandle(&query),
		      STATUS_INVALID_PARAMETER);
	prepare(&opening, gpu->device, fence_fd);
	refused(&opening.args, STATUS_INVALID_PARAMETER);
	assert_status(t_try_open_fence(gpu->device, resource_fd, 0, &opened),
		      STATUS_INVALID_PARAMETER);
	close(resource_fd);
	close(fence_fd);
	prepare(&opening, gpu->device, resource_fd);
	refused(&opening.args, STATUS_INVALID_HANDLE);
	t_destroy_fence(&fence);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

/* Shows 0x23. W164 */
static void resource_tells_its_adapter(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	struct t_fence fence = t_create_shared_fence(gpu->device, 0);
	int fd = t_share(resource.resource);
	int fence_fd = t_share(fence.handle);
	D3DKMT_GETSHAREDRESOURCEADAPTERLUID args = {
		.hNtHandle = (HANDLE)(intptr_t)fd,
	};

	assert_status(D3DKMTGetSharedResourceAdapterLuid(&args), STATUS_SUCCESS);
	assert_int_equal(args.AdapterLuid.LowPart, gpu->luid.LowPart);
	assert_int_equal(args.AdapterLuid.HighPart, gpu->luid.HighPart);
	args.hNtHandle = (HANDLE)(intptr_t)fence_fd;
	assert_status(D3DKMTGetSharedResourceAdapterLuid(&args),
		      STATUS_INVALID_PARAMETER);
	args.hNtHandle = (HANDLE)(intptr_t)fd;
	args.hGlobalShare = 0xc0000042;
	assert_status(D3DKMTGetSharedResourceAdapterLuid(&args),
		      STATUS_INVALID_PARAMETER);
	close(fd);
	close(fence_fd);
	t_destroy_fence(&fence);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
}

/* A standard allocation's data is what the driver on the host says it is. */
static void standard_allocation_is_shared(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = memory };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = gpu->device,
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = {
			.StandardAllocation = 1, .ExistingSysMem = 1,
			.CreateResource = 1, .CreateShared = 1,
			.NtSecuritySharing = 1,
		},
	};
	D3DDDI_OPENALLOCATIONINFO2 open_info = { 0 };
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query;
	D3DKMT_OPENRESOURCEFROMNTHANDLE open = { .hDevice = gpu->device };
	char total[4096];
	int fd;

	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	fd = t_share(args.hResource);
	query = query_of(gpu->device, fd);
	assert_int_equal(query.NumAllocations, 1);
	assert_true(query.TotalPrivateDriverDataSize > 0);
	assert_true(query.TotalPrivateDriverDataSize <= sizeof(total));
	open.hNtHandle = (HANDLE)(intptr_t)fd;
	open.NumAllocations = 1;
	open.pOpenAllocationInfo2 = &open_info;
	open.pTotalPrivateDriverDataBuffer = total;
	open.TotalPrivateDriverDataBufferSize = sizeof(total);
	open.pResourcePrivateDriverData = total;
	open.ResourcePrivateDriverDataSize = query.ResourcePrivateDriverDataSize;
	assert_status(D3DKMTOpenResourceFromNtHandle(&open), STATUS_SUCCESS);
	assert_ptr_equal(open_info.pPrivateDriverData, total);
	assert_int_equal(open_info.PrivateDriverDataSize,
			 query.TotalPrivateDriverDataSize);
	close(fd);
	assert_status(t_destroy_resource(gpu->device, open.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, args.hResource),
		      STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

/* What was destroyed before is not shared, although the GPU is not done with it. */
static void destroyed_part_is_not_shared(void **state)
{
	struct t_gpu *gpu = *state;
	struct shared_resource resource = create_shared(gpu->device);
	struct t_fence gate = t_create_fence(gpu->device, 0);
	struct opening opening;
	int fd;

	assert_status(t_wait_gpu(gpu->context, gate.handle, 1), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, resource.allocations[0]),
		      STATUS_SUCCESS);
	fd = t_share(resource.resource);
	assert_int_equal(query_of(gpu->device, fd).NumAllocations, 1);
	prepare(&opening, gpu->device, fd);
	opening.args.NumAllocations = 1;
	assert_status(D3DKMTOpenResourceFromNtHandle(&opening.args),
		      STATUS_SUCCESS);
	assert_memory_equal(opening.total, &resource.data[1],
			    sizeof(resource.data[1]));
	close(fd);
	assert_status(t_destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, resource.resource),
		      STATUS_SUCCESS);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	t_destroy_fence(&gate);
}

/*
 * Shows 0x28, 0x29, 0x2b. Only handles that are nobody's to guess: by descriptor or not at all.
 */
static void global_handles_open_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYRESOURCEINFO query = {
		.hDevice = gpu->device,
		.hGlobalShare = 0xc0000042,
	};
	D3DDDI_OPENALLOCATIONINFO info = { 0 };
	D3DKMT_OPENRESOURCE open = {
		.hDevice = gpu->device,
		.hGlobalShare = 0xc0000042,
		.NumAllocations = 1,
		.pOpenAllocationInfo = &info,
	};
	D3DKMT_OPENSYNCHRONIZATIONOBJECT sync = { .hSharedHandle = 0xc0000042 };

	assert_status(D3DKMTQueryResourceInfo(&query), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTOpenResource(&open), STATUS_UNSUCCESSFUL);
	assert_status(D3DKMTOpenSynchronizationObject(&sync), STATUS_UNSUCCESSFUL);
	assert_int_equal(open.hResource, 0);
	assert_int_equal(sync.hSyncObject, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(query_tells_the_sizes),
		t_device_test(opener_gets_what_the_creator_has_told),
		t_gpu_test(memory_is_the_same),
		t_device_test(descriptor_keeps_the_memory),
		t_device_test(opened_resource_is_shared_again),
		t_device_test(shared_resource_does_not_change),
		t_device_test(what_is_not_for_sharing_is_refused),
		t_device_test(sizes_have_to_fit),
		t_device_test(results_that_cannot_be_told_are_taken_back),
		t_device_test(kinds_are_told_apart),
		t_device_test(resource_tells_its_adapter),
		t_gpu_test(standard_allocation_is_shared),
		t_gpu_test(destroyed_part_is_not_shared),
		t_device_test(global_handles_open_nothing),
	};

	return cmocka_run_group_tests_name("share-resource", tests, NULL, NULL);
}
