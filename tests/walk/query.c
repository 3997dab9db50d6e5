/* SPDX-License-Identifier: MIT */
/* Questions whose answers the model knows, or that change nothing. */
#include <string.h>
#include <unistd.h>

#include "world.h"

static uint64_t resident_bytes(const struct walk *w, bool non_local)
{
	const struct walk_allocation *allocation;
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < WALK_ALLOCATIONS; i++) {
		allocation = &w->world->allocations[i];
		/* What is offered may have been taken. */
		if (allocation->live && allocation->resident &&
		    allocation->non_local == non_local &&
		    !allocation->anywhere && !allocation->offered)
			sum += allocation->memory->size;
	}
	return sum;
}

static void query_memory(struct walk *w)
{
	bool non_local = walk_chance(w, 2);
	D3DKMT_QUERYVIDEOMEMORYINFO args = { .hAdapter = w->world->adapter };

	args.MemorySegmentGroup = non_local ?
		D3DKMT_MEMORY_SEGMENT_GROUP_NON_LOCAL :
		D3DKMT_MEMORY_SEGMENT_GROUP_LOCAL;
	walk_call(w, D3DKMTQueryVideoMemoryInfo(&args), WALK_OK,
		  "memory of group %d", (int)args.MemorySegmentGroup);
	if (args.CurrentUsage < resident_bytes(w, non_local))
		walk_fail(w, "usage is %llu, but %llu are resident",
			  (unsigned long long)args.CurrentUsage,
			  (unsigned long long)resident_bytes(w, non_local));
	if (args.Budget < args.AvailableForReservation)
		walk_fail(w, "the budget is below what can be reserved");
}

static void query_adapter(struct walk *w)
{
	D3DKMT_ADAPTERTYPE type = { 0 };
	D3DKMT_QUERYADAPTERINFO args = {
		.hAdapter = w->world->adapter,
		.Type = KMTQAITYPE_ADAPTERTYPE,
		.pPrivateDriverData = &type,
		.PrivateDriverDataSize = sizeof(type),
	};

	walk_call(w, D3DKMTQueryAdapterInfo(&args), WALK_OK, "adapter type");
	if (!type.RenderSupported)
		walk_fail(w, "the adapter does not render");
	args.PrivateDriverDataSize--;
	walk_call(w, D3DKMTQueryAdapterInfo(&args), WALK_PARAMETER,
		  "adapter type, a byte short");
}

static void query_clock(struct walk *w)
{
	D3DKMT_QUERYCLOCKCALIBRATION first = {
		.hAdapter = w->world->adapter,
		.NodeOrdinal = walk_below(w, w->world->nodes),
	};
	D3DKMT_QUERYCLOCKCALIBRATION second = first;

	walk_call(w, D3DKMTQueryClockCalibration(&first), WALK_OK, "clock");
	walk_call(w, D3DKMTQueryClockCalibration(&second), WALK_OK, "clock");
	if (second.ClockData.GpuClockCounter < first.ClockData.GpuClockCounter ||
	    second.ClockData.CpuClockCounter < first.ClockData.CpuClockCounter)
		walk_fail(w, "a clock goes back");
	first.NodeOrdinal = w->world->nodes;
	walk_call(w, D3DKMTQueryClockCalibration(&first), WALK_PARAMETER,
		  "clock of no node");
}

static void query_statistics(struct walk *w)
{
	static const D3DKMT_QUERYSTATISTICS_TYPE types[] = {
		D3DKMT_QUERYSTATISTICS_ADAPTER, D3DKMT_QUERYSTATISTICS_PROCESS,
		D3DKMT_QUERYSTATISTICS_PROCESS_ADAPTER,
		D3DKMT_QUERYSTATISTICS_SEGMENT,
		D3DKMT_QUERYSTATISTICS_PROCESS_SEGMENT,
		D3DKMT_QUERYSTATISTICS_NODE,
		D3DKMT_QUERYSTATISTICS_PROCESS_NODE,
	};
	D3DKMT_QUERYSTATISTICS args;

	memset(&args, 0, sizeof(args));
	args.Type = types[walk_below(w, WALK_COUNT(types))];
	args.AdapterLuid = w->world->luid;
	walk_call(w, D3DKMTQueryStatistics(&args), WALK_OK,
		  "statistics, type %d", (int)args.Type);
	args.AdapterLuid.LowPart ^= 0x5a5a5a;
	walk_call(w, D3DKMTQueryStatistics(&args), WALK_PARAMETER,
		  "statistics of no adapter");
}

static void query_processes(struct walk *w)
{
	UINT32 ids[8] = { 0 };
	D3DKMT_ENUMPROCESSES args = {
		.AdapterLuid = w->world->luid,
		.Buffer = ids,
		.BufferCount = 8,
	};

	walk_call(w, D3DKMTEnumProcesses(&args), WALK_OK, "processes");
	if (args.BufferCount != 1 || ids[0] != (UINT32)getpid())
		walk_fail(w, "%u processes, the first is %u",
			  (unsigned int)args.BufferCount, ids[0]);
}

static void query_feature(struct walk *w)
{
	D3DKMT_ISFEATUREENABLED args = { .hAdapter = w->world->adapter };

	args.FeatureId = (DXGK_FEATURE_ID)walk_below(w, 50);
	walk_call(w, D3DKMTIsFeatureEnabled(&args), WALK_OK, "feature %d",
		  (int)args.FeatureId);
	if (args.Result.Enabled && !args.Result.KnownFeature)
		walk_fail(w, "an unknown feature is enabled");
}

static void escape(struct walk *w)
{
	uint8_t data[200], copy[200];
	unsigned int i, size = walk_below(w, sizeof(data) + 1);
	unsigned int device = walk_pick_device(w);
	D3DKMT_ESCAPE args = {
		.hAdapter = w->world->adapter,
		.Type = D3DKMT_ESCAPE_DRIVERPRIVATE,
		.pPrivateDriverData = data,
		.PrivateDriverDataSize = size,
	};

	for (i = 0; i < size; i++)
		data[i] = copy[i] = (uint8_t)walk_random(w);
	if (device != WALK_NONE && walk_chance(w, 2))
		args.hDevice = w->world->devices[device].handle;
	walk_call(w, D3DKMTEscape(&args), WALK_OK, "escape, %u bytes", size);
	if (memcmp(data, copy, size))
		walk_fail(w, "an escape comes back changed");
}

static void errands(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	D3DKMT_FLUSHHEAPTRANSITIONS flush = { .hAdapter = w->world->adapter };
	D3DKMT_INVALIDATECACHE args = { .hDevice = 0 };
	const struct walk_allocation *allocation;
	uint64_t offset;

	walk_call(w, D3DKMTFlushHeapTransitions(&flush), WALK_OK, "flush heap");
	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	offset = walk_below(w, (unsigned int)allocation->memory->size);
	args.hDevice = w->world->devices[allocation->device].handle;
	args.hAllocation = allocation->handle;
	args.Offset = offset;
	args.Length = allocation->memory->size - offset;
	walk_call(w, D3DKMTInvalidateCache(&args), WALK_OK,
		  "invalidate allocation %u", allocation->id);
	args.Length++;
	walk_call(w, D3DKMTInvalidateCache(&args), WALK_PARAMETER,
		  "invalidate a byte more");
}

void walk_query(struct walk *w)
{
	static void (*const queries[])(struct walk *w) = {
		query_memory, query_adapter, query_clock, query_statistics,
		query_processes, query_feature, escape, errands,
	};

	queries[walk_below(w, WALK_COUNT(queries))](w);
}
