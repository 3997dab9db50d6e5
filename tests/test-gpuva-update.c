/* SPDX-License-Identifier: MIT */
/* gpuva: lists of changes to a reserved range, as tiled resources need. */
#include "lib/t.h"

#define TILE 0x10000ull
#define TILES 4

/* Two allocations and a range of four tiles that nothing is mapped to yet. */
struct tiles {
	D3DKMT_HANDLE allocations[2];
	uint64_t *memory[2];
	uint64_t range;
	struct t_fence fence;	/* 0 at first; each update takes two values */
	uint64_t value;
};

static void setup_tiles(struct t_gpu *gpu, struct tiles *tiles)
{
	D3DDDI_RESERVEGPUVIRTUALADDRESS reserve = {
		.hPagingQueue = gpu->paging.handle,
		.Size = TILES * TILE,
	};
	int i;

	memset(tiles, 0, sizeof(*tiles));
	for (i = 0; i < 2; i++) {
		tiles->allocations[i] =
			t_create_allocation(gpu->device, 2 * TILE, 0);
		t_make_resident(&gpu->paging, tiles->allocations[i]);
		tiles->memory[i] = t_lock(gpu->device, tiles->allocations[i]);
	}
	assert_success(D3DKMTReserveGpuVirtualAddress(&reserve));
	t_wait_paging(&gpu->paging, reserve.PagingFenceValue);
	tiles->range = reserve.VirtualAddress;
	tiles->fence = t_create_fence(gpu->device, 0);
}

static void free_tiles(struct t_gpu *gpu, struct tiles *tiles)
{
	int i;

	t_free_va(gpu->adapter, tiles->range, TILES * TILE);
	for (i = 0; i < 2; i++)
		assert_status(t_destroy_allocation(gpu->device,
						   tiles->allocations[i]),
			      STATUS_SUCCESS);
	t_destroy_fence(&tiles->fence);
}

static D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION
map(const struct tiles *tiles, int tile, int allocation, uint64_t offset)
{
	return (D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION){
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP,
		.Map = {
			.BaseAddress = tiles->range + (uint64_t)tile * TILE,
			.SizeInBytes = TILE,
			.hAllocation = tiles->allocations[allocation],
			.AllocationOffsetInBytes = offset,
			.AllocationSizeInBytes = TILE,
		},
	};
}

static D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION
unmap(const struct tiles *tiles, int tile, bool zero)
{
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation = {
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_UNMAP,
		.Unmap = {
			.BaseAddress = tiles->range + (uint64_t)tile * TILE,
			.SizeInBytes = TILE,
		},
	};

	operation.Unmap.Protection.Zero = zero;
	operation.Unmap.Protection.NoAccess = !zero;
	return operation;
}

static NTSTATUS try_update(struct t_gpu *gpu, struct tiles *tiles, bool now,
			   D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION *operations,
			   unsigned int count)
{
	D3DKMT_UPDATEGPUVIRTUALADDRESS args = {
		.hDevice = gpu->device,
		.hContext = gpu->context,
		.hFenceObject = tiles->fence.handle,
		.NumOperations = count,
		.Operations = operations,
		.FenceValue = tiles->value,
	};

	args.Flags.DoNotWait = now;
	return D3DKMTUpdateGpuVirtualAddress(&args);
}

/* Until the changes are made: the fence goes one up from the value waited for. */
static void update(struct t_gpu *gpu, struct tiles *tiles,
		   D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION *operations,
		   unsigned int count)
{
	assert_success(try_update(gpu, tiles, false, operations, count));
	t_wait_fence(gpu->device, &tiles->fence, ++tiles->value);
	assert_true(t_fence_value(&tiles->fence) == tiles->value);
}

static void write_tile(struct t_gpu *gpu, const struct tiles *tiles, int tile,
		       uint64_t value)
{
	struct t_commands commands = t_commands(gpu);

	t_write(&commands, tiles->range + (uint64_t)tile * TILE, value);
	t_submit_and_wait(&commands);
}

