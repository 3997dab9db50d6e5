/* SPDX-License-Identifier: MIT */
/* statistics: figures that follow what the program did. */
#include "lib/t.h"

#define MIB (1ull << 20)
#define LOCAL_SEGMENT 0
#define SYSTEM_SEGMENT 1

static NTSTATUS try_query(struct t_gpu *gpu, D3DKMT_QUERYSTATISTICS_TYPE type,
			  unsigned int index, D3DKMT_QUERYSTATISTICS *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->Type = type;
	ret->AdapterLuid = gpu->luid;
	ret->QueryNode.NodeId = index;
	return D3DKMTQueryStatistics(ret);
}

static D3DKMT_QUERYSTATISTICS_RESULT query(struct t_gpu *gpu,
					   D3DKMT_QUERYSTATISTICS_TYPE type,
					   unsigned int index)
{
	D3DKMT_QUERYSTATISTICS statistics;

	assert_status(try_query(gpu, type, index, &statistics), STATUS_SUCCESS);
	return statistics.QueryResult;
}

static D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION segment(struct t_gpu *gpu,
							  unsigned int id)
{
	return query(gpu, D3DKMT_QUERYSTATISTICS_SEGMENT, id).SegmentInformation;
}

static D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION node(struct t_gpu *gpu,
							    unsigned int id)
{
	return query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_NODE, id)
		.ProcessNodeInformation;
}

static uint64_t completed(const D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION *info)
{
	return info->PacketStatistics.QueuePacket[D3DKMT_RenderCommandBuffer]
		.PacketCompleted;
}

/* Shows 0x43: the adapter's own figures agree with what else it tells. */
static void adapter_has_segments_and_nodes(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_RESULT adapter =
		query(gpu, D3DKMT_QUERYSTATISTICS_ADAPTER, 0);
	D3DKMT_QUERYSTATISTICS_RESULT process =
		query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER, 0);
	D3DKMT_QUERYSTATISTICS statistics;
	unsigned int nodes = adapter.AdapterInformation.NodeCount;
	unsigned int segments = adapter.AdapterInformation.NbSegments;

	assert_int_equal(segments, 2);
	assert_int_equal(nodes, 3);
	assert_int_equal(adapter.AdapterInformation.VidPnSourceCount, 0);
	assert_int_equal(process.ProcessAdapterInformation.NbSegments, segments);
	assert_int_equal(process.ProcessAdapterInformation.NodeCount, nodes);
	assert_int_equal(query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS, 0)
				 .ProcessInformation.NodeCount, nodes);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_NODE, nodes - 1,
				&statistics), STATUS_SUCCESS);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_NODE, nodes,
				&statistics), STATUS_INVALID_PARAMETER);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_SEGMENT, segments,
				&statistics), STATUS_INVALID_PARAMETER);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER, 0,
				&statistics), STATUS_SUCCESS);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER, 1,
				&statistics), STATUS_INVALID_PARAMETER);
}

static void unknown_adapter_is_refused(void **state)
{
	struct t_gpu other = **(struct t_gpu **)state;
	D3DKMT_QUERYSTATISTICS statistics;

	other.luid.LowPart += 77;
	assert_status(try_query(&other, D3DKMT_QUERYSTATISTICS_ADAPTER, 0,
				&statistics), STATUS_INVALID_PARAMETER);
}

/* Committed when created, resident when made so, evicted when evicted. */
static void segment_follows_an_allocation(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_SEGMENT_INFORMATION before, now;
	D3DKMT_HANDLE allocation;

	before = segment(gpu, LOCAL_SEGMENT);
	assert_true(before.CommitLimit > 0);
	allocation = t_create_allocation(gpu->device, 3 * MIB, 0);
	now = segment(gpu, LOCAL_SEGMENT);
	assert_true(now.BytesCommitted == before.BytesCommitted + 3 * MIB);
	assert_true(now.BytesResident == before.BytesResident);
	assert_int_equal(now.Memory.AllocsCommitted,
			 before.Memory.AllocsCommitted + 1);
	t_make_resident(&gpu->paging, allocation);
	now = segment(gpu, LOCAL_SEGMENT);
	assert_true(now.BytesResident == before.BytesResident + 3 * MIB);
	assert_int_equal(now.Memory.AllocsResident,
			 before.Memory.AllocsResident + 1);
	assert_true(now.BytesResident <= now.CommitLimit);
	assert_status(t_evict(gpu->device, allocation), STATUS_SUCCESS);
	now = segment(gpu, LOCAL_SEGMENT);
	assert_true(now.BytesResident == before.BytesResident);
	assert_true(now.Memory.TotalBytesEvicted ==
		    before.Memory.TotalBytesEvicted + 3 * MIB);
	/* normal is the third of five classes */
	assert_true(now.TotalBytesEvictedByPriority[2] ==
		    before.TotalBytesEvictedByPriority[2] + 3 * MIB);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
	now = segment(gpu, LOCAL_SEGMENT);
	assert_true(now.BytesCommitted == before.BytesCommitted);
}

