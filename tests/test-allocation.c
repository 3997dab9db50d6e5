/* SPDX-License-Identifier: MIT */
/* allocation: video memory, resources, destroys, CPU access. */
#include "lib/t.h"

#define SIZE (4 * T_PAGE_SIZE)

struct request {
	struct dxghost_allocation_data data[3];
	D3DDDI_ALLOCATIONINFO2 info[3];
	D3DKMT_CREATEALLOCATION args;
};

static void prepare(struct request *request, const struct t_gpu *gpu,
		    unsigned int count)
{
	unsigned int i;

	memset(request, 0, sizeof(*request));
	for (i = 0; i < count; i++) {
		request->data[i].magic = DXGHOST_ALLOCATION_MAGIC;
		request->data[i].version = DXGHOST_ALLOCATION_VERSION;
		request->data[i].size = SIZE;
		request->info[i].pPrivateDriverData = &request->data[i];
		request->info[i].PrivateDriverDataSize = sizeof(request->data[i]);
	}
	request->args.hDevice = gpu->device;
	request->args.NumAllocations = count;
	request->args.pAllocationInfo2 = request->info;
}

static NTSTATUS destroy_list(const struct t_gpu *gpu, const D3DKMT_HANDLE *list,
			     unsigned int count)
{
	D3DKMT_DESTROYALLOCATION2 args = {
		.hDevice = gpu->device,
		.phAllocationList = list,
		.AllocationCount = count,
	};

	return D3DKMTDestroyAllocation2(&args);
}

static void several_allocations_are_created_at_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;
	D3DKMT_HANDLE list[3];
	unsigned int i;

	prepare(&request, gpu, 3);
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_int_equal(request.args.hResource, 0);
	assert_int_equal(request.args.hGlobalShare, 0);
	for (i = 0; i < 3; i++) {
		list[i] = request.info[i].hAllocation;
		assert_local_handle(list[i]);
		if (i)
			assert_int_equal(list[i], list[i - 1] + 0x40);
		memset(t_lock(gpu->device, list[i]), (int)i, SIZE);
		assert_status(t_unlock(gpu->device, list[i]), STATUS_SUCCESS);
	}
	assert_status(destroy_list(gpu, list, 3), STATUS_SUCCESS);
}

/* The driver data comes back as the host wants it: whole pages. */
static void private_data_comes_back(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;

	t_host_or_skip();
	prepare(&request, gpu, 1);
	request.data[0].size = 5000;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_int_equal(request.data[0].magic, DXGHOST_ALLOCATION_MAGIC);
	assert_int_equal(request.data[0].size, 8192);
	assert_int_equal(request.info[0].PrivateDriverDataSize,
			 sizeof(request.data[0]));
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
}

static void a_new_allocation_is_zero(void **state)
{
	struct t_gpu *gpu = *state;
	unsigned char zeros[SIZE] = { 0 };
	D3DKMT_HANDLE allocation;
	void *address;
	int round;

	for (round = 0; round < 2; round++) {
		allocation = t_create_allocation(gpu->device, SIZE, 0);
		address = t_lock(gpu->device, allocation);
		assert_memory_equal(address, zeros, SIZE);
		memset(address, 0xff, SIZE);
		assert_status(t_destroy_allocation(gpu->device, allocation),
			      STATUS_SUCCESS);
	}
}

static void a_resource_is_numbered_before_its_allocations(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;

	prepare(&request, gpu, 2);
	request.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_local_handle(request.args.hResource);
	assert_int_equal(request.info[0].hAllocation, request.args.hResource + 0x40);
	assert_int_equal(request.info[1].hAllocation, request.args.hResource + 0x80);
	assert_status(t_destroy_resource(gpu->device, request.args.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_resource(gpu->device, request.args.hResource),
		      STATUS_INVALID_PARAMETER);
}

static void a_resource_takes_more_allocations(void **state)
{
	struct t_gpu *gpu = *state;
	struct request first, second;

	prepare(&first, gpu, 1);
	first.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&first.args), STATUS_SUCCESS);
	prepare(&second, gpu, 1);
	second.args.hResource = first.args.hResource;
	assert_status(D3DKMTCreateAllocation2(&second.args), STATUS_SUCCESS);
	assert_int_equal(second.args.hResource, first.args.hResource);
	assert_status(t_destroy_resource(gpu->device, first.args.hResource),
		      STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, second.info[0].hAllocation),
		      STATUS_INVALID_PARAMETER);
}

/* Windows keeps the resource too. */
static void a_resource_outlives_its_last_allocation(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;

	prepare(&request, gpu, 1);
	request.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, request.info[0].hAllocation),
		      STATUS_SUCCESS);
	assert_status(t_destroy_resource(gpu->device, request.args.hResource),
		      STATUS_SUCCESS);
}