/* Shows 0x39: what the GPU writes lands where the tile has been mapped to. */
static void tiles_are_mapped_one_by_one(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[2];
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	operations[0] = map(&tiles, 0, 1, TILE);
	operations[1] = map(&tiles, 2, 0, 0);
	update(gpu, &tiles, operations, 2);
	write_tile(gpu, &tiles, 0, 11);
	write_tile(gpu, &tiles, 2, 22);
	assert_true(tiles.memory[1][TILE / 8] == 11);
	assert_true(tiles.memory[0][0] == 22);
	/* a second mapping takes the place of the first */
	operations[0] = map(&tiles, 2, 0, TILE);
	update(gpu, &tiles, operations, 1);
	write_tile(gpu, &tiles, 2, 33);
	assert_true(tiles.memory[0][0] == 22);
	assert_true(tiles.memory[0][TILE / 8] == 33);
	free_tiles(gpu, &tiles);
}

/* In the order of the list: the copy sees what was mapped just before. */
static void mappings_are_copied(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[3];
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	operations[0] = map(&tiles, 0, 0, 0);
	operations[1] = map(&tiles, 1, 1, 0);
	operations[2] = (D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION){
		.OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_COPY,
		.Copy = {
			.SourceAddress = tiles.range,
			.SizeInBytes = 2 * TILE,
			.DestAddress = tiles.range + 2 * TILE,
		},
	};
	update(gpu, &tiles, operations, 3);
	write_tile(gpu, &tiles, 2, 5);
	write_tile(gpu, &tiles, 3, 6);
	assert_true(tiles.memory[0][0] == 5);
	assert_true(tiles.memory[1][0] == 6);
	/* and the source goes on alone */
	operations[0] = unmap(&tiles, 0, true);
	update(gpu, &tiles, operations, 1);
	write_tile(gpu, &tiles, 2, 7);
	assert_true(tiles.memory[0][0] == 7);
	free_tiles(gpu, &tiles);
}

/* A hole that reads as zero and drops what is written. */
static void unmapped_tile_reads_zero(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[2];
	struct t_commands commands;
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	tiles.memory[0][0] = 99;
	tiles.memory[1][0] = 99;
	operations[0] = map(&tiles, 0, 0, 0);
	operations[1] = map(&tiles, 1, 1, 0);
	update(gpu, &tiles, operations, 2);
	operations[0] = unmap(&tiles, 0, true);
	update(gpu, &tiles, operations, 1);
	write_tile(gpu, &tiles, 0, 1);
	commands = t_commands(gpu);
	t_copy(&commands, tiles.range + TILE, tiles.range, 8);
	t_submit_and_wait(&commands);
	assert_true(tiles.memory[0][0] == 99);
	assert_true(tiles.memory[1][0] == 0);
	free_tiles(gpu, &tiles);
}

/* Expects the fault of a write to the tile, on a device that is lost by it. */
static void expect_fault(struct t_gpu *gpu, const struct tiles *tiles, int tile)
{
	struct t_commands commands = t_commands(gpu);
	D3DKMT_GETDEVICESTATE fault = {
		.hDevice = gpu->device,
		.StateType = D3DKMT_DEVICESTATE_PAGE_FAULT,
	};

	t_write(&commands, tiles->range + (uint64_t)tile * TILE, 1);
	t_submit(&commands, gpu->context);
	assert_eventually(t_execution_state(gpu->device) ==
			  D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT);
	assert_status(D3DKMTGetDeviceState(&fault), STATUS_SUCCESS);
	assert_true(fault.PageFaultState.FaultedVirtualAddress ==
		    tiles->range + (uint64_t)tile * TILE);
}

static void unmapped_tile_without_access_faults(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation;
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	operation = map(&tiles, 0, 0, 0);
	update(gpu, &tiles, &operation, 1);
	operation = unmap(&tiles, 0, false);
	update(gpu, &tiles, &operation, 1);
	expect_fault(gpu, &tiles, 0);
	free_tiles(gpu, &tiles);
}