/* What one process has is part of what all have; and both ways to ask agree. */
static void process_figures_agree(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 2 * MIB, 0);
	D3DKMT_QUERYVIDEOMEMORYINFO info = { .hAdapter = gpu->adapter };
	D3DKMT_QUERYSTATISTICS_RESULT result;

	t_make_resident(&gpu->paging, allocation);
	result = query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT, LOCAL_SEGMENT);
	assert_true(result.ProcessSegmentInformation.BytesCommitted >= 2 * MIB);
	assert_true(result.ProcessSegmentInformation.BytesCommitted <=
		    segment(gpu, LOCAL_SEGMENT).BytesCommitted);
	result = query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_GROUP, 0);
	assert_status(D3DKMTQueryVideoMemoryInfo(&info), STATUS_SUCCESS);
	assert_true(result.ProcessSegmentGroupInformation.Usage ==
		    info.CurrentUsage);
	assert_true(result.ProcessSegmentGroupInformation.Budget == info.Budget);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

/* Of the node that worked, and of no other. */
static void node_counts_its_packets_and_its_time(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION before = node(gpu, 0);
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION other = node(gpu, 1), now;
	D3DKMT_QUERYSTATISTICS_NODE_INFORMATION all;
	int i;

	for (i = 0; i < 5; i++) {
		struct t_commands commands = t_commands(gpu);

		t_spin(&commands, 1000000);
		t_submit(&commands, gpu->context);
	}
	assert_status(t_signal_gpu(gpu->context, gpu->fence.handle, 1),
		      STATUS_SUCCESS);
	t_wait_fence(gpu->device, &gpu->fence, 1);
	gpu->fence_value = 1;
	/* the fence is a step ahead of the accounts */
	assert_eventually((now = node(gpu, 0), completed(&now) >=
			   completed(&before) + 5));
	assert_true(completed(&now) == completed(&before) + 5);
	/* five times a millisecond, in units of 100 ns */
	assert_true(now.RunningTime.QuadPart >=
		    before.RunningTime.QuadPart + 5 * 10000);
	assert_true(node(gpu, 1).RunningTime.QuadPart == other.RunningTime.QuadPart);
	all = query(gpu, D3DKMT_QUERYSTATISTICS_NODE, 0).NodeInformation;
	assert_true(all.GlobalInformation.RunningTime.QuadPart >=
		    now.RunningTime.QuadPart);
}

/* Not only when it is done: this one never is. */
static void time_counts_while_a_buffer_runs(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS_PROCESS_NODE_INFORMATION before = node(gpu, 2), now;
	D3DKMT_CREATECONTEXTVIRTUAL args = {
		.hDevice = gpu->device, .NodeOrdinal = 2,
	};
	struct t_commands commands = t_commands(gpu);
	uint64_t last = before.RunningTime.QuadPart;
	int i;

	t_soft_or_skip();
	args.Flags.DisableGpuTimeout = 1;
	assert_status(D3DKMTCreateContextVirtual(&args), STATUS_SUCCESS);
	t_opcode(&commands, DXGHOST_OP_HANG);
	t_submit(&commands, args.hContext);
	for (i = 0; i < 3; i++) {
		assert_eventually((uint64_t)node(gpu, 2).RunningTime.QuadPart >
				  last);
		last = node(gpu, 2).RunningTime.QuadPart;
	}
	now = node(gpu, 2);
	assert_true(completed(&now) == completed(&before));
	assert_true((uint64_t)query(gpu, D3DKMT_QUERYSTATISTICS_NODE, 2)
			    .NodeInformation.GlobalInformation.RunningTime
			    .QuadPart >= last);
}