static void a_bad_handle_in_the_list_destroys_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE list[3] = {
		t_create_allocation(gpu->device, SIZE, 0),
		T_UNKNOWN_HANDLE,
		t_create_allocation(gpu->device, SIZE, 0),
	};

	assert_status(destroy_list(gpu, list, 3), STATUS_INVALID_PARAMETER);
	list[1] = list[0]; /* twice the same is no better */
	assert_status(destroy_list(gpu, list, 3), STATUS_INVALID_PARAMETER);
	list[1] = list[2];
	assert_status(destroy_list(gpu, list, 2), STATUS_SUCCESS);
}

/* W097: Windows accepts it, the guest wants exactly one of the two. */
static void destroy_wants_a_resource_or_a_list(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;
	D3DKMT_DESTROYALLOCATION neither = { .hDevice = gpu->device };
	D3DKMT_DESTROYALLOCATION2 both;

	assert_status(D3DKMTDestroyAllocation(&neither), STATUS_INVALID_PARAMETER);
	assert_status(destroy_list(gpu, NULL, 0), STATUS_INVALID_PARAMETER);
	prepare(&request, gpu, 1);
	request.args.Flags.CreateResource = 1;
	assert_status(D3DKMTCreateAllocation2(&request.args), STATUS_SUCCESS);
	memset(&both, 0, sizeof(both));
	both.hDevice = gpu->device;
	both.hResource = request.args.hResource;
	both.phAllocationList = &request.info[0].hAllocation;
	both.AllocationCount = 1;
	assert_status(D3DKMTDestroyAllocation2(&both), STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_resource(gpu->device, request.args.hResource),
		      STATUS_SUCCESS);
}

static void a_failed_create_leaves_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	struct request request;

	t_host_or_skip();
	prepare(&request, gpu, 3);
	request.data[2].magic = 0;
	assert_refused(D3DKMTCreateAllocation2(&request.args));
	prepare(&request, gpu, 3);
	request.data[1].size = 1ull << 50;
	assert_refused(D3DKMTCreateAllocation2(&request.args));
}

/* Shows 0x06, 0x25 */
static void lock_shows_the_same_memory_to_cpu_and_gpu(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *values = buffer.cpu;

	values[0] = 0x0123456789abcdefull;
	t_copy(&commands, buffer.gpu + 64, buffer.gpu, 8);
	t_submit_and_wait(&commands);
	assert_true(values[8] == 0x0123456789abcdefull);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x37 */
static void locks_are_counted(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	unsigned char *address = t_lock(gpu->device, allocation);

	assert_ptr_equal(t_lock(gpu->device, allocation), address);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	address[SIZE - 1] = 1;
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	assert_false(t_is_readable(address));
	assert_status(t_unlock(gpu->device, allocation), STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void contents_stay_from_lock_to_lock(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	unsigned char *address = t_lock(gpu->device, allocation);

	memset(address, 0x5a, SIZE);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	address = t_lock(gpu->device, allocation);
	assert_int_equal(address[0], 0x5a);
	assert_int_equal(address[SIZE - 1], 0x5a);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	assert_false(t_is_readable(address));
}

static void memory_the_cpu_cannot_see_cannot_be_locked(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation;
	D3DKMT_LOCK2 args;

	t_host_or_skip();
	allocation = t_create_allocation(gpu->device, SIZE,
					 DXGHOST_ALLOCATION_CPU_INVISIBLE);
	memset(&args, 0, sizeof(args));
	args.hDevice = gpu->device;
	args.hAllocation = allocation;
	assert_status(D3DKMTLock2(&args), STATUS_INVALID_PARAMETER);
	assert_null(args.pData);
	assert_status(t_unlock(gpu->device, allocation), STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* A destroyed allocation is gone at once, its memory when the GPU is done. */
static void queued_work_keeps_the_memory_it_uses(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer from = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_buffer to = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *value = to.cpu;

	*(uint64_t *)from.cpu = 77;
	t_spin(&commands, 20000000);
	t_copy(&commands, to.gpu, from.gpu, 8);
	t_submit(&commands, gpu->context);
	t_destroy_buffer(gpu, &from);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_true(*value == 77);
	t_destroy_buffer(gpu, &to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(several_allocations_are_created_at_once),
		t_device_test(private_data_comes_back),
		t_device_test(a_new_allocation_is_zero),
		t_device_test(a_resource_is_numbered_before_its_allocations),
		t_device_test(a_resource_takes_more_allocations),
		t_device_test(a_resource_outlives_its_last_allocation),
		t_device_test(a_bad_handle_in_the_list_destroys_nothing),
		t_device_test(destroy_wants_a_resource_or_a_list),
		t_device_test(a_failed_create_leaves_nothing),
		t_gpu_test(lock_shows_the_same_memory_to_cpu_and_gpu),
		t_device_test(locks_are_counted),
		t_device_test(contents_stay_from_lock_to_lock),
		t_device_test(memory_the_cpu_cannot_see_cannot_be_locked),
		t_gpu_test(queued_work_keeps_the_memory_it_uses),
	};

	return cmocka_run_group_tests_name("allocation", tests, NULL, NULL);
}
