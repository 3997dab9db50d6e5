/* SPDX-License-Identifier: MIT */
/* allocation: standard allocations over the caller's own pages. W095..W115. */
#include "lib/t.h"
#include "lib/t-share.h"

#include <unistd.h>

#define FLUSH_DEVICE 42u	/* the message */
#define SIZE 0x10000u

struct request {
	D3DKMT_CREATESTANDARDALLOCATION standard;
	D3DDDI_ALLOCATIONINFO2 info[2];
	D3DKMT_CREATEALLOCATION args;
};

static void prepare(struct request *request, const struct t_gpu *gpu,
		    void *memory)
{
	memset(request, 0, sizeof(*request));
	request->standard.Type = D3DKMT_STANDARDALLOCATIONTYPE_EXISTINGHEAP;
	request->standard.ExistingHeapData.Size = SIZE;
	request->info[0].pSystemMem = memory;
	request->info[1].pSystemMem = memory;
	request->args.hDevice = gpu->device;
	request->args.pStandardAllocation = &request->standard;
	request->args.NumAllocations = 1;
	request->args.pAllocationInfo2 = request->info;
	request->args.Flags.StandardAllocation = 1;
	request->args.Flags.ExistingSysMem = 1;
}

/* By the older call, which the cases are about. */
static NTSTATUS destroy_resource(const struct t_gpu *gpu, D3DKMT_HANDLE resource)
{
	D3DKMT_DESTROYALLOCATION args = {
		.hDevice = gpu->device,
		.hResource = resource,
	};

	return D3DKMTDestroyAllocation(&args);
}

static NTSTATUS destroy_allocation(const struct t_gpu *gpu,
				   D3DKMT_HANDLE allocation)
{
	D3DKMT_DESTROYALLOCATION args = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
	};

	return D3DKMTDestroyAllocation(&args);
}

