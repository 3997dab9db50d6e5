/* SPDX-License-Identifier: MIT */
/* share: resources as Windows shares them, over memory of the caller's. */
#include "lib/t.h"
#include "lib/t-share.h"

#define SIZE		0x10000u
#define GENERIC_ALL	0x10000000u
#define UNTOUCHED	0xa5a5a5a5u

static const uint32_t runtime_data = 0x4d3c2b1a;

/* A heap in a resource, with four bytes of runtime data. */
struct heap {
	void *memory;
	D3DKMT_HANDLE resource;
	D3DKMT_HANDLE allocation;
};

static struct heap create(D3DKMT_HANDLE device, bool is_shared)
{
	struct heap heap = { .memory = t_alloc_pages(SIZE) };
	D3DKMT_CREATESTANDARDALLOCATION standard = {
		.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP,
		.ExistingHeapData.Size = SIZE,
	};
	D3DDDI_ALLOCATIONINFO2 info = { .pSystemMem = heap.memory };
	D3DKMT_CREATEALLOCATION args = {
		.hDevice = device,
		.pPrivateRuntimeData = &runtime_data,
		.PrivateRuntimeDataSize = sizeof(runtime_data),
		.pStandardAllocation = &standard,
		.NumAllocations = 1,
		.pAllocationInfo2 = &info,
		.Flags = {
			.StandardAllocation = 1, .ExistingSysMem = 1,
			.CreateResource = 1,
		},
	};

	args.Flags.CreateShared = is_shared;
	args.Flags.NtSecuritySharing = is_shared;
	assert_status(D3DKMTCreateAllocation2(&args), STATUS_SUCCESS);
	heap.resource = args.hResource;
	heap.allocation = info.hAllocation;
	return heap;
}

static NTSTATUS destroy_resource(D3DKMT_HANDLE device, D3DKMT_HANDLE resource)
{
	D3DKMT_DESTROYALLOCATION args = {
		.hDevice = device,
		.hResource = resource,
	};

	return D3DKMTDestroyAllocation(&args);
}

static void destroy(D3DKMT_HANDLE device, struct heap *heap)
{
	assert_status(destroy_resource(device, heap->resource), STATUS_SUCCESS);
	t_free_pages(heap->memory, SIZE);
}

static HANDLE share(const struct heap *heap)
{
	HANDLE handle = NULL;

	assert_status(D3DKMTShareObjects(1, &heap->resource, t_no_access_page(),
					 GENERIC_ALL, &handle), STATUS_SUCCESS);
	assert_true((uintptr_t)handle > 0);
	assert_int_equal((uintptr_t)handle & ~(uintptr_t)0x3fffffff, 0);
	return handle;
}

/* W143, W146, and W147: attributes (a name, say) are not even read. */
static void the_resource_is_shared_and_not_its_allocation(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap private = create(gpu->device, false);
	struct heap shared = create(gpu->device, true);
	HANDLE handle = NULL;

	assert_status(D3DKMTShareObjects(1, &private.allocation, NULL, GENERIC_ALL,
					 &handle), STATUS_INVALID_PARAMETER);
	assert_status(D3DKMTShareObjects(1, &shared.allocation, NULL, GENERIC_ALL,
					 &handle), STATUS_INVALID_PARAMETER);
	assert_null(handle);
	close((int)(uintptr_t)share(&shared));
	destroy(gpu->device, &shared);
	destroy(gpu->device, &private);
}

static void is_all(const void *data, unsigned char byte, size_t size)
{
	const unsigned char *bytes = data;

	while (size--)
		assert_int_equal(bytes[size], byte);
}

/* What is found out first, then the arguments that follow from it. */
struct opening {
	D3DKMT_QUERYRESOURCEINFOFROMNTHANDLE query;
	D3DKMT_OPENRESOURCEFROMNTHANDLE args;
	D3DDDI_OPENALLOCATIONINFO2 info;
	uint32_t runtime;
	char own[64];	/* the caller's for the allocation, and the resource */
	char total[256];
};