/* What is committed, what is resident by class, what has been evicted. */
static void process_segment_follows_its_allocations(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 2 * MIB, 0);
	D3DKMT_SETALLOCATIONPRIORITY priority = {
		.hDevice = gpu->device,
		.phAllocationList = &allocation,
		.AllocationCount = 1,
		.pPriorities = (const UINT[]){ 0xC8000000 },
	};
	D3DKMT_CHANGEVIDEOMEMORYRESERVATION reserve = {
		.hAdapter = gpu->adapter, .Reservation = 3 * MIB,
	};
	D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT_INFORMATION before, now;
	D3DKMT_QUERYSTATISTICS_COMMITMENT_DATA commitment;

	before = query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT, LOCAL_SEGMENT)
			 .ProcessSegmentInformation;
	assert_status(D3DKMTSetAllocationPriority(&priority), STATUS_SUCCESS);
	t_make_resident(&gpu->paging, allocation);
	assert_status(D3DKMTChangeVideoMemoryReservation(&reserve),
		      STATUS_SUCCESS);
	now = query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT, LOCAL_SEGMENT)
		      .ProcessSegmentInformation;
	assert_int_equal(now.VideoMemory.AllocsCommitted,
			 before.VideoMemory.AllocsCommitted);
	assert_int_equal(now.VideoMemory.AllocsResidentInP[4].Count, 1);
	assert_true(now.VideoMemory.AllocsResidentInP[4].Bytes == 2 * MIB);
	assert_true(now.VideoMemory.AllocsResidentInP[2].Bytes ==
		    before.VideoMemory.AllocsResidentInP[2].Bytes);
	assert_true(now.MinimumWorkingSet == 3 * MIB);
	assert_true(now.MaximumWorkingSet >= now.MinimumWorkingSet);
	commitment = query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER, 0)
			     .ProcessAdapterInformation.CommitmentData;
	assert_true(commitment.BytesBySegmentPreference[0] >= 2 * MIB);
	assert_status(t_evict(gpu->device, allocation), STATUS_SUCCESS);
	assert_true(query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER, 0)
			    .ProcessAdapterInformation.CommitmentData
			    .TotalBytesEvictedFromProcess ==
		    commitment.TotalBytesEvictedFromProcess + 2 * MIB);
	reserve.Reservation = 0;
	assert_status(D3DKMTChangeVideoMemoryReservation(&reserve),
		      STATUS_SUCCESS);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

static void sources_exist_with_a_display_alone(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_QUERYSTATISTICS statistics;

	t_soft_or_skip();
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_VIDPNSOURCE, 0,
				&statistics), STATUS_INVALID_PARAMETER);
	assert_status(try_query(gpu, D3DKMT_QUERYSTATISTICS_PROCESS_VIDPNSOURCE,
				0, &statistics), STATUS_INVALID_PARAMETER);
	assert_status(try_query(gpu, (D3DKMT_QUERYSTATISTICS_TYPE)99, 0,
				&statistics), STATUS_INVALID_PARAMETER);
}

/* Shows 0x38: it moves to the segment that it may be in. */
static void property_moves_an_allocation(void **state)
{
	struct t_gpu *gpu = *state;
	D3DKMT_HANDLE allocation = t_create_allocation(gpu->device, 4 * MIB, 0);
	uint64_t local = segment(gpu, LOCAL_SEGMENT).BytesCommitted;
	uint64_t system = segment(gpu, SYSTEM_SEGMENT).BytesCommitted;
	D3DDDI_UPDATEALLOCPROPERTY args = {
		.hPagingQueue = gpu->paging.handle,
		.hAllocation = allocation,
	};
	uint64_t *memory = t_lock(gpu->device, allocation);

	*memory = 4711;
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	/* nothing to do: no fence to wait for */
	assert_status(D3DKMTUpdateAllocationProperty(&args), STATUS_SUCCESS);
	args.SetSupportedSegmentSet = 1;
	args.SupportedSegmentSet = 2;
	assert_success(D3DKMTUpdateAllocationProperty(&args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_true(segment(gpu, LOCAL_SEGMENT).BytesCommitted == local - 4 * MIB);
	assert_true(segment(gpu, SYSTEM_SEGMENT).BytesCommitted ==
		    system + 4 * MIB);
	args.SupportedSegmentSet = 3;
	args.SetPreferredSegment = 1;
	args.PreferredSegment.SegmentId0 = 1;
	assert_success(D3DKMTUpdateAllocationProperty(&args));
	t_wait_paging(&gpu->paging, args.PagingFenceValue);
	assert_true(segment(gpu, LOCAL_SEGMENT).BytesCommitted == local);
	memory = t_lock(gpu->device, allocation);
	assert_true(*memory == 4711);
	assert_status(t_unlock(gpu->device, allocation), STATUS_SUCCESS);
	args.SupportedSegmentSet = 4; /* there is no such segment */
	assert_status(D3DKMTUpdateAllocationProperty(&args),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_destroy_allocation(gpu->device, allocation),
		      STATUS_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_device_test(adapter_has_segments_and_nodes),
		t_device_test(unknown_adapter_is_refused),
		t_gpu_test(segment_follows_an_allocation),
		t_gpu_test(process_figures_agree),
		t_gpu_test(node_counts_its_packets_and_its_time),
		t_gpu_test(time_counts_while_a_buffer_runs),
		t_gpu_test(process_segment_follows_its_allocations),
		t_device_test(sources_exist_with_a_display_alone),
		t_gpu_test(property_moves_an_allocation),
	};

	return cmocka_run_group_tests_name("statistics", tests, NULL, NULL);
}
