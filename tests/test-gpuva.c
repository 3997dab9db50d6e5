/* SPDX-License-Identifier: MIT */
/* gpuva: paging queues, and mapping, reserving and freeing GPU addresses. */
#include "lib/t.h"

#define SIZE 0x40000u	/* four times the granularity of a reservation */
#define PAGES (SIZE / T_PAGE_SIZE)

static NTSTATUS reserve(D3DKMT_HANDLE queue_or_adapter, uint64_t base,
			uint64_t size, int type, uint64_t *ret_address)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = {
		.hAdapter = queue_or_adapter,
		.BaseAddress = base,
		.Size = size,
		.ReservationType = (D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE)type,
	};
	NTSTATUS status = D3DKMTReserveGpuVirtualAddress(&args);

	*ret_address = args.VirtualAddress;
	return status;
}

static D3DDDI_MAPGPUVIRTUALADDRESS map_args(const struct t_gpu *gpu,
					    D3DKMT_HANDLE allocation)
{
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hPagingQueue = gpu->paging.handle,
		.hAllocation = allocation,
		.SizeInPages = PAGES,
		.Protection = { .Write = 1 },
	};

	return args;
}

static NTSTATUS map(const struct t_gpu *gpu, D3DDDI_MAPGPUVIRTUALADDRESS *args)
{
	NTSTATUS status = D3DKMTMapGpuVirtualAddress(args);

	if (status >= 0)
		t_wait_paging(&gpu->paging, args->PagingFenceValue);
	return status;
}

static NTSTATUS free_range(const struct t_gpu *gpu, uint64_t address, uint64_t size)
{
	D3DKMT_FREEGPUVIRTUALADDRESS args = {
		.hAdapter = gpu->adapter,
		.BaseAddress = address,
		.Size = size,
	};

	return D3DKMTFreeGpuVirtualAddress(&args);
}

static void a_paging_fence_starts_at_0_and_cannot_be_destroyed(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT destroy;
	struct t_paging_queue queue;

	t_create_paging_queue(gpu->device, &queue);
	assert_true(t_fence_value(&queue.fence) == 0);
	assert_int_not_equal(queue.handle, queue.fence.handle);
	destroy.hSyncObject = queue.fence.handle;
	assert_status(D3DKMTDestroySynchronizationObject(&destroy),
		      STATUS_INVALID_PARAMETER);
	t_destroy_paging_queue(&queue);
}

/* Shows 0x1c */
static void destroy_paging_queue_ends_its_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_paging_queue queue, old;
	D3DDDI_DESTROYPAGINGQUEUE destroy;
	int event = t_create_event();

	t_create_paging_queue(gpu->device, &queue);
	old = queue;
	t_destroy_paging_queue(&queue);
	assert_false(t_is_readable(old.fence.cpu));
	assert_status(t_wait_cpu_event(gpu->device, old.fence.handle, 0, event),
		      STATUS_INVALID_PARAMETER);
	destroy.hPagingQueue = old.handle;
	assert_status(D3DKMTDestroyPagingQueue(&destroy),
		      STATUS_INVALID_PARAMETER);
	close(event);
}

static void paging_queues_have_their_own_fences(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	struct t_paging_queue idle;

	t_create_paging_queue(gpu->device, &idle);
	t_make_resident(&gpu->paging, allocation);
	assert_ptr_not_equal(idle.fence.cpu, gpu->paging.fence.cpu);
	assert_true(t_fence_value(&idle.fence) == 0);
	t_destroy_paging_queue(&idle);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Shows 0x07. CPU and GPU wait on it as on any monitored fence. */
static void a_paging_fence_can_be_waited_on(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DDDI_MAPGPUVIRTUALADDRESS args = map_args(gpu, allocation);

	assert_success(D3DKMTMapGpuVirtualAddress(&args));
	assert_status(t_wait_gpu(gpu->context, gpu->paging.fence.handle,
				 args.PagingFenceValue), STATUS_SUCCESS);
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle,
				   ++gpu->fence_value), STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->paging.fence, args.PagingFenceValue);
	t_wait_fence(gpu->device, &gpu->fence, gpu->fence_value);
	assert_true(t_fence_value(&gpu->paging.fence) >= args.PagingFenceValue);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Shows 0x0c */
static void an_allocation_is_mapped_many_times(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	D3DDDI_MAPGPUVIRTUALADDRESS part = map_args(gpu, buffer.allocation);
	struct t_commands commands = t_commands(gpu);
	uint64_t second = t_map(&gpu->paging, buffer.allocation, SIZE);

	part.OffsetInPages = 2;
	part.SizeInPages = 1;
	assert_success(map(gpu, &part));
	assert_true(second != buffer.gpu);
	t_write(&commands, second, 1);
	t_write(&commands, part.VirtualAddress, 2);
	t_submit_and_wait(&commands);
	assert_true(((uint64_t *)buffer.cpu)[0] == 1);
	assert_true(((uint64_t *)buffer.cpu)[2 * T_PAGE_SIZE / 8] == 2);
	t_destroy_buffer(gpu, &buffer);
}