/* W095, W096, W098, W099 */
static void heap_is_created_and_destroyed(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	D3DKMT_CREATEALLOCATION zeroed = { 0 };
	struct request request;

	assert_status(D3DKMTCreateAllocation2(&zeroed), STATUS_INVALID_PARAMETER);
	prepare(&request, gpu, memory);
	request.args.hPrivateRuntimeResourceHandle = (HANDLE)(uintptr_t)0xdeadbeef;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_int_equal(request.args.hGlobalShare, 0);
	assert_int_equal(request.args.hResource, 0);
	assert_local_handle(request.info[0].hAllocation);
	assert_int_equal(request.info[0].PrivateDriverDataSize, 0);
	assert_int_equal(request.args.PrivateDriverDataSize, 0);
	assert_int_equal(request.args.PrivateRuntimeDataSize, 0);
	assert_ptr_equal(request.args.hPrivateRuntimeResourceHandle,
			 (HANDLE)(uintptr_t)0xdeadbeef);
	assert_status(destroy_allocation(gpu, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

/* W101 */
static void heap_with_runtime_data_is_created(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request;
	uint32_t runtime_data = 42;

	prepare(&request, gpu, memory);
	request.args.pPrivateRuntimeData = &runtime_data;
	request.args.PrivateRuntimeDataSize = sizeof(runtime_data);
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

/* W100 (refused by the guest), W102..W110, W115, W117 (no global handles) */
static void bad_requests_create_nothing(void **state)
{
	enum {
		ENTRY_DATA, TOP_DATA, UNKNOWN_RESOURCE, NO_ENTRIES, TYPE_0,
		TWO_ENTRIES, HEAP_SIZE, HEAP_EMPTY, NO_SYSMEM_FLAG,
		SHARED_NO_RESOURCE, NT_SHARED_NO_RESOURCE, UNKNOWN_NEW_RESOURCE,
		RESOURCE_NO_ENTRIES,
		GLOBAL_SHARE, UNALIGNED, SECTION, PROTECTED, NO_MEMORY_POINTER,
		CASES
	};
	static const char *const names[CASES] = {
		"entry data", "top data", "unknown resource", "no entries",
		"type 0", "two entries", "heap size", "heap empty",
		"no sysmem flag", "shared, no resource",
		"shared for NT, no resource", "unknown new resource",
		"resource, no entries", "global share", "unaligned", "section",
		"protected", "no memory pointer",
	};
	struct t_gpu *gpu = *state;
	char *memory = t_alloc_pages(SIZE + T_PAGE_SIZE);
	struct request request;
	NTSTATUS want, got;
	int i;

	for (i = 0; i < CASES; i++) {
		prepare(&request, gpu, memory);
		want = STATUS_INVALID_PARAMETER;
		switch (i) {
		case ENTRY_DATA:
			request.info[0].pPrivateDriverData = memory;
			request.info[0].PrivateDriverDataSize = 64;
			break;
		case TOP_DATA:
			request.args.PrivateDriverDataSize = 64;
			break;
		case UNKNOWN_RESOURCE:
			request.args.hResource = T_UNKNOWN_HANDLE;
			want = STATUS_INVALID_HANDLE;
			break;
		case NO_ENTRIES:
			request.args.NumAllocations = 0;
			break;
		case TYPE_0:
			request.standard.Type = (D3DKMT_STANDARDALLOCATIONTYPE)0;
			break;
		case TWO_ENTRIES:
			request.args.NumAllocations = 2;
			break;
		case HEAP_SIZE:
			request.standard.ExistingHeapData.Size = 0x1100;
			break;
		case HEAP_EMPTY:
			request.standard.ExistingHeapData.Size = 0;
			break;
		case NO_SYSMEM_FLAG:
			request.args.Flags.ExistingSysMem = 0;
			break;
		case SHARED_NO_RESOURCE:
			request.args.Flags.CreateShared = 1;
			break;
		case NT_SHARED_NO_RESOURCE:
			request.args.Flags.CreateShared = 1;
			request.args.Flags.NtSecuritySharing = 1;
			break;
		case UNKNOWN_NEW_RESOURCE:
			request.args.hResource = T_UNKNOWN_HANDLE;
			request.args.Flags.CreateResource = 1;
			want = STATUS_INVALID_HANDLE;
			break;
		case RESOURCE_NO_ENTRIES:
			request.args.Flags.CreateResource = 1;
			request.args.NumAllocations = 0;
			break;
		case GLOBAL_SHARE:
			request.args.Flags.CreateResource = 1;
			request.args.Flags.CreateShared = 1;
			break;
		case UNALIGNED:
			request.info[0].pSystemMem = memory + 64;
			break;
		case SECTION:
			request.args.Flags.ExistingSection = 1;
			break;
		case PROTECTED:
			request.args.Flags.CreateProtected = 1;
			break;
		case NO_MEMORY_POINTER:
			request.info[0].pSystemMem = NULL;
			break;
		}
		got = D3DKMTCreateAllocation2(&request.args);
		if (got != want)
			print_error("case: %s\n", names[i]);
		assert_status(got, want);
		assert_int_equal(request.info[0].hAllocation, 0);
		assert_int_equal(request.args.hGlobalShare, 0);
	}
	t_free_pages(memory, SIZE + T_PAGE_SIZE);
}

/* W111, W112 */
static void heap_in_a_resource_is_destroyed_in_two_steps(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request;

	prepare(&request, gpu, memory);
	request.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_local_handle(request.args.hResource);
	assert_int_equal(request.info[0].hAllocation, request.args.hResource + 0x40);
	assert_int_equal(request.args.hGlobalShare, 0);
	assert_status(destroy_allocation(gpu, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	assert_status(destroy_resource(gpu, request.args.hResource), STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

/* W113, W114 */
static void a_heap_cannot_be_added_to_a_resource(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request, more;

	prepare(&request, gpu, memory);
	request.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	prepare(&more, gpu, memory);
	more.args.hResource = request.args.hResource;
	assert_status(D3DKMTCreateAllocation2(&more.args), STATUS_INVALID_PARAMETER);
	assert_status(destroy_resource(gpu, request.args.hResource), STATUS_SUCCESS);
	assert_status(destroy_allocation(gpu, request.info[0].hAllocation),
		      STATUS_INVALID_PARAMETER);
	t_free_pages(memory, SIZE);
}

/* W124 */
static void a_resource_for_nt_sharing_has_no_global_handle(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request;

	prepare(&request, gpu, memory);
	request.args.Flags.CreateResource = 1;
	request.args.Flags.CreateShared = 1;
	request.args.Flags.NtSecuritySharing = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_int_equal(request.args.hGlobalShare, 0);
	assert_local_handle(request.args.hResource);
	assert_status(destroy_resource(gpu, request.args.hResource), STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

static void lock_of_a_heap_is_the_callers_own_pointer(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request;

	prepare(&request, gpu, memory);
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_ptr_equal(t_lock(gpu->device, request.info[0].hAllocation), memory);
	assert_ptr_equal(t_lock(gpu->device, request.info[0].hAllocation), memory);
	assert_status(t_unlock(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	assert_status(t_unlock(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	assert_status(t_unlock(gpu->device, request.info[0].hAllocation),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	t_free_pages(memory, SIZE);
}

static void the_gpu_reads_and_writes_the_callers_pages(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned char *memory = t_alloc_pages(SIZE);
	struct t_commands commands = t_commands(gpu);
	struct request request;
	uint64_t address;
	unsigned int i;

	prepare(&request, gpu, memory);
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, request.info[0].hAllocation);
	address = t_map(&gpu->paging, request.info[0].hAllocation, SIZE);
	for (i = 0; i < SIZE / 2; i++)
		memory[i] = (unsigned char)(i * 7 + i / 4096);
	t_copy(&commands, address + SIZE / 2, address, SIZE / 2);
	t_submit_and_wait(&commands);
	assert_memory_equal(memory, memory + SIZE / 2, SIZE / 2);
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	assert_memory_equal(memory, memory + SIZE / 2, SIZE / 2);
	t_free_pages(memory, SIZE);
}

/* A heap that is resident and mapped, and is written after a long while. */
static void create_busy(struct t_gpu *gpu, struct request *request,
			void *memory)
{
	struct t_commands commands;
	uint64_t address;

	prepare(request, gpu, memory);
	request->args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request->args), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, request->info[0].hAllocation);
	address = t_map(&gpu->paging, request->info[0].hAllocation, SIZE);
	commands = t_commands(gpu);
	t_spin(&commands, 800000000);
	t_write(&commands, address, 4711);
	t_submit(&commands, gpu->context);
}

/* However long it runs: only work that is held up is not waited for. */
static void destroy_waits_for_running_work(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t *memory = t_alloc_pages(SIZE);
	struct request request;

	create_busy(gpu, &request, memory);
	assert_status(destroy_resource(gpu, request.args.hResource),
		      STATUS_SUCCESS);
	assert_true(*memory == 4711);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_free_pages(memory, SIZE);
}

/*
 * Its work is stopped before the pages are taken from under it: otherwise it could
 * fault, and fences that others know would jump as at a loss.
 */
static void device_stops_before_its_heaps_go(void **state)
{
	struct t_gpu *gpu = *state, other = *gpu;
	uint64_t before = t_soft_messages(FLUSH_DEVICE);
	uint64_t *memory = t_alloc_pages(SIZE);
	struct t_fence gate = t_create_fence(gpu->device, 0), shared, opened;
	struct request request;
	int fd;

	other.device = t_create_device(gpu->adapter);
	other.context = t_create_context(other.device, 0);
	t_create_paging_queue(other.device, &other.paging);
	shared = t_create_shared_fence(other.device, 3);
	fd = t_share(shared.handle);
	opened = t_open_fence(gpu->device, fd);
	close(fd);
	assert_status(t_wait_gpu(other.context, gate.handle, 1), STATUS_SUCCESS);
	create_busy(&other, &request, memory);
	t_destroy_device(other.device);
	assert_true(t_soft_messages(FLUSH_DEVICE) == before + 1);
	assert_status(t_signal_cpu(gpu->device, gate.handle, 1), STATUS_SUCCESS);
	assert_true(*memory == 0);
	assert_true(t_fence_value(&opened) == 3);
	/* without such pages there is no hurry */
	t_destroy_device(t_create_device(gpu->adapter));
	assert_true(t_soft_messages(FLUSH_DEVICE) == before + 1);
	t_destroy_fence(&opened);
	t_destroy_fence(&gate);
	t_free_pages(memory, SIZE);
}

static void memory_that_is_not_there_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	void *memory = t_alloc_pages(SIZE);
	struct request request;

	t_free_pages(memory, SIZE);
	prepare(&request, gpu, memory);
	assert_refused(D3DKMTCreateAllocation2(&request.args));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(heap_is_created_and_destroyed),
		t_device_test(heap_with_runtime_data_is_created),
		t_device_test(bad_requests_create_nothing),
		t_device_test(heap_in_a_resource_is_destroyed_in_two_steps),
		t_device_test(a_heap_cannot_be_added_to_a_resource),
		t_device_test(a_resource_for_nt_sharing_has_no_global_handle),
		t_device_test(lock_of_a_heap_is_the_callers_own_pointer),
		t_gpu_test(the_gpu_reads_and_writes_the_callers_pages),
		t_gpu_test(destroy_waits_for_running_work),
		t_gpu_test(device_stops_before_its_heaps_go),
		t_device_test(memory_that_is_not_there_is_refused),
	};

	return cmocka_run_group_tests_name("existing-heap", tests, NULL, NULL);
}