static void protected_tile_cannot_be_written(void **state)
{
	struct t_gpu *gpu = *state;
	struct tiles tiles;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[2] = {
		{ .OperationType = D3DDDI_UPDATEGPUVIRTUALADDRESS_MAP_PROTECT },
	};
	struct t_commands commands;

	setup_tiles(gpu, &tiles);
	tiles.memory[1][0] = 1234;
	operations[0].MapProtect.BaseAddress = tiles.range + TILE;
	operations[0].MapProtect.SizeInBytes = TILE;
	operations[0].MapProtect.hAllocation = tiles.allocations[1];
	operations[0].MapProtect.AllocationSizeInBytes = TILE;
	operations[1] = map(&tiles, 0, 0, 0);
	update(gpu, &tiles, operations, 2);
	/* it can be read */
	commands = t_commands(gpu);
	t_copy(&commands, tiles.range, tiles.range + TILE, 8);
	t_submit_and_wait(&commands);
	assert_true(tiles.memory[0][0] == 1234);
	expect_fault(gpu, &tiles, 1);
	assert_true(tiles.memory[1][0] == 1234);
	free_tiles(gpu, &tiles);
}

/* Nothing changes before the fence has the value, unless that is not wanted. */
static void update_waits_for_its_fence(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operation;
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	operation = map(&tiles, 0, 0, 0);
	tiles.value = 10;
	assert_success(try_update(gpu, &tiles, false, &operation, 1));
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&tiles.fence) == 0);
	assert_status(t_signal_cpu(gpu->device, tiles.fence.handle, 10),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &tiles.fence, 11);
	write_tile(gpu, &tiles, 0, 3);
	assert_true(tiles.memory[0][0] == 3);
	tiles.value = 20;
	operation = map(&tiles, 1, 1, 0);
	assert_success(try_update(gpu, &tiles, true, &operation, 1));
	t_wait_fence(gpu->device, &tiles.fence, 21);
	write_tile(gpu, &tiles, 1, 4);
	assert_true(tiles.memory[1][0] == 4);
	free_tiles(gpu, &tiles);
}

static void bad_operations_change_nothing(void **state)
{
	struct t_gpu *gpu = *state;
	D3DDDI_UPDATEGPUVIRTUALADDRESS_OPERATION operations[2];
	struct tiles tiles;

	setup_tiles(gpu, &tiles);
	operations[0] = map(&tiles, 0, 0, 0);
	operations[1] = map(&tiles, 1, 0, 0);
	operations[1].Map.hAllocation = T_UNKNOWN_HANDLE;
	assert_status(try_update(gpu, &tiles, false, operations, 2),
		      STATUS_INVALID_PARAMETER);
	operations[1] = map(&tiles, TILES, 0, 0); /* beyond the range */
	assert_status(try_update(gpu, &tiles, false, operations, 2),
		      STATUS_INVALID_PARAMETER);
	operations[1] = map(&tiles, 1, 0, 1); /* off the grid of pages */
	assert_status(try_update(gpu, &tiles, false, operations, 2),
		      STATUS_INVALID_PARAMETER);
	operations[1] = map(&tiles, 1, 0, 2 * TILE); /* behind the allocation */
	assert_status(try_update(gpu, &tiles, false, operations, 2),
		      STATUS_INVALID_PARAMETER);
	assert_status(try_update(gpu, &tiles, false, operations, 0),
		      STATUS_INVALID_PARAMETER);
	assert_true(t_fence_value(&tiles.fence) == 0);
	expect_fault(gpu, &tiles, 0);
	free_tiles(gpu, &tiles);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(tiles_are_mapped_one_by_one),
		t_gpu_test(mappings_are_copied),
		t_gpu_test(unmapped_tile_reads_zero),
		t_gpu_test(unmapped_tile_without_access_faults),
		t_gpu_test(protected_tile_cannot_be_written),
		t_gpu_test(update_waits_for_its_fence),
		t_gpu_test(bad_operations_change_nothing),
	};

	return cmocka_run_group_tests_name("gpuva-update", tests, NULL, NULL);
}