static void prepare(struct opening *opening, D3DKMT_HANDLE device, HANDLE handle)
{
	memset(opening, 0xa5, sizeof(*opening));
	opening->query.hDevice = device;
	opening->query.hNtHandle = handle;
	opening->query.pPrivateRuntimeData = NULL;
	assert_status(D3DKMTQueryResourceInfoFromNtHandle(&opening->query),
		      STATUS_SUCCESS);
	opening->args.hDevice = device;
	opening->args.hNtHandle = handle;
	opening->args.NumAllocations = opening->query.NumAllocations;
	opening->args.pOpenAllocationInfo2 = &opening->info;
	opening->args.PrivateRuntimeDataSize =
		opening->query.PrivateRuntimeDataSize;
	opening->args.pPrivateRuntimeData = &opening->runtime;
	opening->args.ResourcePrivateDriverDataSize =
		opening->query.ResourcePrivateDriverDataSize;
	opening->args.pResourcePrivateDriverData = opening->own;
	opening->args.TotalPrivateDriverDataBufferSize =
		opening->query.TotalPrivateDriverDataSize;
	opening->args.pTotalPrivateDriverDataBuffer = opening->total;
	opening->args.pKeyedMutexPrivateRuntimeData = NULL;
	opening->info.pPrivateDriverData = opening->own;
	opening->info.PrivateDriverDataSize = sizeof(opening->own);
}

/* W151, W152 */
static void query_tells_sizes_and_no_data(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap heap = create(gpu->device, true);
	HANDLE handle = share(&heap);
	struct opening opening;
	char buffer[100];

	prepare(&opening, gpu->device, handle);
	assert_int_equal(opening.query.PrivateRuntimeDataSize,
			 sizeof(runtime_data));
	assert_true(opening.query.TotalPrivateDriverDataSize > 0);
	assert_int_equal(opening.query.ResourcePrivateDriverDataSize, 0);
	assert_int_equal(opening.query.NumAllocations, 1);

	memset(buffer, 0x5a, sizeof(buffer));
	opening.query.pPrivateRuntimeData = buffer;
	opening.query.PrivateRuntimeDataSize = sizeof(buffer);
	assert_status(D3DKMTQueryResourceInfoFromNtHandle(&opening.query),
		      STATUS_SUCCESS);
	assert_int_equal(opening.query.PrivateRuntimeDataSize,
			 sizeof(runtime_data));
	is_all(buffer, 0x5a, sizeof(buffer));
	close((int)(uintptr_t)handle);
	destroy(gpu->device, &heap);
}

/* W121, W153; what W120 says of the data and of the caller's own buffers. */
static void open_redirects_to_the_total_buffer(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap heap = create(gpu->device, true);
	HANDLE handle = share(&heap);
	struct opening opening;
	unsigned int total;

	prepare(&opening, gpu->device, handle);
	total = opening.query.TotalPrivateDriverDataSize;
	assert_true(total <= sizeof(opening.total));
	assert_status(D3DKMTOpenResourceFromNtHandle(&opening.args),
		      STATUS_SUCCESS);
	assert_local_handle(opening.args.hResource);
	assert_local_handle(opening.info.hAllocation);
	assert_int_equal(opening.args.hKeyedMutex, 0);
	assert_int_equal(opening.args.KeyedMutexPrivateRuntimeDataSize, 0);
	assert_int_equal(opening.args.hSyncObject, 0);
	assert_int_equal(opening.runtime, runtime_data);
	assert_int_equal(opening.args.TotalPrivateDriverDataBufferSize, total);
	assert_ptr_equal(opening.info.pPrivateDriverData, opening.total);
	assert_int_equal(opening.info.PrivateDriverDataSize, total);
	is_all(opening.own, 0xa5, sizeof(opening.own));
	is_all(opening.total + total, 0xa5, sizeof(opening.total) - total);

	close((int)(uintptr_t)handle);
	assert_status(destroy_resource(gpu->device, opening.args.hResource),
		      STATUS_SUCCESS);
	/* the creator's is another one */
	destroy(gpu->device, &heap);
}

/*
 * W158..W161: two and three are refused, whatever they are. A synchronisation
 * object and a GPU mutex stand in for the keyed mutex, which a guest has not.
 */