static void map_inside_bounds_stays_inside(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DDDI_MAPGPUVIRTUALADDRESS args = map_args(gpu, allocation);

	args.MinimumAddress = 0x20000000;
	args.MaximumAddress = 0x20000000 + 2 * SIZE;
	assert_success(map(gpu, &args));
	assert_true(args.VirtualAddress >= 0x20000000);
	assert_true(args.VirtualAddress + SIZE <= args.MaximumAddress);
	args = map_args(gpu, allocation);
	args.MinimumAddress = 0x30000000;
	args.MaximumAddress = 0x30000000 + SIZE - T_PAGE_SIZE;
	assert_refused(map(gpu, &args));
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Intel's driver has the last address of a range for a maximum. */
static void a_maximum_may_be_off_the_grid(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DDDI_MAPGPUVIRTUALADDRESS args = map_args(gpu, allocation);
	D3DDDI_RESERVEGPUVIRTUALADDRESS reservation = {
		.hAdapter = gpu->adapter,
		.MinimumAddress = 0x40000000,
		.MaximumAddress = 0x40000000 + SIZE - 1,
		.Size = SIZE,
	};

	args.MinimumAddress = 0x20000000;
	args.MaximumAddress = 0x20000000 + SIZE - 1;
	assert_refused(map(gpu, &args));
	args.MaximumAddress = 0x20000000 + 2 * SIZE - 1;
	assert_success(map(gpu, &args));
	assert_true(args.VirtualAddress >= 0x20000000);
	assert_true(args.VirtualAddress + SIZE <= args.MaximumAddress);
	assert_refused(D3DKMTReserveGpuVirtualAddress(&reservation));
	reservation.MaximumAddress += SIZE;
	assert_success(D3DKMTReserveGpuVirtualAddress(&reservation));
	assert_true(reservation.VirtualAddress >= 0x40000000);
	assert_true(reservation.VirtualAddress + SIZE <= reservation.MaximumAddress);
	t_free_va(gpu->adapter, reservation.VirtualAddress, SIZE);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void map_beyond_the_allocation_fails(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DDDI_MAPGPUVIRTUALADDRESS args = map_args(gpu, allocation);

	args.OffsetInPages = 1;
	assert_status(map(gpu, &args), STATUS_INVALID_PARAMETER);
	args.OffsetInPages = UINT64_MAX;
	assert_status(map(gpu, &args), STATUS_INVALID_PARAMETER);
	args.OffsetInPages = 0;
	args.SizeInPages = 0;
	assert_status(map(gpu, &args), STATUS_INVALID_PARAMETER);
	args.SizeInPages = 1ull << 52;
	assert_refused(map(gpu, &args));
	args.SizeInPages = PAGES;
	args.BaseAddress = 0x20000800;
	assert_status(map(gpu, &args), STATUS_INVALID_PARAMETER);
	assert_int_equal(args.VirtualAddress, 0);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void reserve_from_adapter_or_paging_queue(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t first, second, third;

	assert_success(reserve(gpu->adapter, 0, SIZE, 0, &first));
	assert_success(reserve(gpu->paging.handle, 0, SIZE, 0, &second));
	assert_true(first % 0x10000 == 0 && first != 0);
	assert_true(second % 0x10000 == 0 && second != 0);
	assert_true(first + SIZE <= second || second + SIZE <= first);
	/* a given base has to be free */
	assert_refused(reserve(gpu->adapter, first, SIZE, 0, &third));
	t_free_va(gpu->adapter, first, SIZE);
	assert_success(reserve(gpu->adapter, first, SIZE, 0, &third));
	assert_true(third == first);
	t_free_va(gpu->adapter, third, SIZE);
	t_free_va(gpu->adapter, second, SIZE);
}

static void reserve_off_the_64_kib_grid_fails(void **state)
{
	struct t_gpu *gpu = *state;
	uint64_t address;

	assert_refused(reserve(gpu->adapter, 0, 0, 0, &address));
	assert_refused(reserve(gpu->adapter, 0, 0x11000, 0, &address));
	assert_refused(reserve(gpu->adapter, 0x20001000, SIZE, 0, &address));
	assert_refused(reserve(gpu->adapter, 0, UINT64_MAX - 0xffff, 0, &address));
	assert_status(reserve(T_UNKNOWN_HANDLE, 0, SIZE, 0, &address),
		      STATUS_INVALID_PARAMETER);
	assert_status(reserve(gpu->device, 0, SIZE, 0, &address),
		      STATUS_INVALID_PARAMETER);
}

/* Shows 0x08 */
static void map_into_a_reservation(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	D3DDDI_MAPGPUVIRTUALADDRESS args = map_args(gpu, buffer.allocation);
	struct t_commands commands = t_commands(gpu);
	uint64_t base;

	assert_success(reserve(gpu->adapter, 0, 2 * SIZE, 0, &base));
	args.BaseAddress = base + SIZE / 2;
	assert_success(map(gpu, &args));
	assert_true(args.VirtualAddress == base + SIZE / 2);
	t_write(&commands, args.VirtualAddress + 8, 5);
	t_submit_and_wait(&commands);
	assert_true(((uint64_t *)buffer.cpu)[1] == 5);
	t_free_va(gpu->adapter, base, 2 * SIZE);
	t_destroy_buffer(gpu, &buffer);
}

static void a_zero_range_reads_0_and_drops_writes(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, T_PAGE_SIZE);
	struct t_commands commands = t_commands(gpu);
	uint64_t *values = buffer.cpu;
	uint64_t zeros;

	assert_success(reserve(gpu->adapter, 0, SIZE,
			       D3DDDIGPUVIRTUALADDRESS_RESERVE_ZERO, &zeros));
	values[0] = values[1] = 0xffff;
	t_write(&commands, zeros + 64, 3);
	t_copy(&commands, buffer.gpu, zeros + 64, 8);
	t_submit_and_wait(&commands);
	assert_true(values[0] == 0);
	assert_true(values[1] == 0xffff);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	t_free_va(gpu->adapter, zeros, SIZE);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x20 */
static void free_ends_the_mapping_and_works_once(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	struct t_commands commands = t_commands(gpu);

	assert_status(free_range(gpu, buffer.gpu, SIZE), STATUS_SUCCESS);
	assert_status(free_range(gpu, buffer.gpu, SIZE),
		      STATUS_INVALID_PARAMETER);
	assert_status(free_range(gpu, 0, SIZE), STATUS_INVALID_PARAMETER);
	t_write(&commands, buffer.gpu, 1);
	t_submit(&commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	t_destroy_buffer(gpu, &buffer);
}

static void part_of_a_mapping_can_be_freed(void **state)
{
	struct t_gpu *gpu = *state;
	struct t_buffer buffer = t_create_buffer(gpu, SIZE);
	struct t_commands commands = t_commands(gpu);

	assert_status(free_range(gpu, buffer.gpu, SIZE / 2), STATUS_SUCCESS);
	t_write(&commands, buffer.gpu + SIZE / 2, 9);
	t_submit_and_wait(&commands);
	assert_true(((uint64_t *)buffer.cpu)[SIZE / 2 / 8] == 9);
	t_destroy_buffer(gpu, &buffer);
}

/* Shows 0x13. The teardown sees whether the range has been given back. */
static void a_destroyed_allocation_frees_its_addresses(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	uint64_t address = t_map(&gpu->paging, allocation, SIZE);

	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	assert_status(free_range(gpu, address, SIZE), STATUS_INVALID_PARAMETER);
}

/* One address space a process and adapter, shared by its devices. */
static void devices_share_the_address_space(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE other = t_create_device(gpu->adapter);
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, SIZE, 0);
	D3DKMT_HANDLE theirs = t_create_allocation(other, SIZE, 0);
	struct t_paging_queue queue;
	uint64_t address = t_map(&gpu->paging, allocation, SIZE);
	uint64_t address2;

	t_create_paging_queue(other, &queue);
	address2 = t_map(&queue, theirs, SIZE);
	assert_true(address + SIZE <= address2 || address2 + SIZE <= address);
	t_destroy_device(other);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(a_paging_fence_starts_at_0_and_cannot_be_destroyed),
		t_device_test(destroy_paging_queue_ends_its_fence),
		t_gpu_test(paging_queues_have_their_own_fences),
		t_gpu_test(a_paging_fence_can_be_waited_on),
		t_gpu_test(an_allocation_is_mapped_many_times),
		t_gpu_test(map_inside_bounds_stays_inside),
		t_gpu_test(a_maximum_may_be_off_the_grid),
		t_gpu_test(map_beyond_the_allocation_fails),
		t_gpu_test(reserve_from_adapter_or_paging_queue),
		t_gpu_test(reserve_off_the_64_kib_grid_fails),
		t_gpu_test(map_into_a_reservation),
		t_gpu_test(a_zero_range_reads_0_and_drops_writes),
		t_gpu_test(free_ends_the_mapping_and_works_once),
		t_gpu_test(part_of_a_mapping_can_be_freed),
		t_gpu_test(a_destroyed_allocation_frees_its_addresses),
		t_gpu_test(devices_share_the_address_space),
	};

	return cmocka_run_group_tests_name("gpuva", tests, NULL, NULL);
}