static void one_object_is_shared_at_a_time(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap heap = create(gpu->device, true);
	struct t_fence sync = t_create_shared_fence(gpu->device, 0);
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 mutex = {
		.hDevice = gpu->device,
		.Info = {
			.Type = D3DDDI_SYNCHRONIZATION_MUTEX,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy_mutex;
	HANDLE handle = NULL;
	size_t i;

	assert_status(D3DKMTCreateSynchronizationObject2(&mutex), STATUS_SUCCESS);
	{
		const struct {
			unsigned int count;
			D3DKMT_HANDLE objects[3];
		} rows[] = {
			{ 2, { heap.resource, mutex.hSyncObject } },
			{ 2, { heap.resource, sync.handle } },
			{ 3, { heap.resource, sync.handle, mutex.hSyncObject } },
			{ 3, { heap.resource, mutex.hSyncObject, sync.handle } },
		};

		for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			assert_status(D3DKMTShareObjects(rows[i].count,
							 rows[i].objects, NULL,
							 GENERIC_ALL, &handle),
				      STATUS_INVALID_PARAMETER);
	}
	assert_null(handle);
	assert_int_equal(t_shared_handles(), 0);
	destroy_mutex.hSyncObject = mutex.hSyncObject;
	assert_status(D3DKMTDestroySynchronizationObject(&destroy_mutex),
		      STATUS_SUCCESS);
	t_destroy_fence(&sync);
	destroy(gpu->device, &heap);
}

/* W116, W118, W119: no such request, and nothing is written. */
static void no_number_is_asked_about(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap heap = create(gpu->device, true);
	const D3DKMT_HANDLE numbers[] = {
		heap.resource, (heap.resource & ~0x3fu) | 2,
	};
	const unsigned int sizes[] = { 100, sizeof(runtime_data) };
	char buffer[100];
	size_t i, j;

	memset(buffer, 0x5a, sizeof(buffer));
	for (i = 0; i < 2; i++) {
		for (j = 0; j < 2; j++) {
			D3DKMT_QUERYRESOURCEINFO args = {
				.hDevice = gpu->device,
				.hGlobalShare = numbers[i],
				.pPrivateRuntimeData = buffer,
				.PrivateRuntimeDataSize = sizes[j],
				.TotalPrivateDriverDataSize = UNTOUCHED,
				.ResourcePrivateDriverDataSize = UNTOUCHED,
				.NumAllocations = UNTOUCHED,
			};
			D3DKMT_QUERYRESOURCEINFO before = args;

			assert_status(D3DKMTQueryResourceInfo(&args),
				      STATUS_UNSUCCESSFUL);
			assert_memory_equal(&args, &before, sizeof(args));
		}
	}
	is_all(buffer, 0x5a, sizeof(buffer));
	destroy(gpu->device, &heap);
}

/* W120, W122: no such request, and nothing is written. */
static void no_number_opens_a_resource(void **state)
{
	struct t_gpu *gpu = *state;
	struct heap heap = create(gpu->device, true);
	D3DDDI_OPENALLOCATIONINFO info;
	char total[256], runtime[8];
	unsigned int size;

	memset(&info, 0xa5, sizeof(info));
	memset(total, 0xa5, sizeof(total));
	memset(runtime, 0xa5, sizeof(runtime));
	for (size = sizeof(runtime_data); size <= sizeof(runtime_data) + 1; size++) {
		D3DKMT_OPENRESOURCE args = {
			.hDevice = gpu->device,
			.hGlobalShare = (heap.resource & ~0x3fu) | 2,
			.NumAllocations = 1,
			.pOpenAllocationInfo = &info,
			.pPrivateRuntimeData = runtime,
			.PrivateRuntimeDataSize = size,
			.pTotalPrivateDriverDataBuffer = total,
			.TotalPrivateDriverDataBufferSize = sizeof(total),
			.hResource = UNTOUCHED,
		};
		D3DKMT_OPENRESOURCE before = args;

		assert_status(D3DKMTOpenResource(&args), STATUS_UNSUCCESSFUL);
		assert_memory_equal(&args, &before, sizeof(args));
	}
	is_all(&info, 0xa5, sizeof(info));
	is_all(total, 0xa5, sizeof(total));
	is_all(runtime, 0xa5, sizeof(runtime));
	destroy(gpu->device, &heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(the_resource_is_shared_and_not_its_allocation),
		t_device_test(query_tells_sizes_and_no_data),
		t_device_test(open_redirects_to_the_total_buffer),
		t_device_test(one_object_is_shared_at_a_time),
		t_device_test(no_number_is_asked_about),
		t_device_test(no_number_opens_a_resource),
	};

	return cmocka_run_group_tests_name("windows-resource", tests, NULL, NULL);
}
